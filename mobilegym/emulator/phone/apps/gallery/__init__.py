"""Gallery: Fossify Gallery over the media store and the files of shared storage."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.gallery.actions import ATTACH, PERMISSION
from mobilegym.emulator.phone.apps.gallery.schema import SCHEMA
from mobilegym.emulator.phone.apps.gallery.store import DATABASE, PACKAGE
from mobilegym.emulator.phone.kernel.intents import EDIT, LAUNCHER, MAIN, PICK, VIEW, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

__all__ = ["MANIFEST"]

_FILES: Final = ("file", "content")

MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Gallery",
    icon=AppIcon("image-multiple", 0xFF2E7D32),
    activities=(
        ActivityInfo(
            Later(f"{__name__}.main:MainActivity", "org.fossify.gallery.activities.MainActivity"),
            # GET_CONTENT goes to the system's picker, which offers this app through PICK; named explicitly, it answers both.
            (IntentFilter((MAIN,), categories=(LAUNCHER,)), IntentFilter((PICK,), schemes=_FILES, mimes=("image/*", "video/*"))),
        ),
        ActivityInfo(Later(f"{__name__}.media:MediaActivity", "org.fossify.gallery.activities.MediaActivity")),
        ActivityInfo(Later(f"{__name__}.pager:ViewPagerActivity", "org.fossify.gallery.activities.ViewPagerActivity")),
        ActivityInfo(
            Later(f"{__name__}.pager:PhotoActivity", "org.fossify.gallery.activities.PhotoActivity"),
            (IntentFilter((VIEW,), schemes=_FILES, mimes=("image/*",)),),
        ),
        ActivityInfo(
            Later(f"{__name__}.pager:VideoActivity", "org.fossify.gallery.activities.VideoActivity"),
            (IntentFilter((VIEW,), schemes=_FILES, mimes=("video/*",)),),
        ),
        ActivityInfo(Later(f"{__name__}.video:VideoPlayerActivity", "org.fossify.gallery.activities.VideoPlayerActivity")),
        ActivityInfo(
            Later(f"{__name__}.edit:EditActivity", "org.fossify.gallery.activities.EditActivity"),
            (IntentFilter((EDIT,), schemes=_FILES, mimes=("image/*",)),),
            label="Editor",
        ),
        ActivityInfo(
            Later(f"{__name__}.wallpaper:SetWallpaperActivity", "org.fossify.gallery.activities.SetWallpaperActivity"),
            (IntentFilter((ATTACH,), schemes=_FILES, mimes=("image/*",)),),
            label="Wallpaper",
        ),
        ActivityInfo(Later(f"{__name__}.settings:SettingsActivity", "org.fossify.gallery.activities.SettingsActivity")),
    ),
    permissions=(PERMISSION, "android.permission.READ_MEDIA_VIDEO"),
    databases={DATABASE: SCHEMA},
    seed=Later(f"{__name__}.seed:seed_pictures"),
    aliases=("Photos",),
    system=False,
    version="1.1.3",
)
