"""The keyboard window: keys that type into whatever field is focused. Its ids and labels are those of the stock keyboard."""

from __future__ import annotations

from typing import ClassVar, Final

from mobilegym.emulator.phone.kernel.ime import KeyboardMode
from mobilegym.emulator.phone.kernel.surface import Depends, Surface
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import call
from mobilegym.emulator.phone.ui.layout import Column, Row, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import ImeAction

__all__ = ["Keyboard"]

_LETTERS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SYMBOLS: Final = ("1234567890", "@#$_&-+()/", "*\"':;!?")
_MORE: Final = ("~`|•√π÷×¶∆", "£¢€¥^°={}\\", "©®™✓[]<>")
_NUMBERS: Final = ("123", "456", "789", "+0.")
_ROW_IDS: Final = ("D", "C", "B")
_ACTIONS: Final[dict[ImeAction, tuple[str, str]]] = {
    "done": ("check", "Done"), "next": ("arrow-right", "Next"), "search": ("magnify", "Search"), "send": ("send", "Send"),
    "go": ("arrow-right", "Go"), "newline": ("keyboard-return", "Enter"),
}  # fmt: skip


class Keyboard(Surface[None]):
    """Builds one of the six layouts; everything it shows is shared between phones."""

    depends: ClassVar[frozenset[Depends]] = frozenset(("ime", "settings"))

    def initial(self) -> None:
        return None

    def watch(self) -> object:
        return self._action()

    def build(self) -> View:
        return memo(self.ui, _keyboard, self.kernel.ime.mode, self._action())

    def _action(self) -> ImeAction:
        spec = self.kernel.ime.spec()
        return "done" if spec is None else "newline" if spec.multiline else spec.ime

    def type(self, text: str) -> None:
        """A key with a character."""
        self.kernel.ime.commit(text)

    def delete(self) -> None:
        """Backspace."""
        self.kernel.ime.delete()

    def clear(self) -> None:
        """Backspace held down."""
        self.kernel.ime.clear()

    def mode(self, mode: KeyboardMode) -> None:
        """Shift or another layer."""
        self.kernel.ime.set_mode(mode)

    def act(self) -> None:
        """The action key."""
        self.kernel.ime.action()

    def close(self) -> None:
        """Put the keyboard away."""
        self.kernel.ime.hide()


def _keyboard(mode: KeyboardMode, action: ImeAction) -> View:
    rows = _number_rows(action) if mode == "numbers" else _text_rows(mode, action)
    return Column(
        Row(
            _strip_icon("apps", "Open features menu", "key_pos_header_access_points_menu"),
            _strip_icon("emoticon-outline", "Emoji button", ""),
            _strip_icon("microphone", "Use voice typing", "key_pos_header_power_key"),
            rid="keyboard_header_view_holder", cls="android.widget.FrameLayout", main="between", width=FILL, height=44, padding=(12, 0),
        ),
        Column(*rows, gap=6, rid="input_area", width=FILL, padding=(4, 2, 4, 8), weight=1, cross="fill"),
        View(cls=None, height=24),
        cls="android.widget.FrameLayout", rid="keyboard_holder", width=FILL, height=FILL, background="surface_container", cross="fill",
        clickable=False,
    )  # fmt: skip


def _strip_icon(icon: str, desc: str, rid: str) -> View:
    return Stack(Icon(icon, size=22, gravity="center"), desc=desc, rid=rid, width=48, height=40, cls="android.widget.FrameLayout")


def _key(text: str, rid: str, *, types: str = "", weight: float = 1, hint: str = "") -> View:
    label = Text(text, "title_large", cls=None, gravity="center", size=21, fixed=True)
    small: View | None = None
    if hint:
        small = Text(hint, "label_small", color="on_surface_variant", cls=None, gravity="top_end", margin=(0, 1, 5, 0), fixed=True)
    return Stack(
        label, small, rid=rid, cls="android.widget.FrameLayout", desc=text, on_tap=call(Keyboard.type, types or text), weight=weight,
        background="surface_container_lowest", radius=6, align="fill",
    )  # fmt: skip


def _special(
    desc: str,
    rid: str,
    tap: object,
    *,
    icon: str = "",
    text: str = "",
    weight: float = 1.5,
    background: Color = "surface_container_highest",
    color: Color = "on_surface",
    radius: float = 6,
    hold: object = None,
) -> View:
    inner = (
        Icon(icon, size=22, color=color, gravity="center")
        if icon
        else Text(text, "label_large", color=color, cls=None, gravity="center", fixed=True)
    )
    return Stack(
        inner, rid=rid, desc=desc, on_tap=tap, on_long=hold, weight=weight, background=background, radius=radius, align="fill",  # type: ignore[arg-type]
        cls="android.widget.FrameLayout",
    )  # fmt: skip


def _text_rows(mode: KeyboardMode, action: ImeAction) -> list[View]:
    layer = _SYMBOLS if mode == "symbols" else _MORE if mode == "more_symbols" else _LETTERS
    upper = mode in ("shift", "caps")
    letters = layer is _LETTERS
    rows: list[View] = []
    for number, chars in enumerate(layer):
        keys = [
            _key(c.upper() if upper else c, f"{_ROW_IDS[number]}{i + 1:02d}", hint=str((i + 1) % 10) if letters and number == 0 else "")
            for i, c in enumerate(chars)
        ]  # fmt: skip
        if number == 2:
            keys = [
                _left_key(mode),
                *keys,
                _special("Delete", "key_pos_del", call(Keyboard.delete), icon="backspace-outline", hold=call(Keyboard.clear)),
            ]
        inset = 18 if letters and number == 1 else 0
        rows.append(Row(*keys, gap=5, width=FILL, weight=1, padding=(inset, 0)))
    icon, desc = _ACTIONS[action]
    rows.append(
        Row(
            _special(
                "Symbol keyboard" if letters else "Letter keyboard",
                "key_pos_symbol",
                call(Keyboard.mode, "symbols" if letters else "letters"),
                text="?123" if letters else "ABC",
            ),
            _key(",", "key_pos_comma"),
            _space(),
            _key(".", "key_pos_period"),
            _special(desc, "key_pos_ime_action", call(Keyboard.act), icon=icon, background="primary", color="on_primary", radius=20),
            gap=5,
            width=FILL,
            weight=1,
        )
    )
    return rows


def _left_key(mode: KeyboardMode) -> View:
    if mode == "symbols":
        return _special("More symbols", "key_pos_shift", call(Keyboard.mode, "more_symbols"), text="=\\<")
    if mode == "more_symbols":
        return _special("Symbols", "key_pos_shift", call(Keyboard.mode, "symbols"), text="?123")
    following: KeyboardMode = {"letters": "shift", "shift": "caps", "caps": "letters"}[mode]  # type: ignore[assignment,index]
    icon = {"letters": "apple-keyboard-shift", "shift": "apple-keyboard-shift", "caps": "apple-keyboard-caps"}[mode]
    return _special(
        "Shift", "key_pos_shift", call(Keyboard.mode, following), icon=icon, color="primary" if mode != "letters" else "on_surface"
    )


def _number_rows(action: ImeAction) -> list[View]:
    icon, desc = _ACTIONS[action]
    ends = (
        _special("Delete", "key_pos_del", call(Keyboard.delete), icon="backspace-outline", weight=1, hold=call(Keyboard.clear)),
        _special("Letter keyboard", "key_pos_symbol", call(Keyboard.mode, "letters"), text="ABC", weight=1),
        _special("Space", "key_pos_space", call(Keyboard.type, " "), icon="keyboard-space", weight=1),
        _special(desc, "key_pos_ime_action", call(Keyboard.act), icon=icon, background="primary", color="on_primary", radius=20, weight=1),
    )  # fmt: skip
    return [
        Row(*[_key(c, f"N{row}{i}", weight=1.4) for i, c in enumerate(chars)], ends[row], gap=5, width=FILL, weight=1)
        for row, chars in enumerate(_NUMBERS)
    ]  # fmt: skip


def _space() -> View:
    return Stack(
        Text("English", "label_medium", color="on_surface_variant", cls=None, gravity="center", fixed=True),
        rid="key_pos_space",
        desc="Space",
        cls="android.widget.FrameLayout",
        on_tap=call(Keyboard.type, " "),
        weight=4.6,
        background="surface_container_lowest",
        radius=6,
        align="fill",
    )
