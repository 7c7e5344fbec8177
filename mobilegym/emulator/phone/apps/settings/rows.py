"""How each kind of preference looks: pure functions of the preference and its value, shared by all phones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from mobilegym.emulator.phone.apps.settings import handlers
from mobilegym.emulator.phone.apps.settings.prefs import (
    Action,
    ButtonPref,
    ButtonsPref,
    ChoicePref,
    EntityPref,
    FooterPref,
    HeaderPref,
    LinkPref,
    MainSwitchPref,
    Pref,
    RadioPref,
    SliderPref,
    SwitchPref,
    TwoTargetPref,
    UsagePref,
    ViewPref,
)
from mobilegym.emulator.phone.kernel.manifest import AppIcon
from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.progress import LinearProgress
from mobilegym.emulator.phone.ui.widgets.slider import Slider
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.toggle import Radio, Switch

__all__ = ["Value", "app_icon", "pref_row"]

Value: TypeAlias = bool | int | str | None
"""State of a switch, number of a slider, label of a choice."""

_LINEAR = "android.widget.LinearLayout"


def pref_row(pref: Pref, value: Value) -> View:
    """The row of a preference in the state `value`."""
    return _DRAWN[type(pref)](pref, value)


def app_icon(icon: AppIcon, size: float = 36, *, rid: str = "android:id/icon") -> View:
    """A launcher icon."""
    return Stack(
        Icon(icon.glyph, size=size * 0.58, color=icon.foreground, gravity="center"),
        cls="android.widget.ImageView",
        rid=rid,
        width=size,
        height=size,
        radius=size / 2,
        background=icon.background,
    )


def _frame(icon: str, app: AppIcon | None, enabled: bool) -> Kid:
    if app is not None:
        return Row(app_icon(app), cls=_LINEAR, rid="icon_frame", width=52)
    if not icon:
        return None
    return Row(Icon(icon, rid="android:id/icon", enabled=enabled), cls=_LINEAR, rid="icon_frame", width=48)


def _texts(title: str, summary: str, *, enabled: bool = True, accent: bool = False, home: bool = False) -> View:
    color = "primary" if accent else "on_surface"
    return Column(
        Text(title, "title_large", size=20, color=color, rid="android:id/title", enabled=enabled, max_lines=2),
        Text(summary, "body_medium", color="on_surface_variant", rid="android:id/summary", enabled=enabled, max_lines=0 if not home else 1)
        if summary
        else None,
        cls="android.widget.RelativeLayout",
        rid="text_frame" if home else "",
        weight=1,
        padding=(0, 16) if not home else (0, 12),
    )


def _row(
    *parts: Kid, on_tap: Handler | None, enabled: bool = True, desc: str = "", min_height: float = 56, end: float = 24, start: float = 24
) -> View:
    return Row(
        *parts,
        cls=_LINEAR,
        width=FILL,
        min_height=min_height,
        padding=(start, 0, end, 0),
        on_tap=on_tap,
        enabled=enabled,
        desc=desc,
    )


def _link(pref: LinkPref, _: Value) -> View:
    leads = pref.page or pref.on_tap is not None or pref.intent is not None
    tap = Call(handlers.follow, (pref,)) if leads else None
    trailing: Kid = Icon(pref.trailing, size=20, margin=(12, 0, 0, 0)) if pref.trailing else None
    if pref.gear is not None:
        gear = IconButton("cog-outline", pref.gear_desc, pref.gear, rid="settings_button", cls="android.widget.ImageView")
        trailing = Row(
            View(cls=None, width=1, height=32, background="outline_variant", margin=(16, 0, 4, 0)),
            gear,
            cls=_LINEAR,
            rid="android:id/widget_frame",
        )
    return _row(
        _frame(pref.icon, pref.app, pref.enabled),
        _texts(pref.title, pref.summary, enabled=pref.enabled, accent=pref.accent, home=pref.home),
        trailing,
        on_tap=tap,
        enabled=pref.enabled,
        desc=pref.desc,
        min_height=72 if pref.home else 56,
        end=12 if pref.gear is not None else 24,
    )


def _widget(switch: View) -> View:
    return Row(switch, cls=_LINEAR, rid="android:id/widget_frame", padding=(16, 0, 0, 0))


def _switch(pref: SwitchPref, on: Value) -> View:
    summary = pref.summary_on if on and pref.summary_on else pref.summary
    return _row(
        _frame(pref.icon, pref.app, pref.enabled),
        _texts(pref.title, summary, enabled=pref.enabled),
        _widget(Switch(bool(on), enabled=pref.enabled)),
        on_tap=Call(handlers.toggle, (pref,)),
        enabled=pref.enabled,
    )


def _main_switch(pref: MainSwitchPref, on: Value) -> View:
    color = "on_primary_container" if on else "on_surface"
    return Column(
        Row(
            Row(
                Text(pref.title, "title_large", size=20, color=color, rid="switch_text", weight=1, enabled=pref.enabled),
                Switch(bool(on), enabled=pref.enabled),
                cls="android.widget.FrameLayout",
                rid="frame",
                width=FILL,
                gap=12,
                min_height=76,
                padding=(28, 16),
                radius=28,
                background="primary_container" if on else "surface_container_highest",
            ),
            cls=_LINEAR,
            rid="main_switch_bar",
            width=FILL,
            padding=(16, 8),
            on_tap=Call(handlers.toggle, (pref,)),
            enabled=pref.enabled,
        ),
        cls=None,
        width=FILL,
        padding=(0, 0, 0, 8),
    )


def _two_target(pref: TwoTargetPref, on: Value) -> View:
    leads = pref.page or pref.on_tap is not None
    main = Row(
        _frame(pref.icon, pref.app, pref.enabled),
        _texts(pref.title, pref.summary, enabled=pref.enabled),
        cls=_LINEAR,
        rid="main_frame",
        weight=1,
        on_tap=Call(handlers.follow, (pref,)) if leads else None,
        padding=(24, 0, 8, 0),
        enabled=pref.enabled,
    )
    switch = Switch(bool(on), Call(handlers.toggle, (pref,)), enabled=pref.enabled, rid="switchWidget", desc=pref.title)
    return Row(
        main,
        Row(View(cls="android.view.View", width=1, height=32, background="outline_variant"), cls=_LINEAR, rid="two_target_divider"),
        Row(
            switch,
            cls=_LINEAR,
            rid="android:id/widget_frame",
            padding=(16, 12, 24, 12),
            on_tap=Call(handlers.toggle, (pref,)),
            enabled=pref.enabled,
        ),
        cls=_LINEAR,
        width=FILL,
        min_height=56,
    )


def _choice(pref: ChoicePref, label: Value) -> View:
    summary = pref.summary.replace("{}", str(label)) if pref.summary else str(label)
    return _row(
        _frame(pref.icon, None, pref.enabled),
        _texts(pref.title, summary, enabled=pref.enabled),
        on_tap=Call(handlers.ask_choice, (pref,)),
        enabled=pref.enabled,
    )


def _radio(pref: RadioPref, _: Value) -> View:
    radio = Radio(pref.checked, rid="android:id/checkbox", enabled=pref.enabled)
    return _row(
        Row(radio, cls=_LINEAR, margin=(0, 0, 12, 0)),
        Row(app_icon(pref.app, 32), cls=None, width=48) if pref.app is not None else None,
        _texts(pref.title, pref.summary, enabled=pref.enabled),
        on_tap=pref.on_tap,
        enabled=pref.enabled,
        start=16,
    )


def _slider(pref: SliderPref, at: Value) -> View:
    value = int(at or 0)
    span = max(1, pref.high - pref.low)
    steps = span if pref.labels else 0
    text = pref.labels[value - pref.low] if pref.labels else str(float(value))
    bar = Slider(
        (value - pref.low) / span,
        Call(handlers.slide, (pref,)) if pref.enabled else None,
        steps=steps,
        text=text,
        enabled=pref.enabled,
        rid="android:id/seekbar" if not pref.labels else "seekbar",
        desc=pref.title,
        weight=1,
    )
    line: Kid = bar
    if pref.start_icon:
        line = Row(
            IconButton(pref.start_icon, "Decrease", Call(handlers.nudge, (pref, -1)), rid="icon_start"),
            bar,
            IconButton(pref.end_icon, "Increase", Call(handlers.nudge, (pref, 1)), rid="icon_end"),
            cls=None,
            width=FILL,
        )
    else:
        line = Row(bar, cls=None, width=FILL)
    # The track of a slider begins and ends where the texts do: its touch target is wider.
    texts = Column(
        Text(pref.title, "title_large", size=20, rid="android:id/title", enabled=pref.enabled, margin=(14, 0)),
        Text(pref.summary, "body_medium", color="on_surface_variant", rid="android:id/summary", margin=(14, 0)) if pref.summary else None,
        line,
        cls=_LINEAR,
        weight=1,
        padding=(0, 12, 0, 4),
    )
    icon: Kid = None
    if pref.icon:
        icon = Row(
            Icon(pref.icon, rid="android:id/icon", enabled=pref.enabled), cls=_LINEAR, rid="icon_frame", width=48, padding=(14, 0, 0, 0)
        )
    return _row(icon, texts, on_tap=None, enabled=pref.enabled, start=10, end=10)


def _header(pref: HeaderPref, _: Value) -> View:
    return Row(
        Stack(Text(pref.title, "title_small", color="primary", rid="android:id/title"), cls="android.widget.RelativeLayout"),
        cls=_LINEAR,
        width=FILL,
        padding=(24, 16, 24, 4),
    )


def _footer(pref: FooterPref, _: Value) -> View:
    return Column(
        Icon("information-outline", rid="android:id/icon", margin=(0, 0, 0, 16)),
        Text(pref.text, "body_medium", color="on_surface_variant", rid="android:id/title"),
        cls=_LINEAR,
        width=FILL,
        padding=(24, 24, 24, 16),
    )


def _entity(pref: EntityPref, _: Value) -> View:
    icon: View
    if pref.app is not None:
        icon = app_icon(pref.app, 56).but(rid="entity_header_icon")
    else:
        icon = Icon(pref.icon, size=48, color="primary", rid="entity_header_icon")
    return Stack(
        Column(
            icon,
            Text(pref.title, "headline_small", rid="entity_header_title", text_align="center", padding=(0, 12, 0, 0)),
            Text(
                pref.summary,
                "body_medium",
                color="on_surface_variant",
                rid="entity_header_summary",
                text_align="center",
                padding=(0, 4, 0, 0),
            )
            if pref.summary
            else None,
            cls=_LINEAR,
            rid="entity_header_content",
            width=FILL,
            cross="center",
            padding=(24, 8, 24, 20),
        ),
        cls="android.widget.RelativeLayout",
        rid="entity_header",
        width=FILL,
    )


def _buttons(pref: ButtonsPref, _: Value) -> View:
    cells: list[Kid] = []
    for i, action in enumerate(pref.actions):
        if i:
            cells.append(View(cls=None, width=2))
        cells.append(_action(action, i, len(pref.actions)))
    return Row(*cells, cls=_LINEAR, width=FILL, padding=(16, 4, 16, 16), cross="fill")


def _action(action: Action, index: int, count: int) -> View:
    on = action.run is not None
    left, right = 20 if index == 0 else 4, 20 if index == count - 1 else 4
    return Column(
        Icon(action.icon, color="primary", enabled=on),
        Text(action.label, "label_large", color="on_surface", cls=None, enabled=on, text_align="center", max_lines=2, padding=(4, 6, 4, 0)),
        cls="android.widget.Button",
        rid=f"button{index + 1}",
        label=action.label,
        weight=1,
        min_height=80,
        cross="center",
        main="center",
        on_tap=action.run,
        enabled=on,
        focusable=True,
        clickable=True,
        background="surface_container",
        radius=(left, right, right, left),
        padding=(4, 10),
    )


def _button(pref: ButtonPref, _: Value) -> View:
    button = Button(pref.label, pref.run, kind="filled" if pref.filled else "tonal", enabled=pref.enabled, rid="button")
    return Row(button, cls=_LINEAR, width=FILL, padding=(24, 16), main="start")


def _usage(pref: UsagePref, _: Value) -> View:
    return Column(
        Row(
            Text(pref.used, "headline_large", rid="usage_summary", weight=1, align="end"),
            Text(pref.total, "body_medium", color="on_surface_variant", rid="total_summary", padding=(0, 0, 0, 6), align="end"),
            cls=None,
            width=FILL,
        ),
        LinearProgress(pref.percent / 100, thickness=8, rid="android:id/progress", margin=(0, 12, 0, 0)),
        cls="android.widget.RelativeLayout",
        width=FILL,
        padding=(24, 8, 24, 20),
    )


def _view(pref: ViewPref, _: Value) -> View:
    return pref.build(*pref.args)


_DRAWN: Final[Mapping[type[Pref], Callable[[Any, Value], View]]] = {
    LinkPref: _link,
    SwitchPref: _switch,
    MainSwitchPref: _main_switch,
    TwoTargetPref: _two_target,
    ChoicePref: _choice,
    RadioPref: _radio,
    SliderPref: _slider,
    HeaderPref: _header,
    FooterPref: _footer,
    EntityPref: _entity,
    ButtonsPref: _buttons,
    ButtonPref: _button,
    UsagePref: _usage,
    ViewPref: _view,
}
