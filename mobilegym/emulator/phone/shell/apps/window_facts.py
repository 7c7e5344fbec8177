"""Windows as the window manager lists them: names, frames, and who has the focus."""

from __future__ import annotations

from typing import Any, NamedTuple

from mobilegym.emulator.phone.hierarchy import rotation_of
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.shell.apps.names import hex_id
from mobilegym.emulator.phone.shell.process import Process

__all__ = ["Frame", "WindowFact", "focus", "focused_app", "rotation", "windows"]

_SYSTEM_UI = "com.android.systemui"
_IME = "com.google.android.inputmethod.latin"


class Frame(NamedTuple):
    """Edges on the screen, device px."""

    left: int
    top: int
    right: int
    bottom: int

    def __str__(self) -> str:
        return f"[{self.left},{self.top}][{self.right},{self.bottom}]"


class WindowFact(NamedTuple):
    """One window of the list."""

    title: str
    package: str
    kind: str
    """Android's type: `STATUS_BAR`, `BASE_APPLICATION`, ..."""
    frame: Frame
    visible: bool
    task: int = 0
    """Id of the task it belongs to; 0 for a window of the system."""

    @property
    def name(self) -> str:
        """`Window{HEX u0 TITLE}`."""
        return f"Window{{{hex_id('window', self.title, self.task)} u0 {self.title}}}"


def rotation(p: Process) -> int:
    """Quarter turns of what is drawn."""
    return rotation_of(p.kernel)


def windows(p: Process) -> list[WindowFact]:
    """Every window, the topmost first; those that cannot be seen too."""
    kernel = p.kernel
    ui, shell, hardware = kernel.ui, kernel.shell.state, kernel.hardware
    whole = Frame(0, 0, ui.width, ui.height)
    on = hardware.screen_on
    found = [
        WindowFact("ScreenDecorOverlayBottom", _SYSTEM_UI, "NAVIGATION_BAR_PANEL", Frame(0, ui.height - 60, ui.width, ui.height), on),
        WindowFact("ScreenDecorOverlay", _SYSTEM_UI, "NAVIGATION_BAR_PANEL", Frame(0, 0, ui.width, ui.status_bar), on),
    ]
    if shell.power_menu:
        found.append(WindowFact("ActionsDialog", _SYSTEM_UI, "VOLUME_OVERLAY", whole, True))
    if shell.volume_until_ms > kernel.clock.now_ms:
        found.append(WindowFact("VolumeDialogImpl", _SYSTEM_UI, "VOLUME_OVERLAY", whole, True))
    if shell.toast and shell.toast_until_ms > kernel.clock.now_ms:
        found.append(WindowFact("Toast", shell.toast_package or _SYSTEM_UI, "TOAST", whole, True))
    found.append(
        WindowFact("NavigationBar0", _SYSTEM_UI, "NAVIGATION_BAR", Frame(0, ui.height - ui.navigation_bar, ui.width, ui.height), on)
    )
    found.append(WindowFact("NotificationShade", _SYSTEM_UI, "NOTIFICATION_SHADE", whole, hardware.locked or shell.shade != "closed"))
    found.append(WindowFact("StatusBar", _SYSTEM_UI, "STATUS_BAR", Frame(0, 0, ui.width, ui.status_bar), on))
    found.append(WindowFact("ShellDropTarget", _SYSTEM_UI, "APPLICATION_OVERLAY", whole, False))
    keyboard = next((w for w in kernel.windows.stack() if w.kind == "keyboard"), None)
    top = keyboard.y if keyboard is not None else ui.status_bar
    found.append(WindowFact("InputMethod", _IME, "INPUT_METHOD", Frame(0, top, ui.width, ui.height), keyboard is not None))
    found += _app_windows(p, whole)
    found.append(
        WindowFact("com.android.systemui.wallpapers.ImageWallpaper", _SYSTEM_UI, "WALLPAPER", whole, on and kernel.activities.at_home)
    )
    return found


def _app_windows(p: Process, whole: Frame) -> list[WindowFact]:
    activities = p.kernel.activities
    current = activities.current
    hidden = p.kernel.hardware.locked or not p.kernel.hardware.screen_on
    found: list[WindowFact] = []
    home = [activities.home] if activities.home is not None else []
    for task in [*home, *activities.tasks] if activities.at_home else [*activities.tasks, *home]:
        seen = task is current and not hidden
        for activity in reversed(task.stack):
            title = f"{activity.package}/{activity.name}"
            for i, overlay in reversed(list(enumerate(activity.overlays))):
                popup = overlay.placement == "anchor"
                name = f"PopupWindow:{hex_id('popup', title, i)}" if popup else title
                found.append(WindowFact(name, activity.package, "APPLICATION_PANEL" if popup else "APPLICATION", whole, seen, task.id))
            found.append(WindowFact(title, activity.package, "BASE_APPLICATION", whole, seen, task.id))
            seen = seen and activity.floating
    return found


def focused_app(p: Process) -> tuple[Activity[Any], int] | None:
    """The activity in front and its task, also under the shade or the lock screen."""
    task = p.kernel.activities.current
    return None if task is None else (task.top, task.id)


def focus(p: Process) -> WindowFact | None:
    """The window that gets keys; None while the screen is off and nothing locks it. The keyboard never has the focus."""
    kernel = p.kernel
    found = windows(p)
    if kernel.hardware.locked or kernel.shell.state.shade != "closed":
        return next(w for w in found if w.title == "NotificationShade")
    if not kernel.hardware.screen_on:
        return None
    if kernel.shell.state.power_menu:
        return next(w for w in found if w.title == "ActionsDialog")
    if kernel.windows.system["heads_up"].focus and kernel.shell.state.heads_up:
        return next(w for w in found if w.title == "NotificationShade")
    return next((w for w in found if w.task and w.visible), None)
