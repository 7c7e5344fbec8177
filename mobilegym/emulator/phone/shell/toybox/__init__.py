"""The small Unix tools: files, text, processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.phone.kernel.manifest import Later

__all__ = ["PROGRAMS"]

PROGRAMS: Final[Mapping[str, Later]] = {}
