"""Values of the contacts provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

__all__ = ["Contact", "ContactRow", "Email", "EmailLike", "Phone", "PhoneLike"]


class Phone(NamedTuple):
    """A number with Android's type: 1 home, 2 mobile, 3 work, 0 custom with `label`."""

    number: str
    type: int = 2
    label: str = ""


class Email(NamedTuple):
    """An address with Android's type: 1 home, 2 work, 3 other, 4 mobile, 0 custom with `label`."""

    address: str
    type: int = 1
    label: str = ""


PhoneLike: TypeAlias = str | Phone
EmailLike: TypeAlias = str | Email


class ContactRow(NamedTuple):
    """A line of the contact list."""

    id: int
    name: str
    label: str
    """Section: A–Z or `#`."""
    starred: bool
    lookup: str
    photo_id: int | None
    has_phone: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """Everything about one contact."""

    id: int
    raw_id: int
    lookup: str
    name: str
    given: str
    family: str
    phones: tuple[Phone, ...]
    emails: tuple[Email, ...]
    company: str
    job_title: str
    address: str
    note: str
    birthday: str
    """ISO date, or `--MM-DD` without a year."""
    nickname: str
    website: str
    starred: bool
    photo: bytes | None
    groups: tuple[str, ...]
    ringtone: str | None
