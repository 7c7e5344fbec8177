"""Run-time permissions: who holds what, and the dialog that asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.errors import DeviceError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.activities import Activity
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["GROUPS", "PermissionGroup", "Permissions", "group_of"]


@dataclass(frozen=True, slots=True)
class PermissionGroup:
    """A row of the permission manager; its permissions are granted together."""

    name: str
    label: str
    """As the permission manager lists it."""
    question: str
    """`Allow <App> to …?`."""
    icon: str
    permissions: tuple[str, ...]
    foreground_only: bool = False
    """Offers "While using the app" and "Only this time"."""


def _group(name: str, label: str, question: str, icon: str, *permissions: str, foreground_only: bool = False) -> PermissionGroup:
    return PermissionGroup(name, label, question, icon, tuple(f"android.permission.{p}" for p in permissions), foreground_only)


GROUPS: Final = (
    _group("CALENDAR", "Calendar", "access your calendar", "calendar", "READ_CALENDAR", "WRITE_CALENDAR"),
    _group("CALL_LOG", "Call logs", "access your phone call logs", "phone-log", "READ_CALL_LOG", "WRITE_CALL_LOG"),
    _group("CAMERA", "Camera", "take pictures and record video", "camera", "CAMERA", foreground_only=True),
    _group("CONTACTS", "Contacts", "access your contacts", "account-box", "READ_CONTACTS", "WRITE_CONTACTS", "GET_ACCOUNTS"),
    _group(
        "LOCATION",
        "Location",
        "access this device’s location",
        "map-marker",
        "ACCESS_FINE_LOCATION",
        "ACCESS_COARSE_LOCATION",
        foreground_only=True,
    ),
    _group("MICROPHONE", "Microphone", "record audio", "microphone", "RECORD_AUDIO", foreground_only=True),
    _group("READ_MEDIA_AURAL", "Music and audio", "access music and audio on this device", "music-note", "READ_MEDIA_AUDIO"),
    _group("NOTIFICATIONS", "Notifications", "send you notifications", "bell", "POST_NOTIFICATIONS"),
    _group("PHONE", "Phone", "make and manage phone calls", "phone", "CALL_PHONE", "READ_PHONE_STATE", "ANSWER_PHONE_CALLS"),
    _group(
        "READ_MEDIA_VISUAL",
        "Photos and videos",
        "access photos and videos on this device",
        "image-multiple",
        "READ_MEDIA_IMAGES",
        "READ_MEDIA_VIDEO",
    ),
    _group("SMS", "SMS", "send and view SMS messages", "message-text", "SEND_SMS", "READ_SMS", "RECEIVE_SMS"),
)
"""Permission groups in the order of the permission manager."""

_BY_PERMISSION: Final = {p: g for g in GROUPS for p in g.permissions}


def group_of(permission: str) -> PermissionGroup:
    """The group of a run-time permission.

    Raises:
        DeviceError: It is no run-time permission.
    """
    group = _BY_PERMISSION.get(permission)
    if group is None:
        raise DeviceError(f"{permission!r} is not a run-time permission; known are {', '.join(sorted(_BY_PERMISSION))}")
    return group


class Permissions:
    """Grants live in the packages' state; this is the policy around them."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def held(self, package: str, permission: str) -> bool:
        """Whether the app holds it."""
        return permission in self._kernel.packages.state(package).granted

    def request(self, activity: Activity[Any], permission: str, then: Call) -> None:
        """Call `then` with the outcome, after asking where it is open. A permission refused twice is refused silently."""
        state = self._kernel.packages.state(activity.package)
        if permission in state.granted or permission in state.denied:
            then.fn(activity, *then.args, permission in state.granted)
            return
        group = group_of(permission)
        ask = Intent.of("android.content.pm.action.REQUEST_PERMISSIONS", app=activity.package, group=group.name, permission=permission)
        package, info = self._kernel.packages.resolve(ask)[0]
        reply = Call(_answered, (permission, then))
        self._kernel.journal.append("dialog", activity.package, "permission_asked", "read", permission=permission)
        self._kernel.activities.launch(package, info, ask, activity, reply)

    def grant(self, package: str, permission: str, *, one_time: bool = False) -> None:
        """Grant it with its whole group, as far as the app declares them."""
        declared = self._kernel.packages.manifest(package).permissions
        names = frozenset(p for p in group_of(permission).permissions if p in declared)
        if permission not in declared:
            raise DeviceError(f"{package} does not declare {permission}; it declares {', '.join(declared) or 'none'}")
        state = self._kernel.packages.state(package)
        if names <= state.granted:
            return
        self._kernel.packages.change(
            package, granted=state.granted | names, denied=state.denied - names, asked=state.asked - names,
            one_time=state.one_time | names if one_time else state.one_time - names,
        )  # fmt: skip
        self._kernel.journal.append("effect", package, "permission.granted", "sensitive", permission=permission, one_time=one_time)

    def revoke(self, package: str, permission: str, *, refused: bool = False) -> None:
        """Take it and its group away. `refused` counts a refusal in the dialog: the second one is final."""
        group = group_of(permission)
        names = frozenset(group.permissions)
        state = self._kernel.packages.state(package)
        final = refused and permission in state.asked
        self._kernel.packages.change(
            package, granted=state.granted - names, one_time=state.one_time - names,
            asked=state.asked | (names if refused else frozenset()), denied=state.denied | (names if final else frozenset()),
        )  # fmt: skip
        self._kernel.journal.append(
            "effect", package, "permission.denied" if refused else "permission.revoked", "reversible", permission=permission
        )


def _answered(activity: Activity[Any], permission: str, then: Call, result: Intent | None) -> None:
    del result
    then.fn(activity, *then.args, activity.kernel.permissions.held(activity.package, permission))
