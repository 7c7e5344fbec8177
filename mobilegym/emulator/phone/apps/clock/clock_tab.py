"""The Clock tab: the time here, at home and in the cities chosen."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from mobilegym.emulator.phone.apps.clock import alarms, cities
from mobilegym.emulator.phone.apps.clock.store import pref
from mobilegym.emulator.phone.apps.clock.widgets import Dial, TimeText
from mobilegym.emulator.phone.apps.clock.words import alarm_time, hours_ahead, next_alarm_text
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.clock import time_zone
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["build_clock"]

_SIDEWAYS = frozenset(("left", "right"))


def build_clock(surface: Activity[Any]) -> View:
    """The clock here above the list of cities."""
    kernel, use_24h = surface.kernel, surface.ui.use_24h
    now = kernel.clock.now()
    analog = pref(kernel, "clock_style") == "analog"
    second = now.second if pref(kernel, "display_clock_seconds") == "true" else None
    ahead = alarms.next_alarm(kernel)
    date = f"{now:%a, %b} {now.day}"
    head = _head(now, second, date, next_alarm_text(ahead, use_24h) if ahead is not None else "", analog, use_24h)
    items: list[tuple[Any, ...]] = []
    home = time_zone(pref(kernel, "home_time_zone"))
    if cities.shows_home(kernel, home):
        items.append(_item("", "Home", now, home, analog, use_24h))
    items += [_item(city.id, city.name, now, time_zone(city.zone), analog, use_24h) for city in cities.chosen(kernel)]
    return LazyColumn(surface, "cities", items, _row, header=(head,), footer=136, rid="cities", weight=1)


def _head(now: datetime, second: int | None, date: str, ahead: str, analog: bool, use_24h: bool) -> View:
    clock: View
    if analog:
        clock = Dial(now.hour, now.minute, second, size=220, rid="analog_clock", desc=f"{now.hour}:{now.minute:02d}")
    else:
        digits, half = alarm_time(now.hour, now.minute, use_24h)
        digits = f"{digits}:{second:02d}" if second is not None else digits
        clock = TimeText(digits, half, size=72 if second is None else 60, small=24, rid="digital_clock")
    alarm = Row(
        Icon("alarm", size=18, color="primary"), Text(ahead, "title_small", color="primary", cls=None), gap=4,
        cls="android.widget.TextView", rid="nextAlarm", label=ahead, desc=f"Next alarm: {ahead}",
    ) if ahead else None  # fmt: skip
    return Column(
        clock,
        Row(Text(date, "title_small", color="primary", rid="date"), alarm, gap=16, cls=None),
        cls="android.widget.LinearLayout", rid="main_clock_left_pane", cross="center" if analog else "start", gap=12 if analog else 4,
        width=FILL, padding=(24, 16, 24, 24),
    )  # fmt: skip


def _item(city_id: str, name: str, now: datetime, zone: ZoneInfo, analog: bool, use_24h: bool) -> tuple[Any, ...]:
    there = now.astimezone(zone)
    digits, half = alarm_time(there.hour, there.minute, use_24h)
    return city_id, name, hours_ahead(now, there), digits, half, (there.hour, there.minute) if analog else None


def _row(city_id: str, name: str, ahead: str, digits: str, half: str, dial: tuple[int, int] | None) -> View:
    clock = Dial(*dial, size=56, rid="analog_clock", desc=f"{digits} {half}") if dial else TimeText(
        digits, half, size=32, small=16, rid="digital_clock")  # fmt: skip
    card = Row(
        Column(
            Text(name, "title_medium", rid="city_name", max_lines=1),
            Text(ahead, "body_medium", color="on_surface_variant", rid="hours_ahead", max_lines=1),
            cls=None, weight=1, gap=2,
        ),
        clock, gap=12, cls="android.view.ViewGroup", rid="city_card", width=FILL, min_height=84, padding=(20, 10), radius=24,
        background="surface_container", on_long=call(_menu, city_id, name) if city_id else None,
        on_swipe=Call(_swiped, (_SIDEWAYS, city_id)) if city_id else None,
    )  # fmt: skip
    return Column(card, cls=None, width=FILL, padding=(16, 4))


def _menu(surface: Activity[Any], city_id: str, name: str) -> None:
    ids = [city.id for city in cities.chosen(surface.kernel)]
    at = ids.index(city_id)
    items = (
        MenuItem("Move up", call(_move, city_id, -1), enabled=at > 0),
        MenuItem("Move down", call(_move, city_id, 1), enabled=at < len(ids) - 1),
        MenuItem(f"Remove {name}", call(_remove, city_id)),
    )
    surface.show(Menu(items=items))


def _move(surface: Activity[Any], city_id: str, by: int) -> None:
    cities.move(surface.kernel, city_id, by)


def _swiped(surface: Activity[Any], directions: frozenset[str], city_id: str, finger: str) -> None:
    del directions, finger
    _remove(surface, city_id)


def _remove(surface: Activity[Any], city_id: str) -> None:
    city = cities.remove(surface.kernel, city_id)
    if city is not None:
        surface.snackbar(f"{city.name} removed", "Undo", Call(_undo, (city_id,)))


def _undo(surface: Activity[Any], city_id: str) -> None:
    cities.add(surface.kernel, city_id)
