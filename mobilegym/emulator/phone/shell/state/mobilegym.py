"""`cmd mobilegym`: what this phone can do and no Android has a command for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from mobilegym import __version__
from mobilegym.actions import Wait
from mobilegym.emulator.device import JournalEntry
from mobilegym.emulator.phone.shell.args import Args, say_yes
from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.system import SavedState
from mobilegym.errors import MobileGymError

__all__ = ["mobilegym"]

_MAX_SNAPSHOTS: Final = 1000
_USAGE: Final = """MobileGym phone (mobilegym) commands:
  version
  info                             what does not change, as JSON
  labels                           names of packages, as JSON
  journal [SINCE]                  entries with `seq` >= SINCE, one JSON object a line
  state-tree                       the logical state, a JSON object of path and text
  reset SEED                       back to the phone's initial image
  wait MS                          wait, as an action of the agent
  clock now | set MS | advance MS  virtual epoch ms
  snapshot save|load|delete NAME | list
  sms NUMBER TEXT                  a message arrives
  call NUMBER | hang-up            a call arrives; the other side ends it
  locate LAT LON
  battery LEVEL [charging|discharging]
"""


def mobilegym(p: Process) -> int:
    """`cmd mobilegym VERB`. Errors are `mobilegym: CLASS: message` on stderr, status 1."""
    args = Args(p.args)
    verb = args.next()
    if verb is None or verb in ("help", "-h"):
        p.out(_USAGE)
        return 255 if verb is None else 0
    action = _VERBS.get(verb)
    if action is None:
        p.out(f"Unknown command: {verb}\n")
        return 255
    try:
        action(p, args)
    except MobileGymError as error:
        raise ProgramError(f"mobilegym: {type(error).__name__}: {error}") from error
    except ValueError as error:
        raise ProgramError(f"mobilegym: ValueError: {error}", 255) from error
    if (word := args.peek()) is not None:
        raise ProgramError(f"mobilegym: ValueError: {verb!r} was done, but takes no argument {word!r}", 255)
    return 0


def _say(p: Process, value: Any) -> None:
    p.out(json.dumps(value, separators=(",", ":")) + "\n")


def _version(p: Process, args: Args) -> None:
    del args
    p.out(f"{__version__}\n")


def _info(p: Process, args: Args) -> None:
    del args
    info = p.phone.info
    _say(p, {"model": info.model, "api_level": info.api_level, "width": info.width, "height": info.height, "density": info.density,
             "serial": info.serial, "seed": p.phone.seed, "boot": p.system.boot_id})  # fmt: skip


def _labels(p: Process, args: Args) -> None:
    """`[package, label, alias...]` of every installed package, those with a screen first and ordered by label; then `null` and the rest."""
    del args
    packages = p.kernel.packages
    shown = packages.launchable()
    opened = {manifest.package for manifest in shown}
    rest = [packages.manifest(name) for name in packages.names() if name not in opened]
    _say(p, [*([m.package, m.label, *m.aliases] for m in shown), None, *([m.package, m.label] for m in rest)])


def _entry(entry: JournalEntry) -> dict[str, Any]:
    return {"seq": entry.seq, "at_ms": entry.at_ms, "kind": entry.kind, "app": entry.app, "name": entry.name, "risk": entry.risk,
            "data": entry.data}  # fmt: skip


def _journal(p: Process, args: Args) -> None:
    for entry in p.phone.journal(int(args.next() or "0")):
        _say(p, _entry(entry))


def _state_tree(p: Process, args: Args) -> None:
    del args
    _say(p, dict(p.phone.state_tree()))


def _reset(p: Process, args: Args) -> None:
    seed = int(args.need())
    p.system.owed_ms = 0
    p.phone.reset(seed=seed)


def _wait(p: Process, args: Args) -> None:
    p.phone.perform(Wait(int(args.need())))


def _clock(p: Process, args: Args) -> None:
    what = args.need()
    kernel = p.kernel
    if what == "now":
        p.out(f"{kernel.clock.now_ms}\n")
    elif what == "set":
        kernel.set_time(int(args.need()))
    elif what == "advance":
        p.phone.clock.advance(int(args.need()))
    else:
        raise ValueError(f"clock now | set MS | advance MS, not {what!r}")


def _snapshot(p: Process, args: Args) -> None:
    what, saved = args.need(), p.system.snapshots
    if what == "list":
        for name, state in saved.items():
            _say(p, {"name": name, "at_ms": state.at_ms})
        return
    name = args.need()
    if what == "save":
        if name not in saved and len(saved) >= _MAX_SNAPSHOTS:
            raise ValueError(f"there are {_MAX_SNAPSHOTS} snapshots already: delete some")
        saved[name] = SavedState(p.phone.snapshot(), p.kernel.clock.now_ms)
        return
    if name not in saved:
        raise ProgramError(f"mobilegym: NotFound: no snapshot {name!r}; there are: {', '.join(saved) or 'none'}")
    if what == "load":
        p.system.owed_ms = 0
        p.phone.restore(saved[name].snapshot)
    elif what == "delete":
        del saved[name]
    else:
        raise ValueError(f"snapshot save|load|delete NAME | list, not {what!r}")


def _sms(p: Process, args: Args) -> None:
    p.kernel.telephony.receive_sms(args.need(), args.need())


def _call(p: Process, args: Args) -> None:
    p.kernel.telephony.ring(args.need())


def _hang_up(p: Process, args: Args) -> None:
    del args
    p.kernel.telephony.hang_up()


def _locate(p: Process, args: Args) -> None:
    p.kernel.hardware.set_location(float(args.need()), float(args.need()))


def _battery(p: Process, args: Args) -> None:
    level, power = int(args.need()), args.next()
    p.kernel.hardware.set_battery(level=level, charging=None if power is None else power == "charging" or say_yes(power))


_VERBS: Final[Mapping[str, Callable[[Process, Args], None]]] = {
    "version": _version, "info": _info, "labels": _labels, "journal": _journal, "state-tree": _state_tree, "reset": _reset, "wait": _wait,
    "clock": _clock, "snapshot": _snapshot, "sms": _sms, "call": _call, "hang-up": _hang_up, "locate": _locate, "battery": _battery,
}  # fmt: skip
