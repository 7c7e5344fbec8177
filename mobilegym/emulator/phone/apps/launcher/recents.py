"""Recents: the tasks as cards side by side, the latest at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, get_args

from mobilegym.emulator.phone.apps.launcher.miniature import Miniature
from mobilegym.emulator.phone.apps.launcher.store import PACKAGE
from mobilegym.emulator.phone.kernel.activities import Activity, Task
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.kernel import Kernel
from mobilegym.emulator.phone.kernel.surface import Depends
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Group, Placed, Row, Stack
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, View
from mobilegym.emulator.phone.ui.widgets.app_icon import AppDisc
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["Recents", "RecentsState", "show_recents"]

_SHARE: Final = 0.64
"""Size of a card, of the screen."""
_GAP: Final = 18
_AROUND: Final = "surface_container_highest"
_SIDEWAYS: Final = frozenset(("left", "right"))


def show_recents(kernel: Kernel) -> None:
    """Bring up the overview; on top already, it goes to the task used before the last."""
    top = kernel.activities.foreground
    tasks = kernel.activities.tasks
    if isinstance(top, Recents):
        if tasks:
            kernel.activities.to_front(tasks[min(1, len(tasks) - 1)].id)
        return
    recents = Recents(kernel, PACKAGE, Intent(package=PACKAGE, activity=Recents.name))
    kernel.ime.hide()
    kernel.shell.set(shade="closed")
    kernel.activities.push_home(recents)


@dataclass(frozen=True)
class RecentsState:
    """Where the row of cards stands."""

    at: int = 0
    """Index of the card in the middle, 0 for the latest; the number of tasks for Clear all."""


class Recents(Activity[RecentsState]):
    """The overview."""

    name = "com.android.quickstep.RecentsActivity"
    edge_to_edge = True
    background = _AROUND
    upright = True
    depends: ClassVar[frozenset[Depends]] = frozenset(get_args(Depends))
    """Everything: the cards show other apps' screens."""

    def initial(self) -> RecentsState:
        return RecentsState()

    def build(self) -> View:
        tasks = self.kernel.activities.tasks
        if not tasks:
            empty = Text("No recent items", "title_medium", color="on_surface_variant", gravity="center", desc="No recent items")
            return Stack(empty, rid="overview_panel", width=FILL, height=FILL, on_tap=call(Recents.leave))
        at = min(self.state.at, len(tasks))
        cards: list[View] = [self._card(task, place) for place, task in enumerate(tasks)]
        clear = Button("Clear all", call(Recents.clear), kind="tonal", rid="clear_all")
        # Only what the row can show is laid out: the card in the middle and its neighbours.
        shown = {place: view for place, view in enumerate([*cards, clear]) if abs(place - at) <= 1}
        pager = _Cards(
            shown, at, rid="overview_panel", cls="android.widget.ListView", width=FILL, weight=1, on_swipe=Call(Recents.page, (_SIDEWAYS,))
        )
        return Column(
            pager,
            cls=None,
            width=FILL,
            height=FILL,
            padding=(0, self.ui.status_bar / self.ui.scale, 0, self.ui.navigation_bar / self.ui.scale),
        )

    def _card(self, task: Task, place: int) -> View:
        manifest = self.kernel.packages.manifests[task.package]
        label, icon = manifest.label, manifest.icon
        picture = Miniature(
            task.top,
            _SHARE,
            _AROUND,
            24,
            cls="android.view.View",
            rid="snapshot",
            on_tap=call(Recents.open_task, task.id),
            on_swipe=Call(Recents.dismiss_task, (frozenset(("up",)), task.id)),
            width=None,
        )
        head = Row(
            AppDisc(icon.glyph, icon.background, icon.foreground, size=36, rid="icon", desc=label),
            Text(label, "title_medium", rid="title", max_lines=1),
            gap=10,
            cls=None,
            padding=(0, 0, 0, 12),
        )
        return Column(
            head, picture, rid="task", cls="android.widget.FrameLayout", desc=label, cross="center", selected=place == self.state.at
        )

    # ------------------------------------------------------------------ handlers

    def page(self, directions: frozenset[str], finger: str) -> None:
        """Move along the row: a finger to the right brings older tasks."""
        del directions
        last = len(self.kernel.activities.tasks)
        self.update(at=min(max(0, self.state.at + (1 if finger == "right" else -1)), last))

    def open_task(self, task_id: int) -> None:
        """Go on with a task."""
        self.kernel.activities.to_front(task_id)

    def dismiss_task(self, directions: frozenset[str], task_id: int, finger: str) -> None:
        """Swipe a task away."""
        del directions, finger
        task = next(t for t in self.kernel.activities.tasks if t.id == task_id)
        self.kernel.activities.remove(task_id)
        self.kernel.journal.append("system", PACKAGE, "task.dismissed", "read", package=task.package)
        rest = len(self.kernel.activities.tasks)
        if not rest:
            self.leave()
        else:
            self.update(at=min(self.state.at, rest - 1))

    def clear(self) -> None:
        """Dismiss all tasks."""
        for task in self.kernel.activities.tasks:
            self.kernel.activities.remove(task.id)
        self.kernel.journal.append("system", PACKAGE, "task.dismissed_all", "read")
        self.leave()

    def leave(self) -> None:
        """Back to the home screen."""
        self.kernel.activities.go_home()


class _Cards(Group):
    """Views side by side, right to left, one of them in the middle."""

    def __init__(self, shown: dict[int, View], at: int, **attrs: object) -> None:
        self.places = tuple(sorted(shown))
        self.children = tuple(shown[place] for place in self.places)
        self.at = at
        self.__dict__.update(attrs)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        boxes = [child.layout(ui, 0, max_w, 0, max_h) for child in self.children]
        step = round(ui.width * _SHARE) + ui.px(_GAP)
        placed: list[tuple[int, int, Box]] = []
        for place, box in zip(self.places, boxes, strict=True):
            middle = max_w // 2 - (place - self.at) * step
            placed.append((middle - box.w // 2, max(0, (max_h - box.h) // 2), box))
        return max(min_w, max_w), max(min_h, max_h), tuple(placed), 0
