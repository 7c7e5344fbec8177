"""adbd: the services that `adb` and libraries ask a phone for."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.process import Tty
from mobilegym.emulator.phone.shell.streams import StreamClosed, Writer
from mobilegym.emulator.phone.wire.auth import KeyRing
from mobilegym.emulator.phone.wire.framebuffer import framebuffer_service
from mobilegym.emulator.phone.wire.pty import LineDiscipline, TtyWriter
from mobilegym.emulator.phone.wire.reverse import Reverses, reverse_service
from mobilegym.emulator.phone.wire.shell_protocol import (
    CLOSE_STDIN,
    STDERR,
    STDIN,
    STDOUT,
    WINDOW_SIZE,
    PacketReader,
    PacketStdin,
    PacketWriter,
    exit_packet,
)  # fmt: skip
from mobilegym.emulator.phone.wire.stream import Stream
from mobilegym.emulator.phone.wire.sync import Room, sync_service
from mobilegym.emulator.phone.wire.transport import Connection, Host, Service

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import Handler, System

__all__ = ["FEATURES", "Adbd"]

FEATURES: Final = (
    "shell_v2", "cmd", "stat_v2", "ls_v2", "fixed_push_mkdir", "apex", "abb", "abb_exec", "fixed_push_symlink_timestamp",
)  # fmt: skip
"""What is announced. Only what works: clients fall back to older services for the rest."""
_SOCKETS: Final = ("tcp:", "localabstract:", "localfilesystem:", "localreserved:", "local:", "dev:", "vsock:")


class Adbd:
    """The daemon of one phone.

    Args:
        system: The phone and what runs on it.
        keys: Who may connect; None lets everybody in.
    """

    def __init__(self, system: System, *, keys: KeyRing | None = None) -> None:
        self.system = system
        self.connections: set[Connection] = set()
        self._reverses: dict[Connection, Reverses] = {}
        self._host = Host(self.banner, self.service, keys, self.connections, self._lost)
        self.on_restart: Callable[[], None] | None = None
        """Called after every connection was closed by `root`, `unroot`, `reboot`: whoever keeps adb servers informed tells
        them that the phone is back."""
        self._room = Room()
        system.on_reboot = self._restart_soon

    def connection(self) -> Connection:
        """A new connection, for `loop.create_server`."""
        return Connection(self._host)

    def close(self) -> None:
        """End every connection."""
        for connection in list(self.connections):
            connection.close()

    def banner(self) -> str:
        """What the phone says it is; this is what `adb devices -l` prints."""
        model = self.system.phone.info.model
        names = f"ro.product.name=sdk_gphone64_x86_64;ro.product.model={model};ro.product.device=emu64xa"
        return f"device::{names};features={','.join(FEATURES)}"

    @property
    def arriving(self) -> int:
        """Bytes of files on their way to the phone."""
        return self._room.taken

    @property
    def uid(self) -> int:
        """Whom programs run as: 0 after `adb root`."""
        return 0 if self.system.root else 2000

    def _lost(self, connection: Connection) -> None:
        if (reverses := self._reverses.pop(connection, None)) is not None:
            reverses.remove_all()

    # ------------------------------------------------------------------ finding a service

    def service(self, connection: Connection, name: str) -> Service | None:
        """What serves a stream of this name; None where there is no such service."""
        kind, _, rest = name.partition(":")
        kind, _, options = kind.partition(",")
        match kind:
            case "shell":
                return self._shell(options.split(","), rest)
            case "exec":
                return Service(partial(self._exec, rest), lingers=True)
            case "abb":
                return Service(partial(self._abb, rest, True))
            case "abb_exec":
                return Service(partial(self._abb, rest, False), lingers=True)
            case "sync":
                return Service(partial(sync_service, self.system.files, self._room, lambda: self.uid), lingers=True)
            case "reverse":
                reverses = self._reverses.setdefault(connection, Reverses(self.system, connection, "host-19"))
                return Service(partial(reverse_service, reverses, rest))
            case "framebuffer":
                return Service(partial(framebuffer_service, self.system))
            case "track-jdwp" | "track-app":
                return Service(_nothing_to_track)
            case "jdwp" if not rest:
                return Service(_nothing)
            case "logcat":
                return Service(partial(self._exec, f"exec logcat {rest}"))
            case "root" | "unroot" | "remount" | "reboot" | "reconnect" | "tcpip" | "usb" | "disable-verity" | "enable-verity":
                return Service(partial(self._daemon, kind, rest))
            case _:
                pass
        return self._socket(name) if name.startswith(_SOCKETS) else None

    def _shell(self, options: list[str], script: str) -> Service:
        framed = "v2" in options
        terminal = "pty" in options or (not script and "raw" not in options)
        name = next((o.removeprefix("TERM=") for o in options if o.startswith("TERM=")), "dumb")
        if terminal:
            return Service(partial(self._terminal, script, name, framed))
        # A shell without a terminal reads its script from the client.
        script = script or "sh"
        if framed:
            return Service(partial(self._framed, script, name))
        return Service(partial(self._exec, script))

    def _socket(self, name: str) -> Service | None:
        found = self.system.services.get(name)
        if found is None and (match := re.fullmatch(r"tcp:(\d+)(?::(?:localhost|127\.0\.0\.1))?", name)):
            found = self.system.services.get(f"tcp:{int(match[1])}")
        if found is None:
            return None
        return Service(partial(_connected, found), lingers=True)

    # ------------------------------------------------------------------ programs

    async def _exec(self, script: str, stream: Stream) -> None:
        """A script whose output is the stream, as it is."""
        from mobilegym.emulator.phone.shell.sh import run_script

        await run_script(self.system, script, stream, stream, stream, uid=self.uid)

    async def _framed(self, script: str, terminal: str, stream: Stream) -> None:
        """A script with stdin, stdout, stderr and an exit status."""
        from mobilegym.emulator.phone.shell.sh import run_script

        out, err = PacketWriter(stream, STDOUT), PacketWriter(stream, STDERR)
        status = await run_script(self.system, script, PacketStdin(stream), out, err, uid=self.uid, env={"TERM": terminal})
        stream.write(exit_packet(status))

    async def _abb(self, request: str, split: bool, stream: Stream) -> None:
        """`cmd` without a shell: arguments are divided by NUL."""
        from mobilegym.emulator.phone.shell.sh import run_program

        argv = ["cmd", *request.split("\0")]
        if split:
            out, err = PacketWriter(stream, STDOUT), PacketWriter(stream, STDERR)
            status = await run_program(self.system, argv, PacketStdin(stream), out, err, uid=self.uid)
            stream.write(exit_packet(status))
        else:
            await run_program(self.system, argv, stream, stream, stream, uid=self.uid)

    async def _terminal(self, script: str, terminal: str, framed: bool, stream: Stream) -> None:
        """A shell, or a script, on a terminal."""
        from mobilegym.emulator.phone.shell.sh import interactive, run_script

        tty = Tty()
        target: Writer = PacketWriter(stream, STDOUT) if framed else stream
        keys, out = LineDiscipline(tty, target), TtyWriter(target)
        typing = asyncio.ensure_future(_type(stream, keys) if framed else _type_raw(stream, keys))
        try:
            if script:
                status = await run_script(self.system, script, keys, out, out, uid=self.uid, env={"TERM": terminal}, tty=tty)
            else:
                status = await interactive(self.system, tty, keys, out, out, uid=self.uid)
            if framed:
                stream.write(exit_packet(status))
        finally:
            typing.cancel()

    # ------------------------------------------------------------------ the daemon itself

    async def _daemon(self, verb: str, argument: str, stream: Stream) -> None:
        system = self.system
        text, restart = "", True
        match verb:
            case "root":
                text, restart = ("adbd is already running as root\n", False) if system.root else ("restarting adbd as root\n", True)
            case "unroot":
                text, restart = ("restarting adbd as non root\n", True) if system.root else ("adbd not running as root\n", False)
            case "remount":
                text, restart = ("remount succeeded\n" if system.root else 'Not running as root. Try "adb root" first.\n'), False
            case "tcpip":
                # Connections go on: the port is the server's business.
                text, restart = _tcpip(argument), False
            case "reconnect":
                text = "done"
            case "usb":
                text, restart = "restarting in USB mode\n", False
            case "disable-verity" | "enable-verity":
                text, restart = f"Verity is already {verb.partition('-')[0]}d\n", False
            case _:
                pass
        stream.write(text.encode())
        if not restart:
            return
        with contextlib.suppress(StreamClosed):
            await stream.flushed()
        stream.close()
        if verb == "reboot":
            system.reboot()
            return
        if verb != "reconnect":
            system.root = verb == "root"
        self._restart_soon()

    def _restart_soon(self) -> None:
        asyncio.get_running_loop().call_soon(self.restart)

    def restart(self) -> None:
        """End every connection; clients find the phone again at once."""
        self.close()
        if self.on_restart is not None:
            self.on_restart()


async def _connected(handler: Handler, stream: Stream) -> None:
    await handler(stream, stream)


async def _nothing(stream: Stream) -> None:
    """No process can be debugged."""


async def _nothing_to_track(stream: Stream) -> None:
    stream.write(b"0000")
    await stream.read()


async def _type(stream: Stream, keys: LineDiscipline) -> None:
    packets = PacketReader(stream)
    with contextlib.suppress(StreamClosed):
        while (packet := await packets.next()) is not None:
            if packet.kind == STDIN:
                keys.typed(packet.data)
            elif packet.kind == WINDOW_SIZE:
                keys.resize(packet.data)
            elif packet.kind == CLOSE_STDIN:
                break
    keys.hang_up()


async def _type_raw(stream: Stream, keys: LineDiscipline) -> None:
    with contextlib.suppress(StreamClosed):
        while data := await stream.read():
            keys.typed(data)
    keys.hang_up()


def _tcpip(argument: str) -> str:
    if argument.isdecimal() and 0 < int(argument) < 65_536:
        return f"restarting in TCP mode port: {argument}\n"
    return f"invalid port {argument}\n"
