"""Apps come and go while the phone runs."""

from __future__ import annotations

import pickle

import pytest

from mobilegym.actions import OpenApp, Press
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.kernel.manifest import Manifest
from mobilegym.emulator.phone.shell.apk import read_apk
from mobilegym.errors import DeviceError, NotFound
from tests.emulator.phone.shell.apk_builder import build_apk, manifest_of

CAMERA = "android.permission.CAMERA"


def demo(version: int = 1, package: str = "com.example.demo", label: str = "Demo") -> Manifest:
    return read_apk(build_apk(manifest_of(package, version=version, label=label, permissions=(CAMERA,))))


@pytest.fixture
def phone() -> VirtualPhone:
    return VirtualPhone()


def install(phone: VirtualPhone, manifest: Manifest, **more: str) -> None:
    phone.kernel.packages.install(manifest, phone.kernel.clock.now_ms, **more)


def test_a_phone_that_installs_nothing_shares_its_manifests(phone: VirtualPhone) -> None:
    assert phone.fork().kernel.packages.manifests is not None
    assert phone.kernel.packages.manifests.keys() == phone.fork().kernel.packages.manifests.keys()
    assert phone.kernel.packages.freeze().changes is phone.fork().kernel.packages.freeze().changes


def test_an_installed_app_is_an_app_like_others(phone: VirtualPhone) -> None:
    install(phone, demo(), installer="com.android.vending")
    packages = phone.kernel.packages
    assert "com.example.demo" in packages.names()
    assert phone.packages.label("com.example.demo") == "Demo"
    assert phone.perform(OpenApp("Demo")) is None
    assert phone.activity().activity == "com.example.demo.Main"
    assert "Version 1.0" in [e.text for e in phone.observe(pixels=(96, 48)).elements]
    phone.perform(Press("recents"))
    assert any("Demo" in (e.text, e.content_desc) for e in phone.observe().elements)
    phone.packages.grant("com.example.demo", CAMERA)
    assert phone.packages.granted("com.example.demo") == {CAMERA}
    phone.packages.start("android.settings.APPLICATION_DETAILS_SETTINGS", data="package:com.example.demo")
    assert any(e.text == "Demo" for e in phone.observe().elements)
    phone.packages.force_stop("com.example.demo")
    assert not phone.kernel.activities.running("com.example.demo")
    found = packages.installed("com.example.demo")
    assert found is not None
    assert found.installer == "com.android.vending"


def test_removing_takes_everything_along(phone: VirtualPhone) -> None:
    install(phone, demo())
    phone.perform(OpenApp("Demo"))
    kernel = phone.kernel
    kernel.files.write_text("/data/data/com.example.demo/files/a", "x")
    kernel.notifications.post("com.example.demo", "", title="Hi", text="there")
    kernel.clock.schedule(kernel.clock.now_ms + 1000, "com.example.demo", "tick", {})
    kernel.packages.uninstall("com.example.demo")
    assert kernel.notifications.active("com.example.demo") == ()
    assert kernel.clock.pending("com.example.demo") == ()
    assert not kernel.files.exists("/data/data/com.example.demo")
    assert phone.activity().package == kernel.packages.home_package
    assert phone.perform(OpenApp("Demo")) is not None
    assert VirtualPhone().state_tree().keys() == phone.state_tree().keys()


def test_snapshots_and_forks_are_independent(phone: VirtualPhone) -> None:
    empty = phone.snapshot()
    install(phone, demo())
    phone.perform(OpenApp("Demo"))
    twin = phone.fork()
    phone.kernel.packages.uninstall("com.example.demo")
    assert twin.activity().package == "com.example.demo"
    assert "Demo" in [e.text for e in twin.observe().elements]
    full = twin.snapshot()
    twin.restore(empty)
    assert "com.example.demo" not in twin.packages.names()
    assert twin.state_tree() == VirtualPhone().state_tree()
    twin.restore(full)
    assert twin.activity().activity == "com.example.demo.Main"
    phone.reset(seed=1)
    assert "com.example.demo" not in phone.packages.names()


def test_a_snapshot_with_installed_apps_can_be_sent(phone: VirtualPhone) -> None:
    install(phone, demo())
    phone.perform(OpenApp("Demo"))
    sent = pickle.loads(pickle.dumps(phone.snapshot()))
    other = VirtualPhone()
    other.restore(sent)
    assert other.state_tree() == phone.state_tree()
    assert other.activity() == phone.activity()


def test_updates_keep_the_uid_and_what_was_granted(phone: VirtualPhone) -> None:
    packages = phone.kernel.packages
    install(phone, demo())
    install(phone, demo(package="com.example.second", label="Second"))
    first, second = packages.uid("com.example.demo"), packages.uid("com.example.second")
    assert second == first + 1
    phone.packages.grant("com.example.demo", CAMERA)
    phone.clock.advance(60_000)
    install(phone, demo(version=2))
    found = packages.installed("com.example.demo")
    assert found is not None
    assert (packages.uid("com.example.demo"), found.updated_ms - found.first_ms) == (first, 60_000)
    assert packages.manifest("com.example.demo").version_code == 2
    assert phone.packages.granted("com.example.demo") == {CAMERA}
    packages.uninstall("com.example.demo")
    assert packages.uid("com.example.second") == second


def test_uids_of_the_image(phone: VirtualPhone) -> None:
    packages = phone.kernel.packages
    names = packages.names()
    others = [packages.uid(n) for n in names if n != "com.android.settings"]
    assert packages.uid("com.android.settings") == packages.uid("android") == 1000
    assert others == sorted(others)
    assert min(others) == 10_050
    with pytest.raises(NotFound):
        packages.uid("no.such")


def test_apps_of_the_image_are_not_replaced_but_can_go(phone: VirtualPhone) -> None:
    packages = phone.kernel.packages
    with pytest.raises(DeviceError):
        install(phone, demo(package="com.android.settings"))
    with pytest.raises(DeviceError):
        packages.uninstall("com.android.systemui")
    uid = packages.uid("com.google.android.deskclock")
    packages.uninstall("com.google.android.deskclock")
    assert phone.perform(OpenApp("Clock")) is not None
    assert phone.fork().packages.names() == packages.names()
    packages.restore("com.google.android.deskclock")
    assert phone.perform(OpenApp("Clock")) is None
    assert packages.uid("com.google.android.deskclock") == uid
    with pytest.raises(NotFound):
        packages.restore("no.such")


def test_ops(phone: VirtualPhone) -> None:
    packages = phone.kernel.packages
    before = phone.state_tree()
    packages.set_op("net.gsantner.markor", "CAMERA", "ignore")
    packages.set_op("net.gsantner.markor", "android:mock_location", "allow")
    assert packages.ops("net.gsantner.markor") == {"CAMERA": "ignore", "android:mock_location": "allow"}
    assert phone.fork().kernel.packages.ops("net.gsantner.markor") == packages.ops("net.gsantner.markor")
    assert phone.state_tree() != before
    for op in list(packages.ops("net.gsantner.markor")):
        packages.set_op("net.gsantner.markor", op, "default")
    assert phone.state_tree() == before
