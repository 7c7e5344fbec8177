"""Connections and their streams, from the host's side."""

from __future__ import annotations

import statistics
import time

import pytest

from mobilegym.emulator.phone.wire.adbd import FEATURES
from mobilegym.emulator.phone.wire.packets import AUTH, CLSE, CNXN, MAX_PAYLOAD, OKAY, OPEN, VERSION, VERSION_WITH_CHECKSUMS, WRTE
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread
from mobilegym.emulator.phone.wire.transport import MAX_STREAMS
from tests.emulator.phone.wire.host import Host, until


def test_the_banner_names_the_phone_and_what_it_can(host: Host) -> None:
    assert host.banner.startswith(b"device::ro.product.name=")
    assert b";ro.product.model=Pixel 7;" in host.banner
    assert host.banner.endswith(b"features=" + ",".join(FEATURES).encode())
    assert b"sendrecv_v2" not in host.banner


def test_nothing_is_answered_before_the_handshake(one: ServedPhone) -> None:
    with Host(one.adb_port, shake=False) as host:
        host.send(OPEN, 1, 0, b"tcp:7\0")
        assert host.closed()


def test_a_second_handshake_ends_the_connection(host: Host) -> None:
    host.send(CNXN, VERSION, MAX_PAYLOAD, b"host::\0")
    assert host.closed()


def test_an_answer_to_no_challenge_ends_the_connection(host: Host) -> None:
    host.send(AUTH, 2, 0, bytes(256))
    assert host.closed()


def test_only_hosts_are_spoken_to(one: ServedPhone) -> None:
    with Host(one.adb_port, shake=False) as host:
        host.send(CNXN, VERSION, MAX_PAYLOAD, b"device::\0")
        assert host.closed()


def test_a_stream_carries_bytes_both_ways(host: Host) -> None:
    stream = host.open("tcp:7")
    assert stream is not None
    got = host.write(stream, b"hello")
    assert got + host.read(stream, 5 - len(got)) == b"hello"
    host.send(CLSE, *stream)
    assert host.packet() == (CLSE, stream[1], stream[0], b"")


def test_sockets_have_several_names(host: Host) -> None:
    for name in ("tcp:7", "tcp:7:localhost", "tcp:7:127.0.0.1", "localabstract:echo"):
        assert host.open(name) is not None, name


def test_what_does_not_exist_is_refused_without_an_okay(host: Host) -> None:
    for name in ("tcp:4711", "tcp:99999", "tcp:x", "localabstract:none", "nonsense:", "", "jdwp:1", "dev:/dev/mem"):
        assert host.open(name) is None, name


def test_the_last_bytes_are_acknowledged_before_the_end(host: Host) -> None:
    stream = host.open("tcp:19")
    assert stream is not None
    got = 0
    while got < 3_000_000:
        packet = host.packet()
        assert packet.command == WRTE
        assert len(packet.data) <= MAX_PAYLOAD
        got += len(packet.data)
        # One packet is under way: nothing else comes while it is not acknowledged.
        host.socket.settimeout(0.02)
        with pytest.raises(TimeoutError):
            host.packet()
        host.socket.settimeout(10)
        host.send(OKAY, *stream)
    assert got == 3_000_000
    assert host.packet() == (CLSE, stream[1], stream[0], b"")


def test_a_small_window_of_the_peer_is_respected(one: ServedPhone) -> None:
    with Host(one.adb_port, shake=False) as host:
        host.shake((1000).to_bytes(4, "little"))
        stream = host.open("tcp:19")
        packet = host.packet()
        assert stream is not None
        assert len(packet.data) == 1000


def test_old_peers_get_and_must_send_sums(one: ServedPhone) -> None:
    with Host(one.adb_port, version=VERSION_WITH_CHECKSUMS) as host:
        stream = host.open("tcp:7")
        assert stream is not None
        got = host.write(stream, b"abc")
        assert got + host.read(stream, 3 - len(got)) == b"abc"
        host.checksums = False
        host.send(WRTE, *stream, b"abc")
        assert host.closed()


def test_a_reader_that_does_not_read_stops_its_writer(host: Host) -> None:
    stream = host.open("tcp:9")
    assert stream is not None
    host.write(stream, bytes(MAX_PAYLOAD - 1))
    # The first is buffered; the second is taken, but not acknowledged.
    host.send(WRTE, *stream, b"xx")
    host.socket.settimeout(0.05)
    with pytest.raises(TimeoutError):
        host.packet()
    host.socket.settimeout(10)
    host.send(WRTE, *stream, b"more")
    assert host.closed()


def test_a_broken_service_closes_its_stream_only(host: Host, caplog: pytest.LogCaptureFixture) -> None:
    assert host.ask("tcp:13") == b""
    assert "tcp:13" in caplog.text
    stream = host.open("tcp:7")
    assert stream is not None
    assert host.write(stream, b"x") + host.read(stream, 1) in (b"x", b"xx")


def test_streams_are_counted(host: Host) -> None:
    opened = [host.open("tcp:9") for _ in range(MAX_STREAMS)]
    assert None not in opened
    assert host.open("tcp:7") is None


def test_writing_to_a_stream_that_is_not_there_is_answered_with_its_end(host: Host) -> None:
    host.send(WRTE, 5, 77, b"x")
    assert host.packet() == (CLSE, 0, 5, b"")
    host.send(OKAY, 5, 77)
    host.send(CLSE, 5, 77)
    assert host.open("tcp:7") is not None


def test_reverse_forwards_lead_to_the_host(host: Host, one: ServedPhone, served: ServerThread) -> None:
    assert host.ask("reverse:forward:tcp:8081;tcp:9000") == b"OKAY"
    assert host.ask("reverse:forward:norebind:tcp:8081;tcp:9001") == b"FAIL0027cannot rebind existing socket: tcp:8081"
    assert host.ask("reverse:list-forward") == b"001ahost-19 tcp:8081 tcp:9000\n"
    chosen = host.ask("reverse:forward:tcp:0;tcp:9002")
    assert chosen == b"OKAY000532768"
    with Host(one.adb_port) as other:
        stream = other.open("tcp:8081")
        assert stream is not None
        opened = host.packet()
        assert (opened.command, opened.data) == (OPEN, b"tcp:9000\0")
        ours = 900, opened.arg0
        host.send(OKAY, *ours)
        assert other.write(stream, b"to the host") == b""
        assert host.packet() == (WRTE, opened.arg0, 900, b"to the host")
        host.send(OKAY, *ours)
        host.send(WRTE, *ours, b"back")
        assert other.read(stream, 4) == b"back"
        assert host.packet().command == OKAY
        host.send(CLSE, *ours)
        assert other.read(stream) == b""
        assert host.packet().command == CLSE
    assert host.ask("reverse:killforward:tcp:8081") == b"OKAY"
    assert host.ask("reverse:killforward:tcp:8081") == b"FAIL001dlistener 'tcp:8081' not found"
    assert host.ask("reverse:killforward-all") == b"OKAY"
    assert host.ask("reverse:list-forward") == b"0000"
    assert "tcp:8081" not in served.call(lambda: set(one.system.services))


def test_reverse_forwards_refuse_what_is_no_socket(host: Host) -> None:
    for request in ("tcp:70000;tcp:1", "tcp:x;tcp:1", "nothing", "udp:1;tcp:1", "tcp:7;tcp:1", ";", "tcp:1;"):
        assert host.ask(f"reverse:forward:{request}").startswith(b"FAIL"), request
    assert host.ask("reverse:what").startswith(b"FAIL")


def test_reverse_forwards_end_with_their_connection(one: ServedPhone, served: ServerThread) -> None:
    with Host(one.adb_port) as host:
        assert host.ask("reverse:forward:tcp:8082;tcp:9000") == b"OKAY"
    until(lambda: "tcp:8082" not in served.call(lambda: set(one.system.services)))


def test_the_framebuffer_is_the_screen(host: Host, one: ServedPhone, served: ServerThread) -> None:
    data = host.ask("framebuffer:")
    header = [int.from_bytes(data[i : i + 4], "little") for i in range(0, 56, 4)]
    assert header == [2, 32, 1, 1080 * 2400 * 4, 1080, 2400, 0, 8, 16, 8, 8, 8, 24, 8]
    pixels = served.call(one.phone.render)
    assert len(data) == 56 + header[3]
    assert data[56:60] == bytes((*pixels[0, 0], 255))


def test_texts_of_the_daemon(host: Host) -> None:
    assert host.ask("tcpip:5555") == b"restarting in TCP mode port: 5555\n"
    assert host.ask("tcpip:x") == b"invalid port x\n"
    assert host.ask("usb:") == b"restarting in USB mode\n"
    assert host.ask("remount:") == b'Not running as root. Try "adb root" first.\n'
    assert host.ask("unroot:") == b"adbd not running as root\n"
    assert host.ask("jdwp") == b""


def test_root_restarts_the_daemon(one: ServedPhone, served: ServerThread) -> None:
    with Host(one.adb_port) as host:
        assert host.ask("root:") == b"restarting adbd as root\n"
        assert host.closed()
    with Host(one.adb_port) as host:
        assert one.system.root
        assert host.ask("root:") == b"adbd is already running as root\n"
        assert host.ask("remount:") == b"remount succeeded\n"
        assert host.ask("unroot:") == b"restarting adbd as non root\n"
        assert host.closed()
    assert not one.system.root


def test_reboot_stops_apps_and_keeps_what_is_stored(one: ServedPhone, served: ServerThread) -> None:
    phone = one.phone

    def prepare() -> None:
        phone.files.write("/sdcard/kept.txt", b"kept")
        phone.kernel.activities.launch_app("com.android.settings")

    served.call(prepare)
    assert served.call(phone.activity).package == "com.android.settings"
    before = served.call(lambda: phone.kernel.clock.now_ms)
    with Host(one.adb_port) as host:
        assert host.ask("reboot:") == b""
        assert host.closed()
    assert served.call(phone.activity).package == phone.kernel.packages.home_package
    assert served.call(lambda: phone.files.read("/sdcard/kept.txt")) == b"kept"
    assert served.call(lambda: phone.kernel.clock.now_ms) > before
    assert "rebooted" in [entry.name for entry in served.call(phone.journal)]


@pytest.mark.benchmark
def test_a_round_trip_takes_no_time(host: Host) -> None:
    stream = host.open("tcp:7")
    assert stream is not None
    took: list[float] = []
    for _ in range(200):
        start = time.perf_counter()
        host.write(stream, b"x")
        host.socket.settimeout(0.5)
        took.append(time.perf_counter() - start)
    assert statistics.median(took) < 0.001
