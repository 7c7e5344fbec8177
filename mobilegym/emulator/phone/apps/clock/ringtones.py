"""The list of sounds an alarm or the timers may ring with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from mobilegym.emulator.phone.apps.clock.store import DEFAULT_RINGTONE, RINGTONES, SILENT, ringtone_title
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import call
from mobilegym.emulator.phone.ui.layout import Column
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem, SectionHeader
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn

__all__ = ["RingtoneActivity", "RingtoneState"]


@dataclass(frozen=True, slots=True)
class RingtoneState:
    uri: str | None


class RingtoneActivity(Activity[RingtoneState]):
    """Extras `uri`, `heading`, and `fallback` with the title of the first entry where that is not the phone's alarm sound.

    The sound marked when it is left is its result, extra `uri`.
    """

    name: ClassVar[str] = "com.android.deskclock.ringtone.RingtonePickerActivity"

    def initial(self) -> RingtoneState:
        return RingtoneState(self.intent.extra("uri"))

    def build(self) -> View:
        chosen = DEFAULT_RINGTONE if self.state.uri is None else self.state.uri
        first = self.intent.text("fallback") or ringtone_title(self.kernel, DEFAULT_RINGTONE)
        sounds = (("Silent", SILENT), (first, DEFAULT_RINGTONE), *RINGTONES)
        items: list[tuple[Any, ...]] = [(title, uri, uri == chosen) for title, uri in sounds]
        return Column(
            AppBar(self.intent.text("heading"), on_up=call(RingtoneActivity.leave)),
            LazyColumn(self, "sounds", items, _row, header=(SectionHeader("Device sounds"),), rid="ringtone_content", weight=1),
            cls=None, width=FILL, height=FILL,
        )  # fmt: skip

    def choose(self, uri: str) -> None:
        """Mark a sound."""
        self.update(uri=uri)

    def leave(self) -> None:
        """Go back with the sound that is marked."""
        changed = self.state.uri != self.intent.extra("uri")
        self.finish(Intent.of(uri=self.state.uri) if changed else None)

    def on_back(self) -> bool:
        self.leave()
        return True


def _row(title: str, uri: str, on: bool) -> View:
    return ListItem(
        title, leading=Icon("bell-off-outline" if uri == SILENT else "bell-outline"), title_rid="ringtone_name", selected=on,
        trailing=Icon("check", color="primary", rid="sound_image_selected") if on else None, on_tap=call(RingtoneActivity.choose, uri),
        title_color="primary" if on else "on_surface",
    )  # fmt: skip
