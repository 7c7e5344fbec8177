"""What the methods of the JSON-RPC server share: the phone, its objects, and finding them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.touch import Touch
from mobilegym.emulator.phone.wire.automation.actor import Actor
from mobilegym.emulator.phone.wire.automation.nodes import Node, active_tree, all_trees
from mobilegym.emulator.phone.wire.automation.scrolling import Scrollable
from mobilegym.emulator.phone.wire.automation.selector import UiSelector
from mobilegym.emulator.phone.wire.uiautomator2.elements import Elements
from mobilegym.errors import MobileGymError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["NoNode", "Rpc"]

_POLL_MS: Final = 100


class NoNode(MobileGymError):
    """No node matches a selector."""


class Rpc:
    """The state of one server.

    Args:
        system: The phone.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.actor = Actor(system)
        self.objects = Elements("0a7c")
        self.touch = Touch(system.phone)
        self.touch_start_s = 0.0
        """Loop time at which the finger came down that is held by single events."""
        self.toast_cleared_ms = -1
        """Toasts until then were cleared by the client."""

    @property
    def kernel(self) -> Kernel:
        return self.system.kernel

    def find(self, target: UiSelector | str) -> Node | None:
        """The first node in the active window, or None."""
        if isinstance(target, str):
            return self.objects.find(target, all_trees(self.kernel))
        return target.find(active_tree(self.kernel).root)

    def need(self, target: UiSelector | str) -> Node:
        """The first node in the active window. Raises NoNode."""
        node = self.find(target)
        if node is None:
            raise NoNode(_described(target))
        return node

    def find_all(self, target: UiSelector | str) -> list[Node]:
        """Every node in the active window."""
        if isinstance(target, str):
            node = self.find(target)
            return [] if node is None else [node]
        return target.find_all(active_tree(self.kernel).root)

    async def wait(self, target: UiSelector | str, timeout_ms: int, *, gone: bool = False) -> bool:
        """Let virtual time pass until it is there, or no longer there. Returns whether that came."""
        waited = 0
        while (self.find(target) is None) != gone:
            if waited >= timeout_ms:
                return False
            step = min(_POLL_MS, timeout_ms - waited)
            await self.system.sleep(step)
            waited += step
        return True

    def scrollable(self, target: UiSelector | str, *, vertical: bool = True) -> Scrollable:
        """A container to scroll."""
        node = self.need(target)
        if isinstance(target, UiSelector):
            return Scrollable(target, self.find, self.actor, vertical)
        handle = self.objects.add(node)

        def find(selector: UiSelector) -> Node | None:
            container = self.need(handle)
            return container if selector.child is None else selector.child.find(container, inside=True)

        return Scrollable(UiSelector(), find, self.actor, vertical)


def _described(target: UiSelector | str) -> str:
    if isinstance(target, str):
        return target
    parts = [f"{name.upper()}={value}" for name, value in target.criteria.items()]
    for name, inner in (("CHILD", target.child), ("PARENT", target.sibling)):
        if inner is not None:
            parts.append(f"{name}={_described(inner)}")
    return f"UiSelector[{', '.join(parts)}]"
