"""The command `mobilegym`."""

from mobilegym.cli.app import main

__all__ = ["main"]
