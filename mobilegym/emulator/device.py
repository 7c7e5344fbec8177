"""The one seam: everything above the phones talks to a `Device`, and to nothing below it.

A device acts (`perform`), shows (`observe`) and gives access to the state that Android itself exposes: settings,
content providers, app databases, files, packages, hardware, telephony. Tasks set up and check a phone through that
state alone, so one task runs on the virtual phone, on an emulator over adb and over Appium.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Self, TypeAlias

from mobilegym.actions import DeviceAction
from mobilegym.observation import ActivityRef, Notification, Screen

__all__ = [
    "BatteryState",
    "Capability",
    "Clock",
    "Content",
    "Databases",
    "Device",
    "DeviceInfo",
    "DeviceSnapshot",
    "FileStat",
    "Files",
    "Hardware",
    "JournalEntry",
    "Namespace",
    "Packages",
    "PixelSize",
    "Risk",
    "Row",
    "Settings",
    "StateTree",
    "Stream",
    "Telephony",
    "Value",
    "restoring",
]

Value: TypeAlias = None | int | float | str | bytes
"""What a database column or a content provider holds."""
Row: TypeAlias = dict[str, Value]
Namespace: TypeAlias = Literal["system", "secure", "global"]
Stream: TypeAlias = Literal["media", "call", "ring", "notification", "alarm", "system"]
Risk: TypeAlias = Literal["read", "reversible", "outward", "costly", "irreversible", "sensitive"]
"""Risk class of an effect. `outward` leaves the phone to somebody, `costly` spends money, `sensitive` discloses private data."""
PixelSize: TypeAlias = tuple[int, int]
"""`(height, width)` in pixels, numpy's order."""
Capability: TypeAlias = Literal["snapshot", "clock", "journal", "databases", "location", "telephony", "state_tree"]
StateTree: TypeAlias = Mapping[str, str]
"""Logical state, flat: path → canonical text. Two trees of equal content are equal, whatever the history.

Paths: `setting:<namespace>/<key>`, `db:<package>/<database>/<table>/<primary key>` (value: the row as JSON, keys sorted),
`file:<absolute path>` (value: size and SHA-256), `package:<name>` (version, enabled, granted permissions),
`hardware:<name>`, `notification:<key>`.
"""


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """What does not change while the phone runs."""

    model: str
    api_level: int
    width: int
    """Natural (portrait) width, device pixels."""
    height: int
    density: int
    """Dots per inch; 160 is 1 px per dp."""
    serial: str


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of what happened on the phone, in order."""

    seq: int
    at_ms: int
    """Virtual epoch milliseconds."""
    kind: str
    """`input`, `effect`, `field`, `notification`, `dialog`, `activity` or `system`."""
    app: str
    """Package it concerns."""
    name: str
    """What happened, for instance `sms.sent`."""
    risk: Risk
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """JSON-able details."""


@dataclass(frozen=True, slots=True)
class BatteryState:
    level: int
    """0–100."""
    charging: bool


@dataclass(frozen=True, slots=True)
class FileStat:
    path: str
    size: int
    is_dir: bool
    modified_ms: int


class Settings(ABC):
    """The three tables of `android.provider.Settings`. Values are strings, as on Android."""

    @abstractmethod
    def get(self, namespace: Namespace, key: str) -> str | None: ...
    @abstractmethod
    def put(self, namespace: Namespace, key: str, value: str) -> None: ...
    @abstractmethod
    def delete(self, namespace: Namespace, key: str) -> None: ...
    @abstractmethod
    def items(self, namespace: Namespace) -> Mapping[str, str]: ...


class Content(ABC):
    """Content providers, addressed by `content://` URI as `adb shell content` does.

    Raises:
        NotFound: For an unknown authority or path (every method).
        DeviceError: For an unknown column or a malformed `where`.
    """

    @abstractmethod
    def query(
        self,
        uri: str,
        *,
        projection: Sequence[str] | None = None,
        where: str | None = None,
        args: Sequence[Value] = (),
        sort: str | None = None,
    ) -> list[Row]: ...
    @abstractmethod
    def insert(self, uri: str, values: Mapping[str, Value]) -> str:
        """Insert a row and return its URI."""

    @abstractmethod
    def update(self, uri: str, values: Mapping[str, Value], *, where: str | None = None, args: Sequence[Value] = ()) -> int:
        """Number of rows changed."""

    @abstractmethod
    def delete(self, uri: str, *, where: str | None = None, args: Sequence[Value] = ()) -> int:
        """Number of rows deleted."""


class Databases(ABC):
    """SQLite databases under `/data/data/<package>/databases` (root or the virtual phone)."""

    @abstractmethod
    def names(self, package: str) -> list[str]: ...
    @abstractmethod
    def query(self, package: str, database: str, sql: str, args: Sequence[Value] = ()) -> list[Row]:
        """Read with SQL; a statement that would write is refused with `DeviceError`."""

    @abstractmethod
    def execute(self, package: str, database: str, sql: str, args: Sequence[Value] = ()) -> int:
        """Write with SQL; returns the last inserted row id. Apps see the change at once."""


class Files(ABC):
    """Files by absolute path; shared storage is `/sdcard`. Parents are made as needed."""

    @abstractmethod
    def list(self, path: str) -> list[FileStat]: ...
    @abstractmethod
    def stat(self, path: str) -> FileStat: ...
    @abstractmethod
    def exists(self, path: str) -> bool: ...
    @abstractmethod
    def read(self, path: str) -> bytes: ...
    @abstractmethod
    def write(self, path: str, data: bytes) -> None:
        """Create or replace a file, and tell the media store about it."""

    @abstractmethod
    def delete(self, path: str) -> None:
        """Delete a file, or a folder with all it holds."""

    @abstractmethod
    def mkdir(self, path: str) -> None: ...


class Packages(ABC):
    """Installed packages and their run-time permissions."""

    @abstractmethod
    def names(self) -> list[str]: ...
    @abstractmethod
    def label(self, package: str) -> str: ...
    @abstractmethod
    def granted(self, package: str) -> frozenset[str]:
        """Run-time permissions held, full names (`android.permission.CAMERA`)."""

    @abstractmethod
    def grant(self, package: str, permission: str) -> None: ...
    @abstractmethod
    def revoke(self, package: str, permission: str) -> None: ...
    @abstractmethod
    def launch(self, package: str) -> None:
        """Start the app's launcher activity as the home screen would."""

    @abstractmethod
    def start(self, action: str, *, data: str | None = None, mime: str | None = None, package: str | None = None,
              extras: Mapping[str, str] | None = None) -> None:  # fmt: skip
        """Start an activity by intent, as `am start` does."""

    @abstractmethod
    def force_stop(self, package: str) -> None: ...
    @abstractmethod
    def clear_data(self, package: str) -> None:
        """`pm clear`: back to the state after installation."""


class Hardware(ABC):
    """Battery, volume, location, radios, screen."""

    @abstractmethod
    def battery(self) -> BatteryState: ...
    @abstractmethod
    def set_battery(self, *, level: int | None = None, charging: bool | None = None) -> None: ...
    @abstractmethod
    def volume(self, stream: Stream) -> int:
        """Volume index, 0 up to Android's maximum for the stream (media 25, call 8, others 7)."""

    @abstractmethod
    def set_volume(self, stream: Stream, index: int) -> None: ...
    @abstractmethod
    def location(self) -> tuple[float, float] | None:
        """`(latitude, longitude)` in degrees, or None where there is no fix."""

    @abstractmethod
    def set_location(self, latitude: float, longitude: float) -> None: ...
    @abstractmethod
    def clipboard(self) -> str: ...
    @abstractmethod
    def set_clipboard(self, text: str) -> None: ...


class Clock(ABC):
    """The phone's clock."""

    @abstractmethod
    def now(self) -> datetime:
        """Local time, time zone aware."""

    @abstractmethod
    def set(self, when: datetime) -> None:
        """Set the time; `when` must be time zone aware. Events in between do not fire."""

    @abstractmethod
    def advance(self, ms: int) -> None:
        """Let time pass; alarms and other events in between happen."""


class Telephony(ABC):
    """What reaches the phone from outside, as the emulator console's `sms` and `gsm` do."""

    @abstractmethod
    def receive_sms(self, number: str, text: str) -> None: ...
    @abstractmethod
    def ring(self, number: str) -> None:
        """An incoming call starts to ring."""

    @abstractmethod
    def hang_up(self) -> None:
        """The other side ends the call, ringing or active; without a call nothing happens."""


class DeviceSnapshot(ABC):
    """A state of a phone that `restore` takes back; opaque, immutable, reusable."""


class Device(ABC):
    """A phone. One thread at a time; `close` twice is harmless; use it as a context manager.

    Facets raise `NotSupported` where this kind of phone lacks the capability.
    """

    settings: Settings
    content: Content
    databases: Databases
    files: Files
    packages: Packages
    hardware: Hardware
    clock: Clock
    telephony: Telephony

    @property
    @abstractmethod
    def info(self) -> DeviceInfo: ...

    @property
    @abstractmethod
    def capabilities(self) -> frozenset[Capability]: ...

    @abstractmethod
    def perform(self, action: DeviceAction) -> str | None:
        """Carry an action out and let the phone settle.

        Returns:
            None, or why it could not be carried out; nothing has changed then.

        Raises:
            DeviceLost: The phone is gone.
        """

    @abstractmethod
    def observe(self, *, pixels: PixelSize | None = None) -> Screen:
        """What the screen shows now. Pixels are rendered only where a size is given; observing changes nothing."""

    @abstractmethod
    def activity(self) -> ActivityRef:
        """The foreground activity."""

    @abstractmethod
    def notifications(self) -> tuple[Notification, ...]: ...

    @abstractmethod
    def journal(self, since: int = 0) -> tuple[JournalEntry, ...]:
        """Entries with `seq >= since`. Real phones have none: `NotSupported`."""

    @abstractmethod
    def state_tree(self) -> StateTree:
        """The whole logical state, for `diff`. Costs milliseconds."""

    @abstractmethod
    def snapshot(self) -> DeviceSnapshot: ...

    @abstractmethod
    def restore(self, snapshot: DeviceSnapshot) -> None: ...

    @abstractmethod
    def reset(self, *, seed: int) -> None:
        """Back to the phone's initial image; everything random on the phone derives from `seed`."""

    @abstractmethod
    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def restoring(device: Device) -> Generator[None]:
    """Run a block and put the phone back as it was, whatever the block does."""
    saved = device.snapshot()
    try:
        yield
    finally:
        device.restore(saved)
