"""Files of the notebook: names, order, and the small Markdown that the preview understands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from mobilegym.emulator.device import FileStat
from mobilegym.emulator.phone.apps.media_files import uri_path
from mobilegym.errors import NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["EXTENSIONS", "NOTEBOOK", "PACKAGE", "Block", "SortKey", "blocks", "describe", "is_text", "named_file", "order", "search"]

PACKAGE: Final = "net.gsantner.markor"
NOTEBOOK: Final = "/sdcard/Documents"
EXTENSIONS: Final = (("Markdown", ".md"), ("Plain Text", ".txt"), ("todo.txt", ".todo.txt"), ("Wikitext / Zim", ".wiki"), ("CSV", ".csv"))
"""Types of the New dialog with their file endings."""

SortKey: TypeAlias = Literal["name", "date", "size", "type"]
_TEXT: Final = (".md", ".txt", ".csv", ".wiki", ".json", ".xml", ".html", ".log", ".yaml", ".yml", ".ini", ".vcf", ".ics", ".org")


def is_text(name: str) -> bool:
    """Whether the editor can open the file."""
    return name.lower().endswith(_TEXT) or "." not in name


def describe(stat: FileStat, when: datetime) -> str:
    """Second line of a file's row: date, and size for files."""
    date = f"{when.month}/{when.day}/{when.year % 100:02d} {when.hour:02d}:{when.minute:02d}"
    if stat.is_dir:
        return date
    return f"{date}  {_size(stat.size)}"


def _size(size: int) -> str:
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def named_file(kernel: Kernel, uri: str) -> str:
    """Path of the file that the data of an intent names; empty where it names none."""
    try:
        path = uri_path(kernel, uri)
    except NotFound:
        return ""
    return "" if kernel.files.is_dir(path) else path


def order(stats: Sequence[FileStat], key: SortKey, reverse: bool, folders_first: bool) -> list[FileStat]:
    """Sorted copy; ties by name."""

    def rank(stat: FileStat) -> tuple[object, ...]:
        name = stat.path.rsplit("/", 1)[-1].casefold()
        value: object = {"name": name, "date": stat.modified_ms, "size": stat.size, "type": name.rsplit(".", 1)[-1]}[key]
        return value, name

    found = sorted(stats, key=rank, reverse=reverse)
    return sorted(found, key=lambda s: not s.is_dir) if folders_first else found


def search(names: Sequence[str], texts: Sequence[str], wanted: str) -> list[int]:
    """Indexes of files whose name or content contains the text, any case."""
    low = wanted.casefold()
    return [i for i, (name, text) in enumerate(zip(names, texts, strict=True)) if low in name.casefold() or low in text.casefold()]


class Block(NamedTuple):
    """One block of rendered Markdown."""

    kind: Literal["h1", "h2", "h3", "text", "bullet", "number", "check", "checked", "quote", "code", "rule"]
    text: str
    line: int
    """0-based line in the source."""


_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("h3", re.compile(r"#{3,6}\s+(.*)")), ("h2", re.compile(r"##\s+(.*)")), ("h1", re.compile(r"#\s+(.*)")),
    ("checked", re.compile(r"\s*[-*+]\s+\[[xX]\]\s+(.*)")), ("check", re.compile(r"\s*[-*+]\s+\[ \]\s+(.*)")),
    ("bullet", re.compile(r"\s*[-*+]\s+(.*)")), ("number", re.compile(r"\s*(\d+[.)]\s+.*)")), ("quote", re.compile(r">\s?(.*)")),
    ("rule", re.compile(r"(?:-{3,}|\*{3,}|_{3,})\s*()$")),
)  # fmt: skip


def blocks(source: str) -> list[Block]:
    """Markdown as blocks; paragraphs of several lines are joined, inline marks taken off."""
    found: list[Block] = []
    code = False
    for number, line in enumerate(source.split("\n")):
        if line.startswith("```"):
            code = not code
            continue
        if code:
            found.append(Block("code", line, number))
            continue
        for kind, pattern in _PATTERNS:
            match = pattern.fullmatch(line)
            if match is not None:
                found.append(Block(kind, _inline(match.group(1)), number))
                break
        else:
            last = found[-1] if found else None
            if line.strip() and last is not None and last.kind == "text" and source.split("\n")[number - 1].strip():
                found[-1] = Block("text", f"{last.text} {_inline(line)}", last.line)
            elif line.strip():
                found.append(Block("text", _inline(line), number))
    return found


def _inline(text: str) -> str:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__|~~|`)(.+?)\1", r"\2", text)
    return re.sub(r"(?<!\w)([*_])(\S.*?\S|\S)\1(?!\w)", r"\2", text)
