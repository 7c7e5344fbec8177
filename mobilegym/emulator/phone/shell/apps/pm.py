"""`pm` and `cmd package`: installed apps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from mobilegym.emulator.phone.shell.apps import dump_package, pm_install, pm_list, pm_query, pm_state
from mobilegym.emulator.phone.shell.apps.known import FEATURES
from mobilegym.emulator.phone.shell.args import Args, WaitingVerbs, dispatch, number
from mobilegym.emulator.phone.shell.process import JavaError, Process

__all__ = ["pm"]

_Verb = Callable[[Process, Args], "int | Awaitable[int]"]


def pm(p: Process) -> int | Awaitable[int]:
    """`pm VERB ...`."""
    listed = "".join(f"  {verb}\n" for verb in sorted(_VERBS))
    return dispatch(p, _VERBS, f"Package manager (package) commands:\n  help\n    Print this help text.\n{listed}")


def _path(p: Process, args: Args) -> int:
    while (option := args.option()) is not None:
        if option == "--user":
            args.need()
    package = args.need()
    if package not in p.kernel.packages.manifests:
        return 1
    code = p.kernel.packages.code_path(package)
    p.out(f"package:{code}\n")
    folder = code.rpartition("/")[0]
    for name in p.kernel.files.names(folder):
        if name.startswith("split_"):
            p.out(f"package:{folder}/{name}\n")
    return 0


def _has_feature(p: Process, args: Args) -> int:
    name = args.next()
    if name is None:
        p.err("Error: expected FEATURE name\n")
        return 1
    found = name in FEATURES
    p.out(f"{str(found).lower()}\n")
    return 0 if found else 1


def _install_location(p: Process, args: Args) -> int:
    del args
    location = p.kernel.settings.number("global", "default_install_location", 0)
    p.out(f"{location}[{('auto', 'internal', 'external')[location] if 0 <= location < 3 else 'unknown'}]\n")
    return 0


def _set_install_location(p: Process, args: Args) -> int:
    location = number(args.need())
    if not 0 <= location < 3:
        p.err("Error: install location has to be 0, 1 or 2\n")
        return 1
    p.kernel.settings.put("global", "default_install_location", str(location))
    return 0


def _say(text: str, status: int = 0) -> _Verb:
    def say(p: Process, args: Args) -> int:
        args.rest()
        p.out(text)
        return status

    return say


def _refuse(text: str) -> _Verb:
    def refuse(p: Process, args: Args) -> int:
        args.rest()
        p.err(text)
        return 1

    return refuse


def _compile(p: Process, args: Args) -> int:
    everything, package = False, None
    while (word := args.next()) is not None:
        if word in ("-m", "-r", "--check-prof", "--split", "-p"):
            args.need()
        elif word == "-a":
            everything = True
        elif not word.startswith("-"):
            package = word
    if not everything and package is None:
        p.err("Error: package name not specified and --all not specified\n")
        return 1
    if package is not None and package not in p.kernel.packages.manifests:
        p.out("Failure: package not found\n")
        return 1
    p.out("Success\n")
    return 0


def _dump(p: Process, args: Args) -> int:
    package = args.need()
    p.out(f"DUMP OF SERVICE package:\n{dump_package.text(p, package)}")
    return 0


def _app_links(p: Process, args: Args) -> int:
    while (option := args.option()) is not None:
        if option == "--user":
            args.need()
    wanted = args.next()
    if wanted is not None and wanted not in p.kernel.packages.manifests:
        raise JavaError(f"Package {wanted} unavailable", "android.content.pm.PackageManager$NameNotFoundException")
    for package, manifest in p.kernel.packages.manifests.items():
        hosts = sorted({h for a in manifest.activities for f in a.filters for h in f.hosts if {"http", "https"} & set(f.schemes)})
        if hosts and wanted in (None, package):
            p.out(f"  {package}:\n    ID: 00000000-0000-0000-0000-000000000000\n    Signatures: []\n    Domain verification state:\n")
            p.out("".join(f"      {host}: none\n" for host in hosts))
    return 0


def _bypassed(p: Process, args: Args) -> int:
    """Settings that only a real package manager has a use for."""
    del p
    args.rest()
    return 0


_VERBS: Final[WaitingVerbs] = {
    "list": pm_list.run, "path": _path, "clear": pm_state.clear, "grant": pm_state.grant, "revoke": pm_state.revoke,
    "reset-permissions": pm_state.reset_permissions, "install": pm_install.install, "install-create": pm_install.install_create,
    "install-write": pm_install.install_write, "install-commit": pm_install.install_commit, "install-abandon": pm_install.install_abandon,
    "install-destroy": pm_install.install_abandon, "install-existing": pm_install.install_existing, "uninstall": pm_install.uninstall,
    **{verb: partial(pm_state.set_enabled, verb=verb) for verb in ("enable", "disable", "disable-user", "disable-until-used",
    "default-state")},
    "hide": partial(pm_state.set_hidden, hidden=True), "unhide": partial(pm_state.set_hidden, hidden=False),
    "suspend": partial(pm_state.set_suspended, suspended=True), "unsuspend": partial(pm_state.set_suspended, suspended=False),
    "has-feature": _has_feature, "get-install-location": _install_location, "set-install-location": _set_install_location,
    "get-max-users": _say("Maximum supported users: 4\n"), "get-max-running-users": _say("Maximum supported running users: 3\n"),
    "create-user": _refuse("Error: couldn't create User.\n"), "remove-user": _refuse("Error: couldn't remove user id\n"),
    "compile": _compile, "bg-dexopt-job": _say("Success\n"), "force-dex-opt": _compile, "dump": _dump, "get-app-links": _app_links,
    "resolve-activity": pm_query.resolve_activity, "query-activities": pm_query.query_activities, "query-services": pm_query.query_services,
    "query-receivers": pm_query.query_receivers, "set-home-activity": pm_query.set_home_activity,
    "get-privapp-permissions": _say("{}\n"), "get-privapp-deny-permissions": _say("{}\n"), "get-oem-permissions": _say("{}\n"),
    "dump-profiles": _bypassed, "snapshot-profile": _bypassed, "get-moduleinfo": _bypassed, "art": _say("Success\n"),
    **dict.fromkeys((
        "trim-caches", "set-installer", "set-permission-enforced", "set-app-links", "reset-app-links", "verify-app-links",
        "set-user-restriction",
        "set-app-link", "get-app-link", "reconcile-secondary-dex-files", "log-visibility", "bypass-staged-installer-check",
        "bypass-allowed-apex-update-check", "disable-verification-for-uid", "set-distracting-restriction", "set-silent-updates-policy",
        "set-permission-flags", "clear-permission-flags", "set-app-links-allowed", "set-app-links-user-selection", "delete-dexopt",
        "supports-multiple-users",
        "wait-for-handler", "wait-for-background-handler", "clear-package-preferred-activities",
    ), _bypassed),
}  # fmt: skip
