"""The server's settings: names and defaults of Appium's UiAutomator2 server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias, cast

from mobilegym.emulator.phone.wire.automation.errors import bad_value

__all__ = ["DEFAULTS", "Settings", "Value"]

Value: TypeAlias = "str | bool | int | float | list[object] | None"

DEFAULTS: Final[Mapping[str, Value]] = {
    "actionAcknowledgmentTimeout": 3000, "allowInvisibleElements": False, "alwaysTraversableViewClasses": "",
    "currentDisplayId": 0, "disableIdLocatorAutocompletion": False, "elementResponseAttributes": "name,text",
    "enableMultiWindows": False, "enableNotificationListener": True, "enableTopmostWindowFromActivePackage": False,
    "enforceXPath1": False, "ignoreUnimportantViews": False, "includeA11yActionsInPageSource": False,
    "includeExtrasInPageSource": False, "keyInjectionDelay": 0, "limitXPathContextScope": True, "mjpegBilinearFiltering": False,
    "mjpegScalingFactor": 50, "mjpegServerFramerate": 10, "mjpegServerPort": 7810, "mjpegServerScreenshotQuality": 50,
    "normalizeTagNames": False, "pageSourceXPathMatch": False, "scrollAcknowledgmentTimeout": 200, "serverPort": 6790,
    "shouldUseCompactResponses": True, "shutdownOnPowerDisconnect": True, "simpleBoundsCalculation": False, "snapshotMaxDepth": 70,
    "toastDetection": True, "trackScrollEvents": True, "useResourcesForOrientationDetection": False, "waitForIdleTimeout": 10000,
    "waitForSelectorTimeout": 10000, "wakeLockTimeout": 86_400_000,
}  # fmt: skip
"""Name → value at the start of a session."""
_FREE: Final = ("alwaysTraversableViewClasses", "currentDisplayId")


class Settings:
    """The settings of one session."""

    def __init__(self) -> None:
        self._values: dict[str, Value] = dict(DEFAULTS)

    def all(self) -> dict[str, Value]:
        """Every setting with its value."""
        return dict(self._values)

    def update(self, changes: Mapping[str, object]) -> None:
        """Change some. Unknown names are an error, as the values of wrong types are; then nothing is changed.

        Raises:
            AutomationError: `invalid argument`.
        """
        checked: dict[str, Value] = {}
        for name, value in changes.items():
            if name not in DEFAULTS:
                continue  # settings of other drivers come along; the real server only logs them
            checked[name] = self._checked(name, value)
        self._values.update(checked)

    @staticmethod
    def _checked(name: str, value: object) -> Value:
        default = DEFAULTS[name]
        if name in _FREE:
            return cast("Value", value)
        if isinstance(default, bool):
            if isinstance(value, bool):
                return value
        elif isinstance(default, int):
            if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1 << 53:
                return int(value)
        elif isinstance(value, str):
            return value
        raise bad_value(f"`{name}` must be of type {type(default).__name__}, got {value!r}"[:300])

    def flag(self, name: str) -> bool:
        """A setting that is on or off."""
        return bool(self._values[name])

    def number(self, name: str) -> int:
        """A setting that is a number."""
        value = self._values[name]
        return int(value) if isinstance(value, (int, float)) else 0

    def text(self, name: str) -> str:
        """A setting that is text."""
        return str(self._values[name])
