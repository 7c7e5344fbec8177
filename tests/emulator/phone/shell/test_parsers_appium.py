"""What Appium runs in a shell, read with its own patterns, says what the phone is, in whatever state."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import pytest

from mobilegym.emulator.phone.hierarchy import rotation_of
from mobilegym.emulator.phone.shell.system import System
from tests.emulator.phone.shell.phone_states import COVERED, NUMBER, SETTINGS, Sh, found, full, in_front, open_settings

# ---------------------------------------------------------------------- Appium


def test_appium_sees_the_app_in_front(sh: Sh, system: System, state: str) -> None:
    text = sh("dumpsys window displays").text
    package, activity, *_ = found(r"^\s*mFocusedApp.+Record\{.*\s([^\s/}]+)/([^\s/},]+),?(\s[^\s/}]+)*\}", text)
    assert (package, full(package, activity)) == (in_front(system)[0], full(*in_front(system)))
    focus = re.search(r"^\s*mCurrentFocus.+\{.+\s([^\s/]+)/([^\s]+)\b", text, re.MULTILINE)
    hidden = state in COVERED
    assert (focus is None) == hidden
    assert focus is None or (focus[1], full(focus[1], focus[2])) == (package, full(package, activity))


def test_appium_sees_the_lock_screen(sh: Sh, system: System, state: str) -> None:
    window, power = sh("dumpsys window").text, sh("dumpsys power").text
    hardware = system.kernel.hardware
    showing = (
        "mShowingLockscreen=true" in window
        or "mDreamingLockscreen=true" in window
        or all(re.search(x, window) for x in (r"KeyguardStateMonitor[\n\s]+mIsShowing=true", r"\s+mInputRestricted=true"))
    )
    assert showing == hardware.locked
    assert (found(r"mScreenOnFully=(\w+)", window) == ("true",)) == hardware.screen_on
    assert bool(re.search(r"\s+screenState=SCREEN_STATE_OFF", window, re.IGNORECASE)) == (not hardware.screen_on)
    assert not re.search(r"mCurrentFocus.+Keyguard", window, re.IGNORECASE)
    dozing = re.search(r"^[\s\w]+wakefulness[^=]*=Dozing$", power, re.IGNORECASE | re.MULTILINE)
    assert dozing is None or not hardware.screen_on
    locked = showing or not hardware.screen_on or bool(dozing)
    assert locked == (state in {"lock screen", "screen off"})


def test_appium_sees_keyboard_size_and_rotation(sh: Sh, system: System, state: str) -> None:
    text = sh("dumpsys input_method").text
    shown = system.kernel.ime.shown
    assert (found(r"mInputShown=(\w+)", text)[0] == "true", found(r"mIsInputViewShown=(\w+)", text)[0] == "true") == (shown, shown)
    assert shown == (state == "keyboard")
    assert found(r"SurfaceOrientation: (\d)", sh("dumpsys input").text) == (str(rotation_of(system.kernel)),)
    assert found(r"Physical size: ([^\r?\n]+)", sh("wm size").text) == ("1080x2400",)
    assert found(r"Physical density: ([^\r?\n]+)", sh("wm density").text) == (str(system.kernel.config.density),)
    assert found(r"init=(\d+)x(\d+)", sh("dumpsys window").text) == ("1080", "2400")


def test_appium_finds_processes(sh: Sh, system: System) -> None:
    open_settings(system)
    processes = sh("dumpsys activity processes").text
    (pid,) = set(re.findall(rf"ProcessRecord\{{[\w]+\s+(\d+):{re.escape(SETTINGS)}/", processes))
    assert sh(f"pidof {SETTINGS}").text == f"{pid}\n" == sh(f"pgrep -f {SETTINGS}").text
    listed = sh("ps -A").text
    (title,) = found(r"^(.*\bPID\b.*\bNAME\b.*)$", listed)
    columns = title.split()
    rows = [line.split() for line in listed.splitlines()[1:]]
    assert [row[columns.index("PID")] for row in rows if row[-1] == SETTINGS] == [pid]
    assert re.search(r"^-A\b", sh("ps --help").text, re.MULTILINE)
    sh(f"am force-stop {SETTINGS}")
    assert not re.search(rf"ProcessRecord\{{[\w]+\s+(\d+):{re.escape(SETTINGS)}/", sh("dumpsys activity processes").text)


def test_appium_reads_packages(sh: Sh, system: System) -> None:
    listed = re.findall(r"^package:(\S+)(?:\s+versionCode:(\d+))?", sh("cmd package list packages --show-versioncode").text, re.MULTILINE)
    assert {name for name, _ in listed} == set(system.kernel.packages.names())
    assert all(version.isdigit() for _, version in listed)
    text = sh(f"dumpsys package {SETTINGS}").text
    assert re.search(rf"^\s*Package\s+\[{re.escape(SETTINGS)}\][^:]+:$", text, re.MULTILINE)
    assert found(r"versionName=([\d+.]+)", text) == (system.kernel.packages.manifest(SETTINGS).version,)
    assert (SETTINGS, *found(r"versionCode=(\d+)", text)) in listed
    assert not re.search(r"^\s*Package\s+\[com.nothing\]", sh("dumpsys package com.nothing").text, re.MULTILINE)
    component = sh(f"cmd package resolve-activity --brief {SETTINGS}").text.splitlines()[-1]
    assert component == f"{SETTINGS}/.Settings"
    assert sh("cmd package resolve-activity --brief com.nothing").text == "No activity found\n"


def test_appium_reads_permissions(sh: Sh, system: System) -> None:
    package = "org.fossify.calendar"
    asked = set(system.kernel.packages.manifest(package).permissions)
    for permission in sorted(asked):
        sh(f"pm grant {package} {permission}")
        text = sh(f"dumpsys package {package}").text
        block = found(r"^(\s*runtime permissions:[\s\S]+)", text)[0]
        granted = dict(re.findall(r"(android\.\w*\.?permission\.\w+): granted=(\w+)", block))
        assert granted[permission] == "true"
        sh(f"pm revoke {package} {permission}")
    text = sh(f"dumpsys package {package}").text
    granted = dict(re.findall(r"(android\.\w*\.?permission\.\w+): granted=(\w+)", found(r"^(\s*runtime permissions:[\s\S]+)", text)[0]))
    assert {name for name in asked if granted.get(name) == "true"} == set(system.kernel.packages.state(package).granted) & asked


def test_appium_hears_broadcasts(sh: Sh, system: System) -> None:
    system.kernel.hardware.set_clipboard("copied")
    text = sh("am broadcast -n io.appium.settings/.receivers.ClipboardReceiver -a io.appium.settings.clipboard.get").text
    assert (found(r"result=(-?\d+)", text), found(r'data="([^"]*)"', text)) == (("-1",), ("Y29waWVk",))
    system.kernel.hardware.set_location(48.2, 11.5)
    text = sh("am broadcast -n io.appium.settings/.receivers.LocationInfoReceiver -a io.appium.settings.location").text
    latitude, longitude, *_ = map(float, found(r'data="([^"]+)"', text)[0].split())
    assert (latitude, longitude) == (48.2, 11.5)


def test_appium_measures_the_bars(sh: Sh, system: System, state: str) -> None:
    windows: dict[str, list[str]] = {}
    title = ""
    for line in sh("dumpsys window windows").text.splitlines():
        if match := re.search(r"^\s+Window\s#\d+\sWindow\{[0-9a-f]+\s\w+\s([\w-]+)\}:$", line):
            title = match[1]
        elif not line.strip():
            title = ""
        elif title:
            windows.setdefault(title, []).append(line)
    ui = system.kernel.ui
    for kind, top, bottom in (("STATUS_BAR", 0, ui.status_bar), ("NAVIGATION_BAR", ui.height - ui.navigation_bar, ui.height)):
        (props,) = ("\n".join(props) for props in windows.values() if any(re.search(rf"\bty={kind}\b", line) for line in props))
        frame = found(r"\bm?[Ff]rame=\[([0-9.-]+),([0-9.-]+)\]\[([0-9.-]+),([0-9.-]+)\]", props)
        assert tuple(map(int, frame)) == (0, top, ui.width, bottom)
        visible = int(found(r"\bmViewVisibility=(0x[0-9a-fA-F]+)", props)[0], 16) == 0
        assert visible == system.kernel.hardware.screen_on


def test_appium_reads_notifications_and_messages(sh: Sh, system: System) -> None:
    def heard(script: str) -> dict[str, Any]:
        return json.loads(found(r'data="(.+)"', sh(script).text)[0])

    system.kernel.telephony.receive_sms(NUMBER, 'He said "hi", \\o/')
    system.phone.pass_time(1000)
    (message,) = heard("am broadcast -n io.appium.settings/.receivers.SmsReader -a io.appium.settings.sms.read")["items"]
    assert (message["address"], message["body"]) == (NUMBER, 'He said "hi", \\o/')
    shown = heard("am broadcast -a io.appium.settings.notifications")["statusBarNotifications"]
    active = system.kernel.notifications.active()
    assert [entry["packageName"] for entry in shown] == [entry.package for entry in active]
    assert any('He said "hi"' in json.dumps(entry, ensure_ascii=False).replace('\\\\"', '"').replace('\\"', '"') for entry in shown)


def test_appium_measures_files(sh: Sh, system: System) -> None:
    system.files.write("/sdcard/Download/it's.bin", b"x" * 12_345)
    (line,) = sh("ls -la '/sdcard/Download/it'\\''s.bin'").text.splitlines()
    assert found(r"[rwxsStT\-+]{10}[\s\d]*\s[^\s]+\s+[^\s]+\s+(\d+)", line) == ("12345",)
    assert sh("[ -e '/sdcard/Download/it'\\''s.bin' ] && echo __PASS__").text == "__PASS__\n"


# Every line that Appium was seen to run, with its exit status and a pattern of what it looks for.
_APP: Final = SETTINGS
APPIUM: Final = (
    ("dumpsys activity services io.appium.settings", 0, r"\A"),
    ("ps -A", 0, r"PID .*NAME"),
    ("dumpsys window", 0, r"mCurrentFocus="),
    ("dumpsys power", 0, r"mWakefulness=Awake"),
    ("am force-stop io.appium.uiautomator2.server.test", 0, r"\A\Z"),
    ("am force-stop io.appium.uiautomator2.server", 0, r"\A\Z"),
    ("cmd package list packages --show-versioncode", 0, r"^package:\S+ versionCode:\d+$"),
    ("[ -e '/sdcard/id.mp4' ] && echo __PASS__", 1, r"\A\Z"),
    ("settings put global hidden_api_policy_pre_p_apps 1;settings put global hidden_api_policy_p_apps 1;"
     "settings put global hidden_api_policy 1", 0, r"\A\Z"),
    ("settings delete global hidden_api_policy_pre_p_apps;settings delete global hidden_api_policy_p_apps;"
     "settings delete global hidden_api_policy", 0, r"^Deleted \d rows$"),
    ("getprop ro.build.version.sdk", 0, r"\A34\n\Z"),
    ("getprop ro.build.version.release", 0, r"\A14\n\Z"),
    ("dumpsys activity services io.appium.settings/.recorder.RecorderService", 0, r"\A"),
    ("ps --help", 0, r"^-A\b"),
    ("dumpsys package io.appium.settings", 0, r"\A"),
    ("cmd notification allow_listener io.appium.settings/.NLService", 0, r"\A\Z"),
    ("am force-stop com.example.demo", 0, r"\A\Z"),
    ("pm list instrumentation", 0, r"\A"),
    ("echo ping", 0, r"\Aping\n\Z"),
    ("dumpsys package io.appium.uiautomator2.server", 0, r"\A"),
    ("dumpsys deviceidle whitelist +io.appium.settings ; dumpsys deviceidle whitelist +io.appium.uiautomator2.server ; "
     "dumpsys deviceidle whitelist +io.appium.uiautomator2.server.test ;", 0, r"\A"),
    (f"pm clear {_APP}", 0, r"\ASuccess\n\Z"),
    (f"am start-activity -W -n {_APP}/.Settings -S -a android.intent.action.MAIN -c android.intent.category.LAUNCHER -f 0x10200000", 0,
     r"^Status: ok\n(.*\n)*Complete$"),
    ("dumpsys window displays", 0, r"^\s*mFocusedApp="),
    ("settings get secure default_input_method", 0, r"\A\S+/\S+\n\Z"),
    ("ime list -s -a", 0, r"^\S+/\S+$"),
    ("dumpsys input_method", 0, r"mInputShown=false"),
    ("dumpsys activity processes", 0, r"ProcessRecord\{"),
    ("settings get global wifi_on", 0, r"\A1\n\Z"),
    ("settings get global mobile_data", 0, r"\A1\n\Z"),
    ("settings get global airplane_mode_on", 0, r"\A0\n\Z"),
    ("screenrecord --time-limit 1 /sdcard/id.mp4", 0, r"\A\Z"),
    (f"pm path {_APP}", 0, r"\Apackage:/\S+\.apk\n\Z"),
    ("pm grant org.fossify.calendar android.permission.READ_CALENDAR ;", 0, r"\A\Z"),
    ("mkdir -p -- '/sdcard'", 0, r"\A\Z"),
    ("mkdir -p -- '/data/local/tmp'", 0, r"\A\Z"),
    (r"input text ''abc%s\&AOk-''", 0, r"\A\Z"),
    ("input keyevent 26", 0, r"\A\Z"),
    ("getprop persist.sys.locale", 0, r"\Aen-US\n\Z"),
    ("dumpsys window windows", 0, r"^  Window #0 Window\{\w+ u0 \S+\}:$"),
    ("date +%Y-%m-%dT%T%z", 0, r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}\n\Z"),
    (f"cmd package resolve-activity --brief {_APP}", 0, rf"^{_APP}/\S+$"),
    ("cat /proc/net/unix", 0, r"\ANum "),
    ("appops set io.appium.settings android:mock_location allow", None, r"\A"),
    ("appops set io.appium.settings PROJECT_MEDIA allow", None, r"\A"),
    (f"am start-activity {_APP}/.Settings", 0, r"^Starting: Intent \{"),
    (f"am start-activity -a android.intent.action.MAIN -c android.intent.category.LAUNCHER -f 0x10200000 -n {_APP}/.Settings", 0,
     r"^Starting: Intent \{"),
    ("am start -W -a android.intent.action.VIEW -d http://x/y com.example.demo", None, r"unable to resolve Intent"),
    ("am broadcast -n io.appium.settings/.receivers.SmsReader -a io.appium.settings.sms.read", 0, r'result=-1, data="\{'),
    ("am broadcast -n io.appium.settings/.receivers.MediaScannerReceiver -a io.appium.settings.scan_media --es path /sdcard/p.txt", 0,
     r"Broadcast completed: result="),
    ("am broadcast -n io.appium.settings/.receivers.ClipboardReceiver -a io.appium.settings.clipboard.get", 0, r'result=-1, data="'),
    ("am broadcast -a io.appium.settings.notifications", 0, r'result=-1, data="\{'),
    ("[ -e '/data/local/tmp/mock_apps.json' ] && echo __PASS__", 1, r"\A\Z"),
    ("am start-activity -n com.nothing/.Nothing", None, r"Error type 3\nError: Activity class \{com.nothing/.+\} does not exist"),
    ("wm dismiss-keyguard", 0, r"\A\Z"),
    ("input touchscreen swipe 540 1920 540 480", 0, r"\A\Z"),
    ("locksettings help", 0, r"set-password"),
    ("locksettings verify", 0, r"verified successfully"),
    ("locksettings get-disabled", 0, r"\b(true|false)\b"),
    ("cmd location is-location-enabled", 0, r"\A(true|false)\n\Z"),
    ("cmd -w wifi set-wifi-enabled enabled", 0, r"\A\Z"),
    ("cmd connectivity airplane-mode", 0, r"\A(en|dis)abled\n\Z"),
    ("cmd uimode night", 0, r"\ANight mode: (yes|no|auto)"),
    ("cmd phone data enable", 0, r"\A"),
    ("cmd bluetooth_manager enable", 0, r"\A"),
    ("svc wifi enable && svc data enable && svc nfc enable", 0, r"\A"),
    ("ls -la /sdcard/Download", 0, r"[rwxsStT\-+]{10}[\s\d]*\s[^\s]+\s+[^\s]+\s+(\d+)"),
    ("ls -t -1 /data/local/tmp/appium_cache 2>&1 || echo _ERROR_", 0, r"_ERROR_"),
    ("service list", 0, r"^\d+\tactivity: \[android\.app\.IActivityManager\]$"),
    ("dumpsys battery", 0, r"^  level: 100$"),
    ("dumpsys netstats", 0, r"\A"),
    ("dumpsys SurfaceFlinger", 0, r"\A"),
)  # fmt: skip


@pytest.mark.parametrize(("script", "status", "pattern"), APPIUM, ids=[row[0][:60] for row in APPIUM])
def test_what_appium_runs(sh: Sh, system: System, script: str, status: int | None, pattern: str) -> None:
    done = sh(script)
    assert done.status != 127
    assert status is None or done.status == status, done
    assert re.search(pattern, (done.stdout + done.stderr).decode(), re.MULTILINE), done
    assert system.unknown == []


def test_appium_changes_keyboards(sh: Sh, system: System) -> None:
    before = sh("settings get secure default_input_method").text
    for name in ("UnicodeIME", "AppiumIME"):
        ime = f"io.appium.settings/.{name}"
        outs = [sh(f"ime {verb} {ime}") for verb in ("enable", "set")]
        assert [done.status == 127 for done in outs] == [False, False]
        assert sh("settings get secure default_input_method").text in {f"{ime}\n", before}
        sh(f"ime disable {ime}; ime set {before}")
    assert sh("settings get secure default_input_method").text == before
