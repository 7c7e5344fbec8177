"""The script that `ScriptedDevice` plays where none is given: home, settings, contacts, messages and notes."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mobilegym.emulator.scripted import Go, Insert, Part, Rows, Script, ScriptedApp, ScriptedScreen, SendSms, Table, WriteFile

__all__ = ["demo_script"]

_LAUNCHER = "com.google.android.apps.nexuslauncher"
_SETTINGS = "com.android.settings"
_CONTACTS = "com.google.android.contacts"
_MESSAGES = "org.fossify.messages"
_NOTES = "net.gsantner.markor"
_BUTTON = "android.widget.Button"


def demo_script() -> Script:
    """A phone with four apps, Wed 2026-03-11 09:30 in New York."""
    return Script(
        screens=_screens(),
        apps=(
            ScriptedApp(_LAUNCHER, "Home", "home"),
            ScriptedApp(_SETTINGS, "Settings", "settings", intents=("android.settings.SETTINGS",)),
            ScriptedApp(
                _CONTACTS,
                "Contacts",
                "contacts",
                permissions=frozenset({"android.permission.READ_CONTACTS", "android.permission.CALL_PHONE"}),
                granted=frozenset({"android.permission.READ_CONTACTS"}),
            ),
            ScriptedApp(_MESSAGES, "Messages", "messages", intents=("android.intent.action.SENDTO",)),
            ScriptedApp(_NOTES, "Markor", "notes"),
        ),
        tables=_tables(),
        start=datetime(2026, 3, 11, 9, 30, tzinfo=ZoneInfo("America/New_York")),
        settings={
            "global": {"wifi_on": "1", "bluetooth_on": "0", "airplane_mode_on": "0"},
            "secure": {"ui_night_mode": "1"},
            "system": {"screen_brightness": "102", "font_scale": "1.0"},
        },
    )


def _screens() -> tuple[ScriptedScreen, ...]:
    icons = [("Settings", "settings"), ("Contacts", "contacts"), ("Messages", "messages"), ("Markor", "notes")]
    person = {"display_name": "{name}", "phone": "{phone}"}
    return (
        ScriptedScreen("home", _LAUNCHER, f"{_LAUNCHER}.NexusLauncherActivity",
                       tuple(Part(label, "icon", desc=label, effects=(Go(screen),)) for label, screen in icons)),
        ScriptedScreen("settings", _SETTINGS, f"{_SETTINGS}.Settings",
                       (Part("Settings", "title"), Part("Wi-Fi", "wifi", setting=("global", "wifi_on")),
                        Part("Bluetooth", "bluetooth", setting=("global", "bluetooth_on")),
                        Part("Airplane mode", "airplane", setting=("global", "airplane_mode_on")))),
        ScriptedScreen("contacts", _CONTACTS, f"{_CONTACTS}.activities.PeopleActivity",
                       (Part("", "fab", desc="Create contact", cls="android.widget.ImageButton", effects=(Go("contact_editor"),)),
                        Rows("content://com.android.contacts/raw_contacts", "display_name", "display_name, _id"))),
        ScriptedScreen("contact_editor", _CONTACTS, f"{_CONTACTS}.activities.ContactEditorActivity",
                       (Part(name="name", hint="Name", editable=True), Part(name="phone", hint="Phone", editable=True),
                        Part("Save", "save", cls=_BUTTON,
                             effects=(Insert("content://com.android.contacts/raw_contacts", person), Go("contacts"))))),
        ScriptedScreen("messages", _MESSAGES, f"{_MESSAGES}.activities.MainActivity",
                       (Part("", "fab", desc="Start chat", cls="android.widget.ImageButton", effects=(Go("compose"),)),
                        Rows("content://sms", "body", "date DESC, _id DESC"))),
        ScriptedScreen("compose", _MESSAGES, f"{_MESSAGES}.activities.ThreadActivity",
                       (Part(name="number", hint="Number", editable=True), Part(name="body", hint="Message", editable=True),
                        Part("Send", "send", cls=_BUTTON, effects=(SendSms("{number}", "{body}"), Go("messages"))))),
        ScriptedScreen("notes", _NOTES, f"{_NOTES}.activity.MainActivity",
                       (Part(name="title", hint="Title", editable=True), Part(name="text", hint="Text", editable=True),
                        Part("Save", "save", cls=_BUTTON, effects=(WriteFile("/sdcard/Documents/{title}.md", "{text}"),)))),
    )  # fmt: skip


def _tables() -> tuple[Table, ...]:
    people = "com.android.providers.contacts"
    return (
        Table("content://sms", "com.android.providers.telephony", "mmssms.db", "sms",
              ("thread_id", "address", "date", "type", "read", "seen", "body")),
        Table("content://com.android.contacts/raw_contacts", people, "contacts2.db", "raw_contacts",
              ("display_name", "phone", "account_name", "account_type", "starred")),
        Table("content://com.android.contacts/data", people, "contacts2.db", "data",
              ("raw_contact_id", "mimetype", "data1", "data2", "data3")),
        Table("content://call_log/calls", people, "calllog.db", "calls", ("number", "type", "date", "duration", "name")),
    )  # fmt: skip
