"""Shells and single programs over a connection, byte by byte."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.phone.shell.process import Tty
from mobilegym.emulator.phone.shell.streams import BytesWriter
from mobilegym.emulator.phone.wire.packets import CLSE, OKAY, WRTE
from mobilegym.emulator.phone.wire.pty import LineDiscipline, TtyWriter
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread
from tests.emulator.phone.wire.host import Host, until


def frame(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<BI", kind, len(data)) + data


def parts(data: bytes) -> dict[int, bytes]:
    """Shell packets by kind."""
    found: dict[int, bytes] = {}
    while data:
        kind, length = struct.unpack_from("<BI", data)
        found[kind] = found.get(kind, b"") + data[5 : 5 + length]
        data = data[5 + length :]
    return found


def test_streams_and_status_are_apart(host: Host) -> None:
    found = parts(host.ask("shell,v2,TERM=xterm,raw:echo out; echo err >&2; exit 7"))
    assert found == {1: b"out\n", 2: b"err\n", 3: b"\x07"}


def test_without_v2_they_are_one(host: Host) -> None:
    assert host.ask("shell:echo out; echo err >&2; exit 7") == b"out\nerr\n"
    assert host.ask("exec:echo out; echo err >&2") == b"out\nerr\n"


def test_a_script_without_options_is_not_on_a_terminal(host: Host) -> None:
    assert parts(host.ask("shell,v2:echo $TERM")) == {1: b"dumb\n", 3: b"\0"}
    assert parts(host.ask("shell,v2,TERM=xterm-256color:echo $TERM"))[1] == b"xterm-256color\n"


def test_stdin_ends_where_the_client_says(host: Host) -> None:
    stream = host.open("shell,v2,raw:cat; echo done")
    assert stream is not None
    got = host.write(stream, frame(0, b"some ") + frame(5, b"24x80,0x0\0") + frame(0, b"text"))
    got += host.write(stream, frame(4))
    assert parts(got + host.read(stream)) == {1: b"some textdone\n", 3: b"\0"}


def test_stdin_of_exec_ends_with_the_stream(host: Host, one: ServedPhone, served: ServerThread) -> None:
    stream = host.open("exec:cat > /sdcard/in.txt")
    assert stream is not None
    host.write(stream, b"all of it")
    host.send(CLSE, *stream)
    files = one.phone.kernel.files
    until(lambda: served.call(lambda: files.exists("/sdcard/in.txt") and files.read("/sdcard/in.txt") == b"all of it"))


def test_what_nobody_listens_to_any_more_is_ended(host: Host, one: ServedPhone, served: ServerThread) -> None:
    before = served.call(lambda: len(one.system.processes.all()))
    stream = host.open("shell,v2,raw:logcat")
    assert stream is not None
    until(lambda: served.call(lambda: len(one.system.processes.all())) > before)
    host.send(CLSE, *stream)
    until(lambda: served.call(lambda: len(one.system.processes.all())) == before)


def test_abb_takes_arguments_as_they_are(host: Host) -> None:
    assert b"null\n" in host.ask("abb_exec:settings\0get\0global\0no_such_key")
    found = parts(host.ask("abb:settings\0put\0global\0a key\0two  words; exit 9"))
    assert found[3] == b"\0"
    assert host.ask("abb_exec:settings\0get\0global\0a key") == b"two  words; exit 9\n"


def test_an_unknown_program_is_127(host: Host, one: ServedPhone) -> None:
    found = parts(host.ask("shell,v2,raw:frobnicate"))
    assert found == {2: b"/system/bin/sh: frobnicate: inaccessible or not found\n", 3: b"\x7f"}
    assert "frobnicate" in one.system.unknown


def test_rights_follow_root(host: Host, one: ServedPhone, served: ServerThread) -> None:
    assert b"uid=2000(shell)" in host.ask("shell:id")
    served.call(setattr, one.system, "root", True)
    try:
        assert b"uid=0(root)" in host.ask("shell:id")
    finally:
        served.call(setattr, one.system, "root", False)


class Terminal:
    """A client with a terminal."""

    def __init__(self, host: Host, name: str = "shell,v2,TERM=xterm,pty:") -> None:
        self._host = host
        self._raw = b""
        stream = host.open(name)
        assert stream is not None
        self.stream = stream
        self.shown = b""

    def type(self, keys: bytes, kind: int = 0) -> None:
        self._host.send(WRTE, *self.stream, frame(kind, keys))

    def wait(self, text: bytes) -> bytes:
        """All that is shown up to `text`."""
        while text not in self.shown:
            packet = self._host.packet()
            if packet.command == WRTE:
                self._host.send(OKAY, *self.stream)
                self._raw += packet.data
                while len(self._raw) >= 5 and len(self._raw) >= 5 + (length := struct.unpack_from("<I", self._raw, 1)[0]):
                    self.shown += self._raw[5 : 5 + length] if self._raw[0] == 1 else b"<%d>" % self._raw[5]
                    self._raw = self._raw[5 + length :]
            assert packet.command != CLSE or text in self.shown, self.shown
        before, _, self.shown = self.shown.partition(text)
        return before + text


def test_an_interactive_shell(host: Host) -> None:
    terminal = Terminal(host)
    assert terminal.wait(b"$ ").endswith(b"/ $ ")
    terminal.type(b"echo hallo\r")
    assert terminal.wait(b"$ ").startswith(b"echo hallo\r\nhallo\r\n")
    terminal.type(b"echo wrongg\x7f\x7f\x15echo right x\x17y\r")
    assert b"\r\nright y\r\n" in terminal.wait(b"$ ")
    terminal.type(b"cat\r")
    terminal.wait(b"cat\r\n")
    terminal.type(b"line\r")
    terminal.wait(b"line\r\nline\r\n")
    terminal.type(b"\x04")
    terminal.wait(b"$ ")
    terminal.type(b"logcat -T 1\r")
    terminal.wait(b"logcat -T 1\r\n")
    terminal.type(b"\x03")
    terminal.wait(b"^C\r\n")
    terminal.wait(b"$ ")
    terminal.type(b"exit 5\r")
    terminal.wait(b"<5>")


def test_a_script_on_a_terminal_gets_carriage_returns(host: Host) -> None:
    assert parts(host.ask("shell,v2,TERM=xterm,pty:echo a; echo b >&2")) == {1: b"a\r\nb\r\n", 3: b"\0"}


# ---------------------------------------------------------------------- the line discipline by itself


class Keys:
    def __init__(self) -> None:
        self.out = BytesWriter()
        self.interrupts = 0
        self.tty = Tty()
        self.line = LineDiscipline(self.tty, self.out)

    async def lines(self) -> list[bytes]:
        self.line.hang_up()
        found: list[bytes] = []
        while line := await self.line.read():
            found.append(line)
        return found


def typed(keys: bytes) -> tuple[list[bytes], bytes]:
    """What programs read and what is shown."""
    import asyncio

    made = Keys()
    made.line.typed(keys)
    return asyncio.run(made.lines()), made.out.data


@pytest.mark.parametrize(
    ("keys", "lines", "shown"),
    [
        (b"ls\r", [b"ls\n"], b"ls\r\n"),
        (b"a\x7f\x08b\n", [b"b\n"], b"a\b \bb\r\n"),
        ("ü\x7fx\r".encode(), [b"x\n"], "ü\b \bx\r\n".encode()),
        (b"one two\x17\r", [b"one \n"], b"one two\b \b\b \b\b \b\r\n"),
        (b"abc\x15d\r", [b"d\n"], b"abc\b \b\b \b\b \bd\r\n"),
        (b"half\x04", [b"half"], b"half"),
        (b"lost\x03", [b"\n"], b"lost^C\r\n"),
        (b"\x1aok\r", [b"ok\n"], b"ok\r\n"),
        (b"\x1b[A\t\r", [b"\x1b[A\t\n"], b"^[[A\t\r\n"),
    ],
)
def test_keys_become_lines(keys: bytes, lines: list[bytes], shown: bytes) -> None:
    assert typed(keys) == (lines, shown)


def test_a_key_ends_what_runs() -> None:
    keys = Keys()

    def interrupt() -> None:
        keys.interrupts += 1

    keys.tty.interrupt = interrupt
    keys.line.typed(b"queued\rhalf\x03")
    assert keys.interrupts == 1
    keys.tty.interrupt = None


@given(st.binary(max_size=300))
def test_any_keys_are_taken(keys: bytes) -> None:
    lines, _ = typed(keys)
    assert all(b"\n" not in line[:-1] for line in lines)


@given(st.binary(max_size=100))
def test_output_has_carriage_returns(data: bytes) -> None:
    out = BytesWriter()
    TtyWriter(out).write(data)
    assert out.data == data.replace(b"\n", b"\r\n")


def test_a_window_has_a_size() -> None:
    keys = Keys()
    keys.line.resize(b"50x132,1000x800\0")
    assert (keys.tty.rows, keys.tty.columns) == (50, 132)


@given(st.binary(max_size=30))
def test_any_window_size_is_taken(data: bytes) -> None:
    keys = Keys()
    keys.line.resize(data)
    assert 0 < keys.tty.rows < 10_000
    assert 0 < keys.tty.columns < 10_000
