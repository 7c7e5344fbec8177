"""The phone's apps: one package each, with a manifest, screens and the effects they commit."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import PhoneImage

__all__ = ["APPS", "default_image"]

APPS: Final = (
    "launcher", "systemui", "keyboard", "permissioncontroller", "intentresolver", "settings", "dialer", "messages", "contacts",
    "calendar", "camera", "clock", "files", "gallery", "notes",
)  # fmt: skip
"""Modules of the default image, each with a `MANIFEST`, in the order of installation."""

_PROVIDERS: Final = {
    "com.android.providers.contacts": "Contacts Storage",
    "com.android.providers.telephony": "Phone and Messaging Storage",
    "com.android.providers.calendar": "Calendar Storage",
    "com.android.providers.media.module": "Media Storage",
}
"""Packages that own the databases of the content providers."""


@lru_cache(maxsize=1)
def default_image() -> PhoneImage:
    """The phone with all apps of this package."""
    from mobilegym.emulator.phone.apps.keyboard.keyboard import Keyboard
    from mobilegym.emulator.phone.apps.launcher.recents import show_recents
    from mobilegym.emulator.phone.apps.systemui import SURFACES
    from mobilegym.emulator.phone.kernel.kernel import PhoneImage
    from mobilegym.emulator.phone.kernel.manifest import AppIcon, Manifest

    providers = [Manifest(package, label, AppIcon("database", 0xFF5F6368)) for package, label in _PROVIDERS.items()]
    apps = [import_module(f"mobilegym.emulator.phone.apps.{name}").MANIFEST for name in APPS]
    packages = dict.fromkeys(SURFACES, "com.android.systemui")
    return PhoneImage(
        manifests=(*providers, *apps), system_windows={**SURFACES, "keyboard": Keyboard},
        system_packages={**packages, "keyboard": "com.google.android.inputmethod.latin"}, recents=show_recents,
    )  # fmt: skip
