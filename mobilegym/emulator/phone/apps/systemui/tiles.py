"""Quick settings tiles: what each shows and does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["DEFAULT_ORDER", "TILES", "Tile", "TileState", "tile_order", "tile_state", "toggle_tile"]

_ORDER_KEY: Final = "sysui_qs_tiles"
DEFAULT_ORDER: Final = (
    "internet", "bt", "flashlight", "dnd", "alarm", "airplane", "rotation", "battery", "cell", "night", "hotspot", "dark", "location",
)  # fmt: skip
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


class Tile(NamedTuple):
    """A tile."""

    label: str
    icon: str
    page: str
    """Action of the page of Settings that a long press opens."""
    on: Callable[[Kernel], bool]
    set: Callable[[Kernel, bool], None] | None
    icon_off: str = ""
    desc: str = ""


def _secure(key: str) -> tuple[Callable[[Kernel], bool], Callable[[Kernel, bool], None]]:
    def read(kernel: Kernel) -> bool:
        return kernel.settings.flag("secure", key)

    def write(kernel: Kernel, on: bool) -> None:
        kernel.settings.set_flag("secure", key, on)

    return read, write


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


_PAGES: Final = "android.settings."
TILES: Final[dict[str, Tile]] = {
    "internet": Tile(
        "Internet", "wifi", f"{_PAGES}WIFI_SETTINGS", lambda k: k.hardware.wifi() is not None or (k.hardware.mobile_data and k.hardware.cellular),
        None, "wifi-off",
    ),
    "bt": Tile("Bluetooth", "bluetooth", f"{_PAGES}BLUETOOTH_SETTINGS", lambda k: k.hardware.bluetooth_on, lambda k, on: k.hardware.set_bluetooth(on),
               "bluetooth-off", "Bluetooth."),
    "flashlight": Tile("Flashlight", "flashlight", f"{_PAGES}SETTINGS", lambda k: k.hardware.torch, lambda k, on: k.hardware.set_torch(on), "flashlight-off"),
    "dnd": Tile("Do Not Disturb", "minus-circle", f"{_PAGES}ZEN_MODE_SETTINGS", _dnd, _set_dnd, "minus-circle-outline", "Do Not Disturb."),
    "alarm": Tile("Alarm", "alarm", "android.intent.action.SHOW_ALARMS", _alarm, None),
    "airplane": Tile("Airplane mode", "airplane", f"{_PAGES}AIRPLANE_MODE_SETTINGS", lambda k: k.hardware.airplane,
                     lambda k, on: k.hardware.set_airplane(on)),
    "rotation": Tile("Auto-rotate", "screen-rotation", f"{_PAGES}DISPLAY_SETTINGS", lambda k: k.hardware.auto_rotate,
                     lambda k, on: k.hardware.set_auto_rotate(on), "screen-rotation-lock", "Auto-rotate screen"),
    "battery": Tile("Battery Saver", "battery-plus-outline", f"{_PAGES}BATTERY_SAVER_SETTINGS", lambda k: k.hardware.battery_saver,
                    lambda k, on: k.hardware.set_battery_saver(on)),
    "cell": Tile("Mobile data", "swap-vertical", f"{_PAGES}DATA_USAGE_SETTINGS", lambda k: k.hardware.mobile_data,
                 lambda k, on: k.hardware.set_mobile_data(on)),
    "night": Tile("Night Light", "weather-night", f"{_PAGES}NIGHT_DISPLAY_SETTINGS", *_secure("night_display_activated")),
    "hotspot": Tile("Hotspot", "access-point", f"{_PAGES}WIFI_TETHER_SETTINGS", lambda k: k.hardware.hotspot,
                    lambda k, on: k.hardware.set_hotspot(on)),
    "dark": Tile("Dark theme", "theme-light-dark", f"{_PAGES}DARK_THEME_SETTINGS", _dark, _set_dark),
    "location": Tile("Location", "map-marker", f"{_PAGES}LOCATION_SOURCE_SETTINGS", lambda k: k.hardware.location_on,
                     lambda k, on: k.hardware.set_location_on(on), "map-marker-off"),
    "nfc": Tile("NFC", "nfc", f"{_PAGES}NFC_SETTINGS", lambda k: k.hardware.nfc, lambda k, on: k.hardware.set_nfc(on)),
    "reduce_brightness": Tile("Extra dim", "brightness-4", f"{_PAGES}REDUCE_BRIGHT_COLORS_SETTINGS", *_secure("reduce_bright_colors_activated")),
    "inversion": Tile("Color inversion", "invert-colors", f"{_PAGES}COLOR_INVERSION_SETTINGS", *_secure("accessibility_display_inversion_enabled")),
    "color_correction": Tile("Color correction", "palette", f"{_PAGES}ACCESSIBILITY_COLOR_SPACE_SETTINGS",
                             *_secure("accessibility_display_daltonizer_enabled")),
}  # fmt: skip
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
    if tile.set is None or not _available(kernel, spec):
        return None
    on = not tile.on(kernel)
    tile.set(kernel, on)
    kernel.journal.append("effect", "com.android.systemui", "setting.changed", "reversible", setting=spec, value="on" if on else "off")
    return on
