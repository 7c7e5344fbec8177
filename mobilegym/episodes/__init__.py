"""Episodes: recorded, read, replayed, exported."""

from mobilegym.episodes.export import export_gif
from mobilegym.episodes.files import EpisodeWriter, read_episode
from mobilegym.episodes.format import Episode, EpisodeEnd, EpisodeManifest, EpisodeStep
from mobilegym.episodes.page import episode_html
from mobilegym.episodes.record import RecordOptions, record_episode
from mobilegym.episodes.replay import Replay, replay

__all__ = [
    "Episode",
    "EpisodeEnd",
    "EpisodeManifest",
    "EpisodeStep",
    "EpisodeWriter",
    "RecordOptions",
    "Replay",
    "episode_html",
    "export_gif",
    "read_episode",
    "record_episode",
    "replay",
]
