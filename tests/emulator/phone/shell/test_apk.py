"""APK files are read, whoever made them."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.phone.shell.apk import ApkError, read_apk
from mobilegym.emulator.phone.shell.axml import AxmlError, parse_xml, resource_strings
from tests.emulator.phone.shell.apk_builder import Element, Ref, build_apk, build_axml, build_table, manifest_of

CAMERA = "android.permission.CAMERA"
DEMO = manifest_of(
    "com.example.demo", version=7, label="Demo", permissions=("android.permission.INTERNET", CAMERA), flags={"debuggable": True},
    extra=(
        Element("activity-alias", {"name": ".Alias", "targetActivity": ".Main", "exported": True}),
        Element("service", {"name": ".Svc", "exported": True}),
        Element("receiver", {"name": ".Rcv"}, (Element("intent-filter", {}, (Element("action", {"name": "demo.PING"}),)),)),
    ),
    parts=(Element("instrumentation", {"name": ".Runner", "targetPackage": "com.example.other"}),),
)  # fmt: skip
APK = build_apk(DEMO)


@pytest.mark.parametrize("utf8", [False, True])
def test_what_the_manifest_says(utf8: bool) -> None:
    manifest = read_apk(build_apk(DEMO, utf8=utf8, files={"lib/x86_64/liba.so": b"x", "lib/arm64-v8a/liba.so": b"x"}))
    assert (manifest.package, manifest.label, manifest.version, manifest.version_code) == ("com.example.demo", "Demo", "7.0", 7)
    assert manifest.permissions == (CAMERA,)
    assert not manifest.system
    names = {a.name: a for a in manifest.activities}
    assert list(names) == [f"com.example.demo.{n}" for n in ("Main", "Other", "Hidden", "Alias")]
    assert names["com.example.demo.Main"].launchable
    assert not names["com.example.demo.Hidden"].open
    apk = manifest.apk
    assert apk is not None
    assert apk.requested == ("android.permission.INTERNET", CAMERA)
    assert (apk.min_sdk, apk.target_sdk, apk.debuggable, apk.test_only) == (24, 34, True, False)
    assert [s.name for s in apk.services] == ["com.example.demo.Svc"]
    assert [(r.name, r.actions, r.exported) for r in apk.receivers] == [("com.example.demo.Rcv", ("demo.PING",), True)]
    assert [(i.name, i.target) for i in apk.instrumentation] == [("com.example.demo.Runner", "com.example.other")]
    assert apk.native == ("arm64-v8a", "x86_64")


def test_labels_come_from_resources_or_the_package() -> None:
    named = manifest_of("com.example.demo", label=Ref(0x7F010001))
    assert read_apk(build_apk(named, strings=("Wrong", "Right"))).label == "Right"
    assert read_apk(build_apk(named)).label == "Demo"
    assert read_apk(build_apk(manifest_of("com.example.gadget"))).label == "Gadget"
    assert resource_strings(build_table(("A",)))(0x7F010005) == ""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "INSTALL_PARSE_FAILED_NOT_APK"),
        (b"PK\x03\x04 but no more", "INSTALL_PARSE_FAILED_NOT_APK"),
        (build_apk(Element("manifest", {"package": "nodots"}, (Element("application"),))), "INSTALL_PARSE_FAILED_BAD_PACKAGE_NAME"),
        (build_apk(Element("manifest", {"package": "a.b"})), "INSTALL_PARSE_FAILED_MANIFEST_EMPTY"),
        (build_apk(Element("resources")), "INSTALL_PARSE_FAILED_BAD_MANIFEST"),
        (build_apk(manifest_of("a.b", extra=(Element("activity", {"name": "<x>"}),))), "INSTALL_PARSE_FAILED_MANIFEST_MALFORMED"),
    ],
)
def test_what_cannot_be_installed(data: bytes, code: str) -> None:
    with pytest.raises(ApkError) as caught:
        read_apk(data)
    assert caught.value.code == code


def test_zip_bombs_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("AndroidManifest.xml", bytes(40 * 1024 * 1024))
    with pytest.raises(ApkError, match="larger than"):
        read_apk(out.getvalue())


def test_strings_that_are_used_many_times_are_bounded() -> None:
    """Every string of a pool may point at the same long text."""
    text = "x" * 30_000
    count = 2_000
    body = struct.pack("<H", len(text)) + text.encode("utf-16-le") + b"\0\0\0\0"
    start = 28 + 4 * count
    pool = struct.pack("<HHIIIIII", 1, 28, start + len(body), count, 0, 0, start, 0) + bytes(4 * count) + body
    attributes = b"".join(struct.pack("<IIIHBBI", 0xFFFFFFFF, i, 0xFFFFFFFF, 8, 0, 3, i) for i in range(count))
    tag = struct.pack("<HHIIIIIHHHHHH", 0x0102, 16, 36 + len(attributes), 1, 0xFFFFFFFF, 0xFFFFFFFF, 0, 20, 20, count, 0, 0, 0) + attributes
    with pytest.raises(AxmlError, match="too long"):
        parse_xml(struct.pack("<HHI", 3, 8, 8 + len(pool) + len(tag)) + pool + tag)


def read_or_refuse(data: bytes) -> None:
    """Nothing but an `ApkError` may come out."""
    with contextlib.suppress(ApkError):
        assert read_apk(data).package


def test_the_list_of_files_is_bounded() -> None:
    data = bytearray(APK)
    end = data.rfind(b"PK\5\6")
    data[end + 12 : end + 16] = (1 << 30).to_bytes(4, "little")
    with pytest.raises(ApkError, match="Too many"):
        read_apk(bytes(data))


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    read_or_refuse(data)
    for read in (parse_xml, resource_strings):
        with pytest.raises(AxmlError):
            read(data)


SMALL = build_axml(DEMO)
TABLE = build_table(("One", "Two"))


@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), max_size=12), st.integers(0, len(SMALL)))
def test_damaged_manifests(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(SMALL)
    for at, value in changes:
        data[at] = value
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("AndroidManifest.xml", bytes(data[: length or len(data)]))
    read_or_refuse(out.getvalue())


@given(st.lists(st.tuples(st.integers(0, len(APK) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_damaged_archives(changes: list[tuple[int, int]]) -> None:
    data = bytearray(APK)
    for at, value in changes:
        data[at] = value
    read_or_refuse(bytes(data))


@given(st.lists(st.tuples(st.integers(0, len(TABLE) - 1), st.integers(0, 255)), max_size=12), st.integers(0, 0xFFFFFFFF))
def test_damaged_tables(changes: list[tuple[int, int]], resource: int) -> None:
    data = bytearray(TABLE)
    for at, value in changes:
        data[at] = value
    with contextlib.suppress(AxmlError):
        assert isinstance(resource_strings(bytes(data))(resource), str)
