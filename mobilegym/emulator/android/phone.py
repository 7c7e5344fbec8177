"""`AndroidDevice`: what phones over adb and over Appium have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Final, TypeVar

from mobilegym.actions import DeviceAction, DoubleTap, LongPress, OpenApp, Press, Scroll, Swipe, Tap, Type, Wait
from mobilegym.emulator.android import acts
from mobilegym.emulator.android.clock import Clock
from mobilegym.emulator.android.console import Console
from mobilegym.emulator.android.content import Content
from mobilegym.emulator.android.databases import Databases
from mobilegym.emulator.android.extension import Extension
from mobilegym.emulator.android.files import Files
from mobilegym.emulator.android.hardware import Hardware
from mobilegym.emulator.android.look import Look
from mobilegym.emulator.android.options import AndroidOptions
from mobilegym.emulator.android.packages import Packages
from mobilegym.emulator.android.picture import fitted
from mobilegym.emulator.android.probe import probe
from mobilegym.emulator.android.settings import Settings
from mobilegym.emulator.android.settle import Settler
from mobilegym.emulator.android.shell import AndroidShell
from mobilegym.emulator.android.states import ConsoleStates, ExtensionStates, States, wait_until_usable
from mobilegym.emulator.android.telephony import Telephony
from mobilegym.emulator.android.tree import NoTree
from mobilegym.emulator.device import Capability, Device, DeviceInfo, DeviceSnapshot, JournalEntry, PixelSize, StateTree
from mobilegym.errors import NotFound, NotSupported
from mobilegym.observation import ActivityRef, Element, Notification, Pixels, Screen

__all__ = ["AndroidDevice"]

_T = TypeVar("_T")
_LOOKS: Final = 6
"""How often a phone is looked at that is between two screens, before that counts as an error."""
_PAUSE_S: Final = 0.3


class AndroidDevice(Device):
    """An Android phone that is reached through its shell.

    Args:
        shell: The phone's.
        serial: What it is called.
        options: How it is used.
    """

    def __init__(self, shell: AndroidShell, serial: str, options: AndroidOptions) -> None:
        wait_until_usable(shell, sleep=options.sleep, clock=options.clock)
        facts = probe(shell, serial)
        shell.root = facts.root
        self._shell = shell
        self._options = options
        self._info = facts.info
        self._keyboard = facts.keyboard or facts.extension and not options.plain
        self._keyboard_package = facts.keyboard_package
        console = Console.of(serial, options.console)
        self._console = console if console is not None and console.answers() else None
        extension = Extension(shell) if facts.extension and not options.plain else None
        self._extension = extension
        self._states: States | None = None
        if extension is not None:
            self._states = ExtensionStates(extension)
        elif self._console is not None:
            self._states = ConsoleStates(
                shell, self._console, options.snapshot, options.recycle, options.max_loads, options.sleep, options.clock
            )
        self._settled = True
        self._size: tuple[int, int] | None = None
        self.settings = Settings(shell)
        self.content = Content(shell)
        self.databases = Databases(shell)
        self.files = Files(shell)
        self._packages = Packages(shell, extension.names if extension is not None else None, self.rest)
        self.packages = self._packages
        self.hardware = Hardware(shell, extension, self._console)
        self.clock = Clock(shell, extension)
        self.telephony = Telephony(extension, self._console)

    # ------------------------------------------------------------------ what it is

    @property
    def info(self) -> DeviceInfo:
        return self._info

    @property
    def capabilities(self) -> frozenset[Capability]:
        found: set[Capability] = {"location"}
        if self._shell.root is not None:
            found |= {"clock", "databases"}
        if self._states is not None:
            found.add("snapshot")
        if self._console is not None:
            found.add("telephony")
        if self._extension is not None:
            found |= {"clock", "journal", "state_tree", "telephony"}
        return frozenset(found)

    # ------------------------------------------------------------------ acting

    def perform(self, action: DeviceAction) -> str | None:
        refusal = self._refusal(action)
        if refusal is not None:
            return refusal
        refusal = self._act(action)
        if refusal is None:
            self._size = None
            self.rest()
        return refusal

    def rest(self) -> None:
        """Wait until the phone is at rest; a virtual phone is at once."""
        if self._extension is not None:
            return
        options = self._options
        settler = Settler(self._picture, lambda: self._look_again().elements, options.settle_s, clock=options.clock, sleep=options.sleep)
        self._settled = settler.wait()

    def _refusal(self, action: DeviceAction) -> str | None:
        """Why an action cannot be carried out, where that can be told before trying."""
        match action:
            case OpenApp(name):
                try:
                    self._packages.find(name)
                except NotFound as error:
                    return str(error)
                look = self._look()
                return acts.LOCKED if look.locked or not look.awake else None
            case Type():
                look = self._look()
                if not look.awake:
                    return acts.SCREEN_OFF
                # A field may be scrolled out of sight; then its keyboard tells.
                typing = any(element.package == self._keyboard_package for element in look.elements)
                if not typing and acts.focused_field(look.elements) is None:
                    return acts.NO_FIELD
                return None if self._can_type(action.text) else acts.NO_KEYBOARD
            case _:
                return None

    def _can_type(self, text: str) -> bool:
        """Whether there is a way to type it; where that is the clipboard, it has the text then."""
        if self._keyboard or acts.is_plain(text):
            return True
        try:
            self.hardware.set_clipboard(text)
        except NotSupported:
            return False
        return True

    @abstractmethod
    def _act(self, action: DeviceAction) -> str | None:
        """Carry out an action that was not refused; why it could not be, after all."""

    def _script(self, action: Tap | DoubleTap | LongPress | Swipe | Scroll | Type | Press | Wait) -> str:
        """The action as a script."""
        match action:
            case Press(key):
                return acts.key_script(key, self._info.api_level)
            case Wait():
                return acts.wait_script(action, extension=self._extension is not None)
            case Type():
                return acts.type_script(action, "broadcast" if self._keyboard else "paste")
            case _:
                elements, width, height = self._aim(action)
                return acts.touch_script(action, elements, width, height)

    def _aim(self, action: Tap | DoubleTap | LongPress | Swipe | Scroll) -> tuple[tuple[Element, ...], int, int]:
        """What a touch is aimed at: elements, where they matter, width and height of the screen as it was last seen."""
        if self._size is None or isinstance(action, Scroll):
            look = self._look()
            return look.elements, look.width, look.height
        return (), *self._size

    # ------------------------------------------------------------------ looking

    def observe(self, *, pixels: PixelSize | None = None) -> Screen:
        if pixels is not None and min(pixels) < 1:
            raise ValueError(f"`pixels` must be a (height, width) of at least 1x1, got {pixels!r}")
        look = self._look()
        picture = None if pixels is None else fitted(self._picture(), pixels)
        return Screen(
            elements=look.elements, activity=look.activity, clock=look.clock, width=look.width, height=look.height,
            notifications=look.notifications, pixels=picture, settled=self._settled,
        )  # fmt: skip

    def activity(self) -> ActivityRef:
        return self._look().activity

    def notifications(self) -> tuple[Notification, ...]:
        return self._look().notifications

    def _look(self) -> Look:
        """Look, and look again while the phone is between two screens.

        Raises:
            NoTree: It still is after the last look.
        """
        look = _persist(self._look_again, self._options.sleep)
        self._size = look.width, look.height
        return look

    @abstractmethod
    def _look_again(self) -> Look:
        """One look. Raises NoTree where there is nothing to see just now."""

    @abstractmethod
    def _picture(self) -> Pixels:
        """The screen at full size, `(H, W, 3) uint8`."""

    # ------------------------------------------------------------------ states

    def journal(self, since: int = 0) -> tuple[JournalEntry, ...]:
        if self._extension is None:
            raise NotSupported("real phones keep no journal")
        return self._extension.journal(since)

    def state_tree(self) -> StateTree:
        if self._extension is None:
            raise NotSupported("real phones have no state tree")
        return self._extension.state_tree()

    def snapshot(self) -> DeviceSnapshot:
        return self._kept().save()

    def restore(self, snapshot: DeviceSnapshot) -> None:
        self._shell.forget_boot()
        self._kept().load(snapshot)
        self.rest()

    def reset(self, *, seed: int) -> None:
        self._shell.forget_boot()
        if self._options.reset == "none":
            self._act(Press("home"))
        else:
            self._kept().base(seed)
        self.rest()

    def _kept(self) -> States:
        if self._states is None:
            raise NotSupported("only emulators keep states, through their console: give its address as `console`, or `reset: none`")
        return self._states


def _persist(look: Callable[[], _T], sleep: Callable[[float], None]) -> _T:
    for _ in range(_LOOKS - 1):
        try:
            return look()
        except NoTree:
            sleep(_PAUSE_S)
    return look()
