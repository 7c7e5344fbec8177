"""Seeded samplers."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter

from mobilegym.tasks.parameters import Parameter, SampleContext, sample
from mobilegym.tasks.people import Person
from mobilegym.tasks.values import ParameterValue
from tests.tasks.helpers import DEMO, load, suite_of

READER: TypeAdapter[Any] = TypeAdapter(Parameter)
START = datetime(2026, 3, 11, 9, 30, tzinfo=ZoneInfo("America/New_York"))


def draw(data: object, seed: int = 0, **values: ParameterValue) -> Any:
    context = SampleContext(START, dict(values))
    return sample(READER.validate_python(data), Random(seed), context)


@pytest.mark.parametrize("seed", range(20))
def test_ranges(seed: int) -> None:
    assert draw({"choice": ["a", "b"]}, seed) in ("a", "b")
    assert draw({"choice": {"of": [1, 2], "differs_from": "o"}}, seed, o=1) == 2
    assert draw({"integer": {"min": 5, "max": 55, "step": 5}}, seed) in range(5, 56, 5)
    assert len(set(draw({"sample": {"of": [1, 2, 3, 4], "k": 3}}, seed))) == 3
    day = draw({"date": {"from_days": 1, "to_days": 10, "weekdays": ["mon"]}}, seed)
    assert day == date(2026, 3, 16)
    at = draw({"time": {"earliest": "09:00", "latest": "10:00", "step": 30}}, seed)
    assert at in (time(9), time(9, 30), time(10))
    assert "555-01" in draw({"phone_number": {}}, seed)
    assert draw({"email": {}}, seed).partition("@")[2] in ("example.com", "example.org")
    assert draw({"file_name": "txt"}, seed).endswith(".txt")
    assert len(draw({"code": 6}, seed)) == 6
    assert len(set(draw({"text": {"topic": "shopping", "k": 5}}, seed))) == 5


def test_people_share_nothing() -> None:
    people = draw({"people": 30})
    firsts, lasts, numbers = ({getattr(p, f) for p in people} for f in ("first", "last", "number"))
    assert len(firsts) == len(lasts) == len(numbers) == 30
    assert all(isinstance(p, Person) and p.email.startswith(p.first.lower()) for p in people)


def test_derive() -> None:
    day, at = date(2026, 3, 12), time(23, 30)
    assert draw({"derive": {"text": "{a} and {a}"}}, a="x") == "x and x"
    assert draw({"derive": {"value": "a * 2"}}, a=4) == 8
    assert draw({"derive": {"date": "day", "add_days": 3}}, day=day) == date(2026, 3, 15)
    assert draw({"derive": {"time": "at", "add_minutes": "m"}}, at=at, m=45) == time(0, 15)
    moment = draw({"derive": {"datetime": ["day", "at"], "add_minutes": 60}}, day=day, at=at)
    assert moment == datetime(2026, 3, 13, 0, 30, tzinfo=START.tzinfo)


@pytest.mark.parametrize(
    "data",
    [
        {"choice": []},
        {"sample": {"of": [1], "k": 2}},
        {"integer": {"min": 3, "max": 1}},
        {"integer": {"min": True, "max": 3}},
        {"time": {"earliest": "8:00"}},
        {"text": "nonsense"},
        {"text": {"topic": "city", "k": 100}},
        {"file_name": "../x"},
        {"derive": {}},
        {"derive": {"text": "a", "value": "b"}},
        {"perso": {}},
        {"person": {}, "email": {}},
        "nobody",
        3,
    ],
)
def test_refuses(data: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        READER.validate_python(data)


def test_nothing_left_to_choose() -> None:
    with pytest.raises(ValueError, match="nothing to choose"):
        draw({"choice": {"of": [1], "differs_from": "o"}}, o=1)
    with pytest.raises(ValueError, match="no parameter"):
        draw({"choice": {"of": [1], "differs_from": "o"}})


def test_equal_seeds_give_equal_instances_and_others_differ() -> None:
    first, second = load(DEMO), load(DEMO)
    for name in first.templates:
        assert first.instance(name, 5) == second.instance(name, 5)
        assert hash(first.instance(name, 5)) == hash(second.instance(name, 5))
    requests = {first.instance("notes.write", seed).request for seed in range(20)}
    assert len(requests) > 15


def test_another_parameter_changes_no_other(tmp_path: Path) -> None:
    task = (DEMO / "messages" / "send.yaml").read_text()
    before = load(suite_of(tmp_path, task, name="messages/send.yaml")).instance("messages.send", 3).values["text"]
    more = task.replace("parameters:", "parameters:\n  extra: {integer: {min: 1, max: 9}}").replace("Hello!", "Hello {extra}!")
    after = load(suite_of(tmp_path, more, name="messages/send.yaml")).instance("messages.send", 3).values
    assert after["text"] == before


def test_no_collisions_with_distractors(tmp_path: Path) -> None:
    extra = "parameters: {p: {person: {}}}\nsetup: [{contact: {name: '{p.name}'}}, {distractors: {contacts: 30, messages: 9, notes: 3}}]"
    suite = load(
        suite_of(
            tmp_path,
            f"{Path(DEMO / 'settings' / 'wifi.yaml').read_text().split('parameters:')[0]}" + extra + BODY,
            name="settings/wifi.yaml",
        )
    )
    for seed in range(5):
        task = suite.instance("settings.wifi", seed)
        person = task.values["p"]
        assert isinstance(person, Person)
        names = [op.name for op in task.setup if op.kind == "contact"]
        assert len(set(names)) == len(names) == 31
        assert sum(person.first in n or person.last in n for n in names) == 1


BODY = """
request: Do something.
checks: [{name: a, foreground: settings}]
solution: [{open: settings}]
near_misses: [{name: b, why: c, steps: [{press: home}]}]
"""
