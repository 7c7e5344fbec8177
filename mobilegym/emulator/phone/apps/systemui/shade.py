"""The notification shade and, pulled down once more, the quick settings."""

from __future__ import annotations

from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.systemui.internet import InternetPanel
from mobilegym.emulator.phone.apps.systemui.quick_settings import page_dots, tile_grid
from mobilegym.emulator.phone.apps.systemui.routes import open_app, open_page, page_exists, start
from mobilegym.emulator.phone.apps.systemui.rows import is_silent
from mobilegym.emulator.phone.apps.systemui.status_bar import clock_text, system_icons
from mobilegym.emulator.phone.apps.systemui.tile_editor import ShadeState, TileEditor
from mobilegym.emulator.phone.apps.systemui.tiles import TILES, tile_order, tile_state, toggle_tile
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.surface import Depends
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.slider import Slider
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["Shade"]

_PER_PAGE: Final = 8
_PAGES: Final = "android.settings."
_LIST: Final = "notification_stack_scroller"
_ASKED_ABOUT_DATA: Final = "qs_has_turned_off_mobile_data"
"""Secure setting: the owner has confirmed once that mobile data may be switched off from here."""


class Shade(TileEditor):
    """Shows `kernel.shell.state.shade`: `notifications` with four tiles above, or `settings`, the whole panel."""

    depends: ClassVar[frozenset[Depends]] = frozenset(("settings", "notifications", "hardware", "minute", "shell", "packages", "ime"))

    def initial(self) -> ShadeState:
        return ShadeState()

    def build(self) -> View:
        if self.state.editing:
            content = self.editor()
        elif self.kernel.shell.state.shade == "settings":
            content = self._settings()
        else:
            content = self._notifications()
        bottom = self.kernel.windows.keyboard_height(self) or self.ui.navigation_bar
        panel = Column(content, cls=None, width=FILL, height=FILL, padding=(0, 0, 0, bottom / self.ui.scale))
        handle = View(
            rid="home_handle", width=108, height=4, radius=2, background="on_surface", gravity="bottom", margin=(0, 0, 0, 10), cls=None
        )
        return Stack(
            panel,
            handle,
            rid="notification_panel",
            cls="android.widget.FrameLayout",
            width=FILL,
            height=FILL,
            background="shade",
            on_swipe=Call(Shade.pull, (frozenset(("up", "down")),)),
        )

    # ------------------------------------------------------------------ the panel as a whole

    def pull(self, directions: frozenset[str], finger: str) -> None:
        """Drag the panel: down opens it further, up closes it step by step."""
        del directions
        if self.state.editing:
            return
        if finger == "down":
            self.kernel.shell.set(shade="settings")
        else:
            self.close()

    def close(self) -> None:
        """Collapse the shade."""
        self.kernel.shell.set(shade="closed")

    def _reset(self) -> None:
        """Forget what was open inside."""
        if self.focus:
            self.clear_focus()
        self.state = ShadeState()
        self.scroll = {}
        self.version += 1

    def on_key(self, key: str) -> bool:
        """`closed` is the shade going away."""
        if key == "closed":
            self._reset()
        return False

    def on_back(self) -> bool:
        """Leave the editor, then the full panel."""
        if self.state.editing:
            self.update(editing=False, marked="")
            return True
        if self.kernel.shell.state.shade == "settings":
            self.kernel.shell.set(shade="notifications")
            return True
        return False

    # ------------------------------------------------------------------ header

    def _header(self) -> View:
        kernel, ui = self.kernel, self.ui
        now = kernel.clock.now()
        clock = Text(
            clock_text(now, ui.use_24h, suffix=False),
            "title_medium",
            rid="clock",
            desc=clock_text(now, ui.use_24h),
            on_tap=call(Shade.open_clock),
        )
        date = Text(f"{now:%a, %b} {now.day}", "title_small", rid="date")
        sim = kernel.hardware.sim
        carrier = Text(
            sim.carrier if sim is not None and kernel.hardware.cellular else "No service",
            "label_medium",
            rid="shade_carrier_text",
            max_lines=1,
        )
        icons = Row(*system_icons(kernel, "on_surface", percent=True), rid="statusIcons", gap=3)
        full = kernel.shell.state.shade == "settings"
        top = Row(clock, Spacer() if full else None, carrier if full else None, cls=None, gap=8, width=FILL if full else None)
        if full:
            return Column(
                top,
                Row(date, Spacer(), icons, cls=None, width=FILL),
                gap=6,
                rid="split_shade_status_bar",
                cls="android.view.ViewGroup",
                width=FILL,
                padding=(24, 40, 24, 12),
            )
        return Row(
            top,
            date,
            Spacer(),
            icons,
            gap=12,
            rid="split_shade_status_bar",
            cls="android.view.ViewGroup",
            width=FILL,
            padding=(24, 28, 24, 10),
        )

    def open_clock(self) -> None:
        """A tap on the time."""
        open_app(self.kernel, "Clock")

    # ------------------------------------------------------------------ notifications

    def _notifications(self) -> View:
        states = tuple(tile_state(self.kernel, spec) for spec in tile_order(self.kernel)[:4])
        tiles = memo(self.ui, tile_grid, states, Call(Shade.tap_tile), Call(Shade.hold_tile), 64)
        found = self.kernel.notifications.active()
        loud = [n for n in found if not is_silent(n)]
        quiet = [n for n in found if is_silent(n)]
        rows: list[Kid] = [self.row(n, open_at_first=i == 0, first=i == 0, last=i == len(loud) - 1) for i, n in enumerate(loud)]
        if quiet:
            rows.append(self._section("Silent"))
            rows += [self.row(n, open_at_first=False, first=i == 0, last=i == len(quiet) - 1) for i, n in enumerate(quiet)]
        if not found:
            rows.append(
                Text(
                    "No notifications",
                    "body_medium",
                    color="on_surface_variant",
                    rid="no_notifications",
                    text_align="center",
                    padding=(0, 40),
                )
            )
        rows.append(self._footer(any(not n.ongoing for n in found)))
        quick = Column(tiles, rid="quick_qs_panel", cross="fill", width=FILL, padding=(16, 4, 16, 12))
        return Column(
            self._header(),
            quick,
            ScrollColumn(self, _LIST, *rows, gap=2, rid=_LIST, weight=1, padding=(16, 0)),
            cls=None,
            width=FILL,
            height=FILL,
        )

    def _section(self, label: str) -> View:
        return Row(
            Text(label, "title_small", rid="header_label", on_tap=call(Shade.manage), weight=1),
            IconButton("close", "Clear all silent notifications", call(Shade.clear_silent), rid="btn_clear_all", size=36, icon_size=18),
            rid="content",
            width=FILL,
            padding=(16, 8, 4, 4),
        )

    def _footer(self, clearable: bool) -> View:
        return Row(
            Button("Manage", call(Shade.manage), kind="text", rid="manage_text", desc="Manage"),
            Spacer(),
            Button("Clear all", call(Shade.clear_all), kind="text", rid="dismiss_text", desc="Clear all notifications.")
            if clearable
            else None,
            cls=None,
            width=FILL,
            padding=(4, 8),
        )

    def manage(self) -> None:
        """The notification page of Settings."""
        open_page(self.kernel, f"{_PAGES}NOTIFICATION_SETTINGS")

    def clear_all(self) -> None:
        """Dismiss everything that can be; the shade closes."""
        self.kernel.notifications.dismiss_all()
        self.close()

    def clear_silent(self) -> None:
        """Dismiss the silent ones."""
        for notification in self.kernel.notifications.active():
            if is_silent(notification):
                self.kernel.notifications.dismiss(notification.key)

    # ------------------------------------------------------------------ quick settings

    def _settings(self) -> View:
        kernel, order = self.kernel, tile_order(self.kernel)
        pages = max(1, -(-len(order) // _PER_PAGE))
        page = min(self.state.page, pages - 1)
        shown = order[page * _PER_PAGE : (page + 1) * _PER_PAGE]
        grid = memo(self.ui, tile_grid, tuple(tile_state(kernel, s) for s in shown), Call(Shade.tap_tile), Call(Shade.hold_tile), 80)
        brightness = Slider(
            kernel.hardware.brightness / 255,
            Call(Shade.set_brightness),
            text="Display brightness",
            desc="Display brightness",
            kind="pill",
            icon="brightness-6",
            rid="slider",
            height=48,
        )
        pager = Stack(
            grid,
            cls="androidx.viewpager.widget.ViewPager",
            rid="qs_pager",
            width=FILL,
            on_swipe=Call(Shade.turn_page, (frozenset(("left", "right")),)),
        )
        footer = Stack(
            Row(memo(self.ui, page_dots, page, pages), cls=None, gravity="center"),
            IconButton("pencil", "Edit order of settings.", call(TileEditor.edit), rid="android:id/edit", icon_size=20, gravity="end"),
            rid="qs_footer",
            width=FILL,
            height=48,
        )
        panel = Column(
            Stack(brightness, rid="brightness_slider", desc="Display brightness", width=FILL),
            pager,
            footer,
            gap=12,
            cross="fill",
            width=FILL,
            rid="quick_settings_panel",
            padding=(16, 0),
        )
        actions = Row(
            Spacer(),
            IconButton(
                "cog-outline",
                "Open settings.",
                call(Shade.open_settings),
                rid="settings_button_container",
                background="surface_container_highest",
            ),
            IconButton("power", "Power menu", call(Shade.power), rid="pm_lite", color=0xFF0B2142, background=0xFFC6D9FF),
            gap=12,
            rid="qs_footer_actions",
            width=FILL,
            padding=(24, 8),
        )
        scroll = ScrollColumn(self, "expanded_qs_scroll_view", panel, rid="expanded_qs_scroll_view", weight=1)
        return Column(self._header(), scroll, actions, cls=None, width=FILL, height=FILL)

    def turn_page(self, directions: frozenset[str], finger: str) -> None:
        """Swipe to the page beside."""
        del directions
        pages = max(1, -(-len(tile_order(self.kernel)) // _PER_PAGE))
        self.update(page=min(max(0, self.state.page + (1 if finger == "left" else -1)), pages - 1))

    def set_brightness(self, fraction: float) -> None:
        """Move the brightness slider."""
        value = max(1, round(fraction * 255))
        self.kernel.hardware.set_brightness(value)
        self.effect("setting.changed", "reversible", setting="brightness", value=str(value))

    def tap_tile(self, spec: str) -> None:
        """What a tap on a tile does."""
        kernel = self.kernel
        if spec == "internet":
            self.show(InternetPanel())
        elif spec == "alarm":
            action = Intent("android.intent.action.SHOW_ALARMS")
            if page_exists(kernel, action.action):
                start(kernel, action)
            else:
                open_app(kernel, "Clock")
        elif (
            spec == "cell"
            and kernel.hardware.mobile_data
            and kernel.hardware.cellular
            and not kernel.settings.flag("secure", _ASKED_ABOUT_DATA)
        ):
            carrier = kernel.hardware.sim.carrier if kernel.hardware.sim is not None else "your carrier"
            self.show(
                AlertDialog(
                    heading="Turn off mobile data?",
                    message=f"You won’t have access to data or the internet through {carrier}. "
                    "Internet will only be available via Wi\u2011Fi.",
                    positive=DialogButton("Turn off", call(Shade.data_off)),
                    negative=DialogButton("Cancel"),
                )
            )
        else:
            toggle_tile(kernel, spec)

    def data_off(self) -> None:
        """Mobile data was confirmed to go off; that is asked only once."""
        self.kernel.settings.set_flag("secure", _ASKED_ABOUT_DATA, True)
        toggle_tile(self.kernel, "cell")

    def hold_tile(self, spec: str) -> None:
        """A long press leads to the page of Settings."""
        page = TILES[spec].page
        if spec == "alarm":
            self.tap_tile(spec)
        else:
            open_page(self.kernel, page)

    def open_settings(self) -> None:
        """The gear."""
        open_app(self.kernel, "com.android.settings")

    def power(self) -> None:
        """The power button."""
        self.close()
        self.kernel.shell.set(power_menu=True)
