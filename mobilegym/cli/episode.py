"""`mobilegym replay`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from mobilegym.cli.options import pixel_size
from mobilegym.cli.output import COLORS, JsonOption, console, emit, table

if TYPE_CHECKING:
    from mobilegym.episodes.format import Episode, EpisodeStep


def replay(
    file: Annotated[Path, typer.Argument(help="An episode, *.jsonl.", show_default=False)],
    check: Annotated[bool, typer.Option("--check", help="Re-execute it; exit with 1 where anything differs from the recording.")] = False,
    gif: Annotated[Path | None, typer.Option(help="Write an animated GIF.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with every screen.")] = None,
    size: Annotated[str, typer.Option(help="HEIGHTxWIDTH of drawn pictures.")] = "800x360",
    suite: Annotated[str | None, typer.Option(help="Name or path of the suite, where it is not the recorded one.")] = None,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Show an episode; re-execute it with --check, --gif or --html."""
    from mobilegym.episodes.export import export_gif
    from mobilegym.episodes.files import read_episode
    from mobilegym.episodes.page import episode_html
    from mobilegym.episodes.replay import replay as execute
    from mobilegym.errors import EpisodeError

    episode = read_episode(file)
    drawn = pixel_size(size, option="--size") if gif or html else None
    pictures: dict[int, bytes] = {}
    if check or drawn:
        pictures = execute(episode, check=check, suite=suite, draw=drawn).pictures
    try:
        if gif:
            export_gif(episode, pictures, gif)
        if html:
            html.parent.mkdir(parents=True, exist_ok=True)
            html.write_text(episode_html(episode, pictures), encoding="utf-8")
    except OSError as error:
        raise EpisodeError(f"{error.filename}: cannot be written: {error.strerror}") from error
    if as_json:
        emit({"checked": check, "identical": True if check else None, **asdict(episode)})
        return
    _show(episode)
    out = console()
    out.print()
    if check:
        out.print(f"[green]identical[/] [dim]to the recording: {len(episode.steps)} screens, journal, verdict[/]")
    for path in (gif, html):
        if path:
            out.print(f"[dim]wrote[/] {path}", soft_wrap=True)


def _show(episode: Episode) -> None:
    out = console()
    manifest = episode.manifest
    kind = str(episode.end.verdict["verdict"])
    out.print()
    out.print(Text.assemble((manifest.request or manifest.task, "bold")))
    out.print(Text(f"{manifest.suite}/{episode.task_id} · {manifest.agent} · {episode.actions} steps", style="dim"))
    out.print()
    out.print(table(("", "right"), "Time", "Step", "Screen", "Effects", rows=[_cells(step) for step in episode.steps]))
    out.print()
    out.print(Text.assemble((kind, f"bold {COLORS[kind]}"), (f"  {episode.end.verdict.get('reason') or ''}", "")))
    for item in episode.end.verdict.get("checks", ()):
        mark = ("✓ ", "green") if item["passed"] else ("✗ ", "red")
        found = "" if item["passed"] else f"  expected {item['expected']}, found {item['actual']}"
        out.print(Text.assemble("  ", mark, item["name"].replace("_", " "), (found, "dim")))
    for effect in episode.end.verdict.get("side_effects", ()):
        out.print(Text.assemble("  ", ("! ", "red"), ("side effect  ", ""), (effect["path"], "dim")))


def _cells(step: EpisodeStep) -> Sequence[object]:
    from mobilegym.episodes.words import phrase, shortened

    words = Text(shortened(str(phrase(step)), 56))
    if step.action_error:
        words.append(f"\n{step.action_error}", style="red")
    for message in step.messages:
        if message.sender == "owner":
            words.append(f"\nowner: {message.text}", style="cyan")
    effects = Text(", ".join(entry.name for entry in step.journal if entry.kind == "effect"), style="dim")
    screen = step.activity.rpartition("/")[2].rpartition(".")[2]
    return step.step or "", Text(step.clock[11:19], style="dim"), words, Text(screen, style="dim"), effects
