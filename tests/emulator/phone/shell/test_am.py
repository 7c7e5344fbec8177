"""`am`: starting and stopping, as the shell says it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.phone.shell.apps.intents import ShellIntent, parse_intent
from mobilegym.emulator.phone.shell.args import Args
from mobilegym.emulator.phone.shell.process import JavaError, Process
from mobilegym.emulator.phone.shell.streams import BytesReader, BytesWriter
from mobilegym.emulator.phone.shell.system import Finished, System
from tests.emulator.phone.shell.apk_builder import build_apk, manifest_of

Sh = Callable[..., Finished]
CLOCK = "com.google.android.deskclock/com.android.deskclock.DeskClock"
DEMO = build_apk(manifest_of("com.example.demo", label="Demo"))


def nothing(option: str, args: Args) -> bool:
    return False


def parse(*words: str) -> ShellIntent:
    return parse_intent(Args(words), nothing)


def install(sh: Sh, data: bytes = DEMO) -> None:
    assert sh(f"pm install -S {len(data)}", stdin=data).text == "Success\n"


# ---------------------------------------------------------------------- start


def test_start_and_wait(system: System, sh: Sh) -> None:
    done = sh(f"am start -W -S -n {CLOCK}")
    assert re.fullmatch(
        rf"Stopping: com.google.android.deskclock\nStarting: Intent {{ cmp={CLOCK} }}\nStatus: ok\nLaunchState: COLD\n"
        rf"Activity: {CLOCK}\nTotalTime: \d+\nWaitTime: \d+\nComplete\n",
        done.text,
    )
    assert (done.status, done.stderr) == (0, b"")
    assert system.phone.activity().activity == "com.android.deskclock.DeskClock"


def test_launcher_start_of_a_running_app(system: System, sh: Sh) -> None:
    launcher = "-a android.intent.action.MAIN -c android.intent.category.LAUNCHER -f 0x10200000"
    first = sh(f"am start-activity {launcher} -n com.android.settings/.Settings")
    assert first.text == (
        "Starting: Intent { act=android.intent.action.MAIN cat=[android.intent.category.LAUNCHER] flg=0x10200000 "
        "cmp=com.android.settings/.Settings }\n"
    )
    again = sh(f"am start-activity -W {launcher} -n com.android.settings/.Settings")
    assert "Warning: Activity not started, intent has been delivered to currently running top-most instance.\nStatus: ok" in again.text
    sh("am start -n " + CLOCK)
    front = sh(f"am start-activity {launcher} -n com.android.settings/.Settings")
    assert front.stderr == b"Warning: Activity not started, its current task has been brought to the front\n"
    assert system.phone.activity().package == "com.android.settings"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("-n a.b/.C", "Error type 3\nError: Activity class {a.b/a.b.C} does not exist.\n"),
        ("-a no.such", "Error: Activity not started, unable to resolve Intent { act=no.such flg=0x10000000 }\n"),
        ("-S -a no.such", "Error: Intent does not match any activities: Intent { act=no.such }\n"),
    ],
)
def test_what_cannot_be_started(sh: Sh, words: str, error: str) -> None:
    done = sh(f"am start {words}")
    assert done.stderr.decode() == error
    assert done.status == (1 if "-S" in words else 0)


@pytest.mark.parametrize(
    ("words", "text"), [("", "No intent supplied"), ("--nope", "Unknown option: --nope"), ("-a", 'Argument expected after "-a"')]
)
def test_bad_arguments(sh: Sh, words: str, text: str) -> None:
    done = sh(f"am start {words}")
    assert done.status == 255
    assert f"Exception occurred while executing 'start':\njava.lang.IllegalArgumentException: {text}\n" in done.stderr.decode()


def test_hidden_activities_need_root(system: System, sh: Sh) -> None:
    install(sh)
    refused = sh("am start -n com.example.demo/.Hidden")
    assert refused.status == 255
    assert re.search(
        r"java\.lang\.SecurityException: Permission Denial: starting Intent { flg=0x10000000 cmp=com\.example\.demo/\.Hidden } "
        r"from null \(pid=\d+, uid=2000\) not exported from uid 100\d\d",
        refused.stderr.decode(),
    )
    assert sh("am start -n com.example.demo/.Hidden", root=True).status == 0
    assert system.phone.activity().activity == "com.example.demo.Hidden"


def test_intents_reach_apps_with_their_extras(system: System, sh: Sh) -> None:
    sh("am start -a android.intent.action.SENDTO -d smsto:5550100 --es sms_body 'hello there'")
    top = system.kernel.activities.foreground
    assert top.package == "org.fossify.messages"
    assert any("hello there" in text for text in top.fields.values())
    sh("am start -a android.settings.WIFI_SETTINGS")
    assert system.phone.activity().activity == "com.android.settings.SubSettings"
    sh("am start -n 'com.android.settings/.Settings$BluetoothSettingsActivity'")
    assert any(e.text == "Device name" or "Bluetooth" in e.text for e in system.phone.observe().elements)


def test_clear_task(system: System, sh: Sh) -> None:
    install(sh)
    sh("am start -n com.example.demo/.Main; am start -n com.example.demo/.Other")
    assert [len(t.stack) for t in system.kernel.activities.tasks] == [2]
    sh("am start -n com.example.demo/.Other --activity-clear-task")
    assert [len(t.stack) for t in system.kernel.activities.tasks] == [1]


# ---------------------------------------------------------------------- intents


def test_every_kind_of_extra() -> None:
    intent = parse(
        "-a", "a", "--es", "s", "x y", "-e", "t", "", "--esn", "n", "--ez", "z", "TRUE", "--ei", "i", "0x10", "--el", "l", "-5", "--ef",
        "f", "1.5",
        "--eu", "u", "tel:1", "--ecn", "c", "p/.C", "--eia", "ia", "1,2", "--esa", "sa", r"a\,b,c", "--eial", "il", "3", "--ela", "la", "9",
    )  # fmt: skip
    assert intent.extras == {
        "s": "x y", "t": "", "n": None, "z": True, "i": 16, "l": -5, "f": 1.5, "u": "tel:1", "c": "p/p.C", "ia": (1, 2), "sa": ("a,b", "c"),
        "il": (3,), "la": (9,),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("tel:+1-555", "tel:xx-xxx"), ("mailto:a@b.c", "mailto:x@x.x"), ("https://example.com/a?b", "https://example.com/..."),
        ("content://com.android.calendar/time/1", "content://com.android.calendar/..."), ("file:///sdcard/x", "file:///..."),
        ("market://details?id=x", "market://details/..."), ("package:com.x", "package:"), ("geo:0,0?q=x", "geo:"), ("plain", ""),
        ("http://u:p@h:81/x", "http://h:81/..."),
    ],
)  # fmt: skip
def test_data_is_hidden(data: str, shown: str) -> None:
    assert parse("-d", data).show() == f"Intent {{ dat={shown} }}"


def test_the_trailing_argument() -> None:
    assert parse("-a", "X", "-d", "http://x/y", "com.pkg").show() == "Intent { act=X dat=http://x/... pkg=com.pkg }"
    assert parse("com.pkg/.C").show() == ("Intent { act=android.intent.action.MAIN cat=[android.intent.category.LAUNCHER] cmp=com.pkg/.C }")
    assert parse("http://h/p").show() == "Intent { act=android.intent.action.VIEW dat=http://h/... }"
    whole = parse("intent:#Intent;action=A;component=p/.C;S.k=v;i.n=3;end")
    assert (whole.action, whole.component, whole.extras) == ("A", ("p", "p.C"), {"k": "v", "n": 3})


WORDS = st.sampled_from([
    "-a", "-d", "-t", "-c", "-n", "-p", "-f", "--es", "--ei", "--ez", "--eia", "--esa", "--selector", "--esn", "a.b/.C", "x:y", "1", "",
    ",",
    "http://[", "#Intent;end", "intent:#Intent;i.x=1;end", "\\",
])  # fmt: skip


@given(st.lists(WORDS | st.text(max_size=5), max_size=8))
def test_any_arguments_give_an_intent_or_an_exception(words: list[str]) -> None:
    try:
        intent = parse_intent(Args(words), nothing)
    except JavaError:
        return
    assert intent.show().startswith("Intent { ")
    assert hash(intent.kernel())
    assert intent.uri(intent_scheme=True).endswith("end")


# ---------------------------------------------------------------------- stopping, services, the rest


def test_force_stop_is_silent(system: System, sh: Sh) -> None:
    sh(f"am start -n {CLOCK}")
    done = sh("am force-stop com.google.android.deskclock; am force-stop no.such")
    assert (done.status, done.stdout, done.stderr) == (0, b"", b"")
    assert not system.kernel.activities.running("com.google.android.deskclock")


def test_the_settings_helper_runs_without_a_screen(system: System, sh: Sh) -> None:
    install(sh, build_apk(manifest_of("io.appium.settings")))
    before = system.phone.activity()
    assert "isForeground=true" not in sh("dumpsys activity services io.appium.settings").text
    sh("am start-activity -n io.appium.settings/.Main -a android.intent.action.MAIN -c android.intent.category.LAUNCHER")
    assert "isForeground=true" in sh("dumpsys activity services io.appium.settings").text
    assert system.phone.activity() == before
    assert [i.name for i in system.processes.of_package("io.appium.settings")] == ["io.appium.settings"]
    sh("am force-stop io.appium.settings")
    assert "isForeground=true" not in sh("dumpsys activity services io.appium.settings").text
    assert system.processes.of_package("io.appium.settings") == []


def test_services_that_nobody_has(sh: Sh) -> None:
    done = sh("am start-service -n a.b/.C")
    assert (done.status, done.text) == (255, "Starting service: Intent { cmp=a.b/.C }\n")
    assert done.stderr == b"Error: Not found; no service started.\n"
    assert sh("am stopservice -n a.b/.C").stderr == b"Service not stopped: was not running.\n"


def test_stack_list_names_tasks(system: System, sh: Sh) -> None:
    sh(f"am start -n {CLOCK}")
    found = re.findall(
        r"^  taskId=(\d+): ([^/]+)/(\S+) bounds=\[0,0\]\[1080,2400\] userId=0 visible=(\w+)", sh("am stack list").text, re.MULTILINE
    )
    assert [(package, seen) for _, package, _, seen in found] == [
        ("com.google.android.deskclock", "true"), ("com.google.android.apps.nexuslauncher", "false"),
    ]  # fmt: skip
    sh(f"am stack remove {found[0][0]}")
    assert system.kernel.activities.tasks == ()


@pytest.mark.parametrize(
    ("script", "out", "status"),
    [
        ("am get-current-user", "0\n", 0), ("am nonsense", "Unknown command: nonsense\n", 255), ("am switch-user 0", "", 0),
        ("am wait-for-broadcast-idle", "All broadcast queues are idle!\n", 0), ("am get-standby-bucket com.android.systemui", "10\n", 0),
        ("am get-inactive com.android.systemui", "Idle=false\n", 0), ("am task lock stop", "Activity manager is not in lockTaskMode\n", 0),
        ("am to-uri -a A --es k v", "#Intent;action=A;S.k=v;end\n", 0), ("am trace-ipc start", "", 0), ("cmd activity "
            "get-current-user", "0\n", 0),
    ],
)  # fmt: skip
def test_small_commands(sh: Sh, script: str, out: str, status: int) -> None:
    done = sh(script)
    assert (done.text, done.status) == (out, status)


def test_broadcasts_say_what_came_back(sh: Sh) -> None:
    assert sh("am broadcast -a no.receiver --ez x true").text == (
        "Broadcasting: Intent { act=no.receiver flg=0x400000 (has extras) }\nBroadcast completed: result=0\n"
    )
    refused = sh("am broadcast -a android.intent.action.BOOT_COMPLETED")
    assert refused.status == 255
    assert "Permission Denial: not allowed to send broadcast android.intent.action.BOOT_COMPLETED from pid=" in refused.stderr.decode()


# ---------------------------------------------------------------------- instrument


def test_unknown_instrumentation(sh: Sh) -> None:
    done = sh("am instrument -w a.b/.Runner")
    assert done.text == (
        "INSTRUMENTATION_STATUS: id=ActivityManagerService\n"
        "INSTRUMENTATION_STATUS: Error=Unable to find instrumentation info for: ComponentInfo{a.b/a.b.Runner}\n"
        "INSTRUMENTATION_STATUS_CODE: -1\n"
    )
    assert done.status == 255
    assert "INSTRUMENTATION_FAILED: a.b/a.b.Runner" in done.stderr.decode()


@pytest.mark.parametrize("victim", ["com.example.app", "com.example.app.test"])
def test_an_instrumentation_blocks_until_it_is_killed(system: System, victim: str) -> None:
    ended: list[str] = []

    async def serve(p: Process) -> int:
        p.out("up\n")
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(p.args[0])
        return 0

    system.instrumentations["com.example.app.test/androidx.test.runner.AndroidJUnitRunner"] = serve

    async def scenario() -> Finished:
        running = asyncio.ensure_future(system.run("am instrument -w -e a b com.example.app.test/androidx.test.runner.AndroidJUnitRunner"))
        while not system.processes.of_package("com.example.app"):
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not running.done()
        await system.run(f"am force-stop {victim}")
        return await running

    done = asyncio.run(scenario())
    assert ended == ["instrument"]
    assert done.text == "up\nINSTRUMENTATION_RESULT: shortMsg=Process crashed.\nINSTRUMENTATION_CODE: 0\n"
    assert system.processes.of_package("com.example.app") == []


def test_an_instrumentation_ends_with_its_client(system: System) -> None:
    async def serve(_: Process) -> int:
        await asyncio.Event().wait()
        return 0

    system.instrumentations["t.t/t.t.R"] = serve

    async def scenario() -> None:
        from mobilegym.emulator.phone.shell.sh import run_script

        task = asyncio.ensure_future(run_script(system, "am instrument -w t.t/.R", BytesReader(), BytesWriter(), BytesWriter()))
        while not system.processes.of_package("t.t"):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert system.processes.of_package("t.t") == []

    asyncio.run(scenario())
