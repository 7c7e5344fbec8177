"""`mobilegym phone serve`."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mobilegym.cli.options import device_options
from mobilegym.cli.output import JsonOption, console, emit, notes, table
from mobilegym.errors import ContentError, DeviceError

if TYPE_CHECKING:
    from mobilegym.emulator.phone import VirtualPhone
    from mobilegym.emulator.phone.wire.server import PhoneServer

__all__ = ["serve"]

_OPEN_FILES = 65_536


def serve(
    count: Annotated[int, typer.Option(min=1, max=10_000, help="How many phones.")] = 1,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65_534, help="Console port of the first, 5554 or another even one up to 5680; adbd listens on the next. "
                     "By default the first pair that is free.", show_default=False),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on; anything but this machine itself needs --adb-keys.")] = "127.0.0.1",
    adb_keys: Annotated[
        Path | None, typer.Option(help="File of adb public keys that may connect, one a line.", show_default=False)
    ] = None,
    adb_server_port: Annotated[
        str, typer.Option(envvar="ANDROID_ADB_SERVER_PORT", help="Running adb server to tell of the phones, or none.")
    ] = "5037",
    option: Annotated[list[str] | None, typer.Option(help="key=value for the phones, such as dark=true.")] = None,
    live: Annotated[bool, typer.Option("--live", help="The phones' clocks follow the real one.")] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:  # fmt: skip
    """Serve virtual phones to adb, and to whatever works through adb, until Ctrl-C."""
    from mobilegym.emulator.build import DeviceSpec, build_device
    from mobilegym.emulator.phone import VirtualPhone
    from mobilegym.emulator.phone.wire.auth import KeyRing

    keys = None if adb_keys is None else KeyRing.read(adb_keys)
    adb_server = _adb_server(adb_server_port)
    _allow_many_files()
    phone = build_device(DeviceSpec("virtual", device_options(option or ())))
    assert isinstance(phone, VirtualPhone)

    async def run() -> None:
        from mobilegym.emulator.phone.wire.server import PhoneServer

        server = PhoneServer(host=host, keys=keys, adb_server=adb_server, live=live)
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        try:
            await _add_all(server, phone, count, port)
            _report(server, as_json=as_json)
            ending = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(server.emptied.wait())]
            await asyncio.wait(ending, return_when=asyncio.FIRST_COMPLETED)
            for waiter in ending:
                waiter.cancel()
        finally:
            await server.close()

    asyncio.run(run())


def _adb_server(text: str) -> int | None:
    if text.lower() == "none":
        return None
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise ContentError(f"`--adb-server-port` must be a port or none, got {text!r}")
    return int(text)


def _allow_many_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    if soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def _add_all(server: PhoneServer, phone: VirtualPhone, count: int, port: int | None) -> None:
    """Serve `count` phones, all but the first forks of it: they share what none of them changes."""
    from mobilegym.emulator.phone.wire.announce import EMULATOR_PORTS

    pair = port is None or port in EMULATOR_PORTS
    candidate = port
    for index in range(count):
        one = phone if index == 0 else phone.fork()
        while True:
            try:
                await server.add(one, port=candidate if candidate is None or candidate < 65_536 else 0)
                break
            except DeviceError:
                if candidate is None or count == 1:
                    raise
                candidate += 2 if pair else 1
        if candidate is not None:
            candidate += 2 if pair else 1
            if pair and candidate not in EMULATOR_PORTS:
                candidate = None


def _report(server: PhoneServer, *, as_json: bool) -> None:
    phones = server.phones
    if as_json:
        emit({"pid": os.getpid(), "phones": [phone.as_json() for phone in phones]})
    else:
        rows = [(phone.serial, phone.host, phone.adb_port, "" if phone.console_port is None else phone.console_port) for phone in phones]
        console().print(table("serial", "address", ("adb port", "right"), ("console port", "right"), rows=rows))
        first = phones[0]
        how = first.serial if first.is_emulator else f"{first.host}:{first.adb_port}"
        connect = "" if first.is_emulator else f"adb connect {how}; "
        notes().print(f"[dim]{connect}adb -s {first.serial} shell; Ctrl-C ends[/]", soft_wrap=True)
    sys.stdout.flush()
