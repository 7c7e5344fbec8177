"""Paths of the phone's file system.

`/sdcard`, `/storage/emulated/0`, `/storage/self/primary` and `/data/media/0` are one folder, as on Android. Inside it is
`/storage/emulated/0`; results name it `/sdcard`.
"""

from __future__ import annotations

import posixpath
from typing import Final

from mobilegym.errors import DeviceError

__all__ = ["STORAGE", "canonical_path", "file_name_ok", "join", "shown_path"]

STORAGE: Final = "/storage/emulated/0"
"""Canonical path of shared storage."""

_ALIASES: Final = ("/sdcard", "/mnt/sdcard", "/storage/self/primary", "/data/media/0")
_MAX_NAME_BYTES: Final = 255
_MAX_PATH_BYTES: Final = 4096


def canonical_path(path: str) -> str:
    """`path` normalised (`.`, `..`, doubled slashes), with shared storage as `/storage/emulated/0`.

    Raises:
        DeviceError: If it is not absolute, too long, or holds a NUL.
    """
    if not path.startswith("/") or "\0" in path:
        raise DeviceError(f"path {path!r} is not usable: give an absolute path such as '/sdcard/Download/a.txt'")
    clean = "/" + posixpath.normpath(path).lstrip("/")
    for alias in _ALIASES:
        if clean == alias or clean.startswith(alias + "/"):
            clean = STORAGE + clean[len(alias) :]
            break
    encoded = clean.encode("utf-8", "surrogatepass")
    if len(encoded) > _MAX_PATH_BYTES or any(len(part) > _MAX_NAME_BYTES for part in encoded.split(b"/")):
        raise DeviceError(f"path {path[:80]!r}… is too long: names take {_MAX_NAME_BYTES} bytes, paths {_MAX_PATH_BYTES}")
    return clean


def file_name_ok(name: str) -> bool:
    """Whether a file or folder may be called so; apps ask before they make or rename one."""
    return name not in {"", ".", ".."} and not {"/", "\0"} & set(name) and len(name.encode("utf-8", "surrogatepass")) <= _MAX_NAME_BYTES


def shown_path(path: str) -> str:
    """A canonical path as results show it, shared storage as `/sdcard`."""
    return "/sdcard" + path[len(STORAGE) :] if path == STORAGE or path.startswith(STORAGE + "/") else path


def join(folder: str, name: str) -> str:
    """Path of what is called `name` in a folder."""
    return f"/{name}" if folder == "/" else f"{folder}/{name}"
