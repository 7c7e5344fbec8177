"""Gallery: Fossify Gallery over the media store and the files of shared storage."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.gallery.edit import EditActivity
from mobilegym.emulator.phone.apps.gallery.main import PERMISSION, MainActivity
from mobilegym.emulator.phone.apps.gallery.media import MediaActivity
from mobilegym.emulator.phone.apps.gallery.operations import ATTACH
from mobilegym.emulator.phone.apps.gallery.pager import PhotoActivity, VideoActivity, ViewPagerActivity
from mobilegym.emulator.phone.apps.gallery.schema import SCHEMA
from mobilegym.emulator.phone.apps.gallery.seed import seed_pictures
from mobilegym.emulator.phone.apps.gallery.settings import SettingsActivity
from mobilegym.emulator.phone.apps.gallery.store import DATABASE, PACKAGE
from mobilegym.emulator.phone.apps.gallery.video import VideoPlayerActivity
from mobilegym.emulator.phone.apps.gallery.wallpaper import SetWallpaperActivity
from mobilegym.emulator.phone.kernel.intents import EDIT, LAUNCHER, MAIN, PICK, VIEW, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Manifest

__all__ = ["MANIFEST"]

_FILES: Final = ("file", "content")

MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Gallery",
    icon=AppIcon("image-multiple", 0xFF2E7D32),
    activities=(
        ActivityInfo(
            MainActivity,
            # GET_CONTENT goes to the system's picker, which offers this app through PICK; named explicitly, it answers both.
            (IntentFilter((MAIN,), categories=(LAUNCHER,)), IntentFilter((PICK,), schemes=_FILES, mimes=("image/*", "video/*"))),
        ),
        ActivityInfo(MediaActivity),
        ActivityInfo(ViewPagerActivity),
        ActivityInfo(PhotoActivity, (IntentFilter((VIEW,), schemes=_FILES, mimes=("image/*",)),)),
        ActivityInfo(VideoActivity, (IntentFilter((VIEW,), schemes=_FILES, mimes=("video/*",)),)),
        ActivityInfo(VideoPlayerActivity),
        ActivityInfo(EditActivity, (IntentFilter((EDIT,), schemes=_FILES, mimes=("image/*",)),), label="Editor"),
        ActivityInfo(SetWallpaperActivity, (IntentFilter((ATTACH,), schemes=_FILES, mimes=("image/*",)),), label="Wallpaper"),
        ActivityInfo(SettingsActivity),
    ),
    permissions=(PERMISSION, "android.permission.READ_MEDIA_VIDEO"),
    databases={DATABASE: SCHEMA},
    seed=seed_pictures,
    aliases=("Photos",),
    system=False,
    version="1.1.3",
)
