"""The power menu."""

from __future__ import annotations

from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.systemui.keyguard import has_credential
from mobilegym.emulator.phone.apps.systemui.routes import open_app, start
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.kernel import Kernel
from mobilegym.emulator.phone.kernel.surface import Depends, Surface
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Grid, Stack
from mobilegym.emulator.phone.ui.theme import Color, with_alpha
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["PowerMenu", "power_off", "restart"]

_BOOT_MS: Final = 24_000
_SHUTDOWN_MS: Final = 5_000
_VEIL: Final = with_alpha(0xFF000000, 0.6)


def restart(kernel: Kernel) -> None:
    """Shut down and boot: half a minute later the phone is at its lock screen, or home where it has none. Data stays."""
    kernel.journal.append("effect", "com.android.systemui", "phone.restarted", "reversible")
    _shut_down(kernel)
    kernel.run_until(kernel.clock.now_ms + _SHUTDOWN_MS + _BOOT_MS)
    kernel.settings.put("global", "boot_count", str(kernel.settings.number("global", "boot_count", 1) + 1))
    kernel.shell.wake()


def power_off(kernel: Kernel) -> None:
    """Shut down. The power key starts the phone again, at its lock screen, or home where it has none."""
    kernel.journal.append("effect", "com.android.systemui", "phone.switched_off", "reversible")
    _shut_down(kernel)


def _shut_down(kernel: Kernel) -> None:
    kernel.shell.set(power_menu=False, shade="closed", heads_up="", toast="", volume_until_ms=0)
    kernel.activities.go_home()
    kernel.shell.sleep()


class PowerMenu(Surface[None]):
    """Shown while `kernel.shell.state.power_menu`."""

    depends: ClassVar[frozenset[Depends]] = frozenset(("settings", "hardware", "shell"))

    def initial(self) -> None:
        return None

    def build(self) -> View:
        items = [
            _item("Emergency", "phone-alert", call(PowerMenu.emergency), background=0xFFD93025, color="white"),
            _item("Lockdown", "lock-outline", call(PowerMenu.lock_down)) if has_credential(self.kernel) else None,
            _item("Power off", "power", call(PowerMenu.switch_off)),
            _item("Restart", "restart", call(PowerMenu.start_again)),
        ]
        grid = Grid([item for item in items if item is not None], columns=2, gap=16, cls=None, width=248)
        card = Column(
            grid,
            rid="global_actions_container",
            background="surface_container_high",
            radius=36,
            padding=20,
            gravity="center",
            elevation=6,
            clickable=False,
        )
        veil = View(cls=None, width=FILL, height=FILL, background=_VEIL, on_tap=call(PowerMenu.close))
        return Stack(veil, card, cls=None, width=FILL, height=FILL)

    def close(self) -> None:
        """A touch beside the menu."""
        self.kernel.shell.set(power_menu=False)

    def emergency(self) -> None:
        """The dialler, for emergency calls."""
        self.close()
        if self.kernel.hardware.locked:
            return
        if not start(self.kernel, Intent("android.intent.action.DIAL")):
            open_app(self.kernel, "Phone")

    def lock_down(self) -> None:
        """Lock at once."""
        self.close()
        self.kernel.hardware.set_locked(True)
        self.effect("phone.locked_down", "reversible")

    def switch_off(self) -> None:
        """Power off."""
        power_off(self.kernel)

    def start_again(self) -> None:
        """Restart."""
        restart(self.kernel)


def _item(label: str, icon: str, tap: Call, *, background: Color = "secondary_container", color: Color = "on_secondary_container") -> View:
    disc = Stack(Icon(icon, size=28, color=color, gravity="center"), cls=None, width=72, height=72, radius=36, background=background)
    return Column(
        disc,
        Text(label, "label_large", rid="android:id/message", max_lines=1),
        gap=8,
        cross="center",
        main="center",
        desc=label,
        on_tap=tap,
        height=116,
        cls="android.widget.LinearLayout",
    )
