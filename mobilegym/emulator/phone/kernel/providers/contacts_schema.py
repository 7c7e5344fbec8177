"""Schema of `contacts2.db`, Android 14."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.kernel.database import Database

__all__ = ["MIMETYPES", "SCHEMA", "seed"]

_ITEM: Final = "vnd.android.cursor.item/"
MIMETYPES: Final = tuple(
    _ITEM + kind
    for kind in ("email_v2", "im", "nickname", "organization", "phone_v2", "sip_address", "name", "postal-address_v2", "identity", "photo",
                 "group_membership", "note", "website", "contact_event", "relation")
)  # fmt: skip

_DATA_COLUMNS: Final = ", ".join(f"data{number} TEXT" for number in range(1, 15))
_DATA: Final = ", ".join(f"d.data{number} AS data{number}" for number in range(1, 16))

_TABLES: Final = f"""
CREATE TABLE android_metadata (locale TEXT);
INSERT INTO android_metadata VALUES ('en_US');
CREATE TABLE accounts (_id INTEGER PRIMARY KEY AUTOINCREMENT, account_name TEXT, account_type TEXT, data_set TEXT, sim_slot_index INTEGER,
  sim_ef_type INTEGER, ungrouped_visible INTEGER NOT NULL DEFAULT 0, should_sync INTEGER NOT NULL DEFAULT 1,
  x_is_default INTEGER NOT NULL DEFAULT 0);
CREATE TABLE contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, name_raw_contact_id INTEGER REFERENCES raw_contacts(_id), photo_id INTEGER,
  photo_file_id INTEGER, custom_ringtone TEXT, send_to_voicemail INTEGER NOT NULL DEFAULT 0, x_times_contacted INTEGER NOT NULL DEFAULT 0,
  x_last_time_contacted INTEGER, times_contacted INTEGER NOT NULL DEFAULT 0, last_time_contacted INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0, pinned INTEGER NOT NULL DEFAULT 0, has_phone_number INTEGER NOT NULL DEFAULT 0, lookup TEXT,
  status_update_id INTEGER, contact_last_updated_timestamp INTEGER);
CREATE TABLE raw_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER REFERENCES accounts(_id),
  sourceid TEXT, backup_id TEXT,
  raw_contact_is_read_only INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1, dirty INTEGER NOT NULL DEFAULT 0,
  deleted INTEGER NOT NULL DEFAULT 0, metadata_dirty INTEGER NOT NULL DEFAULT 0, contact_id INTEGER REFERENCES contacts(_id),
  aggregation_mode INTEGER NOT NULL DEFAULT 0, aggregation_needed INTEGER NOT NULL DEFAULT 1, custom_ringtone TEXT,
  send_to_voicemail INTEGER NOT NULL DEFAULT 0, x_times_contacted INTEGER NOT NULL DEFAULT 0, x_last_time_contacted INTEGER,
  times_contacted INTEGER NOT NULL DEFAULT 0, last_time_contacted INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0,
  pinned INTEGER NOT NULL DEFAULT 0, display_name TEXT, display_name_alt TEXT, display_name_source INTEGER NOT NULL DEFAULT 0,
  phonetic_name TEXT, phonetic_name_style TEXT, sort_key TEXT COLLATE PHONEBOOK, phonebook_label TEXT, phonebook_bucket INTEGER,
  sort_key_alt TEXT COLLATE PHONEBOOK, phonebook_label_alt TEXT, phonebook_bucket_alt INTEGER, name_verified INTEGER NOT NULL DEFAULT 0,
  sync1 TEXT, sync2 TEXT, sync3 TEXT, sync4 TEXT);
CREATE INDEX raw_contacts_contact_id_index ON raw_contacts (contact_id);
CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY AUTOINCREMENT, mimetype TEXT NOT NULL);
CREATE TABLE data (_id INTEGER PRIMARY KEY AUTOINCREMENT, package_id INTEGER, mimetype_id INTEGER NOT NULL REFERENCES mimetypes(_id),
  raw_contact_id INTEGER NOT NULL REFERENCES raw_contacts(_id), hash_id TEXT, is_read_only INTEGER NOT NULL DEFAULT 0,
  is_primary INTEGER NOT NULL DEFAULT 0, is_super_primary INTEGER NOT NULL DEFAULT 0, data_version INTEGER NOT NULL DEFAULT 0,
  {_DATA_COLUMNS}, data15 BLOB, data_sync1 TEXT, data_sync2 TEXT, data_sync3 TEXT, data_sync4 TEXT,
  carrier_presence INTEGER NOT NULL DEFAULT 0, is_phone_account_migration_pending INTEGER NOT NULL DEFAULT 0,
  preferred_phone_account_component_name TEXT, preferred_phone_account_id TEXT);
CREATE INDEX data_raw_contact_id ON data (raw_contact_id);
CREATE TABLE phone_lookup (data_id INTEGER PRIMARY KEY REFERENCES data(_id), raw_contact_id INTEGER NOT NULL,
  normalized_number TEXT NOT NULL,
  min_match TEXT NOT NULL);
CREATE INDEX phone_lookup_min_match_index ON phone_lookup (min_match, raw_contact_id, data_id);
CREATE TABLE name_lookup (data_id INTEGER NOT NULL, raw_contact_id INTEGER NOT NULL, normalized_name TEXT NOT NULL,
  name_type INTEGER NOT NULL,
  PRIMARY KEY (data_id, normalized_name, name_type));
CREATE TABLE groups (_id INTEGER PRIMARY KEY AUTOINCREMENT, package_id INTEGER, account_id INTEGER, sourceid TEXT,
  version INTEGER NOT NULL DEFAULT 1, dirty INTEGER NOT NULL DEFAULT 0, title TEXT, title_res INTEGER, notes TEXT, system_id TEXT,
  deleted INTEGER NOT NULL DEFAULT 0, group_visible INTEGER NOT NULL DEFAULT 0, should_sync INTEGER NOT NULL DEFAULT 1,
  auto_add INTEGER NOT NULL DEFAULT 0, favorites INTEGER NOT NULL DEFAULT 0, group_is_read_only INTEGER NOT NULL DEFAULT 0,
  sync1 TEXT, sync2 TEXT, sync3 TEXT, sync4 TEXT);
CREATE TABLE visible_contacts (_id INTEGER PRIMARY KEY);
CREATE TABLE default_directory (_id INTEGER PRIMARY KEY);
CREATE TABLE agg_exceptions (_id INTEGER PRIMARY KEY AUTOINCREMENT, type INTEGER NOT NULL, raw_contact_id1 INTEGER,
  raw_contact_id2 INTEGER);
CREATE TABLE status_updates (status_update_data_id INTEGER PRIMARY KEY, status TEXT, status_ts INTEGER, status_res_package TEXT,
  status_label INTEGER, status_icon INTEGER);
CREATE TABLE data_usage_stat (stat_id INTEGER PRIMARY KEY AUTOINCREMENT, data_id INTEGER NOT NULL, usage_type INTEGER NOT NULL DEFAULT 0,
  x_times_used INTEGER NOT NULL DEFAULT 0, x_last_time_used INTEGER NOT NULL DEFAULT 0, times_used INTEGER NOT NULL DEFAULT 0,
  last_time_used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE deleted_contacts (contact_id INTEGER PRIMARY KEY, contact_deleted_timestamp INTEGER NOT NULL DEFAULT 0);
CREATE TABLE directories (_id INTEGER PRIMARY KEY AUTOINCREMENT, packageName TEXT NOT NULL, authority TEXT NOT NULL, typeResourceId INTEGER,
  typeResourceName TEXT, accountType TEXT, accountName TEXT, displayName TEXT, exportSupport INTEGER NOT NULL DEFAULT 0,
  shortcutSupport INTEGER NOT NULL DEFAULT 0, photoSupport INTEGER NOT NULL DEFAULT 0);
CREATE TABLE photo_files (_id INTEGER PRIMARY KEY AUTOINCREMENT, height INTEGER NOT NULL, width INTEGER NOT NULL,
  filesize INTEGER NOT NULL);
CREATE TABLE packages (_id INTEGER PRIMARY KEY AUTOINCREMENT, package TEXT NOT NULL);
CREATE TABLE properties (property_key TEXT PRIMARY KEY, property_value TEXT);
"""

_CONTACT: Final = """c.lookup AS lookup, c.name_raw_contact_id AS name_raw_contact_id, n.display_name AS display_name,
  n.display_name_alt AS display_name_alt, n.display_name_source AS display_name_source, n.phonetic_name AS phonetic_name,
  n.phonetic_name_style AS phonetic_name_style, n.sort_key AS sort_key, n.sort_key_alt AS sort_key_alt,
  n.phonebook_label AS phonebook_label, n.phonebook_bucket AS phonebook_bucket, n.phonebook_label_alt AS phonebook_label_alt,
  n.phonebook_bucket_alt AS phonebook_bucket_alt, c.has_phone_number AS has_phone_number, c.starred AS starred, c.pinned AS pinned,
  c.custom_ringtone AS custom_ringtone, c.send_to_voicemail AS send_to_voicemail, c.times_contacted AS times_contacted,
  c.last_time_contacted AS last_time_contacted, c.contact_last_updated_timestamp AS contact_last_updated_timestamp,
  c.photo_id AS photo_id, c.photo_file_id AS photo_file_id,
  CASE WHEN c.photo_id IS NULL THEN NULL ELSE 'content://com.android.contacts/contacts/' || c._id || '/photo' END AS photo_uri,
  CASE WHEN c.photo_id IS NULL THEN NULL ELSE 'content://com.android.contacts/contacts/' || c._id || '/photo' END AS photo_thumb_uri,
  EXISTS (SELECT 1 FROM visible_contacts v WHERE v._id = c._id) AS in_visible_group"""

_RAW: Final = """r.account_id AS account_id, a.account_name AS account_name, a.account_type AS account_type, a.data_set AS data_set,
  r.sourceid AS sourceid, r.version AS version, r.dirty AS dirty"""

_VIEWS: Final = f"""
CREATE VIEW view_contacts AS SELECT c._id AS _id, {_CONTACT}, 0 AS is_user_profile
  FROM contacts c JOIN raw_contacts n ON n._id = c.name_raw_contact_id;
CREATE VIEW view_raw_contacts AS SELECT r._id AS _id, r.contact_id AS contact_id, {_RAW}, r.backup_id AS backup_id, r.deleted AS deleted,
  r.raw_contact_is_read_only AS raw_contact_is_read_only, r.aggregation_mode AS aggregation_mode, r.display_name AS display_name,
  r.display_name_alt AS display_name_alt, r.display_name_source AS display_name_source, r.phonetic_name AS phonetic_name,
  r.phonetic_name_style AS phonetic_name_style, r.sort_key AS sort_key, r.phonebook_label AS phonebook_label,
  r.phonebook_bucket AS phonebook_bucket, r.sort_key_alt AS sort_key_alt, r.phonebook_label_alt AS phonebook_label_alt,
  r.phonebook_bucket_alt AS phonebook_bucket_alt, r.custom_ringtone AS custom_ringtone, r.send_to_voicemail AS send_to_voicemail,
  r.times_contacted AS times_contacted, r.last_time_contacted AS last_time_contacted, r.starred AS starred, r.pinned AS pinned,
  r.sync1 AS sync1, r.sync2 AS sync2, r.sync3 AS sync3, r.sync4 AS sync4
  FROM raw_contacts r LEFT JOIN accounts a ON a._id = r.account_id;
CREATE VIEW view_data AS SELECT d._id AS _id, d.raw_contact_id AS raw_contact_id, r.contact_id AS contact_id, m.mimetype AS mimetype,
  d.is_primary AS is_primary, d.is_super_primary AS is_super_primary, d.is_read_only AS is_read_only, d.data_version AS data_version,
  d.hash_id AS hash_id, {_DATA}, d.data_sync1 AS data_sync1, d.data_sync2 AS data_sync2, d.data_sync3 AS data_sync3,
  d.data_sync4 AS data_sync4, d.carrier_presence AS carrier_presence, {_RAW}, {_CONTACT}, 0 AS times_used, 0 AS last_time_used,
  (SELECT g.sourceid FROM groups g WHERE m.mimetype = 'vnd.android.cursor.item/group_membership' AND g._id = d.data1) AS group_sourceid
  FROM data d JOIN mimetypes m ON m._id = d.mimetype_id JOIN raw_contacts r ON r._id = d.raw_contact_id
  JOIN contacts c ON c._id = r.contact_id JOIN raw_contacts n ON n._id = c.name_raw_contact_id LEFT JOIN accounts a ON a._id = r.account_id;
CREATE VIEW view_raw_entities AS SELECT r._id AS _id, r.contact_id AS contact_id, {_RAW}, r.deleted AS deleted, r.starred AS starred,
  d._id AS data_id, m.mimetype AS mimetype, d.is_primary AS is_primary, d.is_super_primary AS is_super_primary, {_DATA}
  FROM raw_contacts r LEFT JOIN data d ON d.raw_contact_id = r._id LEFT JOIN mimetypes m ON m._id = d.mimetype_id
  LEFT JOIN accounts a ON a._id = r.account_id;
CREATE VIEW view_groups AS SELECT g._id AS _id, g.account_id AS account_id, a.account_name AS account_name, a.account_type AS account_type,
  a.data_set AS data_set, g.sourceid AS sourceid, g.version AS version, g.dirty AS dirty, g.title AS title, g.title_res AS title_res,
  g.notes AS notes, g.system_id AS system_id, g.deleted AS deleted, g.group_visible AS group_visible, g.should_sync AS should_sync,
  g.auto_add AS auto_add, g.favorites AS favorites, g.group_is_read_only AS group_is_read_only, g.sync1 AS sync1, g.sync2 AS sync2,
  g.sync3 AS sync3, g.sync4 AS sync4
  FROM groups g LEFT JOIN accounts a ON a._id = g.account_id;
PRAGMA user_version = 1700;
"""

SCHEMA: Final = _TABLES + _VIEWS
"""Script that creates the database; fill it with `seed`."""


def seed(database: Database) -> None:
    """Mime types and the local account of a fresh phone."""
    database.executemany("INSERT INTO mimetypes (_id, mimetype) VALUES (?, ?)", list(enumerate(MIMETYPES, start=1)))
    database.execute("INSERT INTO accounts (_id, account_name, account_type, ungrouped_visible) VALUES (1, NULL, NULL, 1)")
    database.execute("INSERT INTO properties VALUES ('database_time_created', '0')")
