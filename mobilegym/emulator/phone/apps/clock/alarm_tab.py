"""The Alarm tab: a card per alarm, closed or open."""

from __future__ import annotations

from typing import Any, NamedTuple

from mobilegym.emulator.phone.apps.clock import alarms, ring
from mobilegym.emulator.phone.apps.clock.alarms import FIRED, SNOOZED, WAITING, Alarm
from mobilegym.emulator.phone.apps.clock.cities import week_start
from mobilegym.emulator.phone.apps.clock.ringtones import RingtoneActivity
from mobilegym.emulator.phone.apps.clock.store import ringtone_title
from mobilegym.emulator.phone.apps.clock.widgets import TimeText, day_button
from mobilegym.emulator.phone.apps.clock.words import DAY_NAMES, alarm_time, days_text, full_days_text, until_text, week_order
from mobilegym.emulator.phone.apps.numbers import clock_time
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.dialog import DialogButton, InputDialog
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.time_picker import TimePicker
from mobilegym.emulator.phone.ui.widgets.toggle import Checkbox, Switch

__all__ = ["add_alarm", "ask_time", "build_alarms", "show_alarm"]

_CARD = 133
"""Height of a closed card with its gap, dp."""
_LABEL = "alarm_label"


class _Card(NamedTuple):
    """All that a card shows."""

    alarm: Alarm
    digits: str
    half: str
    days: str
    days_desc: str
    order: tuple[int, ...]
    sound: str
    note: str
    """`Snoozing until …`, or the like, with a button to dismiss it."""
    expanded: bool


def build_alarms(surface: Activity[Any], expanded: int) -> View:
    """The list of cards."""
    kernel, now = surface.kernel, surface.kernel.clock.now()
    order = week_order(week_start(kernel))
    waiting = {found.alarm_id: found for found in alarms.instances(kernel)}
    items: list[tuple[_Card]] = []
    for alarm in alarms.all_alarms(kernel):
        found = waiting.get(alarm.id)
        if alarm.days:
            days, desc = days_text(alarm.days, order), full_days_text(alarm.days, order)
        else:
            when = found.at(kernel) if found is not None and found.state in (*WAITING, SNOOZED, FIRED) else alarms.next_time(alarm, now)
            days = desc = ("Today" if when.date() == now.date() else "Tomorrow") if alarm.enabled else "Not scheduled"
        note = ""
        if found is not None and found.state == SNOOZED:
            note = f"Snoozing until {clock_time(found.at(kernel), surface.ui.use_24h)}"
        digits, half = alarm_time(alarm.hour, alarm.minutes, surface.ui.use_24h)
        sound = ringtone_title(kernel, alarm.ringtone)
        items.append((_Card(alarm, digits, half, days, desc, order, sound, note, alarm.id == expanded),))
    if not items:
        return EmptyState("alarm", "No Alarms", rid="alarms_empty_view")
    return LazyColumn(surface, "alarms", items, _card, footer=136, rid="alarm_recycler_view", weight=1)


def _card(card: _Card) -> View:
    alarm = card.alarm
    time = f"{card.digits} {card.half}".strip()
    desc = f"{alarm.label} Alarm" if alarm.label else f"{time} Alarm" if card.expanded else "Alarm"
    color: Color = "on_surface" if alarm.enabled else "on_surface_variant"
    clock = TimeText(
        card.digits, card.half, size=50, small=20, color=color, rid="digital_clock", desc=time,
        on_tap=call(ask_time, alarm.id, alarm.hour, alarm.minutes),
    )  # fmt: skip
    arrow = IconButton(
        "chevron-up" if card.expanded else "chevron-down", "Collapse alarm" if card.expanded else "Expand alarm",
        call(_toggle, alarm.id), rid="arrow", size=40, background="surface_container_highest",
    )  # fmt: skip
    switch = Switch(alarm.enabled, call(_switch, alarm.id, not alarm.enabled), rid="onoff", desc=time)
    days = Text(card.days, "body_medium", color=color, rid="repeat_summary" if card.expanded else "days_of_week", desc=card.days_desc,
                max_lines=2)  # fmt: skip
    info = Row(Column(days, cls=None, weight=1), switch, cls="android.widget.LinearLayout", rid="alarm_info", width=FILL, min_height=40)
    body: list[Kid]
    if card.expanded:
        label = Row(
            Icon("label-outline", size=20), Text(alarm.label or "Add label", "body_medium", cls=None, max_lines=1), gap=8,
            cls="android.widget.TextView", rid="edit_label", label=alarm.label or "Add label",
            desc=alarm.label or "No label specified", on_tap=call(_ask_label, alarm.id, alarm.label), weight=1, min_height=40,
        )  # fmt: skip
        body = [Row(label, arrow, cls=None, width=FILL), clock, info, _note(card), *_details(card)]
    else:
        head = Column(
            Text(alarm.label, "title_small", color=color, rid="label", max_lines=1) if alarm.label else None, clock, cls=None, weight=1
        )
        body = [Row(head, arrow, cls=None, width=FILL, cross="start"), info, _note(card)]
    return Column(
        Stack(
            Column(*body, cls="android.view.ViewGroup", rid="alarm_card_layout", width=FILL, padding=(20, 14, 16, 12)),
            cls="androidx.cardview.widget.CardView", desc=desc, on_tap=call(_toggle, alarm.id), width=FILL, radius=28,
            background="secondary_container" if alarm.enabled else "surface_container",
        ),
        cls=None, width=FILL, padding=(16, 4),
    )  # fmt: skip


def _note(card: _Card) -> Kid:
    if not card.note:
        return None
    return Row(
        Icon("alarm-snooze", size=20, color="primary"), Text(card.note, "body_medium", color="primary", weight=1),
        Button("Dismiss", call(_dismiss, card.alarm.id), kind="text", rid="preemptive_dismiss_button"), gap=8, cls=None, width=FILL,
    )  # fmt: skip


def _details(card: _Card) -> list[Kid]:
    alarm = card.alarm
    days = [
        day_button(i, DAY_NAMES[day], bool(alarm.days >> day & 1), call(_toggle_day, alarm.id, day)) for i, day in enumerate(card.order)
    ]
    return [
        Row(*days, cls="android.view.ViewGroup", rid="repeat_days", width=FILL, main="between", padding=(0, 12)),
        _line("bell-outline", card.sound, "android.widget.TextView", "choose_ringtone", call(_ask_ringtone, alarm.id, alarm.ringtone),
              desc=f"Ringtone {card.sound}"),
        _line("vibrate", "Vibrate", "android.widget.CheckBox", "vibrate_onoff", call(_vibrate, alarm.id, not alarm.vibrate),
              Checkbox(alarm.vibrate, cls=None), checkable=True, checked=alarm.vibrate),
        _line("delete-outline", "Delete", "android.widget.Button", "delete", call(_delete, alarm.id)),
    ]  # fmt: skip


def _line(icon: str, label: str, cls: str, rid: str, on_tap: Handler, trailing: Kid = None, **attrs: Any) -> View:
    return Row(
        Icon(icon), Text(label, "body_large", cls=None, weight=1, max_lines=1), trailing, gap=16, cls=cls, rid=rid, label=label,
        on_tap=on_tap, width=FILL, min_height=48, **attrs,
    )  # fmt: skip


# ---------------------------------------------------------------------- handlers


def show_alarm(surface: Activity[Any], alarm_id: int) -> None:
    """Open an alarm's card and bring it into sight."""
    surface.update(expanded=alarm_id)
    ids = [alarm.id for alarm in alarms.all_alarms(surface.kernel)]
    if alarm_id in ids:
        surface.scroll_to("alarms", surface.ui.px(_CARD) * ids.index(alarm_id))


def add_alarm(surface: Activity[Any]) -> None:
    """The floating button: ask for the time of a new alarm."""
    hour = (surface.kernel.clock.now().hour + 1) % 24
    surface.show(TimePicker(result=Call(_added), hour=hour, minute=0))


def _added(surface: Activity[Any], hour: int, minutes: int) -> None:
    made = ring.add(surface.kernel, hour, minutes)
    show_alarm(surface, made.alarm_id)
    _tell(surface, made)


def ask_time(surface: Activity[Any], alarm_id: int, hour: int, minutes: int) -> None:
    """The time of a card: change it."""
    surface.show(TimePicker(result=Call(_timed, (alarm_id,)), hour=hour, minute=minutes))


def _timed(surface: Activity[Any], alarm_id: int, hour: int, minutes: int) -> None:
    made = ring.change(surface.kernel, alarm_id, hour=hour, minutes=minutes, enabled=1)
    show_alarm(surface, alarm_id)
    _tell(surface, made)


def _tell(surface: Activity[Any], made: alarms.Instance | None) -> None:
    if made is not None:
        surface.snackbar(until_text(made.at_ms(surface.kernel) - surface.kernel.clock.now_ms), ms=4000)


def _toggle(surface: Activity[Any], alarm_id: int) -> None:
    surface.update(expanded=0 if surface.state.expanded == alarm_id else alarm_id)


def _switch(surface: Activity[Any], alarm_id: int, on: bool) -> None:
    _tell(surface, ring.switch(surface.kernel, alarm_id, on))


def _toggle_day(surface: Activity[Any], alarm_id: int, day: int) -> None:
    alarm = alarms.get(surface.kernel, alarm_id)
    if alarm is not None:
        _tell(surface, ring.change(surface.kernel, alarm_id, daysofweek=alarm.days ^ 1 << day))


def _vibrate(surface: Activity[Any], alarm_id: int, on: bool) -> None:
    ring.change(surface.kernel, alarm_id, vibrate=int(on))


def _ask_label(surface: Activity[Any], alarm_id: int, label: str) -> None:
    surface.set_field(_LABEL, label)
    surface.show(InputDialog(
        key=_LABEL, label="Label", input_rid="label", allow_empty=True, positive=DialogButton("OK", Call(_labelled, (alarm_id,))),
        negative=DialogButton("Cancel"),
    ))  # fmt: skip


def _labelled(surface: Activity[Any], alarm_id: int, label: str) -> None:
    ring.change(surface.kernel, alarm_id, label=label.strip())


def _ask_ringtone(surface: Activity[Any], alarm_id: int, uri: str | None) -> None:
    surface.open(RingtoneActivity, reply=Call(_chosen, (alarm_id,)), uri=uri, heading="Alarm sound")


def _chosen(surface: Activity[Any], alarm_id: int, result: Intent | None) -> None:
    if result is not None:
        ring.change(surface.kernel, alarm_id, ringtone=result.text("uri"))


def _dismiss(surface: Activity[Any], alarm_id: int) -> None:
    found = alarms.instance_of(surface.kernel, alarm_id)
    if found is not None:
        ring.dismiss(surface.kernel, found)


def _delete(surface: Activity[Any], alarm_id: int) -> None:
    alarm = ring.delete(surface.kernel, alarm_id)
    if alarm is not None:
        surface.update(expanded=0)
        surface.snackbar("Alarm deleted", "Undo", Call(_undo, (alarm,)))


def _undo(surface: Activity[Any], alarm: Alarm) -> None:
    ring.restore(surface.kernel, alarm)
