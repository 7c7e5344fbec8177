"""Handlers as data: a view holds what is to be called, never a closure, so that views can be shared and stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

__all__ = ["Call", "OverlayCall", "bind", "call", "overlay_call", "partial"]

P = ParamSpec("P")
H = TypeVar("H", "Call", "OverlayCall", "Call | OverlayCall")


@dataclass(frozen=True, slots=True)
class Call:
    """`fn(surface, *args, *more)`, where `surface` is the activity or system window that shows the view."""

    fn: Callable[..., Any]
    args: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class OverlayCall:
    """`fn(overlay, *args, *more)` gives the overlay that takes the place of the top one (None closes it)."""

    fn: Callable[..., Any]
    args: tuple[Any, ...] = ()


def call(fn: Callable[Concatenate[Any, P], Any], *args: P.args, **_: P.kwargs) -> Call:
    """A handler for the surface: `on_tap=call(ThreadList.open, thread_id)` runs `surface.open(thread_id)`."""
    return Call(fn, args)


def partial(fn: Callable[..., Any], *args: Any) -> Call:
    """Like `call`, for handlers that get more arguments when they run (the new text, the chosen index)."""
    return Call(fn, args)


def overlay_call(fn: Callable[..., Any], *args: Any) -> OverlayCall:
    """A handler for the overlay itself: `on_tap=overlay_call(TimePicker.pick_hour, 5)`."""
    return OverlayCall(fn, args)


def bind(handler: H, *more: Any) -> H:
    """The handler with further arguments after its own: `bind(on_select, 2)` is what the third tab does."""
    return type(handler)(handler.fn, (*handler.args, *more))
