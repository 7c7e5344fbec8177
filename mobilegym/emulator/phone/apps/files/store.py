"""What DocumentsUI lists: roots, folders, media by kind, recent files; sorted, filtered, searched."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from mobilegym.emulator.device import FileStat
from mobilegym.emulator.phone.apps.media_files import file_size
from mobilegym.emulator.phone.kernel.providers.media_types import mime_of

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = [
    "FILTERS", "HOME_FOLDER", "PACKAGE", "ROOTS", "SORTS", "BrowserState", "Entry", "Root", "free_text", "glyph", "listing", "matches_mime",
    "name_of", "pretty_type", "root_label", "short_time", "sort_entries", "sort_for",
]  # fmt: skip

PACKAGE: Final = "com.google.android.documentsui"
HOME_FOLDER: Final = "/sdcard"
_STORAGE_BYTES: Final = 128_000_000_000
_SYSTEM_BYTES: Final = 15_800_000_000
_RECENT_MS: Final = 45 * 86_400_000
_RECENT_LIMIT: Final = 64
_WEEK_MS: Final = 7 * 86_400_000
_LARGE_BYTES: Final = 10_000_000
_LISTED: Final[dict[object, tuple[Entry, ...]]] = {}
"""Lists by the files' token and all else that they follow from; phones share them."""
_LISTED_LIMIT: Final = 64


class Root(NamedTuple):
    """A row of the roots drawer."""

    key: str
    label: str
    icon: str
    folder: str = ""
    """Where it begins; empty for what is gathered from everywhere."""
    kind: str = ""
    """Gathers files of this kind by folder."""


ROOTS: Final = {
    root.key: root
    for root in (
        Root("recent", "Recent", "clock-outline"),
        Root("images", "Images", "image", kind="images"),
        Root("videos", "Videos", "movie", kind="videos"),
        Root("audio", "Audio", "music-note", kind="audio"),
        Root("documents", "Documents", "file-document", kind="documents"),
        Root("downloads", "Downloads", "download", f"{HOME_FOLDER}/Download"),
        Root("device", "", "cellphone", HOME_FOLDER),
    )
}
"""Roots by key, in the order of the drawer. The device's own carries the phone's model as its label."""

FILTERS: Final = (("images", "Images"), ("audio", "Audio"), ("videos", "Videos"), ("documents", "Documents"), ("large", "Large files"),
                  ("week", "This week"))  # fmt: skip
SORTS: Final = (
    ("name", False, "File name (A to Z)"), ("name", True, "File name (Z to A)"), ("type", False, "Type (A to Z)"),
    ("type", True, "Type (Z to A)"), ("size", False, "Size (smallest first)"), ("size", True, "Size (largest first)"),
    ("date", False, "Modified (oldest first)"), ("date", True, "Modified (newest first)"),
)  # fmt: skip
"""Key, whether it is reversed, label in the sort dialog."""


class Entry(NamedTuple):
    """A file or folder in a list."""

    path: str
    name: str
    is_dir: bool
    size: int
    modified_ms: int
    mime: str


@dataclass(frozen=True, slots=True)
class BrowserState:
    root: str = "downloads"
    stack: tuple[str, ...] = ()
    """Folders entered below the root, outermost first."""
    sort: int = -1
    """Index of `SORTS`, or -1 for the place's own order."""
    selected: frozenset[str] = frozenset()
    searching: bool = False
    filters: frozenset[str] = frozenset()


def name_of(path: str) -> str:
    """Last part of a path."""
    return posixpath.basename(path)


def root_label(kernel: Kernel, key: str) -> str:
    """Label of a root; the device's is its model."""
    return ROOTS[key].label or kernel.config.model


def free_text(kernel: Kernel) -> str:
    """`112 GB free`."""
    return f"{file_size(_STORAGE_BYTES - _SYSTEM_BYTES - kernel.files.used_bytes())} free"


def _entry(stat: FileStat) -> Entry:
    name = name_of(stat.path)
    return Entry(stat.path, name, stat.is_dir, stat.size, stat.modified_ms, "" if stat.is_dir else mime_of(name))


def _kind(entry: Entry) -> str:
    mime = entry.mime
    if mime.startswith("image/"):
        return "images"
    if mime.startswith("video/"):
        return "videos"
    if mime.startswith("audio/"):
        return "audio"
    text = mime.startswith("text/") or "pdf" in mime or "officedocument" in mime or mime.startswith("application/ms") or "epub" in mime
    return "documents" if text or mime == "application/json" else ""


def _hidden(path: str) -> bool:
    return "/." in path or path.startswith(f"{HOME_FOLDER}/Android/")


def _everything(kernel: Kernel, folder: str, hidden: bool) -> list[Entry]:
    if not kernel.files.is_dir(folder):
        return []
    return [_entry(s) for s in kernel.files.walk(folder) if hidden or not _hidden(s.path)]


def listing(
    kernel: Kernel, root: str, folder: str, *, hidden: bool = False, search: str | None = None, filters: frozenset[str] = frozenset()
) -> tuple[Entry, ...]:
    """What a place shows, in no order.

    Args:
        kernel: The phone.
        root: Key of the root.
        folder: Folder within it, or empty for the root itself.
        hidden: Whether names with a leading dot are shown.
        search: Text to look for in names, below the whole root; None shows the place itself.
        filters: Keys of `FILTERS` that are on; with any, the files below the whole root that one of them fits.
    """
    minute = kernel.clock.now_ms // 60_000 if root == "recent" or filters else 0
    key = (kernel.files.token, kernel.config.model, root, folder, hidden, search, filters, minute)
    known = _LISTED.get(key)
    if known is None:
        if len(_LISTED) >= _LISTED_LIMIT:
            _LISTED.clear()
        known = _LISTED[key] = tuple(_listing(kernel, root, folder, hidden, search, filters))
    return known


def _listing(kernel: Kernel, root: str, folder: str, hidden: bool, search: str | None, filters: frozenset[str]) -> list[Entry]:
    place = ROOTS[root]
    if search is not None or filters:
        found = _gathered(kernel, place, hidden) if not place.folder else _everything(kernel, place.folder, hidden)
        wanted = (search or "").casefold().strip()
        if search is not None and not wanted and not filters:
            return []
        now = kernel.clock.now_ms
        return [e for e in found if wanted in e.name.casefold() and (not filters or not e.is_dir and _fits(e, filters, now))]
    if place.key == "recent":
        return _gathered(kernel, place, hidden)
    if place.kind:
        return _by_folder(_gathered(kernel, place, hidden), folder, kernel)
    target = folder or place.folder
    if not kernel.files.is_dir(target):
        return []
    return [e for e in map(_entry, kernel.files.list(target)) if hidden or not e.name.startswith(".")]


def _fits(entry: Entry, filters: frozenset[str], now_ms: int) -> bool:
    kinds = filters & {"images", "audio", "videos", "documents"}
    if kinds and _kind(entry) not in kinds:
        return False
    if "large" in filters and entry.size < _LARGE_BYTES:
        return False
    return "week" not in filters or entry.modified_ms >= now_ms - _WEEK_MS


def _gathered(kernel: Kernel, place: Root, hidden: bool) -> list[Entry]:
    found = [e for e in _everything(kernel, HOME_FOLDER, hidden) if not e.is_dir]
    if place.kind:
        return [e for e in found if _kind(e) == place.kind]
    oldest = kernel.clock.now_ms - _RECENT_MS
    recent = sorted((e for e in found if e.modified_ms >= oldest), key=lambda e: (-e.modified_ms, e.name))
    return recent[:_RECENT_LIMIT]


def _by_folder(entries: Iterable[Entry], folder: str, kernel: Kernel) -> list[Entry]:
    if folder:
        return [e for e in entries if posixpath.dirname(e.path) == folder]
    folders = sorted({posixpath.dirname(e.path) for e in entries})
    return [_entry(kernel.files.stat(f))._replace(name=name_of(f) if f != HOME_FOLDER else kernel.config.model) for f in folders]


def sort_for(root: str, chosen: int) -> int:
    """Index of the order in force: the chosen one, or the place's own (downloads and recent files by date)."""
    if chosen >= 0:
        return chosen
    return 7 if root in ("downloads", "recent") else 0


def sort_entries(entries: Iterable[Entry], index: int) -> list[Entry]:
    """Folders first, then files in the order `SORTS[index]`; ties by name."""
    key, reverse, _ = SORTS[index]

    def rank(entry: Entry) -> tuple[int | str, str]:
        if key == "size":
            return entry.size, entry.name.casefold()
        if key == "date":
            return entry.modified_ms, entry.name.casefold()
        return pretty_type(entry.mime) if key == "type" else "", entry.name.casefold()

    return sorted(sorted(entries, key=rank, reverse=reverse), key=lambda e: not e.is_dir)


def matches_mime(entry: Entry, wanted: str) -> bool:
    """Whether a file may be picked where `wanted` (`image/*`) is asked for."""
    return not wanted or wanted == "*/*" or entry.mime == wanted or (wanted.endswith("/*") and entry.mime.startswith(wanted[:-1]))


def short_time(when: datetime, now: datetime, use_24h: bool) -> str:
    """`9:30 AM` today, `Mar 5` this year, `Mar 5, 2025` before."""
    if when.date() == now.date():
        return f"{when:%H:%M}" if use_24h else f"{when.hour % 12 or 12}:{when.minute:02d}\u202f{when:%p}"
    return f"{when:%b} {when.day}" if when.year == now.year else f"{when:%b} {when.day}, {when.year}"


_GLYPHS: Final = (
    ("image/", "image", 0xFFEA4335), ("video/", "movie", 0xFFEA4335), ("audio/", "music-note", 0xFFFBBC04),
    ("application/pdf", "file-pdf-box", 0xFFEA4335), ("text/x-vcard", "card-account-details", 0xFF4285F4),
    ("text/calendar", "calendar-text", 0xFF4285F4), ("text/", "file-document", 0xFF4285F4), ("application/zip", "folder-zip", 0xFF5F6368),
    ("application/vnd.android", "android", 0xFF34A853), ("application/vnd.ms-excel", "file-excel", 0xFF34A853),
    ("application/json", "file-document", 0xFF4285F4),
)  # fmt: skip


def glyph(mime: str, is_dir: bool) -> tuple[str, int]:
    """Icon and its colour for a kind of file."""
    if is_dir:
        return "folder", 0xFF5F6368
    if "spreadsheet" in mime:
        return "file-excel", 0xFF34A853
    if "word" in mime or "presentation" in mime:
        return "file-document", 0xFF4285F4
    return next(((icon, color) for prefix, icon, color in _GLYPHS if mime.startswith(prefix)), ("file", 0xFF5F6368))


def pretty_type(mime: str) -> str:
    """`JPG image`, `TXT document`, `Folder`."""
    if not mime:
        return "Folder"
    kind, _, sub = mime.partition("/")
    short = {"jpeg": "JPG", "plain": "TXT", "mpeg": "MP3", "markdown": "MD", "x-vcard": "VCF", "calendar": "ICS", "x-wav": "WAV"}
    label = short.get(sub, sub.rsplit(".", 1)[-1].upper())
    if mime == "application/octet-stream":
        return "File"
    if mime == "application/zip":
        return "ZIP archive"
    if mime == "application/vnd.android.package-archive":
        return "Android application"
    noun = {"image": "image", "video": "video", "audio": "audio"}.get(kind, "document")
    return f"{label} {noun}"
