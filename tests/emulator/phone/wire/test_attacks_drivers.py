"""Phones that are put back, taken away and asked for everything while clients are connected, by every way in."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.packets import WRTE
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread, serve_in_thread
from tests.emulator.phone.wire.host import Host, sync_request, until


@pytest.fixture
def served() -> Generator[ServerThread, None, None]:
    with serve_in_thread([VirtualPhone(), VirtualPhone()]) as thread:
        yield thread


def http(method: str, path: str, body: object = None, *, raw: bytes | None = None) -> bytes:
    """One request."""
    data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
    return f"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data


def answered(host: Host, stream: tuple[int, int], request: bytes) -> tuple[int, bytes]:
    """Status and body of the answer to a request."""
    got = host.write(stream, request)
    while b"\r\n\r\n" not in got:
        more = host.read(stream, 1)
        assert more, got
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    size = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(body) < size:
        body += host.read(stream, size - len(body))
    return int(head.split()[1]), body


INSTRUMENT = "shell:am instrument -w io.appium.uiautomator2.server.test/androidx.test.runner.AndroidJUnitRunner"


class Clients:
    """A shell, a push that is under way, a log that is followed, and a session with Appium's server."""

    def __init__(self, one: ServedPhone, stack: ExitStack) -> None:
        def host() -> Host:
            return stack.enter_context(Host(one.adb_port))

        self.shell = host()
        self.typing = self.opened(self.shell, "shell:cat")
        self.push = host()
        self.pushing = self.opened(self.push, "sync:")
        self.push.write(self.pushing, sync_request(b"SEND", "/sdcard/half.bin,33188") + b"DATA" + struct.pack("<I", 8) + b"abcd")
        self.log = host()
        self.following = self.opened(self.log, "shell:logcat")
        self.runner = host()
        self.opened(self.runner, INSTRUMENT)
        until(lambda: "tcp:6790" in one.system.services)
        self.driver = host()
        self.session = self.opened(self.driver, "tcp:6790")
        status, body = answered(self.driver, self.session, http("POST", "/session", {"capabilities": {"alwaysMatch": {}}}))
        assert status == 200
        self.path = "/session/" + str(json.loads(body)["sessionId"])

    @staticmethod
    def opened(host: Host, name: str) -> tuple[int, int]:
        stream = host.open(name)
        assert stream is not None
        return stream

    @property
    def hosts(self) -> list[Host]:
        return [self.shell, self.push, self.log, self.runner, self.driver]

    def work(self) -> None:
        """Each goes on where it was."""
        assert self.shell.write(self.typing, b"hello\n") + self.shell.read(self.typing, 6) == b"hello\n"
        self.push.write(self.pushing, b"efgh" + b"DONE" + struct.pack("<I", 0))
        assert self.push.read(self.pushing, 8)[:4] == b"OKAY"
        self.push.write(self.pushing, sync_request(b"SEND", "/sdcard/half.bin,33188") + b"DATA" + struct.pack("<I", 8) + b"abcd")
        status, body = answered(self.driver, self.session, http("GET", self.path + "/source"))
        assert status == 200
        assert b"<hierarchy" in body


@pytest.mark.parametrize("how", ["reset", "restore", "load"])
def test_a_phone_put_back_under_its_clients(served: ServerThread, how: str) -> None:
    one = served.phones[0]
    kept = served.call(one.phone.snapshot)
    with ExitStack() as stack:
        clients = Clients(one, stack)
        for number in range(3):
            clients.work()
            if how == "reset":
                served.call(one.phone.reset, seed=number)
            elif how == "restore":
                served.call(one.phone.restore, kept)
            else:
                with Host(one.adb_port) as host:
                    assert host.ask("shell:cmd mobilegym snapshot save a && cmd mobilegym snapshot load a; echo $?").endswith(b"0\n")
        clients.work()
    until(lambda: served.call(lambda: not one.adbd.connections and not one.adbd.arriving))
    with Host(one.adb_port) as host:
        assert host.ask("shell:echo hi") == b"hi\n"


@pytest.mark.parametrize("how", ["remove", "close"])
def test_a_phone_that_ends_under_its_clients(served: ServerThread, how: str) -> None:
    one, other = served.phones
    with ExitStack() as stack:
        clients = Clients(one, stack)
        if how == "close":
            served.call(one.phone.close)
            # What is asked of a phone that is gone fails in words; nothing hangs, and the server stays.
            with Host(one.adb_port) as host:
                host.ask("shell:input tap 5 5; settings get system font_scale; ls /sdcard; screencap -p")
            answered(clients.driver, clients.session, http("GET", clients.path + "/source"))
            answered(clients.driver, clients.session, http("POST", clients.path + "/back"))
        served.remove(one)
        assert [host.closed() for host in clients.hosts] == [True] * 5
        assert one.adbd.arriving == 0
    with Host(other.adb_port) as host:
        assert host.ask("shell:echo hi") == b"hi\n"


def test_what_ran_is_forgotten(served: ServerThread) -> None:
    one = served.phones[0]

    async def census() -> list[object]:
        processes = [p.name for p in one.system.processes.all() if not p.package]
        return [len(one.adbd.connections), len(one.consoles), processes, sorted(one.system.services), len(asyncio.all_tasks())]

    with Host(one.adb_port) as host:
        host.ask("shell:echo begin")
    until(lambda: not served.call(lambda: set(one.adbd.connections)))
    before = served.call(census)
    for number in range(100):
        with Host(one.adb_port) as host:
            host.open(("shell:logcat & sleep 5", "shell,v2,pty:", "reverse:forward:tcp:0;tcp:9", "shell:yes | sort", "sync:")[number % 5])
    until(lambda: not served.call(lambda: set(one.adbd.connections)), 10)
    with Host(one.adb_port) as host:
        host.ask("shell:pkill -9 logcat; pkill -9 sh; true")
    until(lambda: served.call(census) == before, 10)


_JAIL = r"""
import json, os, socket, struct, sys, threading
from tests.emulator.phone.wire.host import Host, sync_request
from tests.emulator.phone.wire.test_attacks_drivers import INSTRUMENT, answered, http
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.thread import serve_in_thread

bad, done = [], 0
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
EVENTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename", "os.mkdir", "os.rmdir",
          "os.symlink", "os.link", "os.chmod", "os.truncate", "shutil.", "socket.bind", "socket.getaddrinfo", "ctypes.dlopen")
armed = False
PLACES = ("/etc/passwd", "/sdcard", "/data", "/tmp/escaped")

def hook(event, args):
    if not armed or threading.current_thread() is threading.main_thread() and event != "open":
        return
    if event == "open":
        path, mode, flags = args
        if (flags or 0) & WRITES or (isinstance(path, (str, bytes)) and os.fsdecode(path).startswith(PLACES)):
            if path != "/dev/null" and "__pycache__" not in str(path):
                bad.append((event, str(path), mode))
    elif event.startswith(EVENTS) or event == "socket.connect" or (event == "sqlite3.connect" and args[0] != ":memory:"):
        bad.append((event, str(args)[:200]))

sys.addaudithook(hook)
TRAVERSALS = ["/etc/passwd", "../../../../etc/passwd", "/sdcard/../../../../../tmp/escaped", "/tmp/escaped", "/sdcard/a\0b",
              "/sdcard/\udcff\udcfe", "/" + "x" * 900, "/sdcard/" + "y/" * 450, "", ".", "..", "/proc/self/" + "root/tmp/escaped",
              "//tmp//escaped", "/dev/sda", "/proc/self/mem"]

def sync(port):
    global done
    for path in TRAVERSALS:
        for request in (sync_request(b"STAT", path), sync_request(b"LIST", path), sync_request(b"RECV", path), sync_request(b"STA2", path),
                        sync_request(b"SEND", path + ",33188") + b"DATA\1\0\0\0x" + b"DONE\0\0\0\0",
                        sync_request(b"SEND", path + ",41471") + b"DATA\x0b\0\0\0/etc/passwd" + b"DONE\0\0\0\0"):
            with Host(port) as host:
                stream = host.open("sync:")
                host.write(stream, request + sync_request(b"QUIT"))
                done += 1

LINES = ["redir add tcp:0:22", "redir add tcp:8123:22", "avd snapshot save ../../x", "avd snapshot load /etc/passwd",
         "avd snapshot del /", "screenrecord start /tmp/escaped", "screenrecord screenshot /tmp/escaped", "crash", "gsm call ;id",
         "physics record-gt /tmp/escaped", "avd path", "avd name", "network capture start /tmp/escaped", "sms pdu " + "0" * 4000,
         "event text `id`", "geo fix nan nan", "event send EV_KEY:1:1", "avd hostmicon", "qemu x", "sms send 1 $(id)", "auth x", "auth",
         "help avd", "power capacity 999", "network speed x"]

def console(port):
    global done
    for line in LINES:
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.settimeout(10)
            client.sendall(line.encode() + b"\r\nquit\r\n")
            while client.recv(65536):
                pass
            done += 1

def driver(port):
    global done
    with Host(port) as runner, Host(port) as host:
        runner.open(INSTRUMENT)
        stream = None
        for _ in range(200):
            stream = host.open("tcp:6790")
            if stream:
                break
        status, body = answered(host, stream, http("POST", "/session", {"capabilities": {"alwaysMatch": {}}}))
        base = "/session/" + json.loads(body)["sessionId"]
        xxe = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
        selectors = ("document('/etc/passwd')", "//*[unparsed-text('file:///etc/passwd')]", xxe, "new UiSelector().text(" + "(" * 3000,
                     "Runtime.getRuntime().exec(\"id\")", "/" * 5000, "//*" * 500, "\0", "count(//*)", "../../etc/passwd")
        for strategy in ("xpath", "-android uiautomator", "id", "class name", "accessibility id", "-image", "css selector"):
            for selector in selectors:
                answered(host, stream, http("POST", base + "/elements", {"strategy": strategy, "selector": selector, "context": ""}))
                done += 1
        for path in (base + "/../../etc/passwd", "/%2e%2e/etc/passwd", base + "/element/..%2f..%2fetc/text", "/" + "a" * 3000):
            answered(host, stream, http("GET", path))
            done += 1
        for path in ("settings", "device/set_clipboard", "execute_mobile/pushFile", "device/push_file", "device/pull_file"):
            body = {"path": "/tmp/escaped", "data": "eA==", "content": "eA==", "contentType": "URI", "settings": {"x": "/etc/passwd"}}
            answered(host, stream, http("POST", base + "/appium/" + path, body))
            done += 1
        for raw in (b"[" * 100000, b'{"a":' * 50000, b"\xff" * 1000, b'{"x": 1e999999}', b"9" * 100000):
            answered(host, stream, http("POST", base + "/element", raw=raw))
            done += 1

def openatx(port, methods):
    global done
    with Host(port) as runner, Host(port) as host:
        runner.open("shell:CLASSPATH=/data/local/tmp/u2.jar app_process / com.wetest.uia2.Main")
        stream = None
        for _ in range(200):
            stream = host.open("tcp:9008")
            if stream:
                break
        for method in methods:
            for params in ([], ["/tmp/escaped"], ["../../etc/passwd", True, 10**30], [{"mask": 2**40, "text": "x"}], [None] * 9, {"a": 1}):
                answered(host, stream, http("POST", "/jsonrpc/0", {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
                done += 1

from mobilegym.emulator.phone.wire.openatx.device import METHODS
with serve_in_thread([VirtualPhone()]) as thread:
    one = thread.phones[0]
    armed = True
    sync(one.adb_port)
    console(one.console_port)
    driver(one.adb_port)
    openatx(one.adb_port, METHODS)
    with Host(one.adb_port) as host:
        alive = host.ask("shell:echo hi") == b"hi\n"
    armed = False
print(done, alive, bad[:5])
sys.exit(bool(bad) or not alive)
"""


def test_no_way_in_reaches_the_machine() -> None:
    root = Path(__file__).parents[4]
    done = subprocess.run([sys.executable, "-B", "-c", _JAIL], capture_output=True, text=True, timeout=150, check=False, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert not Path("/tmp/escaped").exists()


# ---------------------------------------------------------------------- floods


class Neighbour:
    """Asks another phone for `echo hi` all the time; `longest` is the longest that took, in seconds."""

    def __init__(self, other: ServedPhone) -> None:
        self.longest = 0.0
        self._other = other
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def _ask(self) -> None:
        while not self._stop.wait(0.01):
            begin = time.monotonic()
            with Host(self._other.adb_port) as host:
                assert host.ask("shell:echo hi") == b"hi\n"
            self.longest = max(self.longest, time.monotonic() - begin)

    def __enter__(self) -> Neighbour:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def console_flood(one: ServedPhone) -> None:
    assert one.console_port is not None
    with ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(("127.0.0.1", one.console_port))) for _ in range(500)]
        clients[0].settimeout(0.3)
        for lines in (b"\n" * 200_000, b"sms send 1234567 x\n" * 500, b"help\n" * 50_000):
            # It takes no more while nobody reads what it says.
            try:
                clients[0].sendall(lines)
            except TimeoutError:
                break


def http_flood(one: ServedPhone) -> None:
    with Host(one.adb_port) as runner:
        runner.open(INSTRUMENT)
        until(lambda: "tcp:6790" in one.system.services)
        with Host(one.adb_port) as host:
            for _ in range(200):
                stream = Clients.opened(host, "tcp:6790")
                assert host.write(stream, b"GET /status HT") == b""
        for body in (b"[" * 900_000, b'{"a":' * 180_000, b"9" * 900_000, b'"' + b"\\u0041" * 140_000 + b'"'):
            with Host(one.adb_port) as host:
                assert answered(host, Clients.opened(host, "tcp:6790"), http("POST", "/session", raw=body))[0] == 400
        with Host(one.adb_port) as host:
            stream = Clients.opened(host, "tcp:6790")
            host.send(WRTE, *stream, b"GET /status HTTP/1.1\r\n" + b"X-Y: z\r\n" * 100_000)
            assert b" 431 " in host.read(stream)


def listener_flood(one: ServedPhone) -> None:
    with Host(one.adb_port) as host:
        answers = [host.ask(f"reverse:forward:tcp:{20_000 + i};tcp:{30_000 + i}") for i in range(1_000)]
        assert answers[0].startswith(b"OKAY")
        assert b"Too many open files" in answers[-1]
    until(lambda: "tcp:20000" not in one.system.services)


def script_flood(one: ServedPhone) -> None:
    with Host(one.adb_port) as host:
        for command in ("am broadcast -a x.Y$i", "cmd notification post -t T$i tag$i x", "cmd mobilegym sms 123 x$i"):
            assert host.ask(f"shell:for i in $(seq 700); do {command}; done >/dev/null; echo done").endswith(b"done\n")


@pytest.mark.parametrize("flood", [console_flood, http_flood, listener_flood, script_flood])
def test_a_flood_does_not_stop_the_others(served: ServerThread, flood: Callable[[ServedPhone], None]) -> None:
    one, other = served.phones
    with Neighbour(other) as neighbour:
        flood(one)
    assert neighbour.longest < 1.0
    until(lambda: served.call(lambda: not one.consoles and not one.adbd.connections), 10)
    with Host(one.adb_port) as host:
        assert host.ask("shell:echo hi") == b"hi\n"
