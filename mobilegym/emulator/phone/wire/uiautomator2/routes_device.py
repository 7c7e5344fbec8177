"""Routes about the phone itself: screen, source, keys, orientation, clipboard, windows, settings."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final

from mobilegym.actions import Press
from mobilegym.emulator.phone.hierarchy import rotation_of, windows_info
from mobilegym.emulator.phone.shell.screen.capture import screen_png
from mobilegym.emulator.phone.ui.png import encode
from mobilegym.emulator.phone.wire.automation.errors import AutomationError, bad_value
from mobilegym.emulator.phone.wire.automation.source import page_source
from mobilegym.emulator.phone.wire.uiautomator2.keys import type_keys
from mobilegym.emulator.phone.wire.uiautomator2.request import Arguments, mapping_in, number_in

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = [
    "apps", "back", "battery_info", "declared_orientation", "device_info", "display_density", "get_clipboard", "get_orientation",
    "get_rotation", "get_settings", "keys", "list_displays", "list_windows", "long_press_keycode", "network_connection",
    "open_notifications", "pixel_ratio", "press_keycode", "reset_ax_cache", "screenshot", "set_clipboard", "set_orientation",
    "set_rotation", "set_settings", "source", "system_bars", "turn", "window_size",
]  # fmt: skip

_BATTERY: Final = {"charging": 2, "discharging": 3, "full": 5}
_DISPLAY: Final = "4619827259835644672"


def source(a: Arguments) -> object:
    """`GET /source`."""
    session = a.session
    return page_source(session.system.kernel, session.trees(), depth_limit=max(1, session.settings.number("snapshotMaxDepth")))


def screenshot(a: Arguments) -> object:
    """`GET /screenshot`: PNG in base64."""
    return base64.b64encode(screen_png(a.session.system.phone)).decode("ascii")


# ---------------------------------------------------------------------- keys


def back(a: Arguments) -> None:
    """`POST /back`."""
    a.session.actor.key(4)


def keys(a: Arguments) -> None:
    """`POST /keys`: types into whatever has the focus."""
    value = a.body.get("value")
    if isinstance(value, list):
        text = "".join(str(v) for v in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    else:
        text = a.text("text")
    type_keys(a.session.actor, text)


def _code(a: Arguments) -> tuple[int, int]:
    code, meta = a.body.get("keycode"), a.body.get("metastate") or 0
    try:
        return int(str(code)), int(str(meta))
    except ValueError:
        raise bad_value(f"`keycode` and `metastate` must be whole numbers, got {code!r} and {meta!r}"[:300]) from None


def press_keycode(a: Arguments) -> None:
    """`POST /appium/device/press_keycode`."""
    a.session.actor.key(*_code(a))


def long_press_keycode(a: Arguments) -> None:
    """`POST /appium/device/long_press_keycode`."""
    a.session.actor.key(*_code(a), long=True)


def open_notifications(a: Arguments) -> None:
    """`POST /appium/device/open_notifications`."""
    a.session.actor.perform(Press("notifications"))


# ---------------------------------------------------------------------- orientation


def get_orientation(a: Arguments) -> object:
    """`GET /orientation`."""
    return "LANDSCAPE" if rotation_of(a.session.system.kernel) % 2 else "PORTRAIT"


def set_orientation(a: Arguments) -> object:
    """`POST /orientation`."""
    wanted = a.text("orientation").upper()
    if wanted not in ("PORTRAIT", "LANDSCAPE"):
        raise bad_value(f"`orientation` must be PORTRAIT or LANDSCAPE, got {wanted!r}"[:300])
    turn(a, 1 if wanted == "LANDSCAPE" else 0, wanted)
    return wanted


def get_rotation(a: Arguments) -> object:
    """`GET /rotation`."""
    return {"x": 0, "y": 0, "z": rotation_of(a.session.system.kernel) * 90}


def set_rotation(a: Arguments) -> object:
    """`POST /rotation`."""
    z = a.number("z")
    if a.number("x") or a.number("y") or z not in (0, 90, 180, 270):
        raise bad_value("only rotations around the z axis by 0, 90, 180 or 270 degrees are possible")
    turn(a, round(z) // 90, f"{z:g} degrees")
    return get_rotation(a)


def turn(a: Arguments, quarters: int, what: str) -> None:
    """Turn the screen and keep it so. Raises AutomationError where what is shown keeps upright."""
    kernel = a.session.system.kernel
    kernel.settings.put("system", "accelerometer_rotation", "0")
    kernel.settings.put("system", "user_rotation", str(quarters))
    a.session.actor.pause(0)
    if rotation_of(kernel) != quarters:
        raise AutomationError("invalid element state", f"Screen rotation cannot be changed to {what}. Is it locked programmatically?")


def declared_orientation(a: Arguments) -> object:
    """`GET /appium/device/declared_orientation`."""
    task = a.session.system.kernel.activities.current
    return "portrait" if task is not None and task.top.upright else "unspecified"


# ---------------------------------------------------------------------- facts


def window_size(a: Arguments) -> object:
    """`GET /window/:windowHandle/size`, device px."""
    ui = a.session.system.kernel.ui
    return {"width": ui.width, "height": ui.height}


def pixel_ratio(a: Arguments) -> object:
    """`GET /appium/device/pixel_ratio`."""
    return a.session.system.kernel.ui.density / 160


def display_density(a: Arguments) -> object:
    """`GET /appium/device/display_density`, dpi."""
    return a.session.system.kernel.ui.density


def system_bars(a: Arguments) -> object:
    """`GET /appium/device/system_bars`, device px."""
    return {"statusBar": a.session.system.kernel.ui.status_bar}


def battery_info(a: Arguments) -> object:
    """`GET /appium/device/battery_info`."""
    hardware = a.session.system.kernel.hardware
    return {"level": hardware.battery().level / 100, "status": _BATTERY[hardware.battery_status]}


def device_info(a: Arguments) -> object:
    """`GET /appium/device/info`."""
    system = a.session.system
    kernel, config = system.kernel, system.phone.config
    sim = kernel.hardware.sim
    return {
        "androidId": kernel.settings.get("secure", "android_id") or "0000000000000000", "manufacturer": "Google", "model": config.model,
        "brand": "google", "apiVersion": "34", "platformVersion": "14", "carrierName": sim.carrier if sim is not None else "",
        "realDisplaySize": f"{config.width}x{config.height}", "displayDensity": kernel.ui.density,
        "locale": kernel.ui.locale.replace("-", "_"), "timeZone": kernel.clock.zone.key,
        "bluetooth": {"state": "ON" if kernel.hardware.bluetooth_on else "OFF"}, "networks": _networks(kernel),
    }  # fmt: skip


def _networks(kernel: Kernel) -> list[dict[str, object]]:
    hardware = kernel.hardware
    names = [(1, "WIFI", hardware.wifi is not None), (0, "MOBILE", hardware.cellular)]
    return [
        {
            "type": kind, "typeName": name, "subtype": 0, "subtypeName": "", "isConnected": on, "detailedState": "CONNECTED",
            "state": "CONNECTED", "extraInfo": None, "isAvailable": True, "isFailover": False, "isRoaming": False, "capabilities": None,
        }
        for kind, name, on in names if on
    ]  # fmt: skip


def network_connection(a: Arguments) -> object:
    """`POST /network_connection`: 1 is airplane mode, 2 Wi-Fi, 4 mobile data."""
    params = mapping_in(a.body, "parameters") or a.body
    wanted = round(number_in(params, "type"))
    hardware = a.session.system.kernel.hardware
    if not 0 <= wanted <= 7:
        raise bad_value(f"`type` must be between 0 and 7, got {wanted}")
    if hardware.airplane != bool(wanted & 1):
        hardware.set_airplane(bool(wanted & 1))
    if not wanted & 1:
        hardware.set_wifi(bool(wanted & 2))
        hardware.set_mobile_data(bool(wanted & 4))
    return (1 if hardware.airplane else 0) | (2 if hardware.wifi_on else 0) | (4 if hardware.mobile_data else 0)


def apps(a: Arguments) -> object:
    """`GET /appium/device/apps`: what is installed."""
    packages = a.session.system.kernel.packages
    return {name: {"name": packages.manifest(name).label, "packageName": name} for name in packages.names()}


# ---------------------------------------------------------------------- clipboard, windows, settings


def get_clipboard(a: Arguments) -> object:
    """`POST /appium/device/get_clipboard`: base64."""
    return base64.b64encode(a.session.system.kernel.hardware.clipboard().encode()).decode("ascii")


def set_clipboard(a: Arguments) -> None:
    """`POST /appium/device/set_clipboard`."""
    kind = a.text_or("contentType", "PLAINTEXT").upper()
    if kind != "PLAINTEXT":
        raise AutomationError("unsupported operation", f"Only plaintext can be on the clipboard, not {kind!r}"[:300])
    try:
        text = base64.b64decode(a.text("content"), validate=False).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise bad_value(f"`content` must be base64 of UTF-8: {error}") from error
    a.session.system.kernel.hardware.set_clipboard(text)


def list_windows(a: Arguments) -> object:
    """`POST /appium/list_windows`."""
    filters = a.mapping("filters") or {}
    package, wanted = filters.get("packageName"), filters.get("windowId")
    display = filters.get("displayId")
    pixels = None if a.flag("skipScreenshots") else a.session.system.phone.render()
    found: list[dict[str, object]] = []
    for window in sorted(windows_info(a.session.system.kernel), key=lambda w: -w.layer):
        if (wanted is not None and wanted != window.id) or (display is not None and display != 0):
            continue
        if isinstance(package, str) and not _fits(package, window.package):
            continue
        left, top, right, bottom = window.bounds
        shot = None
        if pixels is not None:
            part = pixels[max(0, top) : bottom, max(0, left) : right].copy()
            shot = base64.b64encode(encode(part)).decode("ascii") if part.size else None
        found.append({
            "windowId": window.id, "displayId": 0, "physicalDisplayId": _DISPLAY, "packageName": window.package, "screenshot": shot,
            "rect": {"left": left, "top": top, "right": right, "bottom": bottom},
        })  # fmt: skip
    return found


def _fits(pattern: str, package: str) -> bool:
    """A package name, with `*` for any part of it."""
    parts = pattern.split("*")
    if len(parts) == 1:
        return pattern == package
    if not (package.startswith(parts[0]) and package.endswith(parts[-1])):
        return False
    at = len(parts[0])
    for part in parts[1:-1]:
        at = package.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return at <= len(package) - len(parts[-1])


def list_displays(a: Arguments) -> object:
    """`POST /appium/list_displays`."""
    ui = a.session.system.kernel.ui
    metrics = {
        "widthPixels": ui.width, "heightPixels": ui.height, "density": ui.density / 160, "densityDpi": ui.density,
        "scaledDensity": ui.density / 160 * ui.font_scale, "xdpi": float(ui.density), "ydpi": float(ui.density),
    }  # fmt: skip
    return [{"id": 0, "physicalId": _DISPLAY, "metrics": metrics, "isDefault": True}]


def get_settings(a: Arguments) -> object:
    """`GET /appium/settings`."""
    return a.session.settings.all()


def set_settings(a: Arguments) -> None:
    """`POST /appium/settings`."""
    changes = a.mapping("settings")
    if changes is None:
        raise bad_value("`settings` must be given")
    a.session.settings.update(changes)


def reset_ax_cache(a: Arguments) -> None:
    """`POST /appium/reset_ax_cache`: there is no cache that could be out of date."""
    del a
