"""Strict YAML: plain data with the line of every key, and nothing of YAML that surprises.

Refused: duplicate keys, keys that are not text, anchors, aliases, merge keys, tags, several documents, infinities.
Dates and times stay text. A bare `{name}` is YAML for a mapping without a value; it is refused with a hint to quote it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mobilegym.errors import ContentError

__all__ = ["Document", "Path", "dotted", "read_yaml"]

Path: TypeAlias = tuple[str | int, ...]
"""Where in a document: keys and list positions from the root."""

_PREFIX = "tag:yaml.org,2002:"
_LIMIT = 2_000_000
_DEPTH = 60


def dotted(path: Path) -> str:
    """`("checks", 0, "name")` as `checks.0.name`."""
    return ".".join(str(p) for p in path)


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML file says."""

    file: str
    data: dict[str, Any]
    lines: dict[Path, int]
    """1-based line of every key and list item, and of the whole, `()`."""

    def place(self, path: Path) -> tuple[int | None, Path]:
        """The line of `path`, or of its nearest ancestor that the file has; and the path as the file has it."""
        known: Path = ()
        for part in path:
            if (*known, part) in self.lines:
                known = (*known, part)
        return self.lines.get(known), known

    def error(self, message: str, path: Path = (), *, key: str | None = None) -> ContentError:
        """An error that names file, line and key; `key` is added to the path where the file lacks it."""
        line, known = self.place(path)
        shown = dotted((*known, key)) if key else dotted(known)
        return ContentError(message, file=self.file, line=line, key=shown or None)


def read_yaml(text: str, file: str) -> Document:
    """Parse `text`; `file` is only for messages.

    Raises:
        ContentError: If it is no YAML, uses a refused feature, or is not one mapping.
    """
    if len(text) > _LIMIT:
        raise ContentError(f"larger than {_LIMIT} characters; split it", file=file)
    try:
        root = cast("Node | None", YAML(typ="safe", pure=True).compose(text))  # pyright: ignore[reportUnknownMemberType]
    except MarkedYAMLError as error:
        raise _not_yaml(error, file) from error
    except RecursionError as error:
        raise ContentError("nested too deeply", file=file) from error
    except (YAMLError, ValueError) as error:
        raise ContentError(f"not valid YAML: {str(error).splitlines()[0]}", file=file) from error
    if not isinstance(root, MappingNode):
        raise ContentError("must be a mapping of keys to values", file=file, line=1)
    lines: dict[Path, int] = {(): _line(root)}
    data = _plain(root, (), lines, file, set())
    return Document(file, cast("dict[str, Any]", data), lines)


def _not_yaml(error: Any, file: str) -> ContentError:
    mark = error.problem_mark or error.context_mark
    return ContentError(f"not valid YAML: {error.problem or error.context}", file=file, line=int(mark.line) + 1 if mark else None)


# The nodes of ruamel.yaml are untyped; these are all that is read of them.
def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1


def _tag(node: Any) -> str:
    return str(node.tag)


def _text(node: Any) -> str:
    return str(node.value)


def _children(node: Any) -> Any:
    return node.value


def _anchored(node: Any) -> bool:
    return bool(node.anchor)


def _plain(node: Node, path: Path, lines: dict[Path, int], file: str, seen: set[int]) -> object:
    def refuse(message: str) -> ContentError:
        return ContentError(message, file=file, line=_line(node), key=dotted(path) or None)

    if _anchored(node) or id(node) in seen:
        raise refuse("anchors and aliases (`&`, `*`) are not allowed; write the value out")
    seen.add(id(node))
    if len(path) > _DEPTH:
        raise refuse("nested too deeply")
    tag = _tag(node)
    if not tag.startswith(_PREFIX):
        raise refuse(f"tags are not allowed, got `{tag}`; quote text that starts with `!`")
    if isinstance(node, ScalarNode):
        return _scalar(node, tag.removeprefix(_PREFIX), refuse)
    if isinstance(node, SequenceNode):
        items: list[object] = []
        for position, child in enumerate(cast("list[Node]", _children(node))):
            here = (*path, position)
            lines[here] = _line(child)
            items.append(_plain(child, here, lines, file, seen))
        return items
    if isinstance(node, MappingNode):
        return _mapping(node, path, lines, file, seen)
    raise refuse("neither text, number, list nor mapping")


def _mapping(node: MappingNode, path: Path, lines: dict[Path, int], file: str, seen: set[int]) -> dict[str, object]:
    result: dict[str, object] = {}
    for key_node, value_node in cast("list[tuple[Node, Node]]", _children(node)):
        line = _line(key_node)
        tag = _tag(key_node)
        named_null = tag == _PREFIX + "null" and _text(key_node) == "null"  # the null agent's key
        if _anchored(key_node) or not isinstance(key_node, ScalarNode) or not (tag == _PREFIX + "str" or named_null):
            shown = _text(key_node) if isinstance(key_node, ScalarNode) else "a list or mapping"
            hint = " (merge keys are not allowed)" if tag.endswith(":merge") else "; quote it"
            raise ContentError(f"a key must be text, got {shown!r}{hint}", file=file, line=line, key=dotted(path) or None)
        key = _text(key_node)
        here = (*path, key)
        if key in result:
            raise ContentError(f"the key is given twice (first on line {lines[here]})", file=file, line=line, key=dotted(here))
        if _is_bare_placeholder(node, value_node):
            message = f'`{{{key}}}` without quotes is a mapping in YAML; write "{{{key}}}"'
            raise ContentError(message, file=file, line=line, key=dotted(path) or None)
        lines[here] = line
        result[key] = _plain(value_node, here, lines, file, seen)
    return result


def _is_bare_placeholder(node: Any, value: Any) -> bool:
    """`{name}`: in flow style, one key, nothing after it."""
    return (
        bool(node.flow_style)
        and len(node.value) == 1
        and isinstance(value, ScalarNode)
        and _text(value) == ""
        and _tag(value) == _PREFIX + "null"
    )


def _scalar(node: ScalarNode, kind: str, refuse: Any) -> object:
    text = _text(node)
    match kind:
        case "str" | "timestamp":
            return text
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" | "float":
            try:
                number = _number(text, kind)
            except ValueError as error:
                raise refuse(f"not a number: {text!r}; quote it if it is text") from error
            if isinstance(number, float) and not math.isfinite(number):
                raise refuse(f"must be a finite number, got {text}")
            return number
        case _:
            raise refuse(f"`{kind}` values are not allowed; quote it if it is text")


def _number(text: str, kind: str) -> int | float:
    plain = text.replace("_", "")
    if kind == "float":
        return float(plain)
    digits = plain.lstrip("+-")
    if len(digits) > 1 and digits.startswith("0") and digits.isdigit():
        raise ValueError("leading zero")
    return int(plain, 0)
