"""The one activity behind every page of Settings, and what a page is described by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from mobilegym.emulator.device import Namespace, Risk
from mobilegym.emulator.phone.apps.settings import handlers
from mobilegym.emulator.phone.apps.settings.collapse import CollapsingPage
from mobilegym.emulator.phone.apps.settings.prefs import ChoicePref, MainSwitchPref, Pref, SliderPref, SwitchPref, TwoTargetPref
from mobilegym.emulator.phone.apps.settings.rows import Value, pref_row
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Column, Row, Spacer
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.search_view import SearchField
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["LIST", "Page", "PageSpec", "PageState", "Rows", "SubSettings", "ToolbarButton", "Words", "page_items", "value_of"]

LIST: Final = "list"
"""Key of the scroll offset of every page."""


@dataclass(frozen=True, slots=True)
class PageState:
    """Which page it is, and what it remembers of its own."""

    page: str = "home"
    arg: str = ""
    memory: tuple[tuple[str, str], ...] = ()
    """Pairs that matter only while the page is open (a tab, a count of taps)."""
    highlight: str = ""
    """Key of the row that a search led to."""


@dataclass(frozen=True, slots=True)
class ToolbarButton:
    """An icon at the end of the toolbar."""

    icon: str
    desc: str
    run: Call


class Page(Activity[PageState]):
    """What page groups may use of the activity that shows them."""

    def initial(self) -> PageState:
        return PageState(
            page=self.intent.text("page") or "home", arg=self.intent.text("arg"), highlight=self.intent.text(":settings:fragment_args_key")
        )

    @property
    def arg(self) -> str:
        """What the page is about: a package, an SSID, an address."""
        return self.state.arg

    def tables(self) -> Mapping[str, Mapping[str, str]]:
        """The settings tables by namespace."""
        items = self.kernel.settings.items
        return {"system": items("system"), "secure": items("secure"), "global": items("global")}

    def setting(self, namespace: Namespace, key: str, default: str = "") -> str:
        """A setting's value, or the default where it is missing."""
        value = self.kernel.settings.get(namespace, key)
        return default if value is None else value

    def flag(self, namespace: Namespace, key: str, default: bool = False) -> bool:
        """A setting's value as a switch."""
        return self.kernel.settings.flag(namespace, key, default)

    def put(self, namespace: Namespace, key: str, value: str, risk: Risk = "reversible", **data: Any) -> None:
        """Change a setting, with its effect in the journal."""
        self.kernel.settings.put(namespace, key, value)
        self.effect("setting.changed", risk, setting=f"{namespace}/{key}", value=value, **data)

    def memory(self, key: str, default: str = "") -> str:
        """What the page remembers under a key while it is open."""
        return dict(self.state.memory).get(key, default)

    @property
    def query(self) -> str:
        """What is searched for on this page, for comparison with case-folded text."""
        return self.field("query").strip().casefold()

    def remember(self, key: str, value: str) -> None:
        """Remember something while the page is open."""
        self.update(memory=tuple(sorted({**dict(self.state.memory), key: value}.items())))

    def go(self, page: str, arg: str = "", highlight: str = "") -> None:
        """Open another page above this one."""
        extras: dict[str, str] = {"page": page, "arg": arg, ":settings:fragment_args_key": highlight}
        pairs = tuple(sorted((key, value) for key, value in extras.items() if value))
        self.start(Intent(package=self.package, activity=SubSettings.name, extras=pairs))


Rows: TypeAlias = Sequence[Pref] | Callable[[Page], Sequence[Pref]]
Words: TypeAlias = str | Callable[[Page], str]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page: its title and rows, fixed or made for the moment."""

    title: Words
    rows: Rows
    parent: str = ""
    """Page it is reached from: the search shows the way."""
    toolbar: Callable[[Page], Sequence[ToolbarButton]] | None = None
    keywords: str = ""
    """Other words by which the search finds it."""
    search: bool = True
    """False for pages that make no sense without an argument."""
    searchable: bool = False
    """Its own list can be searched: the rows follow `page.query`."""

    def name(self, page: Page) -> str:
        """The title."""
        return self.title if isinstance(self.title, str) else self.title(page)

    def prefs(self, page: Page) -> Sequence[Pref]:
        """The rows at this moment."""
        return self.rows(page) if callable(self.rows) else self.rows


class SubSettings(Page):
    """A page below the homepage."""

    name = "com.android.settings.SubSettings"

    def initial(self) -> PageState:
        from mobilegym.emulator.phone.apps.settings.catalog import page_of

        state = super().initial()
        if state.page != "home":
            return state
        page, arg = page_of(self.intent)
        return PageState(page=page, arg=arg)

    @property
    def spec(self) -> PageSpec:
        """Description of this page."""
        from mobilegym.emulator.phone.apps.settings.catalog import PAGES

        return PAGES[self.state.page]

    def on_create(self) -> None:
        if self.state.highlight:
            self.scroll_to(LIST, self._offset_of(self.state.highlight))

    def build(self) -> View:
        spec = self.spec
        title = spec.name(self)
        buttons = tuple(spec.toolbar(self)) if spec.toolbar is not None else ()
        items = page_items(self, spec.prefs(self), self.state.highlight)
        ui = self.ui
        big, pinned, small = memo(ui, _big_title, title), memo(ui, _toolbar, "", buttons), memo(ui, _toolbar, title, buttons)
        if self.memory("search"):
            big = View(cls=None, width=FILL)
            pinned = small = SearchField(
                self,
                "query",
                f"Search {title.lower()}" if len(title) < 24 else "Search",
                on_back=Call(SubSettings.up),
                back_desc="Collapse",
                field_rid="search_src_text",
                clear_desc="Clear query",
                background="background",
                on_change=Call(SubSettings.typed),
            )
        elif spec.searchable:
            find = ToolbarButton("magnify", "Search", Call(SubSettings.start_search))
            pinned, small = memo(ui, _toolbar, "", (find, *buttons)), memo(ui, _toolbar, title, (find, *buttons))
        return CollapsingPage(self, LIST, desc=title, big=big, pinned=pinned, small=small, items=items, row=_any_row)

    def up(self) -> None:
        """The arrow at the top."""
        if not self.on_back():
            self.finish()

    def on_back(self) -> bool:
        if not self.memory("search"):
            return False
        self.clear_focus()
        self.set_field("query", "")
        self.remember("search", "")
        return True

    def start_search(self) -> None:
        """The magnifying glass in the toolbar."""
        self.remember("search", "1")
        self.scroll_to(LIST, 0)
        self.focus_on("query")

    def typed(self, text: str) -> None:
        """The query changed: the list starts from its top."""
        del text
        self.scroll_to(LIST, 0)

    def _offset_of(self, key: str) -> int:
        """Px to scroll so that a row is in sight below the collapsed bar."""
        ui, y = self.ui, 0
        for fn, args in page_items(self, self.spec.prefs(self), ""):
            if getattr(args[0], "key", "") == key:
                return max(0, y - ui.height // 4)
            y += memo(ui, fn, *args).layout(ui, ui.width, ui.width, 0, 1 << 24).h
        return 0


def page_items(page: Page, prefs: Sequence[Pref], highlight: str) -> tuple[tuple[Callable[..., View], tuple[Any, ...]], ...]:
    """Each preference with the function and arguments that draw it."""
    return tuple(
        [(_marked if highlight and getattr(pref, "key", "") == highlight else pref_row, (pref, value_of(page, pref))) for pref in prefs]
    )


def value_of(page: Page, pref: Pref) -> Value:
    """State of a preference that can be changed."""
    if isinstance(pref, SwitchPref | MainSwitchPref | TwoTargetPref):
        return handlers.switched_on(page, pref)
    if isinstance(pref, ChoicePref):
        return handlers.label_of(page, pref)
    if isinstance(pref, SliderPref):
        return handlers.number(page, pref)
    return None


def _any_row(fn: Callable[..., View], args: tuple[Any, ...]) -> View:
    return fn(*args)


def _marked(pref: Pref, value: Value) -> View:
    return Column(pref_row(pref, value), cls=None, width=FILL, background="secondary_container")


def _big_title(title: str) -> View:
    text = Text(title, "display_small", cls=None, max_lines=2)
    return Column(text, cls=None, width=FILL, min_height=133, main="end", padding=(24, 32, 24, 24))


def _toolbar(title: str, buttons: tuple[ToolbarButton, ...]) -> View:
    return Row(
        IconButton("arrow-left", "Navigate up", Call(SubSettings.up), size=56, color="on_surface"),
        Text(title, "title_large", size=20, max_lines=1, weight=1, padding=(4, 0, 8, 0)) if title else Spacer(),
        *[IconButton(b.icon, b.desc, b.run, cls="android.widget.Button", color="on_surface") for b in buttons],
        cls="android.view.ViewGroup",
        rid="action_bar",
        width=FILL,
        height=56,
        padding=(0, 0, 4, 0),
        background="background",
    )
