"""The types that numbers and addresses have, as Android numbers and labels them."""

from __future__ import annotations

from typing import Final

__all__ = ["EMAIL_KINDS", "PHONE_KINDS", "email_kind", "phone_kind"]

PHONE_KINDS: Final = (
    (2, "Mobile"), (3, "Work"), (1, "Home"), (12, "Main"), (4, "Work fax"), (5, "Home fax"), (6, "Pager"), (7, "Other"), (0, "Custom"),
)  # fmt: skip
"""Types of numbers in the order of the editor."""

EMAIL_KINDS: Final = ((1, "Home"), (2, "Work"), (3, "Other"), (4, "Mobile"), (0, "Custom"))
"""Types of e-mail addresses in the order of the editor."""

_PHONE: Final = dict(PHONE_KINDS) | {17: "Work mobile"}
_EMAIL: Final = dict(EMAIL_KINDS)


def phone_kind(kind: int, label: str = "") -> str:
    """`Mobile`, `Work`, …; a custom type is called by its label."""
    return label if kind == 0 and label else _PHONE.get(kind, "Other")


def email_kind(kind: int, label: str = "") -> str:
    """`Home`, `Work`, …; a custom type is called by its label."""
    return label if kind == 0 and label else _EMAIL.get(kind, "Other")
