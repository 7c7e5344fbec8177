"""A phone with a shell on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.system import Finished, System
from tests.emulator.phone.shell.phone_states import STATES


@pytest.fixture
def system() -> System:
    return System(VirtualPhone())


@pytest.fixture
def sh(system: System) -> Callable[..., Finished]:
    """`sh("echo hi")` runs a script as adb would and waits for its end; `stdin=`, `root=` as `System.run`."""

    def run(script: str, *, stdin: bytes = b"", root: bool | None = None) -> Finished:
        return asyncio.run(system.run(script, stdin=stdin, root=root))

    return run


@pytest.fixture(params=STATES)
def state(request: pytest.FixtureRequest, system: System) -> str:
    """The phone is in this state."""
    STATES[request.param](system)
    return str(request.param)
