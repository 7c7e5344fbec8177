"""`find`: what it prints and does with the files that an expression picks."""

from __future__ import annotations

import posixpath

from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import at, complain
from mobilegym.emulator.phone.shell.toybox.find_tests import Candidate, Expression, compile_expression
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["find"]


async def find(p: Process) -> int:
    """Walk folders and do what the expression says with each file."""
    words, names, follow = list(p.args), list[str](), False
    if words == ["--help"]:
        p.out("usage: find [-HL] [DIR...] [<options>]\n")
        return 0
    while words and words[0] in ("-H", "-L", "-P"):
        follow = words.pop(0) == "-L"
    while words and not (words[0].startswith("-") or words[0] in ("(", ")", "!", ",")):
        names.append(words.pop(0))
    search = _Search(p, compile_expression(p, words), follow=follow)
    for name in names or ["."]:
        await search.start(name)
    await search.expression.finish()
    return max(search.status, search.expression.status)


class _Search:
    def __init__(self, p: Process, expression: Expression, *, follow: bool) -> None:
        self._p = p
        self._follow = follow
        self.expression = expression
        self.status = 0

    async def start(self, name: str) -> None:
        try:
            path = at(self._p, name)
            found = self._p.system.files.stat(path, follow=self._follow, uid=self._p.uid)
        except FsError as error:
            complain(self._p, name, error)
            self.status = 1
            return
        await self._visit(Candidate(name, path, found, 0))

    async def _visit(self, candidate: Candidate) -> None:
        expression = self.expression
        inside = candidate.depth >= expression.least
        descend = candidate.stat.is_dir and candidate.depth < expression.most
        if expression.depth_first:
            if descend:
                await self._descend(candidate)
            if inside:
                await expression.run(candidate)
            return
        expression.pruned = False
        if inside:
            await expression.run(candidate)
        await self._p.stdout.drain()
        if descend and not expression.pruned and not expression.over:
            await self._descend(candidate)

    async def _descend(self, candidate: Candidate) -> None:
        files, uid = self._p.system.files, self._p.uid
        try:
            names = files.list(candidate.path, uid=uid)
        except FsError as error:
            complain(self._p, candidate.name, error)
            self.status = 1
            return
        for child in names:
            await breathe()
            if self.expression.over:
                return
            path = posixpath.join(candidate.path.rstrip("/") or "/", child)
            try:
                found = files.stat(path, follow=self._follow and files.exists(path), uid=uid)
            except FsError as error:
                complain(self._p, posixpath.join(candidate.name, child), error)
                self.status = 1
                continue
            await self._visit(Candidate(posixpath.join(candidate.name, child), path, found, candidate.depth + 1))
