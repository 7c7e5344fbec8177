"""`pm list ...`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mobilegym.emulator.phone.kernel.manifest import Manifest
from mobilegym.emulator.phone.kernel.permissions import GROUPS
from mobilegym.emulator.phone.shell.apps.known import DEVELOPMENT, FEATURES, LIBRARIES, NORMAL, SIGNATURE, protection
from mobilegym.emulator.phone.shell.args import Args, number
from mobilegym.emulator.phone.shell.process import Process

__all__ = ["run"]


@dataclass(slots=True)
class _Packages:
    disabled: bool = False
    enabled: bool = False
    system: bool = False
    third_party: bool = False
    path: bool = False
    installer: bool = False
    uid: bool = False
    version: bool = False
    stopped: bool = False
    uninstalled: bool = False
    apex: bool = False
    only_uid: int | None = None
    user: int = 0


_FLAGS: Final = {
    "-d": "disabled", "-e": "enabled", "-s": "system", "-3": "third_party", "-f": "path", "-i": "installer", "-U": "uid",
    "--show-versioncode": "version", "--show-stopped": "stopped", "-u": "uninstalled", "--apex-only": "apex", "--factory-only": "system",
}  # fmt: skip
_IGNORED: Final = ("-a", "-l", "-q", "--match-libraries")


def run(p: Process, args: Args) -> int:
    """`list TYPE`."""
    kind = args.next()
    match kind:
        case None:
            p.out("Error: didn't specify type of data to list\n")
            return 255
        case "package" | "packages":
            return _packages(p, args)
        case "features":
            p.out("".join(f"feature:{name}\n" for name in FEATURES) + "feature:reqGlEsVersion=0x30000\n")
        case "libraries":
            p.out("".join(f"library:{name}\n" for name in LIBRARIES))
        case "permission-groups":
            p.out("".join(f"permission group:android.permission-group.{group.name}\n" for group in GROUPS))
        case "permissions":
            return _permissions(p, args)
        case "instrumentation":
            return _instrumentation(p, args)
        case "users":
            p.out("Users:\n\tUserInfo{0:Owner:4c13} running\n")
        case "staged-sessions" | "initial-non-sync-packages" | "sdks" | "apex":
            pass
        case _:
            p.out(f"Error: unknown list type '{kind}'\n")
            return 255
    return 0


def _packages(p: Process, args: Args) -> int:
    chosen = _Packages()
    while (option := args.option()) is not None:
        if option in _FLAGS:
            setattr(chosen, _FLAGS[option], True)
        elif option == "--uid":
            chosen.only_uid = number(args.need())
            chosen.uid = True
        elif option == "--user":
            word = args.need()
            chosen.user = 0 if word in ("all", "current", "cur") else number(word)
        elif option not in _IGNORED:
            p.err(f"Error: Unknown option: {option}\n")
            return 255
    if chosen.user != 0:
        p.err(f"Error: User {chosen.user} does not exist\n")
        return 255
    wanted = args.next() or ""
    for manifest in p.kernel.packages.manifests.values():
        if wanted in manifest.package and _matches(p, manifest, chosen):
            p.out(_line(p, manifest, chosen))
    return 0


def _matches(p: Process, manifest: Manifest, chosen: _Packages) -> bool:
    packages = p.kernel.packages
    state = packages.state(manifest.package)
    return not (
        chosen.apex
        or chosen.disabled
        and state.enabled
        or chosen.enabled
        and not state.enabled
        or chosen.system
        and not manifest.system
        or chosen.third_party
        and manifest.system
        or state.hidden
        and not chosen.uninstalled
        or chosen.only_uid is not None
        and packages.uid(manifest.package) != chosen.only_uid
    )


def _line(p: Process, manifest: Manifest, chosen: _Packages) -> str:
    packages, package = p.kernel.packages, manifest.package
    line = f"package:{packages.code_path(package)}={package}" if chosen.path else f"package:{package}"
    if chosen.version:
        line += f" versionCode:{manifest.version_code}"
    if chosen.stopped:
        line += f" stopped={str(not manifest.system and not p.kernel.activities.running(package)).lower()}"
    if chosen.installer:
        found = packages.installed(package)
        line += f"  installer={found.installer or 'null' if found is not None else 'null'}"
    if chosen.uid:
        line += f" uid:{packages.uid(package)}"
    return line + "\n"


def _instrumentation(p: Process, args: Args) -> int:
    source = False
    while (option := args.option()) is not None:
        if option == "-f":
            source = True
        elif option == "--user":
            args.need()
        else:
            p.err(f"Error: Unknown option: {option}\n")
            return 255
    target = args.next()
    for package, manifest in p.kernel.packages.manifests.items():
        for runner in manifest.apk.instrumentation if manifest.apk is not None else ():
            if target in (None, runner.target):
                path = f"{p.kernel.packages.code_path(package)}=" if source else ""
                p.out(f"instrumentation:{path}{package}/{runner.name} (target={runner.target})\n")
    return 0


def _permissions(p: Process, args: Args) -> int:
    flags: set[str] = set()
    while (option := args.option()) is not None:
        if option not in ("-d", "-f", "-g", "-s", "-u"):
            p.err(f"Error: Unknown option: {option}\n")
            return 255
        flags.add(option)
    run_time = [permission for group in GROUPS for permission in group.permissions]
    rest = [] if flags & {"-d", "-u"} else sorted((*NORMAL, *SIGNATURE, *DEVELOPMENT))
    wanted = args.next()
    if "-g" not in flags and "-s" not in flags:
        p.out("All Permissions:\n\n" + "".join(_permission(name, flags, "") for name in (*sorted(run_time), *rest)))
        return 0
    p.out(f"{'Dangerous' if '-d' in flags else 'All'} Permissions:\n\n")
    for group in GROUPS:
        name = f"android.permission-group.{group.name}"
        if wanted in (None, name):
            p.out(f"group:{name}\n" if "-s" not in flags else f"{group.label}: ")
            p.out(
                "".join(_permission(permission, flags, "  ") for permission in group.permissions)
                if "-s" not in flags
                else f"{group.question}\n"
            )
            p.out("\n")
    if wanted is None and "-s" not in flags:
        p.out("ungrouped:\n" + "".join(_permission(permission, flags, "  ") for permission in rest))
    return 0


def _permission(name: str, flags: set[str], indent: str) -> str:
    if "-f" not in flags:
        return f"{indent}permission:{name}\n"
    label = name.rpartition(".")[2].replace("_", " ").lower()
    return (
        f"{indent}+ permission:{name}\n{indent}  package:android\n{indent}  label:{label}\n{indent}  description:{label}\n"
        f"{indent}  protectionLevel:{protection(name)}\n"
    )
