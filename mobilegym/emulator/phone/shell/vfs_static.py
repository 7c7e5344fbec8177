"""What the system image holds: folders, links, devices, `/system`, and the code of installed apps."""

from __future__ import annotations

import io
import stat
import zipfile
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from mobilegym.emulator.phone.kernel.packages import apk_path
from mobilegym.emulator.phone.shell.vfs_proc import Proc
from mobilegym.emulator.phone.shell.vfs_values import Node

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["MOUNTS", "Mount", "StaticTree"]

_BUILT_MS: Final = 1_230_768_000_000
"""2009-01-01: the time of every file of a system image."""
_D: Final = stat.S_IFDIR
_ROOT: Final = {
    "acct": (0o555, 0, 0), "apex": (0o755, 0, 0), "bugreports": "/data/user_de/0/com.android.shell/files/bugreports",
    "bin": "/system/bin", "cache": "/data/cache", "config": (0o755, 0, 0), "d": "/sys/kernel/debug", "data": (0o771, 1000, 1000),
    "data_mirror": (0o700, 0, 0), "debug_ramdisk": (0o755, 0, 0), "dev": (0o755, 0, 0), "etc": "/system/etc", "init": "/system/bin/init",
    "init.environ.rc": None, "linkerconfig": (0o755, 0, 0), "lost+found": (0o700, 0, 0), "metadata": (0o711, 0, 1000),
    "mnt": (0o755, 0, 1000), "odm": (0o755, 0, 0), "odm_dlkm": (0o755, 0, 0), "oem": (0o755, 0, 0), "postinstall": (0o755, 0, 0),
    "proc": (0o555, 0, 0), "product": (0o755, 0, 0), "sdcard": "/storage/self/primary", "second_stage_resources": (0o755, 0, 0),
    "storage": (0o710, 2000, 9997), "sys": (0o555, 0, 0), "system": (0o755, 0, 0), "system_dlkm": (0o755, 0, 0),
    "system_ext": (0o755, 0, 0), "vendor": (0o755, 0, 2000), "vendor_dlkm": (0o755, 0, 0),
}  # fmt: skip
_LINKS: Final = {
    "/storage/self/primary": "/storage/emulated/0", "/mnt/sdcard": "/storage/self/primary", "/data/user/0": "/data/data",
    "/system/vendor": "/vendor", "/system/product": "/product", "/system/system_ext": "/system_ext", "/dev/stdin": "/proc/self/fd/0",
    "/dev/stdout": "/proc/self/fd/1", "/dev/stderr": "/proc/self/fd/2", "/dev/fd": "/proc/self/fd",
}  # fmt: skip
_FOLDERS: Final = {
    "/storage/self": (0o751, 0, 9997), "/storage/emulated": (0o771, 0, 1023), "/mnt/user": (0o710, 0, 1000),
    "/mnt/media_rw": (0o750, 0, 1023),
    "/data/app": (0o771, 1000, 1000), "/data/user": (0o711, 1000, 1000), "/data/user_de": (0o711, 1000, 1000),
    "/data/misc": (0o771, 1000, 9998),
    "/data/user_de/0": (0o771, 1000, 1000), "/data/media": (0o770, 1023, 1023), "/data/system": (0o775, 1000, 1000),
    "/data/anr": (0o775, 1000, 1000),
    "/data/tombstones": (0o771, 1000, 1000), "/data/cache": (0o770, 1000, 2001), "/data/vendor": (0o771, 0, 0), "/data/adb": (0o700, 0, 0),
    "/data/property": (0o700, 0, 0), "/data/dalvik-cache": (0o771, 0, 0),
    "/system/app": (0o755, 0, 0), "/system/bin": (0o751, 0, 2000), "/system/etc": (0o755, 0, 0), "/system/fonts": (0o755, 0, 0),
    "/system/framework": (0o755, 0, 0), "/system/lib": (0o755, 0, 0), "/system/lib64": (0o755, 0, 0), "/system/media": (0o755, 0, 0),
    "/system/priv-app": (0o755, 0, 0), "/system/usr": (0o755, 0, 0), "/system/xbin": (0o751, 0, 2000), "/vendor/bin": (0o751, 0, 2000),
    "/vendor/etc": (0o755, 0, 0), "/vendor/lib64": (0o755, 0, 0), "/product/app": (0o755, 0, 0), "/product/bin": (0o751, 0, 2000),
    "/product/etc": (0o755, 0, 0), "/system_ext/bin": (0o751, 0, 2000), "/system_ext/etc": (0o755, 0, 0), "/dev/block": (0o755, 0, 0),
    "/dev/socket": (0o755, 0, 0), "/sys/class": (0o755, 0, 0), "/sys/devices": (0o755, 0, 0), "/sys/kernel": (0o755, 0, 0),
    "/sys/class/power_supply": (0o755, 0, 0), "/sys/class/net": (0o755, 0, 0), "/sys/class/thermal": (0o755, 0, 0),
    "/sys/fs": (0o755, 0, 0), "/sys/fs/selinux": (0o755, 0, 0),
}  # fmt: skip
_DEVICES: Final = {
    "/dev/null": 0o666, "/dev/zero": 0o666, "/dev/full": 0o666, "/dev/random": 0o666, "/dev/urandom": 0o666, "/dev/tty": 0o666,
    "/dev/ptmx": 0o666, "/dev/kmsg": 0o600, "/dev/console": 0o600, "/dev/binder": 0o666,
}  # fmt: skip
_PROGRAM_FILES: Final = ("app_process", "app_process64", "cmd", "dumpsys", "init", "linker64", "sh", "toybox", "uiautomator")
_FILES: Final = {
    "/system/etc/hosts": "127.0.0.1       localhost\n::1             ip6-localhost\n",
    "/init.environ.rc": "on early-init\n    export ANDROID_ROOT /system\n    export ANDROID_DATA /data\n",
    "/system/etc/mkshrc": ": ${HOSTNAME:=$(getprop ro.boot.hardware)}\n",
    "/sys/fs/selinux/enforce": "1",
}  # fmt: skip
_PROPERTY_FILES: Final = {
    "/system/build.prop": ("ro.build.", "ro.product.", "ro.system.", "persist.sys.timezone", "ro.config.", "dalvik."),
    "/vendor/build.prop": ("ro.vendor.", "ro.product.vendor."), "/product/etc/build.prop": ("ro.product.product.",),
    "/system_ext/etc/build.prop": ("ro.system_ext.", "ro.product.system_ext."),
}  # fmt: skip


class Mount(NamedTuple):
    """A mounted file system, sizes in KiB."""

    device: str
    path: str
    kind: str
    options: str
    total: int
    used: int


_RO: Final = "ro,seclabel,relatime"
_RW: Final = "rw,seclabel,nosuid,nodev,noatime"
MOUNTS: Final = (
    Mount("/dev/block/dm-5", "/", "ext4", _RO, 906_484, 903_708),
    Mount("tmpfs", "/dev", "tmpfs", "rw,seclabel,nosuid,relatime,size=999444k,nr_inodes=249861,mode=755", 1_007_048, 1_216),
    Mount("proc", "/proc", "proc", "rw,relatime,gid=3009,hidepid=invisible", 0, 0),
    Mount("sysfs", "/sys", "sysfs", "rw,seclabel,relatime", 0, 0),
    Mount("tmpfs", "/mnt", "tmpfs", "rw,seclabel,nosuid,nodev,noexec,relatime,mode=755,gid=1000", 1_007_048, 0),
    Mount("/dev/block/dm-3", "/product", "ext4", _RO, 1_394_044, 1_389_796),
    Mount("/dev/block/dm-4", "/vendor", "ext4", _RO, 123_928, 123_524),
    Mount("/dev/block/dm-2", "/system_ext", "ext4", _RO, 288_524, 287_616),
    Mount("tmpfs", "/storage", "tmpfs", "rw,seclabel,nosuid,nodev,noexec,relatime,mode=755,gid=1000", 1_007_048, 0),
    Mount("/dev/block/dm-6", "/data", "ext4", _RW, 6_084_296, 1_830_144),
    Mount("/dev/fuse", "/storage/emulated", "fuse", "rw,lazytime,nosuid,nodev,noexec,noatime,user_id=0,group_id=0,allow_other",
          6_084_296, 1_830_144),
)  # fmt: skip
"""`used` is without what the phone's own files take."""


class StaticTree:
    """Everything that is not a file somebody wrote. Paths are canonical: absolute, normalised, links followed."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._proc = Proc(system)
        self._fixed = _fixed_nodes()
        self._names = _fixed_names(self._fixed)

    def node(self, path: str) -> Node | None:
        """The node of that path, or None."""
        if path.startswith("/proc/"):
            return self._proc.node(path)
        if path.startswith("/data/"):
            found = self._data_node(path)
            if found is not None:
                return found
        found = self._fixed.get(path)
        if found is not None:
            return found
        if path in _PROPERTY_FILES:
            return Node(stat.S_IFREG | 0o600 if path == "/vendor/build.prop" else stat.S_IFREG | 0o644, data=lambda: self._properties(path))
        if path.startswith("/system/bin/") and path[12:] in self._programs():
            return Node(stat.S_IFREG | 0o755, 0, 2000, data=lambda: b"\x7fELF\x02\x01\x01" + bytes(57), mtime_ms=_BUILT_MS)
        return None

    def link(self, path: str) -> str | None:
        """Where the link of that path leads; None for what is no link."""
        node = self._proc.node(path) if path.startswith("/proc/") else self._fixed.get(path)
        return node.target if node is not None and node.target else None

    def names(self, path: str) -> tuple[str, ...]:
        """What a folder holds, unsorted; nothing for what is no folder."""
        if path == "/proc" or path.startswith("/proc/"):
            return self._proc.names(path) or ()
        fixed = self._names.get(path, ())
        if path == "/system/bin":
            return (*fixed, *self._programs())
        if path.startswith("/data/"):
            return (*fixed, *self._data_names(path))
        if path == "/system":
            return (*fixed, "build.prop")
        if path == "/vendor":
            return (*fixed, "build.prop")
        return fixed

    def _programs(self) -> tuple[str, ...]:
        from mobilegym.emulator.phone.shell.programs import PROGRAMS

        return (*(p for p in _PROGRAM_FILES if p not in PROGRAMS), *PROGRAMS)

    def _properties(self, path: str) -> bytes:
        from mobilegym.emulator.phone.shell.state.properties import properties

        wanted = _PROPERTY_FILES[path]
        return "".join(f"{name}={value}\n" for name, value in sorted(properties(self._system).items()) if name.startswith(wanted)).encode()

    # ------------------------------------------------------------------ /data

    def _data_names(self, path: str) -> tuple[str, ...]:
        packages = self._system.kernel.packages.names()
        if path in ("/data/data", "/data/user_de/0"):
            return tuple(packages)
        if path == "/data/app":
            return tuple(apk_path(p).split("/")[3] for p in packages)
        parts = path.split("/")
        if parts[2] == "app":
            return tuple(inner[len(path) + 1 :].split("/")[0] for p in packages if (inner := apk_path(p)).startswith(path + "/"))
        if parts[2] == "data" and parts[3] in packages:
            databases = self._system.kernel.databases.names(parts[3])
            if len(parts) == 4:
                return ("cache", "code_cache", *(("databases",) if databases else ()))
            if len(parts) == 5 and parts[4] == "databases":
                return tuple(databases)
        return ()

    def _data_node(self, path: str) -> Node | None:
        parts = path.split("/")
        if parts[2] == "app" and len(parts) > 3:
            return self._app_node(path)
        base = 3 if parts[2] == "data" else 4 if path.startswith("/data/user_de/0/") else 0
        if not base or len(parts) <= base or parts[base] not in self._system.kernel.packages.names():
            return None
        uid, rest = self._system.processes.uid(parts[base]), parts[base + 1 :]
        if not rest:
            return Node(_D | 0o700, uid, uid)
        if base == 4 or len(rest) > 1:
            return None
        if rest[0] in ("cache", "code_cache"):
            return Node(_D | 0o2771, uid, uid + 10_000)
        if rest[0] == "databases" and self._system.kernel.databases.names(parts[3]):
            return Node(_D | 0o771, uid, uid)
        return None

    def _app_node(self, path: str) -> Node | None:
        for package in self._system.kernel.packages.names():
            apk = apk_path(package)
            if apk == path:
                return Node(stat.S_IFREG | 0o644, 1000, 1000, data=partial(_apk, package))
            if apk.startswith(path + "/"):
                return Node(_D | 0o775, 1000, 1000)
        return None


def _fixed_nodes() -> dict[str, Node]:
    nodes = {"/": Node(_D | 0o755, mtime_ms=_BUILT_MS)}
    for name, what in _ROOT.items():
        if isinstance(what, str):
            nodes[f"/{name}"] = Node(stat.S_IFLNK | 0o777, target=what, mtime_ms=_BUILT_MS)
        elif what is not None:
            nodes[f"/{name}"] = Node(_D | what[0], what[1], what[2], mtime_ms=_BUILT_MS)
    for path, target in _LINKS.items():
        nodes[path] = Node(stat.S_IFLNK | 0o777, target=target, mtime_ms=_BUILT_MS)
    for path, (mode, uid, gid) in _FOLDERS.items():
        nodes[path] = Node(_D | mode, uid, gid, mtime_ms=_BUILT_MS if path.startswith(("/system", "/vendor", "/product")) else None)
    for path, mode in _DEVICES.items():
        nodes[path] = Node(stat.S_IFCHR | mode)
    for path, text in _FILES.items():
        nodes[path] = Node(stat.S_IFREG | 0o644, data=text.encode, mtime_ms=_BUILT_MS)
    nodes["/system/bin/init"] = Node(stat.S_IFREG | 0o750, 0, 2000, data=lambda: b"\x7fELF\x02\x01\x01" + bytes(57), mtime_ms=_BUILT_MS)
    return nodes


def _fixed_names(nodes: dict[str, Node]) -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for path in nodes:
        if path != "/":
            folder, _, name = path.rpartition("/")
            names.setdefault(folder or "/", []).append(name)
    return {folder: tuple(inner) for folder, inner in names.items()}


@lru_cache(maxsize=64)
def _apk(package: str) -> bytes:
    """A valid archive in the place of an app's code, which is no Android code on this phone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("AndroidManifest.xml", (2009, 1, 1, 0, 0, 0)), f"package={package}\n")
        archive.writestr(zipfile.ZipInfo("classes.dex", (2009, 1, 1, 0, 0, 0)), b"dex\n035\0")
    return out.getvalue()
