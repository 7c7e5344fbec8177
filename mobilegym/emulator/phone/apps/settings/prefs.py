"""Preferences: what a settings page is made of, as frozen values. A page is a sequence of these; `rows` draws them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from mobilegym.emulator.device import Namespace, Risk
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.manifest import AppIcon
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.view import View

__all__ = [
    "Action",
    "ButtonPref",
    "ButtonsPref",
    "ChoicePref",
    "EntityPref",
    "FooterPref",
    "HeaderPref",
    "LinkPref",
    "MainSwitchPref",
    "Pref",
    "RadioPref",
    "Setting",
    "SliderPref",
    "SwitchPref",
    "Switchable",
    "TwoTargetPref",
    "UsagePref",
    "ViewPref",
    "read",
]


class Setting(NamedTuple):
    """A value in one of Android's settings tables."""

    namespace: Namespace
    key: str
    default: str = ""
    """What counts where it is missing."""


@dataclass(frozen=True, slots=True)
class LinkPref:
    """A row that leads somewhere: to a page, to what `on_tap` does, or, without either, nowhere (a fact)."""

    key: str
    title: str
    summary: str = ""
    icon: str = ""
    page: str = ""
    arg: str = ""
    on_tap: Call | None = None
    enabled: bool = True
    app: AppIcon | None = None
    """Drawn instead of `icon`."""
    gear: Call | None = None
    """Second target at the end, a gear."""
    gear_desc: str = "Settings"
    accent: bool = False
    """Title in the accent colour (`See all …`)."""
    desc: str = ""
    intent: Intent | None = None
    """Started where the row leads out of Settings."""
    home: bool = False
    trailing: str = ""
    """Icon at the end (a lock)."""


@dataclass(frozen=True, slots=True)
class SwitchPref:
    """A row with a switch. Reads `setting` unless `checked` is given; a tap writes it, or calls `then` with the new state."""

    key: str
    title: str
    summary: str = ""
    setting: Setting | None = None
    on: str = "1"
    off: str = "0"
    checked: bool | None = None
    then: Call | None = None
    icon: str = ""
    enabled: bool = True
    risk: Risk = "reversible"
    app: AppIcon | None = None
    summary_on: str = ""
    """Replaces `summary` while the switch is on."""


@dataclass(frozen=True, slots=True)
class MainSwitchPref:
    """The wide switch at the top of a page."""

    key: str
    title: str
    setting: Setting | None = None
    on: str = "1"
    off: str = "0"
    checked: bool | None = None
    then: Call | None = None
    enabled: bool = True
    risk: Risk = "reversible"


@dataclass(frozen=True, slots=True)
class TwoTargetPref:
    """A row that opens a page, with a switch of its own at the end."""

    key: str
    title: str
    summary: str = ""
    page: str = ""
    arg: str = ""
    setting: Setting | None = None
    on: str = "1"
    off: str = "0"
    checked: bool | None = None
    then: Call | None = None
    icon: str = ""
    enabled: bool = True
    risk: Risk = "reversible"
    app: AppIcon | None = None
    on_tap: Call | None = None


@dataclass(frozen=True, slots=True)
class ChoicePref:
    """A row whose summary is the chosen one of `options` (value, label); a tap asks in a dialog."""

    key: str
    title: str
    options: tuple[tuple[str, str], ...]
    setting: Setting | None = None
    value: str | None = None
    then: Call | None = None
    """Called with the value; it writes the setting itself."""
    icon: str = ""
    enabled: bool = True
    summary: str = ""
    """With `{}` for the chosen label; the label alone where empty."""
    heading: str = ""
    """Title of the dialog where it differs from the row's."""


@dataclass(frozen=True, slots=True)
class RadioPref:
    """A row of a page on which one is chosen."""

    key: str
    title: str
    checked: bool
    on_tap: Call
    summary: str = ""
    enabled: bool = True
    app: AppIcon | None = None


@dataclass(frozen=True, slots=True)
class SliderPref:
    """A row with a slider over the whole numbers `low` to `high`."""

    key: str
    title: str
    low: int
    high: int
    setting: Setting | None = None
    value: int | None = None
    then: Call | None = None
    """Called with the number; it writes the setting itself."""
    icon: str = ""
    summary: str = ""
    start_icon: str = ""
    end_icon: str = ""
    labels: tuple[str, ...] = ()
    """Names of the positions, for the accessibility tree; the slider shows ticks then."""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class HeaderPref:
    """Heading of the rows that follow."""

    title: str


@dataclass(frozen=True, slots=True)
class FooterPref:
    """What to know about the page, in small print at its end."""

    text: str


@dataclass(frozen=True, slots=True)
class EntityPref:
    """What the page is about: a large icon with a name below it."""

    title: str
    summary: str = ""
    icon: str = ""
    app: AppIcon | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One of the buttons side by side."""

    label: str
    icon: str
    run: Call | None
    """None where it cannot be pressed now."""


@dataclass(frozen=True, slots=True)
class ButtonsPref:
    """Up to four buttons side by side, icon above label."""

    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class ButtonPref:
    """One button."""

    key: str
    label: str
    run: Call
    filled: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class UsagePref:
    """How much of something is used: two figures above a bar."""

    used: str
    total: str
    percent: int


@dataclass(frozen=True, slots=True)
class ViewPref:
    """Anything else: `build(*args)` is a pure function of hashable arguments."""

    key: str
    build: Callable[..., View]
    args: tuple[object, ...] = ()


Pref: TypeAlias = (
    LinkPref
    | SwitchPref
    | MainSwitchPref
    | TwoTargetPref
    | ChoicePref
    | RadioPref
    | SliderPref
    | HeaderPref
    | FooterPref
    | EntityPref
    | ButtonsPref
    | ButtonPref
    | UsagePref
    | ViewPref
)
Switchable: TypeAlias = SwitchPref | MainSwitchPref | TwoTargetPref


def read(pref: Switchable | ChoicePref | SliderPref, tables: Mapping[str, Mapping[str, str]]) -> str:
    """The value that a bound preference has in the settings tables."""
    setting = pref.setting
    if setting is None:
        return ""
    return tables[setting.namespace].get(setting.key, setting.default)
