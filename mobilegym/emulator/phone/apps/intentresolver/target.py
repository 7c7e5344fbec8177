"""What is being shared or opened: headlines, previews and the apps on offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import unquote, urlsplit

from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["CHOOSE", "TEXT", "Candidate", "candidates", "headline", "open_title", "preview_name", "shared_text", "streams"]

CHOOSE: Final = "mobilegym.intent.action.CHOOSE"
TEXT: Final = "android.intent.extra.TEXT"
_STREAM: Final = "android.intent.extra.STREAM"
_KINDS: Final = {"image": ("image", "images"), "video": ("video", "videos"), "text": ("file", "files")}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An app on offer; hashable."""

    index: int
    package: str
    activity: str
    label: str
    app: str
    """The app's own name, where the activity's differs; else empty."""
    glyph: str
    color: int


def candidates(kernel: Kernel, choice: Intent) -> tuple[Candidate, ...]:
    """Apps on offer, by label."""
    found: list[Candidate] = []
    given = cast("tuple[tuple[str, str, str], ...]", choice.extra("candidates", ()))
    for index, (package, activity, label) in enumerate(given):
        manifest = kernel.packages.manifests[package]
        app = manifest.label if manifest.label != label else ""
        found.append(Candidate(index, package, activity, label, app, manifest.icon.glyph, manifest.icon.background))
    return tuple(sorted(found, key=lambda c: (c.label.casefold(), c.package)))


def streams(target: Intent) -> tuple[str, ...]:
    """URIs of what is shared."""
    value: Any = target.extra(_STREAM)
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(str(item) for item in cast("tuple[Any, ...]", value)) if isinstance(value, tuple) else ()


def shared_text(target: Intent) -> str:
    """Text that is shared."""
    return target.text(TEXT)


def headline(target: Intent) -> str:
    """Heading of the share sheet."""
    found = streams(target)
    if not found:
        text = shared_text(target)
        link = text.startswith(("http://", "https://")) and " " not in text and "\n" not in text
        return "Sharing link" if link else "Sharing text"
    one, many = _KINDS.get(target.mime.partition("/")[0], ("file", "files"))
    if len(found) > 1:
        return f"Sharing {len(found)} {many}"
    return f"Sharing {one}" if one != "file" else "Sharing 1 file"


def open_title(target: Intent) -> str:
    """Heading of the question which app opens something."""
    return "Open with" if target.action == "android.intent.action.VIEW" else "Complete action using"


def preview_name(uri: str) -> str:
    """File name in a URI."""
    return unquote(urlsplit(uri).path.rpartition("/")[2]) or uri
