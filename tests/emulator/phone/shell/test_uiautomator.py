"""The accessibility tree as XML: nothing of an observation is lost in it."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.actions import OpenApp, Press, Swipe, Tap
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.hierarchy import active_elements, compress, dump_active, dump_windows, nodes_xml, windows_info
from mobilegym.emulator.phone.shell.system import System
from mobilegym.observation import Bounds, Element
from tests.emulator.phone.shell.direct import run, script
from tests.emulator.phone.wander import launchable, start

ATTRIBUTES = [
    "index", "text", "resource-id", "class", "package", "content-desc", "checkable", "checked", "clickable", "enabled", "focusable",
    "focused", "scrollable", "long-clickable", "password", "selected", "bounds",
]  # fmt: skip


def elements_of(node: ET.Element, depth: int) -> list[Element]:
    """What a client makes of a `<hierarchy>` or `<node>`: the elements below it."""
    found: list[Element] = []
    for child in node:
        a = child.attrib
        left, top, right, bottom = (int(n) for n in a["bounds"].strip("[]").replace("][", ",").split(","))

        def flag(name: str, a: dict[str, str] = a) -> bool:
            return {"true": True, "false": False}[a[name]]

        found.append(
            Element(
                a["class"], a["resource-id"], a["text"], a["content-desc"], a["package"], Bounds(left, top, right, bottom), depth,
                int(a["index"]), flag("clickable"), flag("long-clickable"), flag("scrollable"), flag("checkable"), flag("checked"),
                flag("focusable"), flag("focused"), flag("selected"), flag("enabled"), flag("password"), a.get("hint", ""),
            )
        )  # fmt: skip
        found += elements_of(child, depth + 1)
    return found


def rebuilt(xml: str) -> tuple[Element, ...]:
    root = ET.fromstring(xml.encode())
    assert root.tag == "displays"
    return tuple(e for hierarchy in root.iter("hierarchy") for e in elements_of(hierarchy, 0))


def printable(elements: tuple[Element, ...]) -> bool:
    return not any(ord(c) < 32 and c not in "\n\t\r" for e in elements for c in e.text + e.content_desc + e.hint)


def test_an_observation_can_be_rebuilt_from_all_windows_of_every_app() -> None:
    phone = VirtualPhone()
    for app in launchable(phone):
        phone.perform(OpenApp(app))
        assert rebuilt(dump_windows(phone.kernel)) == phone.observe().elements, app
        phone.perform(Press("menu"))
        phone.perform(Tap(0.94, 0.08))
        assert rebuilt(dump_windows(phone.kernel)) == phone.observe().elements, app
    phone.perform(Swipe(0.5, 0.0, 0.5, 0.6))
    assert rebuilt(dump_windows(phone.kernel)) == phone.observe().elements
    assert [w.title for w in windows_info(phone.kernel) if w.active] == ["NotificationShade"]


@pytest.mark.parametrize("seed", range(3))
def test_an_observation_can_be_rebuilt_wherever_one_wanders(seed: int) -> None:
    phone, wanderer = start(seed)
    for _ in range(40):
        phone.perform(wanderer.draw(phone.observe()))
        elements = phone.observe().elements
        if printable(elements):
            assert rebuilt(dump_windows(phone.kernel)) == elements


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(texts, texts, texts, st.integers(0, 5), st.booleans()), min_size=1, max_size=12))
def test_any_text_makes_well_formed_xml_that_says_the_same(parts: list[tuple[str, str, str, int, bool]]) -> None:
    elements: list[Element] = []
    for text, desc, hint, wanted, flag in parts:
        depth = min(wanted, elements[-1].depth + 1) if elements else 0
        elements.append(Element("a.View", "a:id/b", text, desc, "a", Bounds(0, 0, 1, 1), depth, 0, clickable=flag, hint=hint))
    root = ET.fromstring(f"<hierarchy>{nodes_xml(tuple(elements))}</hierarchy>".encode())
    read = elements_of(root, 0)
    assert [e.depth for e in read] == [e.depth for e in elements]
    for was, now in zip(elements, read, strict=True):
        for old, new in ((was.text, now.text), (was.content_desc, now.content_desc), (was.hint, now.hint)):
            assert len(new) == len(old)
            assert all(a == b or b == "." for a, b in zip(old, new, strict=True))
            assert "".join(c for c in old if c.isprintable()) == "".join(b for a, b in zip(old, new, strict=True) if a.isprintable())


def test_the_active_window_is_one_tree_of_one_app() -> None:
    phone = VirtualPhone()
    phone.perform(OpenApp("Contacts"))
    root = ET.fromstring(dump_active(phone.kernel).encode())
    assert (root.tag, root.attrib, len(root)) == ("hierarchy", {"rotation": "0"}, 1)
    assert {n.attrib["package"] for n in root.iter("node")} == {"com.google.android.contacts"}
    nodes = list(root.iter("node"))
    assert all([k for k in n.attrib if k not in ("NAF", "hint")] == ATTRIBUTES for n in nodes)
    for n in nodes:
        named = any(d.attrib["text"] or d.attrib["content-desc"] for d in n.iter("node"))
        assert ("NAF" in n.attrib) == (n.attrib["clickable"] == "true" and n.attrib["enabled"] == "true" and not named)


def test_compressed_leaves_out_containers_only() -> None:
    phone = VirtualPhone()
    phone.perform(OpenApp("Settings"))
    full = active_elements(phone.kernel)
    small = compress(full)
    assert 0 < len(small) < len(full)
    assert [e.text for e in small if e.text] == [e.text for e in full if e.text]
    assert all(b.depth <= a.depth + 1 for a, b in zip(small, small[1:], strict=False))
    assert len(ET.fromstring(dump_active(phone.kernel, compressed=True))) == 1


def test_compress_of_any_tree_keeps_it_a_tree() -> None:
    rng = random.Random(5)
    for _ in range(200):
        elements: list[Element] = []
        for _ in range(rng.randint(1, 15)):
            depth = rng.randint(0, elements[-1].depth + 1) if elements else 0
            elements.append(Element("v", "", rng.choice(("", "t")), "", "p", Bounds(0, 0, 1, 1), max(depth, 1 if elements else 0), 0))
        small = compress(elements)
        siblings: dict[int, int] = {}
        for e in small:
            siblings = {d: n for d, n in siblings.items() if d <= e.depth}
            assert e.index == siblings.get(e.depth, 0)
            siblings[e.depth] = e.index + 1


# ---------------------------------------------------------------------- the program


def test_dump_writes_the_file_and_says_so_in_its_own_spelling(system: System) -> None:
    assert run(system, "uiautomator", "dump").text == "UI hierchary dumped to: /sdcard/window_dump.xml\n"
    assert system.files.read("/sdcard/window_dump.xml").decode() == dump_active(system.kernel)
    assert run(system, "uiautomator", "dump", "--compressed", "/data/local/tmp/x.xml").text.endswith("/data/local/tmp/x.xml\n")
    assert system.files.read("/data/local/tmp/x.xml").decode() == dump_active(system.kernel, compressed=True)


def test_dump_to_the_terminal(system: System) -> None:
    text = run(system, "uiautomator", "dump", "--windows", "/dev/tty").text
    assert text == dump_windows(system.kernel) + "UI hierchary dumped to: /dev/tty\n"


def test_dump_with_the_screen_off_has_no_root(system: System) -> None:
    script(system, "input keyevent SLEEP")
    finished = run(system, "uiautomator", "dump")
    assert (finished.status, finished.stderr) == (0, b"ERROR: null root node returned by UiTestAutomationBridge.\n")


def test_a_turned_screen_says_so(system: System) -> None:
    system.phone.perform(OpenApp("Contacts"))
    script(system, "wm user-rotation lock 1")
    root = ET.fromstring(dump_active(system.kernel))
    assert (root.attrib["rotation"], root[0].attrib["bounds"]) == ("1", "[0,0][2400,1080]")
