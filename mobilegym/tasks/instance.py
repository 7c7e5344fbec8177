"""A template, and its instance for one seed. Equal (template, seed) give equal instances, in any process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from random import Random
from typing import Annotated, Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from mobilegym.actions import Status
from mobilegym.emulator.device import Device
from mobilegym.tasks.apps import app_package
from mobilegym.tasks.distractors import make_distractors
from mobilegym.tasks.expansion import Expansion, names_used, validate
from mobilegym.tasks.flows import FlowRunner
from mobilegym.tasks.parameters import SampleContext, sample
from mobilegym.tasks.prepare import prepare
from mobilegym.tasks.schema import Body, Head, NearMiss
from mobilegym.tasks.setup import DistractorsOp, Moment, SetupOp, moment
from mobilegym.tasks.side_effects import Pattern
from mobilegym.tasks.spec import Items, Scalar, Spec
from mobilegym.tasks.steps import Flow
from mobilegym.tasks.values import ParameterValue, plain
from mobilegym.tasks.yaml_reader import Document
from mobilegym.user_sim.owner import FactOwner, Owner

__all__ = ["SuiteConfig", "TaskInstance", "TaskTemplate", "make_template"]

_HEAD_KEYS = tuple(Head.model_fields)
_BODY_KEYS = tuple(Body.model_fields)
_TRIED = 4
"""Seeds that loading tries, so that mistakes in a branch of `if` or `choice` are seen early."""


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"no such time zone: {name!r}") from error
    return name


class SuiteConfig(Spec):
    """`suite.yaml`: what all tasks of a suite share."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    title: str
    description: str
    start: Moment = "2026-03-11 09:30"
    """The phone's local time when a task begins."""
    timezone: Annotated[str, AfterValidator(_check_zone)] = "America/New_York"
    bookkeeping: Items[Pattern] = ()
    """Changes that are nobody's business: seen flags, last-used times. A pattern may name columns: `db:.../sms/*#read,seen`."""
    phone: dict[str, Scalar] = {}
    """Further configuration of the phone, as `PhoneConfig` takes it."""

    @property
    def starts_at(self) -> datetime:
        """`start`, time zone aware."""
        return moment(self.start).replace(tzinfo=ZoneInfo(self.timezone))


@dataclass(frozen=True)
class TaskTemplate:
    """A task as written in a file, for all seeds."""

    suite: SuiteConfig
    head: Head
    document: Document

    def __hash__(self) -> int:
        return hash((self.suite.name, self.head.id))

    @property
    def id(self) -> str:
        """`contacts.add_with_email`"""
        return self.head.id

    @property
    def title(self) -> str:
        return self.head.title

    @property
    def app(self) -> str:
        """Short name of the main app."""
        return self.head.apps[0]

    @property
    def file(self) -> str:
        return self.document.file

    def instance(self, seed: int) -> TaskInstance:
        """The task for one seed.

        Raises:
            ContentError: If the template, filled with this seed's values, is not valid.
        """
        if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
            raise ValueError(f"`seed` must be a whole number, 0 or more, got {seed!r}")
        values, context = self._sample(seed)
        expansion = Expansion(self.document, _BODY_KEYS, values)
        body = cast("Body", validate(Body, expansion.data, expansion))
        if mistake := body.mistakes(self.head.expect):
            raise expansion.error(*mistake) if mistake[1] != ("expect",) else self.document.error(*mistake)
        rng = self._rng(seed, "#distractors")
        setup: list[SetupOp] = []
        for op in body.setup:
            setup.extend(make_distractors(op, rng, context) if isinstance(op, DistractorsOp) else (op,))
        request = self._rng(seed, "#request").choice(body.request)
        return TaskInstance(self, seed, values, request, tuple(setup), body)

    def _rng(self, seed: int, name: str) -> Random:
        return Random(f"{self.suite.name}/{self.id}/{seed}/{name}")

    def _sample(self, seed: int) -> tuple[dict[str, ParameterValue], SampleContext]:
        context = SampleContext(self.suite.starts_at)
        for name, parameter in self.head.parameters.items():
            try:
                context.values[name] = sample(parameter, self._rng(seed, name), context)
            except ValueError as error:
                raise self.document.error(str(error), ("parameters", name)) from error
        return context.values, context


@dataclass(frozen=True)
class TaskInstance:
    """A task for one seed: what is asked, how the phone is set up, what counts as done."""

    template: TaskTemplate
    seed: int
    values: dict[str, ParameterValue]
    request: str
    """What the agent is told."""
    setup: tuple[SetupOp, ...]
    """Distractors included, as operations of their own."""
    body: Body

    def __hash__(self) -> int:
        return hash((self.template, self.seed))

    @property
    def suite(self) -> str:
        return self.template.suite.name

    @property
    def id(self) -> str:
        """`starter/contacts.add_with_email#3`"""
        return f"{self.suite}/{self.template.id}#{self.seed}"

    @property
    def max_steps(self) -> int:
        return self.template.head.steps

    @property
    def apps(self) -> tuple[str, ...]:
        """Short names; the first is the main one."""
        return self.template.head.apps

    @property
    def packages(self) -> tuple[str, ...]:
        return tuple(app_package(a) for a in self.apps)

    @property
    def solution(self) -> Flow:
        return self.body.solution

    @property
    def near_misses(self) -> tuple[NearMiss, ...]:
        return self.body.near_misses

    @property
    def ending(self) -> Status:
        """How a flow of this task finishes where it does not say so itself."""
        expect = self.template.head.expect
        return expect if expect in ("infeasible", "declined") else "done"

    @cached_property
    def starts_at(self) -> datetime:
        """When the phone's clock stands as the task begins, aware."""
        return self.template.suite.starts_at

    def prepare(self, device: Device) -> None:
        """Set up a phone that has just been reset.

        Raises:
            DeviceError: If the phone cannot be put into that state.
        """
        prepare(device, self.setup, self.starts_at)

    def make_owner(self) -> Owner:
        """The owner of this task; knows nothing to add where the task gives no replies."""
        owner = self.body.owner
        return FactOwner(dict(owner.replies)) if owner.otherwise is None else FactOwner(dict(owner.replies), owner.otherwise)

    def solve(self) -> FlowRunner:
        """A runner of the solution."""
        return FlowRunner(self.solution, ending=self.ending)

    def miss(self, near_miss: NearMiss) -> FlowRunner:
        """A runner of a near-miss."""
        return FlowRunner(near_miss.steps, ending="done")

    def to_dict(self) -> dict[str, Any]:
        """For reports: JSON-able."""
        head = self.template.head
        return {
            "id": self.id,
            "suite": self.suite,
            "template": self.template.id,
            "seed": self.seed,
            "title": head.title,
            "request": self.request,
            "apps": list(head.apps),
            "split": head.split,
            "difficulty": head.difficulty,
            "capabilities": list(head.capabilities),
            "expect": head.expect,
            "max_steps": self.max_steps,
            "values": {k: plain(v) for k, v in self.values.items()},
        }


def make_template(suite: SuiteConfig, document: Document, expected_id: str) -> TaskTemplate:
    """A checked template: its head is valid, every parameter is used, and its first instances are valid.

    Raises:
        ContentError: With file, line and key.
    """
    if unknown := [k for k in document.data if k not in _HEAD_KEYS and k not in _BODY_KEYS]:
        raise document.error(f"no such key; there are {', '.join((*_HEAD_KEYS, *_BODY_KEYS))}", (unknown[0],))
    head_data = {k: v for k, v in document.data.items() if k in _HEAD_KEYS}
    written = Expansion(document, (), {})
    written.origins.update({p: p for p in document.lines})
    head = cast("Head", validate(Head, head_data, written))
    if head.id != expected_id:
        raise document.error(f"must be {expected_id!r}, after its folder and file name; got {head.id!r}", ("id",))
    if missing := [k for k in ("request", "solution", "near_misses") if k not in document.data]:
        raise document.error("this key is required", (), key=missing[0])
    template = TaskTemplate(suite, head, document)
    for seed in range(_TRIED):
        template.instance(seed)
    used = names_used([document.data.get(k) for k in (*_BODY_KEYS, "parameters")])
    if unused := [p for p in head.parameters if p not in used]:
        raise document.error("this parameter is not used anywhere; remove it", ("parameters", unused[0]))
    return template
