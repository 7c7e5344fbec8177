"""Strict YAML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.errors import ContentError
from mobilegym.tasks.yaml_reader import read_yaml
from tests.tasks.helpers import refusal


def test_reads_plain_data_with_lines() -> None:
    document = read_yaml('a: 1\nb:\n  - x\n  - {c: "y", d: true, e: null, f: 1.5}\ng: 2026-03-01\nh: 08:30\n', "f.yaml")
    assert document.data == {"a": 1, "b": ["x", {"c": "y", "d": True, "e": None, "f": 1.5}], "g": "2026-03-01", "h": "08:30"}
    assert document.lines["b", 1, "c"] == 4
    assert document.lines["g",] == 5


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\na: 2\n", 2, "given twice (first on line 1)"),
        ("a: &x 1\n", 1, "anchors"),
        ("a: &x 1\nb: *x\n", 1, "anchors"),
        ("a: 1\n<<: {b: 2}\n", 2, "key must be text"),
        ("a: !thing b\n", 1, "tags are not allowed"),
        ("a: !!python/object x\n", 1, "not allowed"),
        ("a: {b}\n", 1, '"{b}"'),
        ("a: {b.c}\n", 1, '"{b.c}"'),
        ("1: x\n", 1, "key must be text"),
        ("true: x\n", 1, "key must be text"),
        ("[a]: x\n", 1, "key must be text"),
        ("a: .inf\n", 1, "not a number"),
        ("a: 1e999\n", 1, "finite"),
        ("a: 010\n", 1, "quote it"),
        ("- a\n", 1, "mapping"),
        ("", 1, "mapping"),
        ("a: [1\nb: 2\n", None, "not valid YAML"),
        ("a: 1\n---\nb: 2\n", None, "not valid YAML"),
        ("\ta: 1\n", None, "not valid YAML"),
        ("a: \x00\n", None, "not valid YAML"),
        ("a: " + "[" * 3000, None, ""),
    ],
)
def test_refuses(text: str, line: int | None, words: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_yaml(text, "f.yaml")
    assert caught.value.file == "f.yaml"
    assert words in caught.value.message
    if line is not None:
        assert caught.value.line == line


def test_aliases_cannot_blow_up() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    with pytest.raises(ContentError, match="anchors"):
        read_yaml(bomb, "f.yaml")


def test_too_large_is_refused() -> None:
    with pytest.raises(ContentError, match="larger"):
        read_yaml("a: " + "x" * 3_000_000, "f.yaml")


@given(st.text(max_size=200) | st.text("abc: {}[]\"'&*!|>-\n\t#%@`,?0123456789", max_size=200))
def test_any_text_reads_or_is_refused_with_its_file(text: str) -> None:
    error = refusal(lambda: read_yaml(text, "f.yaml"), ContentError)
    if isinstance(error, ContentError):
        assert error.file == "f.yaml"
    else:
        assert all(isinstance(k, str) for k in read_yaml(text, "f.yaml").data)
