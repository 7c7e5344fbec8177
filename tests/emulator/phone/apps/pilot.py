"""Drives a virtual phone the way a person does: by what is on the screen. Raises rather than missing silently."""

from __future__ import annotations

from mobilegym.actions import DeviceAction, LongPress, OpenApp, Press, Scroll, Swipe, Tap, Type, Wait
from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.observation import Element


class Pilot:
    """A person at the phone."""

    def __init__(self, phone: VirtualPhone | None = None, config: PhoneConfig | None = None) -> None:
        self.phone = phone or VirtualPhone(config or PhoneConfig(), seed=0)

    def elements(self) -> tuple[Element, ...]:
        return self.phone.observe().elements

    def texts(self) -> list[str]:
        return [e.text for e in self.elements() if e.text]

    def descs(self) -> list[str]:
        return [e.content_desc for e in self.elements() if e.content_desc]

    def find_all(
        self, *, text: str | None = None, desc: str | None = None, rid: str | None = None, contains: str | None = None
    ) -> list[Element]:
        def matches(e: Element) -> bool:
            return (
                (text is None or _plain(e.text) == _plain(text))
                and (desc is None or _plain(e.content_desc) == _plain(desc))
                and (rid is None or e.resource_id == rid or e.resource_id.endswith(f":id/{rid}"))
                and (contains is None or _plain(contains) in _plain(e.text) or _plain(contains) in _plain(e.content_desc))
            )

        return [e for e in self.elements() if matches(e)]

    def find(
        self, *, text: str | None = None, desc: str | None = None, rid: str | None = None, contains: str | None = None, nth: int = 0
    ) -> Element:
        found = self.find_all(text=text, desc=desc, rid=rid, contains=contains)
        if len(found) <= nth:
            raise AssertionError(
                f"no element text={text!r} desc={desc!r} rid={rid!r} contains={contains!r} nth={nth}; "
                f"there are {self.texts()} {self.descs()}"
            )
        return found[nth]

    def has(self, text: str) -> bool:
        wanted = _plain(text)
        return any(wanted in (_plain(e.text), _plain(e.content_desc)) for e in self.elements())

    def has_text(self, part: str) -> bool:
        wanted = _plain(part)
        return any(wanted in _plain(e.text) or wanted in _plain(e.content_desc) for e in self.elements())

    def perform(self, action: DeviceAction) -> None:
        error = self.phone.perform(action)
        assert error is None, error

    def tap(
        self, text: str | None = None, *, desc: str | None = None, rid: str | None = None, contains: str | None = None, nth: int = 0
    ) -> None:
        x, y = self._center(self.find(text=text, desc=desc, rid=rid, contains=contains, nth=nth))
        self.perform(Tap(x, y))

    def long_press(self, text: str | None = None, *, desc: str | None = None, rid: str | None = None, nth: int = 0) -> None:
        x, y = self._center(self.find(text=text, desc=desc, rid=rid, nth=nth))
        self.perform(LongPress(x, y))

    def swipe(self, direction: str, text: str | None = None, *, desc: str | None = None, rid: str | None = None) -> None:
        x, y = self._center(self.find(text=text, desc=desc, rid=rid))
        dx, dy = {"left": (-0.4, 0.0), "right": (0.4, 0.0), "up": (0.0, -0.3), "down": (0.0, 0.3)}[direction]
        self.perform(Swipe(x, y, min(1, max(0, x + dx)), min(1, max(0, y + dy)), 200))

    def scroll_to(self, text: str, *, direction: str = "down", limit: int = 20) -> None:
        for _ in range(limit):
            if self.has(text):
                return
            self.perform(Scroll(direction))  # type: ignore[arg-type]
        raise AssertionError(f"{text!r} did not come into sight; there are {self.texts()}")

    def type(self, text: str, *, clear: bool = False, submit: bool = False) -> None:
        self.perform(Type(text, clear, submit))

    def open(self, app: str) -> None:
        self.perform(OpenApp(app))

    def back(self) -> None:
        self.perform(Press("back"))

    def home(self) -> None:
        self.perform(Press("home"))

    def wait(self, ms: int) -> None:
        self.perform(Wait(ms))

    def effects(self) -> list[str]:
        return [e.name for e in self.phone.journal() if e.kind == "effect"]

    def _center(self, element: Element) -> tuple[float, float]:
        screen = self.phone.observe()
        x, y = element.bounds.center
        return x / screen.width, y / screen.height


def _plain(text: str) -> str:
    return (
        text.replace("\u202f", " ").replace("\u00a0", " ").replace("\u200a", " ").replace("\u2011", "-").replace("\u2019", "'").casefold()
    )
