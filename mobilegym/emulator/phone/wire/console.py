"""The emulator's console: the telnet port beside adbd, and what `adb emu` speaks to."""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from mobilegym.emulator.phone.wire.console_base import ConsoleLine, Ko, Subs
from mobilegym.emulator.phone.wire.console_verbs import HELP, VERBS
from mobilegym.errors import MobileGymError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["Console", "ConsoleHost"]

_LOG = logging.getLogger("mobilegym.console")
_LINE_BYTES: Final = 64 * 1024
"""A longer line ends the connection."""
_CLIENTS: Final = 32
_SLICE_S: Final = 0.02
_WELCOME: Final = "Android Console: type 'help' for a list of commands"
_PUBLIC: Final = ("help", "help-verbose", "ping", "quit", "exit", "auth")
"""What can be asked before authentication."""


class ConsoleHost(NamedTuple):
    """What consoles need to know of the phone they lead to."""

    system: System
    token_file: Path
    """Read for each client; where it is missing or empty, nobody is asked for a token."""
    kill: Callable[[], None]
    """Takes the phone off the network."""
    clients: set[Console]


class Console(asyncio.Protocol):
    """One client.

    Args:
        host: The phone.
        must_authenticate: Whether a client without a token is let in nowhere; else an empty token file opens the door.
    """

    def __init__(self, host: ConsoleHost, *, must_authenticate: bool = False) -> None:
        self._host = host
        self._must = must_authenticate
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._lines: deque[bytearray] = deque()
        self._busy = self._full = False
        self._trusted = False

    # ------------------------------------------------------------------ the socket

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        if len(self._host.clients) >= _CLIENTS:
            self._transport.abort()
            return
        self._host.clients.add(self)
        self._trusted = not self._token() and not self._must
        if self._trusted:
            self._say(_WELCOME, "OK")
        else:
            self._say(
                "Android Console: Authentication required", "Android Console: type 'auth <auth_token>' to authenticate",
                "Android Console: you can find your <auth_token> in ", f"'{self._host.token_file}'", "OK",
            )  # fmt: skip

    def connection_lost(self, exc: Exception | None) -> None:
        self._host.clients.discard(self)
        self._transport = None

    def data_received(self, data: bytes) -> None:
        *lines, rest = (self._buffer + data).split(b"\n")
        self._buffer = rest
        self._lines.extend(lines)
        if len(rest) > _LINE_BYTES and self._transport is not None:
            self._transport.abort()
        elif not self._busy:
            self._work()

    def _work(self) -> None:
        """Run what came, a few commands at a time: others have their turn between."""
        begin = time.monotonic()
        while self._lines and not self._full and self._transport is not None and not self._transport.is_closing():
            self._command(self._lines.popleft().decode("utf-8", "replace").strip("\r\n "))
            if time.monotonic() - begin > _SLICE_S:
                break
        self._busy = bool(self._lines) and not self._full and self._transport is not None and not self._transport.is_closing()
        if self._busy:
            asyncio.get_running_loop().call_soon(self._work)
        self._flow()

    def _flow(self) -> None:
        """Read on once what was read is done, and what was said is taken."""
        if self._transport is None or self._transport.is_closing():
            return
        if self._lines or self._full:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def close(self) -> None:
        """End the connection after what was said so far. Harmless twice."""
        if self._transport is not None:
            self._transport.close()

    def pause_writing(self) -> None:
        self._full = True
        self._flow()

    def resume_writing(self) -> None:
        self._full = False
        if not self._busy:
            self._work()

    def _say(self, *lines: str) -> None:
        if self._transport is not None:
            self._transport.write("".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace"))

    # ------------------------------------------------------------------ commands

    def _token(self) -> str:
        # Drivers empty the file before they use the console: it is looked at anew for each client.
        try:
            return self._host.token_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def _command(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        if not verb:
            return
        try:
            self._say(*self._run(verb, rest.strip()))
        except Ko as error:
            self._say(*error.before, f"KO: {error}")
        except MobileGymError as error:
            self._say(f"KO: {error}")
        except Exception:  # noqa: BLE001 - a broken command must not end the console
            _LOG.exception("console command %r failed", line)
            self._say("KO: internal error")

    def _run(self, verb: str, rest: str) -> list[str]:
        if verb in ("quit", "exit"):
            self.close()
            return []
        if verb == "auth":
            return self._authenticate(rest)
        if verb in ("help", "h", "?"):
            return self._help(rest)
        if not self._trusted and verb not in _PUBLIC:
            raise Ko("unknown command, try 'help'")
        if verb == "help-verbose":
            return ["Android console command help:", "", *(f"    {name:<16} {text}" for name, text in self._known()), "",
                    "Try 'help <command>' for command-specific help", "OK"]  # fmt: skip
        if verb in ("kill", "restart"):
            return self._end(verb)
        known = VERBS.get(verb)
        if known is None:
            raise Ko("unknown command, try 'help'")
        request = ConsoleLine(self._host.system, verb, rest)
        return [*(known.run(request) if isinstance(known, Subs) else known(request)), "OK"]

    def _end(self, verb: str) -> list[str]:
        loop = asyncio.get_running_loop()
        if verb == "kill":
            loop.call_soon(self.close)
            loop.call_soon(self._host.kill)
            return ["OK: killing emulator, bye bye"]
        self._host.system.reboot()
        loop.call_soon(self.close)
        return ["OK: restarting emulator, bye bye"]

    def _authenticate(self, token: str) -> list[str]:
        wanted = self._token()
        if not token and wanted:
            raise Ko("missing authentication token")
        if not wanted and self._must:
            raise Ko("authentication token does not match ~/.emulator_console_auth_token")
        if wanted and not hmac.compare_digest(token.encode(), wanted.encode()):
            raise Ko("authentication token does not match ~/.emulator_console_auth_token")
        self._trusted = True
        return [_WELCOME, "OK"]

    def _known(self) -> list[tuple[str, str]]:
        return [(name, text) for name, text in HELP.items() if self._trusted or name in (*_PUBLIC, "help|h|?", "quit|exit")]

    def _help(self, about: str) -> list[str]:
        if not about:
            return ["Android console commands:", *(f"    {name}" for name, _ in self._known()), "",
                    "Try 'help-verbose' for more description", "Try 'help <command>' for command-specific help", "OK"]  # fmt: skip
        verb, _, sub = about.partition(" ")
        text = next((text for name, text in self._known() if verb in name.split("|")), None)
        if text is None:
            raise Ko("unknown command, try 'help'")
        known = VERBS.get(verb)
        if isinstance(known, Subs) and not sub:
            return [*known.listing(text), "OK"]
        return [text, "OK"]
