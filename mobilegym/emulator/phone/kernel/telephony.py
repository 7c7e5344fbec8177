"""Calls and text messages: what reaches the phone from the network and what it sends there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from mobilegym.emulator import device
from mobilegym.emulator.phone.kernel.cow import TOKENS
from mobilegym.errors import DeviceError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["CALL_CHANGED", "SMS_RECEIVED", "CallPhase", "CallState", "Telephony"]

SMS_RECEIVED: Final = "android.provider.Telephony.SMS_RECEIVED"
CALL_CHANGED: Final = "android.intent.action.PHONE_STATE"
CallPhase = Literal["idle", "ringing", "dialing", "active"]


@dataclass(frozen=True, slots=True)
class CallState:
    """The one call that the phone can have."""

    phase: CallPhase = "idle"
    number: str = ""
    incoming: bool = False
    since_ms: int = 0
    """When the phase began, virtual epoch ms."""
    muted: bool = False
    speaker: bool = False
    on_hold: bool = False

    @property
    def ringing(self) -> bool:
        return self.phase == "ringing"

    @property
    def active(self) -> bool:
        return self.phase in ("active", "dialing")


class Telephony(device.Telephony):
    """The modem. Apps learn of changes by broadcast (`SMS_RECEIVED`, `CALL_CHANGED`)."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self.call = CallState()
        self.token = next(TOKENS)

    # ------------------------------------------------------------------ text messages

    def receive_sms(self, number: str, text: str) -> None:
        """A message arrives: it is stored, and every app is told."""
        if not number.strip():
            raise DeviceError("a message needs a sender's number")
        kernel = self._kernel
        row = kernel.content.sms.store(number, text, "inbox", kernel.clock.now_ms, read=False)
        kernel.journal.append("system", "com.android.providers.telephony", "sms.received", "read", number=number, text=text)
        kernel.broadcast_all(SMS_RECEIVED, {"id": row, "number": number, "text": text})

    def send_sms(self, package: str, number: str, text: str) -> int:
        """Send a message; returns its row in the sms table. In airplane mode it is stored as failed."""
        kernel = self._kernel
        sent = kernel.hardware.cellular
        row = kernel.content.sms.store(number, text, "sent" if sent else "failed", kernel.clock.now_ms, read=True)
        if sent:
            kernel.journal.append("effect", package, "sms.sent", "outward", number=number, text=text)
        else:
            kernel.journal.append("effect", package, "sms.failed", "reversible", number=number, text=text)
        return row

    # ------------------------------------------------------------------ calls

    def ring(self, number: str) -> None:
        """An incoming call starts to ring, unless its number is blocked.

        Raises:
            DeviceError: With a call going on, the caller hears that the line is busy.
        """
        if self.call.phase != "idle":
            raise DeviceError(f"the line is busy: a call with {self.call.number} is {self.call.phase}")
        kernel = self._kernel
        if kernel.content.blocked.is_blocked(number):
            kernel.content.calls.add(number, "blocked", new=False)
            kernel.journal.append("system", "com.android.server.telecom", "call.blocked", "read", number=number)
            return
        kernel.shell.wake()
        self._set(CallState("ringing", number, True, kernel.clock.now_ms))

    def dial(self, package: str, number: str) -> bool:
        """Place a call. False without a network."""
        kernel = self._kernel
        if self.call.phase != "idle" or not kernel.hardware.cellular:
            return False
        kernel.journal.append("effect", package, "call.placed", "outward", number=number)
        self._set(CallState("active", number, False, kernel.clock.now_ms))
        return True

    def answer(self) -> None:
        """Take the ringing call."""
        if self.call.ringing:
            self._kernel.journal.append("effect", "com.google.android.dialer", "call.answered", "outward", number=self.call.number)
            self._set(replace(self.call, phase="active", since_ms=self._kernel.clock.now_ms))

    def hang_up(self) -> None:
        """End the call, whoever does; it goes into the call log."""
        self._end(rejected=False)

    def decline(self) -> None:
        """Refuse the ringing call."""
        self._end(rejected=True)

    def change(self, **changes: Any) -> None:
        """Mute, speaker, hold."""
        if self.call.active:
            self._set(replace(self.call, **changes))

    def _end(self, *, rejected: bool) -> None:
        call, kernel = self.call, self._kernel
        if call.phase == "idle":
            return
        seconds = (kernel.clock.now_ms - call.since_ms) // 1000 if call.active else 0
        kind = "outgoing" if not call.incoming else "incoming" if call.active else "rejected" if rejected else "missed"
        kernel.content.calls.add(call.number, kind, call.since_ms, seconds)
        kernel.journal.append(
            "effect", "com.google.android.dialer", "call.ended", "reversible", number=call.number, how=kind, seconds=seconds
        )
        self._set(CallState())

    def _set(self, state: CallState) -> None:
        before, self.call = self.call, state
        self.token = next(TOKENS)
        self._kernel.broadcast_all(
            CALL_CHANGED,
            {"phase": state.phase, "number": state.number or before.number, "before": before.phase, "incoming": before.incoming},
        )

    def freeze(self) -> object:
        return self.call, self.token

    def thaw(self, frozen: Any) -> None:
        self.call, self.token = frozen
