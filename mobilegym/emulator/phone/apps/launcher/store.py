"""What lies on the home screen: the launcher's `favorites` table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.database import Database
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["COLUMNS", "DATABASE", "HOTSEAT_CELLS", "PACKAGE", "ROWS", "SCHEMA", "Favorite", "add", "favorites", "remove", "seed"]

PACKAGE: Final = "com.google.android.apps.nexuslauncher"
DATABASE: Final = "launcher.db"
SCHEMA: Final = """
CREATE TABLE favorites (_id INTEGER PRIMARY KEY, title TEXT, intent TEXT, container INTEGER, screen INTEGER, cellX INTEGER, cellY INTEGER,
  spanX INTEGER, spanY INTEGER, itemType INTEGER, appWidgetId INTEGER NOT NULL DEFAULT -1, iconPackage TEXT, iconResource TEXT, icon BLOB,
  appWidgetProvider TEXT, modified INTEGER NOT NULL DEFAULT 0, restored INTEGER NOT NULL DEFAULT 0, profileId INTEGER DEFAULT 0,
  rank INTEGER NOT NULL DEFAULT 0, options INTEGER NOT NULL DEFAULT 0, appWidgetSource INTEGER NOT NULL DEFAULT -1);
"""
COLUMNS: Final = 4
ROWS: Final = 4
"""Rows of icons below the date."""
HOTSEAT_CELLS: Final = 4
_DESKTOP: Final = -100
_HOTSEAT: Final = -101
_FIRST_HOTSEAT: Final = ("com.google.android.dialer", "org.fossify.messages", "com.google.android.contacts", "com.android.camera2")
_FIRST_DESKTOP: Final = ("org.fossify.calendar", "com.google.android.deskclock", "org.fossify.gallery", "com.android.settings")


class Favorite(NamedTuple):
    """An icon on the home screen."""

    id: int
    package: str
    hotseat: bool
    screen: int
    """Page; in the hotseat the cell."""
    x: int
    y: int


def favorites(db: Database) -> tuple[Favorite, ...]:
    """All icons, in no particular order."""
    rows = db.query("SELECT _id, intent, container, screen, cellX, cellY FROM favorites ORDER BY _id")
    return tuple(Favorite(int(r[0]), _package(str(r[1])), int(r[2]) == _HOTSEAT, int(r[3]), int(r[4]), int(r[5])) for r in rows)


def add(db: Database, package: str, activity: str, label: str, now_ms: int) -> Favorite:
    """Put an app's icon into the first free cell, row by row from the bottom, on a new page where all are full."""
    taken = {(f.screen, f.x, f.y) for f in favorites(db) if not f.hotseat}
    screen = 0
    while True:
        for y in reversed(range(ROWS)):
            for x in range(COLUMNS):
                if (screen, x, y) not in taken:
                    row = _insert(db, package, activity, label, _DESKTOP, screen, x, y, now_ms)
                    return Favorite(row, package, False, screen, x, y)
        screen += 1


def remove(db: Database, favorite_id: int) -> None:
    """Take an icon off the home screen."""
    db.execute("DELETE FROM favorites WHERE _id = ?", (favorite_id,))


def seed(kernel: Kernel) -> None:
    """The icons of a fresh phone: four in the hotseat, four above."""
    db = kernel.databases.open(PACKAGE, DATABASE)
    for packages, container, y in ((_FIRST_HOTSEAT, _HOTSEAT, 0), (_FIRST_DESKTOP, _DESKTOP, ROWS - 1)):
        for x, package in enumerate(packages):
            manifest = kernel.packages.manifests.get(package)
            info = next((a for a in manifest.activities if a.launchable), None) if manifest is not None else None
            if manifest is not None and info is not None:
                screen = x if container == _HOTSEAT else 0
                _insert(db, package, info.name, manifest.label, container, screen, x, y, kernel.clock.now_ms)


def _insert(db: Database, package: str, activity: str, label: str, container: int, screen: int, x: int, y: int, now_ms: int) -> int:
    intent = (
        "#Intent;action=android.intent.action.MAIN;category=android.intent.category.LAUNCHER;launchFlags=0x10200000;"
        f"component={package}/{activity};end"
    )
    number = int(db.scalar("SELECT coalesce(max(_id), 0) + 1 FROM favorites"))
    db.execute(
        "INSERT INTO favorites (_id, title, intent, container, screen, cellX, cellY, spanX, spanY, itemType, modified)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 1, 1, 0, ?)",
        (number, label, intent, container, screen, x, y, now_ms),
    )
    return number


def _package(intent: str) -> str:
    return intent.partition("component=")[2].partition("/")[0]
