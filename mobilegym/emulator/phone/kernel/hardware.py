"""Battery, volumes, radios, screen, location, clipboard.

What Android keeps in settings is kept in settings only: brightness, rotation, volumes, ringer mode, airplane mode, Wi-Fi,
Bluetooth, mobile data, NFC, torch, battery saver. The rest is one frozen value.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

from mobilegym.emulator import device
from mobilegym.emulator.device import BatteryState, Stream
from mobilegym.emulator.phone.kernel.connectivity import Connectivity, HardwareState
from mobilegym.errors import DeviceError

__all__ = ["MAX_VOLUMES", "STREAMS", "FrozenHardware", "Hardware", "HardwareState", "RingerMode"]

RingerMode: TypeAlias = Literal["silent", "vibrate", "normal"]

MAX_VOLUMES: Final[dict[Stream, int]] = {"media": 25, "call": 8, "ring": 7, "notification": 7, "alarm": 7, "system": 7}
STREAMS: Final[tuple[Stream, ...]] = tuple(MAX_VOLUMES)

_RINGER_MODES: Final[tuple[RingerMode, ...]] = ("silent", "vibrate", "normal")
_RINGER_STREAMS: Final = frozenset({"ring", "notification", "system"})
_VOLUME_KEYS: Final[dict[Stream, str]] = {
    "media": "volume_music", "call": "volume_voice", "ring": "volume_ring",
    "notification": "volume_notification", "alarm": "volume_alarm", "system": "volume_system",
}  # fmt: skip


class FrozenHardware(NamedTuple):
    """State of a `Hardware`; opaque."""

    state: HardwareState
    token: int


class Hardware(Connectivity, device.Hardware):
    """The phone's hardware.

    Args:
        settings: Holds what Android keeps there.
        state: The rest; a fresh phone's unless told.
    """

    def freeze(self) -> FrozenHardware:
        """The present state."""
        return FrozenHardware(self._state, self.token)

    def thaw(self, frozen: FrozenHardware) -> None:
        """Go back to a state, without telling the observer."""
        self._state, self.token = frozen

    # ------------------------------------------------------------------ battery

    def battery(self) -> BatteryState:
        return BatteryState(self._state.battery_level, self._state.charging)

    @property
    def battery_status(self) -> Literal["charging", "discharging", "full"]:
        if not self._state.charging:
            return "discharging"
        return "full" if self._state.battery_level == 100 else "charging"

    def set_battery(self, *, level: int | None = None, charging: bool | None = None) -> None:
        """Set level and charger; plugging in ends the battery saver, a low level starts it where it is so set.

        Raises:
            DeviceError: If `level` is not 0–100.
        """
        if level is not None and not 0 <= level <= 100:
            raise DeviceError(f"battery level {level} is not within 0 to 100")
        old = self._state
        charged = old.charging if charging is None else charging
        left = old.battery_level if level is None else level
        self._replace("battery", battery_level=left, charging=charged, battery_millivolts=3400 + 8 * left)
        trigger = self._settings.number("global", "low_power_trigger_level", 0)
        if charged:
            self._settings.set_flag("global", "low_power", False)
        elif left <= trigger and (old.charging or old.battery_level > trigger):
            self._settings.set_flag("global", "low_power", True)

    @property
    def battery_saver(self) -> bool:
        return self._settings.flag("global", "low_power")

    def set_battery_saver(self, on: bool) -> None:
        """Switch the battery saver.

        Raises:
            DeviceError: If it is switched on while charging, as on Android.
        """
        if on and self._state.charging:
            raise DeviceError("the battery saver cannot be switched on while the phone is charging")
        self._settings.set_flag("global", "low_power", on)
        self._tell("battery")

    # ------------------------------------------------------------------ sound

    def volume(self, stream: Stream) -> int:
        """Index that is heard: 0 for ring, notification and system while the ringer is not `normal`."""
        if stream in _RINGER_STREAMS and self.ringer_mode != "normal":
            return 0
        return self.stored_volume(stream)

    def stored_volume(self, stream: Stream) -> int:
        """Index that is set, whatever the ringer mode.

        Raises:
            DeviceError: For an unknown stream.
        """
        top = _max_volume(stream)
        return min(max(self._settings.number("system", _VOLUME_KEYS[stream], top), 0), top)

    def max_volume(self, stream: Stream) -> int:
        """Largest index of a stream.

        Raises:
            DeviceError: For an unknown stream.
        """
        return _max_volume(stream)

    def set_volume(self, stream: Stream, index: int) -> None:
        """Set a volume; ring 0 means vibrate, ring or notification above 0 means the ringer sounds again.

        Raises:
            DeviceError: For an unknown stream, or an index beyond its maximum.
        """
        top = _max_volume(stream)
        if not 0 <= index <= top:
            raise DeviceError(f"volume {index} is not within 0 to {top} of the stream {stream!r}")
        if stream == "ring" and index == 0:
            if self.ringer_mode == "normal":
                self.set_ringer_mode("vibrate")
            return
        self._settings.put("system", _VOLUME_KEYS[stream], str(index))
        if stream in {"ring", "notification"} and index > 0:
            self.set_ringer_mode("normal")
        self._tell("volume")

    @property
    def ringer_mode(self) -> RingerMode:
        mode = self._settings.number("global", "mode_ringer", 2)
        return _RINGER_MODES[mode] if 0 <= mode <= 2 else "normal"

    def set_ringer_mode(self, mode: RingerMode) -> None:
        """Set the ringer mode; a ring volume of 0 becomes 1 when the ringer is to sound."""
        self._settings.put("global", "mode_ringer", str(_RINGER_MODES.index(mode)))
        if mode == "normal" and self.stored_volume("ring") == 0:
            self._settings.put("system", "volume_ring", "1")
        self._tell("volume")

    # ------------------------------------------------------------------ screen

    @property
    def brightness(self) -> int:
        """0–255."""
        return min(max(self._settings.number("system", "screen_brightness", 102), 0), 255)

    def set_brightness(self, value: int) -> None:
        """Set the brightness, 0–255.

        Raises:
            DeviceError: Outside that.
        """
        if not 0 <= value <= 255:
            raise DeviceError(f"brightness {value} is not within 0 to 255")
        self._settings.put("system", "screen_brightness", str(value))

    @property
    def auto_rotate(self) -> bool:
        return self._settings.flag("system", "accelerometer_rotation")

    def set_auto_rotate(self, on: bool) -> None:
        """Let the screen follow how the phone is held, or stay as it is now."""
        if not on:
            self._settings.put("system", "user_rotation", str(self.rotation))
        self._settings.set_flag("system", "accelerometer_rotation", on)

    @property
    def rotation(self) -> int:
        """How the screen is turned, quarter turns counter-clockwise, 0–3."""
        return self._state.held if self.auto_rotate else self._settings.number("system", "user_rotation", 0) % 4

    def hold(self, rotation: int) -> None:
        """Turn the phone physically; the screen follows where auto-rotate is on."""
        self._replace("rotation", held=rotation % 4)

    @property
    def screen_on(self) -> bool:
        return self._state.screen_on

    @property
    def locked(self) -> bool:
        return self._state.locked

    def set_screen(self, on: bool) -> None:
        """Switch the screen on or off."""
        self._replace("screen", screen_on=on)

    def set_locked(self, locked: bool) -> None:
        """Show or leave the lock screen."""
        self._replace("screen", locked=locked)

    @property
    def torch(self) -> bool:
        return self._settings.flag("secure", "flashlight_enabled")

    def set_torch(self, on: bool) -> None:
        self._settings.set_flag("secure", "flashlight_enabled", on)
        self._tell("torch")

    # ------------------------------------------------------------------ location, clipboard

    def location(self) -> tuple[float, float] | None:
        """The fix, or None without one or with location switched off."""
        return self._state.fix if self.location_on else None

    def set_location(self, latitude: float, longitude: float) -> None:
        """Move the phone.

        Raises:
            DeviceError: If that is no place on Earth.
        """
        if not (-90.0 <= latitude <= 90.0 and -180.0 <= longitude <= 180.0):
            raise DeviceError(f"({latitude}, {longitude}) is no latitude (±90) and longitude (±180)")
        self._replace("location", fix=(float(latitude), float(longitude)))

    @property
    def location_on(self) -> bool:
        return self._settings.flag("secure", "location_mode", default=True)

    def set_location_on(self, on: bool) -> None:
        """Switch location for all apps."""
        self._settings.put("secure", "location_mode", "3" if on else "0")
        self._tell("location")

    def clipboard(self) -> str:
        return self._state.clipboard

    def set_clipboard(self, text: str) -> None:
        self._replace("clipboard", clipboard=text)

    # ------------------------------------------------------------------ facts

    def facts(self) -> dict[str, str]:
        """Everything as text, for the state tree; what settings hold is there."""
        state = self._state
        facts = {
            "battery": f"{state.battery_level} {self.battery_status}",
            "location": "none" if state.fix is None else f"{state.fix[0]:.6f},{state.fix[1]:.6f}",
            "wifi": state.wifi_ssid or "none",
            "wifi_saved": ",".join(network.ssid for network in self.saved_wifi()),
            "bluetooth_paired": ",".join(item.name for item in state.bluetooth if item.paired),
            "bluetooth_connected": ",".join(item.name for item in state.bluetooth if item.connected),
            "hotspot": str(int(state.hotspot)),
            "vpn": state.vpn or "none",
            "locked": str(int(state.locked)),
            "clipboard": state.clipboard,
        }
        facts.update({f"volume_{stream}": str(self.volume(stream)) for stream in STREAMS})
        return facts


def _max_volume(stream: Stream) -> int:
    top = MAX_VOLUMES.get(stream)
    if top is None:
        raise DeviceError(f"no volume stream {stream!r}: use one of {', '.join(STREAMS)}")
    return top
