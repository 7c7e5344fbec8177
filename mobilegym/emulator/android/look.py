"""One look at a phone: tree, front activity, clock and notifications in a single script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mobilegym.emulator.android.clock import CLOCK_SCRIPT, read_clock
from mobilegym.emulator.android.notifications import NOTIFICATIONS_SCRIPT, read_notifications
from mobilegym.emulator.android.tree import NoTree, extract_xml, read_tree
from mobilegym.emulator.android.windows import FRONT_SCRIPT, read_front
from mobilegym.observation import ActivityRef, Element, Notification

__all__ = ["DUMP_SCRIPTS", "STATE_SCRIPT", "Look", "read_look"]

_MARK: Final = "--- mobilegym ---"
_FILE: Final = "/data/local/tmp/.mobilegym.xml"
DUMP_SCRIPTS: Final = (
    "uiautomator dump --windows /dev/tty",
    f"uiautomator dump --windows {_FILE}; cat {_FILE}; rm -f {_FILE}",
    f"uiautomator dump {_FILE}; cat {_FILE}; rm -f {_FILE}",
)
"""Ways to get the tree, best first: some phones have no terminal to dump to, older ones know no `--windows`."""
STATE_SCRIPT: Final = f"\necho; echo '{_MARK}'; ".join(("", FRONT_SCRIPT, CLOCK_SCRIPT, NOTIFICATIONS_SCRIPT)).removeprefix("\n")


@dataclass(frozen=True, slots=True)
class Look:
    """What a phone showed."""

    elements: tuple[Element, ...]
    activity: ActivityRef
    clock: datetime
    width: int
    height: int
    notifications: tuple[Notification, ...]
    locked: bool
    awake: bool


def read_look(text: str, size: tuple[int, int], xml: str | None = None) -> Look:
    """What a script of `DUMP_SCRIPTS` followed by `STATE_SCRIPT` printed; or the latter alone, with the tree from elsewhere.

    Args:
        text: What was printed.
        size: `(width, height)` in natural orientation, for phones that do not tell how they are turned.
        xml: The tree.

    Raises:
        NoTree: The phone was between two screens; look again.
    """
    dump, *rest = text.split(f"\n{_MARK}\n")
    if len(rest) != 3:
        raise NoTree(f"the phone's answer is cut short: {text[-200:]!r}")
    front = read_front(rest[0])
    width, height = (front.width, front.height) if front.width else size
    if front.activity is None:
        raise NoTree("no activity has the focus")
    try:
        elements = read_tree(extract_xml(dump) if xml is None else xml, width, height)
    except NoTree:
        if front.awake:
            raise
        # With the screen off there is no window to read.
        elements = ()
    return Look(elements, front.activity, read_clock(rest[1]), width, height, read_notifications(rest[2]), front.locked, front.awake)
