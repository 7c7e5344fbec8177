"""The notification service: what is posted, what is on the shade, and which apps and channels may post."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple
from zlib import crc32

from mobilegym.emulator.phone.kernel.clock import Clock, Scalar
from mobilegym.emulator.phone.kernel.cow import TOKENS, CowDict, FrozenMap
from mobilegym.emulator.phone.kernel.journal import Journal
from mobilegym.emulator.phone.kernel.notification_values import (
    IMPORTANCE_DEFAULT,
    IMPORTANCE_HIGH,
    IMPORTANCE_LOW,
    IMPORTANCE_MIN,
    IMPORTANCE_NONE,
    Channel,
    NotificationAction,
    Past,
    StatusBarNotification,
)
from mobilegym.errors import NotFound
from mobilegym.observation import Notification

__all__ = [
    "IMPORTANCE_DEFAULT",
    "IMPORTANCE_HIGH",
    "IMPORTANCE_LOW",
    "IMPORTANCE_MIN",
    "IMPORTANCE_NONE",
    "UNSNOOZE_ACTION",
    "Channel",
    "FrozenNotifications",
    "NotificationAction",
    "Notifications",
    "Past",
    "StatusBarNotification",
]

UNSNOOZE_ACTION: Final = "android.service.notification.UNSNOOZE"
"""Clock event for package `android` that ends a snooze; its extra `key` goes to `unsnooze`."""

_MAX_HISTORY: Final = 50
_MAX_ACTIVE_PER_APP: Final = 50


class FrozenNotifications(NamedTuple):
    """State of a `Notifications`; opaque."""

    posted: FrozenMap[str, StatusBarNotification]
    snoozed: FrozenMap[str, tuple[StatusBarNotification, int]]
    disabled: FrozenMap[str, bool]
    channels: FrozenMap[tuple[str, str], Channel]
    history: tuple[Past, ...]
    posts: int
    token: int


class Notifications:
    """All notifications of the phone.

    Args:
        clock: Gives posts their time and wakes snoozed ones.
        journal: Every post, cancel and dismissal is appended.
    """

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock = clock
        self._journal = journal
        self._posted: CowDict[str, StatusBarNotification] = CowDict()
        self._snoozed: CowDict[str, tuple[StatusBarNotification, int]] = CowDict()
        self._disabled: CowDict[str, bool] = CowDict()
        self._channels: CowDict[tuple[str, str], Channel] = CowDict()
        self._history: tuple[Past, ...] = ()
        self._posts = 0
        self._active: tuple[int, tuple[StatusBarNotification, ...]] = (0, ())
        self.uid_of: Callable[[str], int] = _made_up_uid
        """Linux user id of a package, for keys; set by the kernel."""
        self.on_post: Callable[[StatusBarNotification], None] | None = None
        """Called after a post that shows, for heads-up; not part of the state."""
        self.token = next(TOKENS)

    def post(
        self,
        package: str,
        tag: str,
        title: str,
        text: str,
        *,
        channel: str = "",
        actions: Sequence[tuple[str, str] | tuple[str, str, bool]] = (),
        content: object = None,
        ongoing: bool = False,
        importance: int | None = None,
        auto_cancel: bool = True,
        group: str = "",
        id: int = 0,
        when_ms: int | None = None,
        extras: Mapping[str, Scalar] | None = None,
    ) -> str:
        """Post a notification, or replace the one of the same package, tag and id.

        Nothing is shown where the owner has switched off the app or the channel.

        Args:
            package: App.
            tag: Tells apart notifications of one app; may be empty.
            title: First line.
            text: Second line.
            channel: Channel id; one that was never defined is defined by this.
            actions: Buttons, `NotificationAction`s or such tuples.
            content: Immutable; says what a tap does.
            ongoing: Cannot be swiped away.
            importance: Importance of a channel not yet defined; 3 unless told.
            auto_cancel: Goes away when tapped.
            group: Notifications of one group are bundled.
            id: Second part of the key.
            when_ms: Time shown, epoch milliseconds; now unless told.
            extras: JSON scalars for the app.

        Returns: The key.
        """
        key = self.key(package, tag, id)
        level = self._level(package, channel, importance)
        if not self.enabled(package) or level == IMPORTANCE_NONE:
            self._log(package, "notification.blocked", key, title=title, text=text, channel=channel)
            return key
        self._posts += 1
        notification = StatusBarNotification(
            key, package, tag, id, title, text, self._clock.now_ms if when_ms is None else when_ms, self._posts, channel, level,
            tuple(_action(action) for action in actions), content, ongoing, auto_cancel, group,
            tuple(sorted((extras or {}).items())),
        )  # fmt: skip
        updated = key in self._posted
        self._snoozed.pop(key)
        self._posted[key] = notification
        self.token = next(TOKENS)
        self._log(package, "notification.updated" if updated else "notification.posted", key, title=title, text=text, channel=channel)
        self._limit(package)
        if self.on_post is not None:
            self.on_post(notification)
        return key

    def get(self, key: str) -> StatusBarNotification | None:
        """The notification of that key, or None."""
        return self._posted.get(key)

    def find(self, package: str, tag: str = "", id: int = 0) -> StatusBarNotification | None:
        """The notification an app posted under `tag` and `id`, or None."""
        return self._posted.get(self.key(package, tag, id))

    def key(self, package: str, tag: str = "", id: int = 0) -> str:
        """The key of what an app posts under `tag` and `id`, posted or not."""
        return f"0|{package}|{id}|{tag or 'null'}|{self.uid_of(package)}"

    def active(self, package: str | None = None) -> tuple[StatusBarNotification, ...]:
        """What is posted, in the order of the shade: those that alert before silent ones, then newest first."""
        token, found = self._active
        if token != self.token:
            found = tuple(sorted(self._posted.values(), key=_shade_order))
            self._active = (self.token, found)
        return found if package is None else tuple(notification for notification in found if notification.package == package)

    def observed(self) -> tuple[Notification, ...]:
        """`active`, as observations show it."""
        return tuple(notification.seen_by_agents() for notification in self.active())

    def cancel(self, key: str) -> bool:
        """The app withdraws a notification; False where there is none."""
        return self._remove(key, "app", "notification.cancelled")

    def cancel_all(self, package: str | None = None) -> int:
        """Withdraw everything that is not ongoing, of one app or of all; returns how many."""
        return self._remove_all(package, "app", "notification.cancelled")

    def dismiss(self, key: str) -> bool:
        """The owner swipes a notification away; False where there is none or it is ongoing."""
        notification = self._posted.get(key)
        return notification is not None and not notification.ongoing and self._remove(key, "dismissed", "notification.dismissed")

    def dismiss_all(self) -> int:
        """The owner clears the shade; returns how many went."""
        return self._remove_all(None, "dismissed", "notification.dismissed")

    def clicked(self, key: str) -> StatusBarNotification:
        """The owner taps a notification, which removes it if it cancels itself.

        Raises:
            NotFound: If there is none of that key.
        """
        notification = self._existing(key)
        if notification.auto_cancel:
            self._remove(key, "clicked", "notification.clicked")
        else:
            self._log(notification.package, "notification.clicked", key)
        return notification

    def remove_package(self, package: str) -> None:
        """Forget all of an app."""
        for notification in self.active(package):
            self._remove(notification.key, "app", "notification.cancelled")
        for key, (notification, _) in list(self._snoozed.items()):
            if notification.package == package:
                self._snoozed.pop(key)
                self.token = next(TOKENS)

    def snooze(self, key: str, until_ms: int) -> None:
        """Take a notification off the shade until `until_ms`.

        Raises:
            NotFound: If there is none of that key.
        """
        notification = self._existing(key)
        self._remove(key, "snoozed", "notification.snoozed", until_ms=until_ms)
        self._snoozed[key] = (notification, until_ms)
        self._clock.schedule(until_ms, "android", UNSNOOZE_ACTION, {"key": key})

    def unsnooze(self, key: str, *, early: bool = False) -> bool:
        """Show a snoozed notification again if its time has come, or `early`; False otherwise."""
        waiting = self._snoozed.get(key)
        if waiting is None or (waiting[1] > self._clock.now_ms and not early):
            return False
        self._snoozed.pop(key)
        self._posts += 1
        notification = replace(waiting[0], order=self._posts)
        self._posted[key] = notification
        self.token = next(TOKENS)
        self._log(notification.package, "notification.unsnoozed", key)
        if self.on_post is not None:
            self.on_post(notification)
        return True

    def snoozed(self) -> tuple[tuple[StatusBarNotification, int], ...]:
        """Snoozed notifications, each with the time it comes back."""
        return tuple(self._snoozed.values())

    def history(self) -> tuple[Past, ...]:
        """The last fifty that left the shade, newest first."""
        return self._history

    def enabled(self, package: str) -> bool:
        """Whether the owner lets the app post."""
        return package not in self._disabled

    def set_enabled(self, package: str, enabled: bool) -> None:
        """Let an app post or not; switching it off removes what it posted."""
        if enabled == self.enabled(package):
            return
        if enabled:
            self._disabled.pop(package)
        else:
            self._disabled[package] = True
            self.remove_package(package)
        self.token = next(TOKENS)

    def define_channel(self, package: str, id: str, name: str, importance: int = IMPORTANCE_DEFAULT) -> None:
        """Define a channel; what the owner has set for an existing one stays, only its name changes."""
        old = self._channels.get((package, id))
        channel = Channel(id, name, importance if old is None else old.importance)
        if channel != old:
            self._channels[package, id] = channel
            self.token = next(TOKENS)

    def channels(self, package: str) -> tuple[Channel, ...]:
        """Channels of an app, by name."""
        return tuple(sorted((channel for (owner, _), channel in self._channels.items() if owner == package), key=lambda item: item.name))

    def set_channel_importance(self, package: str, id: str, importance: int) -> None:
        """The owner sets how loud a channel is; 0 switches it off and removes what it posted.

        Raises:
            NotFound: If the app has no such channel.
        """
        channel = self._channels.get((package, id))
        if channel is None:
            raise NotFound(f"`{package}` has no notification channel {id!r}")
        self._channels[package, id] = channel._replace(importance=importance)
        self.token = next(TOKENS)
        if importance == IMPORTANCE_NONE:
            for notification in self.active(package):
                if notification.channel == id:
                    self._remove(notification.key, "app", "notification.cancelled")

    def freeze(self) -> FrozenNotifications:
        """The present state."""
        return FrozenNotifications(self._posted.freeze(), self._snoozed.freeze(), self._disabled.freeze(), self._channels.freeze(),
                                   self._history, self._posts, self.token)  # fmt: skip

    def thaw(self, frozen: FrozenNotifications) -> None:
        """Go back to a state."""
        self._posted.thaw(frozen.posted)
        self._snoozed.thaw(frozen.snoozed)
        self._disabled.thaw(frozen.disabled)
        self._channels.thaw(frozen.channels)
        self._history, self._posts, self.token = frozen.history, frozen.posts, frozen.token

    def _level(self, package: str, channel: str, importance: int | None) -> int:
        known = self._channels.get((package, channel))
        if known is not None:
            return known.importance
        level = IMPORTANCE_DEFAULT if importance is None else importance
        if channel:
            self.define_channel(package, channel, channel, level)
        return level

    def _existing(self, key: str) -> StatusBarNotification:
        notification = self._posted.get(key)
        if notification is None:
            raise NotFound(f"no notification {key!r}")
        return notification

    def _remove(self, key: str, reason: str, name: str, **data: Any) -> bool:
        notification = self._posted.pop(key)
        if notification is None:
            return False
        self._history = (Past(notification, self._clock.now_ms, reason), *self._history[: _MAX_HISTORY - 1])
        self.token = next(TOKENS)
        self._log(notification.package, name, key, **data)
        return True

    def _remove_all(self, package: str | None, reason: str, name: str) -> int:
        keys = [notification.key for notification in self.active(package) if not notification.ongoing]
        for key in keys:
            self._remove(key, reason, name)
        return len(keys)

    def _limit(self, package: str) -> None:
        mine = self.active(package)
        if len(mine) > _MAX_ACTIVE_PER_APP:
            self._remove(min(mine, key=lambda item: item.order).key, "app", "notification.cancelled")

    def _log(self, package: str, name: str, key: str, **data: Any) -> None:
        self._journal.append("notification", package, name, "read", key=key, **data)


def _action(action: tuple[str, str] | tuple[str, str, bool]) -> NotificationAction:
    return NotificationAction(action[0], action[1], action[2] if len(action) == 3 else False)


def _shade_order(notification: StatusBarNotification) -> tuple[bool, int, int]:
    return notification.importance <= IMPORTANCE_LOW, -notification.when_ms, -notification.order


def _made_up_uid(package: str) -> int:
    return 10_000 + crc32(package.encode()) % 10_000
