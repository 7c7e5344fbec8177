"""Toasts: a pill near the bottom that goes away by itself."""

from __future__ import annotations

from typing import ClassVar

from mobilegym.emulator.phone.kernel.surface import Depends, Surface
from mobilegym.emulator.phone.ui.layout import Row
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, View
from mobilegym.emulator.phone.ui.widgets.app_icon import AppDisc
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["Toast"]


class Toast(Surface[None]):
    """Shows `kernel.shell.state.toast`, with the icon of the app that it comes from."""

    depends: ClassVar[frozenset[Depends]] = frozenset(("shell", "ime"))

    def initial(self) -> None:
        return None

    def build(self) -> View:
        shell = self.kernel.shell.state
        manifest = self.kernel.packages.manifests.get(shell.toast_package)
        icon = (
            None
            if manifest is None
            else AppDisc(manifest.icon.glyph, manifest.icon.background, manifest.icon.foreground, size=24, rid="icon")
        )
        return Row(
            icon,
            Text(shell.toast, "body_medium", rid="text", max_lines=2, weight=1, loose=True),
            gap=10,
            background="surface_container_high",
            radius=24,
            padding=(12, 12, 20, 12),
            elevation=3,
            max_width=360,
        )

    def place(self, ui: Ui, box: Box) -> tuple[int, int]:
        keyboard = ui.keyboard if self.kernel.ime.shown else 0
        return (ui.width - box.w) // 2, ui.height - ui.navigation_bar - keyboard - box.h - ui.px(24 if keyboard else 64)
