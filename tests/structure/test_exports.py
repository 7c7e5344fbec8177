"""One public name, one home: `__all__` says what a module offers, and nothing else."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from tests.structure.tree import Module, modules

CLOSED = ("mobilegym.cli", "mobilegym.__main__", "mobilegym.emulator.phone.apps")
"""Below these nothing is offered to importers: commands are for the terminal, apps for the phone that loads them."""


def offers(module: Module) -> bool:
    return not any(module.name == name or module.name.startswith(name + ".") for name in CLOSED)


def listed(module: Module) -> list[str] | None:
    """`__all__`, or None where there is none."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            return list(ast.literal_eval(node.value))
    return None


def defined(module: Module) -> set[str]:
    """Names without an underscore that the module itself binds, type variables apart."""
    return {name for node in module.tree.body for name in _bound(node) if not name.startswith("_")}


def _bound(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Assign(value=ast.Call(func=ast.Name("TypeVar" | "ParamSpec" | "TypeVarTuple"))):
            pass
        case ast.Assign():
            yield from (t.id for t in node.targets if isinstance(t, ast.Name))
        case ast.AnnAssign(target=ast.Name() as target):
            yield target.id
        case _:
            pass


def borrowed(module: Module) -> set[str]:
    """Names that the module imports from ours and may therefore offer again."""
    guarded = [inner for node in module.tree.body if isinstance(node, ast.If) for inner in node.body]
    nodes = (node for node in (*module.tree.body, *guarded) if isinstance(node, ast.ImportFrom))
    return {alias.asname or alias.name for node in nodes if (node.module or "").startswith("mobilegym") for alias in node.names}


def test_all_has_everything_that_is_defined() -> None:
    missing = {module.name: sorted(defined(module) - set(names)) for module in modules() if (names := listed(module)) is not None}
    assert {name: names for name, names in missing.items() if names} == {}


def test_all_has_only_what_is_ours() -> None:
    foreign = {
        module.name: sorted(set(names) - defined(module) - borrowed(module) - {"__version__"})
        for module in modules()
        if (names := listed(module)) is not None
    }
    assert {name: names for name, names in foreign.items() if names} == {}


def test_all_has_no_name_twice() -> None:
    assert [m.name for m in modules() if (names := listed(m)) is not None and len(names) != len(set(names))] == []


def test_modules_that_offer_something_say_so() -> None:
    assert [m.name for m in modules() if offers(m) and "._" not in m.name and defined(m) and listed(m) is None] == []


def test_one_class_name_has_one_home() -> None:
    """Two modules of one package do not define classes of the same name, so an import is never ambiguous to a reader."""
    homes: dict[tuple[str, str], list[str]] = {}
    for module in modules():
        if module.path.name != "__init__.py" and offers(module):
            for name in defined(module):
                if re.fullmatch("[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*", name):
                    homes.setdefault((module.name.rpartition(".")[0], name), []).append(module.name)
    assert {key: found for key, found in homes.items() if len(found) > 1} == {}


def test_public_errors_have_one_root() -> None:
    """An error that a caller can meet descends from `MobileGymError`; private ones never leave their module.

    What programs on the virtual phone raise has a root of its own, and never leaves the phone.
    """
    roots = {name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)}
    strays = [
        f"{module.name}.{node.name}"
        for module in modules()
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name not in ("MobileGymError", "PhoneSideError")
        if roots & {base.id for base in node.bases if isinstance(base, ast.Name)} and not _also_ours(node)
    ]
    assert strays == []


def _also_ours(node: ast.ClassDef) -> bool:
    """Whether a class derives from one of our errors too, as `class NoSuchTask(ContentError, KeyError)` does."""
    return any(isinstance(base, ast.Name) and not hasattr(builtins, base.id) for base in node.bases)
