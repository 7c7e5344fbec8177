"""`settings`, also as `cmd settings`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from mobilegym.emulator.device import Namespace
from mobilegym.emulator.phone.kernel.settings import NAMESPACES
from mobilegym.emulator.phone.kernel.settings_defaults import DEFAULTS
from mobilegym.emulator.phone.shell.args import Args, number
from mobilegym.emulator.phone.shell.process import Process, ProgramError

__all__ = ["settings"]

_VERBS: Final = ("get", "put", "delete", "reset", "list")
_RESETS: Final = ("untrusted_defaults", "untrusted_clear", "trusted_defaults")
_USAGE: Final = """Settings provider (settings) commands:
  help
      Print this help text.
  get [--user <USER_ID> | current] NAMESPACE KEY
      Retrieve the current value of KEY.
  put [--user <USER_ID> | current] NAMESPACE KEY VALUE [TAG] [default]
      Change the contents of KEY to VALUE.
      TAG to associate with the setting.
      {default} to set as the default, case-insensitive only for global/secure namespace
  delete [--user <USER_ID> | current] NAMESPACE KEY
      Delete the entry for KEY.
  reset [--user <USER_ID> | current] NAMESPACE {PACKAGE_NAME | RESET_MODE}
      Reset the global/secure table for a package with mode.
      RESET_MODE is one of {untrusted_defaults, untrusted_clear, trusted_defaults}, case-insensitive
  list [--user <USER_ID> | current] NAMESPACE
      Print all defined keys.
      NAMESPACE is one of {system, secure, global}, case-insensitive
"""


@dataclass(slots=True)
class _Request:
    verb: str = ""
    user: int | None = None
    namespace: Namespace | None = None
    key: str | None = None
    value: str | None = None


def settings(p: Process) -> int:
    """`settings [--user U] get|put|delete|list|reset ...`: the three tables, without any time passing."""
    if not p.args or p.args[0] in ("help", "-h"):
        p.out(_USAGE)
        return 0 if p.args else 255
    request = _parse(Args(p.args))
    namespace, store = request.namespace, p.kernel.settings
    assert namespace is not None
    if request.verb == "list":
        p.out("".join(f"{key}={value}\n" for key, value in sorted(store.items(namespace).items())))
        return 0
    key = request.key or ""
    if request.verb == "get":
        value = store.get(namespace, key)
        p.out(f"{'null' if value is None else value}\n")
    elif request.verb == "put":
        store.put(namespace, key, request.value or "")
    elif request.verb == "delete":
        known = store.get(namespace, key) is not None
        store.delete(namespace, key)
        p.out(f"Deleted {int(known)} rows\n")
    else:
        _reset(p, namespace, key)
    return 0


def _parse(args: Args) -> _Request:
    request = _Request()
    complete = False
    while not complete and (word := args.next()) is not None:
        if word == "--user":
            if request.user is not None:
                raise ProgramError("Invalid user: --user specified more than once\nBad arguments", 255)
            user = args.need()
            request.user = 0 if user in ("current", "cur") else number(user)
        else:
            complete = _take(request, word, args)
    if not complete:
        raise ProgramError("Bad arguments", 255)
    if request.user is not None and request.verb in ("delete", "list"):
        raise ProgramError("--user not supported for delete and list.", 255)
    if request.user not in (None, 0):
        raise ProgramError(f"Invalid user: {request.user}", 255)
    return request


def _take(request: _Request, word: str, args: Args) -> bool:
    """Put one more word in its place; True once the command is complete."""
    if not request.verb:
        if word.lower() not in _VERBS:
            raise ProgramError(f"Invalid command: {word}", 255)
        request.verb = word.lower()
    elif request.namespace is None:
        if word.lower() not in NAMESPACES:
            raise ProgramError(f"Invalid namespace '{word}'", 255)
        request.namespace = cast("Namespace", word.lower())
        return request.verb == "list"
    elif request.key is None:
        request.key = word
        if request.verb in ("get", "delete") and args.peek() is not None:
            raise ProgramError("Too many arguments", 255)
        if request.verb == "reset" and len(args.rest()) > 1:
            raise ProgramError("Too many arguments", 255)
        return request.verb != "put"
    else:
        request.value = word
        # A tag and `default` are of no consequence here.
        if len(args.rest()) > 2:
            raise ProgramError("Too many arguments", 255)
        return True
    return False


def _reset(p: Process, namespace: Namespace, mode: str) -> None:
    """Take stock values back; a package's reset changes nothing, for no key remembers who wrote it."""
    if namespace == "system":
        raise ProgramError("Bad arguments", 255)
    if mode.lower() not in _RESETS:
        return
    defaults = DEFAULTS[namespace]
    for key in list(p.kernel.settings.items(namespace)):
        if key in defaults:
            p.kernel.settings.put(namespace, key, defaults[key])
        elif mode.lower() == "untrusted_clear":
            p.kernel.settings.delete(namespace, key)
