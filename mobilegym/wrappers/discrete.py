"""`DiscreteActions`: one number says it all, for algorithms that know nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gymnasium
import numpy as np
from gymnasium import spaces
from gymnasium.utils import RecordConstructorArgs

from mobilegym.actions import ACTION_TYPES, Action, Direction, Finish, Key, OpenApp, Press, Scroll, Tap, Type, Wait
from mobilegym.encoding import Arrays
from mobilegym.session import InvalidAction
from mobilegym.wrappers.base import phone_env

__all__ = ["DiscreteActions"]


class DiscreteActions(gymnasium.ActionWrapper[Arrays, np.int64, Any], RecordConstructorArgs):
    """Actions become `Discrete`: a tap in the middle of each cell of a grid (row by row), then scrolls, keys, texts, apps, wait, done.

    `actions` is the table of what each number means. Typed actions pass through.

    Args:
        env: A `PhoneEnv`, wrapped or not.
        rows: Rows of the grid.
        columns: Columns of the grid.
        scrolls: Directions on offer.
        keys: Keys on offer.
        texts: What can be typed into the focused field.
        apps: Apps that can be opened, by label or package.
        finish: Whether the agent can end the episode (`Finish("done")`).
    """

    def __init__(
        self,
        env: gymnasium.Env[Arrays, Any],
        rows: int = 20,
        columns: int = 9,
        *,
        scrolls: Sequence[Direction] = ("down", "up"),
        keys: Sequence[Key] = ("back", "home", "enter"),
        texts: Sequence[str] = (),
        apps: Sequence[str] = (),
        finish: bool = True,
    ) -> None:
        if rows < 1 or columns < 1:
            raise ValueError(f"the grid needs at least one row and one column, got {rows!r} and {columns!r}")
        RecordConstructorArgs.__init__(
            self, rows=rows, columns=columns, scrolls=tuple(scrolls), keys=tuple(keys), texts=tuple(texts), apps=tuple(apps), finish=finish
        )
        gymnasium.ActionWrapper.__init__(self, env)
        phone_env(env)
        taps = [Tap((c + 0.5) / columns, (r + 0.5) / rows) for r in range(rows) for c in range(columns)]
        self.actions: tuple[Action, ...] = (
            *taps, *map(Scroll, scrolls), *map(Press, keys), *map(Type, texts), *map(OpenApp, apps), Wait(),
            *([Finish()] if finish else []),
        )  # fmt: skip
        self.action_space = spaces.Discrete(len(self.actions))

    def action(self, action: Any) -> Action | InvalidAction:
        """The typed action of that number."""
        return action if isinstance(action, (*ACTION_TYPES.values(), InvalidAction)) else self.actions[int(action)]
