"""`solution`: plays the task's own solution. `near_miss`: plays one of its near-misses."""

from __future__ import annotations

from mobilegym.actions import Action, Finish
from mobilegym.agents.base import AgentBase, AgentError
from mobilegym.observation import Observation
from mobilegym.session import EpisodeTask
from mobilegym.tasks.flows import FlowRunner
from mobilegym.tasks.instance import TaskInstance

__all__ = ["NearMissAgent", "SolutionAgent"]


class _FlowAgent(AgentBase):
    def __init__(self) -> None:
        self._runner: FlowRunner | None = None

    def begin(self, task: EpisodeTask, seed: int) -> None:
        """Take the flow from the task.

        Raises:
            AgentError: The task has none.
        """
        if not isinstance(task, TaskInstance):
            raise AgentError(f"the agent {self.name!r} needs a task from a suite, which has a solution; got a {type(task).__name__}")
        self._runner = self._flow(task)

    def act(self, observation: Observation) -> Action:
        """The flow's next action.

        Raises:
            FlowError: The flow does not fit what is on the screen.
            AgentError: `begin` was not called.
        """
        if self._runner is None:
            raise AgentError(f"the agent {self.name!r} has no task yet; call `begin` first")
        return self._runner.next(observation) or Finish("done")

    def _flow(self, task: TaskInstance) -> FlowRunner:
        raise NotImplementedError


class SolutionAgent(_FlowAgent):
    """Must pass every task: it says whether the phone can do what the task asks for."""

    name = "solution"

    def _flow(self, task: TaskInstance) -> FlowRunner:
        return task.solve()


class NearMissAgent(_FlowAgent):
    """Must fail every task: it says whether the checks see the difference.

    Args:
        which: Number of the near-miss from 0 (a higher one than the task has counts round), or its name.
    """

    def __init__(self, which: int | str = 0) -> None:
        super().__init__()
        self._which = which
        self.name = "near_miss" if which == 0 else f"near_miss:{which}"

    def _flow(self, task: TaskInstance) -> FlowRunner:
        misses = task.near_misses
        if isinstance(self._which, int):
            return task.miss(misses[self._which % len(misses)])
        for miss in misses:
            if miss.name == self._which:
                return task.miss(miss)
        raise AgentError(f"{task.id!r} has no near-miss {self._which!r}; it has {', '.join(m.name for m in misses)}")
