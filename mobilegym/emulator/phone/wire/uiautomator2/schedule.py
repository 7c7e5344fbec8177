"""Scheduled actions: steps that are repeated on the phone's own clock while the driver does something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from mobilegym.emulator.phone.wire.automation.errors import AutomationError, bad_value
from mobilegym.emulator.phone.wire.uiautomator2 import gestures, routes_device, routes_elements
from mobilegym.emulator.phone.wire.uiautomator2.request import Arguments, number_in
from mobilegym.emulator.phone.wire.uiautomator2.session import Session

__all__ = ["Scheduled", "action_history", "catch_up", "schedule_action", "unschedule_action"]

_GESTURES: Final[Mapping[str, Callable[[Arguments], object]]] = {
    "click": gestures.click,
    "doubleClick": gestures.double_click,
    "longClick": gestures.long_click,
}
_MOST_AT_ONCE: Final = 100


@dataclass
class Scheduled:
    """One scheduled action."""

    steps: list[Mapping[str, object]]
    left: int
    interval_ms: int
    due_ms: int
    passes: int | None
    failures: int | None
    keep: int
    repeats: int = 0
    history: list[list[dict[str, object]]] = field(default_factory=list[list[dict[str, object]]])


def schedule_action(a: Arguments) -> object:
    """`POST /appium/schedule_action`."""
    name, steps = a.text("name"), a.body.get("steps")
    if not isinstance(steps, list) or not steps or not all(isinstance(s, dict) for s in cast("list[object]", steps)):
        raise bad_value("`steps` must be a list of at least one object")
    now = a.session.system.kernel.clock.now_ms
    most = [None if a.body.get(n) is None else round(a.number(n)) for n in ("maxPass", "maxFail")]
    action = Scheduled(
        cast("list[Mapping[str, object]]", steps), max(1, round(a.number("times", 1))), max(1, round(a.number("intervalMs", 1000))), now,
        most[0], most[1], max(1, round(a.number("maxHistoryItems", 20))),
    )  # fmt: skip
    a.session.scheduled[name] = action
    catch_up(a.session)
    return True


def action_history(a: Arguments) -> object:
    """`POST /appium/action_history`."""
    action = _named(a)
    return {"repeats": action.repeats, "stepResults": [*action.history]}


def unschedule_action(a: Arguments) -> object:
    """`POST /appium/unschedule_action`."""
    _named(a)
    del a.session.scheduled[a.text("name")]
    return True


def _named(a: Arguments) -> Scheduled:
    action = a.session.scheduled.get(a.text("name"))
    if action is None:
        raise bad_value(f"there is no scheduled action {a.text('name')!r}"[:300])
    return action


def catch_up(session: Session) -> None:
    """Run what has come due since the last request."""
    for action in [*session.scheduled.values()]:
        for _ in range(_MOST_AT_ONCE):
            if action.left <= 0 or action.due_ms > session.system.kernel.clock.now_ms:
                break
            action.left -= 1
            action.repeats += 1
            action.due_ms += action.interval_ms
            results = [_step(session, step) for step in action.steps]
            action.history = [*action.history, results][-action.keep :]
            passed = all(r["passed"] for r in results)
            if passed and action.passes is not None:
                action.passes -= 1
            if not passed and action.failures is not None:
                action.failures -= 1
            if 0 in (action.passes, action.failures):
                action.left = 0


def _step(session: Session, step: Mapping[str, object]) -> dict[str, object]:
    kind, name = step.get("type"), step.get("name")
    payload = step.get("payload")
    body: Mapping[str, object] = cast("Mapping[str, object]", payload) if isinstance(payload, dict) else {}
    arguments = Arguments(session, {}, body)
    outcome: dict[str, object] = {
        "name": name, "type": kind, "timestamp": session.system.kernel.clock.now_ms, "passed": True, "result": None, "exception": None,
    }  # fmt: skip
    try:
        if kind == "gesture":
            outcome["result"] = _gesture(arguments, body)
        elif kind == "source":
            outcome["result"] = routes_device.source(arguments)
        elif kind == "screenshot":
            outcome["result"] = routes_device.screenshot(arguments)
        else:
            raise bad_value(f"unknown type of step {kind!r}: use gesture, source or screenshot"[:300])
    except AutomationError as error:
        outcome["passed"] = False
        outcome["exception"] = {"name": error.kind, "message": error.message, "stacktrace": ""}
    return outcome


def _gesture(a: Arguments, payload: Mapping[str, object]) -> object:
    subtype = payload.get("subtype")
    run = _GESTURES.get(str(subtype))
    if run is None:
        raise bad_value(f"unknown gesture {subtype!r}: use {', '.join(_GESTURES)}"[:300])
    locator = payload.get("locator")
    body: dict[str, object] = {}
    if isinstance(locator, dict):
        found = routes_elements.find_element(Arguments(a.session, {}, cast("Mapping[str, object]", locator)))
        body["origin"] = found
    if payload.get("x") is not None:
        body["offset"] = {"x": number_in(payload, "x"), "y": number_in(payload, "y")}
    if payload.get("durationMs") is not None:
        body["duration"] = number_in(payload, "durationMs")
    run(Arguments(a.session, {}, body))
    a.session.actor.rest()
    return None
