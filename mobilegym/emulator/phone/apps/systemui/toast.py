"""Toasts: a pill near the bottom that goes away by itself."""

from __future__ import annotations

from typing import ClassVar

from mobilegym.emulator.phone.kernel.surface import Depends, Surface
from mobilegym.emulator.phone.ui.layout import Row
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, View
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["Toast"]


class Toast(Surface[None]):
    """Shows `kernel.shell.toast`."""

    depends: ClassVar[frozenset[Depends]] = frozenset(("shell",))

    def initial(self) -> None:
        return None

    def build(self) -> View:
        return Row(
            Text(self.kernel.shell.toast, "body_medium", rid="text", max_lines=2),
            background="surface_container_high", radius=24, padding=(20, 12), elevation=3, max_width=360,
        )  # fmt: skip

    def place(self, ui: Ui, box: Box) -> tuple[int, int]:
        return (ui.width - box.w) // 2, ui.height - ui.navigation_bar - box.h - ui.px(64)
