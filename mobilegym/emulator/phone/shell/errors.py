"""What goes wrong on the phone is answered on the phone: these never reach whoever calls MobileGym."""

from __future__ import annotations

__all__ = ["PhoneSideError"]


class PhoneSideError(Exception):
    """Root of what programs on the phone raise. `sh.run.call` turns it into text on stderr and an exit status, the wire into a reply."""
