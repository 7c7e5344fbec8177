"""Reading what is given on the command line."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mobilegym.errors import ContentError

__all__ = ["chosen_templates", "device_options", "listed", "pixel_size"]


def listed(values: Iterable[str]) -> tuple[str, ...]:
    """`["a,b", "c"]` as `("a", "b", "c")`, each once."""
    return tuple(dict.fromkeys(part.strip() for value in values for part in value.split(",") if part.strip()))


def pixel_size(text: str, *, option: str = "--pixels") -> tuple[int, int] | None:
    """`HEIGHTxWIDTH` as `(height, width)`, `none` as None.

    Raises:
        ContentError: It is neither.
    """
    if text.lower() == "none":
        return None
    match = re.fullmatch(r"(\d{1,5})x(\d{1,5})", text.lower())
    if match is None or not (0 < int(match[1]) <= 10_000 and 0 < int(match[2]) <= 10_000):
        raise ContentError(f"`{option}` must be HEIGHTxWIDTH, for instance 600x270, or none; got {text!r}")
    return int(match[1]), int(match[2])


def device_options(pairs: Iterable[str]) -> dict[str, Any]:
    """`key=value` pairs; a value is JSON where it can be read as such, else text.

    Raises:
        ContentError: A pair has no `=`.
    """
    options: dict[str, Any] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise ContentError(f"`--option` must be key=value, got {pair!r}")
        try:
            options[key] = json.loads(value)
        except ValueError:
            options[key] = value
    return options


def chosen_templates(about: Mapping[str, Mapping[str, Any]], patterns: Sequence[str], **wanted: str | None) -> tuple[str, ...]:
    """The ids that match a pattern and have every wanted attribute.

    Args:
        about: Attributes by template id, in order.
        patterns: Ids or shell patterns; none means all.
        wanted: Attribute and its value, None meaning any.

    Raises:
        ContentError: A pattern or the whole choice matches nothing.
    """
    for pattern in patterns:
        if not fnmatch.filter(about, pattern):
            raise ContentError(f"no task matches {pattern!r}; `mobilegym tasks list` shows what there is")
    chosen = [name for name in about if not patterns or any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)]
    for key, value in wanted.items():
        if value is None:
            continue
        known = sorted({str(item[key]) for item in about.values()})
        if value not in known:
            raise ContentError(f"no task has {key} {value!r}; there are {', '.join(known)}")
        chosen = [name for name in chosen if about[name][key] == value]
    if not chosen:
        raise ContentError("no task matches all that was asked for")
    return tuple(chosen)
