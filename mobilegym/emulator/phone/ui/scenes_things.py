"""Pets, plants, food and people, in scenes of 400 x 300 units."""

from __future__ import annotations

import math
import random
from typing import Final

from mobilegym.emulator.phone.ui.brush import Brush, Scene, mix

__all__ = ["THINGS", "portrait"]


def _table(b: Brush, wall: int, top: int) -> None:
    b.gradient(0, 200, mix(wall, 0xFFFFFFFF, 0.25), wall)
    b.gradient(190, 110, top, mix(top, 0xFF000000, 0.25))
    b.rect(0, 190, 400, 3, mix(top, 0xFFFFFFFF, 0.3))


def _flower(b: Brush, rng: random.Random, _: str | None) -> None:
    b.gradient(0, 300, 0xFFB9DDB0, 0xFF5E9A63)
    for _i in range(16):
        b.glow(rng.uniform(0, 400), rng.uniform(0, 300), rng.uniform(20, 60), 0x30FFFFFF)
    hue = rng.choice((0xFFE84A8A, 0xFFF2C230, 0xFFE3553D, 0xFF9B6BDF, 0xFFFFFFFF))
    b.line([(200, 300), (206, 230), (200, 150)], 0xFF2F6B3A, 7)
    b.oval(206, 220, 76, 28, 0xFF3B8046, -24)
    b.oval(122, 240, 76, 28, 0xFF357741, 24)
    for ring, (count, length, share) in enumerate(((12, 96, 0.22), (10, 78, 0.0))):
        for i in range(count):
            angle = 360 * i / count + 15 * ring + rng.uniform(-4, 4)
            reach = length * 0.58
            x = 200 + reach * math.cos(math.radians(angle))
            y = 140 + reach * math.sin(math.radians(angle))
            b.oval(x - length / 2, y - 15, length, 30, mix(hue, 0xFF5A1A3A, share + 0.06 * (i % 2)), angle)
    b.circle(200, 140, 30, 0xFF8A5A1E)
    for i in range(70):
        a, r = i * 2.4, 28 * math.sqrt(i / 70)
        b.circle(200 + r * math.cos(a), 140 + r * math.sin(a), 2.1, 0xFFF4C24B if i % 3 else 0xFFC98A2B)


def _eyes(b: Brush, y: float, gap: float, r: float, iris: int) -> None:
    for x in (200 - gap, 200 + gap):
        b.circle(x, y, r, iris)
        b.circle(x, y, r * 0.62, 0xFF191919)
        b.circle(x + r * 0.28, y - r * 0.32, r * 0.25, 0xFFFFFFFF)


def _cat(b: Brush, rng: random.Random, _: str | None) -> None:
    wall = rng.choice((0xFFBFD3DB, 0xFFE5CFC3, 0xFFC9C3DE, 0xFFCFDDC3))
    b.gradient(0, 300, mix(wall, 0xFFFFFFFF, 0.3), wall)
    fur = rng.choice((0xFFE39A4C, 0xFF77777D, 0xFF3C3A40, 0xFFD9C4A5))
    dark = mix(fur, 0xFF3A1F0A, 0.35)
    b.oval(95, 210, 210, 190, fur)
    b.oval(150, 238, 100, 120, mix(fur, 0xFFFFFFFF, 0.7))
    for side in (-1, 1):
        b.poly([(200 + side * 98, 36), (200 + side * 92, 128), (200 + side * 24, 84)], fur)
        b.poly([(200 + side * 88, 58), (200 + side * 82, 110), (200 + side * 42, 86)], 0xFFF0A9A6)
    b.oval(98, 70, 204, 168, fur)
    for dx in (-26, 0, 26):
        b.line([(200 + dx, 78), (200 + dx * 0.75, 108)], dark, 7)
    for side in (-1, 1):
        b.line([(200 + side * 96, 150), (200 + side * 66, 156)], dark, 6)
        b.line([(200 + side * 94, 172), (200 + side * 68, 172)], dark, 6)
    b.oval(148, 164, 104, 66, mix(fur, 0xFFFFFFFF, 0.75))
    _eyes(b, 146, 44, 21, rng.choice((0xFFB7C94A, 0xFF68B7A8, 0xFFE3B23C)))
    b.poly([(188, 176), (212, 176), (200, 190)], 0xFFE58A8A)
    b.arc(176, 182, 24, 22, 0, 150, 0xFF5A3B30, 3)
    b.arc(200, 182, 24, 22, 30, 150, 0xFF5A3B30, 3)
    for side in (-1, 1):
        for dy in (-8, 4, 16):
            b.line([(200 + side * 44, 192 + dy * 0.4), (200 + side * 112, 186 + dy)], 0xC0FFFFFF, 1.6)


def _dog(b: Brush, rng: random.Random, _: str | None) -> None:
    b.gradient(0, 220, 0xFFA7D5F0, 0xFFE3F2F5)
    b.hill([(0, 210), (130, 196), (270, 212), (400, 200)], 0xFF86BE68)
    b.hill([(0, 250), (200, 240), (400, 254)], 0xFF6FAA55)
    fur = rng.choice((0xFFC98E4E, 0xFF8B5E3C, 0xFFE9D8BD, 0xFF555257))
    ear = mix(fur, 0xFF2B1608, 0.38)
    b.oval(110, 206, 180, 180, fur)
    b.oval(155, 230, 90, 130, mix(fur, 0xFFFFFFFF, 0.6))
    b.oval(116, 62, 168, 172, fur)
    b.oval(168, 66, 64, 120, mix(fur, 0xFFFFFFFF, 0.55))
    b.oval(84, 76, 60, 132, ear, 12)
    b.oval(256, 76, 60, 132, ear, -12)
    b.oval(150, 150, 100, 86, mix(fur, 0xFFFFFFFF, 0.7))
    _eyes(b, 132, 38, 14, 0xFF5B3A1E)
    b.oval(176, 154, 48, 32, 0xFF26211F)
    b.oval(186, 159, 14, 8, 0x90FFFFFF)
    b.line([(200, 186), (200, 200)], 0xFF26211F, 3)
    b.oval(185, 200, 30, 38, 0xFFE87B86)
    b.arc(164, 186, 36, 24, 10, 150, 0xFF26211F, 3)
    b.arc(200, 186, 36, 24, 20, 150, 0xFF26211F, 3)
    b.rect(140, 236, 120, 15, rng.choice((0xFFD7373F, 0xFF2D7DD2, 0xFF2A9D8F)), 7)
    b.circle(200, 254, 10, 0xFFF4C24B)


def _coffee(b: Brush, rng: random.Random, _: str | None) -> None:
    table = rng.choice((0xFF8A5A3B, 0xFFB88A62, 0xFF5C4334))
    b.gradient(0, 300, table, mix(table, 0xFF000000, 0.2))
    for i in range(8):
        y = i * 40 + rng.uniform(-4, 4)
        b.line([(0, y), (400, y + rng.uniform(-3, 3))], mix(table, 0xFF000000, 0.18), 1.5)
    b.oval(62, 46, 276, 232, 0x40000000)
    b.oval(62, 36, 276, 232, 0xFFF5F2EC)
    b.oval(86, 56, 228, 190, 0xFFE8E3DA)
    b.circle(296, 152, 26, 0xFFFFFFFF, 13)
    b.circle(200, 150, 92, 0xFFFFFFFF)
    b.circle(200, 150, 82, 0xFF6B3F24)
    b.circle(200, 150, 76, 0xFFA86E42)
    cream = 0xFFF3DFC1
    for i in range(4):
        size = 58 - 13 * i
        color = cream if i % 2 == 0 else 0xFFA86E42
        y = 148 + 3 * i
        b.circle(200 - size * 0.42, y - size * 0.24, size * 0.5, color)
        b.circle(200 + size * 0.42, y - size * 0.24, size * 0.5, color)
        b.poly([(200 - size * 0.85, y + size * 0.02), (200 + size * 0.85, y + size * 0.02), (200, y + size * 0.98)], color)
    b.rect(24, 206, 10, 82, 0xFFC9CDD2, 5)
    b.oval(16, 184, 26, 42, 0xFFC9CDD2)
    b.oval(322, 236, 46, 46, 0xFFC98E4E)
    for _i in range(6):
        b.circle(330 + rng.uniform(0, 30), 244 + rng.uniform(0, 28), 3.4, 0xFF4A2C1A)


def _cake(b: Brush, rng: random.Random, _: str | None) -> None:
    _table(b, rng.choice((0xFFF2C6D0, 0xFFC7DDF0, 0xFFE3D5F2)), 0xFFD7B48E)
    for _i in range(24):
        b.rect(rng.uniform(0, 400), rng.uniform(0, 150), 6, 3, rng.choice((0xFFE84A8A, 0xFFF2C230, 0xFF3F88C5, 0xFF2A9D8F)), 1)
    b.oval(78, 236, 244, 40, 0xFFFFFFFF)
    b.oval(90, 238, 220, 32, 0xFFE9EDF1)
    body, icing = rng.choice(((0xFF7A4A2C, 0xFFFFF3E6), (0xFFF3D9A6, 0xFFF57FA5), (0xFFF2E3C9, 0xFF8ED1C6)))
    b.rect(106, 150, 188, 104, body, 10)
    b.rect(106, 196, 188, 14, mix(icing, 0xFFFFFFFF, 0.2))
    b.rect(104, 138, 192, 34, icing, 14)
    for i in range(8):
        b.rect(106 + i * 24, 156, 20, rng.uniform(20, 40), icing, 10)
    for i in range(5):
        x = 136 + i * 32
        b.rect(x - 4, 98, 8, 42, rng.choice((0xFF3F88C5, 0xFFE5484D, 0xFF7C5CFC, 0xFFF5A524)), 2)
        b.glow(x, 88, 22, 0x90FFE08A)
        b.oval(x - 5, 78, 10, 19, 0xFFFFB52E)
        b.oval(x - 2.5, 85, 5, 11, 0xFFFFF2B8)
    for i in range(6):
        b.circle(122 + i * 31, 138, 9, 0xFFD7263D)
        b.circle(119 + i * 31, 135, 2.4, 0xB0FFFFFF)


def _pizza(b: Brush, rng: random.Random, _: str | None) -> None:
    b.gradient(0, 300, 0xFF5C4334, 0xFF3F2D23)
    for i in range(7):
        b.line([(0, 24 + i * 44), (400, 20 + i * 44)], 0xFF34251C, 2)
    b.oval(52, 12, 296, 284, 0x60000000)
    b.circle(200, 150, 138, 0xFFC58A52)
    b.circle(200, 150, 130, 0xFFE0A760)
    b.circle(200, 150, 114, 0xFFC4411F)
    b.circle(200, 150, 108, 0xFFF3C75A)
    spots = [(rng.uniform(0, 2 * math.pi), math.sqrt(rng.random()) * 96) for _ in range(80)]
    for i, (a, r) in enumerate(spots):
        x, y = 200 + r * math.cos(a), 150 + r * math.sin(a)
        if i < 34:
            b.oval(x - 13, y - 9, 26, 18, rng.choice((0xFFF9DD8C, 0xFFEEB648, 0xFFFBE7AE)), rng.uniform(0, 180))
        elif i < 62:
            b.oval(x - 7, y - 3, 14, 6, 0xFF4C8B3B, rng.uniform(0, 180))
    for i in range(11):
        a = 2 * math.pi * (i if i < 7 else i - 7) / (7 if i < 7 else 4) + 0.3
        r = 78 if i < 7 else 34
        x, y = 200 + r * math.cos(a), 150 + r * math.sin(a)
        b.circle(x, y, 17, 0xFF9E2A1F)
        b.circle(x, y, 14.5, 0xFFC8402F)
        b.circle(x - 4, y - 4, 3, 0x60FFFFFF)
    for i in range(4):
        a = math.pi * i / 4 + 0.1
        dx, dy = 138 * math.cos(a), 138 * math.sin(a)
        b.line([(200 - dx, 150 - dy), (200 + dx, 150 + dy)], 0x80713B1A, 2)


def _salad(b: Brush, rng: random.Random, _: str | None) -> None:
    b.gradient(0, 300, 0xFFEDE7DC, 0xFFD9CFBF)
    b.oval(66, 26, 268, 262, 0x30000000)
    b.circle(200, 150, 128, 0xFF4D6F83)
    b.circle(200, 150, 114, 0xFF3C5A6B)
    for _i in range(60):
        a, r = rng.uniform(0, 2 * math.pi), math.sqrt(rng.random()) * 92
        color = rng.choice((0xFF5FA34A, 0xFF7FBF5A, 0xFF3F8239, 0xFF97CE6E))
        b.oval(200 + r * math.cos(a) - 26, 150 + r * math.sin(a) - 12, 52, 24, color, rng.uniform(0, 180))
    for _i in range(9):
        a, r = rng.uniform(0, 2 * math.pi), math.sqrt(rng.random()) * 80
        x, y = 200 + r * math.cos(a), 150 + r * math.sin(a)
        b.circle(x, y, 16, 0xFFD93A2B)
        b.circle(x, y, 12, 0xFFEB6A50)
    for i in range(4):
        a = 1.57 * i + 0.5
        x, y = 200 + 50 * math.cos(a), 150 + 50 * math.sin(a)
        b.oval(x - 20, y - 15, 40, 30, 0xFFFDFBF4, 40 * i)
        b.circle(x, y, 9, 0xFFF6B42C)


def portrait(b: Brush, rng: random.Random, _: str | None) -> None:
    """A person from the shoulders up, without a face in detail."""
    back = rng.choice((0xFFB8D8E8, 0xFFF0C9B0, 0xFFCBD9B6, 0xFFD9C7E8, 0xFFF2DFA7, 0xFFB9C7E3))
    b.gradient(0, 300, mix(back, 0xFFFFFFFF, 0.25), mix(back, 0xFF30405A, 0.12))
    skin = rng.choice((0xFFF3CDB0, 0xFFE0AC85, 0xFFC58A62, 0xFF99633F, 0xFF6F452C))
    hair = rng.choice((0xFF2B2119, 0xFF5A3A22, 0xFFB9803F, 0xFF8C8C90, 0xFFA5482A))
    shirt = rng.choice((0xFF3F6FB5, 0xFFB5483F, 0xFF3B7D62, 0xFF33363D, 0xFFE2E4E8, 0xFF8357A5))
    style = rng.randrange(4)
    if style == 0:
        b.rect(118, 62, 164, 190, hair, 76)
    elif style == 1:
        b.circle(200, 48, 34, hair)
    b.oval(70, 226, 260, 190, shirt)
    b.rect(170, 178, 60, 76, mix(skin, 0xFF5A2A10, 0.2), 24)
    b.arc(150, 214, 100, 60, 0, 180, mix(shirt, 0xFFFFFFFF, 0.25))
    b.oval(134, 58, 132, 160, skin)
    b.circle(134, 142, 15, skin)
    b.circle(266, 142, 15, skin)
    b.arc(128, 42, 144, 128, 180, 180, hair)
    if style == 2:
        b.oval(128, 62, 104, 58, hair, -18)
    elif style == 3:
        b.arc(136, 130, 128, 94, 0, 180, hair)
        b.arc(150, 120, 100, 74, 0, 180, skin)
    else:
        b.oval(170, 62, 96, 52, hair, 16)
    dark = mix(skin, 0xFF1B0E08, 0.85)
    glasses = rng.random() < 0.25
    for x in (172, 228):
        b.oval(x - 6, 132, 12, 14, dark)
        b.line([(x - 11, 121), (x + 10, 120)], hair, 4)
        if glasses:
            b.circle(x, 139, 19, 0xFF30343A, 3)
    if glasses:
        b.line([(191, 137), (209, 137)], 0xFF30343A, 3)
    b.line([(200, 146), (197, 164), (203, 165)], mix(skin, 0xFF5A2A10, 0.35), 3)
    b.arc(176, 166, 48, 30, 20, 140, mix(skin, 0xFF8A2A2A, 0.6), 4)


THINGS: Final[dict[str, Scene]] = {
    "flower": _flower,
    "cat": _cat,
    "dog": _dog,
    "coffee": _coffee,
    "cake": _cake,
    "pizza": _pizza,
    "salad": _salad,
    "portrait": portrait,
}
"""Scenes by name."""
