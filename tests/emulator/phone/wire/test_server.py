"""Many phones on sockets, who may connect, and how adb servers hear of them."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from mobilegym.cli.app import app
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.announce import EMULATOR_PORTS
from mobilegym.emulator.phone.wire.auth import KeyRing, PublicKey
from mobilegym.emulator.phone.wire.packets import AUTH, CNXN, MAX_PAYLOAD, VERSION
from mobilegym.emulator.phone.wire.server import PhoneServer, served_phones
from mobilegym.emulator.phone.wire.thread import serve_in_thread
from mobilegym.errors import ContentError, DeviceError
from tests.emulator.phone.wire.host import Host, until


def free_pair() -> int:
    """A console port whose pair is free, far from what others on the machine use."""
    for port in reversed(EMULATOR_PORTS):
        with socket.socket() as one, socket.socket() as two:
            try:
                one.bind(("127.0.0.1", port))
                two.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise AssertionError("no pair of ports is free")


def test_a_pair_of_ports_makes_an_emulator() -> None:
    port = free_pair()
    with serve_in_thread([VirtualPhone()], port=port) as served:
        phone = served.phones[0]
        assert (phone.serial, phone.adb_port, phone.console_port) == (f"emulator-{port}", port + 1, port)
        assert phone.is_emulator
        with pytest.raises(DeviceError, match="cannot be listened on"):
            served.add(VirtualPhone(), port=port)
        assert served.server.phone_of(phone.serial) is phone
        with pytest.raises(DeviceError, match="no phone 'emulator-1'"):
            served.server.phone_of("emulator-1")
        served.remove(phone)
        served.remove(phone)
        again = served.add(VirtualPhone(), port=port)
        assert again.serial == phone.serial


def test_busy_pairs_are_skipped() -> None:
    with serve_in_thread() as served:
        first, second = served.add(VirtualPhone(), port=None), served.add(VirtualPhone(), port=None)
        assert first.is_emulator
        assert second.is_emulator
        assert first.adb_port != second.adb_port


def test_any_port_will_do() -> None:
    with serve_in_thread([VirtualPhone()], console=False) as served:
        phone = served.phones[0]
        assert phone.serial == f"127.0.0.1:{phone.adb_port}"
        assert phone.console_port is None
        assert phone.as_json() == {"serial": phone.serial, "adb_port": phone.adb_port, "console_port": None, "host": "127.0.0.1"}


def test_when_all_pairs_are_used_phones_get_addresses() -> None:
    first = VirtualPhone()
    with serve_in_thread() as served:
        phones = [served.add(first.fork(), port=None) for _ in range(len(EMULATOR_PORTS) + 1)]
        assert not phones[-1].is_emulator
        assert len({phone.adb_port for phone in phones}) == len(phones)


def test_a_hundred_phones_are_up_at_once() -> None:
    first = VirtualPhone()
    with serve_in_thread([first.fork() for _ in range(100)]) as served:
        for phone in served.phones:
            with Host(phone.adb_port) as host:
                assert host.banner.startswith(b"device::")
        served.call(served.phones[3].phone.settings.put, "global", "mine", "1")
        assert served.call(served.phones[4].phone.settings.get, "global", "mine") is None


def test_the_running_loop_can_serve_too() -> None:
    def banner(port: int) -> bytes:
        with Host(port) as host:
            return host.banner

    async def work() -> bytes:
        async with served_phones(VirtualPhone()) as phones:
            return await asyncio.to_thread(banner, phones[0].adb_port)

    assert asyncio.run(work()).startswith(b"device::")


def test_calls_bring_results_and_errors_across() -> None:
    async def later() -> int:
        return 5

    def fail() -> None:
        raise KeyError("x")

    with serve_in_thread() as served:
        assert served.call(later) == 5
        with pytest.raises(KeyError, match="x"):
            served.call(fail)


def test_live_phones_follow_the_real_clock() -> None:
    with serve_in_thread([VirtualPhone()], live=True) as served:
        clock = served.phones[0].phone.kernel.clock
        start = served.call(lambda: clock.now_ms)
        until(lambda: served.call(lambda: clock.now_ms) > start + 250)
        assert served.call(lambda: clock.now_ms) < start + 5_000
        # Time that passed on purpose stays passed.
        served.call(served.phones[0].phone.pass_time, 3_600_000)
        before = served.call(lambda: clock.now_ms)
        until(lambda: served.call(lambda: clock.now_ms) > before + 100)
    with serve_in_thread([VirtualPhone()]) as served:
        clock = served.phones[0].phone.kernel.clock
        assert served.call(lambda: clock.now_ms) == clock.now_ms


def test_a_closed_phone_is_no_longer_served_when_live() -> None:
    with serve_in_thread([VirtualPhone()], live=True) as served:
        served.call(served.phones[0].phone.close)
        until(lambda: not served.phones)


class AdbServer:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.socket.getsockname()[1])

    def heard(self) -> str:
        client, _ = self.socket.accept()
        with client:
            client.settimeout(5)
            data = b""
            while len(data) < 4 or len(data) < 4 + int(data[:4], 16):
                data += client.recv(1000)
            return data[4:].decode()


def test_adb_servers_are_told() -> None:
    server = AdbServer()
    port = free_pair()
    with server.socket, serve_in_thread() as served:
        served.server.adb_server = server.port
        adding = asyncio.run_coroutine_threadsafe(served.server.add(VirtualPhone(), port=port), served.loop)
        assert server.heard() == f"host:emulator:{port + 1}"
        adding.result()
        adding = asyncio.run_coroutine_threadsafe(served.server.add(VirtualPhone(), port=0), served.loop)
        heard = server.heard()
        assert heard == f"host:connect:127.0.0.1:{adding.result().adb_port}"


def test_a_restarted_phone_is_announced_again() -> None:
    server = AdbServer()
    port = free_pair()
    with server.socket, serve_in_thread([VirtualPhone()], port=port) as served:
        served.server.adb_server = server.port
        with Host(port + 1) as host:
            host.ask("root:")
        assert server.heard() == f"host:emulator:{port + 1}"


def test_no_adb_server_is_no_error() -> None:
    with serve_in_thread([VirtualPhone()], adb_server=1) as served:
        assert len(served.phones) == 1


# ---------------------------------------------------------------------- who may connect


def made_key(bits: int = 2048) -> tuple[int, int, int]:
    """Modulus, public and private exponent: a fixed key, for these tests only."""
    # Two primes by the known formula of safe distance: the first above 2^1023·k that pass Fermat's test.
    from random import Random

    draw = Random(20_26)

    def prime() -> int:
        while True:
            number = draw.getrandbits(bits // 2) | 1 | 3 << (bits // 2 - 2)
            if all(pow(base, number - 1, number) == 1 for base in (2, 3, 5, 7)) and (number - 1) % 65_537:
                return number

    p, q = prime(), prime()
    return p * q, 65_537, pow(65_537, -1, (p - 1) * (q - 1))


MODULUS, EXPONENT, SECRET = made_key()


def public_line(modulus: int = MODULUS, exponent: int = EXPONENT) -> str:
    """As `adb keygen` writes it."""
    r = 1 << 2048
    raw = struct.pack("<II", 64, (-pow(modulus, -1, 1 << 32)) % (1 << 32)) + modulus.to_bytes(256, "little")
    raw += (r * r % modulus).to_bytes(256, "little") + struct.pack("<I", exponent)
    return base64.b64encode(raw).decode() + " somebody@somewhere"


def signed(token: bytes) -> bytes:
    prefix = bytes.fromhex("3021300906052b0e03021a05000414")
    padded = b"\0\1" + b"\xff" * (256 - 3 - len(prefix) - 20) + b"\0" + prefix + token
    return pow(int.from_bytes(padded, "big"), SECRET, MODULUS).to_bytes(256, "big")


def test_a_key_is_read_and_verifies() -> None:
    key = PublicKey.parse(public_line())
    assert key == (MODULUS, EXPONENT)
    token = bytes(range(20))
    assert key.verifies(signed(token), token)
    assert not key.verifies(signed(token), bytes(20))
    assert not key.verifies(signed(token)[:-1], token)
    assert not key.verifies(bytes(256), token)
    assert not key.verifies(b"\xff" * 256, token)


@given(st.binary(max_size=300), st.binary(min_size=20, max_size=20))
def test_no_noise_verifies(signature: bytes, token: bytes) -> None:
    assert not PublicKey(MODULUS, EXPONENT).verifies(signature, token)


@given(st.text(max_size=80))
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ContentError):
        PublicKey.parse(text)


def test_a_file_of_keys_is_read_strictly(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"# who may\n\n{public_line()}\n")
    assert len(KeyRing.read(file).keys) == 1
    file.write_text(f"{public_line()}\nnot a key\n")
    with pytest.raises(ContentError, match="keys:2: no adb public key"):
        KeyRing.read(file)
    file.write_text("# nobody\n")
    with pytest.raises(ContentError, match="holds no key"):
        KeyRing.read(file)
    with pytest.raises(ContentError, match="cannot be read"):
        KeyRing.read(tmp_path / "none")


def test_who_signs_the_token_is_let_in() -> None:
    ring = KeyRing([PublicKey.parse(public_line())])
    with serve_in_thread([VirtualPhone()], keys=ring) as served, Host(served.phones[0].adb_port, shake=False) as host:
        host.send(CNXN, VERSION, MAX_PAYLOAD, b"host::\0")
        asked = host.packet()
        assert (asked.command, asked.arg0, len(asked.data)) == (AUTH, 1, 20)
        host.send(AUTH, 2, 0, bytes(256))
        again = host.packet()
        assert again.data != asked.data
        # The old token is worth nothing any more.
        host.send(AUTH, 2, 0, signed(asked.data))
        third = host.packet()
        assert third.command == AUTH
        host.send(AUTH, 2, 0, signed(third.data))
        assert host.packet().command == CNXN
        assert host.ask("tcpip:x") == b"invalid port x\n"


def test_who_cannot_is_refused() -> None:
    ring = KeyRing([PublicKey.parse(public_line())])
    with serve_in_thread([VirtualPhone()], keys=ring) as served:
        with Host(served.phones[0].adb_port, shake=False) as host:
            host.send(CNXN, VERSION, MAX_PAYLOAD, b"host::\0")
            host.packet()
            host.send(0x4E45504F, 1, 0, b"shell:id\0")
            assert host.closed()
        with Host(served.phones[0].adb_port, shake=False) as host:
            host.send(CNXN, VERSION, MAX_PAYLOAD, b"host::\0")
            host.packet()
            # Offering an allowed key proves nothing: it is public.
            host.send(AUTH, 3, 0, public_line().encode() + b"\0")
            assert host.closed()


def test_other_machines_are_not_served_without_keys(tmp_path: Path) -> None:
    async def serve(host: str) -> None:
        PhoneServer(host=host)

    for host in ("0.0.0.0", "::", "192.0.2.1", "example.org"):
        with pytest.raises(DeviceError, match="say who may with keys"):
            asyncio.run(serve(host))
    token = tmp_path / "token"
    ring = KeyRing([PublicKey.parse(public_line())])
    with serve_in_thread([VirtualPhone()], host="0.0.0.0", keys=ring, token_file=token) as served:
        port = served.phones[0].console_port
        assert port is not None
        with socket.create_connection(("127.0.0.1", port), 5) as client:
            client.sendall(b"auth\nauth x\navd name\nquit\n")
            said = b"".join(iter(lambda: client.recv(1000), b""))
        assert said.count(b"KO: authentication token does not match") == 2
        assert b"Pixel" not in said


# ---------------------------------------------------------------------- the command


def serve_command(*args: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mobilegym", "phone", "serve", "--adb-server-port", "none", *args]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "120"})


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_says_where_the_phones_are_and_ends_cleanly(number: signal.Signals) -> None:
    port = free_pair()
    with serve_command("--port", str(port), "--json", "--option", "dark=true") as running:
        assert running.stdout is not None
        text = ""
        while not text.endswith("}\n") or text.count("{") != text.count("}"):
            line = running.stdout.readline()
            assert line, running.communicate()
            text += line
        found = json.loads(text)
        assert found["pid"] == running.pid
        assert found["phones"] == [
            {"serial": f"emulator-{port}", "adb_port": port + 1, "console_port": port, "host": "127.0.0.1"},
        ]  # fmt: skip
        with Host(port + 1) as host:
            assert host.banner.startswith(b"device::")
        running.send_signal(number)
        rest, errors = running.communicate(timeout=10)
    assert (running.returncode, rest, errors) == (0, "", "")


def test_the_command_refuses_to_serve_everybody() -> None:
    with serve_command("--host", "0.0.0.0") as running:
        _, errors = running.communicate(timeout=30)
    assert running.returncode == 2
    assert "say who may with keys" in " ".join(errors.split())


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (("--adb-keys", "/nowhere/at/all"), "cannot be read"),
        (("--adb-server-port", "x"), "must be a port or none"),
        (("--option", "colour=red"), "no option `colour`"),
    ],
)
def test_the_command_refuses_what_cannot_be(args: tuple[str, ...], text: str) -> None:
    done = CliRunner().invoke(app, ["phone", "serve", *args])
    assert isinstance(done.exception, ContentError)
    assert text in str(done.exception)
