"""Recording and replaying: the same again, and every difference is found and named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mobilegym.actions import Finish, OpenApp, Tap, Wait
from mobilegym.emulator.device import JournalEntry
from mobilegym.emulator.scripted import ScriptedDevice
from mobilegym.episodes.export import export_gif, gif_frames
from mobilegym.episodes.format import Episode
from mobilegym.episodes.page import episode_html, stored_pictures
from mobilegym.episodes.record import RecordOptions
from mobilegym.episodes.replay import Replay, replay
from mobilegym.episodes.words import phrase
from mobilegym.errors import EpisodeError, ReplayMismatch
from mobilegym.observation import Message
from mobilegym.verdict import Errored, Failed, Passed
from tests.episodes.phone_episodes import SIZE, AddContact, Adder, judge, record


def again(episode: Episode, **options: Any) -> Replay:
    return replay(episode, task=AddContact(), device=ScriptedDevice(), judge=judge, **options)


def test_an_episode_is_recorded_step_by_step(tmp_path: Path) -> None:
    episode = record(tmp_path / "e.jsonl", options=RecordOptions(pictures=True, elements=True))
    assert isinstance(episode.verdict, Passed)
    assert [str(phrase(s)) for s in episode.steps] == [
        "Start",
        "Wait 1.5 s",
        "Open Contacts",
        "Ask the owner “What number does she have?”",
        "Tap “Create contact”",
        "Tap “Name”",
        "Type “Ada Park”",
        "Tap “Phone”",
        "Type “555-0142”",
        "No action",
        "Press volume up",
        "Tap “Save”",
        "Finish: done",
    ]
    asked = episode.steps[3]
    assert [(m.sender, m.text) for m in asked.messages] == [("agent", "What number does she have?"), ("owner", "It is 555-0142.")]
    assert episode.steps[4].messages == ()
    assert episode.steps[9].action_error == "no JSON"
    assert "row.inserted" in [entry.name for entry in episode.steps[11].journal]
    assert all(step.elements for step in episode.steps)
    assert episode.manifest.started == "2026-03-11T09:30:00-04:00"
    pictures = stored_pictures(episode, tmp_path / "e.jsonl")
    assert sorted(pictures) == list(range(13))


def test_recording_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    record(tmp_path / "a.jsonl")
    record(tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


@pytest.mark.parametrize("pixels", [SIZE, None])
def test_a_replay_is_the_same_again(tmp_path: Path, pixels: tuple[int, int] | None) -> None:
    episode = record(tmp_path / "e.jsonl", pixels=pixels, options=RecordOptions())
    result = again(episode, draw=(120, 54))
    assert result.mismatches == ()
    assert result.verdict == episode.verdict
    assert sorted(result.pictures) == list(range(13))
    assert [s.screen_hash for s in result.steps] == [s.screen_hash for s in episode.steps]


def change(episode: Episode, number: int, fields: dict[str, Any]) -> Episode:
    return replace(episode, steps=tuple(replace(s, **fields) if s.step == number else s for s in episode.steps))


@pytest.mark.parametrize(
    "number, fields, words",
    [
        (2, {"screen_hash": "f" * 32}, r"step 2 \(Open Contacts\): the screen \(accessibility tree\) differs"),
        (4, {"pixel_hash": "f" * 32}, "step 4 .*: the picture differs"),
        (6, {"journal": ()}, "step 6 .*: the journal differs: recorded 0 entries, now 2"),
        (
            11,
            {"journal": (JournalEntry(0, 0, "effect", "a", "row.deleted", "read"),)},
            "the journal differs: entry 0: recorded .*row.deleted",
        ),
        (3, {"messages": (Message("agent", "What?", 0),)}, "step 3 .*: the talk with the owner differs"),
        (9, {"action_error": None}, "step 9 .*: the action error differs: recorded null"),
        (5, {"action": {"action": "tap", "x": 0.01, "y": 0.99}}, "step 5 .* differs"),
        (
            1,
            {"action": {"action": "wait", "ms": 9000}},
            r"step 1 \(Wait 9 s\): the clock differs|step 1 .*: the journal differs",
        ),
    ],
)
def test_a_difference_is_named(tmp_path: Path, number: int, fields: dict[str, Any], words: str) -> None:
    episode = change(record(tmp_path / "e.jsonl"), number, fields)
    with pytest.raises(ReplayMismatch, match=words):
        again(episode)
    assert again(episode, check=False).mismatches


def test_another_verdict_or_end_state_is_named(tmp_path: Path) -> None:
    episode = record(tmp_path / "e.jsonl")
    with pytest.raises(ReplayMismatch, match="the verdict differs"):
        again(replace(episode, end=replace(episode.end, verdict={**episode.end.verdict, "judge": "somebody"})))
    with pytest.raises(ReplayMismatch, match="final state differs"):
        again(replace(episode, end=replace(episode.end, state_hash="0")))


def test_an_action_that_is_none_is_refused(tmp_path: Path) -> None:
    episode = change(record(tmp_path / "e.jsonl"), 4, {"action": {"action": "fly"}})
    with pytest.raises(EpisodeError, match="step 4: `action` must be one of"):
        again(episode)


def test_what_an_agent_raises_voids_the_episode(tmp_path: Path) -> None:
    episode = record(tmp_path / "e.jsonl", Adder(plan=(Wait(10), KeyError("lost"))))
    assert episode.verdict == Errored("KeyError: 'lost'")
    assert (episode.end.status, len(episode.steps)) == ("errored", 2)
    assert again(episode).verdict is None


def test_a_phone_that_breaks_voids_the_episode(tmp_path: Path) -> None:
    phone = ScriptedDevice()
    phone.close()
    episode = record(tmp_path / "e.jsonl", device=phone)
    assert isinstance(episode.verdict, Errored)
    assert episode.steps == ()


def test_steps_that_run_out_are_truncated(tmp_path: Path) -> None:
    episode = record(tmp_path / "e.jsonl", Adder(plan=[Wait(1)] * 30))
    assert (episode.end.status, episode.actions) == ("truncated", 20)
    assert isinstance(episode.verdict, Failed)


def test_a_page_says_everything_and_needs_nothing(tmp_path: Path) -> None:
    episode = record(tmp_path / "e.jsonl", Adder(plan=(OpenApp("Contacts"), Tap(0.5, 0.5), Finish("done"))))
    evil = replace(episode, manifest=replace(episode.manifest, request="<script>alert(1)</script> & co"))
    page = episode_html(evil, stored_pictures(episode, tmp_path / "e.jsonl"), report_link="../report.html")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in page
    assert page.count("data:image/webp;base64,") == 4
    data = json.loads(page.split('id="data">')[1].split("</script>")[0])
    assert [frame["words"] for frame in data][:2] == ["Start", "Open Contacts"]
    assert data[2]["touch"] == [135.0, 300.0]
    plain = episode_html(episode, {})
    assert "data:image" not in plain
    assert "contact exists" in plain


def test_a_gif_has_a_frame_for_every_screen(tmp_path: Path) -> None:
    episode = record(tmp_path / "e.jsonl")
    pictures = stored_pictures(episode, tmp_path / "e.jsonl")
    frames = gif_frames(episode, pictures)
    assert len(frames) == 13
    assert {frame.size for frame in frames} == {(270, 646)}
    export_gif(episode, pictures, tmp_path / "out" / "e.gif")
    with Image.open(tmp_path / "out" / "e.gif") as gif:
        # Frames that look alike are merged by the encoder, their times added.
        assert 5 <= getattr(gif, "n_frames", 1) <= 13
    with pytest.raises(EpisodeError, match="no pictures"):
        export_gif(episode, {}, tmp_path / "none.gif")
