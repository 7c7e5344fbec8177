"""One adb connection: the handshake, then any number of streams over one socket."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple, TypeAlias, cast

from mobilegym.emulator.phone.shell.streams import StreamClosed
from mobilegym.emulator.phone.wire.auth import Challenge, KeyRing
from mobilegym.emulator.phone.wire.packets import (
    AUTH,
    CLSE,
    CNXN,
    MAX_PAYLOAD,
    OKAY,
    OPEN,
    VERSION,
    VERSION_WITH_CHECKSUMS,
    WRTE,
    Decoder,
    Packet,
    ProtocolError,
    encode,
)  # fmt: skip
from mobilegym.emulator.phone.wire.stream import Stream

__all__ = ["MAX_CONNECTIONS", "MAX_STREAMS", "Connection", "Host", "Opener", "Service"]

_LOG = logging.getLogger("mobilegym.adbd")

MAX_STREAMS: Final = 256
"""Streams, and services still at work, of one connection; an OPEN beyond that is refused."""
MAX_CONNECTIONS: Final = 64
"""Connections of one phone; further ones are closed at once."""
_SEND_BYTES: Final = 1024 * 1024
"""Longest payload we send."""
_HANDSHAKE_S: Final = 10.0
_LINGER_S: Final = 10.0
"""How long a service may go on after the peer closed its stream, where it may at all."""
_AUTH: Final = {"token": 1, "signature": 2, "public key": 3}
_QUICKACK: Final = getattr(socket, "TCP_QUICKACK", None)


class Service(NamedTuple):
    """What serves a stream."""

    run: Callable[[Stream], Awaitable[None]]
    lingers: bool = False
    """Whether it finishes its work, on what it was given, after the peer closed the stream; else it is cancelled."""


Opener: TypeAlias = "Callable[[Connection, str], Service | None]"
"""Finds the service of a name such as `shell:ls`; None where there is none."""


class Host(NamedTuple):
    """What connections need to know of the phone they lead to."""

    banner: Callable[[], str]
    open: Opener
    keys: KeyRing | None
    """Who may connect; None lets everybody in."""
    connections: set[Connection]
    """All that are open: a connection enters and removes itself."""
    on_lost: Callable[[Connection], None]


class Connection(asyncio.Protocol):
    """One adb server, or a library that speaks adb itself, on the other side."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._decoder = Decoder()
        self._transport: asyncio.Transport | None = None
        self._socket: socket.socket | None = None
        self._loop = asyncio.get_running_loop()
        self._ready = False
        self._challenge: Challenge | None = None
        self._checksums = False
        self._limit = 4096
        self.streams: dict[int, Stream] = {}
        """Streams by our id."""
        self._opening: dict[int, asyncio.Future[Stream | None]] = {}
        self._tasks: dict[int, tuple[asyncio.Task[None], bool]] = {}
        self._next_id = 0
        self._out: list[bytes] = []
        self._with_output: dict[int, Stream] = {}
        self._flushing = False
        self._paused = False
        self._timeout = self._loop.call_later(_HANDSHAKE_S, self.close)
        self._ended = asyncio.Event()

    # ------------------------------------------------------------------ the socket

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=2 * MAX_PAYLOAD)
        self._socket = transport.get_extra_info("socket")
        if self._socket is not None:
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if len(self._host.connections) >= MAX_CONNECTIONS:
            _LOG.warning("connection refused: the phone has %d", MAX_CONNECTIONS)
            self._transport.abort()
        self._host.connections.add(self)

    def data_received(self, data: bytes) -> None:
        decoder = self._decoder
        try:
            decoder.feed(data)
            while (packet := decoder.next()) is not None:
                self._handle(packet)
        except ProtocolError as error:
            _LOG.warning("connection closed: %s", error)
            self.abort()
            return
        if _QUICKACK is not None and self._socket is not None:
            # Linux leaves quick-ack mode by itself. Clients that send header and payload apart would then wait 40 ms.
            with contextlib.suppress(OSError):
                self._socket.setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)

    def connection_lost(self, exc: Exception | None) -> None:
        self._timeout.cancel()
        self._ready = False
        for stream in list(self.streams.values()):
            stream.peer_closed()
        for waiter in self._opening.values():
            if not waiter.done():
                waiter.set_result(None)
        for task, _ in self._tasks.values():
            task.cancel()
        self._host.connections.discard(self)
        self._host.on_lost(self)
        self._transport = None
        self._ended.set()

    def pause_writing(self) -> None:
        # A peer that does not read our answers does not get more questions in either.
        self._paused = True
        if self._transport is not None:
            self._transport.pause_reading()

    def resume_writing(self) -> None:
        self._paused = False
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()
            self._schedule()

    @property
    def unsent_bytes(self) -> int:
        """What waits for the peer to read."""
        return 0 if self._transport is None else self._transport.get_write_buffer_size()

    def close(self) -> None:
        """End the connection after what was sent so far. Harmless twice."""
        self._flush()
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """End the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    async def wait_closed(self) -> None:
        """Return when the socket is closed."""
        await self._ended.wait()

    # ------------------------------------------------------------------ sending

    def send(self, command: int, arg0: int, arg1: int, data: bytes = b"") -> None:
        """Send one packet; all of one turn of the event loop go out together."""
        self._out.append(encode(command, arg0, arg1, data, checksum=self._checksums))
        self._schedule()

    def has_output(self, stream: Stream) -> None:
        """A stream has something to send, or to end."""
        self._with_output[stream.local] = stream
        self._schedule()

    def forget(self, stream: Stream) -> None:
        """A stream is over."""
        self.streams.pop(stream.local, None)
        self._with_output.pop(stream.local, None)
        if (entry := self._tasks.get(stream.local)) is not None:
            task, lingers = entry
            if lingers and self._ready:
                self._loop.call_later(_LINGER_S, task.cancel)
            elif task is not asyncio.current_task():
                task.cancel()

    def _schedule(self) -> None:
        if not self._flushing:
            self._flushing = True
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._flushing = False
        if self._transport is None or self._transport.is_closing():
            self._out.clear()
            self._with_output.clear()
            return
        if not self._paused and self._with_output:
            ready, self._with_output = self._with_output, {}
            for stream in ready.values():
                stream.pump(self._limit)
        if self._out:
            out, self._out = self._out, []
            self._transport.write(out[0] if len(out) == 1 else b"".join(out))
        self._flushing = False

    # ------------------------------------------------------------------ receiving

    def _handle(self, packet: Packet) -> None:
        command = packet.command
        if command == CNXN:
            self._connect(packet)
        elif command == AUTH:
            self._authenticate(packet)
        elif not self._ready:
            raise ProtocolError("spoken to before the handshake")
        elif command == OPEN:
            self._open(packet)
        elif command == WRTE:
            self._written(packet)
        elif command == OKAY:
            self._okay(packet)
        else:
            self._closed(packet)

    def _connect(self, packet: Packet) -> None:
        if self._ready:
            raise ProtocolError("a second handshake")
        if not packet.data.startswith(b"host:"):
            raise ProtocolError(f"the peer is no adb host: {packet.data[:40]!r}")
        self._checksums = packet.arg0 <= VERSION_WITH_CHECKSUMS
        self._decoder.checksums = self._checksums
        self._limit = max(1, min(packet.arg1, _SEND_BYTES))
        self._version = min(packet.arg0, VERSION)
        if self._host.keys is None:
            self._welcome()
        else:
            self._challenge = Challenge(self._host.keys)
            self.send(AUTH, _AUTH["token"], 0, self._challenge.token)

    def _authenticate(self, packet: Packet) -> None:
        if self._challenge is None or self._ready:
            raise ProtocolError("an answer to a question that was not asked")
        if packet.arg0 == _AUTH["signature"]:
            if self._challenge.accepts(packet.data):
                self._welcome()
            else:
                self.send(AUTH, _AUTH["token"], 0, self._challenge.token)
        else:
            # The client has no key left that would do, and offers its own for the owner to approve. There is nobody to ask.
            _LOG.warning("connection refused: the client's key is not among the allowed ones")
            self.close()

    def _welcome(self) -> None:
        self._timeout.cancel()
        self._ready = True
        self._decoder.trust(self._version)
        self.send(CNXN, VERSION, MAX_PAYLOAD, self._host.banner().encode())

    def _open(self, packet: Packet) -> None:
        remote = packet.arg0
        name = packet.data.rstrip(b"\0").decode("utf-8", "surrogateescape")
        service = self._host.open(self, name) if remote and len(self._tasks) < MAX_STREAMS else None
        if service is None:
            self.send(CLSE, 0, remote)
            return
        stream = self._new_stream(remote)
        task = self._loop.create_task(self._serve(stream, service, name))
        self._tasks[stream.local] = task, service.lingers
        self.send(OKAY, stream.local, remote)

    def _new_stream(self, remote: int) -> Stream:
        self._next_id = self._next_id % 0xFFFF_FFFF + 1
        stream = self.streams[self._next_id] = Stream(self, self._next_id, remote)
        return stream

    async def _serve(self, stream: Stream, service: Service, name: str) -> None:
        try:
            await service.run(stream)
        except StreamClosed:
            pass
        except Exception:  # noqa: BLE001 - a broken service must not end the connection of all the others
            # An empty reply is all the client would see.
            _LOG.exception("service %r failed", name)
        finally:
            self._tasks.pop(stream.local, None)
            stream.close()

    def _written(self, packet: Packet) -> None:
        stream = self.streams.get(packet.arg1)
        if stream is None or stream.remote != packet.arg0:
            self.send(CLSE, 0, packet.arg0)
        else:
            stream.received(packet.data)

    def _okay(self, packet: Packet) -> None:
        waiter = self._opening.pop(packet.arg1, None)
        if waiter is not None:
            stream = self.streams.get(packet.arg1)
            if stream is not None and not waiter.done():
                stream.remote = packet.arg0
                waiter.set_result(stream)
            return
        stream = self.streams.get(packet.arg1)
        if stream is not None and stream.remote == packet.arg0:
            stream.acknowledged()

    def _closed(self, packet: Packet) -> None:
        waiter = self._opening.pop(packet.arg1, None)
        stream = self.streams.get(packet.arg1)
        if stream is None or packet.arg0 not in (0, stream.remote):
            return
        if waiter is not None:
            if not waiter.done():
                waiter.set_result(None)
        else:
            # Old clients wait for the answer.
            self.send(CLSE, stream.local, stream.remote)
        stream.peer_closed()

    # ------------------------------------------------------------------ to the host

    async def open(self, name: str) -> Stream | None:
        """Open a stream to the host, such as `tcp:8080`; None where it refuses."""
        if not self._ready or len(self.streams) >= MAX_STREAMS:
            return None
        stream = self._new_stream(0)
        waiter = self._opening[stream.local] = self._loop.create_future()
        self.send(OPEN, stream.local, 0, name.encode() + b"\0")
        try:
            return await waiter
        except asyncio.CancelledError:
            self._opening.pop(stream.local, None)
            stream.peer_closed()
            raise
