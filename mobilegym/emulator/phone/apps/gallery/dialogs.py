"""Dialogs of the gallery: order, properties."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mobilegym.emulator.phone.apps.gallery.store import SORTS
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import OverlayCall, overlay_call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, dialog_frame
from mobilegym.emulator.phone.ui.widgets.list_item import Divider
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.toggle import Radio

__all__ = ["PropertiesDialog", "SortDialog"]


@dataclass(frozen=True)
class SortDialog(AlertDialog):
    """Key and direction; the positive button's `run` gets both."""

    key: str = "modified"
    descending: bool = True

    def build(self, host: Host) -> View:
        keys = [_radio(label, key == self.key, overlay_call(_by, key)) for key, label in SORTS]
        ways = [
            _radio(label, down == self.descending, overlay_call(_way, down)) for label, down in (("Ascending", False), ("Descending", True))
        ]
        body = ScrollColumn(
            host, "dialog_list", *keys, Divider(), *ways,
            rid="sorting_dialog_holder", height=None, weight=1, loose=True, margin=(0, 12, 0, 0),
        )  # fmt: skip
        return dialog_frame(self.heading, body, self.buttons(self.key, self.descending))


def _by(dialog: SortDialog, key: str) -> SortDialog:
    return replace(dialog, key=key)


def _way(dialog: SortDialog, descending: bool) -> SortDialog:
    return replace(dialog, descending=descending)


def _radio(label: str, chosen: bool, tap: OverlayCall) -> View:
    return Row(
        Radio(chosen, cls=None), Text(label, "body_large", cls=None, weight=1), gap=8, cls="android.widget.RadioButton", label=label,
        on_tap=tap, checkable=True, checked=chosen, width=FILL, min_height=48, padding=(16, 4, 24, 4),
    )  # fmt: skip


@dataclass(frozen=True)
class PropertiesDialog(AlertDialog):
    """Labels and values."""

    facts: tuple[tuple[str, str], ...] = ()

    def build(self, host: Host) -> View:
        rows = [
            Column(
                Text(label, "body_small", color="on_surface_variant", rid="property_label"),
                Text(value, "body_large", rid="property_value"),
                cls="android.widget.LinearLayout", rid="property_holder", width=FILL, padding=(24, 6),
            )
            for label, value in self.facts
        ]  # fmt: skip
        body = ScrollColumn(host, "dialog_list", *rows, rid="properties_holder", height=None, weight=1, loose=True, margin=(0, 12, 0, 0))
        return dialog_frame(self.heading, body, self.buttons())
