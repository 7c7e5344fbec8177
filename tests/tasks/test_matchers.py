"""Matchers and typed answers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from mobilegym.tasks.answers import AnswerSpec, answer_holds
from mobilegym.tasks.matchers import Matcher, describe_match, matches, same_number

MATCHER: TypeAdapter[Any] = TypeAdapter(Matcher)
ANSWER: TypeAdapter[Any] = TypeAdapter(AnswerSpec)


@pytest.mark.parametrize(
    ("matcher", "actual", "holds"),
    [
        (1, 1, True),
        (1, "1", True),
        ("1", 1, True),
        (1, 2, False),
        (True, 1, True),
        (True, "1", True),
        (False, 0, True),
        (True, 0, False),
        (None, None, True),
        (None, "", False),
        ("a", "A", False),
        ({"like": "hello  world"}, " Hello World ", True),
        ({"contains": "b"}, "abc", True),
        ({"contains": "b"}, None, False),
        ({"contains_all": ["a", "z"]}, "abc", False),
        ({"starts_with": "a", "ends_with": "c"}, "abc", True),
        ({"regex": "^a.c$"}, "abc", True),
        ({"min": 2, "max": 4}, 3, True),
        ({"min": 2}, "1", False),
        ({"min": 2}, "x", False),
        ({"near": [1.0, 0.1]}, 1.05, True),
        ({"near": [1.0, 0.1]}, 1.2, False),
        ({"not": "x"}, "y", True),
        ({"not": "x"}, "x", False),
        ({"not": None}, None, False),
        ({"one_of": [1, 2]}, "2", True),
        ({"phone": "212-555-0134"}, "+1 (212) 555-0134", True),
        ({"phone": "212-555-0134"}, "212-555-0135", False),
        ({"lines": ["a", "b"]}, "b\n\n a \n", True),
        ({"lines": ["a", "b"]}, "a\nb\nc", False),
        ({"empty": True}, "", True),
        ({"equals": 3, "min": 5}, 3, False),
        ("text", b"text", True),
    ],
)
def test_matches(matcher: object, actual: object, holds: bool) -> None:
    read = MATCHER.validate_python(matcher)
    assert matches(read, actual) is holds
    assert describe_match(read)


@pytest.mark.parametrize("bad", [{}, {"contians": "x"}, {"regex": "("}, {"min": "2"}, {"one_of": 3}, ["a"]])
def test_bad_matchers(bad: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        MATCHER.validate_python(bad)


def test_same_number() -> None:
    assert same_number("2125550134", "+12125550134")
    assert same_number("911", "911")
    assert not same_number("911", "2911")
    assert not same_number("", "2125550134")


ANSWERS = [
    (
        {"number": 3},
        ["3", "There are 3.", "three", "3 chairs", "3.0", "I found 3 of them"],
        ["2", "2 or 3", "", "about thirty", "3 and 4", "13", "3.5"],
    ),
    ({"number": 1250}, ["1,250", "1250", "$1250", "1250g"], ["1.250", "1 250"]),
    ({"number": {"value": 2.5, "tolerance": 0.1}}, ["2.45", "2.6"], ["2.7"]),
    ({"number": 0}, ["none", "0", "No messages"], ["1"]),
    ({"text": "Ann Bell"}, ["Ann Bell", "ann bell.", "It was Ann Bell!"], ["Ann", "Annabell", "Ann Bellamy", "Bob"]),
    ({"text": {"value": "Ann", "excludes": ["Bob"]}}, ["Ann", "It is Ann."], ["Ann and Bob", "Bob", "Ann or Bob"]),
    ({"text": {"value": "Gym", "also": ["the gym"]}}, ["the gym", "Gym"], ["school"]),
    (
        {"date": "2026-03-12"},
        ["2026-03-12", "March 12", "12 March 2026", "Mar 12, 2026", "3/12/2026", "on the 12th of March"],
        ["March 13", "2025-03-12", "March 12 or March 13", "12", "March 12, 2027"],
    ),
    ({"time": "15:30"}, ["15:30", "3:30 PM", "3:30\u202fPM", "at 3:30 p.m."], ["3:30", "15:31", "3 PM", "15:30 or 16:30", "3:30 am"]),
    ({"time": "12:00"}, ["noon", "12 PM", "12:00"], ["midnight"]),
    (
        {"set": ["milk", "eggs"]},
        ["eggs, milk", "milk and eggs", "- milk\n- eggs", "Milk, Eggs."],
        ["milk", "milk, eggs, bread", "milk eggs"],
    ),
    ({"list": ["a1", "b2"]}, ["a1, b2", "A1\nB2"], ["b2, a1"]),
    (
        {"phone": "212-555-0134"},
        ["(212) 555-0134", "2125550134", "Call +1 212 555 0134."],
        ["212-555-0135", "555", "212-555-0134 or 212-555-0135"],
    ),
    ({"yes_no": True}, ["yes", "Yes, it is.", "true"], ["no", "yes and no", "maybe"]),
    ({"yes_no": False}, ["No.", "false"], ["yes"]),
    ({"regex": "a+b"}, ["aab", " AAB "], ["aabc"]),
]


@pytest.mark.parametrize(("spec", "right", "wrong"), ANSWERS)
def test_answers(spec: object, right: list[str], wrong: list[str]) -> None:
    read = ANSWER.validate_python(spec)
    assert [a for a in right if not answer_holds(read, a)] == []
    assert [a for a in wrong if answer_holds(read, a)] == []
    assert not answer_holds(read, None)


@given(st.sampled_from(ANSWERS), st.text(max_size=100) | st.text("0123456789:/-., amp", max_size=40))
def test_any_answer_is_judged(case: tuple[object, list[str], list[str]], answer: str) -> None:
    assert answer_holds(ANSWER.validate_python(case[0]), answer) in (True, False)


@given(st.integers(-10_000, 10_000))
def test_numbers(n: int) -> None:
    spec = ANSWER.validate_python({"number": n})
    assert answer_holds(spec, str(n))
    assert answer_holds(spec, f"The answer is {n}.")
    assert not answer_holds(spec, str(n + 1))
    assert not answer_holds(spec, f"{n} or {n + 1}")


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%B %d, %Y", "%d %b %Y", "%m/%d/%Y"]))
def test_dates(day: Any, form: str) -> None:
    if day.year < 1000:
        return
    assert answer_holds(ANSWER.validate_python({"date": day.isoformat()}), f"on {day.strftime(form)}")


@given(st.times(), st.sampled_from(["%H:%M", "%I:%M %p", "%I:%M%p"]))
def test_times(at: Any, form: str) -> None:
    assert answer_holds(ANSWER.validate_python({"time": at.strftime("%H:%M")}), f"at {at.strftime(form)}")
