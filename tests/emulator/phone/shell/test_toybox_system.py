"""Tools for processes, time and the network, and that no call of any tool is a bug."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone.shell.system import Finished, System
from mobilegym.emulator.phone.shell.toybox import PROGRAMS

Sh = Callable[..., Finished]


def test_who(sh: Sh) -> None:
    assert sh("whoami; id -u").text == "shell\n2000\n"
    assert sh("id").text.startswith("uid=2000(shell) gid=2000(shell) groups=2000(shell),1004(input),")
    assert sh("id", root=True).text.endswith("context=u:r:su:s0\n")
    assert sh("su 0 id -u; su root whoami; su root -c 'id -u'").text == "0\nroot\n0\n"
    assert sh("uname -a").text.endswith(" x86_64 Toybox\n")
    assert sh("uname -rm").text.split()[-1] == "x86_64"
    assert sh("getenforce").text == "Enforcing\n"
    assert sh("setenforce 0; getenforce", root=True).text == "Permissive\n"
    assert sh("env A=b printenv A").text == "b\n"
    assert sh("toybox --version").text == "toybox 0.8.9-android\n"
    assert "ls" in sh("toybox").text.split()
    assert sh("toybox nothing").status == 127


def test_time(sh: Sh, system: System) -> None:
    assert sh("date").text == "Wed Mar 11 09:30:00 EDT 2026\n"
    assert sh("TZ=UTC date").text == "Wed Mar 11 13:30:00 UTC 2026\n"
    assert sh("date +%s%N").text == "1773235800000000000\n"
    assert sh("sleep 90; date '+%Y-%m-%d %H:%M:%S'").text == "2026-03-11 09:31:30\n"
    assert sh("sleep 0.5m; sleep 1h").status == 0
    refused = sh("date 010203042020.05")
    assert (refused.status, refused.text) == (1, "Wed Mar 11 10:32:00 EDT 2026\n")
    assert sh("date 010203042020.05", root=True).text == "Thu Jan  2 03:04:05 EST 2020\n"
    assert system.phone.clock.now().year == 2020
    assert sh("date -s '2026-03-11 09:30:00'; date -u -r /system/etc/hosts +%Y", root=True).text.endswith("\n2009\n")
    assert re.fullmatch(r" \d\d:\d\d:\d\d up .*,  0 users,  load average: 0.10, 0.20, 0.15\n", sh("uptime").text)
    assert sh("cal 3 2026").text.splitlines()[:3] == ["     March 2026", "Su Mo Tu We Th Fr Sa", " 1  2  3  4  5  6  7"]


def test_timeout(sh: Sh) -> None:
    assert sh("timeout 5 echo hi").text == "hi\n"
    assert sh("timeout 5 sleep 60").status == 124
    assert sh("timeout 0.05 tail -f /dev/null").status == 124
    assert sh("timeout -s KILL 0.05 tail -f /dev/null").status == 137
    assert sh("timeout 5 false").status == 1


def test_processes(sh: Sh, system: System) -> None:
    lines = sh("ps -A").text.splitlines()
    assert lines[0] == "USER           PID  PPID     VSZ    RSS WCHAN            ADDR S NAME"
    assert re.fullmatch(r"root             1     0 +\d+ +\d+ 0                   0 S init", lines[1])
    assert any(line.endswith(" com.google.android.inputmethod.latin") for line in lines)
    assert any(line.startswith("-A") for line in sh("ps --help").text.splitlines())
    assert all(line.startswith("shell") for line in sh("ps").text.splitlines()[1:])
    assert sh("ps -p 1 -o PID,NAME").text == "  PID NAME\n    1 init\n"
    assert sh("ps -A -o NAME= | head -1").text == "init\n"
    assert sh("ps -p 99999").status == 1
    assert sh("ps -ef").text.splitlines()[0].split() == ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"]
    pid = sh("pidof com.android.systemui").text.strip()
    assert pid.isdigit()
    assert sh("pgrep -f com.android.systemui").text.split()[0] == pid
    nobody = sh("pidof nobody")
    assert (nobody.status, nobody.stdout) == (1, b"")
    assert sh(f"cat /proc/{pid}/cmdline").stdout == b"com.android.systemui\0"
    assert sh("killall com.android.systemui").stderr == b"killall: com.android.systemui: Operation not permitted\n"
    top = sh("top -b -n 1").text.splitlines()
    assert re.fullmatch(r"Tasks: \d+ total,   1 running, +\d+ sleeping,   0 stopped,   0 zombie", top[0])
    assert top[3].startswith("400%cpu")
    assert top[4] == "  PID USER         PR  NI VIRT  RES  SHR S[%CPU] %MEM     TIME+ ARGS"
    assert sh("free -m").text.splitlines()[0].split() == ["total", "used", "free", "shared", "buffers"]


def test_killing_what_runs_in_the_background(sh: Sh) -> None:
    assert sh("tail -f /dev/null & sleep 0; pkill tail; wait; pgrep tail || echo gone").text.splitlines()[-1] == "gone"


def test_network(sh: Sh, system: System) -> None:
    assert re.search(r"inet\s*(\d+(\.\d+){3})", sh("ip addr show wlan0").text)
    assert re.search(r"inet\s*addr:(\S+)", sh("ifconfig wlan0").text)
    assert re.search(r"src (\S+)", sh("ip route").text)
    assert re.search(r"ether (.*?) brd", sh("ip addr show wlan0").text)
    reply = sh("ping -c 2 example.com").text
    assert re.match(
        r"PING example.com \((\S+)\) 56\(84\) bytes of data.\n64 bytes from example.com \(\1\): icmp_seq=1 ttl=255 time=[\d.]+ ms\n", reply
    )
    assert "2 packets transmitted, 2 received, 0% packet loss" in reply
    assert sh("netstat -an").text.startswith("Active Internet connections (established and servers)\nProto Recv-Q Send-Q Local Address")
    system.kernel.hardware.set_airplane(True)
    assert sh("ip addr show wlan0").status == 1
    assert sh("ping -c 1 8.8.8.8").status == 1
    assert sh("ping -c 1 example.com").status == 2


def test_xargs(sh: Sh) -> None:
    assert sh("printf 'a b\\nc' | xargs -n 1 echo x").text == "x a\nx b\nx c\n"
    assert sh("printf 'a\\0b c\\0' | xargs -0 -n1 echo").text == "a\nb c\n"
    assert sh("printf '\"a b\" c' | xargs -n1").text == "a b\nc\n"
    assert sh("printf '' | xargs -r echo no").text == ""
    assert sh("echo 1 | xargs false").status == 123
    assert sh("echo x | xargs nothing-there").status == 127
    assert sh("echo /sdcard/DCIM | xargs sh -c 'ls -d $0'").text == "/sdcard/DCIM\n"


def test_endless_output_ends_with_its_reader(sh: Sh) -> None:
    assert sh("yes | head -n 2").text == "y\ny\n"
    assert sh("cat /dev/zero | head -c 3").stdout == bytes(3)
    assert len(sh("tr '\\0' a < /dev/zero | head -c 100000").stdout) == 100_000
    assert sh("seq 10000000 | head -n 1").text == "1\n"


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|aa)+$", "(a|a)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", ".*.*.*.*.*x", "(.*)*(.*)*b", "((a{1,9}){1,9}){1,5}b"]
)
def test_no_pattern_stops_the_phone(sh: Sh, pattern: str) -> None:
    assert sh(f"grep -E '{pattern}b'", stdin=b"a" * 3000 + b"\n").status == 1
    assert sh(f"sed -E 's/{pattern}b/x/'", stdin=b"a" * 3000 + b"\n").text == "a" * 3000 + "\n"


def test_long_lines_are_no_trouble(sh: Sh, system: System) -> None:
    node = '<node text="a long title" resource-id="com.example:id/title" bounds="[0,1][2,3]" />'
    system.phone.files.write("/sdcard/dump.xml", (node * 3000).encode())
    assert sh('grep -o \'bounds="[^"]*"\' /sdcard/dump.xml | wc -l').text == "3000\n"
    assert sh('grep -oE \'text="[^"]*" resource-id="[^"]*title"|bounds="[^"]*"\' /sdcard/dump.xml | wc -l').text == "6000\n"
    assert sh("sed 's/<node/\\n&/g' /sdcard/dump.xml | grep -c 'id/title'").text == "3000\n"
    assert sh("grep -cE '((a{1,99}){1,99}){1,99}' /sdcard/dump.xml").status == 2


def test_sed_in_place(sh: Sh, system: System) -> None:
    sh("printf 'a\\nb\\n' > /sdcard/f; cp /sdcard/f /sdcard/g; sed -i 's/a/X/;$d' /sdcard/f /sdcard/g; sed -i.bak s/X/Y/ /sdcard/f")
    files = system.phone.files
    assert [files.read(f"/sdcard/{name}") for name in ("f", "g", "f.bak")] == [b"Y\n", b"X\n", b"X\n"]
    assert sh("sed 's/a'").stderr.startswith(b"sed: bad pattern")
    assert sh("sed ':a;ba'", stdin=b"x\n").status == 1


WORDS = st.sampled_from([
    "-a", "-n", "-1", "1", "-c", "/sdcard", "/sdcard/Download", "/none", "/data", "-", "--", "--help", "-o", "x", "", "s/a/b/", "-e", "-d",
    "%s",
    "/proc/self", "/dev/null", "-f", "-r", "\udcff", "é", "0", "-x", "*", "(", "+", "@0", "-k1", "a=b", "if=/dev/null",
    "99999999999999999999",
])  # fmt: skip
DANGEROUS = {"yes", "tail", "ping", "ping6", "reboot", "top", "cat", "usleep", "sleep"}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(set(PROGRAMS) - DANGEROUS)), words=st.lists(WORDS, max_size=4), root=st.booleans())
def test_no_call_is_a_bug(sh: Sh, name: str, words: list[str], root: bool) -> None:
    call = " ".join(shlex.quote(word) for word in (name, *words)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    finished = sh(call, stdin=b"one two\nthree\n\0\xff\n", root=root)
    assert b"internal error" not in finished.stderr, call
    assert finished.status != 70, call
