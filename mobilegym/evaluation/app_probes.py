"""Answers the checks about contacts, messages, calls, events and alarms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mobilegym.emulator.device import Row
from mobilegym.evaluation.scene import Finding, Scene, brief
from mobilegym.tasks.checks import AlarmTest, CallTest, ContactTest, Count, EventTest, SmsTest
from mobilegym.tasks.locations import ALARMS, CALL_TYPES, CALLS, CONTACT_DATA, EVENTS, MIME, REPEATS, SMS, SMS_TYPES, WEEKDAY_BITS
from mobilegym.tasks.matchers import Matcher, describe_match, matches, same_number
from mobilegym.tasks.setup import moment

__all__ = ["alarm", "call", "contact", "counted", "event", "sms"]


def counted(count: Count, found: Sequence[object], what: str, others: Sequence[object] = ()) -> Finding:
    """The finding for "so many of these": `others` are shown where too few were found."""
    actual = f"{len(found)}: {brief(found)}" if found else f"0; there are: {brief(others)}"
    return Finding(count.holds(len(found)), f"{count} × {what}", actual)


def _said(**wanted: Matcher | tuple[object, ...]) -> str:
    given = {name: value for name, value in wanted.items() if value not in (None, ())}
    return ", ".join(f"{name} {repr(v) if isinstance(v, tuple) else describe_match(v)}" for name, v in given.items())


def _numbers(value: str | tuple[str, ...] | None) -> tuple[str, ...] | None:
    return (value,) if isinstance(value, str) else value


def _same_numbers(have: Iterable[str], wanted: Sequence[str], only: bool) -> bool:
    left = list(have)
    for number in wanted:
        hit = next((n for n in left if same_number(n, number)), None)
        if hit is None:
            return False
        left.remove(hit)
    return not (only and left)


def _same_texts(have: Iterable[str], wanted: Sequence[str], only: bool) -> bool:
    folded = sorted(t.casefold() for t in have)
    asked = sorted(t.casefold() for t in wanted)
    return folded == asked if only else set(asked) <= set(folded)


def _optional(matcher: Matcher, values: Sequence[str]) -> bool:
    return matcher is None or any(matches(matcher, v) for v in values)


def contact(test: ContactTest, scene: Scene) -> Finding:
    rows = scene.device.content.query(CONTACT_DATA)
    people: dict[object, dict[str, list[str]]] = {}
    starred: dict[object, bool] = {}
    kinds = {mime: kind for kind, mime in MIME.items()}
    for row in rows:
        key = row.get("contact_id") or row.get("raw_contact_id")
        kind = kinds.get(str(row.get("mimetype")))
        if kind is not None and row.get("data1") is not None:
            people.setdefault(key, {}).setdefault(kind, []).append(str(row["data1"]))
        starred[key] = starred.get(key, False) or bool(row.get("starred"))

    def fits(key: object, data: Mapping[str, list[str]]) -> bool:
        if test.name not in data.get("name", []):
            return False
        phones, emails = _numbers(test.phone), _numbers(test.email)
        good = phones is None or _same_numbers(data.get("phone", []), phones, test.only or not phones)
        good = good and (emails is None or _same_texts(data.get("email", []), emails, test.only or not emails))
        good = good and all(
            _optional(m, data.get(k, [])) for k, m in (("company", test.company), ("address", test.address), ("note", test.note))
        )
        return good and (test.starred is None or starred.get(key, False) == test.starred)

    found = [_flat(d) for k, d in people.items() if fits(k, d)]
    same_name = [_flat(d) for d in people.values() if test.name in d.get("name", [])]
    what = f"contact {test.name!r} " + _said(phone=test.phone, email=test.email, company=test.company, note=test.note, starred=test.starred)
    return counted(test.count, found, what.strip(), same_name or [_flat(d).get("name", "") for d in people.values()])


def _flat(data: Mapping[str, list[str]]) -> dict[str, str]:
    return {k: ", ".join(v) for k, v in data.items()}


def sms(test: SmsTest, scene: Scene) -> Finding:
    rows = [r for r in scene.device.content.query(SMS) if r.get("type") == SMS_TYPES[test.box]]

    def fits(row: Row) -> bool:
        good = test.number is None or same_number(str(row.get("address") or ""), test.number)
        good = good and (test.text is None or matches(test.text, row.get("body")))
        return good and (test.read is None or bool(row.get("read")) == test.read)

    shown = [{"address": r.get("address"), "body": r.get("body")} for r in rows]
    found = [s for r, s in zip(rows, shown, strict=True) if fits(r)]
    return counted(test.count, found, f"message in {test.box} {_said(number=test.number, text=test.text, read=test.read)}", shown[::-1])


def call(test: CallTest, scene: Scene) -> Finding:
    rows = scene.device.content.query(CALLS)
    found = [
        r
        for r in rows
        if same_number(str(r.get("number") or ""), test.number) and (test.type is None or r.get("type") == CALL_TYPES[test.type])
    ]
    shown = [{"number": r.get("number"), "type": r.get("type")} for r in rows]
    return counted(
        test.count, [{"number": r.get("number"), "type": r.get("type")} for r in found], f"{test.type or 'any'} call {test.number}", shown
    )


def event(test: EventTest, scene: Scene) -> Finding:
    rows = scene.device.databases.query(EVENTS.package, EVENTS.database, f"SELECT * FROM {EVENTS.table}")
    zone = scene.task.starts_at.tzinfo

    def at(text: str | None) -> int | None:
        return None if text is None else int(moment(text).replace(tzinfo=zone).timestamp())

    def fits(row: Mapping[str, Any]) -> bool:
        reminders = sorted(m for n in (1, 2, 3) if (m := row.get(f"reminder_{n}_minutes")) is not None and m >= 0)
        tests = (
            matches(test.title, row["title"]),
            test.start is None or row["start_ts"] == at(test.start),
            test.end is None or row["end_ts"] == at(test.end),
            test.location is None or matches(test.location, row["location"]),
            test.description is None or matches(test.description, row["description"]),
            test.all_day is None or bool(row["flags"] & 1) == test.all_day,
            test.reminders is None or reminders == sorted(test.reminders),
            test.repeat is None or row["repeat_interval"] == REPEATS[test.repeat],
        )
        return all(tests)

    keys = ("title", "start_ts", "end_ts", "location", "description", "flags", "reminder_1_minutes", "repeat_interval")
    shown = [{k: r.get(k) for k in keys} for r in rows]
    found = [s for r, s in zip(rows, shown, strict=True) if fits(r)]
    near = [s for r, s in zip(rows, shown, strict=True) if matches(test.title, r["title"])]
    said = _said(
        title=test.title,
        start=test.start,
        end=test.end,
        location=test.location,
        reminders=test.reminders,
        repeat=test.repeat,
        all_day=test.all_day,
    )
    return counted(test.count, found, f"event {said} (start_ts {at(test.start)})", near or [s["title"] for s in shown])


def alarm(test: AlarmTest, scene: Scene) -> Finding:
    rows = scene.device.databases.query(ALARMS.package, ALARMS.database, f"SELECT * FROM {ALARMS.table}")
    days = None if test.days is None else sum(WEEKDAY_BITS[d] for d in test.days)

    def time_of(row: Mapping[str, Any]) -> str:
        return f"{row['hour']:02d}:{row['minutes']:02d}"

    def fits(row: Mapping[str, Any]) -> bool:
        tests = (
            test.time in (None, time_of(row)),
            test.label is None or matches(test.label, row["label"]),
            days is None or row["daysofweek"] == days,
            test.enabled is None or bool(row["enabled"]) == test.enabled,
            test.vibrate is None or bool(row["vibrate"]) == test.vibrate,
        )
        return all(tests)

    shown = [
        {"time": time_of(r), "label": r["label"], "days": r["daysofweek"], "enabled": r["enabled"], "vibrate": r["vibrate"]} for r in rows
    ]
    found = [s for r, s in zip(rows, shown, strict=True) if fits(r)]
    said = _said(time=test.time, label=test.label, days=test.days, enabled=test.enabled, vibrate=test.vibrate)
    return counted(test.count, found, f"alarm {said}", shown)
