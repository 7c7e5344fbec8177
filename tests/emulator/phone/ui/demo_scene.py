"""A screen of a Messages-like app as a display list, for tests and benchmarks of the renderer."""

from __future__ import annotations

from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.ops import Clip, Op
from mobilegym.emulator.phone.ui.text import TextStyle, ascent, line_height, width

W, H = 1080, 2400
BACKGROUND = 0xFFF9F9FF
ON, VARIANT, PRIMARY, CONTAINER = 0xFF191C20, 0xFF44474E, 0xFF415F91, 0xFFD6E3FF
TITLE = TextStyle(58, "regular")
BODY = TextStyle(42, "regular")
BODY_MEDIUM = TextStyle(42, "medium")
SMALL = TextStyle(32, "regular")
LABEL = TextStyle(31, "medium")

NAMES = ("Amelia Ortiz", "Ben Kowalski", "Chidi Okafor", "Dana Levy", "Elif Yılmaz", "Farid Rahimi", "Grace Ng", "Hugo Dubois",
         "Ines Carvalho", "Jonas Bergström", "Kavya Iyer", "Liam O'Connor")  # fmt: skip
LINES = ("See you at seven, then!", "The parcel is at the front desk 📦", "Could you send me the address of the new office again, please?",
         "Sounds good 👍", "I'll bring the cake 🎂", "Running ten minutes late, sorry")  # fmt: skip


def _centered(x: int, y: int, w: int, h: int, content: str, style: TextStyle, color: int) -> Op | None:
    top = y + (h - line_height(style)) // 2
    return ops.text(x + (w - width(content, style)) // 2, top + ascent(style), content, style, color)


def _row(out: list[Op | None], i: int, top: int, clip: Clip, time: str) -> None:
    colors = (0xFFF28B82, 0xFF81C995, 0xFF8AB4F8, 0xFFFDD663, 0xFFC58AF9, 0xFF78D9EC)
    out.append(ops.rrect(42, top + 26, 105, 105, 52, colors[i % 6], clip))
    out.append(_centered(42, top + 26, 105, 105, NAMES[i][0], TextStyle(47, "medium"), 0xFFFFFFFF))
    out.append(ops.text(189, top + 66, NAMES[i], BODY_MEDIUM, ON, clip))
    out.append(ops.text(189, top + 122, LINES[i % len(LINES)][:40], TextStyle(37), VARIANT, clip))
    out.append(ops.text(1038 - width(time, SMALL), top + 64, time, SMALL, VARIANT, clip))
    out.append(ops.rect(189, top + 156, 891, 1, 0xFFC4C6D0, clip))


def _keyboard(out: list[Op | None], top: int) -> None:
    out.append(ops.rect(0, top, W, 2337 - top, 0xFFE7E8EE))
    for r, keys in enumerate(("qwertyuiop", "asdfghjkl", "zxcvbnm")):
        inset = (0, 54, 162)[r]
        for k, key in enumerate(keys):
            x, y = 8 + inset + k * 107, top + 40 + r * 140
            out.append(ops.rrect(x, y, 95, 118, 16, 0xFFFFFFFF))
            out.append(_centered(x, y, 95, 118, key, TextStyle(58), ON))
    y = top + 40 + 3 * 140
    out.append(ops.rrect(8, y, 150, 118, 59, 0xFFC4C6D0))
    out.append(_centered(8, y, 150, 118, "?123", BODY, ON))
    out.append(ops.rrect(280, y, 520, 118, 16, 0xFFFFFFFF))
    out.append(_centered(280, y, 520, 118, "English", SMALL, VARIANT))
    out.append(ops.rrect(920, y, 150, 118, 59, PRIMARY))
    out.append(ops.icon(964, y + 28, 63, "magnify", 0xFFFFFFFF))


def screen(*, keyboard: bool = True, clock: str = "9:30", scroll: int = 0) -> list[Op]:
    """About 200 ops: bars, a list, a button with a shadow, and optionally the keyboard."""
    out: list[Op | None] = [ops.rect(0, 0, W, H, BACKGROUND)]
    out.append(ops.text(63, 84, clock, BODY_MEDIUM, ON))
    out += [ops.icon(900 + 50 * i, 50, 42, name, ON) for i, name in enumerate(("wifi", "signal_cellular_3", "battery_80"))]
    clip = (0, 342, W, 2337)
    for i in range(12):
        _row(out, i, 342 + i * 157 - scroll, clip, f"{8 + i % 4}:{i * 4:02d}")
    out.append(ops.rect(0, 132, W, 210, 0xFFEDEDF4))
    out.append(ops.rrect(42, 165, 996, 147, 73, 0xFFE2E2E9))
    out.append(ops.icon(84, 207, 63, "menu", ON))
    out.append(ops.text(190, 254, "Search messages", BODY, VARIANT))
    out.append(ops.icon(940, 207, 63, "account_circle", PRIMARY))
    out.append(ops.shadow(717, 1600 if keyboard else 1950, 321, 147, 42, 16))
    out.append(ops.rrect(717, 1600 if keyboard else 1950, 321, 147, 42, CONTAINER))
    out.append(ops.icon(759, (1600 if keyboard else 1950) + 42, 63, "message_text", PRIMARY))
    out.append(ops.text(843, (1600 if keyboard else 1950) + 88, "Start chat", LABEL, PRIMARY))
    if keyboard:
        _keyboard(out, 1777)
    else:
        out.append(ops.rect(0, 2127, W, 210, 0xFFEDEDF4))
        for i, (name, label) in enumerate((("message", "Chats"), ("phone", "Calls"), ("account_group", "People"))):
            x = 360 * i
            if i == 0:
                out.append(ops.rrect(x + 96, 2155, 168, 84, 42, CONTAINER))
            out.append(ops.icon(x + 148, 2165, 63, name, ON))
            out.append(_centered(x, 2250, 360, 60, label, LABEL, ON))
    out.append(ops.rect(0, 2337, W, 63, 0xFFEDEDF4))
    out.append(ops.rrect(396, 2364, 288, 10, 5, ON))
    return [op for op in out if op is not None]
