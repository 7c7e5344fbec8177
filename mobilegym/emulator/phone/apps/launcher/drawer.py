"""The app drawer, its search, and what a long press on an app offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mobilegym.emulator.phone.apps.launcher import store
from mobilegym.emulator.phone.apps.launcher.icons import AppEntry, IconMenu, IconMenuItem, center_of, icon_view
from mobilegym.emulator.phone.apps.launcher.store import COLUMNS, DATABASE, Favorite
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.cow import TOKENS
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Row, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import Divider
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText
from mobilegym.errors import NotFound

__all__ = ["AppDrawer", "HomeState"]

_QUERY: Final = "input"
_LIST: Final = "apps_list_view"
_VERTICAL: Final = frozenset(("up", "down"))


@dataclass(frozen=True)
class HomeState:
    """What the launcher shows."""

    page: int = 0
    drawer: bool = False


class AppDrawer(Activity[HomeState]):
    """All apps, over the home screen that subclasses add."""

    # ------------------------------------------------------------------ opening and closing

    def pull(self, directions: frozenset[str], finger: str) -> None:
        """In the drawer: down at its top closes it."""
        del directions
        if finger == "down":
            self.close_drawer()

    def open_drawer(self) -> None:
        """Show the drawer."""
        self.update(drawer=True)
        # The bars are drawn for what lies below them.
        self.kernel.activities.token = next(TOKENS)

    def close_drawer(self) -> None:
        """Put the drawer away and forget the search."""
        if self.focus:
            self.clear_focus()
        self.fields, self.scroll = {}, {}
        self.update(drawer=False)
        self.kernel.activities.token = next(TOKENS)

    def launch(self, package: str) -> None:
        """Open an app; the drawer closes behind it."""
        self.close_drawer()
        try:
            self.kernel.activities.launch_app(package)
        except NotFound:
            self.toast("App isn’t installed.")

    # ------------------------------------------------------------------ search

    def search(self) -> None:
        """The search bar: the drawer with the keyboard."""
        self.open_drawer()
        self.focus_on(_QUERY)

    def searched(self, text: str) -> None:
        """The query changed: back to the top of the list."""
        del text
        self.scroll = {}

    def first(self, text: str) -> None:
        """The keyboard's search key opens the best match."""
        found = self._matches(text)
        if text.strip() and found:
            self.launch(found[0].package)

    def clear(self) -> None:
        """Empty the query."""
        self.set_field(_QUERY, "")
        self.focus_on(_QUERY)

    def _matches(self, query: str) -> list[AppEntry]:
        """Apps whose name has a word that starts with the query, then those that contain it."""
        wanted = query.strip().casefold()
        scored: list[tuple[int, AppEntry]] = []
        for manifest in self.kernel.packages.launchable():
            names = [n.casefold() for n in (manifest.label, *manifest.aliases)]
            if any(n.startswith(wanted) for n in names):
                scored.append((0, self.entry(manifest.package)))
            elif any(word.startswith(wanted) for n in names for word in n.split()):
                scored.append((1, self.entry(manifest.package)))
            elif any(wanted in n for n in names):
                scored.append((2, self.entry(manifest.package)))
        return [entry for _, entry in sorted(scored, key=lambda pair: pair[0])]

    # ------------------------------------------------------------------ icons

    def hold_app(self, package: str, favorite: int) -> None:
        """A long press on an icon; `favorite` is its row on the home screen, -1 in the drawer."""
        items = [IconMenuItem("App info", "information-outline", Call(AppDrawer.info, (package,)))]
        if favorite >= 0:
            items.append(IconMenuItem("Remove", "close", Call(AppDrawer.remove, (favorite, package))))
        else:
            items.append(IconMenuItem("Add to Home screen", "plus-box-outline", Call(AppDrawer.add, (package,))))
        label = self.kernel.packages.label(package)
        x, y = next(
            (at for box in self.kernel.windows.boxes_of(self) for at in (center_of(box, self.entry(package).said),) if at is not None),
            (self.ui.width // 2, self.ui.height // 2),
        )
        query = self.field(_QUERY)
        self.show(IconMenu(heading=label, items=tuple(items), x=x, y=y))
        self.set_field(_QUERY, query)

    def info(self, package: str) -> None:
        """The app's page in Settings."""
        intent = Intent("android.settings.APPLICATION_DETAILS_SETTINGS", data=f"package:{package}")
        if self.kernel.packages.resolve(intent):
            self.close_drawer()
            self.start(intent)
        else:
            self.toast("App isn’t installed.")

    def add(self, package: str) -> None:
        """Put an icon on the home screen and show it there."""
        info = self.kernel.packages.launcher_activity(package)
        label = self.kernel.packages.label(package)
        favorite = store.add(self.db(DATABASE), package, info.name, label, self.kernel.clock.now_ms)
        self.effect("home_icon.added", "reversible", package=package, screen=favorite.screen, x=favorite.x, y=favorite.y)
        self.close_drawer()
        self.update(page=favorite.screen)

    def remove(self, favorite: int, package: str) -> None:
        """Take an icon off the home screen; the app stays."""
        store.remove(self.db(DATABASE), favorite)
        self.effect("home_icon.removed", "reversible", package=package)
        self.update(page=min(self.state.page, self.pages() - 1))

    def entry(self, package: str) -> AppEntry:
        """An app as its icon shows it now."""
        manifest = self.kernel.packages.manifests[package]
        icon = manifest.icon
        badges = self.kernel.settings.flag("secure", "notification_badging", True)
        dots = len(self.kernel.notifications.active(package)) if badges else 0
        return AppEntry(package, manifest.label, icon.glyph, icon.background, icon.foreground, dots)

    def favorites(self) -> tuple[Favorite, ...]:
        """Icons of the home screen whose app is there."""
        usable = {m.package for m in self.kernel.packages.launchable()}
        return tuple(f for f in store.favorites(self.db(DATABASE)) if f.package in usable)

    def pages(self) -> int:
        """Pages of the home screen."""
        return max((f.screen for f in self.favorites() if not f.hotseat), default=0) + 1

    def _predicted(self) -> list[AppEntry]:
        """Apps used last, filled up with the first of the list."""
        usable = [m.package for m in self.kernel.packages.launchable()]
        recent = [t.package for t in self.kernel.activities.tasks if t.package in usable]
        return [self.entry(p) for p in list(dict.fromkeys([*recent, *usable]))[:COLUMNS]]

    # ------------------------------------------------------------------ views

    def _search_field(self, query: str) -> View:
        field = EditText(
            self,
            _QUERY,
            hint="Search apps",
            ime="search",
            on_change=Call(AppDrawer.searched),
            on_submit=Call(AppDrawer.first),
            rid="input",
            weight=1,
            height=FILL,
            padding=(8, 8),
        )
        return Row(
            Icon("magnify", margin=(16, 0, 0, 0), color="on_surface_variant"),
            field,
            IconButton("close", "Clear text", call(AppDrawer.clear), rid="cancel_button") if query else None,
            rid="search_container_all_apps",
            cls="android.widget.FrameLayout",
            width=FILL,
            height=56,
            radius=28,
            background="surface_container_highest",
            margin=(16, 8),
        )

    def drawer_view(self) -> View:
        """Search field, predicted apps and all apps; or what was found."""
        query = self.field(_QUERY)
        bar = self._search_field(query)
        if query.strip():
            found = [(entry,) for entry in self._matches(query)]
            results: View = (
                LazyColumn(self, _LIST, found, _drawer_icon, columns=COLUMNS, rid="search_results_list_view", weight=1, padding=(12, 8))
                if found
                else Text(
                    "No results", "body_large", color="on_surface_variant", rid="empty_text", text_align="center", width=FILL, padding=32
                )
            )
        else:
            apps = [(self.entry(m.package),) for m in self.kernel.packages.launchable()]
            predicted = Row(
                *[Stack(memo(self.ui, _predicted_icon, e), cls=None, weight=1) for e in self._predicted()], rid="prediction_row", width=FILL
            )
            results = LazyColumn(
                self,
                _LIST,
                apps,
                _drawer_icon,
                columns=COLUMNS,
                header=(predicted, Stack(Divider(), cls=None, padding=(12, 4, 12, 8))),
                footer=48,
                rid=_LIST,
                weight=1,
                padding=(12, 8, 12, 0),
            )
        return Column(
            bar,
            results,
            rid="apps_view",
            cls="android.widget.RelativeLayout",
            width=FILL,
            height=FILL,
            background="surface_container",
            padding=(0, self.ui.status_bar / self.ui.scale, 0, 0),
            on_swipe=Call(AppDrawer.pull, (_VERTICAL,)),
        )


def _drawer_icon(entry: AppEntry) -> View:
    return icon_view(entry, Call(AppDrawer.launch, (entry.package,)), Call(AppDrawer.hold_app, (entry.package, -1)), "on_surface", "icon")


def _predicted_icon(entry: AppEntry) -> View:
    return icon_view(
        entry,
        Call(AppDrawer.launch, (entry.package,)),
        Call(AppDrawer.hold_app, (entry.package, -1)),
        "on_surface",
        "icon",
        desc=f"Predicted app: {entry.label}",
    )
