"""Dumps say what the phone's state is, in the words that tools look for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mobilegym.emulator.phone.shell import programs, state
from mobilegym.emulator.phone.shell.system import Finished, System

Shell = Callable[..., Finished]


def test_the_list_and_unknown_services(sh: Shell) -> None:
    lines = sh("dumpsys -l").text.splitlines()
    assert lines[0] == "Currently running services:"
    names = [line.removeprefix("  ") for line in lines[1:]]
    assert names == sorted(names)
    assert {"activity", "package", "window", "battery", "mobilegym", "clipboard"} <= set(names)
    assert sh("dumpsys nobody") == Finished(0, b"", b"Can't find service: nobody\n")


@pytest.mark.slow
def test_everything_at_once(sh: Shell) -> None:
    out = sh("dumpsys --skip batterystats").text
    dumped = re.findall(rf"^{'-' * 79}\nDUMP OF SERVICE (\S+):$", out, re.MULTILINE)
    ended = re.findall(r"^--------- 0\.002s was the duration of dumpsys (\S+), ending at: 2026-03-11 09:30:00$", out, re.MULTILINE)
    assert dumped == ended
    assert set(programs.DUMPS) - {"batterystats"} <= set(dumped)


@pytest.mark.parametrize("name", sorted(state.DUMPS))
def test_each_dump_is_the_same_twice_and_changes_nothing(sh: Shell, system: System, name: str) -> None:
    before = system.kernel.clock.now_ms, len(system.kernel.journal), system.phone.state_tree()
    first = sh(f"dumpsys {name}")
    assert (first.status, first.stderr) == (0, b"")
    assert sh(f"dumpsys {name}") == first
    assert (system.kernel.clock.now_ms, len(system.kernel.journal), system.phone.state_tree()) == before


def battery(sh: Shell) -> dict[str, str]:
    return {
        key.strip(): value.strip() for key, _, value in (line.partition(":") for line in sh("dumpsys battery").text.splitlines()) if value
    }


def test_battery(sh: Shell, system: System) -> None:
    system.kernel.hardware.set_battery(level=42, charging=True)
    values = battery(sh)
    assert [values[key] for key in ("AC powered", "USB powered", "level", "status", "scale", "technology")] == [
        "true",
        "false",
        "42",
        "2",
        "100",
        "Li-ion",
    ]
    assert "UPDATES STOPPED" not in sh("dumpsys battery").text
    assert sh("dumpsys battery unplug") == Finished(0, b"", b"")
    assert "\n  (UPDATES STOPPED -- use 'reset' to restart)\n" in sh("dumpsys battery").text
    assert (battery(sh)["AC powered"], battery(sh)["status"]) == ("false", "2")
    assert not system.kernel.hardware.battery().charging
    sh("dumpsys battery set usb 1; cmd battery set level 7; dumpsys battery set status 3")
    assert (battery(sh)["USB powered"], battery(sh)["level"], battery(sh)["status"]) == ("true", "7", "3")
    assert sh("dumpsys battery get level").text == "7\n"
    snapshot = system.phone.snapshot()
    sh("dumpsys battery reset")
    assert system.kernel.hardware.battery() == system.kernel.hardware.battery().__class__(42, True)
    assert "UPDATES STOPPED" not in sh("dumpsys battery").text
    system.phone.restore(snapshot)
    assert "UPDATES STOPPED" in sh("dumpsys battery").text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("set", "No property specified"),
        ("set level", "No value specified"),
        ("set level x", "Bad value: x"),
        ("set colour 1", "Unknown set option: colour"),
    ],
)
def test_battery_errors(sh: Shell, words: str, text: str) -> None:
    assert sh(f"dumpsys battery {words}").text == f"{text}\n"


def test_power(sh: Shell, system: System) -> None:
    out = sh("dumpsys power").text
    assert out.startswith("POWER MANAGER (dumpsys power)\n\nPower Manager State:\n  mDirty=0x0\n  mWakefulness=Awake\n")
    assert "mHoldingDisplaySuspendBlocker=true" in out
    assert "Wake Locks: size=0" in out
    system.kernel.shell.sleep()
    out = sh("dumpsys power").text
    assert "mWakefulness=Asleep" in out
    assert "mHoldingDisplaySuspendBlocker=false" in out


def test_notifications(sh: Shell, system: System) -> None:
    assert "Notification List" not in sh("dumpsys notification").text
    system.kernel.notifications.post("org.fossify.messages", "t", "Ann (work)", "Hi, there", id=7, actions=[("Reply", "reply", True)])
    out = sh("dumpsys notification --noredact").text
    assert re.findall(
        r"^    NotificationRecord\(0x[0-9a-f]{8}: pkg=(\S+) user=UserHandle\{0\} id=7 tag=t importance=3 key=(\S+): ", out, re.M
    ) == [("org.fossify.messages", system.kernel.notifications.active()[0].key)]
    assert "            android.title=String (Ann (work))\n            android.text=String (Hi, there)\n" in out
    assert '          [0] "Reply" -> PendingIntent{' in out
    assert f"        when={system.kernel.clock.now_ms}\n" in out
    redacted = sh("dumpsys notification").text
    assert "android.title=String [length=10]" in redacted
    assert "Ann (work)" not in redacted
    assert sh("dumpsys notification --noredact --package com.android.settings").text.count("NotificationRecord") == 0


def test_calls(sh: Shell, system: System) -> None:
    assert "    mCallState=0\n" in sh("dumpsys telephony.registry").text
    assert sh("dumpsys telecom").text.startswith("CallsManager: \n  mCalls: \n  mPendingCalls")
    system.kernel.telephony.ring("+15550123")
    out = sh("dumpsys telephony.registry").text
    assert "    mCallState=1\n    mRingingCallState=5\n" in out
    assert "    mCallIncomingNumber=+15550123\n" in out
    call = re.search(r"\[Call id=TC@\d+, state=(\w+), .*handle=(tel:\S+), vidst=A", sh("dumpsys telecom").text)
    assert call is not None
    assert call.groups() == ("RINGING", "tel:*******23")
    system.kernel.telephony.answer()
    assert "state=ACTIVE" in sh("dumpsys telecom").text
    assert "    mCallState=2\n" in sh("dumpsys telephony.registry").text


def test_audio_as_androidtv_reads_it(sh: Shell, system: System) -> None:
    system.kernel.hardware.set_volume("media", 9)
    out = sh("dumpsys audio | grep '\\- STREAM_MUSIC:' -A 11").text
    assert re.search(r"Max: (\d+)", out)[1] == str(system.kernel.hardware.max_volume("media"))  # type: ignore[index]
    assert re.search(r"Devices: (.*?)\W", out)[1] == "speaker"  # type: ignore[index]
    assert re.search(r"Muted: (.*?)\W", out)[1] == "false"  # type: ignore[index]
    assert re.search(r"\): (\d+)", out)[1] == "9"  # type: ignore[index]
    names = re.findall(r"^- STREAM_(\w+):", sh("dumpsys audio").text, re.M)
    assert names == ["VOICE_CALL", "SYSTEM", "RING", "MUSIC", "ALARM", "NOTIFICATION", "BLUETOOTH_SCO", "SYSTEM_ENFORCED", "DTMF", "TTS",
                     "ACCESSIBILITY", "ASSISTANT"]  # fmt: skip


def test_networks(sh: Shell, system: System) -> None:
    assert "Active default network: 101\n" in sh("dumpsys connectivity").text
    assert sh("dumpsys wifi").text.startswith("Wi-Fi is enabled\nVerbose logging is off\n")
    assert "  enabled: true\n  state: ON\n" in sh("dumpsys bluetooth_manager").text
    system.kernel.hardware.set_airplane(True)
    assert "Active default network: none\n" in sh("dumpsys connectivity").text
    assert sh("dumpsys wifi").text.startswith("Wi-Fi is disabled\n")
    assert "  enabled: false\n  state: OFF\n" in sh("dumpsys bluetooth_manager").text
    assert "mDataRegState=3(POWER_OFF)" in sh("dumpsys telephony.registry").text


def test_alarms(sh: Shell, system: System) -> None:
    assert "  0 pending alarms:\n" in sh("dumpsys alarm").text or system.kernel.clock.pending()
    at = system.kernel.clock.now_ms + 31_600_000
    system.kernel.clock.schedule(at, "com.google.android.deskclock", "com.android.deskclock.ALARM_ALERT")
    out = sh("dumpsys alarm").text
    assert f"Alarm{{{re.search(r'Alarm{(.{7}) type 0 origWhen ' + str(at), out)[1]} type 0 origWhen {at}" in out  # type: ignore[index]
    assert "      tag=*walarm*:com.android.deskclock.ALARM_ALERT\n" in out
    assert f"    user:0 pendingSend:false time:{at} = 2026-03-11 18:16:40.000 = +8h46m40s0ms\n" in out


def test_memory_of_an_app(sh: Shell, system: System) -> None:
    home = system.kernel.packages.home_package
    out = sh(f"dumpsys meminfo {home}").text
    total = re.search(r"^ +TOTAL +(\d+) +(\d+) +(\d+) +(\d+) +(\d+)", out, re.M)
    assert total is not None
    assert int(total[1]) == sum(int(row) for row in re.findall(r"^ *(?!TOTAL)[.A-Z][\w. ]+? +(\d+) +\d+ +\d+ +0 +\d+(?: |$)", out, re.M))
    assert sh("dumpsys meminfo com.nobody").text == "No process found for: com.nobody\n"
    assert f"{home} (pid " in sh("dumpsys meminfo").text


def test_location_and_locks(sh: Shell, system: System) -> None:
    system.kernel.hardware.set_location(37.421998, -122.084)
    assert "last location=Location[gps 37.421998,-122.084000 hAcc=5.0" in sh("dumpsys location").text
    assert "deviceLocked=0" in sh("dumpsys trust").text
    system.kernel.settings.put("secure", "lockscreen_pin", "1234")
    system.kernel.hardware.set_locked(True)
    assert "deviceLocked=1" in sh("dumpsys trust").text
