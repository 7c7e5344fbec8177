"""`mobilegym apps`."""

from __future__ import annotations

from typing import Annotated

import typer

from mobilegym.cli.output import JsonOption, console, emit, table

app = typer.Typer(help="The apps on a phone.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The apps on a phone."""


@app.command("list")
def list_apps(
    device: Annotated[str, typer.Option(help="Kind of phone; module:function for your own.")] = "virtual",
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Packages, labels, and the short names that tasks use."""
    from mobilegym.emulator.build import DeviceSpec, build_device
    from mobilegym.tasks.apps import short_name

    with build_device(DeviceSpec(device)) as phone:
        rows = [
            {"package": name, "label": phone.packages.label(name), "short_name": short if (short := short_name(name)) != name else None}
            for name in sorted(phone.packages.names())
        ]
    rows.sort(key=lambda row: (row["short_name"] is None, str(row["label"]).casefold()))
    if as_json:
        emit(rows)
        return
    console().print(table("App", "Short name", "Package", rows=[(r["label"], r["short_name"] or "", r["package"]) for r in rows]))
