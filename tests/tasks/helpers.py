"""What the tests of tasks share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from mobilegym.emulator.scripted import ScriptedDevice, Table
from mobilegym.emulator.scripted_demo import demo_script
from mobilegym.tasks.instance import TaskInstance
from mobilegym.tasks.suites import Suite, load_suite

DEMO = Path(__file__).parent / "suites" / "demo"
TASK = """\
id: settings.one
title: One thing
apps: [settings]
difficulty: easy
capabilities: [settings]
steps: 8
request: Do the one thing.
checks:
  - {name: one, setting: {namespace: global, key: wifi_on, value: "1"}}
solution: [{open: settings}]
near_misses: [{name: wrong, why: Does nothing., steps: [{press: home}]}]
"""
"""The smallest task; tests add to it."""
EVENTS = Table(
    "content://events", "org.fossify.calendar", "events.db", "events",
    (
        "start_ts", "end_ts", "title", "location", "description", "reminder_1_minutes", "reminder_2_minutes", "reminder_3_minutes",
        "reminder_1_type", "reminder_2_type", "reminder_3_type", "repeat_interval", "repeat_rule", "repeat_limit", "repetition_exceptions",
        "attendees", "import_id", "time_zone", "flags", "event_type", "parent_id", "last_updated", "source", "availability", "access_level",
        "color", "type", "status",
    ),
)  # fmt: skip
ALARMS = Table(
    "content://alarms", "com.google.android.deskclock", "alarms.db", "alarm_templates",
    ("hour", "minutes", "daysofweek", "enabled", "vibrate", "label", "ringtone", "delete_after_use"),
)  # fmt: skip
IMAGES = Table(
    "content://media/external/images/media", "com.android.providers.media.module", "external.db", "files", ("_display_name", "datetaken")
)


def phone() -> ScriptedDevice:
    """The built-in script, with a calendar's, a clock's and a media store's table."""
    script = demo_script()
    tables = (*script.tables, EVENTS, ALARMS, IMAGES)
    return ScriptedDevice(replace(script, tables=tables))


def suite_of(folder: Path, yaml: str = TASK, *, suite: str = "", name: str = "settings/one.yaml") -> Path:
    """A suite with one task, in `folder`."""
    root = folder / "made"
    shutil.rmtree(root, ignore_errors=True)
    file = root / name
    file.parent.mkdir(parents=True)
    file.write_text(yaml, encoding="utf-8")
    (root / "suite.yaml").write_text(f"name: made\ntitle: Made\ndescription: For a test.\n{suite}", encoding="utf-8")
    return root


def load_one(folder: Path, *extra: str, swap: tuple[str, str] = ("", ""), suite: str = "") -> TaskInstance:
    """The task of `suite_of` for seed 0, with lines added to it."""
    yaml = TASK.replace(*swap) if swap[0] else TASK
    return load(suite_of(folder, yaml + "\n".join(extra), suite=suite)).instance("settings.one", 0)


def load(path: Path) -> Suite:
    return load_suite(path)


def refusal(attempt: Callable[[], object], kind: type[Exception]) -> Exception | None:
    """The error of that kind that `attempt` raises, or None; any other error comes through."""
    try:
        attempt()
    except kind as error:
        return error
    return None
