"""Installed packages: manifests, intent resolution, and what Settings can change about an app."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mobilegym.emulator.phone.kernel.cow import CowDict
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, Manifest
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.errors import NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.activities import Activity
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["PackageState", "Packages"]


@dataclass(frozen=True, slots=True)
class PackageState:
    """What may change about an installed app."""

    enabled: bool = True
    granted: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    """Permissions refused for good: the app may not ask again."""
    asked: frozenset[str] = frozenset()
    """Permissions refused once."""
    one_time: frozenset[str] = frozenset()
    """Granted permissions that end when the app is left for long."""
    installed_ms: int = 0
    used_ms: int = 0
    """When it was last opened; 0 for never."""
    battery: str = "optimized"
    """`unrestricted`, `optimized` or `restricted`."""
    data_saver_exempt: bool = False
    defaults: frozenset[str] = frozenset()


class Packages:
    """All installed apps. The manifests are fixed; `PackageState` per package is the part that changes."""

    def __init__(self, kernel: Kernel, manifests: Iterable[Manifest]) -> None:
        self._kernel = kernel
        self.manifests: dict[str, Manifest] = {m.package: m for m in manifests}
        self._state: CowDict[str, PackageState] = CowDict()
        self._launchable: tuple[int, list[Manifest]] = (0, [])
        self.home_package = next((m.package for m in self.manifests.values() if any(a.home for a in m.activities)), "")

    @property
    def token(self) -> int:
        return self._state.token

    def install(self, now_ms: int) -> None:
        """Put every manifest into its state after installation."""
        for manifest in self.manifests.values():
            self._state[manifest.package] = PackageState(granted=frozenset(manifest.granted), installed_ms=now_ms)

    def reset(self, package: str) -> None:
        """Forget what was changed about an app; its permissions are those of the image again."""
        state = self.state(package)
        self._state[package] = PackageState(granted=frozenset(self.manifests[package].granted), installed_ms=state.installed_ms)

    def names(self) -> list[str]:
        """Installed packages, sorted."""
        return sorted(self._state)

    def state(self, package: str) -> PackageState:
        """Raises NotFound for a package that is not installed."""
        state = self._state.get(package)
        if state is None:
            raise NotFound(f"no package {package!r} is installed")
        return state

    def change(self, package: str, **changes: Any) -> None:
        """Replace fields of a package's state."""
        old = self.state(package)
        new = replace(old, **changes)
        if new != old:
            self._state[package] = new

    def manifest(self, package: str) -> Manifest:
        """Raises NotFound for a package that is not installed."""
        if package not in self._state:
            raise NotFound(f"no package {package!r} is installed")
        return self.manifests[package]

    def label(self, package: str) -> str:
        """The app's name; the package name where it is not installed."""
        manifest = self.manifests.get(package)
        return manifest.label if manifest is not None else package

    def launchable(self) -> list[Manifest]:
        """Apps with a launcher icon, by label."""
        if self._launchable[0] != self.token:
            self._launchable = self.token, self._find_launchable()
        return list(self._launchable[1])

    def _find_launchable(self) -> list[Manifest]:
        found = [
            m
            for m in self.manifests.values()
            if m.package in self._state and self._state[m.package].enabled and any(a.launchable for a in m.activities)
        ]
        return sorted(found, key=lambda m: (m.label.casefold(), m.package))

    def find(self, name: str) -> str:
        """Package of an app given by package name, label or alias (any case).

        Raises:
            NotFound: No such app; the message lists those there are.
        """
        if name in self._state:
            return name
        wanted = name.strip().casefold()
        for manifest in self.launchable():
            if wanted in (manifest.label.casefold(), *(a.casefold() for a in manifest.aliases)):
                return manifest.package
        known = ", ".join(m.label for m in self.launchable())
        raise NotFound(f"no app {name!r} on this phone; there are {known}")

    def launcher_activity(self, package: str) -> ActivityInfo:
        """The activity behind the launcher icon."""
        manifest = self.manifest(package)
        info = next((a for a in manifest.activities if a.launchable), None)
        if info is None or not self.state(package).enabled:
            raise NotFound(f"{manifest.label} ({package}) has no screen to open")
        return info

    def resolve(self, intent: Intent) -> list[tuple[str, ActivityInfo]]:
        """Activities that answer an intent, explicit or not, in the order of installation."""
        found: list[tuple[str, ActivityInfo]] = []
        for package, manifest in self.manifests.items():
            if intent.package and package != intent.package or package not in self._state or not self._state[package].enabled:
                continue
            for info in manifest.activities:
                if intent.activity:
                    if info.name == intent.activity or info.name == package + intent.activity:
                        return [(package, info)]
                elif any(f.matches(intent) for f in info.filters):
                    found.append((package, info))
        if len(found) > 1:
            preferred = [f for f in found if intent.action in self.state(f[0]).defaults]
            return preferred[:1] or found
        return found

    def chooser(
        self, kind: str, intent: Intent, candidates: list[tuple[str, ActivityInfo]], source: Activity[Any] | None, reply: Call | None
    ) -> None:
        """Bring up the sheet that asks which of several apps is meant; `kind` is `share` or `open`."""
        choice = Intent.of(
            "mobilegym.intent.action.CHOOSE", kind=kind, candidates=tuple((p, i.cls.name, i.label or self.label(p)) for p, i in candidates)
        )
        package, info = self.resolve(choice)[0]
        self._kernel.activities.launch(package, info, replace(choice, target=intent), source, reply)

    def freeze(self) -> object:
        return self._state.freeze()

    def thaw(self, frozen: Any) -> None:
        self._state.thaw(frozen)
