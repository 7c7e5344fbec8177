"""Text."""

from __future__ import annotations

from typing import Literal, Unpack

from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui import text as typeset
from mobilegym.emulator.phone.ui.attrs import ViewAttrs
from mobilegym.emulator.phone.ui.layout import Placed
from mobilegym.emulator.phone.ui.theme import TYPE_SCALE, Color, Ui
from mobilegym.emulator.phone.ui.view import Box, Recorder, View

__all__ = ["Text"]


class Text(View):
    """Text in one style, wrapped at the available width and ellipsised after `max_lines`.

    Args:
        content: The text; newlines are honoured.
        role: Step of the type scale (`body_large`, `title_medium`, …).
        color: Theme role or ARGB.
        max_lines: 0 for as many as it takes.
        text_align: Within the view's own width.
        weight_: Font weight that overrides the role's (`regular`, `medium`, `bold`, …).
        size: sp, overrides the role's.
        fixed: The size is in dp: it does not follow the font size that the owner has set.
        underline: Draw a line under the text (links, strike-through is not offered).
    """

    cls: str | None = "android.widget.TextView"

    def __init__(
        self, content: str, role: str = "body_medium", *, color: Color = "on_surface", max_lines: int = 0,
        text_align: Literal["start", "center", "end"] = "start", font: str = "", size: float = 0, strike: bool = False,
        fixed: bool = False, **attrs: Unpack[ViewAttrs],
    ) -> None:  # fmt: skip
        self.content = content
        self.role = role
        self.color = color
        self.max_lines = max_lines
        self.text_align = text_align
        self.font = font
        self.size = size
        self.strike = strike
        self.fixed = fixed
        self.__dict__.update(attrs)

    @property
    def text(self) -> str:
        return self.label or self.content

    def _metrics(self, ui: Ui) -> tuple[typeset.TextStyle, int]:
        role = TYPE_SCALE[self.role]
        size = (self.size or role.size) / (ui.font_scale if self.fixed else 1)
        style = ui.style(size, self.font or role.weight)
        line = role.line_height * (size / role.size)
        return style, max(1, round(line * ui.font_scale * ui.scale))

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        style, line_height = self._metrics(ui)
        lines = typeset.wrap(self.content, style, max_w, self.max_lines or 10_000)
        width = max([line.width for line in lines], default=0)
        return max(min_w, width), max(min_h, line_height * max(1, len(lines))), (), 0

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        # Lines depend on the width alone, which the box repeats: a view shared by two layouts lays out anew here.
        ui = p.ui
        left, top, right, bottom = self.padding_px(ui)
        width, height = box.w - left - right, box.h - top - bottom
        style, line_height = self._metrics(ui)
        lines = typeset.wrap(self.content, style, width, self.max_lines or 10_000)
        color = ui.color(self.color)
        if not self.enabled:
            color = (color & 0xFFFFFF) | 0x61000000
        base = y + top + max(0, (height - line_height * len(lines)) // 2)
        rise = (line_height - typeset.line_height(style)) // 2 + typeset.ascent(style)
        for i, line in enumerate(lines):
            shift = 0 if self.text_align == "start" else (width - line.width) // (2 if self.text_align == "center" else 1)
            baseline = base + i * line_height + rise
            p.put(ops.text(x + left + shift, baseline, line.text, style, color, p.clip))
            if self.strike:
                p.put(
                    ops.rect(
                        x + left + shift, baseline - int(style.size_px * 0.3), line.width, max(2, int(style.size_px * 0.07)), color, p.clip
                    )
                )
