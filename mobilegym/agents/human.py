"""`human`: a person at a terminal, who sees the elements and types commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from mobilegym.actions import Action, Answer, Ask, Finish, LongPress, OpenApp, Press, Scroll, Tap, Type, Wait
from mobilegym.agents.base import AgentBase, label_of, point_of
from mobilegym.observation import Observation

__all__ = ["HumanAgent", "Terminal"]

_HELP: Final = """\
  N            tap element N                  tap X Y      tap a point, fractions of the screen
  hold N       long press                     type TEXT    type into the focused field (clear TEXT: replace)
  up down left right   scroll                 back home recents enter delete notifications
  open APP     open an app                    wait [MS]    let the phone's time pass
  ask TEXT     ask the owner                  answer TEXT  answer the request and end
  done         finished                       infeasible   cannot be done            declined   should not be done"""
_KEYS: Final = ("back", "home", "recents", "enter", "delete", "notifications")


class Terminal(Protocol):
    """Where the person sits."""

    def write(self, text: str) -> None:
        """Show lines of text."""
        ...

    def read(self, prompt: str) -> str:
        """One line from the person.

        Raises:
            EOFError: The person has gone.
        """
        ...


class HumanAgent(AgentBase):
    """Shows what is on the screen and asks for a command until one makes sense; end of input ends the episode as `declined`."""

    name = "human"

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._said = 0

    def act(self, observation: Observation) -> Action:
        """What the person says."""
        self._show(observation)
        while True:
            try:
                line = self._terminal.read("> ")
            except EOFError:
                return Finish("declined")
            try:
                action = _parse(line.strip(), observation)
            except ValueError as error:
                self._terminal.write(str(error))
                continue
            if action is not None:
                return action
            self._terminal.write(_HELP)

    def _show(self, observation: Observation) -> None:
        screen = observation.screen
        if observation.step == 0:
            self._said = 0
            self._terminal.write(f"Request: {observation.request}\n`help` lists the commands.")
        for message in observation.messages[self._said :]:
            self._terminal.write(f"{message.sender}: {message.text}")
        self._said = len(observation.messages)
        self._terminal.write(f"\nStep {observation.step}, {screen.clock:%a %H:%M}, {screen.activity}")
        if observation.action_error:
            self._terminal.write(f"That did not work: {observation.action_error}")
        for number, element in enumerate(screen.elements):
            marks = "".join(m for m, on in (("*", element.clickable), ("x", element.checked), ("_", element.focused)) if on)
            if label_of(element) or marks:
                self._terminal.write(f"{number:4d} {marks:3} {element.cls.rpartition('.')[2]:16} {label_of(element)}")


def _parse(line: str, observation: Observation) -> Action | None:
    """The action, or None where help is wanted.

    Raises:
        ValueError: The line makes no sense; says why.
    """
    word, _, rest = line.partition(" ")
    if word in ("", "help", "?"):
        return None
    if word.isdecimal():
        return Tap(*_element(word, observation))
    if word in _KEYS:
        return Press(word)
    if word in ("up", "down", "left", "right"):
        return Scroll(word)
    if word in ("done", "infeasible", "declined"):
        return Finish(word)
    if word not in _COMMANDS:
        raise ValueError(f"`{word}` is no command; `help` lists them")
    return _COMMANDS[word](rest, observation)


def _tap(rest: str, observation: Observation) -> Action:
    x, y = (float(part) for part in rest.split())
    return Tap(x, y)


_COMMANDS: Final[dict[str, Callable[[str, Observation], Action]]] = {
    "tap": _tap,
    "hold": lambda rest, observation: LongPress(*_element(rest, observation)),
    "type": lambda rest, _: Type(rest),
    "clear": lambda rest, _: Type(rest, clear=True),
    "open": lambda rest, _: OpenApp(rest),
    "wait": lambda rest, _: Wait(int(rest or 1000)),
    "ask": lambda rest, _: Ask(rest),
    "answer": lambda rest, _: Answer(rest),
}


def _element(number: str, observation: Observation) -> tuple[float, float]:
    elements = observation.screen.elements
    if not number.isdecimal() or int(number) >= len(elements):
        raise ValueError(f"there is no element {number}; they are numbered 0 to {len(elements) - 1}")
    return point_of(elements[int(number)], observation)
