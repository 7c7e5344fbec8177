"""`ElementIndex`: act on the k-th element of the tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import gymnasium
import numpy as np
from gymnasium import spaces
from gymnasium.utils import RecordConstructorArgs
from numpy.typing import NDArray

from mobilegym.actions import ACTION_TYPES, Action, Finish, LongPress, Press, Scroll, Tap, Type, Wait
from mobilegym.encoding import Arrays
from mobilegym.observation import Element
from mobilegym.session import InvalidAction
from mobilegym.wrappers.base import phone_env

__all__ = ["ELEMENT_VERBS", "ElementIndex"]

ELEMENT_VERBS: Final = (
    "tap", "long_press", "scroll_down", "scroll_up", "scroll_left", "scroll_right", "back", "home", "enter", "wait", "finish",
)  # fmt: skip
"""What can be done, in the order of the action's first number; the last five need no element."""
_AIMED: Final = 6


class ElementIndex(gymnasium.ActionWrapper[Arrays, NDArray[np.int64], Any], RecordConstructorArgs):
    """Actions become `(verb, element)`: a verb of `ELEMENT_VERBS`, or `len(ELEMENT_VERBS) + i` to tap and type `texts[i]`.

    The element counts as in the observation's arrays. One that is not on the screen is an `action_error`, and changes
    nothing; `action_masks()` says which elements are. Typed actions pass through.

    Args:
        env: A `PhoneEnv`, wrapped or not.
        texts: What can be typed; typing goes into the field that has the focus.
    """

    def __init__(self, env: gymnasium.Env[Arrays, Any], texts: Sequence[str] = ()) -> None:
        RecordConstructorArgs.__init__(self, texts=tuple(texts))
        gymnasium.ActionWrapper.__init__(self, env)
        self._phone = phone_env(env)
        self.texts = tuple(texts)
        self.max_elements = self._phone.max_elements
        self.action_space = spaces.MultiDiscrete([len(ELEMENT_VERBS) + len(self.texts), self.max_elements])

    def action(self, action: Any) -> Action | InvalidAction:
        """The typed action behind `(verb, element)`."""
        if isinstance(action, (*ACTION_TYPES.values(), InvalidAction)):
            return action
        verb, index = (int(value) for value in action)
        if verb >= len(ELEMENT_VERBS):
            return Type(self.texts[verb - len(ELEMENT_VERBS)])
        name = ELEMENT_VERBS[verb]
        if verb >= _AIMED:
            return {"back": Press("back"), "home": Press("home"), "enter": Press("enter"), "wait": Wait(), "finish": Finish()}[name]
        elements = self._phone.observation.screen.elements[: self.max_elements]
        if index >= len(elements):
            return InvalidAction(f"there is no element {index}; the screen has {len(elements)}")
        return self._aimed(name, elements[index])

    def action_masks(self) -> NDArray[np.bool_]:
        """`(verbs + elements,) bool`: verbs, all True, then elements, True where one is on the screen (sb3-contrib's layout)."""
        verbs = np.ones(len(ELEMENT_VERBS) + len(self.texts), np.bool_)
        count = min(len(self._phone.observation.screen.elements), self.max_elements)
        return np.concatenate([verbs, np.arange(self.max_elements) < count])

    def _aimed(self, verb: str, element: Element) -> Action:
        screen = self._phone.observation.screen
        x, y = element.bounds.center
        x, y = min(max(x / screen.width, 0.0), 1.0), min(max(y / screen.height, 0.0), 1.0)
        match verb:
            case "tap":
                return Tap(x, y)
            case "long_press":
                return LongPress(x, y)
            case "scroll_down":
                return Scroll("down", x, y)
            case "scroll_up":
                return Scroll("up", x, y)
            case "scroll_left":
                return Scroll("left", x, y)
            case _:
                return Scroll("right", x, y)
