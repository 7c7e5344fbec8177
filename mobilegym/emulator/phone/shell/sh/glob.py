"""File names that match a pattern."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.sh.patterns import compile_pattern, has_magic, unescape_pattern
from mobilegym.emulator.phone.shell.vfs_values import FsError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.vfs import Vfs

__all__ = ["expand_names"]

_MAX_NAMES: Final = 20_000
_MAX_STEPS: Final = 2_000
"""Folders that are looked into."""
_MAX_DEPTH: Final = 64
_TURN: Final = 32


async def expand_names(files: Vfs, pattern: str, cwd: str, uid: int) -> list[str]:
    """Paths that match, sorted; as they would be written from `cwd`. Empty if there are none."""
    components = pattern.split("/")
    found: list[str] = ["/"] if pattern.startswith("/") else [""]
    components = [component for component in components if component] + ([""] if pattern.endswith("/") else [])
    if len(components) > _MAX_DEPTH:
        return []
    steps = 0
    for index, component in enumerate(components):
        bases, found = found, list[str]()
        for base in bases:
            found += _step(files, base, component, cwd, uid, last=index == len(components) - 1)
            steps += 1
            if len(found) > _MAX_NAMES or steps > _MAX_STEPS:
                return []
            if not steps % _TURN:
                await asyncio.sleep(0)
    return sorted(found)


def _step(files: Vfs, base: str, component: str, cwd: str, uid: int, *, last: bool) -> list[str]:
    """The paths below `base` that a component matches; folders with a slash at their end, unless it is the last."""
    try:
        folder = files.resolve(base or ".", cwd)
        if not component:
            return [base]
        if not has_magic(component):
            name = unescape_pattern(component)
            found = files.stat(files.resolve(base + name, cwd), follow=not last, uid=uid)
            return [base + name] if last else [f"{base}{name}/"] if found.is_dir else []
        names = files.list(folder, uid=uid)
    except FsError:
        return []
    compiled = compile_pattern(component)
    hidden = component.startswith((".", "\\."))
    names = [name for name in names if (hidden or not name.startswith(".")) and compiled.matches(name)]
    if last:
        return [base + name for name in names]
    return [f"{base}{name}/" for name in names if files.is_dir(files.resolve(base + name, cwd), uid=uid)]
