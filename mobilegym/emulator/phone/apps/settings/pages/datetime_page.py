"""Date & time: by hand or automatic, time zone, 24 hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from mobilegym.emulator.phone.apps.numbers import clock_time
from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.prefs import FooterPref, HeaderPref, LinkPref, Pref, RadioPref, Setting, SwitchPref
from mobilegym.emulator.phone.apps.settings.zones import REGIONS, Zone, offset_text, region_of, zone_name
from mobilegym.emulator.phone.kernel.clock import epoch_ms, time_zone
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.date_picker import DatePicker
from mobilegym.emulator.phone.ui.widgets.time_picker import TimePicker

__all__ = ["PAGES", "zone_summary"]

_OFFSET: Final = "mobilegym_clock_offset_ms"
"""Setting global: by how much the clock was set away from network time."""


def zone_summary(page: Page) -> str:
    """`GMT-04:00 Eastern Daylight Time`."""
    now, zone = page.kernel.clock.now(), page.kernel.clock.zone.key
    return f"{offset_text(zone, now)} {zone_name(zone, now)}"


def _date_time(page: Page) -> list[Pref]:
    now = page.kernel.clock.now()
    auto = page.flag("global", "auto_time", True)
    auto_zone = page.flag("global", "auto_time_zone", True)
    locale_default = page.setting("system", "time_12_24") in ("", "12") and not page.flag("system", "mobilegym_hours_by_hand")
    sample = clock_time(now.replace(hour=13, minute=0), page.ui.use_24h)
    return [
        SwitchPref("auto_time", "Set time automatically", "", Setting("global", "auto_time", "1"), then=Call(_auto_time)),
        LinkPref("date", "Date", f"{now:%B} {now.day}, {now.year}", on_tap=Call(_ask_date), enabled=not auto),
        LinkPref("time", "Time", clock_time(now, page.ui.use_24h), on_tap=Call(_ask_time), enabled=not auto),
        HeaderPref("Time zone"),
        SwitchPref("auto_zone", "Set time zone automatically", "", Setting("global", "auto_time_zone", "1"), then=Call(_auto_zone)),
        SwitchPref(
            "location_time_zone_detection",
            "Use location to set time zone",
            "",
            Setting("secure", "location_time_zone_detection_enabled", "0"),
            enabled=auto_zone and page.kernel.hardware.location_on,
        ),
        LinkPref("timezone", "Time zone", zone_summary(page), page="time_zone", enabled=not auto_zone),
        HeaderPref("Time format"),
        SwitchPref("locale_default", "Use locale default", "", checked=locale_default, then=Call(_locale_default)),
        SwitchPref("24 hour", "Use 24-hour format", sample, checked=page.ui.use_24h, then=Call(_hours), enabled=not locale_default),
    ]


def _set_clock(page: Page, ms: int) -> None:
    kernel = page.kernel
    moved = kernel.settings.number("global", _OFFSET, 0) + ms - kernel.clock.now_ms
    kernel.settings.put("global", _OFFSET, str(moved))
    kernel.set_time(ms)


def _auto_time(page: Page, on: bool) -> None:
    """The network knows the right time: what was set by hand is undone."""
    offset = page.kernel.settings.number("global", _OFFSET, 0)
    if on and offset:
        _set_clock(page, page.kernel.clock.now_ms - offset)


def _ask_date(page: Page) -> None:
    now = page.kernel.clock.now()
    today = (now.year, now.month, now.day)
    page.show(
        DatePicker(
            result=Call(_set_date), year=now.year, month=now.month, day=now.day, today=today, earliest=(2007, 1, 1), latest=(2037, 12, 31)
        )
    )


def _set_date(page: Page, year: int, month: int, day: int) -> None:
    now = page.kernel.clock.now()
    _set(page, now.replace(year=year, month=month, day=day))


def _ask_time(page: Page) -> None:
    now = page.kernel.clock.now()
    page.show(TimePicker(result=Call(_set_time), hour=now.hour, minute=now.minute))


def _set_time(page: Page, hour: int, minute: int) -> None:
    _set(page, page.kernel.clock.now().replace(hour=hour, minute=minute, second=0, microsecond=0))


def _set(page: Page, when: datetime) -> None:
    _set_clock(page, epoch_ms(when))
    page.effect("time.set", "reversible", to=when.isoformat(timespec="minutes"))


def _auto_zone(page: Page, on: bool) -> None:
    if on:
        _set_zone(page, page.kernel.config.time_zone)


def _set_zone(page: Page, zone: str) -> None:
    if page.kernel.clock.zone.key != zone:
        page.kernel.clock.set_zone(zone)
        page.effect("time_zone.set", "reversible", zone=zone)


def _locale_default(page: Page, on: bool) -> None:
    page.kernel.settings.set_flag("system", "mobilegym_hours_by_hand", not on)
    if on:
        page.put("system", "time_12_24", "12", title="Use locale default")


def _hours(page: Page, on: bool) -> None:
    page.put("system", "time_12_24", "24" if on else "12", title="Use 24-hour format")


def _time_zone(page: Page) -> list[Pref]:
    zone = page.kernel.clock.zone.key
    region = region_of(zone)
    count = len(REGIONS.get(region, ()))
    return [
        LinkPref("region", "Region", region or "Not listed", page="time_zone_region"),
        LinkPref(
            "region_zone",
            "Time zone",
            f"{zone_name(zone, page.kernel.clock.now())} ({offset_text(zone, page.kernel.clock.now())})",
            page="time_zone_zones",
            arg=region,
            enabled=count > 1,
        ),
        LinkPref("fixed_offset", "Select UTC offset", "", page="time_zone_offset"),
        FooterPref(_footer(page)),
    ]


def _footer(page: Page) -> str:
    clock = page.kernel.clock
    return _next_change(clock.zone.key, clock.now().date())


@lru_cache(maxsize=64)
def _next_change(zone: str, day: date) -> str:
    """When the zone's offset changes next, seen from noon of a day."""
    rules = time_zone(zone)
    now = datetime(day.year, day.month, day.day, 12, tzinfo=rules)
    for days in range(1, 366):
        later = now + timedelta(days=days)
        if later.utcoffset() != now.utcoffset():
            change = f"{zone_name(zone, later)} starts on {later:%B} {later.day}, {later.year}."
            return f"Uses {zone_name(zone, now)} ({offset_text(zone, now)}). {change}"
    return f"Uses {zone_name(zone, now)} ({offset_text(zone, now)}). No daylight savings time."


def _regions(page: Page) -> list[Pref]:
    now = page.kernel.clock.now()
    rows: list[Pref] = []
    for region, zones in REGIONS.items():
        if page.query and not any(
            page.query in text.casefold() for text in (region, *[z.id.replace("_", " ") for z in zones], *[z.name for z in zones])
        ):
            continue
        offsets = list(dict.fromkeys(offset_text(z.id, now) for z in zones))
        summary = offsets[0] if len(offsets) == 1 else f"{offsets[-1]} – {offsets[0]}"
        rows.append(LinkPref(f"region:{region}", region, summary, on_tap=Call(_pick_region, (region,))))
    return rows or [FooterPref("No regions found")]


def _pick_region(page: Page, region: str) -> None:
    if len(REGIONS[region]) > 1:
        page.go("time_zone_zones", region)
    else:
        _choose(page, REGIONS[region][0].id)


def _zones(page: Page) -> list[Pref]:
    now, current = page.kernel.clock.now(), page.kernel.clock.zone.key
    return [_zone_row(z, now, current) for z in REGIONS.get(page.arg, ())]


def _zone_row(zone: Zone, now: datetime, current: str) -> RadioPref:
    city = zone.id.rpartition("/")[2].replace("_", " ")
    return RadioPref(
        f"zone:{zone.id}", f"{zone_name(zone.id, now)} ({city})", zone.id == current, Call(_choose, (zone.id,)), offset_text(zone.id, now)
    )


def _choose(page: Page, zone: str) -> None:
    _set_zone(page, zone)
    page.finish()
    top = page.kernel.activities.foreground
    # Back to the page on the time zone, over the list of regions.
    if isinstance(top, Page) and top.state.page == "time_zone_region":
        top.finish()


def _offsets(page: Page) -> list[Pref]:
    now, current = page.kernel.clock.now(), page.kernel.clock.zone.key
    # In POSIX names the sign is that of the way back to Greenwich.
    ids = [f"Etc/GMT{'-' if hours > 0 else '+'}{abs(hours)}" if hours else "UTC" for hours in range(-12, 15)]
    return [
        RadioPref(
            f"zone:{i}", offset_text(i, now) if i != "UTC" else "GMT+00:00 Coordinated Universal Time", i == current, Call(_choose, (i,))
        )
        for i in ids
    ]


PAGES: Final = {
    "date_time": PageSpec("Date & time", _date_time, "system", keywords="clock time zone 24 hour"),
    "time_zone": PageSpec("Select time zone", _time_zone, "date_time"),
    "time_zone_region": PageSpec("Region", _regions, "time_zone", searchable=True, search=False),
    "time_zone_zones": PageSpec("Select time zone", _zones, "time_zone", search=False),
    "time_zone_offset": PageSpec("Select UTC offset", _offsets, "time_zone", search=False),
}
