"""The home screen and the app drawer over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.launcher import store
from mobilegym.emulator.phone.apps.launcher.icons import AppEntry, IconMenu, IconMenuItem, center_of, icon_view
from mobilegym.emulator.phone.apps.launcher.personal import HomeSettings, WallpaperPicker
from mobilegym.emulator.phone.apps.launcher.store import COLUMNS, DATABASE, ROWS, Favorite
from mobilegym.emulator.phone.apps.systemui.wallpaper import ink
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.cow import TOKENS
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.surface import Depends
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.view import FILL, View, memo
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import Divider
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText
from mobilegym.errors import NotFound

__all__ = ["HomeState", "Launcher"]

_QUERY: Final = "input"
_LIST: Final = "apps_list_view"
_VERTICAL: Final = frozenset(("up", "down"))


@dataclass(frozen=True)
class HomeState:
    """What the launcher shows."""

    page: int = 0
    drawer: bool = False


class Launcher(Activity[HomeState]):
    """Home screen pages, hotseat and search bar; a swipe up opens the drawer with all apps."""

    name = "com.google.android.apps.nexuslauncher.NexusLauncherActivity"
    edge_to_edge = True
    background = "transparent"
    depends: ClassVar[frozenset[Depends]] = frozenset(("databases", "settings", "notifications", "packages", "activities", "minute"))

    def initial(self) -> HomeState:
        return HomeState()

    @property
    def light_bars(self) -> bool:  # type: ignore[override]
        """Bars lie over the wallpaper, unless the drawer is open."""
        return not self.state.drawer

    def build(self) -> View:
        home = self._home()
        layers: list[Kid] = [home]
        if self.state.drawer:
            layers = [self._drawer()]
        return Stack(
            Stack(*layers, rid="drag_layer", width=FILL, height=FILL), rid="launcher", width=FILL, height=FILL,
        )  # fmt: skip

    # ------------------------------------------------------------------ moving about

    def on_new_intent(self, intent: Intent) -> None:
        super().on_new_intent(intent)
        self.overlays = ()
        self._close()
        self.update(page=0)

    def on_back(self) -> bool:
        if self.state.drawer:
            self._close()
            return True
        if self.state.page:
            self.update(page=0)
        return True

    def swipe(self, directions: frozenset[str], finger: str) -> None:
        """Over the home screen: up to the drawer, down to the shade, sideways to the next page."""
        del directions
        if finger == "up":
            self._open()
        elif finger == "down":
            self.kernel.set_shell(shade="notifications")
        else:
            last = self._pages() - 1
            self.update(page=min(max(0, self.state.page + (1 if finger == "left" else -1)), last))

    def pull(self, directions: frozenset[str], finger: str) -> None:
        """In the drawer: down at its top closes it."""
        del directions
        if finger == "down":
            self._close()

    def _open(self) -> None:
        self.update(drawer=True)
        # The bars are drawn for what lies below them.
        self.kernel.activities.token = next(TOKENS)

    def _close(self) -> None:
        if self.focus:
            self.clear_focus()
        self.fields, self.scroll = {}, {}
        self.update(drawer=False)
        self.kernel.activities.token = next(TOKENS)

    def search(self) -> None:
        """The search bar: the drawer with the keyboard."""
        self._open()
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

    def launch(self, package: str) -> None:
        """Open an app; the drawer closes behind it."""
        self._close()
        try:
            self.kernel.activities.launch_app(package)
        except NotFound:
            self.toast("App isn’t installed.")

    def calendar(self) -> None:
        """The date leads to the calendar."""
        try:
            self.launch(self.kernel.packages.find("Calendar"))
        except NotFound:
            self.toast("App isn’t installed.")

    # ------------------------------------------------------------------ menus

    def hold_home(self) -> None:
        """A long press beside the icons."""
        items = (
            IconMenuItem("Wallpaper & style", "palette-outline", call(Launcher.wallpaper)),
            IconMenuItem("Home settings", "cog-outline", call(Launcher.home_settings)),
        )
        self.show(IconMenu(heading="Home", items=items, x=self.ui.width // 2, y=self.ui.height // 2))

    def hold_app(self, package: str, favorite: int) -> None:
        """A long press on an icon; `favorite` is its row on the home screen, -1 in the drawer."""
        items = [IconMenuItem("App info", "information-outline", Call(Launcher.info, (package,)))]
        if favorite >= 0:
            items.append(IconMenuItem("Remove", "close", Call(Launcher.remove, (favorite, package))))
        else:
            items.append(IconMenuItem("Add to Home screen", "plus-box-outline", Call(Launcher.add, (package,))))
        label = self.kernel.packages.label(package)
        x, y = next(
            (at for box in self.kernel.windows.boxes_of(self) for at in (center_of(box, self._entry(package).said),) if at is not None),
            (self.ui.width // 2, self.ui.height // 2),
        )
        query = self.field(_QUERY)
        self.show(IconMenu(heading=label, items=tuple(items), x=x, y=y))
        self.set_field(_QUERY, query)

    def info(self, package: str) -> None:
        """The app's page in Settings."""
        intent = Intent("android.settings.APPLICATION_DETAILS_SETTINGS", data=f"package:{package}")
        if self.kernel.packages.resolve(intent):
            self._close()
            self.start(intent)
        else:
            self.toast("App isn’t installed.")

    def add(self, package: str) -> None:
        """Put an icon on the home screen and show it there."""
        info = self.kernel.packages.launcher_activity(package)
        label = self.kernel.packages.label(package)
        favorite = store.add(self.db(DATABASE), package, info.cls.name, label, self.kernel.clock.now_ms)
        self.effect("home_icon.added", "reversible", package=package, screen=favorite.screen, x=favorite.x, y=favorite.y)
        self._close()
        self.update(page=favorite.screen)

    def remove(self, favorite: int, package: str) -> None:
        """Take an icon off the home screen; the app stays."""
        store.remove(self.db(DATABASE), favorite)
        self.effect("home_icon.removed", "reversible", package=package)
        self.update(page=min(self.state.page, self._pages() - 1))

    def wallpaper(self) -> None:
        """Wallpaper & style."""
        self.open(WallpaperPicker)

    def home_settings(self) -> None:
        """Home settings."""
        self.open(HomeSettings)

    # ------------------------------------------------------------------ data

    def _entry(self, package: str) -> AppEntry:
        manifest = self.kernel.packages.manifests[package]
        icon = manifest.icon
        badges = self.kernel.settings.flag("secure", "notification_badging", True)
        dots = len(self.kernel.notifications.active(package)) if badges else 0
        return AppEntry(package, manifest.label, icon.glyph, icon.background, icon.foreground, dots)

    def _matches(self, query: str) -> list[AppEntry]:
        """Apps whose name has a word that starts with the query, then those that contain it."""
        wanted = query.strip().casefold()
        scored: list[tuple[int, AppEntry]] = []
        for manifest in self.kernel.packages.launchable():
            names = [n.casefold() for n in (manifest.label, *manifest.aliases)]
            if any(n.startswith(wanted) for n in names):
                scored.append((0, self._entry(manifest.package)))
            elif any(word.startswith(wanted) for n in names for word in n.split()):
                scored.append((1, self._entry(manifest.package)))
            elif any(wanted in n for n in names):
                scored.append((2, self._entry(manifest.package)))
        return [entry for _, entry in sorted(scored, key=lambda pair: pair[0])]

    def _favorites(self) -> tuple[Favorite, ...]:
        usable = {m.package for m in self.kernel.packages.launchable()}
        return tuple(f for f in store.favorites(self.db(DATABASE)) if f.package in usable)

    def _pages(self) -> int:
        return max((f.screen for f in self._favorites() if not f.hotseat), default=0) + 1

    def _predicted(self) -> list[AppEntry]:
        """Apps used last, filled up with the first of the list."""
        usable = [m.package for m in self.kernel.packages.launchable()]
        recent = [t.package for t in self.kernel.activities.tasks if t.package in usable]
        return [self._entry(p) for p in list(dict.fromkeys([*recent, *usable]))[:COLUMNS]]

    # ------------------------------------------------------------------ the home screen

    def _home(self) -> View:
        favorites, ui = self._favorites(), self.ui
        page = min(self.state.page, self._pages() - 1)
        cells = {(f.x, f.y): f for f in favorites if not f.hotseat and f.screen == page}
        rows = [
            Row(*[self._cell(cells.get((x, y))) for x in range(COLUMNS)], cls=None, width=FILL, weight=1, gap=16) for y in range(ROWS)
        ]  # fmt: skip
        now = self.kernel.clock.now()
        glance = Column(
            Text(f"{now:%a, %b} {now.day}", "title_large", color=ink(self.kernel), rid="date", desc=f"{now:%a, %b} {now.day}",
                on_tap=call(Launcher.calendar)),
            rid="smartspace_card_pager", cls="androidx.viewpager.widget.ViewPager", desc="At a glance", width=FILL, height=104,
            padding=(16, 26, 0, 0),
        )  # fmt: skip
        workspace = Column(
            glance if page == 0 else View(cls=None, height=104), *rows, rid="workspace", cls="android.widget.ScrollView", width=FILL,
            weight=1,
            padding=(22, ui.status_bar / ui.scale + 12, 22, 8), on_long=call(Launcher.hold_home), desc="Home",
        )  # fmt: skip
        hotseat = {f.screen: f for f in favorites if f.hotseat}
        dock = Row(
            *[self._cell(hotseat.get(i), dock=True) for i in range(store.HOTSEAT_CELLS)], rid="hotseat", cls="android.view.ViewGroup",
            width=FILL,
            gap=16, padding=(22, 0),
        )  # fmt: skip
        return Column(
            workspace, memo(ui, _page_dots, page, self._pages()), dock, memo(ui, _search_bar),
            View(cls=None, height=14 + ui.navigation_bar / ui.scale), cls=None, width=FILL, height=FILL,
            on_swipe=Call(Launcher.swipe, (frozenset(("up", "down", "left", "right")),)),
        )  # fmt: skip

    def _cell(self, favorite: Favorite | None, *, dock: bool = False) -> View:
        if favorite is None:
            return Spacer()
        icon = memo(self.ui, _home_icon, self._entry(favorite.package), favorite.id, not dock)
        return Stack(icon, cls=None, weight=1)

    # ------------------------------------------------------------------ the drawer

    def _drawer(self) -> View:
        query = self.field(_QUERY)
        field = EditText(
            self, _QUERY, hint="Search apps", ime="search", on_change=Call(Launcher.searched), on_submit=Call(Launcher.first), rid="input",
            weight=1, height=FILL, padding=(8, 8),
        )  # fmt: skip
        bar = Row(
            Icon("magnify", margin=(16, 0, 0, 0), color="on_surface_variant"), field,
            IconButton("close", "Clear text", call(Launcher.clear), rid="cancel_button") if query else None,
            rid="search_container_all_apps", cls="android.widget.FrameLayout", width=FILL, height=56, radius=28,
            background="surface_container_highest", margin=(16, 8),
        )  # fmt: skip
        if query.strip():
            found = [(entry,) for entry in self._matches(query)]
            results: View = LazyColumn(
                self, _LIST, found, _drawer_icon, columns=COLUMNS, rid="search_results_list_view", weight=1, padding=(12, 8)
            ) if found else Text("No results", "body_large", color="on_surface_variant", rid="empty_text", text_align="center", width=FILL,
            padding=32)  # fmt: skip
        else:
            apps = [(self._entry(m.package),) for m in self.kernel.packages.launchable()]
            predicted = Row(*[Stack(memo(self.ui, _predicted_icon, e), cls=None, weight=1) for e in self._predicted()],
                rid="prediction_row", width=FILL)
            results = LazyColumn(
                self, _LIST, apps, _drawer_icon, columns=COLUMNS, header=(predicted, Stack(Divider(), cls=None, padding=(12, 4, 12, 8))),
                footer=48,
                rid=_LIST, weight=1, padding=(12, 8, 12, 0),
            )  # fmt: skip
        return Column(
            bar, results, rid="apps_view", cls="android.widget.RelativeLayout", width=FILL, height=FILL, background="surface_container",
            padding=(0, self.ui.status_bar / self.ui.scale, 0, 0), on_swipe=Call(Launcher.pull, (_VERTICAL,)),
        )  # fmt: skip


def _home_icon(entry: AppEntry, favorite: int, label: bool) -> View:
    return icon_view(entry, Call(Launcher.launch, (entry.package,)), Call(Launcher.hold_app, (entry.package, favorite)), "white",
        label=label)


def _drawer_icon(entry: AppEntry) -> View:
    return icon_view(entry, Call(Launcher.launch, (entry.package,)), Call(Launcher.hold_app, (entry.package, -1)), "on_surface", "icon")


def _predicted_icon(entry: AppEntry) -> View:
    return icon_view(
        entry, Call(Launcher.launch, (entry.package,)), Call(Launcher.hold_app, (entry.package, -1)), "on_surface", "icon",
        desc=f"Predicted app: {entry.label}",
    )  # fmt: skip


def _page_dots(page: int, pages: int) -> View:
    dots = [View(cls=None, width=7, height=7, radius=4, background="white" if i == page else 0x80FFFFFF) for i in range(pages)]
    return Row(*dots, gap=6, rid="page_indicator", cls="android.view.View", main="center", width=FILL, height=24,
        desc=f"Page {page + 1} of {pages}")


def _search_bar() -> View:
    return Row(
        Icon("magnify", size=24, color="on_surface", margin=(18, 0, 0, 0)),
        Text("Search apps", "body_large", color="on_surface_variant", cls=None),
        gap=12, rid="search_container_hotseat", cls="android.widget.FrameLayout", desc="Search", on_tap=call(Launcher.search), width=FILL,
        height=58,
        radius=29, background="surface_container_high", margin=(28, 18, 28, 0),
    )  # fmt: skip
