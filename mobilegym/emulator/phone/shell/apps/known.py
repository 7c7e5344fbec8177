"""What the system offers to apps: hardware and software features, libraries, permissions."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.kernel.permissions import GROUPS

__all__ = ["DEVELOPMENT", "FEATURES", "LIBRARIES", "NORMAL", "RUN_TIME", "SIGNATURE", "protection"]

FEATURES: Final = (
    "android.hardware.audio.output", "android.hardware.bluetooth", "android.hardware.bluetooth_le", "android.hardware.camera",
    "android.hardware.camera.any", "android.hardware.camera.autofocus", "android.hardware.camera.flash", "android.hardware.camera.front",
    "android.hardware.faketouch", "android.hardware.fingerprint", "android.hardware.location", "android.hardware.location.gps",
    "android.hardware.location.network", "android.hardware.microphone", "android.hardware.ram.normal", "android.hardware.screen.landscape",
    "android.hardware.screen.portrait", "android.hardware.sensor.accelerometer", "android.hardware.sensor.compass",
    "android.hardware.sensor.gyroscope", "android.hardware.sensor.light", "android.hardware.sensor.proximity", "android.hardware.telephony",
    "android.hardware.telephony.calling", "android.hardware.telephony.data", "android.hardware.telephony.gsm",
    "android.hardware.telephony.messaging", "android.hardware.telephony.radio.access", "android.hardware.telephony.subscription",
    "android.hardware.touchscreen", "android.hardware.touchscreen.multitouch", "android.hardware.touchscreen.multitouch.distinct",
    "android.hardware.touchscreen.multitouch.jazzhand", "android.hardware.wifi", "android.hardware.wifi.direct",
    "android.software.activities_on_secondary_displays",
    "android.software.app_widgets", "android.software.autofill", "android.software.backup", "android.software.connectionservice",
    "android.software.cts", "android.software.device_admin", "android.software.file_based_encryption", "android.software.home_screen",
    "android.software.input_methods", "android.software.managed_users", "android.software.midi", "android.software.picture_in_picture",
    "android.software.print", "android.software.secure_lock_screen", "android.software.telecom", "android.software.verified_boot",
    "android.software.voice_recognizers", "android.software.webview",
)  # fmt: skip
"""System features, sorted."""
LIBRARIES: Final = (
    "android.ext.shared", "android.hidl.base-V1.0-java", "android.hidl.manager-V1.0-java", "android.net.ipsec.ike", "android.test.base",
    "android.test.mock", "android.test.runner", "androidx.window.extensions", "androidx.window.sidecar", "com.android.location.provider",
    "com.android.media.remotedisplay", "com.android.mediadrm.signer", "com.android.nfc_extras", "javax.obex", "org.apache.http.legacy",
)  # fmt: skip
RUN_TIME: Final = frozenset((
    *(permission for group in GROUPS for permission in group.permissions),
    *(f"android.permission.{name}" for name in (
        "ACCESS_BACKGROUND_LOCATION", "ACCESS_MEDIA_LOCATION", "ACTIVITY_RECOGNITION", "ADD_VOICEMAIL", "ACCEPT_HANDOVER",
        "BLUETOOTH_ADVERTISE",
        "BLUETOOTH_CONNECT", "BLUETOOTH_SCAN", "BODY_SENSORS", "NEARBY_WIFI_DEVICES", "PROCESS_OUTGOING_CALLS", "READ_EXTERNAL_STORAGE",
        "READ_MEDIA_VISUAL_USER_SELECTED", "READ_PHONE_NUMBERS", "RECEIVE_MMS", "RECEIVE_WAP_PUSH", "USE_SIP", "UWB_RANGING",
        "WRITE_EXTERNAL_STORAGE",
    )),
))  # fmt: skip
"""Run-time permissions: those of the permission manager's groups, and others that an APK may ask for."""
NORMAL: Final = frozenset(
    f"android.permission.{name}" for name in (
        "ACCESS_NETWORK_STATE", "ACCESS_NOTIFICATION_POLICY", "ACCESS_WIFI_STATE", "BLUETOOTH", "BLUETOOTH_ADMIN", "BROADCAST_STICKY",
        "CHANGE_NETWORK_STATE", "CHANGE_WIFI_MULTICAST_STATE", "CHANGE_WIFI_STATE", "DISABLE_KEYGUARD", "EXPAND_STATUS_BAR",
        "FOREGROUND_SERVICE", "FOREGROUND_SERVICE_LOCATION", "FOREGROUND_SERVICE_MEDIA_PROJECTION", "INTERNET", "KILL_BACKGROUND_PROCESSES",
        "MODIFY_AUDIO_SETTINGS", "NFC", "QUERY_ALL_PACKAGES", "READ_SYNC_SETTINGS", "RECEIVE_BOOT_COMPLETED", "REORDER_TASKS",
        "REQUEST_IGNORE_BATTERY_OPTIMIZATIONS", "REQUEST_INSTALL_PACKAGES", "SCHEDULE_EXACT_ALARM", "SET_ALARM", "SET_WALLPAPER",
        "USE_BIOMETRIC",
        "USE_FINGERPRINT", "USE_FULL_SCREEN_INTENT", "VIBRATE", "WAKE_LOCK", "WRITE_SYNC_SETTINGS",
    )
)  # fmt: skip
SIGNATURE: Final = frozenset(
    f"android.permission.{name}" for name in (
        "ACCESS_MOCK_LOCATION", "BIND_ACCESSIBILITY_SERVICE", "BIND_INPUT_METHOD", "BIND_NOTIFICATION_LISTENER_SERVICE",
        "CAPTURE_VIDEO_OUTPUT",
        "INJECT_EVENTS", "INSTALL_PACKAGES", "INTERACT_ACROSS_USERS_FULL", "MANAGE_ACCOUNTS", "MANAGE_EXTERNAL_STORAGE", "MANAGE_USERS",
        "MASTER_CLEAR",
        "MODIFY_PHONE_STATE", "REAL_GET_TASKS", "REBOOT", "SET_TIME", "SHUTDOWN", "SYSTEM_ALERT_WINDOW", "WRITE_SETTINGS",
    )
)  # fmt: skip
DEVELOPMENT: Final = frozenset(
    f"android.permission.{name}" for name in (
        "BATTERY_STATS", "CHANGE_CONFIGURATION", "DUMP", "GET_APP_OPS_STATS", "INTERACT_ACROSS_USERS", "PACKAGE_USAGE_STATS", "READ_LOGS",
        "SET_ALWAYS_FINISH", "SET_ANIMATION_SCALE", "SET_DEBUG_APP", "SET_PROCESS_LIMIT", "SIGNAL_PERSISTENT_PROCESSES",
        "WRITE_SECURE_SETTINGS",
    )
)  # fmt: skip
"""What only `pm grant` gives."""


def protection(permission: str) -> str:
    """The protection level of a permission; empty for one nobody knows."""
    if permission in RUN_TIME:
        return "dangerous"
    if permission in DEVELOPMENT:
        return "signature|privileged|development"
    return "normal" if permission in NORMAL else "signature" if permission in SIGNATURE else ""
