from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from mobilegym.emulator.phone.ui import images, scenes
from mobilegym.errors import ContentError


@pytest.mark.parametrize("name", sorted(scenes.SCENES))
def test_every_scene_fills_the_picture_and_follows_the_seed(name: str) -> None:
    pictures = [images.photo_png(name, seed, 160, 120) for seed in (1, 1, 2)]
    assert pictures[0] == pictures[1]
    first, last = (np.asarray(Image.open(io.BytesIO(data)).convert("RGBA")) for data in pictures[1:])
    assert first.shape == (120, 160, 4)
    assert (first[..., 3] == 255).all()
    assert first[..., :3].max(axis=2).min() > 8, "no unpainted pixels"
    assert (first != last).any()


def test_photos_are_jpegs_of_the_size_asked_for() -> None:
    data = images.photo("receipt", "lunch", 300, 400, "CAFE AURORA\n\nSoup|6.50\nTea|3.00\n\nTOTAL|9.50")
    assert data == images.photo("receipt", "lunch", 300, 400, "CAFE AURORA\n\nSoup|6.50\nTea|3.00\n\nTOTAL|9.50")
    assert data != images.photo("receipt", "lunch", 300, 400, "CAFE AURORA\n\nSoup|6.50\nTea|3.00\n\nTOTAL|9.60")
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.size) == ("JPEG", (300, 400))


def test_unknown_scenes_are_refused() -> None:
    with pytest.raises(ContentError, match=r"No picture scene is called `unicorn`; there are avatar, beach"):
        images.gen_key("unicorn", 1)


def test_scaled_pictures_are_cached_within_a_bound() -> None:
    store = images.ImageStore()
    store.max_scaled_bytes = 4 * 64 * 64 * 3
    made = [store.scaled(("gen", "cat", seed), 64, 64, "cover", 0) for seed in range(3)]
    assert store.scaled(("gen", "cat", 2), 64, 64, "cover", 0) is made[2]
    store.scaled(("gen", "cat", 9), 64, 64, "cover", 0)
    assert store.scaled(("gen", "cat", 0), 64, 64, "cover", 0) is not made[0]
