"""Small services: `cmd location|shortcut|device_config|webviewupdate|dropbox|...`, `bmgr`, `sm`, `requestsync`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.args import Args, Verbs, dispatch, say_yes
from mobilegym.emulator.phone.shell.process import JavaError, Process, ProgramError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["backup", "bmgr", "device_config", "dropbox", "game", "location", "mount", "quiet", "requestsync", "sensorservice", "shortcut",
"sm",
           "stats", "testharness", "usb", "vibrator", "webviewupdate"]  # fmt: skip

_CONFIG: Final = "!device_config/"
_WEBVIEW: Final = "com.google.android.webview"
_SERVICES_HELP: Final = "commands:\n  help\n    Print this help text.\n"


def _nothing(p: Process, args: Args) -> None:
    del p
    args.rest()


def quiet(p: Process) -> int:
    """A service whose commands all do their work in silence."""
    if not p.args or p.args[0] in ("help", "-h"):
        p.out(f"{p.argv[0]} {_SERVICES_HELP}")
        return 0 if p.args else 255
    return 0


# ------------------------------------------------------------------ location


def location(p: Process) -> int:
    """`cmd location is-location-enabled|set-location-enabled|providers|...`."""
    return dispatch(p, {
        "is-location-enabled": lambda p, args: p.out(f"{'true' if p.kernel.hardware.location_on else 'false'}\n"),
        "set-location-enabled": _set_location, "providers": _providers, "is-adas-gnss-location-enabled": lambda p, args: p.out("false\n"),
        "set-adas-gnss-location-enabled": _nothing, "is-automotive-gnss-suspended": lambda p, args: p.out("false\n"),
    }, "Location service commands:\n  help or -h\n    Print this help text.\n  is-location-enabled [--user <USER_ID>]\n"
       "  set-location-enabled true|false [--user <USER_ID>]\n  providers\n    The providers command is followed by a subcommand, as "
       "listed below:\n\n"
       "    add-test-provider <PROVIDER> [--requiresNetwork] [...]\n    remove-test-provider <PROVIDER>\n"
       "    set-test-provider-enabled <PROVIDER> <ENABLED>\n"
       "    set-test-provider-location <PROVIDER> --location <LATITUDE>,<LONGITUDE>\n"
       "      [--accuracy <ACCURACY>] [--time <TIME>]\n")  # fmt: skip


def _set_location(p: Process, args: Args) -> None:
    p.kernel.hardware.set_location_on(say_yes(args.need()))
    args.rest()


def _providers(p: Process, args: Args) -> int:
    verb, provider = args.need(), args.next()
    if provider is None and verb != "help":
        raise JavaError(f'Argument expected after "{verb}"')
    key = f"!location/test/{provider}"
    properties = p.kernel.properties
    match verb:
        case "add-test-provider":
            properties.put(key, "1")
        case "remove-test-provider":
            properties.delete(key)
        case "set-test-provider-enabled" | "send-extra-command":
            args.rest()
        case "set-test-provider-location":
            if not properties.get(key):
                raise JavaError(f'provider doesn\'t exist: "{provider}" is not a test provider')
            _test_location(p, args)
        case _:
            p.out(f"Unknown command: providers {verb}\n")
            return 255
    return 0


def _test_location(p: Process, args: Args) -> None:
    place: list[float] = []
    while (option := args.next()) is not None:
        value = args.need()
        if option == "--location":
            try:
                place = [float(part) for part in value.split(",")]
            except ValueError:
                place = []
            if len(place) != 2:
                raise JavaError(f'Location argument must be in the form of "<LATITUDE>,<LONGITUDE>", not {value}')
        elif option not in ("--accuracy", "--time"):
            raise JavaError(f"Unknown option: {option}")
    if not place:
        raise JavaError('Option "--location" is required')
    p.kernel.hardware.set_location(place[0], place[1])


# ------------------------------------------------------------------ device_config


def device_config(p: Process) -> int:
    """`device_config get|put|delete|list|reset|...`, also as `cmd device_config`."""
    words = list(p.args)
    properties = p.kernel.properties
    match words:
        case [] | ["help" | "-h"]:
            p.out("Device Config (device_config) commands:\n  help\n  get NAMESPACE KEY\n  put NAMESPACE KEY VALUE [default]\n"
                  "  delete NAMESPACE KEY\n"
                  "  list [NAMESPACE]\n  reset RESET_MODE [NAMESPACE]\n  set_sync_disabled_for_tests SYNC_DISABLED_MODE\n")  # fmt: skip
            return 0 if words else 255
        case ["get", space, key]:
            p.out(f"{properties.get(f'{_CONFIG}{space}/{key}') or 'null'}\n")
        case ["put" | "override", space, key, value, *rest] if len(rest) <= 1:
            properties.put(f"{_CONFIG}{space}/{key}", value)
        case ["delete" | "clear_override", space, key]:
            done = properties.delete(f"{_CONFIG}{space}/{key}")
            p.out(f"Successfully deleted {key} from {space}\n" if done else f"Failed to delete {key} from {space}\n")
        case ["list"] | ["list", _]:
            prefix = f"{words[1]}/" if len(words) > 1 else ""
            values = properties.below(_CONFIG + prefix)
            p.out("".join(f"{key}={value}\n" for key, value in values.items()))
        case ["reset", _, *rest] if len(rest) <= 1:
            properties.forget(f"{_CONFIG}{rest[0]}/" if rest else _CONFIG)
        case ["set_sync_disabled_for_tests", mode]:
            if mode not in ("none", "persistent", "until_reboot"):
                raise ProgramError(f"Invalid sync disabled mode: {mode}", 255)
            properties.put("!sync_disabled", mode)
        case ["get_sync_disabled_for_tests" | "is_sync_disabled_for_tests"]:
            mode = properties.get("!sync_disabled", "none")
            p.out(f"{mode if words[0].startswith('get') else str(mode != 'none').lower()}\n")
        case [verb, *rest]:
            raise ProgramError(_config_error(verb, rest), 255)
        case _:
            pass
    return 0


def _config_error(verb: str, rest: list[str]) -> str:
    most = {"get": 2, "put": 4, "override": 3, "delete": 2, "clear_override": 2, "list": 1, "reset": 2, "set_sync_disabled_for_tests": 1,
            "get_sync_disabled_for_tests": 0, "is_sync_disabled_for_tests": 0}.get(verb)  # fmt: skip
    if most is None:
        return f"Invalid command: {verb}"
    return "Too many arguments" if len(rest) > most else "Bad arguments"


# ------------------------------------------------------------------ shortcut, webview, game, ...


def shortcut(p: Process) -> int:
    """`cmd shortcut ...`."""
    verbs: Verbs = {
        "get-default-launcher": _launcher, "reset-throttling": _done, "reset-all-throttling": _done, "clear-shortcuts": _done,
        "get-shortcuts": _done, "verify-states": _done, "override-config": _done, "reset-config": _done, "clear-default-launcher": _done,
        "unload-user": _done, "has-shortcut-access": lambda p, args: p.out("true\nSuccess\n"), "get-share-targets": _done,
    }  # fmt: skip
    return dispatch(p, verbs, "Usage: cmd shortcut COMMAND [options ...]\n\ncmd shortcut reset-throttling [--user USER_ID]\n"
                    "cmd shortcut get-default-launcher [--user USER_ID]\ncmd shortcut clear-shortcuts [--user USER_ID] PACKAGE\n"
                    "cmd shortcut get-shortcuts [--user USER_ID] [--flags FLAGS] PACKAGE\n")  # fmt: skip


def _launcher(p: Process, args: Args) -> None:
    args.rest()
    package = p.kernel.packages.home_package
    home = next(info for info in p.kernel.packages.manifest(package).activities if info.home)
    name = f"{package}{home.name}" if home.name.startswith(".") else home.name
    p.out(f"Launcher: ComponentInfo{{{package}/{name}}}\nSuccess\n")


def _done(p: Process, args: Args) -> None:
    args.rest()
    p.out("Success\n")


def webviewupdate(p: Process) -> int:
    """`cmd webviewupdate set-webview-implementation PACKAGE`."""
    return dispatch(p, {
        "set-webview-implementation": _webview, "enable-multiprocess": _done, "disable-multiprocess": _done, "enable-redundant-package"
        "s": _done,
        "disable-redundant-packages": _done,
    }, "WebView updater commands:\n  help\n    Print this help text.\n\n  set-webview-implementation PACKAGE\n"
       "    Set the WebView implementation to the specified package.\n")  # fmt: skip


def _webview(p: Process, args: Args) -> int:
    package = args.need()
    if package not in (_WEBVIEW, *p.kernel.packages.names()):
        p.err(f"Failed to switch to {package}, the WebView implementation is now provided by {_WEBVIEW}.\n")
        return 1
    p.out("Success\n")
    return 0


def game(p: Process) -> int:
    """`cmd game mode|list-modes|set|reset`."""
    return dispatch(p, {"mode": _game, "set": _nothing, "reset": _nothing, "list-configs": _nothing, "list-modes": _game_modes},
                    "Game manager (game) commands:\n  help\n      Print this help text.\n  list-modes <PACKAGE_NAME>\n"
                    "  mode [--user <USER_ID>] [1|2|3|4|standard|performance|battery|custom] <PACKAGE_NAME>\n")  # fmt: skip


def _game(p: Process, args: Args) -> int:
    package = args.rest()[-1:]
    if not package or package[0] not in p.kernel.packages.names():
        p.err(f"Package {package[0] if package else ''} is not of game type, to use the game mode commands, it must be a game\n")
        return 255
    p.err(f"Package {package[0]} is not of game type\n")
    return 0


def _game_modes(p: Process, args: Args) -> None:
    p.out(f"{args.need()} current mode: standard, available modes: [standard,custom]\n")


def dropbox(p: Process) -> int:
    """`cmd dropbox set-rate-limit|add-low-priority|...`."""
    return dispatch(p, dict.fromkeys(("set-rate-limit", "add-low-priority", "remove-low-priority", "restore-defaults"), _nothing),
                    "Dropbox (dropbox) commands:\n  help\n  set-rate-limit PERIOD\n  add-low-priority TAG\n  remove-low-priority TAG\n"
                    "  restore-defaults\n")  # fmt: skip


def sensorservice(p: Process) -> int:
    """`cmd sensorservice set-uid-state|reset-uid-state|get-uid-state|restrict-ht|...`."""
    return dispatch(p, {
        "set-uid-state": _nothing, "reset-uid-state": _nothing, "get-uid-state": lambda p, args: p.out("active\n"), "restrict-ht": _nothing,
        "unrestrict-ht": _nothing, "enable": _nothing, "restrict": _nothing,
    }, "Sensor service commands:\n  get-uid-state <PACKAGE> [--user USER_ID] gets the uid state\n  set-uid-state <PACKAGE> <active|idle>\n"
       "  reset-uid-state <PACKAGE>\n  help print this message\n")  # fmt: skip


def vibrator(p: Process) -> int:
    """`cmd vibrator_manager list|synced|combined|sequential|xml|cancel|feedback`."""
    return dispatch(p, {"list": lambda p, args: p.out("0\n"), **dict.fromkeys(("synced", "combined", "sequential", "xml", "cancel",
    "feedback"), _nothing)},
                    "Vibrator Manager commands:\n  help\n    Prints this help text.\n\n  list\n    Prints the id of device vibrators.\n"
                    "  synced [options] <effect>...\n  combined [options] (-v <vibrator-id> <effect>...)...\n  cancel\n"
                    "    Cancels any active vibration\n")  # fmt: skip


def usb(p: Process) -> int:
    """`cmd usb ...`, and what `svc usb` does not do."""
    return quiet(p)


def stats(p: Process) -> int:
    """`cmd stats ...`: nothing is counted."""
    return quiet(p)


def testharness(p: Process) -> int:
    """`cmd testharness enable` would wipe the phone, so it is refused."""
    if p.args[:1] != ("enable",):
        p.out("About:\n  Test Harness Mode is a mode that the device can be placed in to prepare\n  the device for running UI tests.\n"
              "Test Harness Mode commands:\n  help\n    Print this help text.\n\n  enable|restore\n"
              "    Erase all data from this device and enable "
              "Test Harness Mode.\n")  # fmt: skip
        return 0 if p.args else 255
    p.err("Test Harness Mode is not supported here: `cmd mobilegym reset SEED` puts the phone back to its first state\n")
    return 255


# ------------------------------------------------------------------ programs of their own


def _backup_on(kernel: Kernel) -> bool:
    return kernel.settings.flag("secure", "backup_enabled")


def backup(p: Process) -> int:
    """`cmd backup`: `bmgr` by another name."""
    return bmgr(p)


def bmgr(p: Process) -> int:
    """`bmgr enabled|enable|list|run|...`."""
    match list(p.args):
        case ["enabled", *_]:
            p.out(f"Backup Manager currently {'enabled' if _backup_on(p.kernel) else 'disabled'}\n")
        case ["enable", word, *_]:
            p.kernel.settings.set_flag("secure", "backup_enabled", say_yes(word))
            p.out(f"Backup Manager now {'enabled' if say_yes(word) else 'disabled'}\n")
        case ["list", "transports", *_]:
            p.out("  * com.android.localtransport/.LocalTransport\n")
        case ["transport", name, *_]:
            p.out(f"Selected transport {name} (formerly com.android.localtransport/.LocalTransport)\n")
        case ["backupnow", *packages]:
            names = [name for name in packages if not name.startswith("-")] or p.kernel.packages.names()
            p.out(f"Running incremental backup for {len(names)} requested packages.\n")
            p.out("".join(f"Package {name} with result: Success\n" for name in names) + "Backup finished with result: Success\n")
        case ["restore", *_] | ["wipe", *_] | ["list", *_] | ["run", *_] | ["fullbackup", *_] | ["init", *_] | ["autorestore", *_]:
            pass
        case _:
            p.err("usage: bmgr [--user <userId>] [backup|restore|list|transport|run]\n       bmgr enable BOOL\n       bmgr enabled\n")
            return 1
    return 0


def sm(p: Process) -> int:
    """`sm list-volumes|list-disks|get-primary-storage-uuid|has-adoptable|...`."""
    answers = {
        "list-volumes": "private mounted null\nemulated;0 mounted null\n", "list-disks": "", "get-primary-storage-uuid": "null\n",
        "has-adoptable": "true\n", "get-fbe-mode": "native\n", "start-checkpoint": "", "supports-checkpoint": "true\n",
        "get-isolated-storage": "true\n", "fstrim": "", "idle-maint": "", "set-virtual-disk": "", "set-force-adoptabl"
        "e": "", "set-sdcardfs": "",
        "benchmark": "", "forget": "", "mount": "", "unmount": "", "format": "", "partition": "", "abort-change": "", "trim": "",
    }  # fmt: skip
    verb = p.args[0] if p.args else ""
    if verb not in answers:
        p.err("usage: sm list-disks [adoptable]\n       sm list-volumes [public|private|emulated|stub|all]\n       sm has-adoptable\n"
              "       sm get-primary-storage-uuid\n       sm set-force-adoptable [on|off|default]\n"
              "       sm set-virtual-disk [true|false]\n\n")  # fmt: skip
        return 1
    if verb == "list-volumes" and p.args[1:2] == ("public",):
        return 0
    p.out(answers[verb])
    return 0


def mount(p: Process) -> int:
    """`cmd mount`: the storage manager has no commands of its own beyond `sm`'s."""
    return sm(p)


def requestsync(p: Process) -> int:
    """`requestsync -n ACCOUNT -a AUTHORITY ...`: there are no accounts to synchronise."""
    if not p.args or "-h" in p.args:
        p.out("Usage:\n  requestsync [-n <ACCOUNT_NAME>] [-t <ACCOUNT_TYPE>] [-a <AUTHORITY>] [options]\n")
        return 0 if p.args else 1
    p.out("Requesting sync\n")
    return 0
