"""The contact editor."""

from __future__ import annotations

from datetime import date
from typing import Final

from mobilegym.emulator.phone.apps.contacts import photos, store
from mobilegym.emulator.phone.apps.contacts.form import EditorState, Slot, choice_field, form_row, kind_field, photo_view
from mobilegym.emulator.phone.apps.contacts.kinds import EMAIL_KINDS, PHONE_KINDS, email_kind, phone_kind
from mobilegym.emulator.phone.apps.contacts.prefill import filled, shown_date
from mobilegym.emulator.phone.apps.contacts.store import Draft
from mobilegym.emulator.phone.apps.numbers import number_typed
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import GET_CONTENT, Intent
from mobilegym.emulator.phone.kernel.providers.contacts import Email, Phone
from mobilegym.emulator.phone.kernel.providers.names import StructuredName
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call, partial
from mobilegym.emulator.phone.ui.images import store as images
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.date_picker import DatePicker
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton, InputDialog, MultiChoiceDialog
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text_field import OutlinedField

__all__ = ["ContactEditorActivity"]

_TEXTS: Final = ("company", "job_title", "address", "website", "nickname", "note")
_NAMES: Final = (
    ("prefix", "Name prefix"),
    ("given", "First name"),
    ("middle", "Middle name"),
    ("family", "Last name"),
    ("suffix", "Name suffix"),
)


class ContactEditorActivity(Activity[EditorState]):
    """Makes a new contact or changes one (`EDIT` with its URI). Extras of the intent are filled in. Finishes with its `id`."""

    name = "com.android.contacts.activities.ContactEditorActivity"

    def initial(self) -> EditorState:
        contact_id = int(self.intent.extra("id", 0) or 0) or store.contact_id_of(self.intent.data)
        if not store.exists(self.kernel, contact_id):
            contact_id = 0
        before = (
            store.draft_of(self.kernel, contact_id)
            if contact_id
            else Draft(groups=frozenset(filter(None, [self.intent.extra("group", 0)])))
        )
        draft = filled(before, self.intent)
        names = draft.name
        return EditorState(
            contact_id, before, tuple(Slot(i, p.type, p.label) for i, p in enumerate(draft.phones)) or (Slot(0, 2),),
            tuple(Slot(i, e.type, e.label) for i, e in enumerate(draft.emails)) or (Slot(0, 1),), draft.birthday, draft.groups, draft.photo,
            bool(names.prefix or names.middle or names.suffix),
            bool(draft.address or draft.website or draft.nickname or draft.note or draft.groups),
        )  # fmt: skip

    def on_create(self) -> None:
        draft = filled(self.state.before, self.intent)
        for part, _ in _NAMES:
            self.set_field(part, getattr(draft.name, part))
        for field in _TEXTS:
            self.set_field(field, getattr(draft, field))
        for i, phone in enumerate(draft.phones):
            self.set_field(f"phone_{i}", phone.number)
        for i, email in enumerate(draft.emails):
            self.set_field(f"email_{i}", email.address)

    # ------------------------------------------------------------------ the form as a value

    def draft(self) -> Draft:
        """What would be saved now."""
        state, text = self.state, {field: self.field(field).strip() for field in (*_TEXTS, *(part for part, _ in _NAMES))}
        phones = [Phone(self.field(f"phone_{s.id}").strip(), s.kind, s.label) for s in state.phones]
        emails = [Email(self.field(f"email_{s.id}").strip(), s.kind, s.label) for s in state.emails]
        return Draft(
            StructuredName(text["prefix"], text["given"], text["middle"], text["family"], text["suffix"]), text["company"],
            text["job_title"], tuple(p for p in phones if p.number), tuple(e for e in emails if e.address), text["address"],
            state.birthday, text["website"], text["nickname"], text["note"], state.groups, state.photo,
        )  # fmt: skip

    def save(self) -> None:
        """Write the contact and leave."""
        draft, state = self.draft(), self.state
        if draft.empty:
            self.toast("Add info to save as a contact")
            return
        new = not store.exists(self.kernel, state.contact_id)
        contact_id = store.save(self.kernel, 0 if new else state.contact_id, draft)
        if new or draft != state.before:
            contact = self.kernel.content.contacts.get(contact_id)
            numbers = tuple(phone.number for phone in contact.phones)
            self.effect("contact.created" if new else "contact.updated", "reversible", id=contact_id, contact=contact.name, numbers=numbers)
        self.toast("Contact saved")
        self.clear_focus()
        self.finish(Intent.of(data=store.contact_uri(contact_id), id=contact_id))

    def cancel(self) -> None:
        """Leave without saving; asks where something would be lost."""
        if self.draft() == self.state.before:
            self.finish()
            return
        self.show(AlertDialog(message="Discard your changes?", positive=DialogButton("Discard", call(ContactEditorActivity.finish)),
                              negative=DialogButton("Keep editing")))  # fmt: skip

    def on_back(self) -> bool:
        self.cancel()
        return True

    def menu(self) -> None:
        """The overflow menu."""
        items = [MenuItem("Discard changes", call(ContactEditorActivity.cancel))]
        if self.state.contact_id:
            items.append(MenuItem("Delete", call(ContactEditorActivity.ask_delete)))
        self.show(Menu(items=tuple(items)))

    def ask_delete(self) -> None:
        """Ask before deleting."""
        self.show(AlertDialog(message="Delete this contact?", positive=DialogButton("Delete", call(ContactEditorActivity.delete), True),
                              negative=DialogButton("Cancel")))  # fmt: skip

    def delete(self) -> None:
        """Delete the contact and leave."""
        contact_id = self.state.contact_id
        if store.exists(self.kernel, contact_id):
            name = self.kernel.content.contacts.get(contact_id).name
            self.kernel.content.contacts.delete(contact_id)
            self.effect("contact.deleted", "irreversible", id=contact_id, contact=name)
        self.toast("Contact deleted")
        self.finish()

    # ------------------------------------------------------------------ numbers and addresses

    def add_slot(self, what: str) -> None:
        """Another number (`phones`) or address (`emails`)."""
        slots: tuple[Slot, ...] = getattr(self.state, what)
        used = {slot.kind for slot in slots}
        kinds = PHONE_KINDS if what == "phones" else EMAIL_KINDS
        slot = Slot(max([s.id for s in slots], default=-1) + 1, next((kind for kind, _ in kinds if kind not in used), kinds[0][0]))
        self.update(**{what: (*slots, slot)})
        key = f"{what[:-1]}_{slot.id}"
        self.set_field(key, "")
        self.focus_on(key)

    def remove_slot(self, what: str, slot_id: int) -> None:
        """Take a number or address out; one empty field stays."""
        slots: tuple[Slot, ...] = getattr(self.state, what)
        self.set_field(f"{what[:-1]}_{slot_id}", "")
        rest = tuple(slot for slot in slots if slot.id != slot_id)
        self.update(**{what: rest or (Slot(0, 2 if what == "phones" else 1),)})
        if self.focus == f"{what[:-1]}_{slot_id}":
            self.clear_focus()

    def choose_kind(self, what: str, slot_id: int) -> None:
        """The list of types."""
        kinds = PHONE_KINDS if what == "phones" else EMAIL_KINDS
        slot = next(s for s in getattr(self.state, what) if s.id == slot_id)
        chosen = next((i for i, (kind, _) in enumerate(kinds) if kind == slot.kind), -1)
        self.show(ChoiceDialog(heading="Label", options=tuple(label for _, label in kinds), chosen=chosen,
                               on_choose=partial(ContactEditorActivity.kind_chosen, what, slot_id)))  # fmt: skip

    def kind_chosen(self, what: str, slot_id: int, index: int) -> None:
        """A type was chosen; a custom one wants a name."""
        kind = (PHONE_KINDS if what == "phones" else EMAIL_KINDS)[index][0]
        if kind:
            self._set_kind(what, slot_id, kind, "")
            return
        self.set_field("dialog_input", "")
        self.show(InputDialog(heading="Custom label name", label="Label name", negative=DialogButton("Cancel"),
                              positive=DialogButton("OK", partial(ContactEditorActivity.kind_named, what, slot_id))))  # fmt: skip

    def kind_named(self, what: str, slot_id: int, label: str) -> None:
        """The name of a custom type was entered."""
        self._set_kind(what, slot_id, 0, label.strip())

    def _set_kind(self, what: str, slot_id: int, kind: int, label: str) -> None:
        slots: tuple[Slot, ...] = getattr(self.state, what)
        self.update(**{what: tuple(Slot(s.id, kind, label) if s.id == slot_id else s for s in slots)})

    def phone_typed(self, key: str, text: str) -> None:
        """Format a number while it is typed, unless the caret is inside it."""
        if self.selection == (len(text), len(text)) and (shown := number_typed(text)) != text:
            self.set_field(key, shown)

    # ------------------------------------------------------------------ date, labels, photo

    def pick_date(self) -> None:
        """The date picker for the birthday."""
        today = self.kernel.clock.now().date()
        try:
            start = date.fromisoformat(
                self.state.birthday.replace("--", f"{today.year}-", 1) if self.state.birthday[:2] == "--" else self.state.birthday
            )
        except ValueError:
            start = today
        self.show(
            DatePicker(
                Call(ContactEditorActivity.date_picked), start.year, start.month, start.day, today=(today.year, today.month, today.day)
            )
        )

    def date_picked(self, year: int, month: int, day: int) -> None:
        """A birthday was chosen."""
        self.update(birthday=f"{year:04d}-{month:02d}-{day:02d}")

    def clear_date(self) -> None:
        """No birthday."""
        self.update(birthday="")

    def choose_groups(self) -> None:
        """The list of labels."""
        groups = self.kernel.content.contacts.groups()
        if not groups:
            self.name_group()
            return
        self.show(MultiChoiceDialog(
            heading="Labels", options=tuple(title for _, title, _ in groups),
            chosen=frozenset(i for i, (group, _, _) in enumerate(groups) if group in self.state.groups),
            positive=DialogButton("OK", partial(ContactEditorActivity.groups_chosen, tuple(group for group, _, _ in groups))),
            negative=DialogButton("Cancel"), neutral=DialogButton("Create label", call(ContactEditorActivity.name_group)),
        ))  # fmt: skip

    def groups_chosen(self, groups: tuple[int, ...], indexes: tuple[int, ...]) -> None:
        """Labels were ticked."""
        self.update(groups=frozenset(groups[i] for i in indexes))

    def name_group(self) -> None:
        """Ask for the name of a new label."""
        self.set_field("dialog_input", "")
        self.show(InputDialog(heading="Create label", label="Label name", negative=DialogButton("Cancel"),
                              positive=DialogButton("OK", Call(ContactEditorActivity.group_named))))  # fmt: skip

    def group_named(self, title: str) -> None:
        """A new label, which the contact gets at once."""
        title = title.strip()
        contacts = self.kernel.content.contacts
        found = next((group for group, known, _ in contacts.groups() if known.casefold() == title.casefold()), 0)
        if not found:
            found = contacts.add_group(title)
            self.effect("label.created", "reversible", id=found, title=title)
        self.update(groups=self.state.groups | {found})

    def choose_photo(self) -> None:
        """Have a picture chosen in another app, or the present one removed."""
        if self.state.photo is None:
            self.pick_photo()
            return
        self.show(ChoiceDialog(heading="Change photo", options=("Remove photo", "Choose photo"), radios=False,
                               on_choose=Call(ContactEditorActivity.photo_menu)))  # fmt: skip

    def photo_menu(self, index: int) -> None:
        """Remove the photo, or choose another."""
        if index == 0:
            self.update(photo=None)
        else:
            self.pick_photo()

    def pick_photo(self) -> None:
        """Start an app that gives pictures."""
        self.start(Intent.of(GET_CONTENT, mime="image/*"), Call(ContactEditorActivity.photo_picked))

    def photo_picked(self, result: Intent | None) -> None:
        """A picture came back."""
        picture = photos.load(self.kernel, result) if result is not None else None
        if picture is not None:
            self.update(photo=picture)
        elif result is not None:
            self.toast("Couldn’t load the photo")

    def show_names(self) -> None:
        """Show or hide prefix, middle name and suffix."""
        self.update(all_names=not self.state.all_names)

    def show_more(self) -> None:
        """Show all fields."""
        self.update(more=True)

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        state = self.state
        bar = memo(self.ui, _bar, "Edit contact" if state.contact_id else "Create contact")
        form = ScrollColumn(
            self, "editor", self._photo(), *self._names(), *self._work(), *self._slots("phones"), *self._slots("emails"), self._date(),
            *self._more(), View(cls=None, height=32), rid="contact_editor_scroller", weight=1,
        )  # fmt: skip
        return Column(bar, form, cls=None, width=FILL, height=FILL)

    def _photo(self) -> View:
        photo = self.state.photo
        possible = bool(self.kernel.packages.resolve(Intent.of(GET_CONTENT, mime="image/*")))
        tap = call(ContactEditorActivity.choose_photo) if possible else None
        return memo(self.ui, photo_view, None if photo is None else images().register(photo), tap)

    def _text(self, key: str, label: str, icon: str = "", desc: str = "", *, multiline: bool = False, trailing: Kid = None) -> View:
        field = OutlinedField(self, key, label, rid=key, multiline=multiline, ime="newline" if multiline else "next")
        return form_row(icon, desc, field, trailing)

    def _names(self) -> list[View]:
        full = self.state.all_names
        shown = _NAMES if full else (_NAMES[1], _NAMES[3])
        arrow = IconButton("chevron-up" if full else "chevron-down", "Show fewer name fields" if full else "Show more name fields",
                           call(ContactEditorActivity.show_names))  # fmt: skip
        return [
            self._text(key, label, "account-outline" if i == 0 else "", "Name", trailing=arrow if i == 0 else None)
            for i, (key, label) in enumerate(shown)
        ]

    def _work(self) -> list[View]:
        rows = [self._text("company", "Company", "domain", "Organization")]
        if self.field("company") or self.field("job_title") or self.state.more:
            rows.append(self._text("job_title", "Title"))
        return rows

    def _slots(self, what: str) -> list[View]:
        phones = what == "phones"
        slots: tuple[Slot, ...] = self.state.phones if phones else self.state.emails
        noun, icon = ("Phone", "phone-outline") if phones else ("Email", "email-outline")
        rows: list[View] = []
        for i, slot in enumerate(slots):
            key = f"{what[:-1]}_{slot.id}"
            kind = phone_kind(slot.kind, slot.label) if phones else email_kind(slot.kind, slot.label)
            used = bool(self.field(key))
            field = OutlinedField(self, key, noun, input_type="phone" if phones else "email", rid=key,
                                  on_change=partial(ContactEditorActivity.phone_typed, key) if phones else None)  # fmt: skip
            cross = IconButton("close", f"Delete {kind} {noun}", call(ContactEditorActivity.remove_slot, what, slot.id))
            rows.append(form_row(icon if i == 0 else "", noun, field, cross if used or len(slots) > 1 else None))
            if used:
                tap = call(ContactEditorActivity.choose_kind, what, slot.id)
                rows.append(form_row("", "", memo(self.ui, kind_field, kind, tap, f"{key}_type")))
        if slots and self.field(f"{what[:-1]}_{slots[-1].id}"):
            add = Button(f"Add {noun.lower()}", call(ContactEditorActivity.add_slot, what), kind="text", margin=(44, 0, 0, 0))
            rows.append(Row(add, cls=None, width=FILL))
        return rows

    def _date(self) -> View:
        birthday = self.state.birthday
        cross = IconButton("close", "Delete Birthday", call(ContactEditorActivity.clear_date)) if birthday else None
        field = choice_field("Birthday" if birthday else "Significant date", shown_date(birthday), "calendar-blank", "Show date picker",
                             call(ContactEditorActivity.pick_date), rid="event_edit")  # fmt: skip
        return form_row("cake-variant-outline", "Significant date", field, cross)

    def _more(self) -> list[View]:
        state = self.state
        if not state.more:
            return [
                Row(
                    Button("More fields", call(ContactEditorActivity.show_more), kind="text", margin=(44, 8, 0, 0), rid="more_fields"),
                    cls=None,
                )
            ]
        titles = ", ".join(title for group, title, _ in self.kernel.content.contacts.groups() if group in state.groups)
        return [
            self._text("address", "Address", "map-marker-outline", "Address", multiline=True),
            self._text("nickname", "Nickname", "card-account-details-outline", "Nickname"),
            self._text("website", "Website", "web", "Website"),
            self._text("note", "Notes", "note-text-outline", "Notes", multiline=True),
            form_row("label-outline", "Labels", choice_field("Labels", titles, "menu-down", "Show dropdown menu",
                     call(ContactEditorActivity.choose_groups), rid="group_list")),
        ]  # fmt: skip


def _bar(title: str) -> View:
    return AppBar(
        title, on_up=call(ContactEditorActivity.cancel), up_icon="close", up_desc="Cancel",
        actions=[
            Button("Save", call(ContactEditorActivity.save), rid="toolbar_button", padding=(20, 0)),
            IconButton("dots-vertical", "More options", call(ContactEditorActivity.menu)),
        ],
    )  # fmt: skip
