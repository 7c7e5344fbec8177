"""A conversation: its messages, and the field to write another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.messages import compose, store, thread_menu
from mobilegym.emulator.phone.apps.messages.attachments import attachment_of, image_key
from mobilegym.emulator.phone.apps.messages.rows import Bubble, bubble_row, date_row
from mobilegym.emulator.phone.apps.messages.store import Key
from mobilegym.emulator.phone.apps.messages.words import day_and_time
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.providers.telephony import Attachment, TextMessage
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.errors import NotFound

__all__ = ["ThreadActivity", "ThreadState"]

_GAP_MS = 300_000
"""A message that comes so much later than the one before gets the time above it."""


_COLUMNS: Final[dict[object, tuple[View, bool]]] = {}
_COLUMNS_LIMIT: Final = 128


@dataclass(frozen=True, slots=True)
class ThreadState:
    thread_id: int = 0
    """0 while nothing was written to these people yet."""
    addresses: tuple[str, ...] = ()
    in_bin: bool = False
    selected: frozenset[Key] = frozenset()
    resend: int = 0
    """SMS that failed and whose text is in the field."""
    attached: tuple[Attachment, ...] = ()
    at_ms: int = 0
    """When to send what is being written; 0 for at once."""
    replaces: int = 0
    """Scheduled message that is being edited."""
    people: tuple[str, ...] = ()
    """While people are being added: all who shall take part."""
    adding: bool = False
    gone: bool = False
    """Deleted: nothing is saved on leaving."""


class ThreadActivity(Activity[ThreadState]):
    """Extras `thread_id` or `addresses`; `text` and `stream` to begin with, `in_bin` for what lies in the recycle bin."""

    name: ClassVar[str] = "org.fossify.messages.activities.ThreadActivity"

    def initial(self) -> ThreadState:
        return ThreadState()

    def on_create(self) -> None:
        sms = self.kernel.content.sms
        thread_id = int(self.intent.extra("thread_id", 0))
        addresses: tuple[str, ...] = tuple(self.intent.extra("addresses", ()))
        if thread_id:
            try:
                addresses = sms.addresses(thread_id)
            except NotFound:
                # The conversation was deleted after the notification or the list that led here.
                thread_id = 0
        if not thread_id and addresses:
            thread_id = sms.find_thread(addresses) or 0
        stream = self.intent.text("stream")
        attachment = attachment_of(self.kernel, stream, self.intent.text("mime")) if stream else None
        self.update(thread_id=thread_id, addresses=addresses, in_bin=bool(self.intent.extra("in_bin", False)),
                    attached=(attachment,) if attachment is not None else ())  # fmt: skip
        draft = sms.draft(thread_id) if thread_id else ""
        self.set_field(compose.FIELD, self.intent.text("text") or draft)

    def on_new_intent(self, intent: Intent) -> None:
        super().on_new_intent(intent)
        self.on_create()

    def on_resume(self) -> None:
        if self.state.thread_id and not self.state.in_bin:
            store.read_thread(self.kernel, self.state.thread_id)

    def on_leave(self) -> None:
        compose.save_draft(self)

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        state = self.state
        bar = thread_menu.selection_bar(self) if state.selected else thread_menu.bar(self)
        if state.adding:
            return Column(bar, compose.people_panel(self), cls="android.view.ViewGroup", rid="thread_coordinator", width=FILL, height=FILL)
        rows = ScrollColumn(
            self, "messages", self.column()[0], stick="end", cls="androidx.recyclerview.widget.RecyclerView", rid="thread_messages_list",
            height=None, padding=(0, 0, 0, 6), gravity="bottom",
        )  # fmt: skip
        space = Stack(rows, cls="android.view.ViewGroup", rid="thread_holder", width=FILL, weight=1)
        holder = None if state.in_bin else compose.message_holder(self)
        return Column(bar, space, holder, cls="android.view.ViewGroup", rid="thread_coordinator", width=FILL, height=FILL)

    def messages(self) -> list[TextMessage]:
        """What is shown."""
        state = self.state
        return store.thread_messages(self.kernel, state.thread_id, in_bin=state.in_bin) if state.thread_id else []

    def column(self) -> tuple[View, bool]:
        """All rows in one view, made once for equal contents and shared by all phones; and whether there is a message."""
        kernel, state = self.kernel, self.state
        key = (store.stamp(kernel), kernel.files.token, state.thread_id, state.in_bin, state.selected, len(state.addresses))
        found = _COLUMNS.get(key)
        if found is None:
            if len(_COLUMNS) >= _COLUMNS_LIMIT:
                _COLUMNS.clear()
            messages = self.messages()
            column = Column(*self._rows(messages), cross="fill", cls=None, width=FILL)
            column.shared = True
            found = _COLUMNS[key] = column, bool(messages)
        return found

    def _rows(self, messages: list[TextMessage]) -> list[Kid]:
        kernel, use_24h, state = self.kernel, self.ui.use_24h, self.state
        now, group = kernel.clock.now(), len(state.addresses) > 1
        rows: list[Kid] = []
        before = -_GAP_MS
        for message in messages:
            if message.date_ms - before >= _GAP_MS:
                rows.append(memo(self.ui, date_row, day_and_time(kernel.clock.local(message.date_ms), now, use_24h)))
            before = message.date_ms
            rows.append(memo(self.ui, _row, self._bubble(message, group)))
        if state.thread_id and not state.in_bin:
            for item in store.scheduled(kernel, state.thread_id):
                note = f"Scheduled for {day_and_time(kernel.clock.local(item.at_ms), now, use_24h)}"
                rows.append(memo(self.ui, _waiting_row, Bubble(False, item.id, item.body, True, "", False, note, False, True, False)))
        return rows

    def _bubble(self, message: TextMessage, group: bool) -> Bubble:
        outgoing, failed = message.box != "inbox", message.box == "failed"
        sender = "" if outgoing else store.name_of(self.kernel, message.address)
        keys = [(item, image_key(self.kernel, item)) for item in message.attachments]
        return Bubble(
            message.mms, message.id, message.body, outgoing, sender, group and not outgoing,
            "Not sent. Touch to retry." if failed else "Sending…" if message.box in ("outbox", "queued") else "", failed, False,
            (message.mms, message.id) in self.state.selected, tuple(key for _, key in keys if key is not None),
            tuple(item.path.rsplit("/", 1)[-1] for item, key in keys if key is None),
        )  # fmt: skip

    # ------------------------------------------------------------------ handlers

    def tapped(self, mms: bool, message_id: int, failed: bool) -> None:
        """A message: select it while others are; one that failed comes back into the field."""
        if self.state.selected:
            self.held(mms, message_id)
        elif failed:
            compose.retry(self, mms, message_id)

    def held(self, mms: bool, message_id: int) -> None:
        """A message held down."""
        self.clear_focus()
        self.update(selected=self.state.selected ^ {(mms, message_id)})

    def waiting(self, message_id: int) -> None:
        """A message that is scheduled."""
        compose.scheduled_menu(self, message_id)

    def unselect(self) -> None:
        """Leave the selection mode."""
        self.update(selected=frozenset())

    def on_back(self) -> bool:
        if self.state.selected:
            self.unselect()
        elif self.state.adding:
            self.update(adding=False, people=())
        else:
            return False
        return True


def _row(bubble: Bubble) -> View:
    return bubble_row(
        bubble, call(ThreadActivity.tapped, bubble.mms, bubble.id, bubble.failed), call(ThreadActivity.held, bubble.mms, bubble.id)
    )


def _waiting_row(bubble: Bubble) -> View:
    return bubble_row(bubble, call(ThreadActivity.waiting, bubble.id), None)
