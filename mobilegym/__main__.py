"""`python -m mobilegym` is the command `mobilegym`."""

from __future__ import annotations

from mobilegym.cli import main

if __name__ == "__main__":
    main()
