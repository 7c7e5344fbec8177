"""`appops`, also as `cmd appops`."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.kernel.permissions import GROUPS
from mobilegym.emulator.phone.shell.args import Args, dispatch
from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.state.facts import SHELL
from mobilegym.errors import DeviceError, NotFound

__all__ = ["appops", "dump_appops"]

_MODES: Final = ("allow", "ignore", "deny", "default", "foreground")
_OP_NAMES: Final = (
    "COARSE_LOCATION FINE_LOCATION GPS VIBRATE READ_CONTACTS WRITE_CONTACTS READ_CALL_LOG WRITE_CALL_LOG READ_CALENDAR "
    "WRITE_CALENDAR WIFI_SCAN POST_NOTIFICATION NEIGHBORING_CELLS CALL_PHONE READ_SMS WRITE_SMS RECEIVE_SMS "
    "RECEIVE_EMERGECY_SMS RECEIVE_MMS RECEIVE_WAP_PUSH SEND_SMS READ_ICC_SMS WRITE_ICC_SMS WRITE_SETTINGS SYSTEM_ALERT_WINDOW "
    "ACCESS_NOTIFICATIONS CAMERA RECORD_AUDIO PLAY_AUDIO READ_CLIPBOARD WRITE_CLIPBOARD TAKE_MEDIA_BUTTONS TAKE_AUDIO_FOCUS "
    "AUDIO_MASTER_VOLUME AUDIO_VOICE_VOLUME AUDIO_RING_VOLUME AUDIO_MEDIA_VOLUME AUDIO_ALARM_VOLUME AUDIO_NOTIFICATION_VOLUME "
    "AUDIO_BLUETOOTH_VOLUME WAKE_LOCK MONITOR_LOCATION MONITOR_HIGH_POWER_LOCATION GET_USAGE_STATS MUTE_MICROPHONE "
    "TOAST_WINDOW PROJECT_MEDIA ACTIVATE_VPN WRITE_WALLPAPER ASSIST_STRUCTURE ASSIST_SCREENSHOT READ_PHONE_STATE "
    "ADD_VOICEMAIL USE_SIP PROCESS_OUTGOING_CALLS USE_FINGERPRINT BODY_SENSORS READ_CELL_BROADCASTS MOCK_LOCATION "
    "READ_EXTERNAL_STORAGE WRITE_EXTERNAL_STORAGE TURN_SCREEN_ON GET_ACCOUNTS RUN_IN_BACKGROUND AUDIO_ACCESSIBILITY_VOLUME "
    "READ_PHONE_NUMBERS REQUEST_INSTALL_PACKAGES PICTURE_IN_PICTURE INSTANT_APP_START_FOREGROUND ANSWER_PHONE_CALLS "
    "RUN_ANY_IN_BACKGROUND CHANGE_WIFI_STATE REQUEST_DELETE_PACKAGES BIND_ACCESSIBILITY_SERVICE ACCEPT_HANDOVER "
    "MANAGE_IPSEC_TUNNELS START_FOREGROUND BLUETOOTH_SCAN USE_BIOMETRIC ACTIVITY_RECOGNITION SMS_FINANCIAL_TRANSACTIONS "
    "READ_MEDIA_AUDIO WRITE_MEDIA_AUDIO READ_MEDIA_VIDEO WRITE_MEDIA_VIDEO READ_MEDIA_IMAGES WRITE_MEDIA_IMAGES "
    "LEGACY_STORAGE ACCESS_ACCESSIBILITY READ_DEVICE_IDENTIFIERS ACCESS_MEDIA_LOCATION QUERY_ALL_PACKAGES "
    "MANAGE_EXTERNAL_STORAGE INTERACT_ACROSS_PROFILES LOADER_USAGE_STATS AUTO_REVOKE_PERMISSIONS_IF_UNUSED "
    "NO_ISOLATED_STORAGE SCHEDULE_EXACT_ALARM USE_EXACT_ALARM MANAGE_MEDIA BLUETOOTH_CONNECT UWB_RANGING "
    "USE_ICC_AUTH_WITH_DEVICE_IDENTIFIER ACCESS_RESTRICTED_SETTINGS SYSTEM_EXEMPT_FROM_SUSPENSION USE_FULL_SCREEN_INTENT "
)
_OPS: Final = frozenset(_OP_NAMES.split())
_DEFAULTS: Final = {"MOCK_LOCATION": "deny", "SYSTEM_ALERT_WINDOW": "default", "WRITE_SETTINGS": "default", "PROJECT_MEDIA": "ignore",
                    "GET_USAGE_STATS": "default", "MANAGE_EXTERNAL_STORAGE": "default", "REQUEST_INSTALL_PACKAGES": "default",
                    "SCHEDULE_EXACT_ALARM": "default", "ACTIVATE_VPN": "ignore", "WRITE_SMS": "ignore"}  # fmt: skip
_BY_PERMISSION: Final = {
    **{p.removeprefix("android.permission."): p for group in GROUPS for p in group.permissions},
    "COARSE_LOCATION": "android.permission.ACCESS_COARSE_LOCATION", "FINE_LOCATION": "android.permission.ACCESS_FINE_LOCATION",
    "POST_NOTIFICATION": "android.permission.POST_NOTIFICATIONS",
}  # fmt: skip
_LISTED: Final = ("CAMERA", "RECORD_AUDIO", "COARSE_LOCATION", "FINE_LOCATION", "READ_CONTACTS", "READ_SMS", "POST_NOTIFICATION")
_SHELLS: Final = "!appops/shell/"
_USAGE: Final = """AppOps service (appops) commands:
  help
    Print this help text.
  start [--user <USER_ID>] [--attribution <ATTRIBUTION_TAG>] <PACKAGE | UID> <OP>
  stop [--user <USER_ID>] [--attribution <ATTRIBUTION_TAG>] <PACKAGE | UID> <OP>
  set [--user <USER_ID>] <[--uid] PACKAGE | UID> <OP> <MODE>
    Set the mode for a particular application and operation.
  get [--user <USER_ID>] [--attribution <ATTRIBUTION_TAG>] <PACKAGE | UID> [<OP>]
    Return the mode for a particular application and optional operation.
  query-op [--user <USER_ID>] <OP> [<MODE>]
    Print all packages that currently have the given op in the given mode.
  reset [--user <USER_ID>] [<PACKAGE>]
    Reset the given application or all applications to default modes.
  write-settings
    Immediately write pending changes to storage.
  read-settings
    Read the last written settings, replacing current state in RAM.
  options:
    <PACKAGE> an Android package name or its UID if prefixed by --uid
    <OP>      an AppOps operation.
    <MODE>    one of allow, ignore, deny, or default
"""


class _Wrong(Exception):
    """What the user gave is not usable."""


def appops(p: Process) -> int:
    """`appops set|get|reset|query-op|start|stop ...`."""
    try:
        return dispatch(p, {
            "set": _set, "get": _get, "reset": _reset, "query-op": _query, "start": _use, "stop": _use, "write-settings": _nothing,
            "read-settings": _nothing,
        }, _USAGE)  # fmt: skip
    except _Wrong as error:
        p.err(f"{error}\n")
        return 255


def _nothing(p: Process, args: Args) -> None:
    p.out("Current settings written.\n" if p.args[0] == "write-settings" else "Last settings read.\n")
    args.rest()


def _op(text: str) -> str:
    name = text.removeprefix("android:").upper()
    aliases = {
        "ACCESS_COARSE_LOCATION": "COARSE_LOCATION",
        "ACCESS_FINE_LOCATION": "FINE_LOCATION",
        "POST_NOTIFICATIONS": "POST_NOTIFICATION",
    }
    name = aliases.get(name.removeprefix("ANDROID.PERMISSION."), name)
    if name not in _OPS:
        raise _Wrong(f"Error: Unknown operation string: {text}")
    return name


def _target(p: Process, args: Args) -> tuple[str, bool]:
    """The package that is meant, and whether by its uid."""
    by_uid, name = False, None
    while (word := args.next()) is not None:
        if word in ("--user", "--attribution"):
            args.need()
        elif word == "--uid":
            by_uid = True
        else:
            name = word
            break
    if name is None:
        raise _Wrong("Error: Package name or UID not specified.")
    packages = p.kernel.packages
    if name in (SHELL, "2000"):
        return SHELL, by_uid
    if name.isdigit():
        found = next((package for package in packages.names() if p.system.processes.uid(package) == int(name)), None)
        if found is not None:
            return found, True
    if name not in packages.names():
        raise _Wrong(f"Error: No UID for {name} in user 0")
    return name, by_uid


def _mode(text: str) -> str:
    if text not in _MODES:
        raise _Wrong(f"Error: Mode {text} is not valid")
    return text


def _key(op: str, by_uid: bool) -> str:
    return f"uid:{op}" if by_uid else op


def _set(p: Process, args: Args) -> None:
    package, by_uid = _target(p, args)
    name = args.next()
    if name is None:
        raise _Wrong("Error: Operation not specified.")
    op, mode = _op(name), args.next()
    if mode is None:
        raise _Wrong("Error: Mode not specified.")
    _put(p, package, op, _mode(mode), by_uid)


def _ops(p: Process, package: str) -> dict[str, str]:
    """Ops that were set; the shell's own are kept apart, for it is no app."""
    return p.kernel.properties.below(_SHELLS) if package == SHELL else p.kernel.packages.ops(package)


def _set_op(p: Process, package: str, op: str, mode: str) -> None:
    if package != SHELL:
        p.kernel.packages.set_op(package, op, mode)
    elif mode == "default":
        p.kernel.properties.delete(_SHELLS + op)
    else:
        p.kernel.properties.put(_SHELLS + op, mode)


def _put(p: Process, package: str, op: str, mode: str, by_uid: bool) -> None:
    _set_op(p, package, _key(op, by_uid), mode)
    permission = _BY_PERMISSION.get(op)
    if permission is None or mode == "default":
        return
    # The op of a run-time permission decides over the permission itself.
    try:
        if mode in ("allow", "foreground"):
            p.kernel.permissions.grant(package, permission)
        else:
            p.kernel.permissions.revoke(package, permission)
    except DeviceError:
        return


def _value(p: Process, package: str, op: str) -> str | None:
    """Mode of an op that was set or follows from a permission; None where it is the default."""
    ops = _ops(p, package)
    if op in ops:
        return ops[op]
    permission = _BY_PERMISSION.get(op)
    try:
        declared = permission is not None and permission in p.kernel.packages.manifest(package).permissions
    except NotFound:
        return None
    if permission is None or not declared:
        return None
    return "allow" if permission in p.kernel.packages.state(package).granted else "ignore"


def _get(p: Process, args: Args) -> None:
    package, by_uid = _target(p, args)
    name = args.next()
    ops = _ops(p, package)
    known = dict.fromkeys((*_LISTED, *(op.removeprefix("uid:") for op in sorted(ops))))
    wanted = list(known) if name is None else [_op(name)]
    lines = [f"Uid mode: {op}: {ops[f'uid:{op}']}" for op in wanted if f"uid:{op}" in ops]
    if not by_uid or name is not None:
        lines += [f"{op}: {mode}" for op in wanted if (mode := _value(p, package, op)) is not None]
    if lines:
        p.out("".join(f"{line}\n" for line in lines))
        return
    p.out("No operations.\n")
    if name is not None:
        p.out(f"Default mode: {_DEFAULTS.get(wanted[0], 'allow')}\n")


def _reset(p: Process, args: Args) -> None:
    package = None
    while (word := args.next()) is not None:
        if word == "--user":
            args.need()
        else:
            package = word
    packages = p.kernel.packages
    if package is not None and package not in packages.names():
        raise _Wrong(f"Error: No UID for {package} in user 0")
    for name in [package] if package is not None else packages.names():
        for op in _ops(p, name):
            _set_op(p, name, op, "default")
    p.out("Reset all modes for: user 0, " + (f"package {package}\n" if package is not None else "all packages\n"))


def _query(p: Process, args: Args) -> None:
    words = [word for word in args.rest() if word not in ("--user", "0", "current")]
    if not words:
        raise _Wrong("Error: Operation not specified.")
    op, mode = _op(words[0]), _mode(words[1]) if len(words) > 1 else "allow"
    found = [name for name in p.kernel.packages.names() if _value(p, name, op) == mode]
    p.out("".join(f"{name}\n" for name in found) or "No matches\n")


def _use(p: Process, args: Args) -> None:
    _target(p, args)
    name = args.next()
    if name is None:
        raise _Wrong("Error: Operation not specified.")
    _op(name)


def dump_appops(p: Process) -> int:
    """`dumpsys appops`."""
    p.out("Current AppOps Service state:\n  Settings:\n    top_state_settle_time=+5s0ms\n    fg_service_state_settle_time=+5s0ms\n\n")
    for package in p.kernel.packages.names():
        ops = p.kernel.packages.ops(package)
        if ops:
            p.out(f"  Uid {p.system.processes.uid(package)}:\n    state=cch\n    Package {package}:\n")
            p.out("".join(f"      {op.removeprefix('uid:')} ({mode}): \n" for op, mode in ops.items()))
    return 0
