"""Views of notification rows: pure functions of what they show. Their handlers go to the surface that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from mobilegym.emulator.phone.kernel.notifications import IMPORTANCE_DEFAULT, IMPORTANCE_LOW
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_icon import AppDisc
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.text import Text

if TYPE_CHECKING:
    from mobilegym.emulator.phone.apps.systemui.rows import NotificationSurface

__all__ = ["RowData", "guts_view", "row_view", "send_reply"]

_SIDEWAYS: Final = frozenset(("left", "right"))
_CALL_COLORS: Final[dict[str, Color]] = {"answer": 0xFF1E8E3E, "decline": 0xFFD93025, "hang up": 0xFFD93025, "end call": 0xFFD93025}
_Rows: TypeAlias = "NotificationSurface[Any]"


class RowData(NamedTuple):
    """What a row shows; hashable, so that equal rows are built once."""

    key: str
    app: str
    glyph: str
    color: int
    title: str
    text: str
    age: str
    actions: tuple[str, ...]
    ongoing: bool


def _open(surface: _Rows, key: str) -> None:
    surface.open(key)


def _toggle(surface: _Rows, key: str) -> None:
    surface.toggle(key)


def _swipe(surface: _Rows, directions: frozenset[str], key: str, finger: str) -> None:
    del directions, finger
    surface.swipe(key)


def _hold(surface: _Rows, key: str) -> None:
    surface.hold(key)


def _act(surface: _Rows, key: str, index: int) -> None:
    surface.act(key, index)


def send_reply(surface: _Rows, key: str, index: int, text: str | None = None) -> None:
    """Send what is in the reply field, or `text`."""
    surface.send(key, index, text)


def _choose(surface: _Rows, importance: int) -> None:
    surface.choose_importance(importance)


def _close(surface: _Rows) -> None:
    surface.close_guts()


def _turn_off(surface: _Rows) -> None:
    surface.turn_off()


def _settings(surface: _Rows) -> None:
    surface.app_settings()


def row_view(
    data: RowData, expanded: bool, radius: tuple[float, float, float, float], card: Color, holdable: bool, reply: Kid = None
) -> View:
    """A row, collapsed to two lines or with everything it has to say."""
    arrow = Stack(
        Icon(
            "chevron-up" if expanded else "chevron-down", size=18, color="on_surface", gravity="center", rid="android:id/expand_button_icon"
        ),
        rid="android:id/expand_button",
        cls="android.widget.Button",
        desc="Collapse" if expanded else "Expand",
        on_tap=call(_toggle, data.key),
        width=36,
        height=24,
        radius=12,
        background="surface_container_highest",
    )
    head = data.app if expanded else data.title
    top = Row(
        Text(
            head,
            "title_small" if not expanded else "body_small",
            max_lines=1,
            rid="android:id/app_name_text" if expanded else "android:id/title",
            color="on_surface_variant" if expanded else "on_surface",
            weight=1,
            loose=True,
        ),
        Text("•", "body_small", color="on_surface_variant", rid="android:id/time_divider"),
        Text(data.age, "body_small", color="on_surface_variant", rid="android:id/time"),
        gap=4,
        rid="android:id/notification_top_line",
        cls="android.view.ViewGroup",
        width=FILL,
        weight=1,
    )
    lines: list[Kid] = [Row(top, arrow, gap=8, cls=None, width=FILL)]
    if expanded:
        lines += [
            Text(data.title, "title_small", rid="android:id/title", max_lines=2),
            Text(data.text, "body_medium", color="on_surface_variant", rid="android:id/big_text", max_lines=8) if data.text else None,
        ]
        lines.append(Stack(reply, cls=None, width=FILL, padding=(0, 8, 0, 0)) if reply is not None else _actions(data))
    else:
        lines.append(Text(data.text, "body_medium", color="on_surface_variant", rid="android:id/text", max_lines=1) if data.text else None)
    return Row(
        AppDisc(data.glyph, data.color, size=40, rid="android:id/icon", align="start"),
        Column(*lines, gap=2, cls=None, weight=1, cross="start"),
        gap=16,
        cls="android.widget.FrameLayout",
        rid="expandableNotificationRow",
        width=FILL,
        min_height=72,
        padding=(16, 14, 12, 14),
        background=card,
        radius=radius,
        on_tap=call(_open, data.key),
        on_long=call(_hold, data.key) if holdable else None,
        on_swipe=Call(_swipe, (_SIDEWAYS, data.key)),
    )


def _actions(data: RowData) -> Kid:
    if not data.actions:
        return None
    buttons: list[View] = []
    for i, label in enumerate(data.actions):
        color = _CALL_COLORS.get(label.casefold())
        tap = call(_act, data.key, i)
        if color is None:
            buttons.append(Button(label, tap, kind="text", rid=f"android:id/action{i}"))
        else:
            buttons.append(Button(label, tap, rid=f"android:id/action{i}", background=color, color="white", padding=(16, 0), weight=1))
    calling = any(a.casefold() in _CALL_COLORS for a in data.actions)
    return Row(
        *buttons,
        gap=8 if calling else 4,
        rid="android:id/actions",
        width=FILL,
        padding=(0, 8, 0, 4) if calling else (0, 4, 0, 0),
        margin=(0 if calling else -12, 0, 0, 0),
    )


def guts_view(data: RowData, importance: int, radius: tuple[float, float, float, float], card: Color) -> View:
    """The panel behind a row."""
    silent = importance <= IMPORTANCE_LOW
    head = Row(
        AppDisc(data.glyph, data.color, size=40, rid="pkg_icon"),
        Text(data.app, "title_medium", rid="pkg_name", weight=1, max_lines=1),
        IconButton("cog-outline", "More settings", call(_settings), rid="info"),
        gap=16,
        cls=None,
        width=FILL,
    )
    return Column(
        head,
        _choice("Default", "May ring or vibrate based on device settings", "bell-ring-outline", "alert", not silent, IMPORTANCE_DEFAULT),
        _choice("Silent", "No sound or vibration", "bell-off-outline", "silence", silent, IMPORTANCE_LOW),
        Row(
            Button("Turn off notifications", call(_turn_off), kind="text", rid="turn_off_notifications"),
            Spacer(),
            Button("Done", call(_close), kind="text", rid="done"),
            cls=None,
            width=FILL,
        ),
        gap=8,
        rid="notification_guts",
        cls="android.widget.FrameLayout",
        width=FILL,
        background=card,
        radius=radius,
        padding=(16, 14, 12, 8),
    )


def _choice(label: str, about: str, icon: str, rid: str, chosen: bool, importance: int) -> View:
    color: Color = "primary" if chosen else "on_surface_variant"
    return Row(
        Icon(icon, color=color),
        Column(
            Text(label, "title_small", color="primary" if chosen else "on_surface", rid=f"{rid}_label"),
            Text(about, "body_small", color="on_surface_variant", rid=f"{rid}_summary") if chosen else None,
            cls=None,
            weight=1,
        ),
        gap=16,
        rid=rid,
        on_tap=call(_choose, importance),
        selected=chosen,
        width=FILL,
        min_height=56,
        padding=(16, 8),
        radius=16,
        border="primary" if chosen else "outline_variant",
        border_width=2 if chosen else 1,
    )
