"""Finds and loads suites: shipped ones by name, others by path or through the entry-point group `mobilegym.suites`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, cast

from mobilegym.content import content_dir
from mobilegym.errors import ContentError
from mobilegym.tasks.expansion import Expansion, validate
from mobilegym.tasks.instance import SuiteConfig, TaskInstance, TaskTemplate, make_template
from mobilegym.tasks.yaml_reader import Document, read_yaml

__all__ = ["Suite", "load_suite", "suite_names"]

_ENTRY_POINTS = "mobilegym.suites"


@dataclass(frozen=True)
class Suite:
    """A suite with all its templates, by id in alphabetical order."""

    config: SuiteConfig
    templates: dict[str, TaskTemplate]

    @property
    def name(self) -> str:
        return self.config.name

    def __len__(self) -> int:
        return len(self.templates)

    def template(self, template_id: str) -> TaskTemplate:
        """The template of that id.

        Raises:
            ContentError: If the suite has none; suggests near ones.
        """
        if template_id in self.templates:
            return self.templates[template_id]
        part = template_id.partition(".")[2] or template_id
        near = [t for t in self.templates if part in t or t.partition(".")[2] in part][:5]
        hint = f"did you mean {', '.join(near)}?" if near else f"it has {len(self)} tasks, list them with `mobilegym tasks list`"
        raise ContentError(f"the suite {self.name!r} has no task {template_id!r}; {hint}")

    def instance(self, template_id: str, seed: int) -> TaskInstance:
        """The task `template_id` for one seed.

        Raises:
            ContentError: If there is no such template, or it is not valid for that seed.
        """
        return self.template(template_id).instance(seed)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of everything the suite says; comments and layout of the files do not enter it."""
        content = {"suite": self.config.model_dump(mode="json"), "tasks": {i: t.document.data for i, t in sorted(self.templates.items())}}
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def suite_names() -> list[str]:
    """Suites that `load_suite` finds by name: shipped and installed ones."""
    shipped = [f.name for f in content_dir("tasks").iterdir() if f.is_dir() and f.joinpath("suite.yaml").is_file()]
    return sorted({*shipped, *(e.name for e in _entry_points())})


def load_suite(name_or_path: str | Path) -> Suite:
    """Load a suite, every file of it.

    Args:
        name_or_path: The name of a shipped or installed suite, or a folder with a `suite.yaml`.

    Raises:
        ContentError: If there is no such suite, or any of its files is malformed; names file, line and key.
    """
    return _load(_locate(name_or_path))


def _entry_points() -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=_ENTRY_POINTS))


def _locate(name_or_path: str | Path) -> Traversable:
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or "/" in text or "\\" in text or text.startswith("."):
        folder = Path(name_or_path)
        if not folder.joinpath("suite.yaml").is_file():
            raise ContentError("no such suite: a suite is a folder with a `suite.yaml`", file=str(folder))
        return folder
    shipped = content_dir("tasks")
    if text and shipped.joinpath(text, "suite.yaml").is_file():
        return shipped.joinpath(text)
    for entry in _entry_points():
        if entry.name == text:
            return _from_entry_point(entry)
    raise ContentError(f"no such suite: {text!r}; there are {', '.join(suite_names()) or 'none'} (or give the path of a suite's folder)")


def _from_entry_point(entry: EntryPoint) -> Traversable:
    """An entry point names a folder: a path, a `Traversable`, or a function that returns one of them."""
    try:
        value: Any = entry.load()
        value = value() if callable(value) else value
    except (ImportError, AttributeError, TypeError, OSError) as error:
        raise ContentError(f"the suite {entry.name!r} of the entry point `{entry.value}` cannot be loaded: {error}") from error
    folder = Path(value) if isinstance(value, str) else value
    if not isinstance(folder, Traversable) or not folder.joinpath("suite.yaml").is_file():
        raise ContentError(f"the entry point `{entry.value}` must give a folder with a `suite.yaml`, got {value!r}")
    return folder


def _read(file: Traversable, shown: str) -> Document:
    try:
        return read_yaml(file.read_text(encoding="utf-8"), shown)
    except UnicodeDecodeError as error:
        raise ContentError(f"not UTF-8: {error.reason} at byte {error.start}", file=shown) from error
    except OSError as error:
        raise ContentError(f"cannot be read: {error.strerror}", file=shown) from error


def _load_config(folder: Traversable) -> SuiteConfig:
    document = _read(folder.joinpath("suite.yaml"), str(folder.joinpath("suite.yaml")))
    plain = Expansion(document, (), {})
    plain.origins.update({p: p for p in document.lines})
    config = cast("SuiteConfig", validate(SuiteConfig, document.data, plain))
    if config.name != folder.name:
        raise document.error(f"must be {folder.name!r}, after its folder; got {config.name!r}", ("name",))
    return config


def _load(folder: Traversable) -> Suite:
    config = _load_config(folder)
    templates: dict[str, TaskTemplate] = {}
    for entry in sorted(folder.iterdir(), key=lambda f: f.name):
        if entry.name.startswith(".") or entry.name in ("suite.yaml", "README.md"):
            continue
        if not entry.is_dir():
            raise ContentError("a suite's folder holds `suite.yaml`, `README.md` and one folder per app, nothing else", file=str(entry))
        for file in sorted(entry.iterdir(), key=lambda f: f.name):
            if file.name.startswith("."):
                continue
            if not file.name.endswith(".yaml") or not file.is_file():
                raise ContentError("an app's folder holds `<task>.yaml` files, nothing else", file=str(file))
            expected = f"{entry.name}.{file.name.removesuffix('.yaml')}"
            templates[expected] = make_template(config, _read(file, str(file)), expected)
    if not templates:
        raise ContentError("the suite has no tasks: put them in `<app>/<task>.yaml`", file=str(folder))
    return Suite(config, templates)
