"""How a script leaves what it is in: errors, and the jumps that are no errors."""

from __future__ import annotations

__all__ = ["ExitShell", "LoopJump", "ReturnFrom", "ShellError", "SyntaxFailure"]


class _Leave(Exception):
    """What is raised within the interpreter and never leaves it."""


class SyntaxFailure(_Leave):
    """A script that cannot be parsed; `incomplete` when more lines could still complete it."""

    def __init__(self, message: str, line: int = 0, *, incomplete: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.incomplete = incomplete


class ShellError(_Leave):
    """A command cannot be carried out: an expansion, an assignment or a redirection went wrong.

    Args:
        message: Without the shell's name and without newline.
        status: Exit status.
        fatal: Whether a script ends with it, as with every error of an expansion.
    """

    def __init__(self, message: str, status: int = 1, *, fatal: bool = True) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.fatal = fatal


class ExitShell(_Leave):
    """`exit`, or the end by a signal or an error."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ReturnFrom(_Leave):
    """`return` from a function or a sourced script."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class LoopJump(_Leave):
    """`break` and `continue`, out of `levels` loops."""

    def __init__(self, levels: int, *, again: bool) -> None:
        super().__init__(levels)
        self.levels = levels
        self.again = again
