"""`am stack`, `am task`, `am get-config`: tasks and the configuration, as Android prints them."""

from __future__ import annotations

from typing import Any

from mobilegym.emulator.phone.kernel.activities import Activity, Task
from mobilegym.emulator.phone.shell.args import Args, number
from mobilegym.emulator.phone.shell.process import JavaError, Process
from mobilegym.errors import NotFound

__all__ = ["all_tasks", "bounds", "configuration", "get_config", "stack", "task", "user_state", "user_stopped", "visible_task"]


def bounds(p: Process) -> str:
    """The whole display, `[0,0][W,H]`."""
    ui = p.kernel.ui
    return f"[0,0][{ui.width},{ui.height}]"


def _rotation(p: Process) -> int:
    return p.kernel.hardware.rotation if p.kernel.ui.width > p.kernel.ui.height else 0


def _size_dp(p: Process) -> tuple[int, int]:
    """What apps have between the bars, dp."""
    ui = p.kernel.ui
    return round(ui.width / ui.scale), round((ui.height - ui.status_bar - ui.navigation_bar) / ui.scale)


def configuration(p: Process, *, kind: str = "standard") -> str:
    """`{1.0 310mcc260mnc ...}`: what the system calls the configuration of a window."""
    ui = p.kernel.ui
    width, height = _size_dp(p)
    rect = f"Rect(0, 0 - {ui.width}, {ui.height})"
    app = f"Rect(0, 0 - {ui.width}, {ui.height - ui.navigation_bar})"
    turned = f"ROTATION_{90 * _rotation(p)}"
    night = " night" if ui.dark else ""
    size = f"sw{min(width, height)}dp w{width}dp h{height}dp {ui.density}dpi"
    return (
        f"{{{ui.font_scale:.1f} 310mcc260mnc [{ui.locale.replace('-', '_')}] ldltr {size} nrml long"
        f" {'land' if width > height else 'port'}{night} finger -keyb/v/h -nav/h winConfig={{"
        f" mBounds={rect} mAppBounds={app} mMaxBounds={rect}"
        f" mDisplayRotation={turned} mWindowingMode=fullscreen mDisplayWindowingMode=fullscreen"
        f" mActivityType={kind} mAlwaysOnTop=undefined"
        f" mRotation={turned}}} s.6 fontWeightAdjustment=0}}"
    )


def get_config(p: Process, args: Args) -> int:
    """`am get-config`."""
    args.rest()
    ui = p.kernel.ui
    width, height = _size_dp(p)
    language, _, country = ui.locale.partition("-")
    p.out(
        f"config: mcc310-mnc260-{language}-r{country}-ldltr-sw{min(width, height)}dp-w{width}dp-h{height}dp-normal-long-notround-"
        f"lowdr-nowidecg-{'land' if width > height else 'port'}-{'night' if ui.dark else 'notnight'}-{ui.density}dpi-finger-keysexposed-"
        "nokeys-navhidden-nonav-v34\n"
        "abi: x86_64,arm64-v8a\n"
    )
    return 0


def all_tasks(p: Process) -> list[Task]:
    """Every task, the front one first."""
    activities = p.kernel.activities
    home = [activities.home] if activities.home is not None else []
    return [*home, *activities.tasks] if activities.at_home else [*activities.tasks, *home]


def visible_task(p: Process) -> Task | None:
    """The task that can be seen, if the phone is on and unlocked."""
    hardware = p.kernel.hardware
    return None if hardware.locked or not hardware.screen_on else p.kernel.activities.current


def _component(activity: Activity[Any]) -> str:
    return f"{activity.package}/{activity.name}"


def _block(p: Process, one: Task) -> str:
    shown = str(one is visible_task(p)).lower()
    kind = "home" if one is p.kernel.activities.home else "standard"
    area = bounds(p)
    return (
        f"RootTask id={one.id} bounds={area} displayId=0 userId=0\n configuration={configuration(p, kind=kind)}\n"
        f"  taskId={one.id}: {_component(one.stack[0])} bounds={area} userId=0 visible={shown}"
        f" topActivity=ComponentInfo{{{_component(one.top)}}}\n\n"
    )


def stack(p: Process, args: Args) -> int:
    """`am stack list|info|remove|move-task|...`."""
    verb = args.need()
    if verb == "list":
        for one in all_tasks(p):
            p.out(_block(p, one))
    elif verb == "info":
        mode, kind = number(args.need()), number(args.need())
        wanted = [t for t in all_tasks(p) if mode in (0, 1) and (t is p.kernel.activities.home) == (kind == 2)]
        p.out(_block(p, wanted[0]) if wanted else "")
    elif verb == "remove":
        _remove(p, number(args.need()))
    elif verb not in ("move-task", "resize-animated", "positiontask", "size", "move-top-activity-to-pinned-stack"):
        p.err(f"Error: unknown command '{verb}'\n")
        return 255
    return 0


def _remove(p: Process, task_id: int) -> None:
    """Take a task away; the phone is then at home."""
    activities = p.kernel.activities
    found = next((t for t in activities.tasks if t.id == task_id), None)
    if found is not None:
        for activity in reversed(found.stack):
            activities.finish(activity)


def task(p: Process, args: Args) -> int:
    """`am task lock|resizeable|resize|focus`."""
    verb = args.need()
    if verb == "lock":
        word = args.need()
        locked = word != "stop" and any(t.id == number(word) for t in p.kernel.activities.tasks)
        p.out(f"Activity manager is {'' if locked else 'not '}in lockTaskMode\n")
    elif verb == "focus":
        word = args.need()
        try:
            p.kernel.activities.to_front(number(word))
        except NotFound:
            raise JavaError(f"No such task {word}") from None
        p.out(f"Setting focus to task {word}\n")
    elif verb not in ("resizeable", "resize", "drag-task-test", "size-task-test"):
        p.err(f"Error: unknown command '{verb}'\n")
        return 255
    return 0


def user_state(p: Process, args: Args) -> int:
    """`am get-started-user-state 0`."""
    user = number(args.need())
    p.out("RUNNING_UNLOCKED\n" if user == 0 else f"User is not started: {user}\n")
    return 0


def user_stopped(p: Process, args: Args) -> int:
    """`am is-user-stopped 0`."""
    p.out(f"{str(number(args.need()) != 0).lower()}\n")
    return 0
