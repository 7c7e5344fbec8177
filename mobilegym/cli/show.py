"""A run's results in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import TracebackType

from rich.console import Console
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from mobilegym.cli.output import COLORS, console, meter, notes, table
from mobilegym.runs.job import JobResult
from mobilegym.runs.summary import AgentSummary, RunSummary

__all__ = ["Ticker", "print_results"]

_MAX_FAILURES = 12


class Ticker:
    """A progress bar on standard error that counts verdicts; quiet where that is no terminal.

    Args:
        total: Episodes to come.
        label: What is being run.
    """

    def __init__(self, total: int, label: str) -> None:
        screen = notes()
        self._counts: dict[str, int] = dict.fromkeys(("passed", "failed", "undecided", "errored"), 0)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=32, style="bright_black", complete_style="cyan", finished_style="cyan"),
            MofNCompleteColumn(),
            TextColumn("{task.fields[counts]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(compact=True),
            console=screen,
            disable=not screen.is_terminal,
            transient=True,
        )
        self._task = self._progress.add_task(label, total=total, counts="")

    def tick(self, result: JobResult) -> None:
        self._counts[result.verdict] += 1
        counts = "  ".join(f"[{COLORS[name]}]{count} {name}[/]" for name, count in self._counts.items() if count)
        self._progress.update(self._task, advance=1, counts=counts)

    def __enter__(self) -> Ticker:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()


def print_results(run: RunSummary, *, failures: bool = True) -> None:
    """The table of agents with intervals, and what went wrong."""
    out = console()
    fitting = (made for width in (28, 20, 14, 0) if _width(made := _results(run, width)) <= out.width)
    out.print()
    out.print(next(fitting, None) or _results(run, 0, short=True))
    out.print()
    tasks = len(run.templates)
    out.print(Text(f"{run.suite} {run.suite_hash[:12]}: {_count(tasks, 'task')} × {_count(len(run.seeds), 'seed')} per agent", style="dim"))
    if run.finished < run.planned:
        out.print(Text(f"{run.planned - run.finished} of {run.planned} episodes are missing; `--resume` goes on", style="yellow"))
    if failures:
        _print_failures(run)


def _results(run: RunSummary, width: int, *, short: bool = False) -> Table:
    """One line per agent, with a meter of `width` characters; a short one ends with the counts."""
    seeds = len(run.seeds)
    extra = [kind for kind in ("undecided", "errored") if any(getattr(agent.rate, kind) for agent in run.agents)]
    columns: list[str | tuple[str, str]] = ["Agent", ("Success", "right"), ("95 % interval", "right")]
    columns += ["0" + " " * (width - 4) + "100"] if width else []
    columns += [("Passed", "right"), *((kind.capitalize(), "right") for kind in extra)]
    counted = len(columns)
    columns += [(f"pass^{seeds}", "right")] if seeds > 1 else []
    columns += [("Steps", "right")]
    last = counted if short else len(columns)
    return table(*columns[:last], rows=[_cells(agent, width, seeds, extra)[:last] for agent in run.agents], wrap=False)


def _width(made: Table) -> int:
    """Characters that a table takes where there is room for all of it."""
    unbounded = Console(width=1000)
    return Measurement.get(unbounded, unbounded.options, made).maximum


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _cells(agent: AgentSummary, width: int, seeds: int, extra: Sequence[str]) -> Sequence[object]:
    rate = agent.rate
    style = {"agent": "cyan", "reference": "green", "baseline": "bright_black"}[agent.role]
    name = Text(agent.agent, style="bold" if agent.role == "agent" else "")
    if width > 20 and agent.role != "agent":
        name.append(f"  {agent.role}", style="dim")
    shown = "–" if rate.rate is None else f"{100 * rate.rate:.1f} %"
    interval = "" if rate.low is None or rate.high is None else f"{100 * rate.low:.1f} – {100 * rate.high:.1f}"
    cells: list[object] = [name, Text(shown, style="bold"), Text(interval, style="dim")]
    cells += [meter(rate.rate, rate.low, rate.high, width=width, style=style)] if width else []
    cells.append(f"{rate.passed} of {rate.decided}")
    for kind in extra:
        count = int(getattr(rate, kind))
        cells.append(Text(str(count), style=COLORS[kind] if count else "bright_black"))
    if seeds > 1:
        cells.append("–" if len(agent.pass_k) < seeds else f"{100 * agent.pass_k[seeds - 1]:.1f} %")
    cells.append("–" if agent.mean_actions is None else f"{agent.mean_actions:.1f}")
    return cells


def _print_failures(run: RunSummary) -> None:
    roles = {agent.agent: agent.role for agent in run.agents}
    wrong = [row for row in run.episodes if row.verdict in ("failed", "undecided", "errored")]
    shown = [row for row in wrong if roles[row.agent] != "baseline" or row.verdict == "errored"]
    if not shown:
        return
    out = console()
    out.print()
    rows: Iterable[Sequence[object]] = (
        (Text(row.verdict, style=COLORS[row.verdict]), row.agent, f"{row.task}#{row.seed}", Text(" ".join(row.reason.split()), style="dim"))
        for row in shown[:_MAX_FAILURES]
    )
    out.print(table("Verdict", "Agent", "Task", "Reason", rows=rows, wrap=False))
    if len(shown) > _MAX_FAILURES:
        out.print(Text(f"… and {len(shown) - _MAX_FAILURES} more, all in the report", style="dim"))
