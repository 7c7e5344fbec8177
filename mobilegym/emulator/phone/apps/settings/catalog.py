"""All pages by id, the intents that lead to them, and what the search goes through."""

from __future__ import annotations

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

__all__ = [ "PAGES", "Found", "page_of", "search"]

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


def search(page: Page, query: str, limit: int = 30) -> list[Found]:
    """Pages and rows whose words begin with the words of the query; titles before other words."""
    words = _fold(query).split()
    if not words:
        return []
    hits: list[tuple[int, Found]] = []
    seen: set[tuple[str, str]] = set()
    for id, spec in PAGES.items():
        if not spec.search and id != "developer":
            continue
        if id == "developer" and not page.flag("global", "development_settings_enabled"):
            continue
        title, path = spec.name(page), _path(id)
        if (rank := _rank(words, title, f"{spec.keywords} {path}")) is not None:
            hits.append((rank, Found(title, path, id, "")))
            seen.add((title, path))
        below = f"{path} > {title}" if path else title
        for pref in spec.prefs(page):
            if isinstance(pref, HeaderPref | FooterPref | ViewPref):
                continue
            name, key = str(getattr(pref, "title", "")), str(getattr(pref, "key", ""))
            leads = str(getattr(pref, "page", ""))
            if not name or leads in PAGES and PAGES[leads].title == name or ":" in key:
                continue
            rank = _rank(words, name, str(getattr(pref, "summary", "")))
            if rank is not None and (name, below) not in seen:
                seen.add((name, below))
                hits.append((rank + 1, Found(name, below, id, key)))
    return [found for _, found in sorted(hits, key=lambda hit: hit[0])[:limit]]


def _fold(text: str) -> str:
    return text.casefold().replace("\u2011", "-").replace("\u2019", "'").replace("&", " ").replace("-", "")


def _rank(words: list[str], title: str, more: str) -> int | None:
    """0 for all words in the title's beginning, 2 in the title, 6 elsewhere, None for no match."""
    folded, other = _fold(title), _fold(more)
    if folded.startswith(" ".join(words)):
        return 0
    in_title, anywhere = folded.split(), [*folded.split(), *other.split()]
    if all(any(part.startswith(word) for part in in_title) for word in words):
        return 2
    return 6 if all(any(part.startswith(word) for part in anywhere) for word in words) else None


def _path(id: str) -> str:
    names: list[str] = []
    parent = PAGES[id].parent
    while parent:
        names.insert(0, str(PAGES[parent].title))
        parent = PAGES[parent].parent
    return " > ".join(names)
