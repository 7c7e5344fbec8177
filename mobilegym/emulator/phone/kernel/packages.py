"""Installed packages: manifests, intent resolution, and what Settings can change about an app."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mobilegym.emulator.phone.kernel.cow import CowDict, FrozenMap
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, Manifest
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.errors import DeviceError, NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.activities import Activity
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["FrozenPackages", "Installed", "PackageState", "Packages", "apk_path"]

_FIRST_UID: Final = 10_050
_SYSTEM_UID: Final = 1000


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
    hidden: bool = False
    suspended: bool = False
    disabled: frozenset[str] = frozenset()
    """Class names of components that are switched off one by one."""
    ops: tuple[tuple[str, str], ...] = ()
    """App-ops that were set, name and mode, sorted."""


@dataclass(frozen=True, slots=True)
class Installed:
    """An app that came from an APK while the phone ran."""

    manifest: Manifest
    uid: int
    installer: str
    first_ms: int
    updated_ms: int


def apk_path(package: str) -> str:
    """Where the code of an app lies that is not part of the system image, the same on every phone."""

    def token(salt: str) -> str:
        return urlsafe_b64encode(sha256(f"{salt}/{package}".encode()).digest()[:16]).decode()

    return f"/data/app/~~{token('outer')}/{package}-{token('inner')}/base.apk"


class FrozenPackages(NamedTuple):
    """State of `Packages`."""

    state: FrozenMap[str, PackageState]
    changes: FrozenMap[str, Installed | None]


_UNCHANGED: Final[FrozenMap[str, Installed | None]] = FrozenMap({})


class Packages:
    """All installed apps: those of the image, and what was installed or taken away since. `PackageState` per package changes."""

    def __init__(self, kernel: Kernel, manifests: Iterable[Manifest]) -> None:
        self._kernel = kernel
        self._image: dict[str, Manifest] = {m.package: m for m in manifests}
        self._changes: CowDict[str, Installed | None] = CowDict(_UNCHANGED)
        """Apps beside the image; None for one of the image that was taken away."""
        self.manifests: dict[str, Manifest] = self._image
        """By package, in the order of installation. Not to be altered; another dictionary after each installation."""
        self._state: CowDict[str, PackageState] = CowDict()
        self._launchable: tuple[int, list[Manifest]] = (0, [])
        self.home_package = next((m.package for m in self.manifests.values() if any(a.home for a in m.activities)), "")

    @property
    def token(self) -> int:
        return self._state.token

    def install_image(self, now_ms: int) -> None:
        """Put every manifest into its state after installation."""
        for manifest in self.manifests.values():
            self._state[manifest.package] = PackageState(granted=frozenset(manifest.granted), installed_ms=now_ms)

    # ------------------------------------------------------------------ coming and going

    def install(self, manifest: Manifest, now_ms: int, *, installer: str = "") -> None:
        """Add an app, or bring it up to date: then what it was granted and its data stay.

        Raises:
            DeviceError: An app of the image has that name.
        """
        package = manifest.package
        if package in self._image:
            raise DeviceError(f"{package} is part of the phone's image: it cannot be replaced")
        old = self._changes.get(package)
        if old is not None:
            self._kernel.activities.force_stop(package)
            self._changes[package] = replace(old, manifest=manifest, installer=installer, updated_ms=now_ms)
            granted = self.state(package).granted & set(manifest.permissions) | set(manifest.granted)
            self._state[package] = replace(self.state(package), granted=frozenset(granted))
        else:
            uids = [self.uid(name) for name in (*self._image, *self._changes)]
            uid = max([_FIRST_UID, *uids]) + 1
            self._changes[package] = Installed(manifest, uid, installer, now_ms, now_ms)
            self._state[package] = PackageState(granted=frozenset(manifest.granted), installed_ms=now_ms)
        self._refresh()
        self._kernel.journal.append("effect", package, "app.installed", "sensitive", version=manifest.version, update=old is not None)

    def uninstall(self, package: str, *, keep_data: bool = False) -> None:
        """Take an app away with its tasks, notifications, alarms and, unless `keep_data`, its data.

        Raises:
            NotFound: It is not installed.
            DeviceError: The phone does not work without it.
        """
        self.state(package)
        kernel = self._kernel
        if package == self.home_package or package in kernel.image.system_packages.values():
            raise DeviceError(f"{package} cannot be uninstalled: the phone needs it")
        kernel.activities.force_stop(package)
        kernel.clock.cancel_all(package)
        kernel.notifications.remove_package(package)
        if not keep_data:
            kernel.databases.reset(package)
            for folder in (f"/data/data/{package}", f"/sdcard/Android/data/{package}"):
                if kernel.files.exists(folder):
                    kernel.files.delete(folder)
        code = "/".join(apk_path(package).split("/")[:4])
        if kernel.files.exists(code):
            kernel.files.delete(code)
        if package in self._image:
            self._changes[package] = None
        else:
            self._changes.pop(package)
        self._state.pop(package)
        self._refresh()
        kernel.journal.append("effect", package, "app.uninstalled", "irreversible", keep_data=keep_data)

    def restore(self, package: str) -> None:
        """Bring back an app of the image that was uninstalled.

        Raises:
            NotFound: The image has no such app.
        """
        manifest = self._image.get(package)
        if manifest is None:
            raise NotFound(f"no package {package!r} in the phone's image")
        if package not in self._state:
            self._changes.pop(package)
            self._state[package] = PackageState(granted=frozenset(manifest.granted), installed_ms=self._kernel.clock.now_ms)
            self._refresh()
            if manifest.seed is not None:
                manifest.seed(self._kernel)

    def _refresh(self) -> None:
        if not self._changes:
            self.manifests = self._image
            return
        merged = {p: m for p, m in self._image.items() if p not in self._changes}
        merged.update({p: i.manifest for p, i in self._changes.items() if i is not None})
        self.manifests = merged

    # ------------------------------------------------------------------ facts

    def in_image(self, package: str) -> bool:
        """Whether it came with the phone, also where it was uninstalled since."""
        return package in self._image

    def installed(self, package: str) -> Installed | None:
        """How an app came onto the phone; None for one of the image."""
        return self._changes.get(package)

    def uid(self, package: str) -> int:
        """The Linux uid of an app, the same as long as it is installed.

        Raises:
            NotFound: There is no such app.
        """
        if package in ("android", "com.android.settings"):
            return _SYSTEM_UID
        if package in self._image:
            return _FIRST_UID + sorted(self._image).index(package)
        found = self._changes.get(package)
        if found is None:
            raise NotFound(f"no package {package!r} is installed")
        return found.uid

    def code_path(self, package: str) -> str:
        """Where the app's APK is: in the system image, or in a folder of its own."""
        manifest = self.manifest(package)
        if manifest.system:
            name = manifest.label.replace(" ", "")
            return f"/product/app/{name}/{name}.apk"
        return apk_path(package)

    def ops(self, package: str) -> dict[str, str]:
        """App-ops of a package that were set, by name."""
        return dict(self.state(package).ops)

    def set_op(self, package: str, op: str, mode: str) -> None:
        """Set an app-op; the mode `default` forgets it."""
        ops = self.ops(package)
        ops[op] = mode
        self.change(package, ops=tuple(sorted((k, v) for k, v in ops.items() if v != "default")))

    # ------------------------------------------------------------------ state

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

    def _usable(self, package: str) -> bool:
        state = self._state.get(package)
        return state is not None and state.enabled and not state.hidden

    def launchable(self) -> list[Manifest]:
        """Apps with a launcher icon, by label."""
        if self._launchable[0] != self.token:
            self._launchable = self.token, self._find_launchable()
        return list(self._launchable[1])

    def _find_launchable(self) -> list[Manifest]:
        found = [m for m in self.manifests.values() if self._usable(m.package) and any(a.launchable for a in m.activities)]
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
        if info is None or not self._usable(package):
            raise NotFound(f"{manifest.label} ({package}) has no screen to open")
        return info

    def resolve(self, intent: Intent) -> list[tuple[str, ActivityInfo]]:
        """Activities that answer an intent, explicit or not, in the order of installation."""
        found: list[tuple[str, ActivityInfo]] = []
        for package, manifest in self.manifests.items():
            if intent.package and package != intent.package or not self._usable(package):
                continue
            state = self._state[package]
            for info in manifest.activities:
                if state.disabled and info.name in state.disabled:
                    continue
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
            "mobilegym.intent.action.CHOOSE", kind=kind, candidates=tuple((p, i.name, i.label or self.label(p)) for p, i in candidates)
        )
        package, info = self.resolve(choice)[0]
        self._kernel.activities.launch(package, info, replace(choice, target=intent), source, reply)

    def freeze(self) -> FrozenPackages:
        """The present state."""
        return FrozenPackages(self._state.freeze(), self._changes.freeze())

    def thaw(self, frozen: FrozenPackages) -> None:
        """Go back to a state."""
        self._state.thaw(frozen.state)
        if frozen.changes.token != self._changes.token:
            self._changes.thaw(frozen.changes)
            self._refresh()
