"""Compound commands: what `if`, `for`, `case`, `&&`, `|` and the others do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

from mobilegym.emulator.phone.shell.sh.errors import LoopJump, ShellError
from mobilegym.emulator.phone.shell.sh.expand import expand_arithmetic, expand_pattern, expand_text, expand_words
from mobilegym.emulator.phone.shell.sh.patterns import compile_pattern
from mobilegym.emulator.phone.shell.sh.redirect import redirect
from mobilegym.emulator.phone.shell.sh.subshell import run_background, run_pipeline, run_subshell
from mobilegym.emulator.phone.shell.sh.syntax import (
    AndOr,
    ArithmeticCommand,
    Background,
    Case,
    Conditional,
    For,
    Function,
    Group,
    If,
    Loop,
    Pipeline,
    Redirected,
    Script,
    Subshell,
    Word,
)
from mobilegym.emulator.phone.shell.sh.test_builtin import evaluate_condition

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.interpreter import Shell

__all__ = ["COMPOUND"]


async def _pipeline(shell: Shell, command: Pipeline) -> int:
    started = shell.system.kernel.clock.now_ms
    if command.negated:
        shell.unchecked += 1
    try:
        match command.commands:
            case ():
                status = 0
            case (single,):
                status = await shell.execute(single)
            case _:
                status = await run_pipeline(shell, command.commands)
    finally:
        shell.unchecked -= command.negated
    if command.timed:
        minutes, ms = divmod(shell.system.kernel.clock.now_ms - started, 60_000)
        zero = "    0m00.00s"
        shell.stderr.write(f"{minutes:5d}m{ms // 1000:02d}.{ms % 1000 // 10:02d}s real {zero} user {zero} system\n".encode())
    shell.status = int(not status) if command.negated else status
    return shell.status if command.negated else shell.checked(status)


async def _and_or(shell: Shell, command: AndOr) -> int:
    status = shell.status = await shell.tested(command.left)
    if (command.operator == "&&") == (status == 0):
        return await shell.execute(command.right)
    return status


async def _group(shell: Shell, command: Group) -> int:
    return await shell.run_body(command.body)


async def _subshell(shell: Shell, command: Subshell) -> int:
    return shell.checked(await run_subshell(shell, command.body))


async def _if(shell: Shell, command: If) -> int:
    for condition, body in command.branches:
        if not await shell.tested(condition):
            return await shell.run_body(body)
    return await shell.run_body(command.otherwise) if command.otherwise else 0


async def _loop(shell: Shell, command: Loop) -> int:
    status = 0
    shell.loops += 1
    try:
        while await _goes_on(shell, command):
            done, status = await _iteration(shell, command.body)
            if done:
                break
    finally:
        shell.loops -= 1
    return status


async def _goes_on(shell: Shell, command: Loop) -> bool:
    try:
        return bool(await shell.tested(command.condition)) == command.until
    except LoopJump as jump:
        if jump.levels > 1 and shell.loops > 1:
            raise LoopJump(jump.levels - 1, again=jump.again) from None
        return jump.again


async def _for(shell: Shell, command: For) -> int:
    words = list(shell.positional) if command.words is None else await expand_words(shell, command.words)
    status = 0
    shell.loops += 1
    try:
        for word in words:
            shell.set(command.name, word)
            done, status = await _iteration(shell, command.body)
            if done:
                break
    finally:
        shell.loops -= 1
    return status


async def _iteration(shell: Shell, body: Script) -> tuple[bool, int]:
    """Run the body of a loop once: whether the loop ends, and the status."""
    if shell.turn():
        await shell.rest()
    try:
        return False, await shell.run_body(body)
    except LoopJump as jump:
        if jump.levels > 1 and shell.loops > 1:
            raise LoopJump(jump.levels - 1, again=jump.again) from None
        return not jump.again, 0


async def _case(shell: Shell, command: Case) -> int:
    subject = await expand_text(shell, command.word)
    status = 0
    falls = False
    for item in command.items:
        if not falls and not await _matches(shell, subject, item.patterns):
            continue
        status = await shell.run_body(item.body)
        falls = item.ending == ";&"
        if item.ending == ";;":
            break
    return status


async def _matches(shell: Shell, subject: str, patterns: tuple[Word, ...]) -> bool:
    for word in patterns:
        if compile_pattern(await expand_pattern(shell, word)).matches(subject):
            return True
    return False


async def _function(shell: Shell, command: Function) -> int:
    shell.functions[command.name] = command.body
    return 0


async def _conditional(shell: Shell, command: Conditional) -> int:
    return shell.checked(int(not await evaluate_condition(shell, command.expression)))


async def _arithmetic(shell: Shell, command: ArithmeticCommand) -> int:
    return shell.checked(int(not await expand_arithmetic(shell, command.expression)))


async def _redirected(shell: Shell, command: Redirected) -> int:
    before = shell.streams
    try:
        shell.streams = await redirect(shell, command.redirects)
    except ShellError as error:
        shell.complain(error.message)
        return shell.checked(error.status)
    try:
        return await shell.execute(command.command)
    finally:
        shell.streams = before
        shell.flush()


COMPOUND: Final[dict[type, Callable[[Shell, Any], Awaitable[int]]]] = {
    Pipeline: _pipeline,
    AndOr: _and_or,
    Background: run_background,
    Group: _group,
    Subshell: _subshell,
    If: _if,
    Loop: _loop,
    For: _for,
    Case: _case,
    Function: _function,
    Conditional: _conditional,
    ArithmeticCommand: _arithmetic,
    Redirected: _redirected,
}
"""What runs a command of each kind that is not simple."""
