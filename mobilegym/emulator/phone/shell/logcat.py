"""The log: what `logcat` reads. Bounded, and no part of the phone's state."""

from __future__ import annotations

import zlib
from collections import deque
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from mobilegym.observation import ActivityRef

if TYPE_CHECKING:
    from mobilegym.emulator.device import JournalEntry
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["BUFFERS", "Buffer", "LogBuffer", "LogLine", "Priority"]

Buffer: TypeAlias = Literal["main", "system", "radio", "events", "crash", "kernel"]
Priority: TypeAlias = Literal["V", "D", "I", "W", "E", "F"]
BUFFERS: Final[tuple[Buffer, ...]] = ("main", "system", "radio", "events", "crash", "kernel")
_LINES: Final = 4_000
_SYSTEM_SERVER: Final = 558
_MAX_MESSAGE: Final = 4_068


class LogLine(NamedTuple):
    """One entry of the log."""

    number: int
    """Grows by one with each entry."""
    at_ms: int
    """Virtual epoch ms."""
    buffer: Buffer
    priority: Priority
    tag: str
    message: str
    pid: int
    tid: int
    uid: int

    @property
    def size(self) -> int:
        """Bytes it takes in the ring buffer."""
        return len(self.tag) + len(self.message.encode("utf-8", "replace")) + 30


class LogBuffer:
    """All buffers of the log. What happens on the phone comes in when somebody looks.

    Args:
        system: Whose log.
    """

    def __init__(self, system: System) -> None:
        self._system = system
        self._lines: deque[LogLine] = deque(maxlen=_LINES)
        self._number = 0
        self._seen = 0
        """Entries of the journal that were turned into lines."""
        self._front = ""
        self._running: set[str] = set()
        self.capacity: dict[Buffer, int] = {"main": 256, "system": 256, "radio": 256, "events": 256, "crash": 64, "kernel": 256}
        """KiB, as `-G` set it: what `-g` reports."""
        boot = system.kernel.clock.boot_ms
        self._put(boot, "system", "I", "SystemServiceManager", "Starting phase 1000", _SYSTEM_SERVER, 1000)
        self._put(boot, "system", "I", "ActivityManager", "User 0 state changed from BOOTING to RUNNING_LOCKED", _SYSTEM_SERVER, 1000)
        self._put(boot, "system", "I", "SystemServerTiming", "boot_completed", _SYSTEM_SERVER, 1000)
        self._put(boot, "main", "I", "adbd", "opening vsock/tcp control socket", 412, 2000)

    # ------------------------------------------------------------------ writing

    def write(
        self, tag: str, message: str, *, priority: Priority = "I", buffer: Buffer = "main", pid: int = _SYSTEM_SERVER, uid: int = 1000,
    ) -> None:  # fmt: skip
        """Add an entry at the present virtual time."""
        self._sync()
        self._put(self._system.kernel.clock.now_ms, buffer, priority, tag, message[:_MAX_MESSAGE], pid, uid)

    def crash(self, package: str, message: str) -> None:
        """An app died of an exception."""
        pid = next((p.pid for p in self._system.processes.of_package(package)), 0)
        text = f"FATAL EXCEPTION: main\nProcess: {package}, PID: {pid}\n{message}"
        self.write("AndroidRuntime", text, priority="E", buffer="crash", pid=pid, uid=self._system.processes.uid(package))

    def clear(self, buffers: tuple[Buffer, ...]) -> None:
        """Forget what is in some buffers."""
        self._sync()
        self._lines = deque((line for line in self._lines if line.buffer not in buffers), maxlen=_LINES)

    # ------------------------------------------------------------------ reading

    def lines(self, since: int = 0) -> list[LogLine]:
        """Entries with `number >= since`, oldest first."""
        self._sync()
        if since > self._number - len(self._lines):
            return [line for line in self._lines if line.number >= since] if since < self._number else []
        return list(self._lines)

    @property
    def end(self) -> int:
        """Number of the next entry."""
        self._sync()
        return self._number

    def _put(self, at_ms: int, buffer: Buffer, priority: Priority, tag: str, message: str, pid: int, uid: int) -> None:
        self._lines.append(LogLine(self._number, at_ms, buffer, priority, tag, message, pid, pid, uid))
        self._number += 1

    def _sync(self) -> None:
        journal = self._system.kernel.journal
        if len(journal) == self._seen:
            return
        if len(journal) < self._seen:  # the phone went back to an earlier state: the log stays as it is
            self._seen = len(journal)
            return
        entries = journal.entries(self._seen)
        self._seen = len(journal)
        for entry in entries[-_LINES:]:
            self._add(entry)

    def _add(self, entry: JournalEntry) -> None:
        match entry.kind:
            case "activity":
                self._activity(entry)
            case "input":
                if entry.name in ("tap", "swipe", "long_press", "double_tap", "press"):
                    self._system_line(entry.at_ms, "D", "InputDispatcher", f"Delivering {entry.name} to {entry.app or 'nobody'}")
            case "notification":
                self._put(entry.at_ms, "events", "I", f"notification_{entry.name}", f"[{entry.app},{entry.data.get('key', '')}]",
                          _SYSTEM_SERVER, 1000)  # fmt: skip
            case "dialog":
                if entry.name == "toast":
                    self._system_line(entry.at_ms, "I", "NotificationService", f"Toast queued for {entry.app}")
            case "system" | "effect":
                self._radio(entry)
            case _:
                pass

    def _radio(self, entry: JournalEntry) -> None:
        if entry.name in ("sms.received", "sms.sent", "sms.failed", "call.placed", "call.answered", "call.ended"):
            what = entry.name.replace(".", " ")
            self._put(entry.at_ms, "radio", "D", "RILJ", f"[UNSOL]< {what}", 960, 1001)

    def _activity(self, entry: JournalEntry) -> None:
        package, name = entry.app, str(entry.data.get("activity", ""))
        component = str(ActivityRef(package, name))
        if component == self._front:
            return
        self._front = component
        at = entry.at_ms
        processes = self._system.processes
        uid = processes.uid(package)
        if package not in self._running:
            pid = next((p.pid for p in processes.of_package(package)), 0)
            user = f"u0a{uid - 10_000}" if uid >= 10_000 else str(uid)
            self._system_line(at, "I", "ActivityManager", f"Start proc {pid}:{package}/{user} for top-activity {{{component}}}")
            self._running.add(package)
        intent = f"act=android.intent.action.MAIN flg=0x10000000 cmp={component}"
        self._system_line(at, "I", "ActivityTaskManager",
                          f"START u0 {{{intent}}} with LAUNCH_MULTIPLE from uid {uid} result code=0")  # fmt: skip
        took = 180 + zlib.crc32(component.encode()) % 240
        self._system_line(at, "I", "ActivityTaskManager", f"Displayed {component} for user 0: +{took}ms")

    def _system_line(self, at_ms: int, priority: Priority, tag: str, message: str) -> None:
        self._put(at_ms, "system", priority, tag, message, _SYSTEM_SERVER, 1000)
