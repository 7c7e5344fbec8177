"""vCard files: contacts written as version 3.0, read in versions 2.1, 3.0 and 4.0."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from mobilegym.emulator.phone.apps.contacts.store import Draft
from mobilegym.emulator.phone.kernel.providers.contacts import Email, Phone
from mobilegym.emulator.phone.kernel.providers.names import StructuredName, split_name

__all__ = ["read_vcards", "write_vcard"]

_PHONE_TYPES: Final = {1: "HOME", 2: "CELL", 3: "WORK", 4: "WORK,FAX", 5: "HOME,FAX", 6: "PAGER", 7: "VOICE", 12: "MAIN", 17: "WORK,CELL"}
_EMAIL_TYPES: Final = {1: "HOME", 2: "WORK", 4: "CELL"}


class _Line(NamedTuple):
    name: str
    types: frozenset[str]
    encoding: str
    value: str


def write_vcard(draft: Draft) -> str:
    """A contact as a vCard 3.0, lines ended by CRLF."""
    name = draft.name
    full = name.display or draft.company or draft.nickname or (draft.phones[0].number if draft.phones else "")
    lines = [
        "BEGIN:VCARD", "VERSION:3.0",
        "N:" + ";".join(_escaped(part) for part in (name.family, name.given, name.middle, name.prefix, name.suffix)),
        f"FN:{_escaped(full)}",
    ]  # fmt: skip
    lines += [f"TEL;TYPE={_PHONE_TYPES.get(phone.type, 'VOICE')}:{_escaped(phone.number)}" for phone in draft.phones]
    lines += [f"EMAIL;TYPE={_EMAIL_TYPES.get(email.type, 'INTERNET')}:{_escaped(email.address)}" for email in draft.emails]
    plain = (
        ("NICKNAME:", draft.nickname), ("ADR;TYPE=HOME:;;", draft.address), ("ORG:", draft.company), ("TITLE:", draft.job_title),
        ("URL:", draft.website), ("BDAY:", draft.birthday), ("NOTE:", draft.note),
    )  # fmt: skip
    lines += [f"{start}{_escaped(text)}{';;;;' if start.startswith('ADR') else ''}" for start, text in plain if text]
    if draft.photo:
        kind = "PNG" if draft.photo.startswith(b"\x89PNG") else "JPEG"
        lines.append(f"PHOTO;ENCODING=b;TYPE={kind}:{base64.b64encode(draft.photo).decode('ascii')}")
    lines.append("END:VCARD")
    return "".join(f"{line}\r\n" for line in lines)


def read_vcards(text: str) -> list[Draft]:
    """The contacts of a vCard file; what it does not understand it passes over."""
    found: list[Draft] = []
    draft: Draft | None = None
    for line in _lines(text):
        if line.name == "BEGIN":
            draft = Draft()
        elif line.name == "END":
            if draft is not None and not draft.empty:
                found.append(draft)
            draft = None
        elif draft is not None:
            draft = _with(draft, line)
    return found


def _with(draft: Draft, line: _Line) -> Draft:
    value = line.value
    if line.name == "N":
        family, given, middle, prefix, suffix = (*_parts(value), "", "", "", "", "")[:5]
        return replace(draft, name=StructuredName(prefix, given, middle, family, suffix))
    if line.name == "PHOTO":
        return replace(draft, photo=_bytes(line) or draft.photo)
    value = " ".join(part for part in _parts(value) if part) if line.name == "ADR" else _parts(value)[0]
    if not value:
        return draft
    if line.name == "FN":
        return draft if draft.name.display else replace(draft, name=split_name(value))
    if line.name == "TEL":
        return replace(draft, phones=(*draft.phones, Phone(value.removeprefix("tel:"), _phone_type(line.types))))
    if line.name == "EMAIL":
        kinds = {"HOME": 1, "WORK": 2, "CELL": 4}
        return replace(draft, emails=(*draft.emails, Email(value, next((kinds[t] for t in sorted(line.types) if t in kinds), 3))))
    if line.name == "BDAY":
        return replace(draft, birthday=_date(value))
    fields = {"ORG": "company", "TITLE": "job_title", "NOTE": "note", "ADR": "address", "URL": "website", "NICKNAME": "nickname"}
    field = fields.get(line.name)
    return replace(draft, **{field: value}) if field is not None else draft


def _lines(text: str) -> Iterator[_Line]:
    """Logical lines: folded ones joined, quoted-printable decoded."""
    raw = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    at = 0
    while at < len(raw):
        line, at = raw[at], at + 1
        head, colon, value = line.partition(":")
        if not colon:
            continue
        soft = "QUOTED-PRINTABLE" in head.upper()
        while soft and value.endswith("=") and at < len(raw):
            value, at = value[:-1] + raw[at], at + 1
        name, *params = head.split(";")
        name = name.rsplit(".", 1)[-1].strip().upper()
        types: set[str] = set()
        encoding = ""
        for param in params:
            key, equals, option = param.partition("=")
            if equals and key.upper() == "ENCODING":
                encoding = option.upper()
            elif not equals or key.upper() == "TYPE":
                types.update((option if equals else key).strip('"').upper().split(","))
        if soft:
            value = quopri.decodestring(value.encode()).decode("utf-8", "replace").replace("\n", "\\n")
        yield _Line(name, frozenset(types), encoding, value)


def _phone_type(types: frozenset[str]) -> int:
    if "FAX" in types:
        return 4 if "WORK" in types else 5
    if "CELL" in types:
        return 17 if "WORK" in types else 2
    return next((kind for name, kind in (("MAIN", 12), ("PAGER", 6), ("WORK", 3), ("HOME", 1)) if name in types), 7)


def _date(value: str) -> str:
    found = re.match(r"(\d{4}|--)-?(\d{2})-?(\d{2})", value)
    if found is None:
        return ""
    return f"--{found[2]}-{found[3]}" if found[1] == "--" else f"{found[1]}-{found[2]}-{found[3]}"


def _bytes(line: _Line) -> bytes:
    data = line.value.partition("base64,")[2] or line.value
    if not line.encoding.startswith("B") and "base64," not in line.value:
        return b""
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def _parts(value: str) -> list[str]:
    """The components of a value, split at semicolons that are not escaped."""
    return [re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], part).strip() for part in re.split(r"(?<!\\);", value)]
