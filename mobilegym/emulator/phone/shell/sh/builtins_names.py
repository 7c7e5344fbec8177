"""Builtins about variables, parameters, options and aliases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.sh.arithmetic import evaluate
from mobilegym.emulator.phone.shell.sh.errors import ShellError
from mobilegym.emulator.phone.shell.sh.quoting import quoted

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.interpreter import Shell

__all__ = ["alias", "export", "getopts", "let", "local", "readonly", "set_options", "shift", "unalias", "unset"]

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPTION_NAMES: Final = {
    "allexport": "a", "errexit": "e", "noclobber": "C", "noexec": "n", "noglob": "f", "nounset": "u", "verbose": "v", "xtrace": "x",
    "monitor": "m", "notify": "b", "pipefail": "pipefail", "posix": "posix", "sh": "sh", "braceexpand": "braceexpand",
}  # fmt: skip
_LETTERS: Final = frozenset("abCefhkmnuvxi")


def _split(shell: Shell, text: str) -> tuple[str, str | None]:
    """`name=value` → both; the value is None where only a name is given."""
    name, mark, value = text.partition("=")
    append = name.endswith("+")
    name = name.removesuffix("+")
    if not _NAME.fullmatch(name):
        raise ShellError(f"{text}: is not an identifier", fatal=False)
    if not mark:
        return name, None
    if value == "~" or value.startswith("~/"):
        value = (shell.get("HOME") or "~").rstrip("/") + value[1:]
    return name, (shell.get(name) or "") + value if append else value


def export(shell: Shell, argv: list[str]) -> int:
    args = argv[1:]
    if not args or args == ["-p"]:
        for name in sorted(shell.variables.exported):
            shell.out(f"export {name}={quoted(shell.variables.values.get(name, ''))}\n")
        return 0
    unset_ = "-n" in args
    for text in (arg for arg in args if not arg.startswith("-")):
        name, value = _split(shell, text)
        if value is not None:
            shell.set(name, value)
        (shell.variables.exported.discard if unset_ else shell.variables.exported.add)(name)
    return 0


def readonly(shell: Shell, argv: list[str]) -> int:
    args = [arg for arg in argv[1:] if not arg.startswith("-")]
    if not args:
        for name in sorted(shell.variables.read_only):
            shell.out(f"readonly {name}={quoted(shell.variables.values.get(name, ''))}\n")
    for text in args:
        name, value = _split(shell, text)
        if value is not None:
            shell.set(name, value)
        shell.variables.read_only.add(name)
    return 0


def local(shell: Shell, argv: list[str]) -> int:
    """`local` and `typeset [-xrig]`; outside of a function, both only assign."""
    options = "".join(arg[1:] for arg in argv[1:] if arg.startswith("-"))
    removed = "".join(arg[1:] for arg in argv[1:] if arg.startswith("+"))
    variables = shell.variables
    names = [arg for arg in argv[1:] if not arg.startswith(("-", "+"))]
    if not names and ("f" in options or "p" in options or not options):
        for name in variables:
            shell.out(f"{argv[0]} {name}={quoted(variables.values.get(name, ''))}\n")
        return 0
    for text in names:
        name, value = _split(shell, text)
        if variables.in_function and "g" not in options:
            variables.local(name)
            if value is None and not options and not removed:
                variables.restore(name, None, exported=False)
        if "i" in options:
            variables.integers.add(name)
        if value is not None:
            shell.set(name, str(evaluate(value, shell)) if name in variables.integers else value)
        if "x" in options:
            variables.exported.add(name)
        if "x" in removed:
            variables.exported.discard(name)
        if "r" in options:
            variables.read_only.add(name)
    return 0


def unset(shell: Shell, argv: list[str]) -> int:
    functions = False
    for text in argv[1:]:
        if text in ("-f", "-v", "--"):
            functions = text == "-f"
        elif functions:
            shell.functions.pop(text, None)
        elif match := re.fullmatch(r"([A-Za-z_]\w*)\[(\d{1,9})\]", text):
            if int(match[2]):
                shell.variables.arrays.get(match[1], {}).pop(int(match[2]), None)
            else:
                shell.variables.restore(match[1], None, exported=False)
        elif _NAME.fullmatch(text):
            shell.variables.unset(text)
        else:
            raise ShellError(f"{text}: is not an identifier", fatal=False)
    return 0


def shift(shell: Shell, argv: list[str]) -> int:
    count = evaluate(argv[1], shell) if len(argv) > 1 else 1
    if count < 0 or count > len(shell.positional):
        raise ShellError("nothing to shift" if count >= 0 else f"{argv[1]}: bad number", fatal=False)
    shell.positional = shell.positional[count:]
    return 0


def let(shell: Shell, argv: list[str]) -> int:
    value = 0
    for expression in argv[1:]:
        value = evaluate(expression, shell)
    return int(not value)


# ---------------------------------------------------------------------- set


def set_options(shell: Shell, argv: list[str]) -> int:
    """`set [-aefuxC] [-o name] [-A array] [--] [arguments]`."""
    args = argv[1:]
    if not args:
        for name in shell.variables:
            shell.out(f"{name}={quoted(shell.variables.values.get(name, ''))}\n")
        return 0
    index = 0
    while index < len(args) and args[index][:1] in ("-", "+") and len(args[index]) > 1:
        option = args[index]
        index += 1
        if option == "--":
            shell.positional = tuple(args[index:])
            return 0
        if option == "-A" and index < len(args):
            shell.variables.set_array(args[index], args[index + 1 :])
            return 0
        index += _set_letters(shell, option, args[index : index + 1])
    if index < len(args):
        shell.positional = tuple(args[index + (args[index] == "-") :])
    return 0


def _set_letters(shell: Shell, option: str, following: list[str]) -> int:
    """Switch options; how many of the following arguments belong to them."""
    switch = shell.options.add if option[0] == "-" else shell.options.discard
    used = 0
    for letter in option[1:]:
        if letter == "o":
            if not following:
                _show_options(shell, reusable=option[0] == "+")
                return 0
            if following[0] not in _OPTION_NAMES:
                raise ShellError(f"{following[0]}: bad option", fatal=False)
            switch(_OPTION_NAMES[following[0]])
            used = 1
        elif letter in _LETTERS:
            switch(letter)
        else:
            raise ShellError(f"-{letter}: unknown option", fatal=False)
    return used


def _show_options(shell: Shell, *, reusable: bool) -> None:
    for name, letter in sorted(_OPTION_NAMES.items()):
        on = letter in shell.options
        shell.out(f"set {'-' if on else '+'}o {name}\n" if reusable else f"{name:<15} {'on' if on else 'off'}\n")


# ---------------------------------------------------------------------- aliases, getopts


def alias(shell: Shell, argv: list[str]) -> int:
    args = [arg for arg in argv[1:] if not arg.startswith("-")]
    status = 0
    for text in args or sorted(shell.aliases):
        name, mark, value = text.partition("=")
        if mark:
            shell.aliases[name] = value
        elif name in shell.aliases:
            shell.out(f"{name}={quoted(shell.aliases[name])}\n")
        else:
            shell.complain(f"alias: {name}: not found")
            status = 1
    return status


def unalias(shell: Shell, argv: list[str]) -> int:
    if argv[1:] == ["-a"]:
        shell.aliases.clear()
    missing = [name for name in argv[1:] if name != "-a" and shell.aliases.pop(name, None) is None]
    return int(bool(missing))


def getopts(shell: Shell, argv: list[str]) -> int:
    """`getopts letters name [arguments]`. Its place within an argument is kept beside `OPTIND`."""
    if len(argv) < 3:
        raise ShellError("missing argument", fatal=False)
    letters, name = argv[1], argv[2]
    args = argv[3:] or list(shell.positional)
    silent = letters.startswith(":")
    optind = shell.get("OPTIND") or "1"
    number = int(optind[:6]) if optind.isdecimal() and int(optind[:6]) > 0 else 1
    at = int(shell.get("_OPTIND_AT") or 1)
    argument = args[number - 1] if number <= len(args) else ""
    if len(argument) < 2 or argument[0] != "-" or argument == "--":
        shell.set("OPTIND", str(number + (argument == "--")))
        shell.set(name, "?")
        return 1
    letter = argument[at] if at < len(argument) else "?"
    rest = argument[at + 1 :]
    number, at = (number, at + 1) if rest else (number + 1, 1)
    found, value = letter, None
    if letter == ":" or letter not in letters:
        found, value = "?", letter if silent else None
        if not silent:
            shell.complain(f"-{letter}: unknown option")
    elif letters[letters.index(letter) + 1 : letters.index(letter) + 2] == ":":
        if rest:
            value, number, at = rest, number + 1, 1
        elif number <= len(args):
            value, number = args[number - 1], number + 1
        else:
            found, value = (":", letter) if silent else ("?", None)
            if not silent:
                shell.complain(f"-{letter}: requires argument")
    shell.set("OPTIND", str(number))
    shell.set("_OPTIND_AT", str(at))
    shell.set(name, found)
    if value is None:
        shell.variables.restore("OPTARG", None, exported=False)
    else:
        shell.set("OPTARG", value)
    return 0
