"""`mobilegym bench`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from mobilegym.cli.output import JsonOption, console, emit, notes, table

if TYPE_CHECKING:
    from mobilegym.bench import BenchResults


def bench(
    seconds: Annotated[float, typer.Option(min=0.1, help="How long each rate is measured.")] = 3.0,
    chromium: Annotated[bool, typer.Option("--chromium", help="Compare with headless Chromium doing the same.")] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Measure steps per second, forks, memory and start on this machine."""
    from mobilegym.bench import run_benchmarks

    screen = notes()
    with screen.status("Measuring") as status:
        results = run_benchmarks(seconds=seconds, chromium=chromium, note=lambda what: status.update(f"Measuring {what}"))
    if as_json:
        emit(results)
        return
    _show(results)


def _show(results: BenchResults) -> None:
    out = console()
    machine = results.machine
    browser = results.chromium
    rows: list[tuple[str, str, str]] = [
        ("Steps, accessibility tree only", f"{results.tree_steps_per_s:,.0f} /s", f"{browser.tree_steps_per_s:,.0f} /s" if browser else ""),
        ("  95 of 100 within", f"{results.tree_p95_ms:.2f} ms", ""),
        ("Steps, 540 × 1200 pictures", f"{results.rgb540_steps_per_s:,.0f} /s", f"{browser.rgb540_steps_per_s:,.0f} /s" if browser else ""),
        (
            "Steps, 1080 × 2400 pictures",
            f"{results.rgb1080_steps_per_s:,.0f} /s",
            f"{browser.rgb1080_steps_per_s:,.0f} /s" if browser else "",
        ),
        ("  95 of 100 within", f"{results.rgb1080_p95_ms:.2f} ms", ""),
        ("Fork of a phone", f"{results.fork_ms:.3f} ms", ""),
        ("Memory per further phone", f"{results.mb_per_phone:.2f} MB", f"{browser.mb:,.0f} MB" if browser else ""),
        ("Memory of a thousand phones", f"{results.thousand_phones_mb:,.0f} MB", ""),
        ("Python to first picture", f"{results.import_first_frame_s:.2f} s", f"{browser.start_s:.2f} s" if browser else ""),
        (f"Starter suite, {results.suite_tasks} tasks solved and judged", f"{results.suite_s:.1f} s", ""),
    ]
    columns: list[str | tuple[str, str]] = ["One process, one core", ("Virtual phone", "right")]
    out.print()
    if browser:
        out.print(table(*columns, (browser.version, "right"), rows=rows))
    else:
        out.print(table(*columns, rows=[row[:2] for row in rows]))
    out.print()
    memory = f"{machine.memory_gb:g} GB"
    out.print(
        Text(f"{machine.cpu} · {machine.cores} cores · {memory} · Python {machine.python} · {machine.platform}", style="dim"),
        soft_wrap=True,
    )
    if results.chromium_skipped:
        out.print(Text(f"Chromium: {results.chromium_skipped}", style="yellow"))
