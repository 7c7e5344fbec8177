"""The one screen that every activity of an unknown APK shows."""

from __future__ import annotations

from dataclasses import dataclass

from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.layout import Column
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.app_icon import AppDisc
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["Placeholder"]


@dataclass(frozen=True, slots=True)
class _Nothing:
    pass


class Placeholder(Activity[_Nothing]):
    """Icon, label, package, version and class of the activity that was started."""

    @property
    def name(self) -> str:  # type: ignore[override]  # one class stands for every activity of every APK
        """Class name of the activity it stands for."""
        return self.intent.activity

    def initial(self) -> _Nothing:
        return _Nothing()

    def build(self) -> View:
        manifest = self.kernel.packages.manifests.get(self.package)
        if manifest is None:
            return Column(width=FILL, height=FILL)
        icon, package = manifest.icon, self.package
        title = next((a.label for a in manifest.activities if a.name == self.name and a.label), manifest.label)
        return Column(
            AppBar(title),
            Column(
                AppDisc(icon.glyph, icon.background, icon.foreground, size=96, rid=f"{package}:id/icon", desc=manifest.label),
                Text(manifest.label, "headline_small", rid=f"{package}:id/title"),
                Text(package, "body_medium", rid=f"{package}:id/package_name", color="on_surface_variant"),
                Text(f"Version {manifest.version}", "body_medium", rid=f"{package}:id/version", color="on_surface_variant"),
                Text(self.name, "body_small", rid=f"{package}:id/activity", color="on_surface_variant", text_align="center"),
                cross="center", main="center", gap=12, width=FILL, weight=1, padding=24, rid="android:id/content",
            ),
            cls=None, width=FILL, height=FILL,
        )  # fmt: skip
