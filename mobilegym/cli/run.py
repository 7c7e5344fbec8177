"""`mobilegym run`."""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mobilegym.cli.options import chosen_templates, device_options, listed, pixel_size
from mobilegym.cli.output import JsonOption, console, emit, notes
from mobilegym.errors import RunError

if TYPE_CHECKING:
    from mobilegym.runs.executor import Executor
    from mobilegym.runs.plan import RunPlan
    from mobilegym.runs.store import RunStore
    from mobilegym.runs.summary import RunSummary

_PLANNED = {
    "suite": "suite", "agent": "agents", "seeds": "seeds", "first_seed": "seeds", "task": "templates", "split": "templates",
    "difficulty": "templates", "max_steps": "max_steps", "pixels": "pixels", "pictures": "pictures", "elements": "elements",
    "device": "device", "option": "device_options",
}  # fmt: skip
"""Option → field of the plan that it decides."""


def run(
    context: typer.Context,
    suite: Annotated[str, typer.Option("--suite", "-s", help="Name of a suite, or the path of its folder.")] = "starter",
    agent: Annotated[
        list[str] | None,
        typer.Option("--agent", "-a", help="Agents, separated by commas; module:Class for your own.", show_default="solution"),
    ] = None,
    task: Annotated[list[str] | None, typer.Option("--task", "-t", help="Tasks or patterns such as 'contacts.*'; all by default.")] = None,
    split: Annotated[str | None, typer.Option(help="Only tasks of this split.")] = None,
    difficulty: Annotated[str | None, typer.Option(help="Only tasks of this difficulty.")] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Number of seeds per task.")] = 1,
    first_seed: Annotated[int, typer.Option(min=0, help="The first of them.")] = 0,
    workers: Annotated[int, typer.Option("--workers", "-w", min=0, help="Processes; 0 runs everything in this one.")] = 1,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder for the run; runs/<suite>-<n> by default.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in --out; what is finished stays.")] = False,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds of wall clock per episode; what takes longer is `errored`.")] = 600.0,
    max_steps: Annotated[int | None, typer.Option(min=1, help="Step budget, instead of the tasks' own.")] = None,
    pixels: Annotated[str, typer.Option(help="HEIGHTxWIDTH of the agent's pictures, or none.")] = "600x270",
    pictures: Annotated[bool, typer.Option("--pictures", help="Keep every picture as PNG.")] = False,
    elements: Annotated[bool, typer.Option("--elements", help="Keep every accessibility tree.")] = False,
    device: Annotated[str, typer.Option(help="Kind of phone; module:function for your own.")] = "virtual",
    option: Annotated[list[str] | None, typer.Option(help="key=value for the phone, such as dark=true.")] = None,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Run agents on tasks, and write episodes and a report into a folder."""
    values: dict[str, Any] = {key: value for key, value in context.params.items() if key in _PLANNED}
    given = {_PLANNED[key] for key in values if getattr(context.get_parameter_source(key), "name", "") == "COMMANDLINE"}
    store = open_store(values, given, out, resume)
    summary = run_store(store, workers=workers, timeout_s=timeout)
    show(store, summary, as_json=as_json)


def open_store(values: dict[str, Any], given: set[str], out: Path | None, resume: bool) -> RunStore:
    """The run's folder. When going on with a run, what was not given on the command line is taken from the folder."""
    from mobilegym.runs.store import RunStore

    if not resume:
        plan = make_plan(values)
        return RunStore.create(out or next_folder(Path("runs"), plan.suite), plan)
    if out is None:
        raise RunError("`--resume` needs `--out`, the folder of the run to go on with")
    if not (out / "plan.json").exists():
        return RunStore.resume(out, make_plan(values))
    there = RunStore.open(out).plan
    wanted = make_plan({key: value if _PLANNED[key] in given else _as_given(key, there, value) for key, value in values.items()})
    # The same suite goes on with another version of the package: the plan keeps the one it was begun with.
    return RunStore.resume(out, replace(wanted, package_version=there.package_version))


def _as_given(key: str, plan: RunPlan, default: Any) -> Any:
    """What the option `key` would have to be for the plan that there is."""
    match key:
        case "agent":
            return list(plan.agents)
        case "seeds":
            return len(plan.seeds)
        case "first_seed":
            return plan.seeds[0]
        case "task":
            return list(plan.templates)
        case "pixels":
            return "none" if plan.pixels is None else f"{plan.pixels[0]}x{plan.pixels[1]}"
        case "option":
            return [f"{name}={json.dumps(value)}" for name, value in plan.device_options.items()]
        case "split" | "difficulty":
            return default
        case _:
            return getattr(plan, key)


def make_plan(values: dict[str, Any]) -> RunPlan:
    """The plan that the options ask for; everything they name is looked up now, before anything runs.

    Raises:
        ContentError: Suite, agent, task, split, difficulty, device or one of its options is unknown.
        MissingPrerequisite: The machine lacks what drawing needs.
    """
    from mobilegym import __version__
    from mobilegym.cli.tasks import attributes
    from mobilegym.emulator.build import DeviceSpec, build_device
    from mobilegym.runs.agents import find_agent
    from mobilegym.runs.plan import RunPlan
    from mobilegym.tasks.suites import load_suite

    suite = load_suite(values["suite"])
    agents = listed(values["agent"] or ("solution",))
    for name in agents:
        if name != "human":
            find_agent(name)
    choice = chosen_templates(attributes(suite), listed(values["task"] or ()), split=values["split"], difficulty=values["difficulty"])
    options = device_options(values["option"] or ())
    if values["device"] == "virtual":
        options = {"time_zone": suite.config.timezone, **suite.config.phone, **options}
    size = pixel_size(values["pixels"])
    with build_device(DeviceSpec(values["device"], options)) as phone:
        # What the machine lacks for drawing shows now, and not in every single episode.
        phone.observe(pixels=size)
    return RunPlan(
        suite=values["suite"],
        suite_hash=suite.hash,
        templates=choice,
        agents=agents,
        seeds=tuple(range(values["first_seed"], values["first_seed"] + values["seeds"])),
        device=values["device"],
        device_options=options,
        max_steps=values["max_steps"],
        pixels=size,
        pictures=values["pictures"],
        elements=values["elements"],
        package_version=__version__,
    )


def run_store(store: RunStore, *, workers: int, timeout_s: float) -> RunSummary:
    """Run what is missing, with a progress bar, and write the report."""
    from mobilegym.cli.show import Ticker
    from mobilegym.runs.executor import run_missing
    from mobilegym.runs.report import write_report
    from mobilegym.runs.summary import summarize

    missing = store.missing()
    done = len(store.plan.jobs()) - len(missing)
    if done:
        notes().print(f"{done} of {done + len(missing)} episodes are finished already, {len(missing)} to run", style="dim")
    results = run_missing(store, _executor(store, workers, timeout_s))
    try:
        with Ticker(len(missing), store.plan.suite) as ticker:
            for result in results:
                ticker.tick(result)
    except KeyboardInterrupt:
        notes().print(f"stopped; `mobilegym run --resume --out {store.folder}` goes on", style="yellow", soft_wrap=True)
        raise SystemExit(130) from None
    finally:
        # Workers are stopped when the iterator is closed.
        getattr(results, "close", lambda: None)()
    write_report(store)
    return summarize(store)


def show(store: RunStore, summary: RunSummary, *, as_json: bool) -> None:
    """Print the results and where they lie."""
    from mobilegym.cli.show import print_results

    if as_json:
        emit({"folder": str(store.folder), "report": str(store.folder / "report.html"), **asdict(summary)})
        return
    print_results(summary)
    console().print()
    console().print(f"[dim]Report[/]  {store.folder / 'report.html'}", soft_wrap=True)


def next_folder(parent: Path, name: str) -> Path:
    """`runs/<name>-<n>`, the first that is not there yet."""
    stem = Path(name).name or "run"
    return next(folder for number in itertools.count(1) if not (folder := parent / f"{stem}-{number}").exists())


def _executor(store: RunStore, workers: int, timeout_s: float) -> Executor:
    from mobilegym.runs.executor import InlineExecutor, ProcessExecutor

    if "human" in store.plan.agents:
        from mobilegym.cli.terminal import ConsoleTerminal
        from mobilegym.runs.agents import find_agent

        return InlineExecutor(make=partial(find_agent, terminal=ConsoleTerminal()))
    return ProcessExecutor(workers, timeout_s) if workers else InlineExecutor(timeout_s)
