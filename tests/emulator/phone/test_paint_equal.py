"""What a phone shows is a function of its state: no cache ever shows something stale, and strips equal a picture in one pass."""

from __future__ import annotations

import gc
import random
import weakref

import numpy as np
import pytest

from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.emulator.phone.ui.paint import Renderer, renderer
from tests.emulator.phone.meddling import meddle
from tests.emulator.phone.twins import differences, forget_functions, forget_sprites, look, no_caches, shared_tables
from tests.emulator.phone.wander import start, wander

CONFIGS = (
    PhoneConfig(), PhoneConfig(dark=True), PhoneConfig(font_scale=1.3), PhoneConfig(dark=True, font_scale=2.0, density=480),
    PhoneConfig(font_scale=0.85, use_24h=True), PhoneConfig(locked=True, stay_awake=False),
)  # fmt: skip
EPISODES = 60
STEPS = 20


def assert_painted_alike(phone: VirtualPhone, *, full: bool) -> None:
    """The picture from strips equals the one painted in one pass."""
    background, ops = phone.kernel.windows.display_list()
    ui = phone.kernel.ui
    for size in (None,) if full else ((ui.height // 4, ui.width // 4),):
        strips = renderer().render(ops, ui.width, ui.height, background, size)
        whole = Renderer().render_full(ops, ui.width, ui.height, background, size)
        if not np.array_equal(strips, whole):
            rows = np.flatnonzero((strips != whole).any(axis=(1, 2)))
            raise AssertionError(f"{phone.activity()} at size {size}: rows {rows[0]} to {rows[-1]} differ")


def assert_shows_its_state(phone: VirtualPhone, what: object) -> None:
    """A new phone in the same state, without any cache, looks the same."""
    before = phone.kernel.journal.digest(), phone.kernel.tokens()
    shown = look(phone)
    with no_caches():
        forget_functions("apps.", "kernel.")
        twin = phone.fork()
        expected = look(twin)
    assert not (found := differences(shown, expected)), f"after {what}: {found}"
    assert (phone.kernel.journal.digest(), phone.kernel.tokens()) == before, f"looking changed the phone after {what}"
    assert twin.kernel.journal.digest() == before[0]


@pytest.mark.parametrize("part", range(6))
def test_no_cache_shows_anything_stale(part: int) -> None:
    """Along random episodes over all apps, in several configurations, while data and settings change from outside."""
    for seed in range(part, EPISODES, 6):
        config = CONFIGS[seed * 7 // 6 % len(CONFIGS)]
        phone, wanderer = start(seed, config)
        rng = random.Random(seed)
        assert_shows_its_state(phone, f"the start of {seed}")
        for step, action in enumerate(wander(phone, wanderer, STEPS)):
            assert_shows_its_state(phone, f"{action}, step {step} of {seed}")
            if rng.random() < 0.2:
                assert_painted_alike(phone, full=rng.random() < 0.1)
            if rng.random() < 0.15:
                what = meddle(phone, rng)
                assert_shows_its_state(phone, f"{what} from outside, step {step} of {seed}")


def test_forks_that_part_ways_do_not_see_each_others_screens() -> None:
    """Several phones of one process, from one state, in turns: all share the caches."""
    for seed in range(12):
        phone, wanderer = start(seed)
        forks = [phone.fork() for _ in range(3)]
        walks = [wander(fork, type(wanderer)(random.Random(f"{seed}/{i}"), wanderer.apps), 8) for i, fork in enumerate(forks)]
        for actions in zip(*walks, strict=True):
            for fork, action in zip(forks, actions, strict=True):
                assert_shows_its_state(fork, f"{action}, episode {seed}")
        assert_shows_its_state(phone, f"its forks' episode {seed}")


def test_sprites_and_pictures_are_drawn_alike_again() -> None:
    """Pictures painted after all sprites, glyph runs and decoded images were forgotten are the same."""
    for seed in range(15):
        phone, wanderer = start(seed, CONFIGS[seed % 2])
        for _ in wander(phone, wanderer, 10):
            pass
        first = phone.render()
        renderer().clear()
        forget_sprites()
        forget_functions("ui.text", "ui.paragraphs")
        with no_caches():
            assert np.array_equal(phone.fork().render(), first), f"episode {seed}, {phone.activity()}"


def test_no_cache_keeps_a_phone() -> None:
    """Views that are shared hold no reference to the phone they were first built for."""
    for seed in range(0, 30, 5):
        phone, wanderer = start(seed)
        for _ in wander(phone, wanderer, 15):
            phone.render((240, 108))
        kernel = weakref.ref(phone.kernel)
        phone.close()
        del phone
        gc.collect()
        assert kernel() is None, f"episode {seed}: {[type(holder).__name__ for holder in gc.get_referrers(kernel())]}"


def test_the_shared_tables_are_known() -> None:
    start(0)
    assert {name.rpartition(".")[2] for name in shared_tables()} >= {"_MEMO", "_VIEWS", "_SCREENS", "_HEIGHTS"}
