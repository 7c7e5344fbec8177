"""Telling a running adb server of phones."""

from __future__ import annotations

import asyncio
from typing import Final

__all__ = ["EMULATOR_PORTS", "announce"]

EMULATOR_PORTS: Final = range(5554, 5682, 2)
"""Console ports that adb takes for emulators; adbd listens on the next. A server that starts later finds the first 16 itself."""
_REPLY_S: Final = 10.0


async def announce(adb_server: int, adb_port: int, *, emulator: bool) -> bool:
    """Tell the adb server on `127.0.0.1:adb_server` that a phone listens on `adb_port`.

    Args:
        adb_server: Port of the adb server, 5037 as a rule.
        adb_port: Where adbd listens.
        emulator: Whether console and adbd have neighbouring ports, so that it can be called `emulator-…`.

    Returns:
        False where no adb server runs there.
    """
    request = f"host:emulator:{adb_port}" if emulator else f"host:connect:127.0.0.1:{adb_port}"
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", adb_server)
    except OSError:
        return False
    try:
        writer.write(f"{len(request):04x}{request}".encode())
        await writer.drain()
        # For an emulator nothing is answered: the server closes the connection when it has heard.
        await asyncio.wait_for(reader.read(), _REPLY_S)
    except (OSError, TimeoutError):
        return False
    finally:
        writer.close()
    return True
