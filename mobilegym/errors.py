"""Every error the package raises, one class per thing a caller can do differently.

```
MobileGymError
├── ContentError          a YAML, suite, app or person is missing or malformed: fix the file named in the message
├── DeviceError           the phone could not do what was asked of it
│   ├── NotSupported      this kind of phone cannot do that at all: check `Device.capabilities` first
│   ├── NotFound          no such app, file, table, setting or row
│   └── DeviceLost        the phone is gone or does not answer: restart it, the episode is void
├── EpisodeError          an episode file is truncated, altered or of another version
├── RunError              a run folder is inconsistent with what is asked of it
├── ReplayMismatch        a replay differed from its recording
└── MissingPrerequisite   the machine lacks something; the message says how to get it
```
"""

from __future__ import annotations

__all__ = [
    "ContentError",
    "DeviceError",
    "DeviceLost",
    "EpisodeError",
    "MissingPrerequisite",
    "MobileGymError",
    "NotFound",
    "NotSupported",
    "ReplayMismatch",
    "RunError",
]


class MobileGymError(Exception):
    """Root of all errors raised by MobileGym."""


class ContentError(MobileGymError):
    """Content (task, suite, app, person, world) is missing or malformed.

    Args:
        message: What is wrong and what to do about it.
        file: The file it was found in, if any.
        line: 1-based line in that file, if known.
        key: Dotted path of the offending key, if known.
    """

    def __init__(self, message: str, *, file: str | None = None, line: int | None = None, key: str | None = None) -> None:
        self.message = message
        self.file = file
        self.line = line
        self.key = key
        place = "" if file is None else file if line is None else f"{file}:{line}"
        parts = [p for p in (place, f"`{key}`" if key else "", message) if p]
        super().__init__(": ".join(parts))


class DeviceError(MobileGymError):
    """A phone could not do what was asked; its state is unchanged unless the message says otherwise."""


class NotSupported(DeviceError):
    """This kind of phone cannot do that; `Device.capabilities` says what it can."""


class NotFound(DeviceError):
    """No such app, activity, file, database, table, setting or content URI."""


class DeviceLost(DeviceError):
    """The phone no longer answers; the running episode is void and must not be scored."""


class EpisodeError(MobileGymError):
    """An episode file is truncated, altered, or written by an incompatible version."""


class RunError(MobileGymError):
    """A run folder does not match the run that is asked for, or is damaged."""


class ReplayMismatch(MobileGymError):
    """Re-executing an episode gave something else than what was recorded."""


class MissingPrerequisite(MobileGymError):
    """The machine lacks a library or program; the message names the remedy."""
