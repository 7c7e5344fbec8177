from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mobilegym.emulator.phone.ui import images, ops, paint, png
from mobilegym.emulator.phone.ui.ops import Op
from mobilegym.emulator.phone.ui.text import TextStyle
from mobilegym.errors import ContentError
from tests.emulator.phone.ui import demo_scene

W, H = 270, 600
WHITE = 0xFFFFFFFF

COLORS = st.sampled_from((0xFF336699, 0xFF000000, WHITE, 0x80FF0000, 0x52000000, 0x01FFFFFF, 0xFFD6E3FF))
SIZES = st.one_of(st.integers(8, 90), st.sampled_from((149, 150, 180, 300)))
WEIGHTS = st.sampled_from(("regular", "medium", "bold", "light", "italic"))
TEXTS = st.sampled_from(("Hello", "gjpqy Ay", "9:30", "Ünïcödé ⚡😀", "a\u0301e", "日本", "…", "Settings and more things"))
ICONS = st.sampled_from(("home", "arrow_left", "battery_80"))
KEYS: st.SearchStrategy[images.ImageKey] = st.sampled_from((("gen", "cat", 1), ("gen", "wallpaper", 0), ("gen", "avatar", "Ben")))
PAINTED: st.SearchStrategy[tuple[str, tuple[Any, ...]]] = st.sampled_from(
    (
        ("arc", (0xFF336699, 6.0, 30.0, 200.0)),
        ("ring", (0xFF336699, 0x40336699, 8.0, 0.4)),
        ("hand", (120.0, 0.8, 5.0, 0xFFAA0000)),
        ("color_wheel", ()),
        ("gradient", (0xFF000000, 0x00000000)),
        ("wave", ((0.1, 0.9, 0.4), 0xFF112233, 3.0)),
    )
)


@st.composite
def random_ops(draw: st.DrawFn) -> Op | None:
    x, y = draw(st.integers(-60, 300)), draw(st.integers(-60, 620))
    w, h = draw(st.integers(1, 300)), draw(st.integers(1, 300))
    clip: ops.Clip | None = None
    if draw(st.booleans()):
        left, top = draw(st.integers(0, 200)), draw(st.integers(0, 500))
        clip = (left, top, left + draw(st.integers(1, 270)), top + draw(st.integers(1, 600)))
    match draw(st.integers(0, 7)):
        case ops.RECT:
            return ops.rect(x, y, w, h, draw(COLORS), clip)
        case ops.RRECT:
            radius = draw(st.integers(0, 160))
            corners = (radius, draw(st.integers(0, 60)), draw(st.integers(0, 60)), draw(st.integers(0, 60)))
            return ops.rrect(x, y, w, h, radius if draw(st.booleans()) else corners, draw(COLORS), clip)
        case ops.STROKE:
            return ops.stroke(x, y, w, h, draw(st.integers(0, 80)), draw(st.integers(1, 12)), draw(COLORS), clip)
        case ops.SHADOW:
            return ops.shadow(x, y, w, h, draw(st.integers(0, 80)), draw(st.integers(1, 30)), clip)
        case ops.TEXT:
            style = TextStyle(draw(SIZES), draw(WEIGHTS), draw(st.sampled_from((0.0, 1.5))))
            return ops.text(x, y, draw(TEXTS), style, draw(COLORS), clip)
        case ops.ICON:
            return ops.icon(x, y, draw(SIZES), draw(ICONS), draw(COLORS), clip)
        case ops.IMAGE:
            return ops.image(x, y, w, h, draw(KEYS), "cover", draw(st.sampled_from((0, 12, 200))), clip)
        case _:
            return ops.sprite(x, y, w, h, *draw(PAINTED), clip)


def _seen(found: list[Op | None]) -> list[Op]:
    return [op for op in found if op is not None]


LISTS = st.lists(random_ops(), max_size=14).map(_seen)
whole_screen = ops.rect(0, 0, W, H, 0xFFF9F9FF)


@given(LISTS, st.sampled_from((None, (H // 2, W // 2), (400, 180), (900, 405))), st.booleans())
@settings(max_examples=150)
def test_strips_equal_one_pass(display_list: list[Op], size: tuple[int, int] | None, covered: bool) -> None:
    renderer = paint.Renderer()
    if covered and whole_screen is not None:
        display_list = [*display_list[:3], whole_screen, *display_list[3:]]
    expected = renderer.render_full(display_list, W, H, WHITE, size)
    for _ in range(2):
        np.testing.assert_array_equal(renderer.render(display_list, W, H, WHITE, size), expected)


@given(random_ops())
@settings(max_examples=150)
def test_an_op_paints_only_inside_its_bounds(op: Op | None) -> None:
    picture = paint.Renderer().render_full([] if op is None else [op], W, H, 0xFF7F8183)
    touched = (picture != (0x7F, 0x81, 0x83)).any(axis=2)
    if op is not None:
        _, left, top, right, bottom = op[:5]
        touched[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = False
    assert not touched.any()


@given(random_ops(), st.integers(-50, 50), st.integers(-50, 50))
@settings(max_examples=100)
def test_placing_an_op_moves_its_pixels(op: Op | None, dx: int, dy: int) -> None:
    if op is None or op[5] is not None:
        return
    renderer = paint.Renderer()
    moved = ops.place(op, 200 + dx, 200 + dy)
    assert moved is not None
    still = ops.place(op, 200, 200)
    assert still is not None
    first = renderer.render_full([still], 1400, 1400, WHITE)
    second = renderer.render_full([moved], 1400, 1400, WHITE)
    np.testing.assert_array_equal(first[60:1200, 60:1200], second[60 + dy : 1200 + dy, 60 + dx : 1200 + dx])


def test_screen_equals_one_pass_at_every_size_while_it_changes() -> None:
    renderer = paint.Renderer()
    for size in (None, (1600, 720), (1200, 540), (800, 360)):
        for step in range(4):
            screen = demo_scene.screen(keyboard=step % 2 == 0, clock=f"9:3{step}", scroll=37 * step)
            args = (screen, demo_scene.W, demo_scene.H, demo_scene.BACKGROUND, size)
            np.testing.assert_array_equal(renderer.render(*args), renderer.render_full(*args))
    assert renderer.hits > 0


def test_phones_share_strips() -> None:
    renderer = paint.Renderer()
    for _ in range(2):
        renderer.render(demo_scene.screen(), demo_scene.W, demo_scene.H, demo_scene.BACKGROUND)
    assert (renderer.hits, renderer.misses) == (24, 24)


def test_a_changed_clock_repaints_only_its_strips() -> None:
    renderer = paint.Renderer()
    renderer.render(demo_scene.screen(clock="9:30"), demo_scene.W, demo_scene.H, demo_scene.BACKGROUND)
    renderer.render(demo_scene.screen(clock="9:31"), demo_scene.W, demo_scene.H, demo_scene.BACKGROUND)
    assert renderer.misses == 25


def test_every_render_is_a_new_array() -> None:
    renderer = paint.Renderer()
    args = (demo_scene.screen(), demo_scene.W, demo_scene.H, demo_scene.BACKGROUND)
    first = renderer.render(*args)
    digest = paint.pixel_hash(first)
    first[:] = 0
    second = renderer.render(*args)
    assert paint.pixel_hash(second) == digest
    assert second.shape == (2400, 1080, 3)
    assert second.dtype == np.uint8
    assert second.flags.c_contiguous
    assert second.flags.writeable


def test_the_strip_cache_is_bounded() -> None:
    renderer = paint.Renderer()
    renderer.max_strip_bytes = 3_000_000
    for i in range(6):
        renderer.render(demo_scene.screen(clock=str(i), scroll=i), demo_scene.W, demo_scene.H, demo_scene.BACKGROUND)
        assert renderer.strip_bytes <= 3_000_000
    renderer.clear()
    assert renderer.strip_bytes == 0


def test_order_and_duplicates_matter() -> None:
    red, blue = ops.rect(0, 0, 50, 50, 0xFFFF0000), ops.rect(0, 0, 50, 50, 0x800000FF)
    assert red is not None
    assert blue is not None
    renderer = paint.Renderer()
    colors = [tuple(renderer.render(each, W, H, WHITE)[10, 10]) for each in ([red, blue], [blue, red], [red, blue, blue])]
    assert len(set(colors)) == 3


def test_a_size_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"the shape differs; with that width the height is 1200"):
        paint.Renderer().render([], 1080, 2400, WHITE, (540, 540))


def test_unknown_sprites_and_icons_are_named() -> None:
    made = ops.sprite(0, 0, 10, 10, "nonsense")
    assert made is not None
    with pytest.raises(ContentError, match=r"No sprite painter is called `nonsense`; there are arc"):
        paint.Renderer().render([made], W, H, WHITE)
    with pytest.raises(ContentError, match=r"No icon is called `hoome`"):
        ops.icon(0, 0, 24, "hoome", 0xFF000000)


def test_hidden_ops_are_dropped() -> None:
    assert ops.rect(0, 0, 10, 10, 0xFF000000, (20, 0, 30, 10)) is None
    assert ops.rect(0, 0, 10, 10, 0x00FFFFFF) is None
    assert ops.text(0, 0, "   ", TextStyle(40), 0xFF000000) is None
    assert ops.rrect(0, 0, 10, 10, 4, 0xFF000000, (0, 0, 20, 20)) == ops.rrect(0, 0, 10, 10, 4, 0xFF000000)


def test_a_hairline_survives_scaling_down() -> None:
    line = ops.rect(0, 100, W, 1, 0xFF000000)
    assert line is not None
    assert (paint.Renderer().render([line], W, H, WHITE, (150, 68)) == 0).any()


def test_png_holds_the_exact_pixels() -> None:
    picture = paint.Renderer().render(demo_scene.screen(), demo_scene.W, demo_scene.H, demo_scene.BACKGROUND, (1200, 540))
    decoded = np.asarray(Image.open(io.BytesIO(png.encode(picture))))
    np.testing.assert_array_equal(decoded, picture)
    with pytest.raises(ValueError, match=r"\(H, W, 3\) of uint8, not \(5, 5\)"):
        png.encode(np.zeros((5, 5), np.uint8))


def png_chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Kind and content of each chunk, whose checksums must be right."""
    found: list[tuple[bytes, bytes]] = []
    at = 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", data, at + 8 + length) == (zlib.crc32(content, zlib.crc32(kind)),)
        found.append((kind, content))
        at += 12 + length
    return found


def test_png_of_strips_is_a_whole_valid_stream_however_often_strips_are_used_again() -> None:
    renderer, encoder = paint.Renderer(), png.PngEncoder(limit=30)
    for scene in (demo_scene.screen(), [], demo_scene.screen()[:40], demo_scene.screen()):
        strips = renderer.strips(scene, demo_scene.W, demo_scene.H, demo_scene.BACKGROUND, (1200, 540))
        data = encoder.encode(strips, 540)
        picture = renderer.render(scene, demo_scene.W, demo_scene.H, demo_scene.BACKGROUND, (1200, 540))
        np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(data))), picture)
        # Pillow does not look at the stream's own checksum; zlib does.
        rows = zlib.decompress(b"".join(content for kind, content in png_chunks(data) if kind == b"IDAT"))
        assert len(rows) == 1200 * (540 * 3 + 1)


def test_registered_pictures_are_fitted() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), (200, 10, 10)).save(buffer, "PNG")
    key = images.store().register(buffer.getvalue())
    assert images.store().register(buffer.getvalue()) == key
    assert images.store().size(key) == (40, 20)
    renderer = paint.Renderer()
    fits: tuple[tuple[ops.Fit, int], ...] = (("cover", 200), ("contain", 255), ("fill", 200))
    for fit, corner in fits:
        made = ops.image(0, 0, 100, 100, key, fit)
        assert made is not None
        picture = renderer.render([made], W, H, WHITE)
        assert picture[2, 50, 0] == corner
        assert tuple(picture[50, 50]) == (200, 10, 10)


def test_a_broken_picture_is_drawn_as_such() -> None:
    key = images.store().register(b"not a picture")
    assert images.store().size(key) is None
    made = ops.image(0, 0, 100, 100, key)
    assert made is not None
    assert tuple(paint.Renderer().render([made], W, H, WHITE)[2, 2]) == (0xE1, 0xE2, 0xE8)
    unknown = ops.image(0, 0, 100, 100, ("file", "0" * 64))
    assert unknown is not None
    with pytest.raises(ContentError, match="was never registered"):
        paint.Renderer().render([unknown], W, H, WHITE)


def test_what_cannot_be_drawn_spoils_no_later_picture() -> None:
    renderer = paint.Renderer()
    good = _seen([whole_screen, ops.text(40, 300, "Hello", TextStyle(40.0, "medium"), 0xFF000000)])
    unknown = _seen([ops.image(0, 0, 100, 100, ("file", "unknown"), "cover", 0, (10, 10, 50, 50))])
    with pytest.raises(ContentError):
        renderer.render([*good, *unknown], W, H, WHITE)
    assert np.array_equal(renderer.render(good, W, H, WHITE), renderer.render_full(good, W, H, WHITE))
