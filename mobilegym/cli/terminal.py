"""The keyboard and screen of a person who plays an agent."""

from __future__ import annotations

import sys

from mobilegym.cli.output import notes
from mobilegym.errors import MissingPrerequisite

__all__ = ["ConsoleTerminal"]


class ConsoleTerminal:
    """Shows on standard error, so that standard output keeps the results; reads from the keyboard."""

    def __init__(self) -> None:
        if not sys.stdin.isatty():
            raise MissingPrerequisite("the agent `human` needs a terminal to type into, and standard input is none")
        self._console = notes()

    def write(self, text: str) -> None:
        self._console.print(text, markup=False)

    def read(self, prompt: str) -> str:
        self._console.print(prompt, end="", style="bold cyan")
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line
