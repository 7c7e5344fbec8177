"""Episode files: what is written is read back, and whatever is damaged is refused in one clear sentence."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.device import JournalEntry
from mobilegym.episodes.files import EpisodeWriter, read_episode, salvage
from mobilegym.episodes.format import EpisodeEnd, EpisodeManifest, EpisodeStep, Target, verdict_from_dict, verdict_to_dict
from mobilegym.errors import EpisodeError
from mobilegym.observation import Message
from mobilegym.verdict import Check, Errored, Failed, Passed, SideEffect, Undecided, Verdict

CHECK = Check("saved", True, 2.0, "one row", "one row")
VERDICTS: list[Verdict] = [
    Passed((CHECK,), (), ({"name": "sms.sent"},)),
    Failed(
        (CHECK, Check("other", False, 1.0, "a", "b")), (SideEffect("setting:global/x", None, "1", True),), judge="rules", reason="`other`"
    ),
    Undecided("the judge abstained"),
    Errored("the phone is gone"),
]
text = st.text(max_size=20).filter(lambda t: not any(0xD800 <= ord(c) <= 0xDFFF for c in t))
json_data = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)


def manifest(**others: Any) -> EpisodeManifest:
    return EpisodeManifest(suite="starter", suite_hash="ab" * 32, task="contacts.add", seed=3, agent="null", device="virtual", **others)


def step(number: int, **others: Any) -> EpisodeStep:
    action = None if number == 0 else {"action": "tap", "x": 0.5, "y": 0.25}
    return EpisodeStep(step=number, action=action, clock="2026-03-11T09:30:00-04:00", activity="a/.B", screen_hash="0" * 32, **others)


def write(path: Path, steps: int = 3, verdict: Verdict = VERDICTS[1], **others: Any) -> bytes:
    with EpisodeWriter(path) as writer:
        writer.manifest(manifest(**others))
        for number in range(steps):
            entry = JournalEntry(number, 5, "effect", "app", "row.inserted", "reversible", {"line": "end", "id": number})
            writer.step(step(number, journal=(entry,), messages=(Message("agent", "Grüße 👋", 1),), target=Target("Button", "Save")))
        assert writer.finish(EpisodeEnd(verdict=verdict_to_dict(verdict), status="done"))
    return path.read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    path = tmp_path_factory.mktemp("episodes") / "whole.jsonl"
    return path.with_name("damaged.jsonl"), write(path)


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda v: type(v).__name__)
def test_what_is_written_is_read(tmp_path: Path, verdict: Verdict) -> None:
    path = tmp_path / "a" / "b.jsonl"
    write(path, 4, verdict, device_options={"dark": True}, pixels=(600, 270), apps=("contacts",))
    episode = read_episode(path)
    assert episode.verdict == verdict
    assert episode.manifest == manifest(device_options={"dark": True}, pixels=(600, 270), apps=("contacts",))
    assert [s.step for s in episode.steps] == [0, 1, 2, 3]
    assert episode.steps[2].journal[0].data == {"line": "end", "id": 2}
    assert episode.actions == 3
    assert episode.task_id == "contacts.add#3"


@given(json_data, text, st.floats(0, 1))
def test_any_text_and_data_comes_back(tmp_path_factory: pytest.TempPathFactory, data: Any, words: str, fraction: float) -> None:
    path = tmp_path_factory.mktemp("any") / "e.jsonl"
    entry = JournalEntry(0, 5, "effect", words, "n", "read", {"data": data})
    number = EpisodeStep(step=0, action={"action": "tap", "x": fraction}, clock="", activity=words, screen_hash="", journal=(entry,))
    with EpisodeWriter(path) as writer:
        writer.manifest(manifest(request=words))
        writer.step(number)
        writer.finish(EpisodeEnd(verdict=verdict_to_dict(Undecided(words)), status="answered", answer=words))
    episode = read_episode(path)
    assert episode.steps == (number,)
    assert episode.end.answer == words
    assert episode.manifest.request == words


def refused(path: Path, data: bytes) -> str:
    """The one message that a damaged file gives."""
    path.write_bytes(data)
    with pytest.raises(EpisodeError) as caught:
        read_episode(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


@given(st.data())
def test_a_truncated_file_is_refused(whole: tuple[Path, bytes], data: st.DataObject) -> None:
    path, content = whole
    length = data.draw(st.integers(0, len(content) - 1))
    message = refused(path, content[:length])
    assert "truncated" in message or "empty" in message


def test_a_file_cut_between_lines_is_refused(whole: tuple[Path, bytes]) -> None:
    path, content = whole
    lines = content.splitlines(keepends=True)
    for count in range(1, len(lines)):
        assert f":{count}: the file is truncated" in refused(path, b"".join(lines[:count]))


@given(st.data())
def test_a_flipped_bit_is_refused(whole: tuple[Path, bytes], data: st.DataObject) -> None:
    path, content = whole
    position = data.draw(st.integers(0, len(content) - 1))
    damaged = bytearray(content)
    damaged[position] ^= 1 << data.draw(st.integers(0, 7))
    refused(path, bytes(damaged))


@given(st.data())
def test_lines_that_are_left_out_swapped_doubled_or_added_are_refused(whole: tuple[Path, bytes], data: st.DataObject) -> None:
    path, content = whole
    lines = content.splitlines(keepends=True)
    changed = data.draw(st.permutations(lines)) if data.draw(st.booleans()) else data.draw(st.lists(st.sampled_from(lines), max_size=8))
    if changed != lines:
        refused(path, b"".join(changed))


@pytest.mark.parametrize("version", [0, 2, 99, "1", None, 1.5])
def test_another_version_is_named(whole: tuple[Path, bytes], version: object) -> None:
    path, content = whole
    first, rest = content.split(b"\n", 1)
    head = {**json.loads(first), "version": version}
    message = refused(path, json.dumps(head).encode() + b"\n" + rest)
    assert f"version {version!r}" in message
    assert "this MobileGym reads version 1" in message


@pytest.mark.parametrize("data", [b"hello\n", b"{}\n", b"[1]\n", b'{"format":"other"}\n', b"\0" * 50, b"\n\n"])
def test_what_is_no_episode_is_refused(tmp_path: Path, data: bytes) -> None:
    refused(tmp_path / "other.jsonl", data)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EpisodeError, match="cannot be read: No such file"):
        read_episode(tmp_path / "none.jsonl")


def test_wrong_keys_are_named(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    with EpisodeWriter(path) as writer:
        writer.manifest(manifest())
        writer.step(step(0, action_error=7))
        writer.finish(EpisodeEnd(verdict=verdict_to_dict(VERDICTS[0]), status="done"))
    with pytest.raises(EpisodeError, match=r"e\.jsonl:2: `action_error`: Input should be a valid string"):
        read_episode(path)


def test_nothing_is_there_before_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    with EpisodeWriter(path) as writer:
        writer.manifest(manifest())
        writer.step(step(0))
        assert not path.exists()
    assert list(tmp_path.iterdir()) == [], "what was not finished leaves nothing behind"


def test_the_first_to_finish_wins(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    first = write(path, 1)
    with EpisodeWriter(path) as writer:
        writer.manifest(manifest())
        assert not writer.finish(EpisodeEnd(verdict=verdict_to_dict(VERDICTS[0]), status="done"))
    assert path.read_bytes() == first
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    write(tmp_path / "e.jsonl")
    (tmp_path / "other").touch()
    assert stat.S_IMODE((tmp_path / "e.jsonl").stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)


def test_what_a_killed_process_wrote_can_be_salvaged(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from tests.episodes.test_files import manifest, step; "
        "from mobilegym.episodes.files import EpisodeWriter\n"
        "w = EpisodeWriter(Path(sys.argv[1])); w.manifest(manifest()); w.step(step(0)); w.step(step(1)); os.kill(os.getpid(), 9)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "e.jsonl")], env={**os.environ, "PYTHONPATH": str(root)}, check=False)
    assert done.returncode == -9
    (partial,) = tmp_path.iterdir()
    saved = salvage(partial)
    assert saved is not None
    assert saved.manifest == manifest()
    assert saved.steps == (step(0), step(1))
    partial.write_bytes(partial.read_bytes()[:-5])
    assert (half := salvage(partial)) is not None
    assert half.steps == (step(0),)
    partial.write_bytes(b"")
    assert salvage(partial) is None


@pytest.mark.parametrize(
    "data", [{}, {"verdict": "good"}, {"verdict": "passed"}, {"verdict": "failed", "checks": [{"name": "a"}], "side_effects": []}]
)
def test_half_a_verdict_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="verdict"):
        verdict_from_dict(data)
