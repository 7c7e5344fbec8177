"""A small task on the scripted phone, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mobilegym.emulator.device import Device, StateTree
from mobilegym.errors import ContentError
from mobilegym.evaluation.outcome import Outcome
from mobilegym.session import EpisodeTask
from mobilegym.user_sim.owner import FactOwner, Owner
from mobilegym.verdict import Check, Failed, Passed, Verdict


@dataclass(frozen=True)
class SwitchTask:
    """Switch a setting on and say so."""

    template: str
    seed: int
    max_steps: int = 8

    @property
    def id(self) -> str:
        return f"example/{self.template}#{self.seed}"

    @property
    def key(self) -> str:
        return f"{self.template}_on"

    @property
    def request(self) -> str:
        return f"Turn {self.template} on."

    def prepare(self, device: Device) -> None:
        device.settings.put("global", self.key, "0")

    def make_owner(self) -> Owner:
        return FactOwner({"really": "Yes, please."})


def judge(task: EpisodeTask, device: Device, before: StateTree, after: StateTree, outcome: Outcome) -> Verdict:
    assert isinstance(task, SwitchTask)
    on = device.settings.get("global", task.key) == "1"
    checks = (Check("on", on, 3.0, "1", str(on)), Check("done", outcome.status == "done", 1.0, "done", outcome.status))
    return Passed(checks) if all(c.passed for c in checks) else Failed(checks, reason="not on, or not said to be done")


class Switches:
    """A source of `SwitchTask`s."""

    names = ("wifi", "bluetooth", "airplane_mode")

    def template_ids(self, split: str | None = None) -> Sequence[str]:
        return self.names[:1] if split == "test" else self.names

    def instance(self, template_id: str, seed: int) -> SwitchTask:
        if template_id not in self.names:
            raise ContentError(f"no template {template_id!r}")
        return SwitchTask(template_id, seed)
