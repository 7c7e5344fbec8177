"""What is measured, and on what machine."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path

__all__ = ["BenchResults", "ChromiumResults", "Machine", "this_machine"]


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured; numbers of different machines do not compare."""

    cpu: str
    cores: int
    """Cores that this process may use."""
    memory_gb: float
    python: str
    platform: str


@dataclass(frozen=True, slots=True)
class ChromiumResults:
    """The same click-and-read loop on a page of equal content in headless Chromium, over its debugging pipe."""

    tree_steps_per_s: float
    rgb540_steps_per_s: float
    rgb1080_steps_per_s: float
    start_s: float
    """From launching the browser to the first picture."""
    mb: float
    """Memory of all its processes, shared pages counted once."""
    version: str


@dataclass(frozen=True, slots=True)
class BenchResults:
    """A step is an action on the phone and an observation after it; one process, one core."""

    tree_steps_per_s: float
    """Observing the accessibility tree only."""
    tree_p95_ms: float
    rgb540_steps_per_s: float
    """Tree and a 540 × 1200 picture."""
    rgb1080_steps_per_s: float
    """Tree and a 1080 × 2400 picture."""
    rgb1080_p95_ms: float
    fork_ms: float
    """Median time for an independent copy of a phone in use."""
    mb_per_phone: float
    """Memory for each further phone that went its own way for some steps."""
    thousand_phones_mb: float
    """Memory of a process with a thousand of them."""
    import_first_frame_s: float
    """From starting Python to the first full picture."""
    suite_s: float
    """Solving every task of the starter suite once, judging included, without pictures."""
    suite_tasks: int
    machine: Machine
    chromium: ChromiumResults | None = None
    chromium_skipped: str | None = None
    """Why there is no comparison, where one was asked for."""


def this_machine() -> Machine:
    """What can be found out without asking anybody."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Machine(_cpu(), cores, round(_memory_bytes() / 1e9, 1), platform.python_version(), platform.platform())


def _cpu() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _memory_bytes() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return 0
