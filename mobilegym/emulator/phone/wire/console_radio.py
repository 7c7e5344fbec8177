"""Console commands for calls, messages and networks."""

from __future__ import annotations

import re
from typing import Final

from mobilegym.emulator.phone.wire.console_base import ConsoleLine, Ko, Subs
from mobilegym.emulator.phone.wire.console_pdu import PduError, decode_deliver

__all__ = ["GSM", "NETWORK", "SMS", "WIFI"]

_STATES: Final = ("unregistered", "home", "roaming", "searching", "denied", "off", "on")
_SPEEDS: Final = {
    "gsm": (14.4, 14.4), "hscsd": (14.4, 43.2), "gprs": (28.8, 57.6), "edge": (473.6, 473.6), "umts": (384.0, 384.0),
    "hsdpa": (5760.0, 13_980.0), "lte": (58_000.0, 173_000.0), "evdo": (75_000.0, 280_000.0), "5g": (0.0, 0.0), "full": (0.0, 0.0),
}  # fmt: skip
"""Kilobits per second up and down; 0 is unlimited."""
_DELAYS: Final = {"gprs": (150, 550), "edge": (80, 400), "umts": (35, 200), "none": (0, 0)}
_KEY: Final = "!console/"
_ESCAPE: Final = re.compile(r"\\(?:n|\\|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))")


def _number(request: ConsoleLine, sub: str) -> str:
    if not request.words:
        raise Ko(f"missing argument, try 'gsm {sub} <phonenumber>'")
    if not re.fullmatch(r"[0-9#+]+", request.words[0]):
        raise Ko("bad phone number format, use digits, # and + only")
    return request.words[0]


def _known_call(request: ConsoleLine, sub: str) -> str:
    number = _number(request, sub)
    call = request.kernel.telephony.call
    if call.phase == "idle" or call.number != number:
        raise Ko(f"no current call to/from number '{number}'")
    return number


def _call(request: ConsoleLine) -> list[str]:
    request.kernel.telephony.ring(_number(request, "call"))
    return []


def _accept(request: ConsoleLine) -> list[str]:
    _known_call(request, "accept")
    telephony = request.kernel.telephony
    if telephony.call.ringing:
        telephony.answer()
    else:
        telephony.change(on_hold=False)
    return []


def _busy(request: ConsoleLine) -> list[str]:
    _known_call(request, "busy")
    request.kernel.telephony.hang_up()
    return []


def _hold(request: ConsoleLine) -> list[str]:
    _known_call(request, "hold")
    request.kernel.telephony.change(on_hold=True)
    return []


def _cancel(request: ConsoleLine) -> list[str]:
    number = _number(request, "cancel")
    call = request.kernel.telephony.call
    if call.phase == "idle" or call.number != number:
        raise Ko("could not cancel this number")
    request.kernel.telephony.hang_up()
    return []


def _calls(request: ConsoleLine) -> list[str]:
    call = request.kernel.telephony.call
    if call.phase == "idle":
        return []
    state = "held" if call.on_hold else {"ringing": "incoming", "dialing": "ringing", "active": "active"}[call.phase]
    return [f"{'inbound from' if call.incoming else 'outbound to '} {call.number:<12} : {state}"]


def _registration(request: ConsoleLine, what: str) -> list[str]:
    if not request.words:
        raise Ko(f"missing argument, try 'gsm {what} <state>'")
    if request.words[0] not in _STATES:
        raise Ko(f"bad GSM {what} state name, try 'help gsm {what}' for list of valid values")
    request.kernel.properties.put(f"{_KEY}gsm-{what}", "home" if request.words[0] == "on" else request.words[0])
    return []


def _gsm_data(request: ConsoleLine) -> list[str]:
    return _registration(request, "data")


def _gsm_voice(request: ConsoleLine) -> list[str]:
    return _registration(request, "voice")


def _gsm_status(request: ConsoleLine) -> list[str]:
    get = request.kernel.properties.get
    return [f"gsm voice state: {get(f'{_KEY}gsm-voice', 'home')}", f"gsm data state:  {get(f'{_KEY}gsm-data', 'home')}"]


def _signal(request: ConsoleLine) -> list[str]:
    if not request.words:
        raise Ko("not enough arguments: see 'help gsm signal' for details")
    if not request.words[0].isdecimal() or not (int(request.words[0]) <= 31 or int(request.words[0]) == 99):
        raise Ko("invalid RSSI - must be 0..31 or 99")
    if len(request.words) > 1 and (not request.words[1].isdecimal() or not (int(request.words[1]) <= 7 or int(request.words[1]) == 99)):
        raise Ko("invalid BER - must be 0..7 or 99")
    request.kernel.properties.put(f"{_KEY}signal", request.words[0])
    return []


def _signal_profile(request: ConsoleLine) -> list[str]:
    if not request.words or not request.words[0].isdecimal() or int(request.words[0]) > 4:
        raise Ko("invalid signal strength, must be 0..4")
    request.kernel.properties.put(f"{_KEY}signal-profile", request.words[0])
    return []


def _meter(request: ConsoleLine) -> list[str]:
    if request.words[:1] not in (["on"], ["off"]):
        raise Ko("missing argument, try 'gsm meter on|off'")
    return []


GSM: Final = Subs(
    "allows you to change GSM-related settings, or to make a new inbound phone call",
    {"list": _calls, "call": _call, "busy": _busy, "hold": _hold, "accept": _accept, "cancel": _cancel, "data": _gsm_data,
     "meter": _meter, "voice": _gsm_voice, "status": _gsm_status, "signal": _signal, "signal-profile": _signal_profile},
    {"list": "list current phone calls", "call": "create inbound phone call", "busy": "close waiting outbound call as busy",
     "hold": "change the state of an oubtound call to 'held'", "accept": "change the state of an outbound call to 'active'",
     "cancel": "disconnect an inbound or outbound phone call", "data": "modify data connection state",
     "meter": "modify meterness of connection", "voice": "modify voice connection state", "status": "display GSM status",
     "signal": "set sets the rssi and ber", "signal-profile": "set the signal strength profile"},
)  # fmt: skip


# ---------------------------------------------------------------------- messages


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code is not None:
            return chr(int(code, 16))
        return "\n" if match[0] == "\\n" else "\\"

    plain = _ESCAPE.sub(character, text)
    # Two escapes may be the halves of one character.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _sms_send(request: ConsoleLine) -> list[str]:
    number, _, text = request.rest.partition(" ")
    if not number or not text.strip():
        raise Ko("missing argument, try 'sms send <phonenumber> <text message>'")
    if not re.fullmatch(r"\+?[0-9]+", number):
        raise Ko("bad phone number format, must be [+](0-9)*")
    request.kernel.telephony.receive_sms(number, _unescaped(text.strip()))
    return []


def _sms_pdu(request: ConsoleLine) -> list[str]:
    if not request.words:
        raise Ko("missing argument, try 'sms pdu <hexstring>'")
    try:
        number, text = decode_deliver(request.words[0])
    except PduError as error:
        raise Ko(f"badly formatted <hexstring>: {error}") from error
    request.kernel.telephony.receive_sms(number, text)
    return []


SMS: Final = Subs(
    "allows you to simulate an inbound SMS", {"send": _sms_send, "pdu": _sms_pdu},
    {"send": "send inbound SMS text message", "pdu": "send inbound SMS PDU"},
)  # fmt: skip


# ---------------------------------------------------------------------- networks


def _network_status(request: ConsoleLine) -> list[str]:
    up, down = (float(v) for v in request.kernel.properties.get(f"{_KEY}speed", "0:0").split(":"))
    low, high = request.kernel.properties.get(f"{_KEY}delay", "0:0").split(":")

    def speed(kilobits: float) -> str:
        return f"{round(kilobits * 1000):>8d} bits/s ({kilobits / 8:.1f} KB/s)"

    return ["Current network status:", f"  download speed:   {speed(down)}", f"  upload speed:     {speed(up)}",
            f"  minimum latency:  {low} ms", f"  maximum latency:  {high} ms"]  # fmt: skip


def _network_speed(request: ConsoleLine) -> list[str]:
    if not request.words:
        raise Ko("missing <speed> argument, see 'help network speed'")
    given = request.words[0]
    up, down = _SPEEDS.get(given, (None, None))
    if up is None or down is None:
        match = re.fullmatch(r"(\d{1,9}(?:\.\d{1,6})?)(?::(\d{1,9}(?:\.\d{1,6})?))?", given)
        if match is None:
            raise Ko("invalid <speed> argument, see 'help network speed' for valid values")
        up, down = float(match[1]), float(match[2] or match[1])
    request.kernel.properties.put(f"{_KEY}speed", f"{up}:{down}")
    return []


def _network_delay(request: ConsoleLine) -> list[str]:
    if not request.words:
        raise Ko("missing <delay> argument, see 'help network delay'")
    low, high = _DELAYS.get(request.words[0], (None, None))
    if low is None or high is None:
        match = re.fullmatch(r"(\d{1,7})(?::(\d{1,7}))?", request.words[0])
        if match is None:
            raise Ko("invalid <delay> argument, see 'help network delay' for valid values")
        low, high = int(match[1]), int(match[2] or match[1])
    request.kernel.properties.put(f"{_KEY}delay", f"{low}:{high}")
    return []


def _network_capture(request: ConsoleLine) -> list[str]:
    # The file would be one of the host.
    raise Ko("capturing to files of the host is not supported")


NETWORK: Final = Subs(
    "allows you to manage the settings related to the network data connection of the emulated device",
    {"status": _network_status, "speed": _network_speed, "delay": _network_delay, "capture": _network_capture},
    {"status": "dump network status", "speed": "change network speed", "delay": "change network latency",
     "capture": "dump network packets"},
)  # fmt: skip


def _wifi(request: ConsoleLine) -> list[str]:
    if not request.words:
        raise Ko("missing argument, see 'help wifi'")
    return []


WIFI: Final = Subs("allows you to control the emulated Wi-Fi", {"add": _wifi, "block": _wifi, "unblock": _wifi})
