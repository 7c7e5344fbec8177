"""What is in front: reading `dumpsys window displays`, `dumpsys power` and `wm`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from mobilegym.errors import DeviceError
from mobilegym.observation import ActivityRef

__all__ = ["AWAKE", "FRONT_SCRIPT", "Front", "read_front", "read_size"]

_LINES: Final = (
    "mFocusedApp=|mCurrentFocus=|ResumedActivity[=:]|Resumed: |cur=|mAwake=|isKeyguardShowing=|mIsShowing=|showing=|mWakefulness="
)
FRONT_SCRIPT: Final = (
    f"dumpsys window displays | grep -E {_LINES!r}; dumpsys window policy | grep -E {_LINES!r}; dumpsys power | grep mWakefulness="
)
AWAKE: Final = "dumpsys power | grep -q mWakefulness=Awake"
"""A condition of the shell: the screen is on."""

_RECORD: Final = r"\{?\S* ?u\d+ ([\w.$]+)/([\w.$]+)"
_APP: Final = re.compile(r"mFocusedApp=ActivityRecord" + _RECORD)
_RESUMED: Final = re.compile(r"(?:ResumedActivity[=:] ?|Resumed: )ActivityRecord" + _RECORD)
_FOCUS: Final = re.compile(r"mCurrentFocus=Window" + _RECORD)
_SIZE: Final = re.compile(r"\bcur=(\d+)x(\d+)")
_KEYGUARD: Final = re.compile(r"(?:isKeyguardShowing|mIsShowing|\bshowing)=true")


class Front(NamedTuple):
    """What is in front."""

    activity: ActivityRef | None
    width: int
    """As the screen is turned; 0 where it is not told."""
    height: int
    locked: bool
    awake: bool


def read_front(text: str) -> Front:
    """What `FRONT_SCRIPT` printed."""
    match = _APP.search(text) or _RESUMED.search(text) or _FOCUS.search(text)
    size = _SIZE.search(text)
    activity = None
    if match is not None:
        package, name = match.groups()
        activity = ActivityRef(package, package + name if name.startswith(".") else name)
    width, height = (int(size.group(1)), int(size.group(2))) if size else (0, 0)
    return Front(activity, width, height, _KEYGUARD.search(text) is not None, "mWakefulness=Awake" in text)


def read_size(text: str, what: str) -> list[int]:
    """Numbers of `wm size` or `wm density`; what was overridden counts.

    Raises:
        DeviceError: They tell none.
    """
    found = re.findall(rf"(Physical|Override) {what}: (\d+)(?:x(\d+))?", text)
    if not found:
        raise DeviceError(f"`wm {what}` cannot be read: {text[:200]!r}")
    chosen = next((numbers for kind, *numbers in found if kind == "Override"), list(found[0][1:]))
    return [int(number) for number in chosen if number]
