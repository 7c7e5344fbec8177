"""Activities, task stacks and back behaviour, after Android's `ActivityTaskManager`."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

from mobilegym.emulator.phone.kernel.cow import TOKENS
from mobilegym.emulator.phone.kernel.intents import CHOOSER, HOME, MAIN, SEND, Intent
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo
from mobilegym.emulator.phone.kernel.surface import Surface, SurfaceState
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.errors import NotFound
from mobilegym.observation import ActivityRef

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["Activities", "Activity", "Task"]

S = TypeVar("S")


class Activity(Surface[S]):
    """A screen of an app. Subclasses give `name`, `initial` and `build`.

    Lives on a task stack; `intent` is what started it. Handlers are methods, named in views by `call(Cls.method, …)`.
    """

    name: ClassVar[str]
    """Full class name, as the real app has it."""
    no_history: ClassVar[bool] = False
    """Finished as soon as something covers it (dialogs of the system)."""
    floating: ClassVar[bool] = False
    """Shown above the activity below, which stays visible (permission dialog, chooser)."""

    def __init__(self, kernel: Kernel, package: str, intent: Intent, reply: Call | None = None) -> None:
        self.intent = intent
        self.reply = reply
        """Called on the activity below with `(result: Intent | None)` when this one finishes."""
        super().__init__(kernel, package)

    def content(self) -> object:
        return self.intent, super().content()

    def on_create(self) -> None:
        """Once, after the state is initial and before the first build."""

    def on_resume(self) -> None:
        """Each time it comes to the front."""

    def on_leave(self) -> None:
        """Something else comes to the front, or it is being finished: the place to save (Android's `onPause`)."""

    def on_new_intent(self, intent: Intent) -> None:
        """A `single_top` activity was started again."""
        self.intent = intent

    def start(self, intent: Intent, reply: Call | None = None) -> None:
        """Start another activity on this task; `reply` is called on this one with its result (None if cancelled).

        Where no app answers the intent, a toast says so.
        """
        if intent.action == CHOOSER or self.kernel.packages.resolve(intent):
            self.kernel.activities.start(intent, source=self, reply=reply)
        else:
            self.toast("No app can perform this action")

    def open(self, cls: type[Activity[Any]], reply: Call | None = None, **extras: Any) -> None:
        """Start an activity of this app by class."""
        self.start(Intent.of(package=self.package, activity=cls.name, **extras), reply)

    def share(self, *, text: str = "", stream: str = "", mime: str = "text/plain", title: str = "") -> None:
        """Offer something to other apps through the share sheet."""
        pairs: dict[str, Any] = {}
        if text:
            pairs["android__intent__extra__TEXT"] = text
        if stream:
            pairs["android__intent__extra__STREAM"] = stream
        if title:
            pairs["android__intent__extra__SUBJECT"] = title
        self.kernel.activities.choose(Intent.of(SEND, mime=mime, **pairs), source=self)

    def finish(self, result: Intent | None = None) -> None:
        """Close this activity and give its result to whoever started it."""
        self.kernel.activities.finish(self, result)

    def ask_permission(self, permission: str, then: Call) -> None:
        """Have a run-time permission; `then` is called with True or False. Asks the owner's screen where it is not settled."""
        self.kernel.permissions.request(self, permission, then)


class Task(NamedTuple):
    """A stack of activities, bottom first."""

    id: int
    package: str
    """The app it was started for: what Recents shows."""
    stack: tuple[Activity[Any], ...]

    @property
    def top(self) -> Activity[Any]:
        return self.stack[-1]


class _SavedActivity(NamedTuple):
    cls: type[Activity[Any]]
    package: str
    intent: Intent
    reply: Call | None
    surface: SurfaceState


class Activities:
    """The task stacks. `tasks` holds the most recent first; the home screen is a task of its own, never listed."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._ids = itertools.count(2)
        self.tasks: tuple[Task, ...] = ()
        self.home: Task | None = None
        self.at_home = True
        self.token = next(TOKENS)
        self._resumed: Activity[Any] | None = None

    # ------------------------------------------------------------------ looking

    @property
    def foreground(self) -> Activity[Any]:
        """The activity on top."""
        task = self.current
        if task is None:
            raise NotFound("the phone has no home screen yet; boot it first")
        return task.top

    @property
    def current(self) -> Task | None:
        """The task on top."""
        return self.home if self.at_home or not self.tasks else self.tasks[0]

    def ref(self) -> ActivityRef:
        """Package and class of the activity on top."""
        top = self.foreground
        return ActivityRef(top.package, top.name)

    def running(self, package: str) -> bool:
        """Whether the app has a task or an activity on some stack."""
        return any(a.package == package for t in self.tasks for a in t.stack)

    # ------------------------------------------------------------------ starting

    def start(self, intent: Intent, *, source: Activity[Any] | None = None, reply: Call | None = None) -> None:
        """Start by intent; several candidates bring up "Open with".

        Raises:
            NotFound: No activity answers the intent.
        """
        if intent.action == CHOOSER and intent.target is not None:
            self.choose(intent.target, source=source)
            return
        candidates = self._kernel.packages.resolve(intent)
        if not candidates:
            raise NotFound(
                f"no activity answers {intent.action}{' ' + intent.data if intent.data else ''}{' ' + intent.mime if intent.mime else ''}"
            )
        if len(candidates) > 1 and not intent.activity:
            self._kernel.packages.chooser("open", intent, candidates, source, reply)
            return
        package, info = candidates[0]
        self.launch(package, info, intent.to(package, info.name), source, reply)

    def choose(self, intent: Intent, *, source: Activity[Any] | None = None) -> None:
        """Bring up the share sheet for an intent."""
        self._kernel.packages.chooser("share", intent, self._kernel.packages.resolve(intent), source, None)

    def launch(self, package: str, info: ActivityInfo, intent: Intent, source: Activity[Any] | None, reply: Call | None = None) -> None:
        """Start exactly this activity: on the source's task, or on the app's own where there is no source."""
        kernel = self._kernel
        kernel.ime.hide()
        if info.home:
            self.go_home()
            return
        launcher = intent.action == MAIN and info.launchable
        if source is None or source.package == kernel.packages.home_package or launcher and source.package != package:
            existing = next((t for t in self.tasks if t.package == package), None)
            if existing is not None and launcher and source is not None:
                self._to_front(existing)
                return
            if existing is not None and info.single_top and existing.top.name == info.name:
                self._to_front(existing)
                existing.top.on_new_intent(intent)
                return
            if existing is not None and launcher:
                self._to_front(existing)
                return
            stack = () if existing is None or intent.action == MAIN else existing.stack
            activity = info.cls(kernel, package, intent, reply)
            task = Task(existing.id if existing else next(self._ids), package, (*stack, activity))
            self.tasks = (task, *[t for t in self.tasks if t is not existing])
            self.at_home = False
        else:
            task = self.current
            if task is None:
                raise NotFound("an activity cannot be started before the phone is up")
            if info.single_top and task.top.name == info.name:
                task.top.on_new_intent(intent)
                self._resume()
                return
            stack = task.stack[:-1] if task.top.no_history else task.stack
            activity = info.cls(kernel, package, intent, reply)
            self._put(task, (*stack, activity))
        activity.on_create()
        self._resume()

    def launch_app(self, package: str) -> None:
        """What a tap on the launcher icon does: the app's task as it was left, or a new one."""
        info = self._kernel.packages.launcher_activity(package)
        self.launch(package, info, Intent(MAIN, package=package, activity=info.name), self.home.top if self.home else None)

    # ------------------------------------------------------------------ leaving

    def finish(self, activity: Activity[Any], result: Intent | None = None) -> None:
        """Take an activity off its stack; its reply runs on the one below."""
        for task in self._all():
            if activity in task.stack:
                break
        else:
            return
        self._kernel.ime.hide()
        below = task.stack[: task.stack.index(activity)]
        stack = (*below, *task.stack[len(below) + 1 :])
        if len(stack) > len(below):
            # Whoever waited for its result is gone.
            stack[len(below)].reply = None
        if not stack:
            self._drop(task)
        else:
            self._put(task, stack)
        if activity.reply is not None and below:
            activity.reply.fn(below[-1], *activity.reply.args, result)
        self._resume()

    def back(self) -> None:
        """Back on the activity on top, once keyboard, overlays and the activity itself have passed on it."""
        task = self.current
        if task is None or task is self.home and len(task.stack) == 1:
            return
        if len(task.stack) > 1:
            self.finish(task.top)
        else:
            # Android 12+: the root activity stays, its task goes to the background.
            self.go_home()

    def go_home(self) -> None:
        """Show the home screen; what was on top keeps its state."""
        self._kernel.ime.hide()
        self._leave_no_history()
        self.at_home = True
        if self.home is not None:
            self.home = Task(self.home.id, self.home.package, self.home.stack[:1])
            self.home.top.on_new_intent(Intent(MAIN, categories=frozenset((HOME,))))
        self._resume()

    def to_front(self, task_id: int) -> None:
        """Bring a recent task back."""
        task = next((t for t in self.tasks if t.id == task_id), None)
        if task is None:
            raise NotFound(f"no task {task_id} among the recent ones")
        self._to_front(task)

    def remove(self, task_id: int) -> None:
        """Swipe a task away in Recents."""
        self.tasks = tuple(t for t in self.tasks if t.id != task_id)
        self._touch()

    def force_stop(self, package: str) -> None:
        """Remove all of an app's tasks and activities."""
        was_top = self.current is not None and self.current.package == package
        for task in self._all():
            for below, above in itertools.pairwise(task.stack):
                if below.package == package:
                    above.reply = None
        tasks = [Task(t.id, t.package, tuple(a for a in t.stack if a.package != package)) for t in self.tasks if t.package != package]
        self.tasks = tuple(t for t in tasks if t.stack)
        if was_top or not self.tasks:
            self.at_home = True
        self._resume()

    def boot(self, package: str, info: ActivityInfo) -> None:
        """Start the home screen."""
        activity = info.cls(self._kernel, package, Intent(MAIN, package=package, activity=info.name))
        self.home = Task(1, package, (activity,))
        self.at_home = True
        activity.on_create()
        self._touch()

    def push_home(self, activity: Activity[Any]) -> None:
        """Put a screen above the home screen (Recents)."""
        if self.home is not None:
            self._leave_no_history()
            self.at_home = True
            self.home = Task(self.home.id, self.home.package, (*self.home.stack[:1], activity))
            self._resume()

    # ------------------------------------------------------------------ inside

    def _all(self) -> tuple[Task, ...]:
        return (self.home, *self.tasks) if self.home is not None else self.tasks

    def _put(self, task: Task, stack: tuple[Activity[Any], ...]) -> None:
        new = Task(task.id, task.package, stack)
        if task is self.home:
            self.home = new
        else:
            self.tasks = tuple(new if t is task else t for t in self.tasks)

    def _drop(self, task: Task) -> None:
        self.tasks = tuple(t for t in self.tasks if t is not task)
        self.at_home = True

    def _to_front(self, task: Task) -> None:
        self._leave_no_history()
        self.tasks = (task, *[t for t in self.tasks if t is not task])
        self.at_home = False
        self._resume()

    def _leave_no_history(self) -> None:
        task = self.current
        if task is not None and task.top.no_history and len(task.stack) > 1:
            self._put(task, task.stack[:-1])

    def _touch(self) -> None:
        self.token = next(TOKENS)

    def _resume(self) -> None:
        self._touch()
        top = self.foreground
        before, self._resumed = self._resumed, top
        if before is not None and before is not top:
            before.on_leave()
            before.built = None
        self._kernel.shell.app_in_front()
        top.on_resume()
        self._kernel.journal.append("activity", top.package, "resumed", "read", activity=top.name)

    # ------------------------------------------------------------------ snapshot

    def freeze(self) -> object:
        """All stacks with the state of their activities, immutable."""
        return (
            tuple(
                (t.id, t.package, tuple(_SavedActivity(type(a), a.package, a.intent, a.reply, a.freeze()) for a in t.stack))
                for t in self._all()
            ),
            self.home is not None,
            self.at_home,
            self.token,
        )

    def thaw(self, frozen: Any) -> None:
        """Rebuild the stacks; every activity object is new, its state is the frozen one."""
        saved, has_home, self.at_home, self.token = frozen
        tasks: list[Task] = []
        for task_id, package, stack in saved:
            tasks.append(Task(task_id, package, tuple(self._revive(s) for s in stack)))
        self.home = tasks.pop(0) if has_home else None
        self.tasks = tuple(tasks)
        self._resumed = self.current.top if self.current is not None else None
        self._ids = itertools.count(max([t.id for t in tasks], default=1) + 1)

    def _revive(self, saved: _SavedActivity) -> Activity[Any]:
        activity = saved.cls.__new__(saved.cls)
        activity.kernel, activity.package = self._kernel, saved.package
        activity.intent, activity.reply = saved.intent, saved.reply
        activity.version, activity.built = 0, None
        activity.thaw(saved.surface)
        return activity
