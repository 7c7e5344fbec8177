"""Values of the file tree: errors, what `stat` tells, and the names of users and groups."""

from __future__ import annotations

import errno
import stat
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from mobilegym.emulator.phone.shell.errors import PhoneSideError
from mobilegym.emulator.phone.shell.processes import user_of

__all__ = ["MEDIA_RW", "SHELL_GROUPS", "FsError", "Node", "Stat", "group_name", "mode_text", "uid_of", "user_name"]

_TEXTS: Final = {
    errno.EPERM: "Operation not permitted", errno.ENOENT: "No such file or directory", errno.EACCES: "Permission denied",
    errno.EBUSY: "Device or resource busy", errno.EEXIST: "File exists", errno.EXDEV: "Cross-device link",
    errno.ENOTDIR: "Not a directory", errno.EISDIR: "Is a directory", errno.EINVAL: "Invalid argument",
    errno.EFBIG: "File too large", errno.ENOSPC: "No space left on device", errno.EROFS: "Read-only file system",
    errno.ENAMETOOLONG: "File name too long", errno.ENOTEMPTY: "Directory not empty", errno.ELOOP: "Too many symbolic links encountered",
    errno.EILSEQ: "Illegal byte sequence", errno.EIO: "I/O error", errno.ESPIPE: "Illegal seek",
    errno.EOPNOTSUPP: "Operation not supported",
}  # fmt: skip

MEDIA_RW: Final = 1023
SHELL_GROUPS: Final = frozenset({2000, 1004, 1007, 1011, 1015, 1028, 1078, 1079, 3001, 3002, 3003, 3006, 3009, 3011, 3012, 9997})
"""Groups of the uid `shell`."""
_IDS: Final = {
    0: "root", 1000: "system", 1001: "radio", 1002: "bluetooth", 1003: "graphics", 1004: "input", 1005: "audio", 1006: "camera",
    1007: "log", 1010: "wifi", 1011: "adb", 1013: "media", 1015: "sdcard_rw", 1017: "keystore", 1023: "media_rw", 1028: "sdcard_r",
    1036: "logd", 1077: "external_storage", 1078: "ext_data_rw", 1079: "ext_obb_rw", 2000: "shell", 2001: "cache", 3001: "net_bt_admin",
    3002: "net_bt", 3003: "inet", 3006: "net_bw_stats", 3009: "readproc", 3011: "uhid", 3012: "readtracefs", 9997: "everybody",
    9999: "nobody",
}  # fmt: skip
_NUMBERS: Final = {name: number for number, name in _IDS.items()}


class FsError(PhoneSideError):
    """A file operation fails, as a system call would.

    Args:
        number: `errno`.
        path: What it was about.
    """

    def __init__(self, number: int, path: str) -> None:
        super().__init__(number, path)
        self.errno = number
        self.path = path

    @property
    def text(self) -> str:
        """The reason, as programs print it after the path: `No such file or directory`."""
        return _TEXTS.get(self.errno, f"Unknown error {self.errno}")

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


class Stat(NamedTuple):
    """What is known about a file beside its content."""

    mode: int
    """Permissions with the `S_IF` bits of the kind."""
    size: int
    mtime_ms: int
    uid: int
    gid: int
    inode: int
    nlink: int

    @property
    def is_dir(self) -> bool:
        return stat.S_ISDIR(self.mode)

    @property
    def is_file(self) -> bool:
        return stat.S_ISREG(self.mode)

    @property
    def is_link(self) -> bool:
        return stat.S_ISLNK(self.mode)


@dataclass(frozen=True, slots=True)
class Node:
    """A file, folder, link or device that the system itself provides."""

    mode: int
    uid: int = 0
    gid: int = 0
    data: Callable[[], bytes] | None = None
    """Content of a file, made when it is read."""
    target: str = ""
    """Of a link."""
    sized: bool = True
    """Whether `stat` tells the size; files of `/proc` have none."""
    mtime_ms: int | None = None
    """Epoch ms; when the phone was started where it is None."""


def user_name(uid: int) -> str:
    """Android's name of a user id."""
    return _IDS.get(uid) or (user_of(uid) if uid >= 10_000 else str(uid))


def group_name(gid: int) -> str:
    """Android's name of a group id."""
    return user_name(gid)


def uid_of(name: str) -> int | None:
    """Id of a user or group given by name or number; None for nobody known."""
    if name.isascii() and name.isdigit():
        return int(name)
    if name.startswith("u0_a") and name[4:].isdigit():
        return 10_000 + int(name[4:])
    return _NUMBERS.get(name)


def mode_text(mode: int) -> str:
    """`-rw-r--r--`, as `ls -l` shows it."""
    return stat.filemode(mode)
