"""Values of the notification service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from mobilegym.emulator.phone.kernel.clock import Scalar
from mobilegym.observation import Notification

__all__ = [
    "IMPORTANCE_DEFAULT",
    "IMPORTANCE_HIGH",
    "IMPORTANCE_LOW",
    "IMPORTANCE_MIN",
    "IMPORTANCE_NONE",
    "Channel",
    "NotificationAction",
    "Past",
    "StatusBarNotification",
]

IMPORTANCE_NONE: Final = 0
IMPORTANCE_MIN: Final = 1
IMPORTANCE_LOW: Final = 2
IMPORTANCE_DEFAULT: Final = 3
IMPORTANCE_HIGH: Final = 4


class NotificationAction(NamedTuple):
    """A button on a notification."""

    label: str
    action: str
    """Action delivered to the app."""
    remote_input: bool = False
    """Whether it asks for a text, as a reply does."""


class Channel(NamedTuple):
    """A notification channel of an app."""

    id: str
    name: str
    importance: int
    """0 none (blocked), 1 min, 2 low (silent), 3 default, 4 high (heads-up)."""


@dataclass(frozen=True, slots=True)
class StatusBarNotification:
    """A posted notification."""

    key: str
    """`0|<package>|<id>|<tag>|<uid>`"""
    package: str
    tag: str
    id: int
    title: str
    text: str
    when_ms: int
    """Virtual epoch milliseconds."""
    order: int
    """Counts posts, so later ones are larger."""
    channel: str = ""
    importance: int = IMPORTANCE_DEFAULT
    actions: tuple[NotificationAction, ...] = ()
    content: object = None
    """What a tap does, an immutable value; opaque here."""
    ongoing: bool = False
    auto_cancel: bool = True
    group: str = ""
    extras: tuple[tuple[str, Scalar], ...] = ()

    def extra(self, key: str, default: Scalar = None) -> Scalar:
        """The extra of that name, or `default`."""
        return dict(self.extras).get(key, default)

    def seen_by_agents(self) -> Notification:
        """As an observation shows it."""
        labels = tuple(action.label for action in self.actions)
        return Notification(self.key, self.package, self.title, self.text, self.when_ms, labels, self.ongoing, self.channel)


class Past(NamedTuple):
    """A notification that left the shade."""

    notification: StatusBarNotification
    removed_ms: int
    reason: str
    """`app`, `dismissed`, `clicked` or `snoozed`."""
