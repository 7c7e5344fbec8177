"""Storage: what takes how much room."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.pages.sizes import TOTAL_BYTES, human_size, kind_bytes, used_bytes
from mobilegym.emulator.phone.apps.settings.prefs import LinkPref, Pref, UsagePref
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, Intent

__all__ = ["PAGES", "storage_summary"]

_FILES: Final = "com.google.android.documentsui"
_ROWS: Final = (
    ("apps", "Apps", "apps"),
    ("images", "Images", "image-outline"),
    ("videos", "Videos", "movie-outline"),
    ("audio", "Audio", "music-note"),
    ("documents", "Documents & other", "file-document-outline"),
    ("system", "System", "cog-outline"),
)


def storage_summary(page: Page) -> str:
    """`13% used - 111 GB free`."""
    used = used_bytes(page)
    return f"{round(used * 100 / TOTAL_BYTES)}% used - {human_size(TOTAL_BYTES - used)} free"


def _storage(page: Page) -> list[Pref]:
    sizes = kind_bytes(page)
    used = sum(sizes.values())
    rows: list[Pref] = [UsagePref(f"{human_size(used)} used", f"of {human_size(TOTAL_BYTES)}", round(used * 100 / TOTAL_BYTES))]
    files = Intent(MAIN, package=_FILES, categories=frozenset((LAUNCHER,)))
    has_files = bool(page.kernel.packages.resolve(files))
    if has_files:
        rows.append(LinkPref("free_up_space", "Free up space", "Go to the Files app to manage and free up space", "broom", intent=files))
    for key, title, icon in _ROWS:
        page_id = "all_apps" if key == "apps" else ""
        intent = files if key not in ("apps", "system") and has_files else None
        rows.append(LinkPref(key, title, human_size(sizes[key]), icon, page=page_id, intent=intent))
    return rows


PAGES: Final = {"storage": PageSpec("Storage", _storage, keywords="space memory disk free")}
