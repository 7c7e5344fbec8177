"""`mobilegym tasks`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from rich.text import Text

from mobilegym.cli.options import chosen_templates, listed
from mobilegym.cli.output import JsonOption, console, emit, table

if TYPE_CHECKING:
    from mobilegym.tasks.instance import TaskInstance
    from mobilegym.tasks.suites import Suite

app = typer.Typer(help="The tasks of a suite.", no_args_is_help=True)

SuiteOption = Annotated[str, typer.Option("--suite", "-s", help="Name of a suite, or the path of its folder.")]
TaskOption = Annotated[list[str] | None, typer.Option("--task", "-t", help="Tasks or patterns such as 'contacts.*'; all by default.")]


@app.callback()
def _group() -> None:
    """The tasks of a suite."""


def attributes(suite: Suite) -> dict[str, dict[str, Any]]:
    """What the templates of a suite are, by id; the values are JSON-able."""
    return {
        name: {
            "id": name,
            "title": template.title,
            "apps": list(template.head.apps),
            "difficulty": template.head.difficulty,
            "split": template.head.split,
            "capabilities": list(template.head.capabilities),
            "expect": template.head.expect,
            "steps": template.head.steps,
        }
        for name, template in suite.templates.items()
    }


@app.command("list")
def list_tasks(
    suite: SuiteOption = "starter",
    task: TaskOption = None,
    split: Annotated[str | None, typer.Option(help="Only tasks of this split.")] = None,
    difficulty: Annotated[str | None, typer.Option(help="Only tasks of this difficulty.")] = None,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """What a suite asks for."""
    from mobilegym.tasks.suites import load_suite

    loaded = load_suite(suite)
    about = attributes(loaded)
    chosen = chosen_templates(about, listed(task or ()), split=split, difficulty=difficulty)
    if as_json:
        emit({"suite": loaded.name, "title": loaded.config.title, "hash": loaded.hash, "tasks": [about[name] for name in chosen]})
        return
    out = console()
    out.print()
    rows = [_line(about[name]) for name in chosen]
    out.print(table("Task", "Title", "Apps", "Difficulty", "Split", ("Steps", "right"), rows=rows))
    out.print()
    out.print(Text(f"{len(chosen)} of {len(loaded)} tasks of {loaded.name} {loaded.hash[:12]}", style="dim"))


@app.command()
def show(
    task: Annotated[str, typer.Argument(help="Id of a task.", show_default=False)],
    suite: SuiteOption = "starter",
    seed: Annotated[int, typer.Option(min=0, help="Which instance of it.")] = 0,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """One task, as one seed makes it."""
    from mobilegym.tasks.suites import load_suite

    instance = load_suite(suite).instance(task, seed)
    if as_json:
        emit({**instance.body.model_dump(mode="json", exclude_defaults=True), **instance.to_dict()})
        return
    _show(instance)


@app.command()
def verify(
    suite: SuiteOption = "starter",
    task: TaskOption = None,
    seeds: Annotated[int, typer.Option(min=1, help="Number of seeds per task.")] = 3,
    device: Annotated[str, typer.Option(help="Kind of phone; module:function for your own.")] = "virtual",
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Prove every task: its solution passes, its near-misses, null and random fail. Exit code 1 where one does not."""
    from mobilegym.cli.verify import verify_suite

    raise SystemExit(verify_suite(suite, listed(task or ()), seeds, device=device, as_json=as_json))


def _line(about: Mapping[str, Any]) -> Sequence[object]:
    colors = {"easy": "green", "medium": "yellow", "hard": "red"}
    difficulty = Text(about["difficulty"], style=colors[about["difficulty"]])
    return (about["id"], Text(about["title"], style="dim"), ", ".join(about["apps"]), difficulty, about["split"], about["steps"])


def _show(task: TaskInstance) -> None:
    out = console()
    head = task.template.head
    out.print()
    out.print(Text(task.request, style="bold"))
    facts = (task.id, ", ".join(task.apps), head.difficulty, head.split, f"{task.max_steps} steps", f"ends with {head.expect}")
    out.print(Text(" · ".join(facts), style="dim"))
    sections: list[tuple[str, Sequence[Any]]] = [("Setup", task.setup), ("Checks", task.body.checks), ("Solution", task.solution)]
    sections += [(f"Near-miss {miss.name}: {miss.why}", miss.steps) for miss in task.near_misses]
    for title, items in sections:
        if items:
            out.print()
            out.print(Text(title, style="cyan"))
            for item in items:
                out.print(Text(f"  {_words(item.model_dump(mode='json', exclude_defaults=True), item)}"), soft_wrap=True)


def _words(data: Any, item: object = None) -> str:
    """Nested data on one line: `tap on: Save`."""
    if isinstance(data, dict):
        kind = getattr(item, "kind", None)
        pairs = [f"{key}: {_words(value)}" for key, value in cast("dict[str, Any]", data).items() if key != "kind"]
        text = ", ".join(pairs)
        return f"{kind}  {text}".strip() if kind else f"({text})" if item is None else text
    if isinstance(data, (list, tuple)):
        return "[" + ", ".join(_words(value) for value in cast("Sequence[Any]", data)) + "]"
    return str(data)
