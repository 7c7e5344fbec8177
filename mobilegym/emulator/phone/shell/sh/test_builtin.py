"""`test`, `[` and what `[[ ]]` asks."""

from __future__ import annotations

import stat
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.sh.arithmetic import evaluate
from mobilegym.emulator.phone.shell.sh.conditions import BINARY, UNARY
from mobilegym.emulator.phone.shell.sh.errors import ShellError
from mobilegym.emulator.phone.shell.sh.expand import expand_pattern, expand_text
from mobilegym.emulator.phone.shell.sh.patterns import compile_pattern
from mobilegym.emulator.phone.shell.sh.syntax import Condition, ConditionNode
from mobilegym.emulator.phone.shell.vfs_values import FsError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.state import State
    from mobilegym.emulator.phone.shell.vfs_values import Stat

__all__ = ["evaluate_condition", "test"]

_MAX_DEPTH: Final = 40
_ERROR_STATUS: Final = 2
_KINDS: Final[dict[str, Callable[[int], bool]]] = {
    "-f": stat.S_ISREG, "-d": stat.S_ISDIR, "-b": stat.S_ISBLK, "-c": stat.S_ISCHR, "-p": stat.S_ISFIFO, "-S": stat.S_ISSOCK,
    "-u": lambda mode: bool(mode & stat.S_ISUID), "-g": lambda mode: bool(mode & stat.S_ISGID),
    "-k": lambda mode: bool(mode & stat.S_ISVTX),
}  # fmt: skip
_ACCESS: Final = {"-r": 4, "-w": 2, "-x": 1}
_NUMERIC: Final[dict[str, Callable[[int, int], bool]]] = {
    "-eq": lambda a, b: a == b, "-ne": lambda a, b: a != b, "-lt": lambda a, b: a < b, "-le": lambda a, b: a <= b,
    "-gt": lambda a, b: a > b, "-ge": lambda a, b: a >= b,
}  # fmt: skip


def test(state: State, argv: list[str]) -> int:
    args = argv[1:]
    if argv[0] == "[":
        if not args or args[-1] != "]":
            raise ShellError("missing ]", _ERROR_STATUS, fatal=False)
        args = args[:-1]
    state.session.flush()
    try:
        return int(not _Test(state, args).run())
    except ShellError as error:
        raise ShellError(error.message, _ERROR_STATUS, fatal=False) from error


class _Test:
    """The arguments of `test`. Up to four are understood by their number, as POSIX demands; more by precedence."""

    def __init__(self, state: State, args: list[str]) -> None:
        self._state = state
        self._args = args
        self._at = 0
        self._depth = 0

    def run(self) -> bool:
        match self._args:
            case []:
                return False
            case [one]:
                return bool(one)
            case [operator, operand] if operator in UNARY:
                return _unary(self._state, operator, operand)
            case [left, operator, right] if operator in BINARY:
                return _binary(self._state, operator, left, right)
            case ["!", *rest] if len(rest) < 4:
                return not _Test(self._state, rest).run()
            case ["(", *inner, ")"] if len(inner) in (1, 2):
                return _Test(self._state, inner).run()
            case _:
                pass
        value = self._or()
        if self._at < len(self._args):
            raise ShellError(f"{self._args[self._at]}: unexpected operator/operand")
        return value

    def _peek(self, ahead: int = 0) -> str | None:
        at = self._at + ahead
        return self._args[at] if at < len(self._args) else None

    def _or(self) -> bool:
        value = self._and()
        while self._peek() == "-o":
            self._at += 1
            value = self._and() or value
        return value

    def _and(self) -> bool:
        value = self._not()
        while self._peek() == "-a":
            self._at += 1
            value = self._not() and value
        return value

    def _not(self) -> bool:
        negated = False
        while self._peek() == "!" and self._peek(1) is not None:
            self._at += 1
            negated = not negated
        return self._primary() != negated

    def _primary(self) -> bool:
        first, second, third = self._peek(), self._peek(1), self._peek(2)
        if first is None:
            raise ShellError("expression expected")
        if second in BINARY and third is not None:
            self._at += 3
            return _binary(self._state, second or "", first, third)
        if first == "(":
            self._depth += 1
            if self._depth > _MAX_DEPTH:
                raise ShellError("expression too deeply nested")
            self._at += 1
            value = self._or()
            if self._peek() != ")":
                raise ShellError("missing )")
            self._at += 1
            self._depth -= 1
            return value
        if first in UNARY and second is not None:
            self._at += 2
            return _unary(self._state, first, second)
        self._at += 1
        return bool(first)


def _stat(state: State, path: str, *, follow: bool = True) -> Stat | None:
    files = state.system.files
    try:
        return files.stat(files.resolve(path, state.cwd), follow=follow, uid=state.uid)
    except FsError:
        return None


def _unary(state: State, operator: str, operand: str) -> bool:
    match operator:
        case "-n":
            return bool(operand)
        case "-z":
            return not operand
        case "-t":
            return state.session.tty is not None and operand in ("0", "1", "2")
        case "-o":
            return operand in state.options
        case "-v":
            return state.get(operand) is not None
        case "-h" | "-L":
            found = _stat(state, operand, follow=False)
            return found is not None and stat.S_ISLNK(found.mode)
        case "-r" | "-w" | "-x":
            try:
                path = state.system.files.resolve(operand, state.cwd)
            except FsError:
                return False
            return state.system.files.may(path, _ACCESS[operator], uid=state.uid)
        case _:
            found = _stat(state, operand)
            if found is None:
                return False
            if operator == "-s":
                return found.size > 0
            if operator in ("-O", "-G"):
                return state.uid in (0, found.uid if operator == "-O" else found.gid)
            kind = _KINDS.get(operator)
            return kind is None or kind(found.mode)


def _binary(state: State, operator: str, left: str, right: str) -> bool:
    match operator:
        case "=" | "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case ">":
            return left > right
        case "-nt" | "-ot" | "-ef":
            return _compare_files(state, operator, left, right)
        case _:
            return _NUMERIC[operator](evaluate(left, state), evaluate(right, state))


def _compare_files(state: State, operator: str, left: str, right: str) -> bool:
    first, second = _stat(state, left), _stat(state, right)
    if operator == "-ef":
        return first is not None and second is not None and first.inode == second.inode
    if operator == "-ot":
        first, second = second, first
    return first is not None and (second is None or first.mtime_ms > second.mtime_ms)


async def evaluate_condition(state: State, condition: Condition | ConditionNode) -> bool:
    """Whether the expression of a `[[ ]]` is true."""
    if isinstance(condition, ConditionNode):
        if condition.operator == "!":
            return not await evaluate_condition(state, condition.operands[0])
        wanted = condition.operator == "||"
        for operand in condition.operands:
            if await evaluate_condition(state, operand) == wanted:
                return wanted
        return not wanted
    state.session.flush()
    left = await expand_text(state, condition.words[0])
    if len(condition.words) == 1:
        return _unary(state, condition.operator, left)
    if condition.operator in ("=", "==", "!="):
        pattern = await expand_pattern(state, condition.words[1])
        return compile_pattern(pattern).matches(left) == (condition.operator != "!=")
    return _binary(state, condition.operator, left, await expand_text(state, condition.words[1]))
