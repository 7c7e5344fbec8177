"""The run folder. An episode is finished if and only if its file has its name; nothing else is remembered.

```
<run>/plan.json                              what the run consists of
<run>/episodes/<agent>/<template>/<seed>.jsonl
<run>/episodes/<agent>/<template>/<seed>.pictures/
<run>/lost/<agent>/<template>/<seed>.<n>.jsonl   attempts during which the phone was lost; not counted, the job was run again
<run>/report.html, pages/                    derived, can be made again at any time
```
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

from mobilegym.episodes.files import pictures_folder, read_episode
from mobilegym.episodes.format import Episode
from mobilegym.errors import RunError
from mobilegym.runs.plan import Job, RunPlan

__all__ = ["RunStore"]

_PLAN: Final = "plan.json"


class RunStore:
    """A run's folder; make one with `create`, `open` or `resume`.

    Attributes:
        folder: The run's folder.
        plan: What it consists of.
    """

    def __init__(self, folder: Path, plan: RunPlan) -> None:
        self.folder = folder
        self.plan = plan

    @classmethod
    def create(cls, folder: Path, plan: RunPlan) -> RunStore:
        """Start a run in a new or empty folder.

        Raises:
            RunError: The folder holds something already.
        """
        if (folder / _PLAN).exists():
            raise RunError(f"{folder}: there is a run here already. Add `--resume` to go on with it, or choose another folder")
        if folder.is_dir() and any(not entry.name.startswith(".") for entry in folder.iterdir()):
            raise RunError(f"{folder}: the folder is not empty and holds no run. Choose another one")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write_atomically(folder / _PLAN, plan.to_json() + "\n")
        except OSError as error:
            raise RunError(f"{folder}: cannot be written: {error.strerror or error}") from error
        return cls(folder, plan)

    @classmethod
    def open(cls, folder: Path) -> RunStore:
        """Open a run for reading, or to go on with it.

        Raises:
            RunError: There is no run in the folder, or its plan cannot be read.
        """
        try:
            text = (folder / _PLAN).read_text(encoding="utf-8")
        except FileNotFoundError:
            raise RunError(f"{folder}: there is no run here (no `{_PLAN}`)") from None
        except (OSError, UnicodeDecodeError) as error:
            raise RunError(f"{folder / _PLAN}: cannot be read: {error}") from error
        try:
            return cls(folder, RunPlan.from_json(text))
        except RunError as error:
            raise RunError(f"{folder / _PLAN}: {error}") from error

    @classmethod
    def resume(cls, folder: Path, plan: RunPlan) -> RunStore:
        """Go on with a run, or start it where there is none yet.

        Raises:
            RunError: The run that lies there is another one.
        """
        if not (folder / _PLAN).exists():
            return cls.create(folder, plan)
        store = cls.open(folder)
        if difference := store.plan.difference(plan):
            raise RunError(f"{folder}: cannot go on with this run: {difference}. Ask for the same run, or choose another folder")
        return store

    @contextlib.contextmanager
    def lock(self) -> Generator[None]:
        """Keep other processes from running the same run; a killed process holds no lock.

        Raises:
            RunError: Another process is at it.
        """
        if sys.platform == "win32":
            yield
            return
        import fcntl

        handle = os.open(self.folder / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RunError(f"{self.folder}: another process is running this run. Wait for it, or stop it") from None
            yield
        finally:
            os.close(handle)

    def path(self, job: Job) -> Path:
        """Where the job's finished episode lies, or will lie."""
        return self.folder / job.file

    def finished(self, job: Job) -> bool:
        return self.path(job).is_file()

    def missing(self) -> tuple[Job, ...]:
        """The jobs without a finished episode, in the plan's order."""
        return tuple(job for job in self.plan.jobs() if not self.finished(job))

    def partials(self, job: Job) -> list[Path]:
        """What unfinished attempts at the job left behind, the latest last."""
        path = self.path(job)
        found = path.parent.glob(f".{path.name}.*.partial") if path.parent.is_dir() else ()
        return sorted(found, key=lambda partial: partial.stat().st_mtime_ns)

    def set_aside(self, job: Job) -> Path:
        """Move a finished episode among the lost attempts, so that the job can be run again. Returns where it is now."""
        path = self.path(job)
        folder = self.folder / "lost" / path.relative_to(self.folder / "episodes").parent
        folder.mkdir(parents=True, exist_ok=True)
        number = 1 + sum(1 for _ in folder.glob(f"{path.stem}.*.jsonl"))
        target = folder / f"{path.stem}.{number}.jsonl"
        pictures = pictures_folder(path)
        if pictures.is_dir():
            pictures.replace(pictures_folder(target))
        path.replace(target)
        return target

    def sweep(self) -> int:
        """Delete what killed processes left behind; call it while holding the lock.

        Returns:
            Number of files deleted.
        """
        count = 0
        for partial in (self.folder / "episodes").rglob(".*.partial"):
            partial.unlink(missing_ok=True)
            count += 1
        return count

    def episodes(self) -> Iterator[tuple[Job, Episode]]:
        """Every finished episode, read and verified, in the plan's order.

        Raises:
            EpisodeError: A file is damaged.
            RunError: A file holds another episode than its place says.
        """
        for job in self.plan.jobs():
            if not self.finished(job):
                continue
            episode = read_episode(self.path(job))
            manifest = episode.manifest
            if (manifest.agent, manifest.task, manifest.seed) != (job.agent, job.template, job.seed):
                raise RunError(f"{self.path(job)}: holds {manifest.agent}/{manifest.task}#{manifest.seed}, expected {job}")
            if manifest.suite_hash != self.plan.suite_hash:
                raise RunError(f"{self.path(job)}: was run with another content of suite `{manifest.suite}` than the plan's")
            yield job, episode


def _write_atomically(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
