"""The look of the phone: `cmd uimode|statusbar|overlay|locale|color_display|wallpaper`, and their dumps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.args import Args, Verbs, dispatch, number
from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.state.facts import relative

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["color_display", "dump_color_display", "dump_statusbar", "dump_uimode", "dump_wallpaper", "locale", "overlay", "statusbar",
"uimode",
           "wallpaper"]  # fmt: skip

_NIGHT: Final = {"no": "1", "yes": "2", "auto": "0", "custom_schedule": "3", "custom_bedtime": "3"}
_ICONS: Final = ("alarm_clock", "clock", "battery", "wifi", "mobile", "airplane", "bluetooth", "zen", "location", "rotate")
_OVERLAYS: Final = (
    ("android", (("com.android.internal.systemui.navbar.gestural", True), ("com.android.internal.systemui.navbar.threebutton", False),
                 ("com.android.internal.display.cutout.emulation.corner", False), ("com.android.internal.display.cutout.emulation.tal"
                     "l", False),
                 ("com.android.theme.font.notoserifsource", False))),
    ("com.android.systemui", (("com.android.systemui.auto_generated_rro_product__", True),)),
    ("com.android.settings", (("com.android.settings.auto_generated_rro_product__", True),)),
)  # fmt: skip
"""Target package, then its overlays and whether each is on from the start."""


# ------------------------------------------------------------------ night mode


def _night(kernel: Kernel) -> str:
    stored = kernel.settings.get("secure", "ui_night_mode")
    if stored == "3":
        return "custom_bedtime" if kernel.settings.get("secure", "ui_night_mode_custom_type") == "1" else "custom_schedule"
    return {"2": "yes", "0": "auto"}.get(stored or "", "no")


def uimode(p: Process) -> int:
    """`cmd uimode night|car|time`."""
    return dispatch(p, {"night": _do_night, "car": _do_car, "time": _do_time},
                    "UiModeManager service (uimode) commands:\n  help\n    Print this help text.\n"
                    "  night [yes|no|auto|custom_schedule|custom_bedtime]\n"
                    "    Set or read night mode.\n  car [yes|no]\n    Set or read car mode.\n  time [start|end] <ISO time>\n"
                    "    Set custom start/end schedule time (night mode must be set to custom to apply).\n")  # fmt: skip


def _do_night(p: Process, args: Args) -> int:
    word = args.next()
    if word is not None:
        if word not in _NIGHT:
            p.err("Error: mode must be 'yes', 'no', or 'auto', or 'custom_schedule', or 'custom_bedtime'\n")
            return 255
        p.kernel.settings.put("secure", "ui_night_mode", _NIGHT[word])
        if _NIGHT[word] == "3":
            p.kernel.settings.put("secure", "ui_night_mode_custom_type", str(int(word == "custom_bedtime")))
    p.out(f"Night mode: {_night(p.kernel)}\n")
    return 0


def _do_car(p: Process, args: Args) -> int:
    word = args.next()
    if word not in (None, "yes", "no"):
        p.err("Error: mode must be 'yes', or 'no'\n")
        return 255
    if word is not None:
        p.kernel.properties.put("!uimode/car", word)
    p.out(f"Car mode: {p.kernel.properties.get('!uimode/car', 'no')}\n")
    return 0


def _do_time(p: Process, args: Args) -> int:
    which, when = args.need(), args.need()
    hours, _, minutes = when.partition(":")
    if which not in ("start", "end") or not (hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
        p.err("Error: command must be 'time start|end HH:MM'\n")
        return 255
    p.kernel.properties.put(f"!uimode/{which}", when)
    p.out(f"{which} {int(hours):02d}:{int(minutes):02d}\n")
    return 0


def dump_uimode(p: Process) -> int:
    """`dumpsys uimode`."""
    kernel = p.kernel
    dark = kernel.ui.dark
    p.out("Current UI Mode Service state:\n  mDockState=0 mLastBroadcastState=0\n"
          f"  mStartDreamImmediatelyOnDock=true\n  mNightMode={kernel.settings.get('secure', 'ui_night_mode')} ({_night(kernel)})  "
          f"mNightModeCustomType=-1 mOverrideOn/Off={'true' if dark else 'false'}/false mNightModeLocked=false\n"
          f"  mCarModeEnabled={'true' if kernel.properties.get('!uimode/car') == 'yes' else 'false'} (carModeApps=)\n"
          f"  waitScheduled=false  mComputedNightMode={'true' if dark else 'false'} customStart=22:00 customEnd=06:00\n"
          f"  mCurUiMode=0x{0x21 if dark else 0x11:x} mUiModeLocked=false mSetUiMode=0x{0x21 if dark else 0x11:x}\n"
          "  mHoldingConfiguration=false mSystemReady=true\n")  # fmt: skip
    return 0


# ------------------------------------------------------------------ status bar


def statusbar(p: Process) -> int:
    """`cmd statusbar expand-notifications|expand-settings|collapse|add-tile|...`."""
    verbs: Verbs = {
        "expand-notifications": lambda p, args: p.kernel.shell.set(shade="notifications"), "collapse": _collapse,
        "expand-settings": lambda p, args: p.kernel.shell.set(shade="settings"), "add-tile": _add_tile, "remove-tile": _remove_tile,
        "set-tiles": _set_tiles, "click-tile": _click_tile, "check-support": lambda p, args: p.out("true\n"),
        "get-status-icons": lambda p, args: p.out("".join(f"{icon}\n" for icon in _ICONS)), "disable-for-setup": _keep,
        "send-disable-flag": _keep, "tracing": _keep, "run-gc": _keep,
    }  # fmt: skip
    return dispatch(p, verbs, "Status bar commands:\n  help\n    Print this help text.\n\n  expand-notifications\n"
                        "    Open the notifications panel.\n\n"
                    "  expand-settings\n    Open the notifications panel and expand quick settings if present.\n\n  collapse\n"
                    "    Collapse the notifications and settings panel.\n\n  add-tile COMPONENT\n"
                    "    Add a TileService of the specified component\n\n"
                    "  remove-tile COMPONENT\n    Remove a TileService of the specified component\n\n  click-tile COMPONENT\n"
                    "    Click on a TileService of the specified component\n\n  check-support\n"
                    "    Check if this device supports QS + APIs\n\n"
                    "  get-status-icons\n    Print the list of status bar icons and the order they appear in\n\n"
                    "  disable-for-setup DISABLE\n"
                    "    If true, disable status bar components unsuitable for device setup\n\n  send-disable-flag FLAG...\n"
                    "    Send zero or more disable flags (parsed individually) to StatusBarManager\n")  # fmt: skip


def _collapse(p: Process, args: Args) -> None:
    del args
    p.kernel.shell.set(shade="closed")


def _keep(p: Process, args: Args) -> None:
    p.kernel.properties.put(f"!statusbar/{p.args[0]}", " ".join(args.rest()))


def _tiles(p: Process) -> list[str]:
    return [name for name in (p.kernel.settings.get("secure", "sysui_qs_tiles") or "").split(",") if name]


def _tile_name(component: str) -> str:
    return f"custom({component})" if "/" in component else component


def _add_tile(p: Process, args: Args) -> None:
    name, tiles = _tile_name(args.need()), _tiles(p)
    if name not in tiles:
        p.kernel.settings.put("secure", "sysui_qs_tiles", ",".join([name, *tiles]))


def _remove_tile(p: Process, args: Args) -> None:
    name = _tile_name(args.need())
    p.kernel.settings.put("secure", "sysui_qs_tiles", ",".join(tile for tile in _tiles(p) if tile != name))


def _set_tiles(p: Process, args: Args) -> None:
    p.kernel.settings.put("secure", "sysui_qs_tiles", args.need())


def _click_tile(p: Process, args: Args) -> None:
    from mobilegym.emulator.phone.apps.systemui.tiles import TILES, toggle_tile

    name = args.need()
    if name in TILES:
        toggle_tile(p.kernel, name)


def dump_statusbar(p: Process) -> int:
    """`dumpsys statusbar`."""
    shell, flags = p.kernel.shell.state, p.kernel.properties.get("!statusbar/send-disable-flag")
    p.out("StatusBarManagerService:\n  displayId=0\n  mDisabled1=0x0\n  mDisabled2=0x0\n"
          f"  mDisableRecords.size={int(bool(flags))}\n" + ("    [0] userId=0 what1=0x0 what2=0x0 pkg=com.android.shell "
          f"{flags}\n" if flags else "")
          + f"  mCurrentUserId=0\n  mPanelExpanded={'false' if shell.shade == 'closed' else 'true'}\n  mShade={shell.shade}\n  mIcons=\n"
          + "".join(f"    {place} -> ({icon})\n" for place, icon in enumerate(_ICONS)))  # fmt: skip
    return 0


# ------------------------------------------------------------------ overlays, locales


def overlay(p: Process) -> int:
    """`cmd overlay list|enable|disable|...`."""
    return dispatch(p, {
        "list": _list_overlays, "enable": _overlay, "disable": _overlay, "enable-exclusive": _overlay, "set-priority": _ignore,
        "lookup": lambda p, args: p.out("\n"), "dump": _list_overlays, "fabricate": _ignore, "partition-order": lambda p, args:
        p.out("Partition order (low to high priority) and their established by default\n"),
    }, "Overlay manager (overlay) commands:\n  help\n    Print this help text.\n  list [--verbose] [--user USER_ID] [PACKAGE[:NAME]]\n"
       "  enable [--user USER_ID] PACKAGE[:NAME]\n  disable [--user USER_ID] PACKAGE[:NAME]\n"
       "  enable-exclusive [--user USER_ID] [--category] PACKAGE\n")  # fmt: skip


def _ignore(p: Process, args: Args) -> None:
    del p
    args.rest()


def _words(args: Args) -> list[str]:
    words: list[str] = []
    while (word := args.next()) is not None:
        if word == "--user":
            args.need()
        elif not word.startswith("--"):
            words.append(word)
    return words


def _enabled(p: Process, name: str, first: bool) -> bool:
    stored = p.kernel.properties.get(f"!overlay/{name}")
    return stored == "1" if stored else first


def _list_overlays(p: Process, args: Args) -> None:
    wanted = _words(args)
    blocks: list[str] = []
    for target, names in _OVERLAYS:
        if wanted and target not in wanted and not any(name in wanted for name, _ in names):
            continue
        blocks.append(f"{target}\n" + "".join(f"[{'x' if _enabled(p, name, first) else ' '}] {name}\n" for name, first in names))
    p.out("\n".join(blocks) + ("\n" if blocks else ""))


def _overlay(p: Process, args: Args) -> int:
    verb, words = p.args[0], _words(args)
    known = {name: names for _, names in _OVERLAYS for name, _ in names}
    if not words or words[0] not in known:
        return 1
    name = words[0]
    if verb == "enable-exclusive":
        for other, _ in known[name]:
            p.kernel.properties.put(f"!overlay/{other}", "0")
    p.kernel.properties.put(f"!overlay/{name}", "0" if verb == "disable" else "1")
    if verb != "disable" and ".navbar." in name:
        p.kernel.settings.put("secure", "navigation_mode", "2" if name.endswith("gestural") else "0")
    return 0


def locale(p: Process) -> int:
    """`cmd locale get-app-locales|set-app-locales`."""
    return dispatch(p, {"get-app-locales": _app_locales, "set-app-locales": _set_locales, "set-device-config-app-locales": _ignore},
                    "Locale manager (locale) shell commands:\n  help\n      Print this help text.\n"
                    "  set-app-locales <PACKAGE_NAME> [--user <USER_ID>] [--locales <LOCALE_INFO>]\n"
                    "  get-app-locales <PACKAGE_NAME> [--user <USER_ID>]\n")  # fmt: skip


def _app_locales(p: Process, args: Args) -> None:
    package = args.need()
    args.rest()
    if package not in p.kernel.packages.names():
        p.out(f"Unknown package {package} for userId 0\n")
        return
    p.out(f"Locales for {package} for user 0 are [{p.kernel.properties.get(f'!locales/{package}')}]\n")


def _set_locales(p: Process, args: Args) -> None:
    package, locales = args.need(), ""
    while (option := args.next()) is not None:
        if option == "--locales":
            locales = args.next() or ""
        elif option == "--user":
            args.need()
    if package not in p.kernel.packages.names():
        p.out(f"Unknown package {package} for userId 0\n")
    elif locales:
        p.kernel.properties.put(f"!locales/{package}", locales)
    else:
        p.kernel.properties.delete(f"!locales/{package}")


# ------------------------------------------------------------------ colours, wallpaper


def color_display(p: Process) -> int:
    """`cmd color_display set-saturation|set-layer-saturation`."""
    return dispatch(p, {"set-saturation": _saturation, "set-layer-saturation": _ignore},
                    "Color display manager (color_display) commands:\n  help\n  set-saturation LEVEL\n"
                    "  set-layer-saturation CALLER_PACKAGE TARGET_PACKAGE LEVEL\n")  # fmt: skip


def _saturation(p: Process, args: Args) -> None:
    p.kernel.properties.put("!color/saturation", str(number(args.need())))


def dump_color_display(p: Process) -> int:
    """`dumpsys color_display`."""
    night = p.kernel.settings.flag("secure", "night_display_activated")
    p.out(f"COLOR DISPLAY MANAGER dumpsys (color_display)\nNight display:\n    Activated: {'true' if night else 'false'}\n    Color temp: "
          f"{p.kernel.settings.get('secure', 'night_display_color_temperature')}\nGlobal saturation:\n    Activated: false\n")  # fmt: skip
    return 0


def wallpaper(p: Process) -> int:
    """`cmd wallpaper set-dim-amount|get-dim-amount|...`."""
    return dispatch(p, {
        "set-dim-amount": lambda p, args: p.kernel.properties.put("!wallpaper/dim", args.need()),
        "get-dim-amount": lambda p, args: p.out("The current wallpaper dim amount is: "
                        f"{p.kernel.properties.get('!wallpaper/dim', '0.0')}\n"),
        "dim-with-uid": _ignore,
    }, "Wallpaper manager commands:\n  help\n    Print this help text.\n  set-dim-amount DIMMING\n  get-dim-amount\n")  # fmt: skip


def dump_wallpaper(p: Process) -> int:
    """`dumpsys wallpaper`."""
    chosen = p.kernel.settings.get("system", "mobilegym_wallpaper")
    ui = p.kernel.ui
    p.out("mDefaultWallpaperComponent=null\nmImageWallpaper=ComponentInfo{com.android.systemui/com.android.systemui.wallpapers.ImageWallpa"
          "per}\n"
          f"System wallpaper state:\n User 0: id={2 if chosen else 1}\n Display state:\n  displayId=0\n"
          f"  mWidth={ui.width}  mHeight={ui.height}\n"
          f"  mCropHint=Rect(0, 0 - {ui.width}, {ui.height})\n  mName={chosen or 'default'}\n  mAllowBackup=true\n"
          "  mWallpaperComponent=ComponentInfo{com.android.systemui/com.android.systemui.wallpapers.ImageWallpaper}\n"
          f"  mWallpaperDimAmount={p.kernel.properties.get('!wallpaper/dim', '0.0')}\nLock wallpaper state:\nFallback wallpaper state:\n"
          f" uptime={relative(p.kernel.clock.elapsed_ms)}\n")  # fmt: skip
    return 0
