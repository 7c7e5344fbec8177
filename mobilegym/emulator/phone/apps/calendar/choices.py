"""The choices of the editor: dates, times, reminders, repetition, type and colour, each with its row and its dialogs."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time
from typing import Final

from mobilegym.emulator.phone.apps.calendar.dialogs import PERIOD_KEY, PeriodDialog, TypeDialog
from mobilegym.emulator.phone.apps.calendar.form import FormActivity
from mobilegym.emulator.phone.apps.calendar.form_rows import color_row, line, pair, switch_row, when_row
from mobilegym.emulator.phone.apps.calendar.model import (
    DAY,
    LAST_DAY,
    LAST_WEEKDAY,
    MONTH,
    NTH_WEEKDAY,
    OFF,
    SAME_DAY,
    WEEK,
    YEAR,
    signed,
)
from mobilegym.emulator.phone.apps.calendar.types import edit_type, store_type
from mobilegym.emulator.phone.apps.calendar.words import (
    MONTHS,
    ORDINALS,
    WEEKDAYS,
    clock_text,
    date_text,
    is_last_weekday,
    limit_text,
    reminder_text,
    repetition_text,
    rule_text,
)
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Kid
from mobilegym.emulator.phone.ui.widgets.color_picker import COLORS, ColorPicker
from mobilegym.emulator.phone.ui.widgets.date_picker import DatePicker
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog, DialogButton, InputDialog, MultiChoiceDialog
from mobilegym.emulator.phone.ui.widgets.time_picker import TimePicker

__all__ = ["CUSTOM_REMINDER_UNITS", "REMINDER_CHOICES", "UNIT_MINUTES", "ChoicesActivity"]

REMINDER_CHOICES: Final = (OFF, 0, 5, 10, 30, 60, 1440)
CUSTOM_REMINDER_UNITS: Final = (
    ("Minutes", "dialog_radio_minutes"), ("Hours", "dialog_radio_hours"), ("Days", "dialog_radio_days"), ("Weeks", "dialog_radio_weeks"),
)  # fmt: skip
UNIT_MINUTES: Final = (1, 60, 1440, 10_080)
_REPEATS: Final = (0, DAY, WEEK, MONTH, YEAR)
_REPEAT_UNITS: Final = (
    ("Days", "dialog_radio_days"), ("Weeks", "dialog_radio_weeks"), ("Months", "dialog_radio_months"), ("Years", "dialog_radio_years"),
)  # fmt: skip
_REPEAT_SECONDS: Final = (DAY, WEEK, MONTH, YEAR)
_LIMITS: Final = ("Repeat till a date", "Stop repeating after x occurrences", "Repeat forever")


class ChoicesActivity(FormActivity):
    """A form with all its rows below the texts."""

    # ------------------------------------------------------------------ rows

    def when_rows(self) -> list[Kid]:
        """All-day, start and end (tasks have one time only)."""
        cls, state, year = type(self), self.state, self.kernel.clock.now().year
        kind, all_day, use_24h = self.noun.lower(), state.event.all_day, self.ui.use_24h

        def row(when: datetime, end: bool, date_rid: str, time_rid: str) -> Kid:
            shown = "" if all_day else clock_text(when, use_24h)
            return when_row(date_text(when.date(), year), shown, call(cls.pick_date, end), call(cls.pick_time, end), date_rid, time_rid)

        box = switch_row("clock-outline", "All-day", all_day, call(cls.toggle_all_day), f"{kind}_all_day")
        if state.event.is_task:
            return [box, row(state.start, False, "task_date", "task_time")]
        return [
            box,
            row(state.start, False, "event_start_date", "event_start_time"),
            row(state.end, True, "event_end_date", "event_end_time"),
        ]

    def reminder_rows(self) -> list[Kid]:
        """Up to three reminders."""
        cls, kind, reminders = type(self), self.noun.lower(), self.state.event.reminders
        found: list[Kid] = []
        for place, minutes in enumerate(reminders):
            if place and reminders[place - 1] == OFF:
                break
            empty = "No reminder" if place == 0 else "Add another reminder"
            text = empty if minutes == OFF else reminder_text(minutes, self.ui.use_24h)
            found.append(line("" if place else "bell-outline", text, call(cls.pick_reminder, place), f"{kind}_reminder_{place + 1}",
                              color="on_surface" if minutes != OFF or not place else "on_surface_variant"))  # fmt: skip
        return found

    def repetition_rows(self) -> list[Kid]:
        """Repetition, its rule and its limit."""
        cls, kind, event = type(self), self.noun.lower(), self.state.event
        found: list[Kid] = [line("repeat", repetition_text(event.repeat_interval), call(cls.pick_repetition), f"{kind}_repetition")]
        if event.repeats:
            if event.repeat_interval % YEAR == 0 or event.repeat_interval % MONTH == 0 or event.repeat_interval % WEEK == 0:
                label, value = rule_text(event.repeat_interval, event.repeat_rule, self.first_day, self.prefs.first_day_of_week)
                found.append(pair(label, value, call(cls.pick_rule), f"{kind}_repetition_rule"))
            label, value = limit_text(event.repeat_limit, event.zone(self.store.zone))
            found.append(pair(label, value, call(cls.pick_limit), f"{kind}_repetition_limit"))
        return found

    def type_rows(self) -> list[Kid]:
        """Type and colour."""
        cls, kind, event = type(self), self.noun.lower(), self.state.event
        chosen = self.store.type(event.event_type)
        return [
            color_row("tag-outline", chosen.title, chosen.color, call(cls.pick_type), f"{kind}_type"),
            color_row(
                "palette-outline",
                f"{self.noun} color",
                self.color(),
                call(cls.pick_color),
                f"{kind}_color_text",
                holder=f"{kind}_color_holder",
            ),
        ]

    # ------------------------------------------------------------------ date and time

    def pick_date(self, end: bool) -> None:
        """A date was touched."""
        day, today = (self.state.end if end else self.state.start).date(), self.kernel.clock.now().date()
        self.show(DatePicker(Call(ChoicesActivity.date_picked, (end,)), day.year, day.month, day.day, (today.year, today.month, today.day),
                             self.prefs.first_day_of_week))  # fmt: skip

    def date_picked(self, end: bool, year: int, month: int, day: int) -> None:
        """A date was chosen; the end follows the start."""
        old = self.state.end if end else self.state.start
        self._moved(end, datetime.combine(date(year, month, day), old.time()))

    def pick_time(self, end: bool) -> None:
        """A time was touched."""
        when = self.state.end if end else self.state.start
        self.show(TimePicker(Call(ChoicesActivity.time_picked, (end,)), when.hour, when.minute))

    def time_picked(self, end: bool, hour: int, minute: int) -> None:
        """A time was chosen; the end follows the start."""
        old = self.state.end if end else self.state.start
        self._moved(end, datetime.combine(old.date(), time(hour, minute)))

    def _moved(self, end: bool, to: datetime) -> None:
        state = self.state
        if end:
            self.update(end=to)
            return
        event, old = state.event, state.start.date()
        self.update(start=to, end=to + (state.end - state.start))
        rule = event.repeat_rule
        if event.repeat_interval % MONTH and event.repeat_interval % YEAR and event.repeat_interval % WEEK == 0:
            # A single weekday moves with the date.
            if rule == 1 << old.weekday():
                self.change(repeat_rule=1 << to.weekday())
        elif rule == LAST_DAY and to.day != _length(to) or rule == LAST_WEEKDAY and not is_last_weekday(to.date()):
            self.change(repeat_rule=SAME_DAY)

    # ------------------------------------------------------------------ reminders

    def pick_reminder(self, place: int) -> None:
        """A reminder was touched."""
        present = self.state.event.reminders[place]
        values = sorted({*REMINDER_CHOICES, present})
        labels = [reminder_text(m, self.ui.use_24h) for m in values] + ["Custom"]
        if self.state.event.all_day:
            labels.append("During the day at hh:mm")
        self.show(ChoiceDialog(options=tuple(labels), chosen=values.index(present),
                               on_choose=Call(ChoicesActivity.reminder_picked, (place, tuple(values)))))  # fmt: skip

    def reminder_picked(self, place: int, values: tuple[int, ...], index: int) -> None:
        """A reminder was chosen."""
        if index < len(values):
            self.set_reminder(place, values[index])
        elif index == len(values):
            self.set_field(PERIOD_KEY, "")
            self.show(PeriodDialog("Custom", CUSTOM_REMINDER_UNITS, Call(ChoicesActivity.reminder_entered, (place,)), least=0))
        else:
            self.show(TimePicker(Call(ChoicesActivity.reminder_at, (place,)), 9, 0))

    def reminder_entered(self, place: int, number: int, unit: int) -> None:
        """A custom reminder was entered."""
        self.set_reminder(place, number * UNIT_MINUTES[unit])

    def reminder_at(self, place: int, hour: int, minute: int) -> None:
        """A time of the day itself was chosen; one minute past midnight cannot be told from none."""
        self.set_reminder(place, -max(2, hour * 60 + minute) if hour or minute else 0)

    # ------------------------------------------------------------------ repetition

    def pick_repetition(self) -> None:
        """The repetition was touched."""
        present = self.state.event.repeat_interval
        values = (*_REPEATS, *(() if present in _REPEATS else (present,)))
        labels = (*[repetition_text(value) for value in values], "Custom")
        self.show(ChoiceDialog(options=labels, chosen=values.index(present), on_choose=Call(ChoicesActivity.repetition_picked, (values,))))

    def repetition_picked(self, values: tuple[int, ...], index: int) -> None:
        """A repetition was chosen."""
        if index < len(values):
            self._repeat(values[index])
        else:
            self.set_field(PERIOD_KEY, "")
            self.show(PeriodDialog("Custom", _REPEAT_UNITS, Call(ChoicesActivity.repetition_entered)))

    def repetition_entered(self, number: int, unit: int) -> None:
        """A custom interval was entered."""
        self._repeat(number * _REPEAT_SECONDS[unit])

    def _repeat(self, interval: int) -> None:
        if interval == self.state.event.repeat_interval:
            return
        rule = 0
        if interval and (interval % YEAR == 0 or interval % MONTH == 0):
            rule = SAME_DAY
        elif interval and interval % WEEK == 0:
            rule = 1 << self.first_day.weekday()
        self.change(repeat_interval=interval, repeat_rule=rule, repeat_limit=self.state.event.repeat_limit if interval else 0)

    def pick_rule(self) -> None:
        """The rule was touched."""
        event = self.state.event
        if event.repeat_interval % YEAR and event.repeat_interval % MONTH:
            order = [(self.prefs.first_day_of_week + i) % 7 for i in range(7)]
            self.show(
                MultiChoiceDialog(
                    options=tuple(WEEKDAYS[i] for i in order),
                    chosen=frozenset(i for i, day in enumerate(order) if event.repeat_rule >> day & 1),
                    positive=DialogButton("OK", Call(ChoicesActivity.weekdays_picked, (tuple(order),))),
                    negative=DialogButton("Cancel"),
                )
            )
            return
        rules = self._rules()
        values = [rule for rule, _ in rules]
        at = values.index(event.repeat_rule) if event.repeat_rule in values else 0
        self.show(ChoiceDialog(options=tuple(text for _, text in rules), chosen=at,
                               on_choose=Call(ChoicesActivity.rule_picked, (tuple(values),))))  # fmt: skip

    def _rules(self) -> list[tuple[int, str]]:
        """Rules of a monthly or yearly repetition that fit the day."""
        day = self.first_day
        yearly = self.state.event.repeat_interval % YEAR == 0
        weekday, month = WEEKDAYS[day.weekday()], f" in {MONTHS[day.month - 1]}" if yearly else ""
        found = [(SAME_DAY, "Repeat on the same day every year" if yearly else "Repeat on the same day each month")]
        if day.day <= 28:
            found.append((NTH_WEEKDAY, f"Repeat every {ORDINALS[(day.day - 1) // 7]} {weekday}{month}"))
        if is_last_weekday(day):
            found.append((LAST_WEEKDAY, f"Repeat every last {weekday}{month}"))
        if not yearly and day.day == _length(day):
            found.append((LAST_DAY, "Repeat on the last day of the month"))
        return found

    def weekdays_picked(self, order: tuple[int, ...], chosen: tuple[int, ...]) -> None:
        """Weekdays were chosen; none means that of the start."""
        self.change(repeat_rule=sum(1 << order[i] for i in chosen) or 1 << self.first_day.weekday())

    def rule_picked(self, values: tuple[int, ...], index: int) -> None:
        """A rule was chosen."""
        self.change(repeat_rule=values[index])

    def pick_limit(self) -> None:
        """The limit was touched."""
        limit = self.state.event.repeat_limit
        self.show(ChoiceDialog(options=_LIMITS, chosen=1 if limit < 0 else 0 if limit else 2, on_choose=Call(ChoicesActivity.limit_kind)))

    def limit_kind(self, index: int) -> None:
        """A kind of limit was chosen."""
        limit, zone = self.state.event.repeat_limit, self.state.event.zone(self.store.zone)
        if index == 0:
            day = datetime.fromtimestamp(limit, zone).date() if limit > 0 else self.first_day
            today = self.kernel.clock.now().date()
            self.show(DatePicker(Call(ChoicesActivity.limit_date), day.year, day.month, day.day, (today.year, today.month, today.day),
                                 self.prefs.first_day_of_week))  # fmt: skip
        elif index == 1:
            self.set_field("count", str(-limit) if limit < 0 else "")
            self.show(InputDialog(heading="Stop repeating after x occurrences", key="count", label="times", input_type="number",
                                  input_rid="repeat_limit_value", positive=DialogButton("OK", Call(ChoicesActivity.limit_count)),
                                  negative=DialogButton("Cancel")))  # fmt: skip
        else:
            self.change(repeat_limit=0)

    def limit_date(self, year: int, month: int, day: int) -> None:
        """The last day was chosen."""
        event = self.state.event
        clock = time() if event.all_day else time(23, 59, 59)
        at = datetime.combine(date(year, month, day), clock, event.zone(self.store.zone))
        if date(year, month, day) < self.first_day:
            self.toast("The event cannot end earlier than it starts")
            return
        self.change(repeat_limit=int(at.timestamp()))

    def limit_count(self, text: str) -> None:
        """A number of occurrences was entered."""
        number = int(text) if text.strip().isdecimal() and len(text.strip()) < 5 else 0
        self.change(repeat_limit=-number)

    # ------------------------------------------------------------------ type and colour

    def pick_type(self) -> None:
        """The type was touched."""
        self.show(TypeDialog(self.store.types(), self.state.event.event_type, Call(ChoicesActivity.type_picked)))

    def type_picked(self, type_id: int) -> None:
        """A type was chosen, or a new one is wanted."""
        if type_id:
            self.change(event_type=type_id, color=0)
        else:
            edit_type(self, 0, Call(ChoicesActivity.type_made))

    def type_made(self, type_id: int, title: str, color: int) -> None:
        """A new type was entered."""
        made = store_type(self, type_id, title, color)
        if made:
            self.change(event_type=made, color=0)

    def pick_color(self) -> None:
        """The colour was touched."""
        own = self.store.type(self.state.event.event_type).color
        colors = (("Default color", own), *[c for c in COLORS if c[1] != own][:14])
        self.show(ColorPicker(Call(ChoicesActivity.color_picked, (own,)), chosen=self.color(), heading=f"{self.noun} color", colors=colors))

    def color_picked(self, own: int, color: int) -> None:
        """A colour was chosen; that of the type follows the type."""
        self.change(color=0 if color == own else signed(color))


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
