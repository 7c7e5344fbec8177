"""Makes small APKs: a binary manifest, and a resource table where the label is a resource."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Element", "Ref", "build_apk", "build_axml", "build_table", "manifest_of"]

_NAMES = {
    "label": 0x01010001, "name": 0x01010003, "debuggable": 0x0101000F, "exported": 0x01010010, "launchMode": 0x0101001D,
    "targetPackage": 0x01010021, "mimeType": 0x01010026, "scheme": 0x01010027, "host": 0x01010028, "minSdkVersion": 0x0101020C,
    "versionCode": 0x0101021B, "versionName": 0x0101021C, "targetSdkVersion": 0x01010270, "testOnly": 0x01010272,
    "targetActivity": 0x01010202,
}  # fmt: skip
MAIN = "android.intent.action.MAIN"
LAUNCHER = "android.intent.category.LAUNCHER"


class Ref(int):
    """A resource id as an attribute's value."""


@dataclass
class Element:
    """An element to write."""

    tag: str
    attrs: Mapping[str, str | int | bool | Ref] = field(default_factory=dict[str, str | int | bool | Ref])
    kids: Sequence[Element] = ()


def _pool(strings: Sequence[str], *, utf8: bool) -> bytes:
    body = b""
    offsets: list[int] = []
    for text in strings:
        offsets.append(len(body))
        if utf8:
            raw = text.encode()
            body += bytes((len(text), len(raw))) + raw + b"\0"
        else:
            body += struct.pack("<H", len(text)) + text.encode("utf-16-le") + b"\0\0"
    body += b"\0" * (-len(body) % 4)
    start = 28 + 4 * len(strings)
    head = struct.pack("<HHIIIIII", 1, 28, start + len(body), len(strings), 0, 0x100 if utf8 else 0, start, 0)
    return head + struct.pack(f"<{len(strings)}I", *offsets) + body


def build_axml(root: Element, *, utf8: bool = False) -> bytes:
    """A binary XML file."""
    known = list(_NAMES)
    strings = list(known)

    def index(text: str) -> int:
        if text not in strings[len(known) :]:
            strings.append(text)
        return strings.index(text, len(known))

    def write(element: Element) -> bytes:
        attributes = b""
        for name, value in element.attrs.items():
            number = known.index(name) if name in known else index(name)
            raw = 0xFFFFFFFF
            match value:
                case Ref():
                    kind, data = 0x01, int(value)
                case bool():
                    kind, data = 0x12, 0xFFFFFFFF if value else 0
                case int():
                    kind, data = 0x10, value & 0xFFFFFFFF
                case _:
                    kind, data = 0x03, index(value)
                    raw = data
            attributes += struct.pack("<IIIHBBI", 0xFFFFFFFF, number, raw, 8, 0, kind, data)
        count = len(element.attrs)
        tag = index(element.tag)
        start = struct.pack("<HHIIIIIHHHHHH", 0x0102, 16, 36 + len(attributes), 1, 0xFFFFFFFF, 0xFFFFFFFF, tag, 20, 20, count, 0, 0, 0)
        end = struct.pack("<HHIIIII", 0x0103, 16, 24, 1, 0xFFFFFFFF, 0xFFFFFFFF, tag)
        return start + attributes + b"".join(write(kid) for kid in element.kids) + end

    tree = write(root)
    resources = struct.pack("<HHI", 0x0180, 8, 8 + 4 * len(known)) + struct.pack(f"<{len(known)}I", *_NAMES.values())
    body = _pool(strings, utf8=utf8) + resources + tree
    return struct.pack("<HHI", 3, 8, 8 + len(body)) + body


def build_table(strings: Sequence[str]) -> bytes:
    """A resource table with the strings as 0x7f010000, 0x7f010001, ... in the default configuration."""
    entries = b"".join(struct.pack("<HHIHBBI", 8, 0, 0, 8, 0, 3, i) for i in range(len(strings)))
    config = struct.pack("<I", 64) + b"\0" * 60
    start = 20 + len(config) + 4 * len(strings)
    offsets = struct.pack(f"<{len(strings)}I", *(16 * i for i in range(len(strings))))
    kind = (
        struct.pack("<HHIBBHII", 0x0201, 20 + len(config), start + len(entries), 1, 0, 0, len(strings), start) + config + offsets + entries
    )
    package = struct.pack("<HHII", 0x0200, 288, 288 + len(kind), 0x7F) + b"\0" * (288 - 12) + kind
    body = _pool(strings, utf8=True) + package
    return struct.pack("<HHII", 2, 12, 12 + len(body), 1) + body


def manifest_of(
    package: str, *, version: int = 1, label: str | Ref = "", permissions: Sequence[str] = (), extra: Sequence[Element] = (),
    sdk: tuple[int, int] = (24, 34), flags: Mapping[str, bool] | None = None, parts: Sequence[Element] = (), split: str = "",
) -> Element:  # fmt: skip
    """A manifest with a launcher activity `.Main`, an exported one `.Other` and one, `.Hidden`, that is not."""
    start = Element("intent-filter", {}, (Element("action", {"name": MAIN}), Element("category", {"name": LAUNCHER})))
    view = Element("intent-filter", {}, (Element("action", {"name": "android.intent.action.VIEW"}), Element("data", {"scheme": "demo"})))
    activities = (
        Element("activity", {"name": ".Main", "exported": True}, (start,)),
        Element("activity", {"name": f"{package}.Other", "exported": True}, (view,)),
        Element("activity", {"name": ".Hidden", "exported": False}),
        *extra,
    )
    app: dict[str, str | int | bool | Ref] = dict(flags or {})
    if label:
        app["label"] = label
    kids = (
        Element("uses-sdk", {"minSdkVersion": sdk[0], "targetSdkVersion": sdk[1]}),
        *(Element("uses-permission", {"name": name}) for name in permissions),
        Element("application", app, activities),
        *parts,
    )
    attrs: dict[str, str | int | bool | Ref] = {"package": package, "versionCode": version, "versionName": f"{version}.0"}
    return Element("manifest", {**attrs, "split": split} if split else attrs, kids)


def build_apk(root: Element, *, files: Mapping[str, bytes] | None = None, strings: Sequence[str] = (), utf8: bool = False) -> bytes:
    """An APK with that manifest, other files, and a resource table where `strings` are given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("AndroidManifest.xml", build_axml(root, utf8=utf8))
        if strings:
            archive.writestr("resources.arsc", build_table(strings))
        for name, data in {"classes.dex": b"dex\n035\0", **(files or {})}.items():
            archive.writestr(name, data)
    return out.getvalue()
