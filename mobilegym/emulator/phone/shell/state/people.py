"""Who uses the phone: `cmd lock_settings|user|role|device_policy`, `locksettings`, `dpm`, and their dumps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.args import Args, dispatch, say_yes
from mobilegym.emulator.phone.shell.process import Process

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["device_policy", "dpm", "dump_account", "dump_device_policy", "dump_lock_settings", "dump_role", "dump_trust", "dump_user",
           "locksettings", "role", "user"]  # fmt: skip

_SECRET: Final = "lockscreen_pin"
"""Secure setting in which the Settings app keeps the PIN or password, in plain text."""
_KIND: Final = "!lock/kind"
_ROLE_SETTING: Final = {"android.app.role.DIALER": "dialer_default_application", "android.app.role.SMS": "sms_default_application"}
_ROLE_ACTION: Final = {"android.app.role.BROWSER": "android.intent.action.VIEW", "android.app.role.HOME": "android.intent.action.MAIN"}
_COMPONENT: Final = re.compile(r"(?P<package>[\w.]+)/(?P<name>[\w.$]+)")


def _flag(value: bool) -> str:
    return "true" if value else "false"


# ------------------------------------------------------------------ lock screen


def locksettings(p: Process) -> int:
    """`locksettings`, also as `cmd lock_settings`."""
    return dispatch(p, {
        "set-pin": _set_secret, "set-password": _set_secret, "set-pattern": _set_secret, "clear": _clear, "verify": _verify,
        "get-disabled": _get_disabled, "set-disabled": _set_disabled, "sp": _nothing, "set-resume-on-reboot-provider-package": _nothing,
        "require-strong-auth": _nothing, "remove-cache": _nothing,
    }, "lockSettings service commands:\n\nNOTE: when lock screen is set, all commands require the --old <CREDENTIAL> argument.\n\nhelp\n"
       "  Prints this help text.\n\nget-disabled [--old <CREDENTIAL>] [--user USER_ID]\n  Checks whether lock screen is disabled.\n\n"
       "set-disabled [--old <CREDENTIAL>] [--user USER_ID] <true|false>\n  When true, disables lock screen.\n\n"
       "set-pattern [--old <CREDENTIAL>] [--user USER_ID] <PATTERN>\nset-pin [--old <CREDENTIAL>] [--user USER_ID] <PIN>\n"
       "set-password [--old <CREDENTIAL>] [--user USER_ID] <PASSWORD>\nclear [--old <CREDENTIAL>] [--user USER_ID]\n"
       "verify [--old <CREDENTIAL>] [--user USER_ID]\n")  # fmt: skip


def _nothing(p: Process, args: Args) -> None:
    del p
    args.rest()


def _secret_words(args: Args) -> tuple[str, str]:
    """The old credential and the word that is left."""
    old, word = "", ""
    while (item := args.next()) is not None:
        if item == "--old":
            old = args.need()
        elif item == "--user":
            args.need()
        else:
            word = item
    return old, word


def _may(p: Process, old: str) -> bool:
    secret = p.kernel.settings.get("secure", _SECRET) or ""
    if secret == old:
        return True
    p.out(f"Old password '{old}' didn't match\n" if secret else "Old password provided but user has no password\n")
    return False


def _set_secret(p: Process, args: Args) -> int:
    old, word = _secret_words(args)
    kind = p.args[0].partition("-")[2]
    if not _may(p, old):
        return 255
    if kind == "pin" and not (word.isdigit() and len(word) >= 4):
        p.err(f"Error: New PIN '{word}' is not valid\n" if word else "Error: no credential\n")
        return 255
    if len(word) < 4:
        p.err(f"New {kind} doesn't satisfy minimum length\n")
        return 255
    p.kernel.settings.put("secure", _SECRET, word)
    p.kernel.properties.put(_KIND, kind)
    p.out(f"{kind.capitalize()} set to '{word}'\n")
    return 0


def _clear(p: Process, args: Args) -> int:
    old, _ = _secret_words(args)
    if not _may(p, old):
        return 255
    p.kernel.settings.delete("secure", _SECRET)
    p.kernel.properties.delete(_KIND)
    p.out("Lock credential cleared\n")
    return 0


def _verify(p: Process, args: Args) -> int:
    old, _ = _secret_words(args)
    if not _may(p, old):
        return 255
    p.out("Lock credential verified successfully\n")
    return 0


def _get_disabled(p: Process, args: Args) -> None:
    _secret_words(args)
    settings = p.kernel.settings
    p.out(f"{_flag(settings.flag('secure', 'lockscreen.disabled') and not settings.get('secure', _SECRET))}\n")


def _set_disabled(p: Process, args: Args) -> int:
    old, word = _secret_words(args)
    if not _may(p, old):
        return 255
    p.kernel.settings.set_flag("secure", "lockscreen.disabled", say_yes(word))
    p.out(f"Lock screen disabled set to {_flag(say_yes(word))}\n")
    return 0


def dump_lock_settings(p: Process) -> int:
    """`dumpsys lock_settings`."""
    secret = p.kernel.settings.get("secure", _SECRET)
    kind = ("PIN" if secret and secret.isdigit() else "PASSWORD") if secret else "NONE"
    p.out(f"Current lock settings service state:\n\nUser State:\n  User 0\n    SP Handle: 6d2e4a17c09b5f38\n    CredentialType: {kind}\n"
          f"    Quality: {0x20000 if kind == 'PIN' else 0x40000 if secret else 0}\n")  # fmt: skip
    return 0


def dump_trust(p: Process) -> int:
    """`dumpsys trust`."""
    hardware = p.kernel.hardware
    locked = int(hardware.locked and bool(p.kernel.settings.get("secure", _SECRET)))
    p.out(f'Trust manager state:\n User "Owner" (id=0, flags=0x4c13) (current): trusted=0, trustManaged=0, deviceLocked={locked}, '
          "isActiveUnlockRunning=0, strongAuthRequired=0x0\n   Enabled agents:\n   Events:\n")  # fmt: skip
    return 0


# ------------------------------------------------------------------ users


def user(p: Process) -> int:
    """`cmd user list|report-system-user-package-whitelist-problems|...`."""
    return dispatch(p, {
        "list": _list_users, "can-switch-to-headless-system-user-mode": lambda p, args: p.out("false\n"), "is-main-user": _yes,
        "is-visible-background-users-supported": lambda p, args: p.out("false\n"), "get-main-user": lambda p, args: p.out("0\n"),
        "is-user-visible": _yes, "is-headless-system-user-mode": lambda p, args: p.out("false\n"), "supports-switch-to-user": _yes,
        "report-system-user-package-whitelist-problems": _nothing, "is-visible-background-users-on-default-display-supported":
        lambda p, args: p.out("false\n"), "set-system-user-mode-emulation": _nothing,
    }, "User manager (user) commands:\nhelp\n  Prints this help text.\n\nlist [-v | --verbose] [--all]\n"
       "  Prints all users on the system.\n")  # fmt: skip


def _yes(p: Process, args: Args) -> None:
    args.rest()
    p.out("true\n")


def _list_users(p: Process, args: Args) -> int:
    verbose = False
    while (option := args.next()) is not None:
        if option not in ("-v", "--verbose", "--all"):
            p.out(f"Invalid option: {option}\n")
            return 255
        verbose = verbose or option != "--all"
    if verbose:
        p.out(
            "1 users:\n\n0: id=0, name=Owner, type=full.SYSTEM, flags=ADMIN|FULL|INITIALIZED|MAIN|PRIMARY|SYSTEM (running) (current) "
            "(visible)\n"
        )
    else:
        p.out("Users:\n\tUserInfo{0:Owner:4c13} running\n")
    return 0


def dump_user(p: Process) -> int:
    """`dumpsys user`."""
    p.out("Current user: 0\nUsers:\n  UserInfo{0:Owner:4c13} serialNo=0 isPrimary=true\n    Type: android.os.usertype.full.SYSTEM\n"
          "    Flags: 19475 (ADMIN|FULL|INITIALIZED|MAIN|PRIMARY|SYSTEM)\n    State: RUNNING_UNLOCKED\n    Created: <unknown>\n"
          "    Has profile owner: false\n    Restrictions:\n      none\n    Effective restrictions:\n      none\n\n"
          "  Device properties:\n  Max users: 4 (limit reached: false)\n  Supports switchable users: true\n")  # fmt: skip
    return 0


def dump_account(p: Process) -> int:
    """`dumpsys account`."""
    p.out("User UserInfo{0:Owner:4c13}:\n  Accounts: 0\n\n  AccountId, Action_Type, timestamp, UID, TableName, Key\n  Accounts History\n\n"
          "  Active Sessions: 0\n\n  RegisteredServicesCache: 0 services\n\n  Account visibility:\n")  # fmt: skip
    return 0


# ------------------------------------------------------------------ roles


def _holders(kernel: Kernel, name: str) -> list[str]:
    setting = _ROLE_SETTING.get(name)
    if setting is not None:
        holder = kernel.settings.get("secure", setting)
        return [holder] if holder else []
    stored = kernel.properties.get(f"!role/{name}")
    if stored:
        return [package for package in stored.split() if package in kernel.packages.names()]
    if name == "android.app.role.HOME":
        return [kernel.packages.home_package]
    return []


def role(p: Process) -> int:
    """`cmd role get-role-holders|add-role-holder|remove-role-holder|clear-role-holders`."""
    return dispatch(p, {
        "get-role-holders": _get_holders, "add-role-holder": _add_holder, "remove-role-holder": _remove_holder,
        "clear-role-holders": _clear_holders, "set-bypassing-role-qualification": _nothing,
    }, "Role (role) commands:\n  help or -h\n    Print this help text.\n\n  get-role-holders [--user USER_ID] ROLE\n"
       "  add-role-holder [--user USER_ID] ROLE PACKAGE [FLAGS]\n  remove-role-holder [--user USER_ID] ROLE PACKAGE [FLAGS]\n"
       "  clear-role-holders [--user USER_ID] ROLE [FLAGS]\n")  # fmt: skip


def _role_name(args: Args) -> str:
    while (option := args.option()) is not None:
        if option == "--user":
            args.need()
    return args.need()


def _get_holders(p: Process, args: Args) -> None:
    p.out("".join(f"{package}\n" for package in _holders(p.kernel, _role_name(args))))


def _set_holders(kernel: Kernel, name: str, packages: list[str]) -> None:
    if name in _ROLE_SETTING:
        if packages:
            kernel.settings.put("secure", _ROLE_SETTING[name], packages[-1])
        else:
            kernel.settings.delete("secure", _ROLE_SETTING[name])
        return
    kernel.properties.put(f"!role/{name}", " ".join(packages))
    action = _ROLE_ACTION.get(name)
    if action is not None:
        # The app that a role's intent goes to, as the Settings app keeps it.
        for package in kernel.packages.names():
            defaults = kernel.packages.state(package).defaults
            kernel.packages.change(package, defaults=defaults | {action} if package in packages[-1:] else defaults - {action})


def _add_holder(p: Process, args: Args) -> int:
    name, package = _role_name(args), args.need()
    args.rest()
    if package not in p.kernel.packages.names():
        p.err(f"Error: package {package} does not qualify for role {name}\n")
        return 255
    _set_holders(p.kernel, name, [package])
    return 0


def _remove_holder(p: Process, args: Args) -> None:
    name, package = _role_name(args), args.need()
    args.rest()
    _set_holders(p.kernel, name, [holder for holder in _holders(p.kernel, name) if holder != package])


def _clear_holders(p: Process, args: Args) -> None:
    name = _role_name(args)
    args.rest()
    _set_holders(p.kernel, name, [])


def dump_role(p: Process) -> int:
    """`dumpsys role`."""
    p.out("ROLE MANAGER STATE (dumpsys role):\n  {\n    user_id=0\n    version=1\n    roles=[\n")
    for name in ("ASSISTANT", "BROWSER", "DIALER", "HOME", "SMS"):
        full = f"android.app.role.{name}"
        p.out(f"      {{\n        name={full}\n        holders={', '.join(_holders(p.kernel, full))}\n      }}\n")
    p.out("    ]\n  }\n")
    return 0


# ------------------------------------------------------------------ device policy


def device_policy(p: Process) -> int:
    """`cmd device_policy ...`."""
    return dpm(p)


def dpm(p: Process) -> int:
    """`dpm set-device-owner|set-active-admin|set-profile-owner|remove-active-admin|list-owners`."""
    return dispatch(p, {
        "set-device-owner": _set_owner, "set-active-admin": _set_admin, "set-profile-owner": _set_owner, "remove-active-admi"
        "n": _remove_admin,
        "list-owners": _list_owners, "force-network-logs": _nothing, "force-security-logs": _nothing, "clear-freeze-period-recor"
        "d": _nothing,
        "mark-profile-owner-on-organization-owned-device": _nothing, "is-operation-safe": _yes, "set-operation-safe": _nothing,
    }, "usage: dpm [subcommand] [options]\nusage: dpm set-active-admin [ --user <USER_ID> | current ] <COMPONENT>\n"
       "usage: dpm set-device-owner [ --user <USER_ID> | current *EXPERIMENTAL* ] [ --name <NAME> ] <COMPONENT>\n"
       "usage: dpm set-profile-owner [ --user <USER_ID> | current ] [ --name <NAME> ] <COMPONENT>\n"
       "usage: dpm remove-active-admin [ --user <USER_ID> | current ] [ --name <NAME> ] <COMPONENT>\n")  # fmt: skip


def _admin(args: Args) -> tuple[str, str] | None:
    """Package and the component as Android writes it; None where it is none."""
    while (option := args.option()) is not None:
        if option in ("--user", "--name"):
            args.need()
    match = _COMPONENT.fullmatch(args.need())
    if match is None:
        return None
    package, name = match["package"], match["name"]
    return package, f"{package}/{name}"


def _known_admin(p: Process, args: Args) -> tuple[str, str] | int:
    found = _admin(args)
    if found is None or found[0] not in p.kernel.packages.names():
        what = "Invalid component" if found is None else f"Unknown admin: ComponentInfo{{{found[1]}}}"
        p.err(f"Error: {what}\n")
        return 255
    return found


def _set_owner(p: Process, args: Args) -> int:
    found = _known_admin(p, args)
    if isinstance(found, int):
        return found
    package, component = found
    kind = "device" if p.args[0] == "set-device-owner" else "profile"
    p.kernel.properties.put(f"!dpm/{kind}-owner", component)
    p.kernel.properties.put(f"!dpm/admin/{component}", "1")
    p.out(
        f"Success: {'Device owner' if kind == 'device' else 'Active admin and profile owner'} set to package "
        f"{package if kind == 'device' else component}\n"
    )
    if kind == "device":
        p.out(f"Active admin set to component {component}\n")
    return 0


def _set_admin(p: Process, args: Args) -> int:
    found = _known_admin(p, args)
    if isinstance(found, int):
        return found
    p.kernel.properties.put(f"!dpm/admin/{found[1]}", "1")
    p.out(f"Success: Active admin set to component {found[1]}\n")
    return 0


def _remove_admin(p: Process, args: Args) -> int:
    found = _admin(args)
    if found is None or not p.kernel.properties.delete(f"!dpm/admin/{found[1]}"):
        p.err("Error: Admin is not active\n")
        return 255
    for kind in ("device", "profile"):
        if p.kernel.properties.get(f"!dpm/{kind}-owner") == found[1]:
            p.kernel.properties.delete(f"!dpm/{kind}-owner")
    p.out(f"Success: Admin removed ComponentInfo{{{found[1]}}}\n")
    return 0


def _list_owners(p: Process, args: Args) -> None:
    del args
    owner = p.kernel.properties.get("!dpm/device-owner")
    p.out(f"1 owner:\nUser  0: admin={owner},DeviceOwner\n" if owner else "no owners\n")


def dump_device_policy(p: Process) -> int:
    """`dumpsys device_policy`."""
    owner = p.kernel.properties.get("!dpm/device-owner")
    p.out("Current Device Policy Manager state:\n  Immutable state:\n    mHasFeature=true\n")
    if owner:
        p.out(f"  Device Owner: \n    admin=ComponentInfo{{{owner}}}\n    name=\n    package={owner.partition('/')[0]}\n    User ID: 0\n")
    p.out("  Enabled Device Admins (User 0, provisioningState: 0):\n")
    p.out("".join(f"    {name}:\n" for name in p.kernel.properties.below("!dpm/admin/")))
    p.out("  Encryption Status: per-user\n  number of users: 1\n")
    return 0
