"""`dumpsys notification`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.kernel.notifications import StatusBarNotification
from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.state.facts import handle, relative

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["dump_notification", "record_text"]

_IMPORTANCE: Final = ("NONE", "MIN", "LOW", "DEFAULT", "HIGH")
_FILTERS: Final = {0: 1, 1: 2, 2: 3, 3: 4}
"""Zen mode to interruption filter: off all, priority, none, alarms."""


def dump_notification(p: Process) -> int:
    """`dumpsys notification [--noredact] [--package PKG | PKG]`."""
    words, redact, package = list(p.args), True, ""
    while words:
        word = words.pop(0)
        if word in ("--noredact", "--reveal"):
            redact = False
        elif word in ("-p", "--package", "package", "pkg"):
            package = words.pop(0) if words else ""
        elif not word.startswith("-"):
            package = word
    kernel = p.kernel
    shown = [item for item in kernel.notifications.active() if not package or item.package == package]
    p.out("Current Notification Manager state:\n")
    if shown:
        p.out("  Notification List:\n")
        p.out("".join(record_text(kernel, item, redact=redact) for item in shown) + "  \n")
    p.out(_rest(p, package))
    return 0


def _uid(item: StatusBarNotification) -> str:
    return item.key.rpartition("|")[2]


def record_text(kernel: Kernel, item: StatusBarNotification, *, redact: bool) -> str:
    """A notification's record, indented as in the list."""
    flags = (0x2 | 0x20 if item.ongoing else 0) | (0x10 if item.auto_cancel else 0)
    tag = item.tag or "null"
    channel = item.channel or "miscellaneous"
    head = (
        f"    NotificationRecord(0x{int(handle(item.key), 16):08x}: pkg={item.package} user=UserHandle{{0}} id={item.id} tag={tag} "
        f"importance={item.importance} key={item.key}: Notification(channel={channel} shortcut=null contentView=null vibrate=null "
        f"sound=null tick defaults=0 flags=0x{flags:x} color=0x00000000 {'actions=' + str(len(item.actions)) + ' ' if item.actions else ''}"
        "vis=PRIVATE))\n"
    )
    group = f"0|{item.package}|g:{item.group}" if item.group else item.key
    lines = [
        f"uid={_uid(item)} userId=0", f"opPkg={item.package}", f"icon=Icon(typ=RESOURCE pkg={item.package} id=0x7f0800a1)",
        f"flags=0x{flags:x}", f"originalFlags=0x{flags:x}", "pri=0", f"key={item.key}", "seen=true", f"groupKey={group}", "notification=",
        "  fullscreenIntent=null", f"  contentIntent={_pending(item, 'content')}", "  deleteIntent=null", "  number=0",
        "  groupAlertBehavior=0", f"  when={item.when_ms}", "  tickerText=null", "  vis=0", "  contentView=null", "  color=0x00000000",
        "  timeout=0", *_actions(item), "  extras={", *_extras(item, redact), "  }", f"stats={_stats(kernel, item)}",
        f"mImportance={_IMPORTANCE[min(max(item.importance, 0), 4)]}", "mContactAffinity=0.0", "mRecentlyIntrusive=false",
        "mPackagePriority=0", "mPackageVisibility=-1000", "mSystemImportance=UNSPECIFIED", "mAsstImportance=UNSPECIFIED",
        f"mImportanceExplanation=user, mIntercept={'true' if _intercepted(kernel, item) else 'false'}", "mHidden==false",
        f"mGlobalSortKey={item.importance}:{item.key}", f"mRankingTimeMs={item.when_ms}", f"mCreationTimeMs={item.when_ms}",
        f"mVisibleSinceMs={item.when_ms}", f"mUpdateTimeMs={item.when_ms}", f"effectiveNotificationChannel={_channel(kernel, item)}",
    ]  # fmt: skip
    return head + "".join(f"      {line}\n" for line in lines)


def _pending(item: StatusBarNotification, what: str) -> str:
    text = f"{item.key}/{what}"
    return f"PendingIntent{{{handle(text)}: PendingIntentRecord{{{handle(text + '/record')} {item.package} startActivity}}}}"


def _actions(item: StatusBarNotification) -> list[str]:
    if not item.actions:
        return []
    return ["  actions={", *(f'    [{place}] "{action.label}" -> {_pending(item, action.action)}' for place,
    action in enumerate(item.actions)),
            "  }"]  # fmt: skip


def _extras(item: StatusBarNotification, redact: bool) -> list[str]:
    def text(value: str) -> str:
        return f"String [length={len(value)}]" if redact else f"String ({value})"

    lines = [f"android.title={text(item.title)}", f"android.text={text(item.text)}", "android.subText=null", "android.showChronometer=Bool"
        "ean (false)",
             "android.reduced.images=Boolean (true)", "android.template=null", "android.showWhen=Boolean (true)",
             "android.largeIcon=null", "android.infoText=null", "android.progress=Integer (0)", "android.progressMax=Integer (0)",
             "android.progressIndeterminate=Boolean (false)", f"android.appInfo=ApplicationInfo (ApplicationInfo{{{handle(item.package)} "
             f"{item.package}}})"]  # fmt: skip
    return [f"      {line}" for line in lines]


def _stats(kernel: Kernel, item: StatusBarNotification) -> str:
    age = kernel.clock.now_ms - item.when_ms
    return (f"SingleNotificationStats{{posttimeElapsedMs={max(kernel.clock.elapsed_ms - age, 0)}, posttimeToFirstClickMs=-1, "
            "posttimeToDismissMs=-1, airtimeCount=1, airtimeMs=0, currentAirtimeStartElapsedMs=-1, airtimeExpandedMs=0, "
            "posttimeToFirstVisibleExpansionMs=-1, currentAirtimeExpandedStartElapsedMs=-1, requestedImportance=3, naturalImportance=3, "
            "isNoisy=false}")  # fmt: skip


def _intercepted(kernel: Kernel, item: StatusBarNotification) -> bool:
    return kernel.settings.number("global", "zen_mode", 0) != 0 and not item.ongoing


def _channel(kernel: Kernel, item: StatusBarNotification) -> str:
    known = next((c for c in kernel.notifications.channels(item.package) if c.id == item.channel), None)
    name, level = (known.name, known.importance) if known else ("Notifications", item.importance)
    return (f"NotificationChannel{{mId='{item.channel or 'miscellaneous'}', mName={name}, mDescription=, mImportance={level}, "
            "mBypassDnd=false, "
            "mLockscreenVisibility=-1000, mSound=content://settings/system/notification_sound, mLights=false, mLightColor=0, "
            "mVibrationPattern=null, mVibrationEffect=null, mUserLockedFields=0, mUserVisibleTaskShown=false, mVibrationEnabled=false, "
            "mShowBadge=true, mDeleted=false, mDeletedTimeMs=-1, mGroup='null', mBlockableSystem=true, mAllowBubbles=-1, "
            "mImportanceLockedDefaultApp=false, mOriginalImp=-1000, mParent=null, mConversationId=null, mDemoted=false, "
            "mImportantConvo=false, mLastNotificationUpdateTimeMs=0}")  # fmt: skip


def _rest(p: Process, package: str) -> str:
    kernel = p.kernel
    notifications, settings = kernel.notifications, kernel.settings
    past = [item for item in notifications.history()[:5] if not package or item.notification.package == package]
    lines = [f"  mArchive=Archive ({len(notifications.history())} notifications)"]
    lines += [f"    {place}: StatusBarNotification(pkg={item.notification.package} user=UserHandle{{0}} id={item.notification.id} "
              f"tag={item.notification.tag or 'null'} key={item.notification.key})" for place, item in enumerate(past)]  # fmt: skip
    lines += ["", "  Snoozed notifications:"]
    lines += [f"    {item.key} : {relative(until - kernel.clock.now_ms)}" for item, until in notifications.snoozed()]
    lines += ["  Snooze Config:", "", "  Ranking Config:", "    mSignalExtractors.length = 12", "    per-package config version: 4",
              "    PackagePreferences:"]  # fmt: skip
    for name in kernel.packages.names():
        if package and name != package:
            continue
        channels = notifications.channels(name)
        if channels or not notifications.enabled(name):
            level = "DEFAULT" if notifications.enabled(name) else "NONE"
            lines.append(
                f"      {name} ({p.system.processes.uid(name)}) importance={level} userSet={'false' if level == 'DEFAULT' else 'true'}"
            )
            lines += [
                f"        NotificationChannel{{mId='{c.id}', mName={c.name}, mDescription=, mImportance={c.importance}}}" for c in channels
            ]
    zen = settings.number("global", "zen_mode", 0)
    modes = {0: "off", 1: "important_interruptions", 2: "no_interruptions", 3: "alarms"}
    listeners = [name for name in (settings.get("secure", "enabled_notification_listeners") or "").split(":") if name]
    lines += ["", "  Notification listeners:", "    Allowed notification listeners:"]
    lines += [f"      {listener}" for listener in listeners]
    lines += ["", "  Zen Mode:", f"    mInterruptionFilter={_FILTERS.get(zen, 1)}", "    "
        f"mZenMode=ZEN_MODE_{modes.get(zen, 'off').upper()}",
              f"    mConsolidatedPolicy={'null' if not zen else 'NotificationManager.Policy[allowAlarms=true]'}", "",
              f"  mInCallStateOffHook={'true' if kernel.telephony.call.active else 'false'}", "  mListenerHints=[]", ""]  # fmt: skip
    return "\n".join(lines) + "\n"
