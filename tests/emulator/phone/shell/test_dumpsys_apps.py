"""`dumpsys activity`, `window` and `package`, read as the tools that parse them do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mobilegym.actions import Press
from mobilegym.emulator.phone.shell.system import Finished, System
from tests.emulator.phone.shell.apk_builder import build_apk, manifest_of

Sh = Callable[..., Finished]
CLOCK = "com.google.android.deskclock"
CLS = "com.android.deskclock.DeskClock"
APPIUM_APP = re.compile(r"^\s*mFocusedApp.+Record\{.*\s([^\s/}]+)/([^\s/},]+),?(\s[^\s/}]+)*\}", re.MULTILINE)
APPIUM_FOCUS = re.compile(r"^\s*mCurrentFocus.+\{.+\s([^\s/]+)/(\S+)\b", re.MULTILINE)
ADBUTILS_FOCUS = re.compile(r"mCurrentFocus=Window\{.*\s+(?P<package>\S+)/(?P<activity>\S+)\}")
ADBUTILS_TOP = re.compile(r"ACTIVITY (?P<package>\S+)/(?P<activity>[^/\s]+) \w+ pid=(?P<pid>\d+)")


@pytest.fixture
def clock(sh: Sh) -> None:
    sh(f"am start -n {CLOCK}/{CLS}")


def shown(sh: Sh) -> str:
    return re.findall(r"mCurrentFocus=(.*)", sh("dumpsys window displays").text)[0]


def screen_states(sh: Sh) -> tuple[bool, bool]:
    """Whether Appium takes the phone for locked, and for switched on."""
    text = sh("dumpsys window").text
    locked = (
        "mShowingLockscreen=true" in text
        or "mDreamingLockscreen=true" in text
        or all(re.search(x, text) for x in (r"KeyguardStateMonitor[\n\s]+mIsShowing=true", r"\s+mInputRestricted=true"))
    )
    on = re.findall(r"mScreenOnFully=(\w+)", text)[0] == "true" and not re.search(r"\s+screenState=SCREEN_STATE_OFF", text)
    return locked, on


# ---------------------------------------------------------------------- window


def test_focus_as_its_readers_see_it(sh: Sh, clock: None) -> None:
    text = sh("dumpsys window displays").text
    app, focus = APPIUM_APP.search(text), APPIUM_FOCUS.search(text)
    assert app is not None
    assert focus is not None
    assert app.groups()[:2] == (CLOCK, CLS)
    assert focus.groups() == (CLOCK, CLS)
    whole = ADBUTILS_FOCUS.search(sh("dumpsys window").text)
    assert whole is not None
    assert whole.groupdict() == {"package": CLOCK, "activity": CLS}
    assert "mCurrentFocus" not in sh("dumpsys window windows").text
    assert re.findall(r"init=(\d+)x(\d+)", text) == [("1080", "2400")]
    assert "base=" not in text


def test_focus_follows_what_is_on_top(system: System, sh: Sh, clock: None) -> None:
    assert re.fullmatch(rf"Window{{[0-9a-f]+ u0 {CLOCK}/{CLS}}}", shown(sh))
    system.kernel.shell.set(shade="notifications")
    assert re.fullmatch(r"Window{[0-9a-f]+ u0 NotificationShade}", shown(sh))
    assert APPIUM_APP.search(sh("dumpsys window displays").text) is not None
    system.kernel.shell.set(shade="closed", power_menu=True)
    assert shown(sh).endswith("u0 ActionsDialog}")
    system.kernel.shell.set(power_menu=False)
    assert screen_states(sh) == (False, True)
    system.phone.perform(Press("power"))
    assert screen_states(sh) == (True, False)
    assert shown(sh).endswith("u0 NotificationShade}")
    system.phone.perform(Press("wakeup"))
    assert screen_states(sh) == (True, True)


def test_the_keyboard_is_a_window_without_focus(system: System, sh: Sh) -> None:
    sh("am start -a android.intent.action.INSERT -t vnd.android.cursor.dir/contact")
    top = system.kernel.activities.foreground
    assert top.package == "com.google.android.contacts"
    system.kernel.ime.show()
    field = next(e for e in system.phone.observe().elements if e.cls == "android.widget.EditText")
    system.kernel.input.tap((field.bounds.left + field.bounds.right) / 2, (field.bounds.top + field.bounds.bottom) / 2)
    text = sh("dumpsys window").text
    block = re.findall(r"Window #\d+ Window\{\w+ u0 InputMethod\}:\n(.*?)\n\n", text, re.DOTALL)[0]
    assert "isOnScreen=true" in block
    assert "u0 com.google.android.contacts/" in shown(sh)
    assert re.search(r"mInputMethodWindow=Window\{\w+ u0 InputMethod\}", text)


def test_system_bars_as_appium_reads_them(sh: Sh) -> None:
    windows: dict[str, list[str]] = {}
    name = None
    for line in sh("dumpsys window windows").text.split("\n"):
        match = re.match(r"^\s+Window\s#\d+\sWindow\{[0-9a-f]+\s\w+\s([\w-]+)\}:$", line)
        name = match[1] if match else None if not line.strip() else name
        if name is not None and not match:
            windows.setdefault(name, []).append(line)
    frames = {
        name: re.findall(r"\bm?[Ff]rame=\[([0-9.-]+),([0-9.-]+)\]\[([0-9.-]+),([0-9.-]+)\]", "\n".join(lines))[0]
        for name, lines in windows.items()
    }
    assert frames["StatusBar"] == ("0", "0", "1080", "132")
    assert frames["NavigationBar0"] == ("0", "2337", "1080", "2400")
    assert "mViewVisibility=0x0" in "\n".join(windows["StatusBar"])


def test_rotation(system: System, sh: Sh, clock: None) -> None:
    assert re.findall(r"mCurrentRotation=ROTATION_(\d+)", sh("dumpsys window displays").text) == ["0"]
    system.kernel.settings.put("system", "user_rotation", "1")
    text = sh("dumpsys window displays").text
    assert re.findall(r"mCurrentRotation=ROTATION_(\d+)", text) == ["90"]
    assert "init=1080x2400" in text
    assert "cur=2400x1080" in text


def test_window_sections(sh: Sh) -> None:
    assert sh("dumpsys window lastanr").text == "WINDOW MANAGER LAST ANR (dumpsys window lastanr)\n  <no ANR has occurred since boot>\n"
    assert sh("dumpsys window nonsense").text == "Bad window command, or no windows match: nonsense\nUse -h for help.\n"
    assert sh("dumpsys window StatusBar").text.count("Window #") == 1
    whole = sh("dumpsys window").text
    titles = re.findall(r"^WINDOW MANAGER (.*) \(dumpsys window (.*)\)$", whole, re.MULTILINE)
    assert [title for title, _ in titles] == [
        "LAST ANR", "POLICY STATE", "ANIMATOR STATE", "SESSIONS", "DISPLAY CONTENTS", "TOKENS", "WINDOWS", "TRACE", "LOGGING",
        "HIGH REFRESH RATE BLACKLIST", "CONSTANTS",
    ]  # fmt: skip
    for section in ("policy", "sessions", "tokens", "visible", "visible-apps", "all", "trace", "refresh"):
        assert sh(f"dumpsys window {section}").text.startswith(("WINDOW MANAGER ", "ROOT"))


# ---------------------------------------------------------------------- activity


def test_activities(sh: Sh, clock: None) -> None:
    text = sh("dumpsys activity activities").text
    record = re.findall(r"topResumedActivity=ActivityRecord\{([0-9a-f]+)\s+u\d+\s+([^\s]+) (t\d+)\}", text)
    assert [(name, task) for _, name, task in record] == [(f"{CLOCK}/{CLS}", "t2")]
    assert re.findall(r"\* Hist\s+#\d+:\s+ActivityRecord\{\w+ u0 (\S+)", text) == [
        f"{CLOCK}/{CLS}", "com.google.android.apps.nexuslauncher/.NexusLauncherActivity",
    ]  # fmt: skip
    assert f"  ResumedActivity: ActivityRecord{{{record[0][0]} u0 {CLOCK}/{CLS} t2}}" in text
    assert "mKeyguardShowing=false" in text
    assert "nexuslauncher/.Nexus" not in sh(f"dumpsys activity -p {CLOCK} activities").text.split("Resumed activities")[0].replace(
        "launchedFrom", ""
    )


def test_data_of_intents_is_not_hidden(sh: Sh) -> None:
    sh("am start -a android.intent.action.DIAL -d tel:5550100")
    assert re.findall(r"Intent \{[^\n]*\bdat=([^\s]+)", sh("dumpsys activity activities").text) == ["tel:5550100"]


def test_top(system: System, sh: Sh, clock: None) -> None:
    found = [m.groupdict() for m in ADBUTILS_TOP.finditer(sh("dumpsys activity top").text)]
    assert (found[-1]["package"], found[-1]["activity"]) == (CLOCK, CLS)
    assert int(found[-1]["pid"]) == system.processes.of_package(CLOCK)[0].pid
    assert "View Hierarchy:" in sh(f"dumpsys activity {CLOCK}").text
    assert sh("dumpsys activity no.such").text == "Bad activity command, or no activities match: no.such\nUse -h for help.\n"


def test_processes(system: System, sh: Sh, clock: None) -> None:
    pattern = re.compile(rf"ProcessRecord\{{[\w]+\s+(\d+):{re.escape(CLOCK)}/")
    pids = set(pattern.findall(sh("dumpsys activity processes").text))
    assert pids == {str(system.processes.of_package(CLOCK)[0].pid)}
    assert re.search(rf"#\d+: fg     TOP  LCM \d+:{CLOCK}/u0a\d+ act:", sh("dumpsys activity lru").text)
    sh(f"am force-stop {CLOCK}")
    assert not pattern.search(sh("dumpsys activity processes").text)


def test_recents(sh: Sh) -> None:
    assert "  (nothing)" in sh("dumpsys activity recents").text
    sh(f"am start -n {CLOCK}/{CLS}; am start -n com.android.settings/.Settings")
    text = sh("dumpsys activity recents").text
    assert re.findall(r"Recent #\d+: Task\{\w+ #(\d+) .*A=\d+:(\S+)\}", text) == [("3", "com.android.settings"), ("2", CLOCK)]
    assert re.findall(r"^    id=(\d+) ", text, re.MULTILINE) == ["3", "2"]


@pytest.mark.parametrize(
    "section", ["broadcasts", "providers", "intents", "settings", "exit-info", "services", "top-resumed", "visible", "oom"]
)
def test_activity_sections(sh: Sh, section: str) -> None:
    assert sh(f"dumpsys activity {section}").text.startswith("ACTIVITY MANAGER ")


def test_dumps_are_the_same_for_the_same_phone(sh: Sh, clock: None) -> None:
    for what in ("activity activities", "window", f"package {CLOCK}", "activity processes"):
        assert sh(f"dumpsys {what}").stdout == sh(f"dumpsys {what}").stdout


# ---------------------------------------------------------------------- package


def test_package(sh: Sh) -> None:
    permissions = ("android.permission.INTERNET", "android.permission.CAMERA", "android.permission.READ_SMS")
    data = build_apk(manifest_of("com.example.demo", version=12, permissions=permissions))
    sh(f"pm install -S {len(data)}", stdin=data)
    sh("pm grant com.example.demo android.permission.READ_SMS")
    text = sh("dumpsys package com.example.demo").text
    assert re.search(r"^\s*Package\s+\[com\.example\.demo\][^:]+:$", text, re.MULTILINE)
    assert re.findall(r"versionName=([\d+.]+)", text) == ["12.0"]
    assert re.findall(r"versionCode=(\d+)", text) == ["12"]
    assert re.findall(r"targetSdk=(\d+)", text) == ["34"]
    assert re.findall(r"PackageSignatures\{.*?\[(.*)\]\}", text) != []
    assert re.findall(r"pkgFlags=\[(.*)\]", text) == [" HAS_CODE ALLOW_CLEAR_USER_DATA ALLOW_BACKUP "]
    assert re.findall(r"(?:lastUpdateTime|firstInstallTime)=(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", text) == ["2026-03-11 09:30:00"] * 2
    assert re.findall(r"(android\.\w*\.?permission\.\w+): granted=false", text) == ["android.permission.CAMERA"]
    assert "install permissions:\n      android.permission.INTERNET: granted=true\n" in text
    main = text.index("      android.intent.action.MAIN:")
    assert re.match(r"\n        [0-9a-f]+ com\.example\.demo/\.Main filter [0-9a-f]+\n", text[main:].partition(":")[2])


def test_packages(sh: Sh) -> None:
    assert sh("dumpsys package no.such").text == "Unable to find package: no.such\n"
    text = sh("dumpsys package").text
    assert set(re.findall(r"^  Package \[(.*)\] ", text, re.MULTILINE)) == {line[8:] for line in sh("pm list packages").text.split()}
    assert "flags=[ SYSTEM HAS_CODE" in sh("dumpsys package com.android.settings").text
    assert "bucket=" in sh(f"dumpsys usagestats {CLOCK}").text


# ---------------------------------------------------------------------- monkey


def test_monkey_opens_an_app_as_fixtures_have_it(system: System, sh: Sh) -> None:
    done = sh(f"monkey -p {CLOCK} -c android.intent.category.LAUNCHER 1")
    assert done.text == (
        f"  bash arg: -p\n  bash arg: {CLOCK}\n  bash arg: -c\n  bash arg: android.intent.category.LAUNCHER\n  bash arg: 1\n"
        "Events injected: 1\n## Network stats: elapsed time=9ms (0ms mobile, 0ms wifi, 9ms not connected)\n"
    )
    assert done.stderr.decode().startswith(f'args: [-p, {CLOCK}, -c, android.intent.category.LAUNCHER, 1]\n arg: "-p"\n')
    assert system.phone.activity().package == CLOCK
    none = sh("monkey -p no.such 1")
    assert (none.status, none.text.splitlines()[-1]) == (252, "** No activities found to run, monkey aborted.")
    assert sh("monkey --pct-nonsense 3 1").status == 255


def test_monkey_plays_the_same_game_for_the_same_seed(system: System) -> None:
    import asyncio

    from mobilegym.emulator.phone.shell.system import System as Another

    other = Another(system.phone.fork())
    for one in (system, other):
        done = asyncio.run(one.run(f"monkey -p {CLOCK} -s 11 --throttle 50 -v -v 40"))
        assert "Events injected: 40" in done.text
        assert "// Monkey finished" in done.text
    assert system.phone.state_tree() == other.phone.state_tree()
    assert system.phone.journal() == other.phone.journal()
