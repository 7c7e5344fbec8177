"""Tokens for a parser, and the commands that are made of words only: assignments, words, redirections."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Final, NoReturn

from mobilegym.emulator.phone.shell.sh.braces import expand_braces
from mobilegym.emulator.phone.shell.sh.lexer import NEWLINE, Lexer, Token
from mobilegym.emulator.phone.shell.sh.syntax import Assignment, Command, Literal, Redirect, Simple, Word
from mobilegym.emulator.phone.shell.sh.words import make_word

__all__ = ["SimpleParser"]

_ASSIGNMENT: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:\[([^]]*)\])?(\+?)=")
_REDIRECTS: Final = frozenset({"<", ">", ">>", "<>", ">|", "<&", ">&", "&>", "&>>", "<<", "<<-", "<<<"})


class SimpleParser(ABC):
    """Reads tokens from a lexer. Looks one token ahead, and never further than it must."""

    def __init__(self, lexer: Lexer) -> None:
        self.lexer = lexer
        self._ahead: Token | None = None

    @abstractmethod
    def function(self, name: str) -> Command:
        """The definition of a function, from its parentheses on."""

    # ------------------------------------------------------------------ tokens

    def peek(self) -> Token:
        """The next token, which stays."""
        if self._ahead is None:
            self._ahead = self.lexer.token()
        return self._ahead

    def take(self) -> Token:
        """The next token."""
        token = self.peek()
        self._ahead = None
        return token

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these operators or reserved words."""
        return self.peek().text in texts

    def accept(self, *texts: str) -> bool:
        """Take the next token if it is one of these."""
        if self.peek().text in texts:
            self._ahead = None
            return True
        return False

    def expect(self, text: str) -> None:
        """Take the next token, which must be this."""
        if not self.accept(text):
            self.unexpected()

    def unexpected(self) -> NoReturn:
        """Give up: the next token cannot stand here."""
        self.lexer.unexpected(self.peek())

    def newlines(self) -> None:
        """Skip line ends."""
        while self.accept(NEWLINE):
            pass

    # ------------------------------------------------------------------ simple commands

    def simple(self) -> Command:
        """A simple command, or the definition of a function that begins like one."""
        assignments: list[Assignment] = []
        words: list[Word] = []
        redirects: list[Redirect] = []
        first = self.peek()
        while True:
            if (redirect := self.redirect()) is not None:
                redirects.append(redirect)
                continue
            token = self.peek()
            if token.word is None:
                break
            self.take()
            if not words and (match := _ASSIGNMENT.match(token.text)) and isinstance(token.word.parts[0], Literal):
                assignments.append(self._assignment(token.word, match))
                continue
            words.extend(expand_braces(token.word))
            if len(words) == 1 and not assignments and not redirects and self.at("("):
                return self.function(token.text)
        if not assignments and not words and not redirects:
            self.unexpected()
        literals = tuple(word.literal for word in words if word.literal is not None)
        return Simple(
            tuple(assignments),
            tuple(words),
            tuple(redirects),
            self.lexer.line(first.start),
            literals if words and len(literals) == len(words) else None,
        )

    def _assignment(self, word: Word, match: re.Match[str]) -> Assignment:
        name, subscript, append = match[1], match[2], bool(match[3])
        index = None if subscript is None else self.lexer.within(subscript).here_word()
        if match.end() == len(match.string) and self.lexer.peek() == "(" and index is None:
            return Assignment(name, Word((), ""), append, None, self._array())
        head = word.parts[0]
        assert isinstance(head, Literal)
        value = make_word((Literal(head.text[match.end() :]), *word.parts[1:]))
        return Assignment(name, value, append, index)

    def _array(self) -> tuple[Word, ...]:
        self.expect("(")
        words: list[Word] = []
        self.newlines()
        while (token := self.peek()).word is not None:
            self.take()
            words.extend(expand_braces(token.word))
            self.newlines()
        self.expect(")")
        return tuple(words)

    def redirect(self) -> Redirect | None:
        """The redirection that comes next, if one does."""
        token = self.peek()
        descriptor = -1
        if token.kind == "number":
            descriptor = int(self.take().text)
            token = self.peek()
        if token.kind != "operator" or token.text not in _REDIRECTS:
            if descriptor >= 0:
                self.unexpected()
            return None
        self.take()
        operator = token.text
        if descriptor < 0:
            descriptor = 0 if operator.startswith("<") else 1
        if operator in ("<<", "<<-"):
            return Redirect("<<", descriptor, self.lexer.here_document(strip=operator == "<<-"))
        target = self.peek()
        if target.word is None:
            self.unexpected()
        self.take()
        return Redirect(operator, descriptor, target.word)
