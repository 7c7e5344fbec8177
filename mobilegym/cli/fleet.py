"""`mobilegym fleet`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from mobilegym.cli.output import JsonOption, console, emit, table

if TYPE_CHECKING:
    from mobilegym.emulator.fleet import Fleet, Member

app = typer.Typer(help="Real Android emulators in Docker.", no_args_is_help=True)

_STYLES = {"ok": "green", "warning": "yellow", "missing": "red"}


@app.callback()
def _group() -> None:
    """Real Android emulators in Docker."""


@contextmanager
def _fleet() -> Generator[Fleet]:
    from importlib.resources import as_file

    from mobilegym.content import content_dir
    from mobilegym.emulator.fleet import Fleet

    with as_file(content_dir("docker")) as folder:
        yield Fleet(folder.parent)


@app.command()
def check(
    count: Annotated[int, typer.Option(min=1, help="Number of emulators.")] = 1,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Say what emulators need and whether it is here. Exit code 1 where something is missing."""
    with _fleet() as fleet:
        findings = fleet.check(count)
    if as_json:
        emit({"ready": all(f.level != "missing" for f in findings), "findings": [asdict(f) for f in findings]})
    else:
        console().print()
        rows = [(f.name, Text(f.level, style=_STYLES[f.level]), f.detail) for f in findings]
        console().print(table("Need", "", "", rows=rows))
    raise SystemExit(1 if any(f.level == "missing" for f in findings) else 0)


@app.command()
def up(
    count: Annotated[int, typer.Argument(min=1, help="Number of emulators.")] = 2,
    build: Annotated[bool, typer.Option("--build", help="Build the image and bake its snapshot first.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds to wait until all are healthy.")] = 600.0,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Start emulators and wait until they can be driven."""
    with _fleet() as fleet:
        _print(fleet.up(count, build=build, timeout_s=timeout), as_json)


@app.command("list")
def members(as_json: Annotated[bool, JsonOption] = False) -> None:
    """List the emulators that there are."""
    with _fleet() as fleet:
        _print(fleet.members(), as_json)


@app.command()
def down() -> None:
    """Stop and remove all emulators."""
    with _fleet() as fleet:
        fleet.down()


def _print(found: list[Member], as_json: bool) -> None:
    if as_json:
        emit([{**asdict(member), "serial": member.serial, "ready": member.ready} for member in found])
        return
    rows = [
        (m.name, Text(m.health or m.state, style="green" if m.ready else "yellow"), f"adb:{m.serial}" if m.serial else "") for m in found
    ]
    console().print()
    console().print(table("Emulator", "State", "--device", rows=rows) if rows else Text("no emulators", style="dim"))
