"""A second phone in the same state that shares no cache with the first: what the first one ought to show."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from typing import Any, NamedTuple

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.ui import images, raster
from mobilegym.emulator.phone.ui.ops import Op
from mobilegym.observation import ActivityRef, Element, Notification

PHONE = "mobilegym.emulator.phone."


class Sight(NamedTuple):
    """All that can be seen of a phone."""

    activity: ActivityRef
    elements: tuple[Element, ...]
    notifications: tuple[Notification, ...]
    background: int
    ops: tuple[Op, ...]


def look(phone: VirtualPhone) -> Sight:
    screen = phone.observe()
    return Sight(screen.activity, screen.elements, screen.notifications, *phone.kernel.windows.display_list())


def differences(shown: Sight, expected: Sight) -> str:
    """Where two sights differ, for people; empty if they are equal."""
    if shown == expected:
        return ""
    lines = [f"on {expected.activity}: shown - expected +"]
    for name in Sight._fields:
        one, two = getattr(shown, name), getattr(expected, name)
        if name in ("elements", "notifications", "ops"):
            lines += [f"  {name} - {item}" for item in one if item not in two][:4]
            lines += [f"  {name} + {item}" for item in two if item not in one][:4]
        elif one != two:
            lines.append(f"  {name} - {one} + {two}")
    return "\n".join(lines)


def shared_tables() -> dict[str, dict[Any, Any]]:
    """The bounded tables that all phones of the process share: module-level dicts with a `…_LIMIT` beside them."""
    found: dict[str, dict[Any, Any]] = {}
    for module in [m for name, m in sys.modules.items() if name.startswith(PHONE)]:
        for name, value in vars(module).items():
            if isinstance(value, dict) and f"{name}_LIMIT" in vars(module):
                found[f"{module.__name__}.{name}"] = value
    return found


def forget_functions(*below: str) -> None:
    """Empty every `lru_cache` of functions in the phone's modules whose names begin so (after `mobilegym.emulator.phone.`)."""
    places = tuple(PHONE + name for name in below)
    for module in [m for name, m in sys.modules.items() if name.startswith(places)]:
        for value in vars(module).values():
            if isinstance(value, _lru_cache_wrapper) and value.__module__.startswith(places):
                value.cache_clear()


def forget_sprites() -> None:
    """Empty whatever keeps drawn sprites and pictures."""
    raster.clear_caches()
    images.store().clear()


@contextmanager
def no_caches() -> Generator[None]:
    """Inside, the shared tables are empty; afterwards they are as before."""
    tables = list(shared_tables().values())
    saved = [dict(table) for table in tables]
    for table in tables:
        table.clear()
    try:
        yield
    finally:
        for table, content in zip(tables, saved, strict=True):
            table.clear()
            table.update(content)
