"""Takes the pictures of all screens anew and makes them the reference: `python -m tests.pictures.accept [NAME …]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from tests.pictures.gallery import EXPECTED, HASHES, THEMES, accept, known, take
from tests.pictures.screens import SCREENS


def main(wanted: Sequence[str]) -> None:
    """Accept the screens whose names begin so, or all."""
    stems = {f"{name}.{theme}" for name in SCREENS for theme in THEMES}
    old = {stem: digest for stem, digest in known().items() if stem in stems}
    new = dict(old)
    for name in SCREENS:
        if wanted and not name.startswith(tuple(wanted)):
            continue
        for theme in THEMES:
            new[f"{name}.{theme}"] = accept(name, theme, take(name, theme))
    for path in EXPECTED.glob("*.webp"):
        if path.stem not in stems:
            path.unlink()
    HASHES.write_text(json.dumps(new, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    changed = sorted(stem for stem in new if new[stem] != old.get(stem))
    print(f"{len(new)} pictures, {len(changed)} of them new or changed", *changed, sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1:])
