"""`mobilegym parity`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.text import Text

from mobilegym.cli.options import chosen_templates, listed
from mobilegym.cli.output import JsonOption, console, emit, fail, notes, table

if TYPE_CHECKING:
    from mobilegym.emulator.device import Device
    from mobilegym.evaluation.parity import ParityRow
    from mobilegym.tasks.suites import Suite

__all__ = ["parity"]

_WIDTH: Final = 48
_SHOWN: Final = 40
"""Differences printed; `--json` has all that are kept."""


def parity(
    suite: Annotated[str, typer.Argument(help="A suite.")] = "starter",
    device: Annotated[list[str] | None, typer.Option(help="Two kinds of phone: virtual, adb:SERIAL, appium:URL, module:function.")] = None,
    task: Annotated[list[str] | None, typer.Option(help="Only these tasks; patterns and comma lists are fine.")] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Number of seeds per task.")] = 1,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Play every solution on two kinds of phone and list what differs: verdicts, state, trees. Exit code 1 where something does."""
    from mobilegym.cli.tasks import attributes
    from mobilegym.tasks.suites import load_suite

    kinds = device or []
    if len(kinds) != 2:
        fail(f"`--device` must be given twice, for instance `--device virtual --device adb:emulator-5554`; got {len(kinds)}")
    loaded = load_suite(suite)
    chosen = chosen_templates(attributes(loaded), listed(task or ()))
    rows = _rows(loaded, chosen, seeds, kinds)
    different = [row for row in rows if not row.same]
    if as_json:
        emit({
            "suite": loaded.name, "hash": loaded.hash, "devices": kinds, "seeds": seeds, "same": not different,
            "screens": sum(row.screens for row in rows), "state_paths": sum(row.state_paths for row in rows),
            "rows": [asdict(row) for row in rows],
        })  # fmt: skip
    else:
        _show(loaded, kinds, rows, different)
    raise SystemExit(1 if different else 0)


def _device(suite: Suite, kind: str) -> Device:
    from mobilegym.emulator.build import DeviceSpec, build_device

    return build_device(DeviceSpec(kind, {"time_zone": suite.config.timezone, **suite.config.phone} if kind == "virtual" else {}))


def _rows(suite: Suite, chosen: Sequence[str], seeds: int, kinds: Sequence[str]) -> list[ParityRow]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from mobilegym.evaluation.parity import compare_template

    screen = notes()
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=32, complete_style="cyan", finished_style="cyan"))
    progress = Progress(
        *columns, MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("[dim]{task.fields[at]}"), console=screen,
        disable=not screen.is_terminal, transient=True,
    )  # fmt: skip
    rows: list[ParityRow] = []
    with progress, _device(suite, kinds[0]) as first, _device(suite, kinds[1]) as second:
        bar = progress.add_task(f"Comparing on {suite.name}", total=len(chosen), at="")
        for name in chosen:
            progress.update(bar, at=name)
            rows += compare_template(suite.template(name), first, second, range(seeds))
            progress.advance(bar)
    return rows


def _show(suite: Suite, kinds: Sequence[str], rows: Sequence[ParityRow], different: Sequence[ParityRow]) -> None:
    out = console()
    out.print()
    listed_rows = [(f"{row.template}#{row.seed}", d) for row in different for d in row.differences]
    if listed_rows:
        cells = [
            (name, "end" if d.step is None else str(d.step), d.kind, _short(d.where), _short(d.first), _short(d.second))
            for name, d in listed_rows[:_SHOWN]
        ]
        out.print(table("Task", ("Step", "right"), "What", "Where", kinds[0], kinds[1], rows=cells))
        more = sum(len(row.differences) + row.left_out for row in different) - len(cells)
        if more:
            out.print(Text(f"and {more} more; `--json` lists them", style="dim"))
        counts = Counter(d.kind for _, d in listed_rows)
        out.print(Text(", ".join(f"{n} × {kind}" for kind, n in counts.most_common()), style="dim"))
        out.print()
    state = Text("the same", style="bold green") if not different else Text(f"{len(different)} of {len(rows)} differ", style="bold red")
    episodes = "1 episode" if len(rows) == 1 else f"{len(rows)} episodes"
    compared = f"{sum(r.screens for r in rows)} screens and {sum(r.state_paths for r in rows)} paths of state compared"
    out.print(Text.assemble(state, (f"  {suite.name} {suite.hash[:12]} on {kinds[0]} and {kinds[1]}, {episodes}: {compared}", "dim")))


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
