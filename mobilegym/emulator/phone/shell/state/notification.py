"""`cmd notification`."""

from __future__ import annotations

import re
from typing import Final

from mobilegym.emulator.phone.shell.args import Args, dispatch, number
from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.state.facts import SHELL
from mobilegym.emulator.phone.shell.state.notification_dump import record_text

__all__ = ["notification"]

_ZEN: Final = {"off": 0, "all": 0, "on": 1, "priority": 1, "none": 2, "alarms": 3}
_COMPONENT: Final = re.compile(r"[\w.]+/[\w.$]+")
_STYLES: Final = frozenset({"bigtext", "bigpicture", "inbox", "messaging", "media"})
_CHANNEL: Final = "shell_cmd"
_USAGE: Final = """NOTIFICATION SERVICE COMMANDS:
  allow_listener COMPONENT [user_id (current user if not specified)]
  disallow_listener COMPONENT [user_id (current user if not specified)]
  allow_assistant COMPONENT [user_id (current user if not specified)]
  remove_assistant COMPONENT [user_id (current user if not specified)]
  set_dnd [on|none (same as on)|priority|alarms|all|off (same as all)]
  allow_dnd PACKAGE [user_id (current user if not specified)]
  disallow_dnd PACKAGE [user_id (current user if not specified)]
  reset_assistant_user_set [user_id (current user if not specified)]
  get_approved_assistant [user_id (current user if not specified)]
  post [--help | flags] TAG TEXT
  set_bubbles PACKAGE PREFERENCE (0=none 1=all 2=selected) [user_id (current user if not specified)]
  set_bubbles_channel PACKAGE CHANNEL_ID ALLOW [user_id (current user if not specified)]
  list
  get <notification-key>
  snooze --for <msec> <notification-key>
  unsnooze <notification-key>
"""
_POST_USAGE: Final = """usage: cmd notification post [flags] <tag> <text>

flags:
  -h|--help
  -v|--verbose
  -t|--title <text>
  -i|--icon <iconspec>
  -I|--large-icon <iconspec>
  -S|--style <style> [styleargs]
  -c|--content-intent <intentspec>

styles: (default none)
  bigtext
  bigpicture --picture <iconspec>
  inbox --line <text> --line <text> ...
  messaging --conversation <title> --message <who>:<text> ...
  media
"""


def notification(p: Process) -> int:
    """`cmd notification post|list|get|snooze|set_dnd|allow_listener ...`."""
    return dispatch(p, {
        "post": _post, "notify": _post, "list": _list, "get": _get, "snooze": _snooze, "unsnooze": _unsnooze, "set_dnd": _dnd,
        "allow_listener": _allow, "disallow_listener": _disallow, "allow_assistant": _assistant, "remove_assistant": _assistant,
        "disallow_assistant": _assistant, "allow_dnd": _policy, "disallow_dnd": _policy, "set_bubbles": _quiet,
        "set_bubbles_channel": _quiet, "reset_assistant_user_set": _quiet, "get_approved_assistant": _approved, "set_exempt_th_forc"
        "e": _quiet,
    }, _USAGE)  # fmt: skip


def _quiet(p: Process, args: Args) -> None:
    del p
    args.rest()


def _post(p: Process, args: Args) -> int:
    title, style, lines, words = "", "", list[str](), list[str]()
    while (word := args.next()) is not None:
        if word in ("-h", "--help") or not word:
            p.out(_POST_USAGE)
            return 0
        if word in ("-t", "--title", "title"):
            title = args.need()
        elif word in ("-S", "--style"):
            style = args.need().lower()
            if style not in _STYLES:
                p.err(f"error: unknown notification style: {style}\n")
                return 1
        elif word in ("--line", "--message"):
            lines.append(args.need())
        elif word in ("-i", "--icon", "-I", "--large-icon", "-c", "--content-intent", "--picture", "--conversation", "--bigText"):
            args.need()
        elif word not in ("-v", "--verbose", "-f"):
            words.append(word)
    if len(words) < 2:
        p.err("error: missing tag or text\n" if words else _POST_USAGE)
        return 255
    tag, text = words[0], " ".join(words[1:])
    shown = "\n".join(lines) if lines and style in ("inbox", "messaging") else text
    p.kernel.notifications.define_channel(SHELL, _CHANNEL, "Shell command")
    p.kernel.notifications.post(SHELL, tag, title, shown, channel=_CHANNEL, id=2020)
    p.out(f"posting:\n  Notification(channel={_CHANNEL} shortcut=null contentView=null vibrate=null sound=null defaults=0 flags=0x0 "
          "color=0x00000000 vis=PRIVATE)\n")  # fmt: skip
    return 0


def _list(p: Process, args: Args) -> None:
    del args
    p.out("".join(f"{item.key}\n" for item in p.kernel.notifications.active()))


def _get(p: Process, args: Args) -> int:
    key = args.need()
    item = p.kernel.notifications.get(key)
    if item is None:
        p.err(f"error: no active notification matching key: {key}\n")
        return 1
    p.out(record_text(p.kernel, item, redact=False))
    return 0


def _snooze(p: Process, args: Args) -> int:
    option = args.option()
    if option in ("--for", "--until", "--context", "--criterion"):
        amount, key = args.need(), args.next()
    else:
        amount, key = "", args.next()
    if key is None or option != "--for":
        p.err("usage: cmd notification snooze --for <msec> <key>\n")
        return 1
    wanted = number(amount)
    if p.kernel.notifications.get(key) is None:
        p.err(f"error: no active notification matching key: {key}\n")
        return 1
    p.kernel.notifications.snooze(key, p.kernel.clock.now_ms + wanted)
    p.out(f"snoozing <{key}> until time in {wanted}ms\n")
    return 0


def _unsnooze(p: Process, args: Args) -> None:
    if (option := args.option()) is not None and option not in ("--mute",):
        p.err(f"error: unknown option {option}\n")
    key = args.need()
    p.kernel.notifications.unsnooze(key, early=True)
    p.out(f"unsnoozing <{key}>\n")


def _dnd(p: Process, args: Args) -> int | None:
    word = args.need()
    if word not in _ZEN:
        p.out("Failed to set DND: unknown mode " + word + "\n")
        return 255
    p.kernel.settings.put("global", "zen_mode", str(_ZEN[word]))
    return 0


def _listeners(p: Process) -> list[str]:
    return [name for name in (p.kernel.settings.get("secure", "enabled_notification_listeners") or "").split(":") if name]


def _allow(p: Process, args: Args) -> int | None:
    component = args.need()
    if _COMPONENT.fullmatch(component) is None:
        p.err("Invalid listener - must be a ComponentName\n")
        return 255
    package, _, name = component.partition("/")
    full = f"{package}/{package if name.startswith('.') else ''}{name}"
    listeners = _listeners(p)
    if full not in listeners:
        p.kernel.settings.put("secure", "enabled_notification_listeners", ":".join([*listeners, full]))
    return 0


def _disallow(p: Process, args: Args) -> int | None:
    component = args.need()
    if _COMPONENT.fullmatch(component) is None:
        p.err("Invalid listener - must be a ComponentName\n")
        return 255
    package, _, name = component.partition("/")
    gone = {component, f"{package}/{package}{name}"}
    p.kernel.settings.put("secure", "enabled_notification_listeners", ":".join(name for name in _listeners(p) if name not in gone))
    return 0


def _assistant(p: Process, args: Args) -> int | None:
    if _COMPONENT.fullmatch(args.need()) is None:
        p.err("Invalid assistant - must be a ComponentName\n")
        return 255
    return 0


def _policy(p: Process, args: Args) -> None:
    package = args.need()
    p.kernel.properties.put(f"!dnd_access/{package}", "1" if p.args[0] == "allow_dnd" else "0")


def _approved(p: Process, args: Args) -> None:
    del args
    p.out("null\n")
