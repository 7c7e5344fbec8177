"""HTTP over streams: what is answered, and what is refused."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone.shell.streams import BytesReader, BytesWriter, Reader
from mobilegym.emulator.phone.wire.http import Request, Response, serve_http


class Pieces(Reader):
    """Gives what it has in pieces of some sizes."""

    def __init__(self, data: bytes, sizes: list[int]) -> None:
        self._data = data
        self._sizes = sizes or [1]

    async def read(self, limit: int = 65_536) -> bytes:
        size = self._sizes.pop(0) if self._sizes else limit
        out, self._data = self._data[: max(1, size)], self._data[max(1, size) :]
        return out


def serve(data: bytes, reader: Reader | None = None) -> tuple[list[Request], bytes]:
    """Requests that were understood, and all that was answered. Every answer echoes the body."""
    seen: list[Request] = []
    writer = BytesWriter()

    async def respond(request: Request) -> Response:
        seen.append(request)
        return Response(200, request.body, "text/plain")

    asyncio.run(serve_http(reader or BytesReader(data), writer, respond))
    return seen, writer.data


ONE = b"POST /a/b?c=d HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"


def test_requests_follow_one_another_on_a_connection() -> None:
    seen, answered = serve(ONE + b"GET /z HTTP/1.1\r\nHost: x\r\n\r\n")
    assert [(r.method, r.path, r.query, r.body) for r in seen] == [("POST", "/a/b", "c=d", b"abc"), ("GET", "/z", "", b"")]
    assert answered.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert b"Content-Length: 3\r\nConnection: keep-alive\r\n\r\nabc" in answered


def test_a_connection_ends_where_the_client_says_so() -> None:
    seen, answered = serve(ONE.replace(b"Host: x", b"Connection: close") + ONE)
    assert len(seen) == 1
    assert b"Connection: close" in answered
    seen, _ = serve(ONE.replace(b"HTTP/1.1", b"HTTP/1.0") + ONE)
    assert len(seen) == 1


def test_chunks_are_put_together() -> None:
    body = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nabcd\r\n2\r\nef\r\n0\r\nTrailer: 1\r\n\r\n"
    seen, _ = serve(body + ONE)
    assert [r.body for r in seen] == [b"abcdef", b"abc"]


def test_the_body_is_asked_for() -> None:
    _, answered = serve(ONE.replace(b"Host: x", b"Expect: 100-continue"))
    assert answered.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/2\r\n\r\n", 400),
        (b"BREW / HTTP/1.1\r\n\r\n", 400),
        (b"GET  HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nbad name: x\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n", 413),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (b"GET /" + b"a" * 40_000, 431),
        (b"GET /", 400),
    ],
)
def test_garbage_is_refused(request_: bytes, status: int) -> None:
    seen, answered = serve(request_)
    assert not seen
    assert answered.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"Connection: close" in answered


@given(st.lists(st.binary(max_size=40), max_size=4), st.lists(st.integers(1, 30), max_size=60))
@settings(max_examples=60, deadline=None)
def test_it_does_not_matter_how_the_bytes_arrive(bodies: list[bytes], sizes: list[int]) -> None:
    data = b"".join(b"POST /%d HTTP/1.1\r\nContent-Length: %d\r\n\r\n%s" % (i, len(b), b) for i, b in enumerate(bodies))
    seen, _ = serve(b"", Pieces(data, sizes))
    assert [r.body for r in seen] == bodies


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_get_an_answer_or_silence(data: bytes) -> None:
    _, answered = serve(data)
    assert answered == b"" or answered.startswith(b"HTTP/1.1 ")
