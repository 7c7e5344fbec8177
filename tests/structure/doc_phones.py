"""Phones and an adb server for the guides that serve them: what a guide starts with `&` is ended when its blocks are done.

A guide says `emulator-5554`, the first phone of a machine that has none. Here it is a phone on ports that nobody else takes, so
that a developer's own emulator is never touched.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests.clients.harness import Adb, adb_server, find_adb, free_pair
from tests.conftest import missing

SAID: Final = "emulator-5554"


class DocPhones(ExitStack):
    """What runs beside a guide. Nothing is started before it is asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._home = folder.parent / f"{folder.name}-home"
        self._adb: Adb | None = None
        self._serial = SAID

    @property
    def adb(self) -> Adb:
        """adb, with a server of its own."""
        if self._adb is None:
            path = find_adb("wheel") or find_adb("packaged")
            if path is None:
                missing("adb", "install the extra `adb`")
                raise AssertionError
            self._adb = self.enter_context(adb_server(path, self._home))
        return self._adb

    @property
    def serving(self) -> bool:
        """Whether phones are served."""
        return self._serial != SAID

    def here(self, text: str) -> str:
        """What a guide says, for this machine."""
        return text.replace(SAID, self._serial)

    def serve(self, words: list[str], cwd: Path) -> None:
        """`mobilegym phone serve` in the background, until its phone is known to adb."""
        port = free_pair()
        self._serial = f"emulator-{port}"
        command = [sys.executable, "-m", "mobilegym", *words, "--port", str(port), "--adb-server-port", str(self.adb.port)]
        server = subprocess.Popen(command, cwd=cwd, env=self.adb.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.callback(self._end, server)
        self.adb.of(self._serial)("wait-for-device", check=True)

    @staticmethod
    def _end(server: subprocess.Popen[bytes]) -> None:
        server.terminate()
        server.communicate(timeout=10)

    def run_adb(self, words: list[str], cwd: Path) -> None:
        """One adb command, whose output may go to a file."""
        target = cwd / words[-1] if len(words) > 2 and words[-2] == ">" else None
        done = self.adb.raw(*(words[:-2] if target is not None else words), cwd=cwd)
        assert done.returncode == 0, f"adb {' '.join(words)}\n{done.stdout.decode()}{done.stderr.decode()}"
        if target is not None:
            target.write_bytes(done.stdout)

    def run_python(self, code: str, cwd: Path) -> None:
        """A block of Python, in a process that knows this adb server."""
        environment = {**self.adb.environment, "PYTHONPATH": str(Path.cwd())}
        done = subprocess.run([sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{code}\n{done.stdout}{done.stderr}"
