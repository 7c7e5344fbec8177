"""`pm`: installing, removing and changing apps."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import pytest

from mobilegym.emulator.phone.shell.screen.ime import input_methods
from mobilegym.emulator.phone.shell.sh import run_program
from mobilegym.emulator.phone.shell.streams import BytesWriter, Reader
from mobilegym.emulator.phone.shell.system import Finished, System
from tests.emulator.phone.shell.apk_builder import Element, build_apk, manifest_of

Sh = Callable[..., Finished]
NAME = "com.example.demo"
CAMERA = "android.permission.CAMERA"


def demo(version: int = 1, **more: object) -> bytes:
    return build_apk(manifest_of(NAME, version=version, label="Demo", permissions=(CAMERA, "android.permission.INTERNET"), **more))  # type: ignore[arg-type]


def install(sh: Sh, data: bytes, options: str = "") -> Finished:
    return sh(f"pm install {options} -S {len(data)}", stdin=data)


def test_install_use_and_remove(system: System, sh: Sh) -> None:
    data = demo(3)
    assert install(sh, data).text == "Success\n"
    assert sh(f"pm list packages --show-versioncode -U {NAME}").text == f"package:{NAME} versionCode:3 uid:10069\n"
    path = sh(f"pm path {NAME}").text.removeprefix("package:").strip()
    assert re.fullmatch(rf"/data/app/~~[\w-]{{22}}==/{NAME}-[\w-]{{22}}==/base\.apk", path)
    assert system.files.read(path) == data
    assert "Demo" in [m.label for m in system.kernel.packages.launchable()]
    assert sh(f"monkey -p {NAME} -c android.intent.category.LAUNCHER 1").text.endswith("not connected)\n")
    texts = [e.text for e in system.phone.observe().elements]
    assert {"Demo", NAME, "Version 3.0", f"{NAME}.Main"} <= set(texts)
    assert sh(f"pm uninstall {NAME}").text == "Success\n"
    assert system.phone.activity().package == "com.google.android.apps.nexuslauncher"
    gone = sh(f"pm path {NAME}")
    assert (gone.status, gone.stdout) == (1, b"")
    assert not system.kernel.files.exists(path)
    assert sh(f"pm uninstall {NAME}").text == "Failure [DELETE_FAILED_INTERNAL_ERROR]\n"
    assert sh(f"pm uninstall --user 0 {NAME}").text == "Failure [not installed for 0]\n"


def test_install_from_a_file(system: System, sh: Sh) -> None:
    system.files.write("/data/local/tmp/a.apk", demo())
    assert sh("pm install -r -t -g --user 0 /data/local/tmp/a.apk").text == "Success\n"
    assert system.kernel.packages.state(NAME).granted == {CAMERA}
    missing = sh("pm install /data/local/tmp/b.apk")
    assert missing.status == 255
    assert "Error: Unable to open file: /data/local/tmp/b.apk" in missing.stderr.decode()


@pytest.mark.parametrize(
    ("first", "second", "options", "text"),
    [
        (1, demo(2), "-R", f"Failure [INSTALL_FAILED_ALREADY_EXISTS: Attempt to re-install {NAME} without first uninstalling.]\n"),
        (1, demo(2), "", "Success\n"),
        (2, demo(1), "-r", "Failure [INSTALL_FAILED_VERSION_DOWNGRADE: Downgrade detected: Update version code 1 is older than current "
                        "2]\n"),
        (2, demo(1), "-r -d", "Success\n"),
        (0, demo(sdk=(99, 99)), "", "Failure [INSTALL_FAILED_OLDER_SDK: Failed parse during installPackageLI: "
                                    "Requires newer sdk version #99 (current version is #34)]\n"),
        (0, demo(sdk=(14, 19)), "", "Failure [INSTALL_FAILED_DEPRECATED_SDK_VERSION: "
                                    "App package must target at least SDK version 23, but found 19]\n"),
        (0, demo(flags={"testOnly": True}), "", "Failure [INSTALL_FAILED_TEST_ONLY: installPackageLI]\n"),
        (0, demo(flags={"testOnly": True}), "-t", "Success\n"),
        (0, demo(split="config.en"), "", f"Failure [INSTALL_FAILED_MISSING_SPLIT: Missing split for {NAME}]\n"),
        (0, build_apk(manifest_of("com.android.settings")), "-r", "Failure [INSTALL_FAILED_UPDATE_INCOMPATIBLE: "
         "Existing package com.android.settings signatures do not match newer version; ignoring!]\n"),
        (0, build_apk(manifest_of(NAME), files={"lib/mips/a.so": b""}), "", "Failure [INSTALL_FAILED_NO_MATCHING_ABIS: "
         "INSTALL_FAILED_NO_MATCHING_ABIS: Failed to extract native libraries, res=-113]\n"),
    ],
)  # fmt: skip
def test_installing_says_why_not(sh: Sh, first: int, second: bytes, options: str, text: str) -> None:
    if first:
        install(sh, demo(first))
    done = install(sh, second, options)
    assert done.text == text
    assert done.status == (0 if text == "Success\n" else 1)


def test_an_update_keeps_data_and_uid(system: System, sh: Sh) -> None:
    install(sh, demo(1), "-g")
    uid = system.kernel.packages.uid(NAME)
    system.kernel.files.write_text(f"/data/data/{NAME}/files/a", "x")
    install(sh, build_apk(manifest_of("com.example.second")))
    install(sh, demo(2), "-r")
    assert system.kernel.packages.uid(NAME) == uid
    assert system.kernel.files.exists(f"/data/data/{NAME}/files/a")
    assert system.kernel.packages.state(NAME).granted == {CAMERA}
    assert sh(f"pm clear {NAME}").text == "Success\n"
    assert not system.kernel.files.exists(f"/data/data/{NAME}/files/a")


class Endless(Reader):
    """Zeros, as many as are asked for."""

    def __init__(self) -> None:
        self.given = 0

    async def read(self, limit: int = 65_536) -> bytes:
        self.given += limit
        return bytes(limit)


def test_a_gigabyte_is_read_and_thrown_away(system: System) -> None:
    stdin, out, err = Endless(), BytesWriter(), BytesWriter()
    status = asyncio.run(run_program(system, ["cmd", "package", "install", "-S", str(1 << 30)], stdin, out, err))
    assert status == 1
    assert out.data.startswith(b"Failure [INSTALL_FAILED_INSUFFICIENT_STORAGE: ")
    assert stdin.given == 1 << 30


def test_a_stream_that_ends_early(sh: Sh) -> None:
    done = sh("pm install -S 500", stdin=b"PK")
    assert done.text == "Failure [INSTALL_FAILED_INVALID_APK: Expected 500 bytes but got 2]\n"


def test_sessions(system: System, sh: Sh) -> None:
    base, split = demo(), demo(split="config.en")
    number = re.fullmatch(r"Success: created install session \[(\d+)\]\n", sh("pm install-create -r -S 99").text)
    assert number is not None
    for name, data in (("base.apk", base), ("split_config.en.apk", split)):
        assert sh(f"pm install-write -S {len(data)} {number[1]} {name} -", stdin=data).text == f"Success: streamed {len(data)} bytes\n"
    assert sh(f"pm install-commit {number[1]}").text == "Success\n"
    assert [line.rpartition("/")[2] for line in sh(f"pm path {NAME}").text.splitlines()] == ["base.apk", "split_config.en.apk"]
    assert "splits=[base, config.en]" in sh(f"dumpsys package {NAME}").text
    gone = sh(f"pm install-commit {number[1]}")
    assert gone.status == 255
    assert f"Caller has no access to session {number[1]}" in gone.stderr.decode()
    other = re.findall(r"\d+", sh("pm install-create").text)[0]
    assert sh(f"pm install-abandon {other}").text == "Success\n"


def test_sessions_are_bounded(sh: Sh) -> None:
    done = sh("i=0; while [ $i -lt 20 ]; do pm install-create; i=$((i+1)); done")
    assert done.text.count("Success") == 16
    assert b"Too many active sessions" in done.stderr


# ---------------------------------------------------------------------- permissions


def test_grant_and_revoke(system: System, sh: Sh) -> None:
    install(sh, demo())
    assert (sh(f"pm grant {NAME} {CAMERA}").stdout, system.kernel.packages.state(NAME).granted) == (b"", {CAMERA})
    assert re.search(rf"{CAMERA}: granted=true", sh(f"dumpsys package {NAME}").text)
    sh(f"pm revoke {NAME} {CAMERA}")
    assert system.kernel.packages.state(NAME).granted == frozenset()


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (f"no.such {CAMERA}", "java.lang.IllegalArgumentException: Unknown package: no.such"),
        (f"{NAME} foo.bar", "java.lang.IllegalArgumentException: Unknown permission: foo.bar"),
        (f"{NAME} android.permission.INTERNET", "java.lang.SecurityException: Permission android.permission.INTERNET requested by "
                                                f"{NAME} is not a changeable permission type"),
        (f"{NAME} android.permission.READ_SMS", f"java.lang.SecurityException: Package {NAME} has not requested permission "
                        "android.permission.READ_SMS"),
    ],
)  # fmt: skip
def test_what_cannot_be_granted(sh: Sh, words: str, text: str) -> None:
    install(sh, demo())
    done = sh(f"pm grant {words}")
    assert done.status == 255
    assert f"Exception occurred while executing 'grant':\n{text}\n" in done.stderr.decode()


def test_grant_without_words(sh: Sh) -> None:
    assert (sh("pm grant").status, sh("pm grant").stderr) == (1, b"Error: no package specified\n")
    assert sh(f"pm grant {NAME}").stderr == b"Error: no permission specified\n"


# ---------------------------------------------------------------------- state


def test_disable_and_enable(system: System, sh: Sh) -> None:
    clock = "com.google.android.deskclock"
    assert sh(f"pm disable-user --user 0 {clock}").text == f"Package {clock} new state: disabled-user\n"
    assert sh("pm list packages -d").text == f"package:{clock}\n"
    assert "monkey aborted" in sh(f"monkey -p {clock} 1").text
    assert sh(f"pm enable {clock}").text == f"Package {clock} new state: enabled\n"
    assert sh("pm list packages -d").text == ""
    cls = "com.android.deskclock.DeskClock"
    assert sh(f"pm disable {clock}/{cls}").text == f"Component {{{clock}/{cls}}} new state: disabled\n"
    assert f"Activity class {{{clock}/{cls}}} does not exist" in sh(f"am start -W -n {clock}/{cls}").text
    assert sh("pm disable com.google.android.apps.nexuslauncher").status == 255
    assert system.kernel.packages.state(clock).enabled


def test_hide_and_suspend(system: System, sh: Sh) -> None:
    markor = "net.gsantner.markor"
    assert sh(f"pm hide {markor}").text == f"Package {markor} new hidden state: true\n"
    assert markor not in [m.package for m in system.kernel.packages.launchable()]
    assert sh(f"pm list packages {markor}").text == ""
    assert sh(f"pm unhide {markor}").text == f"Package {markor} new hidden state: false\n"
    assert sh(f"pm suspend {markor}").text == f"Package {markor} new suspended state: true\n"


def test_a_built_in_app_goes_for_the_user_and_comes_back(system: System, sh: Sh) -> None:
    clock = "com.google.android.deskclock"
    assert sh(f"pm uninstall {clock}").text == "Failure [DELETE_FAILED_INTERNAL_ERROR]\n"
    assert sh(f"pm uninstall -k --user 0 {clock}").text == "Success\n"
    assert clock not in system.kernel.packages.names()
    assert sh(f"cmd package install-existing {clock}").text == f"Package {clock} installed for user: 0\n"
    assert sh(f"monkey -p {clock} 1").status == 0
    assert sh("cmd package install-existing no.such").status == 1
    assert sh("pm uninstall --user 0 com.google.android.apps.nexuslauncher").text == "Failure [DELETE_FAILED_INTERNAL_ERROR]\n"


# ---------------------------------------------------------------------- lists and queries


def test_list_packages(sh: Sh) -> None:
    everything = set(sh("pm list packages").text.split())
    third = set(sh("pm list packages -3").text.split())
    assert third == {f"package:{n}" for n in ("org.fossify.messages", "org.fossify.calendar", "org.fossify.gallery", "net.gsantner.markor")}
    assert set(sh("cmd package list packages -s").text.split()) == everything - third
    assert sh("pm list packages -f com.android.settings").text == "package:/product/app/Settings/Settings.apk=com.android.settings\n"
    assert sh("pm list packages -i markor").text == "package:net.gsantner.markor  installer=null\n"
    assert sh("pm list packages no.such").stdout == b""
    assert (sh("pm list packages --bad").stderr, sh("pm list packages --bad").status) == (b"Error: Unknown option: --bad\n", 255)
    assert sh("pm list packages --uid 1000").text == "package:com.android.settings uid:1000\n"


def test_other_lists(sh: Sh) -> None:
    features = sh("pm list features").text.splitlines()
    assert features[:-1] == sorted(features[:-1])
    assert features[-1] == "feature:reqGlEsVersion=0x30000"
    assert sh("pm list users").text == "Users:\n\tUserInfo{0:Owner:4c13} running\n"
    assert sh("pm list nonsense").text == "Error: unknown list type 'nonsense'\n"
    assert sh("pm list").text == "Error: didn't specify type of data to list\n"
    assert "permission:android.permission.CAMERA" in sh("pm list permissions -g -d").text
    runner = Element("instrumentation", {"name": "x.y.Runner", "targetPackage": "com.target"})
    install(sh, build_apk(manifest_of("com.target.test", parts=(runner,))))
    assert sh("pm list instrumentation").text == "instrumentation:com.target.test/x.y.Runner (target=com.target)\n"


@pytest.mark.parametrize(
    ("script", "out", "status"),
    [
        ("pm has-feature android.hardware.camera", "true\n", 0), ("pm has-feature foo", "false\n", 1), ("pm "
            "get-install-location", "0[auto]\n", 0),
        ("pm get-max-users", "Maximum supported users: 4\n", 0), ("pm compile -m speed -f com.android.settings", "Success\n", 0),
        ("pm compile -m speed -f no.such", "Failure: package not found\n", 1), ("pm trim-caches 1G", "", 0), ("pm bg-dexopt-job",
        "Success\n", 0),
        ("pm set-home-activity com.google.android.apps.nexuslauncher/.NexusLauncherActivity", "Success\n", 0), ("pm nope", "Unknown "
            "command: nope\n", 255),
        ("cmd package resolve-activity --brief com.android.settings",
         "priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true\ncom.android.settings/.Settings\n", 0),
        ("cmd package resolve-activity --brief no.such", "No activity found\n", 0),
        ("cmd package query-activities --components -a android.settings.SETTINGS", "com.android.settings/.Settings\n", 0),
        ("cmd package query-services -a no.such", "No services found\n", 0),
    ],
)  # fmt: skip
def test_small_commands(sh: Sh, script: str, out: str, status: int) -> None:
    done = sh(script)
    assert (done.text, done.status) == (out, status)


def test_keyboards_of_installed_apps(system: System, sh: Sh) -> None:
    latin = "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME"
    assert input_methods(system) == [latin]
    action = Element("intent-filter", {}, (Element("action", {"name": "android.view.InputMethod"}),))
    install(sh, build_apk(manifest_of("com.android.adbkeyboard", extra=(Element("service", {"name": ".AdbIME"}, (action,)),))))
    assert input_methods(system) == [latin, "com.android.adbkeyboard/.AdbIME"]
