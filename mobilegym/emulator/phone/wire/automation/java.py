"""Reads the Java expressions that selectors are written in: `new UiSelector().text("OK").childSelector(...)`. Nothing is run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from mobilegym.emulator.phone.wire.automation.errors import bad_selector

__all__ = ["Argument", "Call", "Construction", "parse_expressions"]

_LONGEST: Final = 16_384
_DEEPEST: Final = 24
_TOKEN: Final = re.compile(r'\s*(?:("(?:\\.|[^"\\])*")|(-?\d+\.\d+[dfDF]?|-?\d+[lL]?)|([A-Za-z_$][\w$]*)|(\S))', re.DOTALL)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "s": " ", '"': '"', "'": "'", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Construction:
    """`new Class(args).method(args)...`."""

    cls: str
    args: tuple[Argument, ...]
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One method of a chain."""

    name: str
    args: tuple[Argument, ...]


Argument: TypeAlias = "str | bool | int | float | Construction"


def parse_expressions(source: str) -> list[Construction]:
    """One construction, or several separated by semicolons. `UiSelector()` and `.text("x")` are completed as Appium does.

    Raises:
        AutomationError: It is none; says where.
    """
    if len(source) > _LONGEST:
        raise bad_selector(f"a selector must be at most {_LONGEST} characters long, got {len(source)}")
    text = source.strip()
    if text.startswith("."):
        text = "new UiSelector()" + text
    parser = _Parser(text)
    found = [parser.construction(0)]
    while parser.take(";"):
        if parser.ended:
            break
        found.append(parser.construction(0))
    if not parser.ended:
        raise parser.error("expected the end")
    return found


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens: list[tuple[str, str, int]] = []
        """Kind (`string`, `number`, `name`, `mark`), text and place."""
        at = 0
        while at < len(source):
            match = _TOKEN.match(source, at)
            if match is None:
                break
            for group, kind in enumerate(("string", "number", "name", "mark"), 1):
                if match[group] is not None:
                    self._tokens.append((kind, match[group], match.start(group)))
            at = match.end()
        self._at = 0

    @property
    def ended(self) -> bool:
        return self._at >= len(self._tokens)

    def error(self, message: str) -> Exception:
        place = self._tokens[self._at][2] if not self.ended else len(self._source)
        return bad_selector(f"could not parse the expression `{self._source[:300]}`: {message} at character {place}")

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at][:2] if not self.ended else ("", "")

    def take(self, mark: str) -> bool:
        """Step over a mark or word if it is next."""
        kind, text = self._peek()
        if text == mark and kind in ("mark", "name"):
            self._at += 1
            return True
        return False

    def _need(self, mark: str) -> None:
        if not self.take(mark):
            raise self.error(f"expected {mark!r}")

    def _name(self) -> str:
        kind, text = self._peek()
        if kind != "name":
            raise self.error("expected a name")
        self._at += 1
        return text

    def construction(self, depth: int) -> Construction:
        """`new Class(args)` and the calls on it."""
        if depth > _DEEPEST:
            raise self.error("nested too deeply")
        self.take("new")
        cls = self._name()
        while self.take("."):
            cls = self._name()
        args = self._args(depth)
        calls: list[Call] = []
        while self.take("."):
            name = self._name()
            calls.append(Call(name, self._args(depth)))
        return Construction(cls, args, tuple(calls))

    def _args(self, depth: int) -> tuple[Argument, ...]:
        self._need("(")
        if self.take(")"):
            return ()
        args = [self._argument(depth)]
        while self.take(","):
            args.append(self._argument(depth))
        self._need(")")
        return tuple(args)

    def _argument(self, depth: int) -> Argument:
        kind, text = self._peek()
        if kind == "string":
            self._at += 1
            return self._string(text[1:-1])
        if kind == "number":
            self._at += 1
            if "." in text:
                return float(text.rstrip("dfDF"))
            if len(text) > 11:
                raise self.error(f"the number {text[:20]} is out of range")
            return int(text.rstrip("lL"))
        if kind == "name" and text in ("true", "false"):
            self._at += 1
            return text == "true"
        if kind == "name":
            return self._class_literal() or self.construction(depth + 1)
        raise self.error("expected a value")

    def _class_literal(self) -> str:
        """`android.widget.Button.class`; empty and nothing taken where there is none."""
        start, parts = self._at, [self._name()]
        while self.take("."):
            if self._peek()[0] != "name":
                break
            parts.append(self._name())
            if parts[-1] == "class":
                return ".".join(parts[:-1])
        self._at = start
        return ""

    def _string(self, raw: str) -> str:
        def replaced(match: re.Match[str]) -> str:
            if match[1]:
                return chr(int(match[1], 16))
            if match[2]:
                return chr(int(match[2], 8))
            known = _ESCAPES.get(match[3])
            if known is None:
                raise self.error(f"unknown escape \\{match[3]}")
            return known

        text = re.sub(r"\\(?:u+([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2})|(.))", replaced, raw, flags=re.DOTALL)
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
