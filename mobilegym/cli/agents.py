"""`mobilegym agents`."""

from __future__ import annotations

from typing import Annotated

import typer

from mobilegym.cli.output import JsonOption, console, emit, table

app = typer.Typer(help="The agents that are built in or installed.", no_args_is_help=True)

_ABOUT = {
    "always_act": "taps and goes on, whatever the request; never asks",
    "always_ask": "asks the owner about everything and does nothing",
    "human": "you, at this terminal",
    "near_miss": "plays a task's near-miss, which must fail; near_miss:2 or near_miss:name for another one",
    "null": "finishes at once",
    "random": "taps, types and scrolls at random, seeded",
    "solution": "plays a task's own solution, which must pass",
}


@app.callback()
def _group() -> None:
    """The agents that are built in or installed."""


@app.command("list")
def list_agents(as_json: Annotated[bool, JsonOption] = False) -> None:
    """What `--agent` takes."""
    from mobilegym.agents import agent_names

    rows = [{"name": name, "about": _ABOUT.get(name, "installed")} for name in agent_names()]
    if as_json:
        emit(rows)
        return
    console().print(table("Agent", "", rows=[(row["name"], row["about"]) for row in rows]))
    console().print("\n[dim]or module:Class for one of your own[/]")
