"""Touches and keys: from a point on the screen to the handler that reacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mobilegym.actions import Direction, Key
from mobilegym.emulator.phone.kernel.editing import edit
from mobilegym.emulator.phone.kernel.selection import show_selection_menu
from mobilegym.emulator.phone.kernel.surface import Surface
from mobilegym.emulator.phone.kernel.windows import Window
from mobilegym.emulator.phone.ui.attrs import Handler
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.hit import Hit, path_at
from mobilegym.emulator.phone.ui.widgets.text_field import EditText
from mobilegym.observation import Bounds

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["Input"]

_EDGE_PX: Final = 40
"""Width of the strip at the left and right edge in which a swipe means Back."""
_TOP_PX: Final = 90
"""A swipe down that starts this high opens the shade."""
_BOTTOM_PX: Final = 70
"""A swipe up that starts this low leaves the app."""
_TAP_SLOP_PX: Final = 24
"""Less movement than this is a touch, not a swipe (Android: 8 dp)."""


class Input:
    """Dispatches gestures. Coordinates are device px of the screen as it is turned."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self.touched: Bounds | None = None
        """While a touch is being handled: the view that was tapped, or the point that was held or that lies on a wide view."""

    # ------------------------------------------------------------------ touches

    def tap(self, x: float, y: float) -> None:
        """Finger down and up."""
        window, path = self._at(x, y)
        self._log("tap", x, y, window, path)
        if window is None or self._dismissed(window, x, y):
            return
        for hit in reversed(path):
            view = hit.view
            if isinstance(view, EditText) and view.enabled:
                self._focus(window.surface, hit, x, y)
                return
            if view.on_drag is not None and view.enabled and view.on_tap is None:
                self._run(window, view.on_drag, self._fraction(hit, x, y))
                return
            if view.on_tap is not None:
                if view.enabled:
                    self._run_at(hit, x, y, window, view.on_tap)
                return
            if view.clickable:
                return

    def double_tap(self, x: float, y: float) -> None:
        """Two taps, unless something under the finger knows double taps (zoom)."""
        found = self._double(x, y)
        if found is not None:
            window, path = self._at(x, y)
            self._log("double_tap", x, y, window, path)
            self._run(found[0], found[2])
            return
        self.tap(x, y)
        self.tap(x, y)

    def long_press(self, x: float, y: float, ms: int) -> None:
        """Finger down for `ms`; below 400 ms it is a tap."""
        if ms < 400:
            self.tap(x, y)
            return
        window, path = self._at(x, y)
        self._log("long_press", x, y, window, path)
        if window is None or self._dismissed(window, x, y):
            return
        for hit in reversed(path):
            view = hit.view
            if isinstance(view, EditText) and view.enabled:
                self._focus(window.surface, hit, x, y)
                self._select_word(window.surface)
                return
            if view.on_long is not None:
                if view.enabled:
                    self._run_at(None, x, y, window, view.on_long)
                return
            if view.on_tap is not None:
                # Android performs the click when a held view has no long-press handler and the finger lifts.
                if view.enabled:
                    self._run(window, view.on_tap)
                return

    def swipe(self, x1: float, y1: float, x2: float, y2: float, ms: int) -> None:
        """Finger from one point to another."""
        if abs(x2 - x1) < _TAP_SLOP_PX and abs(y2 - y1) < _TAP_SLOP_PX:
            self.long_press(x1, y1, ms)
            return
        kernel, ui = self._kernel, self._kernel.ui
        vertical = abs(y2 - y1) >= abs(x2 - x1)
        finger = ("down" if y2 > y1 else "up") if vertical else ("right" if x2 > x1 else "left")
        window, path = self._at(x1, y1)
        self._log("swipe", x1, y1, window, path, to=(round(x2), round(y2)), ms=ms)
        if kernel.shell.gesture(
            finger, bottom=ui.height - y1 <= _BOTTOM_PX, top=y1 <= _TOP_PX, side=x1 <= _EDGE_PX or ui.width - x1 <= _EDGE_PX, ms=ms
        ):
            return
        if window is None:
            return
        for hit in reversed(path):
            view = hit.view
            if view.on_drag is not None and view.enabled and vertical == (view.drag_axis == "y"):
                self._run(window, view.on_drag, self._fraction(hit, x2, y2))
                return
            if view.scroll_key and (view.scroll_axis == "y") == vertical and self._scroll(window, hit, y1 - y2 if vertical else x1 - x2):
                return
            if view.on_swipe is not None and view.enabled and self._takes(view.on_swipe, finger):
                self._run(window, view.on_swipe, finger)
                return

    def scroll(self, direction: Direction, x: float, y: float) -> None:
        """Read on in a direction: a swipe the other way, over 60 % of the container's length."""
        ui = self._kernel.ui
        _, path = self._at(x, y)
        vertical = direction in ("up", "down")
        for hit in reversed(path):
            if hit.view.scroll_key and (hit.view.scroll_axis == "y") == vertical:
                left, top, right, bottom = hit.x, max(hit.y, _TOP_PX + 1), hit.x + hit.box.w, hit.y + hit.box.h
                break
        else:
            left, top, right, bottom = 0, _TOP_PX + 1, ui.width, ui.height
        left, right = max(left, _EDGE_PX + 1), min(right, ui.width - _EDGE_PX - 1)
        bottom = min(bottom, ui.height - _BOTTOM_PX - 1)
        length = (bottom - top if vertical else right - left) * 0.6
        start = max(length, 0) / 2 * (1 if direction in ("down", "right") else -1)
        if vertical:
            middle = (top + bottom) / 2
            self.swipe(x, middle + start, x, middle - start, 300)
        else:
            middle = (left + right) / 2
            self.swipe(middle + start, y, middle - start, y, 300)

    def takes_double(self, x: float, y: float) -> bool:
        """Whether something under the point knows double taps."""
        return self._double(x, y) is not None

    def takes_long(self, x: float, y: float) -> bool:
        """Whether holding the point does something else than a tap."""
        window, path = self._at(x, y)
        if window is None or not window.contains(x, y):
            return False
        for view in (hit.view for hit in reversed(path)):
            if view.on_drag is not None:
                return False
            if view.on_long is not None or isinstance(view, EditText):
                return view.enabled
        return False

    def pinch(self, x: float, y: float, *, apart: bool) -> None:
        """Two fingers move apart or together around a point: zooms what knows to zoom, once in and once out."""
        found = self._double(x, y)
        window, path = self._at(x, y)
        self._log("pinch", x, y, window, path, apart=apart)
        if found is not None:
            zoomed = found[1].box.w > self._kernel.ui.width or found[1].box.h > self._kernel.ui.height
            if zoomed != apart:
                self._run(found[0], found[2])

    # ------------------------------------------------------------------ keys and text

    def type_text(self, text: str, *, clear: bool, submit: bool) -> str | None:
        """Type into the focused field. Returns why it could not."""
        ime = self._kernel.ime
        if ime.spec() is None:
            return "no text field is focused; tap one first"
        surface = self._kernel.windows.input_target()
        self._kernel.journal.append("input", surface.package, "type", "read", text=text, clear=clear, submit=submit)
        if clear:
            ime.clear()
        if text:
            ime.commit(text)
        if submit:
            spec = ime.spec()
            if spec is not None and spec.multiline:
                ime.commit("\n")
            else:
                ime.action()
        return None

    def key(self, key: Key) -> None:
        """A hardware or navigation key."""
        kernel = self._kernel
        kernel.journal.append("input", kernel.activities.foreground.package, "press", "read", key=key)
        if key in ("power", "wakeup"):
            kernel.shell.power(key)
            return
        if not kernel.hardware.screen_on:
            return
        if kernel.windows.input_target().on_key(key):
            return
        ime = kernel.ime
        editing = {
            "enter": ime.action, "delete": ime.delete, "tab": ime.action, "dpad_left": lambda: ime.move(-1),
            "dpad_right": lambda: ime.move(1), "escape": self._escape,
        }  # fmt: skip
        handler = editing.get(key)
        if handler is not None:
            handler()
        else:
            kernel.shell.key(key)

    def edit(self, name: str) -> None:
        """An editing key or shortcut of a hardware keyboard, one of `editing.EDITS`."""
        kernel = self._kernel
        if kernel.hardware.screen_on:
            kernel.journal.append("input", kernel.windows.input_target().package, "press", "read", key=name)
            edit(kernel, name)

    def _escape(self) -> bool:
        self._kernel.shell.back()
        return True

    # ------------------------------------------------------------------ inside

    def _double(self, x: float, y: float) -> tuple[Window, Hit, Handler] | None:
        """What under the point knows double taps."""
        window, path = self._at(x, y)
        if window is not None and window.contains(x, y):
            for hit in reversed(path):
                if hit.view.on_double is not None and hit.view.enabled:
                    return window, hit, hit.view.on_double
        return None

    def _at(self, x: float, y: float) -> tuple[Window | None, list[Hit]]:
        for window in reversed(self._kernel.windows.stack()):
            if window.kind == "toast":  # touches go through it, as on Android
                continue
            if window.contains(x, y):
                path = path_at(window.box, window.x, window.y, x, y)
                if window.modal or any(
                    h.view.on_tap or h.view.on_swipe or h.view.on_drag or h.view.edit_key or h.view.background for h in path
                ):
                    return window, path
            elif window.modal:
                return window, []
        return None, []

    def _dismissed(self, window: Window, x: float, y: float) -> bool:
        """A touch beside a modal overlay closes it if it may; it reaches nothing else."""
        if window.kind != "overlay" or window.contains(x, y):
            return False
        overlay = window.surface.overlays[-1]
        if overlay.cancelable:
            window.surface.dismiss()
            if overlay.on_cancel is not None:
                overlay.on_cancel.fn(window.surface, *overlay.on_cancel.args)
        return True

    def _run(self, window: Window, handler: Handler, *more: Any) -> None:
        surface = window.surface
        if isinstance(handler, Call):
            handler.fn(surface, *handler.args, *more)
        elif surface.overlays:
            surface.replace_overlay(handler.fn(surface.overlays[-1], *handler.args, *more))

    def _run_at(self, hit: Hit | None, x: float, y: float, window: Window, handler: Handler) -> None:
        """Handle a touch, with its place known to what it opens."""
        left, top = round(x), round(y)
        if hit is not None and hit.box.w < self._kernel.ui.width // 2:
            self.touched = Bounds(hit.x, hit.y, hit.x + hit.box.w, hit.y + hit.box.h)
        else:
            self.touched = Bounds(left, top, left, top)
        try:
            self._run(window, handler)
        finally:
            self.touched = None

    @staticmethod
    def _takes(handler: Handler, finger: str) -> bool:
        """A handler made with leading arguments naming directions takes only those."""
        first: object = handler.args[0] if handler.args else None
        return not isinstance(first, frozenset) or finger in first

    def _focus(self, surface: Surface[Any], hit: Hit, x: float, y: float) -> None:
        view = hit.view
        if not isinstance(view, EditText):
            return
        surface.focus = view.edit_key
        at = view.index_at(self._kernel.ui, hit.box, x - hit.x, y - hit.y)
        surface.selection = (at, at)
        surface.version += 1
        self._kernel.ime.show()

    def _select_word(self, surface: Surface[Any]) -> None:
        text, at = surface.field(surface.focus), surface.selection[1]
        low = high = min(at, len(text))
        while low > 0 and (text[low - 1].isalnum() or text[low - 1] in "_'"):
            low -= 1
        while high < len(text) and (text[high].isalnum() or text[high] in "_'"):
            high += 1
        surface.selection = (low, high)
        surface.version += 1
        if text or self._kernel.hardware.clipboard():
            show_selection_menu(surface)

    def _scroll(self, window: Window, hit: Hit, by: float) -> bool:
        """Move a container; False where it is at its end already, so that an outer one may move."""
        view, box, surface = hit.view, hit.box, window.surface
        room = max(0, box.extent - (box.h if view.scroll_axis == "y" else box.w))
        at = min(max(surface.scroll.get(view.scroll_key, 0), 0), room)
        if getattr(view, "stick", "start") == "end":
            by = -by
        to = min(max(at + round(by), 0), room)
        if to == at:
            return False
        surface.scroll_to(view.scroll_key, to)
        return True

    @staticmethod
    def _fraction(hit: Hit, x: float, y: float) -> float:
        """Where the finger is along a slider: its thumb travels between the insets."""
        if hit.view.drag_axis == "y":
            inset = hit.box.w // 2
            return min(1.0, max(0.0, 1 - (y - hit.y - inset) / max(1, hit.box.h - 2 * inset)))
        inset = 0 if hit.box.w < 100 else min(hit.box.h // 2, 40)
        return min(1.0, max(0.0, (x - hit.x - inset) / max(1, hit.box.w - 2 * inset)))

    def _log(self, name: str, x: float, y: float, window: Window | None, path: list[Hit], **more: Any) -> None:
        target = next((h.view for h in reversed(path) if h.view.on_tap is not None or h.view.edit_key), None)
        what = (target.rid or target.desc or target.text) if target is not None else ""
        package = window.surface.package if window is not None else ""
        self._kernel.journal.append("input", package, name, "read", x=round(x), y=round(y), target=what, **more)
