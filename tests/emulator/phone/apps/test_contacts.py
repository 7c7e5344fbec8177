"""The Contacts app, driven by what is on the screen."""

from __future__ import annotations

from typing import Any

import pytest

from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.emulator.phone.apps.contacts.people import PeopleActivity
from mobilegym.emulator.phone.apps.contacts.store import Draft, draft_of
from mobilegym.emulator.phone.apps.contacts.vcard import read_vcards, write_vcard
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import EDIT, INSERT, PICK, VIEW, Intent
from mobilegym.emulator.phone.kernel.providers.contacts import Email, Phone
from mobilegym.emulator.phone.kernel.providers.names import StructuredName
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.images import photo_png
from tests.emulator.phone.apps.pilot import Pilot

DELETED = ("contact.deleted", "irreversible")


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    contacts = pilot.phone.kernel.content.contacts
    ana = contacts.add("Ana Lopez", ["5550100001"], ["ana@example.com"], company="Lopez Bakery", starred=True)
    contacts.add("Adam Wright", ["5550100002"])
    contacts.add("Zoe Castillo", ["5550100003", Phone("5550100004", 3)])
    contacts.set_member(ana, contacts.add_group("Family"), True)
    pilot.open("Contacts")
    return pilot


def names(pilot: Pilot) -> list[str]:
    return [row.name for row in pilot.phone.kernel.content.contacts.display_list()]


def effects(pilot: Pilot) -> list[tuple[str, str]]:
    return [(e.name, e.risk) for e in pilot.phone.journal() if e.kind == "effect"]


def test_the_list_has_favourites_first_and_a_letter_per_section(pilot: Pilot) -> None:
    shown = [t for t in pilot.texts() if t in ("A", "Z", "Ana Lopez", "Adam Wright", "Zoe Castillo")]
    assert shown == ["Ana Lopez", "A", "Adam Wright", "Ana Lopez", "Z", "Zoe Castillo"]
    assert pilot.phone.activity().activity == "com.android.contacts.activities.PeopleActivity"


def test_an_empty_list_says_so() -> None:
    pilot = Pilot()
    pilot.open("Contacts")
    assert pilot.has("No contacts yet")
    pilot.tap("Create contact")
    assert pilot.has("First name")


def test_search_finds_by_any_word_number_and_address(pilot: Pilot) -> None:
    pilot.tap("Search contacts")
    for query, found in (("wri", "Adam Wright"), ("0100003", "Zoe Castillo"), ("ana@", "Ana Lopez")):
        pilot.type(query, clear=True)
        assert [e.text for e in pilot.find_all(rid="cliv_name_textview")] == [found]
    pilot.type("nobody", clear=True)
    assert pilot.has("No results found")
    pilot.back()
    pilot.back()
    assert pilot.has("All contacts · 3")


def test_create_a_contact_with_everything(pilot: Pilot) -> None:
    pilot.tap(desc="Create contact")
    for label, text in (("First name", "Hugo"), ("Last name", "Pereira"), ("Company", "Acme")):
        pilot.tap(label)
        pilot.type(text)
    pilot.back()
    pilot.tap("Phone")
    pilot.type("+13920741751")
    assert pilot.has("+1 392-074-1751")
    pilot.back()
    pilot.tap(desc="Show dropdown menu")
    pilot.tap("Work")
    pilot.scroll_to("Email")
    pilot.tap("Email")
    pilot.type("hugo@example.com")
    pilot.back()
    pilot.scroll_to("Significant date")
    pilot.tap("Significant date")
    pilot.tap("14")
    pilot.tap("OK")
    pilot.scroll_to("More fields")
    pilot.tap("More fields")
    pilot.scroll_to("Notes")
    pilot.tap("Notes")
    pilot.type("Likes tea")
    pilot.tap("Save")
    assert pilot.find(rid="large_title").text == "Hugo Pereira"
    contact = pilot.phone.kernel.content.contacts.get(pilot.phone.kernel.content.contacts.find("Hugo Pereira")[0])
    assert (contact.given, contact.family, contact.company, contact.note) == ("Hugo", "Pereira", "Acme", "Likes tea")
    assert contact.phones == (Phone("+1 392-074-1751", 3),)
    assert contact.emails == (Email("hugo@example.com", 1),)
    assert contact.birthday == "2026-03-14"
    assert ("contact.created", "reversible") in effects(pilot)


def test_more_numbers_and_custom_types(pilot: Pilot) -> None:
    pilot.tap("Adam Wright")
    pilot.tap(desc="Edit contact")
    pilot.tap("Add phone")
    pilot.type("5550123")
    pilot.back()
    pilot.tap(desc="Show dropdown menu", nth=1)
    pilot.scroll_to("Custom")
    pilot.tap("Custom")
    pilot.type("Boat")
    pilot.tap("OK")
    pilot.tap(desc="Delete Mobile Phone")
    pilot.tap("Save")
    contact = pilot.phone.kernel.content.contacts.get(2)
    assert contact.phones == (Phone("555-0123", 0, "Boat"),)
    assert pilot.has("Boat")
    assert ("contact.updated", "reversible") in effects(pilot)


def test_leaving_the_editor_asks_only_where_something_changed(pilot: Pilot) -> None:
    pilot.tap("Adam Wright")
    pilot.tap(desc="Edit contact")
    pilot.tap(desc="Cancel")
    assert pilot.has("Contact info")
    pilot.tap(desc="Edit contact")
    pilot.tap("Adam")
    pilot.type("X")
    pilot.back()
    pilot.back()
    assert pilot.has("Discard your changes?")
    pilot.tap("Keep editing")
    assert pilot.has("AdamX")
    pilot.tap(desc="Cancel")
    pilot.tap("Discard")
    assert "Adam Wright" in names(pilot)
    assert effects(pilot) == []


def test_an_empty_contact_is_not_saved(pilot: Pilot) -> None:
    pilot.tap(desc="Create contact")
    pilot.tap("Save")
    assert pilot.has("First name")
    assert len(names(pilot)) == 3


def test_all_parts_of_a_name_survive_an_edit(pilot: Pilot) -> None:
    contacts = pilot.phone.kernel.content.contacts
    mia = contacts.add("Dr. Mia May Zhang Jr.")
    pilot.phone.kernel.activities.start(Intent(EDIT, f"content://com.android.contacts/contacts/{mia}"))
    assert pilot.has("Dr.")
    assert pilot.has("Show fewer name fields")
    pilot.tap("Zhang")
    pilot.type("Chen", clear=True)
    pilot.tap("Save")
    assert contacts.get(mia).name == "Dr. Mia May Chen, Jr."
    assert draft_of(pilot.phone.kernel, mia).name == StructuredName("Dr.", "Mia", "May", "Chen", "Jr.")


def test_delete_from_the_details(pilot: Pilot) -> None:
    pilot.tap("Adam Wright")
    pilot.tap(desc="More options")
    pilot.tap("Delete")
    assert pilot.has("Delete this contact?")
    pilot.tap("Cancel")
    assert "Adam Wright" in names(pilot)
    pilot.tap(desc="More options")
    pilot.tap("Delete")
    pilot.tap("Delete")
    assert names(pilot) == ["Ana Lopez", "Zoe Castillo"]
    assert pilot.has("All contacts · 2")
    assert DELETED in effects(pilot)


def test_selecting_several(pilot: Pilot) -> None:
    pilot.long_press("Adam Wright")
    pilot.tap("Zoe Castillo")
    assert pilot.find(rid="action_mode_bar") is not None
    assert pilot.has("2")
    pilot.tap(desc="More options")
    pilot.tap("Add to label")
    pilot.tap("Family")
    assert {title: count for _, title, count in pilot.phone.kernel.content.contacts.groups()} == {"Family": 3}
    pilot.long_press("Adam Wright")
    pilot.tap("Zoe Castillo")
    pilot.tap(desc="Delete")
    pilot.tap("Delete")
    assert names(pilot) == ["Ana Lopez"]
    assert pilot.has("2 contacts deleted")


def test_favourites_in_highlights(pilot: Pilot) -> None:
    pilot.tap("Zoe Castillo")
    pilot.tap(desc="Add to favorites")
    assert pilot.has("Remove from favorites")
    pilot.back()
    pilot.tap(desc="Highlights")
    assert [e.text for e in pilot.find_all(rid="contact_name")] == ["Ana Lopez", "Zoe Castillo"]
    pilot.long_press("Ana Lopez")
    pilot.tap("Remove from favorites")
    pilot.tap("Add")
    pilot.tap("Adam Wright")
    assert [e.text for e in pilot.find_all(rid="contact_name")] == ["Adam Wright", "Zoe Castillo"]


def test_labels(pilot: Pilot) -> None:
    pilot.tap(desc="Organize")
    pilot.tap("Labels")
    pilot.tap(desc="Create label")
    pilot.type("Soccer")
    pilot.tap("OK")
    pilot.tap(desc="Add contacts")
    pilot.tap("Zoe Castillo")
    pilot.tap("OK")
    assert pilot.has("Zoe Castillo")
    pilot.tap(desc="More options")
    pilot.tap("Rename label")
    pilot.type("Team", clear=True)
    pilot.tap("OK")
    pilot.back()
    assert pilot.has("Team")
    pilot.tap("Team")
    pilot.tap(desc="More options")
    pilot.tap("Delete label")
    pilot.tap("Delete")
    assert [title for _, title, _ in pilot.phone.kernel.content.contacts.groups()] == ["Family"]
    pilot.back()
    pilot.tap(desc="Contacts")
    pilot.tap(rid="filter_label")
    pilot.tap("Family")
    assert pilot.has("Family · 1")


def test_sort_order_and_name_format(pilot: Pilot) -> None:
    pilot.tap(desc="More options")
    pilot.tap("Settings")
    pilot.tap("Sort by")
    pilot.tap("Last name")
    pilot.tap("Name format")
    pilot.tap("Last name first")
    pilot.back()
    rows = [e.text for e in pilot.find_all(rid="cliv_name_textview")]
    assert rows == ["Lopez, Ana", "Castillo, Zoe", "Lopez, Ana", "Wright, Adam"]


def test_export_and_import(pilot: Pilot) -> None:
    pilot.tap(desc="Organize")
    pilot.tap("Export to file")
    pilot.tap("Export")
    assert pilot.has("Exported to contacts.vcf")
    text = pilot.phone.kernel.files.read_text("/sdcard/Download/contacts.vcf")
    assert text.count("BEGIN:VCARD") == 3
    contacts = pilot.phone.kernel.content.contacts
    for row in contacts.display_list():
        contacts.delete(row.id)
    pilot.tap("Import from file")
    pilot.tap("contacts.vcf")
    assert pilot.has("3 contacts imported")
    assert names(pilot) == ["Adam Wright", "Ana Lopez", "Zoe Castillo"]
    assert contacts.get(contacts.find("Zoe Castillo")[0]).phones == (Phone("5550100003", 2), Phone("5550100004", 3))


def test_a_vcard_file_that_is_opened_asks_first(pilot: Pilot) -> None:
    kernel = pilot.phone.kernel
    kernel.files.write_text("/sdcard/Download/one.vcf", write_vcard(Draft(StructuredName(given="Kim"), phones=(Phone("5550177"),))))
    kernel.activities.start(
        Intent(VIEW, "file:///sdcard/Download/one.vcf", "text/x-vcard", "com.google.android.contacts"), source=kernel.activities.foreground
    )
    assert pilot.has("Import contacts from vCard?")
    pilot.tap("OK")
    assert "Kim" in names(pilot)


def test_vcards_of_other_versions() -> None:
    text = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Noir;=C3=89mi=\r\nle;;;\r\n"
        "TEL;CELL;PREF:555-0101\r\nitem1.EMAIL;INTERNET;WORK:e@x.example\r\nPHOTO;ENCODING=BASE64;JPEG:AAAA=\r\nBDAY:19900314\r\n"
        'NOTE:a\\, b\\nc\r\nEND:VCARD\r\nBEGIN:VCARD\nVERSION:4.0\nFN:Ada \n Byron\nTEL;TYPE="work,voice":tel:+15550102\nEND:VCARD\n'
    )
    first, second = read_vcards(text)
    assert (first.name.given, first.name.family) == ("Émile", "Noir")
    assert first.phones == (Phone("555-0101", 2),)
    assert first.emails == (Email("e@x.example", 2),)
    assert first.birthday == "1990-03-14"
    assert first.note == "a, b\nc"
    assert second.name.display == "Ada Byron"
    assert second.phones == (Phone("+15550102", 3),)
    assert read_vcards(write_vcard(first))[0] == first


def test_insert_intent_fills_the_form(pilot: Pilot) -> None:
    pilot.phone.kernel.activities.start(
        Intent.of(INSERT, mime="vnd.android.cursor.dir/contact", name="Kim Lee", phone="5550188", email="kim@example.com", phone_type=3)
    )
    assert pilot.has("Kim")
    assert pilot.has("Work")
    pilot.tap("Save")
    contact = pilot.phone.kernel.content.contacts.get(pilot.phone.kernel.content.contacts.find("Kim Lee")[0])
    assert contact.phones == (Phone("5550188", 3),)


@pytest.mark.parametrize(
    "intent",
    [
        Intent(VIEW, "content://com.android.contacts/contacts/2"),
        Intent(VIEW, "content://com.android.contacts/contacts/lookup/0r2-41/2", "vnd.android.cursor.item/contact"),
    ],
)
def test_view_intent(pilot: Pilot, intent: Intent) -> None:
    pilot.phone.kernel.activities.start(intent)
    assert pilot.find(rid="large_title").text == "Adam Wright"


def test_view_of_nobody_says_so(pilot: Pilot) -> None:
    pilot.phone.kernel.activities.start(Intent(VIEW, "content://com.android.contacts/contacts/99"))
    assert "99" not in "".join(pilot.texts())


def test_pick_gives_the_number(pilot: Pilot) -> None:
    kernel = pilot.phone.kernel
    kernel.activities.start(Intent(PICK, mime="vnd.android.cursor.dir/phone_v2"), source=kernel.activities.foreground, reply=Call(picked))
    pilot.tap("Zoe Castillo")
    pilot.tap(contains="010-0004")
    assert isinstance(kernel.activities.foreground, PeopleActivity)
    assert kernel.activities.foreground.field("picked") == "3 5550100004"


def picked(screen: Activity[Any], result: Intent | None) -> None:
    assert result is not None
    screen.set_field("picked", f"{result.extra('id')} {result.extra('number')}")


def test_blocking_and_routing(pilot: Pilot) -> None:
    pilot.tap("Adam Wright")
    pilot.tap(desc="More options")
    pilot.tap("Block numbers")
    pilot.tap("Block")
    assert pilot.phone.kernel.content.blocked.is_blocked("(555) 010-0002")
    pilot.tap(desc="More options")
    pilot.tap("Route to voicemail")
    pilot.tap(desc="More options")
    assert pilot.find(rid="checkbox").checked
    assert pilot.has("Unblock numbers")


def test_a_photo_is_shown(pilot: Pilot) -> None:
    kernel = pilot.phone.kernel
    kernel.content.contacts.update(2, photo=photo_png("beach", 1, 64, 64))
    assert pilot.phone.render((240, 108)).shape == (240, 108, 3)
    pilot.tap("Adam Wright")
    pilot.tap(desc="Edit contact")
    assert pilot.has("Contact photo")


def test_a_snapshot_keeps_a_half_filled_form(pilot: Pilot) -> None:
    pilot.tap(desc="Create contact")
    pilot.tap("First name")
    pilot.type("Hu")
    twin = Pilot(pilot.phone.fork())
    pilot.type("go")
    assert twin.has("Hu")
    twin.tap("Save")
    assert names(twin)[-2:] == ["Hu", "Zoe Castillo"]
    assert len(names(pilot)) == 3


@pytest.mark.parametrize("config", [PhoneConfig(dark=True), PhoneConfig(font_scale=1.3), PhoneConfig(locale="en-GB", use_24h=True)])
def test_screens_show_under_other_configurations(config: PhoneConfig) -> None:
    pilot = Pilot(VirtualPhone(config))
    pilot.phone.kernel.content.contacts.add("Ana Lopez", ["5550100001"])
    pilot.open("Contacts")
    pilot.phone.render((600, 270))
    pilot.tap("Ana Lopez")
    pilot.phone.render((600, 270))
    pilot.tap(desc="Edit contact")
    pilot.phone.render((600, 270))
    assert pilot.has("Save")
