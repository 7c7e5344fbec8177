"""Where System UI leads to: pages of Settings, apps, contents of notifications."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.kernel.intents import Extra, Intent
from mobilegym.emulator.phone.kernel.kernel import Kernel
from mobilegym.errors import NotFound

__all__ = ["open_app", "open_page", "page_exists", "start"]

_SETTINGS: Final = "com.android.settings"
_PACKAGE: Final = "com.android.systemui"


def start(kernel: Kernel, intent: Intent) -> bool:
    """Start an intent from outside all apps; the shade closes. False, with a toast, where no app answers it."""
    kernel.shell.set(shade="closed", power_menu=False)
    if not kernel.packages.resolve(intent):
        kernel.shell.show_toast(_PACKAGE, "App isn’t installed.")
        return False
    kernel.activities.start(intent)
    return True


def page_exists(kernel: Kernel, action: str, data: str = "") -> bool:
    """Whether an activity answers to an action."""
    return bool(kernel.packages.resolve(Intent(action, data=data)))


def open_page(kernel: Kernel, action: str, *, data: str = "", app: str = "") -> None:
    """Open a page of Settings, for an app where one is named; its first page where it does not know the action."""
    extras: tuple[tuple[str, Extra], ...] = (("android.provider.extra.APP_PACKAGE", app), ("app", app)) if app else ()
    intent = Intent(action, data, extras=extras)
    if kernel.packages.resolve(intent):
        start(kernel, intent)
    else:
        open_app(kernel, _SETTINGS)


def open_app(kernel: Kernel, package: str) -> bool:
    """Open an app by package or name as its launcher icon does; False where there is none."""
    kernel.shell.set(shade="closed", power_menu=False)
    try:
        kernel.activities.launch_app(kernel.packages.find(package))
    except NotFound:
        return False
    return True
