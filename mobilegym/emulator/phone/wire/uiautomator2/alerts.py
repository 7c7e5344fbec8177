"""Alerts: dialogs of apps and questions for permissions."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.wire.automation.errors import AutomationError
from mobilegym.emulator.phone.wire.automation.nodes import Node, active_tree
from mobilegym.emulator.phone.wire.uiautomator2.request import Arguments
from mobilegym.emulator.phone.wire.uiautomator2.session import Session

__all__ = ["accept", "dismiss", "text"]

_PERMISSION: Final = "com.android.permissioncontroller"
_ALLOW: Final = (
    "permission_allow_button", "permission_allow_foreground_only_button", "permission_allow_one_time_button", "permission_allow_all_button",
    "permission_allow_always_button",
)  # fmt: skip
_DENY: Final = ("permission_deny_button", "permission_deny_and_dont_ask_again_button", "permission_no_upgrade_button")
_TEXTS: Final = ("alertTitle", "message", "permission_message", "detail_message")


def _nodes(session: Session) -> list[Node]:
    """The nodes of the alert that is shown. Raises AutomationError (`no such alert`)."""
    nodes = active_tree(session.system.kernel).nodes
    if nodes and any(_short(n).startswith("permission_") or _short(n) in ("button1", "button2", "button3") for n in nodes):
        return nodes
    raise AutomationError("no such alert", "An attempt was made to operate on a modal dialog when one was not open")


def _short(node: Node) -> str:
    package, _, name = node.element.resource_id.partition(":id/")
    if package in ("android", _PERMISSION) or name == "alertTitle":
        return name
    return ""


def _press(a: Arguments, names: tuple[str, ...], spare: str) -> None:
    nodes = _nodes(a.session)
    label = a.text_or("buttonLabel", "")
    buttons = [n for n in nodes if n.element.clickable and n.element.enabled]
    if label:
        button = next((n for n in buttons if n.element.text == label), None)
    else:
        button = next((n for name in names for n in buttons if _short(n) == name), None)
        button = button or next((n for n in buttons if _short(n) == spare), None)
    if button is None:
        what = f"with the label {label!r}" if label else "to press"
        raise AutomationError("no such alert", f"The alert has no button {what}")
    a.session.actor.tap(*button.bounds.center)


def accept(a: Arguments) -> None:
    """`POST /alert/accept`."""
    _press(a, ("button1", *_ALLOW), "button3")


def dismiss(a: Arguments) -> None:
    """`POST /alert/dismiss`. An alert with one button only is dismissed by it."""
    _press(a, ("button2", *_DENY), "button1")


def text(a: Arguments) -> str:
    """`GET /alert/text`: title and message."""
    return "\n".join(n.element.text for n in _nodes(a.session) if _short(n) in _TEXTS and n.element.text)
