"""`sqlite3` on apps' databases and on files, its output modes and errors, and what it must not reach."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.device import Value
from mobilegym.emulator.phone.shell.state.sqlite import split_statements
from mobilegym.emulator.phone.shell.state.sqlite_output import Style, literal, render, value_text
from mobilegym.emulator.phone.shell.system import Finished, System

Shell = Callable[..., Finished]
DB = "/data/local/tmp/a.db"
ALARMS = "/data/data/com.google.android.deskclock/databases/alarms.db"


@pytest.fixture
def table(sh: Shell) -> Shell:
    assert sh(f"sqlite3 {DB} \"create table t(a integer primary key, b text); insert into t values(1,'x'),(2,null)\"") == Finished(
        0, b"", b""
    )
    return sh


@pytest.mark.parametrize(
    ("options", "out"),
    [
        ("", "1|x\n2|\n"), ("-header", "a|b\n1|x\n2|\n"), ("-header -csv", "a,b\r\n1,x\r\n2,\r\n"), ("-separator ';'", "1;x\n2;\n"),
        ("-json", '[{"a":1,"b":"x"},\n{"a":2,"b":null}]\n'), ("-line", "    a = 1\n    b = x\n\n    a = 2\n    b = \n"),
        ("-column", "a  b\n-  -\n1  x\n2   \n"), ("-nullvalue NIL", "1|x\n2|NIL\n"),
        ("-table", "+---+---+\n| a | b |\n+---+---+\n| 1 | x |\n| 2 |   |\n+---+---+\n"),
        ("-box", "┌───┬───┐\n│ a │ b │\n├───┼───┤\n│ 1 │ x │\n│ 2 │   │\n└───┴───┘\n"),
        ("-markdown", "| a | b |\n|---|---|\n| 1 | x |\n| 2 |   |\n"), ("-cmd '.mode quote'", "1,'x'\n2,NULL\n"),
    ],
)  # fmt: skip
def test_modes(table: Shell, options: str, out: str) -> None:
    assert table(f"sqlite3 {options} {DB} 'select * from t'") == Finished(0, out.encode(), b"")


@pytest.mark.parametrize("mode", ["column", "json", "table", "box", "csv"])
def test_no_rows_print_nothing(table: Shell, mode: str) -> None:
    assert table(f"sqlite3 -header -{mode} {DB} 'select * from t where 0'").stdout == b""


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("select * from nope", "in prepare, no such table: nope"),
        ("selec 1", 'in prepare, near "selec": syntax error\n  selec 1\n  ^--- error here'),
        ("insert into t values(1,2)", "stepping, UNIQUE constraint failed: t.a (19)"),
        ("attach 'x' as y", "in prepare, not authorized (23)"),
        ("select load_extension('x')", "in prepare, not authorized to use function: load_extension"),
        ("pragma temp_store_directory='/tmp'", "in prepare, not authorized (23)"),
        ("pragma hard_heap_limit=1", "in prepare, not authorized (23)"),
        ("vacuum into '/sdcard/x'", "stepping, authorization denied (23)"),
    ],
)
def test_errors(table: Shell, sql: str, message: str) -> None:
    assert table(f'sqlite3 {DB} "{sql}"') == Finished(1, b"", f"Error: {message}\n".encode())


@pytest.mark.parametrize("sql", ["select readfile('/etc/passwd')", "select writefile('/tmp/x', 'y')", "select edit('x')"])
def test_nothing_of_the_machine(table: Shell, sql: str) -> None:
    assert "no such function" in table(f'sqlite3 {DB} "{sql}"').stderr.decode()


@pytest.mark.slow
def test_a_query_without_end_ends(table: Shell) -> None:
    done = table(f'sqlite3 {DB} "with recursive c(x) as (select 1 union all select x+1 from c) select count(*) from c"')
    assert done == Finished(1, b"", b"Error: stepping, interrupted (9)\n")


def test_a_script_on_stdin_goes_on_after_errors(table: Shell) -> None:
    script = b".headers on\nselect a\nfrom t;\nselec 1;\ninsert into t values(1,1);\n.print done\nselect 'a b' as c"
    done = table(f"sqlite3 {DB}", stdin=script)
    assert done.text == "a\n1\n2\ndone\nc\na b\n"
    assert done.stderr.decode() == (
        'Parse error near line 4: near "selec": syntax error\n  selec 1;\n  ^--- error here\n'
        "Runtime error near line 5: UNIQUE constraint failed: t.a (19)\n"
    )
    assert done.status == 1


def test_dot_commands(table: Shell) -> None:
    table(f'sqlite3 {DB} "create index i on t(b); create view v as select a from t"')
    assert table(f"sqlite3 {DB} .tables").text == "t  v\n"
    assert table(f"sqlite3 {DB} .indexes").text == "i\n"
    assert table(f"sqlite3 {DB} '.schema t'").text == "CREATE TABLE t(a integer primary key, b text);\nCREATE INDEX i on t(b);\n"
    assert table(f"sqlite3 {DB} '.schema v'").text == "CREATE VIEW v as select a from t\n/* v(a) */;\n"
    assert table(f"sqlite3 {DB} .databases").text == f"main: {DB} r/w\n"
    assert table(f"sqlite3 {DB} .nope").stderr == b'Error: unknown command or invalid arguments:  "nope". Enter ".help" for help\n'


def test_a_dump_makes_the_same_database(table: Shell) -> None:
    table(
        f"sqlite3 {DB} \"insert into t values(9, 'it''s' || char(10) || 'two'); create table f(x real, y blob); insert into f values(0.1, "
        "x'00ff')\""
    )
    dump = table(f"sqlite3 {DB} .dump").stdout
    assert b"INSERT INTO t VALUES(9,replace('it''s\\ntwo','\\n',char(10)));\n" in dump
    assert table("sqlite3 /data/local/tmp/b.db", stdin=dump) == Finished(0, b"", b"")
    assert table("sqlite3 /data/local/tmp/b.db .dump").stdout == dump


def test_the_clock_is_the_phones(sh: Shell) -> None:
    sql = (
        "select datetime('now'), datetime('now','localtime'), date(0,'unixepoch'), "
        "strftime('%H', 1773235800, 'unixepoch', 'localtime'), current_date"
    )
    assert sh(f'sqlite3 :memory: "{sql}"').text == "2026-03-11 13:30:00|2026-03-11 09:30:00|1970-01-01|09|2026-03-11\n"


def test_random_is_the_same_in_every_run(sh: Shell) -> None:
    command = "sqlite3 :memory: 'select random(), hex(randomblob(4))'"
    assert sh(command) == sh(command)


def test_an_apps_database(sh: Shell, system: System) -> None:
    denied = sh(f"sqlite3 {ALARMS} 'select 1'")
    assert denied == Finished(1, b"", f'Error: unable to open database "{ALARMS}": unable to open database file\n'.encode())
    heard: list[str] = []
    kernel = system.kernel
    kernel.broadcast = lambda package, action, extras: heard.append(f"{package} {action.rpartition('.')[2]} {extras['database']}")
    query = "select count(*) as n from alarm_templates"
    before = kernel.databases.query("com.google.android.deskclock", "alarms.db", query)[0]["n"]
    assert sh(f"sqlite3 {ALARMS} '{query}'", root=True).text == f"{before}\n"
    assert heard == []
    assert sh(f"sqlite3 {ALARMS} 'delete from alarm_templates'", root=True).status == 0
    assert kernel.databases.query("com.google.android.deskclock", "alarms.db", query) == [{"n": 0}]
    assert heard == ["com.google.android.deskclock DATABASE_CHANGED alarms.db"]


def test_what_cannot_be_opened(sh: Shell) -> None:
    assert (
        sh("sqlite3 /nowhere/a.db 'select 1'").stderr == b'Error: unable to open database "/nowhere/a.db": unable to open database file\n'
    )
    sh("echo hello > /data/local/tmp/text")
    assert sh("sqlite3 /data/local/tmp/text 'select 1'") == Finished(1, b"", b"Error: file is not a database\n")
    assert sh("sqlite3 -nope x").stderr == b"sqlite3: Error: unknown option: -nope\nUse -help for a list of options.\n"


def test_read_only_and_rolled_back(table: Shell, system: System) -> None:
    before = system.files.read(DB)
    assert table(f"sqlite3 -readonly {DB} 'delete from t'").stderr == b"Error: stepping, attempt to write a readonly database (8)\n"
    assert table(f"sqlite3 {DB} 'begin; delete from t'").status == 0
    assert system.files.read(DB) == before


VALUES = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
    | st.binary()
)


@given(VALUES)
def test_a_literal_is_the_value(value: Value) -> None:
    (found,) = sqlite3.connect(":memory:").execute(f"select {literal(value)}").fetchone()
    assert found == value
    assert type(found) is type(value)


@given(VALUES.filter(lambda value: not isinstance(value, bytes | float)) | st.integers(-(10**12), 10**12).map(lambda n: n / 1000))
def test_text_is_what_sqlite_says(value: Value) -> None:
    (text,) = sqlite3.connect(":memory:").execute("select cast(? as text)", (value,)).fetchone()
    assert value_text(value) == text


@given(
    st.lists(
        st.tuples(
            VALUES.filter(lambda v: not isinstance(v, float | bytes)),
            st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])),
        ),
        min_size=1,
    )
)
def test_json_and_csv_read_back(rows: list[tuple[Value, str]]) -> None:
    style = Style()
    assert [tuple(row.values()) for row in json.loads("".join(render(_in(style, "json"), ["a", "b"], rows)))] == rows
    text = "".join(render(_in(style, "csv"), ["a", "b"], rows))
    assert [row[1] for row in csv.reader(io.StringIO(text, newline=""))] == [row[1] for row in rows]


def _in(style: Style, mode: str) -> Style:
    style.use(mode)
    return style


@given(
    st.lists(
        st.sampled_from(["select 1;", "select ';';", "-- c;\nselect 2;", "create trigger x after insert on t begin select 1; end;", " \n"])
    )
)
def test_statements_are_split_where_they_end(parts: list[str]) -> None:
    found = [sql for _, sql in split_statements("\n".join(parts))]
    assert found == [part.strip() for part in parts if part.strip()]
