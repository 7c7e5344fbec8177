"""Services and processes, as `dumpsys activity` prints them."""

from __future__ import annotations

from mobilegym.emulator.phone.shell.apps.intents import short_name
from mobilegym.emulator.phone.shell.apps.names import hex_id, process_record
from mobilegym.emulator.phone.shell.apps.running import Service, running
from mobilegym.emulator.phone.shell.process import Process

__all__ = ["exit_info", "lru", "processes", "providers", "services"]


def services(p: Process, package: str, wanted: str) -> str:
    """Started services, all or those of a package, of a component, or whose name contains `wanted`."""
    out = ["ACTIVITY MANAGER SERVICES (dumpsys activity services)\n"]
    found = [s for s in running(p.system).services.values() if package in ("", s.package) and _is(s, wanted)]
    if not found:
        return out[0] + "  (nothing)\n"
    out.append("  User 0 active services:\n")
    now, packages = p.kernel.clock.now_ms, p.kernel.packages
    for service in found:
        name = short_name(service.package, service.name)
        age = now - service.started_ms
        code = packages.code_path(service.package) if service.package in packages.manifests else "null"
        front = f"isForeground={str(service.foreground).lower()} foregroundId={int(service.foreground)} types=00000008 foregroundNoti="
        note = f"Notification(channel={service.package} shortcut=null contentView=null vibrate=null sound=null defaults=0x0 flags=0x62)"
        out.append(
            f"  * ServiceRecord{{{hex_id('service', name)} u0 {name} c:{service.package}}}\n    intent={{{service.intent}}}\n"
            f"    packageName={service.package}\n    processName={service.package}\n    baseDir={code}\n"
            f"    dataDir=/data/user/0/{service.package}\n"
            f"    app={process_record(p, service.package)}\n" + (f"    {front}{note}\n" if service.foreground else "")
            + f"    createTime=-{_age(age)} startingBgTimeout=--\n"
            f"    lastActivity=-{_age(age)} restartTime=-{_age(age)} createdFromFg=true\n"
            "    startRequested=true delayedStop=false stopIfKilled=false callStart=true lastStartId=1\n\n"
        )  # fmt: skip
    return "".join(out)


def _is(service: Service, wanted: str) -> bool:
    if not wanted:
        return True
    if "/" in wanted:
        return wanted in (short_name(service.package, service.name), f"{service.package}/{service.name}")
    return wanted in service.package or wanted in service.name


def _age(ms: int) -> str:
    return f"{ms // 60_000}m{ms // 1000 % 60}s{ms % 1000}ms" if ms >= 60_000 else f"{ms // 1000}s{ms % 1000}ms"


def processes(p: Process, package: str, _: str) -> str:
    """Processes of apps and of the system."""
    system_server = next(i.pid for i in p.system.processes.all() if i.name == "system_server")
    head = "ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)\n  All known processes:\n"
    out = [head]
    if not package:
        name = f"ProcessRecord{{{hex_id('process', system_server)} {system_server}:system/1000}}"
        out.append(
            f"  *PERS* UID 1000 {name}\n    user #0 uid=1000 gids={{}}\n    dir=null publicDir=null data=null\n"
            f"    packageList={{android}}\n"
        )
    running_packages = [i for i in p.system.processes.all() if i.package and package in ("", i.package)]
    for info in running_packages:
        uid = p.system.processes.uid(info.package)
        kind = "PERS" if info.package == "com.android.systemui" else "APP"
        code = p.kernel.packages.code_path(info.package) if info.package in p.kernel.packages.manifests else "null"
        out.append(
            f"  *{kind}* UID {uid} {_record(uid, info.pid, info.name)}\n    user #0 uid={uid} gids={{3003}}\n"
            f"    mRequiredAbi=x86_64 instructionSet=null\n    dir={code} publicDir={code} data=/data/user/0/{info.package}\n"
            f"    packageList={{{info.package}}}\n    compat={{420dpi}}\n    pid={info.pid}\n"
        )
    out.append("\n  Process LRU list (sorted by oom_adj, " + f"{len(running_packages)} total, non-act at 0, non-svc at 0):\n")
    for i, info in enumerate(running_packages):
        out.append(
            f"    Proc #{i:2}: {_state(p, info.package)} {_record(p.system.processes.uid(info.package), info.pid, info.name)} (top)\n"
        )
    front = p.kernel.activities.foreground.package
    out.append(
        f"\n  mHomeProcess: {process_record(p, p.kernel.packages.home_package)}\n  mPreviousProcess: null\n"
        f"  mTopProcess: {process_record(p, front)}\n"
    )
    return "".join(out)


def _record(uid: int, pid: int, name: str) -> str:
    return f"ProcessRecord{{{hex_id('process', pid)} {pid}:{name}/{'1000' if uid == 1000 else f'u0a{uid - 10_000}'}}}"


def _state(p: Process, package: str) -> str:
    if package == p.kernel.activities.foreground.package:
        return "fg     F/A/TOP  LCM"
    return "home   B/ /HOME ---" if package == p.kernel.packages.home_package else "cch    B/A/CAC  ---"


def lru(p: Process, package: str, _: str) -> str:
    """Processes of apps, the one in front first."""
    front, home = p.kernel.activities.foreground.package, p.kernel.packages.home_package
    found = [i for i in p.system.processes.all() if i.package and package in ("", i.package)]
    found.sort(key=lambda i: (i.package != front, i.package != home))
    out = ["ACTIVITY MANAGER LRU PROCESSES (dumpsys activity lru)\n  Activities:\n"]
    for i, info in enumerate(found):
        state = "fg     TOP  LCM" if info.package == front else "home   HOME ---" if info.package == home else "cch    CACC ---"
        user = _record(p.system.processes.uid(info.package), info.pid, info.name).partition(" ")[2].rstrip("}")
        out.append(f"  #{len(found) - 1 - i}: {state} {user} act:activities|recents\n")
    return "".join(out)


def providers(p: Process, package: str, _: str) -> str:
    """The content providers of the system."""
    out = ["ACTIVITY MANAGER CONTENT PROVIDERS (dumpsys activity providers)\n  Published single-user content providers (by class):\n"]
    for name in p.kernel.packages.names():
        if name.startswith("com.android.providers.") and package in ("", name):
            short = name.removeprefix("com.android.providers.").partition(".")[0].capitalize()
            out.append(
                f"  * ContentProviderRecord{{{hex_id('provider', name)} u0 {name}/.{short}Provider}}\n    package={name} process={name}\n"
            )
    return "".join(out)


def exit_info(p: Process, package: str, wanted: str) -> str:
    """Why processes ended: nothing is remembered."""
    names = [name for name in p.kernel.packages.names() if name in (wanted, package)]
    head = "ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)\nLast Timestamp of Persistence Into Persistent Storage: --\n"
    return head + "".join(f"  package: {name}\n    Historical Process Exit for uid={p.kernel.packages.uid(name)}\n" for name in names)
