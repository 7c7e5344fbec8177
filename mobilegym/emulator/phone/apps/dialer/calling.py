"""Placing calls, and what the Phone app does when it is told of one: banners, notifications, the screen of the call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from mobilegym.emulator.phone.apps.dialer.actions import CALL
from mobilegym.emulator.phone.apps.dialer.store import PACKAGE, party, tel
from mobilegym.emulator.phone.kernel.intents import SENDTO, VIEW, Intent
from mobilegym.emulator.phone.kernel.notifications import IMPORTANCE_DEFAULT, IMPORTANCE_HIGH
from mobilegym.emulator.phone.kernel.telephony import CALL_CHANGED

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["IN_CALL", "MAIN_ACTIVITY", "call_intent", "clear_missed", "message_intent", "receive", "show_call"]

IN_CALL: Final = "com.android.incallui.InCallActivity"
MAIN_ACTIVITY: Final = "com.google.android.dialer.extensions.GoogleDialtactsActivity"

_ANSWER: Final = "com.android.incallui.ACTION_ANSWER_VOICE_INCOMING_CALL"
_DECLINE: Final = "com.android.incallui.ACTION_DECLINE_INCOMING_CALL"
_HANG_UP: Final = "com.android.incallui.ACTION_HANG_UP_ONGOING_CALL"
_SPEAKER: Final = "com.android.incallui.ACTION_TURN_ON_SPEAKER"
_NO_SPEAKER: Final = "com.android.incallui.ACTION_TURN_OFF_SPEAKER"
_CALL_BACK: Final = "com.android.dialer.calllog.CALL_BACK_FROM_MISSED_CALL_NOTIFICATION"
_MESSAGE: Final = "com.android.dialer.calllog.SEND_SMS_FROM_MISSED_CALL_NOTIFICATION"
_TIMEOUT: Final = "com.android.dialer.RING_TIMEOUT"
_RING_MS: Final = 30_000
"""How long a call rings before the network gives up."""

_INCOMING: Final = "phone_incoming_call"
_ONGOING: Final = "phone_ongoing_call"
_MISSED: Final = "phone_missed_call"
_CALL_TAG: Final = "call"


def call_intent(number: str) -> Intent:
    """Calls a number."""
    return Intent(CALL, tel(number))


def message_intent(number: str) -> Intent:
    """Writes a message to a number."""
    return Intent(SENDTO, f"smsto:{number}")


def receive(kernel: Kernel, action: str, extras: Mapping[str, Any]) -> None:
    """Calls that change, and the buttons of the app's notifications."""
    telephony, number = kernel.telephony, str(extras.get("number", ""))
    if action == CALL_CHANGED:
        _call_changed(kernel, str(extras["phase"]), str(extras["before"]), number, bool(extras["incoming"]))
    elif action == _ANSWER:
        telephony.answer()
    elif action == _DECLINE:
        telephony.decline()
    elif action == _HANG_UP:
        telephony.hang_up()
    elif action in (_SPEAKER, _NO_SPEAKER):
        telephony.change(speaker=action == _SPEAKER)
    elif action == _TIMEOUT:
        if telephony.call.ringing and telephony.call.since_ms == extras.get("since_ms"):
            telephony.hang_up()
    elif action in (_CALL_BACK, _MESSAGE):
        kernel.notifications.cancel(str(extras["key"]))
        kernel.shell.set(shade="closed")
        intent = call_intent(number) if action == _CALL_BACK else message_intent(number)
        if kernel.packages.resolve(intent):
            kernel.activities.start(intent)


def _call_changed(kernel: Kernel, phase: str, before: str, number: str, incoming: bool) -> None:
    if phase == "ringing":
        _rings(kernel, number)
        return
    key = kernel.notifications.key(PACKAGE, _CALL_TAG)
    if kernel.shell.state.heads_up == key:
        kernel.shell.set(heads_up="")
    if phase == "idle":
        kernel.notifications.cancel(key)
        if before == "ringing" and incoming:
            _note_missed(kernel, number)
        _close_screens(kernel)
        return
    _post_ongoing(kernel, number)
    if before == "ringing":
        show_call(kernel)


def _rings(kernel: Kernel, number: str) -> None:
    who, notifications = party(kernel, number), kernel.notifications
    if who.contact_id is not None:
        sql = "SELECT send_to_voicemail FROM contacts WHERE _id = ?"
        if kernel.content.contacts.db.scalar(sql, (who.contact_id,)):
            kernel.telephony.decline()
            return
    notifications.define_channel(PACKAGE, _INCOMING, "Incoming calls", IMPORTANCE_HIGH)
    # The notification of an earlier state of the call would keep its place and its channel.
    key = notifications.post(
        PACKAGE, _CALL_TAG, who.name, "Incoming call" if not who.kind else f"Incoming call • {who.kind}", channel=_INCOMING, ongoing=True,
        actions=(("Decline", _DECLINE), ("Answer", _ANSWER)), auto_cancel=False, content=_screen(kernel), extras={"number": number},
    )  # fmt: skip
    if kernel.shell.state.heads_up == key:
        kernel.shell.set(heads_up_until_ms=kernel.clock.now_ms + _RING_MS)
    since = kernel.telephony.call.since_ms
    kernel.clock.schedule(since + _RING_MS, PACKAGE, _TIMEOUT, {"since_ms": since})


def _post_ongoing(kernel: Kernel, number: str) -> None:
    call = kernel.telephony.call
    kernel.notifications.define_channel(PACKAGE, _ONGOING, "Ongoing calls", IMPORTANCE_DEFAULT)
    sound = ("Speaker off", _NO_SPEAKER) if call.speaker else ("Speaker", _SPEAKER)
    kernel.notifications.post(
        PACKAGE, _CALL_TAG, party(kernel, number).name, "On hold" if call.on_hold else "Ongoing call", channel=_ONGOING, ongoing=True,
        actions=(("Hang up", _HANG_UP), sound), auto_cancel=False, content=_screen(kernel), when_ms=call.since_ms,
        extras={"number": number},
    )  # fmt: skip


def _note_missed(kernel: Kernel, number: str) -> None:
    """A call that stopped ringing: a notification unless the owner declined it."""
    latest = kernel.content.calls.recent(1)
    if not latest or latest[0].kind != "missed":
        return
    kernel.notifications.define_channel(PACKAGE, _MISSED, "Missed calls", IMPORTANCE_DEFAULT)
    count = sum(1 for call in kernel.content.calls.of_number(number) if call.new and call.kind == "missed")
    kernel.notifications.post(
        PACKAGE, f"MissedCall_{number}", "Missed call" if count < 2 else f"{count} missed calls", party(kernel, number).name,
        channel=_MISSED,
        actions=(("Call back", _CALL_BACK), ("Message", _MESSAGE)), extras={"number": number},
        content=Intent.of(VIEW, mime="vnd.android.cursor.dir/calls", package=PACKAGE, activity=MAIN_ACTIVITY, tab=1),
    )  # fmt: skip


def clear_missed(kernel: Kernel) -> None:
    """The owner looks at the recent calls: none of them is new any more."""
    if kernel.content.calls.missed_count():
        kernel.content.calls.mark_seen()
    for notification in kernel.notifications.active(PACKAGE):
        if notification.channel == _MISSED:
            kernel.notifications.cancel(notification.key)


# ---------------------------------------------------------------------- the screen of the call


def _screen(kernel: Kernel) -> Intent:
    """Shows the call; it remembers the task that was in front (0 for home), to go back there when the call ends."""
    current = kernel.activities.current
    front = 0 if kernel.activities.at_home or current is None else current.id
    return Intent.of(VIEW, package=PACKAGE, activity=IN_CALL, front=front)


def show_call(kernel: Kernel) -> None:
    """Bring up the call's screen above whatever is shown."""
    top = kernel.activities.foreground
    if not kernel.hardware.locked and top.name != IN_CALL:
        kernel.activities.start(_screen(kernel), source=None if kernel.activities.at_home else top)


def _close_screens(kernel: Kernel) -> None:
    """The call is over: its screens go, and what was there before comes back."""
    activities = kernel.activities
    current, top = activities.current, activities.foreground
    shown = top.name == IN_CALL
    front = top.intent.extra("front", None if current is None else current.id)
    for screen in [a for task in activities.tasks for a in task.stack if a.name == IN_CALL]:
        activities.finish(screen)
    if not shown:
        return
    if front == 0:
        activities.go_home()
    elif any(task.id == front for task in activities.tasks) and (activities.at_home or activities.tasks[0].id != front):
        activities.to_front(front)
