"""Placeholders and expressions."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.tasks.expressions import evaluate
from mobilegym.tasks.people import Person
from mobilegym.tasks.values import ParameterValue, fill, names_in
from tests.tasks.helpers import refusal

VALUES: dict[str, ParameterValue] = {
    "n": 7,
    "x": 2.5,
    "name": "Ann Bell",
    "person": Person("Ann", "Bell", "212-555-0134", "ann@example.com"),
    "day": date(2026, 3, 12),
    "at": time(8, 5),
    "when": datetime(2026, 3, 12, 15, 0, tzinfo=ZoneInfo("America/New_York")),
    "items": ["a", "b", "c"],
    "state": {"word": "on", "value": "1"},
    "rows": [{"price": 3}, {"price": 5}],
}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("plain", "plain"),
        ("{n}", 7),
        ("n is {n}", "n is 7"),
        ("{n:03d}", "007"),
        ("{{n}}", "{n}"),
        ("{person}", "Ann Bell"),
        ("{person.first} {person.digits}", "Ann 2125550134"),
        ("{day}", "2026-03-12"),
        ("{day:%A, %B %-d}", "Thursday, March 12"),
        ("{day.long}", "March 12, 2026"),
        ("{at}", "08:05"),
        ("{at.h12}", "8:05 AM"),
        ("{at:%-I:%M %p}", "8:05 AM"),
        ("{when}", "2026-03-12 15:00"),
        ("{when.s}", 1773342000),
        ("{when.h12} on {when.weekday}", "3:00 PM on Thursday"),
        ("{items}", ["a", "b", "c"]),
        ("buy {items}", "buy a, b and c"),
        ("{items.1} of {items.count}", "b of 3"),
        ("{items:\n}", "a\nb\nc"),
        ("{items:\\n}", "a\nb\nc"),
        ("{state.word}", "on"),
        ("{name:upper}", "ANN BELL"),
    ],
)
def test_fill(text: str, result: object) -> None:
    assert fill(text, VALUES) == result


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{nobody}", "no parameter `nobody`; there are n, x"),
        ("{person.age}", "`person` has no `age`; it has first"),
        ("{items.9}", "`items` is a list of 3"),
        ("{n.x}", "`n` has no `x`"),
        ("{", "a lone `{`"),
        ("a } b", "a lone `}`"),
        ("{}", "not a placeholder"),
        ("{n!r}", "not a placeholder"),
        ("{n.__class__.x}", "has no `__class__`"),
        ("{day:%Q}", "`%Q` does not apply to a date"),
        ("{at:%d}", "`%d` does not apply to a time"),
        ("x {state}", "take a field of it"),
    ],
)
def test_fill_refuses(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        fill(text, VALUES)
    assert words in str(caught.value)


def test_names_in() -> None:
    assert names_in("{a} {b.c:x} {{d}}") == {"a", "b"}


@given(st.text(max_size=60) | st.text("{}.:abn%0 ", max_size=30))
def test_fill_returns_or_raises_value_error(text: str) -> None:
    error = refusal(lambda: fill(text, VALUES), ValueError)
    assert error is None or str(error)


@given(st.text(max_size=80).filter(lambda t: "{" not in t and "}" not in t))
def test_text_without_braces_stays(text: str) -> None:
    assert fill(text, VALUES) == text
    assert fill("{{" + text + "}}", VALUES) == "{" + text + "}"


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("n * 60 + 1", 421),
        ("-n // 2", -4),
        ("x / 2", 1.25),
        ("max(pluck(rows, 'price'))", 5),
        ("len(items) + rows[0]['price']", 6),
        ("items[1]", "b"),
        ("person.first + '!'", "Ann!"),
        ("'a' if n > 5 else 'b'", "a"),
        ("state.value == '1'", True),
        ("sorted(items)", ["a", "b", "c"]),
        ("[1, n]", [1, 7]),
    ],
)
def test_evaluate(expression: str, result: object) -> None:
    assert evaluate(expression, VALUES) == result


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "n +",
        "__import__('os')",
        "n ** n",
        "(lambda: 1)()",
        "open('x')",
        "person.__class__",
        "'a' * 10000",
        "10000 * 'a'",
        "n / 0",
        "items[9]",
        "nobody",
        "[x for x in items]",
        "n.real",
        "f'{n}'",
        "9" * 600,
        "((" * 200 + "1" + "))" * 200,
        "items * 9999",
        "10**9",
        "min()",
        "n < 3 < 4",
    ],
)
def test_evaluate_refuses(expression: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        evaluate(expression, VALUES)


@given(st.text(max_size=40) | st.text("n x()[]+-*/%.,'<>=0123", max_size=40))
def test_evaluate_returns_or_raises_value_error(text: str) -> None:
    error = refusal(lambda: evaluate(text, VALUES), ValueError)
    assert error is None or str(error)
