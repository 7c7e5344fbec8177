"""What editing keys of a hardware keyboard do to the focused field: selection, caret, clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["EDITS", "Edit", "edit"]

Edit: TypeAlias = Literal[
    "select_all", "copy", "cut", "paste", "clear", "forward_delete", "move_home", "move_end", "select_home", "select_end", "select_left",
    "select_right",
]  # fmt: skip
EDITS: Final[tuple[str, ...]] = get_args(Edit)


def edit(kernel: Kernel, name: str) -> bool:
    """Carry out one of `EDITS` on the focused field; False where there is none."""
    ime = kernel.ime
    surface, spec = ime.surface(), ime.spec()
    if surface is None or spec is None:
        return False
    text, (anchor, caret) = surface.field(spec.key), surface.selection
    low, high = sorted((anchor, caret))
    match name:
        case "clear":
            ime.clear()
        case "paste":
            ime.commit(kernel.hardware.clipboard())
        case "copy" | "cut":
            if low < high and spec.input_type != "password":
                kernel.hardware.set_clipboard(text[low:high])
                if name == "cut":
                    ime.delete()
        case "forward_delete":
            if low == high and high < len(text):
                surface.selection = (high, high + 1)
            if low < high or high < len(text):
                ime.delete()
        case _:
            surface.selection = _selection(name, text, anchor, caret)
    return True


def _selection(name: str, text: str, anchor: int, caret: int) -> tuple[int, int]:
    start, end = text.rfind("\n", 0, caret) + 1, text.find("\n", caret)
    if end < 0:
        end = len(text)
    return {
        "select_all": (0, len(text)), "move_home": (start, start), "move_end": (end, end), "select_home": (anchor, start),
        "select_end": (anchor, end), "select_left": (anchor, max(0, caret - 1)), "select_right": (anchor, min(len(text), caret + 1)),
    }[name]  # fmt: skip
