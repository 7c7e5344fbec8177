"""The shell: a small sh after the model of Android's mksh."""

from __future__ import annotations

from mobilegym.emulator.phone.shell.sh.run import run_program
from mobilegym.emulator.phone.shell.sh.sessions import interactive, run_script

__all__ = ["interactive", "run_program", "run_script"]
