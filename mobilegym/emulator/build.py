"""Building a phone from data: the one place where a name in a file or on the command line becomes a `Device`."""

from __future__ import annotations

import contextlib
import importlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, cast

from mobilegym.emulator.device import Device
from mobilegym.errors import ContentError, DeviceError

__all__ = ["DEVICE_KINDS", "DeviceSpec", "build_device"]


@dataclass(frozen=True, slots=True)
class DeviceSpec:
    """A phone as data, so that it can be written to a file, sent to a process and built again there.

    Example:
        >>> DeviceSpec("virtual", {"density": 420}).kind
        'virtual'
    """

    kind: str = "virtual"
    """A key of `DEVICE_KINDS`, with `:` and a place for some (`adb:emulator-5554`); or `module:function` for a phone of your own."""
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Keyword arguments of the function; JSON-able. Every kind also takes `record`, a file to record the phone into."""


def build_device(spec: DeviceSpec) -> Device:
    """Build the phone that a spec describes.

    Raises:
        ContentError: The kind or an option is unknown.
        DeviceError: What the function made is no `Device`.
    """
    kind, options = spec.kind, dict(spec.options)
    name, colon, place = kind.partition(":")
    if colon and name in _PLACES:
        kind, options[_PLACES[name]] = name, place
    recording = options.pop("record", None)
    factory = DEVICE_KINDS.get(kind) or _imported(kind)
    try:
        # Some built-in callables do not say what they take.
        with contextlib.suppress(ValueError):
            inspect.signature(factory).bind(**options)
    except TypeError as error:
        raise ContentError(f"device `{spec.kind}` refuses its options {options!r}: {error}") from error
    device = factory(**options)
    if not isinstance(device, Device):
        raise DeviceError(f"`{spec.kind}` must return a mobilegym Device, got {type(device).__name__}")
    if recording is None:
        return device
    from mobilegym.emulator.replay import RecordingDevice

    return RecordingDevice(device, str(recording))


def _virtual(**options: Any) -> Device:
    from pydantic import TypeAdapter, ValidationError

    from mobilegym.emulator.phone import PhoneConfig, VirtualPhone

    known = [field.name for field in fields(PhoneConfig)]
    if unknown := sorted(set(options) - set(known)):
        raise ContentError(f"the virtual phone has no option `{unknown[0]}`; it has {', '.join(known)}")
    values = dict(options)
    if isinstance(values.get("settings"), dict):
        # The natural way to write it as JSON.
        values["settings"] = tuple(sorted(cast("dict[str, str]", values["settings"]).items()))
    try:
        config = TypeAdapter(PhoneConfig).validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ContentError(f"the virtual phone's option `{key}`: {first['msg']}, got {first['input']!r}") from error
    return VirtualPhone(config=config, seed=0)


def _scripted() -> Device:
    from mobilegym.emulator.scripted import ScriptedDevice

    return ScriptedDevice()


def _adb(**options: Any) -> Device:
    from mobilegym.emulator.adb import open_adb

    return open_adb(**options)


def _appium(**options: Any) -> Device:
    from mobilegym.emulator.appium import open_appium

    return open_appium(**options)


def _replay(path: str) -> Device:
    from mobilegym.emulator.replay import ReplayDevice

    return ReplayDevice(path)


def _imported(kind: str) -> Callable[..., object]:
    module, colon, name = kind.partition(":")
    if not colon:
        raise ContentError(f"unknown device {kind!r}; there are {', '.join(sorted(DEVICE_KINDS))}, or give `module:function`")
    try:
        factory = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ContentError(f"device {kind!r} cannot be imported: {error}") from error
    return cast(Callable[..., object], factory)


DEVICE_KINDS: Final[Mapping[str, Callable[..., object]]] = {
    "virtual": _virtual, "scripted": _scripted, "adb": _adb, "appium": _appium, "replay": _replay,
}  # fmt: skip
"""What a `DeviceSpec` may name, besides `module:function`."""

_PLACES: Final[Mapping[str, str]] = {"adb": "serial", "appium": "url", "replay": "path"}
"""Kinds that may be written `kind:place`, and the option that the place is."""
