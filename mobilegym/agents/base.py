"""What an agent is."""

from __future__ import annotations

from typing import Final, Protocol

from mobilegym.actions import Action
from mobilegym.errors import MobileGymError
from mobilegym.observation import Element, Observation
from mobilegym.session import EpisodeTask, InvalidAction

__all__ = ["Agent", "AgentBase", "AgentError", "label_of", "point_of"]

_LONGEST_LABEL: Final = 80


class AgentError(MobileGymError):
    """An agent cannot go on, through no fault of the phone: its episode says nothing about the task."""


class Agent(Protocol):
    """Whatever plays episodes. `begin` is called before each episode, then `act` for each step.

    An agent that is given the same task, seed and observations acts the same. What it cannot put into an action it says as
    an `InvalidAction`; what it raises voids the episode.
    """

    @property
    def name(self) -> str:
        """As `make_agent` takes it, and as reports show it."""
        ...

    def begin(self, task: EpisodeTask, seed: int) -> None:
        """A new episode. Agents under test look at nothing but the seed: what they may know is in the observation."""
        ...

    def act(self, observation: Observation) -> Action | InvalidAction:
        """The next action."""
        ...


class AgentBase:
    """Something to inherit from: `name`, and a `begin` that does nothing."""

    name: str = "agent"

    def begin(self, task: EpisodeTask, seed: int) -> None:
        """Nothing to prepare."""


def point_of(element: Element, observation: Observation) -> tuple[float, float]:
    """The element's middle as `(x, y)` fractions of the screen."""
    x, y = element.bounds.center
    screen = observation.screen
    return min(max(x / screen.width, 0.0), 1.0), min(max(y / screen.height, 0.0), 1.0)


def label_of(element: Element) -> str:
    """What a person would call it, one line of at most 80 characters; may be empty."""
    text = element.text or element.content_desc or element.hint or element.resource_id.rpartition("/")[2]
    return " ".join(text.split())[:_LONGEST_LABEL]
