"""Android's binary XML and resource table, read without trust: what is wrong raises `AxmlError`, nothing is read beyond the data."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from mobilegym.errors import MobileGymError

__all__ = ["AxmlError", "ResourceId", "XmlNode", "parse_xml", "resource_strings"]

_STRINGS: Final = 0x0001
_TABLE: Final = 0x0002
_XML: Final = 0x0003
_START: Final = 0x0102
_END: Final = 0x0103
_RESOURCE_MAP: Final = 0x0180
_PACKAGE: Final = 0x0200
_TYPE: Final = 0x0201
_NONE: Final = 0xFFFFFFFF
_MAX_STRINGS: Final = 200_000
_MAX_TEXT: Final = 16 * 1024 * 1024
"""Characters of all strings together: several entries may point at the same bytes."""
_MAX_NODES: Final = 50_000
_MAX_DEPTH: Final = 64
_MAX_CHUNKS: Final = 4 * _MAX_NODES
_MAX_STEPS: Final = 64
"""Entries that a look-up visits: one may refer to others."""


class AxmlError(MobileGymError):
    """The data is no well-formed binary XML or resource table."""


class ResourceId(int):
    """A reference to a resource, such as `@string/app_name`."""


_Value: TypeAlias = str | int | bool | ResourceId | None


@dataclass(slots=True)
class XmlNode:
    """An element. Attributes have names without prefix."""

    tag: str
    attrs: dict[str, _Value] = field(default_factory=dict[str, _Value])
    kids: list[XmlNode] = field(default_factory=list["XmlNode"])

    def text(self, name: str) -> str:
        """An attribute as text; empty where it is missing or no text."""
        value = self.attrs.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str, default: int) -> int:
        """An attribute as a whole number, also where it was written as text."""
        value = self.attrs.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12:
            return int(value)
        return value if isinstance(value, int) and not isinstance(value, bool | ResourceId) else default

    def flag(self, name: str, default: bool = False) -> bool:
        """An attribute as yes or no."""
        value = self.attrs.get(name)
        return value if isinstance(value, bool) else value.casefold() == "true" if isinstance(value, str) else default

    def all(self, tag: str) -> list[XmlNode]:
        """Direct children of that tag."""
        return [kid for kid in self.kids if kid.tag == tag]

    def first(self, tag: str) -> XmlNode | None:
        """The first child of that tag."""
        return next((kid for kid in self.kids if kid.tag == tag), None)


class _Chunk(NamedTuple):
    kind: int
    body: int
    """Where the part after the header starts."""
    start: int
    end: int


class _Data:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def u16(self, at: int) -> int:
        return self._get("<H", at, 2)

    def u32(self, at: int) -> int:
        return self._get("<I", at, 4)

    def _get(self, form: str, at: int, size: int) -> int:
        if at < 0 or at + size > len(self.data):
            raise AxmlError("data ends too early")
        return int(struct.unpack_from(form, self.data, at)[0])

    def chunk(self, at: int, end: int) -> _Chunk:
        kind, header, size = self.u16(at), self.u16(at + 2), self.u32(at + 4)
        if header < 8 or size < header or at + size > end:
            raise AxmlError(f"chunk {kind:#x} at {at} has a bad size")
        return _Chunk(kind, at + header, at, at + size)

    def chunks(self, at: int, end: int) -> list[_Chunk]:
        """Chunks one after another; padding at the end is left out."""
        found: list[_Chunk] = []
        while at + 8 <= end:
            found.append(self.chunk(at, end))
            if len(found) > _MAX_CHUNKS:
                raise AxmlError("there are too many chunks")
            at = found[-1].end
        return found


class _Pool:
    """A string pool; strings are decoded when they are first asked for."""

    def __init__(self, data: _Data, chunk: _Chunk) -> None:
        self._data, self._chunk = data, chunk
        at = chunk.start + 8
        self.count, _, flags, strings = data.u32(at), data.u32(at + 4), data.u32(at + 8), data.u32(at + 12)
        if self.count > _MAX_STRINGS or chunk.body + 4 * self.count > chunk.end or strings > chunk.end - chunk.start:
            raise AxmlError("a string pool has a bad size")
        self._utf8 = bool(flags & 0x100)
        self._strings = chunk.start + strings
        self._known: dict[int, str] = {}
        self._room = _MAX_TEXT

    def get(self, index: int) -> str:
        if index == _NONE:
            return ""
        if index >= self.count:
            raise AxmlError(f"there is no string {index}")
        text = self._known.get(index)
        if text is None:
            text = self._known[index] = self._decode(self._strings + self._data.u32(self._chunk.body + 4 * index))
            self._room -= len(text)
            if self._room < 0:
                raise AxmlError("the strings are too long")
        return text

    def _decode(self, at: int) -> str:
        raw = self._data.data
        if self._utf8:
            at = self._skip_length(at)
            length, at = self._length8(at)
            end = at + length
        else:
            units = self._data.u16(at)
            at += 2
            if units & 0x8000:
                units = (units & 0x7FFF) << 16 | self._data.u16(at)
                at += 2
            end = at + 2 * units
        if end > self._chunk.end:
            raise AxmlError("a string is longer than its pool")
        return raw[at:end].decode("utf-8" if self._utf8 else "utf-16-le", "replace")

    def _skip_length(self, at: int) -> int:
        return self._length8(at)[1]

    def _length8(self, at: int) -> tuple[int, int]:
        first = self._data.u16(at) if at + 2 <= len(self._data.data) else 0
        low, high = first & 0xFF, first >> 8
        return ((low & 0x7F) << 8 | high, at + 2) if low & 0x80 else (low, at + 1)


def _value(kind: int, raw: int, pool: _Pool, strings: _Pool) -> _Value:
    del strings
    match kind:
        case 0x01 | 0x02:
            return ResourceId(raw)
        case 0x03:
            return pool.get(raw)
        case 0x12:
            return raw != 0
        case 0x10:
            return raw - (1 << 32) if raw & 0x80000000 else raw
        case 0x11:
            return raw
        case _:
            return None


_ATTRIBUTES: Final = {
    0x01010000: "theme", 0x01010001: "label", 0x01010002: "icon", 0x01010003: "name", 0x01010006: "permission", 0x0101000C: "hasCode",
    0x0101000E: "enabled", 0x0101000F: "debuggable", 0x01010010: "exported", 0x01010018: "authorities", 0x01010011: "process",
    0x0101001D: "launchMode", 0x01010021: "targetPackage", 0x01010024: "value", 0x01010025: "resource", 0x01010026: "mimeType",
    0x01010027: "scheme", 0x01010028: "host", 0x01010029: "port", 0x0101002A: "path", 0x01010202: "targetActivity",
    0x0101020C: "minSdkVersion", 0x0101021B: "versionCode", 0x0101021C: "versionName", 0x01010270: "targetSdkVersion",
    0x01010271: "maxSdkVersion", 0x01010272: "testOnly", 0x01010576: "versionCodeMajor",
}  # fmt: skip
"""Names of the framework's attributes: shrunk APKs keep only their numbers."""


def parse_xml(data: bytes) -> XmlNode:
    """The root element of a binary XML file.

    Raises:
        AxmlError: It is malformed.
    """
    source = _Data(data)
    whole = source.chunk(0, len(data))
    if whole.kind != _XML:
        raise AxmlError(f"no binary XML: it starts with {whole.kind:#x}")
    pool: _Pool | None = None
    resources: list[int] = []
    root: XmlNode | None = None
    open_nodes: list[XmlNode] = []
    count = 0
    for chunk in source.chunks(whole.body, whole.end):
        if chunk.kind == _STRINGS and pool is None:
            pool = _Pool(source, chunk)
        elif chunk.kind == _RESOURCE_MAP:
            resources = [source.u32(at) for at in range(chunk.body, min(chunk.end - 3, chunk.body + 4 * _MAX_STRINGS), 4)]
        elif chunk.kind == _START and pool is not None:
            node = _element(source, chunk, pool, resources)
            count += 1
            if count > _MAX_NODES or len(open_nodes) >= _MAX_DEPTH:
                raise AxmlError("there are too many elements")
            if open_nodes:
                open_nodes[-1].kids.append(node)
            elif root is not None:
                raise AxmlError("there is more than one root element")
            else:
                root = node
            open_nodes.append(node)
        elif chunk.kind == _END:
            if not open_nodes:
                raise AxmlError("an element ends that never began")
            open_nodes.pop()
    if root is None or open_nodes:
        raise AxmlError("the document has no end")
    return root


def _element(source: _Data, chunk: _Chunk, pool: _Pool, resources: list[int]) -> XmlNode:
    at = chunk.body
    tag = pool.get(source.u32(at + 4))
    start, size, count = source.u16(at + 8), source.u16(at + 10), source.u16(at + 12)
    if size < 20 or at + start + size * count > chunk.end:
        raise AxmlError(f"element {tag!r} has bad attributes")
    node = XmlNode(tag)
    for i in range(count):
        where = at + start + i * size
        number = source.u32(where + 4)
        known = _ATTRIBUTES.get(resources[number]) if number < len(resources) else None
        name = known or pool.get(number)
        node.attrs.setdefault(name, _value(source.u32(where + 12) >> 24, source.u32(where + 16), pool, pool))
    return node


def resource_strings(data: bytes) -> Callable[[int], str]:
    """Look up strings of a resource table by resource id, in the default configuration; unknown ones are empty.

    Raises:
        AxmlError: The table is malformed. The look-up itself raises it too.
    """
    source = _Data(data)
    whole = source.chunk(0, len(data))
    if whole.kind != _TABLE:
        raise AxmlError(f"no resource table: it starts with {whole.kind:#x}")
    chunks = source.chunks(whole.body, whole.end)
    pool = next((_Pool(source, chunk) for chunk in chunks if chunk.kind == _STRINGS), None)
    packages = {source.u32(chunk.body - (chunk.body - chunk.start) + 8): chunk for chunk in chunks if chunk.kind == _PACKAGE}

    def look_up(resource: int) -> str:
        best, waiting = "", [resource]
        for _ in range(_MAX_STEPS):
            if not waiting or pool is None:
                break
            wanted = waiting.pop(0)
            chunk = packages.get(wanted >> 24)
            for part in source.chunks(chunk.body, chunk.end) if chunk is not None else ():
                if part.kind != _TYPE or source.u32(part.start + 8) & 0xFF != wanted >> 16 & 0xFF:
                    continue
                entry = _entry(source, part, wanted & 0xFFFF)
                if entry is not None and entry[0] == 0x01:
                    waiting.append(entry[1])
                elif entry is not None and entry[0] == 0x03:
                    text = pool.get(entry[1])
                    if _is_default(source, part):
                        return text
                    best = best or text
        return best

    return look_up


def _is_default(source: _Data, part: _Chunk) -> bool:
    size = source.u32(part.start + 20)
    return not any(source.data[part.start + 24 : min(part.start + 20 + size, part.end)])


def _entry(source: _Data, part: _Chunk, index: int) -> tuple[int, int] | None:
    """Type and data of a simple entry."""
    flags, count, entries = source.u32(part.start + 8) >> 8 & 0xFF, source.u32(part.start + 12), source.u32(part.start + 16)
    offset = _NONE
    if flags & 0x01:
        for i in range(min(count, (part.end - part.body) // 4)):
            if source.u16(part.body + 4 * i) == index:
                offset = 4 * source.u16(part.body + 4 * i + 2)
    elif index < count:
        if flags & 0x02:
            short = source.u16(part.body + 2 * index)
            offset = _NONE if short == 0xFFFF else 4 * short
        else:
            offset = source.u32(part.body + 4 * index)
    at = part.start + entries + offset
    if offset == _NONE or at + 16 > part.end:
        return None
    if source.u16(at + 2) & 0x08:
        # A compact entry: the type is in the flags, the value follows at once.
        return source.u16(at + 2) >> 8, source.u32(at + 4)
    return None if source.u16(at + 2) & 0x01 else (source.u32(at + 12 - 4) >> 24, source.u32(at + 12))
