"""The rest of Android's state: `settings`, `content`, `svc`, `cmd`, `dumpsys`, properties, databases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.phone.kernel.manifest import Later

__all__ = ["DUMPS", "PROGRAMS", "SERVICES"]

_HERE: Final = "mobilegym.emulator.phone.shell.state."


def _table(**modules: str) -> dict[str, Later]:
    """Where each name's code is: per module `name` or `name=function`, separated by spaces."""
    table: dict[str, Later] = {}
    for module, names in modules.items():
        for entry in names.split():
            name, _, function = entry.partition("=")
            table[name] = Later(f"{_HERE}{module}:{function or name}")
    return table


PROGRAMS: Final[Mapping[str, Later]] = _table(
    cmd="cmd dumpsys", services="service", settings="settings", content="content", property_programs="getprop setprop", sqlite="sqlite3",
    network_cmd="svc", appops="appops", odds="bmgr sm device_config requestsync", people="dpm locksettings", sound="media", calls="telecom",
)  # fmt: skip
SERVICES: Final[Mapping[str, Later]] = _table(
    settings="settings", mobilegym="mobilegym", battery="battery", power="power deviceidle jobscheduler thermalservice",
    notification="notification", sound="media_session audio", calls="telecom phone", alarms="alarm", appops="appops",
    network_cmd="wifi connectivity bluetooth_manager=bluetooth netpolicy", interface="uimode statusbar overlay locale color_display "
        "wallpaper",
    people="lock_settings=locksettings user role device_policy",
    odds="location shortcut device_config webviewupdate game dropbox sensorservice vibrator_manager=vibrator usb stats testharness backup "
    "mount network_management=quiet netstats=quiet content=quiet companiondevice=quiet platform_compat=quiet permissionmgr=quiet "
    "autofill=quiet voiceinteraction=quiet textservices=quiet print=quiet media_router=quiet imms=quiet time_detector=quiet "
    "time_zone_detector=quiet face=quiet fingerprint=quiet biometric=quiet blob_store=quiet dreams=quiet tethering=quiet "
    "accessibility=quiet trust=quiet package_native=quiet looper_stats=quiet attention=quiet procstats=quiet",
)  # fmt: skip
DUMPS: Final[Mapping[str, Later]] = _table(
    battery="battery=dump_battery", power="power=dump_power deviceidle=dump_deviceidle thermalservice=dump_thermal",
    notification_dump="notification=dump_notification", alarms="alarm=dump_alarm",
    sound="audio=dump_audio media.audio_flinger=dump_audio_flinger media_session=dump_media_session",
    calls="telephony.registry=dump_registry telecom=dump_telecom isub=dump_isub iphonesubinfo=dump_iphonesubinfo "
    "carrier_config=dump_carrier_config phone=dump_phone",
    network="connectivity=dump_connectivity wifi=dump_wifi bluetooth_manager=dump_bluetooth netstats=dump_netstats "
            "netpolicy=dump_netpolicy",
    memory="meminfo=dump_meminfo cpuinfo=dump_cpuinfo procstats=dump_procstats diskstats=dump_diskstats batterystats=dump_batterystats",
    interface="uimode=dump_uimode statusbar=dump_statusbar wallpaper=dump_wallpaper color_display=dump_color_display",
    people="user=dump_user account=dump_account role=dump_role trust=dump_trust lock_settings=dump_lock_settings "
    "device_policy=dump_device_policy",
    appops="appops=dump_appops",
    dumps="location=dump_location jobscheduler=dump_jobscheduler content=dump_content clipboard=dump_clipboard mount=dump_mount "
          "usb=dump_usb "
    "webviewupdate=dump_webviewupdate shortcut=dump_shortcut vibrator_manager=dump_vibrator sensorservice=dump_sensors "
    "permissionmgr=dump_permission settings=dump_settings device_config=dump_device_config",
)  # fmt: skip
