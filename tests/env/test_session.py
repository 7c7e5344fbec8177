"""Episodes: steps, talk, endings, verdicts, snapshots."""

from __future__ import annotations

import pytest

from mobilegym.actions import Answer, Ask, Finish, OpenApp, Tap, Type, Wait
from mobilegym.emulator.scripted import ScriptedDevice
from mobilegym.evaluation.outcome import Outcome
from mobilegym.observation import Observation
from mobilegym.session import InvalidAction, Session, SessionError
from mobilegym.user_sim.owner import SilentOwner
from mobilegym.verdict import Failed, Passed, Verdict
from tests.env.example import SwitchTask, judge


def make_session(max_steps: int | None = None) -> Session:
    return Session(ScriptedDevice(), SwitchTask("bluetooth", 3), max_steps=max_steps, judge=judge)


def tap(observation: Observation, text: str) -> Tap:
    element = next(e for e in observation.screen.elements if e.text == text)
    x, y = element.bounds.center
    return Tap(x / observation.screen.width, y / observation.screen.height)


def solve(session: Session) -> None:
    observation = session.step(OpenApp("Settings")).observation
    session.step(tap(observation, "Bluetooth"))
    assert session.step(Finish()).done


def test_a_solved_task_passes() -> None:
    session = make_session()
    observation = session.start()
    assert (observation.request, observation.step, observation.messages) == ("Turn bluetooth on.", 0, ())
    solve(session)
    assert isinstance(session.verdict(), Passed)
    assert session.over
    assert session.progress() == 1.0
    assert session.steps == 3


def test_doing_nothing_fails() -> None:
    session = make_session()
    session.start()
    session.step(Finish())
    verdict = session.verdict()
    assert isinstance(verdict, Failed)
    assert verdict.progress == 0.25


def test_nothing_works_before_the_start_or_after_the_end() -> None:
    session = make_session()
    with pytest.raises(SessionError, match="has not started"):
        session.step(Wait())
    session.start()
    session.step(Finish())
    with pytest.raises(SessionError, match="is over after 1 steps"):
        session.step(Wait())
    assert session.start().step == 0


def test_the_budget_truncates() -> None:
    session = make_session(max_steps=2)
    session.start()
    assert session.step(Wait())[1:] == (False, False)
    assert session.step(Wait())[1:] == (False, True)
    assert session.outcome.status == "truncated"
    assert session.over


def test_ending_with_the_last_step_is_no_truncation() -> None:
    session = make_session(max_steps=1)
    session.start()
    assert session.step(Finish("infeasible"))[1:] == (True, False)
    assert session.outcome.status == "infeasible"


def test_errors_come_back_and_change_nothing() -> None:
    session = make_session()
    before = session.start()
    after = session.step(Type("x")).observation
    assert after.action_error == "no text field has the focus; tap one first"
    assert after.screen.elements == before.screen.elements
    assert session.step(Wait(1)).observation.action_error is None
    assert session.step(InvalidAction("not JSON")).observation.action_error == "not JSON"
    assert session.steps == 3


def test_the_owner_replies_to_questions() -> None:
    session = make_session()
    session.start()
    messages = session.step(Ask("Really?")).observation.messages
    assert [(m.sender, m.text) for m in messages] == [("agent", "Really?"), ("owner", "Yes, please.")]
    assert messages[0].at_ms == round(session.observe().screen.clock.timestamp() * 1000)


def test_another_owner_can_be_given() -> None:
    session = Session(ScriptedDevice(), SwitchTask("wifi", 0), owner=SilentOwner(), judge=judge)
    session.start()
    assert [m.sender for m in session.step(Ask("Really?")).observation.messages] == ["agent"]


def test_answers_end_and_reach_the_judge() -> None:
    seen: list[Outcome] = []

    def note(*args: object) -> Verdict:
        assert isinstance(args[-1], Outcome)
        seen.append(args[-1])
        return Passed(())

    session = Session(ScriptedDevice(), SwitchTask("wifi", 0), judge=note)
    session.start()
    assert session.step(Answer("42")).done
    session.verdict()
    session.verdict()
    assert [(o.status, o.answer) for o in seen] == [("answered", "42")]


def test_the_journal_begins_after_the_setup() -> None:
    session = make_session()
    session.start()
    assert session.journal() == ()
    session.step(OpenApp("Settings"))
    assert [e.kind for e in session.journal()] == ["input", "activity"]


def test_snapshots_bring_the_episode_back() -> None:
    session = make_session()
    session.start()
    session.step(Ask("Really?"))
    saved, shown = session.snapshot(), session.observe()
    for _ in range(2):
        solve(session)
        assert isinstance(session.verdict(), Passed)
        assert session.restore(saved) == shown
        assert not session.over
        assert isinstance(session.verdict(), Failed)


def test_forks_go_their_own_way() -> None:
    session = make_session()
    session.start()
    session.step(OpenApp("Settings"))
    fork = session.fork()
    observation = fork.observe()
    assert observation == session.observe()
    fork.step(tap(observation, "Bluetooth"))
    fork.step(Finish())
    assert isinstance(fork.verdict(), Passed)
    assert session.steps == 1
    assert isinstance(session.verdict(), Failed)


def test_pixels_on_request() -> None:
    session = Session(ScriptedDevice(), SwitchTask("wifi", 0), pixels=(40, 18), judge=judge)
    pixels = session.start().screen.pixels
    assert pixels is not None
    assert pixels.shape == (40, 18, 3)
    bigger = session.observe((80, 36)).screen.pixels
    assert bigger is not None
    assert bigger.shape == (80, 36, 3)


def test_a_budget_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="max_steps"):
        make_session(max_steps=0)
