"""The grammar within `[[ ]]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.sh.syntax import Condition, ConditionNode, Word

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.parser import Parser

__all__ = ["BINARY", "UNARY", "parse_condition"]

UNARY: Final = frozenset("-" + letter for letter in "abcdefghknoprstuvwxzGLOS")
BINARY: Final = frozenset({"=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"})


def parse_condition(parser: Parser) -> Condition | ConditionNode:
    """The expression up to `]]`, which stays."""
    parser.lexer.enter()
    operands = [_conjunction(parser)]
    while parser.accept("||"):
        parser.newlines()
        operands.append(_conjunction(parser))
    parser.lexer.leave()
    return operands[0] if len(operands) == 1 else ConditionNode("||", tuple(operands))


def _conjunction(parser: Parser) -> Condition | ConditionNode:
    operands = [_primary(parser)]
    while parser.accept("&&"):
        parser.newlines()
        operands.append(_primary(parser))
    return operands[0] if len(operands) == 1 else ConditionNode("&&", tuple(operands))


def _primary(parser: Parser) -> Condition | ConditionNode:
    parser.newlines()
    negated = False
    while parser.accept("!"):
        negated = not negated
    if parser.accept("("):
        found = parse_condition(parser)
        parser.newlines()
        parser.expect(")")
    else:
        found = _test(parser)
    parser.newlines()
    return ConditionNode("!", (found,)) if negated else found


def _test(parser: Parser) -> Condition:
    first = parser.peek()
    if first.text == "]]":
        parser.unexpected()
    left = _word(parser)
    if first.text in UNARY and not (parser.at("]]", "&&", "||", ")") or parser.at(*BINARY)):
        return Condition(first.text, (_word(parser),))
    if parser.at(*BINARY):
        operator = parser.take().text
        return Condition(operator, (left, _word(parser)))
    return Condition("-n", (left,))


def _word(parser: Parser) -> Word:
    token = parser.take()
    if token.word is None:
        parser.lexer.unexpected(token)
    return token.word
