"""Prints what became of random episodes, one line each, for `test_determinism.py` to compare between processes.

`python -m tests.emulator.phone.episode_hashes FIRST STOP [reversed]`
"""

from __future__ import annotations

import hashlib
import json
import pickle
import sys
from pathlib import Path

from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.emulator.phone.ui.paint import pixel_hash
from tests.emulator.phone.wander import start, wander

STEPS = 25
SMALL = (240, 108)
CONFIGS = (PhoneConfig(), PhoneConfig(dark=True), PhoneConfig(font_scale=1.3, use_24h=True), PhoneConfig(locked=True, stay_awake=False))


def state_of(phone: VirtualPhone, *, full: bool = False) -> tuple[str, ...]:
    """Hashes of journal, screen, pixels and logical state."""
    screen = phone.observe()
    tree = json.dumps(phone.state_tree(), sort_keys=True, ensure_ascii=False)
    return (
        phone.kernel.journal.digest(),
        _hash(repr((screen.activity, screen.clock, screen.width, screen.height, screen.elements, screen.notifications))),
        _hash(tree),
        pixel_hash(phone.render(None if full else SMALL)),
    )


def episode(seed: int) -> str:
    """Wander, and look now and then; a line of hashes."""
    phone, wanderer = start(seed, CONFIGS[seed % len(CONFIGS)])
    seen: list[str] = []
    for step, _ in enumerate(wander(phone, wanderer, STEPS)):
        if step % 8 == 7:
            seen.append(pixel_hash(phone.render(SMALL)))
    line = json.dumps([seed, str(phone.activity()), *state_of(phone, full=seed % 10 == 0), _hash(" ".join(seen))])
    phone.close()
    return line


def continued(path: Path) -> list[tuple[str, ...]]:
    """Restore pickled snapshots and carry out the actions that are with them."""
    out: list[tuple[str, ...]] = []
    for snapshot, actions in pickle.loads(path.read_bytes()):
        phone = VirtualPhone(snapshot.config)
        phone.restore(snapshot)
        out.append(state_of(phone))
        for action in actions:
            phone.perform(action)
        out.append(state_of(phone))
    return out


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


if __name__ == "__main__":
    if sys.argv[1] == "restore":
        print(json.dumps(continued(Path(sys.argv[2]))))
    else:
        seeds = range(int(sys.argv[1]), int(sys.argv[2]))
        for number in reversed(seeds) if "reversed" in sys.argv else seeds:
            print(episode(number), flush=True)
