from __future__ import annotations

from typing import Any, cast

import pytest

from mobilegym.emulator.phone.kernel.settings import NAMESPACES, SettingsStore
from mobilegym.emulator.phone.kernel.settings_defaults import DEFAULTS
from mobilegym.errors import DeviceError


def test_defaults_are_a_stock_phone() -> None:
    settings = SettingsStore()
    assert settings.get("system", "screen_brightness") == "102"
    assert settings.get("global", "airplane_mode_on") == "0"
    assert settings.get("secure", "android_id") is not None
    assert settings.get("system", "no_such_key") is None
    assert settings.items("global") == DEFAULTS["global"]
    assert all(isinstance(value, str) for name in NAMESPACES for value in settings.items(name).values())


def test_overrides_and_typed_access() -> None:
    settings = SettingsStore({"system": {"font_scale": "1.3"}, "global": {"odd": "many"}})
    assert settings.decimal("system", "font_scale", 1.0) == 1.3
    assert settings.decimal("global", "odd", 2.0) == 2.0
    assert settings.decimal("global", "none", 3.0) == 3.0
    assert settings.number("system", "screen_off_timeout", 0) == 30_000
    assert settings.number("global", "odd", 7) == 7
    assert settings.number("global", "none", 8) == 8
    assert settings.flag("global", "wifi_on")
    assert settings.flag("global", "none", default=True)
    settings.set_flag("global", "wifi_on", False)
    assert settings.get("global", "wifi_on") == "0"


def test_observer_hears_of_changes_only() -> None:
    settings = SettingsStore()
    heard: list[tuple[str, str, str | None, str | None]] = []
    settings.on_change = lambda namespace, key, old, new: heard.append((namespace, key, old, new))
    token = settings.token
    settings.put("system", "screen_brightness", "102")
    settings.delete("system", "no_such_key")
    assert settings.token == token
    settings.put("system", "screen_brightness", "7")
    settings.delete("system", "screen_brightness")
    assert heard == [("system", "screen_brightness", "102", "7"), ("system", "screen_brightness", "7", None)]


def test_mistakes_are_named() -> None:
    settings = SettingsStore()
    with pytest.raises(DeviceError, match=r"no settings namespace 'sistem'"):
        settings.get(cast("Any", "sistem"), "x")
    with pytest.raises(DeviceError, match=r"needs a key"):
        settings.put("system", "", "x")


def test_snapshots_do_not_share_later_writes() -> None:
    settings = SettingsStore()
    frozen = settings.freeze()
    assert settings.freeze() is frozen
    other = SettingsStore()
    other.thaw(frozen)
    table = settings.table_token("secure")
    settings.put("system", "a", "1")
    assert settings.table_token("secure") == table
    assert other.get("system", "a") is None
    view = settings.items("system")
    settings.put("system", "a", "2")
    assert view["a"] == "1"
    settings.thaw(frozen)
    assert settings.token == other.token
    assert settings.get("system", "a") is None
