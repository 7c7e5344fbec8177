"""Programs that would take for ever, fill the memory or leave the phone: others go on, and the machine is not touched."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator

import pytest

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.system import Finished, System
from mobilegym.emulator.phone.wire.thread import ServerThread, serve_in_thread
from tests.emulator.phone.wire.host import Host, sync_request, until

_STALL_S = 1.0
"""What others may have to wait on a busy machine; alone it is less than half."""


@pytest.fixture(scope="module")
def served() -> Generator[ServerThread, None, None]:
    with serve_in_thread([VirtualPhone(), VirtualPhone()]) as thread:
        yield thread


def run_with_others(script: str, seconds: float = 2) -> tuple[Finished | None, float]:
    """Run a script for a while; what it came to, None if it still ran, and for how long at most nobody else was served."""

    async def attack() -> tuple[Finished | None, float]:
        running = asyncio.ensure_future(System(VirtualPhone()).run(script))
        longest, begin = 0.0, time.monotonic()
        while not running.done() and time.monotonic() - begin < seconds:
            before = time.monotonic()
            await asyncio.sleep(0)
            longest = max(longest, time.monotonic() - before)
        if running.done():
            return running.result(), longest
        running.cancel()
        await asyncio.wait([running])
        return None, longest

    return asyncio.run(attack())


@pytest.mark.parametrize("script", [
    "yes a | head -n 200000 > /sdcard/y; grep -cE '(a+)+$b' /sdcard/y",
    "yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | head -n 20000 | sed -E 's/((a+)+b|a+)/x/g' | tail -n 1",
    "head -c 3000000 /dev/zero | tr '\\0' a > /sdcard/l; grep -E 'a*a*a*b' /sdcard/l; sed 's/a*a*b/x/g' /sdcard/l | wc -c",
    "printf 'a%.0s' $(seq 60) > /sdcard/a; grep -E '(a*)*\\1b' /sdcard/a; grep -E '(a|a)*b' /sdcard/a",
    "expr \"$(head -c 100000 /dev/zero | tr '\\0' a)\" : '\\(a*\\)*b'",
    "log aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab; logcat -d -e '^(a+)+$'",
    "sqlite3 :memory: 'with recursive c(x) as (select 1 union all select x+1 from c) select count(*) from c'",
    "seq 1 1e12 > /sdcard/s",
    "seq 1 1e12 | tail -n 1",
    "cat /dev/zero > /dev/null",
    "x=; while :; do x=$(seq 1 100000); done",
    "seq 1 300000 | sort -R 2>/dev/null; seq 1 200000 | sort -rn | head -n 1",
    "head -c 60M /dev/zero | tr '\\0' '\\n' | sort | wc",
    "head -c 40M /dev/zero | rev | wc",
    "cd /sdcard; touch $(seq 20000); find . | wc -l; du -a . | wc -l; rm -rf *",
    "find / -name '*a*' | wc; grep -r abc / | wc",
    "f() { f | f; }; f",
    "echo {1..100000000}; echo $((1 << 99999)); printf '%999999999d' 1",
])  # fmt: skip
def test_no_program_stops_the_others(script: str) -> None:
    _, longest = run_with_others(script)
    assert longest < _STALL_S


@pytest.mark.parametrize(("script", "said"), [
    ("head -c 40M /dev/zero | tr '\\0' '\\n' > /sdcard/n; sort /sdcard/n", b"sort: out of memory"),
    ("head -c 1000000 /dev/zero | tr '\\0' a | grep -E '(a+)+b'", b"grep: out of memory"),
    ("sqlite3 :memory: 'with recursive c(x) as (select 1 union all select x+1 from c) select count(*) from c'", b"interrupted"),
])  # fmt: skip
def test_what_is_too_much_is_refused_in_words(script: str, said: bytes) -> None:
    finished, _ = run_with_others(script, 20)
    assert finished is not None
    assert said in finished.stdout + finished.stderr


@pytest.mark.parametrize(("script", "said"), [
    # What groups hold is found without trying all ways.
    ("echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | sed -E 's/((a+)+b|a+)/[\\1|\\2]/'",
     "[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|]\n"),
    ("echo 'foo bar x' | sed -E 's/(([a-z]+ ?)+)x/<\\1><\\2>/'", "<foo bar ><bar >\n"),
    ("echo abab | sed -E 's/((a)|(b))*/\\1\\2\\3/'", "bab\n"),
    ("seq 1 10000 | sort -rn | head -n 2; seq 10000 | sort | tail -n 1; printf 'b\\na\\nb\\n' | sort -u", "10000\n9999\n9999\na\nb\n"),
    ("printf 'one two\\nthr\\303\\251e\\n\\nx' | wc -lwmcL", "      3       4      16      17       7\n"),
    ("log a12; logcat -d -e 'a\\d+$' | tail -n 1 | sed 's/.*: //'", "a12\n"),
])  # fmt: skip
def test_what_bounded_programs_print(script: str, said: str) -> None:
    finished, _ = run_with_others(script, 10)
    assert finished is not None
    assert finished.text == said


def test_a_file_system_takes_only_so_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mobilegym.emulator.phone.kernel.files._MAX_NODES", 100)
    finished, _ = run_with_others("cd /sdcard; touch $(seq 200); mkdir q; rm 1 && touch w && ls | grep -c .", 10)
    assert finished is not None
    assert b"No space left on device" in finished.stderr


_JAIL = r"""
import asyncio, os, sys
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.programs import PROGRAMS
from mobilegym.emulator.phone.shell.system import System

SCRIPTS = sys.stdin.read().split("\0")
bad = []
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
EVENTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename", "os.mkdir", "os.rmdir",
          "os.symlink", "os.link", "os.chmod", "os.truncate", "shutil.", "socket.connect", "socket.getaddrinfo", "ctypes.dlopen")
armed = False

def hook(event, args):
    if not armed:
        return
    if event == "open":
        path, mode, flags = args
        if (flags or 0) & WRITES or (isinstance(path, (str, bytes)) and os.fsdecode(path).startswith(("/etc/passwd", "/sdcard", "/data/"))):
            if path != "/dev/null" and "__pycache__" not in str(path):
                bad.append((event, str(path), mode))
    elif event == "sqlite3.connect" and args[0] != ":memory:":
        bad.append((event, str(args)))
    elif event.startswith(EVENTS):
        bad.append((event, str(args)[:200]))

sys.addaudithook(hook)

async def main():
    global armed
    system = System(VirtualPhone())
    armed = True
    for script in SCRIPTS:
        try:
            await asyncio.wait_for(system.run(script, stdin=b"/etc/passwd\n../../../../etc/passwd\n"), 3)
        except TimeoutError:
            pass
    armed = False

asyncio.run(main())
print(len(SCRIPTS), bad)
sys.exit(bool(bad))
"""
_PATHS = (
    "/etc/passwd", "../../../../../../etc/passwd", "/proc/self/cwd/etc/passwd", "/sdcard/../../../../../tmp/escaped", "/tmp/escaped",
    "file:///etc/passwd", "-",
)  # fmt: skip
_TOOLS = (
    "cat", "cp {} /sdcard/o", "cp /system/build.prop", "mv {} /sdcard/o", "dd if={} of={}", "tee", "touch", "mkdir -p", "rm -rf",
    "ln -s {} /sdcard/l", "tar cf {} /sdcard", "tar xf", "tar -C {} -xf /sdcard/t.tar", "unzip -o", "unzip -d {} /sdcard/t.zip",
    "gzip -k", "gunzip", "sqlite3 {} .tables", "sqlite3 :memory: \"attach '{}' as x\"",
    "sqlite3 :memory: '.output {}' '.read {}' '.import {} t' '.save {}' '.backup {}' '.load {}' '.shell id'",
    "sqlite3 :memory: \"select readfile('{}'), writefile('{}', 1), load_extension('{}')\"", "sqlite3 :memory: \"vacuum into '{}'\"",
    "pm install", "pm install-create; pm install-write 1 b", "screencap", "screencap -p", "screenrecord --time-limit 1",
    "uiautomator dump", "logcat -d -f", "am start -d", "am dumpheap 1", "cmd package compile -f",
    "content read --uri content://media/external/file/1 >", "content query --uri", "sh", "source", ".", "sed -i s/a/b/",
    "sed -n 'w {}' /system/build.prop", "sort -o {} /system/build.prop", "find {} -delete", "find {} -exec cat", "xargs -a",
    "split /system/build.prop", "mktemp -p", "chmod 777", "chown 0:0", "stat", "md5sum", "run-as com.android.settings cat", "su 0 cat",
    "nc localhost 22 <", "wget", "curl", "ping -c 1", "app_process /", "CLASSPATH={} app_process / x.Main", "am instrument -w",
    "toybox cat", "cmd mobilegym snapshot save", "cmd mobilegym snapshot load", "exec 3>", "truncate -s 10", "diff {}", "cmp {}",
)  # fmt: skip


def test_nothing_reaches_the_machine() -> None:
    scripts = [(tool.replace("{}", path) if "{}" in tool else f"{tool} {path}") for tool in _TOOLS for path in _PATHS]
    done = subprocess.run(
        [sys.executable, "-B", "-c", _JAIL], input="\0".join(scripts), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert done.stdout.startswith(f"{len(scripts)} ")


def _half_a_push(host: Host) -> None:
    stream = host.open("sync:")
    assert stream is not None
    host.write(stream, sync_request(b"SEND", "/sdcard/x,33188") + b"DATA\xff\xff\0\0abc")


_CUT: list[Callable[[Host], object]] = [
    lambda h: h.open("shell:sleep 1000000 & yes | cat > /dev/null"),
    lambda h: h.open("shell,v2,raw:while :; do :; done"),
    lambda h: h.open("shell,v2,TERM=xterm,pty:"),
    lambda h: h.open("shell:logcat"),
    lambda h: h.open("shell:seq 1 1e9 | sort"),
    lambda h: h.open("shell:am instrument -w io.appium.uiautomator2.server.test/androidx.test.runner.AndroidJUnitRunner"),
    lambda h: h.open("exec:cat"),
    lambda h: h.open("reverse:forward:tcp:0;tcp:9"),
    lambda h: h.open("tcp:6790"),
    _half_a_push,
]


def test_clients_that_are_killed_leave_nothing(served: ServerThread) -> None:
    one = served.phones[0]

    async def census() -> list[object]:
        return [len(one.adbd.connections), [p.name for p in one.system.processes.all() if not p.package], len(asyncio.all_tasks())]

    def counted() -> list[object]:
        return asyncio.run_coroutine_threadsafe(census(), served.loop).result()

    before = counted()
    for _ in range(5):
        for cut in _CUT:
            with Host(one.adb_port) as host:
                cut(host)
    # A background job goes on, as on a phone; time passes, and it is over.
    served.call(one.system.processes.kill_package, "io.appium.uiautomator2.server")
    with Host(one.adb_port) as host:
        host.ask("shell:pkill sleep; pkill -9 sh; true")
    until(lambda: counted() == before, 10)


def test_a_phone_taken_away_closes_its_clients() -> None:
    with serve_in_thread([VirtualPhone(), VirtualPhone()]) as thread:
        one, other = thread.phones
        hosts = [Host(one.adb_port) for _ in range(5)]
        for host, cut in zip(hosts, _CUT, strict=False):
            cut(host)
        thread.remove(one)
        assert [host.closed() for host in hosts] == [True] * 5
        for host in hosts:
            host.socket.close()
        with Host(other.adb_port) as host:
            assert host.ask("shell:echo hi") == b"hi\n"


@pytest.mark.slow
def test_many_clients_that_spin(served: ServerThread) -> None:
    one, other = served.phones
    hosts = [Host(one.adb_port) for _ in range(30)]
    for index, host in enumerate(hosts):
        assert host.open(("shell:while :; do :; done", "shell:cat /dev/zero > /dev/null")[index % 2]) is not None
    threading.Event().wait(0.2)
    with Host(other.adb_port) as host:
        before = time.monotonic()
        assert host.ask("shell:echo hi") == b"hi\n"
        took = time.monotonic() - before
    for host in hosts:
        host.socket.close()
    until(lambda: not served.call(lambda: set(one.adbd.connections)), 10)
    assert took < 4
