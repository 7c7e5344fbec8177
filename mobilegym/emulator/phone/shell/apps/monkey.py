"""`monkey`: opens an app, or plays with the phone at random."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random
from typing import Final

from mobilegym.actions import DeviceAction, DoubleTap, Key, Press, Scroll, Swipe, Tap
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN
from mobilegym.emulator.phone.shell.apps.intents import ShellIntent
from mobilegym.emulator.phone.shell.apps.starting import launch
from mobilegym.emulator.phone.shell.process import Process

__all__ = ["monkey"]

_MAX_EVENTS: Final = 100_000
_DEFAULT_SEED: Final = 0
_KINDS: Final = {
    "touch": 15.0, "motion": 10.0, "trackball": 15.0, "syskeys": 2.0, "nav": 25.0, "majornav": 15.0, "appswitch": 2.0, "flip": 1.0,
    "anyevent": 13.0, "pinchzoom": 2.0, "rotation": 0.0, "permission": 0.0,
}  # fmt: skip
"""Kinds of events and how often they come, percent."""
_ORDER: Final = (
    "touch",
    "motion",
    "pinchzoom",
    "trackball",
    "rotation",
    "permission",
    "nav",
    "majornav",
    "syskeys",
    "appswitch",
    "flip",
    "anyevent",
)
_SYSTEM_KEYS: Final[tuple[Key, ...]] = ("home", "back", "volume_up", "volume_down", "volume_mute")


@dataclass(slots=True)
class _Options:
    packages: list[str] = field(default_factory=list[str])
    categories: list[str] = field(default_factory=list[str])
    seed: int = _DEFAULT_SEED
    throttle_ms: int = 0
    verbose: int = 0
    count: int = 1000
    percent: dict[str, float] = field(default_factory=dict[str, float])


_WITH_WORD: Final = ("--profile-wait", "--device-sleep-time", "--pkg-blacklist-file", "--pkg-whitelist-file", "--port", "--setup", "-f",
"--script-log",
                     "--periodic-bugreport", "--bugreport")  # fmt: skip


def _read(words: list[str]) -> _Options:
    """Raises ValueError for what is no monkey option."""
    options = _Options()
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word.startswith("-") and word in ("-p", "-c", "-s", "--throttle", *_WITH_WORD) or word.startswith("--pct-"):
            if not rest:
                raise ValueError(word)
            _take(options, word, rest.pop(0))
        elif word.startswith("-v") and set(word[1:]) == {"v"}:
            options.verbose += len(word) - 1
        elif word.lstrip("-").isdecimal() and not word.startswith("-"):
            options.count = min(int(word), _MAX_EVENTS)
        elif not word.startswith("--"):
            raise ValueError(word)
    return options


def _take(options: _Options, word: str, value: str) -> None:
    match word:
        case "-p":
            options.packages.append(value)
        case "-c":
            options.categories.append(value)
        case "-s":
            options.seed = int(value)
        case "--throttle":
            options.throttle_ms = max(0, min(int(value), 600_000))
        case _ if word.startswith("--pct-"):
            if word.removeprefix("--pct-") not in _KINDS:
                raise ValueError(word)
            options.percent[word.removeprefix("--pct-")] = float(value)
        case _:
            pass


async def monkey(p: Process) -> int:
    """`monkey [-p PKG] [-c CATEGORY] [-s SEED] [--throttle MS] [--pct-KIND N] [-v] COUNT`."""
    p.out("".join(f"  bash arg: {word}\n" for word in p.args))
    p.err(f"args: [{', '.join(p.args)}]\n" + "".join(f' arg: "{word}"\n' for word in p.args))
    try:
        options = _read(list(p.args))
    except ValueError as error:
        p.err(f"** Error: Unknown option: {error}\nusage: monkey [-p ALLOWED_PACKAGE] [-c MAIN_CATEGORY] [-s SEED] [-v] COUNT\n")
        return 255
    p.err("".join(f'data="{value}"\n' for value in (*options.packages, *options.categories)))
    return await _play(p, options)


def _targets(p: Process, options: _Options) -> list[tuple[str, str]]:
    categories = options.categories or [LAUNCHER, "android.intent.category.MONKEY"]
    found: list[tuple[str, str]] = []
    for package, manifest in p.kernel.packages.manifests.items():
        state = p.kernel.packages.state(package)
        if options.packages and package not in options.packages or not state.enabled or state.hidden:
            continue
        for info in manifest.activities:
            if any(MAIN in f.actions and set(categories) & set(f.categories) for f in info.filters):
                found.append((package, info.name))
    return found


async def _play(p: Process, options: _Options) -> int:
    targets = _targets(p, options)
    shares = _shares(options)
    if options.verbose:
        p.out(f":Monkey: seed={options.seed} count={options.count}\n")
        p.out("".join(f":AllowPackage: {package}\n" for package in options.packages))
        p.out("".join(f":IncludeCategory: {category}\n" for category in options.categories or [LAUNCHER, "android.intent.category.MONKEY"]))
    if not targets:
        p.out("** No activities found to run, monkey aborted.\n")
        return 252
    if options.verbose:
        p.out("// Event percentages:\n" + "".join(f"//   {i}: {shares[kind]:.1f}%\n" for i, kind in enumerate(_ORDER)))
    random = Random(options.seed)
    # The first event is always the switch to an app; the launcher's own request asks for no other.
    _switch(p, random.choice(targets), options)
    done = 1
    while done < options.count:
        kind = random.choices(_ORDER, [shares[name] for name in _ORDER])[0]
        _event(p, kind, random, targets, options)
        done += 1
        if options.throttle_ms:
            await p.system.sleep(options.throttle_ms)
        if done % 4 == 0:
            await asyncio.sleep(0)
    p.out(f"Events injected: {done}\n")
    if options.verbose:
        p.out(":Sending rotation degree=0, persist=false\n:Dropped: keys=0 pointers=0 trackballs=0 flips=0 rotations=0\n")
    p.out("## Network stats: elapsed time=9ms (0ms mobile, 0ms wifi, 9ms not connected)\n")
    if options.verbose:
        p.out("// Monkey finished\n")
    return 0


def _shares(options: _Options) -> dict[str, float]:
    """Percentages as asked for; what is not named shares the rest as by default."""
    given = sum(options.percent.values())
    rest = sum(share for kind, share in _KINDS.items() if kind not in options.percent)
    scale = max(0.0, 100.0 - given) / rest if rest else 0.0
    shares = {kind: options.percent.get(kind, share * scale) for kind, share in _KINDS.items()}
    return shares if sum(shares.values()) > 0 else dict(_KINDS)


def _switch(p: Process, target: tuple[str, str], options: _Options) -> None:
    package, name = target
    if options.verbose:
        uri = f"#Intent;action={MAIN};category={LAUNCHER};launchFlags=0x10200000;component={package}/{name};end"
        p.out(
            f":Switch: {uri}\n    // Allowing start of Intent {{ act={MAIN} cat=[{LAUNCHER}] cmp={package}/{name} }} in package {package}\n"
        )
    launch(p, ShellIntent(MAIN, component=target, categories=[LAUNCHER], flags=0x10200000))
    p.system.acted(0)


def _event(p: Process, kind: str, random: Random, targets: list[tuple[str, str]], options: _Options) -> None:
    if kind == "appswitch":
        _switch(p, random.choice(targets), options)
        return
    action = _action(kind, random)
    if action is None:
        return
    if options.verbose > 1:
        p.out(f":Sending {type(action).__name__} {action}\n")
    error, ms = p.phone.act(action)
    p.system.acted(0 if error else max(0, ms - 500))
    front = p.kernel.activities.foreground.package
    if options.packages and front not in options.packages and not p.kernel.hardware.locked:
        # Monkey keeps to its packages: it refuses to start any other.
        _switch(p, random.choice(targets), options)


def _action(kind: str, random: Random) -> DeviceAction | None:
    x, y, x2, y2 = (random.uniform(0.02, 0.98) for _ in range(4))
    match kind:
        case "touch" | "anyevent":
            return Tap(x, y)
        case "motion":
            return Swipe(x, y, x2, y2, random.randint(100, 600))
        case "pinchzoom":
            return DoubleTap(x, y)
        case "nav" | "trackball":
            return Scroll(random.choice(("up", "down")), x, y)
        case "majornav":
            return Press("back") if random.random() < 0.3 else Press("enter")
        case "syskeys":
            return Press(random.choice(_SYSTEM_KEYS))
        case _:
            return None
