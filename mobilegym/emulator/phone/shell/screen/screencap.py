"""`screencap`."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.screen.capture import screen_png, screen_raw
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["DISPLAY_ID", "run"]

DISPLAY_ID: Final = 4619827259835644672
"""Physical id of the built-in display."""
_USAGE: Final = f"""usage: screencap [-ahp] [-d display-id] [FILENAME]
   -h: this message
   -a: captures all the active displays. This appends an integer postfix to the FILENAME.
       e.g., FILENAME_0.png, FILENAME_1.png. If both -a and -d are given, it ignores -d.
   -d: specify the display ID to capture (If the id is not given, it defaults to {DISPLAY_ID})
       see "dumpsys SurfaceFlinger --display-id" for valid display IDs.
   -p: outputs in png format.
   --hint-for-seamless If set will use the hintForSeamless path in SF

If FILENAME ends with .png it will be saved as a png.
If FILENAME is not given, the results will be printed to stdout.
"""


async def run(p: Process) -> int:
    """`screencap [-ahp] [-d ID] [FILE]`."""
    flags, display, names = _parse(p)
    if "h" in flags or len(names) > 1:
        p.err(_USAGE)
        return 0 if "h" in flags else 1
    if display not in (None, "0", str(DISPLAY_ID)) and "a" not in flags:
        number = display or ""
        raise ProgramError(f"Display Id '{number}' is not valid." if number.isdigit() else "Invalid display ID: Incorrect format.")
    name = names[0] if names else ""
    if name and "a" in flags:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem}_0.{ending}" if dot else f"{name}_0"
    data = screen_png(p.phone) if "p" in flags or name.endswith(".png") else screen_raw(p.phone)
    if not name:
        p.stdout.write(data)
        await p.stdout.drain()
        return 0
    try:
        p.system.files.write(p.system.files.resolve(name, p.cwd), data, uid=p.uid)
    except FsError as error:
        raise ProgramError(f"Error opening file: {name} ({error.text})") from error
    return 0


def _parse(p: Process) -> tuple[set[str], str | None, list[str]]:
    flags: set[str] = set()
    display: str | None = None
    names: list[str] = []
    words = list(p.args)
    while words:
        word = words.pop(0)
        if word == "--":
            return flags, display, names + words
        if word == "--hint-for-seamless":
            continue
        if not word.startswith("-") or word == "-":
            names.append(word)
            continue
        for at, letter in enumerate(word[1:], 2):
            if letter == "d":
                display = word[at:] or (words.pop(0) if words else "")
                break
            if letter not in "ahp":
                raise ProgramError(f"screencap: invalid option -- {letter}\n{_USAGE.rstrip()}")
            flags.add(letter)
    return flags, display, names
