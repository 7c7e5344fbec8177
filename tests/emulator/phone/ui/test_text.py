from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.phone.ui import emoji, fonts, paragraphs, text
from mobilegym.emulator.phone.ui.text import TextStyle
from mobilegym.errors import ContentError

BODY = TextStyle(42)
words = st.text(st.sampled_from("abc WMi.-,…é\u0301日本😀👍\u200d\ufe0f\n\t"), max_size=60)


def lines(content: str, max_w: int, max_lines: int | None = None) -> list[str]:
    return [line.text for line in text.wrap(content, BODY, max_w, max_lines)]


def test_wrapping() -> None:
    assert lines("The quick brown fox jumps over the lazy dog", 300) == ["The quick", "brown fox", "jumps over the", "lazy dog"]
    assert lines("The quick brown fox jumps over the lazy dog", 300, 2) == ["The quick", "brown fox jum…"]
    assert lines("one\n\ntwo", 300) == ["one", "", "two"]
    assert lines("one\ntwo", 300, 1) == ["one…"]
    assert lines("", 300) == [""]
    assert lines("aaaaaaaaaaaaaaaaaaaaaaaa b", 300) == ["aaaaaaaaaaaaa", "aaaaaaaaaaa b"]
    assert text.wrap("one two three four", BODY, 150, 1, False) == (text.Line("one two", text.width("one two", BODY)),)


@given(words, st.integers(60, 700), st.one_of(st.none(), st.integers(1, 4)))
def test_wrapped_lines_fit_and_lose_nothing(content: str, max_w: int, max_lines: int | None) -> None:
    wrapped = text.wrap(content, BODY, max_w, max_lines)
    assert 1 <= len(wrapped) <= (max_lines or 10**6)
    for line in wrapped:
        assert line.width == text.width(line.text, BODY) <= max_w
    if max_lines is None:
        assert "".join("".join(line.text for line in wrapped).split()) == "".join(content.split())


@given(words, st.integers(0, 700))
def test_ellipsized_text_fits(content: str, max_w: int) -> None:
    short = text.ellipsize(content, BODY, max_w)
    assert text.width(short, BODY) <= max_w
    assert short == content or short == "" or short.endswith("…")


@given(words)
def test_the_caret_finds_its_way_back(content: str) -> None:
    positions = [text.caret_x(content, i, BODY) for i in range(len(content) + 1)]
    assert positions == sorted(positions)
    assert abs(positions[-1] - text.width(content, BODY)) <= 1
    for x in positions:
        assert abs(text.caret_x(content, text.index_at(content, x, BODY), BODY) - x) <= 1
    assert text.index_at(content, -5, BODY) == 0
    assert text.index_at(content, 10**6, BODY) == len(content)


def test_metrics_are_those_of_the_font() -> None:
    assert (text.line_height(BODY), text.ascent(BODY)) == (50, 39)
    assert text.width("Hello world", BODY) == 211
    assert text.width("Hello", TextStyle(42, letter_spacing_px=2)) == text.width("Hello", BODY) + 10
    assert text.ink("   ", BODY) == (0, 0, 0, 0)


def test_missing_characters_do_not_depend_on_the_machine() -> None:
    box = fonts.glyph("日", "regular")
    assert box is not None
    assert (box.face, box.glyph_id) == ("regular", 0)
    assert fonts.glyph("\u200d", "regular") is None
    smile = fonts.glyph("😀", "regular")
    assert smile is not None
    assert smile.face == fonts.ICONS
    assert text.width("👍🏽", BODY) == text.width("👍", BODY)
    assert text.width("e\u0301", BODY) == text.width("é", BODY)
    assert text.runs("e\u0301", BODY) == text.runs("é", BODY)


def test_every_stand_in_for_an_emoji_exists() -> None:
    assert [name for name, _ in emoji.SYMBOLS.values() if not fonts.has_icon(name)] == []


def test_icons_are_found_by_either_spelling() -> None:
    assert fonts.icon_char("arrow-left") == fonts.icon_char("arrow_left")
    with pytest.raises(ContentError, match=r"No icon is called `arow_left`; similar names: .*arrow_left"):
        fonts.icon_char("arow_left")
    assert not fonts.has_icon("__font_file__")


def test_a_fallback_font_is_named_by_path(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="is not a font file"):
        text.width("日", TextStyle(42, fallback=(str(tmp_path / "none.ttf"),)))
    # The icon font serves as a fallback font that has glyphs which the text font lacks.
    path = fonts.typeface_path(fonts.ICONS)
    home = fonts.icon_char("home")
    found = fonts.glyph(home, "regular", (str(path),))
    assert found is not None
    assert found.face == str(path)
    assert text.width(home, TextStyle(42, fallback=(str(path),))) == 42


def test_missing_system_libraries_are_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "skia.py").write_text("raise ImportError('libGL.so.1: cannot open shared object file')")
    program = "from mobilegym.emulator.phone.ui import fonts, paint, text; fonts.load_skia()"
    path = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "
    done = subprocess.run([sys.executable, "-c", path + program], capture_output=True, text=True, check=False)
    assert "MissingPrerequisite" in done.stderr
    assert "run `apt-get install libgl1 libegl1`" in done.stderr


def test_importing_the_renderer_loads_no_fonts_and_no_skia() -> None:
    program = "import sys; from mobilegym.emulator.phone.ui import paint; print('skia' in sys.modules, 'fonticon_mdi7' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_paragraphs_measure_like_plain_text() -> None:
    assert abs(paragraphs.measure("Hello world", 42, "regular", ()) - text.width("Hello world", BODY)) <= 3
    assert paragraphs.needs_shaping("س")
    assert not paragraphs.needs_shaping("é")
    # No font has the script, so it is boxes, not a paragraph.
    assert not text.is_complex("سلام", TextStyle(42, fallback=(str(fonts.typeface_path(fonts.ICONS)),)))
    assert text.width("سلام", BODY) == 75
