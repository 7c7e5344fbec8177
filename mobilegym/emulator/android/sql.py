"""SQL text where values cannot be bound: Android's command line tools take one string."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from mobilegym.emulator.device import Value
from mobilegym.errors import DeviceError

__all__ = ["inlined", "literal"]

_TOKENS: Final = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/|\?\d*|[^'"`\[\-/?]+|.""", re.DOTALL)


def literal(value: Value) -> str:
    """A value as SQLite reads it."""
    match value:
        case None:
            return "NULL"
        case bool():
            return str(int(value))
        case int():
            return str(value)
        case float():
            if not math.isfinite(value):
                return "NULL" if math.isnan(value) else "9e999" if value > 0 else "-9e999"
            return repr(value)
        case str():
            # SQL text ends at a NUL wherever it comes from.
            parts = [f"'{part}'" for part in value.replace("'", "''").split("\0")]
            return "||char(0)||".join(parts) if len(parts) == 1 else f"({'||char(0)||'.join(parts)})"
        case bytes():
            return f"X'{value.hex()}'"


def inlined(sql: str, args: Sequence[Value]) -> str:
    """`sql` with its `?` replaced by the values; a `?` in a string, a name or a comment is left.

    Raises:
        DeviceError: Not as many values as places.
    """
    out: list[str] = []
    used = 0
    for token in _TOKENS.findall(sql):
        if token.startswith("?"):
            at = int(token[1:]) - 1 if len(token) > 1 else used
            if not 0 <= at < len(args):
                raise DeviceError(f"{len(args)} values are too few for {sql!r}")
            out.append(literal(args[at]))
            used = max(used, at + 1)
        else:
            out.append(token)
    if used != len(args):
        raise DeviceError(f"{len(args)} values are too many for {sql!r}: it has {used} places")
    return "".join(out)
