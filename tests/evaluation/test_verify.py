"""Sound tasks are found sound, and every kind of unsound one is found out."""

from __future__ import annotations

from pathlib import Path

from mobilegym.evaluation.evaluators import EVALUATORS
from mobilegym.evaluation.outcome import Outcome
from mobilegym.evaluation.scene import Finding, Scene
from mobilegym.evaluation.verify import VerifyRow, verify
from tests.tasks.helpers import DEMO, TASK, load, load_one, phone, suite_of

SOUND = (
    TASK.replace("checks:", "setup: [{setting: {namespace: global, key: wifi_on, value: 0}}]\nchecks:").replace(
        "solution: [{open: settings}]", "side_effects: {allow: [{setting: wifi_on}]}\nsolution: [{open: settings}, {tap: Wi-Fi}]"
    )
    + "baselines: {random: any}\n"
)


def rows(folder: Path, yaml: str) -> dict[str, VerifyRow]:
    return {r.probe: r for r in verify(load(suite_of(folder, yaml)), phone, seeds=[0])}


def test_the_demo_suite_is_sound() -> None:
    assert [r for r in verify(load(DEMO), phone, seeds=range(3)) if not r.ok] == []


def test_a_sound_task(tmp_path: Path) -> None:
    found = rows(tmp_path, SOUND)
    assert set(found) == {"instance", "solution", "near_miss:wrong", "null", "random"}
    assert all(r.ok for r in found.values())


def test_a_solution_that_does_not_solve(tmp_path: Path) -> None:
    found = rows(tmp_path, SOUND.replace(", {tap: Wi-Fi}", ""))["solution"]
    assert (found.ok, found.actual) == (False, "fail")
    assert "got '0'" in found.detail


def test_a_solution_that_cannot_be_played(tmp_path: Path) -> None:
    found = rows(tmp_path, SOUND.replace("{tap: Wi-Fi}", "{tap: Wi-Fy}"))["solution"]
    assert (found.ok, found.actual) == (False, "broken")
    assert "step 2 (tap)" in found.detail


def test_a_solution_beyond_the_budget(tmp_path: Path) -> None:
    found = rows(tmp_path, SOUND.replace("steps: 8", "steps: 2"))["solution"]
    assert not found.ok
    assert "truncated" in found.detail


def test_a_near_miss_that_passes(tmp_path: Path) -> None:
    found = rows(tmp_path, SOUND.replace("{press: home}", "{open: settings}, {tap: Wi-Fi}"))["near_miss:wrong"]
    assert (found.ok, found.actual) == (False, "pass")


def test_a_near_miss_that_fails_for_another_reason(tmp_path: Path) -> None:
    found = rows(tmp_path, SOUND.replace("why: Does nothing.", "why: Does nothing., fails: [side_effects]"))["near_miss:wrong"]
    assert not found.ok
    assert "meant to fail `side_effects`" in found.detail


def test_a_task_that_is_done_from_the_start(tmp_path: Path) -> None:
    found = rows(tmp_path, TASK)
    assert not found["null"].ok
    assert not found["near_miss:wrong"].ok
    declared = rows(tmp_path, TASK + "baselines: {null: pass, random: any}\n")
    assert declared["null"].ok


def test_setup_that_the_phone_refuses(tmp_path: Path) -> None:
    found = rows(tmp_path, SOUND.replace("setup: [", "setup: [{sql: {app: clock, database: no.db, statement: SELECT}}, "))
    assert found["prepare"].actual == "refused"
    assert "no.db" in found["prepare"].detail


def evaluate(folder: Path, name: str, args: dict[str, object], *moves: tuple[str, str]) -> Finding:
    device = phone()
    device.files.write("/sdcard/Download/a.txt", b"1")
    device.files.write("/sdcard/Download/b.txt", b"2")
    before = device.state_tree()
    for old, new in moves:
        device.files.write(new, device.files.read(old))
        device.files.delete(old)
    return EVALUATORS[name](Scene(load_one(folder), device, before, device.state_tree(), Outcome("done")), args)


def test_moved(tmp_path: Path) -> None:
    args: dict[str, object] = {"from": "/sdcard/Download/*.txt", "to": "/sdcard/Documents"}
    both = (("/sdcard/Download/a.txt", "/sdcard/Documents/a.txt"), ("/sdcard/Download/b.txt", "/sdcard/Documents/b.txt"))
    assert evaluate(tmp_path, "moved", args, *both).passed
    assert not evaluate(tmp_path, "moved", args, both[0]).passed
    assert not evaluate(tmp_path, "moved", args).passed


def test_folder_holds(tmp_path: Path) -> None:
    assert evaluate(tmp_path, "folder_holds", {"folder": "/sdcard/Download", "names": ["b.txt", "a.txt"]}).passed
    assert not evaluate(tmp_path, "folder_holds", {"folder": "/sdcard/Download", "names": ["a.txt"]}).passed


def test_sorted_lines(tmp_path: Path) -> None:
    assert evaluate(tmp_path, "sorted_lines", {"path": "/sdcard/Download/a.txt", "lines": ["1"]}).passed
    assert not evaluate(tmp_path, "sorted_lines", {"path": "/sdcard/Download/a.txt", "lines": ["1", "2"]}).passed
    assert not evaluate(tmp_path, "sorted_lines", {"path": "/sdcard/nowhere", "lines": ["1"]}).passed
