"""`dumpsys activity`: tasks, activities, services and processes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mobilegym.emulator.phone.hierarchy import active_elements
from mobilegym.emulator.phone.kernel.activities import Task
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN
from mobilegym.emulator.phone.shell.apps.dump_processes import exit_info, lru, processes, providers, services
from mobilegym.emulator.phone.shell.apps.intents import ShellIntent, short_name
from mobilegym.emulator.phone.shell.apps.names import activity_record, affinity, hex_id, intent_of, process_record, task_record
from mobilegym.emulator.phone.shell.apps.tasks import all_tasks, visible_task
from mobilegym.emulator.phone.shell.process import Process
from mobilegym.observation import Element

__all__ = ["dump"]

_RULE: Final = "-" * 79 + "\n"
_VIEWS: Final = 400
"""Lines of a view hierarchy at most."""


def dump(p: Process) -> int:
    """`dumpsys activity [-a] [-p PKG] [SECTION] [NAME]`."""
    words: list[str] = []
    package = ""
    given = list(p.args)
    while given:
        word = given.pop(0)
        if word == "-p":
            package = given.pop(0) if given else ""
        elif word == "--user":
            del given[:1]
        elif word == "-h":
            p.out("Activity manager dump options:\n  [-a] [-c] [-p PACKAGE] [-h] [WHAT] ...\n")
            return 0
        elif not word.startswith("-"):
            words.append(word)
    if not words:
        p.out(_RULE.join(_SECTIONS[name](p, package, "") for name in _WHOLE))
        return 0
    section = _SECTIONS.get(_SHORT.get(words[0], words[0]))
    if section is not None:
        p.out(section(p, package, words[1] if len(words) > 1 else ""))
        return 0
    found = _top(p, words[0], "")
    if found:
        p.out(found)
    else:
        p.out(f"Bad activity command, or no activities match: {words[0]}\nUse -h for help.\n")
    return 0


def _head(title: str, command: str) -> str:
    return f"ACTIVITY MANAGER {title} (dumpsys activity {command})\n"


def _root_intent(p: Process, task: Task) -> ShellIntent:
    root = task.stack[0]
    info = next((a for a in p.kernel.packages.manifest(root.package).activities if a.name == root.name), None)
    intent = intent_of(root)
    if intent.action == MAIN and info is not None and info.launchable and not intent.categories:
        intent.categories = [LAUNCHER]
    return intent


# ---------------------------------------------------------------------- activities


def _activities(p: Process, package: str, _: str) -> str:
    kernel = p.kernel
    seen = visible_task(p)
    out = [_head("ACTIVITIES", "activities"), "Display #0 (activities from top to bottom):\n"]
    for task in all_tasks(p):
        if package in ("", task.package):
            out.append(_task(p, task, visible=task is seen))
    front = activity_record(seen.top, seen.id) if seen is not None else ""
    if front:
        out.append(
            f"\n  Resumed activities in task display areas (from top to bottom):\n    Resumed: {front}\n\n  ResumedActivity: {front}\n"
        )
    focused = task_record(kernel, kernel.activities.current) if kernel.activities.current is not None else "null"
    hardware = kernel.hardware
    out.append(
        "\nActivityTaskSupervisor state:\n"
        f"  topDisplayFocusedRootTask={focused}\n  mLastOrientationSource=null\n"
        f"  mCurTaskIdForUser={{0={max(t.id for t in all_tasks(p))}}}\n"
        "  mUserRootTaskInFront={}\n  isHomeRecentsComponent=true  KeyguardController:\n"
        f"    mKeyguardShowing={str(hardware.locked).lower()}\n    mAodShowing=false\n    mKeyguardGoingAway=false\n"
        f"    mDismissalRequested=false\n  mVisibilityTransactionDepth=0\n  LockTaskController:\n    mLockTaskModeState=NONE\n"
    )
    return "".join(out)


def _task(p: Process, task: Task, *, visible: bool) -> str:
    kernel = p.kernel
    line = task_record(kernel, task, visible=visible)
    lines = [f"  * {line}"]
    if task is kernel.activities.home:
        lines.append(f"    * {line}")
    sleeping = str(not kernel.hardware.screen_on).lower()
    lines.append(f"    isSleeping={sleeping}")
    if visible:
        lines.append(f"    topResumedActivity={activity_record(task.top, task.id)}")
    for i, activity in reversed(list(enumerate(task.stack))):
        package, resumed = activity.package, visible and activity is task.top
        intent = _root_intent(p, task) if i == 0 else intent_of(activity, 0)
        state = "RESUMED" if resumed else "PAUSED" if visible else "STOPPED"
        lines += [
            f"    * Hist  #{i}: {activity_record(activity, task.id)}", f"      packageName={package} processName={package}",
            f"      launchedFromUid={kernel.packages.uid(kernel.packages.home_package)} launchedFromPackage={kernel.packages.home_package} "
            "launchedFromFeature=null userId=0",
            f"      app={process_record(p, package)}", f"      {intent.show(safe=False)}",
            f"      rootOfTask={str(i == 0).lower()} task={task_record(kernel, task)}",
            f"      taskAffinity={affinity(kernel, package)}", f"      mActivityComponent={short_name(package, activity.name)}",
            f"      baseDir={kernel.packages.code_path(package)}", f"      dataDir=/data/user/0/{package}",
            "      stateNotNeeded=false componentSpecified=true "
            f"mActivityType={'home' if task is kernel.activities.home else 'standard'}",
            f"      state={state} delayedResume=false finishing=false", "      keysPaused=false inHistory=true idle=true",
            "      occludesParent=true noDisplay=false immersive=false launchMode=0",
            f"      mVisible={str(resumed).lower()} visibleRequested={str(resumed).lower()}",
        ]  # fmt: skip
    return "".join(f"{line}\n" for line in lines)


def _top_resumed(p: Process, _: str, __: str) -> str:
    task = visible_task(p)
    body = f"  {activity_record(task.top, task.id)}\n" if task is not None else ""
    return _head("TOP-RESUMED", "top-resumed") + body


def _visible(p: Process, _: str, __: str) -> str:
    task = visible_task(p)
    return _head("VISIBLE ACTIVITIES", "visible") + (_task(p, task, visible=True) if task is not None else "")


# ---------------------------------------------------------------------- top


def _section_top(p: Process, package: str, _: str) -> str:
    return _top(p, "", package) or f"No activities match: {package or 'top'}\n"


def _top(p: Process, wanted: str, package: str) -> str:
    """Activities with their views, the one in front last; without a name those on top of each task."""
    out: list[str] = []
    for task in reversed(all_tasks(p)):
        chosen = (
            [a for a in task.stack if wanted in f"{a.package}/{a.name}" or wanted == short_name(a.package, a.name)]
            if wanted
            else [task.top]
        )
        chosen = [a for a in chosen if package in ("", a.package)]
        if not chosen:
            continue
        uid = p.kernel.packages.uid(task.package)
        out.append(f"TASK {affinity(p.kernel, task.package)} id={task.id} userId=0 displayId=0(type=INTERNAL)\n")
        for activity in chosen:
            pids = p.system.processes.of_package(activity.package)
            name, key = short_name(activity.package, activity.name), hex_id("activity", task.id, activity.package, activity.name)
            resumed = task is visible_task(p) and activity is task.top
            out.append(
                f"  ACTIVITY {name} {key} pid={pids[0].pid if pids else 0} userId=0 uid={uid} displayId=0\n"
                f"    Local Activity {key} State:\n"
            )
            out.append(
                f"      mResumed={str(resumed).lower()} mStopped={str(not resumed).lower()} mFinished=false\n"
                f"      mIsInMultiWindowMode=false mIsInPictureInPictureMode=false\n"
            )
            if resumed:
                out.append("    View Hierarchy:\n" + _views(p))
        out.append("\n")
    return "".join(out)


def _views(p: Process) -> str:
    elements = active_elements(p.kernel)
    lines = [_view(element) for element in elements[:_VIEWS]]
    return (
        "      DecorView@"
        + hex_id("decor", len(elements))
        + f"[{p.kernel.activities.foreground.name.rpartition('.')[2]}]\n"
        + "".join(lines)
    )


def _view(e: Element) -> str:
    flags = "VI"[not e.bounds] + "F."[not e.focusable] + "E."[not e.enabled] + "..." + "C."[not e.clickable] + "L."[not e.long_clickable]
    box = f"{e.bounds.left},{e.bounds.top}-{e.bounds.right},{e.bounds.bottom}"
    name = e.resource_id.partition("/")[2]
    rid = f" #7f{int(hex_id('rid', e.resource_id), 16) & 0xFFFFFF:06x} app:id/{name}" if name else ""
    key = hex_id("view", e.cls, e.resource_id, e.bounds, e.text)
    return f"{'  ' * (e.depth + 4)}{e.cls or 'android.view.View'}{{{key} {flags} ........ {box}{rid}}}\n"


# ---------------------------------------------------------------------- the rest


def _recents(p: Process, _: str, __: str) -> str:
    kernel = p.kernel
    home = kernel.packages.home_package
    head = (
        f"mRecentsUid={kernel.packages.uid(home)}\nmRecentsComponent=ComponentInfo{{{home}/com.android.quickstep.RecentsActivity}}\n"
        "mFreezeTaskListReordering=false\nmFreezeTaskListReorderingPendingTimeout=false\n"
    )
    tasks = [t for t in all_tasks(p) if t is not kernel.activities.home]
    if not tasks:
        return _head("RECENT TASKS", "recents") + head + "\n  Recent tasks:\n  (nothing)\n"
    out = [_head("RECENT TASKS", "recents"), head, "\n  Recent tasks:\n"]
    for i, task in enumerate(tasks):
        uid = kernel.packages.uid(task.package)
        shown = _root_intent(p, task).show(safe=False, wrap=False)
        out.append(
            f"  * Recent #{i}: {task_record(kernel, task)}\n"
            f"    userId=0 effectiveUid={'1000' if uid == 1000 else f'u0a{uid - 10_000}'} "
            f"mCallingUid=u0a{kernel.packages.uid(home) - 10_000} "
            f"mUserSetupComplete=true mCallingPackage={home} mCallingFeatureId=null\n"
            f"    affinity={affinity(kernel, task.package)}\n    intent={{{shown}}}\n"
            f"    mActivityComponent={short_name(task.stack[0].package, task.stack[0].name)}\n"
            "    rootWasReset=false mNeverRelinquishIdentity=true mReuseTask=false mLockTaskAuth=LOCK_TASK_AUTH_PINNABLE\n"
            f"    Activities=[{', '.join(activity_record(a, task.id) for a in task.stack)}]\n"
            f"    askedCompatMode=false inRecents=true isAvailable=true\n"
            f"    taskId={task.id} rootTaskId={task.id}\n    mHasBeenVisible=true\n"
            f"    mResizeMode=RESIZE_MODE_RESIZEABLE mSupportsPictureInPicture=false isResizeable=true\n"
            f"    lastActiveTime={kernel.clock.now_ms % 1_000_000_000} (inactive for {i}s)\n"
        )
    out.append("\n  Visible recent tasks (most recent first):\n")
    for i, task in enumerate(tasks):
        out.append(
            f"  * RecentTaskInfo #{i}: \n    id={task.id} userId=0 hasTask=true lastActiveTime={kernel.clock.now_ms % 1_000_000_000}\n"
            f"    baseIntent={{ {_root_intent(p, task).show(safe=False, wrap=False)} }}\n"
            f"    baseActivity=ComponentInfo{{{task.stack[0].package}/{task.stack[0].name}}}\n"
            f"    topActivity=ComponentInfo{{{task.top.package}/{task.top.name}}}\n"
            "    isExcluded=false activityType=standard windowingMode=fullscreen supportsMultiWindow=true\n"
        )
    return "".join(out)


def _broadcasts(p: Process, _: str, __: str) -> str:
    del p
    return _head("BROADCAST STATE", "broadcasts") + "  Registered Receivers:\n  (nothing)\n\n  mBroadcastsScheduled=false\n"


def _intents(p: Process, _: str, __: str) -> str:
    del p
    return _head("PENDING INTENTS", "intents") + "  (nothing)\n"


def _settings(p: Process, _: str, __: str) -> str:
    del p
    return (
        _head("SETTINGS", "settings") + "  max_cached_processes=32\n  background_settle_time=60000\n  fgservice_min_shown_time=2000\n"
        "  bound_service_crash_restart_duration=1800000\n  process_start_async=true\n  max_phantom_processes=32\n  use_freezer=true\n"
    )


_Section = Callable[[Process, str, str], str]
_SECTIONS: Final[dict[str, _Section]] = {
    "activities": _activities, "recents": _recents, "top": _section_top, "services": services, "processes": processes,
    "broadcasts": _broadcasts,
    "providers": providers, "lru": lru, "settings": _settings, "exit-info": exit_info, "intents": _intents, "top-resumed": _top_resumed,
    "visible": _visible, "oom": lru, "all": lambda p, package, _: _top(p, "", package),
    "starter": lambda p, package, _: _head("STARTER", "starter") + "  (nothing)\n", "containers": _activities,
    "lastanr": lambda p, package, _: _head("LAST ANR", "lastanr") + "  <no ANR has occurred since boot>\n",
    "users": lambda p, package, _: "  mStartedUsersArray: [0]\n  mCurrentUserId: 0\n",
    "permissions": lambda p, package, _: _head("URI PERMISSIONS", "permissions") + "  (nothing)\n",
    "service": lambda p, package, name: f"No services match: {name or 'all'}\nUse -h for help.\n" if not services(p, package,
    name).count("ServiceRecord") else services(p, package, name),
    "provider": lambda p, package, name: f"No providers match: {name}\nUse -h for help.\n",
}  # fmt: skip
_SHORT: Final = {
    "a": "activities",
    "r": "recents",
    "b": "broadcasts",
    "i": "intents",
    "p": "processes",
    "o": "oom",
    "s": "services",
    "prov": "providers",
    "perm": "permissions",
}
_WHOLE: Final = (
    "settings",
    "intents",
    "broadcasts",
    "providers",
    "permissions",
    "services",
    "recents",
    "lastanr",
    "starter",
    "activities",
    "exit-info",
    "lru",
    "processes",
)
