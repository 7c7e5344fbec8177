"""Contacts out to vCard files and in from them; what is done with several contacts at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mobilegym.emulator.phone.apps.contacts import store
from mobilegym.emulator.phone.apps.contacts.vcard import read_vcards, write_vcard
from mobilegym.emulator.phone.apps.numbers import shown_number
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import SEND, Intent
from mobilegym.errors import DeviceError, NotFound

__all__ = ["delete_contacts", "export_contacts", "import_file", "share_contacts"]

_MIME = "text/x-vcard"


def delete_contacts(surface: Activity[Any], ids: Iterable[int]) -> int:
    """Delete contacts for good; returns how many there were."""
    contacts, count = surface.kernel.content.contacts, 0
    for contact_id in sorted(ids):
        if store.exists(surface.kernel, contact_id):
            name = contacts.get(contact_id).name
            contacts.delete(contact_id)
            surface.effect("contact.deleted", "irreversible", id=contact_id, contact=name)
            count += 1
    return count


def export_contacts(surface: Activity[Any]) -> str:
    """Write all contacts into a new `contacts.vcf` in Download; returns its path, empty where there are no contacts."""
    kernel = surface.kernel
    found = store.entries(kernel)
    if not found:
        return ""
    text = "".join(write_vcard(store.draft_of(kernel, entry.id)) for entry in found)
    path = kernel.files.free_path("/sdcard/Download/contacts.vcf")
    kernel.files.write_text(path, text)
    surface.effect("contacts.exported", "reversible", path=path, count=len(found))
    return path


def import_file(surface: Activity[Any], uri: str) -> int:
    """Add the contacts of a vCard file; returns how many, -1 where the file cannot be read."""
    kernel = surface.kernel
    try:
        path = store.file_path(kernel, uri)
        drafts = read_vcards(kernel.files.read(path).decode("utf-8", "replace"))
    except (NotFound, DeviceError):
        return -1
    for draft in drafts:
        store.save(kernel, 0, draft)
    if drafts:
        surface.effect("contacts.imported", "reversible", path=path, count=len(drafts))
    return len(drafts)


def share_contacts(surface: Activity[Any], ids: Iterable[int]) -> None:
    """Offer contacts to other apps, as a vCard to those that take one and as text."""
    kernel = surface.kernel
    contacts = [kernel.content.contacts.get(i) for i in sorted(ids) if store.exists(kernel, i)]
    if not contacts:
        return
    text = "\n\n".join(
        "\n".join([store.shown_name(kernel, c), *(shown_number(p.number) for p in c.phones), *(e.address for e in c.emails)])
            for c in contacts
    )  # fmt: skip
    keys = ":".join(contact.lookup for contact in contacts)
    multi = "as_multi_vcard" if len(contacts) > 1 else "as_vcard"
    takes_vcards = bool(kernel.packages.resolve(Intent(SEND, mime=_MIME)))
    surface.share(
        text=text, stream=f"{store.CONTACTS_URI}/{multi}/{keys}", mime=_MIME if takes_vcards else "text/plain",
        title=store.shown_name(kernel, contacts[0]) if len(contacts) == 1 else f"{len(contacts)} contacts",
    )  # fmt: skip
