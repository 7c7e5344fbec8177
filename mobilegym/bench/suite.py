"""All benchmarks, one after the other."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Final

from mobilegym.bench.chromium import measure_chromium
from mobilegym.bench.measure import Timing, timed
from mobilegym.bench.results import BenchResults, ChromiumResults, this_machine
from mobilegym.bench.walk import Walker
from mobilegym.emulator.device import PixelSize
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.errors import MissingPrerequisite

__all__ = ["run_benchmarks"]

_HALF: Final = (1200, 540)
_FULL: Final = (2400, 1080)
_FIRST_FRAME: Final = (
    "from mobilegym.emulator.phone import VirtualPhone; assert VirtualPhone(seed=0).observe(pixels=(2400, 1080)).pixels is not None"
)


def run_benchmarks(*, seconds: float = 3.0, chromium: bool = False, note: Callable[[str], None] = lambda _: None) -> BenchResults:
    """Measure everything.

    Args:
        seconds: How long each rate is measured.
        chromium: Compare with headless Chromium, where it is installed.
        note: Told what is being measured.
    """
    note("steps without pictures")
    tree = _steps(None, seconds)
    note("steps with 540 × 1200 pictures")
    half = _steps(_HALF, seconds)
    note("steps with 1080 × 2400 pictures")
    full = _steps(_FULL, seconds)
    note("forks")
    fork_ms = _forks(min(seconds, 1.0))
    note("a thousand phones")
    memory = json.loads(_python("-m", "mobilegym.bench.memory", "1000"))
    note("start")
    start_s = min(_wall_s("-c", _FIRST_FRAME) for _ in range(3))
    note("the starter suite")
    suite_s, suite_tasks = _solve_suite()
    compared: ChromiumResults | None = None
    skipped: str | None = None
    if chromium:
        note("headless Chromium")
        try:
            compared = measure_chromium(seconds=seconds)
        except MissingPrerequisite as error:
            skipped = str(error)
    return BenchResults(
        tree_steps_per_s=round(tree.per_s, 1),
        tree_p95_ms=round(tree.p95_ms, 3),
        rgb540_steps_per_s=round(half.per_s, 1),
        rgb1080_steps_per_s=round(full.per_s, 1),
        rgb1080_p95_ms=round(full.p95_ms, 3),
        fork_ms=round(fork_ms, 4),
        mb_per_phone=round(memory["mb_per_phone"], 3),
        thousand_phones_mb=round(memory["all_mb"], 1),
        import_first_frame_s=round(start_s, 3),
        suite_s=round(suite_s, 2),
        suite_tasks=suite_tasks,
        machine=this_machine(),
        chromium=compared,
        chromium_skipped=skipped,
    )


def _steps(pixels: PixelSize | None, seconds: float) -> Timing:
    with VirtualPhone(seed=0) as phone:
        return timed(Walker(phone, pixels).step, seconds=seconds, warm_up=50)


def _forks(seconds: float) -> float:
    phone = VirtualPhone(seed=0)
    walker = Walker(phone, None)
    for number in range(60):
        walker.step(number)
    return timed(lambda _: phone.fork(), seconds=seconds, warm_up=20, most=20_000).median_ms


def _solve_suite() -> tuple[float, int]:
    from mobilegym.agents import make_agent
    from mobilegym.session import Session
    from mobilegym.tasks.suites import load_suite

    suite = load_suite("starter")
    tasks = [suite.instance(name, 0) for name in suite.templates]
    agent = make_agent("solution")
    with VirtualPhone(seed=0) as phone:
        start = time.perf_counter()
        for task in tasks:
            session = Session(phone, task)
            observation = session.start()
            agent.begin(task, 0)
            while not session.over:
                observation = session.step(agent.act(observation)).observation
            session.verdict()
        return time.perf_counter() - start, len(tasks)


def _python(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True).stdout


def _wall_s(*arguments: str) -> float:
    start = time.perf_counter()
    _python(*arguments)
    return time.perf_counter() - start
