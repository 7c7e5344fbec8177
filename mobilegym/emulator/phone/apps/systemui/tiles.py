"""Quick settings tiles: what each shows and does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from mobilegym.emulator.phone.kernel.hardware import Hardware
from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["DEFAULT_ORDER", "TILES", "Tile", "TileState", "set_tile_order", "tile_order", "tile_state", "toggle_tile"]

_ORDER_KEY: Final = "sysui_qs_tiles"
_PAGES: Final = "android.settings."
DEFAULT_ORDER: Final = (
    "internet",
    "bt",
    "flashlight",
    "dnd",
    "alarm",
    "airplane",
    "rotation",
    "battery",
    "cell",
    "night",
    "hotspot",
    "dark",
    "location",
)
"""Tiles of a fresh phone."""


class TileState(NamedTuple):
    """How a tile looks now; hashable."""

    spec: str
    label: str
    secondary: str
    icon: str
    active: bool
    desc: str
    available: bool = True
    chevron: bool = False
    switch: bool = True
    """False for tiles that lead somewhere instead of switching something."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile."""

    label: str
    icon: str
    page: str
    """Action of the page of Settings that a long press opens."""
    on: Callable[[Kernel], bool]
    put: Callable[[Kernel, bool], None] | None
    """Switches it; None for a tile that leads somewhere instead."""
    icon_off: str = ""
    desc: str = ""


def _hardware(
    label: str,
    icon: str,
    page: str,
    on: Callable[[Hardware], bool],
    put: Callable[[Hardware, bool], None],
    icon_off: str = "",
    desc: str = "",
) -> Tile:
    def read(kernel: Kernel) -> bool:
        return on(kernel.hardware)

    def write(kernel: Kernel, value: bool) -> None:
        put(kernel.hardware, value)

    return Tile(label, icon, _PAGES + page, read, write, icon_off, desc)


def _secure(label: str, icon: str, page: str, key: str) -> Tile:
    def read(kernel: Kernel) -> bool:
        return kernel.settings.flag("secure", key)

    def write(kernel: Kernel, value: bool) -> None:
        kernel.settings.set_flag("secure", key, value)

    return Tile(label, icon, _PAGES + page, read, write)


def _online(kernel: Kernel) -> bool:
    return kernel.hardware.wifi() is not None or (kernel.hardware.mobile_data and kernel.hardware.cellular)


def _dark(kernel: Kernel) -> bool:
    return kernel.settings.get("secure", "ui_night_mode") == "2"


def _set_dark(kernel: Kernel, on: bool) -> None:
    kernel.settings.put("secure", "ui_night_mode", "2" if on else "1")


def _dnd(kernel: Kernel) -> bool:
    return kernel.settings.number("global", "zen_mode", 0) != 0


def _set_dnd(kernel: Kernel, on: bool) -> None:
    kernel.settings.put("global", "zen_mode", "1" if on else "0")


def _alarm(kernel: Kernel) -> bool:
    return bool(kernel.settings.get("system", "next_alarm_formatted"))


TILES: Final[dict[str, Tile]] = {
    "internet": Tile("Internet", "wifi", f"{_PAGES}WIFI_SETTINGS", _online, None, "wifi-off"),
    "bt": _hardware(
        "Bluetooth", "bluetooth", "BLUETOOTH_SETTINGS", lambda h: h.bluetooth_on, Hardware.set_bluetooth, "bluetooth-off", "Bluetooth."
    ),
    "flashlight": _hardware("Flashlight", "flashlight", "SETTINGS", lambda h: h.torch, Hardware.set_torch, "flashlight-off"),
    "dnd": Tile("Do Not Disturb", "minus-circle", f"{_PAGES}ZEN_MODE_SETTINGS", _dnd, _set_dnd, "minus-circle-outline", "Do Not Disturb."),
    "alarm": Tile("Alarm", "alarm", "android.intent.action.SHOW_ALARMS", _alarm, None),
    "airplane": _hardware("Airplane mode", "airplane", "AIRPLANE_MODE_SETTINGS", lambda h: h.airplane, Hardware.set_airplane),
    "rotation": _hardware(
        "Auto-rotate",
        "screen-rotation",
        "DISPLAY_SETTINGS",
        lambda h: h.auto_rotate,
        Hardware.set_auto_rotate,
        "screen-rotation-lock",
        "Auto-rotate screen",
    ),
    "battery": _hardware(
        "Battery Saver", "battery-plus-outline", "BATTERY_SAVER_SETTINGS", lambda h: h.battery_saver, Hardware.set_battery_saver
    ),
    "cell": _hardware("Mobile data", "swap-vertical", "DATA_USAGE_SETTINGS", lambda h: h.mobile_data, Hardware.set_mobile_data),
    "night": _secure("Night Light", "weather-night", "NIGHT_DISPLAY_SETTINGS", "night_display_activated"),
    "hotspot": _hardware("Hotspot", "access-point", "TETHER_SETTINGS", lambda h: h.hotspot, Hardware.set_hotspot),
    "dark": Tile("Dark theme", "theme-light-dark", f"{_PAGES}DARK_THEME_SETTINGS", _dark, _set_dark),
    "location": _hardware(
        "Location", "map-marker", "LOCATION_SOURCE_SETTINGS", lambda h: h.location_on, Hardware.set_location_on, "map-marker-off"
    ),
    "nfc": _hardware("NFC", "nfc", "NFC_SETTINGS", lambda h: h.nfc, Hardware.set_nfc),
    "reduce_brightness": _secure("Extra dim", "brightness-4", "REDUCE_BRIGHT_COLORS_SETTINGS", "reduce_bright_colors_activated"),
    "inversion": _secure("Color inversion", "invert-colors", "COLOR_INVERSION_SETTINGS", "accessibility_display_inversion_enabled"),
    "color_correction": _secure("Color correction", "palette", "COLOR_CORRECTION_SETTINGS", "accessibility_display_daltonizer_enabled"),
}
"""All tiles by Android's name for them."""


def tile_order(kernel: Kernel) -> tuple[str, ...]:
    """Names of the tiles that are shown, in order; those that this phone does not know are left out."""
    stored = kernel.settings.get("secure", _ORDER_KEY)
    names = tuple(stored.split(",")) if stored else DEFAULT_ORDER
    return tuple(dict.fromkeys(name for name in names if name in TILES)) or DEFAULT_ORDER


def set_tile_order(kernel: Kernel, order: tuple[str, ...]) -> None:
    """Keep an order of tiles."""
    kernel.settings.put("secure", _ORDER_KEY, ",".join(order))


def tile_state(kernel: Kernel, spec: str) -> TileState:
    """How a tile looks now."""
    tile = TILES[spec]
    on, available = tile.on(kernel), _available(kernel, spec)
    secondary = _secondary(kernel, spec, on) if available else "Unavailable"
    icon = tile.icon if on or not tile.icon_off else tile.icon_off
    if spec == "internet" and kernel.hardware.wifi() is None and on:
        icon = "signal-cellular-3"
    desc = f"{tile.label},{secondary}" if spec == "internet" else tile.desc or tile.label
    return TileState(spec, tile.label, secondary, icon, on and available, desc, available, spec in ("internet", "alarm"), spec != "alarm")


def _available(kernel: Kernel, spec: str) -> bool:
    if spec == "battery":
        return not kernel.hardware.battery().charging
    if spec == "hotspot":
        return kernel.hardware.cellular or kernel.hardware.hotspot
    if spec == "cell":
        return kernel.hardware.cellular
    return True


def _secondary(kernel: Kernel, spec: str, on: bool) -> str:
    hardware = kernel.hardware
    if spec == "internet":
        network = hardware.wifi()
        if network is not None:
            return network.ssid
        if on and hardware.sim is not None:
            return hardware.sim.carrier
        return "Networks available" if hardware.wifi_on else "Airplane mode" if hardware.airplane else "Off"
    if spec == "alarm":
        return kernel.settings.get("system", "next_alarm_formatted") or "No alarm set"
    if spec == "bt" and on:
        return next((d.name for d in hardware.bluetooth_devices() if d.connected), "On")
    if spec == "cell" and on and hardware.sim is not None:
        return hardware.sim.carrier
    return "On" if on else "Off"


def toggle_tile(kernel: Kernel, spec: str) -> bool | None:
    """Switch what a tile switches; the new state, or None where it switches nothing now."""
    tile = TILES[spec]
    if tile.put is None or not _available(kernel, spec):
        return None
    on = not tile.on(kernel)
    tile.put(kernel, on)
    kernel.journal.append("effect", "com.android.systemui", "setting.changed", "reversible", setting=spec, value="on" if on else "off")
    return on
