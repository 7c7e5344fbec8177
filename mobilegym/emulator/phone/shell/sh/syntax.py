"""The syntax tree of a script: immutable values, so that a parse can be kept and run any number of times."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from mobilegym.emulator.phone.shell.sh.errors import SyntaxFailure

__all__ = [
    "AndOr",
    "Arithmetic",
    "ArithmeticCommand",
    "Assignment",
    "Background",
    "Case",
    "CaseItem",
    "Command",
    "Condition",
    "ConditionNode",
    "Conditional",
    "For",
    "Function",
    "Group",
    "HereDocument",
    "If",
    "Literal",
    "Loop",
    "Parameter",
    "Part",
    "Pipeline",
    "Redirect",
    "Redirected",
    "Script",
    "Simple",
    "Subshell",
    "Substitution",
    "Word",
]


# ---------------------------------------------------------------------- words


@dataclass(frozen=True, slots=True)
class Literal:
    """Text as it stands. Unquoted text may still be a pattern."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """`$name`, `${name}` and `${name OPERATOR words}`."""

    name: str
    """A variable's name, digits, or one of `@*#?$!-`. Of a bad substitution: its text."""
    quoted: bool = False
    operator: str = ""
    """As written (`:-`, `%%`, `//`, ...); `length` for `${#x}`, `:` for a substring, `bad` for what is no parameter at all."""
    words: tuple[Word, ...] = ()
    subscript: Word | None = None


@dataclass(frozen=True, slots=True)
class Substitution:
    """`$(script)`, also in backquotes."""

    script: Script
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`$((expression))`."""

    expression: Word
    quoted: bool = False


Part: TypeAlias = Literal | Parameter | Substitution | Arithmetic


@dataclass(frozen=True, slots=True)
class Word:
    """What expands to no, one or several strings."""

    parts: tuple[Part, ...]
    literal: str | None = None
    """The string itself, where nothing is to be expanded."""


# ---------------------------------------------------------------------- commands


@dataclass(frozen=True, slots=True)
class Assignment:
    """`name=value`, `name+=value`, `name=(values)`."""

    name: str
    value: Word
    append: bool = False
    subscript: Word | None = None
    values: tuple[Word, ...] | None = None
    """Of a whole array."""


@dataclass(slots=True)
class HereDocument:
    """The text after `<<`. Its body is known only once the line is read to its end; it never changes after that."""

    delimiter: str
    quoted: bool
    strip: bool
    body: Word = field(default_factory=lambda: Word((), ""))


@dataclass(frozen=True, slots=True)
class Redirect:
    """One redirection."""

    operator: str
    """`<`, `>`, `>>`, `<>`, `>|`, `<&`, `>&`, `&>`, `&>>`, `<<` or `<<<`."""
    descriptor: int
    target: Word | HereDocument


@dataclass(frozen=True, slots=True)
class Simple:
    """`a=b command words > file`."""

    assignments: tuple[Assignment, ...]
    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...]
    line: int
    literals: tuple[str, ...] | None = None
    """All words, where none has anything to be expanded."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Commands connected by pipes, maybe negated or timed."""

    commands: tuple[Command, ...]
    negated: bool = False
    timed: bool = False


@dataclass(frozen=True, slots=True)
class AndOr:
    """Two commands with `&&` or `||` between them."""

    left: Command
    operator: str
    right: Command


@dataclass(frozen=True, slots=True)
class Background:
    """`command &`."""

    command: Command
    text: str
    """As written, for `jobs`."""


@dataclass(frozen=True, slots=True)
class Group:
    """`{ ...; }`."""

    body: Script


@dataclass(frozen=True, slots=True)
class Subshell:
    """`( ... )`."""

    body: Script


@dataclass(frozen=True, slots=True)
class If:
    """`if ...; then ...; elif ...; else ...; fi`."""

    branches: tuple[tuple[Script, Script], ...]
    otherwise: Script | None


@dataclass(frozen=True, slots=True)
class Loop:
    """`while` and `until`."""

    condition: Script
    body: Script
    until: bool


@dataclass(frozen=True, slots=True)
class For:
    """`for name in words`; without `in`, over the positional parameters."""

    name: str
    words: tuple[Word, ...] | None
    body: Script


@dataclass(frozen=True, slots=True)
class CaseItem:
    """Patterns, what to do, and how it ends: `;;`, `;&` (go on with the next) or `;|` (test the next)."""

    patterns: tuple[Word, ...]
    body: Script
    ending: str


@dataclass(frozen=True, slots=True)
class Case:
    """`case word in ... esac`."""

    word: Word
    items: tuple[CaseItem, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """The definition of a function."""

    name: str
    body: Command


@dataclass(frozen=True, slots=True)
class Condition:
    """A test within `[[ ]]`: `-f word`, `word = word`, or a word alone (operator `-n`)."""

    operator: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class ConditionNode:
    """`!`, `&&` and `||` within `[[ ]]`."""

    operator: str
    operands: tuple[Condition | ConditionNode, ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    """`[[ ... ]]`."""

    expression: Condition | ConditionNode


@dataclass(frozen=True, slots=True)
class ArithmeticCommand:
    """`((expression))`."""

    expression: Word


@dataclass(frozen=True, slots=True)
class Redirected:
    """A compound command with redirections."""

    command: Command
    redirects: tuple[Redirect, ...]


Command: TypeAlias = (
    Simple
    | Pipeline
    | AndOr
    | Background
    | Group
    | Subshell
    | If
    | Loop
    | For
    | Case
    | Function
    | Conditional
    | ArithmeticCommand
    | Redirected
)


@dataclass(frozen=True, slots=True)
class Script:
    """Commands in order. A shell reads line by line: what stands before a syntax error still runs."""

    commands: tuple[Command, ...]
    failure: SyntaxFailure | None = None
