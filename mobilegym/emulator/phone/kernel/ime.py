"""The input method: what the keyboard types into the focused field. The keyboard's looks are an app of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from mobilegym.emulator.phone.kernel.cow import TOKENS
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.view import Box
from mobilegym.emulator.phone.ui.widgets.text_field import EditSpec, EditText

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel
    from mobilegym.emulator.phone.kernel.surface import Surface

__all__ = ["Ime", "KeyboardMode"]

KeyboardMode: TypeAlias = Literal["letters", "shift", "caps", "symbols", "more_symbols", "numbers"]


class _ImeState(NamedTuple):
    shown: bool
    mode: KeyboardMode
    token: int


class Ime:
    """The focused field and the keyboard below it."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self.shown = False
        self.mode: KeyboardMode = "letters"
        self.token = next(TOKENS)

    def show(self) -> None:
        """Bring up the keyboard for the focused field."""
        self.shown = True
        spec = self.spec()
        numeric = spec is not None and spec.input_type in ("number", "phone")
        self._set_mode("numbers" if numeric else "letters")
        self._auto_shift()

    def hide(self) -> None:
        """Put the keyboard away; the field keeps its focus."""
        if self.shown:
            self.shown = False
            self.token = next(TOKENS)

    def set_mode(self, mode: KeyboardMode) -> None:
        """Switch the keys that are shown."""
        self._set_mode(mode)

    def surface(self) -> Surface[Any] | None:
        """Who has the focused field, or None."""
        surface = self._kernel.windows.input_target()
        return surface if surface.focus else None

    def view(self) -> EditText | None:
        """The focused field as it was last laid out, or None."""
        surface = self.surface()
        if surface is None:
            return None
        for box in self._kernel.windows.boxes_of(surface):
            found = _find(box, surface.focus)
            if found is not None:
                return found
        return None

    def spec(self) -> EditSpec | None:
        """What the focused field wants to be typed."""
        view = self.view()
        return view.edit if view is not None and view.enabled else None

    def commit(self, text: str) -> bool:
        """Type at the caret, replacing what is selected. False where no field takes text."""
        surface, spec = self.surface(), self.spec()
        if surface is None or spec is None:
            return False
        if not spec.multiline:
            text = text.replace("\r\n", " ").replace("\n", " ")
        if spec.input_type == "number":
            text = "".join(c for c in text if c in "0123456789.,-")
        elif spec.input_type == "phone":
            text = "".join(c for c in text if c in "0123456789+*#()-. ,;/N")
        value = surface.field(spec.key)
        low, high = sorted(surface.selection)
        text = text[: max(0, spec.max_length - len(value) + (high - low))]
        self._edit(surface, spec, value[:low] + text + value[high:], low + len(text))
        if self.mode == "shift":
            self._set_mode("letters")
        self._auto_shift()
        return True

    def delete(self) -> bool:
        """Backspace: the selection, or the character before the caret."""
        surface, spec = self.surface(), self.spec()
        if surface is None or spec is None:
            return False
        value = surface.field(spec.key)
        low, high = sorted(surface.selection)
        if low == high:
            low = max(0, low - 1)
        if value[low:high]:
            self._edit(surface, spec, value[:low] + value[high:], low)
            self._auto_shift()
        return True

    def clear(self) -> bool:
        """Empty the focused field."""
        surface, spec = self.surface(), self.spec()
        if surface is None or spec is None:
            return False
        if surface.field(spec.key):
            self._edit(surface, spec, "", 0)
        surface.selection = (0, 0)
        return True

    def action(self) -> bool:
        """The keyboard's action key: a new line, the next field, or what the field submits."""
        surface, spec = self.surface(), self.spec()
        if surface is None or spec is None:
            return False
        if spec.multiline or spec.ime == "newline":
            return self.commit("\n")
        if spec.on_submit is not None:
            self.hide()
            self._run(surface, spec.on_submit, surface.field(spec.key))
        elif spec.ime == "next" and (following := self._next_field(surface)):
            surface.focus_on(following)
        else:
            surface.clear_focus()
        return True

    def move(self, by: int) -> bool:
        """Move the caret by characters."""
        surface = self.surface()
        if surface is None:
            return False
        at = min(max(0, surface.selection[1] + by), len(surface.field(surface.focus)))
        surface.selection = (at, at)
        surface.version += 1
        return True

    def freeze(self) -> object:
        return _ImeState(self.shown, self.mode, self.token)

    def thaw(self, frozen: Any) -> None:
        self.shown, self.mode, self.token = frozen

    def _set_mode(self, mode: KeyboardMode) -> None:
        self.mode = mode
        self.token = next(TOKENS)

    def _auto_shift(self) -> None:
        """Capital letters at the start of a sentence, as Gboard's default has it."""
        spec, surface = self.spec(), self.surface()
        if spec is None or surface is None or self.mode not in ("letters", "shift") or spec.input_type != "text":
            return
        before = surface.field(spec.key)[: surface.selection[1]].rstrip(" ")
        starts = not before or before[-1] in ".!?\n"
        wanted: KeyboardMode = "shift" if starts and spec.ime != "search" else "letters"
        if wanted != self.mode:
            self._set_mode(wanted)

    def _edit(self, surface: Surface[Any], spec: EditSpec, text: str, caret: int) -> None:
        surface.fields = {**surface.fields, spec.key: text}
        surface.selection = (caret, caret)
        surface.version += 1
        shown = "•" * len(text) if spec.input_type == "password" else text
        self._kernel.journal.append("field", surface.package, spec.key, "read", text=shown)
        if spec.on_change is not None:
            self._run(surface, spec.on_change, text)

    @staticmethod
    def _run(surface: Surface[Any], handler: Call, text: str) -> None:
        handler.fn(surface, *handler.args, text)

    def _next_field(self, surface: Surface[Any]) -> str:
        keys: list[str] = []
        for box in self._kernel.windows.boxes_of(surface):
            _collect_fields(box, keys)
        place = keys.index(surface.focus) + 1 if surface.focus in keys else len(keys)
        return keys[place] if place < len(keys) else ""


def _find(box: Box, key: str) -> EditText | None:
    view = box.view
    if view.edit_key == key and isinstance(view, EditText):
        return view
    for _, _, kid in box.kids:
        found = _find(kid, key)
        if found is not None:
            return found
    return None


def _collect_fields(box: Box, keys: list[str]) -> None:
    if isinstance(box.view, EditText) and box.view.enabled:
        keys.append(box.view.edit_key)
    for _, _, kid in box.kids:
        _collect_fields(kid, keys)
