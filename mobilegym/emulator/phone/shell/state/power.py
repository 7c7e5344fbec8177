"""The power manager: `dumpsys power`, `cmd power`, `svc power`, and what is close to it: idle mode, jobs, heat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.args import Args, dispatch, number, say_yes
from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.state.battery import plugged

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["deviceidle", "dump_deviceidle", "dump_power", "dump_thermal", "jobscheduler", "power", "set_saver", "thermalservice"]

_IDLE: Final = "!deviceidle/"
_SYSTEM_LISTED: Final = ("com.android.providers.calendar", "com.android.shell", "com.google.android.dialer")


_POWER: Final = """POWER MANAGER (dumpsys power)

Power Manager State:
  mDirty=0x0
  mWakefulness={wakefulness}
  mWakefulnessChanging=false
  mIsPowered={charging}
  mPlugType={plug}
  mBatteryLevel={level}
  mDreamsBatteryLevelDrain=0
  mDockState=0
  mStayOn={stays}
  mProximityPositive=false
  mBootCompleted=true
  mSystemReady=true
  mEnhancedDischargeTimeElapsed=0
  mLastEnhancedDischargeTimeUpdatedElapsed=0
  mEnhancedDischargePredictionIsPersonalized=false
  mUseAutoSuspend=true
  mHalAutoSuspendModeEnabled={off}
  mHalInteractiveModeEnabled={on}
  mWakeLockSummary=0x0
  mNotifyLongScheduled=(none)
  mNotifyLongDispatched=(none)
  mNotifyLongNextCheck=(none)
  mRequestWaitForNegativeProximity=false
  mInterceptedPowerKeyForProximity=false
  mSandmanScheduled=false
  mBatteryLevelLow={low}
  mLightDeviceIdleMode=false
  mDeviceIdleMode={idle}
  mDeviceIdleWhitelist=[{ids}]
  mDeviceIdleTempWhitelist=[]
  mLowPowerStandbyActive=false
  mLastWakeTime={woke} ({awake_ms} ms ago)
  mLastSleepTime=0 ({elapsed} ms ago)
  mLastSleepReason=timeout
  mLastGlobalUserActivityTime=0 ({elapsed} ms ago)
  mLastInteractivePowerHintTime=0 ({elapsed} ms ago)
  mLastScreenBrightnessBoostTime=0 ({elapsed} ms ago)
  mScreenBrightnessBoostInProgress=false
  mHoldingWakeLockSuspendBlocker=false
  mHoldingDisplaySuspendBlocker={on}

Settings and Configuration:
  mDecoupleHalAutoSuspendModeFromDisplayConfig=false
  mWakeUpWhenPluggedOrUnpluggedConfig=true
  mDreamsSupportedConfig=true
  mDreamsEnabledSetting=true
  mDozeAfterScreenOff=true
  mBatterySaverEnabled={saver}
  mMinimumScreenOffTimeoutConfig=10000
  mMaximumScreenDimDurationConfig=7000
  mMaximumScreenDimRatioConfig=0.2
  mScreenOffTimeoutSetting={timeout}
  mSleepTimeoutSetting=-1
  mMaximumScreenOffTimeoutFromDeviceAdmin=9223372036854775807 (enforced=false)
  mStayOnWhilePluggedInSetting={stay}
  mScreenBrightnessModeSetting={brightness_mode}
  mIsVrModeEnabled=false

Sleep timeout: -1 ms
Screen off timeout: {timeout} ms
Screen dim duration: {dim_ms} ms

UID states (changing=false changed=false):

Looper state:
  Looper (PowerManagerService, tid 47) {{6d3b1f5}}

Wake Locks: size=0

Suspend Blockers: size=4
  PowerManagerService.WakeLocks: ref count=0
  PowerManagerService.Display: ref count={shown}
  PowerManagerService.Broadcasts: ref count=0
  PowerManagerService.WirelessChargerDetector: ref count=0

Display Power: state={state}

Battery Saver:
  Enabled={saver}
  settings: low_power={low_power}
  trigger level={trigger}
"""


def set_saver(kernel: Kernel, on: bool) -> None:
    """Switch the battery saver; while charging it stays off, as on Android."""
    if not (on and kernel.hardware.battery().charging):
        kernel.hardware.set_battery_saver(on)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def dump_power(p: Process) -> int:
    """`dumpsys power`."""
    kernel = p.kernel
    hardware, settings, elapsed = kernel.hardware, kernel.settings, kernel.clock.elapsed_ms
    on, charging = hardware.screen_on, hardware.battery().charging
    chargers = plugged(kernel)
    plug = next((code for source, code in (("ac", 1), ("usb", 2), ("wireless", 4), ("dock", 8)) if chargers[source]), 0)
    stay = settings.number("global", "stay_on_while_plugged_in", 0)
    timeout = settings.number("system", "screen_off_timeout", 60_000)
    listed = sorted((*_SYSTEM_LISTED, *_user_listed(kernel)))
    ids = ", ".join(str(p.system.processes.uid(package) % 100_000) for package in listed)
    deep = kernel.properties.get(f"{_IDLE}forced") == "deep"
    state = "ON" if on else "OFF"
    p.out(
        _POWER.format(
            wakefulness="Awake" if on else "Asleep",
            charging=_flag(charging),
            plug=plug,
            level=hardware.battery().level,
            stays=_flag(bool(stay) and charging),
            off=_flag(not on),
            on=_flag(on),
            low=_flag(hardware.battery().level <= 15),
            idle=_flag(deep),
            ids=ids,
            woke=max(elapsed - 3_600_000, 0),
            awake_ms=min(elapsed, 3_600_000),
            elapsed=elapsed,
            saver=_flag(hardware.battery_saver),
            timeout=timeout,
            stay=stay,
            brightness_mode=settings.number("system", "screen_brightness_mode", 0),
            dim_ms=min(7000, timeout // 5),
            shown=int(on),
            state=state,
            low_power=settings.number("global", "low_power", 0),
            trigger=settings.number("global", "low_power_trigger_level", 0),
        )
    )
    return 0


# ------------------------------------------------------------------ cmd power


def power(p: Process) -> int:
    """`cmd power set-mode|set-adaptive-power-saver-enabled|...`."""
    return dispatch(p, {
        "set-mode": _mode, "set-adaptive-power-saver-enabled": _adaptive, "set-fixed-performance-mode-enabled": _quiet,
        "suppress-ambient-display": _quiet, "list-ambient-display-suppression-tokens": _none, "set-face-down-detector": _quiet,
        "sleep": _sleep, "wakeup": _wake, "set-prox": _quiet,
    }, "Power manager (power) commands:\n  help\n  set-adaptive-power-saver-enabled [true|false]\n  set-mode MODE\n")  # fmt: skip


def _mode(p: Process, args: Args) -> None:
    set_saver(p.kernel, number(args.need()) != 0)


def _adaptive(p: Process, args: Args) -> None:
    p.kernel.properties.put("!power/adaptive", str(int(say_yes(args.need()))))


def _quiet(p: Process, args: Args) -> None:
    del p
    args.need()


def _none(p: Process, args: Args) -> None:
    del args
    p.out("none\n")


def _sleep(p: Process, args: Args) -> None:
    del args
    p.kernel.shell.sleep()


def _wake(p: Process, args: Args) -> None:
    del args
    p.kernel.shell.wake()


# ------------------------------------------------------------------ idle


def dump_deviceidle(p: Process) -> int:
    """`dumpsys deviceidle [whitelist ...]`."""
    if p.args and not p.args[0].startswith("-"):
        return deviceidle(p)
    kernel = p.kernel
    p.out("  Settings:\n    light_after_inactive_to=+4m0s0ms\n    inactive_to=+30m0s0ms\n  Whitelist (except idle) system apps:\n")
    p.out("".join(f"    {package}\n" for package in _SYSTEM_LISTED) + "  Whitelist user apps:\n")
    p.out("".join(f"    {package}\n" for package in _user_listed(kernel)))
    forced = kernel.properties.get(f"{_IDLE}forced")
    p.out(f"  mLightEnabled={_flag(_enabled(kernel, 'light'))}  mDeepEnabled={_flag(_enabled(kernel, 'deep'))}\n")
    p.out(f"  mForceIdle={_flag(bool(forced))}\n  mScreenOn={_flag(kernel.hardware.screen_on)}\n")
    p.out(f"  mNetworkConnected={_flag(kernel.hardware.online)}\n  mCharging={_flag(kernel.hardware.battery().charging)}\n")
    p.out(f"  mState={_state(kernel, 'deep')} mLightState={_state(kernel, 'light')}\n")
    return 0


def _user_listed(kernel: Kernel) -> list[str]:
    """Apps whose battery use the owner left unrestricted."""
    return [package for package in kernel.packages.names() if kernel.packages.state(package).battery == "unrestricted"]


def _enabled(kernel: Kernel, which: str) -> bool:
    return kernel.properties.get(f"{_IDLE}disabled/{which}") != "1"


def _state(kernel: Kernel, which: str) -> str:
    return "IDLE" if kernel.properties.get(f"{_IDLE}forced") == which else "ACTIVE"


def deviceidle(p: Process) -> int:
    """`cmd deviceidle ...`."""
    return dispatch(p, {
        "whitelist": _whitelist, "sys-whitelist": _whitelist, "except-idle-whitelist": _whitelist, "force-idle": _force,
        "unforce": _unforce,
        "get": _get, "step": _step, "enabled": _is_enabled, "disable": _disable, "enable": _enable, "tempwhitelist": _temporary,
        "force-active": _unforce, "motion": _unforce,
    }, "Device idle controller (deviceidle) commands:\n  help\n  step [light|deep]\n  force-idle [light|deep]\n  unforce\n"
       "  get [light|deep|force|screen|charging|network]\n  disable [light|deep|all]\n  enable [light|deep|all]\n"
       "  enabled [light|deep|all]\n"
       "  whitelist\n  tempwhitelist\n")  # fmt: skip


def _whitelist(p: Process, args: Args) -> int | None:
    packages, uid = p.kernel.packages, p.system.processes.uid
    if args.peek() is None:
        for package in _SYSTEM_LISTED:
            p.out(f"system-excidle,{package},{uid(package)}\nsystem,{package},{uid(package)}\n")
        p.out("".join(f"user,{package},{uid(package)}\n" for package in _user_listed(p.kernel)))
        return 0
    while (word := args.next()) is not None:
        sign, package = word[:1], word[1:]
        if sign not in ("+", "-", "=") or not package:
            p.out(f"Package must be prefixed with +, -, or =: {word}\n")
            return 255
        listed = package in (*_SYSTEM_LISTED, *_user_listed(p.kernel))
        if sign == "=":
            p.out(f"{_flag(listed)}\n")
        elif package not in packages.names():
            p.out(f"Unknown package: {package}\n" if sign == "+" else "")
        elif sign == "+":
            packages.change(package, battery="unrestricted")
            p.out(f"Added: {package}\n")
        elif package in _user_listed(p.kernel):
            packages.change(package, battery="optimized")
            p.out(f"Removed: {package}\n")
    return 0


def _temporary(p: Process, args: Args) -> None:
    words = [word for word in args.rest() if not word.startswith("-")]
    if words and words[-1] not in p.kernel.packages.names():
        p.out(f"Failed: unknown package {words[-1]}\n")


def _force(p: Process, args: Args) -> None:
    which = args.next() or "deep"
    p.kernel.properties.put(f"{_IDLE}forced", which)
    p.out(f"Now forced in to {which} idle mode\n")


def _unforce(p: Process, args: Args) -> None:
    del args
    p.kernel.properties.delete(f"{_IDLE}forced")
    p.out("Light state: ACTIVE, deep state: ACTIVE\n")


def _get(p: Process, args: Args) -> None:
    kernel, what = p.kernel, args.need()
    states = {
        "deep": _state(kernel, "deep"), "light": _state(kernel, "light"), "force": _flag(bool(kernel.properties.get(f"{_IDLE}forced"))),
        "screen": _flag(kernel.hardware.screen_on), "charging": _flag(kernel.hardware.battery().charging),
        "network": _flag(kernel.hardware.online), "quick": "false",
    }  # fmt: skip
    p.out(f"{states.get(what, 'Unknown get option: ' + what)}\n")


def _step(p: Process, args: Args) -> None:
    which = args.next() or "deep"
    p.out(f"Stepped to {which}: {'IDLE_PENDING' if which == 'deep' else 'IDLE'}\n")


def _is_enabled(p: Process, args: Args) -> None:
    which = args.next() or "all"
    names = ("deep", "light") if which == "all" else (which,)
    p.out("1\n" if all(_enabled(p.kernel, name) for name in names) else "0\n")


def _disable(p: Process, args: Args) -> None:
    for name in _named(args):
        p.kernel.properties.put(f"{_IDLE}disabled/{name}", "1")
        p.out(f"{name.capitalize()} idle mode disabled\n")


def _enable(p: Process, args: Args) -> None:
    for name in _named(args):
        p.kernel.properties.delete(f"{_IDLE}disabled/{name}")
        p.out(f"{name.capitalize()} idle mode enabled\n")


def _named(args: Args) -> tuple[str, ...]:
    which = args.next() or "all"
    return ("deep", "light") if which == "all" else (which,)


# ------------------------------------------------------------------ jobs, heat


def jobscheduler(p: Process) -> int:
    """`cmd jobscheduler ...`: there are no jobs."""
    return dispatch(p, {
        "run": _job, "timeout": _job, "cancel": _job, "get-job-state": _job, "monitor-battery": _none_said, "reset-execution-quot"
        "a": _none_said,
        "get-battery-charging": lambda p, args: p.out(f"{_flag(p.kernel.hardware.battery().charging)}\n"),
        "get-battery-not-low": lambda p, args: p.out(f"{_flag(p.kernel.hardware.battery().level > 15)}\n"),
        "get-storage-not-low": lambda p, args: p.out("true\n"), "heartbeat": _none_said,
    }, "Job scheduler (jobscheduler) commands:\n  run [-f | --force] [-s | --satisfied] [-u | --user USER_ID] PACKAGE "
       "JOB_ID\n")  # fmt: skip


def _none_said(p: Process, args: Args) -> None:
    del p
    args.rest()


def _job(p: Process, args: Args) -> int:
    while (option := args.option()) is not None:
        if option in ("-u", "--user", "-n", "--namespace"):
            args.need()
    package = args.next() or ""
    job = args.next() or ""
    if package not in p.kernel.packages.names():
        p.err(f"Package not found: {package} / user 0\n")
        return -1000 & 255
    p.err(f"Could not find job {job} in package {package} / user 0\n")
    return -1001 & 255


def thermalservice(p: Process) -> int:
    """`cmd thermalservice override-status N | reset`."""
    return dispatch(p, {
        "override-status": lambda p, args: p.kernel.properties.put("!thermal", str(number(args.need()))),
        "reset": lambda p, args: p.kernel.properties.forget("!thermal"),
    }, "Thermal service (thermalservice) commands:\n  override-status STATUS\n  reset\n")  # fmt: skip


def dump_thermal(p: Process) -> int:
    """`dumpsys thermalservice`."""
    pretended = p.kernel.properties.get("!thermal")
    degrees = p.kernel.hardware.state.battery_decidegrees / 10
    reading = f"Temperature{{mValue={degrees}, mType=2, mName=battery, mStatus=0}}"
    p.out(f"IsStatusOverride: {_flag(bool(pretended))}\nThermalEventListeners:\n\tcallbacks: 1\nThermal Status: {pretended or 0}\n"
          f"Cached temperatures:\n\t{reading}\nHAL Ready: true\nCurrent temperatures from HAL:\n\t{reading}\n")  # fmt: skip
    return 0
