"""The banner that a notification of high importance drops over the screen."""

from __future__ import annotations

from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.systemui.rows import NotificationSurface, RowState
from mobilegym.emulator.phone.kernel.surface import Depends
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Column
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, View

__all__ = ["HeadsUp"]

_REPLY_MS: Final = 120_000
"""How long a banner stays once its reply field is open."""


class HeadsUp(NotificationSurface[RowState]):
    """Shows `kernel.shell.state.heads_up`."""

    depends: ClassVar[frozenset[Depends]] = frozenset(("settings", "notifications", "hardware", "minute", "shell", "packages", "ime"))

    def initial(self) -> RowState:
        return RowState()

    def build(self) -> View:
        notification = self.kernel.notifications.get(self.kernel.shell.state.heads_up)
        if notification is None:
            return View(cls=None)
        row = self.row(notification, open_at_first=bool(notification.actions), first=True, last=True, holdable=False)
        card = Column(
            row,
            cls=None,
            width=FILL,
            radius=28,
            elevation=6,
            background="surface_container",
            on_swipe=Call(HeadsUp.pull, (frozenset(("up", "down")),)),
        )
        return Column(card, rid="heads_up", cls=None, width=FILL, padding=(16, 0))

    def place(self, ui: Ui, box: Box) -> tuple[int, int]:
        return 0, ui.px(36)

    def pull(self, directions: frozenset[str], finger: str) -> None:
        """Up hides the banner and leaves the notification on the shade; down opens the shade."""
        del directions
        self.kernel.shell.set(heads_up="", shade="notifications" if finger == "down" else self.kernel.shell.state.shade)
        self.reset()

    def swipe(self, key: str) -> None:
        """Sideways dismisses the notification itself; one that is ongoing is only hidden."""
        super().swipe(key)
        self.kernel.shell.set(heads_up="")
        self.reset()

    def act(self, key: str, index: int) -> None:
        """A button; the banner stays for a reply and goes for anything else."""
        super().act(key, index)
        if self.state.replying:
            self.kernel.shell.set(heads_up_until_ms=self.kernel.clock.now_ms + _REPLY_MS)
        elif self.kernel.shell.state.heads_up == key:
            self.kernel.shell.set(heads_up="")

    def send(self, key: str, index: int, text: str | None = None) -> None:
        """The reply is sent; the banner goes."""
        super().send(key, index, text)
        if not self.state.replying and self.kernel.shell.state.heads_up == key:
            self.kernel.shell.set(heads_up="")

    def on_key(self, key: str) -> bool:
        if key == "closed":
            self.reset()
        return False

    def reset(self) -> None:
        """Forget what was open inside."""
        if self.focus:
            self.clear_focus()
        self.state = RowState()
        self.version += 1
