"""Text tools against the host's, on cases where every implementation must agree."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone.shell.system import Finished

CORPUS = b"""banana 12 yellow
apple 3 red
cherry 200 red

Apple 3 green
date 7 brown:sweet
\tindented line
fig 45 purple:soft:ripe
apple 3 red
"""
CASES = [
    "sort", "sort -r", "sort -u", "sort -n -k2,2", "sort -k2n -k1", "sort -t: -k2", "sort -f", "sort -k3,3 -s", "sort -k2.2,2.3n",
    "sort -b -k2",
    "sort -c", "sort -rn -k2", "sort -k1,1r -k2,2n", "sort -g -k2", "sort -V", "sort -M",
    "uniq", "uniq -c", "uniq -d", "uniq -i", "uniq -u", "uniq -f1", "uniq -s2", "uniq -w2",
    "cut -c1-3", "cut -c2-", "cut -c-4,6", "cut -d: -f2", "cut -d: -f1,3 -s", "cut -d ' ' -f2-", "cut -b1,3,5", "cut -d: --complement -f1",
    "cut -d: -f1,2 --output-delimiter=/",
    "tr a-z A-Z", "tr -d aeiou", "tr -s 'a-z'", "tr -cd '[:alnum:]\\n'", "tr ' ' '\\n'", "tr '[:lower:]' '[:upper:]'", "tr -s ' ' '_'",
    "tr abc x",
    "tr -c 'a-z\\n' '.'", "tr -ds 0-9 a-z", "tr '\\012' ' '", "tr 'a-c' '[x*]'",
    "sed s/a/X/", "sed s/a/X/g", "sed s/a/X/2", "sed -n s/a/X/p", "sed 2d", "sed '$d'", "sed -n '2,4p'", "sed '/red/d'", "sed '/red/!d'",
    "sed -n '/apple/,/fig/p'", "sed '1~2d'", "sed -n '2,+2p'", "sed -e 1d -e s/e/E/", "sed 's/\\([a-z]*\\) \\([0-9]*\\)/\\2 \\1/'",
    "sed -E 's/([a-z]+) ([0-9]+)/[\\2|\\1]/'", "sed 's/[0-9]/<&>/g'", "sed 'y/abc/xyz/'", "sed -n '$='", "sed =", "sed 'N;s/\\n/+/'",
    "sed -n 'H;${x;s/\\n/,/g;p}'", "sed '1!G;h;$!d'", "sed 3q", "sed '2i\\hello'", "sed '2a\\hello'", "sed '2c\\hello'",
    "sed ':a;N;$!ba;s/\\n/ /g'",
    "sed 's/x*/-/g'", "sed 's/a*/x/g'", "sed '$!N;P;D'", "sed -n l", "sed 's|a|/|g'", "sed 's/A/q/I'", "sed '/^$/d'",
    "sed -n '/red/{s/r/R/;p}'",
    "sed '2,4{/3/d}'", "sed 's/\\ba/_/g'", "sed 's/.*/\\U&/'", "sed 's/\\(.\\)\\(.*\\)/\\U\\1\\L\\2/'", "sed -s -n '1p;$p'", "sed 'n;d'",
    "sed '2,/red/d'",
    "sed -n '2{p;q}'", "sed '5,2s/e/E/'", "sed 's/e/\\n/2'", "sed '/apple/s//PEAR/'", "sed ':x;s/aa/a/;tx'", "sed 'x;p;x'",
    "sed '$r /dev/null'",
    "grep apple", "grep -v apple", "grep -c red", "grep -n a", "grep -i APPLE", "grep -o '[0-9]*'", "grep -w red", "grep -x 'apple 3 red'",
    "grep -E 'fig|date'", "grep -F 'red'", "grep -e apple -e fig", "grep -m1 a", "grep -A1 cherry", "grep -B1 fig", "grep -C1 Apple",
    "grep '^a'",
    "grep 'd$'", "grep '[[:digit:]]\\{2,\\}'", "grep -E '(an){2}'", "grep 'a.*e'", "grep '\\(an\\)\\1'", "grep -oE '[a-z]+|[0-9]+'",
    "grep nomatch",
    "grep -q apple", "grep ''", "grep -ob red", "grep -E 'a|ap|apple' -o", "grep -oi 'a[^ ]*'", "grep '\\<a'", "grep -E '^.{0,5}$'",
    "grep -e '*'", "grep '[]a]'", "grep -E 'e+|x?y' -c", "grep -nA1 -m2 red",
    "head -n 3", "head -3", "head -c 10", "head -n -2", "head -c -20", "tail -n 2", "tail -2", "tail -n +3", "tail -c 5", "tail -c +8",
    "wc -l", "wc -w", "wc -c", "wc -m", "wc -L", "base64", "base64 -w 0", "base64 -w 20", "md5sum", "sha1sum", "sha256sum", "sha512sum",
    "cksum",
    "rev", "tac", "nl", "nl -ba", "fold -w 5", "fold -s -w 8", "paste -s", "paste -s -d,", "paste - -", "od -c", "od -x", "od -An -tx1",
    "od -tx1z -N0",
    "od -A x -t d1", "od -b", "cat", "cat -e", "cat -t", "xargs", "xargs -n2", "xargs -I{} echo [{}]", "xargs echo hi", "expand", "strings",
]  # fmt: skip
PLAIN = [
    "seq 5", "seq 2 5", "seq 1 2 9", "seq 5 -2 1", "seq -w 8 11", "seq -s, 4", "seq 0.5 0.5 2", "seq 3 1", "seq -f '%03g' 3", "seq -3 -1",
    "expr 1 + 2", "expr 7 / 2", "expr -7 / 2", "expr -7 % 3", "expr 3 '*' 4 + 1", "expr abc : 'a\\(.\\)c'", "expr abc : 'x'",
    "expr abc : 'ab'",
    "expr 2 '>' 10", "expr b '>' a", "expr '' '|' x", "expr 0 '&' 1", "expr '(' 1 + 2 ')' '*' 3", "expr 5 / 0", "expr 10 = 10",
    "basename /a/b.txt .txt", "basename /a/b/", "basename -a x/y z", "dirname /a/b/c", "dirname a", "dirname /", "dirname a/b/",
    "printf '%s\\n' a b", "echo a b", "date -u -d @0 '+%Y-%m-%d %H:%M:%S'", "date -u -d @1700000000 +%s",
    "date -u -d '2024-02-29 12:34:56' '+%j %a %b %e'",
    "date -u -d @86400 -I", "cal 2 2024 | grep 29 | xargs", "date -u -d @1 '+%d/%m/%y %I:%M:%S %p %z %%'", "date -u -Iseconds -d @5",
]  # fmt: skip


def _host(command: str, data: bytes) -> tuple[int, bytes]:
    name = command.split()[0]
    if shutil.which(name) is None:
        pytest.skip(f"the host has no {name}")
    done = subprocess.run(
        ["sh", "-c", command], input=data, capture_output=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TZ": "UTC"}, timeout=20
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("command", CASES)
def test_like_host(sh: Callable[..., Finished], command: str) -> None:
    status, out = _host(command, CORPUS)
    mine = sh(command, stdin=CORPUS)
    assert (mine.status, mine.stdout) == (status, out), mine.stderr


@pytest.mark.parametrize("command", PLAIN)
def test_like_host_without_input(sh: Callable[..., Finished], command: str) -> None:
    status, out = _host(command, b"")
    mine = sh(command)
    assert (mine.status, mine.stdout) == (status, out), mine.stderr


@pytest.mark.parametrize(
    "command", ["sed s/a/b/", "sort", "grep .", "cut -c1", "tail -n1", "head -n1", "cat", "rev", "tac", "uniq", "sed -n p", "sed '$!d'"]
)
@pytest.mark.parametrize("data", [b"", b"\n", b"a", b"a\nb", b"\n\na", b"caf\xc3\xa9 \xff\xfe\n"])
def test_ends_of_files(sh: Callable[..., Finished], command: str, data: bytes) -> None:
    if data.endswith(b"\xfe\n") and command.split()[0] in ("grep", "cut", "rev", "sed"):
        data = "café\n".encode()
    if command == "rev" and not data.endswith(b"\n") and data:
        pytest.skip("rev ends its last line here, as toybox does")
    if command == "cut -c1":
        data = data.replace("é".encode(), b"e")
    status, out = _host(command, data)
    mine = sh(command, stdin=data)
    assert (mine.status, mine.stdout) == (status, out)


ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "a*", "b+", "a?", "(a|b)", "(ab)*", "^", "$", "b{2}", "a{1,2}", "c"])
REGEX = st.lists(ATOMS, min_size=1, max_size=4).map("".join)
LINES = st.lists(st.text("abc", max_size=8), max_size=6).map(lambda lines: "".join(f"{line}\n" for line in lines).encode())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(regex=REGEX, data=LINES)
def test_regular_expressions_as_the_host(sh: Callable[..., Finished], regex: str, data: bytes) -> None:
    for command in (f"grep -E '{regex}'", f"grep -oE '{regex}'", f"sed -E 's/{regex}/<&>/'"):
        status, out = _host(command, data)
        mine = sh(command, stdin=data)
        if status < 2:
            assert (mine.status, mine.stdout) == (status, out), command
