"""What every test shares: seeds that repeat, no network by accident, and skips that cannot hide a missing tool."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
REQUIRE_ALL = os.environ.get("MOBILEGYM_REQUIRE_ALL") == "1"
"""Set where everything is expected to be installed: a skip for a missing tool is then a failure."""
MISSING = "missing: "

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")


def missing(what: str, remedy: str) -> None:
    """Skip the running test because the machine lacks `what`; with MOBILEGYM_REQUIRE_ALL=1 fail it."""
    if REQUIRE_ALL:
        pytest.fail(f"{MISSING}{what}, and MOBILEGYM_REQUIRE_ALL=1 says it must be there; {remedy}", pytrace=False)
    pytest.skip(f"{MISSING}{what}; {remedy}")


@pytest.fixture
def needs_program() -> Callable[..., str]:
    """`needs_program("chromium", "chrome")` is the path of the first that is installed; the test is skipped where none is."""

    def need(*names: str) -> str:
        for name in names:
            if path := shutil.which(name):
                return path
        missing(" or ".join(f"`{name}`" for name in names), "install it")
        raise AssertionError

    return need


@pytest.fixture
def needs_module() -> Callable[[str], None]:
    """`needs_module("minari")` skips the test where the module is not installed."""

    def need(name: str) -> None:
        if importlib.util.find_spec(name) is None:
            missing(f"the module `{name}`", "install the extra that has it")

    return need


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With MOBILEGYM_REQUIRE_ALL=1, `pytest.importorskip` may not skip either."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(call.excinfo.value) if call.excinfo else ""
        if reason.startswith((MISSING, "could not import")):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: {reason} (MOBILEGYM_REQUIRE_ALL=1)"
    return report
