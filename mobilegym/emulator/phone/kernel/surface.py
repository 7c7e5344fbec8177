"""Whatever shows views and keeps state: the common part of activities and system windows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, NamedTuple, TypeVar, get_args

from mobilegym.emulator.device import Risk
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.overlay import Overlay
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, View

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.database import Database
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["Depends", "Snack", "Surface", "SurfaceState"]

S = TypeVar("S")
Depends = Literal[
    "databases", "settings", "notifications", "hardware", "files", "packages", "activities", "telephony", "minute", "second", "ime", "shell"
]
"""Parts of the kernel, in the order of `Kernel.tokens`."""
_ORDER: tuple[Depends, ...] = get_args(Depends)

_EMPTY: Mapping[str, Any] = {}
_SEEN = frozenset(("state", "fields", "scroll", "overlays", "focus", "selection", "snack"))


@dataclass(frozen=True, slots=True)
class Snack:
    """A snackbar: gone at `until_ms` (virtual epoch)."""

    text: str
    until_ms: int
    action: str = ""
    on_action: Call | None = None


class SurfaceState(NamedTuple):
    """All that must survive a rebuild; immutable, so a snapshot shares it."""

    state: Any
    fields: Mapping[str, str]
    scroll: Mapping[str, int]
    overlays: tuple[Overlay, ...]
    focus: str
    selection: tuple[int, int]
    snack: Snack | None


class Surface(Generic[S]):
    """Shows `build()` of its state. State is a frozen value: change it with `update(name=value)`, never in place."""

    depends: ClassVar[frozenset[Depends]] = frozenset(("databases", "settings", "notifications", "hardware", "files", "packages", "minute"))
    """What else, besides its own state, `build` reads: it is built anew when one of them changes."""
    select_tokens: ClassVar[Any]
    """Selects what it depends on from `Kernel.tokens`."""
    edge_to_edge: ClassVar[bool] = False
    """Draws below the system bars and leaves room for them itself."""
    background: ClassVar[str] = "background"
    """Theme role behind the whole window; `transparent` shows the wallpaper."""
    light_bars: ClassVar[bool] = False
    """White status bar icons whatever the theme (dark pictures, wallpapers)."""
    upright: ClassVar[bool] = False
    """Keeps to portrait however the phone is turned, as the home screen of a phone does."""
    snack_inset: ClassVar[float] = 0
    """dp that a snackbar stays above the bottom, for a bottom bar."""
    kernel: Kernel
    package: str
    state: S
    fields: Mapping[str, str]
    scroll: Mapping[str, int]
    overlays: tuple[Overlay, ...]
    focus: str
    selection: tuple[int, int]
    snack: Snack | None
    version: int
    """Counts changes of what can be seen."""
    built: tuple[object, Box] | None
    """What was built last, and from what."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.select_tokens = itemgetter(*[i for i, name in enumerate(_ORDER) if name in cls.depends] or [slice(0)])

    def __init__(self, kernel: Kernel, package: str) -> None:
        self.__dict__.update(
            kernel=kernel, package=package, fields=_EMPTY, scroll=_EMPTY, overlays=(), focus="", selection=(0, 0), snack=None, version=0,
            built=None,
        )  # fmt: skip
        self.state = self.initial()

    def __setattr__(self, name: str, value: Any) -> None:
        # Whatever can be seen counts as a new version, also where somebody forgets to say so.
        fields = self.__dict__
        fields[name] = value
        if name in _SEEN:
            fields["version"] = fields.get("version", 0) + 1

    # ------------------------------------------------------------------ for subclasses

    def initial(self) -> S:
        """The state to begin with."""
        raise NotImplementedError

    def build(self) -> View:
        """The views for the present state. Reads whatever it likes, changes nothing."""
        raise NotImplementedError

    def on_back(self) -> bool:
        """Back was pressed and nothing of the framework took it. True where it was handled."""
        return False

    def on_key(self, key: str) -> bool:
        """A hardware key (`volume_up`, `camera`, …) before the system gets it. True where it was handled."""
        del key
        return False

    def place(self, ui: Ui, box: Box) -> tuple[int, int]:
        """Top-left corner of a floating system window, device px."""
        return (ui.width - box.w) // 2, ui.status_bar

    # ------------------------------------------------------------------ helpers

    @property
    def ui(self) -> Ui:
        """The screen configuration in force."""
        return self.kernel.ui

    def update(self, **changes: Any) -> None:
        """Replace fields of the state."""
        self.state = replace(self.state, **changes)  # type: ignore[type-var]
        self.version += 1

    def field(self, key: str) -> str:
        """Text of a text field."""
        return self.fields.get(key, "")

    def set_field(self, key: str, text: str) -> None:
        """Set a field's text from the program; no `on_change` runs."""
        self.fields = {**self.fields, key: text}
        if self.focus == key:
            self.selection = (len(text), len(text))
        self.version += 1

    def focus_on(self, key: str, *, keyboard: bool = True) -> None:
        """Put the caret at the end of a field and show the keyboard."""
        self.focus = key
        end = len(self.field(key))
        self.selection = (end, end)
        self.version += 1
        if keyboard:
            self.kernel.ime.show()

    def clear_focus(self) -> None:
        """No field is focused; the keyboard goes away."""
        self.focus = ""
        self.version += 1
        self.kernel.ime.hide()

    def scroll_to(self, key: str, offset: int) -> None:
        """Set a scroll offset, px; it is clamped to the content at layout."""
        self.scroll = {**self.scroll, key: offset}
        self.version += 1

    def show(self, overlay: Overlay) -> None:
        """Put a dialog, menu or sheet on top; the keyboard goes away unless the overlay has a field to focus."""
        touched = self.kernel.input.touched
        self.overlays = (*self.overlays, overlay if touched is None else overlay.beside(self.ui, touched))
        self.version += 1
        if overlay.autofocus:
            self.focus_on(overlay.autofocus)
        else:
            self.clear_focus()
        self.kernel.journal.append("dialog", self.package, type(overlay).__name__, "read", title=overlay.title)

    def dismiss(self) -> None:
        """Close the top overlay, if any."""
        self.overlays = self.overlays[:-1]
        self.version += 1
        if self.focus:
            self.clear_focus()

    def replace_overlay(self, overlay: Overlay | None) -> None:
        """Change the top overlay; None closes it."""
        if overlay is None:
            self.dismiss()
        elif self.overlays:
            self.overlays = (*self.overlays[:-1], overlay)
            self.version += 1

    def snackbar(self, text: str, action: str = "", on_action: Call | None = None, *, ms: int = 8000) -> None:
        """Show a line at the bottom for a while, with an optional action such as Undo."""
        self.snack = Snack(text, self.kernel.clock.now_ms + ms, action, on_action)
        self.version += 1

    def run_snack_action(self) -> None:
        """The snackbar's button was pressed."""
        snack, self.snack = self.snack, None
        self.version += 1
        if snack is not None and snack.on_action is not None:
            snack.on_action.fn(self, *snack.on_action.args)

    def toast(self, text: str) -> None:
        """Show a system toast."""
        self.kernel.shell.show_toast(self.package, text)

    def effect(self, name: str, risk: Risk, /, **data: Any) -> None:
        """Write a committed effect into the journal, `name` in the form `thing.happened`."""
        self.kernel.journal.append("effect", self.package, name, risk, **data)

    def db(self, name: str, package: str = "") -> Database:
        """An app database, this app's unless another package is named."""
        return self.kernel.databases.open(package or self.package, name)

    def watch(self) -> object:
        """What else the views follow from, where that is less than a whole part of the kernel; cheap and hashable."""
        return None

    def content(self) -> object:
        """All that the views follow from besides what the surface depends on; hashable."""
        return self.state, tuple(self.fields.items()), tuple(self.scroll.items()), self.focus, self.selection

    # ------------------------------------------------------------------ snapshot

    def freeze(self) -> SurfaceState:
        """All state, immutable."""
        return SurfaceState(self.state, self.fields, self.scroll, self.overlays, self.focus, self.selection, self.snack)

    def thaw(self, saved: SurfaceState) -> None:
        """Take back what `freeze` gave."""
        # At once, not attribute by attribute: a fork does this for every window.
        state, fields, scroll, overlays, focus, selection, snack = saved
        self.__dict__.update(
            state=state,
            fields=fields,
            scroll=scroll,
            overlays=overlays,
            focus=focus,
            selection=selection,
            snack=snack,
            version=self.version + 1,
        )
