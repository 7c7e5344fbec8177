"""What the commands of the emulator console are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from mobilegym.errors import MobileGymError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["Command", "ConsoleLine", "Ko", "Subs"]


class Ko(MobileGymError):
    """The command fails; the text follows `KO: `.

    Args:
        text: Why.
        before: Lines printed before it.
    """

    def __init__(self, text: str, *before: str) -> None:
        super().__init__(text)
        self.before = before


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """One command, without its verbs."""

    system: System
    verb: str
    rest: str
    """What follows the verb, as it was typed."""
    words: list[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", self.rest.split())

    @property
    def kernel(self) -> Kernel:
        return self.system.kernel


Command: TypeAlias = Callable[[ConsoleLine], list[str]]
"""Does it and returns what is printed before `OK`."""


@dataclass(frozen=True, slots=True)
class Subs:
    """A verb whose first argument says what to do."""

    about: str
    commands: Mapping[str, Command]
    texts: Mapping[str, str] = field(default_factory=dict[str, str])

    def listing(self, about: str = "") -> list[str]:
        """What `help VERB` prints."""
        width = max(len(name) for name in self.commands)
        lines = [f"    {name:<{width}}   {self.texts.get(name, '')}".rstrip() for name in self.commands]
        return [about or self.about, "", "available sub-commands:", *lines, ""]

    def run(self, request: ConsoleLine) -> list[str]:
        """Run the sub-command."""
        sub, _, rest = request.rest.partition(" ")
        if not sub:
            raise Ko("missing sub-command", *self.listing())
        command = self.commands.get(sub)
        if command is None:
            raise Ko(" bad sub-command", *self.listing())
        return command(ConsoleLine(request.system, sub, rest.strip()))
