"""Runs a flow against observations: one action at a time, until the flow has ended the episode."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TypeAlias, TypeVar, assert_never

from mobilegym.actions import (
    Action,
    Answer,
    Ask,
    Direction,
    DoubleTap,
    Finish,
    LongPress,
    OpenApp,
    Press,
    Scroll,
    Status,
    Swipe,
    Tap,
    Type,
    Wait,
)
from mobilegym.errors import MobileGymError
from mobilegym.observation import Bounds, Element, Observation
from mobilegym.tasks.apps import app_package
from mobilegym.tasks.selectors import Selector, describe, find
from mobilegym.tasks.steps import (
    AnswerStep,
    AskStep,
    DoubleTapStep,
    FinishStep,
    Flow,
    LongPressStep,
    OpenStep,
    PressStep,
    ScrollStep,
    ScrollToStep,
    Step,
    SwipeStep,
    TapAtStep,
    TapStep,
    TypeStep,
    WaitStep,
    WhenStep,
)

__all__ = ["FlowError", "FlowRunner"]

T = TypeVar("T")
_Play: TypeAlias = Generator[Action, None, T]
_MAX_SCROLLS = 40
_SHOWN = 40


class FlowError(MobileGymError):
    """A flow could not go on: what it names is not on the screen, or an action of it was refused."""


class FlowRunner:
    """Plays a flow: `next` gives the action for what is seen now.

    Args:
        flow: The steps.
        ending: How to finish where the flow itself does not.
        patience: How often to wait half a second of the phone's time for an element that is not there yet.
    """

    def __init__(self, flow: Flow, *, ending: Status = "done", patience: int = 2) -> None:
        self._patience = patience
        self._actions = self._play(flow, ending)
        self._observation: Observation | None = None
        self._where = "step 1"

    def next(self, observation: Observation) -> Action | None:
        """The next action, or None once the flow has ended the episode.

        Raises:
            FlowError: If an element is not found or the last action was refused; says at which step and what was to be seen.
        """
        if observation.action_error and self._observation is not None:
            raise FlowError(f"{self._where}: the phone refused the action: {observation.action_error}")
        self._observation = observation
        return next(self._actions, None)

    def _play(self, flow: Flow, ending: Status) -> _Play[None]:
        ended = yield from self._steps(flow, "step ")
        if not ended:
            self._where = "the ending"
            yield Finish(ending)

    def _steps(self, flow: Flow, prefix: str) -> _Play[bool]:
        for number, step in enumerate(flow, start=1):
            self._where = f"{prefix}{number} ({step.kind})"
            if isinstance(step, WhenStep):
                branch = step.then if find(step.visible, self._elements()) is not None else step.otherwise
                ended = yield from self._steps(branch, f"{prefix}{number}.")
                if ended:
                    return True
                continue
            yield from self._step(step)
            if isinstance(step, (AnswerStep, FinishStep)):
                return True
        return False

    def _step(self, step: Step) -> _Play[None]:
        match step:
            case OpenStep():
                yield OpenApp(app_package(step.app))
            case TapStep():
                for _ in range(step.times):
                    yield Tap(*self._point((yield from self._find(step.on)).bounds))
            case TapAtStep() | DoubleTapStep() | LongPressStep() | SwipeStep():
                yield (yield from self._touch(step))
            case TypeStep():
                yield from self._type(step)
            case ScrollToStep():
                yield from self._scroll_to(step)
            case ScrollStep():
                yield (yield from self._scroll(step.direction, step.within))
            case PressStep():
                for _ in range(step.times):
                    yield Press(step.key)
            case WaitStep() | AskStep() | AnswerStep() | FinishStep():
                yield _plain_action(step)
            case WhenStep():  # its branch is played as part of the flow
                return
            case _:
                assert_never(step)

    def _touch(self, step: TapAtStep | DoubleTapStep | LongPressStep | SwipeStep) -> _Play[Action]:
        match step:
            case TapAtStep():
                return Tap(*(yield from self._at(step.on, step.x, step.y)))
            case DoubleTapStep():
                return DoubleTap(*(yield from self._at(step.on, 0.5, 0.5)))
            case LongPressStep():
                return LongPress(*(yield from self._at(step.on, 0.5, 0.5)), ms=step.ms)
            case SwipeStep():
                start = yield from self._at(step.on, *step.start)
                return Swipe(*start, *(yield from self._at(step.on, *step.end)), ms=step.ms)

    def _type(self, step: TypeStep) -> _Play[None]:
        if step.into is not None:
            field = yield from self._find(step.into)
            if not field.focused:
                yield Tap(*self._point(field.bounds))
        yield Type(step.text, clear=step.clear, submit=step.submit)

    def _scroll_to(self, step: ScrollToStep) -> _Play[None]:
        before: Sequence[Element] | None = None
        for _ in range(_MAX_SCROLLS):
            elements = self._elements()
            if find(step.to, elements) is not None:
                return
            if elements == before:
                break
            before = elements
            yield (yield from self._scroll(step.direction, step.within))
        raise self._missing(step.to, f" after scrolling {step.direction} to the end")

    def _scroll(self, direction: Direction, within: Selector | None) -> _Play[Scroll]:
        if within is None:
            return Scroll(direction)
        area = yield from self._find(within)
        return Scroll(direction, *self._point(area.bounds))

    def _at(self, on: Selector | None, x: float, y: float) -> _Play[tuple[float, float]]:
        if on is None:
            return x, y
        box = (yield from self._find(on)).bounds
        point = box.left + x * (box.right - box.left), box.top + y * (box.bottom - box.top)
        return self._fraction(*point)

    def _find(self, selector: Selector) -> _Play[Element]:
        for _ in range(self._patience):
            if (element := find(selector, self._elements())) is not None:
                return element
            yield Wait(500)
        if (element := find(selector, self._elements())) is not None:
            return element
        raise self._missing(selector, "")

    def _elements(self) -> tuple[Element, ...]:
        return () if self._observation is None else self._observation.screen.elements

    def _point(self, box: Bounds) -> tuple[float, float]:
        return self._fraction(*box.center)

    def _fraction(self, x: float, y: float) -> tuple[float, float]:
        if self._observation is None:
            raise FlowError(f"{self._where}: there is no observation yet")
        screen = self._observation.screen
        return min(max(x / screen.width, 0.0), 1.0), min(max(y / screen.height, 0.0), 1.0)

    def _missing(self, selector: Selector, detail: str) -> FlowError:
        activity = None if self._observation is None else self._observation.screen.activity
        return FlowError(
            f"{self._where}: found no element {describe(selector)}{detail}; on {activity} there are {_visible(self._elements())}"
        )


def _plain_action(step: WaitStep | AskStep | AnswerStep | FinishStep) -> Action:
    match step:
        case WaitStep():
            return Wait(step.ms)
        case AskStep():
            return Ask(step.text)
        case AnswerStep():
            return Answer(step.text)
        case FinishStep():
            return Finish(step.status)


def _visible(elements: Sequence[Element]) -> str:
    shown: list[str] = []
    for e in elements:
        name = e.resource_id.rpartition("/")[2]
        label = e.text or e.content_desc or (f"hint {e.hint}" if e.hint else "")
        if label or (name and (e.clickable or e.scrollable)):
            shown.append(f"{label!r} #{name}" if label and name else repr(label) if label else f"#{name}")
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return (", ".join(shown[:_SHOWN]) or "no named elements") + more
