"""Who answers when the agent asks: an `Owner` is a deterministic program."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

__all__ = ["FactOwner", "Owner", "SilentOwner"]

_NOTHING: Final = "I have nothing to add to that."


class Owner(Protocol):
    """The phone's owner, as an episode sees it.

    Equal owners, asked the same at the same times, give the same replies. An owner that remembers what was said keeps
    that in itself, so an episode that is forked or put back forks its owner as well.
    """

    def reply(self, text: str, at_ms: int) -> str:
        """What the owner says to `text` at that (virtual, epoch) time; empty where it says nothing."""
        ...

    def fork(self) -> Owner:
        """An independent owner that knows and remembers the same; an immutable one may return itself."""
        ...


@dataclass(frozen=True, slots=True)
class SilentOwner:
    """Never says anything."""

    def reply(self, text: str, at_ms: int) -> str:
        return ""

    def fork(self) -> SilentOwner:
        return self


@dataclass(frozen=True, slots=True)
class FactOwner:
    """Gives the facts it was told to give, and nothing else.

    ```python
    owner = FactOwner({"colour|color": "The blue one.", "how many": "Two, please."})
    owner.reply("Which color shall I take?", 0)  # "The blue one."
    ```
    """

    replies: Mapping[str, str] = field(default_factory=dict[str, str])
    """Topic → reply. A topic is one or more alternatives, separated by `|`; one matches a question that has all its words.
    Where several topics match, all their replies are given, in the order of the mapping."""
    otherwise: str = _NOTHING

    def reply(self, text: str, at_ms: int) -> str:
        asked = frozenset(_words(text))
        found = [reply for topic, reply in self.replies.items() if _matches(topic, asked)]
        return " ".join(found) or self.otherwise

    def fork(self) -> FactOwner:
        return self


def _matches(topic: str, asked: frozenset[str]) -> bool:
    return any(words and asked.issuperset(words) for words in map(_words, topic.split("|")))


def _words(text: str) -> Sequence[str]:
    """Words, folded: case, accents and a plural `s` make no difference."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return [w[:-1] if len(w) > 3 and w.endswith("s") else w for w in re.findall(r"\w+", plain)]
