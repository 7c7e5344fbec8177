"""Subtrees that are built once and shown by many phones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from mobilegym.emulator.phone.ui.theme import Ui

if TYPE_CHECKING:
    from mobilegym.emulator.phone.ui.view import View

__all__ = ["memo"]

_MEMO: Final[dict[object, View]] = {}
_MEMO_LIMIT: Final = 6000


def memo(ui: Ui, build: Callable[..., View], *args: Any) -> View:
    """`build(*args)`, built once for equal arguments and shared by all phones of the process.

    `build` must be a pure function of `args`; its views hold no state and no reference to a phone.
    """
    key = (build, args, ui)
    view = _MEMO.get(key)
    if view is None:
        if len(_MEMO) >= _MEMO_LIMIT:
            for old in list(_MEMO)[: _MEMO_LIMIT // 2]:
                del _MEMO[old]
        view = build(*args)
        view.shared = True
        _MEMO[key] = view
    return view
