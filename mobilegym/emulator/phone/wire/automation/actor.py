"""The hands of a driver: touches, keys and text given to the phone, each as one action with its own virtual time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from mobilegym.actions import DeviceAction, DoubleTap, LongPress, Swipe, Tap, Type
from mobilegym.emulator.phone.device import SETTLE_MS
from mobilegym.emulator.phone.keycodes import press_keycode
from mobilegym.emulator.phone.touch import Stroke, perform_tracks, recognise
from mobilegym.emulator.phone.ui.hit import path_at

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["Actor", "Way"]

Way: TypeAlias = Literal["up", "down", "left", "right"]


class Actor:
    """Acts on a phone in device px, as the screen is turned. What is beside the screen is moved to its edge.

    Args:
        system: The phone.
    """

    def __init__(self, system: System) -> None:
        self._system = system
        self.idle = True
        """Whether `rest` waits for the phone; off where a driver asked not to wait."""

    @property
    def _kernel(self) -> Kernel:
        return self._system.kernel

    def rest(self) -> None:
        """Let the phone come to rest after what was done."""
        if self.idle:
            self._system.settle()

    def tap(self, x: float, y: float) -> None:
        """Finger down and up."""
        self._do(Tap(*self._share(x, y)))

    def double_tap(self, x: float, y: float) -> None:
        """Two taps."""
        self._do(DoubleTap(*self._share(x, y)))

    def long_press(self, x: float, y: float, ms: int) -> None:
        """Finger down for a while."""
        self._do(LongPress(*self._share(x, y), min(max(ms, 0), 60_000)))

    def swipe(self, x1: float, y1: float, x2: float, y2: float, ms: int) -> None:
        """Finger from one point to another in `ms`."""
        self._do(Swipe(*self._share(x1, y1), *self._share(x2, y2), min(max(ms, 0), 60_000)))

    def tracks(self, tracks: Sequence[Stroke]) -> None:
        """What several fingers draw, or one that holds still first: `(t_ms, x, y)` points of each."""
        ui = self._kernel.ui
        gestures = recognise(tracks, ui.width, ui.height)
        ms = perform_tracks(self._system.phone, tracks)
        # A touch that is one tap takes no longer than `tap` does, however long the finger lay there.
        self._system.acted(0 if len(gestures) == 1 and gestures[0].kind == "tap" else ms)

    def perform(self, action: DeviceAction) -> None:
        """Any action of an agent."""
        self._do(action)

    def key(self, code: int, meta: int = 0, *, long: bool = False) -> None:
        """Press a key by its Android code."""
        press_keycode(self._system.phone, code, meta, long=long)
        self._system.acted(0)

    def type_text(self, text: str, *, clear: bool = False) -> bool:
        """Type into the focused field; False where none is focused. A line break at the end of a one-line field submits it."""
        kernel = self._kernel
        spec = kernel.ime.spec() if kernel.hardware.screen_on else None
        if spec is None:
            return False
        submit = not spec.multiline and text.endswith("\n")
        self._do(Type(text[:-1] if submit else text, clear=clear, submit=submit))
        return True

    def caret_to_end(self) -> None:
        """Put the caret behind the text of the focused field."""
        surface = self._kernel.ime.surface()
        if surface is not None:
            end = len(surface.field(surface.focus))
            if surface.selection != (end, end):
                surface.selection = (end, end)
                surface.version += 1

    def pause(self, ms: int) -> None:
        """Virtual time passes."""
        self._system.phone.pass_time(ms)
        self._system.owed_ms = max(0, self._system.owed_ms - ms)

    def can_scroll(self, x: float, y: float, way: Way) -> bool | None:
        """Whether what scrolls at a point can show more of what lies in a direction; None where nothing there scrolls that way."""
        vertical = way in ("up", "down")
        for window in reversed(self._kernel.windows.stack()):
            if window.kind == "toast" or not (window.modal or window.contains(x, y)):
                continue
            answers: list[bool] = []
            for hit in path_at(window.box, window.x, window.y, x, y):
                view = hit.view
                if not view.scroll_key or (view.scroll_axis == "y") != vertical:
                    continue
                room = max(0, hit.box.extent - (hit.box.h if vertical else hit.box.w))
                at = min(max(window.surface.scroll.get(view.scroll_key, 0), 0), room)
                if getattr(view, "stick", "start") == "end":
                    at = room - at
                answers.append(at < room if way in ("down", "right") else at > 0)
            if answers:
                return any(answers)
            if window.modal:
                return None
        return None

    def _share(self, x: float, y: float) -> tuple[float, float]:
        ui = self._kernel.ui
        if not (math.isfinite(x) and math.isfinite(y)):
            x = y = 0
        return min(max(x / ui.width, 0.0), 1.0), min(max(y / ui.height, 0.0), 1.0)

    def _do(self, action: DeviceAction) -> None:
        error, ms = self._system.phone.act(action)
        self._system.acted(0 if error else ms - SETTLE_MS)
