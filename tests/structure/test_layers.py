"""Depend downwards only."""

from __future__ import annotations

import ast

from tests.structure.tree import Module, imports, modules, parse

LAYERS = (
    ("values", ("actions", "observation", "verdict", "errors", "content")),
    ("device", ("emulator.device",)),
    ("phones", ("emulator", "llm")),
    ("tasks and people", ("tasks", "user_sim")),
    ("evaluation", ("evaluation",)),
    ("environments", ("session", "encoding", "env", "vector", "rollouts", "wrappers")),
    ("agents and episodes", ("agents", "episodes")),
    ("runs", ("runs",)),
    ("front ends", ("bench", "viewer", "cli", "__main__")),
)
"""From the bottom up. A module may import its own layer and those below; the longest matching prefix counts."""

RANK = {f"mobilegym.{prefix}": rank for rank, (_, prefixes) in enumerate(LAYERS) for prefix in prefixes}


def rank_of(name: str) -> int | None:
    """The layer of a dotted name, None for the package's root and for what is not ours."""
    while name and name not in RANK:
        name = name.rpartition(".")[0]
    return RANK.get(name)


def upward(module: Module) -> list[str]:
    here = rank_of(module.name)
    if here is None:
        return []
    return [
        f"{module.path.name}:{line}: {module.name} ({LAYERS[here][0]}) imports {name} ({LAYERS[there][0]})"
        for name, line in imports(module)
        if (there := rank_of(name)) is not None and there > here
    ]


def test_no_module_imports_a_higher_layer() -> None:
    assert [fault for module in modules() for fault in upward(module)] == []


def test_every_module_has_a_layer() -> None:
    assert [module.name for module in modules() if module.name != "mobilegym" and rank_of(module.name) is None] == []


def test_an_upward_import_is_found() -> None:
    module = parse(next(m for m in modules() if m.name == "mobilegym.actions").path)
    source = "from mobilegym.emulator import device\ndef late() -> None:\n    import mobilegym.cli.run"
    module.tree.body.extend(ast.parse(source).body)
    assert len(upward(module)) == 2
