"""All pages by id, the intents that lead to them, and what the search goes through."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from mobilegym.emulator.phone.apps.settings.actions import ACTIONS, PACKAGE_ACTIONS
from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.pages import (
    about,
    accessibility,
    app_info,
    apps,
    battery,
    connected,
    datetime_page,
    developer,
    display,
    dnd,
    location,
    network,
    notifications,
    permissions,
    reset,
    security,
    sound,
    storage,
    system,
    text_size,
    wallpaper,
    wifi,
)
from mobilegym.emulator.phone.apps.settings.prefs import FooterPref, HeaderPref, ViewPref
from mobilegym.emulator.phone.kernel.intents import Intent

__all__ = ["PAGES", "Found", "page_of", "search"]

_GROUPS: Final = (
    network,
    wifi,
    connected,
    apps,
    app_info,
    permissions,
    notifications,
    battery,
    storage,
    sound,
    dnd,
    display,
    text_size,
    wallpaper,
    accessibility,
    security,
    location,
    system,
    datetime_page,
    about,
    developer,
    reset,
)
PAGES: Final[dict[str, PageSpec]] = {id: spec for group in _GROUPS for id, spec in group.PAGES.items()}
"""Page id → description, in the order in which the search lists them."""


def page_of(intent: Intent) -> tuple[str, str]:
    """Page and argument that an intent from outside asks for."""
    page = PACKAGE_ACTIONS.get(intent.action)
    if page is None:
        return ACTIONS.get(intent.action, "network"), ""
    package = (
        intent.data.partition(":")[2]
        or intent.text("android.provider.extra.APP_PACKAGE")
        or intent.text("android.intent.extra.PACKAGE_NAME")
    )
    channel = intent.text("android.provider.extra.CHANNEL_ID")
    return page, f"{package}/{channel}" if page == "channel" else package


class Found(NamedTuple):
    """A hit of the search."""

    title: str
    path: str
    """Titles of the pages on the way, joined by ` > `."""
    page: str
    key: str
    """Row to point out, empty for the page itself."""


class _Entry(NamedTuple):
    """A page or row as the search sees it: what is shown, and its words, folded."""

    found: Found
    title: str
    words: tuple[str, ...]
    more: tuple[str, ...]
    text: str
    """All of it, to rule most entries out at once."""
    late: int
    """1 for rows, which come after pages of equal rank."""


_INDEX: Final[dict[object, tuple[_Entry, ...]]] = {}
_INDEX_LIMIT: Final = 16


def search(page: Page, query: str, limit: int = 30) -> list[Found]:
    """Pages and rows whose words begin with the words of the query; titles before other words."""
    words = _fold(query).split()
    if not words:
        return []
    # What is listed follows from the phone's state alone, and tokens are unique to a state.
    tokens = page.kernel.tokens()
    key = *tokens[:6], tokens[8]
    index = _INDEX.get(key)
    if index is None:
        if len(_INDEX) >= _INDEX_LIMIT:
            _INDEX.clear()
        index = _INDEX[key] = tuple(_entries(page))
    hits: list[tuple[int, Found]] = []
    seen: set[tuple[str, str]] = set()
    for entry in index:
        rank = _rank(words, entry)
        place = entry.found.title, entry.found.path
        if rank is not None and not (entry.late and place in seen):
            seen.add(place)
            hits.append((rank + entry.late, entry.found))
    return [found for _, found in sorted(hits, key=lambda hit: hit[0])[:limit]]


def _entries(page: Page) -> Iterator[_Entry]:
    for id, spec in PAGES.items():
        if not spec.search and id != "developer":
            continue
        if id == "developer" and not page.flag("global", "development_settings_enabled"):
            continue
        title, path = spec.name(page), _path(id)
        yield _entry(Found(title, path, id, ""), f"{spec.keywords} {path}", 0)
        below = f"{path} > {title}" if path else title
        for pref in spec.prefs(page):
            if isinstance(pref, HeaderPref | FooterPref | ViewPref):
                continue
            name, key = str(getattr(pref, "title", "")), str(getattr(pref, "key", ""))
            leads = str(getattr(pref, "page", ""))
            if name and not (leads in PAGES and PAGES[leads].title == name) and ":" not in key:
                yield _entry(Found(name, below, id, key), str(getattr(pref, "summary", "")), 1)


@lru_cache(maxsize=4096)
def _entry(found: Found, more: str, late: int) -> _Entry:
    title = _fold(found.title)
    rest = _fold(more)
    return _Entry(found, title, tuple(title.split()), tuple(rest.split()), f"{title} {rest}", late)


def _fold(text: str) -> str:
    return text.casefold().replace("\u2011", "-").replace("\u2019", "'").replace("&", " ").replace("-", "")


def _rank(words: list[str], entry: _Entry) -> int | None:
    """0 for all words in the title's beginning, 2 in the title, 6 elsewhere, None for no match."""
    if not all([word in entry.text for word in words]):
        return None
    if entry.title.startswith(" ".join(words)):
        return 0
    if all(any(part.startswith(word) for part in entry.words) for word in words):
        return 2
    return 6 if all(any(part.startswith(word) for part in (*entry.words, *entry.more)) for word in words) else None


def _path(id: str) -> str:
    names: list[str] = []
    parent = PAGES[id].parent
    while parent:
        names.insert(0, str(PAGES[parent].title))
        parent = PAGES[parent].parent
    return " > ".join(names)
