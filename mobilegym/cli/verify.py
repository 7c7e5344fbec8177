"""The work of `mobilegym tasks verify`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from mobilegym.cli.options import chosen_templates
from mobilegym.cli.output import console, emit, notes, table
from mobilegym.cli.tasks import attributes
from mobilegym.emulator.build import DeviceSpec, build_device
from mobilegym.evaluation.verify import VerifyRow, verify_template
from mobilegym.tasks.suites import Suite, load_suite

__all__ = ["verify_suite"]


def verify_suite(name: str, patterns: Sequence[str], seeds: int, *, device: str, as_json: bool) -> int:
    """Try every task, and print what is not as it should be.

    Returns:
        The exit code: 0 where all is well, else 1.
    """
    suite = load_suite(name)
    chosen = chosen_templates(attributes(suite), patterns)
    rows = _rows(suite, chosen, seeds, device)
    bad = [row for row in rows if not row.ok]
    if as_json:
        emit({"suite": suite.name, "hash": suite.hash, "seeds": seeds, "ok": not bad, "rows": [asdict(row) for row in rows]})
    else:
        _show(suite, chosen, seeds, rows, bad)
    return 1 if bad else 0


def _rows(suite: Suite, chosen: Sequence[str], seeds: int, device: str) -> list[VerifyRow]:
    options = {"time_zone": suite.config.timezone, **suite.config.phone} if device == "virtual" else {}
    screen = notes()
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=32, complete_style="cyan", finished_style="cyan"))
    progress = Progress(
        *columns, MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("[dim]{task.fields[at]}"), console=screen,
        disable=not screen.is_terminal, transient=True,
    )  # fmt: skip
    rows: list[VerifyRow] = []
    with progress, build_device(DeviceSpec(device, options)) as phone:
        bar = progress.add_task(f"Verifying {suite.name}", total=len(chosen), at="")
        for name in chosen:
            progress.update(bar, at=name)
            rows += verify_template(suite.template(name), phone, range(seeds))
            progress.advance(bar)
    return rows


def _show(suite: Suite, chosen: Sequence[str], seeds: int, rows: Sequence[VerifyRow], bad: Sequence[VerifyRow]) -> None:
    out = console()
    kinds: dict[str, list[VerifyRow]] = {}
    for row in rows:
        kinds.setdefault(row.probe.partition(":")[0], []).append(row)
    lines = [(kind.replace("_", "-"), _tally(found), _mark(found)) for kind, found in kinds.items()]
    out.print()
    out.print(table("Probe", ("As it should be", "right"), "", rows=lines))
    if bad:
        out.print()
        detail = [(f"{row.template}#{row.seed}", row.probe, f"{row.expected} → {row.actual}", Text(row.detail, style="dim")) for row in bad]
        out.print(table("Task", "Probe", "Expected → got", "Why", rows=detail))
    out.print()
    state = Text("sound", style="bold green") if not bad else Text(f"{len(bad)} not as they should be", style="bold red")
    out.print(Text.assemble(state, (f"  {suite.name} {suite.hash[:12]}, {len(chosen)} tasks × {seeds} seeds", "dim")))


def _tally(rows: Sequence[VerifyRow]) -> str:
    return f"{sum(row.ok for row in rows)} of {len(rows)}"


def _mark(rows: Sequence[VerifyRow]) -> Text:
    return Text("✓", style="green") if all(row.ok for row in rows) else Text("✗", style="red")
