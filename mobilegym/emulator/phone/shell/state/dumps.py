"""Dumps of small services."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.state.facts import relative

__all__ = ["dump_clipboard", "dump_content", "dump_device_config", "dump_jobscheduler", "dump_location", "dump_mount", "dump_permission",
           "dump_sensors", "dump_settings", "dump_shortcut", "dump_usb", "dump_vibrator", "dump_webviewupdate"]  # fmt: skip

_SENSORS: Final = ("Goldfish 3-axis Accelerometer", "Goldfish 3-axis Gyroscope", "Goldfish 3-axis Magnetic field sensor",
                   "Goldfish Orientation sensor", "Goldfish Ambient Temperature sensor", "Goldfish Proximity sensor", "Goldfish Light "
                   "sensor",
                   "Goldfish Pressure sensor", "Goldfish Humidity sensor")  # fmt: skip
_WEBVIEW: Final = "com.google.android.webview"


def dump_location(p: Process) -> int:
    """`dumpsys location`."""
    hardware, since = p.kernel.hardware, relative(p.kernel.clock.elapsed_ms)
    fix, on = hardware.location(), hardware.location_on
    word = "true" if on else "false"
    p.out(f"Location Manager State:\n  User Info:\n    running users: u0\n    current user: 0\n    location [u0]: {word}\n\n"
          "  Location Settings:\n"
          f"    Location Setting: {word}\n    Battery Saver Location Mode: NO_CHANGE\n\n  Location Providers:\n")  # fmt: skip
    for name in ("passive", "network", "fused", "gps"):
        p.out(f"    {name} provider:\n")
        if name != "passive":
            p.out("      service: ProviderRequest[OFF]\n")
        if fix is None:
            p.out("      last location=null\n")
        else:
            p.out(f"      last location=Location[{name} {fix[0]:.6f},{fix[1]:.6f} hAcc=5.0 et={since} alt=5.0 vAcc=0.5 vel=0.0 sAcc=0.5]\n")
        p.out(f"      enabled={word}\n")
    tests = p.kernel.properties.below("!location/test/")
    p.out(
        "".join(f"    {name} provider [mock]:\n      enabled={word}\n" for name in tests)
        + "\n  Historical Aggregate Location Provider Data:\n"
    )
    return 0


def dump_jobscheduler(p: Process) -> int:
    """`dumpsys jobscheduler`: no jobs wait."""
    charging = p.kernel.hardware.battery().charging
    p.out("JOB SCHEDULER (dumpsys jobscheduler)\n\nSettings:\n  min_ready_non_active_jobs_count=5\n\nStarted users: [0]\n"
          "Registered 0 jobs:\n"
          f"  None.\n\nBattery:\n  Not low: true\n  Charging: {'true' if charging else 'false'}\n\nActive jobs:\n  None.\n\n")  # fmt: skip
    return 0


def dump_content(p: Process) -> int:
    """`dumpsys content`."""
    p.out("Observer tree:\n  content:\n")
    p.out("".join(f"    {authority}: pid=558 uid=1000 user=-1\n" for authority in p.kernel.content.authorities()))
    p.out("\nSync Status\nData connected: " + ("true" if p.kernel.hardware.online else "false") + "\nAuto sync: u0=true\nAccounts: none\n")
    return 0


def dump_clipboard(p: Process) -> int:
    """`dumpsys clipboard`: its content is not shown, as on Android."""
    p.out("" if p.args[:1] == ("--proto",) else "Clipboard Service state:\n  User: 0\n")
    return 0


def dump_mount(p: Process) -> int:
    """`dumpsys mount`."""
    p.out('Disks:\n\nVolumes:\n  VolumeInfo{emulated;0}:\n    type=EMULATED diskId=null partGuid= mountFlags=PRIMARY|VISIBLE '
          'mountUserId=0\n'
          '    state=MOUNTED\n    fsType=null fsUuid=null fsLabel=null\n    path=/storage/emulated internalPath=/data/media\n'
          '  VolumeInfo{private}:\n    type=PRIVATE diskId=null partGuid= mountFlags=0 mountUserId=-10000\n    state=MOUNTED\n'
          '    path=/data internalPath=null\n\nRecords:\n\nPrimary storage UUID: null\n\nLocal unlocked users: [0]\n'
          'System unlocked users: [0]\n')  # fmt: skip
    return 0


def dump_usb(p: Process) -> int:
    """`dumpsys usb`."""
    functions = p.kernel.properties.get("!usb/functions") or "adb"
    p.out(f"USB MANAGER STATE (dumpsys usb):\n{{\n  device_manager={{\n    handler={{\n      current_functions=[\n        {functions}\n"
          "      ]\n"
          "      current_functions_applied=true\n      screen_locked=false\n      connected=true\n      configured=true\n"
          "      host_connected=false\n"
          "    }\n    USB_STATE: CONFIGURED\n  }\n}\n")  # fmt: skip
    return 0


def dump_webviewupdate(p: Process) -> int:
    """`dumpsys webviewupdate`."""
    p.out("Current WebView Update Service state\n  Multiprocess enabled: true\n"
          f"  Current WebView package (name, version): ({_WEBVIEW}, 113.0.5672.136)\n  Minimum targetSdkVersion: 33\n"
          "  Minimum WebView version code: 567263633\n  Number of relros started: 1\n  Number of relros finished: 1\n"
          "  WebView package dirty: false\n"
          f"  Any WebView package installed: true\n  Preferred WebView package (name, version): ({_WEBVIEW}, 113.0.5672.136)\n"
          "  WebView packages:\n"
          f"    Valid package {_WEBVIEW} (versionName: 113.0.5672.136, versionCode: 567263633, targetSdkVersion: 33) is  "
          "installed/enabled for all users\n")  # fmt: skip
    return 0


def dump_shortcut(p: Process) -> int:
    """`dumpsys shortcut`."""
    p.out(f"Now: [{p.kernel.clock.now_ms}]  Raw last reset: [0]\n  Last reset: [0]\n  Next reset: [0]\n\n  User: 0  Known locales: "
          f"{p.phone.config.locale}  Last app scan: [0]\n    Launcher: {p.kernel.packages.home_package}\n")  # fmt: skip
    return 0


def dump_vibrator(p: Process) -> int:
    """`dumpsys vibrator_manager`."""
    p.out("Vibrator Manager Service:\n  mVibrationSettings:\n    VibrationSettings:\n      mVibrateInputDevices = false\n"
          "  mVibratorControllers:\n"
          "    VibratorController{mVibratorId=0, mIsVibrating=false}\n  mCurrentVibration:\n    null\n  mNextVibration:\n    null\n"
          "  recentVibrations:\n")  # fmt: skip
    return 0


def dump_sensors(p: Process) -> int:
    """`dumpsys sensorservice`."""
    p.out(f"Captured at: {p.kernel.clock.now().strftime('%H:%M:%S.000')}\nSensor Device:\n"
          f"Total {len(_SENSORS)} h/w sensors, {len(_SENSORS)} running "
          "0 disabled clients:\nSensor List:\n")  # fmt: skip
    p.out("".join(f"0x{place:08x}) {name:<40}| The Android Open Source Project | ver: 1 | type: android.sensor.{place} | perm: n/a | "
                  "flags: 0x00000000\n"
                  for place, name in enumerate(_SENSORS, start=1)))  # fmt: skip
    p.out(f"Total {len(_SENSORS)} sensors, mode: NORMAL\nActive connections:\n  0 active connections\n")
    return 0


def dump_permission(p: Process) -> int:
    """`dumpsys permissionmgr`."""
    for package in p.kernel.packages.names():
        granted = p.kernel.packages.state(package).granted
        if granted:
            p.out(f"  Package [{package}]:\n" + "".join(f"    {name}: granted=true\n" for name in sorted(granted)))
    return 0


def dump_settings(p: Process) -> int:
    """`dumpsys settings`."""
    p.out("GLOBAL SETTINGS (user 0)\n")
    for namespace in ("global", "secure", "system"):
        if namespace != "global":
            p.out(f"\n{namespace.upper()} SETTINGS (user 0)\n")
        for place, (key, value) in enumerate(sorted(p.kernel.settings.items(namespace).items()), start=1):
            p.out(f"_id:{place} name:{key} pkg:android value:{value} default:{value} defaultSystemSet:true\n")
    return 0


def dump_device_config(p: Process) -> int:
    """`dumpsys device_config`."""
    p.out("".join(f"{key}={value}\n" for key, value in p.kernel.properties.below("!device_config/").items()))
    return 0
