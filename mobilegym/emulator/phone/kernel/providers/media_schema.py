"""Schema of the media store's `external.db`, Android 14."""

from __future__ import annotations

from typing import Final

__all__ = ["SCHEMA"]

_INTEGERS: Final = (
    "_size format parent date_added date_modified orientation datetaken mini_thumb_magic bucket_id isprivate artist_id album_id track year "
    "is_ringtone is_music is_alarm is_notification is_podcast duration bookmark media_type old_id is_drm width height color_standard "
    "color_transfer color_range group_id genre_id bitrate iso scene_capture_type generation_added generation_modified _transcode_status "
    "_video_codec_type _modifier is_recording redacted_uri_id _user_id _special_format num_tracks date_expires"
)
_ZERO: Final = "is_pending is_download is_audiobook is_trashed is_favorite"
_TEXTS: Final = (
    "mime_type title description _display_name picasa_id bucket_display_name title_key composer album_artist artist album resolution tags "
    "category language mini_thumb_data name title_resource_uri owner_package_name _hash download_uri referer_uri primary_directory "
    "secondary_directory document_id instance_id original_document_id relative_path volume_name artist_key album_key genre genre_key "
    "author cd_track_number compilation disc_number writer exposure_time f_number"
)
_REALS: Final = "latitude longitude capture_framerate"

_COLUMNS: Final = ", ".join(
    ["_id INTEGER PRIMARY KEY AUTOINCREMENT", "_data TEXT UNIQUE COLLATE NOCASE"]
    + [f"{name} INTEGER" for name in _INTEGERS.split()]
    + [f"{name} INTEGER DEFAULT 0" for name in _ZERO.split()]
    + [f"{name} TEXT" for name in _TEXTS.split()]
    + [f"{name} REAL" for name in _REALS.split()]
    + ["xmp BLOB"]
)

SCHEMA: Final = f"""
CREATE TABLE android_metadata (locale TEXT);
INSERT INTO android_metadata VALUES ('en_US');
CREATE TABLE files ({_COLUMNS});
CREATE INDEX media_type_index ON files (media_type, datetaken);
CREATE TABLE log (time INTEGER, message TEXT);
CREATE TABLE deleted_media (_id INTEGER PRIMARY KEY AUTOINCREMENT, old_id INTEGER UNIQUE, generation_modified INTEGER);
CREATE TABLE audio_playlists_map (_id INTEGER PRIMARY KEY, audio_id INTEGER NOT NULL, playlist_id INTEGER NOT NULL,
  play_order INTEGER NOT NULL);
CREATE TABLE media_grants (owner_package_name TEXT, file_id INTEGER, package_user_id INTEGER, UNIQUE (owner_package_name, file_id));
CREATE VIEW images AS SELECT * FROM files WHERE media_type = 1;
CREATE VIEW audio AS SELECT * FROM files WHERE media_type = 2;
CREATE VIEW video AS SELECT * FROM files WHERE media_type = 3;
CREATE VIEW audio_playlists AS SELECT * FROM files WHERE media_type = 4;
CREATE VIEW downloads AS SELECT * FROM files WHERE is_download = 1;
PRAGMA user_version = 1500;
"""
"""Script that creates the database."""
