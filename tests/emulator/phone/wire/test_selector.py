"""UiSelector expressions: how they are read, what they find, and what is refused."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone.wire.automation.errors import AutomationError
from mobilegym.emulator.phone.wire.automation.expressions import as_selector
from mobilegym.emulator.phone.wire.automation.java import Construction, parse_expressions
from mobilegym.emulator.phone.wire.automation.nodes import Node, Tree
from mobilegym.emulator.phone.wire.automation.patterns import java_pattern
from mobilegym.emulator.phone.wire.automation.selector import UiSelector
from mobilegym.observation import Bounds, Element
from tests.emulator.phone.wire.drivers import Driver, Failure


def element(cls: str, depth: int, index: int, text: str = "", **more: object) -> Element:
    return Element(cls, "", text, "", "app", Bounds(0, 0, 10, 10), depth, index)._replace(**more)


TREE = Tree(
    "window",
    (
        element("Frame", 0, 0),
        element("List", 1, 0, scrollable=True),
        element("Row", 2, 0),
        element("Text", 3, 0, "Alpha"),
        element("Switch", 3, 1, checkable=True),
        element("Row", 2, 1),
        element("Text", 3, 0, "Beta"),
        element("Switch", 3, 1, checkable=True, checked=True),
        element("Button", 1, 1, "alphabet", resource_id="app:id/go"),
    ),
)


def found(expression: str) -> list[int]:
    """Places of the nodes that an expression selects."""
    return [n.order for n in as_selector(parse_expressions(expression)[0]).find_all(TREE.root)]


@pytest.mark.parametrize(
    ("expression", "places"),
    [
        ('new UiSelector().text("Alpha")', [3]),
        ('new UiSelector().text("alpha")', []),
        ('new UiSelector().textContains("ALPHA")', [3, 8]),
        ('new UiSelector().textStartsWith("be")', [6]),
        ('new UiSelector().textMatches("[AB].*")', [3, 6]),
        ('new UiSelector().textMatches("lpha")', []),
        ("new UiSelector().checkable(true).checked(false)", [4]),
        ("new UiSelector().checked()", [7]),
        ('new UiSelector().className("Row").instance(1)', [5]),
        ('new UiSelector().className("Row").instance(2)', []),
        ('new UiSelector().className("Text").index(0)', [3, 6]),
        ('new UiSelector().resourceIdMatches(".*:id/g.")', [8]),
        ('new UiSelector().className(Row.class).childSelector(new UiSelector().className("Switch"))', [4, 7]),
        ('new UiSelector().className("Row").instance(1).childSelector(new UiSelector().className("Switch"))', [7]),
        ('new UiSelector().className("Row").childSelector(new UiSelector().text("Beta"))', [6]),
        ('new UiSelector().text("Beta").fromParent(new UiSelector().className("Switch"))', [7]),
        ('new UiSelector().className("List").childSelector(new UiSelector().className("Row").instance(1)).childSelector('
         'new UiSelector().className("Text"))', [6]),
        ('new UiSelector().className("Text").childSelector(new UiSelector().className("Switch"))', []),
        ("new UiSelector()", [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ('UiSelector().text("Beta");', [6]),
        ('.text("Beta")', [6]),
        ('new android.support.UiSelector( ) . text ( "Beta" )', [6]),
    ],
)  # fmt: skip
def test_what_selectors_find(expression: str, places: list[int]) -> None:
    assert found(expression) == places


def test_the_first_found_is_the_first_of_all() -> None:
    for node in TREE.nodes:
        selector = UiSelector({"className": node.element.cls})
        assert selector.find(TREE.root) is selector.find_all(TREE.root)[0]


def test_a_search_within_a_node_leaves_the_node_out() -> None:
    row = TREE.nodes[2]
    assert UiSelector().find_all(row, inside=True) == [TREE.nodes[3], TREE.nodes[4]]
    assert UiSelector({"className": "Row"}).find(row, inside=True) is None


@pytest.mark.parametrize(
    "expression",
    [
        "", "new", "new UiSelector", "new UiSelector(", "new UiSelector())", 'new UiSelector().text("x', "new UiSelector().text(x)",
        "new UiSelector().text(1)", 'new UiSelector().index("1")', "new UiSelector().instance(99999999999)", "new UiSelector().nothing()",
        'new UiSelector().text("a", "b")', "new UiSelector().childSelector(1)", "new File()", 'new UiSelector().text("\\q")',
        'new UiSelector().text("a") new UiSelector()', "new UiSelector().childSelector(new UiScrollable(new UiSelector()))",
        "new UiSelector()." + "childSelector(new UiSelector()." * 40, "//*", "\x00",
    ],
)  # fmt: skip
def test_what_is_no_selector(expression: str) -> None:
    with pytest.raises(AutomationError) as error:
        [as_selector(e) for e in parse_expressions(expression)]
    assert error.value.kind == "invalid selector"


@pytest.mark.parametrize(
    ("written", "meant"),
    [(r"a\"b\\c", 'a"b\\c'), (r"\n\t", "\n\t"), (r"é\u00e9", "éé"), (r"\101", "A"), (r"\ud83d\ude42", "🙂"), ("漢字", "漢字")],
)
def test_escapes(written: str, meant: str) -> None:
    (expression,) = parse_expressions(f'new UiSelector().text("{written}")')
    assert expression.calls[0].args == (meant,)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=50))
@settings(max_examples=100)
def test_any_text_can_be_quoted(text: str) -> None:
    quoted = "".join(f"\\u{ord(c):04x}" if c in '"\\' or ord(c) < 32 else c for c in text)
    (expression,) = parse_expressions(f'new UiSelector().text("{quoted}")')
    assert expression == Construction("UiSelector", (), expression.calls)
    assert expression.calls[0].args == (text,)


@given(st.text(alphabet='new UiSelector().textinstance"1,;\\', max_size=80))
@settings(max_examples=200)
def test_garbage_is_an_invalid_selector(text: str) -> None:
    kind = "invalid selector"
    try:
        for expression in parse_expressions(text):
            as_selector(expression)
    except AutomationError as error:
        kind = error.kind
    assert kind == "invalid selector"


# ---------------------------------------------------------------------- regular expressions


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("a+b", "aab", True), ("a++b", "aab", True), (r"\QA.B\E", "A.B", True), (r"\QA.B\E", "AxB", False), (r"\p{Upper}\d+", "X12", True),
        (r"[\p{Alpha}_]+", "ab_", True), (r"(?i)OK", "ok", True), (".*b.*", "abc", True), ("a.c", "a\nc", True),
        (r"(\d{2}:)+\d", "10:20:3", True),
        ("(foo|bar)+", "foobar", True), ("b", "abc", False),
    ],
)  # fmt: skip
def test_java_patterns(pattern: str, text: str, fits: bool) -> None:
    assert java_pattern(pattern).matches(text) is fits


@pytest.mark.parametrize(
    "pattern",
    [
        "(a|a)" * 40 + "b",
        "(a+)+b",
        "(a|a)*b",
        "(a?){30}a{30}",
        "((a*)b*)*c",
        "(a|ab|b)+c",
        "(x+x+)+y",
        "a?" * 40 + "a" * 40,
        "a*" * 30 + "b",
        r"[a-z]*\w*[a-m]*\w*[a-z]*b",
    ],
)
def test_patterns_that_could_take_forever_are_refused(pattern: str) -> None:
    start = time.perf_counter()
    with pytest.raises(AutomationError):
        java_pattern(pattern).matches("a" * 40)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    "pattern", [r"\w+ \d+, \d+ .* \w+", r"\w+\s*:\s*\d{1,2}\.\d{1,2} \S+ at \S+", "[a-z]+-[a-z]+-[a-z]+-[a-z]+", ".*a.*b.*"]
)
def test_long_texts_do_not_matter_to_patterns_that_are_quick(pattern: str) -> None:
    text = "a" * 900
    assert java_pattern(pattern).matches(text) is False


@pytest.mark.parametrize("pattern", ["(", "[", "*", "\\", r"\p{Nonsense}", r"\y", "a" * 2_000, "(?P<x"])
def test_what_is_no_pattern(pattern: str) -> None:
    with pytest.raises(AutomationError) as error:
        java_pattern(pattern)
    assert error.value.kind == "invalid selector"


# ---------------------------------------------------------------------- scrolling


@pytest.fixture
def driver() -> Driver:
    driver = Driver()
    driver.open("com.android.settings")
    return driver


LIST = "new UiScrollable(new UiSelector().scrollable(true))"


def test_scrolling_brings_into_view(driver: Driver) -> None:
    assert driver.find_all("xpath", "//*[@text='System']") == []
    handle = driver.find("-android uiautomator", f'{LIST}.scrollIntoView(new UiSelector().text("System"))')
    assert driver.text(handle) == "System"
    assert driver.text(driver.find("-android uiautomator", f'{LIST}.scrollTextIntoView("Battery")')) == "Battery"
    row = driver.find("-android uiautomator", f'{LIST}.getChildByText(new UiSelector().className("android.widget.TextView"), "System")')
    assert driver.text(row) == "System"
    assert driver.find("-android uiautomator", f'{LIST}.getChildByInstance(new UiSelector().className("android.widget.TextView"), 0)')


def test_scrolling_back_and_forth(driver: Driver) -> None:
    def top() -> str:
        return driver.text(driver.find("id", "android:id/title"))

    first = top()
    driver.find("-android uiautomator", f"{LIST}.setMaxSearchSwipes(9).setAsVerticalList().scrollToEnd(20)")
    assert top() != first
    driver.find("-android uiautomator", f"{LIST}.scrollToBeginning(20)")
    assert top() == first
    driver.find("-android uiautomator", f"{LIST}.flingForward()")
    assert top() != first
    driver.find("-android uiautomator", f"{LIST}.flingToBeginning(9)")
    assert top() == first


def test_what_is_not_there_is_not_found(driver: Driver) -> None:
    for selector in (f'{LIST}.scrollTextIntoView("nothing")', 'new UiScrollable(new UiSelector().text("none")).scrollForward()'):
        with pytest.raises(Failure) as error:
            driver.find("-android uiautomator", selector)
        assert error.value.kind == "no such element"
        assert driver.find_all("-android uiautomator", selector) == []


def test_nodes_know_their_place() -> None:
    for node in TREE.nodes:
        assert TREE.at(node.path()) is node
        assert next(node.walk()) is node
        assert all(_above(node, below) for below in [*node.walk()][1:])


def _above(node: Node, below: Node) -> bool:
    return node in below.ancestors()
