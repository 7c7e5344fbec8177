"""The report of a run: one HTML file with everything in it, and a page for every episode."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from mobilegym.episodes.files import read_episode
from mobilegym.episodes.page import data_uri, episode_html, page_environment, stored_pictures
from mobilegym.episodes.replay import replay
from mobilegym.errors import MobileGymError
from mobilegym.runs.store import RunStore
from mobilegym.runs.summary import AgentSummary, EpisodeRow, Rate, RunSummary, summarize

__all__ = ["report_html", "write_report"]

_THUMBNAIL_WIDTH: Final = 168
_MAX_CARDS: Final = 120
"""Failures shown as cards with a picture; the grid shows all of them anyway."""
_ORDER: Final = {"agent": 0, "reference": 1, "baseline": 2}


def write_report(store: RunStore, *, title: str | None = None, draw: tuple[int, int] | None = None) -> Path:
    """Write `report.html` and `pages/` into the run's folder, over an older report.

    Args:
        store: The run, finished or not.
        title: The heading; the suite's name by default.
        draw: `(height, width)` at which to draw, by replaying, what was recorded without pictures; None: no pictures then.

    Returns:
        The report's path.

    Raises:
        EpisodeError: An episode's file is damaged.
    """
    run = summarize(store)
    links: dict[str, str] = {}
    thumbnails: dict[str, str] = {}
    for row in run.episodes:
        if row.verdict == "missing":
            continue
        page = Path("pages") / Path(row.file).relative_to("episodes").with_suffix(".html")
        links[row.file] = _url(page)
        last = _write_page(store.folder, row, page, draw)
        if last is not None and row.verdict != "passed":
            thumbnails[row.file] = data_uri(last, width=_THUMBNAIL_WIDTH, quality=78)
    path = store.folder / "report.html"
    _write(path, report_html(run, links, thumbnails, title=title))
    return path


def report_html(run: RunSummary, links: Mapping[str, str], thumbnails: Mapping[str, str], *, title: str | None = None) -> str:
    """The report as HTML that needs no other file.

    Args:
        run: What is reported.
        links: URL of an episode's page by the episode's `file`.
        thumbnails: `data:` URI of an episode's last screen by its `file`; may be empty.
        title: The heading; the suite's name by default.
    """
    agents = sorted(run.agents, key=lambda agent: (_ORDER[agent.role], -(agent.rate.rate or 0.0)))
    roles = {agent.agent: agent.role for agent in agents}
    wrong = [row for row in run.episodes if row.verdict in ("failed", "undecided", "errored")]
    baseline = [row for row in wrong if roles[row.agent] == "baseline" and row.verdict == "failed"]
    others = [row for row in wrong if roles[row.agent] != "baseline" or row.verdict != "failed"]
    context: dict[str, Any] = {
        "run": run,
        "title": title or run.suite.rstrip("/").rpartition("/")[2].replace("_", " ").capitalize(),
        "agents": agents,
        "splits": _splits(agents),
        "grid": _grid(run.episodes, agents),
        "links": links,
        "thumbnails": thumbnails,
        "failures": others[:_MAX_CARDS],
        "baseline_failures": baseline[:_MAX_CARDS],
        "any_agents": " and ".join(agent.agent for agent in agents if agent.role != "baseline"),
    }
    return page_environment("mobilegym.runs").get_template("report.html").render(context)


def _write_page(folder: Path, row: EpisodeRow, page: Path, draw: tuple[int, int] | None) -> bytes | None:
    """Write an episode's page; returns its last picture as PNG, if it has any."""
    file = folder / row.file
    episode = read_episode(file)
    pictures = stored_pictures(episode, file)
    if not pictures and draw is not None and episode.steps:
        try:
            pictures = replay(episode, check=False, draw=draw).pictures
        except MobileGymError:
            # A phone or suite that is not here any more; the page does without pictures.
            pictures = {}
    back = _url(Path(*[".."] * (len(page.parts) - 1)) / "report.html")
    _write(folder / page, episode_html(episode, pictures, report_link=back))
    return pictures[max(pictures)] if pictures else None


def _splits(agents: Sequence[AgentSummary]) -> list[dict[str, Any]]:
    """One table per kind of group that divides anything: groups down, agents across."""
    tables: list[dict[str, Any]] = []
    for by in ("difficulty", "app", "split"):
        names = list(dict.fromkeys(group.name for agent in agents for group in agent.groups if group.by == by))
        if len(names) < 2:
            continue
        rates: dict[tuple[str, str], Rate] = {(a.agent, g.name): g.rate for a in agents for g in a.groups if g.by == by}
        lines = [{"name": name, "rates": [rates.get((agent.agent, name)) for agent in agents]} for name in names]
        tables.append({"by": by, "agents": [agent.agent for agent in agents], "lines": lines})
    return tables


def _grid(rows: Iterable[EpisodeRow], agents: Sequence[AgentSummary]) -> list[dict[str, Any]]:
    """Tasks by the folder they lie in; each line has every agent's episodes in seed order."""
    tasks: dict[str, list[EpisodeRow]] = {}
    for row in rows:
        tasks.setdefault(row.task, []).append(row)
    groups: dict[str, list[dict[str, Any]]] = {}
    for task, found in tasks.items():
        group, _, name = task.rpartition(".")
        line = {
            "task": task,
            "name": name.replace("_", " "),
            "request": next((row.request for row in found if row.request), ""),
            "difficulty": found[0].difficulty,
            "rows": {agent.agent: sorted((r for r in found if r.agent == agent.agent), key=lambda r: r.seed) for agent in agents},
        }
        groups.setdefault(group.replace("_", " ").capitalize(), []).append(line)
    return [{"name": name, "lines": lines} for name, lines in groups.items()]


def _url(path: Path) -> str:
    from urllib.parse import quote

    return quote(path.as_posix())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
