"""`uiautomator`: the accessibility tree as XML."""

from __future__ import annotations

import asyncio
from typing import Final

from mobilegym.emulator.phone.hierarchy import dump_active, dump_windows
from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["run"]

_DEFAULT_FILE: Final = "/sdcard/window_dump.xml"
_TERMINALS: Final = ("/dev/tty", "/dev/stdout", "/proc/self/fd/1", "/dev/fd/1")
_POLL_S: Final = 0.1
_USAGE: Final = """Usage: uiautomator <subcommand> [options]

Available subcommands:

help: displays help message

runtest: executes UI automation tests
    runtest <class spec> [options]

dump: creates an XML dump of current UI hierarchy
    dump [--verbose][file]
      [--compressed]: dumps compressed layout information.
      [--windows]: dumps all windows.
      [file]: the location where the dumped XML should be stored, default is
      /sdcard/window_dump.xml

events: prints out accessibility events until terminated

"""


async def run(p: Process) -> int:
    """`uiautomator dump|events|runtest|help`."""
    verb = p.args[0] if p.args else "help"
    if verb == "dump":
        return await _dump(p)
    if verb == "events":
        return await _events(p)
    if verb == "runtest":
        raise ProgramError("Error: Unable to find a test class: this phone runs no uiautomator jars", 1)
    p.out(_USAGE)
    return 0 if verb == "help" else 1


async def _dump(p: Process) -> int:
    compressed = "--compressed" in p.args
    names = [word for word in p.args[1:] if not word.startswith("--")]
    name = names[0] if names else _DEFAULT_FILE
    if not p.kernel.windows.stack():
        p.err("ERROR: null root node returned by UiTestAutomationBridge.\n")
        return 0
    xml = dump_windows(p.kernel, compressed=compressed) if "--windows" in p.args else dump_active(p.kernel, compressed=compressed)
    if name in _TERMINALS:
        p.out(xml)
    else:
        path = p.system.files.resolve(name, p.cwd)
        try:
            p.system.files.write(path, xml.encode("utf-8", "replace"), uid=p.uid)
        except FsError as error:
            # The tool notes it in the log and says that it has dumped.
            p.system.log.write("AccessibilityNodeInfoDumper", f"failed to dump window to file: {path}: {error.text}", priority="E")
        name = name if name.startswith("/") else path
    p.out(f"UI hierchary dumped to: {name}\n")
    await p.stdout.drain()
    return 0


async def _events(p: Process) -> int:
    """Prints a line whenever another activity comes to the front, until it is killed."""
    shown = ""
    while True:
        ref = p.phone.activity()
        if str(ref) != shown:
            shown = str(ref)
            when = p.kernel.clock.now().strftime("%m-%d %H:%M:%S.000")
            p.out(
                f"{when} EventType: TYPE_WINDOW_STATE_CHANGED; EventTime: {p.kernel.clock.elapsed_ms}; PackageName: {ref.package}; "
                f"MovementGranularity: 0; Action: 0; ContentChangeTypes: []; WindowChangeTypes: [] [ ClassName: {ref.activity}; "
                "Text: []; ContentDescription: null; ItemCount: -1; CurrentItemIndex: -1; Enabled: true; ]; recordCount: 0\n"
            )
            await p.stdout.drain()
        await asyncio.sleep(_POLL_S)
