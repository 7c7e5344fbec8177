"""Lists of events: headings of days and months, and the cards of events and tasks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from mobilegym.emulator.phone.apps.calendar.model import Occurrence, code_of, days_of
from mobilegym.emulator.phone.apps.calendar.prefs import Prefs
from mobilegym.emulator.phone.apps.calendar.screen import hold_event, open_day, tap_event
from mobilegym.emulator.phone.apps.calendar.store import Store, remembered
from mobilegym.emulator.phone.apps.calendar.words import day_title, month_title, occurrence_text
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Column, Row
from mobilegym.emulator.phone.ui.theme import Color, with_alpha
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["Item", "Moment", "agenda_items", "day_items", "list_row", "search_items", "week_of"]

Item = tuple[Any, ...]
"""`("month", text)`, `("day", text, code, today?)`, or `("event", …)`: arguments of `list_row`."""


class Moment(NamedTuple):
    """What lists need to know of the present."""

    now: int
    """Unix seconds of the present minute."""
    today: date
    use_24h: bool
    prefs: Prefs
    selected: frozenset[tuple[int, int]] = frozenset()


def day_items(store: Store, day: date, moment: Moment) -> tuple[Item, ...]:
    """Events of one day."""
    return remembered(store, _day_items, day, moment)


def _day_items(store: Store, day: date, moment: Moment) -> tuple[Item, ...]:
    found = store.on_days(day, day, moment.prefs.hidden)
    return tuple(_item(store, o, moment) for o in found if _touches(store, o, day))


def _touches(store: Store, occurrence: Occurrence, day: date) -> bool:
    first, last = days_of(occurrence.start_ts, occurrence.end_ts, store.zone)
    return first <= day <= last


def agenda_items(store: Store, first: date, last: date, moment: Moment, *, months: bool = True) -> tuple[Item, ...]:
    """What takes place from one day to another, with a heading for each day and, unless told otherwise, each month."""
    return remembered(store, _agenda, first, last, moment, months)


def _agenda(store: Store, first: date, last: date, moment: Moment, months: bool) -> tuple[Item, ...]:
    items = _listed(store, store.on_days(first, last, moment.prefs.hidden), moment, first)
    return items if months else tuple(item for item in items if item[0] != "month")


def search_items(store: Store, wanted: str, moment: Moment) -> tuple[Item, ...]:
    """What has the text in it, with headings."""
    return remembered(store, _found, wanted, moment)


def _found(store: Store, wanted: str, moment: Moment) -> tuple[Item, ...]:
    return _listed(store, store.search(wanted, moment.now, moment.prefs.hidden), moment, None)


def _listed(store: Store, found: tuple[Occurrence, ...], moment: Moment, since: date | None) -> tuple[Item, ...]:
    """With headings; what began before `since` is listed on that day."""
    items: list[Item] = []
    month, shown = (0, 0), date.min
    rows: list[tuple[date, Occurrence]] = []
    for occurrence in found:
        first, last = days_of(occurrence.start_ts, occurrence.end_ts, store.zone)
        rows.append((since if since is not None and first < since <= last else first, occurrence))
    for day, occurrence in sorted(rows, key=lambda row: row[0]):
        if since is not None and day < since:
            continue
        if (day.year, day.month) != month:
            month = day.year, day.month
            items.append(("month", month_title(day.year, day.month, moment.today.year)))
        if day != shown:
            shown = day
            items.append(("day", day_title(day, moment.today), code_of(day), day == moment.today))
        items.append(_item(store, occurrence, moment))
    return tuple(items)


def _item(store: Store, occurrence: Occurrence, moment: Moment) -> Item:
    event, prefs = occurrence.event, moment.prefs
    when = occurrence_text(occurrence, store.zone, moment.use_24h, moment.today.year)
    detail = event.location if prefs.replace_description else event.description
    last = days_of(occurrence.start_ts, occurrence.end_ts, store.zone)[1]
    over = last < moment.today if event.all_day else occurrence.end_ts < moment.now
    dim = bool(prefs.dim_past_events and over and not event.is_task) or bool(prefs.dim_completed_tasks and occurrence.completed)
    return (
        "event", event.id, occurrence.start_ts, event.title, when, " ".join(detail.split()), store.color(event), dim, event.is_task,
        occurrence.completed, event.status == 2, (event.id, occurrence.start_ts) in moment.selected,
    )  # fmt: skip


def list_row(kind: str, *args: Any) -> View:
    """A row of a list."""
    if kind == "month":
        return _month(*args)
    if kind == "day":
        return _day(*args)
    return _event(*args)


def _month(text: str) -> View:
    return Text(text, "title_large", color="on_surface", rid="event_section_title", text_align="center", width=FILL,
                padding=(16, 12, 16, 4))  # fmt: skip


def _day(text: str, code: str, today: bool) -> View:
    return Text(
        text, "title_small", color="primary" if today else "on_surface", rid="event_section_title", width=FILL, padding=(24, 10, 16, 4),
        on_tap=Call(open_day, (code,)),
    )  # fmt: skip


def _event(
    event_id: int, start_ts: int, title: str, when: str, detail: str, color: int, dim: bool, is_task: bool, completed: bool,
    cancelled: bool, selected: bool,
) -> View:  # fmt: skip
    strong: Color = "outline" if dim else "on_surface"
    soft: Color = "outline" if dim else "on_surface_variant"
    head = Row(
        Icon("check-circle-outline" if completed else "checkbox-blank-circle-outline", size=20, color=strong, rid="event_item_task_image",
             margin=(0, 0, 6, 0)) if is_task else None,
        Text(title, "body_large", color=strong, rid="event_item_title", max_lines=1, weight=1, strike=completed or cancelled),
        cls=None, width=FILL,
    )  # fmt: skip
    body = Column(
        head,
        Text(when, "body_medium", color=soft, rid="event_item_time", max_lines=1),
        Text(detail, "body_medium", color=soft, rid="event_item_description", max_lines=1) if detail else None,
        cls=None, weight=1, padding=(12, 6, 12, 8),
    )  # fmt: skip
    bar = View(
        cls="android.widget.ImageView", rid="event_item_color_bar", width=8, align="fill", radius=(8, 0, 0, 8),
        background=with_alpha(color, 0.5) if dim else color,
    )  # fmt: skip
    card = Row(
        bar, body, cls="android.view.ViewGroup", rid="event_item_holder", on_tap=Call(tap_event, (event_id, start_ts)),
        on_long=Call(hold_event, (event_id, start_ts)), width=FILL, cross="fill", radius=8, border="outline_variant",
        selected=selected, background="secondary_container" if selected else None,
    )  # fmt: skip
    return Column(card, cls=None, width=FILL, padding=(8, 2))


def week_of(day: date, first_weekday: int) -> date:
    """First day of the week that a day lies in."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)
