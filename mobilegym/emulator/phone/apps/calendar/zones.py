"""The list of time zones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import ClassVar
from zoneinfo import available_timezones

from mobilegym.emulator.phone.apps.calendar.model import PACKAGE
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.clock import time_zone
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.search_view import SearchField
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["SelectTimeZoneActivity", "ZoneState"]

_AREAS = ("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/", "UTC")


@dataclass(frozen=True, slots=True)
class ZoneState:
    current: str


@lru_cache(maxsize=64)
def _rows(wanted: str, current: str, month: int) -> tuple[tuple[str, str, bool], ...]:
    """Name, offset and whether it is the present one, by offset; `month` counts months since the year 0."""
    when = datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)
    found: list[tuple[int, str]] = []
    for name in available_timezones():
        if name.startswith(_AREAS) and wanted in name.casefold().replace("_", " "):
            offset = when.astimezone(time_zone(name)).utcoffset()
            found.append((int(offset.total_seconds()) // 60 if offset is not None else 0, name))
    return tuple((name, _offset(minutes), name == current) for minutes, name in sorted(found))


def _offset(minutes: int) -> str:
    sign, size = ("-" if minutes < 0 else "+"), abs(minutes)
    return f"GMT{sign}{size // 60:02d}:{size % 60:02d}"


class SelectTimeZoneActivity(Activity[ZoneState]):
    """All time zones, with a search; the result has extra `time_zone`."""

    name: ClassVar[str] = f"{PACKAGE}.activities.SelectTimeZoneActivity"
    depends = frozenset(("settings", "minute"))

    def initial(self) -> ZoneState:
        return ZoneState(self.intent.text("current"))

    def build(self) -> View:
        now = self.kernel.clock.now()
        wanted = self.field("zone").strip().casefold().replace("_", " ")
        rows = _rows(wanted, self.state.current, now.year * 12 + now.month - 1)
        return Column(
            SearchField(self, "zone", "Enter a country or time zone", on_back=call(SelectTimeZoneActivity.finish),
                        on_change=Call(SelectTimeZoneActivity.searched), field_rid="search_src_text", rid="select_time_zone_toolbar"),
            LazyColumn(self, "zones", rows, _row, rid="select_time_zone_list", weight=1), cls=None, width=FILL, height=FILL,
        )  # fmt: skip

    def searched(self, text: str) -> None:
        """The text changed."""
        del text
        self.scroll_to("zones", 0)

    def choose(self, name: str) -> None:
        """A zone was touched."""
        self.finish(Intent.of(time_zone=name))


def _row(name: str, offset: str, current: bool) -> View:
    color = "primary" if current else "on_surface"
    return Row(
        Text(name, "body_large", color=color, rid="item_time_zone_title", weight=1, max_lines=1),
        Text(offset, "body_medium", color="on_surface_variant", rid="item_time_zone_shift"),
        cls="android.view.ViewGroup",
        rid="item_time_zone_holder",
        on_tap=call(SelectTimeZoneActivity.choose, name),
        width=FILL,
        min_height=52,
        padding=(20, 8),
    )
