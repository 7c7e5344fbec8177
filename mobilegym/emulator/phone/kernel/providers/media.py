"""The media store: `content://media`. Rows follow the files of shared storage."""

from __future__ import annotations

import posixpath
import re
import sqlite3
from collections.abc import Mapping
from typing import Final, NamedTuple

from mobilegym.emulator.device import Row, Value
from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.database import Database, Databases
from mobilegym.emulator.phone.kernel.files import FileKind, FileSystem
from mobilegym.emulator.phone.kernel.paths import STORAGE, canonical_path, shown_path
from mobilegym.emulator.phone.kernel.providers import media_schema
from mobilegym.emulator.phone.kernel.providers.base import ContentUri, Provider
from mobilegym.emulator.phone.kernel.providers.media_types import media_info
from mobilegym.emulator.phone.kernel.providers.sql import Query, checked_values, column_names, insert_row, matching_ids, select, update_row
from mobilegym.errors import DeviceError, NotFound

__all__ = ["AUDIO", "IMAGE", "MEDIA_PACKAGE", "VIDEO", "Album", "MediaItem", "MediaProvider"]

MEDIA_PACKAGE: Final = "com.android.providers.media.module"
_DATABASE: Final = "external.db"

IMAGE: Final = 1
AUDIO: Final = 2
VIDEO: Final = 3

_TRASH_MS: Final = 30 * 86_400_000
_TRASHED: Final = re.compile(r"\.trashed-(?P<expires>\d{1,12})-(?P<name>.+)")
"""How Android names a file in the bin."""
_FROM_FILE: Final = frozenset({"_id", "_data", "_size", "media_type", "is_trashed", "date_expires"})
_COLLECTIONS: Final = {("images", "media"): "media_type = 1", ("audio", "media"): "media_type = 2", ("video", "media"): "media_type = 3",
                       ("file",): "", ("downloads",): "is_download = 1"}  # fmt: skip
_VOLUMES: Final = frozenset({"external", "external_primary"})


class MediaItem(NamedTuple):
    """A picture, video, sound or other file."""

    id: int
    path: str
    """As shown, `/sdcard/…`."""
    name: str
    mime: str
    media_type: int
    """1 image, 2 audio, 3 video, 6 document, 0 other."""
    size: int
    width: int | None
    height: int | None
    taken_ms: int
    modified_ms: int
    duration_ms: int | None
    bucket_id: int
    bucket: str
    favorite: bool
    trashed: bool


class Album(NamedTuple):
    """A folder with pictures or videos."""

    bucket_id: int
    name: str
    total: int
    cover: MediaItem
    """The newest."""


class MediaProvider(Provider):
    """The media store, typed and as content.

    Args:
        databases: Where `external.db` is registered and kept.
        clock: Time of additions.
        files: The files it lists. Let its `on_change` call `file_changed`.
    """

    authorities = ("media",)

    def __init__(self, databases: Databases, clock: Clock, files: FileSystem) -> None:
        databases.register(MEDIA_PACKAGE, _DATABASE, media_schema.SCHEMA)
        self._databases = databases
        self._clock = clock
        self._files = files

    @property
    def db(self) -> Database:
        """The database."""
        return self._databases.open(MEDIA_PACKAGE, _DATABASE)

    @property
    def token(self) -> int:
        return self.db.token

    # ------------------------------------------------------------------ following the files

    def file_changed(self, path: str, kind: FileKind) -> None:
        """A file changed; to be called by the file system's observer."""
        if not path.startswith(STORAGE + "/") or path.startswith(f"{STORAGE}/Android/"):
            return
        if kind == "write":
            self.scan(path)
        elif kind == "delete":
            self.db.execute("DELETE FROM files WHERE _data = ?", (path,))

    def scan(self, path: str) -> int:
        """Add a file or bring its row up to date; returns its id.

        Raises:
            NotFound: If there is no such file.
        """
        target = canonical_path(path)
        name = posixpath.basename(target)
        stat = self._files.stat(target)
        info = media_info(name, self._files.read(target))
        seconds = stat.modified_ms // 1000
        values: dict[str, Value] = {
            "_size": stat.size, "date_modified": seconds, "mime_type": info.mime, "media_type": info.media_type, "width": info.width,
            "height": info.height, "duration": info.duration_ms, **_place(target),
        }  # fmt: skip
        if info.width and info.height:
            values["resolution"] = f"{info.width}×{info.height}"
        row = self.db.one("SELECT _id FROM files WHERE _data = ?", (target,))
        if row is not None:
            update_row(self.db, "files", row[0], values)
            return int(row[0])
        values.update(_data=target, date_added=self._clock.now_ms // 1000, datetaken=stat.modified_ms, orientation=0,
                      is_music=int(info.media_type == 2 and target.startswith(f"{STORAGE}/Music/")))  # fmt: skip
        return insert_row(self.db, "files", values)

    def scan_all(self) -> None:
        """Make the store agree with shared storage."""
        paths = {canonical_path(stat.path) for stat in self._files.walk(STORAGE) if not stat.is_dir}
        with self.db.transaction():
            for row in self.db.query("SELECT _id, _data FROM files"):
                if row[1] not in paths:
                    self.db.execute("DELETE FROM files WHERE _id = ?", (row[0],))
            for path in sorted(paths):
                self.file_changed(path, "write")

    def move(self, source: str, target: str) -> None:
        """Move or rename a file, or a folder with all it holds, so that their rows keep their ids.

        Raises:
            NotFound: If there is no such file.
            DeviceError: If `target` is a folder.
        """
        old, new = canonical_path(source), canonical_path(target)
        if self._files.is_dir(old):
            with self.db.transaction():
                for row in self.db.query("SELECT _id, _data FROM files WHERE substr(_data, 1, ?) = ?", (len(old) + 1, f"{old}/")):
                    update_row(self.db, "files", row[0], {"_data": new + row[1][len(old) :]})
                self._files.move(source, target)
            return
        row_id = self.db.scalar("SELECT _id FROM files WHERE _data = ?", (old,))
        if row_id is None or old == new:
            self._files.move(source, target)
            return
        with self.db.transaction():
            self.db.execute("DELETE FROM files WHERE _data = ?", (new,))
            update_row(self.db, "files", row_id, {"_data": new})
            self._files.move(source, target)
            self.scan(new)

    # ------------------------------------------------------------------ typed

    def items(self, *kinds: int, bucket_id: int | None = None, trashed: bool = False, favorite: bool | None = None) -> list[MediaItem]:
        """Files of some kinds (pictures and videos unless told), newest first."""
        wanted = kinds or (IMAGE, VIDEO)
        scope = f"media_type IN ({', '.join('?' * len(wanted))}) AND is_trashed = ? AND is_pending = 0"
        args: list[Value] = [*wanted, int(trashed)]
        if bucket_id is not None:
            scope += " AND bucket_id = ?"
            args.append(bucket_id)
        if favorite is not None:
            scope += " AND is_favorite = ?"
            args.append(int(favorite))
        return [_item(row) for row in self.db.query(f"SELECT * FROM files WHERE {scope} ORDER BY datetaken DESC, _id DESC", args)]

    def images(self) -> list[MediaItem]:
        """Pictures, newest first."""
        return self.items(IMAGE)

    def get(self, media_id: int) -> MediaItem:
        """A file by id.

        Raises:
            NotFound: If there is none.
        """
        row = self.db.one("SELECT * FROM files WHERE _id = ?", (media_id,))
        if row is None:
            raise NotFound(f"no media file {media_id}")
        return _item(row)

    def by_path(self, path: str) -> MediaItem | None:
        """A file by path, or None."""
        row = self.db.one("SELECT * FROM files WHERE _data = ?", (canonical_path(path),))
        return None if row is None else _item(row)

    def albums(self) -> list[Album]:
        """Folders with pictures or videos, the one with the newest first."""
        found: dict[int, Album] = {}
        for item in self.items():
            album = found.get(item.bucket_id)
            found[item.bucket_id] = Album(item.bucket_id, item.bucket, 1, item) if album is None else album._replace(total=album.total + 1)
        return list(found.values())

    def set_favorite(self, media_id: int, favorite: bool) -> None:
        """Mark a file as a favourite, or not.

        Raises:
            NotFound: If there is none of that id.
        """
        self.get(media_id)
        update_row(self.db, "files", media_id, {"is_favorite": int(favorite)})

    def trash(self, media_id: int) -> None:
        """Put a file into the bin, where it stays for thirty days.

        Raises:
            NotFound: If there is none of that id.
        """
        item = self.get(media_id)
        expires = (self._clock.now_ms + _TRASH_MS) // 1000
        folder, name = posixpath.split(item.path)
        if not item.trashed:
            self.move(item.path, f"{folder}/.trashed-{expires}-{name}")

    def restore(self, media_id: int) -> None:
        """Take a file out of the bin.

        Raises:
            NotFound: If there is none of that id.
        """
        item = self.get(media_id)
        if item.trashed:
            self.move(item.path, self._files.free_path(f"{posixpath.dirname(item.path)}/{item.name}"))

    def remove(self, media_id: int) -> None:
        """Delete a file for good.

        Raises:
            NotFound: If there is none of that id.
        """
        item = self.get(media_id)
        if self._files.exists(item.path):
            self._files.delete(item.path)
        self.db.execute("DELETE FROM files WHERE _id = ?", (media_id,))

    # ------------------------------------------------------------------ content

    def query(self, uri: ContentUri, query: Query) -> list[Row]:
        scope, args = self._scope(uri)
        if "is_trashed" not in (query.where or ""):
            scope = f"({scope}) AND is_trashed = 0" if scope else "is_trashed = 0"
        return select(self.db, "files", column_names(self.db, "files"), query, scope=scope, scope_args=args, sort="_id")

    def insert(self, uri: ContentUri, values: Mapping[str, Value]) -> str:
        scope, _ = self._scope(uri)
        if scope.startswith("_id"):
            raise uri.unknown()
        row = checked_values(values, column_names(self.db, "files"), "files")
        path = row.get("_data")
        if path is None and row.get("_display_name"):
            folder = str(row.get("relative_path") or "Download/").strip("/")
            path = f"{STORAGE}/{folder}/{row['_display_name']}"
        if not isinstance(path, str):
            raise DeviceError("a media row needs `_display_name` (and `relative_path`), or `_data`")
        if not self._files.exists(path):
            self._files.write(path, b"")
        media_id = self.scan(path)
        update_row(self.db, "files", media_id, {name: value for name, value in row.items() if name not in _FROM_FILE})
        return f"content://media/{'/'.join(uri.path)}/{media_id}"

    def update(self, uri: ContentUri, values: Mapping[str, Value], query: Query) -> int:
        scope, args = self._scope(uri)
        row = checked_values(values, [name for name in column_names(self.db, "files") if name not in _FROM_FILE], "files")
        ids = matching_ids(self.db, "files", query, scope=scope, scope_args=args)
        with self.db.transaction():
            for media_id in ids:
                self._rename(media_id, row)
                update_row(self.db, "files", media_id, row)
        return len(ids)

    def delete(self, uri: ContentUri, query: Query) -> int:
        scope, args = self._scope(uri)
        ids = matching_ids(self.db, "files", query, scope=scope, scope_args=args)
        for media_id in ids:
            self.remove(media_id)
        return len(ids)

    def _rename(self, media_id: int, row: Mapping[str, Value]) -> None:
        if "_display_name" in row or "relative_path" in row:
            item = self.get(media_id)
            folder, name = posixpath.split(canonical_path(item.path))
            if row.get("relative_path"):
                folder = f"{STORAGE}/{str(row['relative_path']).strip('/')}"
            self.move(item.path, f"{folder}/{row.get('_display_name') or name}")

    def _scope(self, uri: ContentUri) -> tuple[str, tuple[Value, ...]]:
        volume, *rest = uri.path or ("",)
        if volume in _VOLUMES:
            for collection, scope in _COLLECTIONS.items():
                if tuple(rest) == collection:
                    return scope, ()
                if tuple(rest[:-1]) == collection:
                    return f"_id = ?{' AND ' + scope if scope else ''}", (uri.id(),)
        raise uri.unknown()


def _place(path: str) -> dict[str, Value]:
    """Columns that follow from a file's path."""
    folder, name = posixpath.split(path)
    trashed = _TRASHED.fullmatch(name)
    name = trashed["name"] if trashed else name
    stem, _, _ = name.rpartition(".")
    relative = folder[len(STORAGE) :].strip("/")
    parts = relative.split("/") if relative else []
    return {
        "_display_name": name, "title": stem or name, "bucket_id": _java_hash(folder.lower()),
        "bucket_display_name": posixpath.basename(folder) if relative else None, "relative_path": f"{relative}/" if relative else "/",
        "primary_directory": parts[0] if parts else None, "secondary_directory": parts[1] if len(parts) > 1 else None,
        "volume_name": "external_primary", "is_download": int(parts[:1] == ["Download"]),
        "is_trashed": int(trashed is not None), "date_expires": int(trashed["expires"]) if trashed else None,
    }  # fmt: skip


def _java_hash(text: str) -> int:
    value = 0
    for unit in memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H"):
        value = (31 * value + unit) & 0xFFFFFFFF
    return value - 0x100000000 if value >= 0x80000000 else value


def _item(row: sqlite3.Row) -> MediaItem:
    return MediaItem(
        row["_id"], shown_path(row["_data"]), row["_display_name"] or "", row["mime_type"] or "", row["media_type"] or 0, row["_size"] or 0,
        row["width"], row["height"], row["datetaken"] or 0, (row["date_modified"] or 0) * 1000, row["duration"], row["bucket_id"] or 0,
        row["bucket_display_name"] or "", bool(row["is_favorite"]), bool(row["is_trashed"]),
    )  # fmt: skip
