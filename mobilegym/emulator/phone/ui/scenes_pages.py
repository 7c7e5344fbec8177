"""Pictures with writing on them, and wallpapers. The caption gives the lines; without one, plausible ones are made up."""

from __future__ import annotations

import math
import random
from typing import Final, NamedTuple

from mobilegym.emulator.phone.ui.brush import Brush, Scene, mix

__all__ = ["PAGES", "Page"]


class Page(NamedTuple):
    """A scene with its own size."""

    paint: Scene
    w: float
    h: float


_GOODS: Final = ("Milk 1 l", "Bread", "Apples 1 kg", "Coffee beans", "Olive oil", "Pasta", "Cheese", "Eggs 10", "Tomatoes", "Butter")


def _fitted(b: Brush, x: float, y: float, line: str, size: float, room: float, color: int, weight: str = "regular") -> None:
    wide = b.text_width(line, size, weight)
    b.text(x, y, line, size if wide <= room else size * room / wide, color, weight)


def _receipt(b: Brush, rng: random.Random, caption: str | None) -> None:
    b.gradient(0, 400, 0xFF6E5846, 0xFF54422F)
    for i in range(10):
        b.line([(0, i * 42 + 8), (300, i * 42 + 4)], 0x30000000, 1.5)
    b.canvas.rotate(rng.uniform(-3, 3), 150, 200)
    b.rect(47, 14, 214, 380, 0x50000000, 2)
    teeth = [(42 + 8 * i + 4 * k, 390 - 6 * k) for i in range(27) for k in (0, 1)]
    b.poly([(42, 10), (258, 10), *reversed(teeth)], 0xFFFBFAF5)
    if caption is None:
        cents = [(name, rng.randrange(99, 1299)) for name in rng.sample(_GOODS, 6)]
        rows = ["CORNER MARKET", "", *(f"{name}|{c / 100:.2f}" for name, c in cents), "", f"TOTAL|{sum(c for _, c in cents) / 100:.2f}"]
    else:
        rows = caption.split("\n")
    step = min(26.0, 350 / max(len(rows), 1))
    for i, row in enumerate(rows):
        y = 42 + i * step
        name, _, amount = row.partition("|")
        weight = "bold" if i == 0 or name.isupper() else "regular"
        if not row:
            b.line([(58, y - 4), (242, y - 4)], 0x60000000, 1)
        elif i == 0 and not amount:
            x = 150 - min(b.text_width(name, step * 0.66, weight), 184) / 2
            _fitted(b, x, y, name, step * 0.66, 184, 0xFF22242A, weight)
        else:
            _fitted(b, 58, y, name, step * 0.56, 130 if amount else 184, 0xFF33363D, weight)
            _fitted(b, 242 - b.text_width(amount, step * 0.56, weight), y, amount, step * 0.56, 60, 0xFF33363D, weight)


def _whiteboard(b: Brush, rng: random.Random, caption: str | None) -> None:
    b.gradient(0, 300, 0xFFC9CDD3, 0xFFAEB4BC)
    b.canvas.rotate(rng.uniform(-1.2, 1.2), 200, 150)
    b.rect(18, 16, 364, 258, 0xFF8C929B, 5)
    b.rect(26, 24, 348, 242, 0xFFFAFBFC, 2)
    b.glow(120, 60, 150, 0x90FFFFFF)
    b.rect(140, 268, 120, 8, 0xFF6F757E, 2)
    for i, color in enumerate((0xFF1F5FBF, 0xFFC62828, 0xFF2E7D32)):
        b.rect(156 + i * 30, 263, 24, 6, color, 3)
    rows = (caption or "PLAN\n- draft outline\n- call the printer\n- review on Friday\n- send invites").split("\n")
    step = min(34.0, 210 / max(len(rows), 1))
    ink = rng.choice((0xFF1F5FBF, 0xFF1B1D22, 0xFFB3261E))
    for i, row in enumerate(rows):
        _fitted(
            b, 46, 62 + i * step, row, step * (0.78 if i == 0 else 0.66), 308, ink if i == 0 else 0xFF2A2E36, "italic" if i else "medium"
        )
    if rows:
        b.line([(46, 68), (46 + min(b.text_width(rows[0], step * 0.78, "medium"), 308), 67)], ink, 2.5)


def _document(b: Brush, rng: random.Random, caption: str | None) -> None:
    b.gradient(0, 400, 0xFF9AA3AD, 0xFF7F8891)
    b.canvas.rotate(rng.uniform(-1.5, 1.5), 150, 200)
    b.rect(26, 18, 254, 372, 0x40000000)
    b.rect(22, 12, 254, 374, 0xFFFFFFFF)
    rows = (caption or "").split("\n") if caption else []
    b.rect(42, 30, 34, 34, rng.choice((0xFF2D7DD2, 0xFFD7373F, 0xFF2A9D8F)), 6)
    step = min(22.0, 300 / max(len(rows), 1))
    for i, row in enumerate(rows):
        _fitted(b, 42, 92 + i * step, row, 16 if i == 0 else step * 0.6, 214, 0xFF22242A, "bold" if i == 0 else "regular")
    y = 92 + len(rows) * step + 8
    while y < 366 and not rows:
        b.rect(42, y, rng.uniform(120, 214), 5, 0xFFC9CDD3, 2)
        y += 14


def _screenshot(b: Brush, rng: random.Random, caption: str | None) -> None:
    dark = rng.random() < 0.3
    back, front, card = (0xFF111318, 0xFFE2E2E9, 0xFF1D2024) if dark else (0xFFF9F9FF, 0xFF191C20, 0xFFEDEDF4)
    b.rect(0, 0, 360, 800, back)
    b.text(22, 28, f"{rng.randrange(8, 21)}:{rng.randrange(60):02d}", 14, front, "medium")
    b.rect(318, 16, 20, 11, front, 3)
    rows = (caption or "Reservation confirmed\nTable for two\nSaturday 19:30\nReference 4F7K2").split("\n")
    _fitted(b, 22, 92, rows[0], 24, 316, front, "medium")
    step = min(76.0, 620 / max(len(rows), 1))
    for i, row in enumerate(rows[1:]):
        b.rect(16, 118 + i * step, 328, step - 12, card, 16)
        _fitted(b, 34, 118 + i * step + (step - 12) / 2 + 6, row, min(17, step * 0.4), 292, front)
    b.rect(126, 788, 108, 4, front, 2)


def _wallpaper(b: Brush, rng: random.Random, sky: tuple[int, ...], waves: tuple[int, ...]) -> None:
    """Broad soft waves under a gradient."""
    b.gradient(0, 2400, *sky)
    b.glow(780 + rng.uniform(-120, 120), 620, 720, mix(sky[0], 0xFFFFFFFF, 0.35) & 0x60FFFFFF)
    for i, color in enumerate(waves):
        base, swing, phase = 1050 + i * 260, 170 - 18 * i, rng.uniform(0, 2 * math.pi)
        ridge = [(x, base + swing * math.sin(phase + x / 330) + x * 0.12 * (-1) ** i) for x in range(0, 1081, 8)]
        b.poly([(0, 2400), *ridge, (1080, 2400)], color)


def _wallpaper_light(b: Brush, rng: random.Random, _: str | None) -> None:
    _wallpaper(b, rng, (0xFFCFE0FF, 0xFFE7ECFB, 0xFFF7E9E4), (0xFFB4CCF8, 0xFF93B4EE, 0xFF7097DD, 0xFF5580CC, 0xFF416AB5))


def _wallpaper_dark(b: Brush, rng: random.Random, _: str | None) -> None:
    _wallpaper(b, rng, (0xFF10141F, 0xFF1A2338, 0xFF263154), (0xFF22345E, 0xFF1C2B50, 0xFF172443, 0xFF121C36, 0xFF0D1529))


def _wallpaper_warm(b: Brush, rng: random.Random, _: str | None) -> None:
    _wallpaper(b, rng, (0xFFFFE2C6, 0xFFFBD0B5, 0xFFF7C2B1), (0xFFF2AC93, 0xFFE6907A, 0xFFCF7068, 0xFFAE5560, 0xFF863F55))


def _wallpaper_green(b: Brush, rng: random.Random, _: str | None) -> None:
    _wallpaper(b, rng, (0xFFE3F1DA, 0xFFD2E8D0, 0xFFBFDFCB), (0xFFA3D0B5, 0xFF7FB99B, 0xFF5C9E83, 0xFF41846D, 0xFF2C6956))


PAGES: Final[dict[str, Page]] = {
    "receipt": Page(_receipt, 300, 400),
    "whiteboard": Page(_whiteboard, 400, 300),
    "document": Page(_document, 300, 400),
    "screenshot": Page(_screenshot, 360, 800),
    "wallpaper": Page(_wallpaper_light, 1080, 2400),
    "wallpaper_dark": Page(_wallpaper_dark, 1080, 2400),
    "wallpaper_warm": Page(_wallpaper_warm, 1080, 2400),
    "wallpaper_green": Page(_wallpaper_green, 1080, 2400),
}
"""Scenes by name."""
