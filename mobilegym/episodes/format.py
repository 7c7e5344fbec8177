"""What an episode file holds, as frozen values, and their canonical JSON.

An episode is UTF-8 JSON lines: one manifest, the start (`step` 0) and one line per step, one end. Every line closes
with `"chain"`, a hash over the line and all lines before it, so truncation, flipped bits and reordered lines show.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Final, Literal, TypeAlias, assert_never

from pydantic import ConfigDict

from mobilegym.emulator.device import JournalEntry
from mobilegym.observation import Message, Pixels, Screen
from mobilegym.verdict import Check, Errored, Failed, Passed, SideEffect, Undecided, Verdict

__all__ = [
    "FORMAT",
    "VERSION",
    "Episode",
    "EpisodeEnd",
    "EpisodeManifest",
    "EpisodeStep",
    "Line",
    "Target",
    "canonical",
    "pixel_hash",
    "screen_hash",
    "state_hash",
    "verdict_from_dict",
    "verdict_name",
    "verdict_to_dict",
]

FORMAT: Final = "mobilegym-episode"
VERSION: Final = 1
"""Raised when a reader of the older version could misread a newer file."""


_STRICT: Final = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeManifest:
    """The first line: everything that makes the episode come out the same again."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    suite: str
    """Name or path of the suite, as it was asked for."""
    suite_hash: str
    """SHA-256 of the suite's canonical content."""
    task: str
    """Template id, for instance `contacts.add_with_email`."""
    seed: int
    agent: str
    device: str
    """What kind of phone, as `DeviceSpec` names it."""
    device_options: dict[str, Any] = field(default_factory=dict[str, Any])
    request: str = ""
    apps: tuple[str, ...] = ()
    split: str = ""
    difficulty: str = ""
    max_steps: int | None = None
    pixels: tuple[int, int] | None = None
    """`(height, width)` that pictures and `pixel_hash` are taken at; None: no pixels are looked at."""
    started: str = ""
    """The phone's own clock at the start, ISO 8601. Never the wall clock, so a re-run writes the same bytes."""
    package_version: str = ""
    git_commit: str | None = None
    format: str = FORMAT
    version: int = VERSION
    line: Literal["manifest"] = "manifest"


@dataclass(frozen=True, slots=True)
class Target:
    """The element that a touch landed on, for people who read the file."""

    cls: str
    """Short class name, `Button`."""
    label: str
    """Its text, description, hint or resource id, whichever comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeStep:
    """One action and what it led to. Step 0 has no action: it is the screen the agent starts from."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    step: int
    action: dict[str, Any] | None
    """As `action_to_dict` gives it."""
    action_error: str | None = None
    target: Target | None = None
    clock: str
    activity: str
    screen_hash: str
    pixel_hash: str | None = None
    picture: str | None = None
    """File name of a PNG in `<episode>.pictures/`."""
    journal: tuple[JournalEntry, ...] = ()
    """What the phone wrote during this step; empty on phones without a journal."""
    messages: tuple[Message, ...] = ()
    """What agent and owner said during this step."""
    elements: tuple[tuple[Any, ...], ...] | None = None
    """The accessibility nodes, field by field as `Element` has them; None where not recorded."""
    line: Literal["step"] = "step"


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeEnd:
    """The last line: the verdict, and a count and a SHA-256 of all that stands before it."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    verdict: dict[str, Any]
    status: str
    """How it ended: `done`, `infeasible`, `declined`, `answered`, `truncated` or `errored`."""
    answer: str | None = None
    state_hash: str | None = None
    """SHA-256 of the phone's final `state_tree`, where it has one."""
    lines: int = 0
    sha256: str = ""
    line: Literal["end"] = "end"


Line: TypeAlias = EpisodeManifest | EpisodeStep | EpisodeEnd


@dataclass(frozen=True, slots=True)
class Episode:
    """A whole episode, read and verified."""

    manifest: EpisodeManifest
    steps: tuple[EpisodeStep, ...]
    """Step 0 first; empty where the phone was lost before it could show anything."""
    end: EpisodeEnd

    @property
    def verdict(self) -> Verdict:
        return verdict_from_dict(self.end.verdict)

    @property
    def actions(self) -> int:
        """Number of actions taken."""
        return sum(1 for step in self.steps if step.action is not None)

    @property
    def task_id(self) -> str:
        """`template#seed`."""
        return f"{self.manifest.task}#{self.manifest.seed}"


def canonical(data: object) -> str:
    """One line of JSON, keys sorted, no spaces: equal data gives equal text."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def screen_hash(screen: Screen) -> str:
    """Hash of what the accessibility tree says: elements and activity, 32 hex digits."""
    return _digest(canonical([screen.elements, screen.activity]).encode())


def pixel_hash(pixels: Pixels) -> str:
    """Hash of an `(H, W, 3) uint8` picture and its size, 32 hex digits."""
    return _digest(repr(pixels.shape).encode() + pixels.tobytes())


def state_hash(tree: Mapping[str, str]) -> str:
    """Hash of a `StateTree`, whatever the order of its keys."""
    return _digest(canonical(dict(tree)).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def verdict_name(verdict: Verdict) -> str:
    """`passed`, `failed`, `undecided` or `errored`."""
    match verdict:
        case Passed():
            return "passed"
        case Failed():
            return "failed"
        case Undecided():
            return "undecided"
        case Errored():
            return "errored"
        case _:
            assert_never(verdict)


def verdict_to_dict(verdict: Verdict) -> dict[str, Any]:
    """JSON-able data; `progress` is written too, for readers that do not know weights."""
    data: dict[str, Any] = {"verdict": verdict_name(verdict), **asdict(verdict)}
    if isinstance(verdict, (Passed, Failed)):
        data["progress"] = verdict.progress
    return data


def verdict_from_dict(data: Mapping[str, Any]) -> Verdict:
    """The reverse of `verdict_to_dict`.

    Raises:
        ValueError: For an unknown kind of verdict or missing keys.
    """
    kind = data.get("verdict")
    if kind in ("undecided", "errored"):
        return (Undecided if kind == "undecided" else Errored)(str(data.get("reason", "")))
    if kind not in ("passed", "failed"):
        raise ValueError(f"`verdict` must be passed, failed, undecided or errored; got {kind!r}")
    try:
        checks = tuple(Check(**check) for check in data["checks"])
        effects = tuple(SideEffect(**effect) for effect in data["side_effects"])
        journal, judge = tuple(data["journal"]), data["judge"]
    except (KeyError, TypeError) as error:
        raise ValueError(f"the verdict is incomplete: {error}") from error
    if kind == "passed":
        return Passed(checks, effects, journal, judge)
    return Failed(checks, effects, journal, judge, str(data.get("reason", "")))
