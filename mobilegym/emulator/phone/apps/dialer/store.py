"""What the Phone app reads: the call log in groups, contacts that a number or the dialpad's keys lead to, its own preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote, unquote

from mobilegym.emulator.phone.apps.contacts import store as contacts_store
from mobilegym.emulator.phone.apps.contacts.kinds import phone_kind
from mobilegym.emulator.phone.apps.contacts.store import Same, cached
from mobilegym.emulator.phone.apps.numbers import shown_number
from mobilegym.emulator.phone.kernel.dbguard import phone_numbers_equal
from mobilegym.emulator.phone.kernel.providers import names
from mobilegym.emulator.phone.kernel.providers.calls import Call, CallKind
from mobilegym.emulator.phone.kernel.providers.contacts_rows import PHONE

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = [
    "DATABASE", "PACKAGE", "QUICK_RESPONSES", "SCHEMA", "CallGroup", "Match", "Party", "call_groups", "clean_number", "keypad_matches",
    "number_of", "party", "phone_matches", "quick_responses", "set_quick_response", "tel",
]  # fmt: skip

PACKAGE: Final = "com.google.android.dialer"
DATABASE: Final = "dialer.db"
SCHEMA: Final = "CREATE TABLE properties (property_key TEXT PRIMARY KEY, property_value TEXT);"
QUICK_RESPONSES: Final = (
    "Can’t talk now. What’s up?",
    "I’ll call you right back.",
    "I’ll call you later.",
    "Can’t talk now. Call me later?",
)
"""What a call can be declined with, as long as the owner has not changed it."""

_KEYS: Final = {
    char: key for key, chars in zip("23456789", ("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"), strict=True) for char in chars
}


class Party(NamedTuple):
    """Whom a number belongs to."""

    number: str
    name: str
    """The contact's name, or the number as it is shown."""
    contact_id: int | None
    kind: str
    """`Mobile`, `Work`, …; empty for a number of nobody."""
    photo: tuple[Any, ...] | None


class CallGroup(NamedTuple):
    """Calls in a row with the same number on the same day."""

    ids: tuple[int, ...]
    party: Party
    kind: CallKind
    """Of the latest."""
    date_ms: int
    new: bool


class Match(NamedTuple):
    """A number of a contact."""

    contact_id: int
    name: str
    number: str
    kind: str
    photo: tuple[Any, ...] | None


def tel(number: str) -> str:
    """A `tel:` URI."""
    return f"tel:{quote(clean_number(number), safe='+*,;')}"


def number_of(uri: str) -> str:
    """The number in a `tel:` or `sms:` URI, empty for any other."""
    scheme, _, rest = uri.partition(":")
    return clean_number(unquote(rest.partition("?")[0])) if scheme in ("tel", "sms", "smsto") else ""


def clean_number(number: str) -> str:
    """A number without what only makes it readable."""
    return "".join(char for char in number if char.isdigit() or char in "+*#,;" or char.isalpha())


def party(kernel: Kernel, number: str) -> Party:
    """Whom a number belongs to."""
    contacts = kernel.content.contacts
    key = ("party", contacts.token, number, contacts_store.family_first(kernel))
    return cached(key, lambda: _party(kernel, number))


def _party(kernel: Kernel, number: str) -> Party:
    contacts = kernel.content.contacts
    contact_id = contacts.lookup_id(number) if number else None
    if contact_id is None:
        return Party(number, shown_number(number) or "Unknown", None, "", None)
    contact = contacts.get(contact_id)
    kind = next((phone_kind(p.type, p.label) for p in contact.phones if phone_numbers_equal(p.number, number)), "")
    return Party(number, contacts_store.shown_name(kernel, contact), contact_id, kind, contacts_store.photo_key(kernel, contact_id))


def call_groups(kernel: Kernel, *, missed: bool = False) -> tuple[CallGroup, ...]:
    """The call log, latest first, calls in a row with one number together."""
    calls = kernel.content.calls
    key = ("calls", calls.token, kernel.content.contacts.token, missed, kernel.clock.zone.key, contacts_store.family_first(kernel))
    return cached(key, lambda: _call_groups(kernel, missed))


def _call_groups(kernel: Kernel, missed: bool) -> tuple[CallGroup, ...]:
    runs: list[list[Call]] = []
    for call in kernel.content.calls.recent(kind="missed" if missed else None):
        last = runs[-1][-1] if runs else None
        day = kernel.clock.local(call.date_ms).date()
        if last is not None and phone_numbers_equal(last.number, call.number) and kernel.clock.local(last.date_ms).date() == day:
            runs[-1].append(call)
        else:
            runs.append([call])
    return tuple(
        CallGroup(tuple(call.id for call in run), party(kernel, run[0].number), run[0].kind, run[0].date_ms, any(c.new for c in run))
            for run in runs
    )  # fmt: skip


# ---------------------------------------------------------------------- finding numbers


def _numbers(kernel: Kernel) -> tuple[Match, ...]:
    """All numbers of all contacts, in the order of the contact list."""

    def make() -> tuple[Match, ...]:
        rows = kernel.content.contacts.db.query(
            "SELECT contact_id, data1, data2, data3 FROM view_data WHERE mimetype = ? ORDER BY _id", (PHONE,)
        )
        of: dict[int, list[tuple[str, str]]] = {}
        for contact_id, number, kind, label in rows:
            code = int(kind) if str(kind).isdigit() else 7
            of.setdefault(contact_id, []).append((number or "", phone_kind(code, label or "")))
        found = contacts_store.entries(kernel)
        return tuple(Match(entry.id, entry.name, number, kind, entry.photo) for entry in found for number, kind in of.get(entry.id, ()))

    token = kernel.content.contacts.token
    return cached(("numbers", token, contacts_store.family_first(kernel), contacts_store.sorted_by_family(kernel)), make)


def keypad_matches(kernel: Kernel, digits: str) -> tuple[Match, ...]:
    """Contacts that the keys pressed so far may mean: by the letters on them (any word, or the initials) or by their number."""
    digits = names.normalized_number(digits)
    if not digits:
        return ()
    plain = digits.lstrip("+")

    def rank(match: Match) -> int:
        words = ["".join(_KEYS.get(c, c if c.isdigit() else "") for c in word) for word in names.sort_key(match.name).split()]
        if any("".join(words[i:]).startswith(digits) for i in range(len(words))):
            return 0
        if len(plain) > 1 and "".join(word[:1] for word in words).startswith(digits):
            return 1
        return 2 if plain in names.normalized_number(match.number) else 3

    key = ("keypad", kernel.content.contacts.token, digits, contacts_store.family_first(kernel), contacts_store.sorted_by_family(kernel))
    return cached(key, lambda: tuple(sorted((m for m in _numbers(kernel) if rank(m) < 3), key=rank)))


def phone_matches(kernel: Kernel, query: str) -> tuple[Match, ...]:
    """Numbers of the contacts that a search finds."""
    entries, numbers = contacts_store.entries(kernel, query), _numbers(kernel)

    def make() -> tuple[Match, ...]:
        found = {entry.id for entry in entries}
        return tuple(match for match in numbers if match.contact_id in found)

    return cached(("phone_matches", Same(entries), Same(numbers)), make)


# ---------------------------------------------------------------------- preferences


def quick_responses(kernel: Kernel) -> tuple[str, ...]:
    """What a call can be declined with."""
    rows = kernel.databases.open(PACKAGE, DATABASE).query("SELECT property_key, property_value FROM properties")
    own = {row[0]: row[1] for row in rows}
    return tuple(own.get(f"canned_response_pref_{i + 1}") or text for i, text in enumerate(QUICK_RESPONSES))


def set_quick_response(kernel: Kernel, index: int, text: str) -> None:
    """Change a quick response; an empty text puts the original back."""
    database = kernel.databases.open(PACKAGE, DATABASE)
    database.execute("INSERT OR REPLACE INTO properties VALUES (?, ?)", (f"canned_response_pref_{index + 1}", text))
