"""A recorded phone: `RecordingDevice` writes down every call of a phone and its answer, `ReplayDevice` gives the answers again.

With a recording, whatever was run on a real phone can be run again where there is none: the same evaluation, the same bug.
The recording answers exactly the calls that were made, in their order; anything else is a `ReplayMismatch`.

A recording is a text file of JSON lines: a header, then one line per call. It is flushed after each call, so that of a run
that was killed all finished calls are there. A name ending in `.gz` is compressed.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final, cast

from mobilegym.actions import DeviceAction
from mobilegym.emulator import device as contract
from mobilegym.emulator.device import Capability, Device, DeviceInfo, DeviceSnapshot, JournalEntry, PixelSize, StateTree
from mobilegym.emulator.replay_values import RecordedSnapshot, decode, decode_error, encode, encode_error
from mobilegym.errors import ContentError, DeviceLost, ReplayMismatch
from mobilegym.observation import ActivityRef, Notification, Screen

__all__ = ["RecordingDevice", "ReplayDevice"]

_FORMAT: Final = "mobilegym-device-recording"
_VERSION: Final = 1
_FACETS: Final[Mapping[str, type]] = {
    "settings": contract.Settings, "content": contract.Content, "databases": contract.Databases, "files": contract.Files,
    "packages": contract.Packages, "hardware": contract.Hardware, "clock": contract.Clock, "telephony": contract.Telephony,
}  # fmt: skip
_Call = Callable[[str, Sequence[Any], Mapping[str, Any]], Any]


def _facet(name: str, kind: type, call: _Call) -> Any:
    """A facet whose every method is `call`."""

    def method(verb: str) -> Callable[..., Any]:
        def forward(_self: object, *args: Any, **named: Any) -> Any:
            return call(f"{name}.{verb}", args, named)

        return forward

    verbs: frozenset[str] = getattr(kind, "__abstractmethods__", frozenset())
    return type(f"Recorded{kind.__name__}", (kind,), {verb: method(verb) for verb in verbs})()


class _Recorded(Device):
    """A device whose every method is `_call`."""

    def __init__(self) -> None:
        for name, kind in _FACETS.items():
            setattr(self, name, _facet(name, kind, self._call))

    def _call(self, name: str, args: Sequence[Any], named: Mapping[str, Any]) -> Any:
        raise NotImplementedError

    def perform(self, action: DeviceAction) -> str | None:
        return self._call("perform", (action,), {})

    def observe(self, *, pixels: PixelSize | None = None) -> Screen:
        return self._call("observe", (), {"pixels": pixels})

    def activity(self) -> ActivityRef:
        return self._call("activity", (), {})

    def notifications(self) -> tuple[Notification, ...]:
        return self._call("notifications", (), {})

    def journal(self, since: int = 0) -> tuple[JournalEntry, ...]:
        return self._call("journal", (since,), {})

    def state_tree(self) -> StateTree:
        return self._call("state_tree", (), {})

    def snapshot(self) -> DeviceSnapshot:
        return self._call("snapshot", (), {})

    def restore(self, snapshot: DeviceSnapshot) -> None:
        self._call("restore", (snapshot,), {})

    def reset(self, *, seed: int) -> None:
        self._call("reset", (), {"seed": seed})


class RecordingDevice(_Recorded):
    """A phone that writes down what it is asked and what it answers.

    Args:
        device: The phone; it is closed with this one.
        path: File to write.

    Raises:
        ContentError: The file exists or cannot be written.
    """

    def __init__(self, device: Device, path: str | Path) -> None:
        super().__init__()
        self._device = device
        self._snapshots: list[DeviceSnapshot] = []
        self._path = Path(path)
        self._file = _create(self._path)
        header = {
            "format": _FORMAT, "version": _VERSION, "info": encode(device.info, self._number),
            "capabilities": sorted(device.capabilities),
        }  # fmt: skip
        self._write(header)

    @property
    def info(self) -> DeviceInfo:
        return self._device.info

    @property
    def capabilities(self) -> frozenset[Capability]:
        return self._device.capabilities

    def _call(self, name: str, args: Sequence[Any], named: Mapping[str, Any]) -> Any:
        owner, _, verb = name.rpartition(".")
        line: dict[str, Any] = {"call": name, "args": encode([*args], self._number), "named": encode({**named}, self._number)}
        method = getattr(getattr(self._device, owner) if owner else self._device, verb)
        actual = [arg.original if isinstance(arg, RecordedSnapshot) else arg for arg in args]
        try:
            result = method(*actual, **named)
        except Exception as error:
            self._write({**line, "error": encode_error(error)})
            raise
        if isinstance(result, DeviceSnapshot):
            self._snapshots.append(result)
            result = RecordedSnapshot(len(self._snapshots) - 1, result)
        self._write({**line, "result": encode(result, self._number)})
        return result

    def _number(self, snapshot: DeviceSnapshot) -> int:
        return snapshot.number if isinstance(snapshot, RecordedSnapshot) else -1

    def _write(self, line: Mapping[str, Any]) -> None:
        if self._file.closed:
            return
        self._file.write(json.dumps(line, separators=(",", ":")) + "\n")
        self._file.flush()

    def close(self) -> None:
        self._device.close()
        self._file.close()


class ReplayDevice(_Recorded):
    """A recorded phone.

    Args:
        path: A recording.

    Raises:
        ContentError: The file is missing, no recording, of another version, or damaged.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__()
        self._path = Path(path)
        header, *self._lines = _read(self._path)
        self._info = cast(DeviceInfo, decode(header["info"]))
        self._capabilities = cast("frozenset[Capability]", frozenset(header["capabilities"]))
        self._at = 0
        self._closed = False

    @property
    def info(self) -> DeviceInfo:
        return self._info

    @property
    def capabilities(self) -> frozenset[Capability]:
        return self._capabilities

    @property
    def finished(self) -> bool:
        """Whether every recorded call has been made again."""
        return self._at == len(self._lines)

    def _call(self, name: str, args: Sequence[Any], named: Mapping[str, Any]) -> Any:
        if self._closed:
            raise DeviceLost("the recorded phone is closed; open the recording again")
        asked = {"call": name, "args": encode([*args], _numbered), "named": encode({**named}, _numbered)}
        if self._at == len(self._lines):
            raise ReplayMismatch(f"{self._path}: the recording ends after {self._at} calls, and `{name}` was called")
        line = self._lines[self._at]
        expected = {key: line.get(key) for key in asked}
        if expected != asked:
            raise ReplayMismatch(f"{self._path}: call {self._at + 1} was {_words(expected)}; now it is {_words(asked)}")
        self._at += 1
        if "error" in line:
            raise decode_error(line["error"])
        return decode(line.get("result"))

    def close(self) -> None:
        self._closed = True


def _numbered(snapshot: DeviceSnapshot) -> int:
    return snapshot.number if isinstance(snapshot, RecordedSnapshot) else -1


def _words(call: Mapping[str, Any]) -> str:
    text = f"{call['call']}({json.dumps(call['args'], ensure_ascii=False)}, {json.dumps(call['named'], ensure_ascii=False)})"
    return text if len(text) <= 300 else text[:299] + "…"


def _create(path: Path) -> IO[str]:
    try:
        if path.suffix == ".gz":
            return gzip.open(path, "xt", encoding="utf-8")
        return path.open("x", encoding="utf-8")
    except FileExistsError as error:
        raise ContentError("the file exists already; record into a new one", file=str(path)) from error
    except OSError as error:
        raise ContentError(f"cannot be written: {error.strerror}", file=str(path)) from error


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    except FileNotFoundError as error:
        raise ContentError("there is no such recording", file=str(path)) from error
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ContentError(f"cannot be read: {error}", file=str(path)) from error
    lines: list[dict[str, Any]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        try:
            parsed = json.loads(line)
        except json.JSONDecodeError as error:
            raise ContentError(f"the line is damaged: {error.msg}", file=str(path), line=number) from error
        if not isinstance(parsed, dict):
            raise ContentError("the line holds no call", file=str(path), line=number)
        lines.append(cast("dict[str, Any]", parsed))
    if not lines or lines[0].get("format") != _FORMAT:
        raise ContentError("this is no recording of a phone", file=str(path), line=1)
    if lines[0].get("version") != _VERSION:
        raise ContentError(f"recording version {lines[0].get('version')!r}; this MobileGym reads {_VERSION}", file=str(path), line=1)
    return lines
