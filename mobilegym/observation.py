"""What an agent sees: frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["ActivityRef", "Bounds", "Element", "Message", "Notification", "Observation", "Pixels", "Screen"]

Pixels = NDArray[np.uint8]
"""`(H, W, 3) uint8` RGB, row 0 at the top."""


class Bounds(NamedTuple):
    """A rectangle in device pixels, right and bottom exclusive, as in uiautomator's `[left,top][right,bottom]`."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def center(self) -> tuple[float, float]:
        """`(x, y)` in device pixels."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def __str__(self) -> str:
        return f"[{self.left},{self.top}][{self.right},{self.bottom}]"


class Element(NamedTuple):
    """One visible accessibility node, with the attributes that uiautomator reports.

    Elements come in document order (a parent before its children); `depth` gives the hierarchy.
    """

    cls: str
    """Class name, for instance `android.widget.Button`."""
    resource_id: str
    """`package:id/name`, or empty."""
    text: str
    content_desc: str
    package: str
    bounds: Bounds
    """Visible part, device pixels."""
    depth: int
    """0 for a window's root."""
    index: int  # pyright: ignore[reportIncompatibleMethodOverride] - Android's name for it; nobody searches an element as a tuple
    """Position among its siblings."""
    clickable: bool = False
    long_clickable: bool = False
    scrollable: bool = False
    checkable: bool = False
    checked: bool = False
    focusable: bool = False
    focused: bool = False
    selected: bool = False
    enabled: bool = True
    password: bool = False
    hint: str = ""


class ActivityRef(NamedTuple):
    """A component: `package` and the activity's full class name."""

    package: str
    activity: str

    def __str__(self) -> str:
        short = self.activity.removeprefix(self.package) if self.activity.startswith(self.package + ".") else self.activity
        return f"{self.package}/{short}"


@dataclass(frozen=True, slots=True)
class Notification:
    """A posted notification, as the shade shows it."""

    key: str
    package: str
    title: str
    text: str
    when_ms: int
    """Virtual epoch milliseconds."""
    actions: tuple[str, ...] = ()
    ongoing: bool = False
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One line of the talk between agent and owner."""

    sender: str
    """`agent` or `owner`."""
    text: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Screen:
    """What a `Device` shows at one moment."""

    elements: tuple[Element, ...]
    activity: ActivityRef
    clock: datetime
    """Local time of the phone, time zone aware."""
    width: int
    height: int
    """Screen size in device pixels, as `bounds` are given; orientation included."""
    notifications: tuple[Notification, ...] = ()
    pixels: Pixels | None = None
    settled: bool = True
    """False where a real device was still moving when the time limit ran out."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One observation of an episode: the screen, the request and the talk."""

    screen: Screen
    request: str
    messages: tuple[Message, ...] = ()
    action_error: str | None = None
    """Why the last action could not be carried out; it then changed nothing."""
    step: int = 0
