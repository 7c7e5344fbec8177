"""Tokens: words, operators and the bodies of here-documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple, NoReturn

from mobilegym.emulator.phone.shell.sh.syntax import HereDocument, Literal, Script, Word
from mobilegym.emulator.phone.shell.sh.words import WordLexer

__all__ = ["NEWLINE", "Lexer", "Token"]

NEWLINE: Final = "\n"
_BLANKS: Final = re.compile(r"(?:[ \t]|\\\n)*(?:#[^\n]*)?")
_OPERATORS: Final = re.compile(r"&>>|<<-|<<<|&&|\|\||;;|;&|;\||<<|>>|<&|>&|<>|>\||&>|[;&|<>()\n]")
_DESCRIPTOR: Final = re.compile(r"[0-9]{1,9}(?=[<>])")


class Token(NamedTuple):
    """A piece of a script."""

    kind: str
    """`word`, `operator`, `number` (before a redirection) or `end`."""
    text: str
    """As written; a newline is the operator `\\n`."""
    start: int
    word: Word | None = None


class Lexer(WordLexer):
    """Reads tokens; `parse` reads the commands of a `$(`, on the lexer that it is given, up to the `)`."""

    def __init__(self, text: str, parse: Callable[[Lexer, str], Script], depth: int = 0) -> None:
        super().__init__(text, depth)
        self._parse = parse
        self._pending: list[HereDocument] = []

    def nested(self) -> Script:
        return self._parse(self, ")")

    def reparse(self, text: str) -> Script:
        return self._parse(self.within(text), "")

    def within(self, text: str) -> Lexer:
        return Lexer(text, self._parse, self.depth)

    def token(self) -> Token:
        """The next token."""
        blanks = _BLANKS.match(self.text, self.position)
        start = self.position = blanks.end() if blanks else self.position
        if start >= len(self.text):
            if self._pending:
                self.fail(f"here document '{self._pending[0].delimiter}' unclosed", incomplete=True)
            return Token("end", "", start)
        if operator := _OPERATORS.match(self.text, start):
            self.position = operator.end()
            if operator[0] == "\n":
                self._read_here_documents()
            return Token("operator", operator[0], start)
        if number := _DESCRIPTOR.match(self.text, start):
            self.position = number.end()
            return Token("number", number[0], start)
        word = self.word()
        return Token("word", self.text[start : self.position], start, word)

    def unexpected(self, token: Token) -> NoReturn:
        """Give up because of a token that cannot stand where it does."""
        if token.kind == "end":
            self.fail("syntax error: unexpected EOF", incomplete=True)
        self.fail(f"syntax error: unexpected '{'newline' if token.text == NEWLINE else token.text[:32]}'")

    def here_document(self, *, strip: bool) -> HereDocument:
        """The here-document whose operator was just read: its delimiter comes next, its body after the line."""
        token = self.token()
        if token.word is None:
            self.unexpected(token)
        parts = token.word.parts
        quoted = any(isinstance(part, Literal) and part.quoted for part in parts)
        plain = "".join(part.text for part in parts if isinstance(part, Literal))
        document = HereDocument(plain if all(isinstance(part, Literal) for part in parts) else token.text, quoted, strip)
        self._pending.append(document)
        return document

    def _read_here_documents(self) -> None:
        pending, self._pending = self._pending, []
        for document in pending:
            lines: list[str] = []
            while True:
                if self.position >= len(self.text):
                    self.fail(f"here document '{document.delimiter}' unclosed", incomplete=True)
                end = self.text.find("\n", self.position)
                end = len(self.text) if end < 0 else end
                line = self.text[self.position : end]
                self.position = min(end + 1, len(self.text))
                line = line.lstrip("\t") if document.strip else line
                if line == document.delimiter:
                    break
                lines.append(line + "\n")
            body = "".join(lines)
            document.body = Word((Literal(body, True),), body) if document.quoted else self.within(body).here_word()
