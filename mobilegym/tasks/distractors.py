"""Seeded things that a task has nothing to do with, so that the right one has to be found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import cast

from mobilegym.tasks.parameters import SampleContext
from mobilegym.tasks.people import Person, sample_person
from mobilegym.tasks.setup import AlarmOp, CallOp, ContactOp, DistractorsOp, EventOp, FileOp, NoteOp, PhotoOp, SetupOp, SmsOp
from mobilegym.tasks.values import plain
from mobilegym.tasks.words import SENTENCES, TOPICS

__all__ = ["make_distractors"]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value.casefold()
    elif isinstance(value, dict):
        for child in cast("dict[str, object]", value).values():
            yield from _texts(child)
    elif isinstance(value, list):
        for child in cast("list[object]", value):
            yield from _texts(child)


def make_distractors(op: DistractorsOp, rng: Random, context: SampleContext) -> tuple[SetupOp, ...]:
    """Concrete operations for `op`; none uses a name, number or text that is one of the task's parameters."""
    used = set(_texts(plain(context.values)))

    def fresh(topic: str, k: int) -> list[str]:
        free = [t for t in TOPICS[topic] if t.casefold() not in used]
        return rng.sample(free, min(k, len(free)))

    def person() -> Person:
        found = sample_person(rng, context.taken)
        context.taken.update((found.first, found.last, found.number))
        return found

    def minutes(low: int, high: int) -> str:
        return f"{rng.randint(low, high)}m"

    people = [person() for _ in range(max(op.contacts, 4 if op.messages or op.calls else 0))]
    ops: list[SetupOp] = [
        ContactOp(name=p.name, phone=p.number, email=p.email if rng.random() < 0.5 else ()) for p in people[: op.contacts]
    ]
    sentences = [s for topic in SENTENCES.values() for s in topic if s.casefold() not in used]
    for _ in range(op.messages):
        box = rng.choice(("inbox", "inbox", "sent"))
        ops.append(SmsOp(number=rng.choice(people).number, text=rng.choice(sentences), box=box, ago=minutes(180, 20_000)))
    for _ in range(op.calls):
        kind = rng.choice(("incoming", "outgoing", "missed"))
        ops.append(
            CallOp(
                number=rng.choice(people).number,
                type=kind,
                seconds=0 if kind == "missed" else rng.randint(20, 900),
                ago=minutes(180, 20_000),
            )
        )
    ops.extend(_events(op, fresh("meeting", op.events), rng, context))
    ops.extend(NoteOp(name=t, text="\n".join(f"- {e}" for e in fresh("errand", 3)) + "\n") for t in fresh("note", op.notes))
    ops.extend(
        FileOp(path=f"/sdcard/Download/{t}_{rng.randrange(100, 1000)}.txt", text=rng.choice(sentences)) for t in fresh("file", op.files)
    )
    for number in range(op.photos):
        scene = rng.choice(("mountains", "city", "sea", "flower"))
        ops.append(
            PhotoOp(
                name=f"IMG_2026{number:02d}{rng.randrange(100, 1000)}.png", scene=scene, seed=rng.randrange(1000), ago=minutes(2000, 90_000)
            )
        )
    hours = rng.sample(range(5, 23), op.alarms)
    ops.extend(AlarmOp(time=t, enabled=False) for h in hours if (t := f"{h:02d}:{rng.randrange(0, 60, 5):02d}") not in used)
    return tuple(ops)


def _events(op: DistractorsOp, titles: list[str], rng: Random, context: SampleContext) -> Iterator[EventOp]:
    first = context.start.replace(hour=0, minute=0)
    for title in titles[: op.events]:
        start = first + timedelta(days=rng.randint(-3, 20), minutes=rng.randrange(8 * 60, 20 * 60, 30))
        yield EventOp(title=title, start=start.strftime("%Y-%m-%d %H:%M"), minutes=rng.choice((30, 60, 90)))
