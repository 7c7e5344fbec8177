"""`mobilegym demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mobilegym.cli.output import JsonOption, notes

_AGENTS = ["solution", "null", "random", "always_ask", "always_act"]


def demo(
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder for the run; runs/demo-<n> by default.")] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Number of seeds per task.")] = 1,
    workers: Annotated[int | None, typer.Option("--workers", "-w", min=0, help="Processes; as many as there are cores by default.")] = None,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Run the starter suite with the built-in agents: what a run looks like, and that the phone works."""
    import os

    from mobilegym.cli.run import make_plan, next_folder, run_store, show
    from mobilegym.runs.store import RunStore

    values = {
        "suite": "starter", "agent": _AGENTS, "task": (), "split": None, "difficulty": None, "seeds": seeds, "first_seed": 0,
        "max_steps": None, "pixels": "800x360", "pictures": True, "elements": False, "device": "virtual", "option": (),
    }  # fmt: skip
    plan = make_plan(values)
    store = RunStore.create(out or next_folder(Path("runs"), "demo"), plan)
    tasks, agents = len(plan.templates), len(plan.agents)
    notes().print(
        f"{tasks} tasks × {seeds} {'seed' if seeds == 1 else 'seeds'} × {agents} built-in agents on the virtual phone", style="dim"
    )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    summary = run_store(store, workers=cores if workers is None else workers, timeout_s=600.0)
    show(store, summary, as_json=as_json)
