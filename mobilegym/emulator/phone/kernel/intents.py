"""Intents and the filters that match them, after `android.content.Intent` and `IntentFilter`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

__all__ = [
    "CHOOSER",
    "EDIT",
    "GET_CONTENT",
    "HOME",
    "INSERT",
    "LAUNCHER",
    "MAIN",
    "PICK",
    "SEND",
    "SENDTO",
    "VIEW",
    "Extra",
    "Intent",
    "IntentFilter",
]

MAIN: Final = "android.intent.action.MAIN"
VIEW: Final = "android.intent.action.VIEW"
EDIT: Final = "android.intent.action.EDIT"
INSERT: Final = "android.intent.action.INSERT"
PICK: Final = "android.intent.action.PICK"
GET_CONTENT: Final = "android.intent.action.GET_CONTENT"
SEND: Final = "android.intent.action.SEND"
SENDTO: Final = "android.intent.action.SENDTO"
CHOOSER: Final = "android.intent.action.CHOOSER"
LAUNCHER: Final = "android.intent.category.LAUNCHER"
HOME: Final = "android.intent.category.HOME"

Extra: TypeAlias = None | bool | int | float | str | bytes | tuple[Any, ...]
"""Immutable values that an intent may carry; tuples hold the same."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A request to do something. Explicit where `activity` is set, implicit otherwise."""

    action: str = MAIN
    data: str = ""
    """URI, for instance `tel:5550100` or `content://media/external/images/media/7`."""
    mime: str = ""
    package: str = ""
    activity: str = ""
    """Full class name."""
    categories: frozenset[str] = frozenset()
    extras: tuple[tuple[str, Extra], ...] = field(default=())
    target: Intent | None = None
    """What a chooser chooses for."""

    @staticmethod
    def of(
        action: str = MAIN, *, data: str = "", mime: str = "", package: str = "", activity: str = "",
        categories: tuple[str, ...] = (), **extras: Extra,
    ) -> Intent:  # fmt: skip
        """An intent with extras given as keywords (`.` in their names written as `__`)."""
        pairs = tuple(sorted((k.replace("__", "."), v) for k, v in extras.items()))
        return Intent(action, data, mime, package, activity, frozenset(categories), pairs)

    def extra(self, key: str, default: Any = None) -> Any:
        """The extra of that name, or the default."""
        return next((v for k, v in self.extras if k == key), default)

    def text(self, key: str) -> str:
        """The extra as text; empty where it is missing or no text."""
        value = self.extra(key)
        return value if isinstance(value, str) else ""

    def to(self, package: str, activity: str) -> Intent:
        """The same intent, made explicit."""
        return replace(self, package=package, activity=activity)

    @property
    def scheme(self) -> str:
        """Scheme of the data URI, or empty."""
        return urlsplit(self.data).scheme if self.data else ""


@dataclass(frozen=True, slots=True)
class IntentFilter:
    """What an activity answers to. Empty `schemes` or `mimes` match only intents without data or type."""

    actions: tuple[str, ...]
    schemes: tuple[str, ...] = ()
    mimes: tuple[str, ...] = ()
    """`image/*`, `text/plain`, `*/*`."""
    categories: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    """Authorities of the data URI; empty matches any."""

    def matches(self, intent: Intent) -> bool:
        """Whether an implicit intent is for this filter."""
        if intent.action not in self.actions or not intent.categories <= set(self.categories):
            return False
        if intent.data:
            scheme = intent.scheme
            content = scheme in ("content", "file")
            if scheme not in self.schemes and not (content and self.mimes and intent.mime):
                return False
            if content and self.mimes and not intent.mime and not self.hosts:
                return False
            if self.hosts and urlsplit(intent.data).netloc not in self.hosts:
                return False
        if intent.mime:
            return any(_mime_matches(pattern, intent.mime) for pattern in self.mimes)
        return bool(intent.data) or not self.schemes or not intent.data and not self.mimes


def _mime_matches(pattern: str, mime: str) -> bool:
    if pattern == "*/*" or pattern == mime:
        return True
    return (pattern.endswith("/*") and mime.startswith(pattern[:-1])) or (mime.endswith("/*") and pattern.startswith(mime[:-1]))
