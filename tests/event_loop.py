"""One event loop for tests that are not asynchronous and call what is."""

from __future__ import annotations

import asyncio
import atexit
from functools import cache


@cache
def event_loop() -> asyncio.AbstractEventLoop:
    """The process's own, closed at its end."""
    loop = asyncio.new_event_loop()
    atexit.register(loop.close)
    return loop
