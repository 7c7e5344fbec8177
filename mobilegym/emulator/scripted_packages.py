"""Packages of the scripted phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mobilegym.emulator.device import Packages
from mobilegym.emulator.scripted_script import initial_state
from mobilegym.emulator.scripted_state import ScriptedState
from mobilegym.errors import DeviceError, NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.scripted import ScriptedDevice

__all__ = ["ScriptedPackages"]


class ScriptedPackages(Packages):
    def __init__(self, device: ScriptedDevice) -> None:
        self._device = device

    def names(self) -> list[str]:
        return sorted(a.package for a in self._device.script.apps)

    def label(self, package: str) -> str:
        return self._device.app(package).label

    def granted(self, package: str) -> frozenset[str]:
        return self._state(package).granted[package]

    def grant(self, package: str, permission: str) -> None:
        self._asked(package, permission).granted[package] = self.granted(package) | {permission}

    def revoke(self, package: str, permission: str) -> None:
        self._asked(package, permission).granted[package] = self.granted(package) - {permission}

    def launch(self, package: str) -> None:
        self._device.show(self._device.app(package).screen)

    def start(self, action: str, *, data: str | None = None, mime: str | None = None, package: str | None = None,
              extras: Mapping[str, str] | None = None) -> None:  # fmt: skip
        for app in self._device.script.apps:
            if action in app.intents and package in (None, app.package):
                return self.launch(app.package)
        raise NotFound(f"no activity handles the intent {action!r}" + (f" in {package!r}" if package else ""))

    def force_stop(self, package: str) -> None:
        state, home = self._state(package), self._device.script.home
        mine = {s.name for s in self._device.script.screens if s.package == package and s.name != home}
        state.fields = {k: v for k, v in state.fields.items() if k[0] not in mine}
        state.back = tuple(s for s in state.back if s not in mine)
        if state.screen in mine:
            self._device.show(home)
        state.revision += 1

    def clear_data(self, package: str) -> None:
        state, fresh = self._state(package), initial_state(self._device.script)
        state.databases |= {key: connection for key, connection in fresh.databases.items() if key[0] == package}
        state.granted[package] = self._device.app(package).granted
        self.force_stop(package)

    def _state(self, package: str) -> ScriptedState:
        self._device.app(package)
        return self._device.state

    def _asked(self, package: str, permission: str) -> ScriptedState:
        state = self._state(package)
        if permission not in self._device.app(package).permissions:
            raise DeviceError(f"{package!r} does not ask for the run-time permission {permission!r}")
        return state
