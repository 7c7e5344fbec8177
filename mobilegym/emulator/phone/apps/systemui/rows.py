"""Notification rows, as the shade, the lock screen and the banner show them, and what touching them does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, TypeVar

from mobilegym.emulator.phone.apps.systemui.routes import open_page, start
from mobilegym.emulator.phone.apps.systemui.row_views import RowData, guts_view, row_view, send_reply
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.kernel import Kernel
from mobilegym.emulator.phone.kernel.notifications import IMPORTANCE_DEFAULT, IMPORTANCE_LOW, StatusBarNotification
from mobilegym.emulator.phone.kernel.surface import Surface
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Row
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["Guts", "NotificationSurface", "RowState", "age_text", "is_silent", "row_data"]

_REPLY_KEY: Final = "remote_input"


class Guts(NamedTuple):
    """The panel behind a row, opened by a long press."""

    key: str
    importance: int
    """What is chosen and not yet applied."""


@dataclass(frozen=True)
class RowState:
    """Which rows are open."""

    toggled: frozenset[str] = frozenset()
    """Keys whose row is not as it is at first."""
    replying: str = ""
    """Key of the notification that has a reply field open."""
    reply_index: int = 0
    guts: Guts | None = None


S = TypeVar("S", bound=RowState)


def age_text(now_ms: int, when_ms: int) -> str:
    """`now`, `5m`, `1h`, `2d`; `in 5m` for what lies ahead."""
    minutes = abs(now_ms - when_ms) // 60_000
    text = "now" if minutes == 0 else f"{minutes}m" if minutes < 60 else f"{minutes // 60}h" if minutes < 1440 else f"{minutes // 1440}d"
    return f"in {text}" if when_ms - now_ms >= 60_000 else text


def is_silent(notification: StatusBarNotification) -> bool:
    """Whether it belongs below the heading Silent."""
    return notification.importance <= IMPORTANCE_LOW


def row_data(kernel: Kernel, notification: StatusBarNotification) -> RowData:
    """What is shown of a notification now."""
    manifest = kernel.packages.manifests.get(notification.package)
    glyph, color = (manifest.icon.glyph, manifest.icon.background) if manifest is not None else ("android", 0xFF5F6368)
    return RowData(
        notification.key,
        kernel.packages.label(notification.package),
        glyph,
        color,
        notification.title,
        notification.text,
        age_text(kernel.clock.now_ms, notification.when_ms),
        tuple(a.label for a in notification.actions),
        notification.ongoing,
    )


class NotificationSurface(Surface[S], Generic[S]):
    """A system window with notification rows: the handlers that they have in common."""

    def open(self, key: str) -> None:
        """A tap on a row: its content is started and the shade closes."""
        kernel = self.kernel
        if kernel.notifications.get(key) is None:
            return
        notification = kernel.notifications.clicked(key)
        kernel.shell.set(shade="closed", heads_up="" if kernel.shell.state.heads_up == key else kernel.shell.state.heads_up)
        if isinstance(notification.content, Intent):
            start(kernel, notification.content)

    def toggle(self, key: str) -> None:
        """Expand or collapse a row."""
        self.update(toggled=self.state.toggled ^ {key}, replying="" if self.state.replying == key else self.state.replying)

    def swipe(self, key: str) -> None:
        """Swipe a row away; one that is ongoing springs back."""
        self.kernel.notifications.dismiss(key)

    def hold(self, key: str) -> None:
        """Open the panel behind a row."""
        notification = self.kernel.notifications.get(key)
        if notification is not None:
            self.update(guts=Guts(key, IMPORTANCE_LOW if is_silent(notification) else max(IMPORTANCE_DEFAULT, notification.importance)))

    def act(self, key: str, index: int) -> None:
        """An action button: the app is told, or the reply field opens."""
        notification = self.kernel.notifications.get(key)
        if notification is None or index >= len(notification.actions):
            return
        if notification.actions[index].remote_input:
            self.update(replying=key, reply_index=index)
            self.set_field(_REPLY_KEY, "")
            self.focus_on(_REPLY_KEY)
        else:
            self._deliver(notification, index, None)

    def send(self, key: str, index: int, text: str | None = None) -> None:
        """Send what is in the reply field."""
        notification = self.kernel.notifications.get(key)
        text = self.field(_REPLY_KEY) if text is None else text
        if notification is None or not text.strip():
            return
        self.clear_focus()
        self.set_field(_REPLY_KEY, "")
        self.update(replying="")
        self._deliver(notification, index, text)

    def _deliver(self, notification: StatusBarNotification, index: int, text: str | None) -> None:
        extras = {**dict(notification.extras), "key": notification.key}
        if text is not None:
            extras["text"] = text
        self.kernel.broadcast(notification.package, notification.actions[index].action, extras)

    def choose_importance(self, importance: int) -> None:
        """Mark Default or Silent in the open panel."""
        if self.state.guts is not None:
            self.update(guts=self.state.guts._replace(importance=importance))

    def close_guts(self) -> None:
        """Apply what is marked in the panel and put the row back."""
        guts, notifications = self.state.guts, self.kernel.notifications
        self.update(guts=None)
        notification = notifications.get(guts.key) if guts is not None else None
        if guts is None or notification is None or (guts.importance <= IMPORTANCE_LOW) == is_silent(notification):
            return
        notifications.define_channel(
            notification.package, notification.channel, notification.channel or "Miscellaneous", notification.importance
        )
        notifications.set_channel_importance(notification.package, notification.channel, guts.importance)
        self.effect(
            "notification_channel.changed",
            "reversible",
            package=notification.package,
            channel=notification.channel,
            importance=guts.importance,
        )

    def turn_off(self) -> None:
        """Switch all notifications of the app in the panel off."""
        guts = self.state.guts
        notification = self.kernel.notifications.get(guts.key) if guts is not None else None
        self.update(guts=None)
        if notification is not None:
            self.kernel.notifications.set_enabled(notification.package, False)
            self.effect("notifications.switched_off", "reversible", package=notification.package)

    def app_settings(self) -> None:
        """The gear of the panel: the app's notification page in Settings."""
        guts = self.state.guts
        notification = self.kernel.notifications.get(guts.key) if guts is not None else None
        self.update(guts=None)
        if notification is not None:
            open_page(
                self.kernel, "android.settings.APP_NOTIFICATION_SETTINGS", data=f"package:{notification.package}", app=notification.package
            )

    def row(self, notification: StatusBarNotification, *, open_at_first: bool, first: bool, last: bool, holdable: bool = True) -> View:
        """The row of one notification as it is now, with round corners at the ends of its section."""
        state, data = self.state, row_data(self.kernel, notification)
        radius = (28.0 if first else 4.0, 28.0 if first else 4.0, 28.0 if last else 4.0, 28.0 if last else 4.0)
        card = "surface_container" if self.ui.dark else "surface_container_lowest"
        if state.guts is not None and state.guts.key == data.key:
            return memo(self.ui, guts_view, data, state.guts.importance, radius, card)
        if state.replying == data.key:
            return row_view(data, True, radius, card, holdable, self._reply_field(data))
        return memo(self.ui, row_view, data, open_at_first ^ (data.key in state.toggled), radius, card, holdable)

    def _reply_field(self, data: RowData) -> View:
        index = min(self.state.reply_index, len(data.actions) - 1)
        filled = bool(self.field(_REPLY_KEY).strip())
        edit = EditText(
            self,
            _REPLY_KEY,
            hint=data.actions[index],
            ime="send",
            on_submit=Call(send_reply, (data.key, index)),
            rid="remote_input_text",
            weight=1,
            padding=(16, 12),
            role="body_medium",
        )
        send = IconButton(
            "send",
            "Send",
            call(send_reply, data.key, index),
            rid="remote_input_send",
            enabled=filled,
            color="primary" if filled else "on_surface_variant",
            icon_size=20,
        )
        return Row(edit, send, rid="remote_input", background="surface_container_highest", radius=24, width=FILL, min_height=48)
