"""`service`: the services' interfaces, and the few binder calls that people make by number."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Final

from mobilegym.emulator.phone.shell import programs
from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.state import facts
from mobilegym.errors import MobileGymError

__all__ = ["DESCRIPTORS", "parcel", "service"]

_ANDROID: Final = {
    "accessibility": "android.view.accessibility.IAccessibilityManager", "account": "android.accounts.IAccountManager",
    "activity": "android.app.IActivityManager", "activity_task": "android.app.IActivityTaskManager", "alarm": "android.app.IAlarmManager",
    "app_binding": "", "appops": "com.android.internal.app.IAppOpsService", "appwidget": "com.android.internal.appwidget.IAppWidgetService",
    "audio": "android.media.IAudioService", "autofill": "android.view.autofill.IAutoFillManager", "backup": "android.app.backup.IBackupMan"
    "ager",
    "battery": "", "batteryproperties": "android.os.IBatteryPropertiesRegistrar", "batterystats": "com.android.internal.app.IBatteryStats",
    "biometric": "android.hardware.biometrics.IBiometricService", "bluetooth_manager": "android.bluetooth.IBluetoothManager",
    "carrier_config": "com.android.internal.telephony.ICarrierConfigLoader", "clipboard": "android.content.IClipboard",
    "color_display": "android.hardware.display.IColorDisplayManager", "companiondevice": "android.companion.ICompanionDeviceManager",
    "connectivity": "android.net.IConnectivityManager", "content": "android.content.IContentService",
    "country_detector": "android.location.ICountryDetector", "cpuinfo": "", "dbinfo": "", "device_config": "",
    "device_policy": "android.app.admin.IDevicePolicyManager", "deviceidle": "android.os.IDeviceIdleController", "diskstats": "",
    "display": "android.hardware.display.IDisplayManager", "dreams": "android.service.dreams.IDreamManager",
    "dropbox": "com.android.internal.os.IDropBoxManagerService", "fingerprint": "android.hardware.fingerprint.IFingerprintService",
    "game": "android.app.IGameManagerService", "gfxinfo": "", "graphicsstats": "android.view.IGraphicsStats",
    "imms": "com.android.internal.telephony.IMms", "input": "android.hardware.input.IInputManager",
    "input_method": "com.android.internal.view.IInputMethodManager", "iphonesubinfo": "com.android.internal.telephony.IPhoneSubInfo",
    "isms": "com.android.internal.telephony.ISms", "isub": "com.android.internal.telephony.ISub", "jobscheduler": "android.app.job.IJobSch"
    "eduler",
    "launcherapps": "android.content.pm.ILauncherApps", "locale": "android.app.ILocaleManager", "location": "android.location.ILocationMan"
    "ager",
    "lock_settings": "com.android.internal.widget.ILockSettings", "media.audio_flinger": "android.media.IAudioFlingerService",
    "media.camera": "android.hardware.ICameraService", "media.player": "android.media.IMediaPlayerService",
    "media_router": "android.media.IMediaRouterService", "media_session": "android.media.session.ISessionManager", "meminfo": "",
    "mobilegym": "", "mount": "android.os.storage.IStorageManager", "netpolicy": "android.net.INetworkPolicyManager",
    "netstats": "android.net.INetworkStatsService", "network_management": "android.os.INetworkManagementService",
    "notification": "android.app.INotificationManager", "overlay": "android.content.om.IOverlayManager",
    "package": "android.content.pm.IPackageManager", "permission": "android.os.IPermissionController",
    "permissionmgr": "android.permission.IPermissionManager", "phone": "com.android.internal.telephony.ITelephony",
    "platform_compat": "com.android.internal.compat.IPlatformCompat", "power": "android.os.IPowerManager", "print": "android.print.IPrintM"
    "anager",
    "processinfo": "android.os.IProcessInfoService", "procstats": "com.android.internal.app.procstats.IProcessStats",
    "role": "android.app.role.IRoleManager", "search": "android.app.ISearchManager", "sensorservice": "android.gui.SensorServer",
    "settings": "", "shortcut": "android.content.pm.IShortcutService", "slice": "android.app.slice.ISliceManager",
    "stats": "android.os.IStatsd", "statusbar": "com.android.internal.statusbar.IStatusBarService",
    "storagestats": "android.app.usage.IStorageStatsManager", "SurfaceFlinger": "android.ui.ISurfaceComposer",
    "telecom": "com.android.internal.telecom.ITelecomService", "telephony.registry": "com.android.internal.telephony.ITelephonyRegistry",
    "testharness": "", "textservices": "com.android.internal.textservice.ITextServicesManager", "thermalservice": "android.os.IThermalServ"
    "ice",
    "trust": "android.app.trust.ITrustManager", "uimode": "android.app.IUiModeManager", "uri_grants": "android.app.IUriGrantsManager",
    "usagestats": "android.app.usage.IUsageStatsManager", "usb": "android.hardware.usb.IUsbManager", "user": "android.os.IUserManager",
    "vibrator_manager": "android.os.IVibratorManagerService",
    "voiceinteraction": "com.android.internal.app.IVoiceInteractionManagerService", "wallpaper": "android.app.IWallpaperManager",
    "webviewupdate": "android.webkit.IWebViewUpdateService", "wifi": "android.net.wifi.IWifiManager",
    "wifiscanner": "android.net.wifi.IWifiScanner", "window": "android.view.IWindowManager",
}  # fmt: skip
DESCRIPTORS: Final[Mapping[str, str]] = _ANDROID
"""Service → interface that it implements; empty for those that only dump."""

_EMPTY: Final = b"\0\0\0\0"
_USAGE: Final = """Usage: service [-h|-?]
       service list
       service check SERVICE
       service call SERVICE CODE [i32 N | i64 N | f N | d N | s16 STR | null | fd f | nfd n | afd f ] ...
Options:
   i32: Write the 32-bit integer N into the send parcel.
   i64: Write the 64-bit integer N into the send parcel.
   f:   Write the 32-bit single-precision number N into the send parcel.
   d:   Write the 64-bit double-precision number N into the send parcel.
   s16: Write the UTF-16 string STR into the send parcel.
   null: Write a null binder into the send parcel.
"""


def service(p: Process) -> int:
    """`service list | check SERVICE | call SERVICE CODE [TYPE VALUE]...`."""
    words = list(p.args)
    known = sorted({*programs.SERVICES, *programs.DUMPS, *DESCRIPTORS})
    match words:
        case ["list", *_]:
            p.out(f"Found {len(known)} services:\n")
            p.out("".join(f"{place}\t{name}: [{DESCRIPTORS.get(name, '')}]\n" for place, name in enumerate(known)))
            return 0
        case ["check", name, *_]:
            p.out(f"Service {name}: {'found' if name in known else 'not found'}\n")
            return 0
        case ["check"]:
            p.err("service: No service specified for check\n")
        case ["call", name, code, *arguments]:
            return _call(p, name, code, arguments, known)
        case ["call", _]:
            p.err("service: No code specified for call\n")
        case ["call"]:
            p.err("service: No service specified for call\n")
        case ["-h" | "-?", *_]:
            p.out(_USAGE)
            return 0
        case [word, *_]:
            p.err(f"service: Unknown command {word}\n")
        case _:
            pass
    p.err(_USAGE)
    return 10


def _call(p: Process, name: str, code: str, words: list[str], known: list[str]) -> int:
    if name not in known:
        p.err(f"service: Service {name} does not exist\n")
        return 10
    values = [value for kind, value in zip(words[::2], words[1::2], strict=False) if kind != "null"]
    handler = _CALLS.get((name, code))
    reply = _EMPTY
    if handler is not None:
        try:
            reply = handler(p, values)
        except (MobileGymError, ValueError, IndexError) as error:
            reply = struct.pack("<i", -3) + _string16(str(error)) + _EMPTY
    p.out(f"Result: {parcel(reply)}\n")
    return 0


def parcel(data: bytes) -> str:
    """A reply as `service call` prints it: four little-endian words a line, and their text."""
    words = [data[place : place + 4] for place in range(0, len(data), 4)]
    if len(words) == 1:
        return f"Parcel({_hex(words[0])}    '{_ascii(words[0])}')"
    lines = ["Parcel("]
    for start in range(0, len(words), 4):
        row = words[start : start + 4]
        numbers = " ".join(_hex(word) for word in row).ljust(35)
        lines.append(f"  0x{start * 4:08x}: {numbers} '{''.join(map(_ascii, row))}'")
    return "\n".join(lines) + ")"


def _hex(word: bytes) -> str:
    return f"{int.from_bytes(word, 'little'):08x}"


def _ascii(word: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 else "." for byte in word)


def _string16(text: str) -> bytes:
    data = text.encode("utf-16-le", "surrogatepass") + b"\0\0"
    return struct.pack("<i", len(data) // 2 - 1) + data + b"\0" * (-len(data) % 4)


def _expand(p: Process, values: list[str]) -> bytes:
    del values
    p.kernel.shell.set(shade="notifications")
    return _EMPTY


def _collapse(p: Process, values: list[str]) -> bytes:
    del values
    p.kernel.shell.set(shade="closed")
    return _EMPTY


def _set_time(p: Process, values: list[str]) -> bytes:
    p.kernel.set_time(int(values[0]))
    return struct.pack("<ii", 0, 1)


def _set_zone(p: Process, values: list[str]) -> bytes:
    facts.set_zone(p, values[0])
    return _EMPTY


def _cancel_all(p: Process, values: list[str]) -> bytes:
    p.kernel.notifications.cancel_all(values[0] if values else None)
    return _EMPTY


def _imei(p: Process, values: list[str]) -> bytes:
    del p, values
    return _EMPTY + _string16(facts.IMEI)


def _number(p: Process, values: list[str]) -> bytes:
    del values
    sim = p.kernel.hardware.sim
    return _EMPTY + (struct.pack("<i", -1) if sim is None else _string16(sim.number))


_CALLS: Final[Mapping[tuple[str, str], Callable[[Process, list[str]], bytes]]] = {
    ("statusbar", "1"): _expand, ("statusbar", "2"): _collapse, ("alarm", "2"): _set_time, ("alarm", "3"): _set_zone,
    ("notification", "1"): _cancel_all, ("iphonesubinfo", "1"): _imei, ("iphonesubinfo", "15"): _number,
}  # fmt: skip
