"""The starter suite keeps what it promises, template by template and for several seeds."""

from __future__ import annotations

import pytest

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.evaluation.verify import verify_template
from mobilegym.tasks.suites import load_suite

SUITE = load_suite("starter")
SEEDS = range(3)


@pytest.mark.parametrize("template", sorted(SUITE.templates))
def test_solution_passes_and_nothing_else(template: str) -> None:
    with VirtualPhone() as device:
        rows = list(verify_template(SUITE.template(template), device, SEEDS))
    assert rows
    assert not [row for row in rows if not row.ok]


def test_suite_is_as_wide_as_it_says() -> None:
    apps = {app for template in SUITE.templates.values() for app in template.head.apps}
    assert len(SUITE.templates) >= 40
    assert {"contacts", "phone", "messages", "calendar", "clock", "files", "notes", "camera", "gallery", "settings"} <= apps
    assert {template.head.expect for template in SUITE.templates.values()} >= {"done", "infeasible", "answer"}
    assert {template.head.split for template in SUITE.templates.values()} == {"train", "validation", "test"}


def test_every_instance_of_a_seed_is_equal() -> None:
    again = load_suite("starter")
    assert again.hash == SUITE.hash
    for template in SUITE.templates:
        assert SUITE.instance(template, 11) == again.instance(template, 11)
