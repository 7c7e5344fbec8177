"""Pictures for contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mobilegym.emulator.phone.apps.contacts.store import file_path
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.images import store as images
from mobilegym.errors import DeviceError, NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["load"]

_LIMIT = 4 << 20
"""Bytes that a contact's photo may have."""


def load(kernel: Kernel, result: Intent) -> bytes | None:
    """The picture that an app gave back by URI (or as a path in the extra `path`); None where it is none."""
    uri = result.data or result.text("path") or result.text("android.intent.extra.STREAM")
    try:
        data = kernel.files.read(file_path(kernel, uri))
    except (NotFound, DeviceError):
        return None
    return data if len(data) <= _LIMIT and images().size(images().register(data)) is not None else None
