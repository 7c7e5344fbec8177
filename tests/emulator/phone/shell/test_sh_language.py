"""What Android's shell says and does where POSIX leaves it open or mksh has more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mobilegym.emulator.phone.shell.system import Finished, System

CASES = (
    # not in POSIX
    (
        "echo {a,b}c {1..3} {3..1} {a..c} x{,y} {a,b{1,2}} {a} '{a,b}' \"{a,b}\" {1..7..3}",
        "ac bc 1 2 3 3 2 1 a b c x xy a b1 b2 {a} {a,b} {a,b} 1 4 7",
    ),
    (
        "x=hello; echo ${x/l/L} ${x//l/L} ${x/#h/H} ${x/%o/O} ${x:1:3} ${x:2} ${x: -2} ${x/l*}",
        "heLlo heLLo Hello hellO ell llo lo he",
    ),
    (
        "set -- a b c d; echo ${@:2:2} ${@:3} ${#@} ${@#a}",
        "b c c d 4 b c d",
    ),
    (
        "echo $'a\\tb\\x41\\u00e9'",
        "a\tbAé",
    ),
    (
        "cat=1; (( cat += 4 )); echo $cat; (( 0 )); echo $?; let x=3 x*=2; echo $x",
        "5\n1\n6",
    ),
    (
        "[[ abc == a* && ! -z x || 1 -gt 2 ]]; echo $?; [[ a < b ]]; echo $?; [[ 'a*' == \"a*\" ]] && echo q; [[ -n '' ]]; echo $?",
        "0\n0\nq\n1",
    ),
    (
        "[[ ( a == b || c == c ) && x != y ]] && echo yes; x='a b'; [[ $x == 'a b' ]] && echo one word",
        "yes\none word",
    ),
    (
        "read x <<< 'a  b'; echo \"$x\"",
        "a  b",
    ),
    (
        "{ echo a; echo b >&2; } &>/dev/null; echo c",
        "c",
    ),
    (
        'a=(x \'y z\' w); echo ${a[1]} ${#a[@]} ${a[0]} $a; a[5]=q; echo ${a[5]}; for i in "${a[@]}"; do echo "<$i>"; done',
        "y z 3 x x\nq\n<x>\n<y z>\n<w>\n<q>",
    ),
    (
        "function f { echo f$1; }; f 1; function g() { echo g; }; g",
        "f1\ng",
    ),
    (
        "case b in a) echo a;; b) echo b;& c) echo c;; d) echo d;; esac",
        "b\nc",
    ),
    (
        "x=1; x+=2; echo $x; typeset -i n=3; n+=4; echo $n; n='2*5'; echo $n",
        "12\n7\n10",
    ),
    (
        "echo -e 'a\\tb\\n\\0101\\x41' -n; echo -n x; echo -E 'a\\tb'; echo 'a\\tb'; echo -z",
        "a\tb\nAA -n\nxa\\tb\na\tb\n-z",
    ),
    (
        "print -r 'a\\tb'; print 'a\\tb'; print -n x; echo",
        "a\\tb\na\tb\nx",
    ),
    (
        "alias hi='echo hello'; hi there; alias hi; unalias hi; hi 2>/dev/null; echo $?",
        "hello there\nhi='echo hello'\n127",
    ),
    (
        'x=abc; echo ${x@Q} ${x%?}; y="a\'b"; echo ${y@Q}',
        "abc ab\n'a'\\''b'",
    ),
    (
        "for i in {1..3}; do { echo $i; }; done | while read n; do echo $((n*n)); done",
        "1\n4\n9",
    ),
    (
        "select=1; time=2; echo $select$time",
        "12",
    ),
    (
        "type echo if ls; f() { :; }; type f; command -v ls echo; whence nope; echo $?",
        "echo is a shell builtin\nif is a reserved word\nls is /system/bin/ls\nf is a function\n/system/bin/ls\necho\n1",
    ),
    # 32 bits, decimal
    (
        "echo $((2147483647 + 1)) $((1 << 31)) $((0x7fffffff)) $((010)) $((2#101)) $((-2147483648 / -1))",
        "-2147483648 -2147483648 2147483647 10 5 -2147483648",
    ),
    (
        "i=5; echo $((i++ + ++i)) $i $((i--)) $((i, i+1)) $((1 ? 2 : (i=9))) $i",
        "12 7 7 7 2 6",
    ),
    # environment
    (
        "echo $ANDROID_DATA $EXTERNAL_STORAGE $ANDROID_ROOT $HOME $SHELL $USER $TMPDIR $PWD",
        "/data /sdcard /system / /bin/sh shell /data/local/tmp /",
    ),
    (
        "echo ${PATH%%:*} $0 $PPID",
        "/product/bin /system/bin/sh 412",
    ),
    # files
    (
        "cd /sdcard; echo hi > a.txt; echo two >> a.txt; read x < a.txt; echo $x $(<a.txt) [ab].t?t *.nope; pwd",
        "hi hi two a.txt *.nope\n/sdcard",
    ),
    (
        "cd /sdcard; for i in 1 2 3; do echo $i; done > n; { read a; read b; } < n; echo $a$b; exec 3>o; echo x >&3; "
        "echo y >&3; exec 3>&-; echo $(<o)",
        "12\nx y",
    ),
    (
        "cd /sdcard; mkdir -p d/e; echo 1 > d/e/f; echo d/*/f [d]*/ /sdcard/d/e/*",
        "d/e/f d/ /sdcard/d/e/f",
    ),
    (
        "cd /sdcard; echo '\"quoted\"' > 'a b'; for f in a*; do [ -f \"$f\" ] && echo \"<$f>\"; done; [ -s 'a b' ] && [ -d . ] && echo ok",
        "<a b>\nok",
    ),
    (
        "cd /data/local/tmp; cd /sdcard; cd -; cd ..; pwd; cd; pwd",
        "/data/local/tmp\n/data/local\n/",
    ),
    (
        "printf 'echo $1 $# $0; exit 3' > /sdcard/x.sh; sh /sdcard/x.sh a b; echo $?",
        "a 2 /sdcard/x.sh\n3",
    ),
    (
        "printf 'x=5; return 2' > /sdcard/y; . /sdcard/y; echo $? $x",
        "2 5",
    ),
    (
        "sh -c 'echo $0 $1 $x' name arg; x=1 sh -c 'echo $x'; export y=2; sh -c 'echo $y'; echo 'echo from stdin' | sh; "
        "sh -ec 'false; echo no'; echo $?",
        "name arg\n1\n2\nfrom stdin\n1",
    ),
)


@pytest.mark.parametrize(("script", "output"), CASES)
def test_output(script: str, output: str, sh: Callable[..., Finished]) -> None:
    done = sh(script)
    assert done.text.rstrip("\n") == output, done.stderr


ERRORS = (
    (
        "foo",
        127,
        "/system/bin/sh: foo: inaccessible or not found",
    ),
    (
        "/sdcard/nope",
        127,
        "/system/bin/sh: /sdcard/nope: inaccessible or not found",
    ),
    (
        "/sdcard",
        126,
        "/system/bin/sh: /sdcard: can't execute: Is a directory",
    ),
    (
        "cd /x",
        2,
        "/system/bin/sh: cd: /x: No such file or directory",
    ),
    (
        "cd /data/data/com.android.settings",
        2,
        "/system/bin/sh: cd: /data/data/com.android.settings: Permission denied",
    ),
    (
        "echo > /nope/x",
        1,
        "/system/bin/sh: can't create /nope/x: No such file or directory",
    ),
    (
        "read x < /nope",
        1,
        "/system/bin/sh: can't open /nope: No such file or directory",
    ),
    (
        "echo a\nfi",
        1,
        "/system/bin/sh: syntax error: unexpected 'fi'",
    ),
    (
        "if true",
        1,
        "/system/bin/sh: syntax error: unexpected EOF",
    ),
    (
        "echo 'x",
        1,
        "/system/bin/sh: no closing quote",
    ),
    (
        "echo &&",
        1,
        "/system/bin/sh: syntax error: unexpected EOF",
    ),
    (
        "cat <<E\nx",
        1,
        "/system/bin/sh: here document 'E' unclosed",
    ),
    (
        "echo ${x!y}; echo no",
        1,
        "/system/bin/sh: ${x!y}: bad substitution",
    ),
    (
        "echo $((1/0)); echo no",
        1,
        "/system/bin/sh: 1/0: zero divisor",
    ),
    (
        "echo $((1+)); echo no",
        1,
        "/system/bin/sh: 1+: unexpected end of expression",
    ),
    (
        "set -u; echo $nope; echo no",
        1,
        "/system/bin/sh: nope: parameter not set",
    ),
    (
        "echo ${x:?}; echo no",
        1,
        "/system/bin/sh: x: parameter null or not set",
    ),
    (
        "readonly r=1; r=2; echo no",
        2,
        "/system/bin/sh: read-only: r",
    ),
    (
        "[ a = ]",
        2,
        "/system/bin/sh: [: =: unexpected operator/operand",
    ),
    (
        "[ a",
        2,
        "/system/bin/sh: [: missing ]",
    ),
    (
        "kill 99999",
        1,
        "/system/bin/sh: kill: 99999: No such process",
    ),
    (
        "sh -c foo; exit $?",
        127,
        "sh: foo: inaccessible or not found",
    ),
    (
        "printf '\\n\\nfoo' > /sdcard/s.sh; sh /sdcard/s.sh",
        127,
        "/sdcard/s.sh[3]: foo: inaccessible or not found",
    ),
    (
        "sh /sdcard/none.sh",
        127,
        "sh: can't open /sdcard/none.sh: No such file or directory",
    ),
    (
        "set -x; x='a b'; echo $x >/dev/null",
        0,
        "+ x='a b'\n+ echo a b",
    ),
)


@pytest.mark.parametrize(("script", "status", "message"), ERRORS)
def test_error(script: str, status: int, message: str, sh: Callable[..., Finished]) -> None:
    done = sh(script)
    assert (done.status, done.stderr.decode().rstrip("\n")) == (status, message)
    assert "no" not in done.text.split()


def test_lines_before_a_syntax_error_run_and_its_own_does_not(sh: Callable[..., Finished]) -> None:
    assert sh("echo a\necho b; )\necho c").text == "a\n"


def test_what_is_missing_is_noted(system: System, sh: Callable[..., Finished]) -> None:
    sh("frobnicate --now; /sdcard/x")
    assert system.unknown == ["frobnicate"]


def test_a_reader_that_leaves_ends_the_writer(sh: Callable[..., Finished]) -> None:
    assert sh("while :; do echo y; done | { read a; read b; echo $a$b; }").text == "yy\n"


def test_stages_run_at_the_same_time(sh: Callable[..., Finished]) -> None:
    """More goes through than a pipe holds."""
    assert (
        sh("i=0; while [ $i -lt 3000 ]; do echo $i; i=$((i+1)); done | { n=0; while read x; do n=$((n+1)); done; echo $n; }").text
        == "3000\n"
    )


def test_bytes_that_are_no_text_survive(sh: Callable[..., Finished]) -> None:
    assert (
        sh("read -r x; printf '%s' \"$x\"; printf '\\377\\303\\244'", stdin=b"\xff\xfe\xc3\xa4\n").stdout == b"\xff\xfe\xc3\xa4\xff\xc3\xa4"
    )


def test_stdin_is_shared_line_by_line(sh: Callable[..., Finished]) -> None:
    assert sh("read a; (read b; echo $b); read c; echo $a $c", stdin=b"1\n2\n3\n4\n").text == "2\n1 3\n"


def test_a_script_on_stdin(sh: Callable[..., Finished]) -> None:
    done = sh("", stdin=b"echo a\nread x\nline for read\necho $x\nif true\nthen echo c; fi\nexit 4\necho no\n")
    assert (done.status, done.text) == (4, "a\nline for read\nc\n")


def test_root_and_shell(sh: Callable[..., Finished]) -> None:
    assert sh("echo $USER; [ -w /data/data ] || echo no").text == "shell\nno\n"
    assert sh("echo $USER; cd /data/data && pwd", root=True).text == "root\n/data/data\n"
