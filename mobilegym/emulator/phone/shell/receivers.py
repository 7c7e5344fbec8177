"""Broadcasts from a shell: who receives them and what comes of it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.kernel import TIME_SET
from mobilegym.emulator.phone.kernel.telephony import CALL_CHANGED, SMS_RECEIVED
from mobilegym.emulator.phone.shell.process import JavaError
from mobilegym.emulator.phone.shell.system import System
from mobilegym.errors import MobileGymError

__all__ = ["CANCELED", "OK", "BroadcastResult", "deliver", "scan_media"]

OK: Final = -1
"""`Activity.RESULT_OK`."""
CANCELED: Final = 0

_SYSTEM_ONLY: Final = """
BOOT_COMPLETED LOCKED_BOOT_COMPLETED PRE_BOOT_COMPLETED BATTERY_CHANGED BATTERY_LOW BATTERY_OKAY ACTION_POWER_CONNECTED
ACTION_POWER_DISCONNECTED ACTION_SHUTDOWN REBOOT SCREEN_ON SCREEN_OFF USER_PRESENT USER_UNLOCKED DREAMING_STARTED
DREAMING_STOPPED TIME_TICK TIME_SET TIMEZONE_CHANGED DATE_CHANGED LOCALE_CHANGED CONFIGURATION_CHANGED AIRPLANE_MODE
PACKAGE_ADDED PACKAGE_REMOVED PACKAGE_CHANGED PACKAGE_REPLACED PACKAGE_RESTARTED PACKAGE_DATA_CLEARED MY_PACKAGE_REPLACED
PACKAGE_FIRST_LAUNCH PACKAGE_FULLY_REMOVED UID_REMOVED DEVICE_STORAGE_LOW DEVICE_STORAGE_OK HEADSET_PLUG
NEW_OUTGOING_CALL MEDIA_MOUNTED MEDIA_UNMOUNTED MEDIA_EJECT SIM_STATE_CHANGED DOCK_EVENT WALLPAPER_CHANGED
"""
_PROTECTED: Final = frozenset(f"android.intent.action.{name}" for name in _SYSTEM_ONLY.split()) | {
    "android.net.conn.CONNECTIVITY_CHANGE", "android.net.wifi.WIFI_STATE_CHANGED", "android.net.wifi.STATE_CHANGE",
    "android.bluetooth.adapter.action.STATE_CHANGED", "android.bluetooth.device.action.ACL_CONNECTED",
    "android.bluetooth.device.action.ACL_DISCONNECTED", "android.bluetooth.device.action.BOND_STATE_CHANGED",
    "android.media.RINGER_MODE_CHANGED", "android.media.AUDIO_BECOMING_NOISY", "android.os.action.POWER_SAVE_MODE_CHANGED",
    SMS_RECEIVED, CALL_CHANGED,
}  # fmt: skip
"""Only the system may send these."""


@dataclass(frozen=True, slots=True)
class BroadcastResult:
    """What an ordered broadcast comes back with."""

    code: int = CANCELED
    data: str | None = None
    extras: Mapping[str, Any] = field(default_factory=dict[str, Any])


def deliver(system: System, intent: Intent, component: str = "", *, uid: int = 2000) -> BroadcastResult:
    """Send a broadcast.

    Args:
        system: The phone.
        intent: Action, data, extras; `package` and `activity` where it is for one app or receiver.
        component: The receiver as `package/class`, where it is not in the intent.
        uid: Who sends it; only root may send what is the system's to say.

    Raises:
        JavaError: It is protected.
    """
    from mobilegym.emulator.phone.shell.screen.companions import RECEIVERS

    action = intent.action
    receiver = RECEIVERS.get(action)
    if receiver is not None:
        return receiver(system, intent)
    if action in _PROTECTED and uid not in (0, 1000):
        raise JavaError(
            f"Permission Denial: not allowed to send broadcast {action} from pid={_SENDER_PID}, uid={uid}", "java.lang.SecurityException"
        )
    if (handler := _SYSTEM.get(action)) is not None:
        return handler(system, intent)
    package = intent.package or component.partition("/")[0]
    _to_apps(system, action, package, dict(intent.extras), everyone=action in _PROTECTED)
    return BroadcastResult()


_SENDER_PID: Final = 4242


def _to_apps(system: System, action: str, package: str, extras: Mapping[str, Any], *, everyone: bool) -> None:
    """An app's own receiver, where one is named: others get no implicit broadcasts, but for the system's."""
    kernel = system.kernel
    if not package and not everyone:
        return
    if action == TIME_SET:
        extras = {}
    for name in [package] if package else list(kernel.packages.names()):
        try:
            kernel.broadcast(name, action, extras)
        except (LookupError, TypeError, ValueError, AttributeError, MobileGymError) as error:
            # The receiver did not get the extras it counts on: on a phone the app would crash.
            system.log.crash(name, f"java.lang.RuntimeException: Unable to start receiver: {error}")


def scan_media(system: System, path: str) -> bool:
    """Bring a file, or all files of a folder, into the media store; False where there is nothing of that name."""
    kernel = system.kernel
    try:
        if not kernel.files.exists(path):
            return False
        if not kernel.files.is_dir(path):
            kernel.content.media.scan(path)
            return True
        for entry in kernel.files.list(path):
            scan_media(system, posixpath.join(path, posixpath.basename(entry.path)))
    except MobileGymError:
        return False
    return True


def _scan_file(system: System, intent: Intent) -> BroadcastResult:
    url = urlsplit(intent.data)
    if url.scheme in ("file", "") and url.path:
        scan_media(system, unquote(url.path))
    return BroadcastResult()


def _mounted(system: System, intent: Intent) -> BroadcastResult:
    del intent
    system.kernel.content.media.scan_all()
    return BroadcastResult()


def _close_dialogs(system: System, intent: Intent) -> BroadcastResult:
    del intent
    system.kernel.shell.set(shade="closed", power_menu=False, volume_until_ms=0)
    return BroadcastResult()


_SYSTEM: Final[Mapping[str, Callable[[System, Intent], BroadcastResult]]] = {
    "android.intent.action.MEDIA_SCANNER_SCAN_FILE": _scan_file, "android.intent.action.MEDIA_MOUNTED": _mounted,
    "android.intent.action.CLOSE_SYSTEM_DIALOGS": _close_dialogs,
}  # fmt: skip
