"""APK files: what their manifest declares, as a `Manifest` of the phone. The file comes from outside and is not trusted."""

from __future__ import annotations

import re
import zipfile
import zlib
from hashlib import sha256
from io import BytesIO
from typing import Final
from zlib import crc32

from mobilegym.emulator.phone.kernel.intents import IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, ApkInfo, AppIcon, Component, Instrumentation, Later, Manifest
from mobilegym.emulator.phone.kernel.permissions import GROUPS
from mobilegym.emulator.phone.shell.axml import AxmlError, ResourceId, XmlNode, parse_xml, resource_strings
from mobilegym.errors import MobileGymError

__all__ = ["ApkError", "read_apk"]

_MAX_MANIFEST: Final = 4 * 1024 * 1024
_MAX_TABLE: Final = 64 * 1024 * 1024
_MAX_ENTRIES: Final = 100_000
_MAX_DIRECTORY: Final = 16 * 1024 * 1024
_MAX_ACTIVITIES: Final = 2_000
_PACKAGE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+")
_CLASS: Final = re.compile(r"[\w.$]{1,255}")
_ABI: Final = re.compile(r"lib/([^/]{1,20})/[^/]+\.so")
_COLORS: Final = (0xFF1A73E8, 0xFF188038, 0xFFD93025, 0xFFE37400, 0xFF9334E6, 0xFF12858D, 0xFFC5221F, 0xFF5F6368)
_RUN_TIME: Final = frozenset(permission for group in GROUPS for permission in group.permissions)
_SCREEN: Final = "mobilegym.emulator.phone.apps.placeholder.screen:Placeholder"


class ApkError(MobileGymError):
    """The file cannot be installed; `code` is Android's name of the reason."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def read_apk(data: bytes) -> Manifest:
    """What an APK declares.

    Raises:
        ApkError: It is no APK, or its manifest is malformed.
    """
    _check_directory(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > _MAX_ENTRIES:
                raise ApkError("INSTALL_FAILED_INVALID_APK", "Too many entries in the archive")
            if "AndroidManifest.xml" not in names:
                raise ApkError("INSTALL_PARSE_FAILED_UNEXPECTED_EXCEPTION", "Failed to parse base.apk: AndroidManifest.xml is missing")
            manifest = _member(archive, "AndroidManifest.xml", _MAX_MANIFEST)
            table = _member(archive, "resources.arsc", _MAX_TABLE) if "resources.arsc" in names else b""
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, UnicodeDecodeError) as error:
        raise ApkError("INSTALL_PARSE_FAILED_NOT_APK", f"Failed to parse base.apk: {error}") from error
    try:
        root = parse_xml(manifest)
    except AxmlError as error:
        raise ApkError("INSTALL_PARSE_FAILED_BAD_MANIFEST", f"Failed to parse base.apk: Corrupt XML binary file ({error})") from error
    natives = tuple(sorted({m[1] for n in names if (m := _ABI.fullmatch(n))}))
    return _Reader(root, table).manifest(natives, sha256(data).hexdigest())


def _check_directory(data: bytes) -> None:
    """Refuse an archive whose list of files is itself too long to be read."""
    end = data.rfind(b"PK\5\6", max(0, len(data) - 66_000))
    if end >= 0 and end + 16 <= len(data) and int.from_bytes(data[end + 12 : end + 16], "little") > _MAX_DIRECTORY:
        raise ApkError("INSTALL_FAILED_INVALID_APK", "Too many entries in the archive")


def _member(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """The content of a file in the archive; what claims or turns out to be larger than `limit` is refused unread."""
    with archive.open(name) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ApkError("INSTALL_FAILED_INVALID_APK", f"{name} is larger than {limit} bytes")
    return data


class _Reader:
    """Turns the elements of an Android manifest into values."""

    def __init__(self, root: XmlNode, table: bytes) -> None:
        self._root = root
        self._table = table
        self._package = root.text("package")
        if root.tag != "manifest":
            raise ApkError("INSTALL_PARSE_FAILED_BAD_MANIFEST", "Failed to parse base.apk: No <manifest> tag")
        if not _PACKAGE.fullmatch(self._package) or len(self._package) > 200:
            raise ApkError("INSTALL_PARSE_FAILED_BAD_PACKAGE_NAME", f"Invalid manifest package: {self._package[:80]!r}")

    def manifest(self, natives: tuple[str, ...], digest: str) -> Manifest:
        """The whole."""
        root, package = self._root, self._package
        app = root.first("application")
        instrumentation = tuple(
            Instrumentation(self._class(node.text("name")), node.text("targetPackage") or package) for node in root.all("instrumentation")
        )
        if app is None and not instrumentation:
            raise ApkError("INSTALL_PARSE_FAILED_MANIFEST_EMPTY", "<manifest> does not contain an <application>")
        app = app or XmlNode("application")
        requested = tuple(
            dict.fromkeys(node.text("name") for node in root.kids if node.tag.startswith("uses-permission") if node.text("name"))
        )
        sdk = root.first("uses-sdk") or XmlNode("uses-sdk")
        least = sdk.number("minSdkVersion", 1)
        label = self._string(app, "label") or self._string_of_launcher(app) or package.rpartition(".")[2].capitalize()
        info = ApkInfo(
            version_code=max(0, min(root.number("versionCode", 0), 2**31 - 1)), min_sdk=least,
            target_sdk=sdk.number("targetSdkVersion", least), debuggable=app.flag("debuggable"), test_only=app.flag("testOnly"),
            requested=requested, services=self._components(app, "service"), receivers=self._components(app, "receiver"),
            instrumentation=instrumentation, native=natives, digest=digest, split=root.text("split")[:100],
        )  # fmt: skip
        return Manifest(
            package=package, label=label[:60], icon=_icon(package, label), activities=self._activities(app),
            permissions=tuple(p for p in requested if p in _RUN_TIME), version=self._string(root, "versionName")[:60], system=False,
            apk=info,
        )  # fmt: skip

    def _class(self, name: str) -> str:
        full = self._package + name if name.startswith(".") else name if "." in name else f"{self._package}.{name}"
        if not _CLASS.fullmatch(full):
            raise ApkError("INSTALL_PARSE_FAILED_MANIFEST_MALFORMED", f"Invalid class name {name[:80]!r} in package {self._package}")
        return full

    def _string(self, node: XmlNode, name: str) -> str:
        """An attribute's text, looked up where it is a reference."""
        value = node.attrs.get(name)
        if isinstance(value, ResourceId) and self._table:
            try:
                return resource_strings(self._table)(value)
            except AxmlError:
                # The label is decoration: an app is usable without it.
                return ""
        return (
            value if isinstance(value, str) else str(value) if isinstance(value, int) and not isinstance(value, bool | ResourceId) else ""
        )

    def _string_of_launcher(self, app: XmlNode) -> str:
        for node in app.all("activity"):
            if any("android.intent.action.MAIN" in f.actions for f in _filters(node)):
                return self._string(node, "label")
        return ""

    def _activities(self, app: XmlNode) -> tuple[ActivityInfo, ...]:
        found: dict[str, ActivityInfo] = {}
        nodes = [node for node in app.kids if node.tag in ("activity", "activity-alias")]
        if len(nodes) > _MAX_ACTIVITIES:
            raise ApkError("INSTALL_PARSE_FAILED_MANIFEST_MALFORMED", f"{len(nodes)} activities")
        for node in nodes:
            name = self._class(node.text("name"))
            if not node.flag("enabled", True):
                continue
            exported = node.flag("exported") if "exported" in node.attrs else None
            found[name] = ActivityInfo(
                Later(_SCREEN, name), _filters(node), single_top=node.number("launchMode", 0) in (1, 2, 3),
                label=self._string(node, "label")[:60], exported=exported,
            )  # fmt: skip
        return tuple(found.values())

    def _components(self, app: XmlNode, tag: str) -> tuple[Component, ...]:
        return tuple(
            Component(
                self._class(node.text("name")), tuple(a for f in _filters(node) for a in f.actions),
                node.flag("exported", bool(node.all("intent-filter"))),
            )
            for node in app.all(tag)[:_MAX_ACTIVITIES]
        )  # fmt: skip


def _filters(node: XmlNode) -> tuple[IntentFilter, ...]:
    found: list[IntentFilter] = []
    for item in node.all("intent-filter"):
        data = item.all("data")
        actions = _texts(item.all("action"), "name")
        if actions:
            categories = tuple(c for c in _texts(item.all("category"), "name"))
            found.append(IntentFilter(actions, _texts(data, "scheme"), _texts(data, "mimeType"), categories, _texts(data, "host")))
    return tuple(found)


def _texts(nodes: list[XmlNode], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for node in nodes if (text := node.text(name))))


def _icon(package: str, label: str) -> AppIcon:
    """The first letter of the label on a disc."""
    first = label[:1].casefold()
    glyph = (
        f"alpha-{first}"
        if first.isascii() and first.isalpha()
        else f"numeric-{first}"
        if first.isascii() and first.isdigit()
        else "android"
    )
    return AppIcon(glyph, _COLORS[crc32(package.encode()) % len(_COLORS)])
