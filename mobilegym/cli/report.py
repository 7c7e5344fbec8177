"""`mobilegym report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mobilegym.cli.options import pixel_size
from mobilegym.cli.output import JsonOption


def report(
    folder: Annotated[Path, typer.Argument(help="Folder of a run.", show_default=False)],
    draw: Annotated[bool, typer.Option("--draw", help="Draw pictures that were not kept, by replaying the episodes.")] = False,
    size: Annotated[str, typer.Option(help="HEIGHTxWIDTH of what --draw draws.")] = "800x360",
    title: Annotated[str | None, typer.Option(help="Heading of the report.")] = None,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Write a run's report again, and print its results."""
    from mobilegym.cli.run import show
    from mobilegym.runs.report import write_report
    from mobilegym.runs.store import RunStore
    from mobilegym.runs.summary import summarize

    store = RunStore.open(folder)
    write_report(store, title=title, draw=pixel_size(size, option="--size") if draw else None)
    show(store, summarize(store), as_json=as_json)
