"""The accessibility tree reads back as the elements that it was written from."""

from __future__ import annotations

import pytest

from mobilegym.actions import DeviceAction, OpenApp, Press, Scroll, Swipe, Tap
from mobilegym.emulator.android.tree import NoTree, extract_xml, read_tree
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.hierarchy import dump_active, dump_windows

PATHS: tuple[tuple[DeviceAction, ...], ...] = (
    (Press("home"),), (OpenApp("Settings"), Scroll("down")), (Press("notifications"),), (OpenApp("Contacts"),), (Press("recents"),),
    (OpenApp("Clock"), Tap(0.9, 0.1)), (Press("home"), Swipe(0.5, 0.8, 0.5, 0.2)), (Press("power"), Press("power")),
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_all_windows_are_an_observation(path: tuple[DeviceAction, ...]) -> None:
    phone = VirtualPhone()
    for action in path:
        phone.perform(action)
    screen = phone.observe()
    assert read_tree(dump_windows(phone.kernel), screen.width, screen.height) == screen.elements


def test_a_plain_dump_has_the_active_window() -> None:
    phone = VirtualPhone()
    phone.perform(OpenApp("Settings"))
    screen = phone.observe()
    found = read_tree(dump_active(phone.kernel), screen.width, screen.height)
    assert found
    assert set(found) < set(screen.elements)


def test_the_document_is_found_among_messages() -> None:
    noise = "[Warning] something\n<?xml version='1.0'?><hierarchy rotation=\"0\"></hierarchy>UI hierchary dumped to: /dev/tty\n"
    assert extract_xml(noise) == "<?xml version='1.0'?><hierarchy rotation=\"0\"></hierarchy>"


@pytest.mark.parametrize("text", ["", "ERROR: could not get idle state.\n", "<?xml version='1.0'?><hierarchy>", "ERROR: null root node"])
def test_without_a_tree_it_says_so(text: str) -> None:
    with pytest.raises(NoTree):
        read_tree(extract_xml(text), 100, 100)


def node(bounds: str, inside: str = "") -> str:
    return f'<node class="a.View" package="p" bounds="{bounds}">{inside}</node>'


def test_what_lies_outside_is_left_out_and_depths_close_up() -> None:
    xml = f"<hierarchy>{node('[0,0][100,100]', node('[0,0][0,0]', node('[90,90][120,130]')) + node('[0,200][100,300]'))}</hierarchy>"
    assert [(e.bounds, e.depth) for e in read_tree(xml, 100, 100)] == [((0, 0, 100, 100), 0), ((90, 90, 100, 100), 1)]


def test_real_phones_list_windows_from_the_top() -> None:
    def window(title: str, layer: int, package: str) -> str:
        inside = f'<node class="a.View" package="{package}" bounds="[0,0][9,9]" />'
        return f'<window title="{title}" layer="{layer}"><hierarchy rotation="0">{inside}</hierarchy></window>'

    listed = window("InputMethod", 3, "ime") + window("StatusBar", 2, "bar") + window("p/p.Main", 1, "app")
    xml = f'<displays><display id="0">{listed}</display></displays>'
    assert [e.package for e in read_tree(xml, 9, 9)] == ["bar", "app", "ime"]
