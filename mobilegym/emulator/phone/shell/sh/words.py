"""Words: quotes, parameters and substitutions, from text to tree."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Final, NoReturn

from mobilegym.emulator.phone.shell.sh.errors import SyntaxFailure
from mobilegym.emulator.phone.shell.sh.quoting import ansi_escapes
from mobilegym.emulator.phone.shell.sh.syntax import Arithmetic, Literal, Parameter, Part, Script, Substitution, Word

__all__ = ["WordLexer", "make_word"]

_MAX_DEPTH: Final = 48
_MAX_EXPANSIONS: Final = 10_000
"""Of one here-document."""
"""Of compound commands, substitutions and parameters within each other."""
_PLAIN: Final = re.compile(r"[^ \t\n;&|<>()$`\"'\\]+")
_IN_QUOTES: Final = re.compile(r"[^\"$`\\]+")
_IN_BRACES: Final = re.compile(r"[^}/:\"'$`\\]+")
_IN_ARITHMETIC: Final = re.compile(r"[^()\"$`\\]+")
_IN_HERE: Final = re.compile(r"[^$`\\]+")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]|[@*#?$!-]")
_BRACED_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-]")
_OPERATOR: Final = re.compile(r":?[-=+?]|%%|%|##|#|//|/#|/%|/|:|@[A-Za-z#]")
_GLOB_CHARS: Final = re.compile(r"[*?\[]")
_METACHARACTERS: Final = frozenset(" \t\n;&|<>()")


def make_word(parts: Iterable[Part]) -> Word:
    """A word, with its text where there is nothing to expand in it."""
    parts = tuple(parts)
    text = ""
    for index, part in enumerate(parts):
        if not isinstance(part, Literal):
            return Word(parts)
        if not part.quoted and (_GLOB_CHARS.search(part.text) or (not index and part.text.startswith("~"))):
            return Word(parts)
        text += part.text
    return Word(parts, text)


class _Builder:
    """Collects the parts of a word; literal text of one kind grows together."""

    __slots__ = ("_quoted", "_text", "parts")

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._text: list[str] = []
        self._quoted = False

    def text(self, text: str, quoted: bool) -> None:
        if self._text and quoted != self._quoted:
            self.flush()
        self._text.append(text)
        self._quoted = quoted

    def part(self, part: Part) -> None:
        self.flush()
        self.parts.append(part)

    def flush(self) -> None:
        if self._text:
            self.parts.append(Literal("".join(self._text), self._quoted))
            self._text.clear()

    def word(self) -> Word:
        self.flush()
        return make_word(self.parts)


class WordLexer(ABC):
    """Reads words from `text` at `position`."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self.text = text
        self.position = 0
        self.depth = depth
        self._not_arithmetic: set[int] = set()

    @abstractmethod
    def nested(self) -> Script:
        """The commands from here to the closing parenthesis, which is consumed."""

    @abstractmethod
    def reparse(self, text: str) -> Script:
        """The commands of a text within this one."""

    @abstractmethod
    def within(self, text: str) -> WordLexer:
        """A lexer of a text within this one."""

    # ------------------------------------------------------------------ errors

    @cached_property
    def _lines(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def line(self, position: int | None = None) -> int:
        """1-based line of a position; of the current one by default."""
        return bisect_right(self._lines, (self.position if position is None else position) - 1) + 1

    def fail(self, message: str, *, incomplete: bool = False) -> NoReturn:
        """Give up, here."""
        raise SyntaxFailure(message, self.line(), incomplete=incomplete)

    def enter(self) -> None:
        """One level deeper."""
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            self.fail("too deeply nested")

    def leave(self) -> None:
        """One level up again."""
        self.depth -= 1

    # ------------------------------------------------------------------ words

    def peek(self) -> str:
        """The next character; empty at the end."""
        return self.text[self.position : self.position + 1]

    def word(self) -> Word:
        """The word that begins here."""
        plain = _PLAIN.match(self.text, self.position)
        builder = _Builder()
        if plain is not None:
            self.position = plain.end()
            builder.text(plain[0], False)
        while (char := self.peek()) and char not in _METACHARACTERS:
            self._piece(builder, char)
        return builder.word()

    def expression(self) -> Word | None:
        """What stands between `((`, which comes next, and its `))`; None, and nothing consumed, if there is no such end."""
        start = self.position
        if start in self._not_arithmetic:
            return None
        self.position += 2
        depth = self.depth
        try:
            found = self._expression()
        except SyntaxFailure:
            found = None
            self.depth = depth
        if found is None:
            self.position = start
            self._not_arithmetic.add(start)
        return found

    def here_word(self) -> Word:
        """The whole text as the body of a here-document."""
        builder, expansions = _Builder(), 0
        while char := self.peek():
            if char in "$`":
                expansions += 1
                if expansions > _MAX_EXPANSIONS:
                    self.fail("here document too long")
                self._dollar(builder, True)
            elif char == "\\":
                self._escape(builder, "$`\\")
            else:
                self._run(builder, _IN_HERE, True)
        return builder.word()

    def _piece(self, builder: _Builder, char: str) -> None:
        match char:
            case "'":
                self._single(builder)
            case '"':
                self._double(builder)
            case "\\":
                self._backslash(builder)
            case "$" | "`":
                self._dollar(builder, False)
            case _:
                self._run(builder, _PLAIN, False)

    def _run(self, builder: _Builder, pattern: re.Pattern[str], quoted: bool) -> None:
        match = pattern.match(self.text, self.position)
        end = match.end() if match else self.position + 1
        builder.text(self.text[self.position : end], quoted)
        self.position = end

    def _single(self, builder: _Builder) -> None:
        end = self.text.find("'", self.position + 1)
        if end < 0:
            self.fail("no closing quote", incomplete=True)
        builder.text(self.text[self.position + 1 : end], True)
        self.position = end + 1

    def _double(self, builder: _Builder) -> None:
        self.position += 1
        if self.peek() == '"':
            builder.text("", True)
        while (char := self.peek()) != '"':
            if not char:
                self.fail("no closing quote", incomplete=True)
            if char in "$`":
                self._dollar(builder, True)
            elif char == "\\":
                self._escape(builder, '$`"\\')
            else:
                self._run(builder, _IN_QUOTES, True)
        self.position += 1

    def _backslash(self, builder: _Builder) -> None:
        """A backslash outside of quotes."""
        following = self.text[self.position + 1 : self.position + 2]
        if following != "\n":
            builder.text(following or "\\", True)
        self.position += 2

    def _escape(self, builder: _Builder, escapable: str) -> None:
        """A backslash within double quotes: it stays where it escapes nothing."""
        following = self.text[self.position + 1 : self.position + 2]
        self.position += 2
        if following == "\n":
            return
        builder.text(following if following and following in escapable else "\\" + following, True)

    # ------------------------------------------------------------------ dollars and backquotes

    def _dollar(self, builder: _Builder, quoted: bool) -> None:
        """An expansion, at its `$` or backquote."""
        if self.peek() == "`":
            builder.part(Substitution(self._backquoted(quoted), quoted))
            return
        following = self.text[self.position + 1 : self.position + 2]
        if following == "(":
            builder.part(self._parenthesised(quoted))
        elif following == "{":
            self.enter()
            builder.part(self._braced(quoted))
            self.leave()
        elif following == "'" and not quoted:
            self._ansi(builder)
        elif following == '"' and not quoted:
            self.position += 1
        elif name := _NAME.match(self.text, self.position + 1):
            self.position = name.end()
            builder.part(Parameter(name[0], quoted))
        else:
            self.position += 1
            builder.text("$", quoted)

    def _ansi(self, builder: _Builder) -> None:
        end = self.position + 2
        while (char := self.text[end : end + 1]) != "'":
            if not char:
                self.fail("no closing quote", incomplete=True)
            end += 2 if char == "\\" else 1
        builder.text(ansi_escapes(self.text[self.position + 2 : end]), True)
        self.position = end + 1

    def _parenthesised(self, quoted: bool) -> Part:
        self.enter()
        self.position += 1
        if self.text.startswith("((", self.position) and (expression := self.expression()) is not None:
            self.leave()
            return Arithmetic(expression, quoted)
        self.position += 1
        script = self.nested()
        self.leave()
        return Substitution(script, quoted)

    def _backquoted(self, quoted: bool) -> Script:
        escapable = '$`\\"' if quoted else "$`\\"
        end = self.position + 1
        parts: list[str] = []
        while (char := self.text[end : end + 1]) != "`":
            if not char:
                self.fail("no closing quote", incomplete=True)
            following = self.text[end + 1 : end + 2]
            if char == "\\" and following and following in escapable:
                char = following
                end += 1
            parts.append(char)
            end += 1
        self.enter()
        script = self.reparse("".join(parts))
        self.leave()
        self.position = end + 1
        return script

    def _expression(self) -> Word | None:
        builder = _Builder()
        open_ = 0
        while char := self.peek():
            if char == ")" and not open_:
                if not self.text.startswith("))", self.position):
                    return None
                self.position += 2
                return builder.word()
            open_ += (char == "(") - (char == ")")
            if char in "$`":
                self._dollar(builder, True)
            elif char == '"':
                self.position += 1
            elif char == "\\":
                self._escape(builder, "")
            else:
                self._run(builder, _IN_ARITHMETIC, True)
        return None

    # ------------------------------------------------------------------ ${...}

    def _braced(self, quoted: bool) -> Parameter:
        start = self.position
        self.position += 2
        length = False
        name = _BRACED_NAME.match(self.text, self.position)
        if name and name[0] == "#":
            measured = _BRACED_NAME.match(self.text, name.end())
            if measured and self.text[measured.end() : measured.end() + 1] in ("}", "["):
                name, length = measured, True
        if not name:
            return self._bad(start)
        self.position = name.end()
        subscript = self._subscript() if self.peek() == "[" and name[0][0].isidentifier() else None
        if self.peek() == "}":
            self.position += 1
            return Parameter(name[0], quoted, "length" if length else "", (), subscript)
        operator = _OPERATOR.match(self.text, self.position)
        if length or not operator:
            return self._bad(start)
        self.position = operator.end()
        words = self._operands(operator[0], quoted)
        self.position += 1
        return Parameter(name[0], quoted, operator[0], words, subscript)

    def _subscript(self) -> Word:
        end = self.text.find("]", self.position)
        if end < 0:
            self.fail("syntax error: unmatched '['", incomplete=True)
        inner = self.within(self.text[self.position + 1 : end])
        self.position = end + 1
        return inner.here_word()

    def _operands(self, operator: str, quoted: bool) -> tuple[Word, ...]:
        match operator:
            case ":":
                offset = self._operand(True, ":}", pattern=False)
                if self.peek() == "}":
                    return (offset,)
                self.position += 1
                return offset, self._operand(True, "}", pattern=False)
            case "/" | "//" | "/#" | "/%":
                pattern = self._operand(False, "/}", pattern=True)
                if self.peek() == "}":
                    return (pattern,)
                self.position += 1
                return pattern, self._operand(quoted, "}", pattern=False)
            case "#" | "##" | "%" | "%%":
                return (self._operand(False, "}", pattern=True),)
            case _:
                return (self._operand(quoted, "}", pattern=False),)

    def _operand(self, quoted: bool, stops: str, *, pattern: bool) -> Word:
        """A word within braces, up to one of `stops`, which stays."""
        builder = _Builder()
        while (char := self.peek()) not in tuple(stops):
            if not char:
                self.fail("syntax error: unmatched '{'", incomplete=True)
            if char == "'" and quoted and not pattern:
                builder.text(char, True)
                self.position += 1
            elif char == "\\" and quoted:
                self._escape(builder, '$`"\\}')
            elif char in "'\"\\":
                self._piece(builder, char)
            elif char in "$`":
                self._dollar(builder, quoted)
            else:
                self._run(builder, _IN_BRACES, quoted)
        return builder.word()

    def _bad(self, start: int) -> Parameter:
        self.position = start + 2
        self._operand(False, "}", pattern=False)
        self.position += 1
        return Parameter(self.text[start : self.position], False, "bad")
