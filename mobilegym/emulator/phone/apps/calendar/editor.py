"""The editors: of events with place, end and time zone, and of tasks with completion."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar, Final
from urllib.parse import quote

from mobilegym.emulator.phone.apps.calendar.choices import ChoicesActivity
from mobilegym.emulator.phone.apps.calendar.form import number_extra
from mobilegym.emulator.phone.apps.calendar.form_rows import line, text_row
from mobilegym.emulator.phone.apps.calendar.ics import with_rrule
from mobilegym.emulator.phone.apps.calendar.model import ALL_DAY, Event
from mobilegym.emulator.phone.apps.calendar.reminders import EVENT_ACTIVITY, TASK_ACTIVITY, plan, withdraw
from mobilegym.emulator.phone.apps.calendar.zones import SelectTimeZoneActivity
from mobilegym.emulator.phone.kernel.intents import VIEW, Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import Divider
from mobilegym.errors import NotFound

__all__ = ["EventActivity", "TaskActivity"]

_AVAILABILITY: Final = ("Busy", "Free")
_STATUS: Final = ("Tentative", "Confirmed", "Canceled")


class EventActivity(ChoicesActivity):
    """An event."""

    name: ClassVar[str] = EVENT_ACTIVITY
    noun: ClassVar[str] = "Event"

    def fresh(self) -> tuple[Event, datetime, datetime]:
        event, start, end = super().fresh()
        intent, clock = self.intent, self.kernel.clock
        begin, finish = number_extra(intent, "beginTime"), number_extra(intent, "endTime")
        if begin is not None:
            start = clock.local(begin).replace(tzinfo=None, second=0, microsecond=0)
            end = clock.local(finish).replace(tzinfo=None, second=0, microsecond=0) if finish is not None else start + timedelta(hours=1)
        if intent.extra("allDay") in (True, 1, "true", "1"):
            event = replace(event, flags=ALL_DAY)
            if finish is not None and end.time() == datetime.min.time() and end > start:
                end -= timedelta(days=1)
        self.fields = {"title": intent.text("title"), "location": intent.text("eventLocation"), "description": intent.text("description")}
        if intent.text("rrule"):
            at = int(start.replace(tzinfo=clock.zone).timestamp())
            event = replace(with_rrule(replace(event, start_ts=at), intent.text("rrule"), clock.zone), start_ts=0)
        return event, start, end

    def build(self) -> View:
        event, prefs = self.state.event, self.prefs
        pin = IconButton("map-marker", "Show on map", call(EventActivity.show_on_map), rid="event_show_on_map", color="primary")
        texts = Column(
            text_row(self, "title", "Title", "event_title"),
            text_row(self, "location", "Location", "event_location", trailing=pin),
            text_row(self, "description", "Description", "event_description", multiline=True),
            cls=None, width=FILL, padding=(0, 4, 0, 12),
        )  # fmt: skip
        zone = None
        if prefs.allow_changing_time_zones and not event.all_day:
            zone = line("earth", event.time_zone or str(self.store.zone), call(EventActivity.pick_zone), "event_time_zone")
        status = _STATUS[event.status] if 0 <= event.status < len(_STATUS) else _STATUS[1]
        return self.page(
            texts, Divider(), *self.when_rows(), zone, Divider(), *self.reminder_rows(), Divider(), *self.repetition_rows(), Divider(),
            line("briefcase-outline", _AVAILABILITY[event.availability == 1], call(EventActivity.pick_availability), "event_availability"),
            line("calendar-check-outline", status, call(EventActivity.pick_status), "event_status"), Divider(), *self.type_rows(),
        )  # fmt: skip

    def show_on_map(self) -> None:
        """The pin beside the location."""
        place = self.field("location").strip()
        if not place:
            self.toast("Please fill in a location to be shown on a map")
            return
        try:
            self.start(Intent.of(VIEW, data=f"geo:0,0?q={quote(place)}"))
        except NotFound:
            self.toast("No valid app found")

    def pick_zone(self) -> None:
        """The time zone was touched."""
        self.open(SelectTimeZoneActivity, Call(EventActivity.zone_picked), current=self.state.event.time_zone or str(self.store.zone))

    def zone_picked(self, result: Intent | None) -> None:
        """A time zone was chosen; the times stay as they read."""
        if result is not None:
            self.change(time_zone=result.text("time_zone"))

    def pick_availability(self) -> None:
        """Busy or free."""
        self.show(
            ChoiceDialog(options=_AVAILABILITY, chosen=int(self.state.event.availability == 1), on_choose=Call(EventActivity.availability))
        )

    def availability(self, index: int) -> None:
        """It was chosen."""
        self.change(availability=index)

    def pick_status(self) -> None:
        """Tentative, confirmed or cancelled."""
        self.show(ChoiceDialog(options=_STATUS, chosen=self.state.event.status, on_choose=Call(EventActivity.status)))

    def status(self, index: int) -> None:
        """It was chosen."""
        self.change(status=index)


class TaskActivity(ChoicesActivity):
    """A task."""

    name: ClassVar[str] = TASK_ACTIVITY
    noun: ClassVar[str] = "Task"
    depends = EventActivity.depends

    def build(self) -> View:
        texts = Column(
            text_row(self, "title", "Title", "task_title"),
            text_row(self, "description", "Description", "task_description", multiline=True),
            cls=None,
            width=FILL,
            padding=(0, 4, 0, 12),
        )
        done = self._done()
        mark = (
            Button(
                "Mark incomplete" if done else "Mark completed",
                call(TaskActivity.toggle_complete),
                kind="outlined" if done else "filled",
                rid="toggle_mark_complete",
                margin=(20, 16),
                width=FILL,
                min_height=48,
            )
            if self.state.event.id
            else None
        )
        return self.page(
            texts, Divider(), *self.when_rows(), Divider(), *self.reminder_rows(), Divider(), *self.repetition_rows(), Divider(),
            *self.type_rows(), mark,
        )  # fmt: skip

    def _done(self) -> bool:
        state = self.state
        return bool(state.event.id) and self.store.completed(state.event, state.occurrence)

    def toggle_complete(self) -> None:
        """Mark it done or not, and close."""
        state, done = self.state, not self._done()
        self.store.complete(state.event.id, state.occurrence, done)
        withdraw(self.kernel, state.event.id)
        plan(self.kernel)
        self.effect("task.completed" if done else "task.reopened", "reversible", id=state.event.id, start_ts=state.occurrence)
        self.finish()
