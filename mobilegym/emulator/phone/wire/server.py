"""`PhoneServer`: many phones on the sockets of one event loop."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import ipaddress
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mobilegym.emulator.phone.device import VirtualPhone
from mobilegym.emulator.phone.shell.system import System
from mobilegym.emulator.phone.wire.adbd import Adbd
from mobilegym.emulator.phone.wire.announce import EMULATOR_PORTS, announce
from mobilegym.emulator.phone.wire.auth import KeyRing
from mobilegym.emulator.phone.wire.console import Console, ConsoleHost
from mobilegym.errors import DeviceError, DeviceLost

__all__ = ["PhoneServer", "ServedPhone", "install_debuggers", "served_phones"]

_LOG = logging.getLogger("mobilegym.adbd")
_DEBUGGERS: Final = ("mobilegym.emulator.phone.wire.uiautomator2", "mobilegym.emulator.phone.wire.openatx")
_TICK_S: Final = 0.1
_LEAD_MS: Final = 10_000
_BACK_S: Final = (0.05, 0.3, 1.0, 2.5)
"""When a phone that restarted is announced again: the adb server may not have noticed yet that it was gone."""


@dataclass(eq=False)
class ServedPhone:
    """One phone and where it listens."""

    system: System
    adbd: Adbd
    adb_port: int
    console_port: int | None
    host: str
    consoles: set[Console] = field(default_factory=set["Console"], repr=False)
    """Clients of the console."""
    listeners: list[asyncio.Server] = field(default_factory=list[asyncio.Server], repr=False)

    @property
    def phone(self) -> VirtualPhone:
        return self.system.phone

    @property
    def serial(self) -> str:
        """What adb calls it."""
        return self.system.serial

    @property
    def is_emulator(self) -> bool:
        """Whether adb takes it for an emulator: a console with an even port, adbd on the next."""
        return self.console_port is not None and self.console_port in EMULATOR_PORTS and self.adb_port == self.console_port + 1

    def as_json(self) -> dict[str, object]:
        """What a program needs to know to use it."""
        return {"serial": self.serial, "adb_port": self.adb_port, "console_port": self.console_port, "host": self.host}


def install_debuggers(system: System) -> None:
    """Put the servers that test drivers install on a phone: Appium's and uiautomator2's."""
    for name in _DEBUGGERS:
        if importlib.util.find_spec(name) is not None:
            install: Callable[[System], None] | None = getattr(importlib.import_module(name), "install", None)
            if install is not None:
                install(system)


class PhoneServer:
    """Serves phones to adb. To be made and used on a running event loop; see `thread.serve_in_thread` for other callers.

    Args:
        host: Address to listen on. Anything but this machine's loopback needs `keys`.
        keys: Who may connect; None lets everybody on the machine in.
        adb_server: Port of an adb server to tell of the phones; None tells nobody.
        live: Whether the phones' clocks follow the real one. Else their time stands still between what clients do.
        token_file: The emulator console's token, read anew for every client; by default `~/.emulator_console_auth_token`.

    Raises:
        DeviceError: The address is reachable from other machines, and there are no keys.
    """

    def __init__(
        self, *, host: str = "127.0.0.1", keys: KeyRing | None = None, adb_server: int | None = None, live: bool = False,
        token_file: Path | None = None,
    ) -> None:  # fmt: skip
        if keys is None and not _is_loopback(host):
            raise DeviceError(f"{host} can be reached from other machines, and adb is a way into everything: say who may with keys")
        self.host = host
        self.keys = keys
        self.adb_server = adb_server
        self.live = live
        self.phones: list[ServedPhone] = []
        self.emptied = asyncio.Event()
        """Set when the last phone was taken off the network."""
        self._token_file = token_file or Path.home() / ".emulator_console_auth_token"
        self._tasks: set[asyncio.Task[None]] = set()
        self._leads: dict[ServedPhone, tuple[int, float]] = {}
        if live:
            self._spawn(self._follow_the_clock())

    # ------------------------------------------------------------------ phones

    async def add(self, phone: VirtualPhone, *, port: int | None = None, console: bool = True) -> ServedPhone:
        """Put a phone on the network.

        Args:
            phone: It belongs to the server's event loop from now on: use `call` of `serve_in_thread` from other threads.
            port: Of the console, an even one of `EMULATOR_PORTS`, adbd listens on the next; or any other for adbd itself, 0 for
                one that is free. None takes the first free pair.
            console: Whether there is an emulator console.

        Raises:
            DeviceError: The port is in use.
        """
        system = System(phone)
        install_debuggers(system)
        adbd = Adbd(system, keys=self.keys)
        if port is None:
            served = await self._first_pair(system, adbd, console)
        elif port in EMULATOR_PORTS:
            served = await self._pair(system, adbd, port, console)
        else:
            served = await self._any(system, adbd, port, console)
        served.system.serial = f"emulator-{served.console_port}" if served.is_emulator else f"{_dialled(self.host)}:{served.adb_port}"
        adbd.on_restart = lambda: self._restarted(served)
        self.phones.append(served)
        self.emptied.clear()
        await self._announce(served)
        return served

    async def remove(self, served: ServedPhone) -> None:
        """Take a phone off the network; it can be served again. Harmless twice."""
        if served not in self.phones:
            return
        self.phones.remove(served)
        if not self.phones:
            self.emptied.set()
        for listener in served.listeners:
            listener.close()
        served.adbd.close()
        for client in list(served.consoles):
            client.close()
        for connection in list(served.adbd.connections):
            await connection.wait_closed()

    async def close(self) -> None:
        """Take every phone off the network. Harmless twice."""
        for task in list(self._tasks):
            task.cancel()
        for served in list(self.phones):
            await self.remove(served)

    def phone_of(self, serial: str) -> ServedPhone:
        """The phone that adb calls by this name.

        Raises:
            DeviceError: There is none.
        """
        for served in self.phones:
            if served.serial == serial:
                return served
        raise DeviceError(f"no phone {serial!r} is served here; there are {', '.join(p.serial for p in self.phones) or 'none'}")

    # ------------------------------------------------------------------ ports

    async def _first_pair(self, system: System, adbd: Adbd, console: bool) -> ServedPhone:
        for port in EMULATOR_PORTS:
            if any(served.console_port == port for served in self.phones):
                continue
            try:
                return await self._pair(system, adbd, port, console)
            except DeviceError:
                continue
        # All names for emulators are taken: the phone gets an address.
        return await self._any(system, adbd, 0, console)

    async def _pair(self, system: System, adbd: Adbd, port: int, console: bool) -> ServedPhone:
        listener = await self._listen(adbd.connection, port + 1)
        served = ServedPhone(system, adbd, port + 1, port, self.host, listeners=[listener])
        try:
            # Without a console the port is still the phone's: its name is made of it.
            served.listeners.append(await self._listen(self._console(served, console), port))
        except DeviceError:
            listener.close()
            raise
        return served

    async def _any(self, system: System, adbd: Adbd, port: int, console: bool) -> ServedPhone:
        listener = await self._listen(adbd.connection, port)
        served = ServedPhone(system, adbd, listener.sockets[0].getsockname()[1], None, self.host, listeners=[listener])
        if console:
            extra = await self._listen(self._console(served, console), 0)
            served.listeners.append(extra)
            served.console_port = extra.sockets[0].getsockname()[1]
        return served

    async def _listen(self, protocol: Callable[[], asyncio.BaseProtocol], port: int) -> asyncio.Server:
        try:
            return await asyncio.get_running_loop().create_server(protocol, self.host, port, backlog=256)
        except OSError as error:
            raise DeviceError(f"port {port} of {self.host} cannot be listened on: {error.strerror or error}") from error

    def _console(self, served: ServedPhone, console: bool) -> Callable[[], asyncio.BaseProtocol]:
        if not console:
            return _Silent
        host = ConsoleHost(served.system, self._token_file, lambda: self._spawn(self.remove(served)), served.consoles)
        return lambda: Console(host, must_authenticate=not _is_loopback(self.host))

    # ------------------------------------------------------------------ adb servers

    async def _announce(self, served: ServedPhone) -> bool:
        if self.adb_server is None or not _is_loopback(self.host):
            return False
        return await announce(self.adb_server, served.adb_port, emulator=served.is_emulator)

    def _restarted(self, served: ServedPhone) -> None:
        self._spawn(self._announce_again(served))

    async def _announce_again(self, served: ServedPhone) -> None:
        for delay in _BACK_S:
            await asyncio.sleep(delay)
            if served.adbd.connections or served not in self.phones:
                return
            await self._announce(served)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # ------------------------------------------------------------------ time

    async def _follow_the_clock(self) -> None:
        loop = asyncio.get_running_loop()
        ticked = loop.time()
        while True:
            await asyncio.sleep(_TICK_S)
            now = loop.time()
            passed, ticked = (now - ticked) * 1000, now
            for served in list(self.phones):
                try:
                    self._tick(served, passed)
                except DeviceLost:
                    await self.remove(served)

    def _tick(self, served: ServedPhone, passed: float) -> None:
        """Let real time pass on a phone, less what its own time ran ahead meanwhile (inputs settle in no real time)."""
        phone = served.phone
        now = phone.kernel.clock.now_ms
        before, lead = self._leads.get(served, (now, 0.0))
        lead += now - before - passed
        if not -_LEAD_MS <= lead <= _LEAD_MS:
            # Somebody set the clock, or let time pass on purpose.
            lead = -passed
        if lead <= -1:
            phone.pass_time(int(-lead))
            lead += int(-lead)
        self._leads[served] = phone.kernel.clock.now_ms, lead


class _Silent(asyncio.Protocol):
    """A port that is taken, with nobody behind it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _dialled(host: str) -> str:
    return "127.0.0.1" if _is_loopback(host) else host


@asynccontextmanager
async def served_phones(*phones: VirtualPhone, adb_server: int | None = None) -> AsyncGenerator[list[ServedPhone], None]:
    """Serve phones on free ports while the block runs, on the running event loop."""
    server = PhoneServer(adb_server=adb_server)
    try:
        yield [await server.add(phone, port=0) for phone in phones]
    finally:
        await server.close()
