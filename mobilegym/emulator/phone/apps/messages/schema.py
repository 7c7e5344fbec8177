"""`conversations.db` of Messages: what the telephony provider has no place for."""

from __future__ import annotations

from typing import Final

__all__ = ["SCHEMA"]

SCHEMA: Final = """
CREATE TABLE messages (id INTEGER PRIMARY KEY, body TEXT NOT NULL, type INTEGER NOT NULL, status INTEGER NOT NULL,
  participants TEXT NOT NULL, date INTEGER NOT NULL, read INTEGER NOT NULL, thread_id INTEGER NOT NULL, is_mms INTEGER NOT NULL,
  attachment TEXT, sender_phone_number TEXT NOT NULL, sender_name TEXT NOT NULL, sender_photo_uri TEXT NOT NULL,
  subscription_id INTEGER NOT NULL, is_scheduled INTEGER NOT NULL);
CREATE TABLE conversations (thread_id INTEGER PRIMARY KEY, title TEXT NOT NULL, uses_custom_title INTEGER NOT NULL DEFAULT 0);
CREATE TABLE pinned_conversations (thread_id INTEGER PRIMARY KEY);
CREATE TABLE recycle_bin_messages (id INTEGER NOT NULL, is_mms INTEGER NOT NULL DEFAULT 0, deleted_ts INTEGER NOT NULL,
  PRIMARY KEY (id, is_mms));
CREATE TABLE prefs (key TEXT PRIMARY KEY, value TEXT NOT NULL);
PRAGMA user_version = 11;
"""
"""`messages` holds scheduled messages alone (`date` in s, `participants` a JSON list of numbers); sent ones are the provider's.

Pinned conversations and `prefs` are shared preferences in the real app.
"""
