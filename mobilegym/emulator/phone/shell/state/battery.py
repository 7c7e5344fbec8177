"""`dumpsys battery` and `cmd battery`: the battery service and its pretended values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.process import Process

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["battery", "battery_status", "dump_battery", "plugged"]

_KEY: Final = "!battery/"
_SOURCES: Final = ("ac", "usb", "wireless", "dock")
_STATUS: Final = {"charging": 2, "discharging": 3, "full": 5}
_SETTABLE: Final = (*_SOURCES, "present", "status", "level", "counter", "temp", "invalid")
_USAGE: Final = """Battery service (battery) commands:
  help
    Print this help text.
  get [-f] [ac|usb|wireless|dock|status|level|temp|present|counter|invalid]
    Gets the value of a battery state.
  set [-f] [ac|usb|wireless|dock|status|level|temp|present|counter|invalid] <value>
    Force a battery property value, freezing battery state.
    -f: force a battery change broadcast be sent, prints new sequence.
  unplug [-f]
    Force battery unplugged, freezing battery state.
    -f: force a battery change broadcast be sent, prints new sequence.
  reset [-f]
    Unfreeze battery state, returning to current hardware values.
    -f: force a battery change broadcast be sent, prints new sequence.
"""


def plugged(kernel: Kernel) -> dict[str, bool]:
    """Which chargers are connected: what was pretended, else the charger is an AC one."""
    pretended = kernel.properties.below(_KEY)
    charging = kernel.hardware.battery().charging
    if any(source in pretended for source in _SOURCES):
        return {source: pretended.get(source) == "1" for source in _SOURCES}
    return {source: charging and source == "ac" for source in _SOURCES}


def battery_status(kernel: Kernel) -> int:
    """Android's number: 2 charging, 3 discharging, 5 full, or what was pretended."""
    return int(kernel.properties.get(f"{_KEY}status") or _STATUS[kernel.hardware.battery_status])


def _values(kernel: Kernel) -> dict[str, int]:
    pretended = kernel.properties.below(_KEY)
    state = kernel.hardware.state
    values = {source: int(on) for source, on in plugged(kernel).items()}
    values.update(
        status=battery_status(kernel), level=state.battery_level, present=1, counter=10_000, temp=state.battery_decidegrees, invalid=0
    )
    values.update({name: int(value) for name, value in pretended.items() if name in ("present", "counter", "temp", "invalid")})
    return values


def dump_battery(p: Process) -> int:
    """`dumpsys battery [set|unplug|reset|get ...]`."""
    if p.args and p.args[0] not in ("-a", "--unplugged"):
        return battery(p)
    kernel, values = p.kernel, _values(p.kernel)
    stopped = kernel.properties.below(_KEY)
    lines = ["Current Battery Service state:"]
    if stopped:
        lines.append("  (UPDATES STOPPED -- use 'reset' to restart)")
    lines += [f"  {name} powered: {'true' if values[source] else 'false'}" for name, source in
              zip(("AC", "USB", "Wireless", "Dock"), _SOURCES, strict=True)]  # fmt: skip
    lines += [
        "  Max charging current: 0", "  Max charging voltage: 0", f"  Charge counter: {values['counter']}", f"  status: {values['status']}",
        "  health: 2", f"  present: {'true' if values['present'] else 'false'}", f"  level: {values['level']}", "  scale: 100",
        f"  voltage: {kernel.hardware.state.battery_millivolts}", f"  temperature: {values['temp']}", "  technology: Li-ion",
    ]  # fmt: skip
    p.out("\n".join(lines) + "\n")
    return 0


def battery(p: Process) -> int:
    """`cmd battery get|set|unplug|reset`."""
    words = [word for word in p.args if word != "-f"]
    match words:
        case [] | ["help" | "-h", *_]:
            p.out(_USAGE)
            return 0 if words else 255
        case ["unplug", *_]:
            _pretend(p.kernel, dict.fromkeys(_SOURCES, 0))
        case ["reset", *_]:
            _restart(p.kernel)
        case ["get" | "set"]:
            p.out("No property specified\n")
            return 255
        case ["get", name, *_]:
            if name not in _SETTABLE:
                p.out(f"Unknown get option: {name}\n")
                return 0
            value = _values(p.kernel)[name]
            p.out(f"{('true' if value else 'false') if name in (*_SOURCES, 'present') else value}\n")
        case ["set", _]:
            p.out("No value specified\n")
            return 255
        case ["set", name, value, *_]:
            return _set(p, name, value)
        case [verb, *_]:
            p.out(f"Unknown command: {verb}\n")
            return 255
        case _:
            pass
    return 0


def _set(p: Process, name: str, value: str) -> int:
    if name not in _SETTABLE:
        p.out(f"Unknown set option: {name}\n")
        return 255
    try:
        wanted = int(value)
    except ValueError:
        wanted = {"true": 1, "false": 0}.get(value.lower(), -1) if name in (*_SOURCES, "present") else None
        if wanted in (None, -1):
            p.out(f"Bad value: {value}\n")
            return 255
    _pretend(p.kernel, {name: int(wanted != 0) if name in (*_SOURCES, "present") else wanted})
    return 0


def _pretend(kernel: Kernel, values: dict[str, int]) -> None:
    """Give the battery values, remembering those of the hardware for `reset`."""
    properties, state = kernel.properties, kernel.hardware.state
    if not properties.below(_KEY):
        properties.put(f"{_KEY}before", f"{state.battery_level} {int(state.charging)}")
    before, status = plugged(kernel), battery_status(kernel)
    for name, value in values.items():
        if name != "level":
            properties.put(_KEY + name, str(value))
    if values.keys() & set(_SOURCES):
        for source, on in before.items():
            properties.put(_KEY + source, str(values.get(source, int(on))))
        properties.put(f"{_KEY}status", str(values.get("status", status)))
        kernel.hardware.set_battery(charging=any(plugged(kernel).values()))
    if "level" in values:
        kernel.hardware.set_battery(level=min(max(values["level"], 0), 100))


def _restart(kernel: Kernel) -> None:
    level, _, charging = kernel.properties.get(f"{_KEY}before").partition(" ")
    kernel.properties.forget(_KEY)
    if level:
        kernel.hardware.set_battery(level=int(level), charging=charging == "1")
