"""Console commands for the battery, the place and the sensors."""

from __future__ import annotations

import math
import re
from typing import Final

from mobilegym.emulator.phone.wire.console_base import ConsoleLine, Ko, Subs

__all__ = ["GEO", "POWER", "SENSOR", "set_ui_theme"]

_KEY: Final = "!console/"
_STATUS: Final = ("unknown", "charging", "discharging", "not-charging", "full")
_HEALTH: Final = ("unknown", "good", "overheat", "dead", "overvoltage", "failure")
_SENSORS: Final = {
    "acceleration": "0:9.77631:0.812349", "gyroscope": "0:0:0", "magnetic-field": "0:9.88768:-47.7448", "orientation": "0:0:0",
    "temperature": "0", "proximity": "1", "light": "0", "pressure": "0", "humidity": "0",
    "magnetic-field-uncalibrated": "0:9.88768:-47.7448", "gyroscope-uncalibrated": "0:0:0",
    "hinge-angle0": "0", "hinge-angle1": "0", "hinge-angle2": "0", "heart-rate": "0",
    "rgbc-light": "0:0:0:0", "wrist-tilt": "0", "acceleration-uncalibrated": "0:9.77631:0.812349",
}  # fmt: skip
_DISABLED: Final = frozenset(("hinge-angle0", "hinge-angle1", "hinge-angle2", "heart-rate", "rgbc-light", "wrist-tilt"))


# ---------------------------------------------------------------------- battery


def _display(request: ConsoleLine) -> list[str]:
    hardware = request.kernel.hardware
    battery, get = hardware.battery(), request.kernel.properties.get
    status = get(f"{_KEY}battery-status") or hardware.battery_status
    return [
        f"AC: {'online' if battery.charging else 'offline'}", f"status: {status.capitalize()}",
        f"health: {get(f'{_KEY}battery-health', 'good').capitalize()}", f"present: {get(f'{_KEY}battery-present', 'true')}",
        f"capacity: {battery.level}",
    ]  # fmt: skip


def _ac(request: ConsoleLine) -> list[str]:
    if request.rest not in ("on", "off"):
        raise Ko('Usage: "ac on" or "ac off"')
    request.kernel.properties.delete(f"{_KEY}battery-status")
    request.kernel.hardware.set_battery(charging=request.rest == "on")
    return []


def _status(request: ConsoleLine) -> list[str]:
    if request.rest not in _STATUS:
        raise Ko(f'Usage: "status {"|".join(_STATUS)}"')
    request.kernel.properties.put(f"{_KEY}battery-status", request.rest)
    if request.rest in ("charging", "discharging"):
        request.kernel.hardware.set_battery(charging=request.rest == "charging")
    return []


def _present(request: ConsoleLine) -> list[str]:
    if request.rest not in ("true", "false"):
        raise Ko('Usage: "present true" or "present false"')
    request.kernel.properties.put(f"{_KEY}battery-present", request.rest)
    return []


def _health(request: ConsoleLine) -> list[str]:
    if request.rest not in _HEALTH:
        raise Ko(f'Usage: "health {"|".join(_HEALTH)}"')
    request.kernel.properties.put(f"{_KEY}battery-health", request.rest)
    return []


def _capacity(request: ConsoleLine) -> list[str]:
    if not re.fullmatch(r"\d{1,3}", request.rest) or int(request.rest) > 100:
        raise Ko('Usage: "capacity <percentage>"')
    request.kernel.hardware.set_battery(level=int(request.rest))
    return []


POWER: Final = Subs(
    "allows to change battery and AC power status",
    {"display": _display, "ac": _ac, "status": _status, "present": _present, "health": _health, "capacity": _capacity},
    {"display": "display battery and charger state", "ac": "set AC charging state", "status": "set battery status",
     "present": "set battery present state", "health": "set battery health state", "capacity": "set battery capacity state"},
)  # fmt: skip


# ---------------------------------------------------------------------- place


def _decimal(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or not re.fullmatch(r"[-+.eE0-9]+", text):
        raise Ko(f"argument '{text}' is not a number")
    return value


def _fix(request: ConsoleLine) -> list[str]:
    if len(request.words) < 2:
        raise Ko("not enough arguments: see 'help geo fix' for details")
    longitude, latitude, *rest = (_decimal(word) for word in request.words[:5])
    if not -180 <= longitude <= 180:
        raise Ko("invalid longitude value. Should be in [-180,+180] range")
    if not -90 <= latitude <= 90:
        raise Ko("invalid latitude value. Should be in [-90,+90] range")
    if len(rest) > 1 and not (rest[1].is_integer() and 1 <= rest[1] <= 12):
        raise Ko("invalid number of satellites. Must be an integer between 1 and 12")
    request.kernel.hardware.set_location(latitude, longitude)
    return []


def _nmea(request: ConsoleLine) -> list[str]:
    if not request.rest:
        raise Ko("NMEA sentence missing, try 'help geo nmea'")
    if not request.rest.startswith(("$GPGGA", "$GPRMC", "$GNGGA", "$GNRMC")):
        raise Ko("only '$GPGGA' and '$GPRMC' sentences are supported")
    match = re.search(r",(\d{1,3})(\d\d(?:\.\d+)?),([NS]),(\d{1,3})(\d\d(?:\.\d+)?),([EW])", request.rest)
    if match is not None:
        latitude = (int(match[1]) + float(match[2]) / 60) * (1 if match[3] == "N" else -1)
        longitude = (int(match[4]) + float(match[5]) / 60) * (1 if match[6] == "E" else -1)
        request.kernel.hardware.set_location(latitude, longitude)
    return []


def _gnss(request: ConsoleLine) -> list[str]:
    if not request.rest:
        raise Ko("GNSS sentence missing, try 'help geo gnss'")
    return [f"OK: sending {request.rest}"]


GEO: Final = Subs(
    "allows you to change Geo-related settings, or to send GPS NMEA sentences", {"nmea": _nmea, "fix": _fix, "gnss": _gnss},
    {"nmea": "send a GPS NMEA sentence", "fix": "send a simple GPS fix", "gnss": "send a GNSS sentence"},
)  # fmt: skip


# ---------------------------------------------------------------------- sensors


def _sensor_status(request: ConsoleLine) -> list[str]:
    del request
    return [f"{name}: {'disabled' if name in _DISABLED else 'enabled'}." for name in _SENSORS]


def _sensor(request: ConsoleLine) -> str:
    if not request.words:
        raise Ko("missing sensor name, try 'help sensor'")
    name = request.words[0]
    if name not in _SENSORS:
        raise Ko(f"unknown sensor name: {name}, run 'sensor status' to get available sensors.")
    if name in _DISABLED:
        raise Ko(f"'{name}' sensor is not available.")
    return name


def _sensor_get(request: ConsoleLine) -> list[str]:
    name = _sensor(request)
    return [f"{name} = {request.kernel.properties.get(f'{_KEY}sensor/{name}', _SENSORS[name])}"]


def _sensor_set(request: ConsoleLine) -> list[str]:
    name = _sensor(request)
    if len(request.words) < 2:
        raise Ko("missing value, see 'help sensor set'")
    values = request.words[1].split(":")
    numbers = [_decimal(value) for value in values]
    if len(numbers) > len(_SENSORS[name].split(":")):
        raise Ko("wrong number of arguments, see 'help sensor set'")
    old = request.kernel.properties.get(f"{_KEY}sensor/{name}", _SENSORS[name]).split(":")
    new = [f"{number:g}" for number in numbers] + old[len(numbers) :]
    request.kernel.properties.put(f"{_KEY}sensor/{name}", ":".join(new))
    return []


SENSOR: Final = Subs(
    "allows you to request the emulator sensors", {"status": _sensor_status, "get": _sensor_get, "set": _sensor_set},
    {"status": "list all sensors and their status.", "get": "get sensor values", "set": "set sensor values"},
)  # fmt: skip


def set_ui_theme(request: ConsoleLine) -> list[str]:
    """The theme of the emulator's window, not of the phone."""
    if request.rest not in ("dark", "light"):
        raise Ko("missing argument, try 'setUiTheme dark|light'")
    return []
