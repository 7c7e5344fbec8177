"""`AppiumDevice`: a real phone or emulator through an Appium server with the UiAutomator2 driver."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any, Final

from mobilegym.actions import DeviceAction, DoubleTap, LongPress, OpenApp, Press, Scroll, Swipe, Tap, Type, Wait
from mobilegym.emulator.android import acts
from mobilegym.emulator.android.appium_shell import AppiumSession, AppiumShell
from mobilegym.emulator.android.look import STATE_SCRIPT, Look, read_look
from mobilegym.emulator.android.options import AndroidOptions, read_options
from mobilegym.emulator.android.packages import launch_script
from mobilegym.emulator.android.phone import AndroidDevice
from mobilegym.emulator.android.picture import read_picture
from mobilegym.emulator.android.shell import DEFAULT_TIMEOUT_S
from mobilegym.errors import DeviceError
from mobilegym.observation import Pixels

__all__ = ["DEFAULT_URL", "AppiumDevice", "open_appium"]

DEFAULT_URL: Final = "http://127.0.0.1:4723"
_SETTINGS: Final = {
    "enableMultiWindows": True,  # the keyboard, the shade and the status bar too
    "waitForIdleTimeout": 0,  # we wait ourselves, for all parts of an action together
    "ignoreUnimportantViews": False,
    "allowInvisibleElements": False,
    "elementResponseAttributes": "",
}
_DOUBLE_TAP_MS: Final = 100


class AppiumDevice(AndroidDevice):
    """A phone through Appium. The server must allow `--allow-insecure uiautomator2:adb_shell`: state is read by the shell.

    Args:
        url: The Appium server.
        capabilities: More capabilities of the session, or others; names without `appium:`.
        serial: Which phone, where the server has several.
        options: How it is used.

    Raises:
        DeviceLost: The server does not answer, or has no such phone.
        MissingPrerequisite: The client is not installed.
        NotSupported: The server does not allow the shell.
    """

    def __init__(
        self, url: str = DEFAULT_URL, capabilities: Mapping[str, Any] | None = None, *, serial: str | None = None,
        options: AndroidOptions | None = None,
    ) -> None:  # fmt: skip
        chosen = {**(capabilities or {}), **({"udid": serial} if serial else {})}
        self._session = AppiumSession(url, chosen, _SETTINGS)
        try:
            shell = AppiumShell(self._session)
            super().__init__(shell, serial or self._session.serial, options or AndroidOptions())
        except BaseException:
            self._session.close()
            raise

    # ------------------------------------------------------------------ acting

    def _can_type(self, text: str) -> bool:
        """The driver types anything."""
        del text
        return True

    def _act(self, action: DeviceAction) -> str | None:
        match action:
            case OpenApp(name):
                package = self._packages.find(name)
                output = self._shell.run(launch_script(package, wait=True), timeout_s=60.0)
                return f"{self._packages.label(package)} ({package}) has no screen to open" if output.status == 44 else None
            case Wait(ms):
                self._shell.run(self._script(action), timeout_s=ms / 1000 + DEFAULT_TIMEOUT_S)
                return None
            case Press(key):
                if key == "notifications":
                    self._shell.run(self._script(action))
                else:
                    self._session.call("mobile: pressKey", keycode=acts.KEYCODES[key])
            case Type():
                self._type(action)
            case LongPress(x, y, ms):
                if self._is_off():
                    return acts.SCREEN_OFF
                _, width, height = self._aim(action)
                self._session.call("mobile: longClickGesture", x=x * width, y=y * height, duration=ms)
            case _:
                if self._is_off():
                    return acts.SCREEN_OFF
                self._session.touch(self._strokes(action))
        # What was done so far is one action: only now the phone is let come to rest.
        self._shell.run("true")
        return None

    def _is_off(self) -> bool:
        return self._shell.run(acts.AWAKE).status != 0

    def _strokes(self, action: Tap | DoubleTap | Swipe | Scroll) -> list[dict[str, Any]]:
        """The finger of a touch, as W3C pointer actions."""
        elements, width, height = self._aim(action)
        match action:
            case Tap(x, y):
                return [*_to(x * width, y * height), _DOWN, _UP]
            case DoubleTap(x, y):
                return [*_to(x * width, y * height), _DOWN, _UP, _pause(_DOUBLE_TAP_MS), _DOWN, _UP]
            case Swipe(x1, y1, x2, y2, ms):
                return [*_to(x1 * width, y1 * height), _DOWN, *_to(x2 * width, y2 * height, ms), _UP]
            case Scroll():
                x1, y1, x2, y2 = acts.scroll_path(action, elements, width, height)
                return [*_to(x1, y1), _DOWN, *_to(x2, y2, 300), _UP]

    def _type(self, action: Type) -> None:
        element = self._session.focused()
        if element is None:
            # The field is out of sight and still takes keys.
            self._shell.run(self._script(action))
            return
        if action.clear:
            self._session.clear(element)
        if action.text:
            self._session.send_keys(element, action.text)
        if action.submit:
            self._session.call("mobile: pressKey", keycode=acts.KEYCODES["enter"])

    # ------------------------------------------------------------------ looking

    def _look_again(self) -> Look:
        # The script first: it lets a virtual phone come to rest.
        text = self._shell.text(STATE_SCRIPT)
        return read_look("\n" + text.lstrip("\n"), (self._info.width, self._info.height), self._session.source())

    def _picture(self) -> Pixels:
        return read_picture(self._session.screenshot())

    def close(self) -> None:
        if self._states is not None and self._session.open:
            with contextlib.suppress(DeviceError):
                self._states.tidy()
        self._session.close()


def open_appium(
    url: str = DEFAULT_URL, serial: str | None = None, capabilities: Mapping[str, Any] | None = None, **options: Any
) -> AppiumDevice:
    """An `AppiumDevice` from plain data, as a `DeviceSpec` has it; `options` are fields of `AndroidOptions`.

    Raises:
        ContentError: An option is unknown, or has a value of another kind.
    """
    return AppiumDevice(url, capabilities, serial=serial, options=read_options(options))


_DOWN: Final = {"type": "pointerDown", "button": 0}
_UP: Final = {"type": "pointerUp", "button": 0}


def _to(x: float, y: float, ms: int = 0) -> list[dict[str, Any]]:
    return [{"type": "pointerMove", "duration": ms, "x": x, "y": y, "origin": "viewport"}]


def _pause(ms: int) -> dict[str, Any]:
    return {"type": "pause", "duration": ms}
