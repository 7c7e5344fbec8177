"""What the tests of Settings have in common: opening a page, reading what it shows and what is stored."""

from __future__ import annotations

from mobilegym.emulator.phone.apps.settings.page import Page
from mobilegym.emulator.phone.kernel.intents import Intent
from tests.emulator.phone.apps.pilot import Pilot

__all__ = ["setting", "summary_of", "top", "visit"]


def visit(pilot: Pilot, page: str, arg: str = "") -> Page:
    """Open a page directly, above the homepage."""
    extras = tuple(sorted((key, value) for key, value in {"page": page, "arg": arg}.items() if value))
    kernel = pilot.phone.kernel
    kernel.activities.start(
        Intent(package="com.android.settings", activity="com.android.settings.SubSettings", extras=extras), source=top(pilot)
    )
    return top(pilot)


def top(pilot: Pilot) -> Page:
    found = pilot.phone.kernel.activities.foreground
    assert isinstance(found, Page)
    return found


def setting(pilot: Pilot, path: str) -> str | None:
    namespace, _, key = path.partition("/")
    assert namespace in ("system", "secure", "global")
    return pilot.phone.settings.get(namespace, key)


def summary_of(pilot: Pilot, title: str) -> str:
    texts = pilot.texts()
    return texts[texts.index(title) + 1]
