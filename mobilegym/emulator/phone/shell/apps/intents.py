"""Intents as `am` reads them from its arguments and prints them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import quote, unquote

from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, VIEW, Extra, Intent
from mobilegym.emulator.phone.shell.args import Args
from mobilegym.emulator.phone.shell.process import JavaError

__all__ = ["NEW_TASK", "ShellIntent", "parse_intent", "short_name", "split_component"]

NEW_TASK: Final = 0x10000000
_SECRET: Final = ("tel", "sip", "sms", "smsto", "mailto", "nfc")
_IMPLIED: Final = frozenset(("android.intent.category.DEFAULT", "android.intent.category.BROWSABLE"))
_FLAGS: Final = {
    "grant-read-uri-permission": 0x1, "grant-write-uri-permission": 0x2, "grant-persistable-uri-permission": 0x40,
    "grant-prefix-uri-permission": 0x80, "exclude-stopped-packages": 0x10, "include-stopped-packages": 0x20, "debug-log-resolution": 0x8,
    "activity-brought-to-front": 0x400000, "activity-clear-top": 0x04000000, "activity-clear-when-task-reset": 0x80000,
    "activity-exclude-from-recents": 0x800000, "activity-launched-from-history": 0x100000, "activity-multiple-task": 0x08000000,
    "activity-no-animation": 0x10000, "activity-no-history": 0x40000000, "activity-no-user-action": 0x40000,
    "activity-previous-is-top": 0x1000000, "activity-reorder-to-front": 0x20000, "activity-reset-task-if-needed": 0x200000,
    "activity-single-top": 0x20000000, "activity-clear-task": 0x8000, "activity-task-on-home": 0x4000, "activity-match-external": 0x800,
    "receiver-registered-only": 0x40000000, "receiver-replace-pending": 0x20000000, "receiver-foreground": 0x10000000,
    "receiver-no-abort": 0x08000000, "receiver-include-background": 0x01000000,
}  # fmt: skip


def split_component(text: str) -> tuple[str, str] | None:
    """Package and full class of `pkg/cls` or `pkg/.Cls`; None where it is neither."""
    package, slash, name = text.partition("/")
    if not slash or not package or not name:
        return None
    return package, package + name if name.startswith(".") else name


def short_name(package: str, name: str) -> str:
    """`pkg/.Cls` where the class lies in the package, else `pkg/full.Cls`."""
    return f"{package}/{name[len(package) :]}" if name.startswith(package + ".") else f"{package}/{name}"


@dataclass(slots=True)
class ShellIntent:
    """An intent with all that the shell can say; the phone itself knows `kernel()` of it."""

    action: str | None = None
    data: str | None = None
    mime: str | None = None
    identifier: str | None = None
    package: str | None = None
    component: tuple[str, str] | None = None
    categories: list[str] = field(default_factory=list[str])
    flags: int = 0
    extras: dict[str, Extra] = field(default_factory=dict[str, Extra])
    selector: ShellIntent | None = None

    def kernel(self) -> Intent:
        """The intent as the phone's apps get it."""
        package, activity = self.component or (self.package or "", "")
        action = self.action if self.action is not None else VIEW if self.data and not activity else ""
        categories = frozenset(self.categories) - _IMPLIED
        return Intent(action, self.data or "", self.mime or "", package, activity, categories, tuple(sorted(self.extras.items())))

    def show(self, *, safe: bool = True, wrap: bool = True) -> str:
        """As Android prints it; `safe` hides what the data URI may tell."""
        parts: list[str] = []
        if self.action is not None:
            parts.append(f"act={self.action}")
        if self.categories:
            parts.append(f"cat=[{','.join(self.categories)}]")
        if self.data is not None:
            parts.append(f"dat={_safe_uri(self.data) if safe else self.data}")
        if self.mime is not None:
            parts.append(f"typ={self.mime}")
        if self.identifier is not None:
            parts.append(f"id={self.identifier}")
        if self.flags:
            parts.append(f"flg={self.flags:#x}")
        if self.package is not None:
            parts.append(f"pkg={self.package}")
        if self.component is not None:
            parts.append(f"cmp={short_name(*self.component)}")
        if self.selector is not None:
            parts.append(f"sel={{{self.selector.show(safe=safe, wrap=False)}}}")
        if self.extras:
            parts.append("(has extras)")
        return f"Intent {{ {' '.join(parts)} }}" if wrap else " ".join(parts)

    def uri(self, *, intent_scheme: bool) -> str:
        """The `intent:` URI, or its fragment form."""
        fields = [f"action={quote(self.action)}" if self.action is not None else ""]
        fields += [f"category={quote(c)}" for c in self.categories]
        fields += [f"type={quote(self.mime, safe='/*')}" if self.mime else "", f"launchFlags={self.flags:#x}" if self.flags else ""]
        fields += [f"package={self.package}" if self.package else "", f"component={short_name(*self.component)}" if self.component else ""]
        fields += [f"{_letter(value)}.{quote(key)}={quote(_plain(value))}" for key, value in self.extras.items() if _letter(value)]
        data = self.data or ""
        scheme, colon, rest = data.partition(":")
        if intent_scheme:
            head = f"intent:{rest}" if colon else "intent:"
            fields.insert(0, f"scheme={scheme}" if colon else "")
        else:
            head = data
        return f"{head}#Intent;{''.join(f'{f};' for f in fields if f)}end"


def _letter(value: Extra) -> str:
    if isinstance(value, bool):
        return "B"
    return "S" if isinstance(value, str) else "i" if isinstance(value, int) else "d" if isinstance(value, float) else ""


def _plain(value: Extra) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _safe_uri(uri: str) -> str:
    scheme, colon, rest = uri.partition(":")
    if not colon or not scheme:
        return ""
    if scheme.casefold() in _SECRET:
        return f"{scheme}:{''.join(c if c in '-@.' else 'x' for c in rest)}"
    out = f"{scheme}:"
    if not rest.startswith("/"):
        return out
    authority, path = "", rest
    if rest.startswith("//"):
        authority, slash, tail = rest[2:].partition("/")
        authority = authority.partition("?")[0].partition("#")[0].rpartition("@")[2]
        path = slash + tail
        out += f"//{authority}"
    return f"{out}/..." if authority or path else out


def _split_list(text: str) -> list[str]:
    """Parts between commas; a backslash keeps a comma."""
    parts, current, escaped = [""], 0, False
    for char in text:
        if escaped:
            parts[current] += char if char == "," else f"\\{char}"
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == ",":
            parts.append("")
            current += 1
        else:
            parts[current] += char
    if escaped:
        parts[current] += "\\"
    return parts


def _integer(text: str) -> int:
    try:
        return int(text, 16) if text.casefold().startswith(("0x", "-0x", "#")) else int(text)
    except ValueError:
        raise JavaError(f'For input string: "{text}"', "java.lang.NumberFormatException") from None


def _decimal(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise JavaError(f'For input string: "{text}"', "java.lang.NumberFormatException") from None


def _boolean(text: str) -> bool:
    wanted = text.casefold()
    if wanted in ("true", "t"):
        return True
    if wanted in ("false", "f"):
        return False
    return _integer(text) != 0


def _component(text: str) -> str:
    found = split_component(text)
    if found is None:
        raise JavaError(f"Bad component name: {text}")
    return "/".join(found)


_ONE: Final[dict[str, Callable[[str], Extra]]] = {
    "-e": str, "--es": str, "--ez": _boolean, "--ei": _integer, "--el": _integer, "--ef": _decimal, "--ed": _decimal, "--eu": str,
    "--ecn": _component,
}  # fmt: skip
_MANY: Final[dict[str, Callable[[str], Extra]]] = {
    "--eia": _integer, "--eial": _integer, "--ela": _integer, "--elal": _integer, "--efa": _decimal, "--efal": _decimal, "--eda": _decimal,
    "--edal": _decimal, "--esa": str, "--esal": str,
}  # fmt: skip
_Field = Literal["action", "data", "mime", "identifier", "package"]
_FIELDS: Final[dict[str, _Field]] = {"-a": "action", "-d": "data", "-t": "mime", "-i": "identifier", "-p": "package"}


def parse_intent(args: Args, other: Callable[[str, Args], bool]) -> ShellIntent:
    """Read an intent; `other` takes options that are none of an intent's and says whether it knew them.

    Raises:
        JavaError: An option is unknown or lacks its argument, or there is no intent at all.
    """
    intent = base = ShellIntent()
    given = False
    while (option := args.option()) is not None:
        if option == "--selector":
            intent = ShellIntent()
            base.selector = intent
        elif option in _FIELDS or option in ("-c", "-n"):
            given = given or intent is base
            _name(intent, option, args.need())
        elif not _extra(intent, option, args) and not _flag(intent, option, args) and not other(option, args):
            raise JavaError(f"Unknown option: {option}")
    return _with_argument(base, args.next(), given)


def _name(intent: ShellIntent, option: str, text: str) -> None:
    if option == "-c":
        if text not in intent.categories:
            intent.categories.append(text)
    elif option == "-n":
        intent.component = split_component(text)
        if intent.component is None:
            raise JavaError(f"Bad component name: {text}")
    else:
        setattr(intent, _FIELDS[option], text)


def _extra(intent: ShellIntent, option: str, args: Args) -> bool:
    if option == "--esn":
        intent.extras[args.need()] = None
    elif option in _ONE:
        key = args.need()
        intent.extras[key] = _ONE[option](args.need())
    elif option in _MANY:
        key = args.need()
        intent.extras[key] = tuple(_MANY[option](part) for part in _split_list(args.need()))
    else:
        return False
    return True


def _flag(intent: ShellIntent, option: str, args: Args) -> bool:
    if option == "-f":
        intent.flags = _integer(args.need())
        return True
    bit = _FLAGS.get(option.removeprefix("--"))
    if bit is None:
        return False
    intent.flags |= bit
    return True


def _with_argument(intent: ShellIntent, word: str | None, given: bool) -> ShellIntent:
    if word is None:
        if intent.selector is not None:
            intent.action = intent.action or MAIN
            intent.categories = intent.categories or [LAUNCHER]
        elif not given:
            raise JavaError("No intent supplied")
        return intent
    if ":" in word:
        _fill(intent, _from_uri(word))
        return intent
    base = ShellIntent(MAIN, categories=[LAUNCHER])
    if "/" in word:
        base.component = split_component(word)
        if base.component is None:
            raise JavaError(f"Bad component name: {word}")
    else:
        base.package = word
    _fill(intent, base)
    return intent


def _fill(intent: ShellIntent, base: ShellIntent) -> None:
    """Take over what the intent does not say itself, as `Intent.fillIn` does."""
    if intent.data is None and intent.mime is None:
        intent.data, intent.mime = base.data, base.mime
    if intent.action is None and not intent.categories:
        intent.categories = base.categories
    intent.action = intent.action or base.action
    intent.package = intent.package or base.package
    intent.component = base.component or intent.component
    intent.flags |= base.flags
    intent.extras = {**base.extras, **intent.extras}


def _from_uri(uri: str) -> ShellIntent:
    """An intent from its URI form, or VIEW of any other URI."""
    head, mark, tail = uri.partition("#Intent;")
    if not mark or not tail.endswith("end"):
        return ShellIntent(VIEW, data=uri)
    intent = ShellIntent(VIEW)
    scheme = ""
    for part in tail.split(";"):
        key, equals, raw = part.partition("=")
        value = unquote(raw)
        if not equals:
            continue
        if key == "scheme":
            scheme = value
        elif key == "category":
            intent.categories.append(value)
        elif key == "launchFlags":
            intent.flags = _integer(value)
        elif key == "component":
            intent.component = split_component(value)
        elif key in ("action", "package"):
            setattr(intent, key, value)
        elif key == "type":
            intent.mime = value
        elif key[1:2] == ".":
            intent.extras[unquote(key[2:])] = {"B": _boolean, "i": _integer, "l": _integer, "f": _decimal, "d": _decimal}.get(key[0], str)(
                value
            )
    rest = head.removeprefix("intent:")
    if rest:
        intent.data = f"{scheme}:{rest}" if scheme else rest
    return intent
