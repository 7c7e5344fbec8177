"""Named evaluators, for checks that YAML cannot express. Add one here, with a test; YAML then refers to it by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, cast

from mobilegym.errors import ContentError
from mobilegym.evaluation.scene import Finding, Scene, brief
from mobilegym.tasks.side_effects import glob_matches

__all__ = ["EVALUATORS", "Evaluator", "evaluator", "folder_holds", "moved", "sorted_lines"]

Evaluator: TypeAlias = Callable[[Scene, Mapping[str, Any]], Finding]
"""`(scene, args) -> finding`; args as YAML gives them, placeholders filled in."""


def _text(args: Mapping[str, Any], name: str) -> str:
    value: object = args.get(name)
    if not isinstance(value, str):
        raise ContentError(f"an evaluator's argument `{name}` must be text, got {value!r}")
    return value


def folder_holds(scene: Scene, args: Mapping[str, Any]) -> Finding:
    """The folder `folder` holds exactly the files `names` (a list), no matter which folders."""
    folder, names = _text(args, "folder"), cast("list[str]", args.get("names", []))
    device = scene.device
    have = sorted(s.path.rpartition("/")[2] for s in device.files.list(folder) if not s.is_dir) if device.files.exists(folder) else []
    return Finding(have == sorted(names), f"{folder} holds exactly {', '.join(sorted(names)) or 'nothing'}", ", ".join(have) or "nothing")


def moved(scene: Scene, args: Mapping[str, Any]) -> Finding:
    """All files that fitted `from` (a path with `*`) at the start are now in the folder `to`, unchanged, and nowhere they were."""
    pattern, folder = _text(args, "from"), _text(args, "to").rstrip("/")
    old = {
        p.removeprefix("file:"): v
        for p, v in scene.before.items()
        if p.startswith("file:") and glob_matches(pattern, p.removeprefix("file:"))
    }
    wrong = [p for p, v in old.items() if scene.after.get(f"file:{folder}/{p.rpartition('/')[2]}") != v or f"file:{p}" in scene.after]
    return Finding(
        bool(old) and not wrong,
        f"{', '.join(old) or pattern} moved to {folder}",
        f"not so: {brief(wrong)}" if wrong or not old else "moved",
    )


def sorted_lines(scene: Scene, args: Mapping[str, Any]) -> Finding:
    """The lines of `path` that are not blank are those it had (`lines`), sorted; `order` is `ascending` (default) or `descending`."""
    path = _text(args, "path")
    wanted = sorted(cast("list[str]", args.get("lines", [])), reverse=args.get("order") == "descending")
    have = (
        [x.strip() for x in scene.device.files.read(path).decode("utf-8", "replace").splitlines() if x.strip()]
        if scene.device.files.exists(path)
        else []
    )
    return Finding(have == wanted, f"lines {wanted}", f"lines {have}")


EVALUATORS: Final[Mapping[str, Evaluator]] = {"folder_holds": folder_holds, "moved": moved, "sorted_lines": sorted_lines}
"""Name in YAML → evaluator."""


def evaluator(name: str) -> Evaluator:
    """The evaluator of that name.

    Raises:
        ContentError: If there is none.
    """
    if name not in EVALUATORS:
        raise ContentError(f"no such evaluator: {name!r}; there are {', '.join(sorted(EVALUATORS))}")
    return EVALUATORS[name]
