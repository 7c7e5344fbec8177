"""The values of the `Device` interface as JSON, without loss."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

import numpy as np

from mobilegym import errors
from mobilegym.actions import ACTION_TYPES
from mobilegym.emulator.device import BatteryState, DeviceInfo, DeviceSnapshot, FileStat, JournalEntry
from mobilegym.errors import ContentError, MobileGymError
from mobilegym.observation import ActivityRef, Bounds, Element, Notification, Screen

__all__ = ["RecordedSnapshot", "decode", "decode_error", "encode", "encode_error"]

_VALUES: Final[Mapping[str, type[Any]]] = {
    cls.__name__: cls
    for cls in (
        *ACTION_TYPES.values(), ActivityRef, BatteryState, Bounds, DeviceInfo, Element, FileStat, JournalEntry, Notification, Screen,
    )
}  # fmt: skip
_ERRORS: Final[Mapping[str, type[Exception]]] = {
    **{name: getattr(errors, name) for name in errors.__all__ if name != "ContentError"},
    "ValueError": ValueError, "TypeError": TypeError, "OSError": OSError,
}  # fmt: skip


class RecordedSnapshot(DeviceSnapshot):
    """A snapshot by its number in a recording; while recording it also holds the phone's own."""

    def __init__(self, number: int, original: DeviceSnapshot | None = None) -> None:
        self.number = number
        self.original = original


def encode(value: Any, number: Callable[[DeviceSnapshot], int]) -> Any:
    """A value as JSON-able data. `number` names a snapshot; -1 is one of another phone.

    Raises:
        TypeError: The value is none that a `Device` takes or gives.
    """
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, list):
        return [encode(item, number) for item in cast("list[Any]", value)]
    if isinstance(value, bytes):
        return {"$": "bytes", "v": base64.b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"$": "datetime", "v": value.isoformat(), "zone": value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else ""}
    if isinstance(value, DeviceSnapshot):
        return {"$": "snapshot", "v": number(value)}
    if isinstance(value, np.ndarray):
        pixels = np.ascontiguousarray(cast(Any, value))
        return {"$": "pixels", "shape": list(pixels.shape), "v": base64.b64encode(zlib.compress(pixels.tobytes(), 1)).decode()}
    return _encode_group(value, number)


def _encode_group(value: Any, number: Callable[[DeviceSnapshot], int]) -> Any:
    name = type(value).__name__
    if isinstance(value, tuple):
        kind = name if name in _VALUES else "tuple"
        return {"$": kind, "v": [encode(item, number) for item in cast("tuple[Any, ...]", value)]}
    if isinstance(value, frozenset):
        return {"$": "frozenset", "v": sorted(cast("frozenset[str]", value))}
    if isinstance(value, Mapping):
        return {"$": "map", "v": [[key, encode(item, number)] for key, item in cast("Mapping[str, Any]", value).items()]}
    if is_dataclass(value) and name in _VALUES:
        return {"$": name, "v": [encode(getattr(value, f.name), number) for f in fields(value)]}
    raise TypeError(f"{name} cannot be recorded: {value!r}")


def decode(data: Any) -> Any:
    """The reverse of `encode`.

    Raises:
        ContentError: The data is none that `encode` makes.
    """
    if data is None or isinstance(data, (bool, int, float, str)):
        return data
    if isinstance(data, list):
        return [decode(item) for item in cast("list[Any]", data)]
    try:
        return _decode_tagged(data["$"], data["v"], data)
    except ContentError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error) as error:
        raise ContentError(f"the recording holds a value that cannot be read: {error!r}") from error


def _decode_tagged(tag: str, value: Any, data: Mapping[str, Any]) -> Any:
    match tag:
        case "bytes":
            return base64.b64decode(value)
        case "datetime":
            when = datetime.fromisoformat(value)
            return when.astimezone(ZoneInfo(data["zone"])) if data["zone"] else when
        case "snapshot":
            return RecordedSnapshot(int(value))
        case "pixels":
            return np.frombuffer(zlib.decompress(base64.b64decode(value)), np.uint8).reshape(data["shape"]).copy()
        case "tuple":
            return tuple(decode(item) for item in value)
        case "frozenset":
            return frozenset(value)
        case "map":
            return {key: decode(item) for key, item in value}
        case _:
            return _VALUES[tag](*(decode(item) for item in cast("Sequence[Any]", value)))


def encode_error(error: Exception) -> dict[str, str]:
    """An error by its class and message; one that a `Device` should not raise is kept as a `DeviceError`."""
    name = type(error).__name__
    return {"type": name if name in _ERRORS else "DeviceError", "message": str(error)}


def decode_error(data: Mapping[str, str]) -> Exception:
    """The error again."""
    return _ERRORS.get(data.get("type", ""), MobileGymError)(data.get("message", ""))
