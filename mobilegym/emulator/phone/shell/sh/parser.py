"""Script → syntax tree. Parses are kept: the same script, run again, costs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from mobilegym.emulator.phone.shell.sh.braces import expand_braces
from mobilegym.emulator.phone.shell.sh.conditions import parse_condition
from mobilegym.emulator.phone.shell.sh.errors import SyntaxFailure
from mobilegym.emulator.phone.shell.sh.lexer import NEWLINE, Lexer
from mobilegym.emulator.phone.shell.sh.simple_parser import SimpleParser
from mobilegym.emulator.phone.shell.sh.syntax import (
    AndOr,
    ArithmeticCommand,
    Background,
    Case,
    CaseItem,
    Command,
    Conditional,
    For,
    Function,
    Group,
    If,
    Loop,
    Pipeline,
    Redirect,
    Redirected,
    Script,
    Subshell,
    Word,
)

__all__ = ["MAX_SCRIPT", "Parser", "parse"]

MAX_SCRIPT: Final = 1024 * 1024
"""Characters of a script."""
_KEPT: Final = 16 * 1024
"""Only parses of scripts up to this length are kept."""
_FUNCTION_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CLOSERS: Final = frozenset({"then", "else", "elif", "fi", "do", "done", "esac", "}"})
_STATEMENTS_PER_LINE: Final = 20_000


def parse(text: str) -> Script:
    """The tree of a script. What cannot be parsed is its `failure`; the lines before it are there."""
    return _kept(text) if len(text) <= _KEPT else _parse(text)


@lru_cache(maxsize=512)
def _kept(text: str) -> Script:
    return _parse(text)


def _parse(text: str) -> Script:
    if len(text) > MAX_SCRIPT:
        return Script((), SyntaxFailure("script too long"))
    if "\0" in text:
        text = text.replace("\0", "")
    return Parser(Lexer(text, _nested)).script()


def _nested(lexer: Lexer, closing: str) -> Script:
    parser = Parser(lexer)
    script = Script(parser.commands())
    if closing:
        parser.expect(closing)
    elif parser.peek().kind != "end":
        parser.unexpected()
    return script


class Parser(SimpleParser):
    """Reads commands."""

    def __init__(self, lexer: Lexer) -> None:
        super().__init__(lexer)
        self._compound: dict[str, Callable[[], Command]] = {
            "{": self._group,
            "if": self._if,
            "while": self._loop,
            "until": self._loop,
            "for": self._for,
            "select": self._for,
            "case": self._case,
            "function": self._function_keyword,
            "[[": self._conditional,
        }

    # ------------------------------------------------------------------ lists

    def script(self) -> Script:
        """All commands, line by line."""
        commands: list[Command] = []
        try:
            while self.peek().kind != "end":
                self.newlines()
                if self.peek().kind != "end":
                    line = self._line()
                    if self.peek().kind != "end" and not self.at(NEWLINE):
                        self.unexpected()
                    commands.extend(line)
        except SyntaxFailure as failure:
            return Script(tuple(commands), failure)
        return Script(tuple(commands))

    def commands(self) -> tuple[Command, ...]:
        """Commands up to a token that can begin none."""
        commands: list[Command] = []
        self.newlines()
        while not self._closing():
            commands.extend(self._line())
            self.newlines()
        return tuple(commands)

    def body(self) -> Script:
        """The commands within a compound command; at least one."""
        commands = self.commands()
        if not commands:
            self.unexpected()
        return Script(commands)

    def _closing(self) -> bool:
        token = self.peek()
        return token.kind == "end" or token.text in _CLOSERS or token.text in (")", ";;", ";&", ";|")

    def _line(self) -> list[Command]:
        """Commands separated by `;` and `&`."""
        commands: list[Command] = []
        while True:
            start = self.peek().start
            command = self._and_or()
            separator = self.peek().text
            if separator == "&" and self.peek().kind == "operator":
                command = Background(command, self.lexer.text[start : self.peek().start].strip())
            commands.append(command)
            if len(commands) > _STATEMENTS_PER_LINE:
                self.lexer.fail("line too long")
            if not self.accept(";", "&") or self.at(NEWLINE) or self._closing():
                return commands

    def _and_or(self) -> Command:
        left = self._pipeline()
        while self.at("&&", "||"):
            operator = self.take().text
            self.newlines()
            left = AndOr(left, operator, self._pipeline())
        return left

    def _pipeline(self) -> Command:
        negated = timed = prefixed = False
        while self.at("!", "time"):
            prefixed = True
            if self.take().text == "time":
                timed = True
            else:
                negated = not negated
        if prefixed and timed and (self.at(NEWLINE, ";", "&") or self._closing()):
            return Pipeline((), negated, timed)
        commands = [self._command()]
        while self.accept("|"):
            self.newlines()
            commands.append(self._command())
        return commands[0] if len(commands) == 1 and not prefixed else Pipeline(tuple(commands), negated, timed)

    # ------------------------------------------------------------------ commands

    def _command(self) -> Command:
        token = self.peek()
        if token.text == "(":
            return self._compound_command(self._parenthesis)
        if token.kind == "word" and token.text in self._compound:
            return self._compound_command(self._compound[token.text])
        if token.kind == "word" and token.text in _CLOSERS:
            self.unexpected()
        return self.simple()

    def _compound_command(self, read: Callable[[], Command]) -> Command:
        self.lexer.enter()
        command = read()
        self.lexer.leave()
        redirects: list[Redirect] = []
        while (redirect := self.redirect()) is not None:
            redirects.append(redirect)
        return Redirected(command, tuple(redirects)) if redirects else command

    def function(self, name: str) -> Command:
        if not _FUNCTION_NAME.fullmatch(name):
            self.unexpected()
        self.expect("(")
        self.expect(")")
        return self._function_body(name)

    def _function_keyword(self) -> Command:
        self.take()
        name = self.take().text
        if not _FUNCTION_NAME.fullmatch(name):
            self.lexer.fail(f"syntax error: '{name[:32]}' is no name of a function")
        if self.accept("("):
            self.expect(")")
        return self._function_body(name)

    def _function_body(self, name: str) -> Command:
        self.newlines()
        self.lexer.enter()
        body = self._command()
        self.lexer.leave()
        return Function(name, body)

    # ------------------------------------------------------------------ compound commands

    def _parenthesis(self) -> Command:
        token = self.peek()
        if self.lexer.text.startswith("((", token.start) and self.lexer.position == token.start + 1:
            self.lexer.position = token.start
            if (expression := self.lexer.expression()) is not None:
                self._ahead = None
                return ArithmeticCommand(expression)
            self.lexer.position = token.start + 1
        self.take()
        body = self.body()
        self.expect(")")
        return Subshell(body)

    def _group(self) -> Command:
        self.take()
        body = self.body()
        self.expect("}")
        return Group(body)

    def _if(self) -> Command:
        branches: list[tuple[Script, Script]] = []
        otherwise = None
        self.take()
        while True:
            condition = self.body()
            self.expect("then")
            branches.append((condition, self.body()))
            if not self.accept("elif"):
                break
        if self.accept("else"):
            otherwise = self.body()
        self.expect("fi")
        return If(tuple(branches), otherwise)

    def _loop(self) -> Command:
        until = self.take().text == "until"
        condition = self.body()
        return Loop(condition, self._do(), until)

    def _do(self) -> Script:
        self.expect("do")
        body = self.body()
        self.expect("done")
        return body

    def _for(self) -> Command:
        self.take()
        name = self.take().text
        if not _NAME.fullmatch(name):
            self.lexer.fail(f"syntax error: '{name[:32]}' is no name of a variable")
        words: list[Word] | None = None
        self.newlines()
        if self.accept("in"):
            words = []
            while (token := self.peek()).word is not None:
                self.take()
                words.extend(expand_braces(token.word))
            if not self.at(NEWLINE, ";"):
                self.unexpected()
        self.accept(";")
        self.newlines()
        if self.at("{"):
            self.take()
            body = self.body()
            self.expect("}")
        else:
            body = self._do()
        return For(name, None if words is None else tuple(words), body)

    def _case(self) -> Command:
        self.take()
        token = self.take()
        if token.word is None:
            self.lexer.unexpected(token)
        self.newlines()
        self.expect("in")
        items: list[CaseItem] = []
        self.newlines()
        while not self.accept("esac"):
            items.append(self._case_item())
            self.newlines()
        return Case(token.word, tuple(items))

    def _case_item(self) -> CaseItem:
        self.accept("(")
        patterns: list[Word] = []
        while True:
            token = self.take()
            if token.word is None:
                self.lexer.unexpected(token)
            patterns.append(token.word)
            if not self.accept("|"):
                break
        self.expect(")")
        body = Script(self.commands())
        ending = self.peek().text
        if not self.accept(";;", ";&", ";|") and not self.at("esac"):
            self.unexpected()
        return CaseItem(tuple(patterns), body, ending if ending in (";&", ";|") else ";;")

    def _conditional(self) -> Command:
        self.take()
        expression = parse_condition(self)
        self.expect("]]")
        return Conditional(expression)
