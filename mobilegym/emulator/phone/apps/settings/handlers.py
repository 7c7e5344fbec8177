"""What a touch on a preference does. Every function gets the page that shows it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mobilegym.emulator.phone.apps.settings.prefs import ChoicePref, LinkPref, SliderPref, Switchable, TwoTargetPref, read
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog, DialogButton

if TYPE_CHECKING:
    from mobilegym.emulator.phone.apps.settings.page import Page

__all__ = ["ask_choice", "chosen", "follow", "index_of", "label_of", "nudge", "number", "slide", "switched_on", "toggle"]


def switched_on(page: Page, pref: Switchable) -> bool:
    """Whether a switch is on."""
    return pref.checked if pref.checked is not None else read(pref, page.tables()) == pref.on


def toggle(page: Page, pref: Switchable) -> None:
    """Flip a switch."""
    on = not switched_on(page, pref)
    if pref.setting is not None:
        page.kernel.settings.put(pref.setting.namespace, pref.setting.key, pref.on if on else pref.off)
    if pref.then is not None:
        pref.then.fn(page, *pref.then.args, on)
        if pref.setting is None:
            return
    name = f"{pref.setting.namespace}/{pref.setting.key}" if pref.setting is not None else pref.key
    page.effect("setting.changed", pref.risk, setting=name, value=on, title=pref.title)


def follow(page: Page, pref: LinkPref | TwoTargetPref) -> None:
    """Go where a row leads."""
    if pref.on_tap is not None:
        pref.on_tap.fn(page, *pref.on_tap.args)
    elif isinstance(pref, LinkPref) and pref.intent is not None:
        page.start(pref.intent)
    else:
        page.go(pref.page, pref.arg)


def index_of(page: Page, pref: ChoicePref) -> int:
    """Index of the option in force, -1 for none of them."""
    value = pref.value if pref.value is not None else read(pref, page.tables())
    return next((i for i, (option, _) in enumerate(pref.options) if option == value), -1)


def label_of(page: Page, pref: ChoicePref) -> str:
    """Label of the option in force."""
    index = index_of(page, pref)
    return pref.options[index][1] if index >= 0 else "Custom"


def ask_choice(page: Page, pref: ChoicePref) -> None:
    """Show the options."""
    labels = tuple(label for _, label in pref.options)
    page.show(
        ChoiceDialog(
            heading=pref.heading or pref.title,
            options=labels,
            chosen=index_of(page, pref),
            on_choose=Call(chosen, (pref,)),
            negative=DialogButton("Cancel"),
        )
    )


def chosen(page: Page, pref: ChoicePref, index: int) -> None:
    """An option was touched in the dialog."""
    value, label = pref.options[index]
    if pref.then is not None:
        pref.then.fn(page, *pref.then.args, value)
    elif pref.setting is not None:
        page.kernel.settings.put(pref.setting.namespace, pref.setting.key, value)
        page.effect(
            "setting.changed",
            "reversible",
            setting=f"{pref.setting.namespace}/{pref.setting.key}",
            value=value,
            title=pref.title,
            label=label,
        )


def number(page: Page, pref: SliderPref) -> int:
    """The number a slider is at."""
    if pref.value is not None:
        value = pref.value
    else:
        try:
            value = int(float(read(pref, page.tables()) or pref.low))
        except ValueError:
            value = pref.low
    return min(max(value, pref.low), pref.high)


def slide(page: Page, pref: SliderPref, fraction: float) -> None:
    """The slider was moved to a fraction of its length."""
    _set_number(page, pref, pref.low + int(fraction * (pref.high - pref.low) + 0.5))


def nudge(page: Page, pref: SliderPref, by: int) -> None:
    """One of the buttons at the ends of a slider."""
    _set_number(page, pref, min(max(number(page, pref) + by, pref.low), pref.high))


def _set_number(page: Page, pref: SliderPref, value: int) -> None:
    if value == number(page, pref):
        return
    if pref.then is not None:
        pref.then.fn(page, *pref.then.args, value)
    elif pref.setting is not None:
        page.kernel.settings.put(pref.setting.namespace, pref.setting.key, str(value))
    name = f"{pref.setting.namespace}/{pref.setting.key}" if pref.setting is not None else pref.key
    page.effect("setting.changed", "reversible", setting=name, value=value, title=pref.title)
