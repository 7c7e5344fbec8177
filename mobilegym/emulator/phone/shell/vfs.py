"""`Vfs`: the whole file tree of a phone as Unix programs see it.

Files that are part of the phone's state lie in `kernel.files` and `kernel.databases`; everything else (`/proc`, `/system`, links,
devices, the code of apps) is made up when somebody looks. Nothing here touches the file system of the machine.
"""

from __future__ import annotations

import errno
import posixpath
import stat
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.kernel.kernel import DATABASE_CHANGED
from mobilegym.emulator.phone.shell.vfs_looking import DEVICE_BYTES, Looking
from mobilegym.emulator.phone.shell.vfs_values import FsError, Stat
from mobilegym.errors import DeviceError, MobileGymError

if TYPE_CHECKING:
    pass

__all__ = ["FsError", "Stat", "Vfs"]

_MAX_MODES: Final = 4096
_MAX_PENDING: Final = 256 * DEVICE_BYTES
_R, _W, _X = 4, 2, 1


class Vfs(Looking):
    """The file tree. Paths are absolute or taken from `/`; `uid` is who asks: 0 may do everything that can be done.

    Every method raises FsError and nothing else.
    """

    def write(
        self, path: str, data: bytes, mode: int | None = None, mtime_ms: int | None = None, append: bool = False, *, uid: int = 0
    ) -> None:
        """Create or replace a file, or add to its end. The folder must exist.

        Args:
            path: Where.
            data: Content.
            mode: Permissions it gets; left as they are, or as for any new file there, where it is None.
            mtime_ms: Epoch ms; now where it is None.
            append: Keep what is there.
            uid: Who asks.
        """
        real = self.real(path)
        self._walk(real, path, uid)
        old = self._stat(real)
        if old is not None and old.is_dir:
            raise FsError(errno.EISDIR, path)
        if path.endswith("/"):
            raise FsError(errno.EISDIR if old is None else errno.ENOTDIR, path)
        if old is not None and stat.S_ISCHR(old.mode):
            self._need(old, _W, uid, real, path)
            if real == "/dev/full":
                raise FsError(errno.ENOSPC, path)
            return
        self._must_be_writable(real, path, uid)
        if old is None:
            self._need_parent(real, path, uid)
        else:
            self._need(old, _W, uid, real, path)
            data = self.read(path) + data if append else data
        database = self._database(real)
        if database is not None:
            self._write_database(real, database, data, path)
            return
        try:
            self._files.write(real, data)
            if mtime_ms is not None:
                self._files.touch(real, mtime_ms)
        except MobileGymError as error:
            raise FsError(errno.ENOSPC, path) from error
        if mode is not None:
            self._set_mode(real, mode)

    def mkdir(self, path: str, parents: bool = False, *, uid: int = 0) -> None:
        """Make a folder; with `parents` also those above it, and an existing one is fine."""
        real = self.real(path)
        if parents:
            above = posixpath.dirname(real)
            if self._stat(real) is not None and self.stat(path, uid=uid).is_dir:
                return
            if self._stat(above) is None:
                self.mkdir(above, parents=True, uid=uid)
        self._walk(real, path, uid)
        if self._stat(real) is not None:
            raise FsError(errno.EEXIST, path)
        self._must_be_writable(real, path, uid)
        self._need_parent(real, path, uid)
        try:
            self._files.mkdir(real)
        except MobileGymError as error:
            raise FsError(errno.ENOSPC, path) from error
        self._modes.pop(real, None)

    def remove(self, path: str, *, uid: int = 0) -> None:
        """Delete a file. Deleting an app's database gives it its first content, as the app would make it anew."""
        real, found = self._removable(path, uid)
        if found.is_dir:
            raise FsError(errno.EISDIR, path)
        database = self._database(real)
        if database is not None:
            self._pending.pop(real, None)
            self._system.kernel.databases.reset(*database)
            self._system.kernel.broadcast(database[0], DATABASE_CHANGED, {"database": database[1]})
        elif self._files.exists(real):
            self._delete(real, path)

    def rmdir(self, path: str, *, uid: int = 0) -> None:
        """Delete an empty folder. One that the system provides stays."""
        real, found = self._removable(path, uid)
        if not found.is_dir:
            raise FsError(errno.ENOTDIR, path)
        if self._names(real):
            raise FsError(errno.ENOTEMPTY, path)
        if self._files.exists(real):
            self._delete(real, path)

    def remove_tree(self, path: str, *, uid: int = 0) -> None:
        """Delete a file, or a folder with all that is in it."""
        if not self.stat(path, follow=False, uid=uid).is_dir:
            self.remove(path, uid=uid)
            return
        for name in self.list(path, uid=uid):
            self.remove_tree(posixpath.join(path, name), uid=uid)
        if not self._names(self.real(path)):
            self.rmdir(path, uid=uid)

    def rename(self, a: str, b: str, *, uid: int = 0) -> None:
        """Give `a` the path `b`; a file or an empty folder there is replaced."""
        old, found = self._removable(a, uid)
        new = self.real(b)
        self._walk(new, b, uid)
        if old == new:
            return
        if new.startswith(old + "/"):
            raise FsError(errno.EINVAL, b)
        self._must_be_writable(new, b, uid)
        self._need_parent(new, b, uid)
        there = self._stat(new)
        if there is not None:
            self._make_room(b, there, found, uid)
        database = self._database(new)
        if database is not None or self._database(old) is not None or not self._files.exists(old):
            if found.is_dir:
                raise FsError(errno.EBUSY, a)
            self.write(b, self.read(a))
            self.remove(a)
            return
        try:
            self._files.move(old, new)
        except MobileGymError as error:
            raise FsError(errno.EBUSY, a) from error
        for known in [key for key in self._modes if key == old or key.startswith(old + "/")]:
            self._set_mode(new + known[len(old) :], self._modes.pop(known))

    def copy(self, a: str, b: str, *, uid: int = 0) -> None:
        """Copy a file, or a folder with all that is in it, to the path `b`. Times are new, permissions are kept."""
        found = self.stat(a, uid=uid)
        if not found.is_dir:
            self.write(b, self.read(a, uid=uid), mode=None if self.exists(b) else found.mode & 0o777, uid=uid)
            return
        if self.real(b) == self.real(a) or self.real(b).startswith(self.real(a) + "/"):
            raise FsError(errno.EINVAL, b)
        if not self.is_dir(b):
            self.mkdir(b, uid=uid)
        for name in self.list(a, uid=uid):
            self.copy(posixpath.join(a, name), posixpath.join(b, name), uid=uid)

    def chmod(self, path: str, mode: int, *, uid: int = 0) -> None:
        """Set permissions. Shared storage has its own and takes no others."""
        real = self.real(path)
        found = self.stat(path, uid=uid)
        self._must_be_writable(real, path, uid)
        if self._shared(real):
            return
        if uid not in (0, found.uid):
            raise FsError(errno.EPERM, path)
        self._set_mode(real, mode)

    def touch(self, path: str, mtime_ms: int | None = None, *, uid: int = 0) -> None:
        """Set the time of a file or folder, to now by default; a missing file is made."""
        real = self.real(path)
        now = self._system.kernel.clock.now_ms if mtime_ms is None else mtime_ms
        self._walk(real, path, uid)
        found = self._stat(real)
        if found is None:
            self.write(path, b"", mtime_ms=mtime_ms, uid=uid)
            return
        if stat.S_ISCHR(found.mode):
            return
        self._must_be_writable(real, path, uid)
        if uid != found.uid:
            self._need(found, _W, uid, real, path)
        if self._files.exists(real):
            self._files.touch(real, now)

    # ------------------------------------------------------------------ inside

    def _set_mode(self, real: str, mode: int) -> None:
        if self._shared(real):
            return
        self._modes.pop(real, None)
        self._modes[real] = mode & 0o7777
        while len(self._modes) > _MAX_MODES:
            del self._modes[next(iter(self._modes))]

    def _need_parent(self, real: str, path: str, uid: int) -> None:
        above = posixpath.dirname(real)
        found = self._stat(above)
        if found is None:
            raise FsError(errno.ENOENT, path)
        self._need(found, _W | _X, uid, above, path)

    def _removable(self, path: str, uid: int) -> tuple[str, Stat]:
        real = self.real(path, follow=False)
        self._walk(real, path, uid)
        found = self._stat(real)
        if found is None:
            raise FsError(errno.ENOENT, path)
        self._must_be_writable(real, path, uid)
        self._need_parent(real, path, uid)
        if found.is_link:
            raise FsError(errno.EACCES if uid else errno.EBUSY, path)
        return real, found

    def _make_room(self, path: str, there: Stat, found: Stat, uid: int) -> None:
        if there.is_dir and not found.is_dir:
            raise FsError(errno.EISDIR, path)
        if found.is_dir and not there.is_dir:
            raise FsError(errno.ENOTDIR, path)
        if there.is_dir:
            self.rmdir(path, uid=uid)

    def _delete(self, real: str, path: str) -> None:
        try:
            self._files.delete(real)
        except MobileGymError as error:
            raise FsError(errno.EBUSY, path) from error
        self._modes.pop(real, None)

    def _write_database(self, real: str, database: tuple[str, str], data: bytes, path: str) -> None:
        try:
            self._system.kernel.databases.write_file(*database, data)
        except DeviceError as error:
            # Half of a database, while somebody copies it in pieces: kept until it is whole.
            if len(data) > _MAX_PENDING or (len(self._pending) >= 16 and real not in self._pending):
                raise FsError(errno.ENOSPC, path) from error
            self._pending[real] = data
            return
        self._pending.pop(real, None)
        self._system.kernel.broadcast(database[0], DATABASE_CHANGED, {"database": database[1]})
