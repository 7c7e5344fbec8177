"""The home screen."""

from __future__ import annotations

from typing import ClassVar

from mobilegym.emulator.phone.apps.launcher import store
from mobilegym.emulator.phone.apps.launcher.drawer import AppDrawer, HomeState
from mobilegym.emulator.phone.apps.launcher.icons import AppEntry, IconMenu, IconMenuItem, icon_view
from mobilegym.emulator.phone.apps.launcher.personal import HomeSettings, WallpaperPicker
from mobilegym.emulator.phone.apps.launcher.store import COLUMNS, ROWS, Favorite
from mobilegym.emulator.phone.apps.systemui.wallpaper import ink
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.surface import Depends
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.errors import NotFound

__all__ = ["Launcher"]


class Launcher(AppDrawer):
    """Home screen pages, hotseat and search bar; a swipe up opens the drawer with all apps."""

    name = "com.google.android.apps.nexuslauncher.NexusLauncherActivity"
    edge_to_edge = True
    background = "transparent"
    upright = True
    depends: ClassVar[frozenset[Depends]] = frozenset(("settings", "notifications", "packages", "minute"))

    def watch(self) -> object:
        # The icons lie in the launcher's own database; what was used last matters to the drawer alone.
        recent = tuple([t.package for t in self.kernel.activities.tasks]) if self.state.drawer else ()
        return self.db(store.DATABASE).token, recent

    def initial(self) -> HomeState:
        return HomeState()

    @property
    def light_bars(self) -> bool:  # type: ignore[override]
        """Bars lie over the wallpaper, unless the drawer is open."""
        return not self.state.drawer

    def build(self) -> View:
        content = self.drawer_view() if self.state.drawer else self._home()
        return Stack(
            Stack(content, rid="drag_layer", width=FILL, height=FILL),
            rid="launcher",
            width=FILL,
            height=FILL,
        )

    # ------------------------------------------------------------------ moving about

    def on_new_intent(self, intent: Intent) -> None:
        super().on_new_intent(intent)
        self.overlays = ()
        self.close_drawer()
        self.update(page=0)

    def on_back(self) -> bool:
        if self.state.drawer:
            self.close_drawer()
            return True
        if self.state.page:
            self.update(page=0)
        return True

    def swipe(self, directions: frozenset[str], finger: str) -> None:
        """Over the home screen: up to the drawer, down to the shade, sideways to the next page."""
        del directions
        if finger == "up":
            self.open_drawer()
        elif finger == "down":
            self.kernel.shell.set(shade="notifications")
        else:
            last = self.pages() - 1
            self.update(page=min(max(0, self.state.page + (1 if finger == "left" else -1)), last))

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

    def wallpaper(self) -> None:
        """Wallpaper & style."""
        self.open(WallpaperPicker)

    def home_settings(self) -> None:
        """Home settings."""
        self.open(HomeSettings)

    # ------------------------------------------------------------------ the home screen

    def _home(self) -> View:
        favorites, ui = self.favorites(), self.ui
        pages = max((f.screen for f in favorites if not f.hotseat), default=0) + 1
        page = min(self.state.page, pages - 1)
        cells = {(f.x, f.y): f for f in favorites if not f.hotseat and f.screen == page}
        rows = [Row(*[self._cell(cells.get((x, y))) for x in range(COLUMNS)], cls=None, width=FILL, weight=1, gap=16) for y in range(ROWS)]
        now = self.kernel.clock.now()
        glance = Column(
            Text(
                f"{now:%a, %b} {now.day}",
                "title_large",
                color=ink(self.kernel),
                rid="date",
                desc=f"{now:%a, %b} {now.day}",
                on_tap=call(Launcher.calendar),
            ),
            rid="smartspace_card_pager",
            cls="androidx.viewpager.widget.ViewPager",
            desc="At a glance",
            width=FILL,
            height=104,
            padding=(16, 26, 0, 0),
        )
        workspace = Column(
            glance if page == 0 else View(cls=None, height=104),
            *rows,
            rid="workspace",
            cls="android.widget.ScrollView",
            width=FILL,
            weight=1,
            padding=(22, ui.status_bar / ui.scale + 12, 22, 8),
            on_long=call(Launcher.hold_home),
            desc="Home",
        )
        hotseat = {f.screen: f for f in favorites if f.hotseat}
        dock = Row(
            *[self._cell(hotseat.get(i), dock=True) for i in range(store.HOTSEAT_CELLS)],
            rid="hotseat",
            cls="android.view.ViewGroup",
            width=FILL,
            gap=16,
            padding=(22, 0),
        )
        return Column(
            workspace,
            memo(ui, _page_dots, page, pages),
            dock,
            memo(ui, _search_bar),
            View(cls=None, height=14 + ui.navigation_bar / ui.scale),
            cls=None,
            width=FILL,
            height=FILL,
            on_swipe=Call(Launcher.swipe, (frozenset(("up", "down", "left", "right")),)),
        )

    def _cell(self, favorite: Favorite | None, *, dock: bool = False) -> View:
        if favorite is None:
            return Spacer()
        icon = memo(self.ui, _home_icon, self.entry(favorite.package), favorite.id, not dock)
        return Stack(icon, cls=None, weight=1)


def _home_icon(entry: AppEntry, favorite: int, label: bool) -> View:
    return icon_view(
        entry, Call(Launcher.launch, (entry.package,)), Call(Launcher.hold_app, (entry.package, favorite)), "white", label=label
    )


def _page_dots(page: int, pages: int) -> View:
    dots = [View(cls=None, width=7, height=7, radius=4, background="white" if i == page else 0x80FFFFFF) for i in range(pages)]
    return Row(
        *dots,
        gap=6,
        rid="page_indicator",
        cls="android.view.View",
        main="center",
        width=FILL,
        height=24,
        desc=f"Page {page + 1} of {pages}",
    )


def _search_bar() -> View:
    return Row(
        Icon("magnify", size=24, color="on_surface", margin=(18, 0, 0, 0)),
        Text("Search apps", "body_large", color="on_surface_variant", cls=None),
        gap=12,
        rid="search_container_hotseat",
        cls="android.widget.FrameLayout",
        desc="Search",
        on_tap=call(Launcher.search),
        width=FILL,
        height=58,
        radius=29,
        background="surface_container_high",
        margin=(28, 18, 28, 0),
    )
