"""Editable text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias, Unpack

from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui import text as typeset
from mobilegym.emulator.phone.ui.attrs import FILL, ViewAttrs
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Kid, Placed, Row, Stack
from mobilegym.emulator.phone.ui.theme import TYPE_SCALE, Color, Ui, with_alpha
from mobilegym.emulator.phone.ui.view import Box, Recorder, View
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["EditSpec", "EditText", "ImeAction", "InputType", "OutlinedField"]

InputType: TypeAlias = Literal["text", "number", "phone", "email", "password", "uri"]
ImeAction: TypeAlias = Literal["done", "next", "search", "send", "go", "newline"]


@dataclass(frozen=True, slots=True)
class EditSpec:
    """What the input method needs to know of a field."""

    key: str
    input_type: InputType
    ime: ImeAction
    multiline: bool
    max_length: int
    on_change: Call | None
    """Gets the new text."""
    on_submit: Call | None
    """Gets the text, when the keyboard's action key is pressed."""


class EditText(View):
    """A bare text field (no frame). Its text lives in the host under `key`; the framework edits it there.

    Args:
        host: Who shows it.
        key: Key in `host.fields`.
        hint: Shown while empty; reported as text then, as Android does.
        role: Step of the type scale.
        ime: What the keyboard's action key does.
        multiline: Wraps, and the action key makes a new line.
        on_change: Called with the new text after every edit.
        on_submit: Called with the text when the action key is pressed.
        floating: The hint is shown elsewhere (a floating label) and only reported.
    """

    interned: ClassVar[bool] = False
    cls: str | None = "android.widget.EditText"
    focusable = True

    def __init__(
        self, host: Host, key: str, *, hint: str = "", role: str = "body_large", color: Color = "on_surface",
        input_type: InputType = "text", ime: ImeAction = "done", multiline: bool = False, max_length: int = 10_000,
        on_change: Call | None = None, on_submit: Call | None = None, size: float = 0, floating: bool = False, **attrs: Unpack[ViewAttrs],
    ) -> None:  # fmt: skip
        self.edit_key = key
        self.value = host.fields.get(key, "")
        self.hint = self.placeholder = hint
        self.floating = floating
        self.role = role
        self.color = color
        self.size = size
        self.multiline = multiline
        self.focused = host.focus == key
        self.selection = host.selection if self.focused else (0, 0)
        self.password = input_type == "password"
        self.clickable = self.long_clickable = True
        self.edit = EditSpec(key, input_type, ime, multiline, max_length, on_change, on_submit)
        self.__dict__.update(attrs)

    @property
    def shown(self) -> str:
        """The text as drawn: dots for a password."""
        return "•" * len(self.value) if self.password else self.value

    @property
    def text(self) -> str:
        return self.shown or self.placeholder

    def _metrics(self, ui: Ui) -> tuple[typeset.TextStyle, int]:
        role = TYPE_SCALE[self.role]
        size = self.size or role.size
        return ui.style(size, role.weight), round(role.line_height * size / role.size * ui.font_scale * ui.scale)

    def _lines(self, ui: Ui, width: int) -> tuple[typeset.Line, ...]:
        style, _ = self._metrics(ui)
        if self.multiline and self.shown:
            return typeset.wrap(self.shown, style, width, 10_000)
        text = self.shown or ("" if self.floating else typeset.ellipsize(self.placeholder, style, width))
        return (typeset.Line(text, typeset.width(text, style)),)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        _, line_height = self._metrics(ui)
        lines = self._lines(ui, max_w)
        return max(min_w, min(max_w, max(line.width for line in lines))), max(min_h, line_height * len(lines)), (), 0

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        ui = p.ui
        style, line_height = self._metrics(ui)
        left, top, right, bottom = self.padding_px(ui)
        width = box.w - left - right
        lines = self._lines(ui, width)
        color = ui.color(self.color if self.value else "on_surface_variant")
        if not self.enabled:
            color = with_alpha(color, 0.38)
        free = max(0, (box.h - top - bottom - line_height * len(lines)) // 2)
        base = y + top + (0 if self.multiline else free)
        rise = (line_height - typeset.line_height(style)) // 2 + typeset.ascent(style)
        outer = p.clip
        p.clip = (max(outer[0], x), max(outer[1], y), min(outer[2], x + box.w), min(outer[3], y + box.h))
        at, before = self.selection[1], 0
        for i, line in enumerate(lines):
            # A single line that is too long shows its end, where the caret is.
            shift = min(0, width - line.width - 6) if self.focused and not self.multiline else 0
            line_y = base + i * line_height
            end = before + len(line.text)
            if self.focused and self.value:
                self._draw_selection(p, style, line.text, before, x + left + shift, line_y, line_height)
            p.put(ops.text(x + left + shift, line_y + rise, line.text, style, color, p.clip))
            last = i == len(lines) - 1
            if self.focused and (before <= at <= end or last) and self.selection[0] == at:
                inside = min(max(0, at - before), len(line.text)) if self.value else 0
                caret = x + left + shift + typeset.caret_x(line.text, inside, style)
                p.put(ops.rect(caret, line_y + 2, max(2, ui.px(2)), line_height - 4, ui.color("primary"), p.clip))
                at = -1
            before = self._after(before, line.text)
        p.clip = outer

    def _after(self, before: int, line: str) -> int:
        """Index in the text where the next line starts: wrapping swallows the white space between lines."""
        end = before + len(line)
        return end + 1 if end < len(self.shown) and self.shown[end] in " \n" else end

    def _draw_selection(self, p: Recorder, style: typeset.TextStyle, line: str, before: int, x: int, y: int, high: int) -> None:
        low, top = sorted(self.selection)
        low, top = max(low - before, 0), min(top - before, len(line))
        if low < top:
            start, stop = typeset.caret_x(line, low, style), typeset.caret_x(line, top, style)
            p.put(ops.rect(x + start, y, stop - start, high, with_alpha(p.ui.color("primary"), 0.3), p.clip))

    def index_at(self, ui: Ui, box: Box, x: float, y: float) -> int:
        """Index of the character gap nearest to a point relative to the box, px."""
        style, line_height = self._metrics(ui)
        left, top, right, _ = self.padding_px(ui)
        if not self.value:
            return 0
        lines = self._lines(ui, box.w - left - right)
        row = min(max(0, int(y - top) // max(1, line_height)), len(lines) - 1) if self.multiline else 0
        before = 0
        for line in lines[:row]:
            before = self._after(before, line.text)
        return before + typeset.index_at(lines[row].text, int(x - left), style)


def OutlinedField(
    host: Host, key: str, label: str, *, leading: Kid = None, trailing: Kid = None, error: str = "", supporting: str = "",
    input_type: InputType = "text", ime: ImeAction = "next", multiline: bool = False, on_change: Call | None = None,
    on_submit: Call | None = None, rid: str = "", desc: str = "", enabled: bool = True, margin: tuple[float, float] = (16, 6),
    background: Color = "background",
) -> View:  # fmt: skip
    """Material's outlined text field: `label` sits inside while empty and floats on the outline otherwise."""
    focused, filled = host.focus == key, bool(host.fields.get(key))
    accent: Color = "error" if error else "primary" if focused else "outline"
    edit = EditText(
        host, key, hint=label, input_type=input_type, ime=ime, multiline=multiline, on_change=on_change, on_submit=on_submit,
        rid=rid, desc=desc, enabled=enabled, width=FILL, min_height=56, padding=(16 if leading is None else 4, 16), weight=1,
        floating=filled or focused,
    )  # fmt: skip
    frame = Row(
        leading, edit, trailing, cls=None, width=FILL, min_height=56, radius=4, border=accent,
        border_width=2 if focused else 1, cross="center", padding=(12 if leading is not None else 0, 0, 4 if trailing else 0, 0),
    )  # fmt: skip
    floating = Text(label, "body_small", color=accent if focused or error else "on_surface_variant", cls=None,
                    background=background, padding=(4, 0), margin=(12, -8, 0, 0)) if label and (filled or focused) else None  # fmt: skip
    note = error or supporting
    return Column(
        Stack(frame, floating, cls=None, width=FILL),
        Text(note, "body_small", color="error" if error else "on_surface_variant", padding=(16, 4, 16, 0)) if note else None,
        cls=None, width=FILL, margin=margin,
    )  # fmt: skip
