"""Search for cities and tick those whose time the Clock tab shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from mobilegym.emulator.phone.apps.clock import cities
from mobilegym.emulator.phone.apps.numbers import clock_time
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.clock import time_zone
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.search_view import SearchField
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.toggle import Checkbox

__all__ = ["CityActivity", "CityState"]

_FIELD = "city_search"


@dataclass(frozen=True, slots=True)
class CityState:
    first: tuple[str, ...] = ()
    """Cities that were ticked when the list was opened: they stand at its top."""


class CityActivity(Activity[CityState]):
    """A tick adds a city at once, as leaving the list does on the real one."""

    name: ClassVar[str] = "com.android.deskclock.worldclock.CitySelectionActivity"

    def initial(self) -> CityState:
        return CityState(tuple(city.id for city in cities.chosen(self.kernel)))

    def on_create(self) -> None:
        self.focus_on(_FIELD)

    def build(self) -> View:
        kernel, text = self.kernel, self.field(_FIELD)
        ticked = {city.id for city in cities.chosen(kernel)}
        found = cities.search(text)
        if not text.strip():
            found = (*[c for c in found if c.id in self.state.first], *[c for c in found if c.id not in self.state.first])
        now, use_24h = kernel.clock.now(), self.ui.use_24h
        items: list[tuple[Any, ...]] = [
            (city.id, city.name, clock_time(now.astimezone(time_zone(city.zone)), use_24h), city.id in ticked) for city in found
        ]
        bar = SearchField(
            self, _FIELD, "Search for a city", on_back=call(CityActivity.finish), on_change=Call(CityActivity.searched),
            field_rid="search_src_text", rid="toolbar", clear_rid="search_close_btn",
        )  # fmt: skip
        body = LazyColumn(self, "found", items, _row, rid="cities_list", footer=24, weight=1)
        empty = EmptyState("map-search-outline", "No cities found", rid="search_empty_view")
        return Column(bar, body if items else empty, cls=None, width=FILL, height=FILL)

    def searched(self, text: str) -> None:
        """The text changed: begin at the top of what is found."""
        del text
        self.scroll_to("found", 0)

    def toggle(self, city_id: str, on: bool) -> None:
        """Tick a city, or take the tick away."""
        if on:
            cities.add(self.kernel, city_id)
        else:
            cities.remove(self.kernel, city_id)


def _row(city_id: str, name: str, time: str, on: bool) -> View:
    return ListItem(
        name, leading=Checkbox(on, rid="city_onoff", desc=name), title_rid="city_name", title_font="medium" if on else "",
        trailing=Text(time, "body_medium", color="on_surface_variant", rid="city_time"), on_tap=call(CityActivity.toggle, city_id, not on),
    )  # fmt: skip
