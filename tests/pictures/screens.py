from __future__ import annotations
from collections.abc import Callable
from tests.emulator.phone.apps.pilot import Pilot

SCREENS: dict[str, Callable[[Pilot], None]] = {}
