"""The clock's main screen: four tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.clock import ring, timers
from mobilegym.emulator.phone.apps.clock.alarm_tab import add_alarm, build_alarms, show_alarm
from mobilegym.emulator.phone.apps.clock.city_picker import CityActivity
from mobilegym.emulator.phone.apps.clock.clock_tab import build_clock
from mobilegym.emulator.phone.apps.clock.preferences import SettingsActivity
from mobilegym.emulator.phone.apps.clock.stopwatch_tab import build_stopwatch, lap_report
from mobilegym.emulator.phone.apps.clock.timer_tab import add_timer, build_timers, cancel_setup, in_setup, start_timer
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.surface import Depends
from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.bottom_bar import BottomBar, NavItem
from mobilegym.emulator.phone.ui.widgets.button import Fab
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["ClockState", "DeskClock"]

_TABS: Final = (
    NavItem("Alarm", "alarm", "tab_menu_alarm"), NavItem("Clock", "clock-outline", "tab_menu_clock"),
    NavItem("Timer", "timer-sand", "tab_menu_timer"), NavItem("Stopwatch", "timer-outline", "tab_menu_stopwatch"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClockState:
    tab: int = 0
    """0 Alarm, 1 Clock, 2 Timer, 3 Stopwatch."""
    expanded: int = 0
    """Id of the alarm whose card is open."""
    setup: bool = False
    """Whether the keypad for a new timer is shown although there are timers."""
    digits: str = ""
    """Entered on the keypad, at most six."""


class DeskClock(Activity[ClockState]):
    """Extras `tab`, and `alarm` with the id of an alarm to open."""

    name: ClassVar[str] = "com.android.deskclock.DeskClock"
    depends: ClassVar[frozenset[Depends]] = frozenset(("databases", "settings", "minute", "second"))
    snack_inset: ClassVar[float] = 80

    def initial(self) -> ClockState:
        return ClockState(tab=int(self.intent.extra("tab", 0)))

    def on_create(self) -> None:
        self._arrive()

    def on_new_intent(self, intent: Intent) -> None:
        super().on_new_intent(intent)
        if intent.extra("tab") is not None:
            self.update(tab=int(intent.extra("tab")), setup=False)
        self._arrive()

    def on_resume(self) -> None:
        ring.fix(self.kernel)

    def _arrive(self) -> None:
        if (alarm := self.intent.extra("alarm")) is not None:
            show_alarm(self, int(alarm))
        if self.intent.extra("new"):
            add_alarm(self)

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        state = self.state
        page = (
            build_alarms(self, state.expanded) if state.tab == 0 else build_clock(self) if state.tab == 1
            else build_timers(self) if state.tab == 2 else build_stopwatch(self)
        )  # fmt: skip
        bar = Row(
            Text(_TABS[state.tab].label, "title_large", rid="action_bar_title", weight=1, max_lines=1, padding=(24, 0)),
            IconButton("dots-vertical", "More options", call(DeskClock.menu), rid="overflow_action_button",
                       cls="android.widget.ImageView"),
            cls="android.view.ViewGroup", rid="toolbar", width=FILL, height=64, padding=(0, 0, 4, 0),
        )  # fmt: skip
        # On a screen that is wider than high the buttons stand at the right instead of below.
        side = (0, 0, 96, 0) if self.ui.width > self.ui.height else 0
        pager = Column(page, cls="android.view.ViewGroup", rid="desk_clock_pager", width=FILL, height=FILL, padding=side)
        return Column(
            bar, Stack(pager, self._buttons(), cls="android.view.ViewGroup", rid="desk_clock_pager_frame", width=FILL, weight=1),
            BottomBar(_TABS, state.tab, Call(DeskClock.show_tab)), cls="android.view.ViewGroup", rid="content", width=FILL, height=FILL,
        )  # fmt: skip

    def _buttons(self) -> Kid:
        """The floating button with what stands beside it."""
        state, wide = self.state, self.ui.width > self.ui.height
        if state.tab == 0:
            return _fab_row(wide, "plus", "Add alarm", call(DeskClock.add_alarm))
        if state.tab == 1:
            return _fab_row(wide, "web", "Add city", call(DeskClock.add_city))
        if state.tab == 2:
            return self._timer_buttons(wide)
        watch = timers.stopwatch(self.kernel)
        running = watch.state == timers.RUNNING
        left = _side("restart", "Reset", call(DeskClock.run_watch, "RESET"), "left_button") if watch.state else None
        right = _side("timer-outline", "Lap", call(DeskClock.run_watch, "LAP"), "right_button") if running else None
        if watch.state == timers.PAUSED:
            right = _side("share-variant", "Share", call(DeskClock.share_times), "right_button")
        icon, desc, what = ("pause", "Pause", "PAUSE") if running else ("play", "Start", "START")
        return _fab_row(wide, icon, desc, call(DeskClock.run_watch, what), left, right)

    def _timer_buttons(self, wide: bool) -> Kid:
        if not in_setup(self):
            return _fab_row(wide, "plus", "Add timer", call(DeskClock.add_timer))
        cancel = _side("close", "Cancel", call(DeskClock.cancel_setup), "left_button") if timers.all_timers(self.kernel) else None
        if self.state.digits:
            return _fab_row(wide, "play", "Start", call(DeskClock.start_timer), cancel)
        return _row(wide, cancel, None, None) if cancel is not None else None

    # ------------------------------------------------------------------ handlers

    def show_tab(self, tab: int) -> None:
        """Another tab."""
        self.update(tab=tab, setup=False, digits="")

    def menu(self) -> None:
        """The overflow menu."""
        self.show(Menu(items=(MenuItem("Settings", call(DeskClock.open_settings)),)))

    def open_settings(self) -> None:
        """The clock's settings."""
        self.open(SettingsActivity)

    def add_alarm(self) -> None:
        """Ask for the time of a new alarm."""
        add_alarm(self)

    def add_city(self) -> None:
        """Choose cities."""
        self.open(CityActivity)

    def add_timer(self) -> None:
        """Set another timer."""
        add_timer(self)

    def cancel_setup(self) -> None:
        """Back to the timers."""
        cancel_setup(self)

    def start_timer(self) -> None:
        """Start the timer that was entered."""
        start_timer(self)

    def run_watch(self, what: str) -> None:
        """START, PAUSE, RESET or LAP the stopwatch."""
        timers.watch_act(self.kernel, what)

    def share_times(self) -> None:
        """Offer the stopwatch's times to other apps."""
        self.share(text=lap_report(timers.stopwatch(self.kernel), timers.laps(self.kernel)))

    def on_back(self) -> bool:
        if self.state.tab == 2 and self.state.setup:
            cancel_setup(self)
            return True
        return False


def _fab_row(wide: bool, icon: str, desc: str, on_tap: Handler, left: Kid = None, right: Kid = None) -> View:
    fab = Fab(icon, desc, on_tap, large=not wide, margin=0, gravity="center")
    fab.cls = "android.widget.Button"
    return _row(wide, left, fab, right)


def _row(wide: bool, left: Kid, middle: Kid, right: Kid) -> View:
    if wide:
        upright = [Stack(kid, cls=None, width=64, height=60) for kid in (left, middle, right)]
        return Column(*upright, gap=8, cls="android.view.ViewGroup", rid="fab_container", gravity="end", padding=(0, 0, 16, 0))
    cells = [Stack(kid, cls=None, width=96, height=96) for kid in (left, middle, right)]
    return Row(*cells, gap=16, cls="android.view.ViewGroup", rid="fab_container", gravity="bottom", padding=(0, 0, 0, 16))


def _side(icon: str, desc: str, on_tap: Handler, rid: str) -> View:
    return Stack(
        Icon(icon, color="on_secondary_container", gravity="center"), cls="android.widget.Button", rid=rid, desc=desc, on_tap=on_tap,
        width=56, height=56, radius=28, background="secondary_container", gravity="center",
    )  # fmt: skip
