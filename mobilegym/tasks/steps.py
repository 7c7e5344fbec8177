"""The steps of a flow: what a solution or a near-miss does, in terms of what is on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from pydantic import Field

from mobilegym.actions import Direction, Key, Status
from mobilegym.tasks.selectors import Target
from mobilegym.tasks.setup import AppName
from mobilegym.tasks.spec import Items, Spec, tagged

__all__ = [
    "AnswerStep",
    "AskStep",
    "DoubleTapStep",
    "FinishStep",
    "Flow",
    "LongPressStep",
    "OpenStep",
    "PressStep",
    "ScrollStep",
    "ScrollToStep",
    "Step",
    "SwipeStep",
    "TapAtStep",
    "TapStep",
    "TypeStep",
    "WaitStep",
    "WhenStep",
]

_Fraction: TypeAlias = Annotated[float, Field(ge=0, le=1)]


class OpenStep(Spec):
    """Open an app by short name, label or package."""

    short: ClassVar[str | None] = "app"
    kind: Literal["open"] = "open"
    app: AppName


class TapStep(Spec):
    """Tap an element's middle."""

    short: ClassVar[str | None] = "on"
    kind: Literal["tap"] = "tap"
    on: Target
    times: Annotated[int, Field(ge=1, le=50)] = 1


class TapAtStep(Spec):
    """Tap a point, in fractions of the screen or (with `on`) of an element."""

    kind: Literal["tap_at"] = "tap_at"
    x: _Fraction
    y: _Fraction
    on: Target | None = None


class DoubleTapStep(Spec):
    short: ClassVar[str | None] = "on"
    kind: Literal["double_tap"] = "double_tap"
    on: Target


class LongPressStep(Spec):
    short: ClassVar[str | None] = "on"
    kind: Literal["long_press"] = "long_press"
    on: Target
    ms: Annotated[int, Field(ge=400, le=10_000)] = 800


class TypeStep(Spec):
    """Type into a field, which is tapped first unless it has the focus; without `into`, into whatever has it."""

    short: ClassVar[str | None] = "text"
    kind: Literal["type"] = "type"
    text: str
    into: Target | None = None
    clear: bool = False
    """Empty the field first."""
    submit: bool = False
    """Press the keyboard's action key after."""


class ScrollToStep(Spec):
    """Scroll until an element is to be seen; nothing happens where it already is."""

    short: ClassVar[str | None] = "to"
    kind: Literal["scroll_to"] = "scroll_to"
    to: Target
    direction: Direction = "down"
    within: Target | None = None
    """Scroll inside that element; without it, at the middle of the screen."""


class ScrollStep(Spec):
    """Read on by one scroll, whatever comes to be seen."""

    short: ClassVar[str | None] = "direction"
    kind: Literal["scroll"] = "scroll"
    direction: Direction
    within: Target | None = None


class SwipeStep(Spec):
    """Move the finger, in fractions of the screen or (with `on`) of an element."""

    kind: Literal["swipe"] = "swipe"
    start: Annotated[tuple[_Fraction, _Fraction], Field(strict=False)]
    end: Annotated[tuple[_Fraction, _Fraction], Field(strict=False)]
    on: Target | None = None
    ms: Annotated[int, Field(ge=20, le=10_000)] = 300


class PressStep(Spec):
    short: ClassVar[str | None] = "key"
    kind: Literal["press"] = "press"
    key: Key
    times: Annotated[int, Field(ge=1, le=50)] = 1


class WaitStep(Spec):
    short: ClassVar[str | None] = "ms"
    kind: Literal["wait"] = "wait"
    ms: Annotated[int, Field(ge=0, le=86_400_000)]


class WhenStep(Spec):
    """Go on with `then` if an element is to be seen now, else with `otherwise`."""

    kind: Literal["when"] = "when"
    visible: Target
    then: Flow = ()
    otherwise: Flow = ()


class AskStep(Spec):
    """Ask the owner."""

    short: ClassVar[str | None] = "text"
    kind: Literal["ask"] = "ask"
    text: str


class AnswerStep(Spec):
    """Answer the request; ends the flow."""

    short: ClassVar[str | None] = "text"
    kind: Literal["answer"] = "answer"
    text: str


class FinishStep(Spec):
    """End the flow. A flow that ends without it or an answer finishes as its task expects."""

    short: ClassVar[str | None] = "status"
    kind: Literal["finish"] = "finish"
    status: Status = "done"


_STEPS: Final[Mapping[str, type[Spec]]] = {
    "open": OpenStep,
    "tap": TapStep,
    "tap_at": TapAtStep,
    "double_tap": DoubleTapStep,
    "long_press": LongPressStep,
    "type": TypeStep,
    "scroll_to": ScrollToStep,
    "scroll": ScrollStep,
    "swipe": SwipeStep,
    "press": PressStep,
    "wait": WaitStep,
    "when": WhenStep,
    "ask": AskStep,
    "answer": AnswerStep,
    "finish": FinishStep,
}

Step: TypeAlias = Annotated[
    OpenStep | TapStep | TapAtStep | DoubleTapStep | LongPressStep | TypeStep | ScrollToStep | ScrollStep | SwipeStep | PressStep
    | WaitStep | WhenStep | AskStep | AnswerStep | FinishStep,
    Field(discriminator="kind"),
    tagged("step", _STEPS),
]  # fmt: skip
"""One step; in YAML `{tap: {id: save}}`, `{tap: Save}`, `{press: back}`, ..."""
Flow: TypeAlias = Items[Step]
"""Steps in order."""
WhenStep.model_rebuild()
