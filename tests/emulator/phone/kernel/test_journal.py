from __future__ import annotations

import json
import math
import pickle
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.journal import RISKS, Journal, canonical_line, digest_of, risk_rank


def filled(count: int) -> Journal:
    journal = Journal(Clock())
    for number in range(count):
        journal.append("effect", "app", "thing.done", "reversible", number=number)
    return journal


def test_entries_carry_the_phone_time_and_any_key() -> None:
    clock = Clock()
    journal = Journal(clock)
    clock.advance_to(clock.now_ms + 5)
    journal.append("effect", "app", "contact.added", "reversible", name="Ana", kind="x", phones=["1", {"n": 2}], none=None, ok=True, x=1.5)
    (entry,) = journal.entries()
    assert (entry.seq, entry.at_ms, entry.name, entry.data["name"], entry.data["phones"]) == (
        0,
        clock.now_ms,
        "contact.added",
        "Ana",
        ("1", {"n": 2}),
    )
    assert json.loads(canonical_line(entry))["data"]["phones"] == ["1", {"n": 2}]


def test_entries_cannot_be_changed() -> None:
    journal = Journal(Clock())
    given_list = ["a"]
    journal.append("effect", "app", "x", "read", items=given_list)
    given_list.append("b")
    data = cast("dict[str, Any]", journal.entries()[0].data)
    assert data["items"] == ("a",)
    for attempt in (lambda: data.update(x=1), lambda: data.pop("items"), data.clear, lambda: data.__setitem__("x", 1)):
        with pytest.raises(TypeError):
            attempt()
    assert pickle.loads(pickle.dumps(journal.entries())) == journal.entries()


@pytest.mark.parametrize("value", [b"x", math.nan, math.inf, {1, 2}, object()])
def test_what_json_has_not_is_refused(value: object) -> None:
    journal = Journal(Clock())
    with pytest.raises(TypeError, match=r"data\.deep"):
        journal.append("effect", "app", "x", "read", deep=[value])
    assert len(journal) == 0


def test_risks_are_ordered() -> None:
    assert RISKS[0] == "read"
    assert risk_rank("read") < risk_rank("reversible") < risk_rank("costly")


@given(st.lists(st.integers(0, 4), max_size=30))
def test_since_digest_and_chunks_agree(steps: list[int]) -> None:
    journal = Journal(Clock())
    total = 0
    for step in steps:
        for _ in range(step):
            journal.append("input", "app", "tap", "read", n=total)
            total += 1
        if step % 2:
            journal.freeze()
        else:
            journal.digest()
    assert len(journal) == total
    everything = journal.entries()
    assert [entry.seq for entry in everything] == list(range(total))
    for since in range(-1, total + 2):
        assert journal.entries(since) == everything[max(since, 0) :]
    assert journal.digest() == digest_of(everything)
    assert len(journal.freeze().chunks) <= 2 + total.bit_length()


def test_forks_share_the_past_and_nothing_else() -> None:
    journal = filled(100)
    frozen = journal.freeze()
    other = Journal(Clock())
    other.thaw(frozen)
    assert other.token == journal.token
    assert other.digest() == journal.digest()
    journal.append("effect", "app", "left", "read")
    other.append("effect", "app", "right", "read")
    assert journal.entries(100)[0].name == "left"
    assert other.entries(100)[0].name == "right"
    assert other.digest() != journal.digest()
    journal.thaw(frozen)
    assert len(journal) == 100
    assert journal.digest() == digest_of(filled(100).entries())
