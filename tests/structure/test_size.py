"""Modules stay short, and so do functions."""

from __future__ import annotations

import ast
from functools import cache

from tests.structure.tree import ROOT, modules, parse, project_files

MODULE_LINES = 400
FUNCTION_LINES = 60
LONG_MODULES: dict[str, int] = {}
"""Modules that may still be longer, by name. The list only shrinks, and a number in it only falls."""
LONG_FUNCTIONS: dict[str, int] = {}
"""Functions that may still be longer, as `module.function`. The list only shrinks, and a number in it only falls."""


@cache
def long_things() -> tuple[dict[str, int], dict[str, int]]:
    """Modules and functions over the limit, with their lines."""
    tests = (name for name in sorted(project_files()) if name.startswith("tests/") and name.endswith(".py"))
    everything = (*modules(), *(parse(ROOT / name) for name in tests))
    functions: dict[str, int] = {}
    for module in everything:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    functions[f"{module.name}.{node.name}"] = lines
    return {module.name: module.lines for module in everything if module.lines > MODULE_LINES}, functions


def test_modules_are_short() -> None:
    assert {name: lines for name, lines in long_things()[0].items() if lines > LONG_MODULES.get(name, 0)} == {}


def test_functions_are_short() -> None:
    assert {name: lines for name, lines in long_things()[1].items() if lines > LONG_FUNCTIONS.get(name, 0)} == {}


def test_the_lists_hold_nothing_that_is_short_by_now() -> None:
    long_modules, long_functions = long_things()
    assert {name: lines for name, lines in LONG_MODULES.items() if long_modules.get(name) != lines} == {}
    assert {name: lines for name, lines in LONG_FUNCTIONS.items() if long_functions.get(name) != lines} == {}
