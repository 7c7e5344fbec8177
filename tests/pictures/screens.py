"""The screens of which reference pictures are kept: how to get to each, on a phone that is lived with, from its home screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, TypeAlias

from mobilegym.actions import Press, Swipe, Tap
from tests.emulator.phone.apps.pilot import Pilot

Steps: TypeAlias = Callable[[Pilot], None]


def _open(pilot: Pilot, app: str, *taps: str) -> None:
    """Open an app and tap what bears these texts or descriptions, in turn; scroll down to one that starts with `…`."""
    pilot.open(app)
    for name in taps:
        wanted = name.removeprefix("…")
        if wanted != name:
            pilot.scroll_to(wanted)
        pilot.tap(wanted) if pilot.find_all(text=wanted) else pilot.tap(desc=wanted)


def _app(name: str, *taps: str) -> Steps:
    return partial(_open, app=name) if not taps else lambda pilot: _open(pilot, name, *taps)


# Launcher and system


def _drawer(pilot: Pilot) -> None:
    pilot.perform(Swipe(0.5, 0.8, 0.5, 0.2))


def _drawer_search(pilot: Pilot) -> None:
    _drawer(pilot)
    pilot.tap(contains="Search apps")
    pilot.type("c")


def _recents(pilot: Pilot) -> None:
    for app in ("Settings", "Contacts", "Markor"):
        pilot.open(app)
    pilot.perform(Press("recents"))


def _shade(pilot: Pilot) -> None:
    pilot.phone.telephony.receive_sms("555-0101", "The bread is in the oven. Can you take it out at ten?")
    pilot.wait(8000)
    pilot.perform(Press("notifications"))


def _quick_settings(pilot: Pilot) -> None:
    pilot.perform(Press("notifications"))
    pilot.perform(Swipe(0.5, 0.1, 0.5, 0.8))


def _lock_screen(pilot: Pilot) -> None:
    pilot.phone.telephony.receive_sms("555-0142", "Running late, sorry!")
    pilot.perform(Press("power"))
    pilot.perform(Press("wakeup"))


def _volume(pilot: Pilot) -> None:
    pilot.perform(Press("volume_up"))


def _heads_up(pilot: Pilot) -> None:
    pilot.open("Settings")
    pilot.phone.telephony.receive_sms("555-0142", "Running late, sorry!")


def _landscape(pilot: Pilot) -> None:
    pilot.phone.settings.put("system", "accelerometer_rotation", "0")
    pilot.phone.settings.put("system", "user_rotation", "1")
    pilot.open("Settings")


# Dialler


def _incoming(pilot: Pilot) -> None:
    pilot.phone.telephony.ring("555-0142")


def _keypad(pilot: Pilot) -> None:
    _open(pilot, "Phone", "key pad")
    for key in ("5,JKL", "5,JKL", "5,JKL", "0"):
        pilot.tap(desc=key) if "," in key else pilot.tap(key)


def _in_call(pilot: Pilot) -> None:
    _keypad(pilot)
    pilot.tap("Call")
    pilot.wait(65_000)


# Other apps


def _contact_picker(pilot: Pilot) -> None:
    pilot.open("Contacts")
    pilot.long_press("Ada Park")
    pilot.tap("Ben Okafor")


def _stopwatch(pilot: Pilot) -> None:
    _open(pilot, "Clock", "Stopwatch", "Start")
    pilot.wait(12_340)


def _new_note(pilot: Pilot) -> None:
    _open(pilot, "Markor", "Create a new file or folder")
    pilot.type("Shopping")


def _camera(pilot: Pilot) -> None:
    _open(pilot, "Camera", "While using the app", "No thanks")


def _files_grid(pilot: Pilot) -> None:
    _open(pilot, "Files", "Show roots", "Images", "Grid view", "Camera")


def _app_info(pilot: Pilot) -> None:
    _open(pilot, "Settings", "Apps")
    pilot.tap(contains="See all")
    pilot.scroll_to("Camera")
    pilot.tap("Camera")


def _gallery(pilot: Pilot) -> None:
    _open(pilot, "Gallery", "Allow all")


def _gallery_folder(pilot: Pilot) -> None:
    _gallery(pilot)
    pilot.tap("Camera")


def _gallery_picture(pilot: Pilot) -> None:
    _gallery_folder(pilot)
    pilot.perform(Tap(0.5, 0.3))


def _settings_search(pilot: Pilot) -> None:
    _open(pilot, "Settings", "Search settings")
    pilot.type("display")


SCREENS: Final[dict[str, Steps]] = {
    "launcher-home": lambda _: None,
    "launcher-drawer": _drawer,
    "launcher-search": _drawer_search,
    "launcher-recents": _recents,
    "system-shade": _shade,
    "system-quick_settings": _quick_settings,
    "system-lock_screen": _lock_screen,
    "system-volume": _volume,
    "system-heads_up": _heads_up,
    "system-permission": _app("Camera"),
    "settings-home": _app("Settings"),
    "settings-landscape": _landscape,
    "settings-search": _settings_search,
    "settings-network": _app("Settings", "Network & internet"),
    "settings-internet": _app("Settings", "Network & internet", "Internet"),
    "settings-connected": _app("Settings", "Connected devices"),
    "settings-apps": _app("Settings", "Apps"),
    "settings-app_info": _app_info,
    "settings-notifications": _app("Settings", "Notifications"),
    "settings-battery": _app("Settings", "Battery"),
    "settings-storage": _app("Settings", "Storage"),
    "settings-sound": _app("Settings", "Sound & vibration"),
    "settings-display": _app("Settings", "…Display"),
    "settings-system": _app("Settings", "…System"),
    "settings-about": _app("Settings", "…About phone"),
    "dialer-favorites": _app("Phone"),
    "dialer-recents": _app("Phone", "Recents"),
    "dialer-contacts": _app("Phone", "Contacts"),
    "dialer-keypad": _keypad,
    "dialer-incoming": _incoming,
    "dialer-in_call": _in_call,
    "contacts-list": _app("Contacts"),
    "contacts-highlights": _app("Contacts", "Highlights"),
    "contacts-organize": _app("Contacts", "Organize"),
    "contacts-detail": _app("Contacts", "Ada Park"),
    "contacts-create": _app("Contacts", "Create contact"),
    "contacts-edit": _app("Contacts", "Ada Park", "Edit contact"),
    "contacts-selection": _contact_picker,
    "messages-threads": _app("Messages"),
    "messages-thread": _app("Messages", "Ada Park"),
    "messages-new": _app("Messages", "Start a conversation"),
    "messages-settings": _app("Messages", "Settings"),
    "calendar-month": _app("Calendar"),
    "calendar-event": _app("Calendar", "New Event", "Event"),
    "calendar-week": _app("Calendar", "Change view", "Weekly view"),
    "calendar-day": _app("Calendar", "Change view", "Daily view"),
    "calendar-list": _app("Calendar", "Change view", "Simple event list"),
    "calendar-views": _app("Calendar", "Change view"),
    "camera-photo": _camera,
    "clock-alarms": _app("Clock"),
    "clock-alarm_expanded": _app("Clock", "Expand alarm"),
    "clock-time_picker": _app("Clock", "Add alarm"),
    "clock-clock": _app("Clock", "Clock"),
    "clock-timer": _app("Clock", "Timer"),
    "clock-stopwatch": _stopwatch,
    "files-downloads": _app("Files"),
    "files-roots": _app("Files", "Show roots"),
    "files-storage": _app("Files", "Show roots", "Pixel 7"),
    "files-pictures": _files_grid,
    "files-menu": _app("Files", "More options"),
    "gallery-folders": _gallery,
    "gallery-folder": _gallery_folder,
    "gallery-picture": _gallery_picture,
    "notes-files": _app("Markor"),
    "notes-edit": _app("Markor", "Groceries.md"),
    "notes-view": _app("Markor", "Groceries.md", "View Mode"),
    "notes-new": _new_note,
    "notes-to_do": _app("Markor", "To-Do"),
    "notes-more": _app("Markor", "More"),
}
"""By `app-screen`."""
