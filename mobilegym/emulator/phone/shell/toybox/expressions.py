"""`expr`."""

from __future__ import annotations

import re
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.toybox.options import usage_error
from mobilegym.emulator.phone.shell.toybox.regex import compile_regex

__all__ = ["expr"]

_LEVELS: Final = (("|",), ("&",), ("=", "==", "!=", "<", "<=", ">", ">="), ("+", "-"), ("*", "/", "%"), (":",))
_MAX_BITS: Final = 63


def expr(p: Process) -> int:
    """Work out an expression whose words are the arguments."""
    words = list(p.args)
    if words == ["--help"]:
        p.out("usage: expr ARG1 OPERATOR ARG2...\n")
        return 0
    if not words:
        raise usage_error(p, "Needs 1 argument", 2)
    parser = _Parser(p, words)
    value = parser.level(0, 0)
    if parser.words:
        raise ProgramError(f"expr: syntax error @{len(p.args) - len(parser.words)} '{parser.words[0]}'", 2)
    p.out(f"{value}\n")
    return 1 if str(value) in ("", "0") else 0


class _Parser:
    def __init__(self, p: Process, words: list[str]) -> None:
        self._p = p
        self.words = words

    def level(self, rank: int, depth: int) -> int | str:
        if depth > 200:
            raise ProgramError("expr: syntax error", 2)
        if rank == len(_LEVELS):
            return self._atom(depth)
        left = self.level(rank + 1, depth)
        while self.words and self.words[0] in _LEVELS[rank]:
            operator = self.words.pop(0)
            left = self._apply(operator, left, self.level(rank + 1, depth))
        return left

    def _atom(self, depth: int) -> int | str:
        if not self.words:
            raise ProgramError("expr: syntax error", 2)
        word = self.words.pop(0)
        if word != "(":
            return word
        value = self.level(0, depth + 1)
        if not self.words or self.words.pop(0) != ")":
            raise ProgramError("expr: syntax error", 2)
        return value

    def _apply(self, operator: str, left: int | str, right: int | str) -> int | str:
        if operator == "|":
            return left if str(left) not in ("", "0") else right if str(right) else 0
        if operator == "&":
            return left if str(left) not in ("", "0") and str(right) not in ("", "0") else 0
        if operator == ":":
            regex = compile_regex(self._p, str(right), extended=False)
            found = regex.search(str(left))
            if found is None or found.start:
                return "" if regex.groups else 0
            return (found.groups[0] or "") if regex.groups else found.end
        if operator in _LEVELS[2]:
            return int(self._compare(operator, left, right))
        return self._arithmetic(operator, self._number(left), self._number(right))

    def _compare(self, operator: str, left: int | str, right: int | str) -> bool:
        both = [int(v) if re.fullmatch(r"-?\d+", str(v)) else None for v in (left, right)]
        if both[0] is not None and both[1] is not None:
            order = (both[0] > both[1]) - (both[0] < both[1])
        else:
            order = (str(left) > str(right)) - (str(left) < str(right))
        return {"=": order == 0, "==": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[
            operator
        ]

    def _number(self, value: int | str) -> int:
        if not re.fullmatch(r"-?\d{1,40}", str(value)):
            raise ProgramError("expr: non-integer argument", 2)
        return int(value)

    def _arithmetic(self, operator: str, left: int, right: int) -> int:
        if operator in "/%":
            if right == 0:
                raise ProgramError("expr: division by zero", 2)
            quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
            return quotient if operator == "/" else left - right * quotient
        value = left + right if operator == "+" else left - right if operator == "-" else left * right
        return (value + (1 << _MAX_BITS)) % (1 << (_MAX_BITS + 1)) - (1 << _MAX_BITS)
