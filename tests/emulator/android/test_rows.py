"""What `content query` prints is read back, whatever the values hold, or found to have more than one reading."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.android.columns import restored, text_columns
from mobilegym.emulator.android.rows import candidate_columns, parse_column, parse_rows

COLUMNS = ("_id", "address", "body")
NASTY = st.text(st.sampled_from("ab,= \nRow:01_idbody"), max_size=30) | st.text(max_size=12) | st.sampled_from(
    [", body=x", "\nRow: 1 _id=7", "a, address=1, body=2", "Row: 0 _id=1"]
)  # fmt: skip


def printed(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return "No result found.\n"
    return "".join(f"Row: {n} " + ", ".join(f"{c}={v}" for c, v in zip(columns, row, strict=True)) + "\n" for n, row in enumerate(rows))


@given(st.lists(st.tuples(st.integers(0, 99).map(str), NASTY, NASTY), max_size=5))
def test_rows_are_read_right_or_not_at_all(rows: list[tuple[str, str, str]]) -> None:
    found = parse_rows(printed(COLUMNS, rows), COLUMNS)
    assert found is None or found == [list(row) for row in rows]


@given(st.lists(NASTY, max_size=5))
def test_columns_are_read_right_or_not_at_all(values: list[str]) -> None:
    found = parse_column(printed(("body",), [(value,) for value in values]), "body")
    assert found is None or found == values or any("\nRow: " in value for value in values)


@given(st.lists(st.tuples(st.integers(0, 99).map(str), st.text("abc é\n'=,", max_size=9), st.text("xyz🙂 ", max_size=9)), max_size=5))
def test_ordinary_text_is_read(rows: list[tuple[str, str, str]]) -> None:
    assert parse_rows(printed(COLUMNS, rows), COLUMNS) == [list(row) for row in rows]


def test_two_readings_are_noticed() -> None:
    assert parse_rows(printed(COLUMNS, [("1", "hi, body=you", "there")]), COLUMNS) is None
    assert parse_rows(printed(COLUMNS, [("1", "a", "b\nRow: 1 _id=2, address=c, body=d")]), COLUMNS) is not None


def test_column_names_come_with_words_that_look_like_them() -> None:
    assert candidate_columns("Row: 0 _id=1, body=a, b=c\nRow: 1 _id=2, body=x, z=1\n") == ["_id", "body", "b", "z"]


def test_types_are_restored() -> None:
    assert restored("12", is_text=False) == 12
    assert restored("12", is_text=True) == "12"
    assert restored("012", is_text=False) == "012"
    assert restored("-1.5", is_text=False) == -1.5
    assert restored("NULL", is_text=True) is None
    assert restored("99999999999999999999", is_text=False) == "99999999999999999999"
    assert "address" in text_columns("content://sms/inbox")
    assert "type" not in text_columns("content://sms")
    assert "number" in text_columns("content://0@call_log/calls")
