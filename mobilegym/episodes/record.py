"""Running one episode and writing it down."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from PIL import Image

from mobilegym import __version__
from mobilegym.actions import Action, DoubleTap, LongPress, Swipe, Tap, action_to_dict
from mobilegym.emulator.build import DeviceSpec
from mobilegym.emulator.device import Device, JournalEntry
from mobilegym.episodes.files import EpisodeWriter
from mobilegym.episodes.format import (
    EpisodeEnd,
    EpisodeManifest,
    EpisodeStep,
    Target,
    pixel_hash,
    screen_hash,
    state_hash,
    verdict_to_dict,
)
from mobilegym.episodes.provenance import git_commit
from mobilegym.errors import MissingPrerequisite, MobileGymError
from mobilegym.observation import Element, Observation, Pixels, Screen
from mobilegym.session import InvalidAction, Session
from mobilegym.verdict import Errored, Verdict

if TYPE_CHECKING:
    from mobilegym.agents.base import Agent
    from mobilegym.tasks.instance import TaskInstance

__all__ = ["RecordOptions", "Watcher", "encode_png", "manifest_for", "record_episode"]


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """What is written besides actions, journal and hashes."""

    pictures: bool = False
    """PNG files beside the episode; needs a session with `pixels`."""
    elements: bool = False
    """Every accessibility node of every step: some kilobytes each."""


class Watcher:
    """Turns a phone's observations into the steps of an episode file; recording and replaying share it.

    Args:
        device: The phone that the episode runs on.
        options: What a step holds.
    """

    def __init__(self, device: Device, options: RecordOptions) -> None:
        self._device = device
        self._options = options
        self._has_journal = "journal" in device.capabilities
        self._seq = 0
        self._messages = 0
        self._screen: Screen | None = None

    def start(self, observation: Observation) -> EpisodeStep:
        """Step 0. The journal of the task's setup is passed over."""
        if self._has_journal and (entries := self._device.journal()):
            self._seq = entries[-1].seq + 1
        return self._step(observation, None, None)

    def step(self, action: Action | InvalidAction, observation: Observation) -> EpisodeStep:
        """The step that `action` led to."""
        if isinstance(action, InvalidAction):
            return self._step(observation, {"action": "invalid", "reason": action.reason}, None)
        target = _target(self._screen, action) if self._screen is not None else None
        return self._step(observation, action_to_dict(action), target)

    def _step(self, observation: Observation, action: dict[str, Any] | None, target: Target | None) -> EpisodeStep:
        screen = observation.screen
        pixels = screen.pixels
        self._screen = screen
        messages, self._messages = observation.messages[self._messages :], len(observation.messages)
        return EpisodeStep(
            step=observation.step,
            action=action,
            action_error=observation.action_error,
            target=target,
            clock=screen.clock.isoformat(),
            activity=str(screen.activity),
            screen_hash=screen_hash(screen),
            pixel_hash=None if pixels is None else pixel_hash(pixels),
            picture=f"{observation.step:04d}.png" if self._options.pictures and pixels is not None else None,
            journal=self._journal(),
            messages=tuple(messages),
            elements=tuple(tuple(element) for element in screen.elements) if self._options.elements else None,
        )

    def _journal(self) -> tuple[JournalEntry, ...]:
        if not self._has_journal:
            return ()
        entries = self._device.journal(self._seq)
        if entries:
            self._seq = entries[-1].seq + 1
        return tuple(replace(entry, data=_plain(entry.data)) for entry in entries)


def manifest_for(task: TaskInstance, *, suite: str, suite_hash: str, agent: str, device: DeviceSpec, **others: Any) -> EpisodeManifest:
    """The manifest of an episode of `task`.

    Args:
        task: The task.
        suite: Name or path that loads its suite again.
        suite_hash: `Suite.hash`.
        agent: Name that makes the agent again.
        device: What builds the phone again.
        others: Further fields of `EpisodeManifest`, such as `pixels`.
    """
    head = task.template.head
    return EpisodeManifest(
        suite=suite,
        suite_hash=suite_hash,
        task=task.template.id,
        seed=task.seed,
        agent=agent,
        device=device.kind,
        device_options=dict(device.options),
        request=task.request,
        apps=tuple(task.apps),
        split=head.split,
        difficulty=head.difficulty,
        package_version=__version__,
        git_commit=git_commit(),
        **others,
    )


def record_episode(
    session: Session,
    agent: Agent,
    writer: EpisodeWriter,
    manifest: EpisodeManifest,
    options: RecordOptions = RecordOptions(),
    *,
    out_of_time: Callable[[], bool] = lambda: False,
    on_error: Callable[[Exception], None] = lambda _: None,
) -> Verdict:
    """Run an episode to its end and finish its file.

    Whatever breaks on the way, in the phone, the task or the agent, ends the episode as `Errored` and is written down
    with the steps before it: it is counted, and never scored.

    Args:
        session: A session that was not started yet.
        agent: Who acts.
        writer: A fresh writer.
        manifest: The first line; the clock at the start is filled in.
        options: What to write.
        out_of_time: Asked before each step; True ends the episode as `Errored`.
        on_error: Told what broke, if something did.

    Raises:
        MissingPrerequisite: The machine lacks what every episode needs; nothing is finished then.
    """
    state: str | None = None
    status, answer = "errored", None
    written = False
    try:
        observation = session.start()
        writer.manifest(replace(manifest, started=observation.screen.clock.isoformat()))
        written = True
        watcher = Watcher(session.device, options)
        _write_step(writer, watcher.start(observation), observation)
        agent.begin(session.task, manifest.seed)
        done = False
        while not done:
            if out_of_time():
                raise MobileGymError("the time limit ran out")
            action = agent.act(observation)
            result = session.step(action)
            observation, done = result.observation, result.done or result.truncated
            _write_step(writer, watcher.step(action, observation), observation)
        verdict = session.verdict()
        if "state_tree" in session.device.capabilities:
            state = state_hash(session.device.state_tree())
        if not isinstance(verdict, Errored):
            status, answer = session.outcome.status, session.outcome.answer
    except MissingPrerequisite:
        # The machine is at fault, for this episode and all others: nothing is to be counted.
        raise
    except Exception as error:  # noqa: BLE001 - the one boundary: agents and phones are anybody's code, and the run must go on
        verdict = Errored(_reason(error))
        on_error(error)
    if not written:
        writer.manifest(manifest)
    writer.finish(EpisodeEnd(verdict=verdict_to_dict(verdict), status=status, answer=answer, state_hash=state))
    return verdict


def encode_png(pixels: Pixels) -> bytes:
    """A PNG of an `(H, W, 3) uint8` picture; equal pixels give equal bytes."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()


def _write_step(writer: EpisodeWriter, step: EpisodeStep, observation: Observation) -> None:
    pixels = observation.screen.pixels
    writer.step(step, encode_png(pixels) if step.picture is not None and pixels is not None else None)


def _reason(error: Exception) -> str:
    text = str(error) or "no message"
    return text if isinstance(error, MobileGymError) else f"{type(error).__name__}: {text}"


def _target(screen: Screen, action: Action) -> Target | None:
    """The smallest element under the finger, one that reacts to it if there is one."""
    match action:
        case Tap(x, y) | DoubleTap(x, y) | LongPress(x, y) | Swipe(x, y):
            px, py = x * screen.width, y * screen.height
        case _:
            return None
    hit = [e for e in screen.elements if e.bounds.left <= px < e.bounds.right and e.bounds.top <= py < e.bounds.bottom]
    hit.sort(key=lambda e: (not (e.clickable or e.checkable or e.long_clickable), _area(e)))
    if not hit:
        return None
    return Target(hit[0].cls.rpartition(".")[2], _label(hit[0], screen.elements))


def _area(element: Element) -> int:
    bounds = element.bounds
    return (bounds.right - bounds.left) * (bounds.bottom - bounds.top)


def _label(element: Element, elements: Sequence[Element]) -> str:
    own = element.text or element.content_desc or element.hint
    if own:
        return own
    box = element.bounds
    inside = (e for e in elements if e.bounds.left >= box.left and e.bounds.right <= box.right and e.bounds.top >= box.top)
    texts = [e.text or e.content_desc for e in inside if e.bounds.bottom <= box.bottom and (e.text or e.content_desc)]
    return texts[0] if texts else element.resource_id.rpartition("/")[2]


def _plain(value: Any) -> Any:
    """The same data in types that JSON knows."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in cast("Iterable[Any]", value)]
    if isinstance(value, bytes):
        return value.hex()
    return value
