"""A session: who talks to the server, its settings and the elements it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mobilegym.emulator.phone.wire.automation.actor import Actor
from mobilegym.emulator.phone.wire.automation.nodes import Node, Tree, active_tree, all_trees, every_window
from mobilegym.emulator.phone.wire.automation.source import toast_element
from mobilegym.emulator.phone.wire.uiautomator2.elements import Elements
from mobilegym.emulator.phone.wire.uiautomator2.settings import Settings

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System
    from mobilegym.emulator.phone.wire.uiautomator2.schedule import Scheduled

__all__ = ["Session"]


@dataclass
class Session:
    """What one driver has on this phone."""

    system: System
    id: str
    capabilities: Mapping[str, object]
    settings: Settings = field(default_factory=Settings)
    scheduled: dict[str, Scheduled] = field(default_factory=dict[str, "Scheduled"])
    """Scheduled actions by name."""

    def __post_init__(self) -> None:
        self.elements = Elements(self.id)
        self.actor = Actor(self.system)

    def trees(self) -> list[Tree]:
        """The windows that are searched: the active one, or all where the settings say so."""
        kernel = self.system.kernel
        if not self.settings.flag("enableMultiWindows"):
            tree = active_tree(kernel)
            return [tree] if tree.nodes else []
        return [t for t in every_window(kernel) if t.nodes]

    def node(self, handle: str) -> Node:
        """The node that a handle stands for now. Raises AutomationError where it is gone."""
        trees = [*self.trees(), *all_trees(self.system.kernel)]
        toast = toast_element(self.system.kernel)
        if toast is not None:
            trees.append(Tree("Toast", (toast,)))
        return self.elements.find(handle, trees)

    def package(self) -> str:
        """Whose window is active."""
        root = active_tree(self.system.kernel).root
        return root.element.package if root is not None else ""
