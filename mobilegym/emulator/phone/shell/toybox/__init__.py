"""The small Unix tools: files, text, processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.phone.kernel.manifest import Later

__all__ = ["PROGRAMS"]

_MODULES: Final = {
    "archive": "gunzip gzip zcat",
    "calendar": "cal date sleep uptime usleep",
    "checksums": "cksum crc32 md5sum sha1sum sha224sum sha256sum sha384sum sha512sum",
    "compare": "cmp diff",
    "copying": "dd",
    "dump": "base64 hexdump od strings xxd",
    "expressions": "expr",
    "files_copy": "cp install ln mv rm rmdir unlink",
    "files_list": "ls",
    "files_look": "basename dirname file readlink realpath stat which",
    "files_make": "chcon chmod chown mkdir mktemp restorecon touch truncate",
    "files_space": "df du mount sync umount",
    "find": "find",
    "grep": "egrep fgrep grep",
    "identity": "clear env getenforce groups hostname id logname nproc printenv setenforce tty uname whoami",
    "launch": "nice nohup reboot run_as setsid start stop su timeout toybox xargs",
    "network": "ifconfig ip nc netstat ping ss",
    "processes": "dmesg free killall lsof pgrep pidof pkill ps top vmstat",
    "sed": "sed",
    "sort": "sort uniq",
    "tar": "tar",
    "text_lines": "comm cut expand fold nl paste rev tac tr",
    "text_streams": "cat head seq split tail tee wc yes",
    "zips": "unzip zipinfo",
}
_OTHER_NAMES: Final = {
    "chgrp": "files_make:chown", "hd": "dump:hexdump",
    "netcat": "network:nc", "ping6": "network:ping", "run-as": "launch:run_as",
}  # fmt: skip

PROGRAMS: Final[Mapping[str, Later]] = {
    name: Later(f"{__name__}.{target}")
    for name, target in sorted(
        [
            *((name, f"{module}:{name}") for module, names in _MODULES.items() for name in names.split() if name != "run_as"),
            *_OTHER_NAMES.items(),
        ]
    )
}
"""Program name → where it is."""
