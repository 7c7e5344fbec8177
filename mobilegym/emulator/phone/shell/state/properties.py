"""The system properties: a table of a Google-APIs emulator's, with what the phone itself knows in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.state import property_table as table
from mobilegym.emulator.phone.shell.state.facts import MCC_MNC

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["MAX_VALUE", "properties", "property_value", "set_property"]

MAX_VALUE: Final = 91
"""Bytes a value may have, unless its name begins with `ro.`."""
_NAME: Final = re.compile(r"[A-Za-z0-9_@:-]+(?:\.[A-Za-z0-9_@:-]+)*")
_PARTITIONS: Final = ("bootimage", "odm", "product", "system_dlkm", "system_ext", "vendor", "vendor_dlkm")
_BUILD_KEYS: Final = ("date", "date.utc", "fingerprint", "id", "tags", "type", "version.incremental", "version.release",
                      "version.release_or_codename", "version.sdk")  # fmt: skip


def properties(system: System) -> dict[str, str]:
    """Every property with its present value, sorted by name."""
    values = {**table.FIXED, **_built(system), **_telephony(system), **_phone(system)}
    values.update(system.kernel.properties.public())
    values["persist.sys.timezone"] = system.kernel.clock.zone.key
    return dict(sorted(values.items()))


def property_value(system: System, name: str, default: str = "") -> str:
    """One property."""
    return properties(system).get(name, default)


def set_property(system: System, name: str, value: str) -> bool:
    """Set a property as `setprop` does; False where it is refused, as all that begin with `ro.` are."""
    if _NAME.fullmatch(name) is None or name.startswith("ro.") or len(value.encode("utf-8", "surrogateescape")) > MAX_VALUE:
        return False
    if name in ("ctl.start", "ctl.stop", "ctl.restart", "sys.powerctl"):
        # They tell `init` to do something, and keep nothing.
        return True
    if name == "persist.sys.timezone":
        system.phone.kernel.clock.set_zone(value)
        return True
    system.kernel.properties.put(name, value)
    return True


def _built(system: System) -> dict[str, str]:
    build = table.BUILD
    values = {f"ro.build.{key}": value for key, value in build.items()}
    for part in ("system", *_PARTITIONS):
        values.update({f"ro.{part}.build.{key}": build[key] for key in _BUILD_KEYS})
    product = {"brand": "google", "device": "emu64xa", "manufacturer": "Google", "model": system.phone.config.model,
               "name": "sdk_gphone64_x86_64"}  # fmt: skip
    for key, value in product.items():
        values[f"ro.product.{key}"] = value
        values.update({f"ro.product.{part}.{key}": value for part in _PARTITIONS})
    for key, value in zip(product, ("google", "generic", "Google", "mainline", "mainline"), strict=True):
        values[f"ro.product.system.{key}"] = value
    return values


def _phone(system: System) -> dict[str, str]:
    config, kernel = system.phone.config, system.kernel
    serial = config.serial
    return {
        "ro.serialno": serial, "ro.boot.serialno": serial, "ro.product.locale": config.locale, "qemu.sf.lcd_density": str(config.density),
        "vendor.qemu.timezone": config.time_zone, "ro.boot.qemu.avd_name": config.model.replace(" ", "_"),
        "debug.tracing.screen_state": "2" if kernel.hardware.screen_on else "1", "debug.tracing.screen_brightness":
        f"{kernel.hardware.brightness / 255:.8g}", "sys.boot_completed": "1", "persist.sys.locale": config.locale,
    }  # fmt: skip


def _telephony(system: System) -> dict[str, str]:
    hardware = system.kernel.hardware
    sim = hardware.sim
    if sim is None:
        return {"gsm.sim.state": "ABSENT", "gsm.current.phone-type": "1", "gsm.network.type": "Unknown", "gsm.operator.alpha": "",
                "gsm.operator.numeric": "", "gsm.operator.iso-country": "", "gsm.operator.isroaming": "false",
                "gsm.sim.operator.alpha": "", "gsm.sim.operator.iso-country": "", "gsm.sim.operator.numeric": ""}  # fmt: skip
    served = hardware.cellular
    return {
        "gsm.current.phone-type": "1", "gsm.network.type": (sim.network if sim.network != "5G" else "NR") if served else "Unknown",
        "gsm.operator.alpha": sim.carrier if served else "", "gsm.operator.iso-country": "us" if served else "",
        "gsm.operator.isroaming": "false", "gsm.operator.numeric": MCC_MNC if served else "", "gsm.sim.operator.alpha": sim.carrier,
        "gsm.sim.operator.iso-country": "us", "gsm.sim.operator.numeric": MCC_MNC, "gsm.sim.state": "LOADED",
    }  # fmt: skip
