"""Where the reference pictures are, and how a screen is compared with its own."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

import numpy as np
from PIL import Image

from mobilegym.emulator.phone import PhoneConfig
from mobilegym.emulator.phone.device import PhoneSnapshot, VirtualPhone
from mobilegym.emulator.phone.ui.paint import pixel_hash
from mobilegym.observation import Pixels
from tests.emulator.phone.apps.pilot import Pilot
from tests.emulator.phone.furniture import furnish
from tests.pictures.screens import SCREENS

FOLDER: Final = Path(__file__).parent
EXPECTED: Final = FOLDER / "expected"
"""Small pictures of how the screens looked when they were accepted, for people."""
HASHES: Final = FOLDER / "hashes.json"
"""Hash of the full picture of each screen: what is compared."""
OUT: Final = FOLDER / "out"
THEMES: Final = ("light", "dark")
Theme: TypeAlias = Literal["light", "dark"]


@cache
def _prepared(theme: Theme) -> PhoneSnapshot:
    phone = VirtualPhone(PhoneConfig(dark=theme == "dark"))
    furnish(phone)
    return phone.snapshot()


def take(name: str, theme: Theme) -> Pixels:
    """The picture of a screen, 1080×2400."""
    saved = _prepared(theme)
    phone = VirtualPhone(saved.config)
    phone.restore(saved)
    SCREENS[name](Pilot(phone))
    return phone.render()


def known() -> dict[str, str]:
    """Accepted hashes by `name.theme`."""
    return json.loads(HASHES.read_text(encoding="utf-8")) if HASHES.exists() else {}


def small(picture: Pixels) -> Image.Image:
    """A quarter of the height and width, for people."""
    height, width, _ = picture.shape
    return Image.fromarray(picture).resize((width // 4, height // 4), Image.Resampling.LANCZOS)


def accept(name: str, theme: Theme, picture: Pixels) -> str:
    """Keep the small picture of a screen; returns the hash of the full one."""
    EXPECTED.mkdir(exist_ok=True)
    small(picture).save(EXPECTED / f"{name}.{theme}.webp", quality=60, method=6)
    return pixel_hash(picture)


def show_difference(name: str, theme: Theme, picture: Pixels, out: Path = OUT) -> str:
    """Write what differs to `out`; says where, and what to do."""
    out.mkdir(exist_ok=True)
    stem = f"{name}.{theme}"
    Image.fromarray(picture).save(out / f"{stem}.actual.png")
    reference = EXPECTED / f"{stem}.webp"
    if not reference.exists():
        return f"{stem} has no reference picture; look at {out}/{stem}.actual.png, and if it is right run `make pictures`"
    with Image.open(reference) as image:
        expected = image.convert("RGB")
    expected.save(out / f"{stem}.expected.png")
    actual = small(picture)
    difference = np.abs(np.asarray(actual, np.int16) - np.asarray(expected.resize(actual.size), np.int16)).max(axis=2)
    # The reference is compressed with loss, so small differences mean nothing.
    difference = np.where(difference > 48, 255, difference // 4).astype(np.uint8)
    Image.fromarray(255 - difference).save(out / f"{stem}.diff.png")
    return (
        f"{stem} looks different: compare {out}/{stem}.actual.png with {stem}.expected.png ({stem}.diff.png: black where they "
        f"differ much). If the new picture is right, run `make pictures`, and commit what changes in tests/pictures"
    )
