"""Gymnasium wrappers for `mobilegym/Phone-v0`, one for each file."""

from __future__ import annotations

from mobilegym.wrappers.action_history import ActionHistory
from mobilegym.wrappers.discrete import DiscreteActions
from mobilegym.wrappers.element_index import ElementIndex
from mobilegym.wrappers.pixel_size import ResizePixels
from mobilegym.wrappers.progress_reward import ProgressReward
from mobilegym.wrappers.virtual_time_limit import VirtualTimeLimit

__all__ = ["ActionHistory", "DiscreteActions", "ElementIndex", "ProgressReward", "ResizePixels", "VirtualTimeLimit"]
