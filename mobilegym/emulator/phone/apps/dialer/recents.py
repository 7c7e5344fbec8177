"""The call log: as the Recents tab, as the page Call history, and the details of the calls with one number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from mobilegym.emulator.phone.apps.contacts.rows import avatar
from mobilegym.emulator.phone.apps.contacts.store import Same, cached, contact_uri
from mobilegym.emulator.phone.apps.dialer.calling import MAIN_ACTIVITY, call_intent, clear_missed, message_intent
from mobilegym.emulator.phone.apps.dialer.rows import CALL_WORDS, call_icon, call_row, header_row
from mobilegym.emulator.phone.apps.dialer.store import CallGroup, Party, call_groups, party, tel
from mobilegym.emulator.phone.apps.numbers import clock_time, day_name, shown_number
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import INSERT, VIEW, Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.chip import FilterChip
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import Divider
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.tabs import Tabs
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["CallDetailsActivity", "CallLogActivity", "LogScreen", "LogState"]


@dataclass(frozen=True)
class LogState:
    """What a screen with a call log remembers of it."""

    missed: bool = False
    expanded: int = 0
    """Id of the call whose row is open."""
    tab: int = 0
    """Tab of the main screen, where it is one."""
    dialpad: bool = False
    searching: bool = False


class LogScreen(Activity[LogState]):
    """What screens that show the call log have in common."""

    def initial(self) -> LogState:
        return LogState()

    def expand(self, call_id: int) -> None:
        """Open a row, or close it."""
        self.update(expanded=0 if self.state.expanded == call_id else call_id)

    def filter_missed(self, missed: bool) -> None:
        """Show missed calls only, or all."""
        self.update(missed=missed, expanded=0)
        self.scroll_to("call_log", 0)

    def dial(self, number: str) -> None:
        """Call a number."""
        if number:
            self.start(call_intent(number))

    def message(self, number: str) -> None:
        """Write a message to a number."""
        self.start_or_tell(message_intent(number))

    def start_or_tell(self, intent: Intent) -> None:
        """Start what an app answers; otherwise say that none does."""
        if self.kernel.packages.resolve(intent):
            self.start(intent)
        else:
            self.toast("No app found to handle this action")

    def show_contact(self, contact_id: int) -> None:
        """Show who called."""
        self.start_or_tell(Intent(VIEW, contact_uri(contact_id)))

    def create_contact(self, number: str) -> None:
        """A new contact with a number."""
        self.start_or_tell(Intent.of(INSERT, mime="vnd.android.cursor.dir/contact", phone=shown_number(number)))

    def add_to_contact(self, number: str) -> None:
        """Add a number to a contact that is to be chosen."""
        self.start_or_tell(
            Intent.of("android.intent.action.INSERT_OR_EDIT", mime="vnd.android.cursor.item/contact", phone=shown_number(number))
        )

    def add_contact(self, number: str) -> None:
        """Ask whether a new contact or one there is."""
        self.show(AlertDialog(
            message=f"Add {shown_number(number)} to contacts?", negative=DialogButton("Cancel"),
            positive=DialogButton("Create new contact", call(LogScreen.create_contact, number)),
            neutral=DialogButton("Add to existing", call(LogScreen.add_to_contact, number)),
        ))  # fmt: skip

    def details(self, number: str) -> None:
        """All calls with a number."""
        self.open(CallDetailsActivity, number=number)

    def row_menu(self, number: str, ids: tuple[int, ...]) -> None:
        """A long press on a row."""
        delete = MenuItem("Delete", call(LogScreen.delete_calls, ids))
        if not number:
            self.show(Menu(items=(delete,)))
            return
        blocked = self.kernel.content.blocked.is_blocked(number)
        self.show(Menu(items=(
            MenuItem("Copy number", call(LogScreen.copy, number)), MenuItem("Edit number before call", call(LogScreen.edit_number, number)),
            MenuItem("Unblock number" if blocked else "Block number", call(LogScreen.ask_block, number, not blocked)),
            delete,
        )))  # fmt: skip

    def copy(self, number: str) -> None:
        """Put a number on the clipboard."""
        self.kernel.hardware.set_clipboard(number)
        self.toast("Number copied")

    def edit_number(self, number: str) -> None:
        """Put a number into the dialpad."""
        self.start(Intent("android.intent.action.DIAL", tel(number), package=self.package, activity=MAIN_ACTIVITY))

    def delete_calls(self, ids: tuple[int, ...]) -> None:
        """Delete calls from the log."""
        known = {c.id for c in self.kernel.content.calls.recent(1000)}
        for call_id in ids:
            if call_id in known:
                self.kernel.content.calls.delete_call(call_id)
        self.effect("call_log.deleted", "irreversible", ids=ids)
        self.toast("Call deleted" if len(ids) == 1 else f"{len(ids)} calls deleted")

    def ask_block(self, number: str, block: bool) -> None:
        """Ask before blocking a number."""
        word = "Block" if block else "Unblock"
        self.show(AlertDialog(
            heading=f"{word} {shown_number(number)}?", message="You will no longer receive calls or texts from this number." if block
                else "",
            positive=DialogButton(word, call(LogScreen.block, number, block)), negative=DialogButton("Cancel"),
        ))  # fmt: skip

    def block(self, number: str, block: bool) -> None:
        """Block a number, or unblock it."""
        if block:
            self.kernel.content.blocked.block(number)
        else:
            self.kernel.content.blocked.unblock(number)
        self.effect("number.blocked" if block else "number.unblocked", "reversible", number=number)
        self.snackbar(f"{shown_number(number)} {'blocked' if block else 'unblocked'}")

    def make_call(self) -> None:
        """Open the dialpad."""
        self.start(Intent("android.intent.action.DIAL", package=self.package, activity=MAIN_ACTIVITY))

    def log_view(self, *, chips: bool, footer: float = 88) -> View:
        """The list of calls, or what is shown while it is empty."""
        state = self.state
        groups = call_groups(self.kernel, missed=state.missed)
        header: tuple[View, ...] = ()
        if chips:
            header = (Row(
                FilterChip("All", not state.missed, call(LogScreen.filter_missed, False)),
                FilterChip("Missed", state.missed, call(LogScreen.filter_missed, True)), gap=8, cls=None, width=FILL, padding=(16, 0),
            ),)  # fmt: skip
        if not groups:
            action = (
                None
                if state.missed
                else Button("Make a call", call(LogScreen.make_call), kind="text", rid="empty_content_view_action", margin=(0, 8, 0, 0))
            )
            empty = EmptyState("phone-missed-outline" if state.missed else "history",
                "You have no missed calls" if state.missed else "Your call history is empty",
                               action=action, rid="empty_content_view_message")  # fmt: skip
            return Column(*(header if state.missed else ()), Stack(empty, cls=None, width=FILL, weight=1), cls=None, width=FILL, weight=1)
        items = _log_items(self, groups)
        return LazyColumn(self, "call_log", items, _log_row, header=header, footer=footer, rid="recycler_view", weight=1)


def _log_row(*args: Any) -> View:
    """A heading or a call."""
    return header_row(args[0]) if len(args) == 1 else call_row(*args)


def _log_items(screen: LogScreen, groups: tuple[CallGroup, ...]) -> tuple[tuple[Any, ...], ...]:
    kernel, expanded = screen.kernel, screen.state.expanded
    now, hours = kernel.clock.now(), screen.ui.use_24h
    opened = expanded if any(expanded in group.ids for group in groups) else 0

    def make() -> tuple[tuple[Any, ...], ...]:
        items: list[tuple[Any, ...]] = []
        section = ""
        for group in groups:
            when = kernel.clock.local(group.date_ms)
            day = day_name(when, now)
            heading = day if day in ("Today", "Yesterday") else "Older"
            if heading != section:
                items.append((heading,))
                section = heading
            time = clock_time(when, hours) if heading != "Older" else f"{when:%b} {when.day}"
            who = group.party
            new = group.new and group.kind == "missed"
            items.append((
                who.name, who.photo, group.kind, f"{who.kind} • {time}" if who.kind else time, len(group.ids), new, opened in group.ids,
                _actions(who, kernel.content.blocked.is_blocked(who.number)), call(LogScreen.expand, group.ids[0]),
                call(LogScreen.row_menu, who.number, group.ids),
                call(LogScreen.dial, who.number) if who.number else None,
                None if who.contact_id is None else call(LogScreen.show_contact, who.contact_id),
            ))  # fmt: skip
        return tuple(items)

    return cached(("log_items", Same(groups), opened, kernel.content.blocked.token, now.date(), hours, kernel.clock.zone.key), make)


def _actions(who: Party, blocked: bool) -> tuple[tuple[str, str, Call], ...]:
    if not who.number:
        return ()
    first = ("account-plus-outline", "Add contact", call(LogScreen.add_contact, who.number))
    rest = (
        ("message-outline", "Message", call(LogScreen.message, who.number)), ("history", "History", call(LogScreen.details, who.number)),
    )  # fmt: skip
    block = ("cancel", "Unblock" if blocked else "Block", call(LogScreen.ask_block, who.number, not blocked))
    return (first, *rest, block) if who.contact_id is None else rest


class CallLogActivity(LogScreen):
    """Call history: all calls, or the missed ones."""

    name = "com.android.dialer.app.calllog.CallLogActivity"

    def on_resume(self) -> None:
        clear_missed(self.kernel)

    def select_tab(self, index: int) -> None:
        """All, or Missed."""
        self.filter_missed(index == 1)

    def menu(self) -> None:
        """The overflow menu."""
        some = bool(call_groups(self.kernel))
        self.show(Menu(items=(MenuItem("Clear call history", call(CallLogActivity.ask_clear), enabled=some),)))

    def ask_clear(self) -> None:
        """Ask before everything is deleted."""
        self.show(AlertDialog(heading="Clear call history?", message="This will delete all calls from your history",
            negative=DialogButton("Cancel"),
                              positive=DialogButton("OK", call(CallLogActivity.clear))))  # fmt: skip

    def clear(self) -> None:
        """Delete the whole log."""
        count = self.kernel.content.calls.clear()
        self.effect("call_log.cleared", "irreversible", count=count)
        self.toast("Call history cleared")

    def build(self) -> View:
        bar = AppBar("Call history", on_up=call(CallLogActivity.finish), actions=[
            IconButton("dots-vertical", "More options", call(CallLogActivity.menu)),
        ])  # fmt: skip
        tabs = Tabs(("All", "Missed"), int(self.state.missed), Call(CallLogActivity.select_tab))
        return Column(bar, tabs, self.log_view(chips=False, footer=0), cls=None, width=FILL, height=FILL)


class CallDetailsActivity(LogScreen):
    """All calls with one number (extra `number`)."""

    name = "com.android.dialer.calldetails.OldCallDetailsActivity"

    @property
    def number(self) -> str:
        """Whose calls."""
        return self.intent.text("number")

    def menu(self) -> None:
        """The overflow menu."""
        blocked = self.kernel.content.blocked.is_blocked(self.number)
        self.show(Menu(items=(
            MenuItem("Unblock number" if blocked else "Block number", call(LogScreen.ask_block, self.number, not blocked)),
            MenuItem("Delete", call(CallDetailsActivity.ask_delete)),
        )))  # fmt: skip

    def ask_delete(self) -> None:
        """Ask before these calls are deleted."""
        self.show(AlertDialog(message="Delete these calls from your history?", negative=DialogButton("Cancel"),
                              positive=DialogButton("Delete", call(CallDetailsActivity.delete), True)))  # fmt: skip

    def delete(self) -> None:
        """Delete these calls and leave."""
        self.delete_calls(tuple(c.id for c in self.kernel.content.calls.of_number(self.number)))
        self.finish()

    def build(self) -> View:
        who = party(self.kernel, self.number)
        number = shown_number(who.number)
        detail = f"{who.kind} • {number}" if who.contact_id is not None else ""
        head = Row(
            avatar(who.name, who.photo, size=48),
            Column(Text(who.name, "title_large", rid="contact_name", max_lines=2),
                   Text(detail, "body_medium", color="on_surface_variant", rid="phone_number") if detail else None, cls=None, weight=1),
            IconButton("message-outline", f"Message {who.name}", call(LogScreen.message, who.number)),
            IconButton("phone-outline", f"Call {who.name}", call(LogScreen.dial, who.number), rid="call_back_button", color="primary"),
            gap=12, cls="android.view.ViewGroup", rid="contact_container", width=FILL, padding=(16, 12, 8, 16),
            on_tap=None if who.contact_id is None else call(LogScreen.show_contact, who.contact_id),
        )  # fmt: skip
        now, hours = self.kernel.clock.now(), self.ui.use_24h
        rows: list[tuple[Any, ...]] = []
        for entry in self.kernel.content.calls.of_number(self.number):
            when = self.kernel.clock.local(entry.date_ms)
            length = _length(entry.duration_s) if entry.kind in ("incoming", "outgoing") else ""
            rows.append((entry.kind, f"{day_name(when, now)}, {clock_time(when, hours)}", length))
        actions = [
            _line("content-copy", "Copy number", call(LogScreen.copy, who.number)),
            _line("pencil-outline", "Edit number before call", call(LogScreen.edit_number, who.number)),
        ]
        if who.contact_id is None:
            actions.append(_line("account-plus-outline", "Add to contacts", call(LogScreen.add_contact, who.number)))
        bar = AppBar("Call details", on_up=call(CallDetailsActivity.finish), actions=[
            IconButton("dots-vertical", "More options", call(CallDetailsActivity.menu)),
        ])  # fmt: skip
        body = LazyColumn(
            self, "details", tuple(rows), _detail_row, header=(head, Divider(), *actions, Divider()), rid="recycler_view", weight=1
        )
        return Column(bar, body, cls=None, width=FILL, height=FILL)


def _detail_row(kind: str, when: str, length: str) -> View:
    return Row(
        call_icon(kind, 24),
        Column(Text(CALL_WORDS[kind], "body_large", rid="call_type"),
            Text(when, "body_medium", color="on_surface_variant", rid="call_time"), cls=None, weight=1),
        Text(length, "body_medium", color="on_surface_variant", rid="call_duration") if length else None,
        gap=24, cls="android.view.ViewGroup", rid="call_detail", width=FILL, min_height=72, padding=(24, 8),
    )  # fmt: skip


def _line(icon: str, label: str, tap: Call) -> View:
    return Row(
        Icon(icon), Text(label, "body_large", weight=1), gap=24, cls="android.widget.LinearLayout", width=FILL, min_height=56,
        padding=(24, 4),
        on_tap=tap,
    )  # fmt: skip


_MINUTE: Final = 60


def _length(seconds: int) -> str:
    """`12 sec`, `3 min 5 sec`, `1 hr 2 min`."""
    if seconds < _MINUTE:
        return f"{seconds} sec"
    minutes = seconds // _MINUTE
    return f"{minutes} min {seconds % _MINUTE} sec" if minutes < _MINUTE else f"{minutes // _MINUTE} hr {minutes % _MINUTE} min"
