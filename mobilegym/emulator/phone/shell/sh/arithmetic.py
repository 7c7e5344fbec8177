"""Arithmetic: `$((..))`, `((..))` and `let`, with the 32-bit integers of Android's shell."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NoReturn, Protocol

from mobilegym.emulator.phone.shell.sh.errors import ShellError

__all__ = ["Names", "evaluate"]

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<num>0[xX][0-9A-Fa-f]+|[0-9]+#[0-9A-Za-z]+|[0-9]+)|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\[[^][]*\])?)"
    r"|(?P<op><<=|>>=|\+\+|--|&&|\|\||<<|>>|[<>=!]=|[-+*/%&|^]=|[-+*/%&|^~!<>=?:(),])|(?P<end>$)|(?P<bad>.))",
    re.DOTALL,
)
_MAX_DEPTH: Final = 32
_MAX_LENGTH: Final = 100_000
_LEVELS: Final[tuple[tuple[str, ...], ...]] = (
    ("||",), ("&&",), ("|",), ("^",), ("&",), ("==", "!="), ("<", "<=", ">", ">="), ("<<", ">>"), ("+", "-"), ("*", "/", "%"),
)  # fmt: skip
_RANK: Final = {operator: rank for rank, level in enumerate(_LEVELS) for operator in level}
_ASSIGN: Final = frozenset({"=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "^=", "|="})
_WIDTH: Final = 1 << 32


class Names(Protocol):
    """The variables of an expression."""

    def get(self, name: str) -> str | None:
        """Value of a variable; None if it is not set."""

    def set(self, name: str, value: str) -> None:
        """Assign."""


def evaluate(expression: str, names: Names, depth: int = 0) -> int:
    """The value of an expression.

    Raises:
        ShellError: It is no expression, or divides by zero.
    """
    text = expression.strip()
    if text.isdecimal() and len(text) < 10:
        return int(text)
    if len(text) > _MAX_LENGTH or depth > _MAX_DEPTH:
        raise ShellError(f"{text[:32]}: expression recursion level exceeded")
    return _Evaluation(text, names, depth).run()


def _wrap(value: int) -> int:
    return (value + (_WIDTH >> 1)) % _WIDTH - (_WIDTH >> 1)


class _Evaluation:
    """One pass over an expression: parses and computes. What is not to be evaluated (`0 && x=1`) is parsed only."""

    def __init__(self, text: str, names: Names, depth: int) -> None:
        self._text = text
        self._names = names
        self._depth = depth
        self._position = 0
        self._kind = ""
        self._token: str = ""
        self._nesting = depth
        self._dry = 0
        self._advance()

    def run(self) -> int:
        if self._kind == "end":
            return 0
        value = self._comma()
        if self._kind != "end":
            self._unexpected()
        return value

    # ------------------------------------------------------------------ tokens

    def _advance(self) -> None:
        match = _TOKEN.match(self._text, self._position)
        assert match is not None
        self._kind = match.lastgroup or "end"
        self._token = str(match[self._kind])
        self._position = match.end()

    def _unexpected(self) -> NoReturn:
        what = f"'{self._token}'" if self._kind != "end" else "end of expression"
        raise ShellError(f"{self._text[:200]}: unexpected {what}")

    def _take(self, *operators: str) -> str:
        if self._kind == "op" and self._token in operators:
            token = self._token
            self._advance()
            return token
        return ""

    # ------------------------------------------------------------------ grammar

    def _comma(self) -> int:
        value = self._assignment()
        while self._take(","):
            value = self._assignment()
        return value

    def _nested(self, read: Callable[[], int]) -> int:
        self._nesting += 1
        if self._nesting > _MAX_DEPTH:
            raise ShellError(f"{self._text[:32]}: expression recursion level exceeded")
        value = read()
        self._nesting -= 1
        return value

    def _assignment(self) -> int:
        if self._kind == "name":
            name, position = self._token, self._position
            self._advance()
            if operator := self._take(*_ASSIGN):
                value = self._nested(self._assignment)
                if operator != "=":
                    value = self._binary(operator[:-1], self._value_of(name), value)
                return self._store(name, value)
            self._kind, self._token, self._position = "name", name, position
        return self._ternary()

    def _ternary(self) -> int:
        condition = self._level(0)
        if not self._take("?"):
            return condition
        taken = self._quietly(self._assignment, quiet=not condition)
        if not self._take(":"):
            self._unexpected()
        other = self._quietly(self._assignment, quiet=bool(condition))
        return taken if condition else other

    def _quietly(self, read: Callable[[], int], *, quiet: bool) -> int:
        self._dry += quiet
        value = self._nested(read)
        self._dry -= quiet
        return value

    def _level(self, level: int) -> int:
        """An expression of binary operators that bind at least as tightly as `level`."""
        value = self._unary()
        while self._kind == "op" and (rank := _RANK.get(self._token, -1)) >= level:
            operator = self._take(self._token)
            if operator in ("&&", "||"):
                decided = (operator == "||") == bool(value)
                self._dry += decided
                right = self._level(rank + 1)
                self._dry -= decided
                value = int(bool(value) if decided else bool(right))
            else:
                value = self._binary(operator, value, self._level(rank + 1))
        return value

    def _unary(self) -> int:
        operator = self._take("-", "+", "!", "~", "++", "--")
        match operator:
            case "":
                return self._primary()
            case "++" | "--":
                if self._kind != "name":
                    self._unexpected()
                name = self._token
                self._advance()
                return self._store(name, self._value_of(name) + (1 if operator == "++" else -1))
            case _:
                value = self._nested(self._unary)
                return _wrap({"-": -value, "+": value, "!": int(not value), "~": ~value}[operator])

    def _primary(self) -> int:
        if self._take("("):
            value = self._nested(self._comma)
            if not self._take(")"):
                self._unexpected()
            return value
        token = self._token
        if self._kind == "num":
            self._advance()
            return self._number(token)
        if self._kind != "name":
            self._unexpected()
        self._advance()
        value = self._value_of(token)
        if step := self._take("++", "--"):
            self._store(token, value + (1 if step == "++" else -1))
        return value

    # ------------------------------------------------------------------ values

    def _number(self, token: str) -> int:
        if len(token) > 70:
            raise ShellError(f"{token[:32]}: bad number")
        base, mark, digits = token.partition("#")
        try:
            return _wrap(int(digits, int(base)) if mark else int(token, 16 if token[:2] in ("0x", "0X") else 10))
        except ValueError:
            raise ShellError(f"{token}: bad number") from None

    def _value_of(self, name: str) -> int:
        if self._dry:
            return 0
        return evaluate(self._names.get(name) or "0", self._names, self._depth + 8)

    def _store(self, name: str, value: int) -> int:
        value = _wrap(value)
        if not self._dry:
            self._names.set(name, str(value))
        return value

    def _binary(self, operator: str, left: int, right: int) -> int:
        if self._dry:
            return 0
        if operator in ("/", "%"):
            if not right:
                raise ShellError(f"{self._text[:200]}: zero divisor")
            quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
            return _wrap(quotient if operator == "/" else left - quotient * right)
        return _wrap(int(_OPERATIONS[operator](left, right)))


_OPERATIONS: Final[dict[str, Callable[[int, int], int]]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "&": lambda a, b: a & b, "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b, "<<": lambda a, b: a << (b & 31), ">>": lambda a, b: a >> (b & 31), "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip
