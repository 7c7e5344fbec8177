"""Windows: what is on the screen, bottom to top, laid out; and from that accessibility nodes and the display list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mobilegym.emulator.phone.kernel.surface import Snack, Surface
from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.decor import Decor
from mobilegym.emulator.phone.ui.hit import top_of_raised
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.overlay import Overlay
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, View, collect_window, paint_window
from mobilegym.emulator.phone.ui.widgets.snackbar import snackbar_view
from mobilegym.observation import Bounds, Element

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["SYSTEM_WINDOWS", "Window", "Windows"]

SYSTEM_WINDOWS: Final = ("status_bar", "navigation_bar", "keyboard", "heads_up", "volume", "shade", "keyguard", "power_menu", "toast")
"""Names of the windows that the system UI and the keyboard provide."""


class Window(NamedTuple):
    """A laid-out window at its place on the screen, device px."""

    kind: str
    """`activity`, `overlay`, `snackbar`, or the name of a system window."""
    surface: Surface[Any]
    box: Box
    x: int
    y: int
    modal: bool
    """Takes every touch; `readable` windows below a modal one are not read either."""
    scrim: int
    """ARGB laid over everything below, 0 for none."""

    def contains(self, px: float, py: float) -> bool:
        """Whether a point of the screen lies on it."""
        return self.x <= px < self.x + self.box.w and self.y <= py < self.y + self.box.h


_SCREENS: Final[dict[object, Box]] = {}
"""Laid-out screens by everything they were built from. Tokens are unique to their content, so phones share them."""
_SCREENS_LIMIT: Final = 512


def _keep(content: object, box: Box) -> None:
    if len(_SCREENS) >= _SCREENS_LIMIT:
        for old in list(_SCREENS)[: _SCREENS_LIMIT // 2]:
            del _SCREENS[old]
    _SCREENS[content] = box


class Windows:
    """Builds and keeps the windows of one phone. Building is lazy: nothing is laid out unless somebody looks or touches."""

    def __init__(self, kernel: Kernel, system: dict[str, type[Surface[Any]]], packages: dict[str, str]) -> None:
        self._kernel = kernel
        self.system: dict[str, Surface[Any]] = {name: cls(kernel, packages[name]) for name, cls in system.items()}
        self._nodes: dict[int, tuple[object, tuple[Element, ...]]] = {}
        self._overlay_boxes: dict[tuple[int, int], tuple[object, Box]] = {}
        self._frame: tuple[tuple[Any, ...], list[Window]] | None = None
        self._during: tuple[tuple[object, ...], Ui] | None = None
        """Tokens and configuration while a frame is being built: building changes neither."""

    # ------------------------------------------------------------------ building

    def stack(self) -> list[Window]:
        """All windows, bottom to top. The same list until something changes: not to be altered."""
        stamp = self._frame_stamp()
        if self._frame is None or self._frame[0] != stamp:
            # Building may itself settle something (a surface that corrects its state), so the stamp is taken anew.
            self._during = stamp[0], stamp[1]
            try:
                windows = self._build()
            finally:
                self._during = None
            self._frame = (self._frame_stamp(), windows)
        return self._frame[1]

    def _frame_stamp(self) -> tuple[Any, ...]:
        kernel, shell = self._kernel, self._kernel.shell.state
        now, task = kernel.clock.now_ms, kernel.activities.current
        stack = task.stack if task is not None else ()
        snack = stack[-1].snack if stack else None
        return (
            kernel.tokens(),
            kernel.ui,
            [s.version for s in self.system.values()],
            [(a, a.version) for a in stack],
            snack is not None and snack.until_ms > now,
            shell.toast_until_ms > now,
            shell.volume_until_ms > now,
            shell.heads_up_until_ms > now,
        )

    def _build(self) -> list[Window]:
        kernel = self._kernel
        if not kernel.hardware.screen_on:
            return []
        windows: list[Window] = []
        if kernel.hardware.locked:
            windows.append(self._full("keyguard"))
            self._overlays(self.system["keyguard"], windows)
        else:
            self._activities(windows)
        if kernel.shell.state.shade == "closed":
            self._keyboard(windows)
        self._system(windows)
        return windows

    def _keyboard(self, windows: list[Window]) -> None:
        kernel, surface = self._kernel, self.system["keyboard"]
        if kernel.ime.shown and self.input_target().focus:
            keyboard = self._layout(surface, kernel.ui.width, kernel.ui.keyboard + kernel.ui.navigation_bar)
            windows.append(Window("keyboard", surface, keyboard, 0, kernel.ui.height - keyboard.h, False, 0))

    def _activities(self, windows: list[Window]) -> None:
        kernel = self._kernel
        task = kernel.activities.current
        if task is None:
            return
        first = len(task.stack) - 1
        while first > 0 and task.stack[first].floating:
            first -= 1
        for activity in task.stack[first:]:
            floating = activity.floating
            scrim = kernel.ui.color("scrim") if floating else 0
            windows.append(Window("activity", activity, self._activity(activity), 0, 0, True, scrim))
        top = task.top
        # A snackbar belongs to the activity's window: dialogs lie over it.
        if top.snack is not None and top.snack.until_ms > kernel.clock.now_ms:
            windows.append(self._snackbar(top, top.snack))
        self._overlays(top, windows)

    def _overlays(self, surface: Surface[Any], windows: list[Window]) -> None:
        ui = self._ui
        keyboard = self.keyboard_height(surface)
        for i, overlay in enumerate(surface.overlays):
            box = self._overlay(surface, overlay, i, keyboard)
            x, y = overlay.place(ui, box, keyboard)
            windows.append(Window("overlay", surface, box, x, y, overlay.modal, ui.color("scrim") if overlay.scrim else 0))

    def _system(self, windows: list[Window]) -> None:
        kernel, ui, shell = self._kernel, self._ui, self._kernel.shell.state
        names = {w.kind for w in windows}
        bar = self.system["status_bar"]
        windows.append(Window("status_bar", bar, self._layout(bar, ui.width, ui.status_bar), 0, 0, False, 0))
        nav = self.system["navigation_bar"]
        windows.append(
            Window("navigation_bar", nav, self._layout(nav, ui.width, ui.navigation_bar), 0, ui.height - ui.navigation_bar, False, 0)
        )
        now = kernel.clock.now_ms
        banner = shell.heads_up_until_ms > now and kernel.notifications.get(shell.heads_up) is not None
        if banner and "keyguard" not in names and shell.shade == "closed":
            windows.append(self._floating("heads_up", 0))
        if shell.shade != "closed":
            windows.append(self._full("shade"))
            self._overlays(self.system["shade"], windows)
            self._keyboard(windows)
        if shell.volume_until_ms > now:
            windows.append(self._floating("volume", 0))
        if shell.power_menu:
            windows.append(self._full("power_menu"))
        if shell.toast and shell.toast_until_ms > now:
            windows.append(self._floating("toast", 0))

    def _full(self, name: str) -> Window:
        ui = self._ui
        surface = self.system[name]
        return Window(name, surface, self._layout(surface, ui.width, ui.height), 0, 0, True, 0)

    def _floating(self, name: str, scrim: int) -> Window:
        """A system window as large as its content; its surface says where in `placement`."""
        ui = self._ui
        surface = self.system[name]
        view = self._view(surface)
        box = view.layout(ui, 0, ui.width, 0, ui.height)
        x, y = surface.place(ui, box)
        return Window(name, surface, box, x, y, False, scrim)

    def _stamp(self, surface: Surface[Any]) -> tuple[object, ...]:
        tokens, ui = self._during or (self._kernel.tokens(), self._kernel.ui)
        return surface.version, ui, surface.select_tokens(tokens), surface.watch()

    def _view(self, surface: Surface[Any]) -> View:
        stamp = self._stamp(surface)
        if surface.built is None or surface.built[0] != stamp:
            content = (type(surface), surface.content(), stamp[1:])
            box = _SCREENS.get(content)
            if box is None:
                view = surface.build()
                view.shared = True
                box = Box(view, 0, 0, ())
                _keep(content, box)
            surface.built = (stamp, box)
        return surface.built[1].view

    @property
    def _ui(self) -> Ui:
        return self._during[1] if self._during is not None else self._kernel.ui

    def _layout(self, surface: Surface[Any], width: int, height: int) -> Box:
        return self._view(surface).layout(self._ui, width, width, height, height)

    def _activity(self, activity: Surface[Any]) -> Box:
        ui, keyboard = self._ui, self.keyboard_height(activity)
        stamp = (self._stamp(activity), keyboard)
        if activity.built is None or activity.built[0] != stamp:
            content = (type(activity), activity.package, activity.content(), stamp[0][1:], keyboard)
            box = _SCREENS.get(content)
            if box is None:
                box = self._decorate(activity, ui, keyboard)
                _keep(content, box)
            activity.built = (stamp, box)
        return activity.built[1]

    @staticmethod
    def _decorate(activity: Surface[Any], ui: Ui, keyboard: int) -> Box:
        edge = activity.edge_to_edge
        top, bottom = (0, keyboard) if edge else (ui.status_bar, keyboard or ui.navigation_bar)
        decor = Decor(activity.build(), top, bottom, activity.background)
        decor.shared = True
        return decor.layout(ui, ui.width, ui.width, ui.height, ui.height)

    def _overlay(self, surface: Surface[Any], overlay: Overlay, index: int, keyboard: int) -> Box:
        ui = self._ui
        key = (id(surface), index)
        stamp = (surface, overlay, self._stamp(surface), keyboard)
        cached = self._overlay_boxes.get(key)
        if cached is None or cached[0] != stamp:
            width, height = overlay.limits(ui)
            box = overlay.build(surface).layout(ui, 0, width, 0, max(ui.px(96), height - keyboard))
            if len(self._overlay_boxes) > 8:
                self._overlay_boxes.clear()
            cached = self._overlay_boxes[key] = (stamp, box)
        return cached[1]

    def _snackbar(self, surface: Surface[Any], snack: Snack) -> Window:
        ui = self._ui
        box = memo(ui, snackbar_view, snack.text, snack.action).layout(ui, ui.width - ui.px(24), ui.width - ui.px(24), 0, ui.height)
        bottom = ui.height - (self.keyboard_height(surface) or ui.navigation_bar) - ui.px(surface.snack_inset)
        y = bottom - box.h - ui.px(8)
        # Above a floating button, not over it.
        button = top_of_raised(self._activity(surface), 0, 0, Bounds(ui.px(12), y, ui.px(12) + box.w, bottom))
        return Window("snackbar", surface, box, ui.px(12), min(y, button - box.h - ui.px(8)), False, 0)

    # ------------------------------------------------------------------ asking

    def keyboard_height(self, surface: Surface[Any]) -> int:
        """Px that the keyboard takes from this surface's window, 0 while hidden."""
        kernel = self._kernel
        shown = kernel.ime.shown and surface.focus and surface is self.input_target()
        return kernel.ui.keyboard + kernel.ui.navigation_bar if shown else 0

    def input_target(self) -> Surface[Any]:
        """The surface that gets keys and text: the topmost that is in front."""
        kernel = self._kernel
        if kernel.hardware.locked:
            return self.system["keyguard"]
        if kernel.shell.state.shade != "closed":
            return self.system["shade"]
        if kernel.shell.state.heads_up and self.system["heads_up"].focus:
            return self.system["heads_up"]
        return kernel.activities.foreground

    def boxes_of(self, surface: Surface[Any]) -> list[Box]:
        """Laid-out windows of a surface, topmost first."""
        windows: list[Window] = []
        self._overlays(surface, windows)
        name = next((n for n, s in self.system.items() if s is surface), "")
        main = self._activity(surface) if not name else self._floating(name, 0).box if name == "heads_up" else self._full(name).box
        return [*[w.box for w in reversed(windows)], main]

    # ------------------------------------------------------------------ reading

    def readable(self) -> list[Window]:
        """Windows that can be read: the status bar, the window in front with what floats above it, and the keyboard."""
        windows = self.stack()
        start = max((i for i, w in enumerate(windows) if w.modal), default=0)
        front = windows[start:]
        bars = [w for w in windows if w.kind == "status_bar"]
        if bars and bars[0] not in front:
            return [*bars, *front]
        front.sort(key=lambda w: w.kind != "status_bar")
        return front

    def elements(self) -> tuple[Element, ...]:
        """Visible nodes of the readable windows, in their order."""
        out: tuple[Element, ...] = ()
        for window in self.readable():
            out += self.elements_of(window)
        return out

    def elements_of(self, window: Window) -> tuple[Element, ...]:
        """Visible nodes of one window of `stack`, its root at depth 0."""
        ui = self._ui
        box, key = window.box, (window.x, window.y, window.surface.package)
        cached = self._nodes.get(id(box))
        if cached is not None and cached[0] == (key, box):
            return cached[1]
        found = collect_window(box, window.surface.package, window.x, window.y, (0, 0, ui.width, ui.height))
        if len(self._nodes) > 12:
            self._nodes.clear()
        self._nodes[id(box)] = ((key, box), found)
        return found

    def display_list(self) -> tuple[int, tuple[ops.Op, ...]]:
        """Background colour and ops of the whole screen, bottom to top."""
        kernel, ui = self._kernel, self._kernel.ui
        screen: ops.Clip = (0, 0, ui.width, ui.height)
        windows = self.stack()
        if not windows:
            return 0xFF000000, ()
        out: list[ops.Op] = []
        first = windows[0].surface
        if first.background == "transparent":
            picture = ops.image(0, 0, ui.width, ui.height, kernel.wallpaper(), "cover", 0, screen)
            if picture is not None:
                out.append(picture)
        for window in windows:
            if window.scrim:
                veil = ops.rect(0, 0, ui.width, ui.height, window.scrim, screen)
                if veil is not None:
                    out.append(veil)
            out.extend(paint_window(window.box, ui, window.x, window.y, screen))
        background = ui.color(first.background) if first.background != "transparent" else 0xFF000000
        return background | 0xFF000000, tuple(out)

    def freeze(self) -> object:
        return tuple((name, s.freeze()) for name, s in self.system.items())

    def thaw(self, frozen: Any) -> None:
        for name, saved in frozen:
            self.system[name].thaw(saved)
