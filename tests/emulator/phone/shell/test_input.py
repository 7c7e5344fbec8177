"""`input` does to the phone exactly what the same action does in-process."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.actions import DeviceAction, DoubleTap, LongPress, OpenApp, Press, Swipe, Tap, Type, Wait
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.keycodes import (
    KEY_NAMES,
    KEYCODES,
    META_CTRL,
    META_SHIFT,
    PRESS_CODES,
    char_of,
    keys_for,
    parse_keycode,
    press_keycode,
)
from mobilegym.emulator.phone.shell.process import JavaError
from mobilegym.emulator.phone.shell.system import Finished, System
from tests.emulator.phone.shell.direct import run, script
from tests.emulator.phone.twins import look
from tests.emulator.phone.wander import start

PRINTABLE = "".join(chr(c) for c in range(32, 127))


def lines_for(action: DeviceAction, phone: VirtualPhone) -> list[str] | None:
    """The shell's words for an action; None for those that take more than `input`."""
    w, h = phone.kernel.ui.width, phone.kernel.ui.height
    match action:
        case Tap(x, y):
            return [f"input tap {x * w!r} {y * h!r}"]
        case DoubleTap(x, y):
            return [f"input tap {x * w!r} {y * h!r}"] * 2
        case LongPress(x, y, ms):
            return [f"input swipe {x * w!r} {y * h!r} {x * w!r} {y * h!r} {ms}"]
        case Swipe(x1, y1, x2, y2, ms):
            return [f"input swipe {x1 * w!r} {y1 * h!r} {x2 * w!r} {y2 * h!r} {ms}"]
        case Type(text, False, False) if text and set(text) <= set(PRINTABLE) - {" ", "%"}:
            return [f"input text {text}"]
        case Press(key):
            return [f"input keyevent {PRESS_CODES[key]}"]
        case _:
            return None


def walk_as_twins(seed: int, steps: int) -> None:
    phone, wanderer = start(seed)
    system = System(phone.fork())
    for _ in range(steps):
        action = wanderer.draw(phone.observe())
        lines = lines_for(action, phone)
        phone.perform(action)
        if lines is None:
            system.phone.perform(action)
        else:
            script(system, *lines)
        assert look(system.phone) == look(phone), action
        assert system.kernel.clock.now_ms == phone.kernel.clock.now_ms, action
        assert system.phone.journal() == phone.journal(), action
    assert system.phone.state_tree() == phone.state_tree()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_shell_and_the_action_leave_the_same_phone(seed: int) -> None:
    walk_as_twins(seed, 40)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 30))
def test_the_shell_and_the_action_leave_the_same_phone_for_long(seed: int) -> None:
    walk_as_twins(seed, 150)


def test_nothing_but_keys_does_anything_while_the_screen_is_off(system: System) -> None:
    script(system, "input keyevent POWER")
    before = system.phone.state_tree(), system.kernel.clock.now_ms
    script(system, "input tap 500 1200", "input swipe 500 2300 500 300 100", "input text hello")
    assert (system.phone.state_tree(), system.kernel.clock.now_ms) == before
    script(system, "input keyevent KEYCODE_WAKEUP")
    assert system.kernel.hardware.screen_on


# ---------------------------------------------------------------------- text


def focus_search(system: System) -> None:
    system.phone.perform(OpenApp("Settings"))
    field = next(e for e in system.phone.observe().elements if e.text.startswith("Search"))
    x, y = field.bounds.center
    script(system, f"input tap {x} {y}")
    if system.kernel.ime.spec() is None:
        edit = next(e for e in system.phone.observe().elements if e.cls.endswith("EditText"))
        x, y = edit.bounds.center
        script(system, f"input tap {x} {y}")


def typed(system: System) -> str:
    surface = system.kernel.ime.surface()
    assert surface is not None
    return surface.field(surface.focus)


def test_text_knows_only_one_escape_and_only_its_own_keys(system: System) -> None:
    focus_search(system)
    run(system, "input", "text", "a%sb%c%%s", "ignored")
    assert typed(system) == "a b%c% "
    with pytest.raises(JavaError, match="Attempt to get length of null array") as error:
        run(system, "input", "text", "abcé")
    assert error.value.kind == "java.lang.NullPointerException"
    assert typed(system) == "a b%c% "


def test_text_takes_time_by_its_length(system: System) -> None:
    focus_search(system)
    before = system.kernel.clock.now_ms
    script(system, "input text abcd")
    assert system.kernel.clock.now_ms - before == 4 * 30 + 500


def test_text_without_a_field_does_nothing_and_says_nothing(system: System) -> None:
    before = system.kernel.clock.now_ms
    finished = script(system, "input text abcd")
    assert (finished.status, finished.stdout, finished.stderr, system.kernel.clock.now_ms) == (0, b"", b"", before)


def test_a_combination_selects_and_cuts_and_pastes(system: System) -> None:
    focus_search(system)
    script(system, "input text wifi", "input keycombination CTRL_LEFT A", "input keycombination -t 10 113 52")
    assert (typed(system), system.kernel.hardware.clipboard()) == ("", "wifi")
    script(system, "input keyevent KEYCODE_PASTE 279 MOVE_HOME FORWARD_DEL MOVE_END DEL")
    assert typed(system) == "ifiwif"
    script(system, "input keycombination SHIFT_LEFT MOVE_HOME", "input keyevent COPY CLEAR")
    assert (typed(system), system.kernel.hardware.clipboard()) == ("", "ifiwif")


def test_letters_come_from_keys_too(system: System) -> None:
    focus_search(system)
    script(system, "input keyevent A KEYCODE_B 10 --weird")
    press_keycode(system.phone, KEYCODES["KEYCODE_C"], META_SHIFT)
    press_keycode(system.phone, KEYCODES["KEYCODE_D"], META_CTRL)
    assert typed(system) == "ab3C"


def test_the_keyboard_of_appium_decodes_its_encoding(system: System) -> None:
    focus_search(system)
    system.kernel.settings.put("secure", "default_input_method", "io.appium.settings/.UnicodeIME")
    run(system, "input", "text", "abc%s&AOk-&-&ZeU-")
    assert typed(system) == "abc é&日"


# ---------------------------------------------------------------------- keys


def test_every_key_that_an_agent_may_press_has_a_code() -> None:
    assert len(KEY_NAMES) == 317
    known = {"KEYCODE_HOME": 3, "KEYCODE_A": 29, "KEYCODE_ENTER": 66, "KEYCODE_F12": 142, "KEYCODE_APP_SWITCH": 187, "KEYCODE_SLEEP": 223,
             "KEYCODE_PASTE": 279, "KEYCODE_MACRO_4": 316, "KEYCODE_3D_MODE": 206, "KEYCODE_VOLUME_MUTE": 164}  # fmt: skip
    assert {name: KEYCODES[name] for name in known} == known


@given(st.sampled_from(PRINTABLE))
def test_the_keys_for_a_character_type_it(char: str) -> None:
    found = keys_for(char)
    assert found is not None
    assert char_of(*found) == char


@given(st.text())
def test_any_text_is_some_key_code(text: str) -> None:
    assert 0 <= parse_keycode(text) < len(KEY_NAMES)


@given(st.integers(-5, 400), st.integers(0, 0x20_0000))
def test_any_key_may_be_pressed(code: int, meta: int) -> None:
    press_keycode(PHONE, code, meta)


PHONE = VirtualPhone()


def test_calls_are_taken_and_ended_by_keys(system: System) -> None:
    system.kernel.telephony.ring("5550100")
    script(system, "input keyevent CALL")
    assert system.kernel.telephony.call.active
    script(system, "input keyevent ENDCALL")
    assert system.kernel.telephony.call.phase == "idle"


def test_a_long_press_of_power_brings_up_the_menu(system: System) -> None:
    script(system, "input keyevent --longpress POWER")
    assert system.kernel.shell.state.power_menu


# ---------------------------------------------------------------------- touches


def open_picture(system: System) -> None:
    from tests.emulator.phone.furniture import furnish

    furnish(system.phone)
    system.phone.packages.grant("org.fossify.gallery", "android.permission.READ_MEDIA_IMAGES")
    row = system.kernel.content.media.images()[0]
    system.phone.packages.start("android.intent.action.VIEW", data=f"content://media/external/images/media/{row.id}", mime="image/jpeg")
    system.phone.perform(Wait(500))


def test_two_taps_in_one_script_are_a_double_tap_and_in_two_they_are_not(system: System) -> None:
    open_picture(system)
    assert system.kernel.input.takes_double(540, 1200)
    script(system, "input tap 540 1200", "input tap 545 1205")
    assert [e.name for e in system.phone.journal() if e.kind == "input"][-1] == "double_tap"
    script(system, "input tap 540 1200")
    script(system, "input tap 540 1200")
    assert [e.name for e in system.phone.journal() if e.kind == "input"][-2:] == ["tap", "tap"]


def test_a_held_back_tap_comes_before_what_follows(system: System) -> None:
    open_picture(system)
    script(system, "input tap 540 1200", "input keyevent BACK")
    assert [e.name for e in system.phone.journal() if e.kind == "input"][-2:] == ["tap", "press"]


def test_events_of_a_finger_make_a_gesture_when_it_lifts(system: System) -> None:
    script(system, "input motionevent DOWN 540 2390", "input motionevent MOVE 540 1500")
    assert system.touch.held == {0}
    system.phone.clock.advance(100)
    script(system, "input motionevent up 540 600")
    assert [e.name for e in system.phone.journal() if e.kind == "input"] == ["swipe"]


def test_drag_and_drop_moves_what_can_be_dragged(system: System) -> None:
    script(system, "input draganddrop 540 1500 540 500 400")
    assert [e.name for e in system.phone.journal() if e.kind == "input"][-1] in ("swipe", "long_press")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("tap x 1", "Error: Invalid arguments for command: tap"), ("tap 1", 'Argument expected after "1"'),
        ("swipe 1 2 3 4 z", "Error: Invalid arguments for command: swipe"), ("text", 'Argument expected after "text"'),
        ("-d x tap 1 1", "Error: Invalid arguments for display ID."), ("motionevent JUMP 1 1", "Unknown action: JUMP"),
        ("keycombination A", "keycombination requires at least 2 keycodes"), ("keycombination A NOSUCH", "Unknown keycode: NOSUCH"),
        ("touchscreen", 'Argument expected after "touchscreen"'), ("tap 1e999999x 1", "Error: Invalid arguments for command: tap"),
    ],
)  # fmt: skip
def test_errors_read_as_on_android(system: System, words: str, message: str) -> None:
    with pytest.raises(JavaError) as error:
        run(system, "input", *words.split(" "))
    assert error.value.text == message


@pytest.mark.parametrize("words", ["scroll 1 1", "foo", ""])
def test_unknown_commands_end_with_255(system: System, words: str) -> None:
    assert run(system, "input", *words.split()).status == 255


def test_sources_and_displays_are_taken(system: System) -> None:
    assert script(system, "input touchscreen -d 0 tap 10 2000", "input keyboard keyevent 3").status == 0


# ---------------------------------------------------------------------- in a shell


def test_a_script_of_inputs_rests_once(sh: Callable[..., Finished], system: System) -> None:
    before = system.kernel.clock.now_ms
    assert sh("input swipe 500 1800 500 900 250; input keyevent HOME && input keyevent 4").status == 0
    assert system.kernel.clock.now_ms - before == 250 + 500


def test_errors_in_a_shell(sh: Callable[..., Finished]) -> None:
    finished = sh("input tap a b")
    assert finished.status == 255
    assert b"Exception occurred while executing 'tap':" in finished.stderr
    assert b"java.lang.IllegalArgumentException: Error: Invalid arguments for command: tap" in finished.stderr


def test_what_is_seen_after_an_input_is_at_rest(sh: Callable[..., Finished], system: System) -> None:
    text = sh("input swipe 540 2300 540 600 200; uiautomator dump /dev/tty").text
    assert text.startswith("<?xml")
    twin = VirtualPhone()
    twin.perform(Swipe(540 / 1080, 2300 / 2400, 540 / 1080, 600 / 2400, 200))
    assert system.phone.observe() == twin.observe()
