"""What the gallery shows: folders and media of the media store, hidden or not, filtered, sorted, searched; and its preferences."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from mobilegym.emulator.phone.apps.shared_prefs import SharedPrefs
from mobilegym.emulator.phone.kernel.providers.media import VIDEO, MediaItem

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.files import FileSystem
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = [
    "ALL", "BIN", "DATABASE", "FAVORITES", "FILTERS", "PACKAGE", "SORTS", "Folder", "all_items", "folder_name", "folders", "gallery_prefs",
    "is_hidden", "long_date", "media_in", "ordered", "parent", "size_text",
]  # fmt: skip

PACKAGE: Final = "org.fossify.gallery"
DATABASE: Final = "gallery.db"
FAVORITES: Final = "favorites"
BIN: Final = "recycle_bin"
ALL: Final = "show_all"
_SPECIAL: Final = {FAVORITES: "Favorites", BIN: "Recycle Bin", ALL: "All folders"}
SORTS: Final = (("name", "Name"), ("path", "Path"), ("size", "Size"), ("modified", "Last modified"), ("taken", "Date taken"))
FILTERS: Final = (("Images", 1), ("Videos", 2), ("GIFs", 4))
"""Label and bit of the filter."""
_KNOWN: Final[dict[int, tuple[MediaItem, ...]]] = {}
_VISIBLE: Final[dict[object, tuple[MediaItem, ...]]] = {}
_FOLDERS: Final[dict[object, tuple[Folder, ...]]] = {}
_KNOWN_LIMIT: Final = 64


class Folder(NamedTuple):
    """An album."""

    path: str
    """`/sdcard/…`, or one of the special keys."""
    name: str
    hidden: bool
    items: tuple[MediaItem, ...]
    """As its own order has them; may be empty for a folder just made."""


def gallery_prefs(kernel: Kernel) -> SharedPrefs:
    """The gallery's preferences."""
    return SharedPrefs(kernel.files, PACKAGE, "Prefs")


def parent(path: str) -> str:
    """Folder of a path."""
    return posixpath.dirname(path)


def folder_name(path: str) -> str:
    """What a folder is called; shared storage itself is `Internal`."""
    return _SPECIAL.get(path) or ("Internal" if path == "/sdcard" else posixpath.basename(path))


def all_items(kernel: Kernel) -> tuple[MediaItem, ...]:
    """All pictures and videos outside the bin, newest first. Read once per state of the media store."""
    token = kernel.content.media.token
    known = _KNOWN.get(token)
    if known is None:
        if len(_KNOWN) >= _KNOWN_LIMIT:
            _KNOWN.clear()
        known = _KNOWN[token] = tuple(kernel.content.media.items())
    return known


def is_hidden(files: FileSystem, path: str) -> bool:
    """Whether a file lies in a folder with a leading dot or with `.nomedia` in it, or has a leading dot itself."""
    if "/." in path:
        return True
    folder = parent(path)
    while folder.startswith("/sdcard"):
        if files.exists(f"{folder}/.nomedia"):
            return True
        folder = parent(folder)
    return False


def _wanted(item: MediaItem, bits: int, mime: str) -> bool:
    bit = 2 if item.media_type == VIDEO else 4 if item.mime == "image/gif" else 1
    if mime and mime != "*/*" and not (item.mime == mime or mime.endswith("/*") and item.mime.startswith(mime[:-1])):
        return False
    return bool(bits & bit)


def _visible(kernel: Kernel, hidden: bool, mime: str = "") -> tuple[MediaItem, ...]:
    """What is shown at all: by the filter, by being hidden, and by the type an app asks for."""
    # Preferences are files, so the files' token stands for them too.
    key = (kernel.content.media.token, kernel.files.token, hidden, mime)
    known = _VISIBLE.get(key)
    if known is None:
        prefs = gallery_prefs(kernel)
        bits, show = prefs.number("filter_media", 7), hidden or prefs.flag("show_hidden_media")
        if len(_VISIBLE) >= _KNOWN_LIMIT:
            _VISIBLE.clear()
        known = _VISIBLE[key] = tuple(
            i for i in all_items(kernel) if _wanted(i, bits, mime) and (show or not is_hidden(kernel.files, i.path))
        )
    return known


def ordered(items: Iterable[MediaItem], key: str, descending: bool) -> tuple[MediaItem, ...]:
    """Sorted by one of `SORTS`; ties by name."""

    def rank(item: MediaItem) -> tuple[int | str, str]:
        value: int | str = {
            "name": item.name.casefold(), "path": item.path.casefold(), "size": item.size,
            "modified": item.modified_ms, "taken": item.taken_ms,
        }[key]  # fmt: skip
        return value, item.name.casefold()

    return tuple(sorted(items, key=rank, reverse=descending))


def _media_order(kernel: Kernel) -> tuple[str, bool]:
    prefs = gallery_prefs(kernel)
    return prefs.text("sort_order", "modified"), prefs.flag("sort_descending", True)


def folders(kernel: Kernel, *, hidden: bool = False, mime: str = "") -> tuple[Folder, ...]:
    """All albums in the order that is set, Favorites first."""
    key = (kernel.content.media.token, kernel.files.token, hidden, mime)
    known = _FOLDERS.get(key)
    if known is None:
        if len(_FOLDERS) >= _KNOWN_LIMIT:
            _FOLDERS.clear()
        known = _FOLDERS[key] = tuple(_folders(kernel, hidden, mime))
    return known


def _folders(kernel: Kernel, hidden: bool, mime: str) -> list[Folder]:
    prefs = gallery_prefs(kernel)
    order = _media_order(kernel)
    grouped: dict[str, list[MediaItem]] = {}
    shown = _visible(kernel, hidden, mime)
    for item in shown:
        grouped.setdefault(parent(item.path), []).append(item)
    found = [
        Folder(path, folder_name(path), is_hidden(kernel.files, f"{path}/-"), ordered(items, *order)) for path, items in grouped.items()
    ]
    made = prefs.text("temp_folder_path")
    if made and made not in grouped and kernel.files.is_dir(made) and not mime:
        found.append(Folder(made, folder_name(made), is_hidden(kernel.files, f"{made}/-"), ()))
    key, descending = prefs.text("directory_sort_order", "modified"), prefs.flag("directory_sort_descending", True)

    def rank(folder: Folder) -> tuple[int | str, str]:
        items = folder.items
        value: int | str = {
            "name": folder.name.casefold(), "path": folder.path.casefold(), "size": sum(i.size for i in items),
            "modified": max((i.modified_ms for i in items), default=0), "taken": max((i.taken_ms for i in items), default=0),
        }[key]  # fmt: skip
        return value, folder.name.casefold()

    found.sort(key=rank, reverse=descending)
    favorites = [i for i in shown if i.favorite]
    if favorites:
        found.insert(0, Folder(FAVORITES, folder_name(FAVORITES), False, ordered(favorites, *order)))
    return found


def media_in(kernel: Kernel, folder: str, *, hidden: bool = False, mime: str = "") -> tuple[MediaItem, ...]:
    """Media of an album or special folder, in the order that is set."""
    order = _media_order(kernel)
    if folder == BIN:
        return ordered(kernel.content.media.items(trashed=True), *order)
    # A hidden folder that was opened shows what it holds.
    inside = hidden or folder.startswith("/") and is_hidden(kernel.files, f"{folder}/-")
    shown = _visible(kernel, inside, mime)
    if folder == FAVORITES:
        return ordered((i for i in shown if i.favorite), *order)
    return ordered((i for i in shown if folder == ALL or parent(i.path) == folder), *order)


def size_text(size: int) -> str:
    """`14.3 kB`, in powers of 1024 as the app writes it."""
    value, unit = float(size), 0
    while value >= 1024 and unit < 3:
        value, unit = value / 1024, unit + 1
    number = f"{value:.1f}".removesuffix(".0")
    return f"{number} {('B', 'kB', 'MB', 'GB')[unit]}"


def long_date(when: datetime, use_24h: bool) -> str:
    """`10.03.2026, 05:12 PM`."""
    clock = f"{when:%H:%M}" if use_24h else f"{when:%I:%M} {when:%p}"
    return f"{when:%d.%m.%Y}, {clock}"
