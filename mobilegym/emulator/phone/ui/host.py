"""What a widget with state needs from whoever shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from mobilegym.emulator.phone.ui.theme import Ui

__all__ = ["Host"]


class Host(Protocol):
    """An activity or system window: it keeps what must survive a rebuild, as plain immutable data."""

    @property
    def ui(self) -> Ui: ...
    @property
    def fields(self) -> Mapping[str, str]:
        """Text of every text field by its key."""
        ...

    @property
    def scroll(self) -> Mapping[str, int]:
        """Scroll offset in px by the container's key."""
        ...

    @property
    def focus(self) -> str:
        """Key of the focused text field, or empty."""
        ...

    @property
    def selection(self) -> tuple[int, int]:
        """Selected range of the focused field's text; equal ends are a caret."""
        ...

    def run_snack_action(self) -> None:
        """The button of the snackbar was pressed."""
        ...
