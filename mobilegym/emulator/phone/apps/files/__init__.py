"""Files: DocumentsUI, which browses the phone's files and is the picker of all other apps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.apps.files.actions import CREATE_DOCUMENT, OPEN_DOCUMENT, OPEN_TREE, PICK_DESTINATION
from mobilegym.emulator.phone.apps.files.store import PACKAGE
from mobilegym.emulator.phone.kernel.intents import GET_CONTENT, LAUNCHER, MAIN, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["MANIFEST"]

_HOUR_MS: Final = 3_600_000
_DOCUMENTS: Final = (
    ("/sdcard/Download/recycling_calendar.txt", 52, (
        "Recycling and waste collection\n\nPaper and cardboard: first and third Monday\nGlass: second Wednesday\n"
        "Plastic and metal: every Thursday\nGarden waste: April to October, Fridays\n\nPlease put the bins out by 7 am.\n"
    )),
    ("/sdcard/Download/washing_machine_manual.txt", 30 * 24, (
        "Quick guide\n\n1. Open the tap and switch on at the mains.\n2. Put in the laundry, close the door.\n"
        "3. Detergent goes into compartment II.\n4. Choose a programme:\n   - Cotton 40: 2 h 10 min\n   - Easy care 40: 1 h 20 min\n"
        "   - Quick 30: 30 min\n\nError E18: clean the pump filter.\n"
    )),
    ("/sdcard/Documents/packing_list.txt", 9 * 24 + 5, (
        "Packing list\n\n- passport\n- phone charger\n- toothbrush\n- rain jacket\n- 3 shirts\n- socks\n- book\n- water bottle\n"
    )),
)  # fmt: skip
"""Path, age in hours at the first start, text."""


def _seed(kernel: Kernel) -> None:
    if kernel.activities.home is not None:
        # Clearing the app's data leaves the owner's files alone.
        return
    for path, hours, text in _DOCUMENTS:
        kernel.files.write_text(path, text)
        kernel.files.touch(path, kernel.clock.now_ms - hours * _HOUR_MS)


MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Files",
    icon=AppIcon("folder", 0xFF1A73E8),
    activities=(
        ActivityInfo(
            Later(f"{__name__}.operations:FilesActivity", "com.android.documentsui.files.FilesActivity"),
            (IntentFilter((MAIN,), categories=(LAUNCHER,)),),
        ),
        ActivityInfo(
            Later(f"{__name__}.picker:PickActivity", "com.android.documentsui.picker.PickActivity"),
            (
                IntentFilter(
                    (GET_CONTENT, OPEN_DOCUMENT, CREATE_DOCUMENT), mimes=("*/*",), categories=("android.intent.category.OPENABLE",)
                ),
                IntentFilter((OPEN_TREE, PICK_DESTINATION)),
            ),
        ),
        ActivityInfo(Later(f"{__name__}.inspector:InspectorActivity", "com.android.documentsui.inspector.InspectorActivity")),
    ),
    aliases=("File Manager", "My Files"),
    seed=_seed,
)
