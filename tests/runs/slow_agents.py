"""Agents that misbehave, for the tests of executors; runs name them `slow_agents:Slow`."""

from __future__ import annotations

import os
import time

from mobilegym.actions import Action, Finish, Press
from mobilegym.agents.solution import SolutionAgent
from mobilegym.observation import Observation
from mobilegym.session import EpisodeTask


class Slow(SolutionAgent):
    """Does the right thing, 20 ms a step."""

    name = "slow_agents:Slow"

    def act(self, observation: Observation) -> Action:
        time.sleep(0.02)
        return super().act(observation)


class _Odd:
    name = "odd"

    def begin(self, task: EpisodeTask, seed: int) -> None:
        pass

    def act(self, observation: Observation) -> Action:
        if observation.step == 0:
            return Press("home")
        return self.second()

    def second(self) -> Action:
        return Finish("done")


class Hangs(_Odd):
    def second(self) -> Action:
        time.sleep(3600)
        return Finish("done")


class Dies(_Odd):
    def second(self) -> Action:
        os.kill(os.getpid(), 9)
        return Finish("done")


class Raises(_Odd):
    def second(self) -> Action:
        raise ZeroDivisionError("division by zero")


class Talks(_Odd):
    """Prints, which must not end up in anybody's JSON."""

    def second(self) -> Action:
        print("thinking aloud")
        return Finish("done")
