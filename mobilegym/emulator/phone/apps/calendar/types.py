"""Event types: the list of them, and how they are made, changed and deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from mobilegym.emulator.phone.apps.calendar.dialogs import TYPE_KEY, TypeEditor
from mobilegym.emulator.phone.apps.calendar.model import PACKAGE, REGULAR
from mobilegym.emulator.phone.apps.calendar.prefs import change_prefs, numbers_text, prefs_of
from mobilegym.emulator.phone.apps.calendar.reminders import plan
from mobilegym.emulator.phone.apps.calendar.store import Store
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.color_picker import COLORS
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["ManageEventTypesActivity", "TypesState", "edit_type", "store_type"]

_MOVE: Final = "Move affected events into the default event type"
_REMOVE: Final = "Permanently remove affected events"


def edit_type(surface: Activity[Any], type_id: int, then: Call) -> None:
    """Show the editor of a type (0 for a new one); `then` gets id, title and colour."""
    known = Store(surface.kernel).type(type_id) if type_id else None
    surface.set_field(TYPE_KEY, known.title if known else "")
    used = {t.color for t in Store(surface.kernel).types()}
    color = known.color if known else next((argb for _, argb in COLORS if argb not in used), COLORS[0][1])
    surface.show(TypeEditor(then, type_id, color))


def store_type(surface: Activity[Any], type_id: int, title: str, color: int) -> int:
    """Store what the editor gave; returns the type's id, 0 where another type has that title."""
    store = Store(surface.kernel)
    if any(t.title.casefold() == title.casefold() and t.id != type_id for t in store.types()):
        surface.toast("Type with this title already exists")
        return 0
    stored = store.save_type(type_id, title, color)
    surface.effect("event_type.updated" if type_id else "event_type.created", "reversible", id=stored, title=title)
    return stored


@dataclass(frozen=True, slots=True)
class TypesState:
    pass


class ManageEventTypesActivity(Activity[TypesState]):
    """All event types with their colours."""

    name: ClassVar[str] = f"{PACKAGE}.activities.ManageEventTypesActivity"
    depends = frozenset(("databases",))

    def initial(self) -> TypesState:
        return TypesState()

    def build(self) -> View:
        add = IconButton("plus", "Add a new type", call(ManageEventTypesActivity.edit, 0), rid="add_event_type", color="on_surface")
        rows = tuple((t.id, t.title, t.color) for t in Store(self.kernel).types())
        return Column(
            AppBar("Manage event types", on_up=call(ManageEventTypesActivity.finish), actions=[add], rid="manage_event_types_toolbar"),
            LazyColumn(self, "types", rows, _row, rid="manage_event_types_list", weight=1), cls=None, width=FILL, height=FILL,
        )  # fmt: skip

    def edit(self, type_id: int) -> None:
        """The editor of a type."""
        edit_type(self, type_id, Call(ManageEventTypesActivity.edited))

    def edited(self, type_id: int, title: str, color: int) -> None:
        """OK of the editor."""
        store_type(self, type_id, title, color)

    def menu(self, type_id: int) -> None:
        """The three dots of a row."""
        self.show(
            Menu(
                items=(
                    MenuItem("Edit", call(ManageEventTypesActivity.edit, type_id)),
                    MenuItem("Delete", call(ManageEventTypesActivity.ask_delete, type_id)),
                )
            )
        )

    def ask_delete(self, type_id: int) -> None:
        """What is to become of the events."""
        if type_id == REGULAR:
            self.toast("Default event type cannot be deleted")
            return
        run = Call(ManageEventTypesActivity.delete, (type_id,))
        if any(event.event_type == type_id for event in Store(self.kernel).content().events):
            self.show(ChoiceDialog(options=(_MOVE, _REMOVE), chosen=0, positive=DialogButton("OK", run), negative=DialogButton("Cancel")))
        else:
            run = call(ManageEventTypesActivity.delete, type_id, 0)
            self.show(AlertDialog(message="Are you sure you want to proceed with the deletion?", positive=DialogButton("Yes", run),
                                  negative=DialogButton("No")))  # fmt: skip

    def delete(self, type_id: int, choice: int) -> None:
        """Delete a type; with choice 1 its events too."""
        title = Store(self.kernel).type(type_id).title
        count = Store(self.kernel).delete_type(type_id, choice == 1)
        prefs = prefs_of(self.kernel)
        change_prefs(self.kernel, hidden_event_types=numbers_text(prefs.hidden - {type_id}),
                     quick_filter_event_types=numbers_text(prefs.quick - {type_id}))  # fmt: skip
        plan(self.kernel)
        self.effect("event_type.deleted", "irreversible", id=type_id, title=title, events=count, events_deleted=choice == 1)


def _row(type_id: int, title: str, color: int) -> View:
    return Row(
        View(
            cls="android.widget.ImageView", rid="event_type_color", width=28, height=28, radius=14, background=color, margin=(0, 0, 16, 0)
        ),
        Text(title, "body_large", rid="event_item_title", weight=1, max_lines=2),
        IconButton("dots-vertical", "More options", call(ManageEventTypesActivity.menu, type_id), rid="overflow_menu_icon"),
        cls="android.view.ViewGroup",
        rid="event_item_frame",
        on_tap=call(ManageEventTypesActivity.edit, type_id),
        width=FILL,
        min_height=56,
        padding=(20, 4, 4, 4),
    )
