"""Re-executing an episode: the same phone, task, seed and actions must give the same journal, screens, pixels and verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, Final, cast

from mobilegym.actions import Action, action_from_dict
from mobilegym.emulator.build import DeviceSpec, build_device
from mobilegym.emulator.device import Device, PixelSize
from mobilegym.episodes.format import Episode, EpisodeStep, canonical, state_hash, verdict_to_dict
from mobilegym.episodes.record import RecordOptions, Watcher, encode_png
from mobilegym.episodes.words import phrase
from mobilegym.errors import EpisodeError, ReplayMismatch
from mobilegym.observation import Observation
from mobilegym.session import EpisodeTask, InvalidAction, Judge, Session
from mobilegym.verdict import Errored, Verdict

__all__ = ["Replay", "replay"]

_NAMES: Final = {
    "screen_hash": "screen (accessibility tree)",
    "pixel_hash": "picture",
    "action_error": "action error",
    "messages": "talk with the owner",
}
_COMPARED: Final = ("action_error", "activity", "clock", "journal", "messages", "screen_hash", "pixel_hash")
"""In the order of how much each says about what went wrong."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What re-executing gave."""

    steps: tuple[EpisodeStep, ...]
    verdict: Verdict | None
    """None where the recorded episode is `Errored`: nobody judged it."""
    mismatches: tuple[str, ...]
    """What differed from the recording, in order; empty after a faithful replay."""
    pictures: dict[int, bytes]
    """PNG by step, where `draw` was given."""


def replay(
    episode: Episode,
    *,
    check: bool = True,
    suite: str | None = None,
    device: Device | None = None,
    task: EpisodeTask | None = None,
    judge: Judge | None = None,
    draw: PixelSize | None = None,
) -> Replay:
    """Re-execute an episode and compare every step with the recording.

    Args:
        episode: What was recorded.
        check: Raise at the first difference; else collect them all.
        suite: Name or path of the suite, where it is not found under the recorded one.
        device: The phone to use, left open; by default one is built as recorded, and closed.
        task: The task, where it comes from no suite.
        judge: What decided the verdict, where it was not the rules of the task's suite.
        draw: `(height, width)` of the pictures to take; taking them changes nothing.

    Raises:
        ReplayMismatch: Something differed; the message says at which step, and what.
        EpisodeError: The suite's content is no longer that of the recording.
        ContentError: Suite, task or device cannot be found.
    """
    manifest = episode.manifest
    if task is None:
        task = _find_task(episode, suite)
    phone = build_device(DeviceSpec(manifest.device, manifest.device_options)) if device is None else device
    try:
        session = Session(phone, task, max_steps=manifest.max_steps, pixels=manifest.pixels, judge=judge)
        return _Replayer(episode, session, check, draw).run()
    finally:
        if device is None:
            phone.close()


class _Replayer:
    def __init__(self, episode: Episode, session: Session, check: bool, draw: PixelSize | None) -> None:
        self._episode = episode
        self._session = session
        self._check = check
        self._draw = draw
        self._mismatches: list[str] = []
        self._pictures: dict[int, bytes] = {}

    def run(self) -> Replay:
        steps = tuple(self._steps())
        verdict = None
        if not isinstance(self._episode.verdict, Errored):
            verdict = self._session.verdict()
            self._compare_end(verdict)
        return Replay(steps, verdict, tuple(self._mismatches), self._pictures)

    def _steps(self) -> Iterator[EpisodeStep]:
        recorded = self._episode.steps
        if not recorded:
            return
        elements = any(step.elements is not None for step in recorded)
        watcher = Watcher(self._session.device, RecordOptions(elements=elements))
        observation = self._session.start()
        yield self._seen(recorded[0], watcher.start(observation), observation)
        for step in recorded[1:]:
            action = _action(step)
            observation = self._session.step(action).observation
            yield self._seen(step, watcher.step(action, observation), observation)

    def _seen(self, recorded: EpisodeStep, now: EpisodeStep, observation: Observation) -> EpisodeStep:
        if self._draw is not None:
            pixels = observation.screen.pixels
            if pixels is None or pixels.shape[:2] != self._draw:
                pixels = self._session.device.observe(pixels=self._draw).pixels
            if pixels is not None:
                self._pictures[now.step] = encode_png(pixels)
        for key in _COMPARED:
            before, after = getattr(recorded, key), getattr(now, key)
            if key == "pixel_hash" and (before is None or after is None):
                continue
            if canonical(_data(before)) != canonical(_data(after)):
                self._differ(f"step {recorded.step} ({phrase(recorded)}): the {_NAMES.get(key, key)} differs: {_difference(before, after)}")
        return now

    def _compare_end(self, verdict: Verdict) -> None:
        end = self._episode.end
        if canonical(verdict_to_dict(verdict)) != canonical(end.verdict):
            self._differ(f"the verdict differs: recorded {_short(end.verdict)}, now {_short(verdict_to_dict(verdict))}")
        if end.state_hash is not None and "state_tree" in self._session.device.capabilities:
            now = state_hash(self._session.device.state_tree())
            if now != end.state_hash:
                self._differ(f"the phone's final state differs: recorded {end.state_hash}, now {now}")

    def _differ(self, message: str) -> None:
        if self._check:
            raise ReplayMismatch(message)
        self._mismatches.append(message)


def _find_task(episode: Episode, suite: str | None) -> EpisodeTask:
    from mobilegym.tasks.suites import load_suite

    manifest = episode.manifest
    found = load_suite(suite or manifest.suite)
    if found.hash != manifest.suite_hash:
        raise EpisodeError(
            f"suite `{manifest.suite}` has changed since the episode was recorded (content hash {found.hash[:12]}, "
            f"recorded {manifest.suite_hash[:12]}); use the version that recorded it ({manifest.package_version})"
        )
    return found.instance(manifest.task, manifest.seed)


def _action(step: EpisodeStep) -> Action | InvalidAction:
    action = step.action or {}
    if action.get("action") == "invalid":
        return InvalidAction(str(action.get("reason", "")))
    try:
        return action_from_dict(action)
    except ValueError as error:
        raise EpisodeError(f"step {step.step}: {error}") from error


def _data(value: Any) -> Any:
    """Dataclasses and tuples of them as JSON-able data."""
    if isinstance(value, tuple):
        return [_data(item) for item in cast("tuple[Any, ...]", value)]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def _difference(before: Any, after: Any) -> str:
    recorded, now = _data(before), _data(after)
    if isinstance(before, tuple) and isinstance(after, tuple):
        for index, (old, new) in enumerate(zip(recorded, now, strict=False)):
            if old != new:
                return f"entry {index}: recorded {_short(old)}, now {_short(new)}"
        return f"recorded {len(recorded)} entries, now {len(now)}"
    return f"recorded {_short(recorded)}, now {_short(now)}"


def _short(value: object) -> str:
    text = canonical(value)
    return text if len(text) <= 300 else text[:299] + "…"
