from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.errors import DeviceError, NotFound
from tests.emulator.phone.kernel.services import Services

SMS = "content://sms"


@pytest.fixture
def services() -> Services:
    services = Services()
    for number in range(5):
        services.content.sms.store(f"555010{number}", f"Text {number}", "inbox", 1000 + number)
    return services


def test_unknown_authorities_and_schemes(services: Services) -> None:
    for uri in ("content://nobody/x", "http://sms", "sms", "content://", ""):
        with pytest.raises(NotFound):
            services.content.query(uri)
    assert "sms" in services.content.authorities()
    assert services.content.query("content://0@sms/1", projection=["_id"]) == [{"_id": 1}]


@pytest.mark.parametrize(
    "where",
    [
        "1=1) UNION SELECT name FROM sqlite_master --",
        "1=1; DROP TABLE sms",
        "1 /* x",
        "1 -- x",
        "(1",
        "1)",
        "1) OR (1",
        "'",
        '"x',
        "[x",
        "body = 'a' OR",
        "date > datetime('now')",
        "random() > 0",
        "nowhere = 1",
        "load_extension('x')",
    ],
)
def test_conditions_stay_conditions(services: Services, where: str) -> None:
    for attempt in (
        lambda: services.content.query(SMS, where=where),
        lambda: services.content.delete(SMS, where=where),
        lambda: services.content.update(SMS, {"read": 1}, where=where),
    ):
        with pytest.raises(DeviceError):
            attempt()
    assert len(services.content.query(SMS)) == 5


def test_quotes_and_parentheses_in_texts_are_text(services: Services) -> None:
    services.content.sms.store("5550109", "it's (fine); -- really", "inbox")
    for where, args in (
        ("body = 'it''s (fine); -- really'", ()),
        ("body = ?", ("it's (fine); -- really",)),
        ("(body LIKE ?)", ("%(fine);%",)),
    ):
        assert len(services.content.query(SMS, where=where, args=args)) == 1
    assert len(services.content.query(SMS, where="   ")) == 6


def test_projection_and_sort(services: Services) -> None:
    content = services.content
    assert content.query(SMS, projection=["BODY"], sort="date ASC LIMIT 2") == [{"body": "Text 0"}, {"body": "Text 1"}]
    assert content.query(SMS, projection=["body"], sort="body COLLATE NOCASE DESC, _id limit 1 offset 1") == [{"body": "Text 3"}]
    assert content.query(SMS, projection=["body"], sort="lower(body) LIMIT 1, 1") == [{"body": "Text 1"}]
    assert content.query(SMS, projection=["count(*) AS n"], where="date > 1002") == [{"n": 2}]
    for projection in (["body; DROP TABLE sms"], ["(SELECT 1)"], ["nope"], ["*"]):
        with pytest.raises(DeviceError, match=r"no such column"):
            content.query(SMS, projection=projection)
    for sort in ("nope", "date; DROP TABLE sms", "(SELECT 1)", "date DESC, ", "random()"):
        with pytest.raises(DeviceError):
            content.query(SMS, sort=sort)


def test_values_are_checked(services: Services) -> None:
    for values in ({}, {"bdy": "x"}, {"body": cast("Any", ["x"])}, {'body" = 1 --': "x"}):
        with pytest.raises(DeviceError):
            services.content.insert(SMS, values)
        with pytest.raises(DeviceError):
            services.content.update(SMS, values)


@given(st.text(max_size=30))
def test_no_condition_breaks_out(where: str) -> None:
    services = Services()
    services.content.sms.store("5550101", "secret", "inbox")
    before = services.databases.rows("com.android.providers.telephony", "mmssms.db")
    try:
        rows = services.content.query(SMS, projection=["body"], where=where)
    except DeviceError:
        rows = []
    assert rows in ([], [{"body": "secret"}])
    assert services.databases.rows("com.android.providers.telephony", "mmssms.db") == before


def test_settings_as_content(services: Services) -> None:
    content, settings = services.content, services.settings
    assert content.query("content://settings/system/font_scale", projection=["name", "value"]) == [{"name": "font_scale", "value": "1.0"}]
    assert [row["value"] for row in content.query("content://settings/global", where="name = ?", args=("wifi_on",))] == ["1"]
    assert content.insert("content://settings/secure", {"name": "k", "value": 5}) == "content://settings/secure/k"
    assert settings.get("secure", "k") == "5"
    assert content.update("content://settings/secure", {"value": "6"}, where="name = 'k'") == 1
    assert settings.get("secure", "k") == "6"
    content.insert("content://settings/secure", {"name": "k", "value": None})
    assert settings.get("secure", "k") is None
    assert content.delete("content://settings/system/font_scale") == 1
    assert settings.get("system", "font_scale") is None
    with pytest.raises(DeviceError, match=r"`name` and `value`"):
        content.insert("content://settings/secure", {"value": "x"})
    for path in ("content://settings", "content://settings/other", "content://settings/secure/a/b"):
        with pytest.raises(NotFound):
            content.query(path)


def test_blocked_numbers_and_words(services: Services) -> None:
    content, blocked = services.content, services.content.blocked
    blocked.block("(212) 555-0142")
    blocked.block("2125550142")
    assert (blocked.numbers(), blocked.is_blocked("+12125550142"), blocked.is_blocked("5550177")) == (["(212) 555-0142"], True, False)
    uri = "content://com.android.blockednumber/blocked"
    assert content.query(uri, projection=["e164_number"]) == [{"e164_number": "+12125550142"}]
    row = content.insert(uri, {"original_number": "5550177"})
    assert content.update(row, {"original_number": "5550178"}) == 1
    assert content.delete(row) == 1
    assert blocked.unblock("12125550142")
    assert not blocked.unblock("12125550142")
    with pytest.raises(DeviceError, match=r"original_number"):
        content.insert(uri, {"e164_number": "x"})
    with pytest.raises(NotFound):
        content.query("content://com.android.blockednumber/x")
    with pytest.raises(NotFound):
        content.insert(f"{uri}/1", {"original_number": "1"})
    content.insert("content://user_dictionary/words", {"word": "mobilegym", "frequency": 250})
    assert content.query("content://user_dictionary/words", projection=["word"]) == [{"word": "mobilegym"}]
