"""Answers checks: looks at the phone through what Android itself exposes."""

from __future__ import annotations

from typing import Any, assert_never

from mobilegym.emulator.device import Device
from mobilegym.evaluation import app_probes
from mobilegym.evaluation.app_probes import counted
from mobilegym.evaluation.evaluators import evaluator
from mobilegym.evaluation.scene import Finding, Scene, brief
from mobilegym.evaluation.state_diff import parse_row
from mobilegym.tasks.apps import app_package
from mobilegym.tasks.checks import (
    AlarmTest,
    AllOf,
    AnyOf,
    CallTest,
    ContactTest,
    ContentTest,
    EvaluatorTest,
    EventTest,
    FileTest,
    ForegroundTest,
    HardwareTest,
    JournalTest,
    Not,
    NoteTest,
    NotificationTest,
    PermissionTest,
    RowsTest,
    ScreenTest,
    SettingTest,
    SmsTest,
    StateTest,
    Test,
)
from mobilegym.tasks.matchers import Columns, columns_match, describe_match, matches
from mobilegym.tasks.prepare import full_permission, note_path
from mobilegym.tasks.selectors import describe, find
from mobilegym.tasks.side_effects import glob_matches

__all__ = ["probe"]


def probe(test: Test, scene: Scene) -> Finding:
    """Whether `test` holds.

    Raises:
        DeviceError: If the phone cannot be asked; `NotSupported` if this kind of phone never can.
    """
    match test:
        case AnyOf() | AllOf() | Not():
            return _combined(test, scene)
        case ContactTest():
            return app_probes.contact(test, scene)
        case SmsTest():
            return app_probes.sms(test, scene)
        case CallTest():
            return app_probes.call(test, scene)
        case EventTest():
            return app_probes.event(test, scene)
        case AlarmTest():
            return app_probes.alarm(test, scene)
        case RowsTest() | ContentTest():
            return _rows(test, scene)
        case FileTest():
            return _file(test, scene)
        case NoteTest():
            return _file(FileTest(path=note_path(test.name), exists=test.exists, content=test.content), scene)
        case NotificationTest() | JournalTest() | StateTest():
            return _listed(test, scene)
        case _:
            return _state(test, scene)


def _combined(test: AnyOf | AllOf | Not, scene: Scene) -> Finding:
    if isinstance(test, Not):
        inner = probe(test.test, scene)
        return Finding(not inner.passed, f"not ({inner.expected})", inner.actual)
    parts = [probe(t, scene) for t in test.tests]
    word = " or " if isinstance(test, AnyOf) else " and "
    passed = any(p.passed for p in parts) if isinstance(test, AnyOf) else all(p.passed for p in parts)
    return Finding(passed, word.join(f"({p.expected})" for p in parts), "; ".join(p.actual for p in parts))


def _columns(columns: Columns) -> str:
    return ", ".join(f"{name} {describe_match(m)}" for name, m in columns.items())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _rows(test: RowsTest | ContentTest, scene: Scene) -> Finding:
    if isinstance(test, ContentTest):
        rows, place = scene.device.content.query(test.uri), test.uri
    else:
        sql = test.sql if test.sql is not None else f"SELECT * FROM {_quoted(test.table or '')}"
        rows, place = scene.device.databases.query(app_package(test.app), test.database, sql), test.table or "the query's result"
    found = [r for r in rows if columns_match(test.where, r)]
    wrong = [r for r in found if not columns_match(test.expect, r)]
    if wrong and test.count.holds(len(found)):
        return Finding(False, f"{_columns(test.expect)} in rows of {place} where {_columns(test.where)}", brief(wrong))
    return counted(test.count, found, f"row of {place} where {_columns(test.where) or 'anything'}", rows)


def _file(test: FileTest, scene: Scene) -> Finding:
    device = scene.device
    paths = _matching_files(device, test.path)
    expected = f"{test.path} {'is there' if test.exists else 'is not there'}"
    if not test.exists:
        return Finding(not paths, expected, ", ".join(paths) or "not there")
    if not paths:
        return Finding(False, expected, f"not there; beside it: {_siblings(device, test.path)}")
    wanted: str | None = None
    if test.same_as is not None:
        expected += f" with the content that {test.same_as} had"
        wanted = scene.before.get(f"file:{test.same_as}")
    if test.content is not None:
        expected += f", content {describe_match(test.content)}"
    actual: list[str] = []
    for path in paths:
        good = test.folder is None or device.files.stat(path).is_dir == test.folder
        if test.same_as is not None:
            good = good and wanted is not None and scene.after.get(f"file:{path}") == wanted
        text = ""
        if test.content is not None and good:
            text = device.files.read(path).decode("utf-8", "replace")
            good = matches(test.content, text)
        if good:
            return Finding(True, expected, path)
        actual.append(f"{path}: {text[:200]!r}" if text else path)
    return Finding(False, expected, "; ".join(actual[:3]))


def _matching_files(device: Device, pattern: str) -> list[str]:
    if "*" not in pattern:
        return [pattern] if device.files.exists(pattern) else []
    folder = pattern.rpartition("/")[0]
    if not device.files.exists(folder):
        return []
    return [s.path for s in device.files.list(folder) if glob_matches(pattern, s.path)]


def _siblings(device: Device, path: str) -> str:
    folder = path.rpartition("/")[0]
    if not folder or not device.files.exists(folder):
        return f"nothing, {folder} does not exist"
    names = [s.path.rpartition("/")[2] for s in device.files.list(folder)]
    return ", ".join(names[:10]) or "nothing"


def _listed(test: NotificationTest | JournalTest | StateTest, scene: Scene) -> Finding:
    match test:
        case NotificationTest():
            return _notifications(test, scene)
        case JournalTest():
            return _journal(test, scene)
        case StateTest():
            return _tree(test, scene)


def _notifications(test: NotificationTest, scene: Scene) -> Finding:
    package = None if test.app is None else app_package(test.app)
    every = scene.device.notifications()
    found = [
        n
        for n in every
        if package in (None, n.package)
        and (test.title is None or matches(test.title, n.title))
        and (test.text is None or matches(test.text, n.text))
    ]
    return counted(
        test.count, [f"{n.title}: {n.text}" for n in found], f"notification of {test.app}", [f"{n.title}: {n.text}" for n in every]
    )


def _journal(test: JournalTest, scene: Scene) -> Finding:
    package = None if test.app is None else app_package(test.app)
    entries = [e for e in scene.outcome.journal if e.kind == test.type]
    found = [e for e in entries if glob_matches(test.name, e.name) and package in (None, e.app) and columns_match(test.data, e.data)]
    what = f"{test.type} {test.name} {_columns(test.data)}".rstrip()
    return counted(test.count, [f"{e.name} {dict(e.data)}" for e in found], what, [e.name for e in entries])


def _tree(test: StateTest, scene: Scene) -> Finding:
    if test.change is None:
        entries = [(p, t) for p, t in scene.after.items() if glob_matches(test.path, p)]
    else:
        wanted = test.change
        deltas = [d for d in scene.deltas if glob_matches(test.path, d.path) and wanted in ("any", d.change)]
        entries = [(d.path, (d.before if d.after is None else d.after) or "") for d in deltas]
    good = [(p, t) for p, t in entries if not test.where or columns_match(test.where, parse_row(t))]
    found = [p for p, t in good if test.value is None or matches(test.value, t)]
    value = "" if test.value is None else describe_match(test.value)
    what = f"{test.change or 'present'} {test.path} {_columns(test.where)} {value}".rstrip()
    return counted(test.count, found, what, [p if test.value is None else f"{p}: {t}" for p, t in entries])


def _state(test: SettingTest | ForegroundTest | HardwareTest | PermissionTest | ScreenTest | EvaluatorTest, scene: Scene) -> Finding:
    device = scene.device
    match test:
        case SettingTest():
            value = device.settings.get(test.namespace, test.key)
            return Finding(matches(test.value, value), f"{test.namespace}/{test.key} {describe_match(test.value)}", repr(value))
        case ForegroundTest():
            now = device.activity()
            good = now.package == app_package(test.app) and (test.activity is None or now.activity.endswith(test.activity))
            return Finding(good, f"{test.app} {test.activity or ''}".rstrip(), str(now))
        case PermissionTest():
            held = full_permission(test.permission) in device.packages.granted(app_package(test.app))
            expected = f"{test.permission} {'granted to' if test.granted else 'not granted to'} {test.app}"
            return Finding(held == test.granted, expected, "granted" if held else "not granted")
        case ScreenTest():
            seen = find(test.visible, device.observe().elements) is not None
            expected = f"{describe(test.visible)} {'is' if test.present else 'is not'} to be seen"
            return Finding(seen == test.present, expected, "seen" if seen else "not seen")
        case HardwareTest():
            return _hardware(test, device)
        case EvaluatorTest():
            return evaluator(test.name)(scene, test.args)
        case _:
            assert_never(test)


def _hardware(test: HardwareTest, device: Device) -> Finding:
    facts: list[tuple[str, Any, object]] = [(f"{s} volume", m, device.hardware.volume(s)) for s, m in test.volume.items()]
    if test.battery is not None:
        facts.append(("battery", test.battery, device.hardware.battery().level))
    if test.charging is not None:
        facts.append(("charging", test.charging, device.hardware.battery().charging))
    if test.clipboard is not None:
        facts.append(("clipboard", test.clipboard, device.hardware.clipboard()))
    passed = all(matches(m, v) for _, m, v in facts)
    return Finding(passed, ", ".join(f"{n} {describe_match(m)}" for n, m, _ in facts), ", ".join(f"{n} {v!r}" for n, _, v in facts))
