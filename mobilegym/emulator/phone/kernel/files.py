"""The phone's file system: shared storage and a few folders around it.

Paths are canonical inside (`paths.py`); results name shared storage `/sdcard`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final, Literal, TypeAlias

from mobilegym.emulator.device import Files, FileStat
from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.cow import CowDict, FrozenMap
from mobilegym.emulator.phone.kernel.paths import STORAGE, canonical_path, file_name_ok, join, shown_path
from mobilegym.errors import DeviceError, NotFound

__all__ = ["STANDARD_FOLDERS", "FileKind", "FileNode", "FileObserver", "FileSystem"]

STANDARD_FOLDERS: Final = ("Alarms", "Android", "Audiobooks", "DCIM", "Documents", "Download", "Movies", "Music", "Notifications",
                           "Pictures", "Podcasts", "Recordings", "Ringtones")  # fmt: skip

FileKind: TypeAlias = Literal["write", "mkdir", "delete"]
"""What happened to a path; a move is a `write` of the new one and a `delete` of the old one."""
FileObserver: TypeAlias = Callable[[str, FileKind], None]
"""Called with a canonical path and what happened, after it happened, once per file and folder."""

_FIXED: Final = frozenset({"/", "/data", "/data/local", "/data/local/tmp", "/data/data", "/storage", "/storage/emulated", STORAGE})
_MAX_FILE_BYTES: Final = 256 * 1024 * 1024
_MAX_TOTAL_BYTES: Final = 2 * 1024 * 1024 * 1024
_MAX_NODES: Final = 50_000
"""Files and folders, as a file system has so many inodes."""


@dataclass(frozen=True, slots=True)
class FileNode:
    """A file or a folder."""

    data: bytes | None
    """Content, or None for a folder."""
    modified_ms: int
    children: tuple[str, ...] = ()
    """Names in a folder, sorted."""
    _digest: list[str] = field(default_factory=list[str], compare=False, repr=False)

    @property
    def is_dir(self) -> bool:
        return self.data is None

    @property
    def size(self) -> int:
        return 4096 if self.data is None else len(self.data)

    def digest(self) -> str:
        """SHA-256 of the content, computed once."""
        if not self._digest:
            self._digest.append(sha256(self.data or b"").hexdigest())
        return self._digest[0]


class FileSystem(Files):
    """Files and folders in memory.

    Args:
        clock: Gives files their times.
        initial: Start content, of another phone's `freeze`; a fresh phone has the standard folders.
    """

    def __init__(self, clock: Clock, initial: FrozenMap[str, FileNode] | None = None) -> None:
        self._clock = clock
        self._nodes: CowDict[str, FileNode] = CowDict(initial)
        self._used = (0, -1)
        self.on_change: FileObserver | None = None
        """Observer, not part of the state."""
        if initial is None:
            self._nodes["/"] = FileNode(None, clock.now_ms)
            for path in (*sorted(_FIXED - {"/"}), *(f"{STORAGE}/{name}" for name in STANDARD_FOLDERS)):
                self._link(path, FileNode(None, clock.now_ms))

    @property
    def token(self) -> int:
        """Token of the whole content."""
        return self._nodes.token

    def list(self, path: str) -> list[FileStat]:
        """What a folder holds, by name.

        Raises:
            NotFound: If there is no such folder.
            DeviceError: If it is a file.
        """
        folder = canonical_path(path)
        node = self._node(folder)
        if node.data is not None:
            raise DeviceError(f"`{path}` is a file, not a folder: use `read`")
        found = [self._stat(join(folder, name)) for name in node.children]
        if folder == "/":
            found.append(self._stat(STORAGE))
        return found

    def names(self, path: str) -> tuple[str, ...]:
        """Names in a folder, sorted; none where there is no such folder."""
        node = self._nodes.get(canonical_path(path))
        return node.children if node is not None else ()

    def stat(self, path: str) -> FileStat:
        """Size, kind and time.

        Raises:
            NotFound: If there is no such file or folder.
        """
        return self._stat(canonical_path(path))

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder of that path; under a path that cannot be, there is none."""
        return self._at(path) is not None

    def is_dir(self, path: str) -> bool:
        """Whether there is a folder of that path."""
        node = self._at(path)
        return node is not None and node.data is None

    def _at(self, path: str) -> FileNode | None:
        try:
            return self._nodes.get(canonical_path(path))
        except DeviceError:
            return None

    def read(self, path: str) -> bytes:
        """Content of a file.

        Raises:
            NotFound: If there is no such file.
            DeviceError: If it is a folder.
        """
        data = self._node(canonical_path(path)).data
        if data is None:
            raise DeviceError(f"`{path}` is a folder, not a file: use `list`")
        return data

    def read_text(self, path: str) -> str:
        """Content of a file as UTF-8; bytes that are none become U+FFFD."""
        return self.read(path).decode("utf-8", "replace")

    def digest(self, path: str) -> str:
        """SHA-256 of a file's content, hexadecimal; computed once per content."""
        self.read(path)
        return self._node(canonical_path(path)).digest()

    def write(self, path: str, data: bytes) -> None:
        """Create or replace a file; parents are made as needed.

        Raises:
            DeviceError: If a folder has that path, a parent is a file, or the storage is full.
        """
        target = canonical_path(path)
        old = self._nodes.get(target)
        if target == "/" or (old is not None and old.data is None):
            raise DeviceError(f"cannot write `{path}`: a folder has that path")
        if len(data) > _MAX_FILE_BYTES:
            raise DeviceError(f"cannot write {len(data)} bytes to `{path}`: a file takes at most {_MAX_FILE_BYTES}")
        used = self.used_bytes() + len(data) - (old.size if old is not None else 0)
        if used > _MAX_TOTAL_BYTES or (old is None and len(self._nodes) >= _MAX_NODES):
            raise DeviceError(f"cannot write `{path}`: no space left on the phone")
        self._make_parents(target)
        self._link(target, FileNode(bytes(data), self._clock.now_ms))
        self._used = used, self._nodes.token
        self._tell(target, "write")

    def write_text(self, path: str, text: str) -> None:
        """`write`, with the text as UTF-8."""
        self.write(path, text.encode("utf-8", "surrogatepass"))

    def delete(self, path: str) -> None:
        """Delete a file, or a folder with all it holds.

        Raises:
            NotFound: If there is none.
            DeviceError: If it is a folder Android needs.
        """
        target = canonical_path(path)
        self._node(target)
        if target in _FIXED:
            raise DeviceError(f"`{path}` cannot be deleted: the system needs it")
        self._unlink(target)

    def mkdir(self, path: str) -> None:
        """Make a folder and its parents; an existing folder is left as it is.

        Raises:
            DeviceError: If it or a parent is a file, or the storage is full.
        """
        target = canonical_path(path)
        node = self._nodes.get(target)
        if node is None:
            if len(self._nodes) >= _MAX_NODES:
                raise DeviceError(f"cannot make the folder `{path}`: no space left on the phone")
            self._make_parents(target)
            self._link(target, FileNode(None, self._clock.now_ms))
            self._tell(target, "mkdir")
        elif node.data is not None:
            raise DeviceError(f"cannot make the folder `{path}`: a file has that path")

    def move(self, source: str, target: str) -> None:
        """Move or rename a file or folder to the path `target`; an existing file is replaced, a folder is not.

        Raises:
            NotFound: If there is no `source`.
            DeviceError: If `target` is a folder, lies in `source`, or `source` is a folder Android needs.
        """
        old, new = canonical_path(source), canonical_path(target)
        self._node(old)
        if old == new:
            return
        if old in _FIXED:
            raise DeviceError(f"`{source}` cannot be moved: the system needs it")
        self._transfer(old, new, source, target)
        self._unlink(old)

    def rename(self, path: str, name: str) -> str:
        """Give a file or folder another name in the same folder; returns its new path as shown.

        Raises:
            DeviceError: If the name is taken or none.
        """
        old = canonical_path(path)
        if not file_name_ok(name):
            raise DeviceError(f"{name!r} is no file name")
        new = join(posixpath.dirname(old), name)
        if new != old and new in self._nodes:
            raise DeviceError(f"cannot rename `{path}`: `{shown_path(new)}` exists")
        self.move(old, new)
        return shown_path(new)

    def copy(self, source: str, target: str) -> None:
        """Copy a file or folder to the path `target`; the same rules as `move`."""
        old, new = canonical_path(source), canonical_path(target)
        self._node(old)
        if old != new:
            self._transfer(old, new, source, target)

    def touch(self, path: str, modified_ms: int) -> None:
        """Set the time of a file or folder.

        Raises:
            NotFound: If there is none.
        """
        target = canonical_path(path)
        node = self._node(target)
        self._nodes[target] = replace(node, modified_ms=modified_ms)
        self._tell(target, "mkdir" if node.data is None else "write")

    def walk(self, path: str = "/") -> Iterator[FileStat]:
        """Everything below a folder, a folder before what it holds, by name.

        Raises:
            NotFound: If there is no such folder.
        """
        for inner in self._below(canonical_path(path)):
            yield self._stat(inner)

    def free_path(self, path: str) -> str:
        """`path`, or the first of `name (1).ext`, `name (2).ext`, … that does not exist; as shown."""
        target = canonical_path(path)
        stem, suffix = posixpath.splitext(target)
        number = 0
        while target in self._nodes:
            number += 1
            target = f"{stem} ({number}){suffix}"
        return shown_path(target)

    def used_bytes(self) -> int:
        """Size of all files together."""
        if self._used[1] != self._nodes.token:
            self._used = (sum(len(node.data) for node in self._nodes.values() if node.data is not None), self._nodes.token)
        return self._used[0]

    def facts(self) -> Iterator[tuple[str, str]]:
        """`(path as shown, "<size> <SHA-256>")` of every file, ordered."""
        for path in self._below("/"):
            node = self._nodes[path]
            if node.data is not None:
                yield shown_path(path), f"{len(node.data)} {node.digest()}"

    def freeze(self) -> FrozenMap[str, FileNode]:
        """The present state."""
        return self._nodes.freeze()

    def thaw(self, frozen: FrozenMap[str, FileNode]) -> None:
        """Go back to a state, without telling the observer."""
        self._nodes.thaw(frozen)

    def _node(self, path: str) -> FileNode:
        node = self._nodes.get(path)
        if node is None:
            raise NotFound(f"no file or folder `{shown_path(path)}`")
        return node

    def _stat(self, path: str) -> FileStat:
        node = self._node(path)
        return FileStat(shown_path(path), node.size, node.is_dir, node.modified_ms)

    def _below(self, path: str) -> Iterator[str]:
        for name in self._node(path).children:
            inner = join(path, name)
            yield inner
            yield from self._below(inner)

    def _make_parents(self, path: str) -> None:
        parent = posixpath.dirname(path)
        node = self._nodes.get(parent)
        if node is None:
            self._make_parents(parent)
            self._link(parent, FileNode(None, self._clock.now_ms))
            self._tell(parent, "mkdir")
        elif node.data is not None:
            raise DeviceError(f"`{shown_path(parent)}` is a file, so nothing can be in it")

    def _link(self, path: str, node: FileNode) -> None:
        known = path in self._nodes
        self._nodes[path] = node
        if not known and path != "/":
            folder, name = posixpath.split(path)
            parent = self._nodes[folder]
            self._nodes[folder] = replace(parent, children=tuple(sorted((*parent.children, name))), modified_ms=self._clock.now_ms)

    def _unlink(self, path: str) -> None:
        for name in self._nodes[path].children:
            self._unlink(join(path, name))
        del self._nodes[path]
        folder, name = posixpath.split(path)
        parent = self._nodes[folder]
        rest = tuple(child for child in parent.children if child != name)
        self._nodes[folder] = replace(parent, children=rest, modified_ms=self._clock.now_ms)
        self._tell(path, "delete")

    def _transfer(self, old: str, new: str, source: str, target: str) -> None:
        if new.startswith(old + "/"):
            raise DeviceError(f"cannot put `{source}` into itself at `{target}`")
        node, there = self._nodes[old], self._nodes.get(new)
        if new == "/" or (there is not None and (there.data is None or node.data is None)):
            raise DeviceError(f"cannot put `{source}` at `{target}`: something has that path")
        self._make_parents(new)
        if node.data is not None:
            self._link(new, node)
            self._tell(new, "write")
            return
        self._link(new, FileNode(None, node.modified_ms))
        self._tell(new, "mkdir")
        for name in node.children:
            inner = join(old, name)
            self._transfer(inner, join(new, name), inner, join(new, name))

    def _tell(self, path: str, kind: FileKind) -> None:
        if self.on_change is not None:
            self.on_change(path, kind)
