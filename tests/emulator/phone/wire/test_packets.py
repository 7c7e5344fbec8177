"""Frames of the adb protocol."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

NUMBERS = st.integers(0, 0xFFFF_FFFF)
PACKETS = st.builds(Packet, st.sampled_from((AUTH, CLSE, CNXN, OKAY, OPEN, WRTE)), NUMBERS, NUMBERS, st.binary(max_size=600))


def decode(data: bytes, *, checksums: bool = False) -> list[Packet]:
    decoder = Decoder()
    decoder.checksums = checksums
    decoder.feed(data)
    return list(iter(decoder.next, None))


def test_a_frame_is_what_adb_writes() -> None:
    frame = encode(CNXN, 0x0100_0001, 0x10_0000, b"host::")
    assert frame == b"CNXN" + struct.pack("<IIII", 0x0100_0001, 0x10_0000, 6, 0) + bytes(c ^ 0xFF for c in b"CNXN") + b"host::"


def test_a_sum_is_written_where_the_peer_wants_it() -> None:
    assert struct.unpack_from("<6I", encode(WRTE, 1, 2, b"\xff\x01", checksum=True))[4] == 256


@given(st.lists(PACKETS, max_size=5), st.booleans(), st.data())
def test_frames_come_out_as_they_went_in_however_they_are_cut(packets: list[Packet], checksum: bool, data: st.DataObject) -> None:
    stream = b"".join(encode(*packet, checksum=checksum) for packet in packets)
    decoder = Decoder()
    decoder.checksums = checksum
    got: list[Packet] = []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        decoder.feed(stream[:size])
        stream = stream[size:]
        got.extend(iter(decoder.next, None))
    assert got == packets


@given(st.binary(min_size=24, max_size=200))
def test_noise_is_refused_or_waited_for_and_nothing_else_happens(noise: bytes) -> None:
    try:
        packets = decode(noise)
    except ProtocolError:
        return
    # What is accepted has a right header.
    assert all(encode(*packet)[:16] in noise for packet in packets)


def test_a_wrong_magic_is_refused() -> None:
    frame = bytearray(encode(OKAY, 1, 2))
    frame[20] ^= 1
    with pytest.raises(ProtocolError, match="no adb packet"):
        decode(bytes(frame))


def test_a_damaged_payload_is_refused_only_where_sums_are_used() -> None:
    frame = encode(WRTE, 1, 2, b"abc", checksum=True)[:-1] + b"x"
    assert decode(frame) == [Packet(WRTE, 1, 2, b"abx")]
    with pytest.raises(ProtocolError, match="checksum"):
        decode(frame, checksums=True)


def test_before_the_handshake_payloads_are_short() -> None:
    header = struct.pack("<6I", CNXN, VERSION, MAX_PAYLOAD, 4097, 0, CNXN ^ 0xFFFF_FFFF)
    with pytest.raises(ProtocolError, match="4097 bytes"):
        decode(header)


def test_after_it_the_announced_limit_holds() -> None:
    decoder = Decoder()
    decoder.trust(VERSION_WITH_CHECKSUMS)
    assert decoder.checksums
    decoder.trust(VERSION)
    assert not decoder.checksums
    decoder.feed(struct.pack("<6I", WRTE, 1, 1, MAX_PAYLOAD, 0, WRTE ^ 0xFFFF_FFFF))
    assert decoder.next() is None
    decoder = Decoder()
    decoder.trust(VERSION)
    decoder.feed(struct.pack("<6I", WRTE, 1, 1, MAX_PAYLOAD + 1, 0, WRTE ^ 0xFFFF_FFFF))
    with pytest.raises(ProtocolError, match="payload of"):
        decoder.next()
