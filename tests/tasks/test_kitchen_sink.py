"""Every kind of setup operation, check, scope and step there is, in one task each, as an author would write them."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from mobilegym.tasks.checks import Test as AnyTest
from mobilegym.tasks.setup import SetupOp
from mobilegym.tasks.side_effects import Allow
from mobilegym.tasks.steps import Step
from tests.tasks.helpers import load, suite_of

HEAD = """\
id: settings.sink
title: Everything there is
apps: [settings, clock]
difficulty: hard
capabilities: [settings]
steps: 100
request: Do everything there is.
parameters:
  person: {person: {}}
  day: {date: {}}
  at: {time: {}}
  begin: {derive: {datetime: [day, at]}}
near_misses: [{name: wrong, why: Nothing., steps: [{press: home}]}]
owner: {replies: {number: "{person.number}"}}
"""
SETUP = """\
setup:
  - contact:
      {name: "{person.name}", phone: "{person.number}", email: [a@example.com], company: X, address: Y, note: Z, birthday: "1990-05-01"}
  - contact: {name: A Star, starred: true}
  - sms: {number: 212-555-0100, text: Hi, box: inbox, read: false, ago: 3h}
  - receive_sms: {number: 212-555-0100, text: Hi}
  - receive_call: 212-555-0100
  - call: {number: 212-555-0100, type: missed, at: "2026-03-10 18:00"}
  - event: {title: Dentist, start: "{begin}", minutes: 30, location: L, description: D, reminders: [10], repeat: weekly}
  - note: {name: Trip ideas, text: "a\\nb\\n"}
  - file: {path: /sdcard/Download/a.txt, text: x}
  - file: {path: /sdcard/Download/b.bin, size: 2048}
  - file: {path: /sdcard/Download/Sub, folder: true}
  - photo: {name: IMG_1.png, scene: sea, seed: 3}
  - alarm: {time: "07:30", label: Gym, days: [mon, fri]}
  - setting: {namespace: system, key: screen_brightness, value: 102}
  - hardware: {battery: 15, charging: false, volume: {media: 5, ring: 0}, location: [40.7, -74.0], clipboard: x, wifi: false}
  - permission: {app: contacts, permission: READ_CONTACTS, granted: false}
  - clock: {advance: 10m}
  - sql: {app: clock, database: alarms.db, statement: "UPDATE alarm_templates SET label = ?", args: [Swim]}
  - content: {uri: "content://call_log/calls", values: {number: "911", type: 2, date: 5}}
  - launch: settings
  - distractors: {contacts: 3, messages: 2, calls: 2, events: 2, notes: 1, files: 1, photos: 1, alarms: 1}
"""
CHECKS = """\
checks:
  - {name: a, contact: {name: "{person.name}", phone: "{person.number}", email: [a@example.com], company: X, starred: false, count: 1}}
  - {name: b, sms: {number: 212-555-0100, text: {like: hI}, box: inbox, read: false, count: {min: 1}}}
  - {name: c, call: {number: 212-555-0100, type: missed}}
  - {name: d, event: {title: Dentist, start: "{begin}", location: L, description: {contains: D}, reminders: [10], repeat: weekly}}
  - {name: e, alarm: {time: "07:30", label: Swim, days: [mon, fri], enabled: true, vibrate: true}}
  - {name: f, setting: {namespace: system, key: screen_brightness, value: 102}}
  - {name: g, file: {path: "/sdcard/Download/*.txt", content: x, same_as: /sdcard/Download/a.txt}}
  - {name: h, note: {name: Trip ideas, content: {lines: [b, a]}}}
  - {name: i, foreground: settings}
  - {name: j, screen: {visible: Wi-Fi}}
  - {name: k, notification: {title: {contains: zzz}, count: 0}}
  - {name: l, journal: {name: "**", type: activity, count: {min: 0}}}
  - {name: m, hardware: {volume: {media: 5}, battery: {max: 20}, charging: false, clipboard: x}}
  - {name: n, permission: {app: contacts, permission: READ_CONTACTS, granted: false}}
  - {name: o, rows: {app: calendar, database: events.db, table: events, where: {title: Dentist}, expect: {flags: 0}, count: 1}}
  - {name: p, content: {uri: "content://sms", where: {address: {phone: 212-555-0100}}}}
  - {name: q, state: {path: "file:/sdcard/Download/*", change: added, count: 0}}
  - {name: r, evaluator: {name: folder_holds, args: {folder: /sdcard/DCIM/Nowhere, names: []}}}
  - {name: s, any_of: [{foreground: clock}, {not: {foreground: clock}}]}
  - {name: t, all_of: [{foreground: settings}]}
"""
EFFECTS = """\
side_effects:
  allow:
    - {contact: "{person.name}", change: [added]}
    - {sms: 212-555-0100, text: {contains: x}, max: 1}
    - {event: Dentist, max: 1}
    - {alarm: {time: "07:30"}, change: [changed]}
    - {call: 212-555-0100}
    - {note: Trip ideas}
    - {file: "/sdcard/Pictures/**"}
    - {setting: wifi_on}
    - {path: "db:org.fossify.calendar/events.db/events/*", where: {title: X}, max: 1}
    - "db:com.android.providers.contacts/contacts2.db/raw_contacts/*#starred"
  effects: [sms.sent, {name: "call.*", data: {number: x}, count: 1}]
  forbid: ["effect:payment.*", {pattern: "file:/sdcard/Secret/**", reason: Private.}]
"""
STEPS = """\
solution:
  - when: {visible: {text: Nowhere}, then: [{open: contacts}], otherwise: [{tap: Bluetooth}]}
  - tap: {on: {text: Bluetooth}, times: 3}
  - tap_at: {x: 0.5, y: 0.001}
  - double_tap: {id: bluetooth}
  - long_press: {on: {id: title}, ms: 900}
  - open: notes
  - type: {into: {hint: Title}, text: "x", clear: true}
  - type: more
  - scroll_to: {hint: Text}
  - scroll: down
  - scroll: {direction: up, within: {hint: Text}}
  - swipe: {start: [0.5, 0.9], end: [0.5, 0.8], ms: 300}
  - press: {key: back, times: 2}
  - open: settings
  - wait: 100
  - ask: What is the number?
  - finish: done
"""


def kinds(union: object) -> set[str]:
    return {m.model_fields["kind"].default for m in get_args(get_args(union)[0])}


def sink(folder: Path) -> Path:
    return suite_of(folder, HEAD + SETUP + CHECKS + EFFECTS + STEPS, name="settings/sink.yaml")


def test_nothing_is_left_out(tmp_path: Path) -> None:
    task = load(sink(tmp_path)).instance("settings.sink", 0)
    assert {op.kind for op in task.body.setup} == kinds(SetupOp)
    assert {c.test.kind for c in task.body.checks} | {"not"} == kinds(AnyTest)
    assert {a.kind for a in task.body.side_effects.allow} == kinds(Allow)
    assert {s.kind for s in task.solution} | {"answer"} == kinds(Step)
