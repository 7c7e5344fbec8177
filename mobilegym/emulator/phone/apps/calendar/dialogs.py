"""Dialogs of the calendar: a period with its unit, an event type from the list, a type's name and colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from mobilegym.emulator.phone.apps.calendar.model import EventType
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, overlay_call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Grid, Row, Stack
from mobilegym.emulator.phone.ui.overlay import Overlay
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.color_picker import COLORS
from mobilegym.emulator.phone.ui.widgets.dialog import dialog_frame, finish_dialog
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import OutlinedField
from mobilegym.emulator.phone.ui.widgets.toggle import Radio

__all__ = ["PERIOD_KEY", "TYPE_KEY", "PeriodDialog", "TypeDialog", "TypeEditor"]

PERIOD_KEY: Final = "period"
"""Field with the number of a `PeriodDialog`."""
TYPE_KEY: Final = "type_title"
"""Field with the title in a `TypeEditor`."""


def _buttons(ok: Call) -> View:
    return Row(
        Button("Cancel", Call(finish_dialog, (None,)), kind="text", rid="android:id/button2", min_height=48),
        Button("OK", ok, kind="text", rid="android:id/button1", min_height=48),
        cls="android.widget.ScrollView", rid="buttonPanel", main="end", gap=4, padding=16, width=FILL,
    )  # fmt: skip


@dataclass(frozen=True)
class PeriodDialog(Overlay):
    """A number and its unit. OK calls `result` with the number (at least `least`) and the index of the unit."""

    heading: str
    units: tuple[tuple[str, str], ...]
    """Label and id of each."""
    result: Call
    unit: int = 0
    least: int = 1

    @property
    def title(self) -> str:
        return self.heading

    @property
    def autofocus(self) -> str:
        return PERIOD_KEY

    def build(self, host: Host) -> View:
        field = OutlinedField(
            host,
            PERIOD_KEY,
            "Value",
            input_type="number",
            ime="done",
            rid="dialog_custom_interval_value",
            margin=(24, 12),
            background="surface_container_high",
        )
        rows = [
            Row(
                Radio(i == self.unit, cls=None), Text(label, "body_large", cls=None, weight=1), gap=8, cls="android.widget.RadioButton",
                rid=rid, label=label, on_tap=overlay_call(_unit, i), checkable=True, checked=i == self.unit, width=FILL, min_height=48,
                padding=(16, 0),
            )
            for i, (label, rid) in enumerate(self.units)
        ]  # fmt: skip
        body = Column(field, Column(*rows, cls="android.widget.RadioGroup", rid="dialog_radio_view", width=FILL), cls=None, width=FILL)
        form = ScrollColumn(host, "period", body, height=None, weight=1, loose=True)
        return dialog_frame(self.heading, form, _buttons(Call(_period, (self.result, self.unit, self.least))))


def _unit(dialog: PeriodDialog, unit: int) -> PeriodDialog:
    return replace(dialog, unit=unit)


def _period(surface: Any, result: Call, unit: int, least: int) -> None:
    text = surface.field(PERIOD_KEY).strip()
    number = int(text) if text.isdecimal() and len(text) < 6 else 0
    finish_dialog(surface, result, max(least, number), unit)


@dataclass(frozen=True)
class TypeDialog(Overlay):
    """One event type; `result` gets its id, 0 for a new one."""

    types: tuple[EventType, ...]
    chosen: int
    result: Call
    heading: str = "Select an event type"
    may_add: bool = True

    @property
    def title(self) -> str:
        return self.heading

    def build(self, host: Host) -> View:
        rows = [self._row(t.id, t.title, t.color) for t in self.types]
        if self.may_add:
            rows.append(self._row(0, "Add a new type", 0))
        body = ScrollColumn(
            host,
            "types",
            *rows,
            cls="android.widget.RadioGroup",
            rid="dialog_radio_group",
            height=None,
            weight=1,
            loose=True,
            margin=(0, 12, 0, 0),
        )
        return dialog_frame(self.heading, body, View(cls=None, width=FILL, height=16))

    def _row(self, type_id: int, title: str, color: int) -> View:
        chosen = type_id == self.chosen
        lead = Radio(chosen, cls=None) if type_id else Stack(Icon("plus", gravity="center"), cls=None, width=40, height=40)
        return Row(
            lead,
            Text(title, "body_large", cls=None, weight=1),
            View(cls=None, width=24, height=24, radius=12, background=color) if color else None,
            gap=8, cls="android.widget.RadioButton", label=title, on_tap=Call(finish_dialog, (self.result, type_id)),
            checkable=bool(type_id), checked=chosen, width=FILL, min_height=48, padding=(16, 4, 24, 4),
        )  # fmt: skip


@dataclass(frozen=True)
class TypeEditor(Overlay):
    """Title and colour of an event type. Fill field `TYPE_KEY` first; `result` gets id, title and ARGB."""

    result: Call
    type_id: int = 0
    color: int = COLORS[0][1]

    @property
    def title(self) -> str:
        return "Edit type" if self.type_id else "Add a new type"

    @property
    def autofocus(self) -> str:
        return TYPE_KEY

    def build(self, host: Host) -> View:
        field = OutlinedField(host, TYPE_KEY, "Title", ime="done", rid="type_title", margin=(24, 12), background="surface_container_high")
        known = any(argb == self.color for _, argb in COLORS)
        colors = COLORS if known else (("Current color", self.color), *COLORS)
        cells = [
            Stack(
                View(cls=None, width=36, height=36, radius=18, background=argb, border="outline_variant", gravity="center"),
                Icon("check", color="white", gravity="center") if argb == self.color else None,
                cls="android.widget.ImageView", rid="type_color", desc=f"{name} selected" if argb == self.color else name,
                on_tap=overlay_call(_color, argb), checkable=True, checked=argb == self.color, width=FILL, height=44,
            )
            for name, argb in colors
        ]  # fmt: skip
        body = Column(
            field, Text("Color", "label_large", color="on_surface_variant", padding=(24, 0, 24, 4)),
            Grid(cells, columns=5, cls=None, width=FILL, padding=(20, 0)), cls=None, width=FILL,
        )  # fmt: skip
        form = ScrollColumn(host, "type", body, height=None, weight=1, loose=True)
        return dialog_frame(self.title, form, _buttons(Call(_type_done, (self.result, self.type_id, self.color))))


def _color(dialog: TypeEditor, argb: int) -> TypeEditor:
    return replace(dialog, color=argb)


def _type_done(surface: Any, result: Call, type_id: int, color: int) -> None:
    title = surface.field(TYPE_KEY).strip()
    if not title:
        surface.toast("Title cannot be empty")
        return
    finish_dialog(surface, result, type_id, title, color)
