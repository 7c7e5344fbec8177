"""Times the renderer on a screen of about 150 ops; prints one JSON document. Run: `python -m tests.benchmarks.bench_paint`."""

from __future__ import annotations

import itertools
import json
import statistics
import time
from collections.abc import Callable

from mobilegym.emulator.phone.ui import ops, paint, png, text
from mobilegym.emulator.phone.ui.text import TextStyle
from tests.emulator.phone.ui import demo_scene as demo

SIZES = {"1080x2400": None, "720x1600": (1600, 720), "540x1200": (1200, 540)}


def median_ms(function: Callable[[], object], repeats: int = 40) -> float:
    """Median wall time of a call, ms, after two calls to warm up."""
    function()
    function()
    times: list[float] = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return round(statistics.median(times) * 1e3, 4)


def measure() -> dict[str, object]:
    """All figures, ms."""
    start = time.perf_counter()
    renderer = paint.Renderer()
    renderer.max_strip_bytes = 64 << 20
    screen = demo.screen()
    picture = renderer.render(screen, demo.W, demo.H, demo.BACKGROUND)
    cold = round((time.perf_counter() - start) * 1e3, 1)
    counter = itertools.count()
    figures: dict[str, object] = {"ops": len(screen), "cold_first_picture": cold, "build_ops": median_ms(demo.screen)}

    def every_strip_new(size: tuple[int, int] | None) -> object:
        # Another background makes every key new, while the cache stays full, as in a long run.
        return renderer.render(screen[1:], demo.W, demo.H, 0xFF000000 | next(counter), size)

    for name, size in SIZES.items():
        figures[name] = {
            "all_strips_cached": median_ms(lambda size=size: renderer.render(screen, demo.W, demo.H, demo.BACKGROUND, size)),
            "all_strips_painted": median_ms(lambda size=size: every_strip_new(size)),
            "one_pass_uncached": median_ms(lambda size=size: renderer.render_full(screen, demo.W, demo.H, demo.BACKGROUND, size), 10),
            "clock_changed": median_ms(
                lambda size=size: renderer.render(demo.screen(clock=str(next(counter))), demo.W, demo.H, demo.BACKGROUND, size)
            ),
            "list_scrolled": median_ms(
                lambda size=size: renderer.render(demo.screen(scroll=next(counter) % 900), demo.W, demo.H, demo.BACKGROUND, size)
            ),
        }
    style = TextStyle(42)
    figures["text"] = {
        "width_cached": median_ms(lambda: text.width("Hello world", style)),
        "width_new": median_ms(lambda: text.width(f"Hello world {next(counter)}", style)),
        "wrap_1000_chars_new": median_ms(lambda: text.wrap(f"{next(counter)} the quick brown fox " * 42, style, 900)),
        "text_op_new": median_ms(lambda: ops.text(0, 50, f"Hello world {next(counter)}", style, 0xFF000000)),
    }
    figures["png"] = {"ms": median_ms(lambda: png.encode(picture), 10), "kb": len(png.encode(picture)) // 1024}
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
