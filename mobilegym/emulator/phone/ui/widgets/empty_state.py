"""What a list shows while it is empty."""

from __future__ import annotations

from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.layout import Column, Kid
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["EmptyState"]


def EmptyState(icon: str, text: str, detail: str = "", *, action: Kid = None, rid: str = "empty_view") -> View:
    """An icon, a line and what to do about it, in the middle."""
    return Column(
        Icon(icon, size=72, color="outline_variant"),
        Text(text, "title_medium", color="on_surface_variant", text_align="center", rid=rid, padding=(32, 16, 32, 0)),
        Text(detail, "body_medium", color="on_surface_variant", text_align="center", padding=(32, 4, 32, 0)) if detail else None,
        action, cls=None, width=FILL, height=FILL, main="center", cross="center",
    )  # fmt: skip
