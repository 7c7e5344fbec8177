"""Running one job of a plan, in whatever process."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from mobilegym import __version__
from mobilegym.agents import Agent
from mobilegym.emulator.build import build_device
from mobilegym.emulator.device import Device
from mobilegym.episodes.files import EpisodeWriter, salvage
from mobilegym.episodes.format import EpisodeEnd, EpisodeManifest, verdict_name, verdict_to_dict
from mobilegym.episodes.provenance import git_commit
from mobilegym.episodes.record import RecordOptions, manifest_for, record_episode
from mobilegym.errors import ContentError, DeviceError, DeviceLost
from mobilegym.runs.agents import find_agent
from mobilegym.runs.plan import Job, RunPlan
from mobilegym.runs.store import RunStore
from mobilegym.runs.wall import sleep_s
from mobilegym.session import Session
from mobilegym.tasks.instance import TaskInstance
from mobilegym.tasks.suites import Suite, load_suite
from mobilegym.verdict import Errored, Failed, Undecided, Verdict

__all__ = ["JobResult", "JobRunner", "store_error"]

_PAUSES_S: Final = (1.0, 10.0)
"""Between the attempts at a job whose phone is lost: an emulator that was started anew needs some seconds."""


@dataclass(frozen=True, slots=True)
class JobResult:
    """What became of a job, for progress bars; the truth is in the episode's file."""

    job: Job
    verdict: str
    """`passed`, `failed`, `undecided` or `errored`."""
    reason: str = ""

    @classmethod
    def of(cls, job: Job, verdict: Verdict) -> JobResult:
        reason = verdict.reason if isinstance(verdict, (Failed, Undecided, Errored)) else ""
        return cls(job, verdict_name(verdict), reason)


class JobRunner:
    """Runs jobs one after the other on one phone; the phone is built at the first job and replaced after an error.

    Where the phone is lost during a job, the attempt ends as `Errored` and is set aside, and the job is run again on a phone
    built anew: nothing that happened on a lost phone is ever scored.

    Args:
        store: The run.
        make: Makes agents by name.
        pauses_s: How long to wait before each further attempt; as many attempts, and one.
        sleep: Waits that many seconds.
    """

    def __init__(
        self,
        store: RunStore,
        make: Callable[[str], Agent] = find_agent,
        *,
        pauses_s: Sequence[float] = _PAUSES_S,
        sleep: Callable[[float], None] = sleep_s,
    ) -> None:
        self._store = store
        self._make = make
        self._pauses_s = pauses_s
        self._sleep = sleep
        self._suite: Suite | None = None
        self._device: Device | None = None
        self._had_device = False

    def run(self, job: Job, out_of_time: Callable[[], bool] = lambda: False) -> JobResult:
        """Run a job and store its episode.

        Raises:
            ContentError: The suite is no longer the one that the plan was made from, or names something unknown.
            MissingPrerequisite: The machine lacks something.
        """
        task = self._load(self._store.plan).instance(job.template, job.seed)
        for pause in self._pauses_s:
            result, lost = self._attempt(job, task, out_of_time)
            if not lost or out_of_time():
                return result
            self._store.set_aside(job)
            self._sleep(pause)
        return self._attempt(job, task, out_of_time)[0]

    def _attempt(self, job: Job, task: TaskInstance, out_of_time: Callable[[], bool]) -> tuple[JobResult, bool]:
        """Run a job once. The result, and whether the phone was lost."""
        plan = self._store.plan
        if self._device is None:
            try:
                self._device = build_device(plan.spec)
            except DeviceError as error:
                # A phone that was never there is not waited for.
                return store_error(self._store, job, str(error)), self._had_device and isinstance(error, DeviceLost)
            self._had_device = True
        session = Session(self._device, task, max_steps=plan.max_steps, pixels=plan.pixels)
        manifest = manifest_for(
            task,
            suite=plan.suite,
            suite_hash=plan.suite_hash,
            agent=job.agent,
            device=plan.spec,
            max_steps=plan.max_steps,
            pixels=plan.pixels,
        )
        options = RecordOptions(pictures=plan.pictures, elements=plan.elements)
        errors: list[Exception] = []
        with EpisodeWriter(self._store.path(job)) as writer:
            verdict = record_episode(
                session, self._make(job.agent), writer, manifest, options, out_of_time=out_of_time, on_error=errors.append
            )
        if isinstance(verdict, Errored):
            self.close()
        return JobResult.of(job, verdict), any(isinstance(error, DeviceLost) for error in errors)

    def close(self) -> None:
        """Let go of the phone; the next job builds another one."""
        device, self._device = self._device, None
        if device is not None:
            # A phone that is lost cannot be told so.
            with contextlib.suppress(DeviceLost):
                device.close()

    def _load(self, plan: RunPlan) -> Suite:
        if self._suite is None:
            self._suite = load_suite(plan.suite)
            if self._suite.hash != plan.suite_hash:
                raise ContentError(f"suite `{plan.suite}` has changed since the run was planned; start a new run")
        return self._suite


def store_error(store: RunStore, job: Job, reason: str) -> JobResult:
    """Store a job as `Errored` on behalf of a worker that was killed or died, with the steps it got done."""
    plan = store.plan
    partials = store.partials(job)
    saved = salvage(partials[-1]) if partials else None
    manifest = EpisodeManifest(
        suite=plan.suite,
        suite_hash=plan.suite_hash,
        task=job.template,
        seed=job.seed,
        agent=job.agent,
        device=plan.device,
        device_options=plan.device_options,
        max_steps=plan.max_steps,
        pixels=plan.pixels,
        package_version=__version__,
        git_commit=git_commit(),
    )
    verdict = Errored(reason)
    with EpisodeWriter(store.path(job)) as writer:
        writer.manifest(manifest if saved is None else saved.manifest)
        for step in () if saved is None else saved.steps:
            writer.step(step)
        writer.finish(EpisodeEnd(verdict=verdict_to_dict(verdict), status="errored"))
    for partial in partials:
        partial.unlink(missing_ok=True)
    return JobResult.of(job, verdict)
