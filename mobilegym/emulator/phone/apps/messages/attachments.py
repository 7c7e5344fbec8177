"""Files that are sent along with a message."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from mobilegym.emulator.phone.kernel.providers.telephony import Attachment
from mobilegym.emulator.phone.ui.images import store as images
from mobilegym.errors import DeviceError, NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.intents import Intent
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["attachment_of", "image_key", "picked"]

_KEYS: Final[dict[tuple[str, int], tuple[object, ...] | None]] = {}


def attachment_of(kernel: Kernel, uri: str, mime: str = "") -> Attachment | None:
    """The file that a URI names (`content://media/…/7`, `file:///sdcard/…`, a documents URI); None where there is none."""
    parts = urlsplit(uri)
    path = unquote(parts.path)
    try:
        if parts.netloc == "media":
            item = kernel.content.media.get(int(path.rsplit("/", 1)[-1]))
            return Attachment(item.mime, item.path)
    except (NotFound, ValueError):
        return None
    if parts.scheme == "content" and ":" in path:
        path = f"/sdcard/{path.rsplit(':', 1)[1]}"
    if not path or not kernel.files.exists(path):
        return None
    return Attachment(mime if mime and "*" not in mime else mimetypes.guess_type(path)[0] or "application/octet-stream", path)


def picked(kernel: Kernel, result: Intent) -> Attachment | None:
    """What another app gave back."""
    return attachment_of(kernel, result.data or result.text("path"), result.mime)


def image_key(kernel: Kernel, item: Attachment) -> tuple[object, ...] | None:
    """Key to draw an attached picture by; None for what is no picture or is gone."""
    if not item.mime.startswith("image/") or not kernel.files.exists(item.path):
        return None
    key = (item.path, kernel.files.token)
    if key not in _KEYS:
        if len(_KEYS) > 512:
            _KEYS.clear()
        try:
            data = kernel.files.read(item.path)
        except DeviceError:
            data = b""
        found = images().register(data) if data else None
        _KEYS[key] = found if found is not None and images().size(found) is not None else None
    return _KEYS[key]
