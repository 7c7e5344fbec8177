"""`date`, `cal`, `uptime`, `sleep`: the phone's time."""

from __future__ import annotations

import calendar as months
import re
from datetime import UTC, datetime, tzinfo
from typing import Final

from mobilegym.emulator.phone.kernel.clock import epoch_ms, time_zone
from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.toybox.common import at
from mobilegym.emulator.phone.shell.toybox.options import Options, number, parse, usage_error
from mobilegym.emulator.phone.shell.toybox.span import span_ms
from mobilegym.emulator.phone.shell.vfs import FsError
from mobilegym.errors import MobileGymError

__all__ = ["cal", "date", "sleep", "uptime", "usleep"]

_FORMAT: Final = "%a %b %e %H:%M:%S %Z %Y"
_ISO: Final = {"": "%Y-%m-%d", "date": "%Y-%m-%d", "hours": "%Y-%m-%dT%H%:z", "minutes": "%Y-%m-%dT%H:%M%:z",
"seconds": "%Y-%m-%dT%H:%M:%S%:z",
               "ns": "%Y-%m-%dT%H:%M:%S,%N%:z"}  # fmt: skip


def date(p: Process) -> int:
    """Show the time or set it."""
    longs = {"date": "d", "set": "s", "utc": "u", "universal": "u", "reference": "r", "iso-8601": "I", "rfc-email": "R"}
    options = parse(p, "uRn", "dDrs", "I", longs=longs, most=2, usage="[-u] [-I RES] [-r FILE] [-d DATE] [+FORMAT] [-D FORMAT] [SET]")
    zone: tzinfo = UTC if "u" in options else _zone(p)
    forms = [arg for arg in options.args if arg.startswith("+")]
    sets = [arg for arg in options.args if not arg.startswith("+")] + options.values("s")
    if len(sets) > 1 or len(forms) > 1:
        raise usage_error(p, "Max 1 argument")
    now_ms, status = p.kernel.clock.now_ms, 0
    when_ms = now_ms
    if "r" in options:
        when_ms = _file_ms(p, options.value("r"))
    elif "d" in options:
        when_ms = _parsed(p, options.value("d"), options.value("D"), zone)
    elif sets:
        when_ms = _parsed(p, sets[0], options.value("D"), zone)
        status = _set(p, when_ms)
        when_ms = now_ms if status else when_ms
    when = datetime.fromtimestamp(when_ms / 1000, zone).replace(microsecond=when_ms % 1000 * 1000)
    p.out(_shown(when, when_ms, _form(p, options, forms)) + "\n")
    return status


def _form(p: Process, options: Options, forms: list[str]) -> str:
    if forms:
        return forms[0][1:]
    if "R" in options:
        return "%a, %d %b %Y %H:%M:%S %z"
    if "I" in options:
        kinds = [kind for kind in _ISO if kind and kind.startswith(options.value("I"))] if options.value("I") else [""]
        if not kinds:
            raise ProgramError(f"date: bad -I: {options.value('I')}")
        return _ISO[kinds[0]]
    return _FORMAT


def _zone(p: Process) -> tzinfo:
    name = p.env.get("TZ", "").lstrip(":")
    if not name:
        return p.kernel.clock.zone
    try:
        return time_zone(name)
    except MobileGymError:
        return UTC


def _file_ms(p: Process, name: str) -> int:
    try:
        return p.system.files.stat(at(p, name), uid=p.uid).mtime_ms
    except FsError as error:
        raise ProgramError(f"date: {name}: {error.text}") from error


def _set(p: Process, ms: int) -> int:
    if p.uid:
        p.err("date: cannot set date: Operation not permitted\n")
        return 1
    try:
        p.kernel.set_time(ms)
    except MobileGymError as error:
        raise ProgramError(f"date: cannot set date: Invalid argument ({error})") from error
    return 0


def _parsed(p: Process, text: str, form: str, zone: tzinfo) -> int:
    """Epoch ms of a time in one of the notations that toybox knows."""
    now = datetime.fromtimestamp(p.kernel.clock.now_ms / 1000, zone)
    try:
        if form:
            return _epoch(datetime.strptime(text, form).replace(tzinfo=zone))
        if text.startswith("@"):
            return int(float(text[1:]) * 1000)
        if text.strip() == "now":
            return p.kernel.clock.now_ms
        match = re.fullmatch(r"(\d{2}):(\d{2})(?::(\d{2}))?", text)
        if match is not None:
            return _epoch(now.replace(hour=int(match[1]), minute=int(match[2]), second=int(match[3] or 0), microsecond=0))
        match = re.fullmatch(r"(\d{2})(\d{2})(\d{2})(\d{2})(\d{2}|\d{4})?(?:\.(\d{2}))?", text)
        if match is not None:
            year = int(match[5] or now.year)
            year += 0 if year > 99 else 2000 if year < 69 else 1900
            month, day, hour, minute = (int(match[i]) for i in range(1, 5))
            return _epoch(datetime(year, month, day, hour, minute, int(match[6] or 0), tzinfo=zone))
        clean = re.sub(r"\s*(UTC|Z)$", "+00:00", text.strip())
        clean = re.sub(r"\s+([-+]\d{2}:?\d{2})$", r"\1", clean)
        when = datetime.fromisoformat(clean)
        return _epoch(when if when.tzinfo is not None else when.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        raise ProgramError(f"date: bad date '{text}'") from None


def _epoch(when: datetime) -> int:
    return epoch_ms(when)


def _shown(when: datetime, ms: int, form: str) -> str:
    def field(match: re.Match[str]) -> str:
        flags, letter = match[1], match[2]
        if letter == "N":
            digits = f"{ms % 1000:03d}000000"
            return digits[: int(flags)] if flags.isdigit() and int(flags) else digits
        if letter == "s":
            return str(ms // 1000)
        if letter == ":z":
            zone = when.strftime("%z")
            return f"{zone[:3]}:{zone[3:]}"
        if letter in "nt%":
            return {"n": "\n", "t": "\t", "%": "%"}[letter]
        return when.strftime(f"%{flags}{letter}") if letter in _LETTERS else match[0]

    return re.sub(r"%([-_0^#]?\d*)(:z|[A-Za-z%])", field, form)


_LETTERS: Final = frozenset("aAbBcCdDeFgGhHIjklmMpPrRSTuUVwWxXyYzZ")


def cal(p: Process) -> int:
    """A month as a calendar."""
    options = parse(p, "h", most=3, usage="[-h] [[[DAY] MONTH] YEAR]")
    now = p.kernel.clock.now()
    year, month = now.year, now.month
    if options.args:
        year = number(p, options.args[-1], low=1)
        if len(options.args) == 1:
            p.out(months.TextCalendar(6).formatyear(year) if year <= 9999 else "")
            return 0
        month = number(p, options.args[-2], low=1)
        if month > 12 or year > 9999:
            raise ProgramError("cal: bad month" if month > 12 else "cal: bad year")
    title, names, *weeks = months.TextCalendar(6).formatmonth(year, month).splitlines()
    p.out("\n".join([f"{title.strip():^20}".rstrip(), names, *weeks]) + "\n")
    return 0


def uptime(p: Process) -> int:
    """How long the phone has been running."""
    options = parse(p, "ps", usage="[-ps]")
    clock = p.kernel.clock
    if "s" in options:
        p.out(f"{clock.local(clock.boot_ms):%Y-%m-%d %H:%M:%S}\n")
        return 0
    minutes = clock.elapsed_ms // 60_000
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    up = (f"{days} day{'s' if days != 1 else ''}, " if days else "") + (f"{hours:2d}:{rest:02d}" if hours else f"{rest} min")
    p.out(f" {clock.now():%H:%M:%S} up {up},  0 users,  load average: 0.10, 0.20, 0.15\n")
    return 0


async def sleep(p: Process) -> int:
    """Let virtual time pass."""
    options = parse(p, least=1, usage="DURATION...")
    await p.system.sleep(sum(span_ms(p, arg) for arg in options.args))
    return 0


async def usleep(p: Process) -> int:
    """The same in microseconds."""
    options = parse(p, least=1, most=1, usage="MICROSECONDS")
    await p.system.sleep(number(p, options.args[0], low=0) // 1000)
    return 0
