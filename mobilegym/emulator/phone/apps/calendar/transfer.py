"""Import of `.ics` files and export to them, in the Download folder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from urllib.parse import unquote

from mobilegym.emulator.phone.apps.calendar.ics import export_text, import_text
from mobilegym.emulator.phone.apps.calendar.model import REGULAR
from mobilegym.emulator.phone.apps.calendar.reminders import plan
from mobilegym.emulator.phone.apps.calendar.store import Store
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.paths import file_name_ok
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.color_picker import COLORS
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton, InputDialog
from mobilegym.errors import NotFound

__all__ = ["FOLDER", "ask_export", "choose_file", "open_file"]

FOLDER: Final = "/sdcard/Download"
_KEY: Final = "export_name"


def choose_file(surface: Activity[Any]) -> None:
    """Offer the `.ics` files of the Download folder for import."""
    files = surface.kernel.files
    names = tuple(name for name in (files.names(FOLDER) if files.exists(FOLDER) else ()) if name.lower().endswith(".ics"))
    if not names:
        surface.toast("No .ics files in Download")
        return
    surface.show(ChoiceDialog(heading="Import events", options=names, radios=False, on_choose=Call(_file_chosen, (names,)),
                              negative=DialogButton("Cancel")))  # fmt: skip


def _file_chosen(surface: Activity[Any], names: tuple[str, ...], index: int) -> None:
    _ask_import(surface, f"{FOLDER}/{names[index]}")


def open_file(surface: Activity[Any], uri: str) -> None:
    """A file was opened with the calendar: `file://` or media content."""
    if uri.startswith("content://"):
        path = _media_path(surface, uri.rsplit("/", 1)[-1])
    else:
        path = unquote(uri.removeprefix("file://"))
    if not path or not surface.kernel.files.exists(path) or surface.kernel.files.is_dir(path):
        surface.toast("The file could not be opened")
        return
    _ask_import(surface, path)


def _media_path(surface: Activity[Any], media_id: str) -> str:
    try:
        return surface.kernel.content.media.get(int(media_id)).path if media_id.isdecimal() else ""
    except NotFound:
        return ""


def _ask_import(surface: Activity[Any], path: str) -> None:
    name = path.rsplit("/", 1)[-1]
    surface.show(AlertDialog(heading="Import events", message=name, positive=DialogButton("OK", Call(_import, (path,))),
                             negative=DialogButton("Cancel")))  # fmt: skip


def _import(surface: Activity[Any], path: str) -> None:
    kernel, store = surface.kernel, Store(surface.kernel)
    found = import_text(kernel.files.read_text(path), store.zone)
    known = {event.import_id for event in store.content().events if event.import_id}
    new = [entry for entry in found if not entry[0].import_id or entry[0].import_id not in known]
    if not new:
        surface.toast("No new entries have been found" if found else "Importing failed")
        return
    for event, category, done in new:
        types = store.types()
        type_id = next((t.id for t in types if t.title.casefold() == category.casefold()), REGULAR)
        if category and type_id == REGULAR and category.casefold() != types[0].title.casefold():
            type_id = store.save_type(0, category, COLORS[len(types) % len(COLORS)][1])
        stored = store.save(replace(event, event_type=type_id))
        if done:
            store.complete(stored.id, stored.start_ts, True)
    plan(kernel)
    surface.effect("events.imported", "reversible", count=len(new), path=path)
    surface.toast("Import successful")


def ask_export(surface: Activity[Any]) -> None:
    """Ask for a file name."""
    now = surface.kernel.clock.now()
    surface.set_field(_KEY, f"events_{now:%Y%m%d_%H%M%S}")
    surface.show(InputDialog(heading="Export events", key=_KEY, label="Filename (without .ics)", message=f"{FOLDER}/",
                             positive=DialogButton("OK", Call(_export)), negative=DialogButton("Cancel")))  # fmt: skip


def _export(surface: Activity[Any], name: str) -> None:
    name = name.strip()
    if not file_name_ok(f"{name}.ics"):
        surface.toast("Invalid name")
        return
    path = f"{FOLDER}/{name.removesuffix('.ics')}.ics"
    if surface.kernel.files.exists(path):
        surface.toast("A file with this name already exists")
        return
    store = Store(surface.kernel)
    content = store.content()
    if not content.events:
        surface.toast("No entries for exporting have been found")
        return
    names = {t.id: t.title for t in content.types}
    text = export_text(content.events, store.zone, names, content.done, surface.kernel.clock.now_ms)
    surface.kernel.files.write_text(path, text)
    surface.effect("events.exported", "reversible", count=len(content.events), path=path)
    surface.toast("Exporting successful")
