"""The internet panel of quick settings: mobile data, Wi-Fi and the networks in range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from mobilegym.emulator.phone.apps.systemui.routes import open_page
from mobilegym.emulator.phone.kernel.radios import WifiNetwork
from mobilegym.emulator.phone.kernel.surface import Surface
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Spacer
from mobilegym.emulator.phone.ui.overlay import Overlay
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.toggle import Switch
from mobilegym.errors import DeviceError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["InternetPanel"]

_WIFI = "Wi\u2011Fi"


@dataclass(frozen=True)
class InternetPanel(Overlay):
    """A dialog over the shade."""

    @property
    def title(self) -> str:
        return "Internet"

    def build(self, host: Host) -> View:
        kernel = cast("Surface[None]", host).kernel
        rows: list[Kid] = [_mobile(kernel), _switch(f"{_WIFI}", kernel.hardware.wifi_on, "wifi_toggle", Call(_toggle_wifi))]
        current = kernel.hardware.wifi()
        rows += [_network(n, current is not None and n.ssid == current.ssid) for n in kernel.hardware.wifi_networks()[:4]]
        if kernel.hardware.wifi_on:
            rows.append(ListItem("See all", leading=Icon("arrow-right"), on_tap=Call(_see_all), rid="see_all_layout", padding=(24, 4)))
        subtitle = "Tap a network to connect" if kernel.hardware.wifi_on else f"Turn on {_WIFI} to see networks"
        return Column(
            Text("Internet", "headline_small", rid="internet_dialog_title", text_align="center", width=FILL, padding=(24, 24, 24, 0)),
            Text(
                subtitle,
                "body_medium",
                color="on_surface_variant",
                rid="internet_dialog_subtitle",
                text_align="center",
                width=FILL,
                padding=(24, 4, 24, 12),
            ),
            *rows,
            Row(
                Button("Settings", Call(_settings), kind="outlined", rid="settings_button"),
                Spacer(),
                Button("Done", Call(_done), rid="done_button"),
                cls=None,
                width=FILL,
                padding=(24, 16, 24, 20),
            ),
            rid="internet_connectivity_dialog",
            width=FILL,
            background="surface_container_high",
            radius=28,
            cross="fill",
        )


def _mobile(kernel: Kernel) -> Kid:
    hardware = kernel.hardware
    if hardware.sim is None:
        return None
    state = "Airplane mode is on" if hardware.airplane else "Mobile data" if hardware.mobile_data else "Mobile data is off"
    if hardware.cellular and hardware.mobile_data and hardware.wifi() is None:
        state = f"Connected / {hardware.sim.network}"
    return _switch(hardware.sim.carrier, hardware.mobile_data, "mobile_toggle", Call(_toggle_data), state, enabled=hardware.cellular)


def _switch(title: str, on: bool, rid: str, tap: Call, subtitle: str = "", *, enabled: bool = True) -> View:
    icon = "signal-cellular-3" if rid == "mobile_toggle" else "wifi"
    return ListItem(
        title,
        subtitle,
        leading=Icon(icon, enabled=enabled),
        trailing=Switch(on, tap, rid=rid, enabled=enabled, desc=title),
        padding=(24, 6),
        enabled=enabled,
    )


def _network(network: WifiNetwork, current: bool) -> View:
    state = ("Connected" if network.internet else "Connected without internet") if current else "Saved" if network.saved else ""
    return ListItem(
        network.ssid,
        state,
        leading=Icon(f"wifi-strength-{max(1, min(4, network.signal))}", color="primary" if current else "on_surface_variant"),
        trailing=Icon("lock-outline", size=18)
        if network.secured and not current
        else Icon("check", color="primary", size=20)
        if current
        else None,
        on_tap=Call(_connect, (network.ssid,)),
        rid="wifi_list",
        padding=(24, 4),
        title_rid="wifi_title",
        subtitle_rid="wifi_summary",
        min_height=56,
    )


def _changed(surface: Surface[object], setting: str, on: bool) -> None:
    surface.effect("setting.changed", "reversible", setting=setting, value="on" if on else "off")


def _toggle_wifi(surface: Surface[object]) -> None:
    on = not surface.kernel.hardware.wifi_on
    surface.kernel.hardware.set_wifi(on)
    _changed(surface, "wifi", on)


def _toggle_data(surface: Surface[object]) -> None:
    on = not surface.kernel.hardware.mobile_data
    surface.kernel.hardware.set_mobile_data(on)
    _changed(surface, "cell", on)


def _connect(surface: Surface[object], ssid: str) -> None:
    """Join a network; one that wants a password is joined in Settings."""
    kernel = surface.kernel
    network = next((n for n in kernel.hardware.wifi_networks() if n.ssid == ssid), None)
    if network is None or network == kernel.hardware.wifi():
        return
    if network.secured and not network.saved:
        _see_all(surface)
        return
    try:
        kernel.hardware.connect_wifi(ssid)
    except DeviceError as error:
        surface.toast(str(error))
        return
    surface.effect("wifi.joined", "reversible", ssid=ssid)


def _see_all(surface: Surface[object]) -> None:
    surface.dismiss()
    open_page(surface.kernel, "android.settings.WIFI_SETTINGS")


def _settings(surface: Surface[object]) -> None:
    surface.dismiss()
    open_page(surface.kernel, "android.settings.WIRELESS_SETTINGS")


def _done(surface: Surface[object]) -> None:
    surface.dismiss()
