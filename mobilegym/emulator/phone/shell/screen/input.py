"""`input`: touches, keys and text, after Android's `InputShellCommand`."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Final

from mobilegym.emulator.phone.device import TYPE_MS_PER_CHAR
from mobilegym.emulator.phone.keycodes import keys_for, parse_keycode, press_combination, press_keycode
from mobilegym.emulator.phone.shell.process import JavaError, Process
from mobilegym.emulator.phone.shell.screen.companions import EDITOR_ACTIONS, editor_action, type_text
from mobilegym.emulator.phone.shell.system import System
from mobilegym.emulator.phone.touch import perform_tracks

__all__ = ["run", "tap"]

_SOURCES: Final = (
    "dpad", "keyboard", "mouse", "touchpad", "gamepad", "touchnavigation", "joystick", "touchscreen", "stylus", "trackball",
)  # fmt: skip
_DEFAULT_SWIPE_MS: Final = 300
_LONG_PRESS_KEY_MS: Final = 500
_DOUBLE_TAP_MS: Final = 100
_DOUBLE_TAP_PX: Final = 100
_DRAG_HOLD_MS: Final = 500
_FLOAT: Final = re.compile(r"\s*([+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)[fFdD]?\s*", re.ASCII)
_INT: Final = re.compile(r"[+-]?\d{1,10}", re.ASCII)
_HELP: Final = """Usage: input [<source>] [-d DISPLAY_ID] <command> [<arg>...]

The sources are: 
      touchnavigation
      touchscreen
      joystick
      stylus
      touchpad
      gamepad
      dpad
      mouse
      keyboard
      trackball

-d: specify the display ID.
      (Default: -1 for key event, 0 for motion event if not specified.)
The commands and default sources are:
      text <string> (Default: touchscreen)
      keyevent [--longpress|--doubletap] <key code number or name> ... (Default: keyboard)
      tap <x> <y> (Default: touchscreen)
      swipe <x1> <y1> <x2> <y2> [duration(ms)] (Default: touchscreen)
      draganddrop <x1> <y1> <x2> <y2> [duration(ms)] (Default: touchscreen)
      press (Default: trackball)
      roll <dx> <dy> (Default: trackball)
      motionevent <DOWN|UP|MOVE|CANCEL> <x> <y> (Default: touchscreen)
      keycombination [-t duration(ms)] <key code 1> <key code 2> ... (Default: keyboard)
"""  # noqa: W291 - as Android prints it


class _Args:
    """Arguments one after the other, with Android's errors."""

    def __init__(self, process: Process) -> None:
        self._left = list(process.args)
        self._before = process.argv[0]
        self.verb = ""

    def next(self) -> str | None:
        if not self._left:
            return None
        self._before = self._left.pop(0)
        return self._before

    def required(self) -> str:
        before = self._before
        found = self.next()
        if found is None:
            raise JavaError(f'Argument expected after "{before}"')
        return found

    def peek(self) -> str | None:
        return self._left[0] if self._left else None

    def number(self) -> float:
        text = self.required()
        match = _FLOAT.fullmatch(text)
        if match is None:
            raise self._invalid()
        return float(match[1])

    def integer(self, text: str) -> int:
        if not _INT.fullmatch(text) or not -(1 << 31) <= int(text) < 1 << 31:
            raise self._invalid()
        return int(text)

    def _invalid(self) -> JavaError:
        return JavaError(f"Error: Invalid arguments for command: {self.verb}")


def run(p: Process) -> int:
    """`input [SOURCE] [-d DISPLAY] VERB ARGS`."""
    args = _Args(p)
    word = args.next()
    if word in _SOURCES:
        word = args.required()
    if word == "-d":
        display = args.required()
        if display not in ("INVALID_DISPLAY", "DEFAULT_DISPLAY") and not _INT.fullmatch(display):
            raise JavaError("Error: Invalid arguments for display ID.")
        word = args.required()
    if word is None or word in ("help", "-h"):
        p.out(_HELP)
        return 255 if word is None else 0
    verb = _VERBS.get(word)
    if verb is None:
        p.out(f"Unknown command: {word}\n")
        return 255
    args.verb = word
    verb(p.system, args)
    return 0


# ---------------------------------------------------------------------- touches


def tap(system: System, x: float, y: float) -> None:
    """Tap. Two taps at about the same place with nothing in between are a double tap; one that may become that is held back."""
    kernel = system.kernel
    before = system.last_tap
    if before is not None and abs(before[0] - x) <= _DOUBLE_TAP_PX and abs(before[1] - y) <= _DOUBLE_TAP_PX:
        kernel.shell.touched()
        if before[2]:
            system.last_tap = None
            kernel.input.double_tap(x, y)
        else:
            kernel.input.tap(x, y)
        system.acted(_DOUBLE_TAP_MS)
        system.last_tap = None
        return
    system.finish_tap()
    kernel.shell.touched()
    if not kernel.hardware.screen_on:
        return
    held = kernel.input.takes_double(x, y)
    if not held:
        kernel.input.tap(x, y)
    system.acted()
    system.last_tap = (x, y, held)


def _tap(system: System, args: _Args) -> None:
    x, y = args.number(), args.number()
    tap(system, x, y)


def _on(system: System) -> bool:
    """Touches and text do nothing while the screen is off."""
    system.finish_tap()
    system.kernel.shell.touched()
    return system.kernel.hardware.screen_on


def _swipe(system: System, args: _Args) -> None:
    x1, y1, x2, y2, ms = *(args.number() for _ in range(4)), _duration(args)
    if _on(system):
        system.kernel.input.swipe(x1, y1, x2, y2, ms)
        system.acted(ms)


def _duration(args: _Args) -> int:
    word = args.next()
    ms = _DEFAULT_SWIPE_MS if word is None else args.integer(word)
    return _DEFAULT_SWIPE_MS if ms < 0 else ms


def _drag(system: System, args: _Args) -> None:
    x1, y1, x2, y2, ms = *(args.number() for _ in range(4)), _duration(args)
    if _on(system):
        end = _DRAG_HOLD_MS + ms
        system.acted(perform_tracks(system.phone, [[(0, x1, y1), (_DRAG_HOLD_MS, x1, y1), (end, x2, y2)]]))


def _motion(system: System, args: _Args) -> None:
    name = args.required()
    action = name.upper()
    if action not in ("DOWN", "UP", "MOVE", "CANCEL"):
        raise JavaError(f"Unknown action: {name}")
    x, y = (0.0, 0.0) if action == "CANCEL" and args.peek() is None else (args.number(), args.number())
    system.finish_tap()
    touch, now = system.touch, system.kernel.clock.now_ms
    if action == "DOWN":
        touch.down(0, now, x, y)
    elif action == "MOVE":
        touch.move(0, now, x, y)
    elif action == "CANCEL":
        touch.cancel()
    elif touch.up(0, now, x, y):
        system.acted()


def _press(system: System, args: _Args) -> None:
    del args
    system.finish_tap()
    press_keycode(system.phone, 23)
    system.acted()


def _roll(system: System, args: _Args) -> None:
    args.number()
    args.number()
    system.finish_tap()


# ---------------------------------------------------------------------- keys and text


def _text(system: System, args: _Args) -> None:
    text = args.required().replace("%s", " ")
    method = system.kernel.settings.get("secure", "default_input_method") or ""
    if method.startswith("io.appium.settings/") and _through_appium(system, method.rpartition(".")[2], text):
        return
    if any(keys_for(char) is None for char in text):
        raise JavaError("Attempt to get length of null array", "java.lang.NullPointerException")
    if not _on(system):
        return
    kernel = system.kernel
    typed = 0
    for part in re.split(r"([\n\t])", text):
        if part in ("\n", "\t"):
            press_keycode(system.phone, 66 if part == "\n" else 61)
            typed += 1
        elif (part or not text) and kernel.input.type_text(part, clear=False, submit=False) is None:
            typed += len(part) or 1
    if typed:
        system.acted(len(text) * TYPE_MS_PER_CHAR)


def _through_appium(system: System, method: str, text: str) -> bool:
    """What the keyboards of Appium's settings app make of keys: `UnicodeIME` decodes UTF-7, `AppiumIME` runs `/action/`."""
    if method == "UnicodeIME":
        type_text(system, _decode_utf7(text))
        return True
    name = text[1:-1].lower() if method == "AppiumIME" and len(text) > 2 and text[0] == text[-1] == "/" else ""
    code = EDITOR_ACTIONS.get(name, int(name) if name.isascii() and name.isdigit() and len(name) < 4 else -1)
    if code < 0:
        return False
    editor_action(system, code)
    return True


def _decode_utf7(text: str) -> str:
    """IMAP's UTF-7: `&` begins base64 of UTF-16, `-` ends it, `&-` is `&`."""

    def decoded(match: re.Match[str]) -> str:
        if not match[1]:
            return "&"
        try:
            data = base64.b64decode(match[1].replace(",", "/") + "=" * (-len(match[1]) % 4))
            return data[: len(data) // 2 * 2].decode("utf-16-be")
        except (binascii.Error, UnicodeDecodeError):
            return match[0]

    return re.sub(r"&([A-Za-z0-9+,/]*)-?", decoded, text)


def _keyevent(system: System, args: _Args) -> None:
    long = double = False
    word = args.required()
    if word == "--longpress":
        long, word = True, args.required()
    elif word == "--doubletap":
        double, word = True, args.required()
    while True:
        code = parse_keycode(word)
        system.finish_tap()
        for _ in range(2 if double else 1):
            press_keycode(system.phone, code, long=long)
        system.acted(_LONG_PRESS_KEY_MS if long else 0)
        following = args.next()
        if following is None:
            return
        word = following


def _combination(system: System, args: _Args) -> None:
    ms = 0
    if args.peek() == "-t":
        args.next()
        ms = args.integer(args.required())
    codes: list[int] = []
    while (word := args.next()) is not None:
        code = parse_keycode(word)
        if not code:
            raise JavaError(f"Unknown keycode: {word}")
        codes.append(code)
    if len(codes) < 2:
        raise JavaError("keycombination requires at least 2 keycodes")
    system.finish_tap()
    press_combination(system.phone, codes)
    system.acted(max(0, ms))


_VERBS: Final[Mapping[str, Callable[[System, _Args], None]]] = {
    "text": _text, "keyevent": _keyevent, "tap": _tap, "swipe": _swipe, "draganddrop": _drag, "press": _press, "roll": _roll,
    "motionevent": _motion, "keycombination": _combination,
}  # fmt: skip
