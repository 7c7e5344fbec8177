"""What the wire costs: `python -m tests.benchmarks.bench_wire` prints one JSON document.

Every ratio is measured side by side, in turns, in this one run. The baseline of the shell is the same adb binary and the same
command line against a bare server that answers each request with fixed bytes.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any, Final

from mobilegym.actions import OpenApp, Press
from mobilegym.bench.results import this_machine
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.system import System
from mobilegym.emulator.phone.wire.thread import serve_in_thread
from tests.clients.harness import Adb, adb_server, find_adb

ROUNDS: Final = 60
PHONES: Final = 100
_HEADER: Final = struct.Struct("<6I")


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


# ---------------------------------------------------------------------- a bare echo


def _packet(command: bytes, arg0: int, arg1: int, data: bytes = b"") -> bytes:
    number = int.from_bytes(command, "little")
    return _HEADER.pack(number, arg0, arg1, len(data), 0, number ^ 0xFFFFFFFF) + data


def _answer_bare(connection: socket.socket) -> None:
    """Speak just enough adb to say `hi` to every shell command. Blocking sockets: nothing between the bytes and the answer."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    stream = connection.makefile("rb")
    hi = struct.pack("<BI", 1, 3) + b"hi\n" + struct.pack("<BI", 3, 1) + b"\0"
    while header := stream.read(_HEADER.size):
        command, arg0, _, length, _, _ = _HEADER.unpack(header)
        stream.read(length)
        name = command.to_bytes(4, "little")
        if name == b"CNXN":
            banner = b"device::ro.product.name=bare;ro.product.model=bare;ro.product.device=bare;features=shell_v2,cmd\0"
            connection.sendall(_packet(b"CNXN", 0x01000001, 262_144, banner))
        elif name == b"OPEN":
            connection.sendall(_packet(b"OKAY", 1, arg0) + _packet(b"WRTE", 1, arg0, hi))
        elif name == b"OKAY":
            connection.sendall(_packet(b"CLSE", 1, arg0))


@contextmanager
def bare_phone() -> Generator[int, None, None]:
    """Port of a server that answers every shell command with `hi`."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=_answer_bare, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


# ---------------------------------------------------------------------- figures


@contextmanager
def phone_process(adb: Adb, *options: str) -> Generator[dict[str, Any], None, None]:
    """Phones in a process of their own, as a user serves them."""
    command = [sys.executable, "-m", "mobilegym", "phone", "serve", "--json", "--adb-server-port", str(adb.port), *options]
    server = subprocess.Popen(command, env=adb.environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        text = ""
        while line := server.stdout.readline():
            text += line
            if line == "}\n":
                break
        yield json.loads(text)
    finally:
        server.terminate()
        server.wait(10)


def shell_round_trip(adb: Adb) -> dict[str, float]:
    """`adb shell echo hi` on a phone and on the bare server, in turns."""
    with bare_phone() as port, phone_process(adb, "--port", "5620") as served:
        adb("connect", f"127.0.0.1:{port}")
        bare, phone = adb.of(f"127.0.0.1:{port}"), adb.of(served["phones"][0]["serial"])
        times: dict[str, list[float]] = {"bare": [], "phone": []}
        for number in range(ROUNDS + 5):
            for name, client in (("bare", bare), ("phone", phone)):
                took = milliseconds(lambda client=client: client.raw("shell", "echo hi", check=True))
                if number >= 5:
                    times[name].append(took)
        adb("disconnect", f"127.0.0.1:{port}")
    bare_ms, phone_ms = median(times["bare"]), median(times["phone"])
    return {"bare_ms": bare_ms, "phone_ms": phone_ms, "ratio": phone_ms / bare_ms}


def listing(adb: Adb) -> dict[str, float]:
    """From nothing to `adb devices` naming a hundred phones of one process; interpreter start apart."""
    first = VirtualPhone()
    start = time.perf_counter()
    with serve_in_thread(adb_server=adb.port) as thread:
        for _ in range(PHONES):
            thread.add(first.fork(), port=0, console=False)
        served_s = time.perf_counter() - start
        while (seen := adb("devices").stdout.count("\tdevice")) < PHONES and time.perf_counter() - start < 30:
            time.sleep(0.02)
        listed_s = time.perf_counter() - start
    return {"phones": seen, "served_s": served_s, "listed_s": listed_s}


def screencap() -> dict[str, float]:
    """Device time of `screencap -p` at 1080×2400: of a screen that was just shown, and of one that nobody has looked at."""
    system = System(VirtualPhone())

    async def shot() -> float:
        start = time.perf_counter()
        done = await system.run("screencap -p")
        assert done.stdout.startswith(b"\x89PNG")
        return (time.perf_counter() - start) * 1000

    fresh: list[float] = []
    again: list[float] = []
    apps = ("Settings", "Clock", "Contacts", "Calendar", "Messages", "Files")
    for number in range(30):
        system.phone.perform(OpenApp(apps[number % len(apps)]) if number % 2 else Press("home"))
        system.phone.pass_time(60_000)  # another time in the status bar: no frame was there before
        fresh.append(asyncio.run(shot()))
        again.append(asyncio.run(shot()))
    return {"fresh_ms": median(fresh), "again_ms": median(again)}


def appium(adb: Adb, folder: Path) -> dict[str, float]:
    """A session with default capabilities, and source + find + click in it."""
    from appium import webdriver
    from appium.options.android import UiAutomator2Options
    from appium.webdriver.common.appiumby import AppiumBy

    from tests.clients.appium_server import appium_server

    with phone_process(adb, "--port", "5624") as served, appium_server(adb, folder) as server:
        options = UiAutomator2Options().load_capabilities(server.capabilities(served["phones"][0]["serial"]))
        creations: list[float] = []

        def connect() -> Any:
            start = time.perf_counter()
            driver = webdriver.Remote(server.url, options=options)
            creations.append(time.perf_counter() - start)
            return driver

        for _ in range(3):
            connect().quit()
        driver = connect()

        def cycle() -> None:
            assert driver.page_source
            driver.find_element(AppiumBy.CLASS_NAME, "android.widget.TextView").click()

        times = [milliseconds(cycle) for _ in range(ROUNDS)]
        driver.quit()
    return {"session_first_s": creations[0], "session_again_s": median(creations[1:]), "source_find_click_ms": median(times)}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = find_adb("wheel") or find_adb("packaged")
        if path is None:
            sys.exit("no adb is installed")
        with adb_server(path, Path(folder) / "home") as adb:
            results: dict[str, Any] = {
                "machine": asdict(this_machine()), "shell": shell_round_trip(adb), "list": listing(adb), "screencap": screencap(),
                "appium": appium(adb, Path(folder)),
            }  # fmt: skip
    json.dump(results, sys.stdout, indent=2, default=str)
    print()


if __name__ == "__main__":
    main()
