"""What an agent can do: a closed union of frozen dataclasses.

Points are fractions of the screen, 0–1, x to the right, y down, so an action means the same on every screen size.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal, TypeAlias, get_args, get_type_hints

__all__ = [
    "ACTION_TYPES",
    "Action",
    "Answer",
    "Ask",
    "DeviceAction",
    "Direction",
    "DoubleTap",
    "Finish",
    "Key",
    "LongPress",
    "OpenApp",
    "Press",
    "Scroll",
    "Status",
    "Swipe",
    "TalkAction",
    "Tap",
    "Type",
    "Wait",
    "action_from_dict",
    "action_to_dict",
]

Direction: TypeAlias = Literal["up", "down", "left", "right"]
"""The way content is read: `down` shows what is further down, whatever the finger does for it."""

Key: TypeAlias = Literal[
    "back", "home", "recents", "enter", "delete", "tab", "volume_up", "volume_down", "volume_mute", "power", "wakeup",
    "notifications", "menu", "search", "camera", "escape", "dpad_up", "dpad_down", "dpad_left", "dpad_right", "dpad_center",
]  # fmt: skip
Status: TypeAlias = Literal["done", "infeasible", "declined"]


def _check_unit(**values: float) -> None:
    for name, value in values.items():
        if not isinstance(value, (int, float)) or not 0.0 <= value <= 1.0:
            raise ValueError(f"`{name}` must be a number between 0 and 1 (a fraction of the screen), got {value!r}")


def _check_ms(value: int, limit: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= limit:
        raise ValueError(f"`ms` must be a whole number of milliseconds between 0 and {limit}, got {value!r}")


def _check_text(name: str, value: str) -> None:
    if not isinstance(value, str):
        raise ValueError(f"`{name}` must be text, got {value!r}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"`{name}` has a character that is no Unicode scalar value (a lone surrogate)") from error


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ValueError(f"`{name}` must be one of {', '.join(choices)}; got {value!r}")


@dataclass(frozen=True, slots=True)
class Tap:
    """Touch a point and let go at once."""

    x: float
    y: float

    def __post_init__(self) -> None:
        _check_unit(x=self.x, y=self.y)


@dataclass(frozen=True, slots=True)
class DoubleTap:
    """Tap the same point twice, 100 ms apart."""

    x: float
    y: float

    def __post_init__(self) -> None:
        _check_unit(x=self.x, y=self.y)


@dataclass(frozen=True, slots=True)
class LongPress:
    """Hold a point for `ms` milliseconds (Android's long-press threshold is 400)."""

    x: float
    y: float
    ms: int = 800

    def __post_init__(self) -> None:
        _check_unit(x=self.x, y=self.y)
        _check_ms(self.ms, 60_000)


@dataclass(frozen=True, slots=True)
class Swipe:
    """Move the finger in a straight line from `(x1, y1)` to `(x2, y2)` in `ms` milliseconds."""

    x1: float
    y1: float
    x2: float
    y2: float
    ms: int = 300

    def __post_init__(self) -> None:
        _check_unit(x1=self.x1, y1=self.y1, x2=self.x2, y2=self.y2)
        _check_ms(self.ms, 60_000)


@dataclass(frozen=True, slots=True)
class Scroll:
    """Read on in `direction`, in whatever scrolls at `(x, y)`; `down` shows what is further down."""

    direction: Direction
    x: float = 0.5
    y: float = 0.5

    def __post_init__(self) -> None:
        _check_choice("direction", self.direction, get_args(Direction))
        _check_unit(x=self.x, y=self.y)


@dataclass(frozen=True, slots=True)
class Type:
    """Type into the focused field; `clear` empties it first, `submit` presses the keyboard's action key after."""

    text: str
    clear: bool = False
    submit: bool = False

    def __post_init__(self) -> None:
        _check_text("text", self.text)


@dataclass(frozen=True, slots=True)
class Press:
    """Press a hardware or navigation key."""

    key: Key

    def __post_init__(self) -> None:
        _check_choice("key", self.key, get_args(Key))


@dataclass(frozen=True, slots=True)
class OpenApp:
    """Open an app by its label (`Contacts`) or package name (`com.google.android.contacts`)."""

    name: str

    def __post_init__(self) -> None:
        _check_text("name", self.name)


@dataclass(frozen=True, slots=True)
class Wait:
    """Do nothing for `ms` milliseconds of the phone's own time."""

    ms: int = 1000

    def __post_init__(self) -> None:
        _check_ms(self.ms, 86_400_000)


@dataclass(frozen=True, slots=True)
class Ask:
    """Say something to the phone's owner, who may reply in the next observation's `messages`."""

    text: str

    def __post_init__(self) -> None:
        _check_text("text", self.text)


@dataclass(frozen=True, slots=True)
class Answer:
    """Give the answer that the request asks for; ends the episode."""

    text: str

    def __post_init__(self) -> None:
        _check_text("text", self.text)


@dataclass(frozen=True, slots=True)
class Finish:
    """End the episode: `done`, `infeasible` (cannot be done on this phone) or `declined` (should not be done)."""

    status: Status = "done"

    def __post_init__(self) -> None:
        _check_choice("status", self.status, get_args(Status))


DeviceAction: TypeAlias = Tap | DoubleTap | LongPress | Swipe | Scroll | Type | Press | OpenApp | Wait
"""Actions that a `Device` carries out."""
TalkAction: TypeAlias = Ask | Answer | Finish
"""Actions that concern the owner and the episode, not the phone."""
Action: TypeAlias = DeviceAction | TalkAction

ACTION_TYPES: Final[dict[str, type[Action]]] = {
    "tap": Tap,
    "double_tap": DoubleTap,
    "long_press": LongPress,
    "swipe": Swipe,
    "scroll": Scroll,
    "type": Type,
    "press": Press,
    "open_app": OpenApp,
    "wait": Wait,
    "ask": Ask,
    "answer": Answer,
    "finish": Finish,
}
"""Every action type by the name it has in files and on the wire, in a fixed order."""

_NAMES: Final = {cls: name for name, cls in ACTION_TYPES.items()}


def action_to_dict(action: Action) -> dict[str, Any]:
    """The action as JSON-able data: `{"action": "tap", "x": 0.5, "y": 0.1}`."""
    return {"action": _NAMES[type(action)], **asdict(action)}


def action_from_dict(data: dict[str, Any]) -> Action:
    """The reverse of `action_to_dict`; unknown names, unknown or missing keys and wrong values are refused.

    Raises:
        ValueError: With a message that names the offending key.
    """
    name = data.get("action")
    if not isinstance(name, str) or name not in ACTION_TYPES:
        raise ValueError(f"`action` must be one of {', '.join(ACTION_TYPES)}; got {name!r}")
    cls = ACTION_TYPES[name]
    known = {f.name for f in fields(cls)}
    values = {k: v for k, v in data.items() if k != "action"}
    if unknown := sorted(set(values) - known):
        raise ValueError(f"`{name}` has no key `{unknown[0]}`; it takes {', '.join(sorted(known)) or 'none'}")
    hints = get_type_hints(cls)
    for key, value in values.items():
        if hints[key] is bool and not isinstance(value, bool):
            raise ValueError(f"`{key}` must be true or false, got {value!r}")
    try:
        return cls(**values)
    except TypeError as error:
        raise ValueError(f"`{name}` is incomplete: {error}") from error
