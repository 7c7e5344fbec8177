"""What `pm` changes about an installed app: data, permissions, whether it is enabled."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.kernel.permissions import GROUPS
from mobilegym.emulator.phone.shell.apps.intents import split_component
from mobilegym.emulator.phone.shell.apps.known import DEVELOPMENT, RUN_TIME, protection
from mobilegym.emulator.phone.shell.apps.running import force_stop
from mobilegym.emulator.phone.shell.args import Args
from mobilegym.emulator.phone.shell.process import JavaError, Process

__all__ = ["clear", "grant", "requested", "reset_permissions", "revoke", "set_enabled", "set_hidden", "set_suspended"]

_GROUPED: Final = frozenset(permission for group in GROUPS for permission in group.permissions)
_STATES: Final = {"enable": (True, "enabled"), "disable": (False, "disabled"), "disable-user": (False, "disabled-user"),
                  "disable-until-used": (False, "disabled-until-used"), "default-state": (True, "default")}  # fmt: skip


def _skip_options(args: Args) -> None:
    while (option := args.option()) is not None:
        if option in ("--user", "--dialogMessage", "--distraction"):
            args.need()


def requested(p: Process, package: str) -> tuple[str, ...]:
    """Every permission an app asks for."""
    manifest = p.kernel.packages.manifest(package)
    return manifest.permissions if manifest.apk is None else manifest.apk.requested


def clear(p: Process, args: Args) -> int:
    """`clear PKG`."""
    _skip_options(args)
    package = args.need()
    if package not in p.kernel.packages.manifests:
        p.err("Failed\n")
        return 1
    force_stop(p.system, package)
    p.kernel.clear_data(package)
    p.out("Success\n")
    return 0


def _target(p: Process, args: Args) -> tuple[str, str] | None:
    """Package and permission of `grant` and `revoke`; None where one is missing.

    Raises:
        JavaError: The permission is not one that can be changed for this app.
    """
    _skip_options(args)
    package, permission = args.next(), args.next()
    if package is None or permission is None:
        p.err(f"Error: no {'package' if package is None else 'permission'} specified\n")
        return None
    if package not in p.kernel.packages.manifests:
        raise JavaError(f"Unknown package: {package}")
    asked = requested(p, package)
    if not protection(permission) and permission not in asked:
        raise JavaError(f"Unknown permission: {permission}")
    if permission not in RUN_TIME and permission not in DEVELOPMENT:
        raise JavaError(
            f"Permission {permission} requested by {package} is not a changeable permission type", "java.lang.SecurityException"
        )
    if permission not in asked:
        raise JavaError(f"Package {package} has not requested permission {permission}", "java.lang.SecurityException")
    return package, permission


def grant(p: Process, args: Args) -> int:
    """`grant PKG PERMISSION`."""
    found = _target(p, args)
    if found is None:
        return 1
    package, permission = found
    if permission in _GROUPED:
        p.kernel.permissions.grant(package, permission)
    else:
        p.kernel.packages.change(package, granted=p.kernel.packages.state(package).granted | {permission})
    return 0


def revoke(p: Process, args: Args) -> int:
    """`revoke PKG PERMISSION`."""
    found = _target(p, args)
    if found is None:
        return 1
    package, permission = found
    if permission in _GROUPED:
        p.kernel.permissions.revoke(package, permission)
    else:
        p.kernel.packages.change(package, granted=p.kernel.packages.state(package).granted - {permission})
    return 0


def reset_permissions(p: Process, args: Args) -> int:
    """`reset-permissions [PKG]`: back to what the image granted."""
    _skip_options(args)
    packages = p.kernel.packages
    wanted = args.next()
    for package in packages.names():
        if wanted in (None, package):
            granted = frozenset(packages.manifest(package).granted)
            packages.change(package, granted=granted, denied=frozenset(), asked=frozenset(), one_time=frozenset())
    return 0


def set_enabled(p: Process, args: Args, verb: str) -> int:
    """`enable|disable|disable-user|default-state PKG_OR_COMPONENT`."""
    _skip_options(args)
    word = args.next()
    if word is None:
        p.err("Error: no package or component specified\n")
        return 1
    on, name = _STATES[verb]
    component = split_component(word)
    package = component[0] if component is not None else word
    packages = p.kernel.packages
    if package not in packages.manifests:
        raise JavaError(f"Unknown package: {package}")
    if component is not None:
        return _component(p, component, on, name)
    if not on and (
        package == packages.home_package or package in p.kernel.image.system_packages.values() or package == "com.android.settings"
    ):
        raise JavaError(f"Cannot disable a protected package: {package}", "java.lang.SecurityException")
    if not on:
        force_stop(p.system, package)
    packages.change(package, enabled=on)
    p.out(f"Package {package} new state: {name}\n")
    return 0


def _component(p: Process, component: tuple[str, str], on: bool, name: str) -> int:
    package, cls = component
    packages = p.kernel.packages
    manifest = packages.manifest(package)
    apk = manifest.apk
    known = {a.name for a in manifest.activities} | ({c.name for c in (*apk.services, *apk.receivers)} if apk is not None else set[str]())
    if cls not in known:
        raise JavaError(f"Component class {cls} does not exist in {package}")
    disabled = packages.state(package).disabled
    packages.change(package, disabled=disabled - {cls} if on else disabled | {cls})
    p.out(f"Component {{{package}/{cls}}} new state: {name}\n")
    return 0


def set_hidden(p: Process, args: Args, *, hidden: bool) -> int:
    """`hide|unhide PKG`."""
    _skip_options(args)
    package = args.need()
    if package in p.kernel.packages.manifests:
        if hidden:
            force_stop(p.system, package)
        p.kernel.packages.change(package, hidden=hidden)
        p.out(f"Package {package} new hidden state: {str(hidden).lower()}\n")
        return 0
    p.out(f"Package {package} new hidden state: false\n")
    return 1


def set_suspended(p: Process, args: Args, *, suspended: bool) -> int:
    """`suspend|unsuspend PKG...`."""
    _skip_options(args)
    status = 0
    for package in args.rest():
        known = package in p.kernel.packages.manifests
        if known:
            p.kernel.packages.change(package, suspended=suspended)
            p.out(f"Package {package} new suspended state: {str(suspended).lower()}\n")
        else:
            p.out(f"Package {package} new suspended state: false\n")
            status = 1
    return status
