"""Real clients and phones for them."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread
from tests.clients.harness import GENERATIONS, Adb, adb_server, find_adb, serve_emulators
from tests.conftest import missing


@pytest.fixture(scope="module", params=GENERATIONS)
def adb_binary(request: pytest.FixtureRequest) -> str:
    """Path of each adb there is."""
    path = find_adb(request.param)
    if path is None:
        remedy = "install `adb`" if request.param == "packaged" else "install the extra `adb`"
        missing(f"adb ({request.param})", remedy)
        raise AssertionError
    return path


@pytest.fixture(scope="module")
def any_adb() -> str:
    """Path of one adb, the newest there is."""
    path = find_adb("wheel") or find_adb("packaged")
    if path is None:
        missing("adb", "install the extra `adb`")
        raise AssertionError
    return path


@pytest.fixture(scope="module")
def bare_adb(adb_binary: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[Adb, None, None]:
    """An adb and its private server, without phones."""
    with adb_server(adb_binary, tmp_path_factory.mktemp("home")) as adb:
        yield adb


@pytest.fixture(scope="module")
def served(bare_adb: Adb) -> Generator[ServerThread, None, None]:
    """One phone, known to the adb server."""
    with serve_emulators([VirtualPhone()], bare_adb) as thread:
        yield thread


@pytest.fixture(scope="module")
def phone(served: ServerThread) -> ServedPhone:
    """The phone. Use `served.call` to touch it."""
    return served.phones[0]


@pytest.fixture(scope="module")
def adb(bare_adb: Adb, phone: ServedPhone) -> Adb:
    """adb for that phone."""
    return bare_adb.of(phone.serial)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    return tmp_path / "home"
