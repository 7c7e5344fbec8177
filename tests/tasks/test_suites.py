"""Loading: N files are N tasks, or an error that names file, line and key."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilegym.errors import ContentError
from mobilegym.tasks.suites import load_suite, suite_names
from tests.tasks.helpers import DEMO, TASK, refusal, suite_of

FULL = (DEMO / "messages" / "send.yaml").read_text()


def test_n_files_are_n_templates() -> None:
    suite = load_suite(DEMO)
    assert len(suite) == len(list(DEMO.rglob("*/*.yaml")))
    assert list(suite.templates) == sorted(suite.templates)
    assert suite.name == "demo"


def test_starter_is_found_by_name() -> None:
    assert "starter" in suite_names()


def test_instances_survive_pickling() -> None:
    task = load_suite(DEMO).instance("messages.send", 2)
    again = pickle.loads(pickle.dumps(task))
    assert again == task
    assert again.id == "demo/messages.send#2"


def test_hash_is_of_content_not_of_layout(tmp_path: Path) -> None:
    one = load_suite(suite_of(tmp_path, TASK)).hash
    assert load_suite(suite_of(tmp_path, "# A comment.\n\n" + TASK.replace("[settings]", "\n- settings"))).hash == one
    assert load_suite(suite_of(tmp_path, TASK.replace("steps: 8", "steps: 9"))).hash != one


@pytest.mark.parametrize("name", ["nowhere", "", "/nowhere/at/all", "../tasks", "starter/x"])
def test_unknown_suite(name: str) -> None:
    with pytest.raises(ContentError, match="no such suite"):
        load_suite(name)


def test_unknown_template_has_a_hint() -> None:
    with pytest.raises(ContentError, match=r"did you mean notes\.write"):
        load_suite(DEMO).template("note.write")


@pytest.mark.parametrize("seed", [-1, True, 1.5])
def test_bad_seeds(seed: int) -> None:
    with pytest.raises(ValueError, match="whole number"):
        load_suite(DEMO).instance("notes.write", seed)


MISTAKES = [
    ("steps: 10", "steps: many", 6, "steps", "valid integer"),
    ("steps: 10", "steps: 10\nsteps: 3", 7, "steps", "given twice"),
    ("steps: 10", "step: 10", 6, "step", "no such key"),
    ("difficulty: easy", "difficulty: eazy", 4, "difficulty", "'easy', 'medium' or 'hard'"),
    ("difficulty: easy\n", "", 1, "difficulty", "required"),
    ("apps: [messages]", "apps: [mesages]", 3, "apps.0", "no such app"),
    ("apps: [messages]", "apps: []", 3, "apps", "at least 1"),
    ("[messaging]", "[flying]", 5, "capabilities.0", "messaging"),
    ("id: messages.send", "id: messages.sent", 1, "id", "must be 'messages.send'"),
    ("person: {person: {}}", "person: {persn: {}}", 8, "parameters.person", "did you mean `person`"),
    ("sentence: plan", "sentence: planes", 10, "parameters.text.sentence", "no such topic"),
    ("other: {person: {}}", "other: {person: {}}\n  more: {integer: {min: 1, max: 2}}", 10, "parameters.more", "not used"),
    ("{other.number}", "{othr.number}", 12, "setup.0.sms.number", "no parameter `othr`"),
    ("ago: 2h", "ago: 2 hours", 12, "setup.0.sms.ago", "not a duration"),
    ("ago: 2h", 'ago: 2h, at: "2026-03-10 09:00"', 12, "setup.0.sms", "not both"),
    ("- sms: {number: ", "- smss: {number: ", 12, "setup.0", "did you mean `sms`"),
    ("Send \"{text}\"", "Send {text.x}", 13, "request", "has no `x`"),
    ("count: 1}}", "count: one}}", 15, "checks.0.sms.count", "one"),
    ("{name: sent, sms", "{name: Sent, sms", 15, "checks.0.name", "match pattern"),
    ("{name: sent, sms", "{sms", 15, "checks.0.name", "required"),
    ("text: \"{text}\", count: 1", "text: {contians: x}", 15, "checks.0.sms.text.contians", "no such key"),
    ("change: [added], max: 1", "change: [addd]", 17, "side_effects.allow.0.change.0", "added"),
    ('{sms: "{person.number}", change', '{smss: "{person.number}", change', 17, "side_effects.allow.0", "needs one of"),
    ("tap: {desc: Start chat}", "tap: {dsc: Start chat}", 22, "solution.1.tap.dsc", "no such key"),
    ("- open: messages\n  - tap", "- open: mesages\n  - tap", 21, "solution.0.open", "no such app"),
    ("name: wrong_number", "name: wrong_number\n    fail: [sent]", 28, "near_misses.0.fail", "no such key"),
    ("fails: [sent, side_effects]", "fails: [snt]", 35, "near_misses.0.fails", "no check is called 'snt'"),
    ("near_misses:", "near_miss:", 26, "near_miss", "no such key"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "key", "words"), MISTAKES)
def test_mistakes_are_named(tmp_path: Path, old: str, new: str, line: int | None, key: str, words: str) -> None:
    assert old in FULL
    with pytest.raises(ContentError) as caught:
        load_suite(suite_of(tmp_path, FULL.replace(old, new, 1), name="messages/send.yaml"))
    error = caught.value
    assert (error.file or "").endswith("messages/send.yaml")
    assert (error.line, error.key) == (line, key), str(error)
    assert words in error.message


def test_places_in_each_and_if(tmp_path: Path) -> None:
    yaml = TASK + "parameters: {people: {people: 3}, on: {choice: [1, 0]}}\n"
    yaml += 'setup:\n  - each: people\n    as: p\n    do:\n      - contact: {name: "{p.name}", phon: "1"}\n'
    yaml += "  - {if: on, do: {launch: settings}}\n"
    with pytest.raises(ContentError) as caught:
        load_suite(suite_of(tmp_path, yaml))
    assert (caught.value.line, caught.value.key) == (17, "setup.0.do.0.contact.phon")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"settings/two.txt": ""}, "`<task>.yaml` files, nothing else"),
        ({"extra.yaml": ""}, "one folder per app"),
        ({"settings/deep/three.yaml": ""}, "nothing else"),
        ({"settings/two.yaml": "\xff"}, ""),
        ({"settings/two.yaml": TASK}, "must be 'settings.two'"),
        ({"suite.yaml": "name: other\ntitle: x\ndescription: y\n"}, "must be 'made'"),
        ({"suite.yaml": "name: made\n"}, "required"),
        ({"suite.yaml": "name: made\ntitle: x\ndescription: y\ntimezone: Mars/Base\n"}, "no such time zone"),
        ({"suite.yaml": "name: made\ntitle: x\ndescription: y\nstart: 2026-02-31 09:00\n"}, ""),
        ({"suite.yaml": "name: made\ntitle: x\ndescription: y\nbookkeeping: [x]\n"}, "a pattern starts with"),
    ],
)
def test_whatever_is_no_task_is_refused(tmp_path: Path, files: dict[str, str], words: str) -> None:
    root = suite_of(tmp_path)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="latin-1" if text == "\xff" else "utf-8")
    with pytest.raises(ContentError) as caught:
        load_suite(root)
    assert words in caught.value.message
    assert caught.value.file


def test_an_empty_suite_is_refused(tmp_path: Path) -> None:
    root = suite_of(tmp_path)
    (root / "settings" / "one.yaml").unlink()
    with pytest.raises(ContentError, match="no tasks"):
        load_suite(root)


JUNK = st.sampled_from(
    [
        "",
        "[]",
        "{}",
        "null",
        "-1",
        "3.7",
        "true",
        '"{nobody}"',
        '"{person.zzz}"',
        '"{"',
        "[[]]",
        "{a: 1}",
        "x",
        "'''",
        ": :",
        "*x",
        "!x",
        "- -",
        '"\\0"',
    ]
)


def _mutated(text: str, kind: str, where: int, junk: str) -> str:
    lines = text.splitlines()
    at = where % len(lines)
    match kind:
        case "drop":
            del lines[at]
        case "double":
            lines.insert(at, lines[at])
        case "swap":
            other = (at * 7 + 3) % len(lines)
            lines[at], lines[other] = lines[other], lines[at]
        case "value":
            head, colon, _ = lines[at].partition(":")
            lines[at] = f"{head}{colon} {junk}"
        case "indent":
            lines[at] = "  " + lines[at]
        case _:
            spot = (where * 31) % (len(text) + 1)
            return text[:spot] + junk + text[spot:]
    return "\n".join(lines) + "\n"


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["messages/send.yaml", "messages/read.yaml", "notes/write.yaml", "settings/wifi.yaml"]),
    kind=st.sampled_from(["drop", "double", "swap", "value", "indent", "insert"]),
    where=st.integers(0, 10_000),
    junk=JUNK,
)
def test_any_mutation_loads_or_is_refused_with_its_place(tmp_path: Path, name: str, kind: str, where: int, junk: str) -> None:
    root = suite_of(tmp_path, _mutated((DEMO / name).read_text(), kind, where, junk), name=name)
    error = refusal(lambda: load_suite(root), ContentError)
    if isinstance(error, ContentError):
        assert (error.file or "").endswith(name)
        assert error.line is not None
        assert error.message
