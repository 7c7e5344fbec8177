"""The short names that tasks use for apps and their data, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from mobilegym.errors import ContentError

__all__ = ["APPS", "App", "app_package", "short_name"]


class App(NamedTuple):
    """An app that tasks may name."""

    package: str
    label: str
    """What the launcher shows."""


APPS: Final[Mapping[str, App]] = {
    "calendar": App("org.fossify.calendar", "Calendar"),
    "camera": App("com.android.camera2", "Camera"),
    "clock": App("com.google.android.deskclock", "Clock"),
    "contacts": App("com.google.android.contacts", "Contacts"),
    "files": App("com.google.android.documentsui", "Files"),
    "gallery": App("org.fossify.gallery", "Gallery"),
    "launcher": App("com.google.android.apps.nexuslauncher", "Pixel Launcher"),
    "messages": App("org.fossify.messages", "Messages"),
    "notes": App("net.gsantner.markor", "Markor"),
    "phone": App("com.google.android.dialer", "Phone"),
    "settings": App("com.android.settings", "Settings"),
    "systemui": App("com.android.systemui", "System UI"),
    "calendar_provider": App("com.android.providers.calendar", "Calendar storage"),
    "contacts_provider": App("com.android.providers.contacts", "Contacts storage"),
    "media_provider": App("com.android.providers.media.module", "Media storage"),
    "telephony_provider": App("com.android.providers.telephony", "Phone and messaging storage"),
}
"""Short name → package and label."""


def app_package(name: str) -> str:
    """The package of a short name; a name with a dot is a package already.

    Raises:
        ContentError: For an unknown short name.
    """
    if name in APPS:
        return APPS[name].package
    if "." in name:
        return name
    raise ContentError(f"no such app: {name!r}; there are {', '.join(APPS)} (or give the full package name)")


def short_name(package: str) -> str:
    """The short name of a package, or the package itself where it has none."""
    return next((name for name, app in APPS.items() if app.package == package), package)
