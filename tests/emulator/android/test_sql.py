"""Values put into SQL text mean the same as values that are bound."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.android.sql import inlined, literal
from mobilegym.emulator.device import Value
from mobilegym.errors import DeviceError

VALUES = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.integers(-(10**9), 10**9).map(lambda number: number / 8)  # SQLite reads the last digit of others in its own way
    | st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
    | st.binary(max_size=20)
)


@given(VALUES)
def test_a_literal_is_the_value(value: Value) -> None:
    connection = sqlite3.connect(":memory:")
    try:
        (found,) = connection.execute(f"SELECT {literal(value)}").fetchone()
    finally:
        connection.close()
    assert found == value
    assert type(found) is type(value)


@given(st.lists(VALUES, max_size=4))
def test_places_are_filled_in_order(values: list[Value]) -> None:
    connection = sqlite3.connect(":memory:")
    try:
        sql = "SELECT '?' AS a, \"a?\" IS NULL" + ", ?" * len(values) + ' FROM (SELECT 1 AS "a?") -- why?\n'
        assert connection.execute(inlined(sql, values)).fetchone() == ("?", 0, *values)
    finally:
        connection.close()


def test_numbered_places() -> None:
    assert inlined("a = ?2 AND b = ?1 AND c = ?2", ("x", 5)) == "a = 5 AND b = 'x' AND c = 5"


@pytest.mark.parametrize("sql, args", [("a = ?", ()), ("a = 1", (1,)), ("a = ? AND b = ?", (1,))])
def test_a_wrong_number_of_values_is_refused(sql: str, args: tuple[Value, ...]) -> None:
    with pytest.raises(DeviceError, match="values are too"):
        inlined(sql, args)
