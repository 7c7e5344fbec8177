"""What kind of phone is at the other end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mobilegym.emulator.android.shell import AndroidShell
from mobilegym.emulator.android.windows import read_size
from mobilegym.emulator.device import DeviceInfo
from mobilegym.errors import DeviceError

__all__ = ["Facts", "probe"]

_MARK: Final = "--- mobilegym ---"
_SCRIPT: Final = f"\necho '{_MARK}'\n".join(
    (
        "getprop ro.product.model", "getprop ro.build.version.sdk", "wm size", "wm density", "id -u", "su 0 id -u 2>/dev/null",
        "service check mobilegym", "ime list -s", "settings get secure default_input_method",
    )
)  # fmt: skip
_KEYBOARD: Final = "AdbIME"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a phone is and has."""

    info: DeviceInfo
    root: str | None
    extension: bool
    """It is a MobileGym phone and says so."""
    keyboard: bool
    """A keyboard that takes text by broadcast is enabled."""
    keyboard_package: str
    """The chosen keyboard's: its window is there while a field is being typed into."""


def probe(shell: AndroidShell, serial: str) -> Facts:
    """Ask a phone what it is.

    Raises:
        DeviceError: It does not answer as Android does.
    """
    output = shell.run(_SCRIPT)
    parts = [part.strip() for part in output.text.split(f"{_MARK}\n")]
    if len(parts) != 9:
        raise DeviceError(f"{serial} does not answer as Android does: {(output.text + output.errors)[:300]!r}")
    model, level, size, density, uid, su, check, keyboards, chosen = parts
    if not level.isdecimal():
        raise DeviceError(f"{serial} tells no API level: {level!r}; is it still starting?")
    width, height = read_size(size, "size")
    (dpi,) = read_size(density, "density")
    root = "" if uid == "0" else "su 0" if su == "0" else None
    info = DeviceInfo(model or "unknown", int(level), width, height, dpi, serial)
    return Facts(info, root, check.endswith(": found"), _KEYBOARD in keyboards, chosen.partition("/")[0])
