"""Which differences a task allows: patterns, and the rows that belong to one contact, message thread, event, alarm or file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias, assert_never

from mobilegym.emulator.device import StateTree
from mobilegym.evaluation.state_diff import Delta, rows_under
from mobilegym.tasks.locations import ALARMS, EVENTS, MEDIA_FILES
from mobilegym.tasks.matchers import columns_match, matches, same_number
from mobilegym.tasks.prepare import note_path
from mobilegym.tasks.side_effects import (
    AlarmScope,
    Allow,
    CallScope,
    ContactScope,
    EventScope,
    FileScope,
    NoteScope,
    PathScope,
    SettingScope,
    SmsScope,
    glob_matches,
    split_columns,
)

__all__ = ["unexplained"]

_Test: TypeAlias = Callable[[Delta], bool]
_CONTACTS = "db:com.android.providers.contacts/contacts2.db"
_CALLS = "db:com.android.providers.contacts/calllog.db/calls"
_SMS = "db:com.android.providers.telephony/mmssms.db"


def _table(delta: Delta) -> str:
    """`package/database/table` of a row, empty for anything else."""
    return delta.path.removeprefix("db:").rpartition("/")[0] if delta.path.startswith("db:") else ""


def _rows(before: StateTree, after: StateTree, path: str) -> Iterable[tuple[str, dict[str, Any]]]:
    yield from rows_under(before, path)
    yield from rows_under(after, path)


def _contact(scope: ContactScope, before: StateTree, after: StateTree) -> _Test:
    raw: set[str] = set()
    merged: set[str] = set()
    for key, row in _rows(before, after, f"{_CONTACTS}/raw_contacts"):
        if row.get("display_name") == scope.name:
            raw.add(key)
            merged.add(str(row.get("contact_id")))

    def test(delta: Delta) -> bool:
        if not delta.path.startswith(_CONTACTS):
            return False
        table, key, row = _table(delta).rpartition("/")[2], delta.path.rpartition("/")[2], delta.row
        if table == "mimetypes":
            return delta.change == "added"
        if table == "raw_contacts":
            return key in raw
        if table in ("contacts", "visible_contacts", "default_directory", "deleted_contacts"):
            return key in merged or str(row.get("contact_id")) in merged
        return str(row.get("raw_contact_id")) in raw or str(row.get("contact_id")) in merged

    return test


def _sms(scope: SmsScope, before: StateTree, after: StateTree) -> _Test:
    threads: set[str] = set()
    for _, row in _rows(before, after, f"{_SMS}/sms"):
        if same_number(str(row.get("address", "")), scope.number):
            threads.add(str(row.get("thread_id")))

    def test(delta: Delta) -> bool:
        table, row = _table(delta).rpartition("/")[2], delta.row
        if not delta.path.startswith(_SMS):
            return False
        if table == "sms":
            fits = scope.text is None or matches(scope.text, row.get("body"))
            return fits and same_number(str(row.get("address", "")), scope.number)
        if table == "canonical_addresses":
            return same_number(str(row.get("address", "")), scope.number)
        return table == "threads" and delta.path.rpartition("/")[2] in threads

    return test


def _alarm(scope: AlarmScope, before: StateTree, after: StateTree) -> _Test:
    def fits(row: dict[str, Any]) -> bool:
        at = f"{int(row.get('hour') or 0):02d}:{int(row.get('minutes') or 0):02d}"
        return scope.time in (None, at) and scope.label in (None, row.get("label"))

    keys = {key for key, row in _rows(before, after, ALARMS.path) if fits(row)}

    def test(delta: Delta) -> bool:
        if delta.path.startswith("setting:") and "next_alarm" in delta.path:
            return True
        if delta.path.startswith(f"{ALARMS.path}/"):
            return delta.path.rpartition("/")[2] in keys
        return delta.path.startswith(f"db:{ALARMS.package}/{ALARMS.database}/") and str(delta.row.get("alarm_id")) in keys

    return test


def _event(scope: EventScope, before: StateTree, after: StateTree) -> _Test:
    keys = {key for key, row in _rows(before, after, EVENTS.path) if row.get("title") == scope.title}
    return lambda delta: delta.path.startswith(f"{EVENTS.path}/") and delta.path.rpartition("/")[2] in keys


def _shown_path(path: str) -> str:
    for real in ("/storage/emulated/0", "/data/media/0"):
        if path.startswith(real):
            return "/sdcard" + path.removeprefix(real)
    return path


def _file(pattern: str) -> _Test:
    def fits(path: str) -> bool:
        shown = _shown_path(path)
        return glob_matches(pattern, shown) or (shown != "" and pattern.startswith(f"{shown.rstrip('/')}/"))

    def test(delta: Delta) -> bool:
        if delta.path.startswith("file:"):
            return fits(delta.path.removeprefix("file:"))
        if delta.path.startswith(f"{MEDIA_FILES.path}/"):
            return fits(str(delta.row.get("_data", "")))
        return delta.path.startswith(f"db:{MEDIA_FILES.package}/{MEDIA_FILES.database}/") and "/files/" not in delta.path

    return test


def _setting(scope: SettingScope) -> _Test:
    pattern = f"setting:{scope.namespace or '*'}/{scope.key}"
    return lambda delta: glob_matches(pattern, delta.path)


def _path(scope: PathScope) -> _Test:
    path, _ = split_columns(scope.pattern)
    return lambda delta: glob_matches(path, delta.path) and (not scope.where or columns_match(scope.where, delta.row))


def _test(scope: Allow, before: StateTree, after: StateTree) -> _Test:
    match scope:
        case PathScope():
            return _path(scope)
        case ContactScope():
            return _contact(scope, before, after)
        case SmsScope():
            return _sms(scope, before, after)
        case CallScope():
            return lambda d: d.path.startswith(f"{_CALLS}/") and same_number(str(d.row.get("number", "")), scope.number)
        case EventScope():
            return _event(scope, before, after)
        case AlarmScope():
            return _alarm(scope, before, after)
        case FileScope():
            return _file(scope.path)
        case NoteScope():
            return _file(note_path(scope.name))
        case SettingScope():
            return _setting(scope)
        case _:
            assert_never(scope)


def _counts(scope: Allow, delta: Delta) -> bool:
    """Whether `delta` counts towards the scope's `max`: the thing itself, not what comes with it."""
    if isinstance(scope, SmsScope):
        return _table(delta).endswith("/sms")
    if isinstance(scope, AlarmScope):
        return delta.path.startswith(f"{ALARMS.path}/")
    return True


def unexplained(
    deltas: Sequence[Delta], allow: Sequence[Allow], bookkeeping: Sequence[str], before: StateTree, after: StateTree
) -> tuple[Delta, ...]:
    """The differences that nothing allows. A changed row is allowed once every column that differs is."""
    scopes = [(s, _test(s, before, after)) for s in allow]
    patterns = [split_columns(p) for p in bookkeeping]
    used = [0] * len(scopes)
    left: list[Delta] = []
    for delta in deltas:
        open_columns = set(delta.columns)
        fine = False
        for path, columns in patterns:
            if glob_matches(path, delta.path):
                fine = fine or not columns
                open_columns -= columns
        for n, (scope, test) in enumerate(scopes):
            if fine or delta.change not in scope.change or not test(delta):
                continue
            most = getattr(scope, "max", None)
            if most is not None and _counts(scope, delta):
                used[n] += 1
                if used[n] > most:
                    continue
            columns = split_columns(scope.pattern)[1] if isinstance(scope, PathScope) else frozenset[str]()
            open_columns -= columns
            fine = not columns
        if not fine and not (delta.columns and not open_columns):
            left.append(delta)
    return tuple(left)
