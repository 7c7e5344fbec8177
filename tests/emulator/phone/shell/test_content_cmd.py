"""`content`: rows as Android prints them, typed bindings, and the provider's errors."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.state.content import parse_bind, row_text, split_escaped
from mobilegym.emulator.phone.shell.state.facts import java_double
from mobilegym.emulator.phone.shell.system import Finished, System

Shell = Callable[..., Finished]


def test_a_message_is_inserted_queried_updated_and_deleted(sh: Shell, system: System) -> None:
    assert sh("content insert --uri content://sms --bind address:s:+15550100 --bind body:s:'a\\:b, c' --bind read:i:0 --bind type:i:1") == (
        Finished(0, b"", b"")
    )
    row = sh("content query --uri content://sms --projection _id:address:person:body").text
    assert row == "Row: 0 _id=1, address=+15550100, person=NULL, body=a:b, c\n"
    assert sh("content update --uri content://sms --bind read:i:1 --where \"address='+15550100'\"").stdout == b""
    assert system.kernel.content.query("content://sms")[0]["read"] == 1
    assert sh("content delete --uri content://sms").stdout == b""
    assert sh("content query --uri content://sms").stdout == b"No result found.\n"


def test_the_default_projection_is_the_providers(sh: Shell) -> None:
    sh("content insert --uri content://sms --bind address:s:1 --bind body:s:x --bind type:i:1")
    names = [part.split("=")[0] for part in sh("content query --uri content://sms").text.removeprefix("Row: 0 ").split(", ")]
    assert names == ["_id", "thread_id", "address", "person", "date", "date_sent", "protocol", "read", "status", "type",
                     "reply_path_present", "subject", "body", "service_center", "locked", "sub_id", "error_code", "creator",
                     "seen"]  # fmt: skip


def test_settings_are_content(sh: Shell, system: System) -> None:
    sh("content insert --uri content://settings/secure --bind name:s:mine --bind value:s:here")
    assert system.kernel.settings.get("secure", "mine") == "here"
    query = "content query --uri content://settings/secure --projection name:value --where \"name='mine'\""
    assert sh(query).text == "Row: 0 name=mine, value=here\n"
    call = "content call --uri content://settings/system --method"
    assert sh(f"{call} GET_secure --arg mine").text == "Result: Bundle[{value=here}]\n"
    assert sh(f"{call} PUT_secure --arg mine --extra value:s:there").text == "Result: null\n"
    assert system.kernel.settings.get("secure", "mine") == "there"


def test_media_is_read_and_written(sh: Shell, system: System) -> None:
    system.kernel.files.write("/sdcard/Pictures/a.txt", b"\x00\xffold")
    row = system.kernel.content.media.by_path("/sdcard/Pictures/a.txt")
    assert row is not None
    uri = f"content://media/external/file/{row.id}"
    assert sh(f"content read --uri {uri}").stdout == b"\x00\xffold"
    assert sh(f"content write --uri {uri}", stdin=b"new").status == 0
    assert system.kernel.files.read("/sdcard/Pictures/a.txt") == b"new"
    assert "java.io.FileNotFoundException" in sh("content read --uri content://media/external/file/99999").stderr.decode()
    assert sh("content gettype --uri content://media/external/images/media").text == "Result: vnd.android.cursor.dir/image\n"


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("drop --uri content://sms", "Unsupported operation: drop"),
        ("query --url content://sms", "Unsupported argument: --url"),
        ("query --where a=1", "Content provider URI not specified. Did you specify --uri argument?"),
        ("insert --uri content://sms", "Bindings not specified. Did you specify --bind argument(s)?"),
        ("insert --uri content://sms --bind body:s:a:b", "Binding not well formed: body:s:a:b"),
        ("insert --uri content://sms --bind body", "Binding not well formed: body"),
        ("query --uri", "No value for argument: --uri"),
    ],
)
def test_wrong_arguments(sh: Shell, command: str, message: str) -> None:
    done = sh(f"content {command}")
    assert done.status == 1
    assert f"[ERROR] {message}\n" in done.text
    assert "usage: adb shell content" in done.text


@pytest.mark.parametrize(
    ("command", "error"),
    [
        ("content://nobody/x", "java.lang.IllegalStateException: Could not find provider: nobody"),
        ("content://sms/a/b", "java.lang.IllegalArgumentException: Unknown URL content://sms/a/b"),
        ("content://sms --projection nope", "android.database.sqlite.SQLiteException: no such column: nope (code 1 SQLITE_ERROR): "
         ", while compiling: SELECT nope FROM sms"),
        ("content://sms --where nope=1", "android.database.sqlite.SQLiteException: no such column: nope (code 1 SQLITE_ERROR)"),
    ],
)  # fmt: skip
def test_what_a_provider_refuses(sh: Shell, command: str, error: str) -> None:
    done = sh(f"content query --uri {command}")
    first, second = done.stderr.decode().splitlines()[:2]
    assert first.startswith("Error while accessing provider:")
    assert second.startswith(error)
    assert (done.status, done.stdout) == (0, b"")


def test_values_are_shown_as_java_does() -> None:
    assert row_text(3, {"a": 1.0, "b": b"x", "c": None, "d": "two\nlines, =", "e": 12345678.5, "f": 1e-5}) == (
        "Row: 3 a=1.0, b=BLOB, c=NULL, d=two\nlines, =, e=1.23456785E7, f=1.0E-5\n"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.0"), (-2.5, "-2.5"), (0.001, "0.001"), (9999999.0, "9999999.0"), (1e7, "1.0E7"), (1.25e-7, "1.25E-7"), (1e300, "1.0E300")],
)
def test_doubles(value: float, text: str) -> None:
    assert java_double(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_double_is_the_same_number(value: float) -> None:
    assert float(java_double(value)) == value


@given(st.lists(st.text(max_size=8), min_size=1, max_size=5))
def test_escaping_and_splitting_are_inverse(parts: list[str]) -> None:
    escaped = ":".join(part.replace("\\", "\\\\").replace(":", "\\:") for part in parts)
    assert split_escaped(escaped) == parts


@pytest.mark.parametrize("text", ["a:i:1.5", "a:i:2147483648", "a:l:x", "a:f:", "a:z:1", "", "a:s:\\"])
def test_what_is_no_binding(text: str) -> None:
    with pytest.raises(ValueError, match=r"For input|not well formed|Unsupported type|Invalid escaping"):
        parse_bind(text)


def test_bindings_have_types() -> None:
    assert [parse_bind(f"n:{rest}").value for rest in ("s:", "b:TRUE", "b:x", "i:-3", "l:9999999999", "d:1.5", "n:")] == [
        "", 1, 0, -3, 9999999999, 1.5, None,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def shared() -> System:
    return System(VirtualPhone())


@given(body=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40))
@settings(max_examples=25, deadline=None)
def test_any_text_comes_back(shared: System, body: str) -> None:
    bind = shlex.quote("body:s:" + body.replace("\\", "\\\\").replace(":", "\\:"))
    script = f"content delete --uri content://sms; content insert --uri content://sms --bind address:s:1 --bind {bind}"
    done = asyncio.run(shared.run(f"{script}; content query --uri content://sms --projection body"))
    assert done == Finished(0, f"Row: 0 body={body}\n".encode(), b"")
