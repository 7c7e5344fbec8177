"""How a real phone is used, and the same from data."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias, get_args

from mobilegym.errors import ContentError

__all__ = ["AndroidOptions", "ResetWay", "read_options"]

ResetWay: TypeAlias = Literal["snapshot", "none"]


@dataclass(frozen=True, slots=True)
class AndroidOptions:
    """How a real phone is used.

    Example:
        >>> AndroidOptions(reset="none").snapshot
        'mobilegym-base'
    """

    plain: bool = False
    """Do without the extension of a virtual phone, as if it were any Android."""
    reset: ResetWay = "snapshot"
    """`snapshot`: `Device.reset` loads `snapshot`. `none`: it goes to the home screen and leaves the rest, for phones of which
    that is known to be enough."""
    snapshot: str = "mobilegym-base"
    """Emulator snapshot that a reset loads; the first reset makes it where it is missing."""
    console: str | None = None
    """`host:port` of the emulator's console; of itself for serials like `emulator-5554`."""
    settle_s: float = 5.0
    """How long to wait for a phone to come to rest after an action."""
    recycle: Callable[[], object] | None = None
    """Starts the emulator anew; called after `max_loads` snapshots were loaded. As data: `module:function`."""
    max_loads: int = 50
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


_KINDS = {"plain": bool, "snapshot": str, "console": (str, type(None)), "settle_s": (int, float), "max_loads": int}


def read_options(data: dict[str, Any]) -> AndroidOptions:
    """Options as a `DeviceSpec` has them.

    Raises:
        ContentError: One is unknown or has a value of another kind.
    """
    known = [field.name for field in fields(AndroidOptions) if field.name not in ("sleep", "clock")]
    values = dict(data)
    for name, value in data.items():
        if name not in known:
            raise ContentError(f"a real phone has no option `{name}`; it has {', '.join(known)}")
        kind = _KINDS.get(name)
        if kind is not None and (not isinstance(value, kind) or isinstance(value, bool) and kind is not bool):
            raise ContentError(f"the option `{name}` of a real phone cannot be {value!r}")
    if values.get("reset", "snapshot") not in get_args(ResetWay):
        raise ContentError(f"the option `reset` of a real phone is one of {', '.join(get_args(ResetWay))}, got {values['reset']!r}")
    if isinstance(values.get("recycle"), str):
        values["recycle"] = _function(values["recycle"])
    return AndroidOptions(**values)


def _function(name: str) -> Callable[[], object]:
    module, _, attribute = name.partition(":")
    try:
        return getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise ContentError(f"the option `recycle` must be `module:function`, and {name!r} cannot be imported: {error}") from error
