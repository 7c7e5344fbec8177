from __future__ import annotations

import pickle
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.phone.kernel.database import Database, Databases
from mobilegym.emulator.phone.kernel.dbguard import phone_numbers_equal
from mobilegym.errors import DeviceError, NotFound

SCHEMA = """
CREATE TABLE note (id INTEGER PRIMARY KEY, title TEXT, body BLOB, rank REAL);
CREATE TABLE pair (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE plain (x);
CREATE VIRTUAL TABLE note_fts USING fts4(title);
PRAGMA user_version = 3;
"""
SEEDED: list[int] = []


def seed(database: Database) -> None:
    SEEDED.append(1)
    database.execute("INSERT INTO note (id, title) VALUES (1, 'first')")


def make(*, seeded: bool = True) -> Databases:
    databases = Databases()
    databases.register("app", "notes.db", SCHEMA, seed if seeded else None)
    return databases


def test_schema_and_seed_run_once_for_all_phones() -> None:
    make().open("app", "notes.db")
    before = len(SEEDED)
    phones = [make() for _ in range(5)]
    assert {phone.open("app", "notes.db").scalar("SELECT title FROM note") for phone in phones} == {"first"}
    assert len({phone.open("app", "notes.db").token for phone in phones}) == 1
    assert len(SEEDED) == before
    assert phones[0].query("app", "notes.db", "PRAGMA user_version") == [{"user_version": 3}]


def test_reading_and_writing() -> None:
    note = make().open("app", "notes.db")
    token = note.token
    assert note.execute("INSERT INTO note (title, rank) VALUES (?, ?)", ("second", 1.5)) == 2
    assert note.token != token
    row = note.one("SELECT * FROM note WHERE id = 2")
    assert row is not None
    assert (row["title"], row[0], list(row.keys())) == ("second", 2, ["id", "title", "body", "rank"])
    assert note.one("SELECT * FROM note WHERE id = 99") is None
    assert note.scalar("SELECT max(id) FROM note WHERE id > 99") is None
    assert note.rows_as_dicts("SELECT id, title FROM note ORDER BY id") == [{"id": 1, "title": "first"}, {"id": 2, "title": "second"}]
    assert note.change("UPDATE note SET rank = 0") == 2
    token = note.token
    assert note.change("DELETE FROM note WHERE id = 99") == 0
    assert note.query("SELECT 1")[0][0] == 1
    assert note.token == token
    assert note.query("INSERT INTO note (title) VALUES ('x') RETURNING id")[0][0] == 3
    assert note.token != token
    note.executemany("INSERT INTO pair VALUES (?, ?)", [("a", "b"), ("c", "d")])
    assert note.scalar("SELECT count(*) FROM pair") == 2


def fail_halfway(note: Database) -> None:
    with note.transaction():
        note.execute("INSERT INTO note (title) VALUES ('gone')")
        with note.transaction():
            note.execute("INSERT INTO note (title) VALUES ('gone too')")
        note.execute("INSERT INTO nowhere VALUES (1)")


def test_a_transaction_is_all_or_nothing() -> None:
    note = make().open("app", "notes.db")
    with pytest.raises(DeviceError, match=r"no such table: nowhere"):
        fail_halfway(note)
    assert note.scalar("SELECT count(*) FROM note") == 1
    with pytest.raises(DeviceError):
        note.executemany("INSERT INTO pair VALUES (?, ?)", [("a", "b"), ("a", "b")])
    assert note.scalar("SELECT count(*) FROM pair") == 0


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO note (title) VALUES ('x')",
        "DELETE FROM note",
        "DROP TABLE note",
        "CREATE TABLE t (x)",
        "PRAGMA user_version = 9",
        "ATTACH ':memory:' AS other",
        "VACUUM",
        "BEGIN",
        "SAVEPOINT a",
        "SELECT random()",
        "SELECT datetime('now')",
        "SELECT date()",
        "SELECT CURRENT_TIMESTAMP",
        "SELECT load_extension('x')",
        "SELECT 1; SELECT 2",
        "nonsense",
        "SELECT * FROM nowhere",
        "UPDATE sqlite_master SET sql = ''",
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c",
        "SELECT length(zeroblob(1000000000))",
    ],
)
def test_reading_from_outside_refuses_all_else(sql: str) -> None:
    databases = make()
    token = databases.open("app", "notes.db").token
    with pytest.raises(DeviceError):
        databases.query("app", "notes.db", sql)
    assert databases.open("app", "notes.db").token == token
    databases.open("app", "notes.db").execute("INSERT INTO note (title) VALUES ('the app may still write')")


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH ':memory:' AS o",
        "VACUUM INTO '/tmp/x.db'",
        "PRAGMA writable_schema = 1",
        "BEGIN",
        "SELECT randomblob(4)",
        "UPDATE sqlite_master SET sql = ''",
        "INSERT INTO note (title) VALUES (datetime('now'))",
    ],
)
def test_writing_from_outside_stays_in_the_database(sql: str) -> None:
    with pytest.raises(DeviceError):
        make().execute("app", "notes.db", sql)


def test_outside_access() -> None:
    databases = make()
    assert databases.execute("app", "notes.db", "INSERT INTO note (title) VALUES (?)", ("by sql",)) == 2
    assert databases.query("app", "notes.db", "SELECT title FROM note WHERE id = ?", (2,)) == [{"title": "by sql"}]
    assert databases.query("app", "notes.db", "SELECT value FROM json_each('[1]')") == [{"value": 1}]
    assert [row["name"] for row in databases.query("app", "notes.db", "PRAGMA table_info(note)")][:2] == ["id", "title"]
    databases.execute("app", "notes.db", "INSERT INTO note_fts (title) VALUES ('hello world')")
    assert databases.query("app", "notes.db", "SELECT title FROM note_fts WHERE note_fts MATCH 'hello'") == [{"title": "hello world"}]
    assert databases.names("app") == ["notes.db"]
    assert databases.names("nobody") == []
    with pytest.raises(NotFound, match=r"it has: notes\.db"):
        databases.query("app", "other.db", "SELECT 1")


@pytest.mark.parametrize("args", [(2**70,), ("\ud800",), (cast("Any", object()),), (1, 2)])
def test_bad_arguments_are_device_errors(args: tuple[Any, ...]) -> None:
    with pytest.raises(DeviceError):
        make().open("app", "notes.db").query("SELECT ?", args)


def test_at_most_six_connections_and_nothing_is_lost() -> None:
    databases = Databases()
    handles: list[Database] = []
    for number in range(20):
        databases.register("app", f"{number}.db", SCHEMA)
        handle = databases.open("app", f"{number}.db")
        handle.execute("INSERT INTO note (title) VALUES (?)", (str(number),))
        handles.append(handle)
        assert sum(other.is_open for other in handles) <= 6
    assert [handle.scalar("SELECT title FROM note") for handle in handles] == [str(number) for number in range(20)]
    databases.close()
    assert not any(handle.is_open for handle in handles)
    assert handles[3].scalar("SELECT title FROM note") == "3"


def test_logical_rows_ignore_history() -> None:
    left, right = make(seeded=False), make(seeded=False)
    one, two = left.open("app", "notes.db"), right.open("app", "notes.db")
    one.execute("INSERT INTO note VALUES (2, 'b', ?, NULL)", (b"\0\1",))
    one.execute("INSERT INTO note VALUES (1, 'a', NULL, 1.5)")
    one.execute("INSERT INTO pair VALUES ('x/y', 'z')")
    two.execute("INSERT INTO note VALUES (1, 'q', NULL, 1.5)")
    two.execute("INSERT INTO pair VALUES ('x/y', 'z')")
    two.execute("INSERT INTO note VALUES (2, 'b', ?, NULL)", (b"\0\1",))
    two.execute("UPDATE note SET title = 'a' WHERE id = 1")
    two.execute("INSERT INTO plain VALUES (1)")
    two.execute("DELETE FROM plain")
    assert left.rows("app", "notes.db") == right.rows("app", "notes.db")
    tables = {(table, key) for table, key, _ in left.rows("app", "notes.db")}
    assert tables == {("note", "1"), ("note", "2"), ("pair", "x%2Fy,z")}
    assert left.rows("app", "notes.db")[0][2] == '{"body":null,"id":1,"rank":1.5,"title":"a"}'
    assert '"body":"sha256:' in left.rows("app", "notes.db")[1][2]


WRITES = st.lists(st.tuples(st.sampled_from(["write", "freeze", "thaw", "reset"]), st.integers(0, 3)), max_size=25)


@given(WRITES)
def test_snapshots_are_independent(steps: list[tuple[str, int]]) -> None:
    databases = make(seeded=False)
    handle = databases.open("app", "notes.db")
    model: tuple[str, ...] = ()
    kept: list[tuple[Any, tuple[str, ...]]] = []
    seen: dict[int, tuple[str, ...]] = {}
    for name, number in steps:
        match name:
            case "write":
                handle.execute("INSERT INTO note (title) VALUES (?)", (str(number),))
                model = (*model, str(number))
            case "freeze":
                kept.append((databases.freeze(), model))
            case "reset":
                databases.reset("app")
                model = ()
            case _:
                if kept:
                    frozen, model = kept[number % len(kept)]
                    databases.thaw(frozen)
        assert tuple(row[0] for row in handle.query("SELECT title FROM note ORDER BY id")) == model
        assert seen.setdefault(handle.token, model) == model
    for frozen, content in kept:
        other = Databases()
        other.thaw(frozen)
        assert tuple(row[0] for row in other.open("app", "notes.db").query("SELECT title FROM note ORDER BY id")) == content


def test_a_clean_freeze_is_the_same_object_and_pickles() -> None:
    databases = make()
    databases.open("app", "notes.db").execute("INSERT INTO note (title) VALUES ('x')")
    frozen = databases.freeze()
    databases.open("app", "notes.db").query("SELECT * FROM note")
    assert databases.freeze() is frozen
    other = Databases()
    other.thaw(frozen)
    assert other.open("app", "notes.db").token == databases.open("app", "notes.db").token
    schemas, images, _ = pickle.loads(pickle.dumps(tuple(frozen)))
    assert (len(schemas), len(images)) == (1, 1)


def test_files_can_be_read_and_replaced() -> None:
    databases, other = make(), make()
    databases.open("app", "notes.db").execute("INSERT INTO note (title) VALUES ('moved')")
    data = databases.read_file("app", "notes.db")
    assert data.startswith(b"SQLite format 3\0")
    handle = other.open("app", "notes.db")
    assert handle.scalar("SELECT count(*) FROM note") == 1
    other.write_file("app", "notes.db", data)
    assert handle.scalar("SELECT count(*) FROM note") == 2
    for rubbish in (b"", b"no database" * 100, data[:700]):
        with pytest.raises(DeviceError):
            other.write_file("app", "notes.db", rubbish)
    assert handle.scalar("SELECT count(*) FROM note") == 2


def test_foreign_keys_where_asked_for() -> None:
    databases = Databases()
    script = "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a INTEGER REFERENCES a(id) ON DELETE CASCADE);"
    databases.register("app", "fk.db", script, foreign_keys=True)
    handle = databases.open("app", "fk.db")
    with pytest.raises(DeviceError, match=r"FOREIGN KEY"):
        handle.execute("INSERT INTO b VALUES (1)")
    databases.register("app", "broken.db", "CREATE TABLE (")
    with pytest.raises(DeviceError, match=r"schema of database `app/broken\.db`"):
        databases.open("app", "broken.db")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("+1 (212) 555-0142", "2125550142", True),
        ("555-0142", "12125550142", True),
        ("212-555-0142", "646-555-0142", False),
        ("911", "911", True),
        ("911", "112", False),
        ("5550142", "15550142", True),
        ("BANK", "BANK", True),
        ("BANK", "TANK", False),
        ("BANK1234567", "1234567", False),
        (None, None, False),
        ("", "", False),
        ("22000", "122000", False),
    ],
)
def test_numbers_match_loosely(left: str | None, right: str | None, same: bool) -> None:
    assert phone_numbers_equal(left, right) is same
    assert phone_numbers_equal(right, left) is same
