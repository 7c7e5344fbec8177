"""How Android names objects in dumps: records with a hexadecimal identity that stays the same."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from mobilegym.emulator.phone.kernel.activities import Activity, Task
from mobilegym.emulator.phone.kernel.kernel import Kernel
from mobilegym.emulator.phone.shell.apps.intents import ShellIntent, short_name
from mobilegym.emulator.phone.shell.process import Process

__all__ = ["activity_record", "affinity", "clock_text", "hex_id", "intent_of", "process_record", "record_name", "task_record"]


def hex_id(kind: str, *of: object) -> str:
    """An identity as Android prints it, the same for the same object."""
    return f"{crc32(':'.join((kind, *map(str, of))).encode()) & 0xFFFFFFF:x}"


def record_name(activity: Activity[Any], task_id: int) -> str:
    """`HEX u0 pkg/.Cls tN`."""
    return f"{hex_id('activity', task_id, activity.package, activity.name)} u0 {short_name(activity.package, activity.name)} t{task_id}"


def activity_record(activity: Activity[Any], task_id: int) -> str:
    """`ActivityRecord{...}`."""
    return f"ActivityRecord{{{record_name(activity, task_id)}}}"


def affinity(kernel: Kernel, package: str) -> str:
    """`UID:package`."""
    return f"{kernel.packages.uid(package)}:{package}"


def task_record(kernel: Kernel, task: Task, *, visible: bool | None = None) -> str:
    """`Task{...}`: short, or with the state that lists of tasks show."""
    home = task is kernel.activities.home
    root = task.stack[0]
    name = f"I={short_name(root.package, root.name)}" if home else f"A={affinity(kernel, task.package)}"
    short = f"Task{{{hex_id('task', task.id)} #{task.id} type={'home' if home else 'standard'} {name}"
    if visible is None:
        return short + "}"
    shown = str(visible).lower()
    rest = f" U=0 visible={shown} visibleRequested={shown} mode=fullscreen translucent={str(not visible).lower()} sz={len(task.stack)}}}"
    return short + rest


def process_record(p: Process, package: str) -> str:
    """`ProcessRecord{HEX PID:package/u0a123}`, or `null` where no process runs."""
    found = p.system.processes.of_package(package)
    if not found:
        return "null"
    uid = p.system.processes.uid(package)
    user = "1000" if uid == 1000 else f"u0a{uid - 10_000}"
    return f"ProcessRecord{{{hex_id('process', found[0].pid)} {found[0].pid}:{package}/{user}}}"


def clock_text(kernel: Kernel, ms: int) -> str:
    """Local time, `2024-01-01 00:00:00`."""
    return f"{kernel.clock.local(ms):%Y-%m-%d %H:%M:%S}"


def intent_of(activity: Activity[Any], flags: int = 0x10000000) -> ShellIntent:
    """What started an activity, as dumps show it."""
    intent = activity.intent
    component = (activity.package, activity.name)
    return ShellIntent(
        intent.action or None, intent.data or None, intent.mime or None, None, None, component, sorted(intent.categories), flags,
        dict(intent.extras),
    )  # fmt: skip
