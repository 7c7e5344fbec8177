"""Typefaces, icons and the choice of a glyph for a character.

Fonts are loaded by path, from two installed font packages and from the paths a configuration names, never from the system:
the same text gives the same pixels on every machine. Nothing is loaded on import.
"""

from __future__ import annotations

import importlib
import importlib.util
import unicodedata
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from mobilegym.emulator.phone.ui.emoji import SYMBOLS
from mobilegym.errors import ContentError, MissingPrerequisite

__all__ = ["ICONS", "WEIGHTS", "Glyph", "font", "glyph", "has_icon", "icon_char", "is_invisible", "load_skia", "typeface", "typeface_path"]

ICONS: Final = "icons"
"""Face id of the icon font."""

_FILES: Final = {
    "thin": "Roboto-Thin.ttf",
    "light": "Roboto-Light.ttf",
    "regular": "Roboto-Regular.ttf",
    "medium": "Roboto-Medium.ttf",
    "bold": "Roboto-Bold.ttf",
    "black": "Roboto-Black.ttf",
    "light-italic": "Roboto-LightItalic.ttf",
    "italic": "Roboto-Italic.ttf",
    "medium-italic": "Roboto-MediumItalic.ttf",
    "bold-italic": "Roboto-BoldItalic.ttf",
}
WEIGHTS: Final = frozenset(_FILES)
"""Face ids of the text font, the values of `TextStyle.weight`."""

_EMOJI_SCALE: Final = 1.18
"""Icons stand in for emoji a little larger than the em, as emoji fonts draw them."""


class Glyph(NamedTuple):
    """What one character is drawn with."""

    face: str
    """A weight of `WEIGHTS`, `ICONS`, or the path of a fallback font."""
    glyph_id: int
    """Glyph index in the face; 0 is the face's empty box."""
    scale: float
    """Font size relative to the text size."""
    color: int | None
    """Own ARGB colour, or None for the text's colour."""


@cache
def load_skia() -> Any:
    """The `skia` module, which has no type stubs.

    Raises:
        MissingPrerequisite: It is not installed, or the system libraries it links against are absent.
    """
    try:
        return importlib.import_module("skia")
    except ModuleNotFoundError as e:
        raise MissingPrerequisite(
            "Drawing the phone's screen needs `skia-python`, which is not installed: run `pip install skia-python`"
        ) from e
    except ImportError as e:
        raise MissingPrerequisite(
            f"Drawing the phone's screen needs the libraries libGL and libEGL ({e}): run `apt-get install libgl1 libegl1`"
        ) from e


@cache
def _package_folder(package: str, distribution: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise MissingPrerequisite(f"The font package `{distribution}` is not installed: run `pip install {distribution}`")
    return Path(next(iter(spec.submodule_search_locations)))


def typeface_path(face: str) -> Path:
    """File of a face id."""
    if face == ICONS:
        return _package_folder("fonticon_mdi7", "fonticon-materialdesignicons7") / "fonts" / "materialdesignicons-webfont.ttf"
    if face in _FILES:
        return _package_folder("font_roboto", "font-roboto") / "files" / _FILES[face]
    return Path(face)


@cache
def typeface(face: str) -> Any:
    """The `skia.Typeface` of a face id: a weight, `ICONS`, or the path of a font file.

    Raises:
        ContentError: The file is absent or not a font.
        MissingPrerequisite: A font package is not installed.
    """
    path = typeface_path(face)
    # An empty manager reads the file without asking the system's font configuration.
    manager = load_skia().FontMgr.New_Custom_Empty()
    loaded = manager.makeFromFile(str(path)) if path.is_file() else None
    if loaded is None:
        raise ContentError(f"`{path}` is not a font file; name a weight of {sorted(WEIGHTS)} or the path of a .ttf, .otf or .ttc", key=face)
    return loaded


@lru_cache(maxsize=1024)
def font(face: str, size_px: float) -> Any:
    """The `skia.Font` of a face at a size, unhinted and with sub-pixel positions, so that advances scale with the size."""
    skia = load_skia()
    made = skia.Font(typeface(face), size_px)
    made.setSubpixel(True)
    made.setHinting(skia.FontHinting.kNone)
    made.setEdging(skia.Font.Edging.kAntiAlias)
    return made


@cache
def _icon_table() -> Any:
    _package_folder("fonticon_mdi7", "fonticon-materialdesignicons7")
    return importlib.import_module("fonticon_mdi7.mdi7").MDI7


@cache
def has_icon(name: str) -> bool:
    """Whether `icon_char` knows the name."""
    return not name.startswith("_") and isinstance(getattr(_icon_table(), name.replace("-", "_"), None), str)


@cache
def icon_char(name: str) -> str:
    """The character of a Material Design icon, such as `arrow_left` (`arrow-left` is the same).

    Raises:
        ContentError: There is no such icon; the message names similar ones.
    """
    if not has_icon(name):
        names: list[str] = dir(_icon_table())
        similar = get_close_matches(name.replace("-", "_"), names, n=6, cutoff=0.5)
        raise ContentError(f"No icon is called `{name}`; similar names: {', '.join(similar) or 'none'}", key=name)
    return str(getattr(_icon_table(), name.replace("-", "_"))).rpartition(".")[2]


def is_invisible(char: str) -> bool:
    """Whether a character takes no room and leaves no ink: joiners, direction marks, variation selectors, skin tones, tags."""
    code = ord(char)
    return (
        (unicodedata.category(char) in ("Cf", "Cc") and char not in "\t\n\r")
        or 0xFE00 <= code <= 0xFE0F
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0000 <= code <= 0xE01EF
    )


@lru_cache(maxsize=16384)
def glyph(char: str, weight: str, fallback: tuple[str, ...] = ()) -> Glyph | None:
    """The glyph for one character: the text font, then the fallback fonts in order, then an icon for a common emoji, then a box.

    Args:
        char: One character. A regional indicator is drawn as its letter.
        weight: One of `WEIGHTS`.
        fallback: Paths of further fonts.

    Returns:
        None for a character that is never drawn.
    """
    if char in "\t\n\r":
        char = " "
    if is_invisible(char):
        return None
    code = ord(char)
    if 0x1F1E6 <= code <= 0x1F1FF:
        code = code - 0x1F1E6 + ord("A")
    for face in (weight, *fallback):
        index = int(typeface(face).unicharToGlyph(code))
        if index:
            return Glyph(face, index, 1.0, None)
    symbol = SYMBOLS.get(char)
    if symbol is None:
        return Glyph(weight, 0, 1.0, None)
    name, color = symbol
    return Glyph(ICONS, int(typeface(ICONS).unicharToGlyph(ord(icon_char(name)))), 1.0 if color is None else _EMOJI_SCALE, color)
