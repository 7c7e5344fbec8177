"""The report: right numbers, every link leads somewhere, nothing is fetched, nothing is left unescaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from mobilegym.runs.report import write_report
from mobilegym.runs.summary import AgentSummary, RunSummary, summarize
from tests.runs.made_runs import RATES, TASKS, made_run


class Page(HTMLParser):
    """Collects links, sources and the text, and checks that tags are closed."""

    VOID = frozenset({"meta", "img", "input", "br", "link", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.sources: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in self.VOID and tag not in ("circle", "line", "path"):
            self.open.append(tag)
        if tag == "a":
            self.links.append(str(values["href"]))
        if "src" in values:
            self.sources.append(str(values["src"]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["style"], ["script"]):
            self.words.append(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = made_run(tmp_path_factory.mktemp("report") / "run", left_out=4, pictures=True)
    assert write_report(store, title="Ada & <Ben>") == store.folder / "report.html"
    return store.folder


def agent(run: RunSummary, name: str) -> AgentSummary:
    return next(found for found in run.agents if found.agent == name)


def test_every_planned_episode_is_counted_once(tmp_path: Path) -> None:
    run = summarize(made_run(tmp_path / "run", left_out=4))
    assert (run.planned, run.finished) == (120, 116)
    for found in run.agents:
        rate = found.rate
        assert rate.planned == 24
        assert rate.passed + rate.failed + rate.undecided + rate.errored + rate.missing == 24
        assert rate.rate is not None
        assert rate.low is not None
        assert rate.high is not None
        assert rate.rate == rate.passed / rate.decided
        assert rate.low <= rate.rate <= rate.high
        for by in ("difficulty", "split"):
            assert sum(group.rate.planned for group in found.groups if group.by == by) == 24
    solution = agent(run, "solution")
    assert solution.rate.rate == 1.0
    assert solution.pass_k == (1.0, 1.0, 1.0)
    assert agent(run, "null").rate.passed == 0
    vista = agent(run, "vista-7b")
    assert (vista.rate.undecided, vista.rate.errored) == (1, 1), "counted beside the rate"
    assert [group.name for group in vista.groups if group.by == "difficulty"] == ["easy", "medium", "hard"]


def test_a_run_without_any_episode_has_no_rates(tmp_path: Path) -> None:
    store = made_run(tmp_path / "run", left_out=120)
    run = summarize(store)
    assert all(found.rate.rate is None and found.pass_k == () for found in run.agents)
    assert "nothing decided" in write_report(store).read_text(encoding="utf-8")


def test_pages_are_whole_and_links_lead_somewhere(folder: Path) -> None:
    pages = [folder / "report.html", *sorted((folder / "pages").rglob("*.html"))]
    assert len(pages) == 117
    for file in pages[:1] + pages[1::9]:
        page = Page(file.read_text(encoding="utf-8"))
        for link in page.links:
            assert (file.parent / unquote(link)).resolve().is_file(), link
        assert all(source.startswith("data:image/webp;base64,") for source in page.sources)


def test_nothing_is_fetched(folder: Path) -> None:
    for file in (folder / "report.html", next((folder / "pages").rglob("*.html"))):
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert re.findall(r"https?://|@import|url\(|<link", text) == []


def test_the_report_says_what_it_must(folder: Path) -> None:
    page = Page((folder / "report.html").read_text(encoding="utf-8"))
    words = " ".join(" ".join(page.words).split())
    assert "Ada & <Ben>" in words
    for name in (*RATES, "24 / 24 passed", "1 undecided", "1 errored", "4 of 120 episodes have not been run yet", "baseline"):
        assert name in words
    for task in TASKS:
        assert task.partition(".")[2].replace("_", " ") in words
    assert "the time limit of 600 s ran out" in words


def test_writing_it_again_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    store = made_run(tmp_path / "run", left_out=4, pictures=True)
    write_report(store, title="Ada & <Ben>")
    assert (store.folder / "report.html").read_bytes() == (folder / "report.html").read_bytes()
