"""Notes: Markor, a Markdown and todo.txt editor over plain files in the notebook folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.apps.notes.store import NOTEBOOK, PACKAGE
from mobilegym.emulator.phone.kernel.intents import EDIT, LAUNCHER, MAIN, SEND, VIEW, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["MANIFEST"]


def _seed(kernel: Kernel) -> None:
    files = kernel.files
    if not files.exists(NOTEBOOK):
        files.mkdir(NOTEBOOK)
    files.write(f"{NOTEBOOK}/QuickNote.md", b"")
    files.write(f"{NOTEBOOK}/todo.txt", b"")


MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Markor",
    icon=AppIcon("notebook-edit", 0xFF1E1E3A),
    activities=(
        ActivityInfo(
            Later(f"{__name__}.browser:MainActivity", "net.gsantner.markor.activity.MainActivity"),
            (IntentFilter((MAIN,), categories=(LAUNCHER,)),),
        ),
        ActivityInfo(
            Later(f"{__name__}.editor:DocumentActivity", "net.gsantner.markor.activity.DocumentActivity"),
            (IntentFilter((VIEW, EDIT), schemes=("file", "content"), mimes=("text/*",)), IntentFilter((SEND,), mimes=("text/plain",))),
        ),
    ),
    aliases=("Notes",),
    seed=_seed,
    system=False,
    version="2.11.1",
)
