"""What the README, the guides and the rules show is run as shown: a file's blocks in order, in an empty folder."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest
from markdown_it import MarkdownIt

from tests.structure.doc_phones import DocPhones
from tests.structure.tree import ROOT, project_files
from tests.structure.yaml_blocks import check_yaml

DOCS = sorted(name for name in project_files() if name.endswith(".md") and not name.startswith(("tests/", "mobilegym/")))
SLOW = {"demo", "bench"}
NOT_RUN = {"apt-get", "cd", "docker", "git", "source"}
"""What prepares a machine. `pip install` is not run either, but the extras it names must exist."""


class Block(NamedTuple):
    language: str
    code: str
    line: int
    """1-based line of the first line of code."""


def blocks(name: str) -> list[Block]:
    tokens = MarkdownIt().parse((ROOT / name).read_text(encoding="utf-8"))
    return [Block(token.info.strip(), token.content, token.map[0] + 2) for token in tokens if token.type == "fence" and token.map]


def commands(block: Block) -> list[list[str]]:
    """The commands of a shell block; a backslash continues a line, `$` prompts and comments are dropped."""
    lines = block.code.replace("\\\n", " ").splitlines()
    return [words for line in lines if (words := shlex.split(line.removeprefix("$ "), comments=True))]


def run_command(words: list[str], cwd: Path, phones: DocPhones) -> None:
    """Run or check one command of a shell block.

    Raises:
        AssertionError: It fails, names a target or an extra that is not there, or is of a kind that cannot be checked.
    """
    match words:
        case ["mobilegym", "phone", "serve", *rest, "&"]:
            phones.serve(["phone", "serve", *rest], cwd)
        case ["adb", *rest]:
            phones.run_adb(rest, cwd)
        case ["mobilegym", *rest]:
            environment = phones.adb.environment if phones.serving else None
            command = [sys.executable, "-m", "mobilegym", *rest]
            done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{shlex.join(words)}\n{done.stdout}{done.stderr}"
        case ["make", *targets]:
            assert subprocess.run(["make", "-n", *targets], cwd=ROOT, capture_output=True, check=False).returncode == 0, shlex.join(words)
        case ["pip", "install", *what] | ["python", "-m", "pip", "install", *what]:
            extras = cast("dict[str, Any]", tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])
            named = {extra for group in re.findall(r"\[([^]]*)\]", " ".join(what)) for extra in group.split(",")}
            assert named <= set(extras["optional-dependencies"]), shlex.join(words)
        case [head, *_]:
            assert head in NOT_RUN, f"a command that this test cannot check: {shlex.join(words)}"
        case _:
            pass


def is_slow(words: list[str]) -> bool:
    return words[0] == "mobilegym" and len(words) > 1 and words[1] in SLOW


@pytest.mark.parametrize("name", DOCS)
def test_every_block_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__main__"}
    with DocPhones(tmp_path) as phones:
        for block in blocks(name):
            match block.language:
                case "python" if phones.serving:
                    phones.run_python(phones.here(block.code), tmp_path)
                case "python":
                    exec(compile("\n" * (block.line - 1) + block.code, str(ROOT / name), "exec"), names)
                case "sh":
                    for words in commands(block):
                        if not is_slow(words):
                            run_command([phones.here(word) for word in words], tmp_path, phones)
                case "yaml":
                    check_yaml(block.code, tmp_path)
                case "text" | "json":
                    pass
                case other:
                    pytest.fail(f"{name}:{block.line}: a block of an unknown kind, {other!r}; use python, sh, yaml, json or text")


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCS)
def test_every_slow_command_runs(name: str, tmp_path: Path) -> None:
    with DocPhones(tmp_path) as phones:
        for block in blocks(name):
            for words in commands(block) if block.language == "sh" else []:
                if is_slow(words):
                    run_command(words, tmp_path, phones)


@pytest.mark.parametrize("name", DOCS)
def test_every_link_leads_somewhere(name: str) -> None:
    """Links within the project point at files that are there."""
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target]
    assert [target for target in targets if not (ROOT / name).parent.joinpath(target).exists()] == []


def test_the_runner_finds_mistakes(tmp_path: Path) -> None:
    for words in (
        ["mobilegym", "no-such-command"],
        ["make", "no-such-target"],
        ["pip", "install", "mobilegym[no-such-extra]"],
        ["rm", "x"],
    ):
        with pytest.raises(AssertionError), DocPhones(tmp_path) as phones:
            run_command(words, tmp_path, phones)
