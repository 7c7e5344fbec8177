"""Snackbars and toasts."""

from __future__ import annotations

from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["snackbar_view"]


def snackbar_view(text: str, action: str) -> View:
    """A dark line with a message and, where `action` is not empty, a button."""
    return Row(
        Text(text, "body_medium", color="inverse_on_surface", rid="snackbar_text", weight=1, max_lines=2, padding=(0, 14)),
        Text(
            action, "label_large", color="inverse_primary", cls="android.widget.Button", rid="snackbar_action", padding=(12, 14),
            on_tap=Call(_run_action),
        ) if action else None,
        cls="android.widget.FrameLayout", width=FILL, min_height=48, padding=(16, 0, 4 if action else 16, 0),
        background="inverse_surface", radius=4, elevation=3,
    )  # fmt: skip


def _run_action(surface: Host) -> None:
    surface.run_snack_action()
