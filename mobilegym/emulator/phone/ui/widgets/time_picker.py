"""Material's time picker: a dial, or two fields for the keyboard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from mobilegym.emulator.phone.ui import text as typeset
from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import Call, overlay_call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.overlay import Overlay
from mobilegym.emulator.phone.ui.theme import Color, Ui
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.clock_face import BoundedText, ClockFace
from mobilegym.emulator.phone.ui.widgets.dialog import finish_dialog
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["TimePicker"]

_Part = Literal["hour", "minute"]

_HOUR_KEY: Final = "time_picker_hour"
_MINUTE_KEY: Final = "time_picker_minute"
_MODE_DESC: Final = {
    "clock": "Switch to text input mode for the time input.",
    "keyboard": "Switch to clock mode for the time input.",
}


@dataclass(frozen=True)
class TimePicker(Overlay):
    """Asks for a time of day. OK closes it and calls `result` with hour (0–23) and minute.

    Picking an hour turns the dial to minutes. AM/PM or 24 hours follow the phone's setting unless `use_24h` is given.
    """

    result: Call
    hour: int
    minute: int
    heading: str = "Select time"
    use_24h: bool | None = None
    mode: Literal["clock", "keyboard"] = "clock"
    active: _Part = "hour"
    cancelled: Call | None = None

    @property
    def title(self) -> str:
        return self.heading

    @property
    def on_cancel(self) -> Call | None:
        return self.cancelled

    def is_24h(self, ui: Ui) -> bool:
        """Whether it shows 24 hours on this phone."""
        return ui.use_24h if self.use_24h is None else self.use_24h

    def pick_hour(self, number: int, of_24: bool) -> TimePicker:
        """With the hour as it stands on the dial; in the 12-hour form the half of the day stays."""
        hour = number if of_24 else number % 12 + (12 if self.hour >= 12 else 0)
        return replace(self, hour=hour, active="minute")

    def pick_minute(self, minute: int) -> TimePicker:
        """With another minute."""
        return replace(self, minute=minute)

    def in_half(self, afternoon: bool) -> TimePicker:
        """With the same hour before or after noon."""
        return replace(self, hour=self.hour % 12 + (12 if afternoon else 0))

    def build(self, host: Host) -> View:
        of_24 = self.is_24h(host.ui)
        typing = self.mode == "keyboard"
        wide = host.ui.width > host.ui.height
        if typing:
            body = _fields(host, self, of_24)
        else:
            body = memo(host.ui, _clock, self.hour, self.minute, self.active, of_24, wide)
        buttons = Row(
            IconButton("clock-outline" if typing else "keyboard-outline", _MODE_DESC[self.mode],
                       Call(_to_clock if typing else _to_keyboard), cls="android.widget.Button", rid="material_timepicker_mode_button"),
            Spacer(),
            Button("Cancel", Call(finish_dialog, (self.cancelled,)), kind="text", rid="material_timepicker_cancel_button", min_height=48),
            Button("OK", Call(_confirm), kind="text", rid="material_timepicker_ok_button", min_height=48),
            gap=8, cls=None, width=FILL, padding=(12, 0, 8, 4),
        )  # fmt: skip
        heading = Text(self.heading, "label_medium", color="on_surface_variant", rid="header_title", padding=(24, 16, 24, 0), max_lines=1)
        beside = wide and not typing
        return Column(
            Stack(body, heading, cls=None, width=FILL) if beside else Column(heading, body, cls=None, width=FILL), buttons,
            cls="android.view.ViewGroup", width=FILL, max_width=560 if beside else 328, background="surface_container_high", radius=28,
        )  # fmt: skip


def _twelve(hour: int) -> int:
    return hour % 12 or 12


def _hour_text(hour: int, of_24: bool) -> str:
    return f"{hour:02d}" if of_24 else str(_twelve(hour))


def _hour_desc(hour: int, of_24: bool) -> str:
    return f"{hour} hours" if of_24 else f"{_twelve(hour)} o'clock"


# ---------------------------------------------------------------------- dial


def _digits(ui: Ui) -> float:
    """Size in sp of digits being edited; see `BoundedText`."""
    return 45 * min(ui.font_scale, 1.3) / ui.font_scale


def _clock(hour: int, minute: int, active: _Part, of_24: bool, wide: bool) -> View:
    """Display and dial, side by side on a wide screen; `hour` 0–23."""
    display = Row(
        _chip(_hour_text(hour, of_24), _hour_desc(hour, of_24), "material_hour_tv", active == "hour", overlay_call(_activate, "hour")),
        _colon(80),
        _chip(f"{minute:02d}", f"{minute} minutes", "material_minute_tv", active == "minute", overlay_call(_activate, "minute")),
        cls="android.widget.LinearLayout", rid="material_clock_display",
    )  # fmt: skip
    if active == "minute":
        face = ClockFace("minute", minute, overlay_call(TimePicker.pick_minute))
    elif of_24:
        face = ClockFace("hour_24", hour, overlay_call(_pick_24))
    else:
        face = ClockFace("hour_12", _twelve(hour), overlay_call(_pick_12))
    if wide:
        return Row(
            Column(display, None if of_24 else _halves(hour >= 12, wide=True), gap=12, cls=None), face,
            cls="android.view.ViewGroup", rid="material_timepicker_view", width=FILL, main="between", padding=(24, 8, 24, 0),
        )  # fmt: skip
    return Column(
        Row(display, None if of_24 else _halves(hour >= 12), gap=12, cls=None),
        face.but(margin=(0, 28, 0, 24)),
        cls="android.view.ViewGroup",
        rid="material_timepicker_view",
        width=FILL,
        cross="center",
        padding=(24, 12, 24, 0),
    )


def _pick_12(picker: TimePicker, number: int) -> TimePicker:
    return picker.pick_hour(number, of_24=False)


def _pick_24(picker: TimePicker, number: int) -> TimePicker:
    return picker.pick_hour(number, of_24=True)


def _activate(picker: TimePicker, part: _Part) -> TimePicker:
    return replace(picker, active=part)


def _colon(height: float) -> View:
    return BoundedText(":", "display_medium", width=24, height=height, text_align="center", max_lines=1)


def _chip(text: str, desc: str, rid: str, on: bool, on_tap: Handler, *, height: float = 80) -> View:
    color: Color = "on_primary_container" if on else "on_surface"
    return Stack(
        BoundedText(text, "display_medium", color=color, cls=None, gravity="center", max_lines=1),
        cls="android.view.View", rid=rid, label=text, desc=desc, on_tap=on_tap, checkable=True, checked=on, width=96, height=height,
        radius=8, background="primary_container" if on else "surface_container_highest",
    )  # fmt: skip


def _halves(afternoon: bool, height: float = 80, *, wide: bool = False) -> View:
    """The toggle of AM and PM, on top of each other or side by side."""
    am, pm = overlay_call(TimePicker.in_half, False), overlay_call(TimePicker.in_half, True)
    if wide:
        return Stack(
            Row(
                _half("AM", "material_clock_period_am_button", not afternoon, am, 48, (8, 0, 0, 8), weight=1),
                _half("PM", "material_clock_period_pm_button", afternoon, pm, 48, (0, 8, 8, 0), weight=1),
                cls=None, width=FILL,
            ),
            View(cls=None, width=1, height=48, background="outline", gravity="center"),
            View(cls=None, width=FILL, height=48, border="outline", radius=8),
            cls="android.widget.LinearLayout", rid="material_clock_period_toggle", desc="Select AM or PM", width=216, height=48,
        )  # fmt: skip
    half = height / 2
    return Stack(
        Column(
            _half("AM", "material_clock_period_am_button", not afternoon, am, half, (8, 8, 0, 0)),
            _half("PM", "material_clock_period_pm_button", afternoon, pm, half, (0, 0, 8, 8)),
            cls=None, width=FILL, cross="fill",
        ),
        View(cls=None, width=FILL, height=1, background="outline", gravity="center"),
        View(cls=None, width=FILL, height=height, border="outline", radius=8),
        cls="android.widget.LinearLayout", rid="material_clock_period_toggle", desc="Select AM or PM", width=52, height=height,
    )  # fmt: skip


def _half(
    text: str, rid: str, on: bool, on_tap: Handler, height: float, corners: tuple[float, float, float, float], *, weight: float = 0
) -> View:  # fmt: skip
    color: Color = "on_tertiary_container" if on else "on_surface_variant"
    return Stack(
        BoundedText(text, "title_medium", color=color, cls=None, gravity="center", max_lines=1),
        cls="android.widget.CompoundButton", rid=rid, label=text, on_tap=on_tap, checkable=True, checked=on, height=height, radius=corners,
        weight=weight, background="tertiary_container" if on else None,
    )  # fmt: skip


# ---------------------------------------------------------------------- keyboard


def _fields(host: Host, picker: TimePicker, of_24: bool) -> View:
    hour, minute = _typed(host)
    return Row(
        _field(host, "hour", _HOUR_KEY, "Hour", _hour_fits(hour, of_24), of_24),
        _colon(72),
        _field(host, "minute", _MINUTE_KEY, "Minute", _minute_fits(minute), of_24),
        None if of_24 else Stack(_halves(picker.hour >= 12, 72), cls=None, margin=(12, 0, 0, 0)),
        cls="android.view.ViewGroup", rid="material_timepicker_view", cross="start", main="center", width=FILL, padding=(24, 20, 24, 24),
    )  # fmt: skip


def _field(host: Host, part: _Part, key: str, label: str, fits: bool, of_24: bool) -> View:
    """A text field while it is being edited, otherwise a chip with the same text."""
    field: Kid
    text = host.fields.get(key, "")
    wrong = bool(text) and not fits
    if host.focus == key:
        digits = _digits(host.ui)
        length = typeset.width(text, host.ui.style(digits, "regular")) / host.ui.scale
        field = EditText(
            host, key, input_type="number", ime="next" if part == "hour" else "done", role="display_medium", size=digits, max_length=4,
            color="error" if wrong else "on_primary_container", on_change=Call(_changed, (part, of_24)),
            on_submit=Call(_edit, ("minute",)) if part == "hour" else None, rid="edit_text", desc=label, width=96, height=72,
            padding=(max(4, (94 - length) / 2), 0), radius=8, background="primary_container", border="error" if wrong else "primary",
            border_width=2,
        )  # fmt: skip
    else:
        unit = "minutes" if part == "minute" else "hours" if of_24 else "o'clock"
        field = _chip(text or "00", f"{text or 0} {unit}", "", False, Call(_edit, (part,)), height=72)
        if wrong:
            field.border, field.border_width = "error", 2
    return Column(
        field,
        Text(label, "body_small", color="error" if wrong else "on_surface_variant", padding=(0, 6, 0, 0), max_lines=1),
        cls="android.widget.RelativeLayout", rid=f"material_{part}_text_input", width=96,
    )  # fmt: skip


def _typed(host: Host) -> tuple[int, int]:
    """Hour and minute as they stand in the fields; -1 for what is no number."""
    hour, minute = host.fields.get(_HOUR_KEY, ""), host.fields.get(_MINUTE_KEY, "")
    return (int(hour) if hour.isdecimal() else -1), (int(minute) if minute.isdecimal() else -1)


def _hour_fits(hour: int, of_24: bool) -> bool:
    return 0 <= hour <= 23 if of_24 else 1 <= hour <= 12


def _minute_fits(minute: int) -> bool:
    return 0 <= minute <= 59


def _edit(surface: Any, part: _Part, *_: Any) -> None:
    """Edit one of the fields, with its text selected so that typing replaces it."""
    key = _HOUR_KEY if part == "hour" else _MINUTE_KEY
    surface.focus_on(key)
    surface.selection = (0, len(surface.fields.get(key, "")))
    surface.replace_overlay(replace(surface.overlays[-1], active=part))


def _changed(surface: Any, part: _Part, of_24: bool, text: str) -> None:
    """Keep the last two digits typed; a complete hour leads on to the minute."""
    key = _HOUR_KEY if part == "hour" else _MINUTE_KEY
    digits = "".join(c for c in text if c.isdecimal())[-2:]
    if digits != text:
        surface.set_field(key, digits)
    if part == "hour" and len(digits) == 2 and _hour_fits(int(digits), of_24):
        _edit(surface, "minute")


def _to_keyboard(surface: Any) -> None:
    picker = surface.overlays[-1]
    of_24 = picker.is_24h(surface.ui)
    surface.set_field(_HOUR_KEY, _hour_text(picker.hour, of_24))
    surface.set_field(_MINUTE_KEY, f"{picker.minute:02d}")
    surface.replace_overlay(replace(picker, mode="keyboard"))
    _edit(surface, picker.active)


def _to_clock(surface: Any) -> None:
    """Back to the dial, with what was typed where it is a time."""
    picker = surface.overlays[-1]
    found = _read(surface, picker) or (picker.hour, picker.minute)
    surface.clear_focus()
    surface.replace_overlay(replace(picker, mode="clock", hour=found[0], minute=found[1]))


def _read(surface: Any, picker: TimePicker) -> tuple[int, int] | None:
    """Hour 0–23 and minute from the fields, None where they are no time."""
    of_24 = picker.is_24h(surface.ui)
    hour, minute = _typed(surface)
    if not _hour_fits(hour, of_24) or not _minute_fits(minute):
        return None
    return (hour if of_24 else picker.pick_hour(hour, of_24=False).hour), minute


def _confirm(surface: Any) -> None:
    """OK: a time that cannot be read keeps the picker open, its field marked."""
    picker = surface.overlays[-1]
    found = (picker.hour, picker.minute) if picker.mode == "clock" else _read(surface, picker)
    if found is not None:
        finish_dialog(surface, picker.result, *found)
