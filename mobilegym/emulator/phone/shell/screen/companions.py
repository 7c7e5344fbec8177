"""Helper apps that test tools install and talk to by broadcasts: keyboards, clipboard helpers, Appium's settings app.

What they do works whether or not the APK itself is installed.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from mobilegym.emulator.phone.device import TYPE_MS_PER_CHAR
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.keycodes import press_keycode
from mobilegym.emulator.phone.shell.receivers import CANCELED, OK, BroadcastResult, scan_media
from mobilegym.emulator.phone.shell.system import System

__all__ = ["EDITOR_ACTIONS", "RECEIVERS", "editor_action", "type_text"]

_Receiver: TypeAlias = Callable[[System, Intent], BroadcastResult]
EDITOR_ACTIONS: Final[Mapping[str, int]] = {
    "unspecified": 0, "normal": 0, "none": 1, "go": 2, "search": 3, "send": 4, "next": 5, "done": 6, "previous": 7,
}  # fmt: skip
"""Android's `EditorInfo.IME_ACTION_*` by name."""
_DONE: Final = BroadcastResult()
_SUCCESS: Final = BroadcastResult(OK, "success")
_SMS_LIMIT: Final = 100


def _number(value: object, default: int = -1) -> int:
    """A number given as such or as text."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return default
    try:
        return int(value)
    except ValueError:
        return default


def _numbers(value: object) -> list[int]:
    """An array of numbers, given as such or as text with commas."""
    if isinstance(value, str):
        return [n for part in value.split(",") if (n := _number(part.strip())) >= 0]
    return [v for v in value if isinstance(v, int)] if isinstance(value, tuple) else []  # pyright: ignore[reportUnknownVariableType]


def _decoded(text: str) -> str | None:
    try:
        return base64.b64decode(text, validate=False).decode()
    except (binascii.Error, ValueError):
        return None


# ---------------------------------------------------------------------- keyboards


def type_text(system: System, text: str) -> bool:
    """A keyboard commits text, any Unicode, to the focused field; False where there is none or the screen is off."""
    system.finish_tap()
    kernel = system.kernel
    kernel.shell.touched()
    if not kernel.hardware.screen_on or kernel.input.type_text(text, clear=False, submit=False) is not None:
        return False
    system.acted(len(text) * TYPE_MS_PER_CHAR)
    return True


def editor_action(system: System, code: int) -> None:
    """Press the keyboard's action key, where the code stands for one."""
    if code > 1 and system.kernel.hardware.screen_on:
        system.finish_tap()
        system.kernel.input.key("enter")
        system.acted()


def _input_text(system: System, intent: Intent) -> BroadcastResult:
    if text := intent.text("msg"):
        type_text(system, text)
    codes = _numbers(intent.extra("mcode"))
    _press_pairs(system, codes)
    return _DONE


def _input_b64(system: System, intent: Intent) -> BroadcastResult:
    text = _decoded(intent.text("msg"))
    if text:
        type_text(system, text)
    return _DONE


def _input_chars(system: System, intent: Intent) -> BroadcastResult:
    codes = _numbers(intent.extra("chars"))
    type_text(system, "".join(chr(c) for c in codes if 0 < c < 0x110000 and not 0xD800 <= c < 0xE000))
    return _DONE


def _input_code(system: System, intent: Intent) -> BroadcastResult:
    code = _number(intent.extra("code"))
    if code >= 0:
        _press(system, code, 0)
    return _DONE


def _input_mcode(system: System, intent: Intent) -> BroadcastResult:
    _press_pairs(system, _numbers(intent.extra("mcode")))
    return _DONE


def _press_pairs(system: System, codes: list[int]) -> None:
    for meta, code in zip(codes[::2], codes[1::2], strict=False):
        _press(system, code, meta)


def _press(system: System, code: int, meta: int) -> None:
    system.finish_tap()
    press_keycode(system.phone, code, meta)
    system.acted()


def _editor_code(system: System, intent: Intent) -> BroadcastResult:
    editor_action(system, _number(intent.extra("code")))
    return _DONE


def _clear(system: System, intent: Intent) -> BroadcastResult:
    del intent
    system.finish_tap()
    system.kernel.input.edit("clear")
    system.acted()
    return _DONE


def _atx_text(system: System, intent: Intent) -> BroadcastResult:
    text = _decoded(intent.text("text"))
    if text is None:
        return BroadcastResult(CANCELED, "text is not base64")
    type_text(system, text)
    return _SUCCESS


def _atx_set(system: System, intent: Intent) -> BroadcastResult:
    system.kernel.input.edit("clear")
    return _atx_text(system, intent)


def _atx_enter(system: System, intent: Intent) -> BroadcastResult:
    del intent
    editor_action(system, 6)
    return _SUCCESS


def _atx_hide(system: System, intent: Intent) -> BroadcastResult:
    del intent
    system.kernel.ime.hide()
    return _SUCCESS


def _atx_clipboard(system: System, intent: Intent) -> BroadcastResult:
    del intent
    return BroadcastResult(OK, _encoded(system.kernel.hardware.clipboard()))


def _successful(receiver: _Receiver) -> _Receiver:
    def receive(system: System, intent: Intent) -> BroadcastResult:
        receiver(system, intent)
        return _SUCCESS

    return receive


# ---------------------------------------------------------------------- clipboard


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "replace")).decode()


def _clipper_get(system: System, intent: Intent) -> BroadcastResult:
    del intent
    text = system.kernel.hardware.clipboard()
    return BroadcastResult(OK, text) if text else BroadcastResult(CANCELED, "")


def _clipper_set(system: System, intent: Intent) -> BroadcastResult:
    text = intent.extra("text")
    if not isinstance(text, str):
        return BroadcastResult(CANCELED, 'No text is provided. Use -e text "text to be pasted"')
    system.kernel.hardware.set_clipboard(text)
    return BroadcastResult(OK, "Text is copied into clipboard.")


# ---------------------------------------------------------------------- Appium's settings app


def _location(system: System, intent: Intent) -> BroadcastResult:
    del intent
    system.log.write("LocationTracker", "The current location has been successfully retrieved from Location Manager", priority="I")
    fix = system.kernel.hardware.location()
    return BroadcastResult(OK, "0.00000 0.00000 0.00000" if fix is None else f"{fix[0]:.5f} {fix[1]:.5f} 0.00000")


def _sms(system: System, intent: Intent) -> BroadcastResult:
    limit = _number(intent.extra("max"), _SMS_LIMIT)
    rows = system.kernel.content.query("content://sms/inbox", sort="date DESC")
    names = {"id": "_id", "address": "address", "person": "person", "date": "date", "read": "read", "status": "status", "type": "type",
             "subject": "subject", "body": "body", "serviceCenter": "service_center"}  # fmt: skip
    items = [{key: None if row.get(name) is None else str(row[name]) for key, name in names.items()} for row in rows]
    return BroadcastResult(OK, _json({"items": items[: max(0, limit)], "total": len(items)}))


def _notifications(system: System, intent: Intent) -> BroadcastResult:
    del intent
    found: list[dict[str, Any]] = []
    for n in system.kernel.notifications.active():
        texts = {"title": n.title or None, "bigTitle": None, "text": n.text or None, "bigText": None, "tickerText": None, "subText": None,
                 "infoText": None, "template": None}  # fmt: skip
        found.append(
            {"isGroup": bool(n.group), "packageName": n.package, "isClearable": not n.ongoing, "isOngoing": n.ongoing, "id": n.id,
             "tag": n.tag or None, "notification": texts, "userHandle": 0, "groupKey": n.group or n.key, "overrideGroupKey": None,
             "postTime": n.when_ms, "key": n.key, "isRemoved": False}
        )  # fmt: skip
    return BroadcastResult(OK, _json({"statusBarNotifications": found}))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _scan(system: System, intent: Intent) -> BroadcastResult:
    path = intent.text("path")
    return BroadcastResult(OK if path.startswith("/") and scan_media(system, path) else CANCELED)


def _clipboard(system: System, intent: Intent) -> BroadcastResult:
    del intent
    return BroadcastResult(OK, _encoded(system.kernel.hardware.clipboard()))


def _wanted(intent: Intent) -> bool | None:
    return {"enable": True, "disable": False}.get(intent.text("setstatus").lower())


def _switch(change: Callable[[System, bool], None]) -> _Receiver:
    def receive(system: System, intent: Intent) -> BroadcastResult:
        on = _wanted(intent)
        if on is None:
            return BroadcastResult(CANCELED)
        change(system, on)
        return BroadcastResult(OK)

    return receive


def _animations(system: System, on: bool) -> None:
    for key in ("window_animation_scale", "transition_animation_scale", "animator_duration_scale"):
        system.kernel.settings.put("global", key, "1.0" if on else "0.0")


def _unpair(system: System, intent: Intent) -> BroadcastResult:
    del intent
    hardware = system.kernel.hardware
    for item in hardware.bluetooth_devices():
        if item.paired:
            hardware.put_bluetooth(item._replace(paired=False, connected=False))
    return BroadcastResult(OK)


def _locale_of(system: System) -> tuple[str, str]:
    language, _, country = system.kernel.config.locale.replace("_", "-").partition("-")
    return language.lower(), country.upper()


def _locale(system: System, intent: Intent) -> BroadcastResult:
    """The phone speaks one language: asking for it succeeds, asking for another is refused."""
    wanted = intent.text("lang").lower(), intent.text("country").upper()
    return BroadcastResult(OK if wanted == _locale_of(system) else CANCELED)


def _locales(system: System, intent: Intent) -> BroadcastResult:
    del intent
    language, country = _locale_of(system)
    return BroadcastResult(OK, _encoded(_json({"items": [{"language": language, "country": country}]})))


_APPIUM: Final = "io.appium.settings."
RECEIVERS: Final[Mapping[str, _Receiver]] = {
    "ADB_INPUT_TEXT": _input_text, "ADB_INPUT_B64": _input_b64, "ADB_INPUT_CHARS": _input_chars, "ADB_INPUT_CODE": _input_code,
    "ADB_INPUT_MCODE": _input_mcode, "ADB_EDITOR_CODE": _editor_code, "ADB_CLEAR_TEXT": _clear,
    "ADB_KEYBOARD_INPUT_TEXT": _atx_text, "ADB_KEYBOARD_SET_TEXT": _atx_set, "ADB_KEYBOARD_CLEAR_TEXT": _successful(_clear),
    "ADB_KEYBOARD_INPUT_KEYCODE": _successful(_input_code), "ADB_KEYBOARD_EDITOR_CODE": _successful(_editor_code),
    "ADB_KEYBOARD_SMART_ENTER": _atx_enter, "ADB_KEYBOARD_HIDE": _atx_hide, "ADB_KEYBOARD_GET_CLIPBOARD": _atx_clipboard,
    "clipper.get": _clipper_get, "clipper.set": _clipper_set, "get": _clipper_get, "set": _clipper_set,
    _APPIUM + "clipboard.get": _clipboard, _APPIUM + "location": _location, _APPIUM + "sms.read": _sms,
    _APPIUM + "notifications": _notifications, _APPIUM + "scan_media": _scan, _APPIUM + "animation": _switch(_animations),
    _APPIUM + "wifi": _switch(lambda system, on: system.kernel.hardware.set_wifi(on)),
    _APPIUM + "data_connection": _switch(lambda system, on: system.kernel.hardware.set_mobile_data(on)),
    _APPIUM + "bluetooth": _switch(lambda system, on: system.kernel.hardware.set_bluetooth(on)),
    _APPIUM + "unpair_bluetooth": _unpair, _APPIUM + "locale": _locale, _APPIUM + "list_locales": _locales,
}  # fmt: skip
"""Receiver by action."""
