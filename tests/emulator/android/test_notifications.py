"""Reading real dumps of notifications and windows."""

from __future__ import annotations

import pytest

from mobilegym.emulator.android.clock import read_clock
from mobilegym.emulator.android.notifications import read_notifications
from mobilegym.emulator.android.windows import read_front, read_size
from mobilegym.errors import DeviceError
from mobilegym.observation import ActivityRef, Notification

DUMP = """\
Current Notification Manager state:
  Notification List:
    NotificationRecord(0x0a1b2c3d: pkg=org.fossify.messages user=UserHandle{0} id=7 tag=sms importance=4 key=0|org.fossify.messages|7|sms|10123: Notification(channel=fossify_messages shortcut=null contentView=null vibrate=default sound=null tick defaults=0 flags=0x10 color=0xff0288d1 vis=PRIVATE))
      uid=10123 userId=0
      opPkg=org.fossify.messages
      flags=0x10
      originalFlags=0x10
      key=0|org.fossify.messages|7|sms|10123
      seen=true
      notification=
        number=0
        when=1700000000000
        actions={
          [0] "Reply" -> PendingIntent{1: PendingIntentRecord{2 org.fossify.messages broadcastIntent}}
          [1] "Mark as read" -> PendingIntent{3: PendingIntentRecord{4 org.fossify.messages broadcastIntent}}
        }
        extras={
            android.title=String (Ann (mobile))
            android.subText=null
            android.text=String (See you
at eight (or nine))
            android.template=String (android.app.Notification$MessagingStyle)
        }
      stats=SingleNotificationStats{}
    NotificationRecord(0x0b: pkg=com.android.phone user=UserHandle{0} id=1 tag=null importance=3 key=0|com.android.phone|1|null|1001: Notification(channel=null shortcut=null contentView=null vibrate=null sound=null tick defaults=0 flags=0x62 color=0x00000000 vis=PUBLIC))
      uid=1001 userId=0
      flags=0x62
      key=0|com.android.phone|1|null|1001
      notification=
        when=5
        extras={
            android.title=SpannableString (On a call)
            android.text=null
        }

  mArchive=Archive (1 notifications)
    NotAnother
"""  # noqa: E501 - as the phone prints it


def test_notifications_are_read() -> None:
    first, second = read_notifications(DUMP)
    assert first == Notification(
        "0|org.fossify.messages|7|sms|10123", "org.fossify.messages", "Ann (mobile)", "See you\nat eight (or nine)", 1_700_000_000_000,
        ("Reply", "Mark as read"), False, "fossify_messages",
    )  # fmt: skip
    assert second == Notification("0|com.android.phone|1|null|1001", "com.android.phone", "On a call", "", 5, (), True, "")


def test_no_notifications() -> None:
    assert read_notifications("Current Notification Manager state:\n  mArchive=Archive (0 notifications)\n") == ()


@pytest.mark.parametrize(
    "text, activity",
    [
        (
            "  mFocusedApp=ActivityRecord{1f2 u0 com.android.settings/.Settings t12}",
            ("com.android.settings", "com.android.settings.Settings"),
        ),
        ("  mFocusedApp=ActivityRecord{1f2 u0 a.b/c.D} t6294}", ("a.b", "c.D")),
        ("  mFocusedApp=null\n    topResumedActivity=ActivityRecord{227887118 u0 a.b/.D t3}", ("a.b", "a.b.D")),
        ("  mResumedActivity: ActivityRecord{abc u0 a.b/.D t3}", ("a.b", "a.b.D")),
        ("  mCurrentFocus=Window{abc u0 a.b/a.b.D}", ("a.b", "a.b.D")),
    ],
)
def test_the_front_activity_of_any_version(text: str, activity: tuple[str, str]) -> None:
    assert read_front(text).activity == ActivityRef(*activity)


def test_what_is_not_told_is_not_made_up() -> None:
    front = read_front("mCurrentFocus=null\n")
    assert (front.activity, front.width, front.locked, front.awake) == (None, 0, False, False)


def test_lock_and_power() -> None:
    text = "init=1080x2400 420dpi cur=2400x1080 app=\n isKeyguardShowing=true\n  mWakefulness=Awake\n"
    assert read_front(text)[1:] == (2400, 1080, True, True)


def test_an_overridden_size_counts() -> None:
    assert read_size("Physical size: 1080x2400\nOverride size: 720x1600\n", "size") == [720, 1600]
    assert read_size("Physical density: 420\n", "density") == [420]
    with pytest.raises(DeviceError, match="cannot be read"):
        read_size("cmd: Can't find service: window", "size")


def test_clocks_of_any_zone() -> None:
    assert read_clock("1700000000.123456789\n+0530\nAsia/Kolkata\n").isoformat() == "2023-11-15T03:43:20.123456+05:30"
    assert read_clock("1700000000.%N\n-0330\n\n").isoformat() == "2023-11-14T18:43:20-03:30"
    assert read_clock("1700000000.5\n+0000\nMars/Olympus\n").isoformat() == "2023-11-14T22:13:20.500000+00:00"
    with pytest.raises(DeviceError, match="cannot be read"):
        read_clock("date: bad")
