"""Telephone numbers as they are shown and typed."""

from __future__ import annotations

import pytest

from mobilegym.emulator.phone.apps.numbers import number_typed, shown_number


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("5550101", "555-0101"), ("5550101234", "(555) 010-1234"), ("+15550101234", "+1 555-010-1234"), ("15550101234", "1 555-010-1234"),
        ("+442079460000", "+442079460000"), ("911", "911"), ("*67", "*67"), ("", ""), ("Bank", "Bank"),
    ],
)  # fmt: skip
def test_numbers_as_shown(number: str, shown: str) -> None:
    assert shown_number(number) == shown
    assert shown_number(shown) == shown


def test_backspace_always_takes_a_digit() -> None:
    text = ""
    for digit in "+15550101234":
        text = number_typed(text + digit)
        assert text[-1].isdigit() or text == "+"
    for length in range(12, 1, -1):
        text = number_typed(text[:-1])
        assert sum(c.isdigit() or c == "+" for c in text) == length - 1
