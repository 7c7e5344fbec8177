"""The homepage, and the search it opens."""

from __future__ import annotations

from mobilegym.emulator.phone.apps.settings.catalog import search
from mobilegym.emulator.phone.apps.settings.collapse import CollapsingPage
from mobilegym.emulator.phone.apps.settings.page import LIST, Page, PageState
from mobilegym.emulator.phone.apps.settings.pages.home import top_level
from mobilegym.emulator.phone.apps.settings.rows import pref_row
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Row, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.search_view import SearchField
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["SearchPage", "Settings"]

_RECENT = "mobilegym_settings_searches"


class Settings(Page):
    """The homepage."""

    name = "com.android.settings.Settings"

    def initial(self) -> PageState:
        return PageState()

    def build(self) -> View:
        ui = self.ui
        bar = memo(ui, _search_bar)
        return CollapsingPage(
            self,
            LIST,
            desc="Settings",
            big=memo(ui, _title),
            pinned=bar,
            small=bar,
            home=True,
            row=pref_row,
            items=tuple([(pref, None) for pref in top_level(self)]),
        )

    def search(self) -> None:
        """The search bar was touched."""
        self.open(SearchPage)


def _title() -> View:
    return Row(
        Text("Settings", "display_small", rid="homepage_title", weight=1),
        cls=None,
        width=FILL,
        padding=(24, 40, 24, 20),
    )


def _search_bar() -> View:
    bar = Row(
        IconButton("magnify", "", None, size=48, cls="android.widget.ImageButton", color="on_surface"),
        Text(
            "Search settings", "title_medium", font="regular", size=18, color="on_surface_variant", rid="search_action_bar_title", weight=1
        ),
        cls="android.view.ViewGroup",
        rid="search_action_bar",
        width=FILL,
        height=56,
        padding=(8, 0),
        on_tap=call(Settings.search),
    )
    card = Stack(
        bar,
        cls="androidx.cardview.widget.CardView",
        rid="search_bar",
        width=FILL,
        margin=(16, 4, 16, 8),
        radius=28,
        background="surface_container_high",
    )
    return Column(card, cls=None, width=FILL, background="background")


class SearchPage(Page):
    """Search over all pages and rows."""

    name = "com.android.settings.intelligence.search.SearchActivity"

    def initial(self) -> PageState:
        return PageState(page="search")

    def on_create(self) -> None:
        self.focus_on("query")

    def build(self) -> View:
        query = self.field("query")
        bar = SearchField(
            self,
            "query",
            "Search settings",
            on_back=call(SearchPage.leave),
            on_submit=Call(SearchPage.submit),
            on_change=Call(SearchPage.typed),
            back_desc="Navigate up",
            field_rid="android:id/search_src_text",
        )
        return Column(bar, self._results(query), cls="android.widget.LinearLayout", rid="search_panel", width=FILL, height=FILL)

    def _results(self, query: str) -> View:
        if not query.strip():
            recent = [q for q in self.setting("secure", _RECENT).split("\n") if q]
            header = (Text("Recent searches", "title_small", color="on_surface_variant", padding=(24, 16, 24, 8)),) if recent else ()
            items = tuple([(q,) for q in recent])
            return LazyColumn(self, LIST, items, _recent_row, header=header, weight=1, rid="list_results")
        found = search(self, query)
        if not found:
            return Column(EmptyState("magnify", "No results", rid="no_results"), cls=None, width=FILL, weight=1)
        return LazyColumn(self, LIST, tuple([tuple(hit) for hit in found]), _result_row, weight=1, rid="list_results")

    def typed(self, text: str) -> None:
        """Another query: from the top."""
        del text
        self.scroll_to(LIST, 0)

    def submit(self, text: str) -> None:
        """The keyboard's search key: only the keyboard goes."""
        del text
        self.clear_focus()

    def leave(self) -> None:
        """Back to the homepage."""
        self.finish()

    def again(self, query: str) -> None:
        """A recent search."""
        self.set_field("query", query)

    def pick(self, page: str, key: str) -> None:
        """Open what was found."""
        query = self.field("query").strip()
        recent = [query, *[q for q in self.setting("secure", _RECENT).split("\n") if q and q != query]][:5]
        self.kernel.settings.put("secure", _RECENT, "\n".join(recent))
        self.clear_focus()
        self.go(page, highlight=key)


def _result_row(title: str, path: str, page: str, key: str) -> View:
    return Row(
        Icon("cog-outline", rid="android:id/icon"),
        Column(
            Text(title, "title_large", size=18, rid="android:id/title"),
            Text(path, "body_medium", color="on_surface_variant", rid="breadcrumb", max_lines=1) if path else None,
            cls="android.widget.RelativeLayout",
            weight=1,
        ),
        cls="android.widget.LinearLayout",
        gap=24,
        width=FILL,
        min_height=72,
        padding=(24, 10),
        on_tap=call(SearchPage.pick, page, key),
    )


def _recent_row(query: str) -> View:
    return Row(
        Icon("history"),
        Text(query, "body_large", rid="android:id/title", weight=1),
        cls="android.widget.LinearLayout",
        gap=24,
        width=FILL,
        min_height=56,
        padding=(24, 8),
        on_tap=call(SearchPage.again, query),
    )
