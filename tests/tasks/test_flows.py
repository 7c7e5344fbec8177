"""Selectors and flows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import TypeAdapter

from mobilegym.actions import Action, Answer, Finish, OpenApp, Tap, Type, Wait
from mobilegym.emulator.scripted import ScriptedDevice
from mobilegym.observation import Bounds, Element, Observation
from mobilegym.tasks.flows import FlowError, FlowRunner
from mobilegym.tasks.selectors import Target, find, find_all
from mobilegym.tasks.steps import Flow

FLOW: TypeAdapter[Any] = TypeAdapter(Flow)
SELECTOR: TypeAdapter[Any] = TypeAdapter(Target)


def element(text: str = "", box: tuple[int, int, int, int] = (0, 0, 10, 10), **more: Any) -> Element:
    defaults: dict[str, Any] = {
        "cls": "android.widget.TextView",
        "resource_id": "",
        "content_desc": "",
        "package": "p",
        "depth": 1,
        "index": 0,
    }
    return Element(text=text, bounds=Bounds(*box), **{**defaults, **more})


ROWS = [
    element("", (0, 0, 1000, 300), resource_id="p:id/list", cls="androidx.recyclerview.widget.RecyclerView"),
    element("", (0, 0, 1000, 100), resource_id="p:id/row"),
    element("Wi\u2011Fi", (0, 20, 300, 80)),
    element("", (800, 20, 900, 80), cls="android.widget.Switch", checked=True),
    element("", (0, 100, 1000, 200), resource_id="p:id/row"),
    element("Alarm 8:30\u202fAM", (0, 120, 300, 180)),
    element("", (800, 120, 900, 180), cls="android.widget.Switch", content_desc="On or off"),
    element("Wi-Fi", (0, 400, 300, 480), package="q"),
]


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("Wi-Fi", 2),
        ({"text": "Alarm 8:30 AM"}, 5),
        ({"text_contains": "8:30 AM"}, 5),
        ({"desc": "On or off"}, 6),
        ({"cls": "Switch", "right_of": "Wi-Fi"}, 3),
        ({"cls": "Switch", "right_of": {"text_contains": "Alarm"}}, 6),
        ({"cls": "android.widget.Switch", "index": -1}, 6),
        ({"cls": "Switch", "checked": False}, 6),
        ({"id": "row", "has": {"text_contains": "Alarm"}}, 4),
        ({"id": "p:id/row", "index": 1}, 4),
        ({"cls": "Switch", "within": {"id": "row", "has": {"text_contains": "Alarm"}}}, 6),
        ({"text": "Wi-Fi", "package": "q"}, 7),
        ({"text": "Wi-Fi", "below": {"text_contains": "Alarm"}}, 7),
        ({"text": "Wi-Fi", "above": {"text_contains": "Alarm"}}, 2),
        ({"text": "wi-fi"}, None),
        ({"id": "list", "index": 3}, None),
        ({"text": "Wi-Fi", "left_of": "Nothing"}, None),
    ],
)
def test_find(selector: object, expected: int | None) -> None:
    found = find(SELECTOR.validate_python(selector), ROWS)
    assert found == (None if expected is None else ROWS[expected])


def test_the_nearest_comes_first() -> None:
    switches = find_all(SELECTOR.validate_python({"cls": "Switch", "below": {"text": "Wi-Fi"}}), ROWS)
    assert switches == [ROWS[6]]


@pytest.mark.parametrize("bad", [{}, {"index": 1}, {"text": 3}, {"txt": "a"}, {"below": {}}])
def test_bad_selectors(bad: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        SELECTOR.validate_python(bad)


def run(steps: Sequence[object], device: ScriptedDevice | None = None, **options: Any) -> list[Action]:
    device = device or ScriptedDevice()
    runner = FlowRunner(FLOW.validate_python(list(steps)), **options)
    actions: list[Action] = []
    error: str | None = None
    while len(actions) < 100:
        action = runner.next(Observation(device.observe(), "request", (), error, len(actions)))
        if action is None:
            break
        actions.append(action)
        if isinstance(action, (Finish, Answer)):
            break
        error = device.perform(action)  # pyright: ignore[reportArgumentType]  # no `ask` in these flows
    return actions


def test_types_into_a_field_it_has_tapped() -> None:
    actions = run(
        [{"open": "notes"}, {"type": {"into": {"hint": "Title"}, "text": "a"}}, {"type": {"into": {"hint": "Title"}, "text": "b"}}]
    )
    assert [type(a) for a in actions] == [OpenApp, Tap, Type, Type, Finish]
    assert actions[0] == OpenApp("net.gsantner.markor")


@pytest.mark.parametrize(
    ("steps", "last"), [([{"open": "notes"}], Finish("infeasible")), ([{"answer": "3"}, {"open": "notes"}], Answer("3"))]
)
def test_endings(steps: list[object], last: Action) -> None:
    assert run(steps, ending="infeasible")[-1] == last


def test_branches() -> None:
    steps = [{"open": "settings"}, {"when": {"visible": "Wi-Fi", "then": [{"finish": "declined"}], "otherwise": [{"finish": "done"}]}}]
    assert run(steps)[-1] == Finish("declined")
    steps[0] = {"open": "notes"}
    assert run(steps)[-1] == Finish("done")


def test_waits_for_what_is_not_there_and_then_says_what_is() -> None:
    with pytest.raises(FlowError) as caught:
        run([{"open": "settings"}, {"tap": {"id": "nowhere"}}])
    assert "step 2 (tap)" in str(caught.value)
    assert "{'id': 'nowhere'}" in str(caught.value)
    assert "'Bluetooth'" in str(caught.value)
    device = ScriptedDevice()
    before = device.clock.now()
    with pytest.raises(FlowError):
        run([{"tap": "Nowhere"}], device, patience=3)
    assert (device.clock.now() - before).total_seconds() >= 1.5


def test_scrolls_to_the_end_at_most() -> None:
    with pytest.raises(FlowError, match="after scrolling down to the end"):
        run([{"open": "settings"}, {"scroll_to": "Nowhere"}])
    assert not any(isinstance(a, Wait) for a in run([{"open": "settings"}, {"scroll_to": "Bluetooth"}]))


def test_a_refused_action_is_an_error() -> None:
    with pytest.raises(FlowError, match="refused"):
        run([{"type": "into nothing"}, {"press": "home"}])
