"""What a task template says: `Head` as written, `Body` once a seed has filled the placeholders in."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field

from mobilegym.tasks.answers import AnswerSpec
from mobilegym.tasks.apps import APPS
from mobilegym.tasks.checks import CheckSpec
from mobilegym.tasks.parameters import Parameter
from mobilegym.tasks.setup import SetupOp
from mobilegym.tasks.side_effects import SideEffects
from mobilegym.tasks.spec import Items, Spec
from mobilegym.tasks.steps import AnswerStep, Flow

__all__ = ["Baseline", "Baselines", "Body", "Capability", "Difficulty", "Expect", "Head", "NearMiss", "OwnerSpec", "Split"]

Split: TypeAlias = Literal["train", "validation", "test"]
Difficulty: TypeAlias = Literal["easy", "medium", "hard"]
Expect: TypeAlias = Literal["done", "infeasible", "declined", "answer"]
Capability: TypeAlias = Literal[
    "arithmetic", "clarification", "comparison", "conditional", "counting", "cross_app", "date_reasoning", "deletion", "editing",
    "file_management", "form_filling", "infeasibility", "media", "memory", "messaging", "multi_step", "navigation", "question_answering",
    "restraint", "scrolling", "search", "settings", "time_management", "visual",
]  # fmt: skip
"""What a task needs of an agent; reports split by it."""
Baseline: TypeAlias = Literal["fail", "pass", "any"]


def _check_app(name: str) -> str:
    if name not in APPS:
        raise ValueError(f"no such app: {name!r}; there are {', '.join(APPS)}")
    return name


def _listed(data: object) -> object:
    return [data] if isinstance(data, str) else data


def _sorted(values: tuple[Capability, ...]) -> tuple[Capability, ...]:
    return tuple(sorted(set(values)))


class Baselines(Spec):
    """What agents that know nothing get, where it is not a failure."""

    null: Baseline = "fail"
    random: Baseline = "fail"


class Head(Spec):
    """The part of a template that no parameter enters."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$")]
    title: Annotated[str, Field(min_length=3, max_length=100)]
    apps: Annotated[Items[Annotated[str, AfterValidator(_check_app)]], Field(min_length=1)]
    """Short names; the first is the main one."""
    split: Split = "train"
    difficulty: Difficulty
    capabilities: Annotated[Items[Capability], Field(min_length=1), AfterValidator(_sorted)]
    steps: Annotated[int, Field(ge=1, le=500)]
    """Step budget."""
    expect: Expect = "done"
    parameters: dict[Annotated[str, Field(pattern=r"^[a-z_][a-z0-9_]*$")], Parameter] = {}
    baselines: Baselines = Baselines()


class OwnerSpec(Spec):
    """What the owner says on `Ask`."""

    replies: dict[str, str] = {}
    """Topic (words, alternatives separated by `|`) → reply."""
    otherwise: str | None = None


class NearMiss(Spec):
    """Something plausible and wrong, which must fail."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    why: str
    steps: Annotated[Flow, Field(min_length=1)]
    fails: Items[str] = ()
    """Checks that must not hold then, or `side_effects`, or `answer`, `ending`; empty: whatever."""


class Body(Spec):
    """The part of a template that placeholders may enter."""

    setup: Items[SetupOp] = ()
    request: Annotated[Items[Annotated[str, Field(min_length=5)]], Field(min_length=1), BeforeValidator(_listed)]
    """One or more phrasings."""
    answer: AnswerSpec | None = None
    checks: Items[CheckSpec] = ()
    side_effects: SideEffects = SideEffects()
    owner: OwnerSpec = OwnerSpec()
    solution: Annotated[Flow, Field(min_length=1)]
    near_misses: Annotated[Items[NearMiss], Field(min_length=1)]

    def mistakes(self, expect: Expect) -> tuple[str, tuple[str | int, ...]] | None:
        """What does not go together (with how the task should end, too) and where; None if all is well."""
        if (expect == "answer") != (self.answer is not None):
            return "`answer` goes with `expect: answer`, and only with it", ("expect",)
        if expect == "answer" and not any(isinstance(s, AnswerStep) for s in self.solution):
            return "the solution of a task with `expect: answer` needs an `answer` step", ("solution",)
        if expect == "done" and not self.checks:
            return "a task with `expect: done` needs at least one check", ("checks",)
        for what, names in (("checks", [c.name for c in self.checks]), ("near_misses", [n.name for n in self.near_misses])):
            for position, name in enumerate(names):
                if name in names[:position] or name in ("answer", "ending", "side_effects"):
                    return f"the name {name!r} is taken", (what, position, "name")
        known = {c.name for c in self.checks} | {"answer", "ending", "side_effects"}
        for position, miss in enumerate(self.near_misses):
            if unknown := sorted(set(miss.fails) - known):
                return f"no check is called {unknown[0]!r}; there are {', '.join(sorted(known))}", ("near_misses", position, "fails")
        return None
