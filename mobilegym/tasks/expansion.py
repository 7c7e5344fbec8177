"""Fills a template's placeholders, and unrolls its `each` and `if` items, while keeping track of where everything came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from mobilegym.errors import ContentError
from mobilegym.tasks.expressions import evaluate
from mobilegym.tasks.spec import Spec
from mobilegym.tasks.values import ParameterValue, fill, format_value, names_in
from mobilegym.tasks.yaml_reader import Document, Path

__all__ = ["Expansion", "names_used", "validate"]

_MAX_ITEMS = 2000


class Expansion:
    """The expanded data of a document.

    Args:
        document: The template as written.
        keys: The top-level keys to expand.
        values: The parameters.

    Raises:
        ContentError: For an unknown parameter, a malformed placeholder, a wrong `each` or `if`.
    """

    def __init__(self, document: Document, keys: Sequence[str], values: Mapping[str, ParameterValue]) -> None:
        self._document = document
        self.origins: dict[Path, Path] = {}
        """Place in `data` → place in the document."""
        self.data: dict[str, Any] = {}
        for key in keys:
            if key in document.data:
                self.data[key] = self._expand(document.data[key], (key,), (key,), values)

    def _expand(self, node: object, old: Path, new: Path, values: Mapping[str, ParameterValue]) -> object:
        self.origins[new] = old
        if isinstance(node, str):
            try:
                return fill(node, values)
            except ValueError as error:
                raise self._document.error(str(error), old) from error
        if isinstance(node, dict):
            entries = cast("dict[str, object]", node)
            return {k: self._expand(v, (*old, k), (*new, k), values) for k, v in entries.items()}
        if isinstance(node, list):
            result: list[object] = []
            self._items(cast("list[object]", node), old, new, values, result)
            return result
        return node

    def _items(self, items: list[object], old: Path, new: Path, values: Mapping[str, ParameterValue], result: list[object]) -> None:
        for position, item in enumerate(items):
            here = (*old, position)
            if isinstance(item, dict) and ("each" in item or "if" in item):
                self._unroll(cast("dict[str, object]", item), here, new, values, result)
            else:
                result.append(self._expand(cast("object", item), here, (*new, len(result)), values))
            if len(result) > _MAX_ITEMS:
                raise self._document.error(f"more than {_MAX_ITEMS} items", here)

    def _unroll(self, item: dict[str, object], old: Path, new: Path, values: Mapping[str, ParameterValue], result: list[object]) -> None:
        wanted = {"each", "as", "do"} if "each" in item else {"if", "do"}
        if set(item) != wanted:
            raise self._document.error(f"takes exactly the keys {', '.join(sorted(wanted))}; got {', '.join(item)}", old)
        do = item["do"]
        todo = cast("list[object]", do) if isinstance(do, list) else [do]
        source, name = item.get("each", item.get("if")), item.get("as", "")
        if not isinstance(source, str) or not isinstance(name, str) or ("as" in item and not re.fullmatch(r"[a-z_][a-z0-9_]*", name)):
            raise self._document.error("`each` and `if` take an expression, `as` a name", old)
        if name in values:
            raise self._document.error(f"`{name}` is a parameter already; choose another name", (*old, "as"))
        try:
            value = evaluate(source, values)
        except ValueError as error:
            raise self._document.error(str(error), (*old, "each" if "each" in item else "if")) from error
        if "if" in item:
            if value:
                self._items(todo, (*old, "do"), new, values, result)
            return
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise self._document.error(f"`each` needs a list, got {value!r}", (*old, "each"))
        for number, element in enumerate(value):
            scope = {**values, name: element, f"{name}_index": number}
            self._items(todo, (*old, "do"), new, scope, result)

    def error(self, message: str, place: Sequence[str | int], *, key: str | None = None) -> ContentError:
        """An error at a place of `data`, told as file, line and key of the document."""
        return self._document.error(message, self.place(place), key=key)

    def place(self, loc: Sequence[str | int]) -> Path:
        """Where in the document an error's location comes from."""
        return self.origins.get(self.known(tuple(loc)), ())

    def known(self, loc: Path, under: Path = ()) -> Path:
        """The place in `data` that fits most of `loc`, in order; `loc` also has names of union members, which `data` lacks."""
        if not loc:
            return under
        here = (*under, loc[0])
        skipped = self.known(loc[1:], under) if here not in self.origins else None
        if skipped is not None:
            return skipped
        entered = self.known(loc[1:], here)
        if len(entered) == len(under) + len(loc):
            return entered
        passed = self.known(loc[1:], under)
        return entered if len(entered) >= len(passed) else passed

    def was_text(self, path: Path) -> bool:
        """Whether the document has text at that place of `data`, so that another type came out of a placeholder."""
        node: Any = self._document.data
        for part in self.origins.get(path, ()):
            node = node[part]
        return isinstance(node, str)


def names_used(node: object) -> set[str]:
    """Everything in `node` that may refer to a parameter; errors in placeholders are found elsewhere."""
    if isinstance(node, str):
        words = set(re.findall(r"[a-z_][a-z0-9_]*", node))
        try:
            return names_in(node) if "{" in node else words
        except ValueError:
            return words
    if isinstance(node, dict):
        return set[str]().union(*(names_used(v) for v in cast("dict[str, object]", node).values()))
    if isinstance(node, list):
        return set[str]().union(*(names_used(v) for v in cast("list[object]", node)))
    return set()


def _message(error: Any, model: type[BaseModel]) -> str:
    kind, where = cast("str", error["type"]), cast("tuple[str | int, ...]", error["loc"])
    match kind:
        case "missing":
            return "this key is required"
        case "extra_forbidden":
            known = f"; there are {', '.join(model.model_fields)}" if len(where) == 1 else ""
            return f"no such key{known}"
        case "value_error":
            return str(error["ctx"]["error"])
        case "tuple_type":
            return f"must be a list, got {error['input']!r}"[:300]
        case _:
            text = cast("str", error["msg"]).removeprefix("Input ").removeprefix("Value error, ")
            return f"{text}, got {error['input']!r}"[:400]


def _as_text(data: Any, errors: Sequence[Any], expansion: Expansion) -> bool:
    """Turn numbers and lists that a placeholder gave into text where text is wanted; whether there were any."""
    done = False
    for error in errors:
        if error["type"] != "string_type" or isinstance(error["input"], (bool, dict)) or error["input"] is None:
            continue
        path = expansion.known(cast("Path", error["loc"]))
        holder: Any = data
        for part in path[:-1]:
            holder = holder[part]
        if path and holder[path[-1]] == error["input"] and expansion.was_text(path):
            holder[path[-1]] = format_value(cast("ParameterValue", error["input"]))
            done = True
    return done


def validate(model: type[Spec], data: Any, expansion: Expansion) -> Any:
    """An instance of `model`.

    Raises:
        ContentError: For the first mistake; says how many more there are.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    except RecursionError as error:
        raise expansion.error("nested too deeply", ()) from error
    if _as_text(data, errors, expansion):
        return validate(model, data, expansion)
    first = errors[0]
    places = {expansion.place(e["loc"]) for e in errors}
    more = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
    loc = first["loc"]
    key = str(loc[-1]) if first["type"] == "missing" and loc else None
    raise expansion.error(_message(first, model) + more, loc[:-1] if key else loc, key=key)
