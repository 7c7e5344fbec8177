"""`dumpsys usagestats`: standby buckets and what ran."""

from __future__ import annotations

from mobilegym.emulator.phone.shell.apps.names import clock_text
from mobilegym.emulator.phone.shell.process import Process

__all__ = ["dump"]


def dump(p: Process) -> int:
    """`dumpsys usagestats [PKG]`."""
    words = [word for word in p.args if not word.startswith("-")]
    names = [name for name in p.kernel.packages.names() if not words or name in words]
    p.out("user=0\n")
    if not words:
        p.out("  In-memory daily stats\n    packages\n")
        now = clock_text(p.kernel, p.kernel.clock.now_ms)
        for task in p.kernel.activities.tasks:
            p.out(f'      package={task.package} totalTimeUsed="00:01" lastTimeUsed="{now}" appLaunchCount=1\n')
    p.out("\nPackage standby buckets for user 0\n")
    for name in names:
        bucket = "10" if p.system.processes.of_package(name) else "20"
        p.out(f"  package={name} bucket={bucket} reason=u used=+0s lastUsedTime=+0s\n")
    return 0
