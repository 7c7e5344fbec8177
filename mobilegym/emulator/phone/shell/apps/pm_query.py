"""`pm resolve-activity`, `pm query-activities` and their kin."""

from __future__ import annotations

from dataclasses import dataclass

from mobilegym.emulator.phone.kernel.intents import HOME, LAUNCHER, MAIN, Intent
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo
from mobilegym.emulator.phone.shell.apps.intents import ShellIntent, parse_intent, short_name
from mobilegym.emulator.phone.shell.apps.services import find_services
from mobilegym.emulator.phone.shell.apps.starting import find_activities
from mobilegym.emulator.phone.shell.args import Args
from mobilegym.emulator.phone.shell.process import Process

__all__ = ["query_activities", "query_receivers", "query_services", "resolve_activity", "set_home_activity"]


@dataclass(slots=True)
class _Options:
    brief: bool = False
    components: bool = False

    def take(self, option: str, args: Args) -> bool:
        if option == "--brief":
            self.brief = True
        elif option == "--components":
            self.components = True
        elif option in ("--user", "--query-flags"):
            args.need()
        else:
            return False
        return True


def _match(intent: ShellIntent) -> str:
    """How well a filter matched: by scheme, by type, or without data."""
    return "0x208000" if intent.data else "0x608000" if intent.mime else "0x108000"


def _facts(intent: ShellIntent, *, default: bool) -> str:
    return f"priority=0 preferredOrder=0 match={_match(intent)} specificIndex=-1 isDefault={str(default).lower()}"


def _is_default(info: ActivityInfo, intent: ShellIntent) -> bool:
    return intent.component is not None or any("android.intent.category.DEFAULT" in f.categories for f in info.filters) or info.launchable


def _find(p: Process, intent: ShellIntent) -> list[tuple[str, ActivityInfo]]:
    """Activities for an intent; one without action for a package means its launcher."""
    if intent.action == MAIN and intent.package and intent.component is None and LAUNCHER in intent.categories:
        found = p.kernel.packages.manifests.get(intent.package)
        return [(intent.package, a) for a in found.activities if a.launchable or a.home][:1] if found is not None else []
    return find_activities(p, intent)


def resolve_activity(p: Process, args: Args) -> int:
    """`resolve-activity [--brief] INTENT`."""
    options = _Options()
    intent = parse_intent(args, options.take)
    found = _find(p, intent)
    if not found:
        p.out("No activity found\n")
        return 0
    if len(found) > 1:
        package, name, info = "android", "com.android.internal.app.ResolverActivity", None
    else:
        (package, info) = found[0]
        name = info.name
    default = True if info is None else _is_default(info, intent)
    if options.components:
        p.out(f"{short_name(package, name)}\n")
    elif options.brief:
        p.out(f"{_facts(intent, default=default)}\n{short_name(package, name)}\n")
    else:
        p.out(f"{_facts(intent, default=default)}\n{_details(p, package, name, '')}")
    return 0


def _details(p: Process, package: str, name: str, indent: str) -> str:
    packages = p.kernel.packages
    if package not in packages.manifests:
        return f"{indent}ActivityInfo:\n{indent}  name={name}\n{indent}  packageName={package}\n"
    info = next((a for a in packages.manifest(package).activities if a.name == name), None)
    single = info is not None and info.single_top
    uid, state = packages.uid(package), packages.state(package)
    lines = [
        "ActivityInfo:", f"  name={name}", f"  packageName={package}",
        f"  enabled=true exported={str(info is None or info.open).lower()} directBootAware=false",
        f"  taskAffinity={package} targetActivity=null persistableMode=PERSIST_ROOT_ONLY",
        f"  launchMode={'LAUNCH_SINGLE_TOP' if single else 'LAUNCH_MULTIPLE'} flags=0x0 privateFlags=0x1 theme=0x0",
        "  screenOrientation=-1 configChanges=0x0 softInputMode=0x0", "  ApplicationInfo:", f"    packageName={package}",
        f"    labelRes=0x0 nonLocalizedLabel={packages.label(package)} icon=0x0 banner=0x0", f"    processName={package}",
        f"    taskAffinity={package}",
        f"    uid={uid} flags=0x3883be44 privateFlags=0x8c001000 theme=0x0", f"    sourceDir={packages.code_path(package)}",
        f"    dataDir=/data/user/0/{package}",
        f"    enabled={str(state.enabled).lower()} minSdkVersion={_sdk(p, package)[0]} targetSdkVersion={_sdk(p, package)[1]} "
        f"versionCode={packages.manifest(package).version_code}",
    ]  # fmt: skip
    return "".join(f"{indent}{line}\n" for line in lines)


def _sdk(p: Process, package: str) -> tuple[int, int]:
    apk = p.kernel.packages.manifest(package).apk
    return (apk.min_sdk, apk.target_sdk) if apk is not None else (34, 34)


def query_activities(p: Process, args: Args) -> int:
    """`query-activities [--brief] [--components] INTENT`."""
    options = _Options()
    intent = parse_intent(args, options.take)
    found = [(package, info.name, _is_default(info, intent)) for package, info in _all(p, intent)]
    return _print(p, found, intent, options, "activities", "Activity")


def _all(p: Process, intent: ShellIntent) -> list[tuple[str, ActivityInfo]]:
    """Every activity that answers, also where the owner has a preferred one."""
    if intent.component is not None:
        return find_activities(p, intent)
    wanted = intent.kernel()
    return [
        (package, info)
        for package, manifest in p.kernel.packages.manifests.items()
        if p.kernel.packages.state(package).enabled and intent.package in (None, package)
        for info in manifest.activities
        if any(f.matches(wanted) for f in info.filters)
    ]


def query_services(p: Process, args: Args) -> int:
    """`query-services [--brief] [--components] INTENT`."""
    options = _Options()
    intent = parse_intent(args, options.take)
    found = [(package, service.name, False) for package, service in find_services(p, intent)]
    return _print(p, found, intent, options, "services", "Service")


def query_receivers(p: Process, args: Args) -> int:
    """`query-receivers [--brief] [--components] INTENT`."""
    options = _Options()
    intent = parse_intent(args, options.take)
    found: list[tuple[str, str, bool]] = []
    for package, manifest in p.kernel.packages.manifests.items():
        if manifest.apk is not None and intent.package in (None, package):
            named = intent.component[1] if intent.component is not None else None
            found += [
                (package, r.name, False) for r in manifest.apk.receivers if (r.name == named if named else intent.action in r.actions)
            ]
    return _print(p, found, intent, options, "receivers", "Receiver")


def _print(p: Process, found: list[tuple[str, str, bool]], intent: ShellIntent, options: _Options, many: str, one: str) -> int:
    if options.components:
        p.out("".join(f"{short_name(package, name)}\n" for package, name, _ in found))
        return 0
    if not found:
        p.out(f"No {many} found\n")
        return 0
    p.out(f"{len(found)} {many} found:\n")
    for i, (package, name, default) in enumerate(found):
        p.out(f"  {one} #{i}:\n    {_facts(intent, default=default)}\n")
        p.out(f"    {short_name(package, name)}\n" if options.brief else _details(p, package, name, "    "))
    return 0


def set_home_activity(p: Process, args: Args) -> int:
    """`set-home-activity COMPONENT`."""
    while (option := args.option()) is not None:
        if option == "--user":
            args.need()
    package = args.need().partition("/")[0]
    home = p.kernel.packages.resolve(Intent(MAIN, categories=frozenset((HOME,))))
    if package not in [found[0] for found in home]:
        p.out("Error: Failed to set default home.\n")
        return 1
    p.out("Success\n")
    return 0
