"""Scripts that want too much: they end with a message, or go on without hindering others."""

from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone.shell.system import Finished
from tests.emulator.phone.shell.sh_run import finish, shared_system

BOUNDED = {
    "recursion": ("f() { f; }; f", "too many nested calls"),
    "substitution": ("f() { echo $(f); }; f", "can't fork"),
    "eval": ('x=\'eval "$x"\'; eval "$x"', "too many nested calls"),
    "source": ("echo . /sdcard/self > /sdcard/self; . /sdcard/self", "too many nested calls"),
    "traps": ("trap 'kill $$' TERM; kill $$", "too many nested calls"),
    "doubling": ("x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done", "x: out of memory"),
    "parameters": ('set -- a b c d; while :; do set -- "$@" "$@"; done', "Argument list too long"),
    "replacing": ("x=aaaaaaaaaa; x=$x$x$x$x$x$x$x$x$x$x; x=$x$x$x$x$x$x$x$x$x$x; while :; do x=${x//a/$x}; done", "string too long"),
    "range": ("echo {1..999999999}", "{1..999999999}: too many words"),
    "braces": ("echo " + "{a,b}" * 20, "brace expansion: too many words"),
    "jobs": ("while :; do cat & done", "too many jobs"),
    "parentheses": ("(" * 3000, "too deeply nested"),
    "groups": ("{ " * 3000, "too deeply nested"),
    "ifs": ("if " * 3000, "too deeply nested"),
    "substitutions": ("$(" * 3000, "too deeply nested"),
    "defaults": ('"${x:-' * 3000, "too deeply nested"),
    "arithmetic": ("echo $((" + "(" * 500 + "1" + ")" * 500 + "))", "expression recursion level exceeded"),
    "signs": ("echo $((" + "- " * 5000 + "1))", "expression recursion level exceeded"),
    "names": ("x='x+1'; echo $((x))", "expression recursion level exceeded"),
    "conditions": ("[[ " + "(" * 3000, "too deeply nested"),
    "tests": ("[ " + "\\( " * 3000 + "a " + "\\) " * 3000 + "]", "expression too deeply nested"),
    "width": ("printf '%1000000000d' 1", "%1000000000d: too wide"),
    "precision": ("printf '%.1000000000f' 1", "%.1000000000f: too wide"),
    "descriptors": ("exec 300>/dev/null", "300: bad file descriptor"),
}


@pytest.mark.parametrize("name", BOUNDED)
def test_it_ends_with_a_message(name: str) -> None:
    script, message = BOUNDED[name]
    assert message in finish(script).stderr.decode()


@pytest.mark.slow
def test_a_fork_bomb_ends() -> None:
    assert "can't fork - try again" in finish("f() { f | f; }; f").stderr.decode()


@pytest.mark.parametrize(
    "script",
    [
        "while :; do :; done",
        "until false; do true; done",
        "for i in $(f); do :; done; while :; do for i in 1 2 3; do continue; done; done",
        "while :; do echo x > /sdcard/y; done",
        "while :; do x=$(echo y); done",
        "while :; do echo y; done > /dev/null",
        "while :; do nope; done 2>/dev/null",
        "while :; do true | true; done",
        "f() { f & f & }; while :; do f; wait; done 2>/dev/null",
    ],
)
def test_endless_scripts_let_others_run_and_end_when_cancelled(script: str) -> None:
    async def run() -> None:
        task = asyncio.ensure_future(shared_system().run(script))
        for _ in range(5):
            begun = time.perf_counter()
            await asyncio.sleep(0)
            assert time.perf_counter() - begun < 1
        assert not task.done()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)

    asyncio.run(run())


@pytest.mark.parametrize(
    "script",
    [
        "case " + "a" * 50_000 + " in *a*a*a*a*a*a*a*a*a*a*a*a*b) ;; esac",
        "x=" + "a" * 50_000 + "; : ${x%%*a*a*a*a*b} ${x##*a*a*a*a*b} ${x//*a*a*b/x}",
        "x=" + "a" * 50_000 + "; [[ $x == *[a]*[a]*[a]*[a]*[a]b ]]",
    ],
)
def test_patterns_take_no_exponential_time(script: str) -> None:
    begun = time.perf_counter()
    finish(script)
    assert time.perf_counter() - begun < 3


TOKENS = st.sampled_from(
    [*"abcx0159 \t\n;&|<>(){}[]$`'\"\\*?!#~=+-%/:@^,."]
    + [
        "$(",
        "${",
        "$((",
        "))",
        "<<",
        "<<E\n",
        "\nE\n",
        ">>",
        "&&",
        "||",
        ";;",
        ">&2",
        "2>&1",
        "[[ ",
        " ]]",
        "f() ",
        "$'",
        "{1..9}",
        "{a,b}",
    ]
    + ["if ", "then ", "else ", "fi", "while ", "do ", "done", "case ", " in ", "esac", "for x in ", "\x00", "\udc80", "ä"]
    + ["echo ", "read ", "set -", "eval ", "exec ", "exit ", "trap ", "local ", "export ", "printf ", "test ", "wait ", "kill "]
    + [" /dev/null ", "/sdcard/"]
)


@settings(max_examples=200, deadline=None)
@given(script=st.lists(TOKENS, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_a_script(script: str) -> None:
    """It ends with a status, or goes on for ever; it never fails with anything but a message."""
    try:
        done = finish(script.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"), limit_s=2)
    except TimeoutError:
        return
    assert isinstance(done, Finished)
    assert 0 <= done.status <= 255
    assert b"internal error" not in done.stderr
    assert b"Traceback" not in done.stderr
