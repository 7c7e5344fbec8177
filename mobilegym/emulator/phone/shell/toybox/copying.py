"""`dd`."""

from __future__ import annotations

import re
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.toybox.common import at, human, open_input, write_file
from mobilegym.emulator.phone.shell.toybox.options import count
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["dd"]

_OPERANDS: Final = frozenset(
    {"if", "of", "bs", "ibs", "obs", "count", "skip", "seek", "iseek", "oseek", "conv", "iflag", "oflag", "status"}
)
_MAX_BYTES: Final = 128 * 1024 * 1024


async def dd(p: Process) -> int:
    """Copy blocks."""
    given: dict[str, str] = {}
    for arg in p.args:
        name, equals, value = arg.partition("=")
        if arg == "--help":
            p.out("usage: dd [if|of=FILE] [ibs|obs|bs|count|seek|skip=N] [conv=notrunc|noerror|sync|fsync] [status=noxfer|none]\n")
            return 0
        if not equals or name not in _OPERANDS:
            raise ProgramError(f'dd: bad arg {arg} (see "dd --help")' if equals else f"dd: unknown operand {arg}")
        given[name] = value
    block = _product(p, given.get("ibs", given.get("bs", "512")))
    out_block = _product(p, given.get("obs", given.get("bs", "512")))
    if not block or not out_block:
        raise ProgramError("dd: bs=0: out of range")
    in_bytes, out_bytes = "bytes" in given.get("iflag", ""), "bytes" in given.get("oflag", "")
    skip = _product(p, given.get("skip", given.get("iseek", "0"))) * (1 if "skip_bytes" in given.get("iflag", "") or in_bytes else block)
    seek = _product(p, given.get("seek", given.get("oseek", "0"))) * (
        1 if "seek_bytes" in given.get("oflag", "") or out_bytes else out_block
    )
    most = _product(p, given["count"]) if "count" in given else None
    if most is not None and "count_bytes" in given.get("iflag", ""):
        most, limit = None, most
    else:
        limit = _MAX_BYTES if most is None else most * block
    data, whole, partial = await _read(p, given.get("if", "-"), block, skip, min(limit, _MAX_BYTES))
    convert = given.get("conv", "").split(",")
    if "sync" in convert:
        data += bytes(-len(data) % block)
    written = (
        data.swapcase() if "swapcase" in convert else data.upper() if "ucase" in convert else data.lower() if "lcase" in convert else data
    )
    _write(p, given.get("of", "-"), written, seek, keep="notrunc" in convert)
    _report(
        p, given.get("status", ""), len(written), f"{whole}+{partial}", f"{len(written) // out_block}+{int(len(written) % out_block > 0)}"
    )
    return 0


def _product(p: Process, text: str) -> int:
    total = 1
    for factor in re.split(r"(?<=\d)x(?=\d)", text) if not text.startswith("0x") else [text]:
        total *= count(p, factor)
    if total < 0:
        raise ProgramError(f"dd: not integer: {text}")
    return total


async def _read(p: Process, name: str, block: int, skip: int, limit: int) -> tuple[bytes, int, int]:
    try:
        source = open_input(p, name)
    except FsError as error:
        raise ProgramError(f"dd: {name}: {error.text}") from error
    parts: list[bytes] = []
    size = 0
    while size < limit + skip and (data := await source.read(min(65_536, limit + skip - size))):
        parts.append(data)
        size += len(data)
    whole = b"".join(parts)[skip:]
    return whole, len(whole) // block, int(len(whole) % block > 0)


def _write(p: Process, name: str, data: bytes, seek: int, *, keep: bool) -> None:
    files = p.system.files
    if name == "-":
        p.stdout.write(data)
        return
    try:
        path = at(p, name)
        there = files.exists(path, uid=p.uid)
        if there and files.stat(path, uid=p.uid).is_file and (seek or keep):
            old = files.read(path, uid=p.uid)
            data = old[:seek] + bytes(max(0, seek - len(old))) + data + (old[seek + len(data) :] if keep else b"")
        else:
            if seek > _MAX_BYTES:
                raise ProgramError(f"dd: {name}: File too large")
            data = bytes(seek) + data
        write_file(p, name, data)
    except FsError as error:
        raise ProgramError(f"dd: {name}: {error.text}") from error


def _report(p: Process, status: str, size: int, records_in: str, records_out: str) -> None:
    if status == "none":
        return
    p.err(f"{records_in} records in\n{records_out} records out\n")
    if status != "noxfer":
        short = human(size)
        p.err(f"{size} bytes ({short}{'' if short[-1:].isalpha() else ' '}) copied, 0.001 s, {human(size * 1000)}/s\n".replace(" )", ")"))
