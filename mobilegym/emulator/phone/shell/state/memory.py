"""Memory, processor, storage: `dumpsys meminfo|cpuinfo|procstats|diskstats|batterystats|dbinfo|processinfo`.

The phone has no memory of its own to measure: the numbers are made from the processes' names, the same in every run.
"""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.processes import ProcessInfo
from mobilegym.emulator.phone.shell.state.facts import handle, long_time, relative

__all__ = ["dump_batterystats", "dump_cpuinfo", "dump_diskstats", "dump_meminfo", "dump_procstats"]

_TOTAL_KB: Final = 4_021_544
_DISK_KB: Final = 6_084_296
_ROWS: Final = (
    ("Native Heap", 0.20), ("Dalvik Heap", 0.10), ("Dalvik Other", 0.03), ("Stack", 0.02), ("Ashmem", 0.0), ("Other dev", 0.0),
    (".so mmap", 0.15), (".jar mmap", 0.03), (".apk mmap", 0.12), (".ttf mmap", 0.01), (".dex mmap", 0.10), (".oat mmap", 0.02),
    (".art mmap", 0.06), ("Other mmap", 0.01), ("EGL mtrack", 0.08), ("GL mtrack", 0.05), ("Unknown", 0.02),
)  # fmt: skip
"""Rows of `meminfo PKG` with each one's share of the whole."""


def _pss(process: ProcessInfo) -> int:
    """Made-up proportional set size, KB."""
    base = 160_000 if process.name == "system_server" else 60_000 if process.package else 6_000
    return base + int(handle(process.name), 16) % base


def dump_meminfo(p: Process) -> int:
    """`dumpsys meminfo [PKG|PID]`."""
    clock = p.kernel.clock
    words = [word for word in p.args if not word.startswith("-")]
    # Without what the shell itself has just started.
    everything = [x for x in p.system.processes.all() if x.package or x.user != "shell"]
    head = f"Applications Memory Usage (in Kilobytes):\nUptime: {clock.elapsed_ms} Realtime: {clock.elapsed_ms}\n"
    if words:
        found = [x for x in everything if words[0] in (x.name, x.package, str(x.pid)) or x.name.startswith(f"{words[0]}:")]
        if not found:
            p.out(f"No process found for: {words[0]}\n")
            return 0
        p.out(head + "".join(_one(process) for process in found))
        return 0
    sizes = sorted(((_pss(x), x) for x in everything if not x.name.startswith("[")), key=lambda pair: (-pair[0], pair[1].pid))
    p.out(head)
    for title, factor in (("RSS", 2), ("PSS", 1)):
        p.out(f"\nTotal {title} by process:\n")
        for size, process in sizes:
            where = " / activities" if p.kernel.activities.running(process.package) and process.package else ""
            p.out(f"    {size * factor:,}K: {process.name} (pid {process.pid}{where})\n")
    used = sum(size for size, _ in sizes)
    p.out(f"\nTotal RAM: {_TOTAL_KB:,}K (status normal)\n Free RAM: {_TOTAL_KB - used - 120_000:,}K (  400,000K cached pss + 1,200,000K "
          "cached "
          f"kernel + 500,000K free)\n Used RAM: {used:,}K (  {used - 300_000:,}K used pss + 300,000K kernel)\n Lost RAM: 120,000K\n"
          "     ZRAM: 0K physical used for 0K in swap (3,016,156K total swap)\n   Tuning: 192 (large 512), oom   322,560K, restore limit   "
          "107,520K (high-end-gfx)\n")  # fmt: skip
    return 0


def _one(process: ProcessInfo) -> str:
    whole = _pss(process)
    lines = ["", f"** MEMINFO in pid {process.pid} [{process.name}] **",
             "                   Pss  Private  Private  SwapPss      Rss     Heap     Heap     Heap",
             "                 Total    Dirty    Clean    Dirty    Total     Size    Alloc     Free",
             "                ------   ------   ------   ------   ------   ------   ------   ------"]  # fmt: skip
    total = dirty = clean = rss = 0
    for name, share in _ROWS:
        pss = int(whole * share)
        private = pss * 3 // 4
        shared = pss - private
        total, dirty, clean, rss = total + pss, dirty + private, clean + shared, rss + pss * 2
        heap = f" {pss + 6000:8} {pss:8} {6000:8}" if name.endswith("Heap") else ""
        lines.append(f"{name:>13} {pss:8} {private:8} {shared:8} {0:8} {pss * 2:8}{heap}")
    lines.append(f"{'TOTAL':>13} {total:8} {dirty:8} {clean:8} {0:8} {rss:8} {whole // 3:8} {whole // 4:8} {whole // 12:8}")
    summary = (("Java Heap", total // 6), ("Native Heap", total // 5), ("Code", total // 3), ("Stack", total // 50),
               ("Graphics", total // 8), ("Private Other", total // 20), ("System", total // 10))  # fmt: skip
    lines += ["", " App Summary", "                       Pss(KB)                        Rss(KB)",
              "                        ------                         ------"]  # fmt: skip
    lines += [f"{name:>20}: {size:8}                       {size * 2:8}" for name, size in summary]
    lines += ["", f"           TOTAL PSS: {total:8}            TOTAL RSS: {rss:8}       TOTAL SWAP PSS: {0:8}", "", " Objects",
              "               Views:       62         ViewRootImpl:        1", "         AppContexts:        5           Activities:      "
              "  1",
              "              Assets:       20        AssetManagers:        0", "       Local Binders:       25        Proxy Binders:      "
              " 44",
              "       Parcel memory:        9         Parcel count:       38", "    Death Recipients:        0             WebViews:      "
              "  0",
              "", " SQL", "         MEMORY_USED:        0", "  PAGECACHE_OVERFLOW:        0          MALLOC_SIZE:        "
              "0", "", ""]  # fmt: skip
    return "\n".join(lines)


def dump_cpuinfo(p: Process) -> int:
    """`dumpsys cpuinfo`."""
    clock = p.kernel.clock
    p.out(f"Load: 0.5 / 0.4 / 0.3\nCPU usage from 30000ms to 0ms ago ({long_time(clock, clock.now_ms - 30_000)} to "
          f"{long_time(clock, clock.now_ms)}) with 99% awake:\n")  # fmt: skip
    shown = [x for x in p.system.processes.all() if x.name == "system_server" or x.package]
    for place, process in enumerate(shown):
        share = max(4 - place, 1)
        p.out(f"  {share}% {process.pid}/{process.name}: {share - 1}% user + 1% kernel / faults: {place + 1} minor\n")
    p.out("3.4% TOTAL: 2% user + 1% kernel + 0.1% iowait\n")
    return 0


def dump_procstats(p: Process) -> int:
    """`dumpsys procstats`."""
    p.out("AGGREGATED OVER LAST 24 HOURS:\n")
    for process in p.system.processes.all():
        if process.package:
            size = _pss(process) // 1024
            p.out(f"  * {process.name} / {p.system.processes.uid(process.package)} / v1:\n"
                  f"           TOTAL: 100% ({size}MB-{size}MB-{size}MB/"
                  f"{size}MB-{size}MB-{size}MB/{size * 2}MB-{size * 2}MB-{size * 2}MB over 1)\n")  # fmt: skip
    p.out(
        f"\nRun time Stats:\n  SOff/Norm: 0\n  SOn /Norm: {relative(p.kernel.clock.elapsed_ms)}\n"
        f"      TOTAL: {relative(p.kernel.clock.elapsed_ms)}\n"
    )
    return 0


def dump_diskstats(p: Process) -> int:
    """`dumpsys diskstats`."""
    used = p.kernel.files.used_bytes() // 1024
    free = max(_DISK_KB // 2 - used, 0)
    p.out(f"Latency: 0ms [512B Data Write]\nRecent Disk Write Speed (kB/s) = 65536\nData-Free: {free}K / {_DISK_KB}K total = "
          f"{free * 100 // _DISK_KB}% free\nCache-Free: {free}K / {_DISK_KB}K total = {free * 100 // _DISK_KB}% free\n"
          "System-Free: 0K / 820756K total = 0% free\nFile-based Encryption: true\n")  # fmt: skip
    return 0


def dump_batterystats(p: Process) -> int:
    """`dumpsys batterystats [--reset|...]`."""
    if "--reset" in p.args:
        p.out("Battery stats and history reset.\n")
        return 0
    if "--enable" in p.args or "--disable" in p.args or "--write" in p.args:
        return 0
    clock, hardware = p.kernel.clock, p.kernel.hardware
    level = hardware.battery().level
    started = clock.local(clock.boot_ms).strftime("%Y-%m-%d-%H-%M-%S")
    if "-c" in p.args or "--checkin" in p.args:
        p.out(f"9,0,i,vers,36,0,UE1A.230829.050,UE1A.230829.050\n9,0,l,bt,0,{clock.elapsed_ms},{clock.elapsed_ms},{clock.elapsed_ms},"
              f"{clock.elapsed_ms},{clock.boot_ms},0,0,4000,4000,4000,0\n")  # fmt: skip
        return 0
    p.out(f"Battery History (0% used, 4096KB used of 4096KB, 0 strings using 0):\n                    0 (9) RESET:TIME: {started}\n"
          f"                    0 (2) {level:03d} status={hardware.battery_status} health=good\n\nStatistics since last charge:\n"
          f"  System starts: 0, currently on battery: {'false' if hardware.battery().charging else 'true'}\n"
          "  Estimated battery capacity: 4000 mAh\n"
          f"  Time on battery: {relative(clock.elapsed_ms)[1:]} (100%) realtime\n"
          f"  Total run time: {relative(clock.elapsed_ms)[1:]} realtime\n"
          "  Screen on: 0ms (0.0%) 0x, Interactive: 0ms (0.0%)\n\n  Estimated power use (mAh):\n"
          "    Capacity: 4000, Computed drain: 0, actual drain: 0\n")  # fmt: skip
    return 0
