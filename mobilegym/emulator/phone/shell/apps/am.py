"""`am` and `cmd activity`: activities, services, broadcasts and processes."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Final

from mobilegym.emulator.phone.shell.apps import instrument, services, starting, tasks
from mobilegym.emulator.phone.shell.apps.intents import parse_intent
from mobilegym.emulator.phone.shell.apps.running import force_stop
from mobilegym.emulator.phone.shell.args import Args, WaitingVerbs, dispatch, number
from mobilegym.emulator.phone.shell.process import JavaError, Process
from mobilegym.errors import NotFound

__all__ = ["am"]

_OPTIONS_WITH_WORD: Final = ("--user", "--uid", "--attach-agent")
_BUCKETS: Final = {"active": 10, "working_set": 20, "frequent": 30, "rare": 40, "restricted": 45}


def am(p: Process) -> int | Awaitable[int]:
    """`am VERB ...`."""
    listed = "".join(f"  {verb}\n" for verb in sorted(_VERBS))
    return dispatch(p, _VERBS, f"Activity manager (activity) commands:\n  help\n      Print this help text.\n{listed}")


def _package(args: Args) -> str:
    """The package that a command is about, after its options."""
    while (option := args.option()) is not None:
        if option in _OPTIONS_WITH_WORD:
            args.need()
    return args.need()


def _force_stop(p: Process, args: Args) -> int:
    force_stop(p.system, _package(args))
    return 0


def _kill(p: Process, args: Args) -> int:
    """Ends what runs in the background only."""
    package = _package(args)
    if p.kernel.activities.foreground.package != package:
        force_stop(p.system, package)
    return 0


def _kill_all(p: Process, args: Args) -> int:
    del args
    kernel = p.kernel
    front = kernel.activities.foreground.package
    for package in {a.package for t in kernel.activities.tasks for a in t.stack} - {front}:
        force_stop(p.system, package)
    return 0


def _crash(p: Process, args: Args) -> int:
    word = _package(args)
    package = next((i.package for i in p.system.processes.all() if str(i.pid) == word), word)
    if p.system.processes.of_package(package):
        force_stop(p.system, package)
        p.kernel.journal.append("system", package, "crashed", "read")
    return 0


def _current_user(p: Process, args: Args) -> int:
    del args
    p.out("0\n")
    return 0


def _switch_user(p: Process, args: Args) -> int:
    while args.option() is not None:
        pass
    user = number(args.need())
    if user != 0:
        p.err(f"Error: Failed to switch to user {user}\n")
        return 1
    return 0


def _start_user(p: Process, args: Args) -> int:
    while args.option() is not None:
        pass
    user = number(args.need())
    p.out("Success: user started\n" if user == 0 else "Error: could not start user\n")
    return 0 if user == 0 else 255


def _silent(p: Process, args: Args) -> int:
    del p
    args.rest()
    return 0


def _debug_app(p: Process, args: Args) -> int:
    wait, persistent = False, False
    while (option := args.option()) is not None:
        wait, persistent = wait or option == "-w", persistent or option == "--persistent"
    package = args.need()
    p.kernel.settings.put("global", "debug_app", package)
    p.kernel.settings.put("global", "wait_for_debugger", "1" if wait else "0")
    return 0


def _clear_debug_app(p: Process, args: Args) -> int:
    del args
    for key in ("debug_app", "wait_for_debugger"):
        p.kernel.settings.delete("global", key)
    return 0


def _known(p: Process, package: str) -> str:
    try:
        p.kernel.packages.state(package)
    except NotFound:
        raise JavaError(f"Unknown package: {package}") from None
    return package


def _bucket(p: Process, args: Args) -> int:
    """`get-standby-bucket [PKG]`."""
    while args.option() is not None:
        args.need()
    if args.peek() is None:
        for package in p.kernel.packages.names():
            p.out(f"{package}: {_bucket_of(p, package)}\n")
    else:
        p.out(f"{_bucket_of(p, args.need())}\n")
    return 0


def _bucket_of(p: Process, package: str) -> int:
    kernel = p.kernel
    if package in kernel.packages.names() and kernel.packages.state(package).battery == "restricted":
        return _BUCKETS["restricted"]
    return _BUCKETS["active" if p.system.processes.of_package(package) else "working_set" if package in kernel.packages.names() else "rare"]


def _set_bucket(p: Process, args: Args) -> int:
    package = _known(p, _package(args))
    name = args.need()
    if name not in _BUCKETS and name not in map(str, _BUCKETS.values()):
        p.err(f"Error: Unknown bucket: {name}\n")
        return 255
    p.kernel.packages.change(package, battery="restricted" if name in ("restricted", "45") else "optimized")
    return 0


def _get_inactive(p: Process, args: Args) -> int:
    package = _package(args)
    p.out(f"Idle={str(not p.system.processes.of_package(package)).lower()}\n")
    return 0


def _set_inactive(p: Process, args: Args) -> int:
    package = _package(args)
    if args.need().casefold() == "true" and p.kernel.activities.foreground.package != package:
        force_stop(p.system, package)
    return 0


def _uri(p: Process, args: Args) -> int:
    p.out(f"{parse_intent(args, lambda _o, _a: False).uri(intent_scheme=False)}\n")
    return 0


def _intent_uri(p: Process, args: Args) -> int:
    p.out(f"{parse_intent(args, lambda _o, _a: False).uri(intent_scheme=True)}\n")
    return 0


def _app_uri(p: Process, args: Args) -> int:
    intent = parse_intent(args, lambda _o, _a: False)
    p.out(f"android-app://{intent.package or ''}/{intent.uri(intent_scheme=False)}\n")
    return 0


def _broadcast_idle(p: Process, args: Args) -> int:
    args.rest()
    p.system.settle()
    p.out("All broadcast queues are idle!\n")
    return 0


def _dump_heap(p: Process, args: Args) -> int:
    while (option := args.option()) is not None:
        if option in ("--user", "-b"):
            args.need()
    process = args.need()
    target = args.next() or "/data/local/tmp/heapdump.prof"
    if not any(process in (str(i.pid), i.name) for i in p.system.processes.all()):
        raise JavaError(f"Unknown process: {process}")
    p.system.files.write(target, b"JAVA PROFILE 1.0.3\0", uid=p.uid)
    p.out(f"File: {target}\nWaiting for dump to finish...\n")
    return 0


def _uid_state(p: Process, args: Args) -> int:
    uid = number(args.need())
    running = [i for i in p.system.processes.all() if i.package and p.system.processes.uid(i.package) == uid]
    front = p.kernel.activities.foreground.package
    state = "2 (TOP)" if any(i.package == front for i in running) else "19 (CACHED_EMPTY)" if running else "20 (NONEXISTENT)"
    p.out(f"{state}\n")
    return 0


_VERBS: Final[WaitingVerbs] = {
    "start": starting.start, "start-activity": starting.start,
    "start-service": services.start_service, "startservice": services.start_service,
    "start-foreground-service": services.start_foreground_service, "startforegroundservice": services.start_foreground_service,
    "stop-service": services.stop_service, "stopservice": services.stop_service, "broadcast": services.broadcast,
    "force-stop": _force_stop, "stop-app": _force_stop, "kill": _kill, "kill-all": _kill_all, "crash": _crash,
    "instrument": instrument.instrument,
    "get-current-user": _current_user, "switch-user": _switch_user, "start-user": _start_user, "unlock-user": _silent,
    "get-config": tasks.get_config, "stack": tasks.stack, "task": tasks.task, "get-started-user-state": tasks.user_state,
    "is-user-stopped": tasks.user_stopped, "set-debug-app": _debug_app, "clear-debug-app": _clear_debug_app,
    "get-standby-bucket": _bucket, "set-standby-bucket": _set_bucket, "set-inactive": _set_inactive, "get-inactive": _get_inactive,
    "to-uri": _uri, "to-intent-uri": _intent_uri, "to-app-uri": _app_uri, "dumpheap": _dump_heap, "get-uid-state": _uid_state,
    "wait-for-broadcast-idle": _broadcast_idle, "wait-for-broadcast-barrier": _broadcast_idle,
    **dict.fromkeys((
        "trace-ipc", "profile", "hang", "restart", "idle-maintenance", "screen-compat", "package-importance", "send-trim-memory",
        "attach-agent",
        "set-watch-heap", "clear-watch-heap", "clear-recent-apps", "bug-report", "monitor", "clear-exit-info", "make-uid-idle", "freeze",
        "unfreeze", "compat", "suppress-resize-config-changes", "set-foreground-service-delegate", "set-ignore-delivery-group-policy",
        "clear-ignore-delivery-group-policy", "watch-uids", "track-associations", "untrack-associations", "write", "no-home-screen",
        "memory-factor", "service-restart-backoff", "update-appinfo", "set-bg-restriction-level", "force-stop-user",
        "reset-dropbox-rate-limiter",
    ), _silent),
}  # fmt: skip
