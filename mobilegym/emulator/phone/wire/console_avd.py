"""Console commands for the virtual device itself: snapshots, and port redirections."""

from __future__ import annotations

import re
from typing import Final

from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.shell.system import SavedState
from mobilegym.emulator.phone.wire.console_base import ConsoleLine, Ko, Subs

__all__ = ["AVD", "MAX_SNAPSHOTS", "REDIR"]

MAX_SNAPSHOTS: Final = 1000
_NAME: Final = re.compile(r"[\w.+-]{1,128}")
_KEY: Final = "!console/"
_SNAPSHOT_BYTES: Final = 195


def _name(request: ConsoleLine) -> list[str]:
    return [request.system.phone.info.model.replace(" ", "_")]


def _status(request: ConsoleLine) -> list[str]:
    return [f"virtual device is {'stopped' if _stopped(request) else 'running'}"]


def _stopped(request: ConsoleLine) -> bool:
    return request.kernel.properties.get(f"{_KEY}stopped") == "1"


def _stop(request: ConsoleLine) -> list[str]:
    if _stopped(request):
        raise Ko("virtual device already stopped")
    request.kernel.properties.put(f"{_KEY}stopped", "1")
    return []


def _start(request: ConsoleLine) -> list[str]:
    if not _stopped(request):
        raise Ko("virtual device already running")
    request.kernel.properties.delete(f"{_KEY}stopped")
    return []


def _harmless(request: ConsoleLine) -> list[str]:
    del request
    return []


def _no_path(request: ConsoleLine) -> list[str]:
    # A virtual phone lives in memory: there is no folder of it.
    return ["/dev/null"]


def _heartbeat(request: ConsoleLine) -> list[str]:
    return [f"heartbeat: {request.kernel.clock.now_ms // 1000 % 100_000}"]


def _window_type(request: ConsoleLine) -> list[str]:
    del request
    return ["windowtype=qtwindow_headless"]


def _refused(request: ConsoleLine) -> list[str]:
    raise Ko("files of the host are out of reach")


def _snapshot(request: ConsoleLine) -> list[str]:
    return _SNAPSHOT.run(ConsoleLine(request.system, "snapshot", request.rest))


def _snapshot_name(request: ConsoleLine, verb: str) -> str:
    if not request.words:
        raise Ko(f"Argument missing, try 'avd snapshot {verb} <name>'")
    if not _NAME.fullmatch(request.words[0]):
        raise Ko(f"invalid snapshot name: {request.words[0]}")
    return request.words[0]


def _existing(request: ConsoleLine, verb: str) -> str:
    name = _snapshot_name(request, verb)
    if name not in request.system.snapshots:
        raise Ko(f"Device 'cache' does not have the requested snapshot '{name}'")
    return name


def _list(request: ConsoleLine) -> list[str]:
    saved = request.system.snapshots
    if not saved:
        return ["There is no snapshot available."]
    lines = ["List of snapshots present on all disks:",
             f"{'ID':<10}{'TAG':<20}{'VM SIZE':>7}{'DATE':>20}{'VM CLOCK':>15}"]  # fmt: skip
    start = request.kernel.config.start_ms
    for name, state in saved.items():
        when = Clock(state.at_ms, "UTC").now()
        seconds = max(0, state.at_ms - start) / 1000
        clock = f"{int(seconds // 3600):02d}:{int(seconds // 60 % 60):02d}:{seconds % 60:06.3f}"
        lines.append(f"{'--':<10}{name:<20}{_SNAPSHOT_BYTES:>6}M{when:%Y-%m-%d %H:%M:%S}{clock:>15}".replace("M20", "M 20", 1))
    return lines


def _save(request: ConsoleLine) -> list[str]:
    name, system = _snapshot_name(request, "save"), request.system
    if name not in system.snapshots and len(system.snapshots) >= MAX_SNAPSHOTS:
        raise Ko(f"there are {MAX_SNAPSHOTS} snapshots already: delete some")
    system.snapshots[name] = SavedState(system.phone.snapshot(), system.kernel.clock.now_ms)
    return []


def _load(request: ConsoleLine) -> list[str]:
    name, system = _existing(request, "load"), request.system
    system.owed_ms = 0
    system.phone.restore(system.snapshots[name].snapshot)
    return []


def _delete(request: ConsoleLine) -> list[str]:
    del request.system.snapshots[_existing(request, "delete")]
    return []


_SNAPSHOT: Final = Subs(
    "allows you to save and restore the virtual device state in snapshots",
    {"list": _list, "save": _save, "load": _load, "delete": _delete, "del": _delete, "remap": _harmless, "get": _refused,
     "pull": _refused, "push": _refused},
    {"list": "'avd snapshot list' will show a list of all state snapshots that can be loaded",
     "save": "'avd snapshot save <name>' will save the current (run-time) state to a snapshot with the given name",
     "load": "'avd snapshot load <name>' will load the state snapshot of the given name",
     "delete": "'avd snapshot delete <name>' will delete the state snapshot with the given name"},
)  # fmt: skip
AVD: Final = Subs(
    "allows you to control (e.g. start/stop) the execution of the virtual device",
    {"stop": _stop, "start": _start, "status": _status, "heartbeat": _heartbeat, "rewindaudio": _harmless, "name": _name,
     "snapshot": _snapshot, "pause": _harmless, "resume": _harmless, "hostmicon": _harmless, "hostmicoff": _harmless, "bugreport": _refused,
     "id": _name, "windowtype": _window_type, "path": _no_path, "discoverypath": _no_path, "snapshotspath": _no_path,
     "snapshotpath": _no_path},
    {"stop": "stop the virtual device", "start": "start/restart the virtual device", "status": "query virtual device status",
     "heartbeat": "query the heart beat number of the guest system", "name": "query virtual device name",
     "snapshot": "state snapshot commands"},
)  # fmt: skip


# ---------------------------------------------------------------------- redirections


def _redirections(request: ConsoleLine) -> dict[str, str]:
    return request.kernel.properties.below(f"{_KEY}redir/")


def _redir_list(request: ConsoleLine) -> list[str]:
    found = _redirections(request)
    if not found:
        return ["no active redirections"]
    return [f"{host}  => {guest} " for host, guest in found.items()]


def _redir_add(request: ConsoleLine) -> list[str]:
    match = re.fullmatch(r"(tcp|udp):(\d{1,5}):(\d{1,5})", request.rest)
    if match is None:
        raise Ko("bad redirection format, try 'help redir' for a list of valid values")
    # No port of the host is opened for it: `adb forward` is for that.
    request.kernel.properties.put(f"{_KEY}redir/{match[1]}:{match[2]}", match[3])
    return []


def _redir_del(request: ConsoleLine) -> list[str]:
    if not re.fullmatch(r"(tcp|udp):\d{1,5}", request.rest):
        raise Ko("bad redirection format, try 'help redir' for a list of valid values")
    if not request.kernel.properties.delete(f"{_KEY}redir/{request.rest}"):
        raise Ko("can't remove unknown redirection (tcp:port)")
    return []


REDIR: Final = Subs(
    "allows you to add, list and remove TCP and/or UDP redirections", {"list": _redir_list, "add": _redir_add, "del": _redir_del},
    {"list": "list current redirections", "add": "add new redirection", "del": "remove existing redirection"},
)  # fmt: skip
