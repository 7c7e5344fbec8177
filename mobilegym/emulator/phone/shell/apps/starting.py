"""`am start`: which activity an intent means, starting it, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from mobilegym.emulator.phone.kernel.activities import Activity, Task
from mobilegym.emulator.phone.kernel.intents import MAIN, Intent
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo
from mobilegym.emulator.phone.shell.apps.intents import NEW_TASK, ShellIntent, parse_intent, short_name
from mobilegym.emulator.phone.shell.apps.names import hex_id
from mobilegym.emulator.phone.shell.apps.running import HELPERS, force_stop, running
from mobilegym.emulator.phone.shell.args import Args, number
from mobilegym.emulator.phone.shell.process import JavaError, Process

__all__ = ["Started", "find_activities", "launch", "start"]

_CLEAR_TASK: Final = 0x8000
_CLEAR_TOP: Final = 0x04000000
_MAX_REPEATS: Final = 100
_SILENT: Final = frozenset((
    "-D", "-N", "--streaming", "--track-allocation", "--task-overlay", "--lock-task", "--allow-background-activity-starts", "--async",
    "--splashscreen-show-icon", "--dismiss-keyguard-if-insecure", "--suspend", "--dismiss-keyguard",
))  # fmt: skip
_WITH_WORD: Final = frozenset((
    "-P", "--start-profiler", "--sampling", "--attach-agent", "--attach-agent-bind", "--user", "--receiver-permission", "--display",
    "--windowingMode", "--activityType", "--task", "--clock-type", "--profiler-clock",
))  # fmt: skip
_SETTINGS: Final = "com.android.settings"
_PAGES: Final = {
    "WifiSettingsActivity": "WIFI_SETTINGS", "BluetoothSettingsActivity": "BLUETOOTH_SETTINGS",
    "DisplaySettingsActivity": "DISPLAY_SETTINGS",
    "SoundSettingsActivity": "SOUND_SETTINGS", "DateTimeSettingsActivity": "DATE_SETTINGS",
    "LocationSettingsActivity": "LOCATION_SOURCE_SETTINGS",
    "AccessibilitySettingsActivity": "ACCESSIBILITY_SETTINGS", "DevelopmentSettingsDashboardActivity": "APPLICATION_DEVELOPMENT_SETTINGS",
    "ManageApplicationsActivity": "MANAGE_APPLICATIONS_SETTINGS", "MyDeviceInfoActivity": "DEVICE_INFO_SETTINGS",
    "NetworkDashboardActivity": "WIRELESS_SETTINGS", "StorageDashboardActivity": "INTERNAL_STORAGE_SETTINGS",
    "SecurityDashboardActivity": "SECURITY_SETTINGS", "LanguageAndInputSettingsActivity": "LOCALE_SETTINGS",
    "ZenModeSettingsActivity": "ZEN_MODE_SETTINGS", "BatterySaverSettingsActivity": "BATTERY_SAVER_SETTINGS",
    "DataUsageSummaryActivity": "DATA_USAGE_SETTINGS", "TetherSettingsActivity": "TETHER_SETTINGS", "VpnSettingsActivity": "VPN_SETTINGS",
}  # fmt: skip
"""Screens of Settings that Android reaches by class name, and the action behind each."""


@dataclass(slots=True)
class _Options:
    wait: bool = False
    stop: bool = False
    repeat: int = 0

    def take(self, option: str, args: Args) -> bool:
        if option == "-W":
            self.wait = True
        elif option == "-S":
            self.stop = True
        elif option == "-R":
            self.repeat = min(number(args.need()), _MAX_REPEATS)
        elif option in _WITH_WORD:
            args.need()
        elif option not in _SILENT:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Started:
    """What became of a start."""

    line: str = ""
    """Warning or error, without newline; empty where all went well."""
    failed: bool = False
    component: tuple[str, str] | None = None
    """What is in front now."""
    launch_state: str = "COLD"


def find_activities(p: Process, intent: ShellIntent) -> list[tuple[str, ActivityInfo]]:
    """Activities that answer an intent; of an explicit one at most the one it names."""
    return p.kernel.packages.resolve(_known(intent).kernel())


def _known(intent: ShellIntent) -> ShellIntent:
    """Screens of Settings that are pages here are reached by their action."""
    package, name = intent.component or ("", "")
    page = _PAGES.get(name.removeprefix(f"{_SETTINGS}.Settings$")) if package == _SETTINGS else None
    if page is None:
        return intent
    return replace(intent, action=f"android.settings.{page}", component=None, package=_SETTINGS, categories=[])


async def start(p: Process, args: Args) -> int:
    """`am start`."""
    options = _Options()
    intent = parse_intent(args, options.take)
    for _ in range(max(1, options.repeat)):
        if options.stop:
            found = find_activities(p, intent)
            package = intent.component[0] if intent.component else intent.package or ""
            if not package and len(found) != 1:
                text = "matches multiple activities; can't stop" if found else "does not match any activities"
                p.err(f"Error: Intent {text}: {intent.show()}\n")
                return 1
            package = package or found[0][0]
            p.out(f"Stopping: {package}\n")
            force_stop(p.system, package)
        p.out(f"Starting: {intent.show()}\n")
        begun = launch(p, intent)
        if begun.line:
            (p.out if options.wait else p.err)(f"{begun.line}\n")
        if begun.failed:
            # Android 14 and before report failure in words only.
            return 0
        if options.wait:
            p.system.acted(0)
            _tail(p, begun)
    return 0


def _tail(p: Process, begun: Started) -> None:
    package, name = begun.component or ("", "")
    cold = begun.launch_state == "COLD"
    total = 0 if begun.launch_state.startswith("UNKNOWN") else int(hex_id("launch", package, name), 16) % 80 + (420 if cold else 60)
    p.out(f"Status: ok\nLaunchState: {begun.launch_state}\nActivity: {short_name(package, name)}\n")
    p.out(f"TotalTime: {total}\nWaitTime: {total + 3}\nComplete\n")


def launch(p: Process, intent: ShellIntent) -> Started:
    """Start an activity for the shell.

    Raises:
        JavaError: The activity is not for others to start.
    """
    kernel = p.kernel
    wanted = replace(intent, flags=intent.flags | NEW_TASK)
    found = find_activities(p, intent)
    if not found:
        if intent.component is not None and _known(intent) is intent:
            package, name = intent.component
            return Started(f"Error type 3\nError: Activity class {{{package}/{name}}} does not exist.", failed=True)
        return Started(f"Error: Activity not started, unable to resolve {wanted.show()}", failed=True)
    package, info = found[0]
    if intent.component is not None and not info.open and p.uid != 0 and _known(intent) is intent:
        sender = f"null (pid={p.pid}, uid={p.uid})"
        text = f"Permission Denial: starting {wanted.show()} from {sender} not exported from uid {kernel.packages.uid(package)}"
        raise JavaError(text, "java.lang.SecurityException")
    if package in HELPERS and info.launchable:
        running(p.system).start(p.system, package, HELPERS[package], foreground=True)
        return Started(component=(package, info.name))
    cold = not kernel.activities.running(package)
    before, existing = _top(p), {id(a) for task in kernel.activities.tasks for a in task.stack}
    _clear(p, wanted, package, info)
    same = _same_task(p, _known(intent).kernel(), package, info)
    if same is not None:
        kernel.ime.hide()
        kernel.activities.to_front(same.id)
    else:
        kernel.activities.start(_known(intent).kernel())
    top = kernel.activities.foreground
    component = (top.package, top.name)
    if top is before:
        text = "Warning: Activity not started, intent has been delivered to currently running top-most instance."
        return Started(text, component=component, launch_state="UNKNOWN (0)")
    if id(top) in existing:
        text = "Warning: Activity not started, its current task has been brought to the front"
        return Started(text, component=component, launch_state="HOT")
    return Started(component=component, launch_state="COLD" if cold else "WARM")


def _same_task(p: Process, intent: Intent, package: str, info: ActivityInfo) -> Task | None:
    """The task that was begun by the very same intent: it comes to the front as it is."""
    wanted = (intent.action, intent.data, intent.mime, intent.categories)
    for task in p.kernel.activities.tasks:
        root = task.stack[0]
        begun = root.intent
        same = task.package == package == root.package and root.name == info.name and not info.single_top
        if same and (begun.action, begun.data, begun.mime, begun.categories) == wanted:
            return task
    return None


def _top(p: Process) -> Activity[Any] | None:
    task = p.kernel.activities.current
    return task.top if task is not None and task is not p.kernel.activities.home else None


def _clear(p: Process, intent: ShellIntent, package: str, info: ActivityInfo) -> None:
    """What the flags take away before the start."""
    activities = p.kernel.activities
    task = next((t for t in activities.tasks if t.package == package), None)
    if task is None:
        return
    if intent.flags & _CLEAR_TASK:
        activities.remove(task.id)
    elif intent.flags & _CLEAR_TOP and intent.action != MAIN:
        names = [a.name for a in task.stack]
        if info.name in names:
            for activity in reversed(task.stack[names.index(info.name) + (1 if info.single_top else 0) :]):
                activities.finish(activity)
