"""The phone's logical state as a flat mapping of paths to text: what task checks and side-effect rules compare."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["state_tree"]

_NAMESPACES = ("system", "secure", "global")


def state_tree(kernel: Kernel) -> dict[str, str]:
    """Paths as `StateTree` describes them. Equal content gives equal trees, whatever the history."""
    tree: dict[str, str] = {}
    for namespace in _NAMESPACES:
        for key, value in kernel.settings.items(namespace).items():
            tree[f"setting:{namespace}/{key}"] = value
    for package, name in kernel.databases.all():
        prefix = f"db:{package}/{name}"
        for table, key, row in kernel.databases.rows(package, name):
            tree[f"{prefix}/{table}/{key}"] = row
    for path, fact in kernel.files.facts():
        tree[f"file:{path}"] = fact
    for package in kernel.packages.names():
        state = kernel.packages.state(package)
        manifest = kernel.packages.manifest(package)
        rare = {"hidden": state.hidden, "suspended": state.suspended, "disabled": sorted(state.disabled), "ops": dict(state.ops)}
        tree[f"package:{package}"] = json.dumps({
            **{name: value for name, value in rare.items() if value},
            "version": manifest.version, "enabled": state.enabled, "granted": sorted(state.granted), "battery": state.battery,
            "notifications": kernel.notifications.enabled(package), "defaults": sorted(state.defaults),
        }, sort_keys=True)  # fmt: skip
    for name, value in kernel.hardware.facts().items():
        tree[f"hardware:{name}"] = value
    tree["hardware:time_zone"] = kernel.clock.zone.key
    call = kernel.telephony.call
    tree["hardware:call"] = f"{call.phase} {call.number}".strip()
    for item in kernel.notifications.active():
        tree[f"notification:{item.key}"] = json.dumps({"title": item.title, "text": item.text}, sort_keys=True)
    return tree
