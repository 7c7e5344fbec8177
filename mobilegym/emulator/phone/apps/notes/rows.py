"""What Markor's main screen is made of: rows of files, the bars at the bottom and the page More."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from mobilegym.emulator.phone.apps.notes.store import NOTEBOOK
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, bind
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import Divider, ListItem
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["Tab", "about_page", "file_row", "paste_bar", "tab_bar", "tab_title"]

Tab: TypeAlias = Literal["files", "todo", "quicknote", "more"]
_TABS: Final[tuple[tuple[Tab, str, str, str], ...]] = (
    ("files", "Files", "folder", "nav_notebook"), ("todo", "To-Do", "checkbox-marked-outline", "nav_todo"),
    ("quicknote", "QuickNote", "lightning-bolt", "nav_quicknote"), ("more", "More", "heart", "nav_more"),
)  # fmt: skip


def tab_title(tab: Tab) -> str:
    """A tab's name, as the bars show it."""
    return next(label for name, label, _, _ in _TABS if name == tab)


def tab_bar(current: Tab, show: Call) -> View:
    """The bar at the bottom; `show` gets the tab that was tapped."""
    tabs = [
        Column(
            Icon(icon, color="primary" if tab == current else "on_surface_variant", size=24),
            Text(label, "label_medium", color="primary" if tab == current else "on_surface_variant", rid="largeLabel"),
            rid=rid,
            cls="android.widget.FrameLayout",
            desc=label,
            selected=tab == current,
            on_tap=bind(show, tab),
            weight=1,
            cross="center",
            main="center",
            height=64,
            gap=2,
        )
        for tab, label, icon, rid in _TABS
    ]
    return Row(*tabs, rid="bottom_navigation_bar", width=FILL, background="surface_container", cls="android.widget.FrameLayout")


def paste_bar(verb: str, count: int, cancel: Call, done: Call) -> View:
    """Above the list while a folder is being picked for what is moved or copied."""
    return Row(
        Text(f"{verb} {count} here?", "body_medium", weight=1),
        IconButton("close", "Cancel", cancel),
        IconButton("check", f"{verb} here", done, rid="ui__filesystem_dialog__button_ok"),
        background="secondary_container", padding=(16, 4), width=FILL,
    )  # fmt: skip


def about_page(host: Host) -> View:
    """The tab More."""
    return ScrollColumn(
        host,
        "more",
        ListItem("Markor 2.11.1", "Text editor for Markdown, todo.txt and more", leading=Icon("information-outline")),
        Divider(),
        ListItem("Notebook", NOTEBOOK, leading=Icon("folder")),
        weight=1,
    )


def file_row(name: str, detail: str, is_dir: bool, selected: bool, on_tap: Call, on_long: Call) -> View:
    """One file or folder."""
    icon = Icon(
        "check-circle" if selected else "folder" if is_dir else "file-document",
        color="primary" if selected else "on_surface_variant",
        rid="opoc_filesystem_item__image",
        size=28,
    )
    return ListItem(
        name,
        detail,
        leading=icon,
        title_rid="opoc_filesystem_item__title",
        subtitle_rid="opoc_filesystem_item__description",
        rid="opoc_filesystem_item__root",
        on_tap=on_tap,
        on_long=on_long,
        selected=selected,
        background="secondary_container" if selected else None,
    )
