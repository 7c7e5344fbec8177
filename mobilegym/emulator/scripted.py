"""`ScriptedDevice`: a small phone whose screens are given as data. For tests, examples and quick experiments.

```python
device = ScriptedDevice()                       # the built-in script: home, settings, contacts, messages, notes
device.perform(OpenApp("Settings"))
```
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final, assert_never, get_args

import numpy as np

from mobilegym.actions import DeviceAction, DoubleTap, LongPress, OpenApp, Press, Scroll, Swipe, Tap, Type, Wait, action_to_dict
from mobilegym.emulator.device import (
    Capability,
    Device,
    DeviceInfo,
    DeviceSnapshot,
    JournalEntry,
    Namespace,
    PixelSize,
    StateTree,
)
from mobilegym.emulator.scripted_facets import (
    ScriptedClock,
    ScriptedContent,
    ScriptedDatabases,
    ScriptedFiles,
    ScriptedHardware,
    ScriptedSettings,
    ScriptedTelephony,
)
from mobilegym.emulator.scripted_packages import ScriptedPackages
from mobilegym.emulator.scripted_script import (
    Effect,
    Go,
    Insert,
    Part,
    Put,
    Rows,
    Script,
    ScriptedApp,
    ScriptedScreen,
    SendSms,
    WriteFile,
    initial_state,
)  # fmt: skip
from mobilegym.emulator.scripted_state import Arrival, ScriptedState, Table
from mobilegym.errors import DeviceError, DeviceLost, NotFound
from mobilegym.observation import ActivityRef, Bounds, Element, Notification, Pixels, Screen

__all__ = [
    "Arrival",
    "Effect",
    "Go",
    "Insert",
    "Part",
    "Put",
    "Rows",
    "Script",
    "ScriptedApp",
    "ScriptedDevice",
    "ScriptedScreen",
    "SendSms",
    "Table",
    "WriteFile",
]

_STATUS_BAR: Final = 132
_NAV_BAR: Final = 63
_ROW: Final = 168
_SETTLE_MS: Final = 500
_SHADE: Final = "@notifications"
_SYSTEM_UI: Final = "com.android.systemui"


@dataclass(frozen=True, slots=True)
class _Snapshot(DeviceSnapshot):
    state: ScriptedState


class ScriptedDevice(Device):
    """A working `Device` in a few hundred lines: real settings, SQLite, files, journal and snapshots; plain pixels.

    Args:
        script: The phone; the built-in one (`scripted_demo.demo_script`) where none is given.
        seed: As for `reset`. The script has no randomness of its own.
    """

    def __init__(self, script: Script | None = None, seed: int = 0) -> None:
        if script is None:
            from mobilegym.emulator.scripted_demo import demo_script

            script = demo_script()
        self._script = script
        self._screens = {s.name: s for s in script.screens}
        self._apps = {a.package: a for a in script.apps}
        self._closed = False
        self._shown: tuple[int, tuple[Element, ...], tuple[Part | None, ...], bool] | None = None
        self.reset(seed=seed)
        self.settings = ScriptedSettings(lambda: self.state)
        self.content = ScriptedContent(lambda: self.state)
        self.databases = ScriptedDatabases(lambda: self.state)
        self.files = ScriptedFiles(lambda: self.state)
        self.hardware = ScriptedHardware(lambda: self.state)
        self.clock = ScriptedClock(lambda: self.state)
        self.telephony = ScriptedTelephony(lambda: self.state)
        self.packages = ScriptedPackages(self)

    @property
    def info(self) -> DeviceInfo:
        return DeviceInfo("Scripted phone", 34, 1080, 2400, 420, "scripted-0")

    @property
    def capabilities(self) -> frozenset[Capability]:
        return frozenset(get_args(Capability))

    @property
    def script(self) -> Script:
        return self._script

    def perform(self, action: DeviceAction) -> str | None:
        state = self.state
        if reason := self._refusal(action):
            return reason
        data = action_to_dict(action)
        package = self.activity().package
        state.log("input", package, str(data.pop("action")), "read", data)
        self._carry_out(action)
        ms = action.ms if isinstance(action, (Wait, LongPress, Swipe)) else 100
        self.clock.advance(ms if isinstance(action, Wait) else ms + _SETTLE_MS)
        return None

    def observe(self, *, pixels: PixelSize | None = None) -> Screen:
        if pixels is not None and (len(pixels) != 2 or min(pixels) < 1):
            raise DeviceError(f"`pixels` is (height, width), both at least 1; got {pixels!r}")
        elements, _, _ = self._layout()
        picture = None if pixels is None else _paint(elements, self.info, pixels)
        return Screen(elements, self.activity(), self.clock.now(), self.info.width, self.info.height, self.notifications(), picture)

    def activity(self) -> ActivityRef:
        state = self.state
        if state.screen == _SHADE:
            return ActivityRef(_SYSTEM_UI, f"{_SYSTEM_UI}.NotificationShade")
        screen = self._screens[state.screen]
        return ActivityRef(screen.package, screen.activity)

    def notifications(self) -> tuple[Notification, ...]:
        return self.state.notifications

    def journal(self, since: int = 0) -> tuple[JournalEntry, ...]:
        return tuple(self.state.journal[max(since, 0) :])

    def state_tree(self) -> StateTree:
        return self.state.tree()

    def snapshot(self) -> DeviceSnapshot:
        return _Snapshot(self.state.copy())

    def restore(self, snapshot: DeviceSnapshot) -> None:
        if self._closed:
            raise DeviceLost("the scripted phone is closed")
        if not isinstance(snapshot, _Snapshot):
            raise DeviceError(f"a scripted phone cannot take back a {type(snapshot).__name__}")
        self._state = snapshot.state.copy()
        self._shown = None

    def fork(self) -> ScriptedDevice:
        """An independent phone in the same state."""
        other = ScriptedDevice(self._script)
        other._state = self.state.copy()
        return other

    def reset(self, *, seed: int) -> None:
        if self._closed:
            raise DeviceLost("the scripted phone is closed")
        self.seed = seed
        self._state = initial_state(self._script)
        self._shown = None

    def close(self) -> None:
        self._closed = True

    def app(self, package: str) -> ScriptedApp:
        """Raises: NotFound: It is not installed."""
        if package not in self._apps:
            raise NotFound(f"no package {package!r} is installed; there are {', '.join(sorted(self._apps))}")
        return self._apps[package]

    def show(self, screen: str) -> None:
        """Bring a screen to the front; the present one goes on the back stack.

        Raises:
            NotFound: There is no such screen.
        """
        state = self.state
        if screen not in self._screens and screen != _SHADE:
            raise NotFound(f"the script has no screen {screen!r}; it has {', '.join(sorted(self._screens))}")
        if state.screen != screen:
            state.back = () if screen == self._script.home else (*state.back, state.screen)
            state.screen, state.focus, state.scroll = screen, None, 0
            ref = self.activity()
            state.log("activity", ref.package, "activity.resumed", "read", {"activity": ref.activity})

    @property
    def state(self) -> ScriptedState:
        """The whole state, live: for the facets, and for a test that must look inside.

        Raises:
            DeviceLost: The phone is closed.
        """
        if self._closed:
            raise DeviceLost("the scripted phone is closed")
        return self._state

    def _refusal(self, action: DeviceAction) -> str | None:
        if isinstance(action, Type) and self.state.focus is None:
            return "no text field has the focus; tap one first"
        if isinstance(action, OpenApp) and self._named(action.name) is None:
            return f"no app is called {action.name!r}; there are {', '.join(sorted(a.label for a in self._script.apps))}"
        return None

    def _named(self, name: str) -> ScriptedApp | None:
        wanted = name.strip().casefold()
        return next((a for a in self._script.apps if wanted in (a.label.casefold(), a.package)), None)

    def _carry_out(self, action: DeviceAction) -> None:
        match action:
            case Tap(x, y) | DoubleTap(x, y) | LongPress(x, y):
                self._tap(x, y)
            case Swipe():
                if abs(action.y1 - action.y2) > 0.05:
                    self._scroll(1 if action.y1 > action.y2 else -1)
            case Scroll(direction):
                if direction in ("up", "down"):
                    self._scroll(1 if direction == "down" else -1)
            case Type():
                self._type(action)
            case Press(key):
                self._press(key)
            case OpenApp(name):
                app = self._named(name)
                assert app is not None
                self.show(app.screen)
            case Wait():
                pass
            case _:
                assert_never(action)

    def _tap(self, x: float, y: float) -> None:
        elements, parts, _ = self._layout()
        px, py = min(x * self.info.width, self.info.width - 1), min(y * self.info.height, self.info.height - 1)
        for element, part in zip(reversed(elements), reversed(parts), strict=True):
            box = element.bounds
            if part is not None and box.left <= px < box.right and box.top <= py < box.bottom:
                self._touch(part)
                return

    def _touch(self, part: Part) -> None:
        state = self.state
        if part.editable:
            state.focus = (state.screen, part.name)
            state.revision += 1
        if part.setting is not None:
            namespace, key = part.setting
            value = "0" if self.settings.get(namespace, key) == "1" else "1"
            self._put(namespace, key, value)
        for effect in part.effects:
            self._apply(effect)

    def _apply(self, effect: Effect) -> None:
        state, package = self.state, self.activity().package
        match effect:
            case Go(screen):
                self.show(screen)
            case Put(namespace, key, value):
                self._put(namespace, key, value)
            case Insert(uri, values):
                filled = {k: self._filled(v) if isinstance(v, str) else v for k, v in values.items()}
                state.log("effect", package, "row.inserted", "reversible", {"uri": self.content.insert(uri, filled), "values": filled})
            case SendSms(number, text):
                to, body = self._filled(number), self._filled(text)
                row = {"address": to, "body": body, "type": 2, "read": 1, "date": state.now_ms, "thread_id": 1}
                self.content.insert("content://sms", row)
                state.log("effect", package, "sms.sent", "outward", {"number": to, "text": body})
            case WriteFile(path, text):
                self.files.write(self._filled(path), self._filled(text).encode())
                state.log("effect", package, "file.written", "reversible", {"path": self._filled(path)})
            case _:
                assert_never(effect)

    def _put(self, namespace: Namespace, key: str, value: str) -> None:
        self.settings.put(namespace, key, value)
        data = {"namespace": namespace, "key": key, "value": value}
        self.state.log("effect", self.activity().package, "setting.changed", "reversible", data)

    def _filled(self, text: str) -> str:
        state = self.state
        for (screen, name), value in state.fields.items():
            if screen == state.screen:
                text = text.replace("{" + name + "}", value)
        return text

    def _type(self, action: Type) -> None:
        state = self.state
        assert state.focus is not None
        before = state.fields.get(state.focus, "")
        after = action.text if action.clear else before + action.text
        state.fields[state.focus] = after
        state.log("field", self.activity().package, "field.edited", "read", {"field": state.focus[1], "before": before, "after": after})

    def _press(self, key: str) -> None:
        state = self.state
        if key == "home":
            self.show(self._script.home)
        elif key == "back" and state.back:
            state.screen, state.back, state.focus, state.scroll = state.back[-1], state.back[:-1], None, 0
            state.revision += 1
        elif key == "notifications":
            self.show(_SHADE)
        elif key == "delete" and state.focus is not None:
            state.fields[state.focus] = state.fields.get(state.focus, "")[:-1]
            state.revision += 1
        elif key in ("volume_up", "volume_down"):
            step = 1 if key == "volume_up" else -1
            self.hardware.set_volume("media", min(25, max(0, self.hardware.volume("media") + step)))

    def _scroll(self, sign: int) -> None:
        state = self.state
        visible = (self.info.height - _STATUS_BAR - _NAV_BAR) // _ROW
        last = max(0, len(self._parts()) - visible)
        state.scroll = min(last, max(0, state.scroll + sign * (visible - 1)))
        state.revision += 1

    def _parts(self) -> list[Part]:
        if self.state.screen == _SHADE:
            return [Part(f"{n.title}: {n.text}", "notification") for n in self.notifications()]
        out: list[Part] = []
        for part in self._screens[self.state.screen].parts:
            if isinstance(part, Rows):
                rows = self.content.query(part.uri, projection=["_id", part.column], sort=part.sort)
                out += [Part(str(row[part.column] or ""), part.column) for row in rows]
            else:
                out.append(part)
        return out

    def _layout(self) -> tuple[tuple[Element, ...], tuple[Part | None, ...], bool]:
        """Elements, the part behind each (None for containers), and whether the screen scrolls."""
        state = self.state
        if self._shown is not None and self._shown[0] == state.revision:
            return self._shown[1:]
        package, parts, info = self.activity().package, self._parts(), self.info
        area = Bounds(0, _STATUS_BAR, info.width, info.height - _NAV_BAR)
        scrolls = len(parts) * _ROW > area.bottom - area.top
        frame = Bounds(0, 0, info.width, info.height)
        elements = [
            Element("android.widget.FrameLayout", "android:id/content", "", "", package, frame, 0, 0),
            Element("android.widget.ScrollView", f"{package}:id/list", "", "", package, area, 1, 0, scrollable=scrolls),
        ]
        shown: list[Part | None] = [None, None]
        for index, part in enumerate(parts[state.scroll :]):
            top = area.top + index * _ROW
            if top >= area.bottom:
                break
            bounds = Bounds(0, top, info.width, min(top + _ROW, area.bottom))
            elements.append(self._element(part, package, bounds, index))
            shown.append(part)
        self._shown = (state.revision, tuple(elements), tuple(shown), scrolls)
        return self._shown[1:]

    def _element(self, part: Part, package: str, bounds: Bounds, index: int) -> Element:
        state = self.state
        key = (state.screen, part.name)
        text = state.fields.get(key, part.text) if part.editable else part.text
        acts = bool(part.effects) or part.editable or part.setting is not None
        cls = "android.widget.EditText" if part.editable else "android.widget.Switch" if part.setting else part.cls
        return Element(
            cls, f"{package}:id/{part.name}" if part.name else "", text, part.desc, package, bounds, 2, index,
            clickable=acts, checkable=part.setting is not None, focusable=acts, focused=part.editable and state.focus == key,
            checked=part.setting is not None and self.settings.get(*part.setting) == "1", hint=part.hint,
        )  # fmt: skip


def _paint(elements: tuple[Element, ...], info: DeviceInfo, size: PixelSize) -> Pixels:
    height, width = size
    picture = np.full((height, width, 3), 250, np.uint8)
    for element in elements:
        left, top, right, bottom = element.bounds
        colour = zlib.crc32(f"{element.cls}{element.text}{element.checked}".encode())
        rows = slice(top * height // info.height, bottom * height // info.height)
        columns = slice(left * width // info.width, right * width // info.width)
        picture[rows, columns] = (colour & 255, colour >> 8 & 255, colour >> 16 & 255)
    return picture
