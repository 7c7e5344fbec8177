"""`dumpsys window`: displays, windows and who has the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mobilegym.emulator.phone.shell.apps.names import activity_record, hex_id, task_record
from mobilegym.emulator.phone.shell.apps.tasks import all_tasks, configuration, visible_task
from mobilegym.emulator.phone.shell.apps.window_facts import WindowFact, focus, focused_app, rotation, windows
from mobilegym.emulator.phone.shell.process import Process

__all__ = ["dump"]

_RULE: Final = "-" * 79 + "\n"


def dump(p: Process) -> int:
    """`dumpsys window [-a] [SECTION | WINDOW]`."""
    words = [word for word in p.args if word != "-a"]
    if words[:1] == ["-h"]:
        p.out("Window manager dump options:\n  [-a] [-h] [cmd] ...\n")
        return 0
    if not words:
        between = _RULE if "-a" in p.args else "\n"
        p.out(between.join(_SECTIONS[name](p) for name in _WHOLE))
        return 0
    word = words[0].removeprefix("-")
    section = _SECTIONS.get(
        {"l": "lastanr", "p": "policy", "s": "sessions", "d": "displays", "t": "tokens", "w": "windows"}.get(word, word)
    )
    if section is not None:
        p.out(section(p))
        return 0
    found = [(i, w) for i, w in enumerate(windows(p)) if words[0] in w.title or words[0] == hex_id("window", w.title, w.task)]
    if not found:
        p.out(f"Bad window command, or no windows match: {words[0]}\nUse -h for help.\n")
        return 0
    p.out(_head("WINDOWS", "windows") + "\n".join(_window(p, i, w) for i, w in found))
    return 0


def _head(title: str, command: str) -> str:
    return f"WINDOW MANAGER {title} (dumpsys window {command})\n"


def _flag(value: object) -> str:
    return str(bool(value)).lower()


def _last_anr(p: Process) -> str:
    del p
    return _head("LAST ANR", "lastanr") + "  <no ANR has occurred since boot>\n"


def _policy(p: Process) -> str:
    kernel = p.kernel
    hardware, ui = kernel.hardware, kernel.ui
    locked, on = hardware.locked, hardware.screen_on
    secure = bool(kernel.settings.get("secure", "lockscreen_pin"))
    lines = [
        "  mSafeMode=false mSystemReady=true mSystemBooted=true", "  mCameraLensCoverState=CAMERA_LENS_COVER_ABSENT",
        "  mWakeGestureEnabledSetting=true",
        f"  mUserRotationMode={_rotation_mode(p)}",
        "  mLidKeyboardAccessibility=0 mLidNavigationAccessibility=0 getLidBehavior=LID_BEHAVIOR_NONE",
        "  mLongPressOnBackBehavior=LONG_PRESS_BACK_NOTHING", "  mShortPressOnPowerBehavior=SHORT_PRESS_POWER_GO_TO_SLEEP",
        f"  mAwake={_flag(on)} mScreenOnEarly={_flag(on)} mScreenOnFully={_flag(on)}",
        f"  mKeyguardDrawComplete={_flag(on)} mWindowManagerDrawComplete={_flag(on)}",
        f"  mShowingDream=false mDreamingLockscreen={_flag(locked)}", "  mTopFullscreenOpaqueWindowState=null",
        f"  mDisplayWidth={ui.width} mDisplayHeight={ui.height}",
        "  KeyguardServiceDelegate", f"    showing={_flag(locked)}", f"    inputRestricted={_flag(locked)}", "    occluded=false",
        f"    secure={_flag(secure)}",
        "    dreaming=false", "    systemIsReady=true", "    deviceHasKeyguard=true", "    enabled=true",
        "    offReason=OFF_BECAUSE_OF_USER", "    currentUser=0",
        "    bootCompleted=true", f"    screenState=SCREEN_STATE_{'ON' if on else 'OFF'}",
        f"    interactiveState=INTERACTIVE_STATE_{'AWAKE' if on else 'SLEEP'}",
        "    KeyguardStateMonitor", f"      mIsShowing={_flag(locked)}", "      mSimSecure=false",
        f"      mInputRestricted={_flag(locked)}", "      mTrusted=false",
        "      mCurrentUserId=0",
    ]  # fmt: skip
    return _head("POLICY STATE", "policy") + "".join(f"  {line}\n" for line in lines)


def _rotation_mode(p: Process) -> str:
    return "USER_ROTATION_FREE" if p.kernel.settings.flag("system", "accelerometer_rotation", False) else "USER_ROTATION_LOCKED"


def _animator(p: Process) -> str:
    del p
    return _head("ANIMATOR STATE", "animator") + "    DisplayContentsAnimator #0:\n      mAnimTransactionSequence=0\n"


def _sessions(p: Process) -> str:
    names = dict.fromkeys(w.package for w in windows(p))
    lines = [f"  Session Session{{{hex_id('session', name)} {_owner(p, name)}}}:\n    mNumWindow=1\n" for name in names]
    return _head("SESSIONS", "sessions") + "".join(lines)


def _owner(p: Process, package: str) -> str:
    found = p.system.processes.of_package(package)
    uid = p.system.processes.uid(package)
    return f"{found[0].pid if found else 0}:{'1000' if uid == 1000 else f'u0a{uid}'}"


def _displays(p: Process) -> str:
    kernel, ui, config = p.kernel, p.kernel.ui, p.kernel.config
    front, window = focused_app(p), focus(p)
    wide = max(ui.width, ui.height)
    narrow = min(ui.width, ui.height)
    density = kernel.config.density
    width, height = kernel.display_size
    changed = ui.density != density or (width, height) != (config.width, config.height)
    base = f" base={width}x{height} {ui.density}dpi" if changed else ""
    record = activity_record(*front) if front is not None else "null"
    name = window.name if window is not None else "null"
    lines = [
        "  Display: mDisplayId=0 (organized)",
        f"    init={config.width}x{config.height} {density}dpi mMinSizeOfResizeableTaskDp=220{base} cur={ui.width}x{ui.height} "
        f"app={ui.width}x{ui.height - ui.navigation_bar} rng={narrow}x{narrow - 63}-{wide - 63}x{wide - ui.status_bar}",
        f"    deferred=false mLayoutNeeded=false mTouchExcludeRegion=SkRegion((0,0,{ui.width},{ui.height}))", "",
        "  mLayoutSeq=100", f"  mCurrentFocus={name}", f"  mFocusedApp={record}", "",
        f"  mHoldScreenWindow=null mObscuringWindow={name}", "  mLastWakeLockHoldingWindow=null",
        "  mInputMethodWindow=" + next(w.name for w in windows(p) if w.title == "InputMethod"),
        *_ime_targets(window), "", *_task_lines(p), "", *_display_policy(p, name), "", *_display_rotation(p), "",
        f"  mDisplayInfo=DisplayInfo{{\"Built-in Screen\", displayId 0, real {ui.width} x {ui.height}, "
        f"rotation {rotation(p)}, density {ui.density}}}",
    ]  # fmt: skip
    return _head("DISPLAY CONTENTS", "displays") + "".join(f"{line}\n" for line in lines)


def _ime_targets(window: WindowFact | None) -> list[str]:
    name = window.name if window is not None else "null"
    return [f"  {kind} in display# 0 {name}" for kind in ("imeLayeringTarget", "imeInputTarget", "imeControlTarget")]


def _task_lines(p: Process) -> list[str]:
    kernel = p.kernel
    home, seen = kernel.activities.home, visible_task(p)
    lines = [f"  rootHomeTask={task_record(kernel, home, visible=home is seen)}" if home is not None else "  rootHomeTask=null"]
    lines.append("  Application tokens in top down Z order:")
    for task in all_tasks(p):
        lines.append(f"  * {task_record(kernel, task, visible=task is seen)}")
        lines += [f"    * {activity_record(a, task.id)}" for a in reversed(task.stack)]
    return lines


def _display_policy(p: Process, name: str) -> list[str]:
    hardware = p.kernel.hardware
    on = _flag(hardware.screen_on)
    found = {w.title: w.name for w in windows(p)}
    return [
        "  DisplayPolicy", "    mCarDockEnablesAccelerometer=true mDeskDockEnablesAccelerometer=true",
        "    mDockMode=EXTRA_DOCK_STATE_UNDOCKED mLidState=LID_ABSENT",
        f"    mAwake={on} mScreenOnEarly={on} mScreenOnFully={on}", f"    mKeyguardDrawComplete={on} mWindowManagerDrawComplete={on}",
        "    mHdmiPlugged=false",
        f"    mShowingDream=false mDreamingLockscreen={_flag(hardware.locked)}", f"    isKeyguardShowing={_flag(hardware.locked)}",
        f"    mStatusBar={found['StatusBar']}", f"    mNavigationBar={found['NavigationBar0']}",
        f"    mTopFullscreenOpaqueWindowState={name}",
        "    mTopIsFullscreen=false", "    mForceStatusBar=false mAllowLockscreenWhenOnDisplays=false",
    ]  # fmt: skip


def _display_rotation(p: Process) -> list[str]:
    turned = rotation(p)
    wanted = p.kernel.settings.number("system", "user_rotation", 0)
    free = p.kernel.settings.flag("system", "accelerometer_rotation", False)
    return [
        "  DisplayRotation", "    mCurrentAppOrientation=SCREEN_ORIENTATION_UNSPECIFIED", "    mLastOrientation=-1",
        f"    mRotation={turned} mDeferredRotationPauseCount=0", "    mLandscapeRotation=ROTATION_90 mSeascapeRotation=ROTATION_270",
        "    mPortraitRotation=ROTATION_0 mUpsideDownRotation=ROTATION_180", "    mSupportAutoRotation=true",
        "    WindowOrientationListener",
        f"      mEnabled={_flag(free)}", f"      mCurrentRotation=ROTATION_{90 * turned}", "      mSensorType=null",
        f"    mUserRotationMode={_rotation_mode(p)} mUserRotation=ROTATION_{90 * (wanted % 4)} "
        "mCameraRotationMode=0 mAllowAllRotations=unknown",
        "    mDemoHdmiRotation=ROTATION_90 mDemoHdmiRotationLock=false",
    ]  # fmt: skip


def _tokens(p: Process) -> str:
    front = [f"  {activity_record(a, t.id)}" for t in all_tasks(p) for a in reversed(t.stack)]
    system = [f"  WindowToken{{{hex_id('token', w.title)} type={w.kind} {w.name}}}" for w in windows(p) if not w.task]
    return _head("TOKENS", "tokens") + "".join(f"{line}\n" for line in ["  All tokens:", *system, *front])


def _window(p: Process, index: int, w: WindowFact) -> str:
    ui = p.kernel.ui
    width, height = w.frame.right - w.frame.left, w.frame.bottom - w.frame.top
    seen = _flag(w.visible)
    whole = f"[0,0][{ui.width},{ui.height}]"
    app = bool(w.task)
    lines = [
        f"Window #{index} {w.name}:",
        f"  mDisplayId=0{f' rootTaskId={w.task}' if app else ''} mSession=Session{{{hex_id('session', w.package)} {_owner(p, w.package)}}} "
        f"mClient=android.os.BinderProxy@{hex_id('client', w.title)}",
        f"  mOwnerUid={p.system.processes.uid(w.package)} showForAllUsers={_flag(not app)} package={w.package} appop=NONE",
        f"  mAttrs={{(0,0)(fillxfill) sim={{adjust=resize}} ty={w.kind} fmt=TRANSPARENT wanim=0x10302f8",
        "    fl=LAYOUT_IN_SCREEN LAYOUT_INSET_DECOR SPLIT_TOUCH HARDWARE_ACCELERATED", "    pfl=FIT_INSETS_CONTROLLED vsysui=0}",
        f"  Requested w={width} h={height} mLayoutSeq=100", f"  mHasSurface={seen} isReadyForDisplay()={seen} mWindowRemovalAllowed=false",
        f"  Frames: parent={whole} display={whole} frame={w.frame} last={w.frame} insetsChanged=false",
        f"  mViewVisibility={'0x0' if w.visible else '0x8'}",
        f"  mFrame={w.frame} last={w.frame}", f"  mFullConfiguration={configuration(p)}", f"  isOnScreen={seen}", f"  isVisible={seen}",
    ]  # fmt: skip
    return "".join(f"  {line}\n" for line in lines)


def _windows(p: Process, *, only_visible: bool = False, with_focus: bool = False, name: str = "windows") -> str:
    found = [w for w in windows(p) if w.visible or not only_visible]
    window, front = focus(p), focused_app(p)
    shown = window.name if window is not None else "null"
    record = activity_record(*front) if front is not None else "null"
    ime = next(w.name for w in windows(p) if w.title == "InputMethod")
    lines = [
        f"  mGlobalConfiguration={configuration(p)}", "  mHasPermanentDpad=false", *([f"  mCurrentFocus={shown}",
        f"  mFocusedApp={record}"] if with_focus else []),
        "  mTopFocusedDisplayId=0", *_ime_targets(window), f"  mInputMethodWindow={ime}", "  mInTouchMode=true",
        "  mLastDisplayFreezeDuration=0",
        f"  mRotation={rotation(p)}", "  mLastWindowForcedOrientation=SCREEN_ORIENTATION_UNSPECIFIED mLastOrientation=-1",
        "  mAnimationScalesMode: "
        f"[{p.kernel.settings.decimal('global', 'window_animation_scale', 1.0)}]", f"  mTransitionAnimation={shown}",
    ]  # fmt: skip
    body = "\n".join(_window(p, i, w) for i, w in enumerate(found))
    return _head("VISIBLE WINDOWS" if name == "visible" else "WINDOWS", name) + body + "\n" + "".join(f"{line}\n" for line in lines)


def _visible(p: Process) -> str:
    return _windows(p, only_visible=True, name="visible")


def _visible_apps(p: Process) -> str:
    task = visible_task(p)
    front = [f"  {activity_record(task.top, task.id)}\n"] if task is not None else []
    return _head("VISIBLE APPS", "visible-apps") + "".join(front)


def _plain(title: str, command: str, body: str) -> Callable[[Process], str]:
    return lambda p: _head(title, command) + body


_SECTIONS: Final[dict[str, Callable[[Process], str]]] = {
    "lastanr": _last_anr, "policy": _policy, "animator": _animator, "sessions": _sessions, "displays": _displays, "tokens": _tokens,
    "windows": _windows, "visible": _visible, "visible-apps": _visible_apps, "all": _windows, "trace": _plain("TRACE", "trace",
    "  Status: Disabled\n"),
    "logging": _plain("LOGGING", "logging", "  Status: Disabled\n"), "refresh": _plain("HIGH REFRESH RATE BLACKLIST", "refresh",
    "  Packages:\n"),
    "constants": _plain("CONSTANTS", "constants", "  system_gesture_exclusion_limit_dp=200\n"),
    "containers": lambda p: "ROOT WINDOW CONTAINER\n" + "".join(f"  {w.name}\n" for w in windows(p)),
}  # fmt: skip
_WHOLE: Final = ("lastanr", "policy", "animator", "sessions", "displays", "tokens", "windows", "trace", "logging", "refresh", "constants")
