"""Names of apps. Android's shell does not tell them: they are resources inside the packages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

__all__ = ["KNOWN_LABELS", "AppNames", "guessed_names"]

KNOWN_LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "com.android.settings": ("Settings",),
    "com.google.android.dialer": ("Phone", "Dialer"),
    "com.android.dialer": ("Phone", "Dialer"),
    "com.google.android.contacts": ("Contacts", "People"),
    "com.android.contacts": ("Contacts",),
    "com.google.android.apps.messaging": ("Messages", "Messaging"),
    "com.android.messaging": ("Messaging", "Messages"),
    "com.google.android.calendar": ("Calendar",),
    "com.android.calendar": ("Calendar",),
    "com.google.android.deskclock": ("Clock",),
    "com.android.deskclock": ("Clock",),
    "com.google.android.documentsui": ("Files",),
    "com.android.documentsui": ("Files",),
    "com.android.camera2": ("Camera",),
    "com.google.android.GoogleCamera": ("Camera",),
    "com.google.android.apps.photos": ("Photos",),
    "com.android.gallery3d": ("Gallery",),
    "com.android.chrome": ("Chrome", "Browser"),
    "com.google.android.gm": ("Gmail",),
    "com.google.android.apps.maps": ("Maps",),
    "com.google.android.youtube": ("YouTube",),
    "com.google.android.apps.youtube.music": ("YouTube Music", "YT Music"),
    "com.android.vending": ("Play Store", "Google Play Store"),
    "com.google.android.googlequicksearchbox": ("Google",),
    "com.google.android.apps.docs": ("Drive",),
    "com.google.android.keep": ("Keep", "Keep Notes"),
    "com.google.android.calculator": ("Calculator",),
    "com.android.calculator2": ("Calculator",),
    "com.simplemobiletools.calendar.pro": ("Simple Calendar Pro", "Calendar"),
    "com.simplemobiletools.smsmessenger": ("Simple SMS Messenger", "SMS Messenger"),
    "com.simplemobiletools.gallery.pro": ("Simple Gallery Pro", "Gallery"),
    "com.simplemobiletools.draw.pro": ("Simple Draw Pro",),
    "org.fossify.calendar": ("Fossify Calendar", "Calendar"),
    "org.fossify.messages": ("Fossify Messages", "Messages"),
    "org.fossify.gallery": ("Fossify Gallery", "Gallery"),
    "org.fossify.notes": ("Fossify Notes", "Notes"),
    "org.fossify.filemanager": ("Fossify File Manager", "File Manager"),
    "org.fossify.clock": ("Fossify Clock", "Clock"),
    "org.fossify.contacts": ("Fossify Contacts", "Contacts"),
    "org.fossify.phone": ("Fossify Phone", "Phone"),
    "net.gsantner.markor": ("Markor",),
    "net.osmand": ("OsmAnd",),
    "org.tasks": ("Tasks",),
    "org.videolan.vlc": ("VLC",),
    "com.arduia.expense": ("Pro Expense",),
    "com.flauschcode.broccoli": ("Broccoli", "Broccoli - Recipe App"),
    "de.dennisguse.opentracks": ("OpenTracks",),
    "code.name.monkey.retromusic": ("Retro Music",),
    "com.dimowner.audiorecorder": ("Audio Recorder",),
    "net.cozic.joplin": ("Joplin",),
    "org.mozilla.firefox": ("Firefox",),
    "org.wikipedia": ("Wikipedia",),
}
"""Label, then other names, of apps that are on emulator images or used by public benchmarks."""


class AppNames(NamedTuple):
    """Names of apps by package, label first."""

    shown: Mapping[str, Sequence[str]]
    """Those with a screen to open, in the order of the launcher."""
    every: Mapping[str, Sequence[str]]


def guessed_names(packages: Iterable[str]) -> AppNames:
    """Names of packages of a phone that does not tell: known ones, else the last word of the package that says something."""
    every = {package: KNOWN_LABELS.get(package) or (_made_of(package),) for package in packages}
    known = {package: names for package, names in every.items() if package in KNOWN_LABELS}
    return AppNames({**known, **every}, every)


def _made_of(package: str) -> str:
    words = [word for word in package.split(".") if word not in _SILENT]
    return (words[-1] if words else package).replace("_", " ").capitalize()


_SILENT: Final = frozenset(("android", "app", "apps", "com", "org", "net", "mobile"))
