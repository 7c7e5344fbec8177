"""Alert dialogs: a message, a choice from a list, a text to enter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, overlay_call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.overlay import Overlay
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import InputType, OutlinedField
from mobilegym.emulator.phone.ui.widgets.toggle import Checkbox, Radio

__all__ = ["AlertDialog", "ChoiceDialog", "DialogButton", "InputDialog", "MultiChoiceDialog", "dialog_frame", "finish_dialog"]


@dataclass(frozen=True, slots=True)
class DialogButton:
    """A button of a dialog; it closes the dialog, then runs."""

    label: str
    run: Call | None = None
    destructive: bool = False


def finish_dialog(surface: Any, run: Call | None, *more: Any) -> None:
    """Close the top overlay, then run something on the surface."""
    surface.dismiss()
    if run is not None:
        run.fn(surface, *run.args, *more)


def dialog_frame(title: str, body: Kid, buttons: Kid, *, icon: str = "", message: str = "") -> View:
    """Android's alert: `parentPanel` with title, message, body and button panel."""
    return Column(
        Icon(icon, color="secondary", rid="android:id/icon", align="center", margin=(0, 24, 0, 0)) if icon else None,
        Text(title, "headline_small", rid="alertTitle", padding=(24, 24 if not icon else 16, 24, 0), align="center" if icon else "start")
        if title else None,
        Text(message, "body_medium", color="on_surface_variant", rid="android:id/message", padding=(24, 16, 24, 0)) if message else None,
        body,
        buttons,
        rid="parentPanel", cls="android.widget.LinearLayout", width=FILL, background="surface_container_high", radius=28, cross="fill",
    )  # fmt: skip


def _button_row(*buttons: tuple[DialogButton | None, str, Call | None], ready: bool) -> View:
    """The row at the bottom; buttons lie below each other where they are long."""
    shown = [(b, rid, tap) for b, rid, tap in buttons if b is not None]
    views = [
        Button(b.label, tap, kind="text", rid=rid, color="error" if b.destructive else "primary", min_height=48,
               enabled=ready or rid != "android:id/button1")
        for b, rid, tap in shown
    ]  # fmt: skip
    long = sum(len(b.label) for b, _, _ in shown) > 34
    if long:
        return Column(*reversed(views), rid="buttonPanel", cross="end", padding=(16, 16, 16, 16), width=FILL)
    return Row(*views, rid="buttonPanel", main="end", gap=4, padding=(16, 16, 16, 16), width=FILL, cls="android.widget.ScrollView")


@dataclass(frozen=True)
class AlertDialog(Overlay):
    """A question or message with up to three buttons."""

    heading: str = ""
    message: str = ""
    positive: DialogButton | None = None
    negative: DialogButton | None = None
    neutral: DialogButton | None = None
    icon: str = ""
    may_cancel: bool = True
    cancelled: Call | None = None

    @property
    def title(self) -> str:
        return self.heading or self.message

    @property
    def cancelable(self) -> bool:
        return self.may_cancel

    @property
    def on_cancel(self) -> Call | None:
        return self.cancelled

    def build(self, host: Host) -> View:
        del host
        return dialog_frame(self.heading, None, self.buttons(), icon=self.icon, message=self.message)

    def buttons(self, *more: Any, ready: bool = True) -> View:
        """The button row; `more` goes to what the positive button runs, which can be pressed only when `ready`."""
        positive, negative, neutral = self.positive, self.negative, self.neutral
        return _button_row(
            (neutral, "android:id/button3", Call(finish_dialog, (neutral.run,)) if neutral else None),
            (negative, "android:id/button2", Call(finish_dialog, (negative.run,)) if negative else None),
            (positive, "android:id/button1", Call(finish_dialog, (positive.run, *more)) if positive else None),
            ready=ready,
        )


@dataclass(frozen=True)
class ChoiceDialog(AlertDialog):
    """One choice from a list. With `on_choose` a tap chooses and closes; it gets the index.

    With a positive button, a tap only marks; the button's `run` gets the index (-1 for none).
    """

    options: tuple[str, ...] = ()
    chosen: int = -1
    on_choose: Call | None = None
    radios: bool = True

    def build(self, host: Host) -> View:
        rows = [self._row(i, option) for i, option in enumerate(self.options)]
        body = ScrollColumn(
            host,
            "dialog_list",
            *rows,
            cls="android.widget.ListView",
            rid="select_dialog_listview",
            margin=(0, 12, 0, 0),
            height=None,
            weight=1,
            loose=True,
        )
        buttons = self.buttons(self.chosen) if self.positive or self.negative or self.neutral else View(cls=None, height=16, width=FILL)
        return dialog_frame(self.heading, body, buttons, icon=self.icon, message=self.message)

    def _row(self, index: int, option: str) -> View:
        chosen = index == self.chosen
        tap = Call(finish_dialog, (self.on_choose, index)) if self.on_choose is not None else overlay_call(_mark, index)
        return Row(
            Radio(chosen, cls=None) if self.radios else None,
            Text(option, "body_large", cls=None, weight=1),
            gap=8,
            cls="android.widget.CheckedTextView",
            rid="android:id/text1",
            label=option,
            on_tap=tap,
            checkable=self.radios,
            checked=chosen,
            width=FILL,
            min_height=48,
            padding=(16 if self.radios else 24, 4, 24, 4),
        )


def _mark(dialog: ChoiceDialog, index: int) -> ChoiceDialog:
    return replace(dialog, chosen=index)


@dataclass(frozen=True)
class MultiChoiceDialog(AlertDialog):
    """Any number from a list; the positive button's `run` gets the tuple of chosen indexes."""

    options: tuple[str, ...] = ()
    chosen: frozenset[int] = frozenset()

    def build(self, host: Host) -> View:
        rows = [
            Row(
                Checkbox(i in self.chosen, cls=None), Text(option, "body_large", cls=None, weight=1), gap=8,
                cls="android.widget.CheckedTextView", rid="android:id/text1", label=option, on_tap=overlay_call(_toggle, i), checkable=True,
                checked=i in self.chosen, width=FILL, min_height=48, padding=(16, 4, 24, 4),
            )
            for i, option in enumerate(self.options)
        ]  # fmt: skip
        body = ScrollColumn(
            host,
            "dialog_list",
            *rows,
            cls="android.widget.ListView",
            rid="select_dialog_listview",
            height=None,
            margin=(0, 12, 0, 0),
            weight=1,
            loose=True,
        )
        return dialog_frame(self.heading, body, self.buttons(tuple(sorted(self.chosen))), icon=self.icon, message=self.message)


def _toggle(dialog: MultiChoiceDialog, index: int) -> MultiChoiceDialog:
    return replace(dialog, chosen=dialog.chosen ^ {index})


@dataclass(frozen=True)
class InputDialog(AlertDialog):
    """Asks for a text; the positive button's `run` gets it. Set the field first: `surface.set_field(key, text)`."""

    key: str = "dialog_input"
    label: str = ""
    input_type: InputType = "text"
    input_rid: str = "edit_text"
    error: str = ""
    allow_empty: bool = False
    extra: Kid = None

    @property
    def autofocus(self) -> str:
        return self.key

    def build(self, host: Host) -> View:
        text = host.fields.get(self.key, "")
        field = OutlinedField(
            host, self.key, self.label, input_type=self.input_type, ime="done", error=self.error, rid=self.input_rid, margin=(24, 20),
            background="surface_container_high",
        )  # fmt: skip
        return dialog_frame(self.heading, Stack(field, cls=None, width=FILL), self.buttons(text), icon=self.icon, message=self.message)

    def buttons(self, *more: Any, ready: bool = True) -> View:
        filled = self.allow_empty or bool(str(more[0] if more else "").strip())
        return super().buttons(*more, ready=ready and filled)
