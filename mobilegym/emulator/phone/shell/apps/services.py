"""`am start-service`, `am broadcast` and the like: what an intent does without a screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from mobilegym.emulator.phone.kernel.manifest import Component
from mobilegym.emulator.phone.shell.apps.intents import ShellIntent, parse_intent
from mobilegym.emulator.phone.shell.apps.running import running
from mobilegym.emulator.phone.shell.args import Args
from mobilegym.emulator.phone.shell.process import Process

__all__ = ["broadcast", "find_services", "start_foreground_service", "start_service", "stop_service"]

_FROM_SHELL: Final = 0x400000


def _options(option: str, args: Args) -> bool:
    if option in ("--user", "--receiver-permission"):
        args.need()
        return True
    return option in ("--allow-background-activity-starts", "--async", "--allow-background-starts")


def find_services(p: Process, intent: ShellIntent) -> list[tuple[str, Component]]:
    """Services of installed APKs that answer an intent."""
    found: list[tuple[str, Component]] = []
    for package, manifest in p.kernel.packages.manifests.items():
        apk = manifest.apk
        if apk is None or (intent.component or (package,))[0] != package or (intent.package or package) != package:
            continue
        for service in apk.services:
            if service.name == intent.component[1] if intent.component else intent.action in service.actions:
                found.append((package, service))
    return found


def start_service(p: Process, args: Args) -> int:
    """`am start-service`."""
    return _start(p, args, foreground=False)


def start_foreground_service(p: Process, args: Args) -> int:
    """`am start-foreground-service`."""
    return _start(p, args, foreground=True)


def _start(p: Process, args: Args, *, foreground: bool) -> int:
    intent = parse_intent(args, _options)
    p.out(f"Starting service: {intent.show()}\n")
    found = find_services(p, intent)
    if not found:
        p.err("Error: Not found; no service started.\n")
        return 255
    package, service = found[0]
    if not service.exported and p.uid != 0:
        p.err("Error: Requires permission not exported from uid " + f"{p.kernel.packages.uid(package)}\n")
        return 255
    running(p.system).start(p.system, package, service.name, foreground=foreground, intent=intent)
    return 0


def stop_service(p: Process, args: Args) -> int:
    """`am stopservice`. Android gives 255 in every case."""
    intent = parse_intent(args, _options)
    p.out(f"Stopping service: {intent.show()}\n")
    found = find_services(p, intent)
    if not found:
        p.err("Service not stopped: was not running.\n")
        return 255
    package, service = found[0]
    stopped = running(p.system).stop(p.system, package, service.name)
    p.err("Service stopped\n" if stopped else "Service not stopped: was not running.\n")
    return 255


def broadcast(p: Process, args: Args) -> int:
    """`am broadcast`."""
    from mobilegym.emulator.phone.shell.receivers import deliver

    intent = parse_intent(args, _options)
    intent.flags |= _FROM_SHELL
    p.out(f"Broadcasting: {intent.show()}\n")
    result = deliver(p.system, intent.kernel(), "/".join(intent.component) if intent.component else "", uid=p.uid)
    data = f', data="{result.data}"' if result.data is not None else ""
    extras = f", extras: Bundle[{_bundle(result.extras)}]" if result.extras else ""
    p.out(f"Broadcast completed: result={result.code}{data}{extras}\n")
    return 0


def _bundle(extras: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}={str(value).lower() if isinstance(value, bool) else value}" for key, value in extras.items()) + "}"
