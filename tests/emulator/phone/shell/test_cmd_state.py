"""`cmd`, `service`, `svc` and the services behind them: they do what the phone's screens do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mobilegym.emulator.phone.shell import programs, state
from mobilegym.emulator.phone.shell.system import Finished, System

Shell = Callable[..., Finished]
MESSAGES = "org.fossify.messages"


def test_services_that_are_not_there(sh: Shell) -> None:
    assert sh("cmd nobody x") == Finished(20, b"", b"cmd: Can't find service: nobody\n")
    assert sh("cmd clipboard get") == Finished(0, b"", b"No shell command implementation.\n")
    assert sh("cmd uimode dance") == Finished(255, b"Unknown command: dance\n", b"")
    assert sh("service check mobilegym; service check nobody").text == "Service mobilegym: found\nService nobody: not found\n"


def test_the_list_of_services(sh: Shell) -> None:
    lines = sh("service list").text.splitlines()
    assert lines[0] == f"Found {len(lines) - 1} services:"
    assert any(line.endswith("\tactivity: [android.app.IActivityManager]") for line in lines)
    assert set(programs.SERVICES) <= {line.split("\t")[1].split(":")[0] for line in lines[1:]}


@pytest.mark.parametrize("name", sorted(state.SERVICES))
def test_every_service_has_help(sh: Shell, name: str) -> None:
    assert sh(f"cmd {name} help").status in (0, 1)


def test_a_missing_argument_is_an_exception(sh: Shell) -> None:
    done = sh("cmd notification set_dnd")
    assert done.status == 255
    assert done.stderr.decode().startswith(
        "\nException occurred while executing 'set_dnd':\njava.lang.IllegalArgumentException: Argument expected after \"set_dnd\"\n"
    )


def test_binder_calls(sh: Shell, system: System) -> None:
    assert sh("service call statusbar 1").text == "Result: Parcel(00000000    '....')\n"
    assert system.kernel.shell.state.shade == "notifications"
    sh("service call statusbar 2")
    assert system.kernel.shell.state.shade == "closed"
    sh("service call alarm 3 s16 Europe/Paris")
    assert system.kernel.clock.zone.key == "Europe/Paris"
    system.kernel.notifications.post(MESSAGES, "", "a", "b")
    sh("service call notification 1")
    assert system.kernel.notifications.active() == ()
    assert sh("service call iphonesubinfo 1").text.splitlines()[:2] == [
        "Result: Parcel(", "  0x00000000: 00000000 0000000f 00350033 00320038 '........3.5.8.2.'",
    ]  # fmt: skip
    assert sh("service call nobody 1").stderr == b"service: Service nobody does not exist\n"


def test_night_mode(sh: Shell, system: System) -> None:
    assert sh("cmd uimode night").text == "Night mode: no\n"
    assert sh("cmd uimode night yes").text == "Night mode: yes\n"
    assert system.kernel.ui.dark
    bad = sh("cmd uimode night maybe")
    assert (bad.status, bad.stderr.decode()) == (
        255, "Error: mode must be 'yes', 'no', or 'auto', or 'custom_schedule', or 'custom_bedtime'\n",
    )  # fmt: skip


def test_the_shade(sh: Shell, system: System) -> None:
    for verb, shade in (("expand-notifications", "notifications"), ("expand-settings", "settings"), ("collapse", "closed")):
        assert sh(f"cmd statusbar {verb}") == Finished(0, b"", b"")
        assert system.kernel.shell.state.shade == shade


def test_notifications(sh: Shell, system: System) -> None:
    assert sh("cmd notification post -t Title tag Some text").text.startswith("posting:\n  Notification(channel=")
    (item,) = system.kernel.notifications.active()
    assert (item.package, item.tag, item.title, item.text) == ("com.android.shell", "tag", "Title", "Some text")
    assert sh("cmd notification list").text == f"{item.key}\n"
    assert "android.title=String (Title)" in sh(f"cmd notification get '{item.key}'").text
    sh(f"cmd notification snooze --for 60000 '{item.key}'")
    assert system.kernel.notifications.active() == ()
    sh(f"cmd notification unsnooze '{item.key}'")
    assert len(system.kernel.notifications.active()) == 1
    sh("cmd notification set_dnd priority")
    assert system.kernel.settings.get("global", "zen_mode") == "1"
    sh("cmd notification allow_listener io.appium.settings/.NLService")
    assert system.kernel.settings.get("secure", "enabled_notification_listeners") == "io.appium.settings/io.appium.settings.NLService"
    assert sh("cmd notification allow_listener nonsense") == Finished(255, b"", b"Invalid listener - must be a ComponentName\n")


def test_radios(sh: Shell, system: System) -> None:
    hardware = system.kernel.hardware
    for command, read in (("wifi", lambda: hardware.wifi_on), ("data", lambda: hardware.mobile_data), ("bluetooth",
    lambda: hardware.bluetooth_on),
                          ("nfc", lambda: hardware.nfc)):  # fmt: skip
        assert sh(f"svc {command} disable") == Finished(0, b"", b"")
        assert not read()
        sh(f"svc {command} enable")
        assert read()
    assert sh("cmd connectivity airplane-mode").text == "disabled\n"
    assert sh("cmd connectivity airplane-mode enable") == Finished(0, b"", b"")
    assert sh("cmd connectivity airplane-mode").text == "enabled\n"
    assert not hardware.wifi_on
    sh("settings put global airplane_mode_on 0")
    assert not hardware.wifi_on


def test_wifi(sh: Shell, system: System) -> None:
    out = sh("cmd wifi status").text
    assert 'Wifi is connected to "AndroidWifi"\nWifiInfo: SSID: "AndroidWifi", BSSID: 00:13:10:85:fe:01, ' in out
    assert sh("cmd wifi list-networks").text.splitlines() == [
        "Network Id      SSID                         Security type", f"{0:<12} {'AndroidWifi':<32} open",
        f"{1:<12} {'Maple Street 12':<32} wpa2-psk",
    ]  # fmt: skip
    assert sh('cmd wifi connect-network "Corner Cafe Guest" open').text == "Connection initiated \n"
    network = system.kernel.hardware.wifi()
    assert network is not None
    assert network.ssid == "Corner Cafe Guest"
    assert sh("cmd wifi forget-network 1").text == "Forget successful\n"
    sh("cmd wifi set-wifi-enabled disabled")
    assert sh("cmd wifi status").text.startswith("Wifi is disabled\n")


def test_volumes(sh: Shell, system: System) -> None:
    top = system.kernel.hardware.max_volume("media")
    assert sh("cmd media_session volume --stream 3 --set 9 --get").text.splitlines() == [
        "[V] will control stream=3 (STREAM_MUSIC)", "[V] will set volume to index=9", "[V] will get volume",
        "[V] Connecting to AudioService", f"[V] volume is 9 in range [0..{top}]",
    ]  # fmt: skip
    assert system.kernel.hardware.volume("media") == 9
    sh("media volume --stream 3 --adj raise")
    assert system.kernel.hardware.volume("media") == 10
    assert sh("cmd media_session volume --stream 3 --set 99").stderr.decode() == (
        f"Error: invalid volume index 99 for stream 3 (should be in [0..{top}])\n"
    )
    assert sh("cmd media_session dispatch sing").stderr == b"Error: unknown dispatch code 'sing'\n"
    assert sh("cmd audio set-ringer-mode SILENT") == Finished(255, b"Unknown command: set-ringer-mode\n", b"")


def test_app_ops(sh: Shell, system: System) -> None:
    assert sh(f"appops set {MESSAGES} PROJECT_MEDIA allow") == Finished(0, b"", b"")
    assert sh(f"cmd appops get {MESSAGES} PROJECT_MEDIA").text == "PROJECT_MEDIA: allow\n"
    assert sh(f"appops get {MESSAGES} android:mock_location").text == "No operations.\nDefault mode: deny\n"
    sh(f"appops set --uid {MESSAGES} android:mock_location allow")
    assert sh(f"appops get {MESSAGES} MOCK_LOCATION").text == "Uid mode: MOCK_LOCATION: allow\n"
    assert sh("appops query-op PROJECT_MEDIA").text == f"{MESSAGES}\n"
    assert sh(f"appops reset {MESSAGES}").text == f"Reset all modes for: user 0, package {MESSAGES}\n"
    assert sh("appops query-op PROJECT_MEDIA").text == "No matches\n"
    permission = "android.permission.POST_NOTIFICATIONS"
    if permission in system.kernel.packages.manifest(MESSAGES).permissions:
        sh(f"appops set {MESSAGES} POST_NOTIFICATION ignore")
        assert permission not in system.kernel.packages.state(MESSAGES).granted


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (f"set {MESSAGES} FLY allow", "Error: Unknown operation string: FLY"), (f"set {MESSAGES} CAMERA maybe", "Error: Mode maybe is not "
            "valid"),
        ("set com.nobody CAMERA allow", "Error: No UID for com.nobody in user 0"), (f"set {MESSAGES}", "Error: Operation not specified."),
    ],
)  # fmt: skip
def test_app_op_errors(sh: Shell, words: str, error: str) -> None:
    assert sh(f"appops {words}") == Finished(255, b"", f"{error}\n".encode())


def test_lock_settings(sh: Shell, system: System) -> None:
    assert sh("locksettings set-pin 1234").text == "Pin set to '1234'\n"
    assert system.kernel.settings.get("secure", "lockscreen_pin") == "1234"
    assert sh("locksettings verify --old 9").text == "Old password '9' didn't match\n"
    assert sh("cmd lock_settings verify --old 1234").text == "Lock credential verified successfully\n"
    assert sh("locksettings clear --old 1234").text == "Lock credential cleared\n"
    assert system.kernel.settings.get("secure", "lockscreen_pin") is None
    assert sh("locksettings set-disabled true").text == "Lock screen disabled set to true\n"
    assert sh("locksettings get-disabled").text == "true\n"


def test_idle_and_jobs(sh: Shell, system: System) -> None:
    assert sh(f"dumpsys deviceidle whitelist +{MESSAGES}").text == f"Added: {MESSAGES}\n"
    assert system.kernel.packages.state(MESSAGES).battery == "unrestricted"
    assert f"user,{MESSAGES},{system.processes.uid(MESSAGES)}\n" in sh("cmd deviceidle whitelist").text
    assert sh(f"cmd deviceidle whitelist -{MESSAGES}").text == f"Removed: {MESSAGES}\n"
    assert sh("cmd deviceidle whitelist +com.nobody").text == "Unknown package: com.nobody\n"
    assert sh("cmd deviceidle force-idle; cmd deviceidle get deep; cmd deviceidle unforce").text == (
        "Now forced in to deep idle mode\nIDLE\nLight state: ACTIVE, deep state: ACTIVE\n"
    )
    assert sh("cmd jobscheduler run -f com.nobody 1").stderr == b"Package not found: com.nobody / user 0\n"


def test_time_and_place(sh: Shell, system: System) -> None:
    sh("cmd alarm set-time 1773300000000; cmd alarm set-timezone UTC")
    assert (system.kernel.clock.now_ms, system.kernel.clock.zone.key) == (1_773_300_000_000, "UTC")
    assert sh("cmd location set-location-enabled false; cmd location is-location-enabled").text == "false\n"
    sh("cmd location set-location-enabled true; cmd location providers add-test-provider gps")
    sh("cmd location providers set-test-provider-location gps --location 1.5,-2.5")
    assert system.kernel.hardware.location() == (1.5, -2.5)


def test_roles_and_configuration(sh: Shell, system: System) -> None:
    assert sh("cmd role get-role-holders android.app.role.SMS").text == f"{MESSAGES}\n"
    assert sh("cmd role get-role-holders --user 0 android.app.role.HOME").text == f"{system.kernel.packages.home_package}\n"
    assert sh("cmd user list").text == "Users:\n\tUserInfo{0:Owner:4c13} running\n"
    sh("device_config put ns key value")
    assert sh("cmd device_config get ns key; device_config list; device_config list ns").text == "value\nns/key=value\nkey=value\n"
    assert (
        sh("device_config delete ns key; device_config delete ns key").text
        == "Successfully deleted key from ns\nFailed to delete key from ns\n"
    )
    assert sh("device_config get ns") == Finished(255, b"", b"Bad arguments\n")
    assert sh("cmd shortcut get-default-launcher").text.endswith("Success\n")
    assert sh("bmgr enabled").text == "Backup Manager currently enabled\n"
    assert sh("sm list-volumes").text == "private mounted null\nemulated;0 mounted null\n"
    assert sh("cmd testharness enable").status == 255


def test_overlays(sh: Shell, system: System) -> None:
    lines = sh("cmd overlay list android").text.splitlines()
    assert lines[:2] == ["android", "[x] com.android.internal.systemui.navbar.gestural"]
    sh("cmd overlay enable-exclusive --category com.android.internal.systemui.navbar.threebutton")
    assert system.kernel.settings.get("secure", "navigation_mode") == "0"
    assert "[x] com.android.internal.systemui.navbar.threebutton" in sh("cmd overlay list").text
    assert sh("cmd overlay enable com.nobody").status == 1
