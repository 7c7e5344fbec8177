"""Who parses what: the commands that well-known tools run, read with their own patterns, say what the phone is, in whatever state."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from mobilegym.actions import Press
from mobilegym.emulator.phone.hierarchy import rotation_of
from mobilegym.emulator.phone.shell.system import System
from tests.emulator.phone.shell.phone_states import COVERED, HOME, NUMBER, SETTINGS, Sh, found, full, in_a_call, in_front, yes


def upright(system: System) -> bool:
    return rotation_of(system.kernel) % 2 == 0


# ---------------------------------------------------------------------- adbutils, uiautomator2


def test_adbutils(sh: Sh, system: System, state: str) -> None:
    display = sh("dumpsys display").text
    turned = rotation_of(system.kernel)
    assert next(int(m[1]) for line in display.splitlines() if (m := re.search(r".*?orientation=(\d+)", line))) == turned
    viewport = found(r"DisplayViewport\{.*?valid=true, .*?orientation=(\d+), .*?deviceWidth=(\d+), deviceHeight=(\d+)", display)
    assert viewport[0] == str(turned)
    assert {viewport[1], viewport[2]} == {"1080", "2400"}
    assert ("mHoldingDisplaySuspendBlocker=true" in sh("dumpsys power").text) == system.kernel.hardware.screen_on
    tops = re.findall(r"ACTIVITY (?P<p>[^\s]+)/(?P<a>[^/\s]+) \w+ pid=(?P<pid>\d+)", sh("dumpsys activity top").text)
    package, activity, pid = tops[-1]
    assert (package, full(package, activity)) == (in_front(system)[0], full(*in_front(system)))
    assert pid == sh(f"pidof {package}").text.strip()
    dump = sh("rm -f /data/local/tmp/d.xml; uiautomator dump /data/local/tmp/d.xml && echo success")
    dumped = (dump.stdout + dump.stderr).decode()
    assert ("ERROR" in dumped) == (state == "screen off")
    if state == "screen off":
        return
    assert dumped.endswith("success\n")
    assert ElementTree.fromstring(sh("cat /data/local/tmp/d.xml").stdout).get("rotation") == str(turned)


# ---------------------------------------------------------------------- python-androidtv


def test_androidtv(sh: Sh, system: System, state: str) -> None:
    hardware = system.kernel.hardware
    on = "(dumpsys power | grep 'Display Power' | grep -q 'state=ON' || dumpsys power | grep -q 'mScreenOn=true')"
    assert yes(sh, on) == hardware.screen_on
    assert yes(sh, "dumpsys power | grep mWakefulness | grep -q Awake") == hardware.screen_on
    assert found(r"Locks: size=(\d+)$", sh("dumpsys power | grep Locks | grep 'size='").text)
    current = (
        "CURRENT_APP=$(dumpsys window windows | grep -E -m 1 'imeLayeringTarget|imeInputTarget|imeControlTarget') && "
        "CURRENT_APP=${CURRENT_APP%%/*} && CURRENT_APP=${CURRENT_APP##* } && echo $CURRENT_APP"
    )
    if state not in COVERED:
        assert sh(current).text == f"{in_front(system)[0]}\n"
    sound = sh(r"dumpsys audio | grep '\- STREAM_MUSIC:' -A 11").text
    block = found(r"STREAM_MUSIC(.*?)- STREAM", sound, re.DOTALL | re.MULTILINE)[0]
    assert found(r"Devices: (.*?)\W", block) == ("speaker",)
    assert found(r"Max: (\d{1,})", block) == (str(hardware.max_volume("media")),)
    assert found(r"Muted: (.*?)\W", block) == ("true" if hardware.volume("media") == 0 else "false",)
    assert found(r"speaker\): (\d{1,})", block) == (str(hardware.volume("media")),)
    playing = sh("dumpsys media_session | grep -A 100 'Sessions Stack' | grep -A 100 com.example.music | grep -m 1 'state=PlaybackState {'")
    assert (playing.status, playing.stdout) == (1, b"")
    paused = r"dumpsys audio | grep paused | grep -qv 'Buffer Queue' && echo -e '1\c' || "
    assert sh(paused + r"(dumpsys audio | grep started | grep -qv 'Buffer Queue' && echo '2\c' || echo '0\c')").text == "0"
    hdmi = sh("dumpsys activity starter | grep -E -o '(ExternalTv|HDMI)InputService/HW[0-9]' -m 1 | grep -o 'HW[0-9]'")
    assert (hdmi.status, hdmi.stdout) == (1, b"")
    running = sh("ps -A | grep u0_a").text.splitlines()
    # Settings runs as the system's own user, the launcher as one of the apps'.
    assert {HOME, SETTINGS} & {line.rsplit(maxsplit=1)[-1] for line in running} == {HOME}


def test_androidtv_of_one_device(sh: Sh, system: System) -> None:
    sh("cmd media_session volume --show --stream 3 --set 7")
    assert system.kernel.hardware.volume("media") == 7
    assert found(r"volume is (\d+) in range \[0\.\.(\d+)\]", sh("cmd media_session volume --show --stream 3 --get").text) == ("7", "25")
    sh("input keyevent 164")
    assert found(r"Muted: (.*?)\W", sh(r"dumpsys audio | grep '\- STREAM_MUSIC:' -A 11").text) == ("true",)
    assert found(r"ether (.*?) brd", sh("ip addr show wlan0 | grep -m 1 ether").text)[0].count(":") == 5
    words = sh("getprop ro.product.manufacturer && getprop ro.product.model && getprop ro.serialno && getprop ro.build.version.release")
    assert [bool(word) for word in words.text.splitlines()] == [True] * 4
    sh(f"if [ {HOME} != '{SETTINGS}' ]; then monkey -p {SETTINGS} -c android.intent.category.LAUNCHER --pct-syskeys 0 1; fi")
    assert in_front(system)[0] == SETTINGS


# ---------------------------------------------------------------------- android_env, AndroidWorld


def test_android_world(sh: Sh, system: System, state: str) -> None:
    turned = rotation_of(system.kernel)
    assert found(r"mCurrentRotation=ROTATION_(\d+)", sh("dumpsys window | grep mCurrentRotation").text) == (str(turned * 90),)
    frame = found(r"logicalFrame=\[0, 0, (\d+), (\d+)\]", sh("dumpsys input | grep logicalFrame").text)
    assert frame == (("1080", "2400") if upright(system) else ("2400", "1080"))
    assert found(r"physicalFrame=\[(\d+), (\d+), (\d+), (\d+)\]", sh("dumpsys input | grep physicalFrame").text)[:2] == ("0", "0")
    phase = system.kernel.telephony.call.phase
    code = found(r"mCallState=(\d)", sh("dumpsys telephony.registry").text)[0]
    assert {"0": "idle", "1": "ringing", "2": "active"}[code] == phase
    stack = sh("am stack list").text
    visible = re.findall(r"taskId=\d+: (\S+) .*visible=true topActivity=ComponentInfo\{(\S+?)\}", stack)
    if state not in {"lock screen", "screen off"}:
        package, activity = visible[0][1].split("/")
        assert (package, full(package, activity)) == (in_front(system)[0], full(*in_front(system)))
    sh("rm -f /sdcard/window_dump.xml; uiautomator dump /sdcard/window_dump.xml")
    if state == "screen off":
        assert not system.files.exists("/sdcard/window_dump.xml")
        return
    assert ElementTree.fromstring(sh("cat /sdcard/window_dump.xml").stdout).tag == "hierarchy"


def test_android_world_prepares_a_phone(sh: Sh, system: System) -> None:
    in_a_call(system)
    sh("input keyevent KEYCODE_ENDCALL")
    assert system.kernel.telephony.call.phase == "idle"
    assert sh("content query --uri content://call_log/calls").text.startswith("Row: 0 ")
    assert sh("content delete --uri content://call_log/calls").status == 0
    assert sh("content query --uri content://call_log/calls").text == "No result found.\n"
    sh("settings put global heads_up_notifications_enabled 0")
    assert system.kernel.settings.get("global", "heads_up_notifications_enabled") == "0"
    assert sh(f"am start -a android.intent.action.CALL -d tel:{NUMBER}").status == 0
    assert (system.kernel.telephony.call.phase, system.kernel.telephony.call.number) == ("active", NUMBER)
    assert sh("pm clear com.android.providers.contacts").text == "Success\n"
    assert sh("content query --uri content://contacts/phones/").text == "No result found.\n"
    assert "heads_up_notifications_enabled=0" in sh("settings list global").text.splitlines()


# ---------------------------------------------------------------------- KnowU-Bench


def test_knowu(sh: Sh, system: System, state: str) -> None:
    top = re.search(r"topResumedActivity=ActivityRecord\{([0-9a-f]+)\s+u\d+\s+([^\s]+)", sh("dumpsys activity activities").text)
    # Behind the lock screen nothing is resumed.
    assert (top is None) == (state in {"lock screen", "screen off"})
    package, activity = top[2].split("/") if top is not None else in_front(system)
    assert (package, full(package, activity)) == (in_front(system)[0], full(*in_front(system)))
    focus = found(r"mCurrentFocus=(.*)", sh("dumpsys window").text)[0]
    if state in {"home", "app", "keyboard", "landscape", "ringing", "call"}:
        assert found(r"\s([\w.]+)/", focus) == (package,)
    states = re.findall(r"\[Call id=\S+, state=(\w+),", sh("dumpsys telecom").text)
    phase = system.kernel.telephony.call.phase
    assert set(states) == {"idle": set[str](), "ringing": {"RINGING"}, "active": {"ACTIVE"}}[phase]
    media = system.kernel.hardware.volume("media")
    assert found(r"volume is (\d+)", sh("cmd media_session volume --stream 3 --get").text) == (str(media),)
    assert found(r"- STREAM_MUSIC:[\s\S]*?Current:.*?\(speaker\): (\d+)", sh("dumpsys audio").text) == (str(media),)
    assert sh("date +%s").text.strip() == str(system.kernel.clock.now_ms // 1000)


def test_knowu_reads_files_and_mode(sh: Sh, system: System) -> None:
    system.files.write("/sdcard/Download/a b.txt", b"12345", mtime_ms=1_770_000_000_000)
    assert sh("stat -c '%s %Y %n' '/sdcard/Download/a b.txt'").text == "5 1770000000 /sdcard/Download/a b.txt\n"
    sh("cmd uimode night yes")
    assert sh("cmd uimode night").text == "Night mode: yes\n"
    assert found(r"(\d+)", sh("wm density").text) == (str(system.kernel.config.density),)
    # This Android cannot set it from a shell.
    assert sh("cmd audio set-ringer-mode SILENT").status == 255
    system.kernel.hardware.set_ringer_mode("silent")
    assert found(r"mode \(internal\) = (\w+)", sh("dumpsys audio").text) == ("SILENT",)
    assert sh("settings get global mode_ringer").text == "0\n"
    assert sh("settings get global zen_mode").text == "0\n"
    system.kernel.telephony.receive_sms(NUMBER, "a, b=c")
    rows = sh("content query --uri content://sms/inbox --projection address:body").text
    assert rows.splitlines()[0] == f"Row: 0 address={NUMBER}, body=a, b=c"
    text = "am start -a android.intent.action.VIEW -d content://none -t application/x-none"
    assert "unable to resolve" in (sh(text).stdout + sh(text).stderr).decode()


# ---------------------------------------------------------------------- Maestro, scrcpy, agents


def test_maestro(sh: Sh, system: System) -> None:
    for words, airplane in (("enable", True), ("disable", False)):
        assert sh(f"cmd connectivity airplane-mode {words}").status == 0
        assert sh("cmd connectivity airplane-mode").text.strip() == f"{words}d"
        assert system.kernel.hardware.airplane == airplane
    assert SETTINGS in re.findall(r"^package:(\S+)$", sh("pm list packages --user 0").text, re.MULTILINE)
    assert sh(f"appops set --uid {SETTINGS} MANAGE_EXTERNAL_STORAGE allow").status == 0
    assert sh(f"am force-stop {SETTINGS}; am kill {SETTINGS}").status == 0
    for put in ("system accelerometer_rotation 0", "system user_rotation 1", "global http_proxy 10.0.2.2:8080", "global http_proxy :0"):
        assert sh(f"settings put {put}").status == 0
    assert system.kernel.hardware.rotation == 1
    sh("settings put system user_rotation 0; logcat -c; log -t Maestro here")
    lines = sh("logcat -v time -d").text.splitlines()
    assert re.fullmatch(r"\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} I/Maestro ?\( *\d+\): here", lines[-1])
    assert sh("screenrecord --bit-rate 100000 /sdcard/maestro.mp4 & sleep 1; killall -INT screenrecord; wait").status in {0, 130}
    assert system.files.read("/sdcard/maestro.mp4")[4:8] == b"ftyp"
    assert sh("dumpsys activity activities | grep -m 1 mResumedActivity; true").status == 0


def test_scrcpy(sh: Sh) -> None:
    line = next(line for line in sh("ip route").text.splitlines() if " dev wlan0 " in line)
    words = line.split()
    assert words[words.index("src") + 1] == "10.0.2.16"
    assert sh("getprop ro.build.version.sdk").text == "34\n"
    assert sh("settings get global stay_on_while_plugged_in").text.strip().isdigit()
    assert sh("settings get system show_touches").text.strip() in {"0", "1", "null"}


def test_agents(sh: Sh, system: System, state: str) -> None:
    lines = sh("dumpsys window | grep -E 'mCurrentFocus|mFocusedApp'").text.splitlines()
    assert {line.split("=")[0].strip() for line in lines} == {"mCurrentFocus", "mFocusedApp"}
    app = next(line for line in lines if "mFocusedApp" in line)
    assert f" {in_front(system)[0]}/" in app
    out = sh("uiautomator dump /dev/tty").text
    xml, _, said = out.partition("UI hierchary dumped to: ")
    if state != "screen off":
        assert ElementTree.fromstring(xml.encode()).tag == "hierarchy"
        assert said.strip() == "/dev/tty"
    assert sh("screencap -p").stdout.startswith(b"\x89PNG")


def test_agents_start_and_set(sh: Sh, system: System) -> None:
    component = sh(f"cmd package resolve-activity --brief {SETTINGS} | tail -n 1").text.strip()
    assert sh(f"am start -n {component}").status == 0
    assert in_front(system)[0] == SETTINGS
    system.phone.perform(Press("home"))
    assert "Events injected: 1" in sh(f"monkey -p {SETTINGS} 1").text
    assert in_front(system)[0] == SETTINGS
    others = {name.removeprefix("package:") for name in sh("pm list packages -3").text.split()}
    assert others == {name for name in system.kernel.packages.names() if not system.kernel.packages.manifest(name).system}
    service = "com.droidrun.portal/com.droidrun.portal.DroidrunAccessibilityService"
    sh(f"settings put secure enabled_accessibility_services {service}; settings put secure accessibility_enabled 1")
    assert sh("settings get secure enabled_accessibility_services").text == f"{service}\n"
    portal = sh("content query --uri content://com.droidrun.portal/state")
    assert (portal.status, b"Could not find provider: com.droidrun.portal" in portal.stdout + portal.stderr) == (0, True)
