"""Writing and reading episode files: a torn or altered file is never mistaken for a whole one."""

from __future__ import annotations

import contextlib
import hashlib
import io
import itertools
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from mobilegym.episodes.format import FORMAT, VERSION, Episode, EpisodeEnd, EpisodeManifest, EpisodeStep, canonical, verdict_from_dict
from mobilegym.errors import EpisodeError

__all__ = ["EpisodeWriter", "Salvage", "pictures_folder", "read_episode", "salvage"]

_CHAIN_DIGITS: Final = 16
_MARK: Final = b',"chain":"'
_TAIL: Final = len(_MARK) + _CHAIN_DIGITS + len(b'"}')
_PARTIAL: Final = ".partial"

_T = TypeVar("_T", EpisodeManifest, EpisodeStep, EpisodeEnd)


@dataclass(frozen=True, slots=True)
class Salvage:
    """What could be read of an episode that was never finished."""

    manifest: EpisodeManifest
    steps: tuple[EpisodeStep, ...]


def pictures_folder(path: Path) -> Path:
    """Where an episode's pictures lie: `<episode>.pictures` beside the file."""
    return path.with_name(path.name.removesuffix(".jsonl") + ".pictures")


class EpisodeWriter:
    """Writes one episode; the file appears under its name only once it is whole and on disk.

    Until `finish` the lines go to a `.partial` file beside it, line by line, so what a killed process did can still be
    read with `salvage`. Leaving the context without `finish` deletes the partial file.

    Args:
        path: Where the finished episode shall lie; its folder is made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.partial, self._file = _open_partial(path)
        self._chain = b""
        self._sha = hashlib.sha256()
        self._lines = 0
        self._pictures: list[tuple[str, bytes]] = []

    def manifest(self, manifest: EpisodeManifest) -> None:
        self._write(asdict(manifest))

    def step(self, step: EpisodeStep, picture: bytes | None = None) -> None:
        """Append a step; `picture` is the PNG that `step.picture` names."""
        if step.picture is not None and picture is not None:
            self._pictures.append((step.picture, picture))
        self._write(asdict(step))

    def finish(self, end: EpisodeEnd) -> bool:
        """Close the file and move it into place.

        Returns:
            False where somebody else has finished the same episode meanwhile; theirs is kept.
        """
        self._write(asdict(replace(end, lines=self._lines, sha256=self._sha.hexdigest())))
        os.fsync(self._file.fileno())
        self._file.close()
        if self._pictures:
            self._place_pictures()
        placed = _place(self.partial, self.path)
        _sync_folder(self.path.parent)
        return placed

    def abandon(self) -> None:
        """Delete what was written; after `finish` it does nothing."""
        self._file.close()
        with contextlib.suppress(FileNotFoundError):
            self.partial.unlink()

    def __enter__(self) -> EpisodeWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.abandon()

    def _write(self, data: dict[str, Any]) -> None:
        body = canonical(data).encode()[:-1]
        self._chain = _link(self._chain, body)
        line = body + _MARK + self._chain + b'"}\n'
        self._file.write(line)
        self._sha.update(line)
        self._lines += 1

    def _place_pictures(self) -> None:
        folder = pictures_folder(self.path)
        folder.mkdir(exist_ok=True)
        for name, data in self._pictures:
            (folder / name).write_bytes(data)


def read_episode(path: str | Path) -> Episode:
    """Read an episode and verify every byte of it.

    Raises:
        EpisodeError: The file is missing, truncated, altered or of another version; the message says which line.
    """
    path = Path(path)
    data = _read(path)
    lines = list(_bodies(path, data))
    if not data.endswith(b"\n") or not _is_end(lines[-1]):
        raise EpisodeError(f"{path}:{len(lines)}: the file is truncated: the last line is no verdict. Delete it and run the episode again")
    manifest = _parse(path, 1, lines[0], _MANIFEST)
    steps = tuple(_parse(path, number, line, _STEP) for number, line in enumerate(lines[1:-1], start=2))
    end = _parse(path, len(lines), lines[-1], _END)
    before = data[: data.rstrip(b"\n").rfind(b"\n") + 1]
    if end.lines != len(lines) - 1 or end.sha256 != hashlib.sha256(before).hexdigest():
        raise EpisodeError(f"{path}:{len(lines)}: the file was altered: count or SHA-256 of the lines before the verdict do not match")
    if [step.step for step in steps] != list(range(len(steps))):
        raise EpisodeError(f"{path}: the steps are not numbered 0, 1, 2, …")
    try:
        verdict_from_dict(end.verdict)
    except ValueError as error:
        raise EpisodeError(f"{path}:{len(lines)}: `verdict`: {error}") from error
    return Episode(manifest, steps, end)


def salvage(path: Path) -> Salvage | None:
    """The whole lines at the start of an unfinished or damaged file; None where not even the manifest can be read."""
    lines: list[bytes] = []
    with contextlib.suppress(EpisodeError):
        for body in _bodies(path, _read(path)):
            lines.append(body)
    try:
        manifest = _parse(path, 1, lines[0], _MANIFEST) if lines else None
        steps = tuple(_parse(path, n, line, _STEP) for n, line in enumerate(lines[1:], start=2) if not _is_end(line))
    except EpisodeError:
        return None
    return None if manifest is None else Salvage(manifest, steps)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EpisodeError(f"{path}: cannot be read: {error.strerror or error}") from error


def _bodies(path: Path, data: bytes) -> Iterator[bytes]:
    """Each line without its chain, verified against it."""
    lines = data.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    if not lines:
        raise EpisodeError(f"{path}: the file is empty. Delete it and run the episode again")
    _check_version(path, lines[0])
    chain = b""
    for number, line in enumerate(lines, start=1):
        body, mark, tail = line[:-_TAIL], line[-_TAIL : -_TAIL + len(_MARK)], line[-_TAIL + len(_MARK) :]
        chain = _link(chain, body)
        if mark != _MARK or tail != chain + b'"}':
            last = number == len(lines) and not data.endswith(b"\n")
            what = "truncated: the line is not whole" if last else "damaged: the line does not match its hash"
            raise EpisodeError(f"{path}:{number}: the file is {what}. Delete it and run the episode again")
        yield body + b"}"


def _check_version(path: Path, line: bytes) -> None:
    """Looked at before the hashes, since another version may hash in another way."""
    try:
        head: object = json.loads(line)
    except ValueError:
        return
    if not isinstance(head, dict) or head.get("format") != FORMAT:  # pyright: ignore[reportUnknownMemberType]
        raise EpisodeError(f"{path}: this is no episode: the first line has no `format: {FORMAT}`")
    version: object = head.get("version")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if version != VERSION:
        raise EpisodeError(
            f"{path}: the episode has version {version!r}, this MobileGym reads version {VERSION}. Use the one that wrote it"
        )


def _is_end(body: bytes) -> bool:
    return b'"end"' in body and json.loads(body).get("line") == "end"


def _link(chain: bytes, body: bytes) -> bytes:
    return hashlib.sha256(chain + body).hexdigest()[:_CHAIN_DIGITS].encode()


def _parse(path: Path, number: int, body: bytes, adapter: TypeAdapter[_T]) -> _T:
    try:
        return adapter.validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise EpisodeError(f"{path}:{number}: `{key}`: {first['msg']}") from error


def _place(partial: Path, path: Path) -> bool:
    """Give the partial file its name unless the name is taken, in one atomic step."""
    try:
        os.link(partial, path)
    except FileExistsError:
        partial.unlink()
        return False
    except OSError:
        # No hard links on this file system; a rename is atomic too, but the later one wins.
        partial.replace(path)
        return True
    partial.unlink()
    return True


def _open_partial(path: Path) -> tuple[Path, io.FileIO]:
    """A new file that no other writer has; its permissions are those of any other new file, unlike `tempfile`'s."""
    for attempt in itertools.count():
        partial = path.with_name(f".{path.name}.{os.getpid()}-{attempt}{_PARTIAL}")
        with contextlib.suppress(FileExistsError):
            return partial, io.FileIO(partial, "xb")
    raise AssertionError("unreachable")


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_MANIFEST: Final = TypeAdapter(EpisodeManifest)
_STEP: Final = TypeAdapter(EpisodeStep)
_END: Final = TypeAdapter(EpisodeEnd)
