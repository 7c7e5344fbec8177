"""The lock screen: clock, notifications, and the entry of the PIN or password.

Where a credential is set, Settings keeps it as plain text in secure/`lockscreen_pin`: this phone has nothing to protect, and a task
can read and write it. Digits only make a PIN, anything else a password; empty or missing, a swipe unlocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.systemui.routes import open_app, start
from mobilegym.emulator.phone.apps.systemui.rows import NotificationSurface, RowState
from mobilegym.emulator.phone.apps.systemui.status_bar import clock_text
from mobilegym.emulator.phone.apps.systemui.wallpaper import ink
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.kernel import Kernel
from mobilegym.emulator.phone.kernel.surface import Depends
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Grid, Kid, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.theme import with_alpha
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["CREDENTIAL", "Keyguard", "KeyguardState", "has_credential"]

CREDENTIAL: Final = "lockscreen_pin"
"""Secure setting that holds the PIN or password."""
_ENTRY: Final = "pin"
_TRIES: Final = 5
_LOCKOUT_MS: Final = 30_000
_VEIL: Final = with_alpha(0xFF101418, 0.72)
_KEY: Final = with_alpha(0xFFFFFFFF, 0.16)


def has_credential(kernel: Kernel) -> bool:
    """Whether a PIN or password is set."""
    return bool(kernel.settings.get("secure", CREDENTIAL))


@dataclass(frozen=True)
class KeyguardState(RowState):
    """Where the owner is with unlocking."""

    bouncer: bool = False
    message: str = ""
    failures: int = 0
    wait_until_ms: int = 0
    then: str = ""
    """What to do once unlocked: `camera`, or the key of a notification."""


class Keyguard(NotificationSurface[KeyguardState]):
    """Shown while the phone is locked."""

    depends: ClassVar[frozenset[Depends]] = frozenset(
        ("settings", "notifications", "hardware", "minute", "second", "shell", "packages", "ime")
    )
    background: ClassVar[str] = "transparent"

    def initial(self) -> KeyguardState:
        return KeyguardState()

    def build(self) -> View:
        return self._bouncer() if self.state.bouncer else self._lock_screen()

    def on_key(self, key: str) -> bool:
        """`unlock` is a swipe up or the menu key, `sleep` the screen going off."""
        if key == "sleep":
            self._reset()
        elif key == "unlock" and not self.state.bouncer:
            self.ask("")
            return True
        return False

    def on_back(self) -> bool:
        if not self.state.bouncer:
            return False
        self._reset()
        return True

    def ask(self, then: str) -> None:
        """Unlock, after asking for the credential where there is one, and go on with `then`."""
        if has_credential(self.kernel):
            self.update(bouncer=True, then=then, message="")
            self.set_field(_ENTRY, "")
            self.focus_on(_ENTRY, keyboard=not self._is_pin())
            self._redraw_bars()
        else:
            self._unlock(then)

    def _is_pin(self) -> bool:
        return (self.kernel.settings.get("secure", CREDENTIAL) or "").isdigit()

    def _reset(self) -> None:
        if self.focus:
            self.clear_focus()
        failures, wait = self.state.failures, self.state.wait_until_ms
        self.state = KeyguardState(failures=failures, wait_until_ms=wait)
        self.fields = {}
        self.version += 1
        self._redraw_bars()

    def _redraw_bars(self) -> None:
        """The status bar's colour follows what lies below it."""
        self.kernel.shell.touch()

    def _unlock(self, then: str) -> None:
        kernel = self.kernel
        if self.focus:
            self.clear_focus()
        self.state, self.fields = KeyguardState(), {}
        self.version += 1
        kernel.shell.unlock()
        if then == "camera":
            open_app(kernel, "Camera")
        elif kernel.notifications.get(then) is not None:
            notification = kernel.notifications.clicked(then)
            if isinstance(notification.content, Intent):
                start(kernel, notification.content)

    def open(self, key: str) -> None:
        """A notification was tapped: it opens once the phone is unlocked."""
        self.ask(key)

    # ------------------------------------------------------------------ the lock screen

    def _lock_screen(self) -> View:
        kernel, ui = self.kernel, self.ui
        now = kernel.clock.now()
        shown = kernel.notifications.active() if kernel.settings.flag("secure", "lock_screen_show_notifications", True) else ()
        time = clock_text(now, ui.use_24h, suffix=False)
        date = Text(f"{now:%a, %b} {now.day}", "title_medium", color=ink(kernel), rid="date")
        small = bool(shown)
        hours, _, minutes = time.partition(":")
        if small:
            clock = Text(time, "display_large", color=ink(kernel), rid="lockscreen_clock_view", desc=clock_text(now, ui.use_24h), size=64)
        else:
            clock = Text(
                f"{int(hours):02d}\n{minutes}",
                "display_large",
                color=ink(kernel),
                rid="lockscreen_clock_view_large",
                size=112,
                desc=clock_text(now, ui.use_24h),
                text_align="center",
                width=FILL,
                margin=(0, 60, 0, 0),
            )
        rows: list[Kid] = [
            self.row(n, open_at_first=n.ongoing and bool(n.actions), first=i == 0, last=i == len(shown) - 1, holdable=False)
            for i, n in enumerate(shown)
        ]
        top = (
            Column(clock, date, cls=None, padding=(28, 16, 28, 0), width=FILL)
            if small
            else Column(Row(date, cls=None, width=FILL, padding=(28, 24, 28, 0)), clock, cls=None, width=FILL)
        )
        middle: View = Spacer()
        if small:
            middle = ScrollColumn(self, "keyguard_list", *rows, gap=2, rid="notification_stack_scroller", weight=1, padding=(16, 16, 16, 0))
        return Column(
            top,
            middle,
            IconButton(
                "lock-outline",
                "Locked" if has_credential(kernel) else "Unlocked",
                call(Keyguard.ask, ""),
                color="white",
                rid="device_entry_icon_view",
                align="center",
                size=64,
                icon_size=28,
            ),
            self._bottom(),
            rid="keyguard_root_view",
            cls="android.view.ViewGroup",
            desc="Lock screen",
            width=FILL,
            height=FILL,
            padding=(0, ui.status_bar / ui.scale, 0, 0),
        )

    def _bottom(self) -> View:
        kernel = self.kernel
        battery = kernel.hardware.battery()
        hint = f"{battery.level}% • Charging" if battery.charging else "Swipe up to open"
        torch = kernel.hardware.torch
        return Row(
            IconButton(
                "flashlight" if torch else "flashlight-off",
                "Flashlight",
                call(Keyguard.torch),
                color="white",
                rid="start_button",
                background=_KEY,
                selected=torch,
            ),
            Column(
                Text(hint, "body_medium", color="white", rid="keyguard_indication_text", text_align="center", width=FILL),
                rid="keyguard_indication_area",
                weight=1,
            ),
            IconButton("camera", "Camera", call(Keyguard.ask, "camera"), color="white", rid="end_button", background=_KEY),
            cls=None,
            width=FILL,
            padding=(24, 24, 24, 24 + self.ui.navigation_bar / self.ui.scale),
        )

    def torch(self) -> None:
        """The shortcut on the left."""
        self.kernel.hardware.set_torch(not self.kernel.hardware.torch)

    # ------------------------------------------------------------------ the credential

    def _waiting(self) -> int:
        """Seconds until the next try is allowed."""
        return max(0, -(-(self.state.wait_until_ms - self.kernel.clock.now_ms) // 1000))

    def _bouncer(self) -> View:
        pin, waiting = self._is_pin(), self._waiting()
        asked = "Enter your PIN" if pin else "Enter your password"
        message = f"Try again in {waiting} seconds." if waiting else self.state.message or asked
        entry = EditText(
            self,
            _ENTRY,
            input_type="password",
            rid="pinEntry" if pin else "passwordEntry",
            ime="done",
            on_submit=Call(Keyguard.submit),
            role="headline_medium",
            color="white",
            desc="PIN area" if pin else "Device password",
            width=220,
            height=56,
            padding=(8, 8),
            enabled=not waiting,
        )
        # The entry of a PIN takes digits from the pad alone: a touch must not bring up the keyboard.
        field = Stack(entry, View(cls=None, width=220, height=56, on_tap=call(Keyguard.stay)) if pin else None, cls=None)
        line = View(cls=None, width=220, height=1, background="white")
        bottom = self.kernel.windows.keyboard_height(self) or self.ui.navigation_bar
        return Column(
            Spacer(),
            Text(message, "title_medium", color="white", rid="bouncer_message_view", text_align="center", padding=(24, 8)),
            field,
            line,
            View(cls=None, height=32),
            self._pad() if pin else None,
            Button(
                "Emergency call", call(Keyguard.emergency), kind="text", color="white", rid="emergency_call_button", margin=(0, 24, 0, 16)
            ),
            rid="keyguard_bouncer_container",
            cls="android.widget.FrameLayout",
            cross="center",
            background=_VEIL,
            width=FILL,
            height=FILL,
            padding=(0, 0, 0, bottom / self.ui.scale),
        )

    def _pad(self) -> View:
        keys = [_pad_key(c) for c in "123456789"]
        filled = bool(self.field(_ENTRY))
        delete = _round("backspace-outline", "Delete", "delete_button", call(Keyguard.delete) if filled else None)
        enter = _round("arrow-right", "Enter", "key_enter", call(Keyguard.enter))
        return Grid([*keys, delete, _pad_key("0"), enter], columns=3, gap=14, rid="keyguard_pin_view", width=284)

    def stay(self) -> None:
        """A touch on the entry changes nothing."""

    def digit(self, character: str) -> None:
        """A key of the pad."""
        if not self._waiting():
            self.set_field(_ENTRY, self.field(_ENTRY)[:15] + character)

    def delete(self) -> None:
        """Backspace."""
        self.set_field(_ENTRY, self.field(_ENTRY)[:-1])

    def enter(self) -> None:
        """Try what was entered."""
        self.submit(self.field(_ENTRY))

    def submit(self, text: str) -> None:
        """Try a PIN or password."""
        if self._waiting() or not text:
            return
        if text == self.kernel.settings.get("secure", CREDENTIAL):
            self._unlock(self.state.then)
            return
        failures = self.state.failures + 1
        out = failures % _TRIES == 0
        what = "PIN" if self._is_pin() else "password"
        self.update(
            failures=failures,
            message=f"Wrong {what}. Try again.",
            wait_until_ms=self.kernel.clock.now_ms + _LOCKOUT_MS if out else 0,
        )
        self.set_field(_ENTRY, "")
        self.focus_on(_ENTRY, keyboard=not self._is_pin())
        self.kernel.journal.append("system", self.package, "unlock_failed", "read", failures=failures)

    def emergency(self) -> None:
        """Without a network there is nobody to call; with one the owner must dial himself."""
        self.kernel.shell.show_toast(self.package, "Emergency calls only")


def _pad_key(character: str) -> View:
    return Stack(
        Text(character, "headline_medium", color="white", cls=None, gravity="center"),
        rid=f"key{character}",
        desc=character,
        label=character,
        cls="android.widget.Button",
        on_tap=call(Keyguard.digit, character),
        height=84,
        radius=42,
        background=_KEY,
    )


def _round(icon: str, desc: str, rid: str, tap: Call | None) -> View:
    return Stack(
        Icon(icon, size=28, color="white", gravity="center", enabled=tap is not None),
        rid=rid,
        desc=desc,
        cls="android.widget.ImageButton",
        on_tap=tap,
        enabled=tap is not None,
        height=84,
        radius=42,
        background=_KEY if tap is not None else None,
    )
