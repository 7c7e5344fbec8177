"""`random`: taps, types, scrolls and presses whatever there is."""

from __future__ import annotations

from random import Random

from mobilegym.actions import Action, Finish, LongPress, Press, Scroll, Swipe, Tap, Type, Wait
from mobilegym.agents.base import AgentBase, point_of
from mobilegym.observation import Element, Observation
from mobilegym.session import EpisodeTask

__all__ = ["RandomAgent"]

_WORDS = ("hello", "Alex Morgan", "5", "2026", "milk", "tomorrow", "no", "42 Elm Street")


class RandomAgent(AgentBase):
    """Prefers what can be clicked, as somebody would who plays with a phone; ends an episode by chance, after 50 steps on average.

    Args:
        finish: Chance of ending the episode, at each step.
    """

    name = "random"

    def __init__(self, finish: float = 0.02) -> None:
        if not 0.0 <= finish <= 1.0:
            raise ValueError(f"`finish` is a probability, got {finish!r}")
        self._finish = finish
        self._rng = Random(0)

    def begin(self, task: EpisodeTask, seed: int) -> None:
        """Seed the generator by task and seed."""
        self._rng = Random(f"{task.id}/{seed}")

    def act(self, observation: Observation) -> Action:
        """An action drawn at random."""
        rng = self._rng
        if rng.random() < self._finish:
            return Finish("done")
        elements = observation.screen.elements
        focused = any(e.focused for e in elements)
        draw = rng.random()
        if focused and draw < 0.3:
            return Type(rng.choice(_WORDS), clear=rng.random() < 0.3, submit=rng.random() < 0.3)
        if draw < 0.7:
            return self._touch(observation, elements)
        if draw < 0.85:
            return Scroll(rng.choice(("down", "down", "up", "left", "right")), 0.5, round(rng.uniform(0.3, 0.7), 4))
        if draw < 0.95:
            return Press(rng.choice(("back", "home", "enter", "recents", "notifications")))
        if draw < 0.98:
            return Swipe(*[round(rng.random(), 4) for _ in range(4)], ms=300)
        return Wait(1000)

    def _touch(self, observation: Observation, elements: tuple[Element, ...]) -> Action:
        clickable = [e for e in elements if e.clickable and e.enabled]
        if not clickable or self._rng.random() < 0.1:
            return Tap(round(self._rng.random(), 4), round(self._rng.random(), 4))
        element = self._rng.choice(clickable)
        point = point_of(element, observation)
        return LongPress(*point) if element.long_clickable and self._rng.random() < 0.1 else Tap(*point)
