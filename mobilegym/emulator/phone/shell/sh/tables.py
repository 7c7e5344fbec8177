"""What the shell itself contributes to the programs of the phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.phone.kernel.manifest import Later

__all__ = ["PROGRAMS"]

_SH: Final = Later("mobilegym.emulator.phone.shell.sh.program:sh")
_BUILTIN: Final = Later("mobilegym.emulator.phone.shell.sh.program:builtin")

PROGRAMS: Final[Mapping[str, Later]] = {
    "sh": _SH,
    "mksh": _SH,
    **dict.fromkeys(("[", "echo", "false", "kill", "printf", "pwd", "test", "true"), _BUILTIN),
}
"""The shell, and those of its builtins that are programs too."""
