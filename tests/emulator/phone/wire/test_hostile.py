"""Clients that break every rule: the phone goes on serving, its memory stays bounded, the machine is not touched."""

from __future__ import annotations

import socket
import struct
from collections.abc import Generator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.packets import AUTH, CLSE, CNXN, MAX_PAYLOAD, OKAY, OPEN, VERSION, WRTE, encode
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.sync import MAX_FILE_BYTES
from mobilegym.emulator.phone.wire.thread import ServerThread, serve_in_thread
from mobilegym.emulator.phone.wire.transport import MAX_CONNECTIONS, MAX_STREAMS
from tests.emulator.phone.wire.conftest import echo, sink, source
from tests.emulator.phone.wire.host import Host, sync_request, until

MB = 1024 * 1024


@pytest.fixture(scope="module")
def served() -> Generator[ServerThread, None, None]:
    with serve_in_thread([VirtualPhone()]) as thread:
        thread.phones[0].system.services.update({"tcp:7": echo, "tcp:9": sink, "tcp:19": source})
        _PORT[0] = thread.phones[0].adb_port
        yield thread


@pytest.fixture(autouse=True)
def _still_serves(served: ServerThread) -> Generator[None, None, None]:
    """After each attack, everything is as before: one can connect and run a command, and nobody is left."""
    yield
    one = served.phones[0]
    until(lambda: not served.call(lambda: set(one.adbd.connections)))
    with Host(one.adb_port) as host:
        assert host.ask("shell:echo still here") == b"still here\n"
    until(lambda: not served.call(lambda: set(one.adbd.connections)))


_PORT = [0]
COMMANDS = st.sampled_from((AUTH, CLSE, CNXN, OKAY, OPEN, WRTE))
SMALL = st.integers(0, 4) | st.integers(0, 2**32 - 1)
NAMES = st.sampled_from((b"shell:echo x\0", b"shell,v2,raw:cat\0", b"sync:\0", b"tcp:7\0", b"exec:cat\0", b"reverse:forward:tcp:1;tcp:2\0",
                         b"shell,v2,pty:\0", b"framebuffer:\0", b"abb:x\0", b"\0", b"\xff\xfe\0"))  # fmt: skip
FRAMES = st.builds(encode, COMMANDS, SMALL, SMALL, NAMES | st.binary(max_size=40))


@settings(max_examples=60)
@given(st.lists(FRAMES | st.binary(max_size=40), max_size=12), st.booleans())
def test_frames_at_random(frames: list[bytes], shake: bool) -> None:
    with Host(_PORT[0], shake=shake) as host:
        host.socket.sendall(b"".join(frames))


@settings(max_examples=40)
@given(st.lists(st.tuples(SMALL, st.binary(max_size=60)), max_size=8))
def test_shell_packets_at_random(packets: list[tuple[int, bytes]]) -> None:
    with Host(_PORT[0]) as host:
        stream = host.open("shell,v2,TERM=xterm,pty:")
        assert stream is not None
        data = b"".join(struct.pack("<BI", kind & 0xFF, kind >> 8 if kind > 4 else len(rest)) + rest for kind, rest in packets)
        # `reboot` and the like cannot come out of these few bytes; whatever comes out, the shell takes it.
        host.send(WRTE, *stream, data)


def test_half_open_connections_are_dropped_with_their_client(served: ServerThread) -> None:
    clients = [socket.create_connection(("127.0.0.1", _PORT[0])) for _ in range(MAX_CONNECTIONS)]
    for index, client in enumerate(clients):
        client.sendall(encode(CNXN, VERSION, MAX_PAYLOAD, b"host::\0")[: index % 30])
    one = served.phones[0]
    until(lambda: served.call(lambda: len(one.adbd.connections)) == MAX_CONNECTIONS)
    # There is room for no more; who comes now is sent away at once.
    with Host(_PORT[0], shake=False) as host:
        assert host.closed()
    for client in clients:
        client.close()


def test_thousands_of_connections(served: ServerThread) -> None:
    for _ in range(20):
        clients = [socket.create_connection(("127.0.0.1", _PORT[0])) for _ in range(50)]
        for client in clients:
            client.close()


def test_thousands_of_streams(served: ServerThread) -> None:
    with Host(_PORT[0]) as host:
        for first in range(1, 5001, 500):
            host.socket.sendall(b"".join(encode(OPEN, first + i, 0, b"tcp:9\0") for i in range(500)))
            answers = [host.packet().command for _ in range(500)]
            assert answers.count(OKAY) == (MAX_STREAMS if first == 1 else 0)
        assert served.call(lambda: len(next(iter(served.phones[0].adbd.connections)).streams)) == MAX_STREAMS


def test_a_client_that_never_acknowledges(served: ServerThread) -> None:
    with Host(_PORT[0]) as host:
        for _ in range(20):
            assert host.open("tcp:19") is not None or True
            packet = host.packet()
            assert packet.command in (WRTE, OKAY)


def test_a_client_that_never_reads(served: ServerThread) -> None:
    with Host(_PORT[0], receive_buffer=4096) as host:
        host.socket.settimeout(0.3)
        # Every one is answered; when nobody takes the answers, the phone stops listening.
        flood = b"".join(encode(OPEN, 1, 0, b"none:\0") for _ in range(20_000))
        with pytest.raises(TimeoutError):
            host.socket.sendall(flood * 30)
        connection = served.call(lambda: next(iter(served.phones[0].adbd.connections)))
        assert served.call(lambda: connection.unsent_bytes) < 4 * MAX_PAYLOAD


def test_a_client_that_gives_up_in_the_middle_of_a_push(served: ServerThread) -> None:
    one = served.phones[0]
    for _ in range(5):
        with Host(one.adb_port) as host:
            stream = host.open("sync:")
            assert stream is not None
            host.write(stream, sync_request(b"SEND", "/sdcard/partial.bin,33188") + b"DATA" + struct.pack("<I", 60_000) + bytes(100))
    until(lambda: served.call(lambda: one.adbd.arriving) == 0)
    assert not served.call(lambda: one.phone.kernel.files.exists("/sdcard/partial.bin"))


def test_a_client_that_gives_up_in_the_middle_of_a_pull(served: ServerThread) -> None:
    one = served.phones[0]
    served.call(one.phone.files.write, "/sdcard/big.bin", bytes(20 * MB))
    with Host(one.adb_port) as host:
        stream = host.open("sync:")
        assert stream is not None
        host.send(WRTE, *stream, sync_request(b"RECV", "/sdcard/big.bin"))
        host.packet()
        host.packet()


def push_zeros(host: Host, path: str, size: int) -> tuple[bytes, int]:
    """Push zeros until they are all gone or the phone refuses: its answer, and how much was sent."""
    stream = host.open("sync:")
    assert stream is not None
    got = host.write(stream, sync_request(b"SEND", f"{path},33188"))
    chunk = (b"DATA" + struct.pack("<I", 65_536) + bytes(65_536)) * 15
    sent = 0
    while sent < size and not got:
        got += host.write(stream, chunk)
        sent += 15 * 65_536
    got += host.write(stream, b"DONE" + struct.pack("<I", 0))
    return got + (host.read(stream, 8) if not got else b""), sent


@pytest.mark.slow
def test_a_gigabyte_does_not_fit(served: ServerThread) -> None:
    one = served.phones[0]
    with Host(one.adb_port) as host:
        answer, sent = push_zeros(host, "/sdcard/huge.bin", 1024 * MB)
    assert answer.startswith(b"FAIL")
    assert b"No space left on device" in answer
    assert MAX_FILE_BYTES <= sent < MAX_FILE_BYTES + 4 * MB
    assert served.call(lambda: one.adbd.arriving) == 0
    assert not served.call(lambda: one.phone.kernel.files.exists("/sdcard/huge.bin"))


@pytest.mark.slow
def test_pushes_share_the_room(served: ServerThread) -> None:
    one = served.phones[0]
    hosts = [Host(one.adb_port) for _ in range(3)]
    refused = 0
    for host in hosts:
        stream = host.open("sync:")
        assert stream is not None
        got = host.write(stream, sync_request(b"SEND", "/sdcard/part.bin,33188"))
        chunk = (b"DATA" + struct.pack("<I", 65_536) + bytes(65_536)) * 15
        for _ in range(200):
            got += host.write(stream, chunk)
            if got:
                refused += 1
                break
    assert refused == 1
    for host in hosts:
        host.socket.close()
    until(lambda: served.call(lambda: one.adbd.arriving) == 0)


def test_too_long_a_path_ends_the_session(served: ServerThread) -> None:
    with Host(_PORT[0]) as host:
        stream = host.open("sync:")
        assert stream is not None
        host.send(WRTE, *stream, b"STAT" + struct.pack("<I", 2**31))
        assert b"path too long" in host.read(stream)


def test_a_shell_packet_too_long_ends_the_stream(served: ServerThread) -> None:
    with Host(_PORT[0]) as host:
        stream = host.open("shell,v2,raw:cat")
        assert stream is not None
        host.send(WRTE, *stream, struct.pack("<BI", 0, 2**32 - 1))
        assert host.read(stream) == b""


def test_a_service_with_a_name_of_a_megabyte(served: ServerThread) -> None:
    with Host(_PORT[0]) as host:
        host.send(OPEN, 1, 0, b"x" * MAX_PAYLOAD)
        assert host.packet().command == CLSE
        host.send(OPEN, 2, 0, b"x" * (MAX_PAYLOAD + 1))
        assert host.closed()


def test_a_program_that_writes_without_end_is_held_back(served: ServerThread) -> None:
    with Host(_PORT[0]) as host:
        stream = host.open("shell,v2,raw:cat /dev/zero")
        assert stream is not None
        packet = host.packet()
        assert packet.command == WRTE
        host.socket.settimeout(0.2)
        with pytest.raises(TimeoutError):
            host.packet()


def test_the_handshake_has_to_come_soon(served: ServerThread, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mobilegym.emulator.phone.wire.transport._HANDSHAKE_S", 0.05)
    with Host(_PORT[0], shake=False) as host:
        host.socket.sendall(b"CNX")
        assert host.closed()


def test_the_console_takes_only_so_many_clients(served: ServerThread) -> None:
    one: ServedPhone = served.phones[0]
    assert one.console_port is not None
    clients = [socket.create_connection(("127.0.0.1", one.console_port)) for _ in range(60)]
    until(lambda: served.call(lambda: len(one.consoles)) == 32)
    for client in clients:
        client.close()
    until(lambda: served.call(lambda: len(one.consoles)) == 0)
