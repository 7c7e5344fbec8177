"""Owners."""

from __future__ import annotations

import pytest

from mobilegym.user_sim.owner import FactOwner, SilentOwner

OWNER = FactOwner({"colour|color": "Blue.", "how many": "Two.", "café": "The one at the corner."})


@pytest.mark.parametrize(
    "question,reply",
    [
        ("What COLOR?", "Blue."),
        ("Which colours do you like?", "Blue."),
        ("Many do. How?", "Two."),
        ("How?", "I have nothing to add to that."),
        ("Which cafe, and what colour?", "Blue. The one at the corner."),
        ("", "I have nothing to add to that."),
    ],
)
def test_facts_are_given_when_asked_for(question: str, reply: str) -> None:
    assert OWNER.reply(question, 0) == reply
    assert OWNER.fork().reply(question, 5) == reply


def test_silence() -> None:
    assert SilentOwner().reply("Hello?", 0) == ""
    assert SilentOwner().fork() == SilentOwner()


def test_an_empty_topic_matches_nothing() -> None:
    assert FactOwner({"": "x", "|": "y"}, otherwise="z").reply("anything", 0) == "z"
