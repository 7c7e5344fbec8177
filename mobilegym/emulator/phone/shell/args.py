"""Arguments of a framework command, read as Android's `ShellCommand` reads them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias, overload

from mobilegym.emulator.phone.shell.process import JavaError, Process

__all__ = ["Args", "Verbs", "WaitingVerbs", "dispatch", "number", "say_yes"]


class Args:
    """Words, read from the left."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._at = 0

    def peek(self) -> str | None:
        """The next word, or None at the end; it stays."""
        return self._words[self._at] if self._at < len(self._words) else None

    def next(self) -> str | None:
        """The next word, or None at the end."""
        word = self.peek()
        if word is not None:
            self._at += 1
        return word

    def need(self) -> str:
        """The next word.

        Raises:
            JavaError: There is none.
        """
        word = self.next()
        if word is None:
            raise JavaError(f'Argument expected after "{self._words[self._at - 1] if self._at else ""}"')
        return word

    def option(self) -> str | None:
        """The next word if it is an option; `--` ends them."""
        word = self.peek()
        if word is None or not word.startswith("-") or word == "-":
            return None
        self._at += 1
        return None if word == "--" else word

    def rest(self) -> list[str]:
        """All words that are left."""
        words = list(self._words[self._at :])
        self._at = len(self._words)
        return words


Verbs: TypeAlias = Mapping[str, Callable[[Process, Args], "int | None"]]
"""Sub-commands of a service that answer at once. None is exit status 0."""
WaitingVerbs: TypeAlias = Mapping[str, Callable[[Process, Args], "int | Awaitable[int]"]]
"""Sub-commands of which some wait."""


@overload
def dispatch(p: Process, verbs: Verbs, usage: str) -> int: ...
@overload
def dispatch(p: Process, verbs: WaitingVerbs, usage: str) -> int | Awaitable[int]: ...
def dispatch(p: Process, verbs: Verbs | WaitingVerbs, usage: str) -> int | Awaitable[int]:
    """Run the sub-command that the process was called with."""
    args = Args(p.args)
    verb = args.next()
    if verb is None or verb in ("help", "-h", "--help"):
        p.out(usage if usage.endswith("\n") else f"{usage}\n")
        return 255 if verb is None else 0
    action = verbs.get(verb)
    if action is None:
        p.out(f"Unknown command: {verb}\n")
        return 255
    return action(p, args) or 0


def number(text: str) -> int:
    """A word as an integer.

    Raises:
        JavaError: It is none.
    """
    try:
        return int(text)
    except ValueError:
        raise JavaError(f'For input string: "{text}"', "java.lang.NumberFormatException") from None


def say_yes(text: str) -> bool:
    """`true`, `1`, `yes`, `on`, `enable(d)` in any case; anything else is false, as Java reads it."""
    return text.casefold() in ("true", "1", "yes", "on", "enable", "enabled")
