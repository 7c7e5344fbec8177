"""`pm install`, sessions and `pm uninstall`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from mobilegym.emulator.phone.kernel.manifest import Manifest
from mobilegym.emulator.phone.shell.apk import ApkError, read_apk
from mobilegym.emulator.phone.shell.apps.running import force_stop
from mobilegym.emulator.phone.shell.args import Args, number
from mobilegym.emulator.phone.shell.process import JavaError, Process
from mobilegym.emulator.phone.shell.vfs import FsError
from mobilegym.errors import DeviceError, NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["install", "install_abandon", "install_commit", "install_create", "install_existing", "install_write", "uninstall"]

_SDK: Final = 34
_LEAST_TARGET: Final = 23
_MAX_APK: Final = 256 * 1024 * 1024
_MAX_SESSIONS: Final = 16
_MAX_SESSION_BYTES: Final = 512 * 1024 * 1024
"""Of all open sessions together."""
_ABIS: Final = ("x86_64", "arm64-v8a")
_WITH_WORD: Final = ("--user", "--install-location", "--install-reason", "--update-ownership", "--originating-uri", "--referrer", "--abi",
                     "--package-source", "--dexopt-compiler-filter", "-p", "--rollback-impact-level", "--staged-ready-timeout")  # fmt: skip
_SILENT: Final = frozenset((
    "-f", "-l", "-s", "-q", "--dont-kill", "--instant", "--ephemeral", "--full", "--preload", "--apex", "--force-non-staged", "--staged",
    "--multi-package", "--enable-rollback", "--force-queryable", "--force-uuid", "--force-sdk", "--restrict-permissions", "--no-wait",
    "--wait",
    "--skip-verification", "--disable-verification", "--update-ownership", "--allow-sharedUid", "--ignore-dexopt-profile", "--package",
    "--no-streaming", "--streaming", "--no-incremental", "--non-staged",
))  # fmt: skip


@dataclass(slots=True)
class _Options:
    replace: bool = True
    """Android 14 replaces unless `-R` forbids it; `-r` is taken and means nothing."""
    grant: bool = False
    test: bool = False
    downgrade: bool = False
    low_target: bool = False
    installer: str = ""
    size: int | None = None


@dataclass(slots=True)
class _Session:
    options: _Options
    parts: dict[str, bytes] = field(default_factory=dict[str, bytes])


@dataclass(slots=True)
class _Sessions:
    last: int = 0
    open: dict[int, _Session] = field(default_factory=dict[int, _Session])


_TABLES: Final[WeakKeyDictionary[System, _Sessions]] = WeakKeyDictionary()
_FLAGS: Final = {"-r": "replace", "-g": "grant", "--grant-permissions": "grant", "-t": "test", "-d": "downgrade",
                 "--bypass-low-target-sdk-block": "low_target"}  # fmt: skip


def _sessions(p: Process) -> _Sessions:
    table = _TABLES.get(p.system)
    if table is None:
        table = _TABLES[p.system] = _Sessions()
    return table


def _read_options(args: Args) -> _Options:
    options = _Options()
    while (option := args.option()) is not None:
        if option in _FLAGS:
            setattr(options, _FLAGS[option], True)
        elif option == "-R":
            options.replace = False
        elif option == "-S":
            options.size = number(args.need())
            if options.size < 0:
                raise JavaError(f"Invalid size {options.size}")
        elif option == "-i":
            options.installer = args.need()
        elif option in _WITH_WORD:
            args.need()
        elif option not in _SILENT:
            raise JavaError(f"Unknown option {option}")
    return options


async def install(p: Process, args: Args) -> int:
    """`install [OPTIONS] [PATH... | -]`; without a path the APK comes from stdin."""
    options = _read_options(args)
    paths = args.rest()
    try:
        if paths and paths[0] != "-":
            parts = {path.rpartition("/")[2]: _file(p, path) for path in paths}
        elif options.size is None:
            p.err("Error: must either specify a package size or an APK file\n")
            return 1
        else:
            parts = {"base.apk": await _stream(p, options.size)}
        _commit(p, parts, options)
    except ApkError as error:
        return _failed(p, error)
    p.out("Success\n")
    return 0


def _failed(p: Process, error: ApkError) -> int:
    p.out(f"Failure [{error.code}: {error.detail}]\n")
    return 1


def _file(p: Process, path: str) -> bytes:
    try:
        return p.system.files.read(path if path.startswith("/") else f"{p.cwd.rstrip('/')}/{path}", uid=p.uid)
    except FsError as error:
        p.err(f"Error: Unable to open file: {path}\nConsider using a file under /data/local/tmp/\n")
        raise JavaError(f"Error: Can't open file: {path}") from error


async def _stream(p: Process, size: int) -> bytes:
    """`size` bytes of stdin. Too many are read to their end, so that the client hears why, and thrown away at once."""
    kept: list[bytes] = []
    left = size
    while left > 0:
        part = await p.stdin.read(min(left, 1 << 20))
        if not part:
            break
        left -= len(part)
        if size <= _MAX_APK:
            kept.append(part)
    if size > _MAX_APK:
        raise ApkError("INSTALL_FAILED_INSUFFICIENT_STORAGE", f"Failed to allocate {size} bytes: an APK takes at most {_MAX_APK}")
    if left:
        raise ApkError("INSTALL_FAILED_INVALID_APK", f"Expected {size} bytes but got {size - left}")
    return b"".join(kept)


# ---------------------------------------------------------------------- checks


def _commit(p: Process, parts: dict[str, bytes], options: _Options) -> None:
    """Install an app from its APK and the APKs of its splits."""
    if not parts:
        raise ApkError("INSTALL_FAILED_INVALID_APK", "No packages staged")
    read = [(read_apk(data), data) for data in parts.values()]
    bases = [(manifest, data) for manifest, data in read if manifest.apk is not None and not manifest.apk.split]
    if len(bases) != 1:
        code = "INSTALL_FAILED_INVALID_APK" if bases else "INSTALL_FAILED_MISSING_SPLIT"
        raise ApkError(code, "Multiple base APKs found" if bases else f"Missing split for {read[0][0].package}")
    manifest, data = bases[0]
    if any(other.package != manifest.package for other, _ in read):
        raise ApkError("INSTALL_FAILED_INVALID_APK", f"Inconsistent package {read[-1][0].package} in split; expected {manifest.package}")
    _check(p, manifest, options)
    apk = manifest.apk
    if options.grant or (apk is not None and apk.target_sdk < _LEAST_TARGET):
        manifest = replace(manifest, granted=manifest.permissions)
    _put(p, manifest, {"base.apk": data, **{f"split_{m.apk.split}.apk": d for m, d in read if m.apk is not None and m.apk.split}}, options)


def _check(p: Process, manifest: Manifest, options: _Options) -> None:
    package, apk, packages = manifest.package, manifest.apk, p.kernel.packages
    if apk is None:
        return
    if apk.min_sdk > _SDK:
        raise ApkError(
            "INSTALL_FAILED_OLDER_SDK",
            f"Failed parse during installPackageLI: Requires newer sdk version #{apk.min_sdk} (current version is #{_SDK})",
        )
    if apk.test_only and not options.test:
        raise ApkError("INSTALL_FAILED_TEST_ONLY", "installPackageLI")
    if apk.native and not set(apk.native) & set(_ABIS):
        raise ApkError("INSTALL_FAILED_NO_MATCHING_ABIS", "INSTALL_FAILED_NO_MATCHING_ABIS: Failed to extract native libraries, res=-113")
    if packages.in_image(package):
        raise ApkError("INSTALL_FAILED_UPDATE_INCOMPATIBLE", f"Existing package {package} signatures do not match newer version; ignoring!")
    if apk.target_sdk < _LEAST_TARGET and not options.low_target:
        raise ApkError(
            "INSTALL_FAILED_DEPRECATED_SDK_VERSION",
            f"App package must target at least SDK version {_LEAST_TARGET}, but found {apk.target_sdk}",
        )
    old = packages.installed(package)
    if old is None:
        return
    if not options.replace:
        raise ApkError("INSTALL_FAILED_ALREADY_EXISTS", f"Attempt to re-install {package} without first uninstalling.")
    if manifest.version_code < old.manifest.version_code and not options.downgrade:
        raise ApkError(
            "INSTALL_FAILED_VERSION_DOWNGRADE",
            f"Downgrade detected: Update version code {manifest.version_code} is older than current {old.manifest.version_code}",
        )


def _put(p: Process, manifest: Manifest, files: dict[str, bytes], options: _Options) -> None:
    kernel, package = p.kernel, manifest.package
    new = package not in kernel.packages.manifests
    force_stop(p.system, package)
    kernel.packages.install(manifest, kernel.clock.now_ms, installer=options.installer)
    folder = kernel.packages.code_path(package).rpartition("/")[0]
    try:
        if kernel.files.exists(folder):
            kernel.files.delete(folder)
        for name, data in files.items():
            kernel.files.write(f"{folder}/{name}", data)
    except DeviceError as error:
        if new:
            kernel.packages.uninstall(package)
        raise ApkError("INSTALL_FAILED_INSUFFICIENT_STORAGE", str(error)) from error


# ---------------------------------------------------------------------- sessions


def install_create(p: Process, args: Args) -> int:
    """`install-create [OPTIONS]`."""
    table = _sessions(p)
    options = _read_options(args)
    if len(table.open) >= _MAX_SESSIONS:
        raise JavaError(f"Too many active sessions for UID {p.uid}", "java.lang.IllegalStateException")
    table.last += 1
    session = 1_000_000_000 + table.last * 7_919
    table.open[session] = _Session(options)
    p.out(f"Success: created install session [{session}]\n")
    return 0


def _session(p: Process, word: str) -> tuple[int, _Session]:
    session = number(word)
    found = _sessions(p).open.get(session)
    if found is None:
        raise JavaError(f"Caller has no access to session {session}", "java.lang.SecurityException")
    return session, found


async def install_write(p: Process, args: Args) -> int:
    """`install-write [-S BYTES] SESSION NAME [PATH | -]`."""
    size: int | None = None
    while (option := args.option()) is not None:
        if option != "-S":
            raise JavaError(f"Unknown option: {option}")
        size = number(args.need())
    _, session = _session(p, args.need())
    name, path = args.need(), args.next() or "-"
    try:
        if path != "-":
            data = _file(p, path)
        elif size is None or size < 0:
            p.err("Error: must specify a APK size\n")
            return 1
        else:
            data = await _stream(p, size)
        used = sum(len(part) for one in _sessions(p).open.values() for part in one.parts.values())
        if used + len(data) > _MAX_SESSION_BYTES:
            raise ApkError("INSTALL_FAILED_INSUFFICIENT_STORAGE", "the open sessions hold too much")
    except ApkError as error:
        p.err(f"Error: failed to write; {error.detail}\n")
        return 1
    session.parts[name] = data
    p.out(f"Success: streamed {len(data)} bytes\n")
    return 0


def install_commit(p: Process, args: Args) -> int:
    """`install-commit SESSION`."""
    while (option := args.option()) is not None:
        if option == "--staged-ready-timeout":
            args.need()
    number_, session = _session(p, args.need())
    del _sessions(p).open[number_]
    try:
        _commit(p, session.parts, session.options)
    except ApkError as error:
        return _failed(p, error)
    p.out("Success\n")
    return 0


def install_abandon(p: Process, args: Args) -> int:
    """`install-abandon SESSION`."""
    number_, _ = _session(p, args.need())
    del _sessions(p).open[number_]
    p.out("Success\n")
    return 0


# ---------------------------------------------------------------------- the rest


def install_existing(p: Process, args: Args) -> int:
    """`install-existing PKG`."""
    while (option := args.option()) is not None:
        if option in ("--user", "--restrict-permissions"):
            args.need()
    package = args.need()
    packages = p.kernel.packages
    try:
        if package not in packages.manifests:
            packages.restore(package)
    except NotFound:
        p.err(f"android.content.pm.PackageManager$NameNotFoundException: Package {package} doesn't exist\n")
        return 1
    p.out(f"Package {package} installed for user: 0\n")
    return 0


def uninstall(p: Process, args: Args) -> int:
    """`uninstall [-k] [--user N] PKG [SPLIT...]`."""
    keep, user = False, ""
    while (option := args.option()) is not None:
        if option == "-k":
            keep = True
        elif option in ("--user", "--versionCode"):
            word = args.need()
            user = word if option == "--user" else user
        else:
            raise JavaError(f"Unknown option: {option}")
    package = args.next()
    if package is None:
        p.err("Error: package name not specified\n")
        return 1
    if package not in p.kernel.packages.manifests:
        p.out("Failure [not installed for 0]\n" if user == "0" else "Failure [DELETE_FAILED_INTERNAL_ERROR]\n")
        return 1
    if p.kernel.packages.in_image(package) and p.kernel.packages.manifest(package).system and not user:
        # Without a user the whole system app would have to go, and its partition is read-only.
        p.out("Failure [DELETE_FAILED_INTERNAL_ERROR]\n")
        return 1
    try:
        force_stop(p.system, package)
        p.kernel.packages.uninstall(package, keep_data=keep)
    except DeviceError:
        p.out("Failure [DELETE_FAILED_INTERNAL_ERROR]\n")
        return 1
    p.out("Success\n")
    return 0
