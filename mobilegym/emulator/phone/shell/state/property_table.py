"""Properties that are the same on every phone: those of a Google-APIs emulator image with Android 14."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["BUILD", "FIXED"]

BUILD: Final[Mapping[str, str]] = {
    "ab_update": "false", "characteristics": "emulator", "date": "Thu Jul 11 18:22:01 UTC 2024", "date.utc": "1720722121",
    "description": "sdk_gphone64_x86_64-userdebug 14 UE1A.230829.050 12077443 dev-keys",
    "display.id": "sdk_gphone64_x86_64-userdebug 14 UE1A.230829.050 12077443 dev-keys",
    "fingerprint": "google/sdk_gphone64_x86_64/emu64xa:14/UE1A.230829.050/12077443:userdebug/dev-keys",
    "flavor": "sdk_gphone64_x86_64-userdebug", "host": "mobilegym", "id": "UE1A.230829.050", "product": "emu64xa", "tags": "dev-keys",
    "type": "userdebug", "user": "android-build", "version.all_codenames": "REL", "version.base_os": "", "version.codename": "REL",
    "version.incremental": "12077443", "version.min_supported_target_sdk": "28", "version.preview_sdk": "0", "version.release": "14",
    "version.release_or_codename": "14", "version.release_or_preview_display": "14", "version.sdk": "34",
    "version.security_patch": "2023-09-05",
}  # fmt: skip
"""`ro.build.*`, without the prefix."""

_RUNNING: Final = (
    "adbd audioserver bt_vhci_forwarder cameraserver console credstore dhcpclient_wifi drm gatekeeperd goldfish-logcat gpu hidl_memory "
    "hwservicemanager incidentd installd keystore2 lmkd logd mdnsd media media.swcodec mediadrm mediaextractor mediametrics netd "
    "prng_seeder qemu-props servicemanager statsd storaged surfaceflinger system_suspend tombstoned traced traced_probes ueventd vold "
    "wificond wpa_supplicant zygote "
)
_STOPPED: Final = (
    "apexd art_boot bootanim bpfloader derive_classpath derive_sdk heapprofd idmap2d logd-reinit odsign qemu-adb-keys qemu-adb-setup "
    "qemu-device-state qemu-props-bootcomplete ranchu-net ranchu-setup usbd "
)
_PROFILES: Final = "a2dp.source avrcp.target gatt hfp.ag hid.device hid.host map.server mcp.server opp pan.nap pan.panu pbap.server "
_NO_PROFILES: Final = (
    "bap.broadcast.assist bap.broadcast.source bap.unicast.client bas.client ccp.server csip.set_coordinator hap.client vcp.controller "
)
_OTHERS: Final = {
    "apex.all.ready": "true", "bluetooth.device.class_of_device": "90,2,12", "bootreceiver.enable": "1",
    "build.version.extensions.ad_services": "7", "build.version.extensions.r": "7", "build.version.extensions.s": "7",
    "build.version.extensions.t": "7", "build.version.extensions.u": "7", "dalvik.vm.appimageformat": "lz4",
    "dalvik.vm.dex2oat-Xms": "64m", "dalvik.vm.dex2oat-Xmx": "512m", "dalvik.vm.dex2oat64.enabled": "true",
    "dalvik.vm.heapgrowthlimit": "192m", "dalvik.vm.heapmaxfree": "8m", "dalvik.vm.heapminfree": "512k", "dalvik.vm.heapsize": "512m",
    "dalvik.vm.heapstartsize": "8m", "dalvik.vm.heaptargetutilization": "0.75", "dalvik.vm.isa.x86_64.features": "default",
    "dalvik.vm.isa.x86_64.variant": "x86_64", "dalvik.vm.lockprof.threshold": "500", "dalvik.vm.usap_pool_enabled": "false",
    "dalvik.vm.useartservice": "true", "dalvik.vm.usejit": "true", "debug.atrace.tags.enableflags": "0", "debug.force_rtl": "false",
    "debug.hwui.renderer": "skiagl", "debug.stagefright.ccodec": "4", "dev.bootcomplete": "1", "gsm.version.baseband": "1.0.0.0",
    "gsm.version.ril-impl": "android reference-ril 1.0", "hwservicemanager.ready": "true", "logd.logpersistd.enable": "true",
    "logd.ready": "true", "media.mediadrmservice.enable": "true", "net.bt.name": "Android", "odsign.key.done": "1",
    "odsign.verification.done": "1", "odsign.verification.success": "1", "partition.system.verified": "2",
    "persist.debug.dalvik.vm.core_platform_api_policy": "just-warn", "persist.radio.is_vonr_enabled_0": "false",
    "persist.sys.boot.reason": "", "persist.sys.boot.reason.history": "reboot,1773232200", "persist.sys.dalvik.vm.lib.2": "libart.so",
    "persist.sys.disable_rescue": "true", "persist.sys.displayinset.top": "0", "persist.sys.fuse": "true", "persist.sys.gps.lpp": "2",
    "persist.sys.lmk.reportkills": "true", "persist.sys.usb.config": "adb", "persist.traced.enable": "1",
    "persist.wm.extensions.enabled": "true", "pm.dexopt.bg-dexopt": "speed-profile", "pm.dexopt.boot-after-ota": "verify",
    "pm.dexopt.cmdline": "verify", "pm.dexopt.first-boot": "verify", "pm.dexopt.inactive": "verify", "pm.dexopt.install": "speed-profile",
    "pm.dexopt.shared": "speed", "remote_provisioning.hostname": "remoteprovisioning.googleapis.com",
    "ro.actionable_compatible_property.enabled": "true", "ro.adb.secure": "0", "ro.allow.mock.location": "0", "ro.apex.updatable": "true",
    "ro.baseband": "unknown", "ro.board.platform": "", "ro.boot.avb_version": "1.2", "ro.boot.bootreason": "reboot",
    "ro.boot.dalvik.vm.heapsize": "512m", "ro.boot.debug.hwui.renderer": "skiagl", "ro.boot.dynamic_partitions": "true",
    "ro.boot.hardware": "ranchu", "ro.boot.hardware.gltransport": "pipe", "ro.boot.hardware.vulkan": "ranchu", "ro.boot.logcat": "*:V",
    "ro.boot.opengles.version": "196608", "ro.boot.qemu": "1", "ro.boot.qemu.settings.system.screen_off_timeout": "2147483647",
    "ro.boot.qemu.virtiowifi": "1", "ro.boot.qemu.vsync": "60", "ro.boot.vbmeta.hash_alg": "sha256", "ro.boot.veritymode": "enforcing",
    "ro.bootloader": "unknown", "ro.bootmode": "unknown", "ro.carrier": "unknown", "ro.com.android.dataroaming": "true",
    "ro.com.google.locationfeatures": "1", "ro.config.alarm_alert": "Alarm_Classic.ogg", "ro.config.notification_sound": "pixiedust.ogg",
    "ro.config.ringtone": "Ring_Synth_04.ogg", "ro.control_privapp_permissions": "enforce", "ro.crypto.metadata.enabled": "true",
    "ro.crypto.state": "encrypted", "ro.crypto.type": "file", "ro.dalvik.vm.isa.arm64": "x86_64",
    "ro.dalvik.vm.native.bridge": "libndk_translation.so", "ro.debuggable": "1", "ro.force.debuggable": "0",
    "ro.fuse.bpf.is_running": "true", "ro.hardware": "ranchu", "ro.hardware.egl": "emulation", "ro.hardware.gralloc": "ranchu",
    "ro.hardware.power": "ranchu", "ro.hardware.vulkan": "ranchu", "ro.kernel.qemu": "1", "ro.kernel.version": "6.1",
    "ro.logd.size": "1M", "ro.monkey": "1", "ro.opengles.version": "196608", "ro.organization_owned": "false",
    "ro.product.board": "goldfish_x86_64", "ro.product.cpu.abi": "x86_64", "ro.product.cpu.abilist": "x86_64,arm64-v8a",
    "ro.product.cpu.abilist32": "", "ro.product.cpu.abilist64": "x86_64,arm64-v8a", "ro.product.first_api_level": "34",
    "ro.product.vndk.version": "34", "ro.property_service.version": "2", "ro.revision": "0", "ro.secure": "1",
    "ro.setupwizard.mode": "DISABLED", "ro.soc.manufacturer": "AOSP", "ro.soc.model": "ranchu",
    "ro.surface_flinger.has_HDR_display": "false", "ro.surface_flinger.has_wide_color_display": "false", "ro.test_harness": "1",
    "ro.treble.enabled": "true", "ro.vendor.api_level": "34", "ro.vendor.build.security_patch": "2023-09-05", "ro.vndk.version": "34",
    "ro.wifi.channels": "", "ro.zygote": "zygote64", "security.perf_harden": "1", "selinux.restorecon_recursive": "/data/misc_ce/0",
    "service.sf.present_timestamp": "0", "servicemanager.ready": "true", "setupwizard.feature.deferred_setup_notification": "false",
    "sys.boot.reason": "reboot", "sys.boot.reason.last": "reboot", "sys.bootstat.first_boot_completed": "1",
    "sys.fuse.transcode_enabled": "true", "sys.init.perf_lsm_hooks": "1", "sys.rescue_boot_count": "1",
    "sys.sysctl.extra_free_kbytes": "30375", "sys.system_server.start_count": "1", "sys.system_server.start_elapsed": "11058",
    "sys.system_server.start_uptime": "11058", "sys.usb.config": "adb", "sys.usb.configfs": "0", "sys.usb.controller": "dummy_udc.0",
    "sys.usb.state": "adb", "sys.use_memfd": "false", "sys.user.0.ce_available": "true", "sys.wifitracing.started": "1",
    "vendor.qemu.sf.fake_camera": "back", "vold.has_adoptable": "1", "vold.has_compress": "0", "vold.has_quota": "1",
    "vold.has_reserved": "1",
}  # fmt: skip

FIXED: Final[Mapping[str, str]] = {
    **_OTHERS,
    **{f"init.svc.{name}": "running" for name in _RUNNING.split()},
    **{f"init.svc.{name}": "stopped" for name in _STOPPED.split()},
    **{f"bluetooth.profile.{name}.enabled": "true" for name in _PROFILES.split()},
    **{f"bluetooth.profile.{name}.enabled": "false" for name in _NO_PROFILES.split()},
}
"""Everything that does not depend on the phone's configuration or state."""
