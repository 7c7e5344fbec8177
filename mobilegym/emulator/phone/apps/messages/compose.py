"""Writing: the field with its buttons, drafts, sending now or later, attachments, people to add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mobilegym.emulator.phone.apps.messages import store
from mobilegym.emulator.phone.apps.messages.attachments import image_key, picked
from mobilegym.emulator.phone.apps.messages.rows import contact_row
from mobilegym.emulator.phone.apps.messages.words import character_counter, day_and_time
from mobilegym.emulator.phone.kernel.clock import epoch_ms
from mobilegym.emulator.phone.kernel.intents import GET_CONTENT, Intent
from mobilegym.emulator.phone.kernel.providers.telephony import Attachment
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Flow, Kid, Row, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.bottom_sheet import ListSheet, SheetItem
from mobilegym.emulator.phone.ui.widgets.chip import InputChip
from mobilegym.emulator.phone.ui.widgets.date_picker import DatePicker
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.list_item import Divider
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText
from mobilegym.emulator.phone.ui.widgets.time_picker import TimePicker

if TYPE_CHECKING:
    from mobilegym.emulator.phone.apps.messages.thread import ThreadActivity

__all__ = ["FIELD", "message_holder", "people_panel", "retry", "save_draft", "scheduled_menu", "start_adding"]

FIELD: Final = "message"
_PERSON: Final = "add_contact_or_number"
_IMAGES: Final = Intent(GET_CONTENT, mime="image/*")
_FILES: Final = Intent(GET_CONTENT, mime="*/*")


# ---------------------------------------------------------------------- views


def message_holder(surface: ThreadActivity) -> View:
    """The field at the bottom, with what is attached and when it will be sent above it."""
    state, text = surface.state, surface.field(FIELD)
    ready = bool(text.strip() or state.attached)
    several = len(state.addresses) > 1 or bool(state.attached)
    tint: Color = "primary" if ready else "outline"
    counter: Kid = None
    if text and not several and store.flag(surface.kernel, "show_character_counter"):
        counter = Text(character_counter(text), "label_small", color="on_surface_variant", rid="thread_character_counter",
                       padding=(0, 0, 0, 18))  # fmt: skip
    send = Column(
        Icon("clock-check-outline" if state.at_ms else "send", size=24, color=tint),
        Text("MMS" if several else "SMS", "label_small", color=tint, cls=None),
        cls="android.widget.Button", rid="thread_send_message", label="MMS" if several else "SMS", desc="OK", on_tap=call(_send),
        on_long=call(_ask_when), enabled=ready, width=56, min_height=52, main="center", cross="center", radius=26,
    )  # fmt: skip
    on_enter = store.flag(surface.kernel, "send_on_enter")
    field = EditText(
        surface, FIELD, hint="Type a message…", multiline=not on_enter, ime="send" if on_enter else "newline", rid="thread_type_message",
        on_submit=Call(_submitted) if on_enter else None, weight=1, padding=(4, 14), min_height=52,
    )  # fmt: skip
    line = Row(
        IconButton("plus", "Attachment", call(_attach_menu), rid="thread_add_attachment", color="on_surface", size=52), field, counter,
        send, cls="android.view.ViewGroup", rid="message_holder", width=FILL, cross="end", padding=(4, 2, 8, 4), gap=4,
    )  # fmt: skip
    return Column(
        _time_line(surface), *[_attached(surface, i, item) for i, item in enumerate(state.attached)], line, cls=None, width=FILL,
        background="surface_container",
    )  # fmt: skip


def _time_line(surface: ThreadActivity) -> Kid:
    at = surface.state.at_ms
    if not at:
        return None
    clock = surface.kernel.clock
    return Row(
        Icon("clock-outline", size=20, color="primary"),
        Text(day_and_time(clock.local(at), clock.now(), surface.ui.use_24h), "body_medium", color="primary", weight=1,
             rid="scheduled_message_button", on_tap=call(_ask_when), padding=(0, 8)),
        IconButton("close", "Discard", call(_send_at_once), rid="discard_scheduled_message", size=40),
        gap=12, cls="android.view.ViewGroup", rid="scheduled_message_holder", width=FILL, padding=(20, 4, 12, 0),
    )  # fmt: skip


def _attached(surface: ThreadActivity, index: int, item: Attachment) -> View:
    key = image_key(surface.kernel, item)
    name = item.path.rsplit("/", 1)[-1]
    face: View = Image(key, width=72, height=72, radius=12, cls="android.widget.ImageView", rid="thumbnail", desc=name) if key else Stack(
        Icon("file-document-outline", gravity="center"), cls=None, width=48, height=48)  # fmt: skip
    return Row(
        face, Text(name, "body_medium", max_lines=1, weight=1, rid="filename"),
        IconButton("close", "Remove attachment", call(_detach, index), rid="remove_attachment_button", size=40),
        gap=12, cls="android.view.ViewGroup", rid="thread_attachments_recyclerview", width=FILL, padding=(16, 8, 12, 0),
    )  # fmt: skip


def people_panel(surface: ThreadActivity) -> View:
    """Who takes part, and a search for more."""
    from mobilegym.emulator.phone.apps.messages.new import people_with_numbers  # both screens lead to each other

    kernel, people = surface.kernel, surface.state.people
    text = surface.field(_PERSON)
    chips = [
        InputChip(store.name_of(kernel, number), call(_drop_person, number) if len(people) > 1 else None, rid="selected_contact_holder")
        for number in people
    ]
    items: list[tuple[Any, ...]] = []
    for name, numbers in people_with_numbers(kernel, text.strip()):
        items += [(name, number) for number in numbers if number not in people]
    if any(c.isdigit() for c in text):
        items.insert(0, (text.strip(), text.strip()))
    return Column(
        Flow(*chips, cls="android.view.ViewGroup", rid="selected_contacts", padding=(16, 4), width=FILL, run_gap=0),
        Row(
            EditText(surface, _PERSON, hint="Add Contact or Number…", ime="done", on_submit=Call(_typed_person),
                     rid="add_contact_or_number", weight=1, height=FILL),
            IconButton("check", "OK", call(_people_chosen), rid="confirm_manage_contacts"),
            cls=None, width=FILL, height=56, padding=(16, 0, 4, 0),
        ),
        Divider(),
        LazyColumn(surface, "people", items, _person_row, rid="contacts_list", weight=1),
        cls=None, width=FILL, weight=1,
    )  # fmt: skip


def _person_row(name: str, number: str) -> View:
    return contact_row(name, number, call(_add_person, number))


# ---------------------------------------------------------------------- sending


def _submitted(surface: ThreadActivity, text: str) -> None:
    del text
    _send(surface)


def _send(surface: ThreadActivity) -> None:
    state, text, kernel = surface.state, surface.field(FIELD).strip(), surface.kernel
    if not state.addresses or not (text or state.attached):
        return
    if state.replaces:
        store.drop_scheduled(kernel, state.replaces, log=False)
    surface.set_field(FIELD, "")
    if state.at_ms > kernel.clock.now_ms and not state.attached:
        thread_id = store.schedule(kernel, state.addresses, text, state.at_ms).thread_id
    else:
        if state.resend:
            kernel.content.sms.delete_message(state.resend)
        store.send(kernel, state.addresses, text, state.attached)
        thread_id = kernel.content.sms.find_thread(state.addresses) or 0
    if thread_id and kernel.content.sms.draft(thread_id):
        kernel.content.sms.save_draft(state.addresses, "")
    surface.update(thread_id=thread_id, resend=0, replaces=0, at_ms=0, attached=())
    surface.scroll_to("messages", 0)


def save_draft(surface: ThreadActivity) -> None:
    """Keep what was written and not sent with the thread."""
    state, kernel = surface.state, surface.kernel
    if state.in_bin or state.gone or not state.addresses or state.resend or state.replaces:
        return
    text = surface.field(FIELD).strip()
    before = kernel.content.sms.draft(state.thread_id) if state.thread_id else ""
    if text == before.strip():
        return
    thread_id = kernel.content.sms.save_draft(state.addresses, text)
    surface.update(thread_id=thread_id if text else kernel.content.sms.find_thread(state.addresses) or 0)
    surface.effect("draft.saved" if text else "draft.discarded", "reversible", numbers=", ".join(state.addresses), text=text)


def retry(surface: ThreadActivity, mms: bool, message_id: int) -> None:
    """A message that failed: its text goes back into the field, sending replaces it; a multimedia message is sent again at once."""
    kernel, state = surface.kernel, surface.state
    message = next((m for m in surface.messages() if (m.mms, m.id) == (mms, message_id)), None)
    if message is None:
        return
    if mms:
        kernel.content.sms.delete_message(message_id, mms=True)
        store.send(kernel, state.addresses, message.body, message.attachments)
        surface.update(thread_id=kernel.content.sms.find_thread(state.addresses) or 0)
    else:
        surface.set_field(FIELD, message.body)
        surface.update(resend=message_id)
        surface.focus_on(FIELD)


# ---------------------------------------------------------------------- later


def _ask_when(surface: ThreadActivity) -> None:
    """Send held down, or `Schedule message`: first the date."""
    now = surface.kernel.clock.now()
    at = surface.kernel.clock.local(surface.state.at_ms) if surface.state.at_ms else now
    today = (now.year, now.month, now.day)
    surface.show(DatePicker(result=Call(_dated), year=at.year, month=at.month, day=at.day, today=today, earliest=today))


def _dated(surface: ThreadActivity, year: int, month: int, day: int) -> None:
    clock = surface.kernel.clock
    at = clock.local(surface.state.at_ms or clock.now_ms + 300_000)
    surface.show(TimePicker(result=Call(_timed, (year, month, day)), hour=at.hour, minute=at.minute))


def _timed(surface: ThreadActivity, year: int, month: int, day: int, hour: int, minute: int) -> None:
    now = surface.kernel.clock.now()
    at = epoch_ms(now.replace(year=year, month=month, day=day, hour=hour, minute=minute, second=0, microsecond=0, fold=0))
    if at <= surface.kernel.clock.now_ms:
        surface.show(AlertDialog(message="You must pick a time in the future", positive=DialogButton("OK", call(_ask_when))))
        return
    surface.update(at_ms=at)


def _send_at_once(surface: ThreadActivity) -> None:
    surface.update(at_ms=0)


def scheduled_menu(surface: ThreadActivity, message_id: int) -> None:
    """What can be done with a message that waits."""
    surface.show(ListSheet(heading="Schedule message", items=(
        SheetItem("Update message", call(_edit_waiting, message_id), "pencil-outline"),
        SheetItem("Send now", call(_send_waiting, message_id), "send"),
        SheetItem("Delete", call(_drop_waiting, message_id), "delete-outline"),
    )))  # fmt: skip


def _edit_waiting(surface: ThreadActivity, message_id: int) -> None:
    item = store.find_scheduled(surface.kernel, message_id)
    if item is not None:
        surface.set_field(FIELD, item.body)
        surface.update(at_ms=item.at_ms, replaces=message_id)
        surface.focus_on(FIELD)


def _send_waiting(surface: ThreadActivity, message_id: int) -> None:
    item = store.find_scheduled(surface.kernel, message_id)
    if item is not None:
        store.drop_scheduled(surface.kernel, message_id, log=False)
        store.send(surface.kernel, item.addresses, item.body)
        surface.update(thread_id=surface.kernel.content.sms.find_thread(item.addresses) or 0)


def _drop_waiting(surface: ThreadActivity, message_id: int) -> None:
    store.drop_scheduled(surface.kernel, message_id)


# ---------------------------------------------------------------------- attachments


def _attach_menu(surface: ThreadActivity) -> None:
    resolve = surface.kernel.packages.resolve
    items = [
        SheetItem("Choose photo", call(_choose, _IMAGES), "image-outline") if resolve(_IMAGES) else None,
        SheetItem("Choose file", call(_choose, _FILES), "file-outline") if resolve(_FILES) else None,
        SheetItem("Schedule message", call(_ask_when), "clock-outline"),
    ]
    surface.show(ListSheet(heading="Attachment", items=tuple(item for item in items if item is not None)))


def _choose(surface: ThreadActivity, intent: Intent) -> None:
    surface.start(intent, reply=Call(_chosen))


def _chosen(surface: ThreadActivity, result: Intent | None) -> None:
    found = picked(surface.kernel, result) if result is not None else None
    if found is not None:
        surface.update(attached=(*surface.state.attached, found))
    elif result is not None:
        surface.toast("Could not load the file")


def _detach(surface: ThreadActivity, index: int) -> None:
    attached = surface.state.attached
    surface.update(attached=(*attached[:index], *attached[index + 1 :]))


# ---------------------------------------------------------------------- people


def start_adding(surface: ThreadActivity) -> None:
    """Show who takes part."""
    surface.set_field(_PERSON, "")
    surface.update(adding=True, people=surface.state.addresses)
    surface.focus_on(_PERSON)


def _typed_person(surface: ThreadActivity, text: str) -> None:
    if any(c.isdigit() for c in text):
        _add_person(surface, text.strip())


def _add_person(surface: ThreadActivity, number: str) -> None:
    if number not in surface.state.people:
        surface.update(people=(*surface.state.people, number))
    surface.set_field(_PERSON, "")


def _drop_person(surface: ThreadActivity, number: str) -> None:
    surface.update(people=tuple(other for other in surface.state.people if other != number))


def _people_chosen(surface: ThreadActivity) -> None:
    """Go on with the people chosen: with others than before, that is another conversation."""
    people, kernel = surface.state.people, surface.kernel
    surface.clear_focus()
    if people != surface.state.addresses:
        save_draft(surface)
        thread_id = kernel.content.sms.find_thread(people) or 0
        surface.set_field(FIELD, kernel.content.sms.draft(thread_id) if thread_id else "")
        surface.update(thread_id=thread_id, addresses=people, resend=0, replaces=0, at_ms=0)
    surface.update(adding=False, people=())
