"""What can go wrong between a driver and the phone, in the words of the WebDriver protocol."""

from __future__ import annotations

from typing import Final

from mobilegym.errors import MobileGymError

__all__ = ["STATUS_OF", "AutomationError", "bad_selector", "bad_value", "no_such_element"]

STATUS_OF: Final = {
    "invalid argument": 400, "invalid element state": 400, "invalid selector": 400, "element not interactable": 400,
    "element click intercepted": 400, "invalid session id": 404, "no such alert": 404, "no such element": 404, "no such window": 404,
    "stale element reference": 404, "unknown command": 404, "unknown method": 405, "unsupported operation": 500, "unknown error": 500,
    "timeout": 500, "move target out of bounds": 500, "unable to capture screen": 500, "session not created": 500,
}  # fmt: skip
"""HTTP status of each kind of error."""


class AutomationError(MobileGymError):
    """A request cannot be carried out.

    Args:
        kind: A key of `STATUS_OF`.
        message: What, where and what to do.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


def no_such_element(message: str = "An element could not be located on the page using the given search parameters") -> AutomationError:
    """Nothing on the screen matches."""
    return AutomationError("no such element", message)


def bad_selector(message: str) -> AutomationError:
    """A selector that cannot be understood, or that would take too long."""
    return AutomationError("invalid selector", message)


def bad_value(message: str) -> AutomationError:
    """An argument that is missing or of the wrong kind."""
    return AutomationError("invalid argument", message)
