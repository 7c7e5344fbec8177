"""What a run consists of: agents × tasks × seeds, as one frozen value that lies in the run's folder."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar, Final, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from mobilegym.emulator.build import DeviceSpec
from mobilegym.episodes.format import canonical
from mobilegym.errors import RunError

__all__ = ["Job", "RunPlan"]


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """One episode to run: who, what, which seed."""

    agent: str
    template: str
    seed: int

    def __str__(self) -> str:
        return f"{self.agent}/{self.template}#{self.seed}"

    @property
    def file(self) -> str:
        """Path of its episode inside the run folder, `/`-separated; different jobs never share one."""
        return f"episodes/{_slug(self.agent)}/{_slug(self.template)}/{self.seed}.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPlan:
    """Everything that decides what a run's episodes are; workers, time limits and reports are no part of it."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    suite: str
    suite_hash: str
    templates: tuple[str, ...]
    agents: tuple[str, ...]
    seeds: tuple[int, ...]
    device: str = "virtual"
    device_options: dict[str, Any] = field(default_factory=dict[str, Any])
    max_steps: int | None = None
    """Overrides the tasks' own step budgets."""
    pixels: tuple[int, int] | None = (600, 270)
    """`(height, width)` of what is hashed and pictured; None: the agents get no pixels and none are rendered."""
    pictures: bool = False
    elements: bool = False
    package_version: str = ""
    version: Literal[1] = 1

    @property
    def spec(self) -> DeviceSpec:
        return DeviceSpec(self.device, self.device_options)

    def jobs(self) -> tuple[Job, ...]:
        """Every episode of the run, task by task, in a fixed order."""
        return tuple(Job(agent, template, seed) for template in self.templates for seed in self.seeds for agent in self.agents)

    def to_json(self) -> str:
        return canonical(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> RunPlan:
        """The reverse of `to_json`.

        Raises:
            RunError: The text is no plan that this version can read; the message names the key.
        """
        try:
            return _PLAN.validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"]) or "plan.json"
            raise RunError(f"`{key}`: {first['msg']}") from error

    def difference(self, other: RunPlan) -> str | None:
        """The first thing in which another plan differs, in words; None where a run of one can go on as the other."""
        for item in fields(self):
            mine, theirs = getattr(self, item.name), getattr(other, item.name)
            if mine != theirs:
                return f"`{item.name}` is {_short(mine)} there and {_short(theirs)} here"
        return None


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"


def _slug(name: str) -> str:
    """A file name that is the name itself where that is harmless, else escaped one to one."""
    slug = re.sub(r"[^A-Za-z0-9._-]", lambda m: "".join(f"%{byte:02x}" for byte in m[0].encode()), name)
    return slug if slug.strip(".") else slug.replace(".", "%2e")


_PLAN: Final = TypeAdapter(RunPlan)
