"""Actions as shell scripts. One action is one script, so nothing comes between its parts."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from mobilegym.actions import DoubleTap, Key, LongPress, Scroll, Swipe, Tap, Type, Wait
from mobilegym.emulator.android.shell import quote
from mobilegym.emulator.android.windows import AWAKE
from mobilegym.observation import Element

__all__ = [
    "KEYCODES",
    "LOCKED",
    "NO_FIELD",
    "NO_KEYBOARD",
    "SCREEN_OFF",
    "SCREEN_OFF_STATUS",
    "focused_field",
    "is_plain",
    "key_script",
    "scroll_path",
    "touch_script",
    "type_script",
    "wait_script",
]

KEYCODES: Final[Mapping[Key, int]] = {
    "back": 4, "home": 3, "recents": 187, "enter": 66, "delete": 67, "tab": 61, "volume_up": 24, "volume_down": 25, "volume_mute": 164,
    "power": 26, "wakeup": 224, "notifications": 83, "menu": 82, "search": 84, "camera": 27, "escape": 111, "dpad_up": 19,
    "dpad_down": 20, "dpad_left": 21, "dpad_right": 22, "dpad_center": 23,
}  # fmt: skip
_CTRL, _A, _DELETE, _ENTER, _PASTE = 113, 29, 67, 66, 279
_NOTIFICATION_KEY_SINCE: Final = 34
"""API level whose phones know the key that opens the shade."""

SCREEN_OFF: Final = "the screen is off; press `power` or `wakeup` first"
LOCKED: Final = "the phone is locked; unlock it first"
NO_KEYBOARD: Final = (
    "`input text` types ASCII only: install ADBKeyboard (`com.android.adbkeyboard`) and choose it, or the clipboard's app `ca.zgrs.clipper`"
)
NO_FIELD: Final = "no text field is focused; tap one first"
SCREEN_OFF_STATUS: Final = 45
"""What a script ends with that found the screen off, and did nothing."""

_FIELDS: Final = ("EditText", "AutoCompleteTextView", "TextInputEditText", "SearchAutoComplete", "TextField")
_SIDEWAYS: Final = ("HorizontalScrollView", "HorizontalGridView", "ViewPager", "ViewPager2", "Gallery", "SlidingTabStrip")
_UPWARDS: Final = ("RecyclerView", "ScrollView", "ListView", "GridView")
_EDGE_PX, _TOP_PX, _BOTTOM_PX = 40, 90, 70
"""Strips along the sides, the top and the bottom where a finger means Back, the shade and Home."""


def touch_script(action: Tap | DoubleTap | LongPress | Swipe | Scroll, elements: Sequence[Element], width: int, height: int) -> str:
    """The script of a touch on a screen of that size; `elements` matter for scrolling only."""
    match action:
        case Tap(x, y):
            touch = f"input tap {_px(x, width)} {_px(y, height)}"
        case DoubleTap(x, y):
            touch = f"input tap {_px(x, width)} {_px(y, height)}"
            touch = f"{touch}; {touch}"
        case LongPress(x, y, ms):
            at = f"{_px(x, width)} {_px(y, height)}"
            touch = f"input swipe {at} {at} {ms}"
        case Swipe(x1, y1, x2, y2, ms):
            touch = f"input swipe {_px(x1, width)} {_px(y1, height)} {_px(x2, width)} {_px(y2, height)} {ms}"
        case Scroll():
            touch = "input swipe " + " ".join(repr(px) for px in scroll_path(action, elements, width, height)) + " 300"
    return f"{AWAKE} || exit {SCREEN_OFF_STATUS}; {touch}"


def scroll_path(action: Scroll, elements: Sequence[Element], width: int, height: int) -> tuple[float, float, float, float]:
    """From where to where the finger goes, px: against the way that is read, over 60 % of what scrolls there."""
    x, y = action.x * width, action.y * height
    vertical = action.direction in ("up", "down")
    left, top, right, bottom = 0, _TOP_PX + 1, width, height
    for element in reversed(elements):
        box = element.bounds
        inside = box.left <= x < box.right and box.top <= y < box.bottom
        if inside and _is_scroller(element) and _is_vertical(element) == vertical:
            left, top, right, bottom = box.left, max(box.top, _TOP_PX + 1), box.right, box.bottom
            break
    left, right = max(left, _EDGE_PX + 1), min(right, width - _EDGE_PX - 1)
    bottom = min(bottom, height - _BOTTOM_PX - 1)
    length = (bottom - top if vertical else right - left) * 0.6
    start = max(length, 0) / 2 * (1 if action.direction in ("down", "right") else -1)
    if vertical:
        middle = (top + bottom) / 2
        return x, middle + start, x, middle - start
    middle = (left + right) / 2
    return middle + start, y, middle - start, y


def _is_scroller(element: Element) -> bool:
    """Whether it scrolls, or would with more in it: the finger stays inside all the same."""
    return element.scrollable or element.cls.endswith((*_SIDEWAYS, *_UPWARDS))


def _is_vertical(element: Element) -> bool:
    """Which way it scrolls. Android does not tell; class names do."""
    return not element.cls.endswith(_SIDEWAYS)


def key_script(key: Key, api_level: int) -> str:
    """The script of a key."""
    if key == "notifications" and api_level < _NOTIFICATION_KEY_SINCE:
        return "cmd statusbar expand-notifications"
    return f"input keyevent {KEYCODES[key]}"


def wait_script(action: Wait, *, extension: bool) -> str:
    """The script of waiting."""
    return f"cmd mobilegym wait {action.ms}" if extension else f"sleep {action.ms / 1000:.3f}"


def focused_field(elements: Sequence[Element]) -> Element | None:
    """The field that has the keyboard, if any."""
    return next((e for e in elements if e.focused and e.enabled and (e.cls.endswith(_FIELDS) or e.password)), None)


def is_plain(text: str) -> bool:
    """Whether `input text` can type it: its key map knows ASCII only."""
    return text.isascii() and all(char.isprintable() for char in text)


def type_script(action: Type, how: Literal["broadcast", "paste"]) -> str:
    """The script that types.

    Args:
        action: What to type.
        how: What for characters that `input text` does not know: `broadcast` to a keyboard that takes `ADB_INPUT_B64`, or `paste`
            of the clipboard, which has the text.
    """
    steps = [f"{AWAKE} || exit {SCREEN_OFF_STATUS}"]
    if action.clear:
        steps += [f"input keycombination {_CTRL} {_A}", f"input keyevent {_DELETE}"]
    if is_plain(action.text):
        steps += [f"input text {quote(part)}" for part in _parts(action.text)]
    elif how == "broadcast":
        steps.append(f"am broadcast -a ADB_INPUT_B64 --es msg {base64.b64encode(action.text.encode()).decode()} >/dev/null")
    else:
        steps.append(f"input keyevent {_PASTE}")
    if action.submit:
        steps.append(f"input keyevent {_ENTER}")
    return "; ".join(steps)


def _parts(text: str) -> list[str]:
    """Arguments of `input text`, which reads `%s` as a space: a real one is cut in two."""
    parts = text.split("%s")
    cut = [part + "%" if i == 0 else "s" + part + "%" for i, part in enumerate(parts[:-1])]
    cut.append(parts[-1] if len(parts) == 1 else "s" + parts[-1])
    return [part.replace(" ", "%s") for part in cut]


def _px(fraction: float, size: int) -> str:
    return repr(fraction * size)
