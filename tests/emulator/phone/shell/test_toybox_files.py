"""Tools for files: what they print on an Android phone, and what they do."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from collections.abc import Callable

import pytest

from mobilegym.emulator.phone.shell.system import Finished, System

Sh = Callable[..., Finished]
TMP = "/data/local/tmp"


def test_ls(sh: Sh) -> None:
    assert sh("ls /sdcard/").text.split() == [
        "Alarms", "Android", "Audiobooks", "DCIM", "Documents", "Download", "Movies", "Music", "Notifications", "Pictures", "Podcasts",
        "Recordings", "Ringtones",
    ]  # fmt: skip
    long = sh("ls -l /sdcard/").text.splitlines()
    assert long[0] == "total 52"
    assert all(re.fullmatch(r"drwxrws--- \d u0_a\d+ media_rw 3452 2026-03-11 09:30 \w+", line) for line in long[1:])
    assert sh("ls -l /sdcard").text.endswith(" /sdcard -> /storage/self/primary\n")
    assert sh("ls -d /sdcard/D*").text == "/sdcard/DCIM\n/sdcard/Documents\n/sdcard/Download\n"
    missing = sh("ls /sdcard/none /data")
    assert missing.status == 1
    assert missing.stderr == b"ls: /sdcard/none: No such file or directory\nls: /data: Permission denied\n"


def test_ls_options(sh: Sh) -> None:
    sh(f"cd {TMP}; mkdir d; echo 1234 > d/b; echo 1 > a.txt; touch -d @0 old; touch .hidden; chmod 755 a.txt")
    assert sh(f"ls {TMP}").text == "a.txt\nd\nold\n"
    assert sh(f"ls -a {TMP}").text == ".\n..\n.hidden\na.txt\nd\nold\n"
    assert sh(f"ls -A {TMP}").text == ".hidden\na.txt\nd\nold\n"
    assert sh(f"ls -F {TMP}").text == "a.txt*\nd/\nold\n"
    assert sh(f"ls -R {TMP}").text == f"{TMP}:\na.txt\nd\nold\n\n{TMP}/d:\nb\n"
    assert sh(f"ls -tr {TMP}").text.splitlines()[0] == "old"
    assert sh(f"ls -m {TMP}").text == "a.txt, d, old\n"
    assert sh(f"ls -ll {TMP}/old").text.split()[5:7] == ["1969-12-31", "19:00:00.000000000"]
    assert sh(f"ls -l {TMP}/a.txt").text == f"-rwxr-xr-x 1 shell shell 2 2026-03-11 09:30 {TMP}/a.txt\n"
    assert sh(f"ls -Z {TMP}/a.txt").text == f"u:object_r:shell_data_file:s0 {TMP}/a.txt\n"
    assert sh("ls --color=auto -1 /sdcard/DCIM").status == 0
    assert sh("ls -z").stderr == b"ls: Unknown option 'z' (see \"ls --help\")\n"


def test_stat(sh: Sh) -> None:
    sh("echo hello > /sdcard/x; touch -d '2024-01-02 03:04:05' /sdcard/x")
    text = sh("stat /sdcard/x").text
    assert text.startswith("  File: /sdcard/x\n  Size: 6\t Blocks: 1\t IO Blocks: 512\tregular file\nDevice: 2fh/47d\t Inode: ")
    assert re.search(r"\nAccess: \(0660/-rw-rw----\)\tUid: \(\d+/ *u0_a\d+\)\tGid: \( ?1023/media_rw\)\n", text)
    assert "\nModify: 2024-01-02 03:04:05.000000000 -0500\n" in text
    assert sh("stat -c '%s %a %A %U:%G %n %F %Y' /sdcard/x").text.split(" ", 3)[:3] == ["6", "660", "-rw-rw----"]
    assert sh("stat -c %Y /sdcard/x").text == "1704182645\n"
    missing = sh("stat /none")
    assert (missing.status, missing.stderr) == (1, b"stat: /none: No such file or directory\n")


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("cp /none /sdcard/", "cp: bad '/none': No such file or directory"), ("mv /none /sdcard/",
        "mv: bad '/none': No such file or directory"),
        ("rm /none", "rm: /none: No such file or directory"), ("mkdir /sdcard/DCIM", "mkdir: '/sdcard/DCIM': File exists"),
        ("mkdir /data/x", "mkdir: '/data/x': Permission denied"), ("mkdir /sdcard/a/b", "mkdir: '/sdcard/a/b': No such file or directory"),
        ("touch /none/x", "touch: '/none/x': No such file or directory"), ("touch /x", "touch: '/x': Read-only file system"),
        ("chmod 755 /none", "chmod: /none: No such file or directory"), ("rmdir /sdcard/DCIM /none",
        "rmdir: /none: No such file or directory"),
        ("mkdir -p /sdcard/a/b; rmdir /sdcard/a", "rmdir: /sdcard/a: Directory not empty"), ("rm /sdcard/DCIM",
        "rm: /sdcard/DCIM: Is a directory"),
        ("cat /none", "cat: /none: No such file or directory"), ("cat /sdcard", "cat: /sdcard: Is a directory"),
        ("ln -s /a /sdcard/l", "ln: cannot create symbolic link from '/a' to '/sdcard/l': Operation not permitted"),
        ("cp", 'cp: Need 2 arguments (see "cp --help")'), ("cut", 'cut: Needs -bcCfF (see "cut --help")'), ("head -n",
        "head: Missing argument to 'n' (see \"head --help\")"),
        ("basename", 'basename: Needs 1 argument (see "basename --help")'), ("rm -rf /", "rm: rm /. if you mean it"),
        ("chown root /sdcard/DCIM", "chown: /sdcard/DCIM: Operation not permitted"), ("kill 99999", "kill: 99999: No such process"),
        ("killall nobody", "killall: nobody: No such process"), ("run-as no.such ls", "run-as: unknown package: no.such"),
        ("run-as com.android.settings ls", "run-as: package not debuggable: com.android.settings"), ("su -c id",
        "su: invalid uid/gid '-c'"),
        ("date 010100002020", "date: cannot set date: Operation not permitted"), ("date -d x", "date: bad date 'x'"),
        ("setenforce 0", "setenforce: Couldn't set enforcing status to '0': Permission denied"), ("grep '[' /sdcard/x",
        "grep: bad regex '[': brackets ([ ]) not balanced"),
        ("grep -r x /data", "grep: /data: Permission denied"), ("find /none", "find: /none: No such file or directory"),
        ("find /data", "find: /data: Permission denied"), ("dd if=/none", "dd: /none: No such file or directory"), ("tar -xf /none",
        "tar: /none: No such file or directory"),
        ("ping no.such.invalid", "ping: unknown host no.such.invalid"), ("ip addr show eth9", 'Device "eth9" does not exist.'),
    ],
)  # fmt: skip
def test_what_goes_wrong(sh: Sh, script: str, error: str) -> None:
    finished = sh(script)
    assert finished.stderr.decode().splitlines()[-1].removeprefix("/system/bin/sh: ") == error
    assert finished.status != 0


def test_copying_and_moving(sh: Sh, system: System) -> None:
    sh("mkdir -p /sdcard/a/b; echo one > /sdcard/a/b/f; cp -r /sdcard/a /sdcard/Download/; cp -v /sdcard/a/b/f /sdcard/g")
    files = system.phone.files
    assert files.read("/sdcard/Download/a/b/f") == b"one\n"
    assert sh("cp /sdcard/a /sdcard/n").stderr == b"cp: Skipped dir '/sdcard/a'\n"
    assert sh("mv -v /sdcard/g /sdcard/h").text == "mv '/sdcard/g' -> '/sdcard/h'\n"
    assert sh("echo two > /sdcard/g; cp -n /sdcard/g /sdcard/h; cat /sdcard/h").text == "one\n"
    assert sh("mv /sdcard/g /sdcard/h /sdcard/Music; ls /sdcard/Music").text == "g\nh\n"
    assert sh("touch -d @5 /sdcard/p; cp -p /sdcard/p /sdcard/q; stat -c %Y /sdcard/q").text == "5\n"
    assert sh("rm -rv /sdcard/a").text == "rm '/sdcard/a/b/f'\nrm '/sdcard/a/b'\nrm '/sdcard/a'\n"
    assert not files.exists("/sdcard/a")
    assert sh("rm -f /sdcard/none").status == 0
    assert sh("cp -r /sdcard/Music /sdcard/Music/x").stderr.startswith(b"cp: '/sdcard/Music' is parent of")


def test_chmod_makes_a_script_run(sh: Sh) -> None:
    sh(f"echo 'echo ran $1' > {TMP}/s.sh")
    assert sh(f"{TMP}/s.sh").status == 126
    assert sh(f"chmod +x {TMP}/s.sh; {TMP}/s.sh now").text == "ran now\n"
    assert sh(f"chmod u=rw,go-rwx {TMP}/s.sh; stat -c %a {TMP}/s.sh").text == "600\n"
    assert sh(f"chmod -R 700 {TMP}; stat -c %a {TMP}/s.sh").text == "700\n"
    assert sh(f"echo {TMP}/s.sh | xargs -I% %").text == "ran\n"


def test_find(sh: Sh) -> None:
    sh("mkdir -p /sdcard/t/u; echo 12345 > /sdcard/t/a.TXT; echo 1 > /sdcard/t/u/b.log; touch -d @0 /sdcard/t/u/old; cd /sdcard/t; touch e")

    def find(words: str) -> list[str]:
        return sh(f"cd /sdcard/t; find {words}").text.split()

    assert find("") == [".", "./a.TXT", "./e", "./u", "./u/b.log", "./u/old"]
    assert find(". -name '*.log'") == ["./u/b.log"]
    assert find(". -iname '*.txt' -o -name old") == ["./a.TXT", "./u/old"]
    assert find(". -type f ! -name 'b*' -size -1c") == ["./e", "./u/old"]
    assert find(". -maxdepth 1 -type d") == [".", "./u"]
    assert find(". -mindepth 2 -depth") == ["./u/b.log", "./u/old"]
    assert find(". -mtime +1 -o -newer e") == ["./u/old"]
    assert find("u -exec basename {} ';'") == ["u", "b.log", "old"]
    assert find(". -type f -exec echo {} +") == ["./a.TXT", "./e", "./u/b.log", "./u/old"]
    assert find(r". \( -name a.TXT -o -name e \) -printf '%f %s %d\n'") == ["a.TXT", "6", "1", "e", "0", "1"]
    assert find(". -name u -prune -o -print") == [".", "./a.TXT", "./e"]
    assert find(". -empty") == ["./e", "./u/old"]
    assert find(". -path './u/*' -print0").pop().split("\0")[:2] == ["./u/b.log", "./u/old"]
    assert find(". -name old -delete -print; ls u") == ["./u/old", "b.log"]
    assert find("/sdcard -maxdepth 1") == ["/sdcard"]
    assert sh("find . -nonsense").stderr == b"find: bad arg '-nonsense'\n"


def test_archives(sh: Sh, system: System) -> None:
    files = system.phone.files
    sh("mkdir -p /sdcard/p/q; echo one > /sdcard/p/q/f; echo two > /sdcard/p/g; cd /sdcard; tar -czf p.tgz p; rm -r p")
    with tarfile.open(fileobj=io.BytesIO(files.read("/sdcard/p.tgz"))) as archive:
        assert archive.getnames() == ["p", "p/g", "p/q", "p/q/f"]
    assert sh("tar tf /sdcard/p.tgz").text == "p/\np/g\np/q/\np/q/f\n"
    assert sh(f"tar -xvf /sdcard/p.tgz -C {TMP}; cat {TMP}/p/q/f").text == "p/\np/g\np/q/\np/q/f\none\n"
    assert sh("cd /sdcard; tar xzf p.tgz p/g; find p").text == "p\np/g\n"
    assert sh("tar cf - -C /sdcard p | tar t").text == "p/\np/g\n"
    assert sh("cd /sdcard; gzip p/g; ls p; zcat p/g.gz; gunzip p/g.gz; ls p").text == "g.gz\ntwo\ng\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(zipfile.ZipInfo("d/a.txt", (2024, 1, 2, 3, 4, 6)), "hello")
        packed.writestr(zipfile.ZipInfo("../evil", (2024, 1, 2, 3, 4, 6)), "x")
    files.write("/sdcard/z.zip", out.getvalue())
    listing = sh("unzip -l /sdcard/z.zip").text.splitlines()
    assert listing[:4] == ["Archive:  /sdcard/z.zip", "  Length      Date    Time    Name", "---------  ---------- -----   ----",
                           "        5  2024-01-02 03:04   d/a.txt"]  # fmt: skip
    assert listing[-1].split() == ["6", "2", "files"]
    assert sh("unzip -o /sdcard/z.zip -d /sdcard/out; cat /sdcard/out/d/a.txt").text.endswith("hello")
    assert not files.exists("/sdcard/evil")
    assert sh("unzip -p /sdcard/z.zip d/a.txt").text == "hello"


def test_binary_is_safe(sh: Sh, system: System) -> None:
    data = bytes(range(256)) * 300
    system.phone.files.write("/sdcard/bin", data)
    for script in ("cat /sdcard/bin", "head -c 100000 /sdcard/bin", "tail -c 100000 /sdcard/bin", "tee /sdcard/copy < /sdcard/bin",
                   "dd if=/sdcard/bin bs=1k", "base64 /sdcard/bin | base64 -d", "gzip -c /sdcard/bin | gunzip",
                   "xxd -p /sdcard/bin | xxd -r -p",
                   "xxd /sdcard/bin | xxd -r", "tac /sdcard/bin | tac", "sed p -n /sdcard/bin",
                   "cp /sdcard/bin /sdcard/o; cat /sdcard/o"):  # fmt: skip
        if "tac" not in script:
            assert sh(script).stdout == data, script
    assert system.phone.files.read("/sdcard/copy") == data
    assert sh("od -An -tx1 -N4 /sdcard/bin").text == " 00 01 02 03\n"
    assert sh("xxd -l 20 /sdcard/bin").text == (
        "00000000: 0001 0203 0405 0607 0809 0a0b 0c0d 0e0f  ................\n00000010: 1011 1213                                ....\n"
    )
    assert sh("hexdump -C -n 4 /sdcard/bin").text.startswith("00000000  00 01 02 03 ")


def test_dd(sh: Sh, system: System) -> None:
    finished = sh("dd if=/dev/zero of=/sdcard/z bs=1k count=3 seek=1")
    assert finished.stderr.startswith(b"3+0 records in\n3+0 records out\n3072 bytes (3.0K) copied, 0.001 s, ")
    assert system.phone.files.read("/sdcard/z") == bytes(4096)
    assert (
        sh("printf abcdefgh > /sdcard/y; printf XY | dd of=/sdcard/y bs=1 seek=2 conv=notrunc status=none; cat /sdcard/y").text
        == "abXYefgh"
    )
    assert sh("dd if=/sdcard/y bs=2 skip=1 count=2 status=none").text == "XYef"
    assert len(sh("head -c 70000 /dev/urandom").stdout) == 70_000


def test_diff_and_cmp(sh: Sh) -> None:
    sh("cd /sdcard; seq 10 > a; seq 10 | sed s/5/five/ > b; cp a c; touch -d @0 a b c")
    finished = sh("cd /sdcard; diff a b")
    assert finished.status == 1
    assert finished.text.splitlines()[2:] == ["@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8"]
    assert sh("cd /sdcard; diff -q a b").text == "Files a and b differ\n"
    assert sh("cd /sdcard; diff a c").status == 0
    assert sh("cd /sdcard; cmp a b").text == "a b differ: char 9, line 5\n"
    assert sh("cd /sdcard; cmp -s a c").status == 0


def test_space(sh: Sh) -> None:
    sh("mkdir /sdcard/s; head -c 10000 /dev/zero > /sdcard/s/f")
    assert sh("du /sdcard/s").text == "16\t/sdcard/s\n"
    assert sh("du -ah /sdcard/s").text == "12K\t/sdcard/s/f\n16K\t/sdcard/s\n"
    lines = sh("df").text.splitlines()
    assert lines[0].split() == ["Filesystem", "1K-blocks", "Used", "Available", "Use%", "Mounted", "on"]
    assert any(re.fullmatch(r"/dev/block/dm-6 +6084296 +\d+ +\d+ +\d+% /data", line) for line in lines)
    assert sh("df -h /sdcard/s").text.splitlines()[1].split()[-1] == "/storage/emulated"
    assert any(re.fullmatch(r"/dev/block/dm-\d+ on / type ext4 \(ro,seclabel,relatime\)", line) for line in sh("mount").text.splitlines())


def test_sums(sh: Sh) -> None:
    sh("printf hello > /sdcard/h")
    assert sh("toybox md5sum /sdcard/h").text == "5d41402abc4b2a76b9719d911017c592  /sdcard/h\n"
    assert sh("md5sum -b /sdcard/h").text == "5d41402abc4b2a76b9719d911017c592\n"
    assert sh("cd /sdcard; sha256sum h > s; sha256sum -c s").text == "h: OK\n"
    assert sh("cd /sdcard; sha256sum h > s; echo x > h; sha256sum -c s").status == 1
    assert sh("printf 123456789 | crc32").text == "cbf43926\n"


def test_names_and_links(sh: Sh) -> None:
    assert sh("readlink /sdcard").text == "/storage/self/primary\n"
    assert sh("readlink -f /sdcard/Download").text == "/storage/emulated/0/Download\n"
    assert sh("realpath /data/user/0/x").text == "/data/data/x\n"
    assert sh("readlink /sdcard/Download").status == 1
    assert sh("which ls nothing").text == "/system/bin/ls\n"
    name = sh(f"mktemp -p {TMP}").text.strip()
    assert re.fullmatch(TMP + r"/tmp\.\w{10}", name)
    assert sh(f"test -f {name}").status == 0
    assert sh("echo data > /sdcard/f.txt; file /sdcard/f.txt /sdcard/DCIM").text == "/sdcard/f.txt: ASCII text\n/sdcard/DCIM:  directory\n"
    assert sh("cd /sdcard; printf 'a\\nb\\nc\\n' | split -l 2 - part; head part*").text == "==> partaa <==\na\nb\n\n==> partab <==\nc\n"
    assert sh("echo abc > /sdcard/t; truncate -s 2 /sdcard/t; cat /sdcard/t; truncate -s +2 /sdcard/t; wc -c < /sdcard/t").text == "ab4\n"
