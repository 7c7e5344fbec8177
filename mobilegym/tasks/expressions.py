"""Small, safe arithmetic over parameters, for `derive: {value: ...}`. Nothing but numbers, text, lists and a few functions."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, cast

from mobilegym.tasks.values import ParameterValue, lookup

__all__ = ["evaluate"]


def _divide(a: Any, b: Any) -> Any:
    return a / b


def _floor(a: Any, b: Any) -> Any:
    return a // b


_OPERATORS = cast(
    "Mapping[type[ast.AST], Callable[..., Any]]",
    {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
        ast.Div: _divide,
        ast.FloorDiv: _floor,
        ast.Mod: operator.mod,
        ast.USub: operator.neg,
        ast.Eq: operator.eq,
        ast.NotEq: operator.ne,
        ast.Lt: operator.lt,
        ast.LtE: operator.le,
        ast.Gt: operator.gt,
        ast.GtE: operator.ge,
    },
)
_LIMIT = 10**15


def _pluck(values: Sequence[Mapping[str, Any]], key: str) -> list[Any]:
    return [lookup({"item": v}, "item", (key,)) for v in values]


_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "min": min,
    "max": max,
    "sum": sum,
    "len": len,
    "round": round,
    "sorted": sorted,
    "int": int,
    "str": str,
    "pluck": _pluck,
}


def evaluate(expression: str, values: Mapping[str, ParameterValue]) -> ParameterValue:
    """The value of `expression`.

    Knows numbers, text, lists, `+ - * / // %`, comparisons, `a if c else b`, `x.field`, `x[0]` and min, max, sum, len, round,
    sorted, int, str, `pluck(people, "name")`.

    Raises:
        ValueError: If it is malformed, uses anything else, or fails.
    """
    if len(expression) > 500:
        raise ValueError("the expression is too long")
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ValueError(f"not an expression: {expression!r}") from error
    try:
        return _value(tree, values)
    except (TypeError, KeyError, IndexError, ZeroDivisionError, OverflowError, RecursionError, AttributeError) as error:
        raise ValueError(f"cannot work out {expression!r}: {error}") from error


def _value(node: ast.expr, values: Mapping[str, ParameterValue]) -> Any:
    match node:
        case ast.Constant(value=int() | float() | str()):
            return node.value
        case ast.Name():
            return lookup(values, node.id)
        case ast.Attribute():
            return lookup({"it": _value(node.value, values)}, "it", (node.attr,))
        case ast.Subscript():
            return _value(node.value, values)[_value(node.slice, values)]
        case ast.List():
            return [_value(e, values) for e in node.elts]
        case ast.UnaryOp() if type(node.op) in _OPERATORS:
            return _OPERATORS[type(node.op)](_value(node.operand, values))
        case ast.BinOp() if type(node.op) in _OPERATORS:
            return _small(_OPERATORS[type(node.op)], _value(node.left, values), _value(node.right, values))
        case ast.Compare(ops=[op], comparators=[right]) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(node.left, values), _value(right, values))
        case ast.IfExp():
            return _value(node.body if _value(node.test, values) else node.orelse, values)
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_value(a, values) for a in node.args))
        case _:
            raise ValueError(f"`{ast.unparse(node)}` is not allowed in an expression")


def _small(operation: Callable[..., Any], left: Any, right: Any) -> Any:
    for side, other in ((left, right), (right, left)):
        if isinstance(side, (str, list)) and isinstance(other, int) and other > 1000:
            raise ValueError("the result would be too long")
    result = operation(left, right)
    if isinstance(result, (int, float)) and abs(result) > _LIMIT:
        raise ValueError("the result is too large")
    return result
