"""Episodes on the scripted phone, for the tests of this folder: a small task, its agents, and a recording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from mobilegym.actions import Action, Ask, Finish, OpenApp, Press, Tap, Type, Wait
from mobilegym.emulator.device import Device, PixelSize, StateTree
from mobilegym.emulator.scripted import ScriptedDevice
from mobilegym.episodes.files import EpisodeWriter, read_episode
from mobilegym.episodes.format import Episode, EpisodeManifest
from mobilegym.episodes.record import RecordOptions, record_episode
from mobilegym.evaluation.outcome import Outcome
from mobilegym.observation import Observation
from mobilegym.session import EpisodeTask, InvalidAction, Session
from mobilegym.user_sim.owner import FactOwner
from mobilegym.verdict import Check, Failed, Passed, SideEffect, Verdict

CONTACTS = "content://com.android.contacts/raw_contacts"
SIZE = (600, 270)
_PICTURES = RecordOptions(pictures=True)


@dataclass(frozen=True)
class AddContact:
    """Add Ada; the owner knows her number."""

    id: str = "test/contacts.add#0"
    seed: int = 0
    request: str = "Add Ada Park to my contacts. Ask me for her number."
    max_steps: int = 20

    def prepare(self, device: Device) -> None:
        device.content.insert(CONTACTS, {"display_name": "Ben Okafor", "phone": "555-0101"})

    def make_owner(self) -> FactOwner:
        return FactOwner({"number": "It is 555-0142."})


def judge(task: EpisodeTask, device: Device, before: StateTree, after: StateTree, outcome: Outcome) -> Verdict:
    rows = device.content.query(CONTACTS, where="display_name = 'Ada Park'")
    checks = (
        Check("contact_exists", bool(rows), 1.0, "one row with display_name Ada Park", f"{len(rows)} rows"),
        Check("finished", outcome.status == "done", 1.0, "done", outcome.status),
    )
    extra = tuple(
        SideEffect(key, before.get(key), after[key])
        for key in sorted(after)
        if key.startswith("setting:") and before.get(key) != after[key]
    )
    journal = tuple({"name": entry.name} for entry in outcome.journal if entry.kind == "effect")
    if all(check.passed for check in checks) and not extra:
        return Passed(checks, (), journal)
    return Failed(checks, extra, journal, reason="a check does not hold" if not extra else "changed what was not asked for")


def touch(observation: Observation, label: str) -> Tap:
    screen = observation.screen
    element = next(e for e in screen.elements if label in (e.text, e.content_desc, e.hint))
    x, y = element.bounds.center
    return Tap(x / screen.width, y / screen.height)


@dataclass
class Adder:
    """Does the task, with a detour; what it does is given as words so that tests can leave parts out."""

    name: str = "adder"
    plan: Sequence[object] = (
        Wait(1500), OpenApp("Contacts"), Ask("What number does she have?"), "Create contact", "Name", Type("Ada Park"), "Phone",
        Type("555-0142"), InvalidAction("no JSON"), Press("volume_up"), "Save", Finish("done"),
    )  # fmt: skip
    _left: Iterator[object] = field(default_factory=lambda: iter(()))

    def begin(self, task: object, seed: int) -> None:
        self._left = iter(self.plan)

    def act(self, observation: Observation) -> Action:
        item = next(self._left)
        if isinstance(item, BaseException):
            raise item
        return touch(observation, item) if isinstance(item, str) else cast(Action, item)


def record(
    path: Path,
    agent: Adder | None = None,
    *,
    pixels: PixelSize | None = SIZE,
    options: RecordOptions = _PICTURES,
    device: Device | None = None,
    **manifest: Any,
) -> Episode:
    """Record an episode of `AddContact` and read it back."""
    task = AddContact()
    phone = ScriptedDevice() if device is None else device
    session = Session(phone, task, pixels=pixels, judge=judge)
    head = EpisodeManifest(suite="test", suite_hash="0" * 64, task="contacts.add", seed=0, agent="adder", device="scripted",
                           request=task.request, apps=("contacts",), difficulty="easy", pixels=pixels, **manifest)  # fmt: skip
    with EpisodeWriter(path) as writer:
        record_episode(session, agent or Adder(), writer, head, options)
    return read_episode(path)
