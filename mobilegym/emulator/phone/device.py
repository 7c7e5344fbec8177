"""`VirtualPhone`: the `Device` that lives in this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, assert_never

import numpy as np

from mobilegym.actions import DeviceAction, DoubleTap, LongPress, OpenApp, Press, Scroll, Swipe, Tap, Type, Wait
from mobilegym.emulator import device as contract
from mobilegym.emulator.device import Capability, Device, DeviceInfo, DeviceSnapshot, JournalEntry, PixelSize, Row, StateTree, Value
from mobilegym.emulator.phone.config import PhoneConfig
from mobilegym.emulator.phone.kernel.clock import epoch_ms
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.kernel import DATABASE_CHANGED, Kernel, PhoneImage
from mobilegym.emulator.phone.kernel.state_tree import state_tree
from mobilegym.errors import DeviceError, DeviceLost, NotFound
from mobilegym.observation import ActivityRef, Notification, Pixels, Screen

__all__ = ["SETTLE_MS", "TYPE_MS_PER_CHAR", "PhoneSnapshot", "VirtualPhone"]

SETTLE_MS: Final = 500
"""Virtual time after an action until the screen is at rest."""
TYPE_MS_PER_CHAR: Final = 30
_ALL: frozenset[Capability] = frozenset(("snapshot", "clock", "journal", "databases", "location", "telephony", "state_tree"))


class PhoneSnapshot(DeviceSnapshot):
    """A frozen phone. Immutable and shared: it may be restored any number of times, into any phone of the same image."""

    __slots__ = ("config", "frozen")

    def __init__(self, config: PhoneConfig, frozen: tuple[object, ...]) -> None:
        self.config = config
        self.frozen = frozen


@lru_cache(maxsize=64)
def _first_boot(config: PhoneConfig, image: PhoneImage) -> tuple[object, ...]:
    kernel = Kernel(config, image)
    kernel.boot()
    return kernel.freeze()


class _Packages(contract.Packages):
    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def names(self) -> list[str]:
        return self._kernel.packages.names()

    def label(self, package: str) -> str:
        return self._kernel.packages.manifest(package).label

    def granted(self, package: str) -> frozenset[str]:
        return self._kernel.packages.state(package).granted

    def grant(self, package: str, permission: str) -> None:
        self._kernel.permissions.grant(package, permission)

    def revoke(self, package: str, permission: str) -> None:
        self._kernel.permissions.revoke(package, permission)

    def launch(self, package: str) -> None:
        self._kernel.activities.launch_app(package)

    def start(
        self, action: str, *, data: str | None = None, mime: str | None = None, package: str | None = None,
        extras: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        pairs = tuple(sorted((extras or {}).items()))
        self._kernel.activities.start(Intent(action, data or "", mime or "", package or "", extras=pairs))

    def force_stop(self, package: str) -> None:
        self._kernel.packages.manifest(package)
        self._kernel.activities.force_stop(package)

    def clear_data(self, package: str) -> None:
        self._kernel.clear_data(package)


class _Clock(contract.Clock):
    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def now(self) -> datetime:
        return self._kernel.clock.now()

    def set(self, when: datetime) -> None:
        self._kernel.set_time(epoch_ms(when))

    def advance(self, ms: int) -> None:
        if ms < 0:
            raise DeviceError(f"time cannot pass backwards: {ms} ms; use `set` to move the clock")
        self._kernel.run_until(self._kernel.clock.now_ms + ms)


class _Databases(contract.Databases):
    """The app databases as somebody with root sees them; an app whose data is changed is told."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def names(self, package: str) -> list[str]:
        return self._kernel.databases.names(package)

    def query(self, package: str, database: str, sql: str, args: Sequence[Value] = ()) -> list[Row]:
        return self._kernel.databases.query(package, database, sql, args)

    def execute(self, package: str, database: str, sql: str, args: Sequence[Value] = ()) -> int:
        row = self._kernel.databases.execute(package, database, sql, args)
        self._kernel.broadcast(package, DATABASE_CHANGED, {"database": database})
        return row


class VirtualPhone(Device):
    """A phone inside this process: no threads, no I/O, nothing sleeps. Everything follows from config, seed and actions.

    Args:
        config: How it is set up.
        seed: What everything random on the phone derives from.
        image: What it is made of; by default the apps of this package.
    """

    def __init__(self, config: PhoneConfig | None = None, *, seed: int = 0, image: PhoneImage | None = None) -> None:
        if image is None:
            from mobilegym.emulator.phone.apps import default_image

            image = default_image()
        self.config = config or PhoneConfig()
        self.image = image
        self.seed = seed
        self._attach(Kernel(self.config, image, _first_boot(self.config, image)))

    @property
    def kernel(self) -> Kernel:
        """The operating system inside. Raises DeviceLost once the phone is closed."""
        if self._kernel is None:
            raise DeviceLost("the phone is closed; make a new one")
        return self._kernel

    def _attach(self, kernel: Kernel) -> None:
        self._kernel: Kernel | None = kernel
        self.settings = kernel.settings
        self.content = kernel.content
        self.databases = _Databases(kernel)
        self.files = kernel.files
        self.packages = _Packages(kernel)
        self.hardware = kernel.hardware
        self.clock = _Clock(kernel)
        self.telephony = kernel.telephony

    @property
    def info(self) -> DeviceInfo:
        config = self.config
        return DeviceInfo(config.model, 34, config.width, config.height, config.density, config.serial)

    @property
    def capabilities(self) -> frozenset[Capability]:
        return _ALL

    # ------------------------------------------------------------------ acting and looking

    def perform(self, action: DeviceAction) -> str | None:
        error, ms = self.act(action)
        self.pass_time(0 if error else ms)
        if not isinstance(action, Wait):
            self.kernel.shell.touched()
        return error

    def act(self, action: DeviceAction) -> tuple[str | None, int]:
        """Carry an action out without letting time pass.

        Returns:
            Why it could not be carried out, or None; and the virtual ms until the phone is at rest again.
        """
        kernel = self.kernel
        kernel.shell.touched()
        width, height = kernel.ui.width, kernel.ui.height
        ms, error = 0, None
        off = not kernel.hardware.screen_on
        match action:
            case Tap(x, y):
                error = _SCREEN_OFF if off else kernel.input.tap(x * width, y * height)
            case DoubleTap(x, y):
                ms = 100
                error = _SCREEN_OFF if off else kernel.input.double_tap(x * width, y * height)
            case LongPress(x, y, ms):
                error = _SCREEN_OFF if off else kernel.input.long_press(x * width, y * height, ms)
            case Swipe(x1, y1, x2, y2, ms):
                error = _SCREEN_OFF if off else kernel.input.swipe(x1 * width, y1 * height, x2 * width, y2 * height, ms)
            case Scroll(direction, x, y):
                ms = 300
                error = _SCREEN_OFF if off else kernel.input.scroll(direction, x * width, y * height)
            case Type(text, clear, submit):
                ms = len(text) * TYPE_MS_PER_CHAR
                error = _SCREEN_OFF if off else kernel.input.type_text(text, clear=clear, submit=submit)
            case Press(key):
                kernel.input.key(key)
            case OpenApp(name):
                error = self._open(name)
            case Wait(ms):
                kernel.journal.append("input", "", "wait", "read", ms=ms)
                return None, ms
            case _:
                assert_never(action)
        return error, ms + SETTLE_MS

    def pass_time(self, ms: int) -> None:
        """Let virtual time pass; what is due in between happens."""
        self.kernel.run_until(self.kernel.clock.now_ms + ms)

    def _open(self, name: str) -> str | None:
        kernel = self.kernel
        try:
            package = kernel.packages.find(name)
            kernel.packages.launcher_activity(package)
        except NotFound as error:
            return str(error)
        if kernel.hardware.locked or not kernel.hardware.screen_on:
            return "the phone is locked; unlock it first"
        kernel.journal.append("input", package, "open_app", "read", name=name)
        kernel.activities.launch_app(package)
        return None

    def observe(self, *, pixels: PixelSize | None = None) -> Screen:
        kernel = self.kernel
        ui = kernel.ui
        return Screen(
            elements=kernel.windows.elements(), activity=self.activity(), clock=kernel.clock.now(), width=ui.width, height=ui.height,
            notifications=self.notifications(), pixels=None if pixels is None else self.render(pixels),
        )  # fmt: skip

    def render(self, size: PixelSize | None = None) -> Pixels:
        """The screen as `(H, W, 3) uint8`, at full size unless another is given.

        A size of another shape (the phone was turned) holds the whole screen in its middle, on black.
        """
        from mobilegym.emulator.phone.ui.paint import renderer

        ui = self.kernel.ui
        background, ops = self.kernel.windows.display_list()
        if size is None:
            return renderer().render(ops, ui.width, ui.height, background, None)
        if min(size) < 1:
            raise ValueError(f"`pixels` must be a (height, width) of at least 1x1, got {size!r}")
        scale = min(size[0] / ui.height, size[1] / ui.width)
        inner = max(1, round(ui.height * scale)), max(1, round(ui.width * scale))
        if abs(inner[0] - size[0]) <= 1 and abs(inner[1] - size[1]) <= 1:
            return renderer().render(ops, ui.width, ui.height, background, size)
        canvas = np.zeros((*size, 3), np.uint8)
        top, left = (size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2
        canvas[top : top + inner[0], left : left + inner[1]] = renderer().render(ops, ui.width, ui.height, background, inner)
        return canvas

    def activity(self) -> ActivityRef:
        return self.kernel.activities.ref()

    def notifications(self) -> tuple[Notification, ...]:
        return self.kernel.notifications.observed()

    def journal(self, since: int = 0) -> tuple[JournalEntry, ...]:
        return self.kernel.journal.entries(since)

    def state_tree(self) -> StateTree:
        return state_tree(self.kernel)

    # ------------------------------------------------------------------ states

    def snapshot(self) -> PhoneSnapshot:
        return PhoneSnapshot(self.config, self.kernel.freeze())

    def restore(self, snapshot: DeviceSnapshot) -> None:
        if not isinstance(snapshot, PhoneSnapshot):
            raise DeviceError(f"a virtual phone restores a PhoneSnapshot, got {type(snapshot).__name__}")
        if snapshot.config != self.config:
            raise DeviceError("the snapshot is of a phone with another configuration; make a phone with that one")
        self.kernel.thaw(snapshot.frozen)

    def fork(self) -> VirtualPhone:
        """An independent phone in the same state; both share whatever neither changes. Microseconds."""
        twin = VirtualPhone.__new__(VirtualPhone)
        twin.config, twin.image, twin.seed = self.config, self.image, self.seed
        twin._attach(Kernel(self.config, self.image, self.kernel.freeze()))
        return twin

    def reset(self, *, seed: int) -> None:
        self.seed = seed
        self.kernel.thaw(_first_boot(self.config, self.image))

    def close(self) -> None:
        if self._kernel is not None:
            self._kernel.databases.close()
            self._kernel = None


_SCREEN_OFF = "the screen is off; press `power` or `wakeup` first"
