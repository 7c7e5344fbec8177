"""Executors: where jobs are run. In this process, or in processes that can be killed and replaced."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final, Protocol, cast

from mobilegym.agents import Agent
from mobilegym.errors import ContentError, MissingPrerequisite, MobileGymError
from mobilegym.runs.agents import find_agent
from mobilegym.runs.job import JobResult, JobRunner, store_error
from mobilegym.runs.plan import Job
from mobilegym.runs.store import RunStore
from mobilegym.runs.wall import monotonic_s

__all__ = ["Executor", "InlineExecutor", "ProcessExecutor", "run_missing"]

_PRELOAD: Final = ["mobilegym.runs.job"]


class Executor(Protocol):
    """Runs jobs and yields a result for each, in any order. Closing the iterator stops the work."""

    def run(self, store: RunStore, jobs: Sequence[Job]) -> Iterator[JobResult]: ...


@dataclass(frozen=True, slots=True)
class InlineExecutor:
    """Runs jobs in this process, one by one: the one to debug with.

    A time limit is looked at between steps only, since nothing here can interrupt an agent.
    """

    timeout_s: float | None = None
    make: Callable[[str], Agent] = find_agent
    """Makes agents by name."""
    clock: Callable[[], float] = monotonic_s

    def run(self, store: RunStore, jobs: Sequence[Job]) -> Iterator[JobResult]:
        runner = JobRunner(store, self.make)
        try:
            for job in jobs:
                limit = None if self.timeout_s is None else self.clock() + self.timeout_s
                with contextlib.redirect_stdout(sys.stderr):
                    result = runner.run(job, lambda limit=limit: limit is not None and self.clock() > limit)
                yield result
        finally:
            runner.close()


@dataclass(frozen=True, slots=True)
class ProcessExecutor:
    """Runs jobs in `workers` processes. A job that exceeds `timeout_s` of wall clock has its process killed and replaced.

    A killed or died worker's job is stored as `Errored`. Workers end by themselves when this process is killed.
    """

    workers: int
    timeout_s: float | None = 600.0
    clock: Callable[[], float] = monotonic_s

    def run(self, store: RunStore, jobs: Sequence[Job]) -> Iterator[JobResult]:
        context = _context()
        waiting = list(reversed(jobs))
        pool: list[_Worker] = []
        try:
            while waiting or any(worker.job for worker in pool):
                pool = [worker for worker in pool if worker.alive]
                while waiting and len(pool) < self.workers:
                    pool.append(_Worker(context, store.folder))
                for worker in pool:
                    if worker.job is None and waiting:
                        worker.give(waiting.pop(), self.clock(), self.timeout_s)
                yield from self._collect(store, pool)
        finally:
            for worker in pool:
                worker.stop()

    def _collect(self, store: RunStore, pool: Sequence[_Worker]) -> Iterator[JobResult]:
        busy = [worker for worker in pool if worker.job is not None]
        limits = [worker.deadline for worker in busy if worker.deadline is not None]
        pause = max(0.0, min(limits) - self.clock()) if limits else None
        ready = wait([worker.connection for worker in busy], timeout=pause)
        for worker in busy:
            job = cast(Job, worker.job)
            if worker.connection in ready:
                answer = worker.take()
                if isinstance(answer, MobileGymError):
                    raise answer
                yield answer if answer is not None else store_error(store, job, f"the worker process died ({worker.fate()})")
            elif worker.deadline is not None and self.clock() >= worker.deadline:
                worker.kill()
                yield store_error(store, job, f"the time limit of {self.timeout_s:g} s ran out; the worker was killed")


class _Worker:
    """A process and the job it has."""

    def __init__(self, context: BaseContext, folder: Path) -> None:
        self.connection, theirs = context.Pipe()
        # `BaseContext.Process` is not typed as the class that every concrete context has.
        self._process = cast(BaseProcess, context.Process(target=_work, args=(theirs, str(folder)), daemon=True))  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        self._process.start()
        theirs.close()
        self.job: Job | None = None
        self.deadline: float | None = None
        self.alive = True

    def give(self, job: Job, now: float, timeout_s: float | None) -> None:
        self.job = job
        self.deadline = None if timeout_s is None else now + timeout_s
        with contextlib.suppress(OSError):
            # A worker that is dead already is noticed when its answer is waited for.
            self.connection.send(job)

    def take(self) -> JobResult | MobileGymError | None:
        """Its answer; None where it died instead."""
        self.job = None
        try:
            return cast(JobResult | MobileGymError, self.connection.recv())
        except (EOFError, OSError):
            self.kill()
            return None

    def fate(self) -> str:
        code = self._process.exitcode
        if code is not None and code < 0:
            return signal.Signals(-code).name
        return f"exit code {code}"

    def kill(self) -> None:
        self.alive = False
        self.job = None
        if self._process.is_alive() and self._process.exitcode is None:
            self._process.join(0.2)
        self._process.kill()
        self._process.join()
        self.connection.close()

    def stop(self) -> None:
        """End it: politely where it is idle, by force where it is at work."""
        if not self.alive:
            return
        if self.job is None:
            with contextlib.suppress(OSError):
                self.connection.send(None)
            self._process.join(5.0)
        self.kill()


def run_missing(store: RunStore, executor: Executor) -> Iterator[JobResult]:
    """Run every job of the plan that has no finished episode, and yield the results as they come.

    Raises:
        RunError: Another process is at the same run.
        ContentError: Suite, agent or device are not what the plan says.
        MissingPrerequisite: The machine lacks something.
    """
    with store.lock():
        store.sweep()
        yield from executor.run(store, store.missing())


def _context() -> BaseContext:
    if sys.platform == "win32" or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    return context


def _work(connection: Connection, folder: str) -> None:
    """What a worker process does: take jobs until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    # Standard output belongs to the parent's one JSON document; what agents print is for people.
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    runner = JobRunner(RunStore.open(Path(folder)))
    while True:
        try:
            job = cast("Job | None", connection.recv())
        except EOFError:
            return
        if job is None:
            runner.close()
            return
        try:
            answer: JobResult | MobileGymError = runner.run(job)
        except (ContentError, MissingPrerequisite) as error:
            answer = error
        connection.send(answer)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
