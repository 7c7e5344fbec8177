"""Which code wrote an episode."""

from __future__ import annotations

from pathlib import Path

__all__ = ["git_commit"]


def git_commit() -> str | None:
    """The checkout's commit, 40 hex digits; None where MobileGym was installed without its repository."""
    git = Path(__file__).parents[2] / ".git"
    try:
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref: "):
            return head
        ref = head.removeprefix("ref: ")
        if (git / ref).is_file():
            return (git / ref).read_text(encoding="utf-8").strip()
        packed = (git / "packed-refs").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.split()[0] for line in packed if line.endswith(f" {ref}")), None)
