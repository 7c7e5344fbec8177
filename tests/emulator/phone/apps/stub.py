"""A phone with the system's own windows and a few plain apps, to test the system by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mobilegym.actions import Swipe
from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.emulator.phone.apps.intentresolver import MANIFEST as RESOLVER
from mobilegym.emulator.phone.apps.keyboard.keyboard import Keyboard
from mobilegym.emulator.phone.apps.launcher import MANIFEST as LAUNCHER_APP
from mobilegym.emulator.phone.apps.launcher.recents import show_recents
from mobilegym.emulator.phone.apps.permissioncontroller import MANIFEST as PERMISSIONS
from mobilegym.emulator.phone.apps.systemui import MANIFEST as SYSTEM_UI
from mobilegym.emulator.phone.apps.systemui import SURFACES
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, SEND, VIEW, Intent, IntentFilter
from mobilegym.emulator.phone.kernel.kernel import Kernel, PhoneImage
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Manifest
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.text import Text
from tests.emulator.phone.apps.pilot import Pilot

__all__ = ["FILES", "GALLERY", "MESSAGES", "NOTES", "PULL", "pilot", "post"]

NOTES = "org.example.notes"
FILES = "org.example.files"
MESSAGES = "org.example.messages"
GALLERY = "org.example.gallery"
PULL = Swipe(0.5, 0.01, 0.5, 0.5, 200)
"""Pulls the shade down."""
_SETTINGS = "com.android.settings"
_PERMISSIONS = tuple(f"android.permission.{p}" for p in ("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION", "READ_CONTACTS", "CAMERA"))


@dataclass(frozen=True)
class PlainState:
    """A counter, and what was answered last."""

    count: int = 0
    answer: str = ""


class Plain(Activity[PlainState]):
    """A screen with one button for each thing an app may ask of the system."""

    def initial(self) -> PlainState:
        return PlainState()

    def build(self) -> View:
        intent = self.intent
        return Column(
            Text(self.kernel.packages.label(self.package), "title_large"),
            Text(f"count {self.state.count}"),
            Text(f"answer {self.state.answer}"),
            Text(f"got {intent.action.rpartition('.')[2]} {intent.data}{intent.text('android.intent.extra.TEXT')}"),
            Button("Count", call(Plain.count)),
            Button("Ask location", call(Plain.ask, "ACCESS_FINE_LOCATION")),
            Button("Ask contacts", call(Plain.ask, "READ_CONTACTS")),
            Button("Share text", call(Plain.share_text)),
            Button("Share picture", call(Plain.share_picture)),
            Button("Open link", call(Plain.open_link)),
            gap=8,
            cls=None,
            width=FILL,
            height=FILL,
        )

    def count(self) -> None:
        self.update(count=self.state.count + 1)

    def ask(self, permission: str) -> None:
        self.ask_permission(f"android.permission.{permission}", Call(Plain.answered))

    def answered(self, granted: bool) -> None:
        self.update(answer=str(granted))

    def share_text(self) -> None:
        self.share(text="see you at eight")

    def share_picture(self) -> None:
        self.share(stream="file:///sdcard/IMG_1.jpg", mime="image/jpeg")

    def open_link(self) -> None:
        self.start(Intent(VIEW, data="https://example.org/a"))


def _receive(kernel: Kernel, action: str, extras: Mapping[str, Any]) -> None:
    kernel.journal.append(
        "effect", MESSAGES, f"told.{action.lower()}", "reversible", text=str(extras.get("text", "")), key=str(extras["key"])
    )
    if action == "REPLY":
        kernel.notifications.cancel(str(extras["key"]))


def _app(package: str, label: str, *filters: IntentFilter, activity: str = "Main") -> Manifest:
    screen = type(f"{label}Screen", (Plain,), {"name": f"{package}.{activity}"})
    launch = IntentFilter((MAIN,), categories=(LAUNCHER,))
    return Manifest(
        package,
        label,
        AppIcon("shape", 0xFF1A73E8),
        (ActivityInfo(screen, (launch, *filters)),),
        permissions=_PERMISSIONS,
        receive=_receive,
    )


_SHARES = IntentFilter((SEND,), mimes=("text/plain", "image/*"))
_LINKS = IntentFilter((VIEW,), schemes=("https",))
_PAGES = tuple(
    f"android.settings.{p}"
    for p in ("BLUETOOTH_SETTINGS", "NOTIFICATION_SETTINGS", "APP_NOTIFICATION_SETTINGS", "SOUND_SETTINGS", "WIFI_SETTINGS")
)
_IMAGE = PhoneImage(
    manifests=(
        LAUNCHER_APP,
        SYSTEM_UI,
        PERMISSIONS,
        RESOLVER,
        _app(NOTES, "Notes", _SHARES),
        _app(FILES, "Files", _LINKS),
        _app(MESSAGES, "Messages", IntentFilter((SEND,), mimes=("text/plain",))),
        _app(GALLERY, "Gallery", _LINKS),
        _app("com.android.camera2", "Camera"),
        _app(
            _SETTINGS,
            "Settings",
            IntentFilter(_PAGES),
            IntentFilter(("android.settings.APPLICATION_DETAILS_SETTINGS",), schemes=("package",)),
        ),
    ),
    system_windows={**SURFACES, "keyboard": Keyboard},
    system_packages={**dict.fromkeys(SURFACES, "com.android.systemui"), "keyboard": "com.google.android.inputmethod.latin"},
    recents=show_recents,
)


def pilot(**config: Any) -> Pilot:
    """Somebody at a fresh phone of this kind."""
    return Pilot(VirtualPhone(PhoneConfig(**config), seed=0, image=_IMAGE))


def post(p: Pilot, **more: Any) -> str:
    """Messages announces an incoming message; returns the key of the notification."""
    given: dict[str, Any] = {
        "channel": "chats",
        "actions": (("Reply", "REPLY", True), ("Mark as read", "READ")),
        "content": Intent(package=MESSAGES, activity=f"{MESSAGES}.Main", data="sms:5"),
        **more,
    }
    return p.phone.kernel.notifications.post(
        MESSAGES, given.pop("tag", "t"), given.pop("title", "Ada"), given.pop("text", "Tonight?"), **given
    )
