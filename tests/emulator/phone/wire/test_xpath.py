"""XPath over the page source: what it finds, and what it costs at most."""

from __future__ import annotations

import importlib
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.emulator.phone.wire.drivers import Driver, Failure

etree: Any = importlib.import_module("lxml.etree")


@pytest.fixture(scope="module")
def driver() -> Driver:
    driver = Driver()
    driver.open("com.android.settings")
    return driver


def texts(driver: Driver, expression: str, context: str = "") -> list[str]:
    return [driver.text(h) for h in driver.find_all("xpath", expression, context)]


@pytest.mark.parametrize(
    "expression",
    [
        "//android.widget.TextView[@text='Battery']", "//*[@text='Battery']", "//*[@resource-id='android:id/title'][@text='Battery']",
        "//*[starts-with(@text,'Batt') and @enabled='true']", "//*[matches(@text, '^Bat.*y$')]", "//*[ends-with(@text,'ttery')]",
        "//*[lower-case(@text)='battery']", "//*[upper-case(@text)='BATTERY']", "//*[replace(@text,'B(.)t','$1')='atery']",
        "//*[contains(@text,'attery') and not(contains(@text,'Saver'))]", "(//*[@text='Battery'])[1]", "//*[@text='Battery']/../*[1]",
        "/hierarchy//*[@text='Battery']", "//*[*[@text='Battery']]/*[1]", "//*[exists(@text) and @text='Battery']",
        "//*[string-length(@text)=7][starts-with(@text,'Battery')]", "//*[@text=string-join('Battery')]",
    ],
)  # fmt: skip
def test_ways_to_say_battery(driver: Driver, expression: str) -> None:
    assert texts(driver, expression) == ["Battery"]


def test_document_order_and_positions(driver: Driver) -> None:
    titles = texts(driver, "//*[@resource-id='android:id/title']")
    assert len(titles) > 5
    assert texts(driver, "(//*[@resource-id='android:id/title'])[last()]") == titles[-1:]
    assert texts(driver, "(//*[@resource-id='android:id/title'])[position()<3]") == titles[:2]
    one = driver.find("xpath", "//*[@resource-id='android:id/title']")
    assert driver.text(one) == titles[0]


def test_a_context_limits_the_search(driver: Driver) -> None:
    row = driver.find("xpath", "//*[@text='Battery']/..")
    assert "Battery" in texts(driver, ".//android.widget.TextView", row)
    assert "Display" not in texts(driver, ".//android.widget.TextView", row)
    assert "Battery" in texts(driver, "//android.widget.TextView", row)
    assert "Display" not in texts(driver, "//android.widget.TextView", row)
    assert "Battery" in texts(driver, "./*", row)
    assert "Battery" in texts(driver, "android.widget.TextView", row)


def test_the_source_is_what_is_searched(driver: Driver) -> None:
    root = etree.fromstring(driver.get("source").encode())
    assert root.tag == "hierarchy"
    assert root.attrib == {"index": "0", "class": "hierarchy", "rotation": "0", "width": "1080", "height": "2400"}
    items = list(root.iter("*"))[1:]
    assert len(driver.find_all("xpath", "//hierarchy//*")) == len(items)
    for item in items[::7]:
        assert item.tag == item.get("class")
        handle = driver.find("xpath", root.getroottree().getpath(item))
        assert driver.get(f"element/{handle}/attribute/bounds") == item.get("bounds")
        assert driver.get(f"element/{handle}/attribute/text") == item.get("text")


@pytest.mark.parametrize(
    "expression",
    [
        "//*[", "//*[@text=]", "", "count(//*)", "'x'", "//*/@text", "//x:y", "//*[nothing()]", "$a", "//*[matches(@text,'(')]",
        "//*[matches(@text,'(a+)+b')]", "/" * 100_000, "//*" * 3_000, "//*[" * 300 + "]" * 300, "//*[matches()]", "document('x')",
        "//*[@text=concat(" + "'a'," * 3_000 + "'b')]", "\x00", "\ud800",
    ],
)  # fmt: skip
def test_what_is_no_expression(driver: Driver, expression: str) -> None:
    with pytest.raises(Failure) as error:
        driver.find("xpath", expression)
    assert error.value.kind == "invalid selector"
    assert error.value.status == 400


@pytest.mark.parametrize(
    "expression",
    [
        "//*[//*[//*[//*[//*[//*[//*]]]]]]", "//*[.//*[.//*[.//*[.//*[.//*]]]]]", "//*" + "[//*" * 12 + "]" * 12,
        "//*[following::*[preceding::*[following::*[preceding::*[following::*]]]]]", "//*" + "//*" * 200, "//*[" + "//*|" * 500 + "//*]",
        "//*[count(//*[count(//*[count(//*[count(//*[count(//*)>0])>0])>0])>0])>0]",
    ],
)  # fmt: skip
def test_expensive_expressions_end_soon(driver: Driver, expression: str) -> None:
    start = time.perf_counter()
    why = driver.why(lambda: driver.find_all("xpath", expression))
    assert why is None or why.kind == "invalid selector"
    assert time.perf_counter() - start < 3


@given(st.text(alphabet="/*[]@()='\".|: textandco123,$\n\u00e9", max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_an_answer(expression: str) -> None:
    driver = _shared()
    found: list[str] = []
    why = driver.why(lambda: found.extend(driver.find_all("xpath", expression)))
    assert why is None or why.kind == "invalid selector"
    assert len(set(found)) == len(found)


_SHARED: list[Driver] = []


def _shared() -> Driver:
    if not _SHARED:
        _SHARED.append(Driver())
    return _SHARED[0]


def test_toasts_are_nodes_of_their_own(driver: Driver) -> None:
    shell = driver.system.kernel.shell
    shell.show_toast("com.android.settings", 'Saved <&> "it"')
    assert texts(driver, "//android.widget.Toast") == ['Saved <&> "it"']
    assert texts(driver, "//*[@class='android.widget.Toast'][1]") == ['Saved <&> "it"']
    driver.phone.pass_time(10_000)
    assert driver.find_all("xpath", "//android.widget.Toast") == []
