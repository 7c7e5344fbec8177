"""Landscapes and streets, in scenes of 400 x 300 units."""

from __future__ import annotations

import math
import random
from typing import Final

from mobilegym.emulator.phone.ui.brush import Brush, Scene, mix

__all__ = ["OUTDOORS"]


def _ridge(b: Brush, rng: random.Random, level: float, rough: float, color: int, step: float = 40.0) -> None:
    count = int(b.w / step) + 3
    b.hill([((i - 1) * step, level + rng.uniform(-rough, rough)) for i in range(count)], color)


def _cloud(b: Brush, x: float, y: float, size: float, color: int = 0xD0FFFFFF) -> None:
    for dx, dy, r in ((-0.6, 0.1, 0.35), (-0.1, -0.1, 0.5), (0.45, 0.08, 0.4), (0.1, 0.2, 0.38)):
        b.circle(x + dx * size, y + dy * size, r * size, color | 0xFF000000)
    b.rect(x - 0.95 * size, y + 0.1 * size, 1.8 * size, 0.46 * size, color | 0xFF000000, 0.23 * size)


def _pine(b: Brush, x: float, y: float, size: float, color: int) -> None:
    b.rect(x - size * 0.05, y - size * 0.2, size * 0.1, size * 0.2, 0xFF5D4037)
    for i in range(3):
        half, base = size * (0.32 - 0.07 * i), y - size * (0.14 + 0.25 * i)
        b.poly([(x - half, base), (x, base - size * 0.42), (x + half, base)], mix(color, 0xFFFFFFFF, 0.06 * i))


def _mountains(b: Brush, rng: random.Random, _: str | None) -> None:
    b.gradient(0, 300, 0xFF6FB1E8, 0xFFCDE7F8, 0xFFF3F4EC)
    b.circle(rng.uniform(60, 340), 58, 24, 0xFFFFF3C4)
    for _i in range(3):
        _cloud(b, rng.uniform(10, 390), rng.uniform(40, 100), rng.uniform(16, 26), 0xFFF7FAFD)
    for x, top, half, color in ((90, 80, 150, 0xFF7C8FA6), (300, 70, 160, 0xFF6B7F99), (200, 50, 150, 0xFF566A86)):
        x, top = x + rng.uniform(-25, 25), top + rng.uniform(-15, 25)
        b.poly([(x - half, 260), (x, top), (x + half, 260)], color)
        b.poly([(x, top), (x + half, 260), (x + half * 0.15, 260)], mix(color, 0xFF2D3A4F, 0.28))
        cap = (260 - top) * 0.26
        w = half * cap / (260 - top)
        cap_of_snow = [(x, top), (x + w, top + cap), (x + w * 0.4, top + cap * 0.75), (x, top + cap * 1.1), (x - w * 0.5, top + cap * 0.8)]
        b.poly([*cap_of_snow, (x - w, top + cap)], 0xFFF7FBFF)
    _ridge(b, rng, 215, 12, 0xFF5E8B5A)
    _ridge(b, rng, 248, 10, 0xFF47754A)
    for i in range(14):
        _pine(b, i * 30 + rng.uniform(-8, 8), 262 + rng.uniform(-6, 30), rng.uniform(30, 52), 0xFF2F5D3A)


def _beach(b: Brush, rng: random.Random, _: str | None) -> None:
    b.gradient(0, 140, 0xFF56B4EA, 0xFFBFE6F7)
    b.circle(rng.uniform(250, 350), 46, 24, 0xFFFFF0B0)
    for i in range(3):
        _cloud(b, 40 + i * 130 + rng.uniform(-30, 30), rng.uniform(30, 70), rng.uniform(14, 22))
    b.gradient(130, 100, 0xFF1E88B8, 0xFF46C2CB, 0xFF9BE3DA)
    for _i in range(10):
        x, y = rng.uniform(0, 380), rng.uniform(138, 195)
        b.line([(x, y), (x + rng.uniform(10, 34), y)], 0x80FFFFFF, 1.4)
    b.hill([(0, 212), (90, 204), (200, 216), (310, 206), (400, 214)], 0xFFF4FBF8)
    b.hill([(0, 219), (90, 212), (200, 224), (310, 213), (400, 221)], 0xFFF1DDB0)
    b.hill([(0, 262), (140, 250), (280, 266), (400, 252)], 0xFFE9CF98)
    x = rng.uniform(80, 170)
    b.line([(x, 268), (x + 8, 176)], 0xFF8D6E63, 4)
    color = rng.choice((0xFFE5484D, 0xFFF5A524, 0xFF7C5CFC))
    for i in range(6):
        b.arc(x - 52, 150, 120, 84, 180 + i * 30, 30, color if i % 2 == 0 else 0xFFFFFFFF)
    b.rect(x + 30, 256, 70, 9, 0xFF3F88C5, 3)
    b.oval(300, 262, 22, 22, 0xFFFFFFFF)
    b.arc(300, 262, 22, 22, 20, 90, 0xFFE5484D)
    b.arc(300, 262, 22, 22, 200, 90, 0xFF3F88C5)


def _skyline(b: Brush, rng: random.Random, _: str | None) -> None:
    b.gradient(0, 260, 0xFF22305C, 0xFF6A5A95, 0xFFF2A07B)
    for _i in range(30):
        b.circle(rng.uniform(0, 400), rng.uniform(0, 110), rng.uniform(0.5, 1.2), 0xB0FFFFFF)
    b.circle(rng.uniform(60, 330), 52, 17, 0xFFFDF3D0)
    for layer, (base, color) in enumerate(((70, 0xFF5B5384), (30, 0xFF35345F), (0, 0xFF191B3A))):
        x = -10.0
        while x < 400:
            w, h = rng.uniform(24, 46), rng.uniform(50, 110) + base - 15 * layer
            top = 258 - h
            b.rect(x, top, w, h + 10, color)
            if layer > 0 and rng.random() < 0.35:
                b.line([(x + w / 2, top), (x + w / 2, top - 16)], color, 2)
            if layer > 0:
                for wy in range(int(top) + 7, 250, 10):
                    for wx in range(int(x) + 5, int(x + w) - 6, 8):
                        if rng.random() < 0.42:
                            b.rect(wx, wy, 3.6, 5, rng.choice((0xFFFFD98A, 0xFFFFE9B8, 0xFFF7B267)))
            x += w + rng.uniform(0, 8) * (1 - layer / 3)
    b.gradient(256, 44, 0xFF2B2D55, 0xFF15162F)
    for _i in range(26):
        x, y = rng.uniform(0, 400), rng.uniform(262, 296)
        b.line([(x, y), (x + rng.uniform(6, 20), y)], 0x60FFC97A, 1.2)


def _forest(b: Brush, rng: random.Random, _: str | None) -> None:
    b.gradient(0, 300, 0xFFD9EBC4, 0xFFA9CF9B, 0xFF5C8F5A)
    b.glow(200, 70, 190, 0xC0FFFBD8)
    for layer, color in enumerate((0xFF9CC49A, 0xFF6C9F6F, 0xFF3F7A4C, 0xFF24563A)):
        for i in range(9):
            x = i * 50 + rng.uniform(-20, 20) + 25 * (layer % 2)
            _pine(b, x, 190 + layer * 30 + rng.uniform(-8, 8), 90 + layer * 26 + rng.uniform(-10, 20), color)
    b.poly([(185, 190), (205, 190), (290, 300), (110, 300)], 0xFFC9AE82)
    b.poly([(195, 190), (205, 190), (290, 300), (230, 300)], 0xFFB99B6D)
    for _i in range(24):
        x = rng.choice((rng.uniform(0, 120), rng.uniform(280, 400)))
        b.oval(x, rng.uniform(272, 296), 18, 8, rng.choice((0xFF2E6B3E, 0xFF3C8148, 0xFF4F9A55)), rng.uniform(-30, 30))


def _sunset(b: Brush, rng: random.Random, _: str | None) -> None:
    b.gradient(0, 190, 0xFF3B2A63, 0xFFC2477A, 0xFFFF8A5B, 0xFFFFD27A)
    x = rng.uniform(140, 260)
    b.glow(x, 172, 120, 0xC0FFE9A8)
    b.circle(x, 172, 34, 0xFFFFF1C1)
    for _i in range(6):
        cx, cy = rng.uniform(0, 400), rng.uniform(40, 140)
        b.oval(cx - 60, cy, rng.uniform(70, 130), rng.uniform(4, 9), 0x70FFC6A0)
    b.gradient(185, 115, 0xFFE8775F, 0xFF8A3F6D, 0xFF2A1F4B)
    for i in range(22):
        y = 190 + i * 4.6
        half = 20 + rng.uniform(0, 26) + i
        b.line([(x - half, y), (x + half, y)], 0x80FFE2A0, 1.6)
    b.hill([(-10, 205), (50, 178), (120, 196), (175, 208)], 0xFF2B1B44, 208)
    b.hill([(240, 208), (320, 172), (410, 200)], 0xFF2B1B44, 208)
    b.rect(0, 190, 400, 1.5, 0x40FFFFFF)


def _snow(b: Brush, rng: random.Random, _: str | None) -> None:
    b.gradient(0, 300, 0xFF9DB7D5, 0xFFD9E5F1, 0xFFF6F9FC)
    _ridge(b, rng, 165, 18, 0xFFC5D5E6)
    for i in range(9):
        x, y, size = i * 48 + rng.uniform(-15, 15), 205 + rng.uniform(-8, 8), rng.uniform(56, 90)
        _pine(b, x, y, size, 0xFF4C6F74)
        b.poly([(x - size * 0.1, y - size * 0.88), (x, y - size * 1.06), (x + size * 0.1, y - size * 0.88)], 0xFFFFFFFF)
    _ridge(b, rng, 212, 8, 0xFFEAF1F8)
    b.rect(238, 160, 84, 62, 0xFF8A5A44)
    for i in range(5):
        b.rect(238, 172 + i * 11, 84, 1.5, 0x40000000)
    b.poly([(226, 164), (280, 118), (334, 164)], 0xFFFDFEFF)
    b.rect(262, 180, 18, 18, 0xFFFFD874)
    b.rect(294, 184, 18, 38, 0xFF5D3A2C)
    b.rect(304, 120, 12, 26, 0xFF7A4B3A)
    _ridge(b, rng, 240, 7, 0xFFFBFDFF)
    for _i in range(90):
        b.circle(rng.uniform(0, 400), rng.uniform(0, 300), rng.uniform(0.8, 2.4), 0xE0FFFFFF)


def _street_car(b: Brush, rng: random.Random, _: str | None) -> None:
    b.gradient(0, 190, 0xFFA9D4F2, 0xFFE9F3F8)
    for i in range(6):
        x, h = i * 72 - 15, rng.uniform(70, 130)
        wall = rng.choice((0xFFE0C9A6, 0xFFD8B4A0, 0xFFC9CFD8, 0xFFE8DCC6))
        b.rect(x, 195 - h, 68, h, wall)
        for wy in range(int(195 - h) + 10, 180, 24):
            for wx in (10, 40):
                b.rect(x + wx, wy, 16, 14, 0xFF7FA0B8, 1.5)
    b.rect(0, 190, 400, 22, 0xFFC8C8C4)
    b.rect(0, 210, 400, 90, 0xFF55585F)
    for i in range(6):
        b.rect(i * 80 - 20, 274, 46, 4, 0xFFECE7D5)
    color = rng.choice((0xFFD7373F, 0xFF2D7DD2, 0xFFF2B134, 0xFF2A9D8F, 0xFFECEFF4))
    b.oval(70, 246, 264, 18, 0x50000000)
    b.poly([(120, 196), (152, 152), (246, 152), (290, 196)], color)
    b.poly([(134, 194), (159, 160), (196, 160), (196, 194)], 0xFFCFE6F2)
    b.poly([(204, 194), (204, 160), (242, 160), (273, 194)], 0xFFBBD9EA)
    b.rect(72, 192, 262, 48, color, 16)
    b.rect(72, 220, 262, 20, mix(color, 0xFF000000, 0.22), 10)
    b.rect(204, 202, 20, 4, mix(color, 0xFF000000, 0.4), 2)
    b.oval(320, 202, 14, 12, 0xFFFFF3C0)
    b.rect(72, 204, 9, 12, 0xFFB3202A, 3)
    for x in (130, 276):
        b.circle(x, 240, 24, 0xFF22252B)
        b.circle(x, 240, 13, 0xFFC6CBD3)
        b.circle(x, 240, 4, 0xFF6C737F)


def _bicycle(b: Brush, rng: random.Random, _: str | None) -> None:
    b.gradient(0, 220, 0xFFF3D9C4, 0xFFEEC6A8)
    for row in range(9):
        for col in range(9):
            x = col * 50 - (25 if row % 2 else 0)
            b.rect(x + 1, row * 24 + 1, 48, 22, mix(0xFFC7775A, 0xFFA95B42, rng.random()), 1)
    b.rect(0, 216, 400, 84, 0xFF8E9196)
    b.rect(0, 216, 400, 6, 0xFF6F7277)
    color = rng.choice((0xFF1D7A8C, 0xFFF1B24A, 0xFF2B2D42, 0xFFDFF0EA))
    b.oval(60, 252, 290, 16, 0x40000000)
    left, right = (125.0, 205.0), (282.0, 205.0)
    for x, y in (left, right):
        b.circle(x, y, 54, 0xFF23252B, 6)
        for k in range(12):
            a = math.pi * k / 6
            b.line([(x, y), (x + 50 * math.cos(a), y + 50 * math.sin(a))], 0x90E6E6E6, 0.8)
        b.circle(x, y, 6, 0xFF44474F)
    pedal, seat, head = (192.0, 208.0), (172.0, 136.0), (258.0, 132.0)
    for points in ([left, pedal, head, seat, left], [seat, pedal], [head, right]):
        b.line(points, color, 6.5)
    b.line([(172, 136), (168, 120)], color, 5)
    b.rect(148, 112, 42, 10, 0xFF3A2A20, 5)
    b.line([(258, 132), (254, 108), (276, 100), (284, 110)], 0xFF3A3D44, 5)
    b.circle(192, 208, 13, 0xFF555961, 4)
    b.line([(192, 208), (206, 230)], 0xFF3A3D44, 4)
    b.rect(198, 228, 20, 6, 0xFF23252B, 2)


OUTDOORS: Final[dict[str, Scene]] = {
    "mountains": _mountains,
    "beach": _beach,
    "skyline": _skyline,
    "forest": _forest,
    "sunset": _sunset,
    "snow": _snow,
    "car": _street_car,
    "bicycle": _bicycle,
}
"""Scenes by name."""
