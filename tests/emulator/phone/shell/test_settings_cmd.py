"""`settings` writes the very table that the phone's own screens read, and refuses what Android refuses."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.system import Finished, System

Shell = Callable[..., Finished]


def test_a_value_is_put_read_and_deleted(sh: Shell, system: System) -> None:
    assert sh("settings put global my_key 'two words'") == Finished(0, b"", b"")
    assert system.kernel.settings.get("global", "my_key") == "two words"
    assert sh("settings --user 0 get GLOBAL my_key").stdout == b"two words\n"
    assert sh("settings get --user current global my_key").stdout == b"two words\n"
    assert sh("settings delete global my_key").stdout == b"Deleted 1 rows\n"
    assert sh("settings delete global my_key").stdout == b"Deleted 0 rows\n"
    assert sh("cmd settings get global my_key").stdout == b"null\n"


def test_the_list_is_sorted(sh: Shell, system: System) -> None:
    lines = sh("settings list system").text.splitlines()
    assert lines == [f"{key}={value}" for key, value in sorted(system.kernel.settings.items("system").items())]


def test_it_is_what_the_screen_shows(sh: Shell, system: System) -> None:
    before, now = system.kernel.ui.font_scale, system.kernel.clock.now_ms
    sh("settings put system font_scale 1.3; settings put secure ui_night_mode 2")
    assert (system.kernel.ui.font_scale, system.kernel.ui.dark) == (1.3, True) != (before, True)
    assert system.kernel.clock.now_ms == now
    assert len(system.kernel.journal) == 0


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("get foo x", "Invalid namespace 'foo'"),
        ("get system", "Bad arguments"),
        ("put system a", "Bad arguments"),
        ("get system a b", "Too many arguments"),
        ("put system a b c d e", "Too many arguments"),
        ("erase system a", "Invalid command: erase"),
        ("--user 0 list system", "--user not supported for delete and list."),
        ("--user 10 get system a", "Invalid user: 10"),
    ],
)
def test_errors(sh: Shell, command: str, message: str) -> None:
    assert sh(f"settings {command}") == Finished(255, b"", f"{message}\n".encode())


def test_reset(sh: Shell, system: System) -> None:
    sh("settings put global wifi_scan_always_enabled 1; settings put global mine 1")
    sh("settings reset global trusted_defaults")
    assert system.kernel.settings.get("global", "wifi_scan_always_enabled") == "0"
    assert system.kernel.settings.get("global", "mine") == "1"
    sh("settings reset global untrusted_clear")
    assert system.kernel.settings.get("global", "mine") is None


def test_help(sh: Shell) -> None:
    assert sh("settings").status == 255
    assert sh("settings help").text.startswith("Settings provider (settings) commands:")


@given(value=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back(shared: System, value: str) -> None:
    quoted = shlex.quote(value)
    done = asyncio.run(shared.run(f"settings put secure k {quoted}; settings get secure k"))
    assert done == Finished(0, f"{value}\n".encode(), b"")


@pytest.fixture(scope="module")
def shared() -> System:
    return System(VirtualPhone())
