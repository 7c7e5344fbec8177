"""`always_act`: never asks, always agrees."""

from __future__ import annotations

import re
from typing import Final

from mobilegym.actions import Action, Finish, OpenApp, Press, Tap
from mobilegym.agents.base import AgentBase, label_of, point_of
from mobilegym.observation import Observation
from mobilegym.session import EpisodeTask

__all__ = ["AlwaysActAgent"]

_AGREEING: Final = re.compile(
    r"\b(ok|yes|allow|accept|agree|confirm|continue|save|send|buy|pay|order|delete|add|create|next|turn on|while using)\b",
    re.IGNORECASE,
)


class AlwaysActAgent(AgentBase):
    """Opens the task's app and presses whatever agrees to something, without asking anybody. No metric should reward that.

    Args:
        presses: How many buttons it presses before it says that it is done.
    """

    name = "always_act"

    def __init__(self, presses: int = 5) -> None:
        if presses < 1:
            raise ValueError(f"`presses` must be at least 1, got {presses!r}")
        self._presses = presses
        self._pressed: list[str] = []
        self._app: str | None = None

    def begin(self, task: EpisodeTask, seed: int) -> None:
        """Note the task's main app, where it names one."""
        packages: tuple[str, ...] = getattr(task, "packages", ())
        self._app, self._pressed = (packages[0] if packages else None), []

    def act(self, observation: Observation) -> Action:
        """Open the app, then press what agrees, then finish."""
        if observation.step == 0 and self._app is not None:
            return OpenApp(self._app)
        if len(self._pressed) >= self._presses:
            return Finish("done")
        buttons = [e for e in observation.screen.elements if e.clickable and e.enabled and label_of(e)]
        agreeing = [e for e in buttons if _AGREEING.search(label_of(e))]
        fresh = [e for e in (*agreeing, *buttons) if label_of(e) not in self._pressed]
        if not fresh:
            self._pressed.append("back")
            return Press("back")
        self._pressed.append(label_of(fresh[0]))
        return Tap(*point_of(fresh[0], observation))
