"""`dumpsys display`, `input`, `input_method`, `SurfaceFlinger` and `gfxinfo`."""

from __future__ import annotations

import zlib
from typing import Final

from mobilegym.emulator.phone.hierarchy import rotation_of, window_title
from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.screen.ime import current_method, describe, input_methods
from mobilegym.emulator.phone.shell.screen.screencap import DISPLAY_ID

__all__ = ["display", "gfxinfo", "input_devices", "input_method", "surface_flinger"]

_REFRESH_NS: Final = 16_666_666
_INPUT_TYPES: Final = {"text": 0x1, "number": 0x2, "phone": 0x3, "email": 0x21, "password": 0x81, "uri": 0x11}
_ACTIONS: Final = {"newline": 1, "go": 2, "search": 3, "send": 4, "next": 5, "done": 6}


def display(p: Process) -> int:
    """`dumpsys display`."""
    kernel = p.kernel
    ui, config, turned = kernel.ui, kernel.config, rotation_of(kernel)
    on = kernel.hardware.screen_on
    state, brightness = ("ON", kernel.hardware.brightness / 255) if on else ("OFF", 0.0)
    unique = f"local:{DISPLAY_ID}"
    info = (
        f'DisplayInfo{{"Built-in Screen", displayId 0, displayGroupId 0, FLAG_SECURE, FLAG_SUPPORTS_PROTECTED_BUFFERS, FLAG_TRUSTED, '
        f"real {ui.width} x {ui.height}, largest app {max(ui.width, ui.height)} x {max(ui.width, ui.height)}, "
        f"smallest app {min(ui.width, ui.height)} x {min(ui.width, ui.height)}, appVsyncOff 1000000, presDeadline 16666666, mode 1, "
        f"defaultMode 1, modes [{{id=1, width={config.width}, height={config.height}, fps=60.000004, alternativeRefreshRates=[]}}], "
        f"hdrCapabilities null, userDisabledHdrTypes [], minimalPostProcessingSupported false, rotation {turned}, state {state}, "
        f'type INTERNAL, uniqueId "{unique}", app {ui.width} x {ui.height}, density {ui.density} ({ui.density}.0 x {ui.density}.0) dpi, '
        "layerStack 0, colorMode 0, supportedColorModes [0], deviceProductInfo DeviceProductInfo{name=EMU_display_0}, removeMode 0}"
    )
    viewport = (
        f"DisplayViewport{{type=INTERNAL, valid=true, isActive={str(on).lower()}, displayId=0, uniqueId='{unique}', physicalPort=0, "
        f"orientation={turned}, logicalFrame=Rect(0, 0 - {ui.width}, {ui.height}), physicalFrame=Rect(0, 0 - {ui.width}, {ui.height}), "
        f"deviceWidth={ui.width}, deviceHeight={ui.height}}}"
    )
    p.out(
        f"DISPLAY MANAGER (dumpsys display)\n  mOnlyCode=false\n  mSafeMode=false\n  mPendingTraversal=false\n"
        f"  mViewports=[{viewport}]\n  mDefaultDisplayDefaultColorMode=0\n  mWifiDisplayScanRequestCount=0\n"
        f"  mStableDisplaySize=Point({config.width}, {config.height})\n  mMinimumBrightnessCurve=[(0.0, 0.0), (2000.0, 50.0)]\n\n"
        f"Display States: size=1\n  Display Id=0\n  Display State={state}\n  Display Brightness={brightness:.8f}\n"
        f"  Display SdrBrightness={brightness:.8f}\n\nDisplay Adapters: size=1\n  LocalDisplayAdapter\n\nDisplay Devices: size=1\n"
        f'  DisplayDeviceInfo{{"Built-in Screen": uniqueId="{unique}", {config.width} x {config.height}, modeId 1, defaultModeId 1, '
        f"density {config.density}, {config.density}.0 x {config.density}.0 dpi, state {state}, type INTERNAL}}\n"
        f"    mAdapter=LocalDisplayAdapter\n    mUniqueId={unique}\n    mCurrentOrientation={turned}\n"
        f"    mCurrentDisplayRect=Rect(0, 0 - {ui.width}, {ui.height})\n    mState={state}\n    mBrightnessState={brightness:.8f}\n\n"
        f"Logical Displays: size=1\n  Display 0:\n    mDisplayId=0\n    mIsEnabled=true\n    mLayerStack=0\n    mHasContent=true\n"
        f"    mPrimaryDisplayDevice=Built-in Screen\n    mBaseDisplayInfo={info}\n    mOverrideDisplayInfo={info}\n\n"
        f"Display Power Controller:\n  mDisplayId=0\n  mScreenBrightness={brightness:.8f}\n\nDisplay Power State:\n"
        f"  mScreenState={state}\n  mScreenBrightness={brightness:.8f}\n  mScreenReady=true\n"
    )
    return 0


def input_devices(p: Process) -> int:
    """`dumpsys input`."""
    kernel = p.kernel
    ui, config, turned = kernel.ui, kernel.config, rotation_of(kernel)
    frame = f"[0, 0, {ui.width}, {ui.height}]"
    focus = next((window_title(kernel, w) for w in reversed(kernel.windows.stack()) if w.modal), "<none>")
    p.out(
        "INPUT MANAGER (dumpsys input)\n\nInput Manager State:\n  Interactive: "
        f"{str(kernel.hardware.screen_on).lower()}\n  System UI Lights Out: false\n  Show Touches: false\n\n"
        "Event Hub State:\n  BuiltInKeyboardId: 1\n  Devices:\n    -1: Virtual\n      Classes: KEYBOARD | ALPHAKEY | DPAD | VIRTUAL\n"
        "    1: qwerty2\n      Classes: KEYBOARD | ALPHAKEY\n      Path: /dev/input/event0\n"
        "    2: virtio_input_multi_touch_1\n      Classes: TOUCH | TOUCH_MT\n      Path: /dev/input/event1\n\n"
        "Input Reader State (Nums of device: 3):\n  Device 2: virtio_input_multi_touch_1\n    EventHub Devices: [ 2 ] \n"
        "    Generation: 2\n    IsExternal: false\n    Sources: 0x00005002\n    Touch Input Mapper (mode - DIRECT):\n      Parameters:\n"
        "        DeviceType: TOUCH_SCREEN\n        OrientationAware: true\n"
        f"      Viewport INTERNAL: displayId=0, uniqueId=local:{DISPLAY_ID}, port=0, orientation={turned}, logicalFrame={frame}, "
        f"physicalFrame={frame}, deviceSize=[{ui.width}, {ui.height}], isActive=[1]\n"
        f"      RawSurfaceWidth: {config.width}px\n      PhysicalWidth: {config.width}px\n      PhysicalHeight: {config.height}px\n"
        f"      SurfaceOrientation: {turned}\n      InputDeviceOrientation: Rotation{turned * 90 if turned else 0}\n\n"
        "Input Classifier State:\n  <no input classifier>\n\nInput Dispatcher State:\n  DispatchEnabled: true\n  DispatchFrozen: false\n"
        f"  InputFilterEnabled: false\n  FocusedDisplayId: 0\n  FocusedApplications:\n    displayId=0, "
        f"name='ActivityRecord{{0 u0 {p.phone.activity()}}}', dispatchingTimeout=5000ms\n"
        f"  FocusedWindows:\n    displayId=0, name='{focus}'\n"
    )
    return 0


def input_method(p: Process) -> int:
    """`dumpsys input_method`."""
    kernel, system = p.kernel, p.system
    shown = any(w.kind == "keyboard" for w in kernel.windows.stack())
    yes, spec = str(shown).lower(), kernel.ime.spec()
    methods = input_methods(system)
    surface = kernel.windows.input_target()
    kind = _INPUT_TYPES[spec.input_type] | (0x20000 if spec.multiline else 0) if spec is not None else 0
    options = _ACTIONS.get(spec.ime, 0) if spec is not None else 0
    p.out("Current Input Method Manager state:\n  Input Methods: mMethodMapUpdateCount=1\n")
    for number, method in enumerate(methods):
        p.out(f"  InputMethod #{number}:\n{describe(method, '    ')}")
    current = current_method(system)
    p.out(
        f"  Clients:\n  mCurMethodId={current}\n  mCurClient=ClientState{{{_hex(surface.package)} uid=10100 pid=0}} mCurSeq=1\n"
        f"  mCurFocusedWindow=null mCurFocusedWindowSoftInputMode=STATE_UNSPECIFIED|ADJUST_RESIZE\n"
        f"  mCurId={current} mHaveConnection=true mBoundToMethod=true mVisibleBound={yes}\n"
        f"  mShowRequested={yes} mShowExplicitlyRequested={yes} mShowForced=false mInputShown={yes}\n"
        f"  mInputShown={yes}\n  mInFullscreenMode=false\n  mSystemReady=true mInteractive={str(kernel.hardware.screen_on).lower()}\n"
        f"  mSettingsObserver=SettingsObserver{{mLastEnabled={current}}}\n\n"
        f"Input method client state for {surface.package}:\n  mFullscreenMode=false\n  mServedView={'EditText' if spec else 'null'}\n"
        f"  mServedInputConnection={'RemoteInputConnectionImpl' if spec else 'null'}\n\n"
        f"Input method service state for InputMethodService@{_hex(current)}:\n  mViewsCreated=true\n"
        f"  mDecorViewVisible={yes} mDecorViewWasVisible={yes} mWindowVisible={yes} mInShowWindow=false\n"
        f"  Configuration={{1.0 {kernel.ui.density}dpi}}\n  mToken=android.os.BinderProxy@{_hex('token')}\n"
        f"  mInputStarted={str(spec is not None).lower()} mInputViewStarted={yes} mCandidatesViewStarted=false\n"
        f"  mInputEditorInfo:\n    inputType=0x{kind:x} imeOptions=0x{options:x} privateImeOptions=null\n"
        f"    packageName={surface.package} autofillId=null fieldId=0 fieldName=null\n"
        f"  mShowInputRequested={yes} mLastShowInputRequested={yes} mCanPreRender=true mPreRenderInsetsVisible=false\n"
        f"  mIsInputViewShown={yes}\n  mStatusIcon=0\n"
    )
    return 0


def _hex(text: str) -> str:
    return f"{zlib.crc32(text.encode()) & 0xFFFFFFF:07x}"


def surface_flinger(p: Process) -> int:
    """`dumpsys SurfaceFlinger [--display-id|--list|--latency [LAYER]|--latency-clear]`."""
    kernel, args = p.kernel, p.args
    layers = [f"{window_title(kernel, w)}#{i + 40}" for i, w in enumerate(kernel.windows.stack())]
    if "--display-id" in args:
        p.out(f'Display {DISPLAY_ID} (HWC display 0): port=0 pnpId=GGL displayName="EMU_display_0"\n')
    elif "--list" in args:
        p.out("".join(f"{layer}\n" for layer in ['Display 0 name="Built-in Screen"#3', *reversed(layers)]))
    elif "--latency-clear" in args:
        pass
    elif "--latency" in args:
        wanted = args[args.index("--latency") + 1 :]
        known = bool(wanted) and any(wanted[0] in (layer, layer.partition("#")[0]) for layer in layers)
        p.out(f"{_REFRESH_NS}\n")
        last = kernel.clock.elapsed_ms * 1_000_000
        for i in range(127, 0, -1):
            at = last - i * _REFRESH_NS
            p.out(f"{at}\t{at + 4_000_000}\t{at + 1_000_000}\n" if known and at > 0 else "0\t0\t0\n")
        p.out("\n")
    else:
        ui = kernel.ui
        p.out(
            "Build configuration: [sf PRESENT_TIME_OFFSET=0]\n\n"
            f"Display {DISPLAY_ID} (active) HWC display 0\n    powerMode={'On' if kernel.hardware.screen_on else 'Off'} (2)\n"
            f"    activeMode={{id=0, resolution={kernel.config.width}x{kernel.config.height}, refreshRate=60.00 Hz}}\n"
            f"    orientation=ROTATION_{rotation_of(kernel) * 90}, layerStackSpace={ui.width}x{ui.height}\n\n"
            f"Visible layers (count = {len(layers)})\n" + "".join(f"+ BufferStateLayer ({layer})\n" for layer in layers)
            + "GLES: Google (MobileGym), software renderer, OpenGL ES 3.0\n"
        )  # fmt: skip
    return 0


def gfxinfo(p: Process) -> int:
    """`dumpsys gfxinfo [PACKAGE] [reset|framestats]`."""
    names = [word for word in p.args if word not in ("reset", "framestats")]
    running = [i for i in p.system.processes.all() if i.package and (not names or i.package in names or str(i.pid) in names)]
    if names and not running:
        p.out(f"No process found for: {names[0]}\n")
        return 0
    up = p.kernel.clock.elapsed_ms
    p.out(f"Applications Graphics Acceleration Info:\nUptime: {up} Realtime: {up}\n\n")
    for process in running:
        frames = 60 + up // 1000 % 5_000
        p.out(
            f"** Graphics info for pid {process.pid} [{process.package}] **\n\nStats since: {max(0, up - 60_000) * 1_000_000}ns\n"
            f"Total frames rendered: {frames}\nJanky frames: 0 (0.00%)\nJanky frames (legacy): 0 (0.00%)\n50th percentile: 5ms\n"
            "90th percentile: 7ms\n95th percentile: 8ms\n99th percentile: 12ms\nNumber Missed Vsync: 0\nNumber High input latency: 0\n"
            "Number Slow UI thread: 0\nNumber Slow bitmap uploads: 0\nNumber Slow issue draw commands: 0\n"
            "Number Frame deadline missed: 0\n\n"
        )
    return 0
