"""HTTP/1.1 over a pair of byte streams, as much of it as debuggers on the phone speak: no socket, no files, JSON in and out."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, TypeAlias

from mobilegym.emulator.phone.shell.streams import Reader, StreamClosed, Writer
from mobilegym.errors import MobileGymError

__all__ = ["BadRequest", "HttpServer", "Request", "Responder", "Response", "serve_http"]

_HEAD_BYTES: Final = 32 * 1024
_BODY_BYTES: Final = 64 * 1024 * 1024
_METHODS: Final = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))
_TOKEN: Final = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


class BadRequest(MobileGymError):
    """What came is no request: it is answered with `status`, and the connection ends."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """One request."""

    method: str
    path: str
    """As sent, without the query."""
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Names in lower case; repeated ones joined by commas."""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """One answer."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=utf-8"
    last: bool = False
    """Close the connection after it."""


Responder: TypeAlias = Callable[[Request], Awaitable[Response]]


class _Incoming:
    """Takes requests out of a stream of bytes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._buffer = bytearray()

    async def _more(self) -> bool:
        data = await self._reader.read()
        self._buffer += data
        return bool(data)

    async def _until(self, mark: bytes, limit: int) -> bytes | None:
        """Bytes before `mark`, which is taken too; None where the stream ends before."""
        start = 0
        while (at := self._buffer.find(mark, start)) < 0:
            if len(self._buffer) > limit:
                raise BadRequest("the head of the request is too long", 431)
            start = max(0, len(self._buffer) - len(mark))
            if not await self._more():
                return None
        if at > limit:
            raise BadRequest("the head of the request is too long", 431)
        taken = bytes(self._buffer[:at])
        del self._buffer[: at + len(mark)]
        return taken

    async def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            if not await self._more():
                raise BadRequest("the stream ended within a body")
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    async def next(self, go_on: Callable[[], None]) -> Request | None:
        """The next request; None at the end of the stream. `go_on` answers `Expect: 100-continue`.

        Raises:
            BadRequest: It is none.
        """
        while self._buffer.startswith(b"\r\n"):
            del self._buffer[:2]
        head = await self._until(b"\r\n\r\n", _HEAD_BYTES)
        if head is None:
            if bytes(self._buffer).strip():
                raise BadRequest("the stream ended within a request")
            return None
        lines = head.lstrip(b"\r\n").decode("latin-1").split("\r\n")
        words = lines[0].split(" ")
        if len(words) != 3 or words[0] not in _METHODS or words[2] not in ("HTTP/1.1", "HTTP/1.0") or not words[1]:
            raise BadRequest("no request line")
        headers = _headers(lines[1:])
        if headers.get("expect", "").lower() == "100-continue":
            go_on()
        body = await self._body(headers)
        if words[2] == "HTTP/1.0":
            headers.setdefault("connection", "close")
        path, _, query = words[1].partition("?")
        return Request(words[0], path, query, headers, body)

    async def _body(self, headers: Mapping[str, str]) -> bytes:
        if "transfer-encoding" in headers:
            if headers["transfer-encoding"].lower() != "chunked" or "content-length" in headers:
                raise BadRequest("a body must be either chunked or of a known length")
            return await self._chunks()
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or len(length) > 15:
            raise BadRequest(f"`Content-Length` must be a number, got {length!r}")
        if int(length) > _BODY_BYTES:
            raise BadRequest("the body is too long", 413)
        return await self._exactly(int(length))

    async def _chunks(self) -> bytes:
        body = bytearray()
        while True:
            line = await self._until(b"\r\n", 1024)
            digits = (line or b"").split(b";")[0].strip()
            if not digits or len(digits) > 8 or any(c not in b"0123456789abcdefABCDEF" for c in digits):
                raise BadRequest("no size of a chunk")
            size = int(digits, 16)
            if len(body) + size > _BODY_BYTES:
                raise BadRequest("the body is too long", 413)
            if not size:
                break
            body += await self._exactly(size)
            if await self._exactly(2) != b"\r\n":
                raise BadRequest("a chunk does not end where its size says")
        read = 0
        while trailer := await self._until(b"\r\n", _HEAD_BYTES):
            read += len(trailer)
            if read > _HEAD_BYTES:
                raise BadRequest("the trailer of the request is too long", 431)
        return bytes(body)


def _headers(lines: list[str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not name or not _TOKEN.issuperset(name):
            raise BadRequest(f"no header: {line[:80]!r}")
        name, value = name.lower(), value.strip(" \t")
        if name == "content-length" and headers.get(name, value) != value:
            raise BadRequest("two lengths of one body")
        headers[name] = f"{headers[name]}, {value}" if name in headers and name != "content-length" else value
    return headers


async def serve_http(reader: Reader, writer: Writer, respond: Responder) -> None:
    """Serve one connection until either end has enough.

    Args:
        reader: What the client sends.
        writer: What it is answered.
        respond: Answers a request; must not raise.
    """
    incoming = _Incoming(reader)
    try:
        while True:
            try:
                request = await incoming.next(lambda: writer.write(b"HTTP/1.1 100 Continue\r\n\r\n"))
            except BadRequest as error:
                writer.write(_bytes(Response(error.status, f"{error}\n".encode(), "text/plain; charset=utf-8", last=True)))
                return
            if request is None:
                return
            response = await respond(request)
            last = response.last or request.headers.get("connection", "").lower() == "close"
            writer.write(_bytes(response, last=last, head=request.method == "HEAD"))
            await writer.drain()
            if last:
                return
    except StreamClosed:
        return


def _bytes(response: Response, *, last: bool = True, head: bool = False) -> bytes:
    try:
        reason = HTTPStatus(response.status).phrase
    except ValueError:
        reason = ""
    lines = (
        f"HTTP/1.1 {response.status} {reason}\r\nContent-Type: {response.content_type}\r\n"
        f"Content-Length: {len(response.body)}\r\nConnection: {'close' if last else 'keep-alive'}\r\n\r\n"
    )
    return lines.encode("latin-1") + (b"" if head else response.body)


class HttpServer(ABC):
    """Answers the requests of all connections to one phone's server."""

    def __init__(self) -> None:
        self.connections: set[asyncio.Task[object]] = set()

    async def serve(self, reader: Reader, writer: Writer) -> None:
        """One connection."""
        task = asyncio.current_task()
        if task is not None:
            self.connections.add(task)
        try:
            await serve_http(reader, writer, self.respond)
        finally:
            if task is not None:
                self.connections.discard(task)

    @abstractmethod
    async def respond(self, request: Request) -> Response:
        """One request; must not raise."""
