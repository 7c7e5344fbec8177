"""`Allow <App> to …?` with the buttons that its permission group calls for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.permissions import group_of
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.toggle import Radio

__all__ = ["Answer", "GrantPermissions", "GrantState"]

_IDS: Final = "com.android.permissioncontroller:id/"
_FINE: Final = "android.permission.ACCESS_FINE_LOCATION"
_COARSE: Final = "android.permission.ACCESS_COARSE_LOCATION"

Answer: TypeAlias = Literal["always", "once", "deny"]


@dataclass(frozen=True)
class GrantState:
    """What is chosen in the dialog so far."""

    precise: bool = True


class GrantPermissions(Activity[GrantState]):
    """Asks for one group. Its intent has the extras `app`, `group` and `permission`; finished, the grant says what was answered."""

    name = "com.android.permissioncontroller.permission.ui.GrantPermissionsActivity"
    floating = True
    no_history = True
    edge_to_edge = True
    background = "transparent"

    def initial(self) -> GrantState:
        return GrantState(precise=self.intent.text("permission") != _COARSE)

    def on_back(self) -> bool:
        """Back leaves the question open."""
        self.finish()
        return True

    def answer(self, answer: Answer) -> None:
        """Grant or refuse, and go back to the app."""
        kernel, app, permission = self.kernel, self.intent.text("app"), self.intent.text("permission")
        if answer == "deny":
            kernel.permissions.revoke(app, permission, refused=True)
        else:
            kernel.permissions.grant(app, permission, one_time=answer == "once")
            if group_of(permission).name == "LOCATION" and not self.state.precise:
                state = kernel.packages.state(app)
                kernel.packages.change(app, granted=state.granted - {_FINE}, one_time=state.one_time - {_FINE})
        self.finish()

    def accuracy(self, precise: bool) -> None:
        """Precise or approximate location."""
        self.update(precise=precise)

    def build(self) -> View:
        app, permission = self.intent.text("app"), self.intent.text("permission")
        group = group_of(permission)
        message = f"Allow {self.kernel.packages.label(app)} to {group.question}?"
        head = Column(
            Icon(group.icon, size=32, color="primary", rid=f"{_IDS}permission_icon", desc="", align="center"),
            Text(message, "title_large", rid=f"{_IDS}permission_message", text_align="center", width=FILL, margin=(0, 16, 0, 0)),
            rid=f"{_IDS}content_container",
            width=FILL,
            padding=(24, 24, 24, 8),
        )
        both = group.name == "LOCATION" and _FINE in self.kernel.packages.manifest(app).permissions
        dialog = Column(
            head,
            self._accuracy() if both else None,
            self._buttons(group.foreground_only, group.name),
            rid=f"{_IDS}grant_dialog",
            width=FILL,
        )
        card = ScrollColumn(
            self,
            "grant",
            dialog,
            rid=f"{_IDS}grant_singleton",
            width=FILL,
            height=None,
            background="surface_container_high",
            radius=28,
            clickable=True,
        )
        return Stack(
            Column(card, cls=None, width=FILL, max_width=420, padding=(27, 0), gravity="center"), cls=None, width=FILL, height=FILL
        )

    def _accuracy(self) -> View:
        choices = (("Precise", "crosshairs-gps", "fine", True), ("Approximate", "map-marker-radius-outline", "coarse", False))
        cells: list[Kid] = []
        for label, icon, rid, precise in choices:
            on = precise == self.state.precise
            ring: Color = "primary" if on else "outline_variant"
            disc = Stack(
                Icon(icon, size=44, color="primary" if on else "on_surface_variant", gravity="center"),
                cls=None,
                width=108,
                height=108,
                radius=54,
                background="secondary_container",
                border=ring,
                border_width=3 if on else 1,
            )
            cells.append(
                Column(
                    disc,
                    Row(Radio(on, cls=None, width=24), Text(label, "body_large", cls=None), gap=4, cls=None),
                    gap=8,
                    cross="center",
                    cls="android.widget.RadioButton",
                    rid=f"{_IDS}permission_location_accuracy_radio_{rid}",
                    label=label,
                    checkable=True,
                    checked=on,
                    on_tap=call(GrantPermissions.accuracy, precise),
                    weight=1,
                    padding=(0, 12),
                )
            )
        return Row(
            *cells, cls="android.widget.RadioGroup", rid=f"{_IDS}permission_location_accuracy_radio_group", width=FILL, padding=(24, 0)
        )

    @staticmethod
    def _buttons(foreground: bool, group: str) -> View:
        once: list[tuple[str, str, Answer]] = [
            ("permission_allow_foreground_only_button", "While using the app", "always"),
            ("permission_allow_one_time_button", "Only this time", "once"),
        ]
        plain: list[tuple[str, str, Answer]] = [("permission_allow_button", "Allow", "always")]
        if group == "READ_MEDIA_VISUAL":
            plain = [("permission_allow_all_button", "Allow all", "always")]
        shown = [*(once if foreground else plain), ("permission_deny_button", "Don’t allow", "deny")]
        buttons = [_button(rid, label, Call(GrantPermissions.answer, (answer,))) for rid, label, answer in shown]
        return Column(*buttons, gap=8, width=FILL, cross="fill", padding=(24, 12, 24, 24))


def _button(rid: str, label: str, tap: Call) -> View:
    return Row(
        Text(label, "title_small", color="on_primary_container", cls=None),
        cls="android.widget.Button",
        rid=_IDS + rid,
        label=label,
        on_tap=tap,
        main="center",
        width=FILL,
        height=52,
        radius=16,
        background="primary_container",
    )
