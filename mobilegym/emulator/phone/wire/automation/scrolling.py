"""`UiCollection` and `UiScrollable`: rows of a container, and scrolling it until something comes into view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from mobilegym.emulator.phone.wire.automation.actor import Actor, Way
from mobilegym.emulator.phone.wire.automation.errors import no_such_element
from mobilegym.emulator.phone.wire.automation.nodes import Node
from mobilegym.emulator.phone.wire.automation.selector import UiSelector

__all__ = ["FLING_STEPS", "SCROLL_STEPS", "Finder", "Scrollable"]

Finder = Callable[[UiSelector], "Node | None"]
"""Finds the first node in the windows that are searched, as they are now."""
_MAX_SWIPES: Final = 30
_STEP_MS: Final = 5
SCROLL_STEPS: Final = 55
FLING_STEPS: Final = 5
_DEAD_ZONE: Final = 0.1


@dataclass
class Scrollable:
    """A container that can be scrolled.

    Args:
        selector: Finds the container.
        find: Looks at the screen.
        actor: Swipes.
    """

    selector: UiSelector
    find: Finder
    actor: Actor
    vertical: bool = True
    max_swipes: int = _MAX_SWIPES
    dead_zone: float = _DEAD_ZONE
    """Share of the container at either end that a swipe leaves out."""
    moved: bool = field(default=False, init=False)
    """Whether the last scrolling moved anything."""

    def node(self) -> Node:
        """The container. Raises AutomationError where there is none."""
        node = self.find(self.selector)
        if node is None:
            raise no_such_element(f"UiSelector{dict(self.selector.criteria)!r} was not found: nothing to scroll")
        return node

    # ------------------------------------------------------------------ scrolling

    def scroll(self, *, forward: bool, steps: int = SCROLL_STEPS) -> bool:
        """One swipe over the container. Returns whether it moved."""
        left, top, right, bottom = self.node().bounds
        x, y = (left + right) / 2, (top + bottom) / 2
        dead = ((bottom - top) if self.vertical else (right - left)) * self.dead_zone
        if self.vertical:
            ends = [(x, bottom - dead), (x, top + dead)]
        else:
            ends = [(right - dead, y), (left + dead, y)]
        if not forward:
            ends.reverse()
        before = self._content()
        way: Way = ("down" if forward else "up") if self.vertical else ("right" if forward else "left")
        can = self.actor.can_scroll(*ends[0], way)
        self.actor.swipe(*ends[0], *ends[1], min(max(steps, 1), 10_000) * _STEP_MS)
        self.actor.rest()
        self.moved = self._content() != before if can is None else can
        return self.moved

    def scroll_to(self, *, end: bool, max_swipes: int | None = None, steps: int = SCROLL_STEPS) -> bool:
        """Swipe until the container does not move any more. Returns whether the end was reached."""
        for _ in range(min(self.max_swipes if max_swipes is None else max_swipes, 1_000)):
            if not self.scroll(forward=end, steps=steps):
                return True
        return True

    def into_view(self, selector: UiSelector) -> Node | None:
        """Scroll to the beginning, then on until something below the container matches. None where nothing does."""
        wanted = self.selector.then(child=selector)
        found = self.find(wanted)
        if found is not None:
            return found
        self.scroll_to(end=False)
        for _ in range(min(self.max_swipes, 1_000)):
            found = self.find(wanted)
            if found is not None:
                return found
            if not self.scroll(forward=True):
                break
        return self.find(wanted)

    def _content(self) -> object:
        node = self.find(self.selector)
        return None if node is None else [n.element for n in node.walk()]

    # ------------------------------------------------------------------ rows

    def child(self, row: UiSelector, wanted: UiSelector, *, scroll: bool = True) -> Node:
        """The first row that is, or holds, what is wanted. Raises AutomationError where there is none."""
        if scroll:
            self.into_view(wanted)
        for node in row.find_all(self.node(), inside=True):
            if wanted.matches(node.element) or wanted.find(node, inside=True) is not None:
                return node
        raise no_such_element(f"no child {dict(row.criteria)!r} with {dict(wanted.criteria)!r}")

    def child_at(self, row: UiSelector, instance: int) -> Node:
        """A row by its place. Raises AutomationError where there are not as many."""
        rows = row.find_all(self.node(), inside=True)
        if not 0 <= instance < len(rows):
            raise no_such_element(f"no child {dict(row.criteria)!r} number {instance}")
        return rows[instance]
