"""What the kernel's providers do not answer themselves: types, files and calls of content URIs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.device import Namespace, Value
from mobilegym.emulator.phone.kernel.paths import canonical_path
from mobilegym.emulator.phone.kernel.providers.base import ContentUri
from mobilegym.errors import DeviceError, NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["call_provider", "content_path", "mime_of"]

_KINDS: Final[Mapping[tuple[str, str], str]] = {
    ("sms", ""): "sms", ("sms", "inbox"): "sms", ("sms", "sent"): "sms", ("sms", "draft"): "sms", ("call_log", "calls"): "calls",
    ("com.android.contacts", "contacts"): "contact", ("com.android.contacts", "raw_contacts"): "raw_contact",
    ("com.android.contacts", "groups"): "group", ("com.android.calendar", "events"): "vnd.android.event",
    ("com.android.calendar", "calendars"): "vnd.android.calendar", ("com.android.calendar", "reminders"): "vnd.android.reminder",
    ("settings", "system"): "setting", ("settings", "secure"): "setting", ("settings", "global"): "setting",
    ("user_dictionary", "words"): "vnd.google.userword", ("com.android.blockednumber", "blocked"): "blocked_number",
}  # fmt: skip
_FULL: Final = {
    "vnd.android.event": "event", "vnd.android.calendar": "calendar", "vnd.android.reminder": "reminder", "vnd.google.userword": "userword",
}  # fmt: skip
_MEDIA: Final[dict[tuple[str, ...], str]] = {("images",): "image", ("audio",): "audio", ("video",): "video"}


def mime_of(kernel: Kernel, uri: ContentUri) -> str | None:
    """MIME type of what a URI names, or None."""
    if uri.authority == "media":
        return _media_type(kernel, uri)
    kind = _KINDS.get((uri.authority, uri.path[0] if uri.path else ""))
    if uri.authority == "sms" and kind is None and len(uri.path) == 1:
        return "vnd.android.cursor.item/sms"
    if uri.authority == "com.android.contacts" and uri.path[:1] == ("data",):
        return _data_type(kernel, uri)
    if kind is None:
        return None
    shape = "item" if len(uri.path) > 1 else "dir"
    return f"vnd.android.cursor.{shape}/{kind}"


def _data_type(kernel: Kernel, uri: ContentUri) -> str:
    if len(uri.path) == 2 and uri.path[1].isdigit():
        rows = kernel.content.query(uri.text, projection=["mimetype"])
        return str(rows[0]["mimetype"]) if rows else "vnd.android.cursor.item/data"
    return "vnd.android.cursor.dir/phone_v2" if uri.path[1:2] == ("phones",) else "vnd.android.cursor.dir/data"


def _media_type(kernel: Kernel, uri: ContentUri) -> str | None:
    if uri.path and uri.path[-1].isdigit():
        rows = kernel.content.query(uri.text, projection=["mime_type"])
        return str(rows[0]["mime_type"]) if rows and rows[0]["mime_type"] is not None else None
    kind = _MEDIA.get(uri.path[1:2])
    return f"vnd.android.cursor.dir/{kind}" if kind else None


def content_path(kernel: Kernel, uri: ContentUri) -> str | None:
    """The file behind a URI, or None."""
    if uri.authority == "media" and uri.path and uri.path[-1].isdigit():
        rows = kernel.content.query(uri.text, projection=["_data"])
        return str(rows[0]["_data"]) if rows else None
    return None


def call_provider(
    kernel: Kernel, uri: ContentUri, method: str, arg: str | None, extras: Mapping[str, Value]
) -> Mapping[str, Value] | None:  # fmt: skip
    """`ContentResolver.call`: the bundle that comes back, or None."""
    if uri.authority == "settings":
        return _call_settings(kernel, method, arg, extras)
    if uri.authority == "media":
        return _call_media(kernel, method, arg)
    return None


def _call_settings(kernel: Kernel, method: str, arg: str | None, extras: Mapping[str, Value]) -> Mapping[str, Value] | None:
    verb, _, name = method.partition("_")
    if name not in ("system", "secure", "global") or verb not in ("GET", "PUT", "DELETE", "LIST"):
        return None
    namespace: Namespace = name
    if verb == "LIST":
        settings = ", ".join(f"{key}={value}" for key, value in sorted(kernel.settings.items(namespace).items()))
        return {"result_settings_list": f"[{settings}]"}
    if not arg:
        raise DeviceError("Invalid setting: null")
    if verb == "GET":
        return {"value": kernel.settings.get(namespace, arg)}
    if verb == "DELETE":
        known = kernel.settings.get(namespace, arg) is not None
        kernel.settings.delete(namespace, arg)
        return {"result_rows_deleted": int(known)}
    value = extras.get("value")
    if value is None:
        kernel.settings.delete(namespace, arg)
    else:
        kernel.settings.put(namespace, arg, str(value))
    return None


def _call_media(kernel: Kernel, method: str, arg: str | None) -> Mapping[str, Value] | None:
    if method == "scan_volume":
        kernel.content.media.scan_all()
        return {"uri": None}
    if method == "scan_file" and arg:
        try:
            media_id = kernel.content.media.scan(canonical_path(arg))
        except NotFound:
            return {"uri": None}
        return {"uri": f"content://media/external_primary/file/{media_id}"}
    return None
