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
    """A key of `DEVICE_KINDS`, or `module:function` for a phone of your own."""
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Keyword arguments of the function; JSON-able."""


def build_device(spec: DeviceSpec) -> Device:
    """Build the phone that a spec describes.

    Raises:
        ContentError: The kind or an option is unknown.
        DeviceError: What the function made is no `Device`.
    """
    factory = DEVICE_KINDS.get(spec.kind) or _imported(spec.kind)
    try:
        # Some built-in callables do not say what they take.
        with contextlib.suppress(ValueError):
            inspect.signature(factory).bind(**spec.options)
    except TypeError as error:
        raise ContentError(f"device `{spec.kind}` refuses its options {dict(spec.options)!r}: {error}") from error
    device = factory(**spec.options)
    if not isinstance(device, Device):
        raise DeviceError(f"`{spec.kind}` must return a mobilegym Device, got {type(device).__name__}")
    return device


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


def _imported(kind: str) -> Callable[..., object]:
    module, colon, name = kind.partition(":")
    if not colon:
        raise ContentError(f"unknown device {kind!r}; there are {', '.join(sorted(DEVICE_KINDS))}, or give `module:function`")
    try:
        factory = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ContentError(f"device {kind!r} cannot be imported: {error}") from error
    return cast(Callable[..., object], factory)


DEVICE_KINDS: Final[Mapping[str, Callable[..., object]]] = {"virtual": _virtual, "scripted": _scripted}
"""What a `DeviceSpec` may name, besides `module:function`."""
