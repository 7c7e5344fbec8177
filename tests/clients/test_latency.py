"""How much of an adb command's time is the phone's."""

from __future__ import annotations

import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.packets import CLSE, CNXN, MAX_PAYLOAD, OKAY, OPEN, VERSION, WRTE, Decoder, encode
from mobilegym.emulator.phone.wire.thread import serve_in_thread
from tests.clients.harness import Adb

BANNER = b"device::ro.product.name=x;ro.product.model=x;ro.product.device=x;features=shell_v2,cmd"
ANSWER = b"\x01\x03\0\0\0hi\n\x03\x01\0\0\0\0"


def answer(client: socket.socket) -> None:
    """The least that a device can do: whatever is asked, the answer is `hi`."""
    decoder = Decoder()
    decoder.limit = MAX_PAYLOAD
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while data := client.recv(65_536):
        decoder.feed(data)
        while (packet := decoder.next()) is not None:
            ours = 1, packet.arg0
            if packet.command == CNXN:
                client.sendall(encode(CNXN, VERSION, MAX_PAYLOAD, BANNER))
            elif packet.command == OPEN:
                client.sendall(encode(OKAY, *ours) + encode(WRTE, *ours, ANSWER))
            elif packet.command == OKAY:
                client.sendall(encode(CLSE, *ours))


@contextmanager
def bare_device() -> Generator[str, None, None]:
    """A device that does nothing but answer; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _ = listener.accept()
            with client:
                answer(client)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.benchmark
def test_the_phone_adds_little_to_the_time_of_adb(bare_adb: Adb) -> None:
    with bare_device() as bare, serve_in_thread([VirtualPhone()], adb_server=bare_adb.port) as served:
        bare_adb("connect", bare, check=True)
        ours = served.phones[0].serial
        took: dict[str, list[float]] = {bare: [], ours: []}
        for serial in [bare, ours] * 60:
            start = time.perf_counter()
            done = subprocess.run([bare_adb.path, "shell", "echo hi"], env=bare_adb.of(serial).environment, capture_output=True, check=True)
            took[serial].append(time.perf_counter() - start)
            assert done.stdout == b"hi\n"
        bare_adb("disconnect", bare)
    assert statistics.median(took[ours]) < 1.5 * statistics.median(took[bare])


@pytest.mark.benchmark
def test_a_hundred_phones_are_listed_within_two_seconds(bare_adb: Adb) -> None:
    first = VirtualPhone()
    start = time.perf_counter()
    with serve_in_thread(adb_server=bare_adb.port) as served:
        for _ in range(100):
            served.add(first.fork(), port=None)
        while bare_adb("devices").stdout.count("\tdevice\n") < 100:
            assert time.perf_counter() - start < 2
        assert time.perf_counter() - start < 2
