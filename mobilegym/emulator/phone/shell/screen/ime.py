"""`ime`, that is `cmd input_method`: which keyboards there are, which may be used, and which is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from mobilegym.emulator.phone.shell.process import JavaError, Process
from mobilegym.emulator.phone.shell.system import System

__all__ = ["BUILT_IN", "current_method", "describe", "enabled_methods", "input_methods", "run"]

BUILT_IN: Final = "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME"
_SERVICE: Final = "android.view.InputMethod"
_HELP: Final = """InputMethodManagerService commands:
  help
    Prints this help text.
  get-last-switch-user-id
    Returns the last switch user ID.
  list [-a] [-s]
    prints all enabled input methods.
     -a: see all input methods
     -s: only a single summary line of each
  enable [--user <USER_ID>] <ID>
    allows the given input method ID to be used.
  disable [--user <USER_ID>] <ID>
    disallows the given input method ID to be used.
  set [--user <USER_ID>] <ID>
    switches to the given input method ID.
  reset [--user <USER_ID>]
    reset currently selected/enabled IMEs to the default ones as if
    the device is initially booted with the current locale.
"""


def input_methods(system: System) -> list[str]:
    """Ids of the keyboards of all installed apps, the phone's own first."""
    packages = system.kernel.packages
    found = [BUILT_IN]
    for package in packages.names():
        apk = packages.manifest(package).apk
        for service in apk.services if apk is not None else ():
            if _SERVICE in service.actions:
                name = service.name.removeprefix(package) if service.name.startswith(package + ".") else service.name
                found.append(f"{package}/{name}")
    return found


def enabled_methods(system: System) -> list[str]:
    """Ids of those that may be used."""
    text = system.kernel.settings.get("secure", "enabled_input_methods") or ""
    chosen = [part.partition(";")[0] for part in text.split(":") if part]
    return [method for method in input_methods(system) if method in chosen]


def current_method(system: System) -> str:
    """Id of the keyboard in use; the phone's own where the setting names none that there is."""
    chosen = system.kernel.settings.get("secure", "default_input_method") or ""
    return chosen if chosen in input_methods(system) else BUILT_IN


def run(p: Process) -> int:
    """`ime list|enable|disable|set|reset`."""
    verb = p.args[0] if p.args else None
    if verb in (None, "help", "-h"):
        p.out(_HELP)
        return 255 if verb is None else 0
    handler = _VERBS.get(verb)
    if handler is None:
        p.out(f"Unknown command: {verb}\n")
        return 255
    words = list(p.args[1:])
    if "--user" in words:
        at = words.index("--user")
        del words[at : at + 2]
    return handler(p, words)


def _list(p: Process, words: list[str]) -> int:
    flags = {letter for word in words if word.startswith("-") for letter in word[1:]}
    methods = input_methods(p.system) if "a" in flags else enabled_methods(p.system)
    for method in methods:
        p.out(f"{method}\n" if "s" in flags else f"{method}:\n{describe(method, '  ')}")
    return 0


def describe(method: str, indent: str) -> str:
    """The long form of one keyboard."""
    package, _, name = method.partition("/")
    service = package + name if name.startswith(".") else name
    return "".join(
        f"{indent}{line}\n"
        for line in (
            f"mId={method} mSettingsActivityName=null mIsVrOnly=false mSupportsSwitchingToNextInputMethod=true "
            "mInlineSuggestionsEnabled=true mSuppressesSpellChecker=false mShowInInputMethodPicker=true",
            "mIsDefaultResId=0x0",
            "Service:",
            "  priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false",
            "  ServiceInfo:",
            f"    name={service}",
            f"    packageName={package}",
            "    enabled=true exported=true directBootAware=true",
            "    permission=android.permission.BIND_INPUT_METHOD",
        )
    )


def _id(words: list[str], verb: str) -> str:
    if not words:
        raise JavaError(f'Argument expected after "{verb}"')
    return words[0]


def _store(system: System, methods: list[str]) -> None:
    system.kernel.settings.put("secure", "enabled_input_methods", ":".join(methods))


def _enable(p: Process, words: list[str]) -> int:
    method = _id(words, "enable")
    enabled = enabled_methods(p.system)
    if method not in input_methods(p.system):
        p.err(f"Unknown input method {method} cannot be enabled for user #0\n")
        return 255
    if method not in enabled:
        _store(p.system, [*enabled, method])
    p.out(f"Input method {method}: {'already' if method in enabled else 'now'} enabled for user #0\n")
    return 0


def _disable(p: Process, words: list[str]) -> int:
    method = _id(words, "disable")
    enabled = enabled_methods(p.system)
    if method in enabled:
        left = [m for m in enabled if m != method] or [BUILT_IN]
        _store(p.system, left)
        if current_method(p.system) == method:
            _select(p.system, BUILT_IN if BUILT_IN in left else left[0])
    p.out(f"Input method {method}: {'now' if method in enabled else 'already'} disabled for user #0\n")
    return 0


def _select(system: System, method: str) -> None:
    system.kernel.settings.put("secure", "default_input_method", method)


def _set(p: Process, words: list[str]) -> int:
    method = _id(words, "set")
    if method not in enabled_methods(p.system):
        p.err(f"Unknown input method {method} cannot be selected for user #0\n")
        return 255
    if p.kernel.settings.get("secure", "default_input_method") != method:
        _select(p.system, method)
    p.out(f"Input method {method} selected for user #0\n")
    return 0


def _reset(p: Process, words: list[str]) -> int:
    del words
    _store(p.system, [BUILT_IN])
    _select(p.system, BUILT_IN)
    p.out(f"Reset current and enabled IMEs for user #0\n  Selected: {BUILT_IN}\n   Enabled: {BUILT_IN}\n")
    return 0


def _last_user(p: Process, words: list[str]) -> int:
    del words
    p.out("0\n")
    return 0


_VERBS: Final[Mapping[str, Callable[[Process, list[str]], int]]] = {
    "list": _list, "enable": _enable, "disable": _disable, "set": _set, "reset": _reset, "get-last-switch-user-id": _last_user,
}  # fmt: skip
