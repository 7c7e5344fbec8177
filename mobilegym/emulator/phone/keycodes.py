"""Android's key codes, and what a key that is pressed does to the phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from mobilegym.actions import Key
from mobilegym.emulator.phone.kernel.intents import Intent

if TYPE_CHECKING:
    from mobilegym.emulator.phone.device import VirtualPhone
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = [
    "KEYCODES", "KEY_NAMES", "META_ALT", "META_CAPS", "META_CTRL", "META_SHIFT", "PRESS_CODES", "char_of", "keys_for", "meta_of", "name_of",
    "parse_keycode", "press_combination", "press_keycode",
]  # fmt: skip

META_SHIFT: Final = 0x1
META_ALT: Final = 0x2
META_CTRL: Final = 0x1000
META_CAPS: Final = 0x10_0000

_NAMES: Final = """
UNKNOWN SOFT_LEFT SOFT_RIGHT HOME BACK CALL ENDCALL 0 1 2 3 4 5 6 7 8 9 STAR POUND DPAD_UP DPAD_DOWN DPAD_LEFT DPAD_RIGHT DPAD_CENTER
VOLUME_UP VOLUME_DOWN POWER CAMERA CLEAR A B C D E F G H I J K L M N O P Q R S T U V W X Y Z COMMA PERIOD ALT_LEFT ALT_RIGHT SHIFT_LEFT
SHIFT_RIGHT TAB SPACE SYM EXPLORER ENVELOPE ENTER DEL GRAVE MINUS EQUALS LEFT_BRACKET RIGHT_BRACKET BACKSLASH SEMICOLON APOSTROPHE SLASH
AT NUM HEADSETHOOK FOCUS PLUS MENU NOTIFICATION SEARCH MEDIA_PLAY_PAUSE MEDIA_STOP MEDIA_NEXT MEDIA_PREVIOUS MEDIA_REWIND
MEDIA_FAST_FORWARD MUTE PAGE_UP PAGE_DOWN PICTSYMBOLS SWITCH_CHARSET BUTTON_A BUTTON_B BUTTON_C BUTTON_X BUTTON_Y BUTTON_Z BUTTON_L1
BUTTON_R1 BUTTON_L2 BUTTON_R2 BUTTON_THUMBL BUTTON_THUMBR BUTTON_START BUTTON_SELECT BUTTON_MODE ESCAPE FORWARD_DEL CTRL_LEFT CTRL_RIGHT
CAPS_LOCK SCROLL_LOCK META_LEFT META_RIGHT FUNCTION SYSRQ BREAK MOVE_HOME MOVE_END INSERT FORWARD MEDIA_PLAY MEDIA_PAUSE MEDIA_CLOSE
MEDIA_EJECT MEDIA_RECORD F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 NUM_LOCK NUMPAD_0 NUMPAD_1 NUMPAD_2 NUMPAD_3 NUMPAD_4 NUMPAD_5 NUMPAD_6
NUMPAD_7 NUMPAD_8 NUMPAD_9 NUMPAD_DIVIDE NUMPAD_MULTIPLY NUMPAD_SUBTRACT NUMPAD_ADD NUMPAD_DOT NUMPAD_COMMA NUMPAD_ENTER NUMPAD_EQUALS
NUMPAD_LEFT_PAREN NUMPAD_RIGHT_PAREN VOLUME_MUTE INFO CHANNEL_UP CHANNEL_DOWN ZOOM_IN ZOOM_OUT TV WINDOW GUIDE DVR BOOKMARK CAPTIONS
SETTINGS TV_POWER TV_INPUT STB_POWER STB_INPUT AVR_POWER AVR_INPUT PROG_RED PROG_GREEN PROG_YELLOW PROG_BLUE APP_SWITCH BUTTON_1 BUTTON_2
BUTTON_3 BUTTON_4 BUTTON_5 BUTTON_6 BUTTON_7 BUTTON_8 BUTTON_9 BUTTON_10 BUTTON_11 BUTTON_12 BUTTON_13 BUTTON_14 BUTTON_15 BUTTON_16
LANGUAGE_SWITCH MANNER_MODE 3D_MODE CONTACTS CALENDAR MUSIC CALCULATOR ZENKAKU_HANKAKU EISU MUHENKAN HENKAN KATAKANA_HIRAGANA YEN RO KANA
ASSIST BRIGHTNESS_DOWN BRIGHTNESS_UP MEDIA_AUDIO_TRACK SLEEP WAKEUP PAIRING MEDIA_TOP_MENU 11 12 LAST_CHANNEL TV_DATA_SERVICE
VOICE_ASSIST TV_RADIO_SERVICE TV_TELETEXT TV_NUMBER_ENTRY TV_TERRESTRIAL_ANALOG TV_TERRESTRIAL_DIGITAL TV_SATELLITE TV_SATELLITE_BS
TV_SATELLITE_CS TV_SATELLITE_SERVICE TV_NETWORK TV_ANTENNA_CABLE TV_INPUT_HDMI_1 TV_INPUT_HDMI_2 TV_INPUT_HDMI_3 TV_INPUT_HDMI_4
TV_INPUT_COMPOSITE_1 TV_INPUT_COMPOSITE_2 TV_INPUT_COMPONENT_1 TV_INPUT_COMPONENT_2 TV_INPUT_VGA_1 TV_AUDIO_DESCRIPTION
TV_AUDIO_DESCRIPTION_MIX_UP TV_AUDIO_DESCRIPTION_MIX_DOWN TV_ZOOM_MODE TV_CONTENTS_MENU TV_MEDIA_CONTEXT_MENU TV_TIMER_PROGRAMMING HELP
NAVIGATE_PREVIOUS NAVIGATE_NEXT NAVIGATE_IN NAVIGATE_OUT STEM_PRIMARY STEM_1 STEM_2 STEM_3 DPAD_UP_LEFT DPAD_DOWN_LEFT DPAD_UP_RIGHT
DPAD_DOWN_RIGHT MEDIA_SKIP_FORWARD MEDIA_SKIP_BACKWARD MEDIA_STEP_FORWARD MEDIA_STEP_BACKWARD SOFT_SLEEP CUT COPY PASTE
SYSTEM_NAVIGATION_UP SYSTEM_NAVIGATION_DOWN SYSTEM_NAVIGATION_LEFT SYSTEM_NAVIGATION_RIGHT ALL_APPS REFRESH THUMBS_UP THUMBS_DOWN
PROFILE_SWITCH VIDEO_APP_1 VIDEO_APP_2 VIDEO_APP_3 VIDEO_APP_4 VIDEO_APP_5 VIDEO_APP_6 VIDEO_APP_7 VIDEO_APP_8 FEATURED_APP_1
FEATURED_APP_2 FEATURED_APP_3 FEATURED_APP_4 DEMO_APP_1 DEMO_APP_2 DEMO_APP_3 DEMO_APP_4 KEYBOARD_BACKLIGHT_DOWN KEYBOARD_BACKLIGHT_UP
KEYBOARD_BACKLIGHT_TOGGLE STYLUS_BUTTON_PRIMARY STYLUS_BUTTON_SECONDARY STYLUS_BUTTON_TERTIARY STYLUS_BUTTON_TAIL RECENT_APPS MACRO_1
MACRO_2 MACRO_3 MACRO_4
"""
"""Names without `KEYCODE_`, in the order of their numbers."""

KEY_NAMES: Final[tuple[str, ...]] = tuple("KEYCODE_" + name for name in _NAMES.split())
"""Name by number."""
KEYCODES: Final[Mapping[str, int]] = {name: code for code, name in enumerate(KEY_NAMES)}
"""Number by name, `KEYCODE_HOME`."""

_PRESSED: Final[Mapping[int, Key]] = {
    3: "home", 4: "back", 19: "dpad_up", 20: "dpad_down", 21: "dpad_left", 22: "dpad_right", 23: "dpad_center", 24: "volume_up",
    25: "volume_down", 26: "power", 27: "camera", 61: "tab", 66: "enter", 67: "delete", 82: "menu", 83: "notifications", 84: "search",
    111: "escape", 160: "enter", 164: "volume_mute", 187: "recents", 224: "wakeup", 312: "recents",
}  # fmt: skip
PRESS_CODES: Final[Mapping[Key, int]] = {key: code for code, key in reversed(_PRESSED.items())}
"""The code of every key that `Press` knows."""

_PLAIN: Final = {
    17: "*", 18: "#", 55: ",", 56: ".", 62: " ", 68: "`", 69: "-", 70: "=", 71: "[", 72: "]", 73: "\\", 74: ";", 75: "'", 76: "/",
    77: "@", 81: "+", 154: "/", 155: "*", 156: "-", 157: "+", 158: ".", 159: ",", 161: "=", 162: "(", 163: ")",
    **{7 + i: str(i) for i in range(10)}, **{144 + i: str(i) for i in range(10)}, **{29 + i: chr(97 + i) for i in range(26)},
}  # fmt: skip
_SHIFTED: Final = {
    **{29 + i: chr(65 + i) for i in range(26)}, **{7 + i: c for i, c in enumerate(")!@#$%^&*(")},
    55: "<", 56: ">", 68: "~", 69: "_", 70: "+", 71: "{", 72: "}", 73: "|", 74: ":", 75: '"', 76: "?",
}  # fmt: skip
_KEYS_FOR: Final = {
    **{char: (code, META_SHIFT) for code, char in _SHIFTED.items()},
    **{char: (code, 0) for code, char in reversed(_PLAIN.items()) if code < 144 and char not in "*#@+"},
    "\n": (66, 0), "\t": (61, 0),
}  # fmt: skip
_METAS: Final = {59: META_SHIFT, 60: META_SHIFT, 57: META_ALT, 58: META_ALT, 113: META_CTRL, 114: META_CTRL, 115: META_CAPS}
_EDITS: Final = {28: "clear", 112: "forward_delete", 122: "move_home", 123: "move_end", 277: "cut", 278: "copy", 279: "paste"}
_CTRL: Final = {29: "select_all", 31: "copy", 50: "paste", 52: "cut"}
_APPS: Final = {176: "Settings", 207: "Contacts", 208: "Calendar", 209: "Music", 210: "Calculator"}
_BRIGHTNESS_STEP: Final = 25


def name_of(code: int) -> str:
    """Android's name of a key code; the number itself where it has none."""
    return KEY_NAMES[code] if 0 <= code < len(KEY_NAMES) else str(code)


def parse_keycode(text: str) -> int:
    """The code that a number or a name, with or without `KEYCODE_`, stands for; 0 (unknown) for anything else."""
    name = text.strip().upper()
    if name.isascii() and name.isdigit():
        number = int(name[:9])
        return number if number < len(KEY_NAMES) else 0
    return KEYCODES.get(name, KEYCODES.get("KEYCODE_" + name, 0))


def meta_of(codes: Iterable[int]) -> int:
    """Meta state while these keys are held down."""
    meta = 0
    for code in codes:
        meta |= _METAS.get(code, 0)
    return meta


def char_of(code: int, meta: int = 0) -> str:
    """The character that a key types; empty for a key that types none."""
    shift = bool(meta & META_SHIFT)
    if 29 <= code <= 54 and meta & META_CAPS:
        shift = not shift
    return (_SHIFTED.get(code) if shift else None) or _PLAIN.get(code, "")


def keys_for(char: str) -> tuple[int, int] | None:
    """Key code and meta state that type a character; None where the virtual keyboard has no such key."""
    return _KEYS_FOR.get(char)


def press_keycode(phone: VirtualPhone, code: int, meta: int = 0, *, long: bool = False) -> None:
    """Press and let go of a key, with what is held down beside it. No time passes; keys that the phone does not know do nothing.

    Args:
        phone: The phone.
        code: Android key code.
        meta: Android's meta state (`META_SHIFT`, ...).
        long: Hold it down until it is a long press.
    """
    kernel = phone.kernel
    kernel.shell.touched()
    if long and code in _LONG:
        _LONG[code](kernel)
    elif meta & META_CTRL and code in _CTRL:
        kernel.input.edit(_CTRL[code])
    elif meta & META_SHIFT and code in (21, 22, 122, 123):
        kernel.input.edit({21: "select_left", 22: "select_right", 122: "select_home", 123: "select_end"}[code])
    elif (key := _PRESSED.get(code)) is not None:
        kernel.input.key(key)
    elif code in _EDITS:
        kernel.input.edit(_EDITS[code])
    elif code in _SPECIAL:
        _SPECIAL[code](kernel)
    elif kernel.hardware.screen_on:
        _others(kernel, code, meta)


def press_combination(phone: VirtualPhone, codes: Iterable[int]) -> None:
    """Hold down keys one after the other, then let go of all of them, as `input keycombination` does."""
    held: list[int] = []
    codes = tuple(codes)
    if set(codes) == {26, 25}:  # power + volume down would take a screenshot; neither key does its own work
        return
    for code in codes:
        if code not in _METAS:
            press_keycode(phone, code, meta_of(held))
        held.append(code)


def _others(kernel: Kernel, code: int, meta: int) -> None:
    char = "" if meta & (META_CTRL | META_ALT) else char_of(code, meta)
    if char:
        kernel.input.type_text(char, clear=False, submit=False)
    elif code in _APPS and not kernel.hardware.locked:
        app = next((m for m in kernel.packages.launchable() if m.label == _APPS[code]), None)
        if app is not None:
            kernel.activities.launch_app(app.package)
    elif code in (220, 221):
        step = _BRIGHTNESS_STEP if code == 221 else -_BRIGHTNESS_STEP
        kernel.hardware.set_brightness(min(max(kernel.hardware.brightness + step, 1), 255))


def _sleep(kernel: Kernel) -> None:
    if kernel.hardware.screen_on:
        _log(kernel, "sleep")
        kernel.shell.sleep()


def _call(kernel: Kernel) -> None:
    _log(kernel, "call")
    if kernel.telephony.call.ringing:
        kernel.telephony.answer()
    elif not kernel.telephony.call.active and kernel.hardware.screen_on and not kernel.hardware.locked:
        kernel.activities.start(Intent("android.intent.action.DIAL"))


def _end_call(kernel: Kernel) -> None:
    call = kernel.telephony.call
    if call.phase == "idle":  # Android's default: end the call, else put the phone to sleep
        _sleep(kernel)
        return
    _log(kernel, "endcall")
    if call.ringing:
        kernel.telephony.decline()
    else:
        kernel.telephony.hang_up()


def _headset_hook(kernel: Kernel) -> None:
    call = kernel.telephony.call
    if call.phase != "idle":
        _log(kernel, "headsethook")
        if call.ringing:
            kernel.telephony.answer()
        else:
            kernel.telephony.hang_up()


def _mute(kernel: Kernel) -> None:
    call = kernel.telephony.call
    if call.active:
        _log(kernel, "mute")
        kernel.telephony.change(muted=not call.muted)


def _power_menu(kernel: Kernel) -> None:
    if kernel.hardware.screen_on:
        _log(kernel, "power")
        kernel.shell.set(power_menu=True)


def _log(kernel: Kernel, key: str) -> None:
    kernel.journal.append("input", kernel.activities.foreground.package, "press", "read", key=key)


_SPECIAL: Final[Mapping[int, Callable[[Kernel], None]]] = {
    5: _call, 6: _end_call, 79: _headset_hook, 85: _headset_hook, 91: _mute, 223: _sleep, 276: _sleep,
}  # fmt: skip
_LONG: Final[Mapping[int, Callable[[Kernel], None]]] = {26: _power_menu, 79: _end_call}
