"""Differences of states, and which of them a task allows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from mobilegym.evaluation.scopes import unexplained
from mobilegym.evaluation.state_diff import diff, parse_row
from mobilegym.tasks.side_effects import Allow, glob_matches, split_columns

ALLOW: TypeAdapter[Any] = TypeAdapter(Allow)
CONTACTS = "db:com.android.providers.contacts/contacts2.db"
SMS = "db:com.android.providers.telephony/mmssms.db"
EVENTS = "db:org.fossify.calendar/events.db/events"
ALARMS = "db:com.google.android.deskclock/alarms.db/alarm_templates"
MEDIA = "db:com.android.providers.media.module/external.db/files"


def row(**columns: Any) -> str:
    return json.dumps(columns, sort_keys=True)


def left(before: dict[str, str], after: dict[str, str], *allow: object, bookkeeping: tuple[str, ...] = ()) -> list[str]:
    scopes = [ALLOW.validate_python(a) for a in allow]
    return [d.path for d in unexplained(diff(before, after), scopes, bookkeeping, before, after)]


TREE = st.dictionaries(
    st.sampled_from(["setting:global/a", "db:p/d/t/1", "db:p/d/t/2", "file:/a"]), st.sampled_from(['{"x":1}', '{"x":2}', "z"])
)


@given(TREE, TREE)
def test_diff_properties(before: dict[str, str], after: dict[str, str]) -> None:
    assert diff(before, before) == ()
    deltas = diff(before, after)
    assert [d.path for d in deltas] == sorted(p for p in {*before, *after} if before.get(p) != after.get(p))
    patched = {**before}
    for d in deltas:
        if d.after is None:
            del patched[d.path]
        else:
            patched[d.path] = d.after
    assert patched == after
    assert left(before, after, "**") == []
    assert left(before, after) == [d.path for d in deltas]


def test_columns() -> None:
    (delta,) = diff({"db:p/d/t/1": row(a=1, b=2)}, {"db:p/d/t/1": row(a=1, b=3, c=4)})
    assert delta.columns == {"b", "c"}
    assert delta.change == "changed"
    assert parse_row("nonsense") == {}


def test_fields_of_a_package() -> None:
    before, after = {"package:p": row(enabled=True, granted=["a"])}, {"package:p": row(enabled=True, granted=[])}
    (delta,) = diff(before, after)
    assert delta.columns == {"granted"}
    assert delta.row == {"enabled": True, "granted": []}
    assert left(before, after, "package:p#granted") == []
    assert left(before, {"package:p": row(enabled=False, granted=[])}, "package:p#granted") == ["package:p"]


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("setting:global/*", "setting:global/wifi_on", True),
        ("setting:*", "setting:global/wifi_on", False),
        ("setting:**", "setting:global/wifi_on", True),
        ("file:/sdcard/*.txt", "file:/sdcard/a.txt", True),
        ("file:/sdcard/*.txt", "file:/sdcard/b/a.txt", False),
        ("file:/a[1].txt", "file:/a[1].txt", True),
        ("file:/a.b", "file:/axb", False),
    ],
)
def test_globs(pattern: str, path: str, fits: bool) -> None:
    assert glob_matches(pattern, path) is fits


def test_split_columns() -> None:
    assert split_columns("db:p/d/t/*#a,b") == ("db:p/d/t/*", {"a", "b"})
    assert split_columns("package:p#granted") == ("package:p", {"granted"})
    assert split_columns("file:/sdcard/#1") == ("file:/sdcard/#1", frozenset())


def test_only_the_columns_that_are_named() -> None:
    before = {"db:p/d/t/1": row(a=1, b=1)}
    assert left(before, {"db:p/d/t/1": row(a=2, b=1)}, "db:p/d/t/*#a") == []
    assert left(before, {"db:p/d/t/1": row(a=2, b=2)}, "db:p/d/t/*#a") == ["db:p/d/t/1"]
    assert left(before, {"db:p/d/t/1": row(a=2, b=2)}, "db:p/d/t/*#a", bookkeeping=("db:p/d/t/*#b",)) == []
    assert left(before, {}, "db:p/d/t/*#a") == ["db:p/d/t/1"]
    assert left(before, {**before, "db:p/d/t/2": row(a=1)}, bookkeeping=("db:p/d/t/*#a",)) == ["db:p/d/t/2"]


def test_change_where_and_max() -> None:
    after = {"db:p/d/t/1": row(a=1), "db:p/d/t/2": row(a=1), "db:p/d/t/3": row(a=2)}
    assert left({}, after, {"path": "db:p/d/t/*", "where": {"a": 1}}) == ["db:p/d/t/3"]
    assert left({}, after, {"path": "db:p/d/t/*", "where": {"a": 1}, "max": 1}) == ["db:p/d/t/2", "db:p/d/t/3"]
    assert left({}, after, {"path": "db:p/d/t/*", "change": ["removed"]}) == list(after)
    assert left(after, {}, {"path": "db:p/d/t/*", "change": ["removed"], "where": {"a": {"min": 1}}}) == []


def test_contact_scope_has_all_rows_of_that_contact_and_no_others() -> None:
    ann = {
        f"{CONTACTS}/raw_contacts/7": row(_id=7, contact_id=3, display_name="Ann Bell"),
        f"{CONTACTS}/contacts/3": row(_id=3, name_raw_contact_id=7),
        f"{CONTACTS}/data/20": row(_id=20, raw_contact_id=7, data1="Ann Bell"),
        f"{CONTACTS}/phone_lookup/20": row(raw_contact_id=7, normalized_number="1"),
        f"{CONTACTS}/mimetypes/4": row(_id=4, mimetype="x"),
    }
    bob = {
        f"{CONTACTS}/raw_contacts/8": row(_id=8, contact_id=4, display_name="Bob"),
        f"{CONTACTS}/data/21": row(raw_contact_id=8, data1="2"),
    }
    assert left({}, ann, {"contact": "Ann Bell", "change": ["added"]}) == []
    assert left(bob, {**ann}, {"contact": "Ann Bell"}) == sorted(bob)
    kind = f"{CONTACTS}/mimetypes/4"
    assert left({**bob, **ann}, {**bob, kind: ann[kind]}, {"contact": "Ann Bell", "change": ["removed"]}) == []
    assert (
        left(
            ann, {**ann, f"{CONTACTS}/data/20": row(_id=20, raw_contact_id=7, data1="Ann B")}, {"contact": "Ann Bell", "change": ["added"]}
        )
        != []
    )


def test_sms_scope() -> None:
    sent = {
        f"{SMS}/sms/1": row(_id=1, thread_id=5, address="+1 212-555-0100", body="hi"),
        f"{SMS}/threads/5": row(_id=5, snippet="hi"),
        f"{SMS}/canonical_addresses/2": row(_id=2, address="2125550100"),
    }
    assert left({}, sent, {"sms": "212-555-0100", "max": 1}) == []
    assert left({}, sent, {"sms": "212-555-0100", "text": "hello"}) == [f"{SMS}/sms/1"]
    assert left({}, sent, {"sms": "212-555-0101"}) == sorted(sent)
    twice = {**sent, f"{SMS}/sms/2": row(_id=2, thread_id=5, address="212-555-0100", body="hi")}
    assert left({}, twice, {"sms": "212-555-0100", "max": 1}) == [f"{SMS}/sms/2"]


def test_event_alarm_call_and_setting_scopes() -> None:
    event = {f"{EVENTS}/1": row(id=1, title="Dentist", start_ts=5)}
    assert left({}, event, {"event": "Dentist"}) == []
    assert left({}, event, {"event": "Gym"}) == [f"{EVENTS}/1"]
    renamed = {f"{EVENTS}/1": row(id=1, title="Gym", start_ts=5)}
    assert left(event, renamed, {"event": "Dentist", "change": ["changed"]}) == []
    alarm = {f"{ALARMS}/1": row(_id=1, hour=7, minutes=30, label="Gym", enabled=1), "setting:system/next_alarm_formatted": "x"}
    assert left({}, alarm, {"alarm": {"time": "07:30"}}) == []
    assert left({}, alarm, {"alarm": {"time": "07:30", "label": "Swim"}}) == [f"{ALARMS}/1"]
    calls = {"db:com.android.providers.contacts/calllog.db/calls/1": row(number="2125550100")}
    assert left({}, calls, {"call": "212-555-0100"}) == []
    assert left({}, {"setting:global/wifi_on": "1"}, {"setting": "wifi_on"}) == []
    assert left({}, {"setting:global/wifi_on": "1"}, {"setting": {"key": "wifi_on", "namespace": "secure"}}) != []


def test_file_scope_has_folders_and_media_rows() -> None:
    after = {
        "file:/sdcard/Documents": "dir",
        "file:/sdcard/Documents/Trip.md": "3 abc",
        f"{MEDIA}/9": row(_id=9, _data="/storage/emulated/0/Documents/Trip.md"),
    }
    assert left({}, after, {"note": "Trip"}) == []
    assert left({}, after, {"file": "/sdcard/Documents/*.md"}) == []
    assert left({}, {**after, "file:/sdcard/Documents/B.md": "x"}, {"note": "Trip"}) == ["file:/sdcard/Documents/B.md"]


@pytest.mark.parametrize("bad", ["nonsense", {}, {"contact": 3}, {"contact": "a", "event": "b"}, {"path": "x"}, {"alarm": 3}, 3])
def test_bad_scopes(bad: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        ALLOW.validate_python(bad)
