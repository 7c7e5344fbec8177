"""`CHANGELOG.md` keeps to Keep a Changelog, and knows the version."""

from __future__ import annotations

import re

import mobilegym
from tests.structure.tree import ROOT

SECTIONS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")


def lines() -> list[str]:
    return (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()


def releases() -> list[re.Match[str] | None]:
    headings = [line for line in lines() if line.startswith("## [") and "Unreleased" not in line]
    return [re.fullmatch(r"## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", line) for line in headings]


def test_it_starts_as_agreed() -> None:
    assert lines()[0] == "# Changelog"
    assert next(line for line in lines() if line.startswith("## ")) == "## [Unreleased]"


def test_releases_are_dated_and_in_order() -> None:
    found = releases()
    assert None not in found
    versions = [tuple(int(part) for part in match[1].split(".")) for match in found if match]
    dates = [match[2] for match in found if match]
    assert versions == sorted(versions, reverse=True)
    assert dates == sorted(dates, reverse=True)


def test_the_version_is_released_or_about_to_be() -> None:
    newest = next((match[1] for match in releases() if match), None)
    unreleased = lines()[lines().index("## [Unreleased]") + 1 :]
    assert newest == mobilegym.__version__ or any(line.startswith("- ") for line in unreleased)


def test_sections_and_entries() -> None:
    body = [line for line in lines()[lines().index("## [Unreleased]") :] if line]
    headings = [line.removeprefix("### ") for line in body if line.startswith("### ")]
    assert set(headings) <= set(SECTIONS)
    for line in body:
        assert line.startswith(("## ", "### ", "- ", "  ", "[")), f"neither heading nor entry: {line!r}"
        if line.startswith("- "):
            assert len(line) > 12, f"says too little: {line!r}"
