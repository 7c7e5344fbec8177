"""Asks for the name of a conversation."""

from __future__ import annotations

from typing import Any

from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import DialogButton, InputDialog

__all__ = ["ask_name"]

_FIELD = "conversation_name"


def ask_name(screen: Activity[Any], present: str, done: Call) -> None:
    """Show the dialog with the present name; `done` gets the new one."""
    screen.set_field(_FIELD, present)
    screen.show(InputDialog(
        heading="Rename conversation", message="Only you can see this conversation name", key=_FIELD, label="Conversation name",
        input_rid="rename_conv_edit_text", positive=DialogButton("OK", done), negative=DialogButton("Cancel"),
    ))  # fmt: skip
