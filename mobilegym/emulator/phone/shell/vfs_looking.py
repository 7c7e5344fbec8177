"""Looking at the file tree: paths, `stat`, listings, contents, and who may do what."""

from __future__ import annotations

import errno
import posixpath
import stat
from hashlib import shake_256
from typing import TYPE_CHECKING, Final
from zlib import crc32

from mobilegym.emulator.phone.kernel.paths import STORAGE
from mobilegym.emulator.phone.shell.streams import BytesReader, Reader
from mobilegym.emulator.phone.shell.vfs_static import StaticTree
from mobilegym.emulator.phone.shell.vfs_values import MEDIA_RW, SHELL_GROUPS, FsError, Node, Stat

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.files import FileSystem
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["DEVICE_BYTES", "Looking"]

_MAX_NAME_BYTES: Final = 255
_MAX_PATH_BYTES: Final = 4096
_MAX_LINKS: Final = 40
DEVICE_BYTES: Final = 1024 * 1024
"""What reading an endless device at once yields; `reader` has no end."""
_MEDIA_PROVIDER: Final = "com.android.providers.media.module"
_MEMORY_ROOTS: Final = ("/dev", "/proc", "/sys", "/mnt", "/storage", "/acct", "/config")
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_R, _W, _X = 4, 2, 1


class Looking:
    """The file tree as somebody sees it who changes nothing; see `Vfs`."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._static = StaticTree(system)
        self._modes: dict[str, int] = {}
        self._pending: dict[str, bytes] = {}
        self._drawn = 0

    @property
    def _files(self) -> FileSystem:
        return self._system.kernel.files

    # ------------------------------------------------------------------ paths

    def resolve(self, path: str, cwd: str = "/", *, uid: int = 0) -> str:
        """`path` as an absolute path without `.`, `..` and doubled slashes. Links are not followed, and nothing need exist."""
        del uid
        if not path:
            raise FsError(errno.ENOENT, path)
        if "\0" in path:
            raise FsError(errno.EINVAL, path)
        clean = "/" + posixpath.normpath(posixpath.join("/", cwd, path)).lstrip("/")
        try:
            encoded = clean.encode("utf-8")
        except UnicodeEncodeError as error:
            raise FsError(errno.EILSEQ, path) from error
        if len(encoded) > _MAX_PATH_BYTES or any(len(part) > _MAX_NAME_BYTES for part in encoded.split(b"/")):
            raise FsError(errno.ENAMETOOLONG, path)
        return clean

    def real(self, path: str, *, follow: bool = True, uid: int = 0) -> str:
        """`path` with links followed, the last name only if `follow`. Nothing need exist."""
        del uid
        rest = [part for part in self.resolve(path).split("/") if part]
        found, links = "/", 0
        while rest:
            name = rest.pop(0)
            found = posixpath.dirname(found) if name == ".." else posixpath.join(found, name)
            target = self._static.link(found) if follow or rest else None
            if target is not None:
                links += 1
                if links > _MAX_LINKS:
                    raise FsError(errno.ELOOP, path)
                rest = [part for part in target.split("/") if part and part != "."] + rest
                found = "/" if target.startswith("/") else posixpath.dirname(found)
        return found

    # ------------------------------------------------------------------ looking

    def stat(self, path: str, follow: bool = True, *, uid: int = 0) -> Stat:
        """Kind, size, time and owner; of the link itself unless `follow`."""
        real = self.real(path, follow=follow or path.endswith("/"))
        self._walk(real, path, uid)
        found = self._stat(real)
        if found is None:
            raise FsError(errno.ENOENT, path)
        if path.endswith("/") and not found.is_dir:
            raise FsError(errno.ENOTDIR, path)
        return found

    def exists(self, path: str, *, uid: int = 0) -> bool:
        """Whether `stat` succeeds."""
        try:
            self.stat(path, uid=uid)
        except FsError:
            return False
        return True

    def is_dir(self, path: str, *, uid: int = 0) -> bool:
        """Whether `path` is a folder, or a link to one."""
        try:
            return self.stat(path, uid=uid).is_dir
        except FsError:
            return False

    def may(self, path: str, want: int, *, uid: int = 0) -> bool:
        """Whether `uid` may read (4), write (2), execute or enter (1) what `path` is, all of `want`."""
        try:
            found = self.stat(path, uid=uid)
            if want & _W:
                self._must_be_writable(self.real(path), path, uid)
        except FsError:
            return False
        return self._allowed(found, want, uid, self.real(path))

    def readlink(self, path: str, *, uid: int = 0) -> str:
        """Where a link leads, as it is written there."""
        real = self.real(path, follow=False)
        self._walk(real, path, uid)
        target = self._static.link(real)
        if target is None:
            raise FsError(errno.EINVAL if self._stat(real) is not None else errno.ENOENT, path)
        return target

    def list(self, path: str, *, uid: int = 0) -> list[str]:
        """Names in a folder, sorted."""
        real = self.real(path)
        found = self.stat(path, uid=uid)
        if not found.is_dir:
            raise FsError(errno.ENOTDIR, path)
        self._need(found, _R, uid, real, path)
        return self._names(real)

    def read(self, path: str, *, uid: int = 0) -> bytes:
        """Content of a file; of an endless device, a mebibyte of it."""
        real = self.real(path)
        found = self.stat(path, uid=uid)
        if found.is_dir:
            raise FsError(errno.EISDIR, path)
        self._need(found, _R, uid, real, path)
        if stat.S_ISCHR(found.mode):
            return self._device(real, DEVICE_BYTES)
        if real in self._pending:
            return self._pending[real]
        database = self._database(real)
        if database is not None:
            return self._system.kernel.databases.read_file(*database)
        if self._files.exists(real):
            return self._files.read(real)
        node = self._static.node(real)
        return node.data() if node is not None and node.data is not None else b""

    def reader(self, path: str, *, uid: int = 0) -> Reader:
        """A stream of a file's content; that of `/dev/zero` and `/dev/urandom` has no end."""
        real = self.real(path)
        if real in ("/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"):
            return _DeviceReader(self, real)
        return BytesReader(self.read(path, uid=uid))

    def draw(self, size: int, salt: int = 0) -> str:
        """Letters and digits for the name of a temporary file; they follow from the phone's seed and what was drawn before."""
        self._drawn += 1
        data = shake_256(f"{self._system.phone.seed}/{self._drawn}/{salt}".encode()).digest(size)
        return "".join(_LETTERS[byte % len(_LETTERS)] for byte in data)

    def _device(self, real: str, size: int) -> bytes:
        if real in ("/dev/zero", "/dev/full"):
            return bytes(size)
        if real in ("/dev/random", "/dev/urandom"):
            self._drawn += 1
            return shake_256(f"{self._system.phone.seed}/{self._drawn}".encode()).digest(size)
        return b""

    # ------------------------------------------------------------------ inside

    def _names(self, real: str) -> list[str]:
        return sorted({*self._files.names(real), *self._static.names(real)})

    def _stat(self, real: str) -> Stat | None:
        node = self._static.node(real)
        kernel = self._system.kernel
        database = self._database(real)
        if database is not None:
            size = len(self._pending[real]) if real in self._pending else len(kernel.databases.read_file(*database))
            is_dir, at = False, kernel.clock.boot_ms
        elif (node is None or not node.target) and self._files.exists(real):
            found = self._files.stat(real)
            is_dir, size, at = found.is_dir, found.size, found.modified_ms
            if is_dir and self._shared(real):
                size = 3452
        elif node is not None:
            is_dir = stat.S_ISDIR(node.mode)
            size = _size(node) if not is_dir else 4096 if not real.startswith(("/proc", "/sys")) else 0
            at = kernel.clock.boot_ms if node.mtime_ms is None else node.mtime_ms
        else:
            return None
        if node is not None and stat.S_ISDIR(node.mode) == is_dir:
            mode, uid, gid = node.mode, node.uid, node.gid
        else:
            mode, uid, gid = self._defaults(real, is_dir)
        if real in self._modes:
            mode = stat.S_IFMT(mode) | self._modes[real]
        return Stat(
            mode,
            size,
            at,
            uid,
            gid,
            1 if real == "/" else 1000 + crc32(real.encode("utf-8", "surrogateescape")) % 900_000,
            2 if is_dir else 1,
        )

    def _defaults(self, real: str, is_dir: bool) -> tuple[int, int, int]:
        kind = stat.S_IFDIR if is_dir else stat.S_IFREG
        if self._shared(real) or real.startswith("/data/media/"):
            return kind | (0o2770 if is_dir else 0o660), self._system.processes.uid(_MEDIA_PROVIDER), MEDIA_RW
        parts = real.split("/")
        if real.startswith("/data/local"):
            if len(parts) == 3:
                return kind | 0o751, 0, 0
            return kind | (0o771 if len(parts) == 4 else 0o777 if is_dir else 0o666), 2000, 2000
        if real.startswith("/data/data/") and len(parts) > 3:
            uid = self._system.processes.uid(parts[3])
            return kind | (0o700 if len(parts) == 4 else 0o771 if is_dir else 0o660), uid, uid
        if real.startswith("/data/app/"):
            return kind | (0o775 if is_dir else 0o644), 1000, 1000
        if real.startswith("/data/"):
            return kind | (0o771 if is_dir else 0o600), 1000, 1000
        return kind | (0o755 if is_dir else 0o644), 0, 0

    def _shared(self, real: str) -> bool:
        return real == STORAGE or real.startswith(STORAGE + "/")

    def _allowed(self, found: Stat, want: int, uid: int, real: str) -> bool:
        if uid == 0:
            return want != _X or found.is_dir or bool(found.mode & 0o111)
        if self._shared(real):
            return not want & _X or found.is_dir
        shift = 6 if uid == found.uid else 3 if found.gid == uid or (uid == 2000 and found.gid in SHELL_GROUPS) else 0
        return (found.mode >> shift) & want == want

    def _need(self, found: Stat, want: int, uid: int, real: str, path: str) -> None:
        if uid and not self._allowed(found, want, uid, real):
            raise FsError(errno.EACCES, path)

    def _walk(self, real: str, path: str, uid: int) -> None:
        """Check that every folder above `real` exists and may be entered."""
        if self._shared(real) and real != STORAGE:
            if not self._files.is_dir(posixpath.dirname(real)):
                self._walk_slowly(real, path, uid)
            return
        self._walk_slowly(real, path, uid)

    def _walk_slowly(self, real: str, path: str, uid: int) -> None:
        above = ""
        for part in real.split("/")[:-1]:
            above = f"{above}/{part}" if part else ""
            found = self._stat(above or "/")
            if found is None:
                raise FsError(errno.ENOENT, path)
            if not found.is_dir:
                raise FsError(errno.ENOTDIR, path)
            self._need(found, _X, uid, above, path)

    def _must_be_writable(self, real: str, path: str, uid: int) -> None:
        if self._shared(real) or real.startswith("/data/"):
            return
        in_memory = any(real == root or real.startswith(root + "/") for root in _MEMORY_ROOTS)
        raise FsError(errno.EACCES if in_memory and uid else errno.EROFS, path)

    def _database(self, real: str) -> tuple[str, str] | None:
        if not real.startswith("/data/data/"):
            return None
        parts = real.split("/")
        if len(parts) != 6 or parts[4] != "databases" or parts[5] not in self._system.kernel.databases.names(parts[3]):
            return None
        return parts[3], parts[5]


class _DeviceReader(Reader):
    def __init__(self, files: Looking, real: str) -> None:
        self._files = files
        self._real = real

    async def read(self, limit: int = 65_536) -> bytes:
        return self._files._device(self._real, max(1, min(limit, DEVICE_BYTES)))  # pyright: ignore[reportPrivateUsage] one unit


def _size(node: Node) -> int:
    if node.target:
        return len(node.target)
    return len(node.data()) if node.data is not None and node.sized else 0
