"""Connected devices: Bluetooth, pairing, one device's details, NFC."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.prefs import (
    Action,
    ButtonsPref,
    EntityPref,
    FooterPref,
    HeaderPref,
    LinkPref,
    MainSwitchPref,
    Pref,
    Setting,
    SwitchPref,
)
from mobilegym.emulator.phone.kernel.radios import BluetoothDevice
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton, InputDialog
from mobilegym.errors import NotFound

__all__ = ["PAGES"]

_ICONS: Final = {
    "headset": "headphones",
    "speaker": "speaker",
    "watch": "watch",
    "car": "car",
    "keyboard": "keyboard-outline",
    "computer": "laptop",
    "phone": "cellphone",
}
_AUDIO: Final = frozenset(("headset", "speaker", "car"))


def _summary(item: BluetoothDevice) -> str:
    if not item.connected:
        return "Saved" if item.paired else ""
    return "Connected" if item.battery is None else f"Connected. {item.battery}% battery."


def _device(item: BluetoothDevice, prefix: str = "device") -> LinkPref:
    return LinkPref(
        f"{prefix}:{item.address}",
        item.name,
        _summary(item),
        _ICONS.get(item.kind, "bluetooth"),
        on_tap=Call(_connect, (item.address,)),
        gear=Call(_open, (item.address,)),
    )


def _paired(page: Page) -> list[BluetoothDevice]:
    return [item for item in page.kernel.hardware.bluetooth_devices() if item.paired]


def _connected(page: Page) -> list[Pref]:
    hardware = page.kernel.hardware
    paired = _paired(page) if hardware.bluetooth_on else []
    active, saved = [i for i in paired if i.connected], [i for i in paired if not i.connected]
    rows: list[Pref] = []
    media = [i for i in active if i.kind in _AUDIO]
    other = [i for i in active if i.kind not in _AUDIO]
    if media:
        rows += [HeaderPref("Media devices"), *[_device(i) for i in media]]
    if other:
        rows += [HeaderPref("Other devices"), *[_device(i) for i in other]]
    rows.append(
        LinkPref(
            "add_bt_devices",
            "Pair new device",
            "" if hardware.bluetooth_on else "Bluetooth will turn on to pair",
            "plus",
            on_tap=Call(_pair_new),
        )
    )
    if saved:
        rows += [HeaderPref("Saved devices"), *[_device(i) for i in saved[:3]]]
    if _paired(page):
        rows.append(LinkPref("previously_connected_devices_see_all", "See all", "", "chevron-right", page="saved_devices"))
    rows.append(
        LinkPref("connection_preferences", "Connection preferences", "Bluetooth, NFC", "cog-outline", page="connection_preferences")
    )
    name = page.setting("secure", "bluetooth_name", "Pixel 7")
    if hardware.bluetooth_on:
        rows.append(FooterPref(f"Visible as “{name}” to other devices"))
    return rows


def _saved_devices(page: Page) -> list[Pref]:
    paired = _paired(page)
    rows: list[Pref] = [_device(i) for i in paired] if page.kernel.hardware.bluetooth_on else []
    return rows or [FooterPref("No saved devices" if page.kernel.hardware.bluetooth_on else "Turn on Bluetooth to see saved devices")]


def _pair_new(page: Page) -> None:
    if not page.kernel.hardware.bluetooth_on:
        _bluetooth(page, True)
    page.go("pair")


def _pair(page: Page) -> list[Pref]:
    found = [i for i in page.kernel.hardware.bluetooth_devices() if not i.paired]
    rows: list[Pref] = [
        LinkPref("device_name", "Device name", page.setting("secure", "bluetooth_name", "Pixel 7"), on_tap=Call(_ask_name)),
        HeaderPref("Available devices"),
        *[LinkPref(f"new:{i.address}", i.name, "", _ICONS.get(i.kind, "bluetooth"), on_tap=Call(_ask_pair, (i.address,))) for i in found],
    ]
    if not found:
        rows.append(LinkPref("none", "Searching for devices…", "", enabled=False))
    address = page.setting("secure", "bluetooth_address")
    rows.append(FooterPref(f"Phone’s Bluetooth address: {address}"))
    return rows


def _ask_pair(page: Page, address: str) -> None:
    item = page.kernel.hardware.bluetooth_device(address)
    page.show(
        AlertDialog(
            heading=f"Pair with {item.name}?",
            message="Pairing grants access to your contacts and call history when connected.",
            positive=DialogButton("Pair", Call(_do_pair, (address,))),
            negative=DialogButton("Cancel"),
        )
    )


def _do_pair(page: Page, address: str) -> None:
    hardware = page.kernel.hardware
    item = hardware.bluetooth_device(address)
    hardware.put_bluetooth(item._replace(paired=True, connected=True))
    page.effect("bluetooth.paired", "reversible", name=item.name)
    page.finish()


def _connect(page: Page, address: str) -> None:
    hardware = page.kernel.hardware
    item = hardware.bluetooth_device(address)
    if not hardware.bluetooth_on:
        page.toast("Turn on Bluetooth first")
        return
    hardware.put_bluetooth(item._replace(connected=not item.connected))
    page.effect("bluetooth.disconnected" if item.connected else "bluetooth.connected", "reversible", name=item.name)


def _open(page: Page, address: str) -> None:
    page.go("bluetooth_device", address)


def _item(page: Page) -> BluetoothDevice | None:
    try:
        item = page.kernel.hardware.bluetooth_device(page.arg)
    except NotFound:
        return None
    return item if item.paired else None


def _device_page(page: Page) -> list[Pref]:
    item = _item(page)
    if item is None:
        return [FooterPref("This device was forgotten")]
    on = page.kernel.hardware.bluetooth_on
    toggle = Call(_connect, (item.address,)) if on else None
    summary = _summary(item) if item.connected else "Disconnected"
    if item.connected and item.battery is not None:
        summary = f"{item.battery}% battery"
    key = f"mobilegym_bluetooth/{item.address}/"
    rows: list[Pref] = [
        EntityPref(item.name, summary, _ICONS.get(item.kind, "bluetooth")),
        ButtonsPref(
            (
                Action("Forget", "delete-outline", Call(_ask_forget)),
                Action("Disconnect", "close", toggle) if item.connected else Action("Connect", "plus", toggle),
            )
        ),
        LinkPref("rename", "Device name", item.name, "pencil-outline", on_tap=Call(_ask_rename)),
    ]
    if item.kind in _AUDIO:
        rows += [
            SwitchPref("calls", "Phone calls", setting=Setting("secure", key + "calls", "1")),
            SwitchPref("media", "Media audio", setting=Setting("secure", key + "media", "1")),
        ]
    rows += [
        SwitchPref("contacts", "Contact sharing", setting=Setting("secure", key + "contacts", "0"), risk="sensitive"),
        FooterPref(f"Device's Bluetooth address: {item.address}"),
    ]
    return rows


def _ask_forget(page: Page) -> None:
    item = _item(page)
    if item is not None:
        page.show(
            AlertDialog(
                heading="Forget device?",
                message=f"Your phone will no longer be paired with {item.name}",
                positive=DialogButton("Forget device", Call(_forget)),
                negative=DialogButton("Cancel"),
            )
        )


def _forget(page: Page) -> None:
    item = _item(page)
    if item is not None:
        page.kernel.hardware.put_bluetooth(item._replace(paired=False, connected=False))
        page.effect("bluetooth.forgotten", "reversible", name=item.name)
    page.finish()


def _ask_rename(page: Page) -> None:
    item = _item(page)
    if item is not None:
        page.set_field("dialog_input", item.name)
        page.show(
            InputDialog(heading="Device name", label="", positive=DialogButton("OK", Call(_renamed)), negative=DialogButton("Cancel"))
        )


def _renamed(page: Page, name: str) -> None:
    item = _item(page)
    if item is not None:
        page.kernel.hardware.put_bluetooth(item._replace(name=name.strip()))
        page.effect("bluetooth.renamed", "reversible", old=item.name, name=name.strip())


def _ask_name(page: Page) -> None:
    page.set_field("dialog_input", page.setting("secure", "bluetooth_name", "Pixel 7"))
    page.show(
        InputDialog(heading="Rename this device", label="", positive=DialogButton("Rename", Call(_named)), negative=DialogButton("Cancel"))
    )


def _named(page: Page, name: str) -> None:
    page.put("secure", "bluetooth_name", name.strip(), title="Device name")


def _bluetooth(page: Page, on: bool) -> None:
    page.kernel.hardware.set_bluetooth(on)
    page.effect("setting.changed", "reversible", setting="global/bluetooth_on", value=on, title="Bluetooth")


def _bluetooth_page(page: Page) -> list[Pref]:
    on = page.kernel.hardware.bluetooth_on
    rows: list[Pref] = [MainSwitchPref("use_bluetooth", "Use Bluetooth", checked=on, then=Call(_bluetooth))]
    if on:
        rows += [
            LinkPref("device_name", "Device name", page.setting("secure", "bluetooth_name", "Pixel 7"), on_tap=Call(_ask_name)),
            LinkPref("pair", "Pair new device", "", "plus", on_tap=Call(_pair_new)),
        ]
        paired = _paired(page)
        if paired:
            rows += [HeaderPref("Saved devices"), *[_device(i) for i in paired]]
    else:
        rows.append(FooterPref("When Bluetooth is turned on, your device can communicate with other nearby Bluetooth devices."))
    return rows


def _nfc(page: Page, on: bool) -> None:
    page.kernel.hardware.set_nfc(on)
    page.effect("setting.changed", "reversible", setting="global/nfc_on", value=on, title="NFC")


def _preferences(page: Page) -> list[Pref]:
    hardware = page.kernel.hardware
    return [
        LinkPref("bluetooth", "Bluetooth", "On" if hardware.bluetooth_on else "Off", "bluetooth", page="bluetooth"),
        LinkPref("nfc", "NFC", "On" if hardware.nfc else "Off", "nfc", page="nfc"),
    ]


def _nfc_page(page: Page) -> list[Pref]:
    on = page.kernel.hardware.nfc
    return [
        MainSwitchPref("use_nfc", "Use NFC", checked=on, then=Call(_nfc)),
        SwitchPref(
            "secure_nfc",
            "Require device unlock for NFC",
            "Allow NFC use only when screen is unlocked",
            Setting("secure", "nfc_secure_enabled", "0"),
            enabled=on,
        ),
        FooterPref("NFC lets this phone exchange data with other devices, pay and read tags when held close to them."),
    ]


PAGES: Final = {
    "connected": PageSpec("Connected devices", _connected, keywords="bluetooth headphones speaker"),
    "pair": PageSpec("Pair new device", _pair, "connected", keywords="bluetooth"),
    "saved_devices": PageSpec("Saved devices", _saved_devices, "connected"),
    "bluetooth_device": PageSpec("Device details", _device_page, "connected", search=False),
    "connection_preferences": PageSpec("Connection preferences", _preferences, "connected"),
    "bluetooth": PageSpec("Bluetooth", _bluetooth_page, "connection_preferences", keywords="headphones wireless"),
    "nfc": PageSpec("NFC", _nfc_page, "connection_preferences", keywords="tap to pay contactless"),
}
