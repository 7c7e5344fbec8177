"""The screen of a call, and what places one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.contacts.rows import avatar
from mobilegym.emulator.phone.apps.dialer.calling import IN_CALL
from mobilegym.emulator.phone.apps.dialer.rows import keypad
from mobilegym.emulator.phone.apps.dialer.store import number_of, party, quick_responses
from mobilegym.emulator.phone.apps.numbers import shown_number
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.surface import Depends
from mobilegym.emulator.phone.kernel.telephony import CallState
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.bottom_sheet import ListSheet, SheetItem
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton, InputDialog
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["InCallActivity", "InCallState", "PlaceCallActivity"]

_RED: Final = 0xFFD93025
_GREEN: Final = 0xFF1E8E3E
_CALLING_MS: Final = 3000
"""How long an outgoing call says that it is being placed."""


@dataclass(frozen=True)
class InCallState:
    """The keypad and what was pressed on it."""

    keypad: bool = False
    tones: str = ""


class InCallActivity(Activity[InCallState]):
    """Shows the call that rings or goes on."""

    name = IN_CALL
    edge_to_edge = True
    depends: ClassVar[frozenset[Depends]] = frozenset(("databases", "settings", "hardware", "telephony", "second"))

    def initial(self) -> InCallState:
        return InCallState()

    def on_resume(self) -> None:
        if self.kernel.telephony.call.phase == "idle":
            self.finish()

    def on_back(self) -> bool:
        if self.state.keypad:
            self.update(keypad=False)
            return True
        return False

    # ------------------------------------------------------------------ acting

    def answer(self) -> None:
        """Take the call."""
        self.kernel.telephony.answer()

    def decline(self) -> None:
        """Refuse the call."""
        self.kernel.telephony.decline()

    def end(self) -> None:
        """Hang up."""
        self.kernel.telephony.hang_up()

    def toggle(self, what: str) -> None:
        """Mute, speaker or hold, on or off."""
        self.kernel.telephony.change(**{what: not getattr(self.kernel.telephony.call, what)})

    def toggle_keypad(self) -> None:
        """Show the keypad, or hide it."""
        self.update(keypad=not self.state.keypad)

    def press_key(self, key: str) -> None:
        """A tone."""
        self.update(tones=self.state.tones + key)

    def choose_response(self) -> None:
        """The quick responses."""
        items = [SheetItem(text, call(InCallActivity.respond, text)) for text in quick_responses(self.kernel)]
        self.show(ListSheet("Reply with a message", items=(*items, SheetItem("Write your own…", call(InCallActivity.write_response)))))

    def write_response(self) -> None:
        """Ask for a text of one's own."""
        self.set_field("dialog_input", "")
        self.show(InputDialog(heading="Quick response", label="Message", positive=DialogButton("Send", Call(InCallActivity.respond)),
                              negative=DialogButton("Cancel")))  # fmt: skip

    def respond(self, text: str) -> None:
        """Decline, and say why in a message."""
        number = self.kernel.telephony.call.number
        if self.kernel.telephony.call.ringing and text.strip():
            self.kernel.telephony.send_sms(self.package, number, text.strip())
            self.toast(f"Message sent to {shown_number(number)}.")
            self.kernel.telephony.decline()

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        now = self.kernel.telephony.call
        ui = self.ui
        panel = self._answer_panel() if now.ringing else self._panel(now)
        wide = ui.width > ui.height
        middle = self._middle(now, wide)
        bottom = ui.navigation_bar / ui.scale + 8
        if wide:
            return Row(
                Column(None if self.state.keypad and not now.ringing else self._who(now), *middle, cls=None, weight=1, height=FILL,
                    cross="center"),
                Stack(panel, cls=None, weight=1),
                cls="android.widget.FrameLayout", rid="incall_root", width=FILL, height=FILL,
                padding=(16, ui.status_bar / ui.scale, 16, bottom),
            )  # fmt: skip
        return Column(
            self._who(now), *middle, panel, cls="android.widget.FrameLayout", rid="incall_root", width=FILL, height=FILL,
            padding=(0, ui.status_bar / ui.scale, 0, bottom), cross="center",
        )  # fmt: skip

    def _middle(self, now: CallState, wide: bool) -> tuple[Kid, ...]:
        if self.state.keypad and not now.ringing:
            keys = memo(self.ui, keypad, Call(InCallActivity.press_key), None, 4 if wide else 10, wide)
            tones = Text(self.state.tones[-16:], "headline_medium", rid="digits", text_align="center", height=44, width=FILL)
            return (Spacer(), keys, Spacer()) if wide else (tones, Spacer(), keys, Spacer())
        who = party(self.kernel, now.number)
        picture = avatar(who.name, who.photo, size=96 if wide else 176, cls="android.widget.ImageView", rid="contactgrid_avatar")
        return Spacer(), picture, Spacer()

    def _who(self, now: CallState) -> View:
        who = party(self.kernel, now.number)
        passed = self.kernel.clock.now_ms - now.since_ms
        seconds = max(0, passed // 1000)
        status = "Call ended" if now.phase == "idle" else "Incoming call" if now.ringing else "On hold" if now.on_hold else ""
        if not status:
            calling = not now.incoming and passed < _CALLING_MS
            hours = f"{seconds // 3600}:" if seconds >= 3600 else ""
            status = "Calling…" if calling else f"{hours}{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        detail = f"{who.kind} {shown_number(now.number)}" if who.contact_id is not None else ""
        return Column(
            Text(who.name, "headline_large", rid="contactgrid_contact_name", text_align="center", max_lines=2),
            Text(detail, "body_large", color="on_surface_variant", rid="contactgrid_forwardNumber", padding=(0, 4, 0, 0)) if detail
                else None,
            Text(status, "body_large", color="on_surface_variant", rid="contactgrid_bottom_timer", padding=(0, 8, 0, 0)),
            cls="android.view.ViewGroup", rid="incall_contact_grid", width=FILL, cross="center", padding=(24, 40, 24, 8),
        )  # fmt: skip

    def _panel(self, now: CallState) -> View:
        small = self.state.keypad
        buttons = (
            ("dialpad", "Keypad", small, call(InCallActivity.toggle_keypad)),
            ("microphone-off", "Mute", now.muted, call(InCallActivity.toggle, "muted")),
            ("volume-high", "Speaker", now.speaker, call(InCallActivity.toggle, "speaker")),
            ("pause", "Hold", now.on_hold, call(InCallActivity.toggle, "on_hold")),
        )  # fmt: skip
        end = Stack(
            Icon("phone-hangup", size=32, color="white", gravity="center"), cls="android.widget.ImageButton", rid="incall_end_call",
            desc="End call",
            on_tap=call(InCallActivity.end), width=FILL, height=72, radius=36, background=_RED,
        )  # fmt: skip
        return Column(
            Row(*[_round(*button) for button in buttons], gap=8, cls=None, width=FILL), end, gap=24, cls=None, width=FILL, margin=(12, 0),
            padding=(16, 24, 16, 20), radius=28, background="surface_container",
        )  # fmt: skip

    def _answer_panel(self) -> View:
        return Column(
            Button("Message", call(InCallActivity.choose_response), kind="tonal", icon="message-outline", rid="incoming_secondary_button",
                align="center"),
            Row(
                _big("phone-hangup", "Decline", _RED, call(InCallActivity.decline)), Spacer(),
                _big("phone", "Answer", _GREEN, call(InCallActivity.answer)), cls=None, width=FILL,
            ),
            gap=40, cls=None, width=FILL, padding=(48, 16, 48, 40),
        )  # fmt: skip


def _round(icon: str, label: str, on: bool, tap: Call) -> View:
    color: Color = "on_primary" if on else "on_surface"
    return Column(
        Stack(Icon(icon, size=26, color=color, gravity="center"), cls=None, width=FILL, height=60, radius=20 if on else 30,
              background="primary" if on else "surface_container_highest"),
        Text(label, "label_medium", cls=None, padding=(0, 8, 0, 0), max_lines=1),
        cls="android.widget.ToggleButton", label=label, desc=label, checkable=True, checked=on, on_tap=tap, weight=1, cross="center",
    )  # fmt: skip


def _big(icon: str, label: str, background: int, tap: Call) -> View:
    return Column(
        Stack(Icon(icon, size=34, color="white", gravity="center"), cls=None, width=80, height=80, radius=40, background=background),
        Text(label, "title_small", cls=None, padding=(0, 8, 0, 0)),
        cls="android.widget.Button", label=label, desc=label, on_tap=tap, cross="center",
    )  # fmt: skip


class PlaceCallActivity(Activity[InCallState]):
    """Answers `CALL` with a `tel:` URI: places the call and gives way to its screen, or says why it cannot be placed."""

    name = "com.android.server.telecom.components.UserCallActivity"
    floating = True
    no_history = True
    background = "transparent"

    def initial(self) -> InCallState:
        return InCallState()

    def on_create(self) -> None:
        kernel, number = self.kernel, number_of(self.intent.data)
        if not number:
            self._fail("Invalid number.")
        elif kernel.telephony.call.phase != "idle":
            self._fail("Can’t place a call while another call is in progress.")
        elif kernel.telephony.dial(self.package, number):
            self.start(Intent.of(package=self.package, activity=IN_CALL))
        elif kernel.settings.flag("global", "airplane_mode_on"):
            self._fail("Turn off airplane mode to make a call.")
        else:
            self._fail("Mobile network not available.")

    def _fail(self, message: str) -> None:
        leave = call(PlaceCallActivity.finish)
        self.show(AlertDialog(message=message, positive=DialogButton("OK", leave), cancelled=leave))

    def build(self) -> View:
        return View(cls=None)
