"""Screens that take a PIN: setting a new one (twice), and confirming the present one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Row, Spacer
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["PIN", "ConfirmLock", "PinState", "SetPin", "lock_kind"]

PIN: Final = "lockscreen_pin"
"""Setting of table secure that holds the PIN."""
_FIELD: Final = "password_entry"


def lock_kind(activity: Activity[Any]) -> str:
    """`none`, `swipe` or `pin`."""
    settings = activity.kernel.settings
    if settings.get("secure", PIN):
        return "pin"
    return "none" if settings.get("secure", "lockscreen.disabled") == "1" else "swipe"


@dataclass(frozen=True, slots=True)
class PinState:
    """The first PIN, while it is to be entered again, and what was wrong."""

    first: str = ""
    error: str = ""


class _PinScreen(Activity[PinState]):
    heading = ""

    def initial(self) -> PinState:
        return PinState()

    def on_create(self) -> None:
        self.focus_on(_FIELD)

    def message(self) -> str:
        """The line above the field."""
        return ""

    def typed(self, text: str) -> None:
        """A digit was typed or removed."""
        digits = "".join(c for c in text if c.isdigit())
        if digits != text:
            self.set_field(_FIELD, digits)
        if self.state.error:
            self.update(error="")

    def submit(self, *_: object) -> None:
        """The button, or the keyboard's action key."""

    def buttons(self) -> View:
        """What is below the field."""
        return Spacer()

    def frame(self, title: str) -> View:
        """Icon, title, message, field, buttons."""
        error = self.state.error
        return Column(
            Icon("lock-outline", size=32, color="primary", margin=(24, 40, 0, 16)),
            Text(title, "headline_large", rid="suc_layout_title", padding=(24, 0, 24, 8)),
            Text(self.message(), "body_large", rid="sud_layout_subtitle", color="on_surface_variant", padding=(24, 0, 24, 16)),
            EditText(
                self,
                _FIELD,
                hint="PIN",
                input_type="number",
                password=True,
                ime="next",
                role="headline_small",
                rid="password_entry",
                width=FILL,
                min_height=56,
                padding=(16, 8),
                margin=(24, 8),
                radius=8,
                border="error" if error else "primary",
                border_width=2,
                max_length=16,
                on_change=Call(_PinScreen.typed),
                on_submit=call(_PinScreen.submit),
            ),
            Text(error, "body_small", color="error", rid="error", padding=(40, 0)) if error else None,
            Spacer(),
            self.buttons(),
            cls="android.widget.LinearLayout",
            rid="setup_wizard_layout",
            width=FILL,
            height=FILL,
            cross="start",
        )


class SetPin(_PinScreen):
    """Asks for a new PIN, then for the same again."""

    name = "com.android.settings.password.ChooseLockPassword"

    def message(self) -> str:
        return "Re-enter your PIN" if self.state.first else "PIN must be at least 4 digits"

    def build(self) -> View:
        return self.frame("Re-enter your PIN" if self.state.first else "Set a PIN")

    def buttons(self) -> View:
        ready = len(self.field(_FIELD)) >= 4
        first = Button("Clear", call(SetPin.clear), kind="text") if self.state.first else Button("Cancel", call(SetPin.cancel), kind="text")
        return Row(
            first,
            Spacer(),
            Button("Confirm" if self.state.first else "Next", call(SetPin.submit), enabled=ready),
            cls=None,
            width=FILL,
            padding=(16, 12, 24, 12),
        )

    def clear(self) -> None:
        """Begin again."""
        self.set_field(_FIELD, "")
        self.update(first="", error="")
        self.focus_on(_FIELD)

    def cancel(self) -> None:
        """Leave the lock as it was."""
        self.finish()

    def submit(self, *_: object) -> None:
        pin = self.field(_FIELD)
        if len(pin) < 4:
            self.update(error="PIN must be at least 4 digits")
        elif not self.state.first:
            self.set_field(_FIELD, "")
            self.update(first=pin)
            self.focus_on(_FIELD)
        elif pin != self.state.first:
            self.set_field(_FIELD, "")
            self.update(error="PINs don’t match")
        else:
            self.kernel.settings.put("secure", PIN, pin)
            self.kernel.settings.put("secure", "lockscreen.disabled", "0")
            self.effect("screen_lock.changed", "reversible", kind="pin")
            self.finish(Intent.of(set=True))


class ConfirmLock(_PinScreen):
    """Asks for the present PIN; finishes with a result where it is right."""

    name = "com.android.settings.password.ConfirmLockPassword"

    def message(self) -> str:
        return "Enter your device PIN to continue"

    def build(self) -> View:
        return self.frame("Re-enter your PIN")

    def buttons(self) -> View:
        return Row(
            Button("Cancel", call(ConfirmLock.cancel), kind="text"),
            Spacer(),
            Button("Next", call(ConfirmLock.submit), enabled=len(self.field(_FIELD)) >= 4),
            cls=None,
            width=FILL,
            padding=(16, 12, 24, 12),
        )

    def cancel(self) -> None:
        """Do not go on."""
        self.finish()

    def submit(self, *_: object) -> None:
        if self.field(_FIELD) == self.kernel.settings.get("secure", PIN):
            self.finish(Intent.of(confirmed=True))
        else:
            self.set_field(_FIELD, "")
            self.update(error="Wrong PIN")
