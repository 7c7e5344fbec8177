"""Phones that are served, and what talks to them."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.streams import Reader, Writer
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread, serve_in_thread
from tests.emulator.phone.wire.host import Host


async def echo(reader: Reader, writer: Writer) -> None:
    """Sends back what it gets; `tcp:7` of the phones in these tests."""
    while data := await reader.read():
        writer.write(data)
        await writer.drain()


async def source(reader: Reader, writer: Writer) -> None:
    """Sends three million bytes without ever waiting; `tcp:19`."""
    del reader
    writer.write(bytes(range(250)) * 12_000)


async def sink(reader: Reader, writer: Writer) -> None:
    """Reads nothing; `tcp:9`."""
    del writer
    import asyncio

    del reader
    await asyncio.sleep(3600)


async def broken(reader: Reader, writer: Writer) -> None:
    """Fails; `tcp:13`."""
    raise RuntimeError("a bug in a service")


@pytest.fixture(scope="module")
def served() -> Generator[ServerThread, None, None]:
    with serve_in_thread([VirtualPhone()]) as thread:
        services = thread.phones[0].system.services
        services.update({"tcp:7": echo, "tcp:9": sink, "tcp:13": broken, "tcp:19": source, "localabstract:echo": echo})
        yield thread


@pytest.fixture
def one(served: ServerThread) -> ServedPhone:
    """The phone that is served."""
    return served.phones[0]


@pytest.fixture
def host(one: ServedPhone) -> Generator[Host, None, None]:
    """A connection to it."""
    with Host(one.adb_port) as host:
        yield host
