"""Methods about the phone itself: screen, keys, touches by coordinates, clipboard, toasts."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from io import StringIO
from typing import Final

from mobilegym.actions import Press
from mobilegym.emulator.phone.hierarchy import active_elements, dump_active, nodes_xml, rotation_of, windows_info
from mobilegym.emulator.phone.keycodes import PRESS_CODES
from mobilegym.emulator.phone.shell.screen.capture import screen_png
from mobilegym.emulator.phone.wire.openatx.objects import OBJECT_METHODS, Method, drag, swipe_object
from mobilegym.emulator.phone.wire.openatx.parameters import BadParameters, Parameters
from mobilegym.emulator.phone.wire.openatx.rpc import Rpc
from mobilegym.observation import Element

__all__ = [
    "METHODS", "clear_input_text", "clear_last_toast", "device_info", "drag_points", "dump_hierarchy", "freeze_rotation",
    "get_clipboard", "inject_input_event", "last_toast", "make_toast", "nothing", "open_notification", "open_quick_settings",
    "paste_clipboard", "press_key", "press_key_code", "set_clipboard", "set_orientation", "sleep", "swipe", "swipe_points",
    "take_screenshot", "true", "wake_up",
]  # fmt: skip

_STEP_MS: Final = 5
_KEYS: Final[Mapping[str, int]] = {
    "home": 3, "back": 4, "left": 21, "right": 22, "up": 19, "down": 20, "center": 23, "menu": 82, "search": 84, "enter": 66,
    "delete": 67, "del": 67, "recent": PRESS_CODES["recents"], "volume_up": 24, "volume_down": 25, "volume_mute": 164, "camera": 27,
    "power": 26, "space": 62, "tab": 61, "escape": 111,
}  # fmt: skip
_TURNS: Final = {"natural": 0, "n": 0, "left": 1, "l": 1, "upsidedown": 2, "u": 2, "right": 3, "r": 3}
_PACKAGE: Final = "com.wetest.uia2"
_XML_HEAD: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\r\n"


def device_info(rpc: Rpc, p: Parameters) -> object:
    """`d.info`."""
    del p
    kernel = rpc.kernel
    ui, scale = kernel.ui, kernel.ui.density / 160
    elements = active_elements(kernel)
    rotation = rotation_of(kernel)
    return {
        "currentPackageName": elements[0].package if elements else "com.android.systemui", "displayHeight": ui.height,
        "displayRotation": rotation, "displaySizeDpX": round(ui.width / scale), "displaySizeDpY": round(ui.height / scale),
        "displayWidth": ui.width, "naturalOrientation": rotation == 0, "productName": "sdk_gphone64_x86_64",
        "screenOn": kernel.hardware.screen_on, "sdkInt": 34,
    }  # fmt: skip


def dump_hierarchy(rpc: Rpc, p: Parameters) -> str:
    """The nodes of all windows, or of the active one only."""
    compressed, depth = p.flag(default=False), p.count(50)
    kernel = rpc.kernel
    if p and p.take() is True and depth >= 50:
        return dump_active(kernel, compressed=compressed)
    out = StringIO()
    out.write(f'{_XML_HEAD}<hierarchy rotation="{rotation_of(kernel)}">')
    for window in windows_info(kernel):
        elements: tuple[Element, ...] = window.elements
        if any(e.depth >= depth for e in elements):
            elements = tuple(e for e in elements if e.depth < depth)
        out.write(nodes_xml(elements, compressed=compressed))
    out.write("</hierarchy>")
    return out.getvalue()


def take_screenshot(rpc: Rpc, p: Parameters) -> str:
    """The screen as a picture in base64."""
    p.number(1)
    p.number(80)
    return base64.b64encode(screen_png(rpc.system.phone)).decode("ascii")


# ---------------------------------------------------------------------- keys


def press_key(rpc: Rpc, p: Parameters) -> bool:
    """Press a key by its name."""
    code = _KEYS.get(p.text().lower())
    if code is None:
        return False
    rpc.actor.key(code)
    return True


def press_key_code(rpc: Rpc, p: Parameters) -> bool:
    """Press a key by its code, with what is held beside it."""
    code, meta = p.count(), p.count(0)
    rpc.actor.key(code, meta)
    return True


def wake_up(rpc: Rpc, p: Parameters) -> bool:
    """Turn the screen on."""
    del p
    rpc.actor.key(224)
    return True


def sleep(rpc: Rpc, p: Parameters) -> bool:
    """Turn the screen off."""
    del p
    rpc.actor.key(223)
    return True


def open_notification(rpc: Rpc, p: Parameters) -> bool:
    """Open the shade."""
    del p
    rpc.actor.perform(Press("notifications"))
    return True


def open_quick_settings(rpc: Rpc, p: Parameters) -> bool:
    """Open the shade with all tiles."""
    del p
    rpc.kernel.shell.set(shade="settings")
    rpc.system.acted(0)
    return True


# ---------------------------------------------------------------------- touches


def swipe(rpc: Rpc, p: Parameters) -> bool:
    """Swipe from one point to another, or on an object."""
    if not isinstance(p.next, (int, float)):
        return swipe_object(rpc, p)
    x1, y1, x2, y2 = p.number(), p.number(), p.number(), p.number()
    rpc.actor.swipe(x1, y1, x2, y2, min(max(p.count(55), 1), 12_000) * _STEP_MS)
    return True


def swipe_points(rpc: Rpc, p: Parameters) -> bool:
    """One finger through several points."""
    numbers, ms = p.take(), float(max(1, p.count(55)) * _STEP_MS)
    if not isinstance(numbers, list) or len(numbers) % 2 or not numbers:  # pyright: ignore[reportUnknownArgumentType]
        raise BadParameters("expected a list of x and y in turn")
    points = Parameters(numbers)  # pyright: ignore[reportUnknownArgumentType] - checked there
    track: list[tuple[float, float, float]] = []
    while points:
        track.append((len(track) * ms, points.number(), points.number()))
    rpc.actor.tracks([track])
    return True


def drag_points(rpc: Rpc, p: Parameters) -> bool:
    """Hold a point and move the finger to another."""
    return drag(rpc, (p.number(), p.number()), (p.number(), p.number()), p.count(100))


def inject_input_event(rpc: Rpc, p: Parameters) -> bool:
    """A finger comes down (0), leaves (1) or moves (2), one event a call."""
    action, x, y = p.count(), p.number(), p.number()
    # The client itself waits between its events: how long a finger is held is the one thing here that real time decides.
    now = asyncio.get_running_loop().time()
    if action == 0:
        rpc.touch_start_s = now
    at_ms = (now - rpc.touch_start_s) * 1000
    match action:
        case 0:
            rpc.touch.down(0, at_ms, x, y)
        case 1:
            if rpc.touch.up(0, at_ms, x, y):
                rpc.system.acted(0)
        case 2:
            rpc.touch.move(0, at_ms, x, y)
        case 3:
            rpc.touch.cancel()
        case _:
            raise BadParameters(f"no such touch event: {action}")
    return True


# ---------------------------------------------------------------------- rotation


def freeze_rotation(rpc: Rpc, p: Parameters) -> None:
    """Keep the screen as it is turned now, or let it follow the phone."""
    rpc.kernel.hardware.set_auto_rotate(not p.flag(default=True))


def set_orientation(rpc: Rpc, p: Parameters) -> None:
    """Turn the screen and keep it so."""
    turn = _TURNS.get(p.text().lower())
    if turn is None:
        raise BadParameters(f"an orientation is one of {', '.join(_TURNS)}")
    rpc.kernel.settings.put("system", "accelerometer_rotation", "0")
    rpc.kernel.settings.put("system", "user_rotation", str(turn))
    rpc.system.acted(0)


# ---------------------------------------------------------------------- clipboard, text, toasts


def set_clipboard(rpc: Rpc, p: Parameters) -> None:
    """Put text on the clipboard."""
    p.take()
    rpc.kernel.hardware.set_clipboard(p.text())


def get_clipboard(rpc: Rpc, p: Parameters) -> str:
    """What is on the clipboard."""
    del p
    return rpc.kernel.hardware.clipboard()


def paste_clipboard(rpc: Rpc, p: Parameters) -> bool:
    """Paste into the focused field."""
    del p
    rpc.kernel.input.edit("paste")
    rpc.system.acted(0)
    return True


def clear_input_text(rpc: Rpc, p: Parameters) -> bool:
    """Empty the focused field."""
    del p
    return rpc.actor.type_text("", clear=True)


def last_toast(rpc: Rpc, p: Parameters) -> str | None:
    """The toast that was shown last."""
    del p
    shell = rpc.kernel.shell.state
    return shell.toast if shell.toast and shell.toast_until_ms > rpc.toast_cleared_ms else None


def clear_last_toast(rpc: Rpc, p: Parameters) -> None:
    """Forget it."""
    del p
    rpc.toast_cleared_ms = rpc.kernel.shell.state.toast_until_ms


def make_toast(rpc: Rpc, p: Parameters) -> bool:
    """Show a toast."""
    text = p.text()
    p.count(2000)
    rpc.kernel.shell.show_toast(_PACKAGE, text)
    return True


def nothing(rpc: Rpc, p: Parameters) -> None:
    """Nothing was traversed by accessibility events, so there is nothing to tell or forget."""
    del rpc, p


def true(rpc: Rpc, p: Parameters) -> bool:
    """There is nothing to do."""
    del rpc, p
    return True


METHODS: Final[Mapping[str, Method]] = {
    **OBJECT_METHODS, "deviceInfo": device_info, "dumpWindowHierarchy": dump_hierarchy, "takeScreenshot": take_screenshot,
    "pressKey": press_key, "pressKeyCode": press_key_code, "wakeUp": wake_up, "sleep": sleep, "openNotification": open_notification,
    "openQuickSettings": open_quick_settings, "swipe": swipe, "swipePoints": swipe_points, "drag": drag_points,
    "injectInputEvent": inject_input_event, "freezeRotation": freeze_rotation, "setOrientation": set_orientation,
    "setClipboard": set_clipboard, "getClipboard": get_clipboard, "pasteClipboard": paste_clipboard, "clearInputText": clear_input_text,
    "getLastToast": last_toast, "clearLastToast": clear_last_toast, "makeToast": make_toast, "getLastTraversedText": nothing,
    "clearLastTraversedText": nothing, "waitForIdle": nothing, "setAccessibilityPatterns": true, "clearTraversedText": nothing,
}  # fmt: skip
"""Name → method."""
