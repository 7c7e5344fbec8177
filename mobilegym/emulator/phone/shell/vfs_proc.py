"""What `/proc` holds: facts about the phone's kernel and its processes, as text."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.vfs_values import Node, uid_of

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.processes import ProcessInfo
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["KERNEL_RELEASE", "KERNEL_VERSION", "MEMORY", "Proc"]

KERNEL_RELEASE: Final = "6.1.23-android14-4-00257-g7e35917775b8-ab9964412"
KERNEL_VERSION: Final = "#1 SMP PREEMPT Mon Apr 17 20:50:58 UTC 2023"
_CORES: Final = 4
MEMORY: Final = {
    "MemTotal": 2_014_100, "MemFree": 131_204, "MemAvailable": 868_532, "Buffers": 2_412, "Cached": 799_060, "SwapCached": 1_024,
    "Active": 596_400, "Inactive": 690_120, "Active(anon)": 198_024, "Inactive(anon)": 320_180, "Active(file)": 398_376,
    "Inactive(file)": 369_940, "Unevictable": 9_204, "Mlocked": 9_204, "SwapTotal": 1_510_572, "SwapFree": 1_401_996, "Dirty": 120,
    "Writeback": 0, "AnonPages": 491_008, "Mapped": 402_112, "Shmem": 12_320, "KReclaimable": 62_044, "Slab": 152_768,
    "SReclaimable": 46_012, "SUnreclaim": 106_756, "KernelStack": 28_512, "PageTables": 66_424, "NFS_Unstable": 0, "Bounce": 0,
    "WritebackTmp": 0, "CommitLimit": 2_517_620, "Committed_AS": 35_002_104, "VmallocTotal": 34_359_738_367, "VmallocUsed": 46_908,
    "VmallocChunk": 0, "Percpu": 6_784,
}  # fmt: skip
"""`/proc/meminfo` in kB."""
_SOCKETS: Final = (
    "/dev/socket/logdw", "/dev/socket/logd", "/dev/socket/logdr", "/dev/socket/property_service", "/dev/socket/zygote",
    "/dev/socket/statsdw", "/dev/socket/dnsproxyd", "/dev/socket/fwmarkd", "/dev/socket/mdns", "/dev/socket/adbd",
    "@jdwp-control",
)  # fmt: skip
_ROUTES: Final = (
    "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT".ljust(127),
    "wlan0\t0002000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0".ljust(127),
)  # fmt: skip
_NET_TITLES: Final = (
    "Inter-|   Receive                                                |  Transmit",
    " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed",
)
_TRAFFIC: Final = (("lo", 12_544, 160, 12_544, 160), ("wlan0", 1_843_220, 2_210, 312_044, 1_730))
_FLAGS: Final = (
    "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ss syscall nx pdpe1gb rdtscp lm "
    "constant_tsc rep_good nopl xtopology nonstop_tsc cpuid pni pclmulqdq ssse3 fma cx16 pcid sse4_1 sse4_2 x2apic movbe popcnt aes xsave"
)
_CPU: Final = f"""processor\t: {{core}}
vendor_id\t: GenuineIntel
cpu family\t: 6
model\t\t: 6
model name\t: Android virtual processor
stepping\t: 3
microcode\t: 0x1
cpu MHz\t\t: 2803.198
cache size\t: 16384 KB
physical id\t: 0
siblings\t: {_CORES}
core id\t\t: {{core}}
cpu cores\t: {_CORES}
apicid\t\t: {{core}}
initial apicid\t: {{core}}
fpu\t\t: yes
fpu_exception\t: yes
cpuid level\t: 13
wp\t\t: yes
flags\t\t: {_FLAGS}
bogomips\t: 5606.39
clflush size\t: 64
cache_alignment\t: 64
address sizes\t: 39 bits physical, 48 bits virtual
power management:

"""
_FILE: Final = stat.S_IFREG | 0o444
_DIR: Final = stat.S_IFDIR | 0o555
_ENTRIES: Final = (
    "cmdline",
    "comm",
    "cwd",
    "environ",
    "exe",
    "maps",
    "mounts",
    "oom_adj",
    "oom_score",
    "oom_score_adj",
    "stat",
    "statm",
    "status",
)
_TOP: Final = (
    "cmdline", "cpuinfo", "filesystems", "loadavg", "meminfo", "mounts", "net", "partitions", "self", "stat", "swaps", "sys", "uptime",
    "version", "vmstat",
)  # fmt: skip
_NET: Final = ("arp", "dev", "route", "tcp", "tcp6", "udp", "udp6", "unix", "wireless")


class Proc:
    """The tree below `/proc`. Paths here are absolute."""

    def __init__(self, system: System) -> None:
        self._system = system

    def names(self, path: str) -> tuple[str, ...] | None:
        """What a folder holds, or None where there is no such folder."""
        if path == "/proc":
            return (*(str(p.pid) for p in self._system.processes.all()), *_TOP)
        if path == "/proc/net":
            return _NET
        if path == "/proc/sys":
            return ("kernel",)
        if path == "/proc/sys/kernel":
            return ("hostname", "osrelease", "ostype", "random", "version")
        if path == "/proc/sys/kernel/random":
            return ("boot_id",)
        return _ENTRIES if self._process(path) is not None and path.count("/") == 2 else None

    def node(self, path: str) -> Node | None:
        """The file, folder or link of that path."""
        if path == "/proc/self":
            return Node(stat.S_IFLNK | 0o777, target=f"/proc/{self.own_pid()}")
        if path == "/proc/mounts":
            return Node(stat.S_IFLNK | 0o777, target="self/mounts")
        process = self._process(path)
        if self.names(path) is not None:
            owner = uid_of(process.user) or 0 if process is not None else 0
            return Node(_DIR, owner, owner)
        if process is not None:
            return self._process_node(path, process)
        text = self._text(path)
        return None if text is None else Node(_FILE, data=text.encode, sized=False)

    def own_pid(self) -> int:
        """The process that was started last: whoever asks who it is."""
        return max(p.pid for p in self._system.processes.all() if not p.package)

    def _process(self, path: str) -> ProcessInfo | None:
        parts = path.split("/")
        if len(parts) not in (3, 4) or not parts[2].isdigit():
            return None
        return next((p for p in self._system.processes.all() if str(p.pid) == parts[2]), None)

    def _process_node(self, path: str, process: ProcessInfo) -> Node | None:
        owner = uid_of(process.user) or 0
        name = path.rpartition("/")[2]
        short = process.name.rpartition("/")[2][-15:].strip("[]")
        score = 0 if process.package else -900 if process.user == "system" else -1000
        values = {
            "cmdline": "" if process.name.startswith("[") else process.name.replace(" ", "\0") + "\0",
            "comm": short + "\n",
            "oom_score_adj": f"{score}\n", "oom_adj": f"{score * 17 // 1000}\n", "oom_score": f"{max(0, 668 + score)}\n",
            "stat": f"{process.pid} ({short}) S {process.ppid} {process.ppid} 0 0 -1 1077952832 42000 0 300 0 120 60 0 0 20 0 24 0 "
                    f"{process.pid} 14000000000 36000 18446744073709551615 " + "0 " * 26 + "0\n",
            "statm": "3500000 36000 24000 4 0 300000 0\n",
            "status": _status(process, owner, short),
            "mounts": _mounts(), "maps": "", "environ": "",
        }  # fmt: skip
        if name in ("cwd", "exe"):
            return Node(stat.S_IFLNK | 0o777, owner, owner, target="/" if name == "cwd" else "/system/bin/app_process64")
        text = values.get(name)
        return None if text is None else Node(_FILE, owner, owner, data=text.encode, sized=False)

    def _text(self, path: str) -> str | None:
        up = self._system.kernel.clock.elapsed_ms / 1000
        match path:
            case "/proc/version":
                return f"Linux version {KERNEL_RELEASE} (build-user@build-host) (Android clang version 17.0.0) {KERNEL_VERSION}\n"
            case "/proc/uptime":
                return f"{up:.2f} {up * _CORES * 0.9:.2f}\n"
            case "/proc/loadavg":
                return f"0.10 0.20 0.15 1/{len(self._system.processes.all()) * 12} {self.own_pid()}\n"
            case "/proc/cpuinfo":
                return "".join(_CPU.format(core=core) for core in range(_CORES))
            case "/proc/meminfo":
                return "".join(f"{name + ':':<16}{value:>8} kB\n" for name, value in MEMORY.items())
            case "/proc/stat":
                return _stat(up, self._system.kernel.clock.boot_ms // 1000)
            case "/proc/sys/kernel/random/boot_id":
                return f"{self._system.boot_id}\n"
            case _:
                return self._net(path) if path.startswith("/proc/net/") else _FIXED.get(path)

    def _net(self, path: str) -> str | None:
        local = [name.partition(":")[2] for name in self._system.services if name.startswith("localabstract:")]
        match path:
            case "/proc/net/unix":
                lines = ["Num       RefCount Protocol Flags    Type St Inode Path"]
                names = [*_SOCKETS, *(f"@{name}" for name in local)]
                lines += [f"0000000000000000: 00000002 00000000 00010000 0001 01 {9000 + i:5d} {name}" for i, name in enumerate(names)]
            case "/proc/net/route":
                lines = list(_ROUTES)
            case "/proc/net/dev":
                lines = [*_NET_TITLES, *(_net_row(*row) for row in _TRAFFIC)]
            case "/proc/net/arp":
                lines = ["IP address       HW type     Flags       HW address            Mask     Device"]
            case "/proc/net/wireless":
                lines = ["Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE",
                         " face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22"]  # fmt: skip
            case "/proc/net/tcp" | "/proc/net/tcp6" | "/proc/net/udp" | "/proc/net/udp6":
                lines = ["  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode"]
                if path.endswith("/tcp"):
                    ports = sorted(int(n[4:]) for n in self._system.services if n.startswith("tcp:") and n[4:].isdigit())
                    lines += [
                        f"{i:4d}: 0100007F:{port:04X} 00000000:0000 0A 00000000:00000000 00:00000000 00000000  2000        0 {7000 + i}"
                        for i, port in enumerate(ports)
                    ]
            case _:
                return None
        return "".join(f"{line}\n" for line in lines)


_FIXED: Final = {
    "/proc/cmdline": "console=0 androidboot.hardware=ranchu androidboot.serialno=EMULATOR androidboot.verifiedbootstate=orange\n",
    "/proc/filesystems": "nodev\tsysfs\nnodev\ttmpfs\nnodev\tproc\n\text4\n\terofs\n\tf2fs\nnodev\tfuse\n",
    "/proc/partitions": "major minor  #blocks  name\n\n 254        0    3354624 vda\n 254       32    6291456 vdc\n",
    "/proc/swaps": "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
    + f"{'/dev/block/zram0':<40}partition\t1510572\t\t108576\t\t-2\n",
    "/proc/vmstat": "nr_free_pages 32801\nnr_zone_inactive_anon 80045\npgpgin 1034402\npgpgout 204410\n",
    "/proc/sys/kernel/hostname": "localhost\n", "/proc/sys/kernel/ostype": "Linux\n", "/proc/sys/kernel/osrelease": KERNEL_RELEASE + "\n",
    "/proc/sys/kernel/version": KERNEL_VERSION + "\n",
}  # fmt: skip


def _status(process: ProcessInfo, owner: int, short: str) -> str:
    ids = "\t".join([str(owner)] * 4)
    return (
        f"Name:\t{short}\nUmask:\t0077\nState:\tS (sleeping)\nTgid:\t{process.pid}\nNgid:\t0\nPid:\t{process.pid}\nPPid:\t{process.ppid}\n"
        f"TracerPid:\t0\nUid:\t{ids}\nGid:\t{ids}\nFDSize:\t128\nGroups:\t\n"
        "VmPeak:\t14000000 kB\nVmSize:\t13900000 kB\nVmRSS:\t  144000 kB\n"
        "Threads:\t24\n"
    )


def _mounts() -> str:
    from mobilegym.emulator.phone.shell.vfs_static import MOUNTS

    return "".join(f"{m.device} {m.path} {m.kind} {m.options} 0 0\n" for m in MOUNTS)


def _stat(up: float, boot_s: int) -> str:
    def ticks(share: float) -> int:
        return int(up * 100 * share)

    whole = " ".join(str(ticks(s) * _CORES) for s in (0.04, 0.01, 0.03, 0.9, 0.005))
    lines = [f"cpu  {whole} 0 {ticks(0.001)} 0 0 0"]
    lines += [f"cpu{i} {' '.join(str(ticks(s)) for s in (0.04, 0.01, 0.03, 0.9, 0.005))} 0 0 0 0 0" for i in range(_CORES)]
    lines += [f"intr {ticks(4.0)}", f"ctxt {ticks(9.0)}", f"btime {boot_s}", "processes 6210", "procs_running 1", "procs_blocked 0"]
    return "".join(f"{line}\n" for line in lines)


def _net_row(name: str, got: int, got_packets: int, sent: int, sent_packets: int) -> str:
    return (
        f"{name:>6}: {got:7d} {got_packets:7d}    0    0    0     0          0         0 "
        f"{sent:8d} {sent_packets:7d}    0    0    0     0       0          0"
    )
