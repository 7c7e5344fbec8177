"""The file tree: what is where, who may do what, and that it agrees with the phone's files and databases."""

from __future__ import annotations

import contextlib
import errno
import io
import stat
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.kernel.packages import apk_path
from mobilegym.emulator.phone.shell.system import System
from mobilegym.emulator.phone.shell.vfs import FsError, Vfs

SHELL = 2000
CONTACTS = "/data/data/com.android.providers.contacts/databases/contacts2.db"


@pytest.fixture
def files(system: System) -> Vfs:
    return system.files


def fails(number: int) -> pytest.RaisesExc[FsError]:
    return pytest.RaisesExc(FsError, check=lambda error: error.errno == number)


def test_one_folder_by_all_its_names(files: Vfs, system: System) -> None:
    files.write("/sdcard/Download/a.txt", b"one", uid=SHELL)
    for path in ("/sdcard", "/storage/emulated/0", "/storage/self/primary", "/mnt/sdcard", "/sdcard/../sdcard/.//"):
        assert files.read(f"{path}/Download/a.txt", uid=SHELL) == b"one"
    assert files.read("/data/media/0/Download/a.txt") == b"one"
    assert system.phone.files.read("/sdcard/Download/a.txt") == b"one"
    assert files.readlink("/sdcard") == "/storage/self/primary"
    assert files.real("/sdcard/x") == "/storage/emulated/0/x"
    assert files.stat("/sdcard", follow=False).is_link
    assert files.stat("/sdcard").is_dir


def test_root_lists_what_an_emulator_does(files: Vfs) -> None:
    names = files.list("/", uid=SHELL)
    assert {"data", "data_mirror", "dev", "etc", "init.environ.rc", "proc", "sdcard", "storage", "system", "system_ext", "vendor"} <= set(
        names
    )
    for name in names:
        files.stat(f"/{name}", follow=False, uid=SHELL)


def test_everything_that_is_listed_is_there(files: Vfs) -> None:
    waiting, seen = ["/"], 0
    while waiting:
        folder = waiting.pop()
        for name in files.list(folder):
            path = f"{folder.rstrip('/')}/{name}"
            found = files.stat(path, follow=False)
            seen += 1
            if found.is_dir:
                waiting.append(path)
            elif found.is_file:
                content = files.read(path)
                assert path.startswith(("/proc", "/sys/")) or len(content) == found.size, path
    assert seen > 300


@pytest.mark.parametrize("path", ["/data", "/data/data", "/data/app", "/data/data/com.android.settings", "/data/local", "/lost+found"])
def test_shell_may_not_look(files: Vfs, path: str) -> None:
    with fails(errno.EACCES):
        files.list(path, uid=SHELL)
    files.list(path)


def test_shell_reads_code_whose_path_it_knows(files: Vfs) -> None:
    data = files.read(apk_path("com.android.settings"), uid=SHELL)
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["AndroidManifest.xml", "classes.dex"]


@pytest.mark.parametrize("uid", [0, SHELL])
@pytest.mark.parametrize("path", ["/x", "/system/x", "/vendor/x", "/system/bin/x"])
def test_the_system_is_read_only(files: Vfs, path: str, uid: int) -> None:
    with fails(errno.EROFS):
        files.write(path, b"", uid=uid)
    with fails(errno.EROFS):
        files.mkdir(path, uid=uid)


def test_system_files_stay(files: Vfs) -> None:
    with fails(errno.EROFS):
        files.remove("/system/etc/hosts")
    with fails(errno.EACCES):
        files.write("/proc/uptime", b"1", uid=SHELL)
    with fails(errno.EBUSY):
        files.rename("/data/local/tmp", "/data/local/other")
    files.write("/dev/null", b"gone", uid=SHELL)
    assert files.read("/dev/null") == b""


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("", errno.ENOENT), ("/sdcard/a\0b", errno.EINVAL), ("/sdcard/" + "x" * 300, errno.ENAMETOOLONG), ("/sdcard/\udcff", errno.EILSEQ),
        ("/sdcard/" + "x/" * 3000, errno.ENAMETOOLONG), ("/nowhere/x", errno.ENOENT), ("/sdcard/none/x", errno.ENOENT),
        ("/system/etc/hosts/x", errno.ENOTDIR), ("/sdcard/", errno.EISDIR), ("/sdcard/new/", errno.EISDIR),
    ],
)  # fmt: skip
def test_paths_that_cannot_be_written(files: Vfs, path: str, number: int) -> None:
    with fails(number):
        files.write(path, b"x")


def test_modes(files: Vfs) -> None:
    files.write("/data/local/tmp/run.sh", b"echo hi", uid=SHELL)
    assert not files.may("/data/local/tmp/run.sh", 1, uid=SHELL)
    files.chmod("/data/local/tmp/run.sh", 0o755, uid=SHELL)
    assert files.may("/data/local/tmp/run.sh", 1, uid=SHELL)
    files.rename("/data/local/tmp/run.sh", "/data/local/tmp/go.sh", uid=SHELL)
    assert stat.S_IMODE(files.stat("/data/local/tmp/go.sh").mode) == 0o755
    files.write("/sdcard/a", b"", mode=0o777, uid=SHELL)
    assert stat.S_IMODE(files.stat("/sdcard/a").mode) == 0o660
    assert stat.S_IMODE(files.stat("/sdcard/Download").mode) == 0o2770
    with fails(errno.EPERM):
        files.chmod(apk_path("com.android.settings"), 0o777, uid=SHELL)


def test_remembered_modes_are_bounded(files: Vfs) -> None:
    for i in range(5000):
        files._set_mode(f"/data/local/tmp/{i}", 0o700)
    assert len(files._modes) <= 4096


def test_a_database_is_a_file(files: Vfs, system: System) -> None:
    data = files.read(CONTACTS)
    assert data.startswith(b"SQLite format 3\0")
    assert files.stat(CONTACTS).size == len(data)
    system.phone.databases.execute("com.android.providers.contacts", "contacts2.db", "CREATE TABLE extra (a)")
    changed = files.read("/data/user/0/com.android.providers.contacts/databases/contacts2.db")
    assert b"extra" in changed
    files.write(CONTACTS, data)
    tables = "SELECT name FROM sqlite_master WHERE name = 'extra'"
    assert system.phone.databases.query("com.android.providers.contacts", "contacts2.db", tables) == []
    with fails(errno.EACCES):
        files.read(CONTACTS, uid=SHELL)


def test_a_database_may_come_in_pieces(files: Vfs, system: System) -> None:
    system.phone.databases.execute("com.android.providers.contacts", "contacts2.db", "CREATE TABLE extra (a)")
    data = files.read(CONTACTS)
    files.remove(CONTACTS)
    query = "SELECT count(*) AS n FROM sqlite_master WHERE name = 'extra'"
    assert system.phone.databases.query("com.android.providers.contacts", "contacts2.db", query) == [{"n": 0}]
    files.write(CONTACTS, data[:1000])
    assert files.read(CONTACTS) == data[:1000]
    files.write(CONTACTS, data[1000:], append=True)
    assert system.phone.databases.query("com.android.providers.contacts", "contacts2.db", query) == [{"n": 1}]


def test_proc_tells_of_the_phone(files: Vfs, system: System) -> None:
    before = float(files.read("/proc/uptime").split()[0])
    system.phone.pass_time(5000)
    assert float(files.read("/proc/uptime").split()[0]) == before + 5
    launcher = next(p for p in system.processes.all() if "launcher" in p.name)
    assert files.read(f"/proc/{launcher.pid}/cmdline") == launcher.name.encode() + b"\0"
    assert f"Uid:\t{system.processes.uid(launcher.name)}\t".encode() in files.read(f"/proc/{launcher.pid}/status")
    assert files.read("/proc/meminfo").startswith(b"MemTotal:        2014100 kB\n")
    assert b"Android virtual processor" in files.read("/proc/cpuinfo", uid=SHELL)
    assert files.read("/proc/net/unix").startswith(b"Num       RefCount Protocol Flags    Type St Inode Path\n")
    with fails(errno.ENOENT):
        files.stat("/proc/99999/cmdline")


def test_random_bytes_follow_from_the_seed() -> None:
    draws = [System(VirtualPhone(seed=seed)).files.read("/dev/urandom")[:32] for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]
    files = System(VirtualPhone()).files
    assert files.read("/dev/urandom") != files.read("/dev/urandom")


def test_trees(files: Vfs) -> None:
    files.mkdir("/sdcard/a/b/c", parents=True, uid=SHELL)
    files.mkdir("/sdcard/a/b/c", parents=True, uid=SHELL)
    files.write("/sdcard/a/b/f", b"1")
    files.copy("/sdcard/a", "/data/local/tmp/copy", uid=SHELL)
    assert files.read("/data/local/tmp/copy/b/f") == b"1"
    with fails(errno.ENOTEMPTY):
        files.rmdir("/sdcard/a")
    with fails(errno.EINVAL):
        files.rename("/sdcard/a", "/sdcard/a/b/inside")
    with fails(errno.EEXIST):
        files.mkdir("/sdcard/a")
    files.rename("/sdcard/a", "/sdcard/z", uid=SHELL)
    files.remove_tree("/sdcard/z", uid=SHELL)
    assert not files.exists("/sdcard/z")
    files.remove_tree("/data/data/com.android.settings")
    assert files.is_dir("/data/data/com.android.settings")


def test_too_much(files: Vfs) -> None:
    with fails(errno.ENOSPC):
        files.write("/sdcard/big", bytes(257 * 1024 * 1024))


NAMES = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    ["..", ".", "", "sdcard", "proc", "self", "data", "\udc80", "a" * 256]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(NAMES, max_size=5), other=st.lists(NAMES, max_size=3), uid=st.sampled_from([0, SHELL]))
def test_any_path_works_or_is_refused(files: Vfs, parts: list[str], other: list[str], uid: int) -> None:
    path, second = "/" + "/".join(parts), "/".join(other)
    for operation in (
        lambda: files.stat(path, uid=uid), lambda: files.list(path, uid=uid), lambda: files.read(path, uid=uid),
        lambda: files.readlink(path, uid=uid), lambda: files.write(path, b"x", uid=uid), lambda: files.rename(path, second, uid=uid),
        lambda: files.copy(path, second, uid=uid) if files.exists(path) and not files.is_dir(path) else None,
        lambda: files.mkdir(path, uid=uid), lambda: files.touch(path, uid=uid), lambda: files.chmod(path, 0o700, uid=uid),
        lambda: files.remove(path, uid=uid), lambda: files.rmdir(path, uid=uid),
    ):  # fmt: skip
        with contextlib.suppress(FsError):
            operation()
