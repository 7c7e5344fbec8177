"""Sound: `dumpsys audio|media_session|media.audio_flinger`, `cmd media_session|audio`, `media`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.device import Stream
from mobilegym.emulator.phone.shell.args import Args, dispatch
from mobilegym.emulator.phone.shell.process import Process

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["audio", "dump_audio", "dump_audio_flinger", "dump_media_session", "media", "media_session"]

_STREAMS: Final = ("VOICE_CALL", "SYSTEM", "RING", "MUSIC", "ALARM", "NOTIFICATION", "BLUETOOTH_SCO", "SYSTEM_ENFORCED", "DTMF", "TTS",
                   "ACCESSIBILITY", "ASSISTANT")  # fmt: skip
"""Android's streams by number."""
_KERNEL: Final[dict[int, Stream]] = {0: "call", 1: "system", 2: "ring", 3: "media", 4: "alarm", 5: "notification"}
_ALIAS: Final[dict[int, Stream]] = {7: "ring", 8: "ring", 9: "media", 11: "media"}
_ACCESSIBILITY: Final = 10
_KEYS: Final = frozenset(
    {"play", "pause", "play-pause", "mute", "headsethook", "stop", "next", "previous", "rewind", "record", "fast-forward"}
)
_ZEN: Final = {0: "OFF", 1: "IMPORTANT_INTERRUPTIONS", 2: "NO_INTERRUPTIONS", 3: "ALARMS"}
_MEDIA_USAGE: Final = """usage: media [subcommand] [options]
       media dispatch KEY
       media list-sessions
       media monitor <tag>
       media volume [options]

media dispatch: dispatch a media key to the system.
                KEY may be: play, pause, play-pause, mute, headsethook,
                stop, next, previous, rewind, record, fast-forward.
media list-sessions: print a list of the current sessions.
media volume:  the options are as follows:
\t\t--stream STREAM selects the stream to control, see AudioManager.STREAM_*
\t\t\tcontrols AudioManager.STREAM_MUSIC if no stream is specified
\t\t--set INDEX sets the volume index value
\t\t--adj DIRECTION adjusts the volume, use raise|same|lower for the direction
\t\t--get outputs the current volume
\t\t--show shows the UI during the volume change
"""


def _volume(kernel: Kernel, stream: int) -> tuple[int, int, int]:
    """Volume, smallest and largest index of a stream by Android's number."""
    hardware = kernel.hardware
    if stream == _ACCESSIBILITY:
        return 5, 1, 15
    if stream == 6:
        return min(kernel.settings.number("system", "volume_bluetooth_sco", 7), 15), 0, 15
    name = _KERNEL.get(stream) or _ALIAS[stream]
    return hardware.volume(name), int(name in ("call", "alarm")), hardware.max_volume(name)


def dump_audio(p: Process) -> int:
    """`dumpsys audio`."""
    kernel = p.kernel
    ringer = kernel.hardware.ringer_mode.upper()
    lines = ["", "Media Focus Controller (AudioService)", "", "Audio Focus stack entries (last is top of stack):", "", "", " No external "
        "focus policy", "",
             "Stream volumes (device: index)"]  # fmt: skip
    for number, name in enumerate(_STREAMS):
        volume, low, high = _volume(kernel, number)
        muted = "true" if (number in (1, 2, 5) and ringer != "NORMAL") or volume < max(low, 1) else "false"
        lines += [f"- STREAM_{name}:", f"   Muted: {muted}", "   Muted Internally: false", f"   Min: {low}", f"   Max: {high}",
                  f"   streamVolume:{volume}", f"   Current: 2 (speaker): {volume}, 40000000 (default): {volume}", "   Devices: speaker(2)",
                  f"   Volume Group: AUDIO_STREAM_{name}", ""]  # fmt: skip
    mode = "MODE_RINGTONE" if kernel.telephony.call.ringing else "MODE_IN_CALL" if kernel.telephony.call.active else "MODE_NORMAL"
    zen = _ZEN.get(kernel.settings.number("global", "zen_mode", 0), "OFF")
    lines += ["- mute affected streams = 0x2e", "- user mute affected streams = 0x2e", "", "Ringer mode: ", f"- mode (internal) = {ringer}",
              f"- mode (external) = {ringer}", f"- zen mode:ZEN_MODE_{zen}", "- ringer mode affected streams = 0x126 "
              "(STREAM_SYSTEM,STREAM_RING,"
              "STREAM_NOTIFICATION,STREAM_DTMF)", "- ringer mode muted streams = 0x0", "", "Audio routes:", "  mMainType=0x0", "  "
              "mBluetoothName=null",
              "", "Other state:", f"  mMode={mode}", "  mHasVibrator=true", "  mVolumePolicy=VolumePolicy[volumeDownToEnterSilent=false,"
              "volumeUpToExitSilent=true,doNotDisturbWhenSilent=true,vibrateToSilentDebounce=400]", ""]  # fmt: skip
    p.out("\n".join(lines) + "\n")
    return 0


def dump_audio_flinger(p: Process) -> int:
    """`dumpsys media.audio_flinger`."""
    p.out(
        "Libraries NOT loaded: (none)\nNotification Clients:\n   pid    uid  name\nGlobal session refs:\n"
        "  session  cnt     pid    uid  name\n"
    )
    p.out("Hardware status: 0\nStandby Time mSec: 3000\n\nOutput thread 0x7a1c2f, name AudioOut_D, tid 612, type 0 (MIXER):\n")
    p.out("  I/O handle: 13\n  Standby: yes\n  Sample rate: 48000 Hz\n  HAL frame count: 960\n  Channel count: 2\n  0 Tracks\n")
    for number, name in enumerate(_STREAMS):
        volume, _, high = _volume(p.kernel, number)
        p.out(f"  Stream volumes: AUDIO_STREAM_{name} {volume}/{high}\n")
    return 0


def dump_media_session(p: Process) -> int:
    """`dumpsys media_session`: nothing here plays."""
    p.out("MEDIA SESSION SERVICE (dumpsys media_session)\n\n0 sessions listeners.\nGlobal priority session is null\nUser Records:\n"
          "Record for full_user=0\n  Volume key long-press listener: null\n  Volume key long-press listener package: \n"
          "  Media key listener: null\n  Media key listener package: \n  OnMediaKeyEventDispatchedListener: 0 entries\n"
          "  OnMediaKeyEventSessionChangedListener: 0 entries\n  Last MediaButtonReceiver: null\n"
          "  Media button session is null\n  Sessions Stack - have 0 sessions:\nAudio playback (lastly played comes first)\n")  # fmt: skip
    return 0


def media(p: Process) -> int:
    """`media volume|dispatch|list-sessions`: `cmd media_session` by another name."""
    return media_session(replace(p, argv=("media_session", *p.args)))


def media_session(p: Process) -> int:
    """`cmd media_session volume|dispatch|list-sessions|monitor`."""
    if not p.args:
        p.out(_MEDIA_USAGE)
        return 255
    if p.args[0] not in ("volume", "dispatch", "list-sessions", "monitor", "help", "-h"):
        p.err(f"Error: unknown command '{p.args[0]}'\n{_MEDIA_USAGE}")
        return 255
    return dispatch(p, {"volume": _do_volume, "dispatch": _do_key, "list-sessions": _do_list, "monitor": _do_list}, _MEDIA_USAGE)


def _do_list(p: Process, args: Args) -> None:
    args.rest()
    p.out("Sessions:\n")


def _do_key(p: Process, args: Args) -> int:
    key = args.need()
    if key not in _KEYS:
        p.err(f"Error: unknown dispatch code '{key}'\n")
        return 1
    if key == "mute":
        p.kernel.shell.key("volume_mute")
    return 0


def _do_volume(p: Process, args: Args) -> int:
    stream, wanted, direction, get, show = 3, None, "", False, False
    while (option := args.next()) is not None:
        match option:
            case "--get":
                get = True
                p.out("[V] will get volume\n")
            case "--show":
                show = True
                p.out("[V] will show volume UI\n")
            case "--stream":
                stream = _number(p, args.need())
                if not 0 <= stream < len(_STREAMS):
                    p.err(f"Error: invalid stream {stream}\n")
                    return 255
                p.out(f"[V] will control stream={stream} (STREAM_{_STREAMS[stream]})\n")
            case "--set":
                wanted = _number(p, args.need())
                p.out(f"[V] will set volume to index={wanted}\n")
            case "--adj":
                direction = args.need()
                if direction not in ("raise", "lower", "same"):
                    p.err(f"Error: invalid adjustment '{direction}'\n")
                    return 255
                p.out("[V] will adjust volume\n")
            case _:
                p.err(f"Error: unknown option {option}\n")
                return 255
    p.out("[V] Connecting to AudioService\n")
    return _apply(p, stream, wanted, direction, get=get, show=show)


def _number(p: Process, text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() else -1


def _apply(p: Process, stream: int, wanted: int | None, direction: str, *, get: bool, show: bool) -> int:
    volume, low, high = _volume(p.kernel, stream)
    name = _KERNEL.get(stream)
    if wanted is not None and not low <= wanted <= high:
        p.err(f"Error: invalid volume index {wanted} for stream {stream} (should be in [{low}..{high}])\n")
        return 255
    if direction:
        wanted = min(max(volume + {"raise": 1, "lower": -1, "same": 0}[direction], low), high)
    if wanted is not None and name is not None:
        p.kernel.hardware.set_volume(name, wanted)
    elif wanted is not None and stream == 6:
        p.kernel.settings.put("system", "volume_bluetooth_sco", str(wanted))
    if show and name is not None:
        p.kernel.shell.set(volume_until_ms=p.kernel.clock.now_ms + 3000, volume_stream=name)
    if get:
        volume, low, high = _volume(p.kernel, stream)
        p.out(f"[V] volume is {volume} in range [{low}..{high}]\n")
    return 0


def audio(p: Process) -> int:
    """`cmd audio`: in Android 14, only what concerns surround sound and volumes of devices."""
    return dispatch(p, {
        "set-surround-format-enabled": _quiet, "get-is-surround-format-enabled": _no, "set-encoded-surround-mode": _quiet,
        "get-encoded-surround-mode": lambda p, args: p.out("Encoded surround mode: 0\n"), "reset-sound-dose-timeout": _quiet,
    }, "Audio manager commands:\n  help\n  set-surround-format-enabled SURROUND_FORMAT IS_ENABLED\n"
       "  get-is-surround-format-enabled SURROUND_FORMAT\n  set-encoded-surround-mode SURROUND_SOUND_MODE\n"
       "  get-encoded-surround-mode\n")  # fmt: skip


def _quiet(p: Process, args: Args) -> None:
    del p
    args.need()


def _no(p: Process, args: Args) -> None:
    p.out(f"Value of enabled for {args.need()} is: false\n")
