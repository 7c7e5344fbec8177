"""`base64`, `xxd`, `od`, `hexdump`, `strings`: bytes as text."""

from __future__ import annotations

import base64 as codec
import binascii
import re
import struct
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import Lines, decode, inputs, read_input, write_file, write_out
from mobilegym.emulator.phone.shell.toybox.options import count, number, parse
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["base64", "hexdump", "od", "strings", "xxd"]


async def base64(p: Process) -> int:
    """Encode or decode."""
    longs = {"decode": "d", "ignore-garbage": "i", "wrap": "w"}
    options = parse(p, "di", "w", longs=longs, usage="[-di] [-w COLUMNS] [FILE...]")
    data, status = await inputs(p, options.args)
    if "d" in options:
        clean = re.sub(rb"[^A-Za-z0-9+/=]" if "i" in options else rb"\s", b"", data)
        await write_out(p, _decoded(p, clean))
        return status
    text, width = codec.b64encode(data), number(p, options.value("w", "76"), low=0)
    if width:
        text = b"".join(text[i : i + width] + b"\n" for i in range(0, len(text), width))
    await write_out(p, text)
    return status


def _decoded(p: Process, clean: bytes) -> bytes:
    parts = [part for part in re.split(rb"=+", clean) if part]
    if re.search(rb"[^A-Za-z0-9+/=]", clean):
        raise ProgramError(f"{p.argv[0]}: bad input")
    try:
        return b"".join(codec.b64decode(part + b"=" * (-len(part) % 4)) for part in parts)
    except binascii.Error as error:
        raise ProgramError(f"{p.argv[0]}: bad input") from error


async def xxd(p: Process) -> int:
    """Hexadecimal, there and back."""
    longs = {"plain": "p", "revert": "r", "len": "l", "cols": "c", "seek": "s", "include": "i"}
    options = parse(p, "iprue", "cglso", longs=longs, most=2, usage="[-c n] [-g n] [-i] [-l n] [-o n] [-p] [-r] [-s n] [file]")
    try:
        data = await read_input(p, options.args[0] if options.args else "-")
        if "r" in options:
            out = await _reverted(decode(data), plain="p" in options)
        else:
            start = count(p, options.value("s", "0"))
            data = data[start:]
            data = data[: count(p, options.value("l"))] if "l" in options else data
            out = await _dumped(p, data, options.value("c"), options.value("g"), start + count(p, options.value("o", "0")),
                          kind=options.last_of("pi"), name=options.args[0] if options.args else "")  # fmt: skip
        if len(options.args) == 2:
            write_file(p, options.args[1], out)
        else:
            await write_out(p, out)
    except FsError as error:
        raise ProgramError(f"xxd: {options.args[0]}: {error.text}") from error
    return 0


async def _dumped(p: Process, data: bytes, columns: str, group: str, start: int, *, kind: str, name: str) -> bytes:
    if kind == "p":
        width = number(p, columns or "30", low=0) or max(1, len(data))
        return b"".join(data[i : i + width].hex().encode() + b"\n" for i in range(0, len(data), width))
    if kind == "i":
        rows: list[str] = []
        for i in range(0, len(data), 12):
            rows.append(", ".join(f"0x{b:02x}" for b in data[i : i + 12]))
            await breathe()
        body = ",\n  ".join(rows)
        if not name or name == "-":
            return f"  {body}\n".encode()
        label = re.sub(r"\W", "_", name)
        return f"unsigned char {label}[] = {{\n  {body}\n}};\nunsigned int {label}_len = {len(data)};\n".encode()
    width, size = number(p, columns or "16", low=1), number(p, group or "2", low=0)
    size = size or width
    length = 2 * width + -(-width // size) - 1
    lines: list[bytes] = []
    for i in range(0, len(data), width):
        await breathe()
        row = data[i : i + width]
        text = " ".join(row[j : j + size].hex() for j in range(0, len(row), size))
        shown = bytes(b if 32 <= b < 127 else 46 for b in row)
        lines.append(f"{start + i:08x}: {text:<{length}}  ".encode() + shown + b"\n")
    return b"".join(lines)


async def _reverted(text: str, *, plain: bool) -> bytes:
    if plain:
        digits = re.sub(r"[^0-9a-fA-F]", "", text)
        return bytes.fromhex(digits[: len(digits) // 2 * 2])
    out = bytearray()
    for line in text.splitlines():
        await breathe()
        match = re.match(r"\s*([0-9a-fA-F]+):\s?((?:[0-9a-fA-F]+ ?)*)", line)
        if match is None:
            continue
        at = int(match[1], 16)
        if at > 64 * 1024 * 1024:
            raise ProgramError("xxd: bad offset")
        row = bytes.fromhex(re.sub(r"\s", "", match[2])[: len(re.sub(r"\s", "", match[2])) // 2 * 2])
        out += bytes(max(0, at - len(out)))
        out[at : at + len(row)] = row
    return bytes(out)


_CODES: Final = {1: "B", 2: "H", 4: "I", 8: "Q"}
_SIZES: Final = {"C": 1, "S": 2, "I": 4, "L": 8}
_SHORT: Final = {
    "b": "o1",
    "c": "c",
    "d": "u2",
    "o": "o2",
    "x": "x2",
    "s": "d2",
    "i": "d4",
    "l": "d8",
    "a": "a",
    "h": "x2",
    "H": "x4",
    "X": "x4",
}
_NAMED: Final = [
    "nul",
    "soh",
    "stx",
    "etx",
    "eot",
    "enq",
    "ack",
    "bel",
    "bs",
    "ht",
    "nl",
    "vt",
    "ff",
    "cr",
    "so",
    "si",
    "dle",
    "dc1",
    "dc2",
    "dc3",
    "dc4",
    "nak",
    "syn",
    "etb",
    "can",
    "em",
    "sub",
    "esc",
    "fs",
    "gs",
    "rs",
    "us",
]


async def od(p: Process) -> int:
    """Dump in octal, hexadecimal or decimal."""
    options = parse(p, "bcdosxhHXvail", "jNtAw", longs={"format": "t", "address-radix": "A", "read-bytes": "N", "skip-bytes": "j"},
                    usage="[-bcdosxv] [-j #] [-N #] [-w #] [-A doxn] [-t acdfoux[#]]")  # fmt: skip
    data, status = await inputs(p, options.args)
    skip = count(p, options.value("j", "0"))
    data = data[skip:]
    data = data[: count(p, options.value("N"))] if "N" in options else data
    values = [kind for text in options.values("t") for kind in re.findall(r"[acdfoux][0-9CSIL]*z?", text)]
    kinds = [_SHORT[letter] for letter in options.order if letter in _SHORT] + values or ["o2"]
    width, radix = number(p, options.value("w", "16"), low=1), options.value("A", "o")
    columns = [_column(p, kind) for kind in kinds]
    cell = max(width_of * (8 // size) for _, size, width_of in columns)
    previous, starred = b"", False
    for i in range(0, len(data), width):
        row = data[i : i + width]
        await breathe()
        if row == previous and "v" not in options and len(row) == width:
            if not starred:
                p.out("*\n")
            starred = True
            continue
        previous, starred = row, False
        for index, (kind, size, _) in enumerate(columns):
            label = _address(skip + i, radix) if index == 0 else " " * len(_address(0, radix))
            each = cell * size // 8
            p.out(label + "".join(f"{text:>{each}}" for text in _cells(row, kind, size)) + "\n")
        await p.stdout.drain()
    if radix != "n":
        p.out(_address(skip + len(data), radix) + "\n")
    return status


def _address(at: int, radix: str) -> str:
    return {"o": f"{at:07o}", "d": f"{at:07d}", "x": f"{at:06x}", "n": ""}.get(radix, f"{at:07o}")


def _column(p: Process, kind: str) -> tuple[str, int, int]:
    letter, size_text = kind[0], kind[1:].rstrip("z")
    size = _SIZES.get(size_text) or int(size_text or (1 if letter in "ac" else 4))
    if letter in "ac":
        return letter, 1, 4
    if size not in _CODES or letter == "f":
        raise ProgramError(f"od: bad -t {kind}")
    digits = {"x": 2 * size, "o": -(-8 * size // 3), "u": len(str(256**size - 1)), "d": len(str(256**size // 2)) + 1}[letter]
    return letter, size, digits + 1


def _cells(row: bytes, kind: str, size: int) -> list[str]:
    if kind in "ac":
        return [_char(b, kind) for b in row]
    padded = row + bytes(-len(row) % size)
    digits = {"x": 2 * size, "o": -(-8 * size // 3)}.get(kind, 0)
    form = "<" + (_CODES[size].lower() if kind == "d" else _CODES[size])
    numbers = [int(value[0]) for value in struct.iter_unpack(form, padded)]
    return [f"{n:0{digits}x}" if kind == "x" else f"{n:0{digits}o}" if kind == "o" else str(n) for n in numbers]


def _char(byte: int, kind: str) -> str:
    if kind == "a":
        low = byte & 127
        return _NAMED[low] if low < 32 else "sp" if low == 32 else "del" if low == 127 else chr(low)
    names = {0: "\\0", 7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r"}
    return names.get(byte) or (chr(byte) if 32 <= byte < 127 else f"{byte:03o}")


async def hexdump(p: Process) -> int:
    """Dump in hexadecimal."""
    options = parse(p, "bCcdovx", "ns", usage="[-bcCdovx] [-n LEN] [-s SKIP] [FILE...]")
    data, status = await inputs(p, options.args)
    skip = count(p, options.value("s", "0"))
    data = data[skip:]
    data = data[: count(p, options.value("n"))] if "n" in options else data
    canonical = "C" in options or p.argv[0] == "hd"
    previous, starred = b"", False
    for i in range(0, len(data), 16):
        await p.stdout.drain()
        row = data[i : i + 16]
        if row == previous and "v" not in options and len(row) == 16:
            if not starred:
                p.out("*\n")
            starred = True
            continue
        previous, starred = row, False
        if canonical:
            halves = [" ".join(f"{b:02x}" for b in row[j : j + 8]) for j in (0, 8)]
            shown = "".join(chr(b) if 32 <= b < 127 else "." for b in row)
            p.out(f"{skip + i:08x}  {halves[0]:<23}  {halves[1]:<23}  |{shown}|\n")
        else:
            words = " ".join(f"{int.from_bytes(row[j : j + 2], 'little'):04x}" for j in range(0, len(row), 2))
            p.out(f"{skip + i:07x} {words}\n")
    if data:
        p.out(f"{skip + len(data):08x}\n" if canonical else f"{skip + len(data):07x}\n")
    return status


async def strings(p: Process) -> int:
    """Text in binary files."""
    options = parse(p, "af", "ton", usage="[-fo] [-t oxd] [-n LEN] [FILE...]")
    least = number(p, options.value("n", "4"), low=1)
    source = Lines(p, options.args)
    async for name, data in source.contents():
        for match in re.finditer(rb"[\t\x20-\x7e]{%d,}" % least, data):
            where = {"": "", "d": f"{match.start():7d} ", "x": f"{match.start():7x} ", "o": f"{match.start():7o} "}.get(
                options.value("t"), ""
            )
            p.out((f"{name}: " if "f" in options else "") + where + match[0].decode() + "\n")
            await p.stdout.drain()
    return source.status
