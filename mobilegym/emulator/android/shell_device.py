"""`ShellDevice`: a phone that is looked at and acted on by its shell alone."""

from __future__ import annotations

from mobilegym.actions import DeviceAction, OpenApp
from mobilegym.emulator.android import acts
from mobilegym.emulator.android.look import DUMP_SCRIPTS, STATE_SCRIPT, Look, read_look
from mobilegym.emulator.android.options import AndroidOptions
from mobilegym.emulator.android.packages import launch_script
from mobilegym.emulator.android.phone import AndroidDevice
from mobilegym.emulator.android.picture import read_picture
from mobilegym.emulator.android.shell import DEFAULT_TIMEOUT_S, AndroidShell
from mobilegym.emulator.android.tree import NoTree
from mobilegym.errors import DeviceError
from mobilegym.observation import Pixels

__all__ = ["ShellDevice"]


class ShellDevice(AndroidDevice):
    """A phone behind any `AndroidShell`: `input`, `uiautomator` and `screencap` do the rest."""

    def __init__(self, shell: AndroidShell, serial: str, options: AndroidOptions) -> None:
        self._dump = 0
        super().__init__(shell, serial, options)

    def _act(self, action: DeviceAction) -> str | None:
        if isinstance(action, OpenApp):
            package = self._packages.find(action.name)
            output = self._shell.run(launch_script(package, wait=True), timeout_s=60.0)
            if output.status == 44:
                return f"{self._packages.label(package)} ({package}) has no screen to open"
            return None
        output = self._shell.run(self._script(action), timeout_s=getattr(action, "ms", 0) / 1000 + DEFAULT_TIMEOUT_S)
        if output.status == acts.SCREEN_OFF_STATUS:
            return acts.SCREEN_OFF
        if output.errors.strip():
            raise DeviceError(f"{action} failed on the phone: {output.errors.strip()[:300]}")
        return None

    def _look_again(self) -> Look:
        text = self._shell.text(f"{DUMP_SCRIPTS[self._dump]}; {STATE_SCRIPT}")
        try:
            return read_look(text, (self._info.width, self._info.height))
        except NoTree:
            if "</" not in text and "idle state" not in text and "null root" not in text and self._dump + 1 < len(DUMP_SCRIPTS):
                self._dump += 1
            raise

    def _picture(self) -> Pixels:
        return read_picture(self._shell.exec("screencap -p"))
