"""One contact: who it is and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mobilegym.emulator.phone.apps.contacts import store
from mobilegym.emulator.phone.apps.contacts.editor import ContactEditorActivity
from mobilegym.emulator.phone.apps.contacts.kinds import email_kind, phone_kind
from mobilegym.emulator.phone.apps.contacts.prefill import shown_date
from mobilegym.emulator.phone.apps.contacts.rows import avatar
from mobilegym.emulator.phone.apps.contacts.transfer import delete_contacts, share_contacts
from mobilegym.emulator.phone.apps.numbers import shown_number
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import EDIT, SENDTO, VIEW, Intent
from mobilegym.emulator.phone.kernel.providers.contacts import Contact
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call, partial
from mobilegym.emulator.phone.ui.layout import Column, Flow, Kid, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.chip import AssistChip
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["DetailState", "QuickContactActivity"]

_CALL: Final = "android.intent.action.CALL"
_RINGTONES: Final = (("", "Default ringtone"), ("silent:", "None"), *(
    (f"content://media/internal/audio/media/{number}", title)
    for number, title in ((11, "Bright Morning"), (12, "Crackle"), (13, "Flutterby"), (14, "Hotline"), (15, "Ladder"),
        (16, "Romancing the Tone"))
))  # fmt: skip


@dataclass(frozen=True)
class DetailState:
    """Which contact."""

    contact_id: int = 0


class QuickContactActivity(Activity[DetailState]):
    """Shows a contact by `VIEW` of its URI or the extra `id`."""

    name = "com.android.contacts.quickcontact.QuickContactActivity"

    def initial(self) -> DetailState:
        return DetailState(int(self.intent.extra("id", 0) or 0) or store.contact_id_of(self.intent.data))

    def on_resume(self) -> None:
        # Deleted meanwhile, in the editor for instance: there is nothing left to show.
        if self.state.contact_id and not store.exists(self.kernel, self.state.contact_id):
            self.finish()

    def _contact(self) -> Contact:
        return self.kernel.content.contacts.get(self.state.contact_id)

    # ------------------------------------------------------------------ acting

    def edit(self) -> None:
        """Open the editor."""
        self.start(Intent(EDIT, store.contact_uri(self.state.contact_id), package=self.package, activity=ContactEditorActivity.name))

    def star(self) -> None:
        """Make it a favourite, or not."""
        starred = not self._contact().starred
        self.kernel.content.contacts.set_starred(self.state.contact_id, starred)
        self.effect("contact.starred", "reversible", id=self.state.contact_id, starred=starred)
        self.toast("Added to favorites" if starred else "Removed from favorites")

    def reach(self, how: str) -> None:
        """Call, text or mail; asks which number where there are several."""
        contact = self._contact()
        targets = tuple(e.address for e in contact.emails) if how == "email" else tuple(p.number for p in contact.phones)
        if len(targets) == 1:
            self.contact_at(how, targets[0])
            return
        labels = (
            tuple(f"{e.address}  {email_kind(e.type, e.label)}" for e in contact.emails) if how == "email"
            else tuple(f"{shown_number(p.number)}  {phone_kind(p.type, p.label)}" for p in contact.phones)
        )  # fmt: skip
        heading = {"call": "Choose number", "text": "Choose number", "email": "Choose email"}[how]
        self.show(ChoiceDialog(heading=heading, options=labels, radios=False, negative=DialogButton("Cancel"),
                               on_choose=partial(QuickContactActivity.target_chosen, how, targets)))  # fmt: skip

    def target_chosen(self, how: str, targets: tuple[str, ...], index: int) -> None:
        """One of several was chosen."""
        self.contact_at(how, targets[index])

    def contact_at(self, how: str, target: str) -> None:
        """Start what reaches a number or address."""
        intents = {
            "call": Intent(_CALL, f"tel:{target}"), "text": Intent(SENDTO, f"smsto:{target}"), "email": Intent(SENDTO, f"mailto:{target}"),
            "map": Intent(VIEW, f"geo:0,0?q={target}"), "web": Intent(VIEW, target if "://" in target else f"https://{target}"),
        }  # fmt: skip
        intent = intents[how]
        if self.kernel.packages.resolve(intent):
            self.start(intent)
        else:
            self.toast("No app found to handle this action")

    def copy(self, text: str) -> None:
        """A long press on a row copies it."""
        self.kernel.hardware.set_clipboard(text)
        self.toast("Text copied")

    def menu(self) -> None:
        """The overflow menu."""
        contact = self._contact()
        blocked = bool(contact.phones) and all(self.kernel.content.blocked.is_blocked(p.number) for p in contact.phones)
        voicemail = self._voicemail()
        items = [
            MenuItem("Delete", call(QuickContactActivity.ask_delete)), MenuItem("Share", call(QuickContactActivity.share_contact)),
            MenuItem("Set ringtone", call(QuickContactActivity.choose_ringtone)),
            MenuItem("Route to voicemail", call(QuickContactActivity.route, not voicemail), checked=voicemail),
        ]  # fmt: skip
        if contact.phones:
            items.append(MenuItem("Unblock numbers" if blocked else "Block numbers", call(QuickContactActivity.ask_block, not blocked)))
        self.show(Menu(items=tuple(items)))

    def _voicemail(self) -> bool:
        sql = "SELECT send_to_voicemail FROM contacts WHERE _id = ?"
        return bool(self.kernel.content.contacts.db.scalar(sql, (self.state.contact_id,)))

    def route(self, on: bool) -> None:
        """Send calls to voicemail, or not."""
        self.kernel.content.contacts.set_options(self.state.contact_id, {"send_to_voicemail": int(on)})
        self.effect("contact.routed_to_voicemail", "reversible", id=self.state.contact_id, on=on)
        self.toast("Calls from this contact go to voicemail" if on else "Calls from this contact ring")

    def choose_ringtone(self) -> None:
        """The list of ringtones."""
        now = self._contact().ringtone or ""
        chosen = next((i for i, (uri, _) in enumerate(_RINGTONES) if uri == now), 0)
        self.show(ChoiceDialog(heading="Set ringtone", options=tuple(title for _, title in _RINGTONES), chosen=chosen,
                               positive=DialogButton("OK", Call(QuickContactActivity.ringtone_chosen)),
                               negative=DialogButton("Cancel")))  # fmt: skip

    def ringtone_chosen(self, index: int) -> None:
        """A ringtone was chosen."""
        uri, title = _RINGTONES[index]
        self.kernel.content.contacts.set_options(self.state.contact_id, {"custom_ringtone": uri or None})
        self.effect("contact.ringtone_set", "reversible", id=self.state.contact_id, ringtone=title)

    def ask_block(self, block: bool) -> None:
        """Ask before blocking."""
        name = store.shown_name(self.kernel, self._contact())
        message = "You will no longer receive calls or texts from this contact." if block else ""
        word = "Block" if block else "Unblock"
        self.show(AlertDialog(heading=f"{word} {name}?", message=message, negative=DialogButton("Cancel"),
                              positive=DialogButton(word, call(QuickContactActivity.block, block))))  # fmt: skip

    def block(self, block: bool) -> None:
        """Block all numbers of the contact, or unblock them."""
        for phone in self._contact().phones:
            if block:
                self.kernel.content.blocked.block(phone.number)
            else:
                self.kernel.content.blocked.unblock(phone.number)
            self.effect("number.blocked" if block else "number.unblocked", "reversible", number=phone.number)
        self.toast("Numbers blocked" if block else "Numbers unblocked")

    def share_contact(self) -> None:
        """Offer the contact to other apps."""
        share_contacts(self, (self.state.contact_id,))

    def ask_delete(self) -> None:
        """Ask before deleting."""
        self.show(AlertDialog(message="Delete this contact?", positive=DialogButton("Delete", call(QuickContactActivity.delete), True),
                              negative=DialogButton("Cancel")))  # fmt: skip

    def delete(self) -> None:
        """Delete the contact and leave."""
        name = store.shown_name(self.kernel, self._contact())
        delete_contacts(self, (self.state.contact_id,))
        self.toast(f"{name} deleted")
        self.finish()

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        kernel = self.kernel
        if not store.exists(kernel, self.state.contact_id):
            bar = AppBar("", on_up=call(QuickContactActivity.finish))
            gone = EmptyState("account-off-outline", "The contact doesn’t exist.")
            return Column(bar, Stack(gone, cls=None, width=FILL, weight=1), cls=None, width=FILL, height=FILL)
        contact = self._contact()
        star = IconButton("star" if contact.starred else "star-outline", "Remove from favorites" if contact.starred else "Add to favorites",
                          call(QuickContactActivity.star), rid="menu_star",
                          color="primary" if contact.starred else "on_surface_variant")  # fmt: skip
        bar = AppBar("", on_up=call(QuickContactActivity.finish), actions=[
            IconButton("pencil-outline", "Edit contact", call(QuickContactActivity.edit), rid="menu_insert_or_edit"), star,
            IconButton("dots-vertical", "More options", call(QuickContactActivity.menu)),
        ])  # fmt: skip
        return Column(
            bar, ScrollColumn(self, "contact", self._header(contact), self._verbs(contact), *self._cards(contact),
                View(cls=None, height=24),
                              rid="content_scroller", weight=1),
            cls=None, width=FILL, height=FILL,
        )  # fmt: skip

    def _header(self, contact: Contact) -> View:
        name = store.shown_name(self.kernel, contact)
        photo = store.photo_key(self.kernel, contact.id)
        work = " • ".join(part for part in (contact.job_title, contact.company) if part and part != name)
        chips: Kid = None
        if contact.groups:
            chips = Flow(
                *[AssistChip(title, call(QuickContactActivity.edit), icon="label-outline") for title in contact.groups],
                cls=None,
                margin=(24, 4),
            )
        return Column(
            avatar(name, photo, size=168, cls="android.widget.ImageView", rid="photo", desc="Contact photo"),
            Text(name, "headline_medium", rid="large_title", text_align="center", padding=(24, 16, 24, 0)),
            Text(contact.nickname, "body_large", color="on_surface_variant", rid="nickname", padding=(24, 2, 24, 0)) if contact.nickname
                else None,
            Text(work, "body_large", color="on_surface_variant", rid="organization_name", text_align="center", padding=(24, 2, 24, 0))
                if work else None,
            chips, cls=None, width=FILL, cross="center", padding=(0, 8, 0, 8),
        )  # fmt: skip

    def _verbs(self, contact: Contact) -> View:
        verbs = (
            ("verb_call", "phone-outline", "Call", "call", bool(contact.phones)),
            ("verb_text", "message-outline", "Text", "text", bool(contact.phones)),
            ("verb_email", "email-outline", "Email", "email", bool(contact.emails)),
        )  # fmt: skip
        return Row(
            *[_verb(rid, icon, label, call(QuickContactActivity.reach, how) if able else None) for rid, icon, label, how, able in verbs],
            cls=None, width=FILL, padding=(16, 8, 16, 16), gap=8,
        )  # fmt: skip

    def _cards(self, contact: Contact) -> list[View]:
        rows: list[View] = []
        for i, phone in enumerate(contact.phones):
            kind, number = phone_kind(phone.type, phone.label), shown_number(phone.number)
            text = IconButton(
                "message-outline",
                f"Text {kind} {number}",
                call(QuickContactActivity.contact_at, "text", phone.number),
                rid="icon_alternate",
            )
            rows.append(
                _row(
                    "phone-outline" if i == 0 else "",
                    number,
                    kind,
                    phone.number,
                    call(QuickContactActivity.contact_at, "call", phone.number),
                    text,
                )
            )
        for i, email in enumerate(contact.emails):
            rows.append(_row("email-outline" if i == 0 else "", email.address, email_kind(email.type, email.label), email.address,
                             call(QuickContactActivity.contact_at, "email", email.address)))  # fmt: skip
        if contact.address:
            rows.append(
                _row(
                    "map-marker-outline",
                    contact.address,
                    "Home",
                    contact.address,
                    call(QuickContactActivity.contact_at, "map", contact.address),
                )
            )
        if not contact.phones:
            rows.append(_add_row("phone-plus-outline", "Add phone number"))
        if not contact.emails:
            rows.append(_add_row("email-plus-outline", "Add email"))
        about: list[View] = []
        if contact.birthday:
            day = shown_date(contact.birthday)
            about.append(_row("cake-variant-outline", day, "Birthday", day, None))
        if contact.website:
            about.append(
                _row("web", contact.website, "Website", contact.website, call(QuickContactActivity.contact_at, "web", contact.website))
            )
        if contact.note:
            about.append(_row("note-text-outline", contact.note, "Notes", contact.note, None))
        cards = [_card("Contact info", rows, "communication_card")]
        if about:
            cards.append(_card(f"About {contact.given or store.shown_name(self.kernel, contact)}", about, "about_card"))
        return cards


def _card(title: str, rows: list[View], rid: str) -> View:
    return Column(
        Text(title, "title_small", rid="title", padding=(16, 16, 16, 4), width=FILL), *rows, cls="android.widget.FrameLayout", rid=rid,
        width=FILL, background="surface_container_low", radius=16, margin=(16, 0, 16, 12), padding=(0, 0, 0, 8),
    )  # fmt: skip


def _row(icon: str, header: str, sub_header: str, copied: str, tap: Call | None, trailing: Kid = None) -> View:
    return Row(
        Icon(icon, margin=(0, 0, 16, 0)) if icon else View(cls=None, width=40, height=24),
        Column(Text(header, "body_large", rid="header"), Text(sub_header, "body_medium", color="on_surface_variant", rid="sub_header"),
            cls=None, weight=1),
        trailing, cls="android.widget.RelativeLayout", rid="entry_view", width=FILL, min_height=64, padding=(16, 8, 4, 8), on_tap=tap,
        on_long=call(QuickContactActivity.copy, copied),
    )  # fmt: skip


def _add_row(icon: str, label: str) -> View:
    return Row(
        Icon(icon, color="primary", margin=(0, 0, 16, 0)), Text(label, "body_large", color="primary", rid="header", weight=1),
        cls="android.widget.RelativeLayout", rid="entry_view", width=FILL, min_height=56, padding=(16, 8),
        on_tap=call(QuickContactActivity.edit),
    )  # fmt: skip


def _verb(rid: str, icon: str, label: str, tap: Call | None) -> View:
    able = tap is not None
    return Column(
        Stack(
            Icon(icon, color="on_secondary_container" if able else "on_surface", gravity="center", enabled=able), cls=None, width=FILL,
            height=56,
            radius=28, background="secondary_container" if able else "surface_container_high",
        ),
        Text(label, "label_large", color="on_surface" if able else "on_surface_variant", padding=(0, 6, 0, 0), enabled=able),
        cls="android.widget.LinearLayout", rid=rid, desc=label, on_tap=tap, enabled=able, weight=1, cross="center",
    )  # fmt: skip
