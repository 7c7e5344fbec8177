"""Files of a real phone."""

from __future__ import annotations

import posixpath
import re
from datetime import datetime
from typing import Final

from mobilegym.emulator import device
from mobilegym.emulator.android.shell import AndroidShell, Output, quote, said
from mobilegym.emulator.device import FileStat
from mobilegym.errors import DeviceError, NotFound

__all__ = ["Files"]

_STORAGE: Final = "/sdcard"
_ALIASES: Final = ("/storage/emulated/0", "/storage/self/primary", "/mnt/sdcard", "/data/media/0")
_NEEDED: Final = frozenset(("/", "/data", "/data/local", "/data/local/tmp", "/data/data", "/storage", "/storage/emulated", _STORAGE))
_LINE: Final = re.compile(r"^([0-9a-f]{4,5}) (\d+) (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(\d+))? ([-+]\d{4}) (.*)$", re.DOTALL)
_FORMAT: Final = "%f %s %y %n"
_FOLDER: Final = 0o040000
_KIND: Final = 0o170000
_MISSING, _IS_FOLDER, _IS_FILE = 44, 45, 46
"""Statuses by which our scripts say what they found."""


class Files(device.Files):
    """Files as the shell sees them: shared storage and `/data/local/tmp`; with root everything."""

    def __init__(self, shell: AndroidShell) -> None:
        self._shell = shell

    def list(self, path: str) -> list[FileStat]:
        folder = _clean(path)
        at = quote(folder)
        # `find` before a pattern of the shell: hidden files are files too.
        script = (
            f"[ -e {at} ] || exit {_MISSING}; [ -d {at} ] || exit {_IS_FILE}; cd {at} || exit 1; "
            f"find . -mindepth 1 -maxdepth 1 -exec stat -c {quote(_FORMAT)} {{}} +"
        )
        output = self._answered(self._shell.run(script), path)
        stats: list[FileStat] = []
        for line in _records(output.text):
            stat = _stat(line)
            stats.append(FileStat(posixpath.join(folder, posixpath.basename(stat.path)), stat.size, stat.is_dir, stat.modified_ms))
        return sorted(stats, key=lambda stat: stat.path)

    def stat(self, path: str) -> FileStat:
        at = quote(_clean(path))
        output = self._answered(self._shell.run(f"[ -e {at} ] || exit {_MISSING}; stat -L -c {quote(_FORMAT)} {at}"), path)
        stat = _stat(output.text.removesuffix("\n"))
        return FileStat(_clean(path), stat.size, stat.is_dir, stat.modified_ms)

    def exists(self, path: str) -> bool:
        try:
            return self._shell.run(f"[ -e {quote(_clean(path))} ]").status == 0
        except DeviceError as error:
            if type(error) is DeviceError:
                return False
            raise

    def read(self, path: str) -> bytes:
        at = quote(_clean(path))
        self._answered(self._shell.run(f"[ -e {at} ] || exit {_MISSING}; [ -d {at} ] && exit {_IS_FOLDER}; exit 0"), path)
        return self._shell.pull(_clean(path))

    def write(self, path: str, data: bytes) -> None:
        clean = _clean(path)
        at = quote(clean)
        folder = quote(posixpath.dirname(clean))
        self._answered(self._shell.run(f"[ -d {at} ] && exit {_IS_FOLDER}; mkdir -p {folder}"), path)
        self._shell.push(clean, data)
        # The phone's own time; what carries files brings this machine's.
        scan = f"; content call --uri content://media --method scan_file --arg {at} >/dev/null 2>&1" if _is_shared(clean) else ""
        self._answered(self._shell.run(f"touch {at} || exit 1{scan}; exit 0"), path)

    def delete(self, path: str) -> None:
        clean = _clean(path)
        if clean in _NEEDED:
            raise DeviceError(f"`{path}` cannot be deleted: the system needs it")
        at = quote(clean)
        self._answered(self._shell.run(f"[ -e {at} ] || [ -L {at} ] || exit {_MISSING}; rm -rf {at}"), path)

    def mkdir(self, path: str) -> None:
        at = quote(_clean(path))
        self._answered(self._shell.run(f"[ -f {at} ] && exit {_IS_FILE}; mkdir -p {at}"), path)

    @staticmethod
    def _answered(output: Output, path: str) -> Output:
        match output.status:
            case 0:
                return output
            case 44:
                raise NotFound(f"no file or folder `{path}`")
            case 45:
                raise DeviceError(f"`{path}` is a folder, not a file")
            case 46:
                raise DeviceError(f"`{path}` is a file, not a folder")
            case _:
                raise DeviceError(f"`{path}`: {said(output)}")


def _clean(path: str) -> str:
    if not path.startswith("/") or "\0" in path:
        raise DeviceError(f"path {path!r} is not usable: give an absolute path such as '/sdcard/Download/a.txt'")
    clean = "/" + posixpath.normpath(path).lstrip("/")
    for alias in _ALIASES:
        if clean == alias or clean.startswith(alias + "/"):
            return _STORAGE + clean[len(alias) :]
    return clean


def _is_shared(path: str) -> bool:
    return path.startswith(_STORAGE + "/")


def _records(text: str) -> list[str]:
    """Lines of `stat`; a name may hold line breaks itself."""
    records: list[str] = []
    for line in text.removesuffix("\n").split("\n"):
        if _LINE.match(line):
            records.append(line)
        elif records:
            records[-1] += "\n" + line
    return records


def _stat(line: str) -> FileStat:
    match = _LINE.match(line)
    if match is None:
        raise DeviceError(f"`stat` gave a line that cannot be read: {line!r}")
    mode, size, second, fraction, zone, path = match.groups()
    whole = datetime.strptime(f"{second} {zone}", "%Y-%m-%d %H:%M:%S %z")
    modified_ms = round(whole.timestamp()) * 1000 + int((fraction or "0")[:3].ljust(3, "0"))
    return FileStat(path, int(size), int(mode, 16) & _KIND == _FOLDER, modified_ms)
