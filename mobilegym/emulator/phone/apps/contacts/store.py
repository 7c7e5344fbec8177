"""What the Contacts app reads from and writes to the contacts provider. The Phone app reads its lists through it too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar
from urllib.parse import unquote, urlsplit

from mobilegym.emulator.phone.kernel.providers import names
from mobilegym.emulator.phone.kernel.providers.contacts import Contact, Email, Phone
from mobilegym.emulator.phone.kernel.providers.contacts_rows import GROUP, NAME
from mobilegym.emulator.phone.kernel.providers.names import StructuredName
from mobilegym.emulator.phone.ui.images import store as images
from mobilegym.errors import NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["CONTACTS_URI", "DISPLAY_ORDER", "NO_NAME", "SORT_ORDER", "Draft", "Entry", "Same", "cached", "contact_id_of", "contact_uri",
           "draft_of", "entries", "exists", "family_first", "file_path", "group_title", "members", "name_parts", "newest", "photo_key",
           "save", "shown_name", "sorted_by_family", "vcard_files"]  # fmt: skip

CONTACTS_URI: Final = "content://com.android.contacts/contacts"
SORT_ORDER: Final = "android.contacts.SORT_ORDER"
"""System setting: `1` sorts by first name, `2` by last name."""
DISPLAY_ORDER: Final = "android.contacts.DISPLAY_ORDER"
"""System setting: `1` shows the first name first, `2` the last name."""
NO_NAME: Final = "(No name)"

_ROWS: Final = (
    "SELECT c._id, r.display_name, r.display_name_alt, r.phonebook_label, r.phonebook_label_alt, r.phonebook_bucket, "
    "r.phonebook_bucket_alt, c.starred, c.photo_id, c.has_phone_number FROM contacts c JOIN raw_contacts r ON r._id = c.name_raw_contact_id"
)
T = TypeVar("T")
_CACHE: Final[dict[object, Any]] = {}
_CACHE_LIMIT: Final = 256


class Entry(NamedTuple):
    """A line of a contact list."""

    id: int
    name: str
    label: str
    """Section: A–Z or `#`."""
    starred: bool
    photo: tuple[Any, ...] | None
    """Key in the image store."""
    has_phone: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """All that the editor edits."""

    name: StructuredName = StructuredName()
    company: str = ""
    job_title: str = ""
    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()
    address: str = ""
    birthday: str = ""
    website: str = ""
    nickname: str = ""
    note: str = ""
    groups: frozenset[int] = frozenset()
    photo: bytes | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to save."""
        return self == Draft(groups=self.groups)


class Same:
    """Stands for an object in a key of `cached`: equal to itself only, and hashed at no cost however large it is."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value


def cached(key: object, make: Callable[[], T]) -> T:
    """`make()`, kept for later under a key that holds the tokens of all it reads; so every phone may share it."""
    found = _CACHE.get(key)
    if found is None:
        if len(_CACHE) >= _CACHE_LIMIT:
            for old in list(_CACHE)[: _CACHE_LIMIT // 2]:
                del _CACHE[old]
        found = _CACHE[key] = make()
    return found


# ---------------------------------------------------------------------- reading


def sorted_by_family(kernel: Kernel) -> bool:
    """Whether lists are sorted by last name."""
    return kernel.settings.get("system", SORT_ORDER) == "2"


def family_first(kernel: Kernel) -> bool:
    """Whether names are shown with the last name first."""
    return kernel.settings.get("system", DISPLAY_ORDER) == "2"


def entries(kernel: Kernel, query: str = "", group: int = 0) -> tuple[Entry, ...]:
    """Contacts in the owner's order: all, those under a label, those that a search finds. The same object while nothing changes."""
    contacts = kernel.content.contacts
    key = ("entries", contacts.token, query.strip(), group, sorted_by_family(kernel), family_first(kernel))
    return cached(key, lambda: _entries(kernel, query.strip(), group))


def _entries(kernel: Kernel, query: str, group: int) -> tuple[Entry, ...]:
    contacts = kernel.content.contacts
    rows = contacts.db.query(_ROWS)
    if query:
        found = {row.id for row in contacts.display_list(query)}
        rows = [row for row in rows if row[0] in found]
    if group:
        inside = members(kernel, group)
        rows = [row for row in rows if row[0] in inside]
    alt, last_first = int(sorted_by_family(kernel)), int(family_first(kernel))
    rows.sort(key=lambda row: (row[5 + alt] or 0, names.sort_key(row[1 + alt] or ""), row[0]))
    return tuple(
        Entry(row[0], row[1 + last_first] or NO_NAME, row[3 + alt] or "#", bool(row[7]), photo_key(kernel, row[0]) if row[8] else None,
              bool(row[9]))
        for row in rows
    )  # fmt: skip


def newest(kernel: Kernel, limit: int = 5) -> tuple[Entry, ...]:
    """The contacts added last, latest first."""
    return tuple(sorted(entries(kernel), key=lambda entry: -entry.id)[:limit])


def exists(kernel: Kernel, contact_id: int) -> bool:
    """Whether there is a contact of that id."""
    return kernel.content.contacts.db.scalar("SELECT 1 FROM contacts WHERE _id = ?", (contact_id,)) is not None


def members(kernel: Kernel, group: int) -> frozenset[int]:
    """Ids of the contacts under a label."""
    sql = "SELECT contact_id FROM view_data WHERE mimetype = ? AND data1 = ?"
    return frozenset(row[0] for row in kernel.content.contacts.db.query(sql, (GROUP, str(group))))


def group_title(kernel: Kernel, group: int) -> str:
    """A label's title, empty where there is none of that id."""
    return next((title for group_id, title, _ in kernel.content.contacts.groups() if group_id == group), "")


def photo_key(kernel: Kernel, contact_id: int) -> tuple[Any, ...] | None:
    """Key of a contact's photo in the image store, or None."""
    data = kernel.content.contacts.photo(contact_id)
    return images().register(bytes(data)) if data else None


def shown_name(kernel: Kernel, contact: Contact) -> str:
    """A contact's name in the order the owner chose."""
    if not family_first(kernel):
        return contact.name or NO_NAME
    sql = "SELECT display_name_alt FROM raw_contacts WHERE _id = ?"
    return kernel.content.contacts.db.scalar(sql, (contact.raw_id,)) or contact.name or NO_NAME


def name_parts(kernel: Kernel, contact_id: int) -> StructuredName:
    """The parts of a contact's name; all empty where it has none."""
    sql = "SELECT data4, data2, data5, data3, data6 FROM view_data WHERE contact_id = ? AND mimetype = ? ORDER BY _id"
    row = kernel.content.contacts.db.one(sql, (contact_id, NAME))
    return StructuredName() if row is None else StructuredName(*(part or "" for part in row))


def draft_of(kernel: Kernel, contact_id: int) -> Draft:
    """A contact as the editor shows it.

    Raises:
        NotFound: If there is none of that id.
    """
    contact = kernel.content.contacts.get(contact_id)
    titles = set(contact.groups)
    return Draft(
        name_parts(kernel, contact_id), contact.company, contact.job_title, contact.phones, contact.emails, contact.address,
        contact.birthday, contact.website, contact.nickname, contact.note,
        frozenset(group_id for group_id, title, _ in kernel.content.contacts.groups() if title in titles),
        None if contact.photo is None else bytes(contact.photo),
    )  # fmt: skip


# ---------------------------------------------------------------------- writing


def save(kernel: Kernel, contact_id: int, draft: Draft) -> int:
    """Write a draft into a contact, a new one where `contact_id` is 0; returns its id."""
    contacts = kernel.content.contacts
    with contacts.db.transaction():
        new = contact_id == 0
        if new:
            contact_id = contacts.add("")
        before = Draft() if new else draft_of(kernel, contact_id)
        contacts.update(
            contact_id, phones=draft.phones, emails=draft.emails, company=draft.company, job_title=draft.job_title, address=draft.address,
            note=draft.note, birthday=draft.birthday, nickname=draft.nickname, website=draft.website,
            photo=None if draft.photo == before.photo else draft.photo or b"",
        )  # fmt: skip
        if draft.name != before.name:
            _save_name(kernel, contact_id, draft.name)
        for group in draft.groups ^ before.groups:
            contacts.set_member(contact_id, group, group in draft.groups)
    return contact_id


def _save_name(kernel: Kernel, contact_id: int, name: StructuredName) -> None:
    contacts = kernel.content.contacts
    data_id = contacts.db.scalar("SELECT _id FROM view_data WHERE contact_id = ? AND mimetype = ? ORDER BY _id", (contact_id, NAME))
    columns = {"data1": name.display, "data2": name.given, "data3": name.family, "data4": name.prefix, "data5": name.middle,
               "data6": name.suffix}  # fmt: skip
    if not name.display:
        if data_id is not None:
            contacts.delete_data(data_id)
    elif data_id is not None:
        contacts.update_data(data_id, {column: text or None for column, text in columns.items()})
    else:
        raw_id = contacts.db.scalar("SELECT name_raw_contact_id FROM contacts WHERE _id = ?", (contact_id,))
        filled = {column: text for column, text in columns.items() if text}
        contacts.insert_data({"mimetype": NAME, "raw_contact_id": raw_id, **filled})


# ---------------------------------------------------------------------- addresses of things


def contact_uri(contact_id: int) -> str:
    """Content URI of a contact."""
    return f"{CONTACTS_URI}/{contact_id}"


def contact_id_of(uri: str) -> int:
    """Id in a contact's URI, with or without lookup key; 0 where it names none."""
    found = re.fullmatch(r"content://com\.android\.contacts/(?:raw_)?contacts(?:/lookup/[^/]+)?/(\d+)", uri)
    return int(found[1]) if found else 0


def file_path(kernel: Kernel, uri: str) -> str:
    """Path of the file that a `file:`, media or documents URI (or a bare path) names.

    Raises:
        NotFound: It names none.
    """
    parts = urlsplit(uri)
    path = unquote(parts.path)
    if parts.scheme in ("", "file") and path:
        return path
    if parts.netloc == "media" and (media_id := path.rsplit("/", 1)[-1]).isdigit():
        return kernel.content.media.get(int(media_id)).path
    if parts.netloc == "com.android.externalstorage.documents" and ":" in path:
        return f"/sdcard/{path.rsplit(':', 1)[1]}"
    if (at := path.find("/storage/emulated/0")) >= 0:
        return path[at:]
    if (at := path.find("/sdcard/")) >= 0:
        return path[at:]
    raise NotFound(f"{uri!r} names no file of this phone")


def vcard_files(kernel: Kernel) -> Iterable[str]:
    """Paths of the vCard files in shared storage, in order."""
    return sorted(stat.path for stat in kernel.files.walk("/sdcard") if stat.path.lower().endswith((".vcf", ".vcard")))
