"""`dumpsys package`: what the package manager knows."""

from __future__ import annotations

from zlib import crc32

from mobilegym.emulator.phone.kernel.intents import IntentFilter
from mobilegym.emulator.phone.kernel.manifest import Manifest
from mobilegym.emulator.phone.shell.apps.intents import short_name
from mobilegym.emulator.phone.shell.apps.known import FEATURES, LIBRARIES, NORMAL, RUN_TIME
from mobilegym.emulator.phone.shell.apps.names import clock_text, hex_id
from mobilegym.emulator.phone.shell.apps.pm_state import requested
from mobilegym.emulator.phone.shell.process import Process

__all__ = ["dump", "text"]


def dump(p: Process) -> int:
    """`dumpsys package [PKG | SECTION]`."""
    words = [word for word in p.args if not word.startswith("-") or word == "-h"]
    if words[:1] == ["-h"]:
        p.out("Package manager dump options:\n  [-h] [-f] [--checkin] [--all-components] [cmd] ...\n")
        return 0
    p.out(text(p, words[0] if words else ""))
    return 0


def text(p: Process, wanted: str) -> str:
    """The dump of one package, of a section, or of everything where `wanted` is empty."""
    packages = p.kernel.packages
    sections = {
        "libraries": lambda: "Libraries:\n" + "".join(f"  {name} -> (jar) /system/framework/{name}.jar\n" for name in LIBRARIES),
        "features": lambda: "Features:\n" + "".join(f"  {name}\n" for name in FEATURES),
        "packages": lambda: _packages(p, list(packages.manifests)),
    }
    if wanted in sections:
        return sections[wanted]()
    if wanted and wanted not in packages.manifests:
        # The name might be a part of the dump that this phone does not have; Android then says the same.
        return f"Unable to find package: {wanted}\n"
    names = [wanted] if wanted else list(packages.manifests)
    head = "" if wanted else "".join(f"{sections[name]()}\n" for name in ("libraries", "features"))
    return head + _resolver(p, names) + "\n" + _key_sets(p, names) + "\n" + _packages(p, names) + "\n" + _dexopt(p, names)


# ---------------------------------------------------------------------- intent filters


def _filter(component: str, item: IntentFilter) -> list[str]:
    lines = [f"{hex_id('component', component)} {component} filter {hex_id('filter', component, item)}"]
    lines += [f'  Action: "{action}"' for action in item.actions]
    lines += [f'  Category: "{category}"' for category in item.categories]
    lines += [f'  Scheme: "{scheme}"' for scheme in item.schemes]
    lines += [f'  Authority: "{host}": -1' for host in item.hosts]
    lines += [f'  Type: "{mime}"' for mime in item.mimes]
    return lines


def _resolver(p: Process, names: list[str]) -> str:
    manifests = [p.kernel.packages.manifest(name) for name in names]
    activities = [(short_name(m.package, a.name), f) for m in manifests for a in m.activities for f in a.filters]
    out = _table("Activity Resolver Table", activities)
    receivers = [
        (short_name(m.package, c.name), IntentFilter(c.actions))
        for m in manifests
        if m.apk is not None
        for c in m.apk.receivers
        if c.actions
    ]
    services = [
        (short_name(m.package, c.name), IntentFilter(c.actions))
        for m in manifests
        if m.apk is not None
        for c in m.apk.services
        if c.actions
    ]
    return "\n".join(
        part for part in (out, _table("Receiver Resolver Table", receivers), _table("Service Resolver Table", services)) if part
    )


def _table(title: str, filters: list[tuple[str, IntentFilter]]) -> str:
    if not filters:
        return ""
    out = [f"{title}:"]
    types = sorted({mime for _, f in filters for mime in f.mimes})
    schemes = sorted({scheme for _, f in filters for scheme in f.schemes})
    groups: list[tuple[str, list[tuple[str, list[tuple[str, IntentFilter]]]]]] = [
        ("Full MIME Types", [(mime, [(c, f) for c, f in filters if mime in f.mimes]) for mime in types]),
        ("Schemes", [(scheme, [(c, f) for c, f in filters if scheme in f.schemes]) for scheme in schemes]),
    ]
    plain = [(c, f) for c, f in filters if not f.mimes and not f.schemes]
    actions = list(dict.fromkeys(action for _, f in plain for action in f.actions))
    groups.append(("Non-Data Actions", [(action, [(c, f) for c, f in plain if action in f.actions]) for action in actions]))
    for heading, entries in groups:
        if entries:
            out.append(f"  {heading}:")
            for key, found in entries:
                out.append(f"      {key}:")
                out += [f"        {line}" for component, item in found for line in _filter(component, item)]
    return "\n".join(out) + "\n"


def _key_sets(p: Process, names: list[str]) -> str:
    del p
    return "Key Set Manager:\n" + "".join(f"  [{name}]\n      Signing KeySets: {crc32(name.encode()) % 60 + 1}\n" for name in names)


def _dexopt(p: Process, names: list[str]) -> str:
    lines = ["Dexopt state:"]
    for name in names:
        lines += [f"  [{name}]", f"    path: {p.kernel.packages.code_path(name)}", "      x86_64: [status=speed-profile] [reason=install]"]
    return "\n".join(lines) + "\n"


# ---------------------------------------------------------------------- packages


def _packages(p: Process, names: list[str]) -> str:
    return "Packages:\n" + "".join(_package(p, p.kernel.packages.manifest(name)) for name in names)


def _package(p: Process, manifest: Manifest) -> str:
    package, packages, apk = manifest.package, p.kernel.packages, manifest.apk
    found = packages.installed(package)
    code = packages.code_path(package).rpartition("/")[0]
    first = found.first_ms if found is not None else packages.state(package).installed_ms
    last = found.updated_ms if found is not None else first
    installer = (found.installer if found is not None else "") or "null"
    flags = "SYSTEM " if manifest.system else ""
    flags += "DEBUGGABLE " if apk is not None and apk.debuggable else ""
    flags += "HAS_CODE ALLOW_CLEAR_USER_DATA " + ("TEST_ONLY " if apk is not None and apk.test_only else "") + "ALLOW_BACKUP"
    sdk = (apk.min_sdk, apk.target_sdk) if apk is not None else (34 if manifest.system else 26, 34)
    splits = [
        name.removeprefix("split_").removesuffix(".apk") for name in p.kernel.files.names(code) if name.startswith("split_")
    ]  # fmt: skip
    signature = (apk.digest[:8] if apk is not None and apk.digest else f"{crc32(package.encode()):08x}").lstrip("0")
    uid = packages.uid(package)
    lines = [
        f"Package [{package}] ({hex_id('package', package)}):",
        f"  appId={uid}", f"  pkg=Package{{{hex_id('pkg', package)} {package}}}", f"  codePath={code}", f"  resourcePath={code}",
        f"  legacyNativeLibraryDir={code}/lib", "  extractNativeLibs=false", "  primaryCpuAbi=x86_64", "  secondaryCpuAbi=null",
        "  cpuAbiOverride=null",
        f"  versionCode={manifest.version_code} minSdk={sdk[0]} targetSdk={sdk[1]}", "  minExtensionVersions=[]",
        f"  versionName={manifest.version or 'null'}",
        "  usesNonSdkApi=false", f"  splits=[{', '.join(['base', *splits])}]", "  apkSigningVersion=2", f"  flags=[ {flags} ]",
        "  privateFlags=[ PRIVATE_FLAG_ACTIVITIES_RESIZE_MODE_RESIZEABLE_VIA_SDK_VERSION ALLOW_AUDIO_PLAYBACK_CAPTURE ]",
        "  forceQueryable=false", f"  dataDir=/data/user/0/{package}",
        "  supportsScreens=[small, medium, large, xlarge, resizeable, anyDensity]",
        f"  timeStamp={clock_text(p.kernel, last)}", f"  lastUpdateTime={clock_text(p.kernel, last)}",
        *([] if installer == "null" else [f"  installerPackageName={installer}", "  installerPackageUid=-1"]),
        f"  initiatingPackageName={installer}",
        "  originatingPackageName=null", "  packageSource=0",
        f"  signatures=PackageSignatures{{{hex_id('signatures', package)} version:2, signatures:[{signature}], past signatures:[]}}",
        "  installPermissionsFixed=true", f"  pkgFlags=[ {flags} ]", *_permissions(p, package),
    ]  # fmt: skip
    return "".join(f"  {line}\n" for line in lines)


def _permissions(p: Process, package: str) -> list[str]:
    state, asked = p.kernel.packages.state(package), requested(p, package)
    found = p.kernel.packages.installed(package)
    install = [name for name in asked if name not in RUN_TIME and (name in NORMAL or name in state.granted)]
    first = found.first_ms if found is not None else state.installed_ms
    stopped = not p.kernel.packages.manifest(package).system and not p.kernel.activities.running(package)
    lines = ["  requested permissions:", *(f"    {name}" for name in asked)] if asked else []
    lines += ["  install permissions:", *(f"    {name}: granted=true" for name in install)] if install else []
    lines += [
        f"  User 0: ceDataInode={crc32(package.encode()) % 900_000 + 100_000} installed=true hidden={str(state.hidden).lower()} "
        f"suspended={str(state.suspended).lower()} distractionFlags=0 stopped={str(stopped).lower()} notLaunched=false "
        f"enabled={0 if state.enabled else 3} instant=false virtual=false",
        "    installReason=0", f"    firstInstallTime={clock_text(p.kernel, first)}", "    uninstallReason=0",
        *(["    gids=[3003]"] if "android.permission.INTERNET" in asked else []),
    ]  # fmt: skip
    run_time = [name for name in asked if name in RUN_TIME]
    if run_time:
        lines.append("    runtime permissions:")
    for name in run_time:
        flags = ["USER_SET"] * (name in state.granted | state.asked) + ["USER_FIXED"] * (name in state.denied)
        flags += ["ONE_TIME"] * (name in state.one_time) + ["USER_SENSITIVE_WHEN_GRANTED", "USER_SENSITIVE_WHEN_DENIED"]
        lines.append(f"      {name}: granted={str(name in state.granted).lower()}, flags=[ {'|'.join(flags)}]")
    if state.disabled:
        lines += ["    disabledComponents:", *(f"      {name}" for name in sorted(state.disabled))]
    return lines
