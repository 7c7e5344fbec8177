"""Do Not Disturb: now, who may interrupt, schedules."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.pages.times import time_of_day
from mobilegym.emulator.phone.apps.settings.prefs import (
    ButtonPref,
    ChoicePref,
    FooterPref,
    HeaderPref,
    LinkPref,
    MainSwitchPref,
    Pref,
    Setting,
    SwitchPref,
    TwoTargetPref,
)
from mobilegym.emulator.phone.apps.settings.schedules import ZenRule, write_rules, zen_rules
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton, InputDialog, MultiChoiceDialog
from mobilegym.emulator.phone.ui.widgets.time_picker import TimePicker

__all__ = ["PAGES", "dnd_summary"]

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WHO: Final = (("starred", "Starred contacts"), ("contacts", "Contacts"), ("anyone", "Anyone"), ("none", "None"))
_WHO_MESSAGES: Final = (("starred", "Starred contacts"), ("contacts", "Contacts"), ("anyone", "Anyone"), ("none", "None"))
_DURATIONS: Final = (("0", "Until turned off"), ("60", "For 1 hour"), ("240", "For 4 hours"), ("-1", "Ask every time"))


def _on(page: Page) -> bool:
    return page.kernel.settings.number("global", "zen_mode", 0) != 0


def dnd_summary(page: Page) -> str:
    """`On` or `Off`, with how many schedules there are."""
    if _on(page):
        return "On"
    count = sum(rule.enabled for rule in zen_rules(page.kernel))
    return f"Off / {count} schedule{'' if count == 1 else 's'} can turn on automatically" if count else "Off"


def _dnd(page: Page) -> list[Pref]:
    on = _on(page)
    calls = page.setting("global", "mobilegym_zen_calls", "starred")
    messages = page.setting("global", "mobilegym_zen_messages", "none")
    nobody = calls == messages == "none"
    count = sum(rule.enabled for rule in zen_rules(page.kernel))
    return [
        ButtonPref("manual", "Turn off now" if on else "Turn on now", Call(_turn, (not on,)), filled=on),
        HeaderPref("What can interrupt Do Not Disturb"),
        LinkPref("zen_mode_people", "People", "No one can interrupt" if nobody else "Some people can interrupt", page="dnd_people"),
        LinkPref("zen_mode_sound_vibration_settings", "Alarms & other interruptions", _others(page), page="dnd_alarms"),
        HeaderPref("General"),
        LinkPref(
            "zen_mode_automation_settings",
            "Schedules",
            f"{count or 'No'} schedule{'' if count == 1 else 's'} can turn on automatically",
            page="dnd_schedules",
        ),
        ChoicePref("zen_mode_duration", "Duration for Quick Settings", _DURATIONS, Setting("secure", "zen_duration", "0")),
        ChoicePref(
            "zen_mode_display",
            "Display options for hidden notifications",
            (("sound", "No sound from notifications"), ("visuals", "No visuals or sound from notifications")),
            Setting("global", "mobilegym_zen_display", "sound"),
        ),
    ]


def _turn(page: Page, on: bool) -> None:
    page.put("global", "zen_mode", "1" if on else "0", title="Do Not Disturb")


_PEOPLE: Final = (
    ChoicePref("calls", "Calls", _WHO, Setting("global", "mobilegym_zen_calls", "starred")),
    ChoicePref("messages", "Messages", _WHO_MESSAGES, Setting("global", "mobilegym_zen_messages", "none")),
    SwitchPref(
        "repeat_callers",
        "Allow repeat callers",
        "If the same person calls a second time within a 15 minute period",
        Setting("global", "mobilegym_zen_repeat_callers", "1"),
    ),
    FooterPref("Important people can always reach you if you let them: choose who may interrupt while Do Not Disturb is on."),
)
_OTHERS: Final = (
    ("alarms", "Alarms", "From timers, alarms, security systems, and other apps", "1"),
    ("media", "Media sounds", "Sounds from videos, games, and other media", "1"),
    ("touch", "Touch sounds", "Sounds from your keyboard and other buttons", "0"),
    ("reminders", "Reminders", "From tasks and reminders", "0"),
    ("events", "Calendar events", "From upcoming calendar events", "0"),
)


def _others(page: Page) -> str:
    names = [title for key, title, _, default in _OTHERS if page.setting("global", f"mobilegym_zen_{key}", default) == "1"]
    if not names:
        return "Nothing can interrupt"
    text = ", ".join(name.lower() for name in names)
    return f"{text[0].upper()}{text[1:]} can interrupt"


_ALARMS: Final = tuple(
    SwitchPref(key, title, summary, Setting("global", f"mobilegym_zen_{key}", default)) for key, title, summary, default in _OTHERS
)


def _schedules(page: Page) -> list[Pref]:
    rows: list[Pref] = [
        TwoTargetPref(
            f"rule:{r.id}", r.name, _rule_summary(page, r), "dnd_schedule", str(r.id), checked=r.enabled, then=Call(_enable, (r.id,))
        )
        for r in zen_rules(page.kernel)
    ]
    rows.append(LinkPref("add_rule", "Add schedule", "", "plus", on_tap=Call(_ask_new)))
    return rows


def _rule_summary(page: Page, rule: ZenRule) -> str:
    return f"{_days(rule)}, {time_of_day(page, rule.start)} - {time_of_day(page, rule.end)}"


def _days(rule: ZenRule) -> str:
    if len(rule.days) == 7:
        return "Every day"
    if rule.days == (0, 1, 2, 3, 4):
        return "Mon - Fri"
    return ", ".join(_DAYS[d][:3] for d in rule.days) or "None"


def _rule(page: Page, id: int | str) -> ZenRule | None:
    return next((r for r in zen_rules(page.kernel) if str(r.id) == str(id)), None)


def _put(page: Page, rule: ZenRule) -> None:
    write_rules(page.kernel, tuple(rule if r.id == rule.id else r for r in zen_rules(page.kernel)))
    page.effect("dnd_schedule.changed", "reversible", name=rule.name, enabled=rule.enabled, days=rule.days, start=rule.start, end=rule.end)


def _enable(page: Page, id: int, on: bool) -> None:
    rule = _rule(page, id)
    if rule is not None:
        _put(page, replace(rule, enabled=on))


def _ask_new(page: Page) -> None:
    page.set_field("dialog_input", "")
    page.show(
        InputDialog(
            heading="Add schedule",
            label="Schedule name",
            input_rid="zen_mode_rule_name",
            positive=DialogButton("OK", Call(_new)),
            negative=DialogButton("Cancel"),
        )
    )


def _new(page: Page, name: str) -> None:
    rules = zen_rules(page.kernel)
    rule = ZenRule(max([r.id for r in rules], default=0) + 1, name.strip(), (0, 1, 2, 3, 4), 22 * 60, 7 * 60, enabled=True)
    write_rules(page.kernel, (*rules, rule))
    page.effect("dnd_schedule.created", "reversible", name=rule.name)
    page.go("dnd_schedule", str(rule.id))


def _schedule_title(page: Page) -> str:
    rule = _rule(page, page.arg)
    return rule.name if rule is not None else "Schedule"


def _schedule(page: Page) -> list[Pref]:
    rule = _rule(page, page.arg)
    if rule is None:
        return [FooterPref("This schedule was deleted")]
    next_day = " next day" if rule.end <= rule.start else ""
    return [
        MainSwitchPref("use_rule", "Use schedule", checked=rule.enabled, then=Call(_enable, (rule.id,))),
        LinkPref("days", "Days", _days(rule), on_tap=Call(_ask_days, (rule,))),
        LinkPref("start", "Start time", time_of_day(page, rule.start), on_tap=Call(_ask_edge, (rule, "start"))),
        LinkPref("end", "End time", time_of_day(page, rule.end) + next_day, on_tap=Call(_ask_edge, (rule, "end"))),
        LinkPref("delete", "Delete schedule", "", "delete-outline", on_tap=Call(_ask_delete, (rule,))),
    ]


def _ask_days(page: Page, rule: ZenRule) -> None:
    page.show(
        MultiChoiceDialog(
            heading="Days",
            options=_DAYS,
            chosen=frozenset(rule.days),
            positive=DialogButton("Done", Call(_set_days, (rule,))),
            negative=DialogButton("Cancel"),
        )
    )


def _set_days(page: Page, rule: ZenRule, days: tuple[int, ...]) -> None:
    _put(page, replace(rule, days=days))


def _ask_edge(page: Page, rule: ZenRule, edge: str) -> None:
    minute = rule.start if edge == "start" else rule.end
    page.show(TimePicker(result=Call(_set_edge, (rule, edge)), hour=minute // 60, minute=minute % 60))


def _set_edge(page: Page, rule: ZenRule, edge: str, hour: int, minute: int) -> None:
    at = hour * 60 + minute
    _put(page, replace(rule, start=at) if edge == "start" else replace(rule, end=at))


def _ask_delete(page: Page, rule: ZenRule) -> None:
    page.show(
        AlertDialog(
            heading="",
            message=f"Delete “{rule.name}” schedule?",
            positive=DialogButton("Delete", Call(_delete, (rule.id,))),
            negative=DialogButton("Cancel"),
        )
    )


def _delete(page: Page, id: int) -> None:
    rules = zen_rules(page.kernel)
    write_rules(page.kernel, tuple(r for r in rules if r.id != id))
    page.effect("dnd_schedule.deleted", "irreversible", name=next((r.name for r in rules if r.id == id), ""))
    page.finish()


PAGES: Final = {
    "dnd": PageSpec("Do Not Disturb", _dnd, "sound", keywords="dnd zen quiet silence modes"),
    "dnd_people": PageSpec("People", _PEOPLE, "dnd"),
    "dnd_alarms": PageSpec("Alarms & other interruptions", _ALARMS, "dnd"),
    "dnd_schedules": PageSpec("Schedules", _schedules, "dnd"),
    "dnd_schedule": PageSpec(_schedule_title, _schedule, "dnd_schedules", search=False),
}
