"""The shell against the shells of this machine: what POSIX fixes must come out alike."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone.shell.system import Finished
from tests.emulator.phone.shell.sh_corpus import CORPUS
from tests.emulator.phone.shell.sh_run import finish

DASH = shutil.which("dash")
BASH = shutil.which("bash")
needs_dash = pytest.mark.skipif(DASH is None, reason="needs dash to compare with")


def host(*argv: str) -> tuple[int, bytes]:
    """What a shell of this machine makes of a script: status and output."""
    done = subprocess.run(
        argv, cwd="/", env={"PATH": "/usr/bin:/bin"}, stdin=subprocess.DEVNULL, capture_output=True, timeout=10, check=False
    )
    return done.returncode, done.stdout


@needs_dash
@pytest.mark.parametrize("script", CORPUS)
def test_as_dash_or_bash_does(script: str, sh: Callable[..., Finished]) -> None:
    """dash reads escapes in `echo`, and bash is no small shell: one of them must agree."""
    done = sh(script)
    allowed = [host(str(DASH), "-c", script)]
    if (done.status, done.stdout) != allowed[0] and BASH:
        allowed.append(host(BASH, "--posix", "-c", script))
    assert (done.status, done.stdout) in allowed, done.stderr


NAMES = st.sampled_from(["a", "b", "c"])
PLAIN = st.text("xyz01/._-", min_size=1, max_size=4).map(lambda text: text if text[0] not in "-." else "w" + text)
PATTERNS = st.text("xyz01*?", min_size=1, max_size=3)


def expansions() -> st.SearchStrategy[str]:
    """Parameters in every form."""
    forms = ["${%s}", "$%s", "${%s:-%s}", "${%s-%s}", "${%s:+%s}", "${#%s}", "${%s#%s}", "${%s##%s}", "${%s%%%s}", "${%s%%%%%s}"]

    def fill(form: str, name: str, word: str) -> str:
        return form % ((name, word) if form.replace("%%", "").count("%s") == 2 else (name,))

    return st.builds(fill, st.sampled_from(forms), NAMES, PATTERNS)


WORDS = st.one_of(
    PLAIN,
    PLAIN.map(lambda text: f"'{text} {text}'"),
    expansions(),
    expansions().map(lambda text: f'"{text}"'),
    expansions().map(lambda text: f'{text}"x {text}"'),
    st.builds(
        "$(({} {} {}))".format, st.integers(0, 99), st.sampled_from(["+", "-", "*", "<", "==", "&", "|", "&&", "||"]), st.integers(0, 99)
    ),
    PLAIN.map(lambda text: f"$(echo {text}; echo '{text} ')"),
    st.sampled_from(["$?", '"$@"', "$#", '"$*"', "$*", "''", "\\$x"]),
)
ECHO = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: "printf '[%s]' " + " ".join(words))
SIMPLE = st.one_of(
    ECHO,
    st.builds("{}={}".format, NAMES, WORDS),
    st.sampled_from(["true", "false", ":", "set -- p 'q r'", "IFS=:", "unset a", "shift 2>/dev/null || :", "echo"]),
    st.builds("[ {} = {} ]".format, PLAIN, PLAIN),
    st.builds("a='{} {}'".format, PLAIN, PLAIN),
)


def compound(commands: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One level more of commands within commands."""
    return st.one_of(
        st.builds("{} && {}".format, commands, commands),
        st.builds("{} || {}".format, commands, commands),
        st.builds("{}\n{}".format, commands, commands),
        st.builds("if {}; then {}; else {}; fi".format, commands, commands, commands),
        st.builds("for {} in {} {}; do {}; done".format, NAMES, WORDS, WORDS, commands),
        st.builds("case {} in {}) {};; *) {};; esac".format, WORDS, PATTERNS, commands, commands),
        st.builds("( {} )".format, commands),
        st.builds("{{ {}; }}".format, commands),
        st.builds("! {{ {}; }}".format, commands),
        st.builds('{{ {}; }} | {{ read a b; printf \'<%s|%s>\' "$a" "$b"; }}'.format, commands),
        st.builds("f() {{ {}; }}; f 1 '2 3'".format, commands),
        st.builds("{{ while read b; do {}; done <<E\n{}\nx $a\nE\n}}".format, SIMPLE, PLAIN),
    )


SCRIPTS = st.recursive(SIMPLE, compound, max_leaves=6)


@needs_dash
@settings(max_examples=100, deadline=None)
@given(script=SCRIPTS)
def test_made_up_scripts_as_dash_does(script: str) -> None:
    """Scripts that are derived from the grammar. Words that begin like patterns match no file: there is none of these names."""
    script = f"set -f; {script}"
    done = finish(script)
    assert (done.status, done.stdout) in (host(str(DASH), "-c", script), host(BASH or str(DASH), "-c", script)), done.stderr
