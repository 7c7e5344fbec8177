"""The command line, in processes of its own: what it prints where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
POCKET = str(ROOT / "tests" / "runs" / "pocket")
RUN = ("run", "--suite", POCKET, "--device", "scripted")


def mobilegym(*arguments: str, cwd: Path | None = None, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "110", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "mobilegym", *arguments], cwd=cwd, env=environment, capture_output=True, text=True,
        check=False, input=stdin,
    )  # fmt: skip


def output(*arguments: str, cwd: Path | None = None) -> str:
    done = mobilegym(*arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def document(*arguments: str, cwd: Path | None = None) -> Any:
    """Standard output, which is exactly one JSON document."""
    return json.loads(output(*arguments, "--json", cwd=cwd))


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "run"
    output(*RUN, "--agent", "solution,null", "--agent", "near_miss", "--seeds", "2", "--workers", "0", "--pictures", "--out", str(folder))
    return folder


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("run", "--suite", "nowhere"), "no such suite: 'nowhere'"),
        (("run", "--suite", "./nowhere"), "no such suite"),
        ((*RUN, "--agent", "nobody"), "no such agent: 'nobody'"),
        ((*RUN, "--agent", "no_such:Agent"), "'no_such:Agent' cannot be imported"),
        ((*RUN, "--task", "contacts.fly"), "no task matches 'contacts.fly'"),
        ((*RUN, "--split", "exam"), "no task has split 'exam'; there are test, train"),
        ((*RUN, "--split", "test", "--difficulty", "hard"), "no task matches all"),
        ((*RUN, "--pixels", "big"), "`--pixels` must be HEIGHTxWIDTH"),
        ((*RUN, "--option", "dark"), "`--option` must be key=value"),
        ((*RUN, "--option", "dark=true"), "refuses its options"),
        (("run", "--suite", POCKET, "--device", "toaster"), "unknown device 'toaster'"),
        (("run", "--resume"), "`--resume` needs `--out`"),
        ((*RUN, "--agent", "human", "--out", "never"), "needs a terminal"),
        (("tasks", "show", "contacts.fly", "--suite", POCKET), "has no task 'contacts.fly'"),
        (("tasks", "list", "--suite", POCKET, "--difficulty", "epic"), "no task has difficulty 'epic'"),
        (("report", "nowhere"), "there is no run here"),
        (("replay", "nowhere.jsonl"), "cannot be read"),
        (("apps", "list", "--device", "toaster"), "unknown device 'toaster'"),
        (("phone", "screenshot", "x.png", "--device", "scripted", "--app", "Fax"), "Fax"),
        (("phone", "screenshot", "no/such/folder/x.png", "--device", "scripted"), "cannot be written"),
    ],
)
def test_a_mistake_is_said_in_one_line(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    done = mobilegym(*arguments, cwd=tmp_path, stdin="")
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("mobilegym: ")
    assert words in line
    assert done.stdout == ""
    assert not (tmp_path / "runs").exists(), "nothing is begun that cannot be done"


@pytest.mark.parametrize("arguments", [("run", "--seeds", "0"), ("run", "--frobnicate"), ("fly",), ("tasks", "show")])
def test_a_wrong_use_is_exit_code_two(arguments: tuple[str, ...]) -> None:
    done = mobilegym(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage" in done.stderr


@pytest.mark.parametrize(
    "command", [[], ["run"], ["report"], ["replay"], ["demo"], ["bench"], ["tasks", "verify"], ["phone", "screenshot"]]
)
def test_every_command_has_help(command: list[str]) -> None:
    assert "Usage" in output(*command, "--help")


def test_version_and_agents() -> None:
    assert document("version")["mobilegym"] in output("version")
    assert {"solution", "null", "random", "always_ask"} <= {row["name"] for row in document("agents", "list")}


def test_tasks_are_listed_shown_and_verified() -> None:
    listed = document("tasks", "list", "--suite", POCKET)
    assert [task["id"] for task in listed["tasks"]] == ["contacts.add", "settings.bluetooth", "settings.no_such_radio"]
    assert [t["id"] for t in document("tasks", "list", "--suite", POCKET, "--task", "settings.*", "--split", "test")["tasks"]] == [
        "settings.bluetooth"
    ]
    shown = document("tasks", "show", "contacts.add", "--suite", POCKET, "--seed", "4")
    assert shown["id"] == "pocket/contacts.add#4"
    assert shown["request"] in output("tasks", "show", "contacts.add", "--suite", POCKET, "--seed", "4")
    verified = document("tasks", "verify", "--suite", POCKET, "--device", "scripted", "--seeds", "1")
    assert verified["ok"] is True
    assert {row["probe"].partition(":")[0] for row in verified["rows"]} == {"instance", "solution", "near_miss", "null", "random"}


def test_verify_says_what_is_unsound(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    (folder / "settings").mkdir(parents=True)
    source = Path(POCKET)
    (folder / "suite.yaml").write_text((source / "suite.yaml").read_text().replace("pocket", "broken"))
    text = (source / "settings" / "bluetooth.yaml").read_text()
    (folder / "settings" / "bluetooth.yaml").write_text(text.replace("- tap: Bluetooth", "- tap: Wi-Fi"))
    done = mobilegym("tasks", "verify", "--suite", str(folder), "--device", "scripted", "--seeds", "1")
    assert done.returncode == 1
    assert "settings.bluetooth#0" in done.stdout
    assert "pass → fail" in done.stdout


def test_a_run_prints_rates_and_writes_a_report(run_folder: Path) -> None:
    printed = output("report", str(run_folder))
    assert "solution" in printed
    assert "100.0 %" in printed
    assert "6 of 6" in printed
    assert "report.html" in printed
    data = document("report", str(run_folder))
    rates = {agent["agent"]: agent["rate"]["rate"] for agent in data["agents"]}
    assert rates == {"solution": 1.0, "null": 0.0, "near_miss": 0.0}
    assert (data["planned"], data["finished"]) == (18, 18)
    assert Path(data["report"]).is_file()


def test_a_run_goes_on_with_what_the_folder_says(run_folder: Path, tmp_path: Path) -> None:
    gone = sorted(run_folder.rglob("1.jsonl"))[:2]
    before = {file: file.read_bytes() for file in run_folder.rglob("*.jsonl")}
    for file in gone:
        file.unlink()
    done = mobilegym("run", "--resume", "--out", str(run_folder), "--workers", "0", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "16 of 18 episodes are finished already, 2 to run" in done.stderr
    assert {file: file.read_bytes() for file in run_folder.rglob("*.jsonl")} == before
    other = mobilegym("run", "--resume", "--out", str(run_folder), "--seeds", "3")
    assert other.returncode == 2
    assert "`seeds` is (0, 1) there and (0, 1, 2) here" in other.stderr
    again = mobilegym(*RUN, "--out", str(run_folder))
    assert again.returncode == 2
    assert "--resume" in again.stderr


def test_a_run_chooses_a_folder_of_its_own(tmp_path: Path) -> None:
    for number in (1, 2):
        data = document(*RUN, "--agent", "null", "--task", "settings.*", "--workers", "0", "--pixels", "none", cwd=tmp_path)
        assert data["folder"] == str(Path("runs") / f"pocket-{number}")
        assert data["planned"] == 2


def test_an_episode_is_shown_checked_and_drawn(run_folder: Path, tmp_path: Path) -> None:
    file = run_folder / "episodes" / "solution" / "contacts.add" / "0.jsonl"
    printed = output("replay", str(file))
    assert "Tap “Save”" in printed
    assert "passed" in printed
    checked = output(
        "replay", str(file), "--check", "--gif", str(tmp_path / "e.gif"), "--html", str(tmp_path / "e.html"), "--size", "300x135"
    )
    assert "identical" in checked
    with Image.open(tmp_path / "e.gif") as gif:
        assert gif.width == 135
    assert "data:image/webp" in (tmp_path / "e.html").read_text(encoding="utf-8")
    data = document("replay", str(file), "--check")
    assert data["identical"] is True
    assert data["end"]["verdict"]["verdict"] == "passed"


def test_a_replay_that_differs_is_exit_code_one(run_folder: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    from mobilegym.episodes.files import EpisodeWriter, read_episode

    episode = read_episode(run_folder / "episodes" / "solution" / "contacts.add" / "0.jsonl")
    with EpisodeWriter(tmp_path / "e.jsonl") as writer:
        writer.manifest(episode.manifest)
        for step in episode.steps:
            writer.step(replace(step, screen_hash="0" * 32) if step.step == 3 else step)
        writer.finish(episode.end)
    done = mobilegym("replay", str(tmp_path / "e.jsonl"), "--check")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "step 3" in line
    assert "screen" in line


def test_a_damaged_episode_is_one_line(run_folder: Path, tmp_path: Path) -> None:
    data = (run_folder / "episodes" / "null" / "contacts.add" / "0.jsonl").read_bytes()
    (tmp_path / "e.jsonl").write_bytes(data[:-40])
    done = mobilegym("replay", str(tmp_path / "e.jsonl"))
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "truncated" in line


def test_a_screenshot_and_apps(tmp_path: Path) -> None:
    data = document("phone", "screenshot", "a.png", "--device", "scripted", "--size", "240x108", "--app", "Contacts", cwd=tmp_path)
    assert (data["height"], data["width"]) == (240, 108)
    with Image.open(tmp_path / "a.png") as image:
        assert image.size == (108, 240)
    apps = document("apps", "list", "--device", "scripted")
    assert {"package": "com.google.android.contacts", "label": "Contacts", "short_name": "contacts"} in apps


def test_an_agent_of_ones_own_in_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "from mobilegym.actions import Finish\n"
        "class Mine:\n    name = 'mine'\n    def begin(self, task, seed): print('hello')\n"
        "    def act(self, observation): return Finish('infeasible')\n"
    )
    for workers in ("0", "1"):
        data = document(*RUN, "--agent", "mine:Mine", "--workers", workers, cwd=tmp_path)
        assert data["agents"][0]["rate"]["passed"] == 1


def test_a_closed_pipe_is_no_traceback() -> None:
    command = f"{sys.executable} -m mobilegym tasks list --suite {POCKET} --json | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "{\n"
    assert "Traceback" not in done.stderr
