"""`ResizePixels`: another picture size, or grey, than the phone was asked for."""

from __future__ import annotations

from typing import Any

import gymnasium
import numpy as np
from gymnasium import spaces
from gymnasium.utils import RecordConstructorArgs
from PIL import Image

from mobilegym.emulator.device import PixelSize
from mobilegym.encoding import Arrays
from mobilegym.wrappers.base import dict_spaces

__all__ = ["ResizePixels"]


class ResizePixels(gymnasium.ObservationWrapper[Arrays, Any, Arrays], RecordConstructorArgs):
    """Scales the observation's `pixels` by averaging over areas; everything else stays.

    Asking `PhoneEnv` for that `pixel_size` in the first place is cheaper; this is for grey, and for environments made elsewhere.

    Args:
        env: An environment whose observation has `pixels`.
        size: `(height, width)`.
        grey: Drop colour; the shape is then `(height, width, 1)`.
    """

    def __init__(self, env: gymnasium.Env[Arrays, Any], size: PixelSize, grey: bool = False) -> None:
        if len(size) != 2 or min(size) < 1:
            raise ValueError(f"`size` is (height, width), both at least 1; got {size!r}")
        RecordConstructorArgs.__init__(self, size=size, grey=grey)
        gymnasium.ObservationWrapper.__init__(self, env)
        inner = dict_spaces(env)
        if "pixels" not in inner:
            raise TypeError("the observation has no `pixels`; make the environment with observation='pixels' or 'both'")
        self.size = size
        self.grey = grey
        self.observation_space = spaces.Dict({**inner, "pixels": spaces.Box(0, 255, (*size, 1 if grey else 3), np.uint8)})

    def observation(self, observation: Arrays) -> Arrays:
        """The observation with its `pixels` scaled."""
        picture = Image.fromarray(observation["pixels"])
        if self.grey:
            picture = picture.convert("L")
        small = np.asarray(picture.resize((self.size[1], self.size[0]), Image.Resampling.BOX))
        return {**observation, "pixels": small.reshape(*self.size, -1).copy()}
