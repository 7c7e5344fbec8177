"""`wm`, that is `cmd window`: size, density and rotation of the display."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from mobilegym.emulator.phone.shell.process import JavaError, Process

__all__ = ["run"]

_HELP: Final = """Window manager (window) commands:
  help
      Print this help text.
  size [reset|WxH|WdpxHdp] [-d DISPLAY_ID]
    Return or override display size.
    width and height in pixels unless suffixed with 'dp'.
  density [reset|DENSITY] [-d DISPLAY_ID] [-u UNIQUE_ID]
    Return or override display density.
  folded-area [reset|LEFT,TOP,RIGHT,BOTTOM]
    Return or override folded area.
  scaling [off|auto] [-d DISPLAY_ID]
    Set display scaling mode.
  dismiss-keyguard
    Dismiss the keyguard, prompting user for auth if necessary.
  user-rotation [-d DISPLAY_ID] [free|lock] [rotation]
    Print or set user rotation mode and user rotation.
  fixed-to-user-rotation [-d DISPLAY_ID] [enabled|disabled|default]
    Print or set rotating display for app requested orientation.
  set-ignore-orientation-request [-d DISPLAY_ID] [true|1|false|0]
  get-ignore-orientation-request [-d DISPLAY_ID]
    If app requested orientation should be ignored.
  reset [-d DISPLAY_ID]
    Reset all override settings.
"""
_SIZE: Final = "display_size_forced"
_DENSITY: Final = "display_density_forced"
_MIN_DENSITY: Final = 72
_INT: Final = re.compile(r"[+-]?\d{1,9}", re.ASCII)


def run(p: Process) -> int:
    """`wm VERB ARGS`."""
    verb = p.args[0] if p.args else None
    if verb in (None, "help", "-h"):
        p.out(_HELP)
        return 255 if verb is None else 0
    handler = _VERBS.get(verb)
    if handler is None:
        p.out(f"Unknown command: {verb}\n")
        return 255
    return handler(p, _without_display(p.args[1:]))


def _without_display(words: tuple[str, ...]) -> list[str]:
    """The arguments without `-d 0`; there is one display."""
    left = list(words)
    while "-d" in left:
        at = left.index("-d")
        if at + 1 == len(left):
            raise JavaError('Argument expected after "-d"')
        if not _INT.fullmatch(left[at + 1]):
            raise JavaError(f'For input string: "{left[at + 1]}"', "java.lang.NumberFormatException")
        del left[at : at + 2]
    return left


def _fail(p: Process, text: str) -> int:
    p.err(f"Error: {text}\n")
    return 255


def _size(p: Process, words: list[str]) -> int:
    kernel, config = p.kernel, p.kernel.config
    if not words:
        width, height = kernel.display_size
        p.out(f"Physical size: {config.width}x{config.height}\n")
        if (width, height) != (config.width, config.height):
            p.out(f"Override size: {width}x{height}\n")
        return 0
    word = words[0]
    if word == "reset":
        kernel.settings.delete("global", _SIZE)
        return 0
    match = re.fullmatch(r"(\d{1,6})(dp)?x(\d{1,6})(dp)?", word, re.ASCII)
    if match is None:
        return _fail(p, f"bad size {word}")
    scale = kernel.ui.density / 160
    width, height = (round(int(n) * scale) if dp else int(n) for n, dp in ((match[1], match[2]), (match[3], match[4])))
    if (width, height) == (config.width, config.height):
        kernel.settings.delete("global", _SIZE)
    else:
        kernel.settings.put("global", _SIZE, f"{width},{height}")
    return 0


def _density(p: Process, words: list[str]) -> int:
    settings = p.kernel.settings
    if not words or words[0] == "-u":
        p.out(f"Physical density: {p.kernel.config.density}\n")
        forced = settings.get("secure", _DENSITY)
        if forced and forced != str(p.kernel.config.density):
            p.out(f"Override density: {forced}\n")
        return 0
    word = words[0]
    if word == "reset":
        settings.put("secure", _DENSITY, str(p.kernel.config.density))
        return 0
    if not _INT.fullmatch(word):
        return _fail(p, f'bad number java.lang.NumberFormatException: For input string: "{word}"')
    if int(word) < _MIN_DENSITY:
        return _fail(p, f"density must be >= {_MIN_DENSITY}")
    settings.put("secure", _DENSITY, str(int(word)))
    return 0


def _user_rotation(p: Process, words: list[str]) -> int:
    hardware = p.kernel.hardware
    if not words:
        p.out("free\n" if hardware.auto_rotate else f"lock {hardware.rotation}\n")
        return 0
    if words[0] == "free":
        hardware.set_auto_rotate(True)
        return 0
    if words[0] != "lock":
        return _fail(p, "argument needs to be either -d, free or lock.")
    wanted = words[1] if len(words) > 1 else None
    if wanted is not None and (not _INT.fullmatch(wanted) or not -1 <= int(wanted) <= 3):
        if not _INT.fullmatch(wanted):
            return _fail(p, f'bad number java.lang.NumberFormatException: For input string: "{wanted}"')
        raise JavaError("Invalid rotation: " + wanted)
    hardware.set_auto_rotate(False)
    if wanted is not None and int(wanted) >= 0:
        p.kernel.settings.put("system", "user_rotation", str(int(wanted)))
    return 0


def _fixed_rotation(p: Process, words: list[str]) -> int:
    if not words:
        p.out("default\n")
        return 0
    if words[0] not in ("enabled", "disabled", "default", "enabled_if_no_auto_rotation"):
        return _fail(p, f"expecting enabled, disabled or default, but we got {words[0]}")
    return 0


def _scaling(p: Process, words: list[str]) -> int:
    if not words:
        raise JavaError('Argument expected after "scaling"')
    return 0 if words[0] in ("auto", "off") else _fail(p, "scaling must be 'auto' or 'off'")


def _dismiss_keyguard(p: Process, words: list[str]) -> int:
    del words
    if p.kernel.hardware.locked:
        p.kernel.windows.system["keyguard"].on_key("unlock")
    return 0


def _ignored(p: Process, words: list[str]) -> int:
    del p, words
    return 0


def _orientation_request(p: Process, words: list[str]) -> int:
    del words
    p.out("ignoreOrientationRequest false for displayId=0\n")
    return 0


def _reset(p: Process, words: list[str]) -> int:
    del words
    p.kernel.settings.delete("global", _SIZE)
    p.kernel.settings.put("secure", _DENSITY, str(p.kernel.config.density))
    p.kernel.hardware.set_auto_rotate(True)
    p.out("Reset all settings for displayId=0\n")
    return 0


_VERBS: Final[Mapping[str, Callable[[Process, list[str]], int]]] = {
    "size": _size, "density": _density, "user-rotation": _user_rotation, "fixed-to-user-rotation": _fixed_rotation, "scaling": _scaling,
    "folded-area": _ignored, "dismiss-keyguard": _dismiss_keyguard, "set-ignore-orientation-request": _ignored,
    "get-ignore-orientation-request": _orientation_request, "logging": _ignored, "tracing": _ignored, "reset": _reset,
}  # fmt: skip
