"""A host for widgets without a phone around it: it shows views and overlays, and carries touches to their handlers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mobilegym.emulator.phone.ui.attrs import Handler
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.hit import Hit, path_at
from mobilegym.emulator.phone.ui.overlay import Overlay
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, View, collect_window, paint_window
from mobilegym.emulator.phone.ui.widgets.text_field import EditText
from mobilegym.observation import Element

CONFIGS = ((False, 1.0, False), (True, 1.3, False), (False, 2.0, False), (False, 1.3, True))
"""Dark, font scale, landscape."""


def ui_of(dark: bool = False, font_scale: float = 1.0, landscape: bool = False, use_24h: bool = False) -> Ui:
    width, height = (2400, 1080) if landscape else (1080, 2400)
    return Ui.of(width=width, height=height, density=420, font_scale=font_scale, dark=dark, use_24h=use_24h, locale="en-US")


@dataclass
class Stage:
    """Shows what `content` builds, or the top overlay."""

    content: Callable[[Stage], View] | None = None
    ui: Ui = field(default_factory=ui_of)
    fields: dict[str, str] = field(default_factory=dict[str, str])
    scroll: dict[str, int] = field(default_factory=dict[str, int])
    focus: str = ""
    selection: tuple[int, int] = (0, 0)
    overlays: tuple[Overlay, ...] = ()
    log: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])
    """Arguments of every call of `told`."""

    def told(self, *args: Any) -> None:
        """Ends up in `log`."""
        self.log.append(args)

    # what surfaces offer to widgets

    def run_snack_action(self) -> None:
        self.told("snack")

    def show(self, overlay: Overlay) -> None:
        self.overlays = (*self.overlays, overlay)

    def dismiss(self) -> None:
        self.overlays, self.focus = self.overlays[:-1], ""

    def replace_overlay(self, overlay: Overlay | None) -> None:
        self.overlays = self.overlays[:-1] if overlay is None else (*self.overlays[:-1], overlay)

    def set_field(self, key: str, text: str) -> None:
        self.fields[key] = text
        if self.focus == key:
            self.selection = (len(text), len(text))

    def focus_on(self, key: str) -> None:
        self.focus = key
        end = len(self.fields.get(key, ""))
        self.selection = (end, end)

    def clear_focus(self) -> None:
        self.focus = ""

    def scroll_to(self, key: str, offset: int) -> None:
        self.scroll[key] = offset

    # what a person does

    def window(self) -> tuple[Box, int, int]:
        ui = self.ui
        if self.overlays:
            overlay = self.overlays[-1]
            width, height = overlay.limits(ui)
            box = overlay.build(self).layout(ui, 0, width, 0, height)
            return (box, *overlay.place(ui, box, 0))
        assert self.content is not None
        return self.content(self).layout(ui, ui.width, ui.width, 0, ui.height), 0, 0

    def elements(self) -> tuple[Element, ...]:
        box, x, y = self.window()
        return collect_window(box, "app", x, y, (0, 0, self.ui.width, self.ui.height))

    def ops(self) -> tuple[Any, ...]:
        box, x, y = self.window()
        return paint_window(box, self.ui, x, y, (0, 0, self.ui.width, self.ui.height))

    def find(self, *, text: str | None = None, desc: str | None = None, rid: str | None = None) -> Element:
        for e in self.elements():
            if (
                (text is None or e.text == text)
                and (desc is None or e.content_desc == desc)
                and (rid is None or e.resource_id.endswith(f":id/{rid}"))
            ):
                return e
        raise AssertionError(f"nothing has text={text!r} desc={desc!r} rid={rid!r}: {[(e.text, e.content_desc) for e in self.elements()]}")

    def tap(self, *, text: str | None = None, desc: str | None = None, rid: str | None = None) -> None:
        bounds = self.find(text=text, desc=desc, rid=rid).bounds
        self.tap_at((bounds.left + bounds.right) // 2, (bounds.top + bounds.bottom) // 2)

    def tap_at(self, px: float, py: float) -> None:
        for hit in reversed(self._path(px, py)):
            if hit.view.on_tap is not None or hit.view.on_drag is not None:
                if hit.view.enabled and hit.view.on_tap is not None:
                    self._run(hit.view.on_tap)
                return

    def drag_to(self, element: Element, fraction: float) -> None:
        bounds = element.bounds
        for hit in self._path((bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2):
            if hit.view.on_drag is not None and hit.view.enabled:
                self._run(hit.view.on_drag, fraction)

    def swipe(self, element: Element, finger: str) -> None:
        bounds = element.bounds
        for hit in reversed(self._path((bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2)):
            handler = hit.view.on_swipe
            if handler is not None and finger in handler.args[0]:
                self._run(handler, finger)
                return

    def type(self, text: str) -> None:
        """Replaces the selection of the focused field."""
        edit = next(e for e in self._edits(self.window()[0]) if e.edit_key == self.focus)
        value, (low, high) = self.fields.get(self.focus, ""), self.selection
        self.fields[self.focus] = value = value[:low] + text + value[high:]
        self.selection = (low + len(text), low + len(text))
        if edit.edit.on_change is not None:
            self._run(edit.edit.on_change, value)

    def _path(self, px: float, py: float) -> list[Hit]:
        box, x, y = self.window()
        return path_at(box, x, y, px, py)

    def _edits(self, box: Box) -> list[EditText]:
        own = [box.view] if isinstance(box.view, EditText) else []
        return own + [e for _, _, kid in box.kids for e in self._edits(kid)]

    def _run(self, handler: Handler, *more: Any) -> None:
        if isinstance(handler, Call):
            handler.fn(self, *handler.args, *more)
        else:
            self.replace_overlay(handler.fn(self.overlays[-1], *handler.args, *more))


TOLD = Call(Stage.told)


def assert_inside(stage: Stage) -> None:
    """Every node lies inside its parent and on the screen, and painting works."""
    parents: list[Element] = []
    for e in stage.elements():
        del parents[e.depth :]
        b = e.bounds
        assert b.left < b.right, e
        assert b.top < b.bottom, e
        if parents:
            p = parents[-1].bounds
            assert p.left <= b.left, e
            assert p.top <= b.top, e
            assert b.right <= p.right, e
            assert b.bottom <= p.bottom, e
        parents.append(e)
    assert stage.ops()
