"""The emulator's console, against one that listens."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import ClassVar

import pytest

from mobilegym.emulator.android.console import Console
from mobilegym.emulator.android.telephony import Telephony
from mobilegym.errors import DeviceError, DeviceLost, NotSupported


class _Handler(socketserver.StreamRequestHandler):
    secret: ClassVar[str] = ""
    said: ClassVar[list[str]] = []

    def handle(self) -> None:
        allowed = not self.secret
        if allowed:
            self.wfile.write(b"Android Console: type 'help' for a list of commands\r\nOK\r\n")
        else:
            self.wfile.write(
                b"Android Console: Authentication required\r\nAndroid Console: you can find your <auth_token> in\r\n'x'\r\nOK\r\n"
            )
        for raw in self.rfile:
            line = raw.decode().strip()
            self.said.append(line)
            if line == "quit":
                return
            if line.startswith("auth "):
                allowed = line == f"auth {self.secret}"
                self.wfile.write(b"Android Console: type 'help'\r\nOK\r\n" if allowed else b"KO: authentication token does not match x\r\n")
            elif not allowed or line.startswith("bad"):
                self.wfile.write(b"KO: unknown command, try 'help'\r\n")
            elif line == "gsm list":
                self.wfile.write(b"inbound from 5551234       : incoming\r\noutbound to  +49123         : active\r\nOK\r\n")
            elif line == "list":
                self.wfile.write(b"one OK\r\ntwo\r\nOK\r\n")
            elif line == "close":
                return
            else:
                self.wfile.write(b"OK\r\n")


@contextmanager
def serving(secret: str = "") -> Generator[tuple[int, list[str]]]:
    said: list[str] = []
    handler = type("Handler", (_Handler,), {"secret": secret, "said": said})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1], said
        server.shutdown()


def test_commands_are_answered() -> None:
    with serving() as (port, said):
        console = Console("127.0.0.1", port)
        assert console.answers()
        assert console.say("list") == "one OK\ntwo"
        with pytest.raises(DeviceError, match="refuses: unknown command"):
            console.say("bad")
        with pytest.raises(DeviceError, match="one line"):
            console.say("a\nb")
        with pytest.raises(DeviceLost, match="closed"):
            console.say("close")
    assert said[:2] == ["ping", "quit"]


def test_the_token_is_given_where_it_is_asked_for() -> None:
    with serving("s3") as (port, _):
        assert Console("127.0.0.1", port, token="s3").answers()
        assert not Console("127.0.0.1", port, token="wrong").answers()


def test_nobody_there_is_lost() -> None:
    with serving() as (port, _):
        pass
    with pytest.raises(DeviceLost, match="does not answer"):
        Console("127.0.0.1", port).say("ping")


def test_consoles_by_serial() -> None:
    assert Console.of("emulator-5554") is not None
    assert Console.of("127.0.0.1:5555") is None
    assert Console.of("R58M", "127.0.0.1:5554") is not None
    with pytest.raises(DeviceError, match="host:port"):
        Console.of("x", "nonsense")


def test_telephony_speaks_to_it() -> None:
    with serving() as (port, said):
        telephony = Telephony(None, Console("127.0.0.1", port))
        telephony.receive_sms("+4912345", "two\nlines \\ 🙂")
        telephony.ring("5551234")
        telephony.hang_up()
        with pytest.raises(DeviceError, match="digits only"):
            telephony.receive_sms("Bank", "x")
    commands = [line for line in said if line != "quit"]
    assert commands == ["sms send +4912345 two\\nlines \\\\ 🙂", "gsm call 5551234", "gsm list", "gsm cancel 5551234", "gsm cancel +49123"]


def test_a_phone_without_console_has_none() -> None:
    with pytest.raises(NotSupported, match="emulators only"):
        Telephony(None, None).ring("1")
