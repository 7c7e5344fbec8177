"""The emulator console."""

from __future__ import annotations

import socket
from collections.abc import Generator
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.console_pdu import PduError, decode_deliver
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread, serve_in_thread
from tests.emulator.phone.wire.host import until

WELCOME = "Android Console: type 'help' for a list of commands\r\nOK\r\n"


class Telnet:
    """A client that waits for the end of each answer."""

    opened: ClassVar[list[socket.socket]] = []

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 5)
        self.opened.append(self.socket)
        self.greeting = self.answer()

    def answer(self) -> str:
        got = b""
        while not (got.endswith(b"\r\n") and got.splitlines()[-1].startswith((b"OK", b"KO"))):
            data = self.socket.recv(65_536)
            if not data:
                break
            got += data
        return got.decode()

    def ask(self, line: str) -> str:
        self.socket.sendall(line.encode() + b"\n")
        return self.answer()

    def lines(self, line: str) -> list[str]:
        return self.ask(line).splitlines()


@pytest.fixture(scope="module")
def token_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home") / ".emulator_console_auth_token"


@pytest.fixture(scope="module")
def thread(token_file: Path) -> Generator[ServerThread, None, None]:
    with serve_in_thread([VirtualPhone()], token_file=token_file) as thread:
        yield thread


@pytest.fixture
def one(thread: ServerThread) -> ServedPhone:
    return thread.phones[0]


@pytest.fixture
def telnet(one: ServedPhone, token_file: Path) -> Telnet:
    token_file.unlink(missing_ok=True)
    assert one.console_port is not None
    return Telnet(one.console_port)


def test_without_a_token_everybody_is_welcome(telnet: Telnet, one: ServedPhone, token_file: Path) -> None:
    assert telnet.greeting == WELCOME
    token_file.write_text("\n")
    assert one.console_port is not None
    assert Telnet(one.console_port).greeting == WELCOME


def test_with_a_token_it_is_asked_for(one: ServedPhone, token_file: Path) -> None:
    token_file.write_text("s3cret\n")
    assert one.console_port is not None
    client = Telnet(one.console_port)
    assert client.greeting == (
        "Android Console: Authentication required\r\nAndroid Console: type 'auth <auth_token>' to authenticate\r\n"
        f"Android Console: you can find your <auth_token> in \r\n'{token_file}'\r\nOK\r\n"
    )
    assert client.ask("ping") == "I am alive!\r\nOK\r\n"
    assert client.ask("avd name") == "KO: unknown command, try 'help'\r\n"
    assert "    auth" not in client.ask("help") or "    geo" not in client.ask("help")
    assert client.ask("auth") == "KO: missing authentication token\r\n"
    assert client.ask("auth wrong") == "KO: authentication token does not match ~/.emulator_console_auth_token\r\n"
    assert client.ask("auth s3cret") == WELCOME
    assert client.ask("avd name") == "Pixel_7\r\nOK\r\n"


def test_help(telnet: Telnet) -> None:
    lines = telnet.lines("help")
    assert lines[:3] == ["Android console commands:", "    help|h|?", "    help-verbose"]
    assert lines[-4:] == ["", "Try 'help-verbose' for more description", "Try 'help <command>' for command-specific help", "OK"]
    assert telnet.lines("help geo")[0] == "Geo-location commands"
    assert telnet.ask("help what") == "KO: unknown command, try 'help'\r\n"
    assert telnet.ask("what") == "KO: unknown command, try 'help'\r\n"
    assert telnet.lines("gsm")[-1] == "KO: missing sub-command"
    assert telnet.lines("gsm what")[-1] == "KO:  bad sub-command"


def test_a_message_arrives(telnet: Telnet, one: ServedPhone, thread: ServerThread) -> None:
    assert telnet.ask("sms send +15551234567 Hello \\u00e9 \\x41\\n\\ud83d\\ude00 there") == "OK\r\n"
    rows = thread.call(lambda: one.phone.content.query("content://sms/inbox"))
    assert (rows[0]["address"], rows[0]["body"]) == ("+15551234567", "Hello é A\n😀 there")
    assert telnet.ask("sms send 123") == "KO: missing argument, try 'sms send <phonenumber> <text message>'\r\n"
    assert telnet.ask("sms send abc hi") == "KO: bad phone number format, must be [+](0-9)*\r\n"
    assert telnet.ask("sms pdu zz").startswith("KO: badly formatted")


def test_a_call_rings_and_ends(telnet: Telnet, one: ServedPhone, thread: ServerThread) -> None:
    def phase() -> str:
        return one.phone.kernel.telephony.call.phase

    assert telnet.ask("gsm list") == "OK\r\n"
    assert telnet.ask("gsm call 5551234") == "OK\r\n"
    assert thread.call(phase) == "ringing"
    assert telnet.ask("gsm list") == "inbound from 5551234      : incoming\r\nOK\r\n"
    assert telnet.ask("gsm call 777").startswith("KO: ")
    assert telnet.ask("gsm accept 5551234") == "OK\r\n"
    assert thread.call(phase) == "active"
    assert telnet.ask("gsm hold 5551234") == "OK\r\n"
    assert "held" in telnet.ask("gsm list")
    assert telnet.ask("gsm cancel 999") == "KO: could not cancel this number\r\n"
    assert telnet.ask("gsm cancel 5551234") == "OK\r\n"
    assert thread.call(phase) == "idle"
    assert telnet.ask("gsm accept 999") == "KO: no current call to/from number '999'\r\n"
    assert telnet.ask("gsm call") == "KO: missing argument, try 'gsm call <phonenumber>'\r\n"
    assert telnet.ask("gsm call 12a") == "KO: bad phone number format, use digits, # and + only\r\n"


def test_radio_states(telnet: Telnet) -> None:
    assert telnet.ask("gsm data roaming") == "OK\r\n"
    assert telnet.ask("gsm status") == "gsm voice state: home\r\ngsm data state:  roaming\r\nOK\r\n"
    assert telnet.ask("gsm signal 32") == "KO: invalid RSSI - must be 0..31 or 99\r\n"
    assert telnet.ask("gsm signal 20 3") == "OK\r\n"
    assert telnet.ask("network speed edge") == "OK\r\n"
    assert telnet.ask("network delay 100:200") == "OK\r\n"
    assert telnet.lines("network status") == [
        "Current network status:", "  download speed:     473600 bits/s (59.2 KB/s)", "  upload speed:       473600 bits/s (59.2 KB/s)",
        "  minimum latency:  100 ms", "  maximum latency:  200 ms", "OK",
    ]  # fmt: skip
    assert telnet.ask("network speed warp").startswith("KO: invalid <speed> argument, see")


def test_the_place(telnet: Telnet, one: ServedPhone, thread: ServerThread) -> None:
    assert telnet.ask("geo fix -122.084 37.422 10") == "OK\r\n"
    assert thread.call(one.phone.hardware.location) == (37.422, -122.084)
    assert telnet.ask("geo fix -122,084 37,422") == "KO: argument '-122,084' is not a number\r\n"
    assert telnet.ask("geo fix 181 0") == "KO: invalid longitude value. Should be in [-180,+180] range\r\n"
    assert telnet.ask("geo fix 0 91") == "KO: invalid latitude value. Should be in [-90,+90] range\r\n"
    assert telnet.ask("geo fix 0 0 0 13") == "KO: invalid number of satellites. Must be an integer between 1 and 12\r\n"
    assert telnet.ask("geo fix 1") == "KO: not enough arguments: see 'help geo fix' for details\r\n"
    assert telnet.ask("geo fix nan 0") == "KO: argument 'nan' is not a number\r\n"
    assert telnet.ask("geo nmea $GPGGA,001431.092,0118.2653,N,10351.1359,E,0,00,,-19.6,M,4.1,M,,0000*5B") == "OK\r\n"
    latitude, longitude = thread.call(one.phone.hardware.location) or (0, 0)
    assert (round(latitude, 4), round(longitude, 4)) == (1.3044, 103.8523)


def test_the_battery(telnet: Telnet, one: ServedPhone, thread: ServerThread) -> None:
    assert telnet.ask("power capacity 42") == "OK\r\n"
    assert telnet.ask("power ac off") == "OK\r\n"
    assert telnet.ask("power display") == "AC: offline\r\nstatus: Discharging\r\nhealth: Good\r\npresent: true\r\ncapacity: 42\r\nOK\r\n"
    assert thread.call(one.phone.hardware.battery).level == 42
    assert telnet.ask("power capacity 101") == 'KO: Usage: "capacity <percentage>"\r\n'
    assert telnet.ask("power ac maybe") == 'KO: Usage: "ac on" or "ac off"\r\n'
    assert telnet.ask("power status full") == "OK\r\n"
    assert "status: Full" in telnet.ask("power display")


def test_sensors(telnet: Telnet) -> None:
    assert telnet.ask("sensor get acceleration") == "acceleration = 0:9.77631:0.812349\r\nOK\r\n"
    assert telnet.ask("sensor set acceleration 1.5:2") == "OK\r\n"
    assert telnet.ask("sensor get acceleration") == "acceleration = 1.5:2:0.812349\r\nOK\r\n"
    assert telnet.ask("sensor get smell") == "KO: unknown sensor name: smell, run 'sensor status' to get available sensors.\r\n"
    assert telnet.lines("sensor status")[0] == "acceleration: enabled."


def test_snapshots_bring_the_phone_back(telnet: Telnet, one: ServedPhone, thread: ServerThread) -> None:
    assert telnet.ask("avd snapshot list") == "There is no snapshot available.\r\nOK\r\n"
    assert telnet.ask("avd snapshot save before") == "OK\r\n"
    thread.call(one.phone.files.write, "/sdcard/later.txt", b"x")
    lines = telnet.lines("avd snapshot list")
    assert lines[0] == "List of snapshots present on all disks:"
    assert lines[2].split()[:2] == ["--", "before"]
    assert telnet.ask("avd snapshot load before") == "OK\r\n"
    assert "later.txt" not in [f.path.rpartition("/")[2] for f in thread.call(one.phone.files.list, "/sdcard")]
    assert telnet.ask("avd snapshot load none").startswith("KO: ")
    assert telnet.ask("avd snapshot save ../../x").startswith("KO: ")
    assert telnet.ask("avd snapshot delete before") == "OK\r\n"
    assert telnet.ask("avd snapshot list") == "There is no snapshot available.\r\nOK\r\n"


def test_the_device(telnet: Telnet) -> None:
    assert telnet.ask("avd status") == "virtual device is running\r\nOK\r\n"
    assert telnet.ask("avd start") == "KO: virtual device already running\r\n"
    assert telnet.ask("avd stop") == "OK\r\n"
    assert telnet.ask("avd status") == "virtual device is stopped\r\nOK\r\n"
    assert telnet.ask("avd start") == "OK\r\n"
    assert telnet.ask("redir list") == "no active redirections\r\nOK\r\n"
    assert telnet.ask("redir add tcp:5000:6000") == "OK\r\n"
    assert telnet.ask("redir list") == "tcp:5000  => 6000 \r\nOK\r\n"
    assert telnet.ask("redir del tcp:5000") == "OK\r\n"
    assert telnet.ask("finger touch") == "KO: missing fingerid\r\n"
    assert telnet.ask("finger touch 1") == "OK\r\n"


def test_turning_is_counter_clockwise(telnet: Telnet, one: ServedPhone, thread: ServerThread) -> None:
    thread.call(one.phone.kernel.hardware.set_auto_rotate, True)
    assert telnet.ask("rotate") == "OK\r\n"
    assert thread.call(lambda: one.phone.kernel.hardware.rotation) == 1
    for _ in range(3):
        telnet.ask("rotate")
    assert thread.call(lambda: one.phone.kernel.hardware.rotation) == 0


def test_events_touch_the_screen(telnet: Telnet, one: ServedPhone, thread: ServerThread) -> None:
    thread.call(one.phone.kernel.activities.launch_app, "com.android.settings")
    assert telnet.ask("event send EV_KEY:KEY_HOME:1 EV_KEY:KEY_HOME:0") == "OK\r\n"
    assert thread.call(one.phone.activity).package == one.phone.kernel.packages.home_package
    before = len(thread.call(one.phone.journal))
    assert telnet.ask("event mouse 540 2000 0 1") == "OK\r\n"
    assert telnet.ask("event mouse 540 2000 0 0") == "OK\r\n"
    taps = [e for e in thread.call(one.phone.journal)[before:] if e.name == "tap"]
    assert [(round(e.data["x"]), round(e.data["y"])) for e in taps] in ([(540, 2000)], [(0, 1)])
    assert telnet.ask("event send EV_ABS:ABS_X:16383 EV_ABS:ABS_Y:16383 EV_KEY:BTN_TOUCH:1 EV_SYN:0:0") == "OK\r\n"
    assert telnet.ask("event send EV_KEY:BTN_TOUCH:0 EV_SYN:0:0") == "OK\r\n"
    assert telnet.ask("event send") == "KO: Usage: event send <type>:<code>:<value> ...\r\n"
    assert telnet.ask("event send EV_X:1:1") == "KO: invalid event type in 'EV_X:1:1', try 'event types' for valid values\r\n"
    assert telnet.lines("event types")[0] == "event <type> can be an integer or one of the following aliases"


def test_nothing_is_written_on_the_host(telnet: Telnet, tmp_path: Path) -> None:
    for command in (f"screenrecord screenshot {tmp_path}", f"screenrecord start {tmp_path}/x.webm", f"avd snapshot pull x {tmp_path}/y",
                    f"network capture start {tmp_path}/z", f"physics record-gt {tmp_path}/g"):  # fmt: skip
        assert telnet.lines(command)[-1].startswith("KO: "), command
    assert list(tmp_path.iterdir()) == []


def test_quit_and_kill(one: ServedPhone, thread: ServerThread, token_file: Path) -> None:
    token_file.unlink(missing_ok=True)
    assert one.console_port is not None
    client = Telnet(one.console_port)
    assert client.ask("quit") == ""
    extra = thread.add(VirtualPhone())
    assert extra.console_port is not None
    client = Telnet(extra.console_port)
    assert client.ask("kill") == "OK: killing emulator, bye bye\r\n"
    assert client.socket.recv(10) == b""
    until(lambda: extra not in thread.phones)


def test_restart(telnet: Telnet, one: ServedPhone, thread: ServerThread) -> None:
    assert telnet.ask("restart") == "OK: restarting emulator, bye bye\r\n"
    assert telnet.socket.recv(10) == b""
    assert "rebooted" in [entry.name for entry in thread.call(one.phone.journal)]


def test_an_endless_line_ends_the_connection(one: ServedPhone) -> None:
    assert one.console_port is not None
    client = Telnet(one.console_port)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        client.socket.sendall(b"x" * 20_000_000)


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(exclude_characters="\n\r", exclude_categories=("Cs",)), max_size=30), max_size=5))
def test_any_line_is_answered(lines: list[str]) -> None:
    client = Telnet(_PORT[0])
    for line in lines:
        if line.strip() and line.split()[0] not in ("quit", "exit", "kill", "restart"):
            assert client.lines(line)[-1].startswith(("OK", "KO: "))
    assert client.ask("ping") == "I am alive!\r\nOK\r\n"
    client.socket.close()


_PORT = [0]


@pytest.fixture(autouse=True)
def _port(one: ServedPhone, token_file: Path) -> Generator[None, None, None]:
    token_file.unlink(missing_ok=True)
    _PORT[0] = one.console_port or 0
    yield
    while Telnet.opened:
        Telnet.opened.pop().close()


def test_a_pdu_is_read() -> None:
    # The worked example of 3GPP's alphabet: "hellohello" from +27838890001.
    assert decode_deliver("07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37") == ("27838890001", "hellohello")
    ucs2 = "0004" + "0B91" + "5155214365F7" + "0008" + "99309251619580" + "04" + "00E9263A"
    assert decode_deliver(ucs2) == ("+15551234567"[:12], "é☺")


@given(st.binary(max_size=60))
def test_any_pdu_is_read_or_refused(data: bytes) -> None:
    try:
        number, text = decode_deliver(data.hex())
    except PduError:
        return
    assert isinstance(number, str)
    assert isinstance(text, str)
