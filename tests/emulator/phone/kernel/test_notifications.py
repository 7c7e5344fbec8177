from __future__ import annotations

import pytest

from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.journal import Journal
from mobilegym.emulator.phone.kernel.notifications import UNSNOOZE_ACTION, Notifications
from mobilegym.errors import NotFound


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shade(clock: Clock) -> Notifications:
    return Notifications(clock, Journal(clock))


def names(shade: Notifications) -> list[str]:
    return [entry.name.removeprefix("notification.") for entry in shade._journal.entries()]


def test_posting(shade: Notifications, clock: Clock) -> None:
    shade.uid_of = lambda package: 10123
    key = shade.post(
        "app",
        "t",
        "Title",
        "Text",
        channel="news",
        actions=(("Reply", "REPLY", True), ("Mark read", "READ")),
        id=7,
        extras={"b": 1, "a": 2},
    )
    assert key == "0|app|7|t|10123"
    found = shade.get(key)
    assert found is not None
    assert (found.actions[0].remote_input, found.actions[1].remote_input, found.extras, found.extra("b")) == (
        True,
        False,
        (("a", 2), ("b", 1)),
        1,
    )
    assert shade.find("app", "t", 7) is found
    (seen,) = shade.observed()
    assert (seen.title, seen.actions, seen.when_ms, seen.channel) == ("Title", ("Reply", "Mark read"), clock.now_ms, "news")
    shade.post("app", "t", "Newer", "Text", channel="news", id=7)
    assert [item.title for item in shade.active()] == ["Newer"]
    assert names(shade) == ["posted", "updated"]
    assert shade.post("app", "", "x", "y").split("|")[3] == "null"


def test_order_of_the_shade(shade: Notifications, clock: Clock) -> None:
    shade.post("a", "silent", "silent", "", importance=2, channel="low")
    shade.post("a", "old", "old", "")
    clock.advance_to(clock.now_ms + 1000)
    shade.post("b", "new", "new", "")
    assert [item.tag for item in shade.active()] == ["new", "old", "silent"]
    assert [item.tag for item in shade.active("a")] == ["old", "silent"]
    assert shade.active() is shade.active()


def test_going_away(shade: Notifications) -> None:
    ongoing = shade.post("a", "call", "Call", "", ongoing=True)
    normal = shade.post("a", "n", "N", "")
    sticky = shade.post("b", "s", "S", "", auto_cancel=False)
    assert not shade.dismiss(ongoing)
    assert not shade.dismiss("nothing")
    assert shade.clicked(sticky).tag == "s"
    assert shade.clicked(normal).tag == "n"
    assert {item.tag for item in shade.active()} == {"call", "s"}
    assert shade.dismiss_all() == 1
    assert shade.cancel_all() == 0
    assert shade.cancel(ongoing)
    assert not shade.cancel(ongoing)
    assert [past.reason for past in shade.history()] == ["app", "dismissed", "clicked"]
    with pytest.raises(NotFound):
        shade.clicked(ongoing)
    shade.post("a", "call", "Call", "", ongoing=True)
    shade.remove_package("a")
    assert shade.active() == ()


def test_snoozing(shade: Notifications, clock: Clock) -> None:
    key = shade.post("a", "t", "T", "")
    shade.snooze(key, clock.now_ms + 60_000)
    assert shade.active() == ()
    assert len(shade.snoozed()) == 1
    (event,) = clock.pending("android")
    assert (event.action, event.extra("key")) == (UNSNOOZE_ACTION, key)
    assert not shade.unsnooze(key)
    clock.due(event.at_ms)
    assert shade.unsnooze(key)
    assert [item.key for item in shade.active()] == [key]
    assert not shade.unsnooze(key)
    with pytest.raises(NotFound):
        shade.snooze("nothing", 0)


def test_the_owner_switches_apps_and_channels_off(shade: Notifications) -> None:
    shade.define_channel("a", "news", "News", 4)
    shade.post("a", "1", "1", "", channel="news")
    shade.set_enabled("a", False)
    assert shade.active() == ()
    shade.post("a", "2", "2", "", channel="news")
    assert shade.active() == ()
    assert names(shade)[-1] == "blocked"
    shade.set_enabled("a", True)
    shade.set_enabled("a", True)
    shade.post("a", "3", "3", "", channel="news", importance=1)
    assert shade.active()[0].importance == 4
    shade.set_channel_importance("a", "news", 0)
    shade.post("a", "4", "4", "", channel="news")
    assert shade.active() == ()
    shade.define_channel("a", "news", "Latest news", 4)
    assert [(channel.name, channel.importance) for channel in shade.channels("a")] == [("Latest news", 0)]
    with pytest.raises(NotFound):
        shade.set_channel_importance("a", "none", 3)


def test_an_app_cannot_flood_the_shade(shade: Notifications) -> None:
    for number in range(80):
        shade.post("a", str(number), "x", "")
    assert len(shade.active()) == 50
    assert shade.find("a", "0") is None
    assert shade.dismiss_all() == 50
    assert len(shade.history()) == 50


def test_snapshots(shade: Notifications) -> None:
    heard: list[str] = []
    shade.on_post = lambda item: heard.append(item.tag)
    shade.post("a", "1", "1", "")
    frozen = shade.freeze()
    shade.post("a", "2", "2", "")
    shade.set_enabled("b", False)
    shade.thaw(frozen)
    assert [item.tag for item in shade.active()] == ["1"]
    assert shade.enabled("b")
    assert shade.token == frozen.token
    assert heard == ["1", "2"]
