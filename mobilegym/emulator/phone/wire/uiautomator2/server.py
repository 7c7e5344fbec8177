"""The server that Appium's UiAutomator2 driver talks to: 61 routes, JSON in and out, one session at a time."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from mobilegym.emulator.phone.wire.automation.errors import STATUS_OF, AutomationError, bad_value
from mobilegym.emulator.phone.wire.http import HttpServer, Request, Response
from mobilegym.emulator.phone.wire.uiautomator2 import alerts, gestures, routes_device, routes_elements, schedule
from mobilegym.emulator.phone.wire.uiautomator2.request import Arguments
from mobilegym.emulator.phone.wire.uiautomator2.session import Session
from mobilegym.emulator.phone.wire.uiautomator2.w3c import perform_actions
from mobilegym.errors import MobileGymError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["ROUTES", "VERSION", "Server"]

_LOG = logging.getLogger("mobilegym.uiautomator2")
VERSION: Final = "10.6.6"
"""Of the server whose behaviour this has."""
_VERSION_CODE: Final = 252

_Route: TypeAlias = Callable[[Arguments], object]
_GET: Final[Mapping[str, _Route]] = {
    "alert/text": alerts.text, "appium/device/apps": routes_device.apps, "appium/device/battery_info": routes_device.battery_info,
    "appium/device/declared_orientation": routes_device.declared_orientation,
    "appium/device/display_density": routes_device.display_density, "appium/device/info": routes_device.device_info,
    "appium/device/pixel_ratio": routes_device.pixel_ratio, "appium/device/system_bars": routes_device.system_bars,
    "appium/element/:id/first_visible": routes_elements.first_visible, "appium/settings": routes_device.get_settings,
    "element/:id/attribute/:name": routes_elements.attribute, "element/:id/location": routes_elements.location,
    "element/:id/name": routes_elements.name, "element/:id/rect": routes_elements.rect,
    "element/:id/screenshot": routes_elements.element_shot, "element/:id/size": routes_elements.size,
    "element/:id/text": routes_elements.text, "element/active": routes_elements.active, "orientation": routes_device.get_orientation,
    "rotation": routes_device.get_rotation, "screenshot": routes_device.screenshot, "screenshot/:id": routes_elements.element_shot,
    "source": routes_device.source, "window/:windowHandle/size": routes_device.window_size,
}  # fmt: skip
_POST: Final[Mapping[str, _Route]] = {
    "actions": perform_actions, "alert/accept": alerts.accept, "alert/dismiss": alerts.dismiss,
    "appium/action_history": schedule.action_history, "appium/device/get_clipboard": routes_device.get_clipboard,
    "appium/device/long_press_keycode": routes_device.long_press_keycode,
    "appium/device/open_notifications": routes_device.open_notifications, "appium/device/press_keycode": routes_device.press_keycode,
    "appium/device/set_clipboard": routes_device.set_clipboard, "appium/element/:id/scroll_to/:id2": routes_elements.scroll_to_element,
    "appium/gestures/click": gestures.click, "appium/gestures/double_click": gestures.double_click,
    "appium/gestures/drag": gestures.drag, "appium/gestures/fling": gestures.fling, "appium/gestures/long_click": gestures.long_click,
    "appium/gestures/pinch_close": gestures.pinch_close, "appium/gestures/pinch_open": gestures.pinch_open,
    "appium/gestures/scroll": gestures.scroll, "appium/gestures/swipe": gestures.swipe,
    "appium/list_displays": routes_device.list_displays, "appium/list_windows": routes_device.list_windows,
    "appium/reset_ax_cache": routes_device.reset_ax_cache, "appium/schedule_action": schedule.schedule_action,
    "appium/settings": routes_device.set_settings, "appium/unschedule_action": schedule.unschedule_action, "back": routes_device.back,
    "element": routes_elements.find_element, "element/:id/clear": routes_elements.clear, "element/:id/click": routes_elements.click,
    "element/:id/element": routes_elements.find_element, "element/:id/elements": routes_elements.find_elements,
    "element/:id/value": routes_elements.set_value, "elements": routes_elements.find_elements, "gestures/scroll_to": gestures.scroll_to,
    "keys": routes_device.keys, "network_connection": routes_device.network_connection, "orientation": routes_device.set_orientation,
    "rotation": routes_device.set_rotation,
}  # fmt: skip
ROUTES: Final[Mapping[tuple[str, str], _Route]] = {
    **{("GET", path): route for path, route in _GET.items()},
    **{("POST", path): route for path, route in _POST.items()},
}
"""Method and path behind `/session/:s/` → what answers it."""


def _by_length() -> dict[tuple[str, int], list[tuple[list[str], _Route]]]:
    found: dict[tuple[str, int], list[tuple[list[str], _Route]]] = {}
    for (method, path), route in sorted(ROUTES.items(), key=lambda r: r[0][1].count(":")):
        parts = path.split("/")
        found.setdefault((method, len(parts)), []).append((parts, route))
    return found


_BY_LENGTH: Final = _by_length()
"""Routes by method and number of parts; those with fewer names first, `element/active` before `element/:id`."""


class Server(HttpServer):
    """Serves all connections to one phone's server.

    Args:
        system: The phone.
    """

    def __init__(self, system: System) -> None:
        super().__init__()
        self.system = system
        self.session: Session | None = None
        self.stopped = asyncio.Event()
        """Set once a session was deleted: the server ends then."""
        self._sessions = 0

    async def respond(self, request: Request) -> Response:
        """One request."""
        session = self.session.id if self.session is not None else None
        try:
            value = self._answer(request)
        except AutomationError as error:
            return _failure(session, error.kind, error.message)
        except MobileGymError as error:
            return _failure(session, "unknown error", str(error))
        except RecursionError:
            return _failure(session, "invalid argument", "the request is nested too deeply")
        except Exception as error:  # noqa: BLE001 - the driver must get an answer, and we the traceback
            _LOG.exception("%s: %s %s", self.system.serial, request.method, request.path)
            return _failure(session, "unknown error", f"{type(error).__name__}: {error}")
        if self.session is not None:
            session = self.session.id
        return Response(200, _json({"sessionId": session, "value": value}), last=self.stopped.is_set())

    def _answer(self, request: Request) -> object:
        path = request.path.removeprefix("/wd/hub").strip("/")
        match (request.method, path.split("/", 2)):
            case ("GET", ["status"]):
                return self._status()
            case ("GET", ["sessions"]):
                return [] if self.session is None else [{"id": self.session.id, "capabilities": self.session.capabilities}]
            case ("POST", ["session"]):
                return self._create(_body(request))
            case (method, ["session", wanted, *rest]):
                session = self._session(wanted)
                if not rest:
                    return self._one(method, session)
                return self._route(method, rest[0], session, request)
            case _:
                raise _unknown(request)

    def _status(self) -> object:
        return {
            "message": "UiAutomator2 Server is ready to accept commands", "ready": True,
            "build": {"version": VERSION, "versionCode": _VERSION_CODE},
        }  # fmt: skip

    def _create(self, body: Mapping[str, object]) -> object:
        self._sessions += 1
        wanted = body.get("capabilities")
        capabilities: dict[str, object] = {}
        if isinstance(wanted, dict):
            source = cast("dict[str, object]", wanted)
            always, first = source.get("alwaysMatch"), source.get("firstMatch")
            for part in (always, *(cast("list[object]", first)[:1] if isinstance(first, list) else ())):
                if isinstance(part, dict):
                    capabilities |= cast("dict[str, object]", part)
        elif wanted is not None:
            raise AutomationError("session not created", "`capabilities` must be an object")
        digest = hashlib.sha256(f"{self.system.serial} {self.system.kernel.clock.now_ms} {self._sessions}".encode()).hexdigest()
        identity = "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))
        self.session = Session(self.system, identity, capabilities)
        return {"sessionId": identity, "capabilities": capabilities}

    def _session(self, wanted: str) -> Session:
        if self.session is None or self.session.id != wanted:
            raise AutomationError("invalid session id", f"The session identified by {wanted[:80]} is not known")
        return self.session

    def _one(self, method: str, session: Session) -> object:
        if method == "GET":
            return session.capabilities
        if method == "DELETE":
            self.session = None
            self.stopped.set()
            return None
        raise AutomationError("unknown command", f"A session is got or deleted, not {method}")

    def _route(self, method: str, path: str, session: Session, request: Request) -> object:
        parts = path.split("/")
        found = next(((n, r) for p, r in _BY_LENGTH.get((method, len(parts)), ()) if (n := _names(p, parts)) is not None), None)
        if found is None:
            raise _unknown(request)
        names, route = found
        arguments = Arguments(session, names, _body(request) if method == "POST" else {})
        session.actor.idle = session.settings.number("waitForIdleTimeout") > 0
        session.actor.rest()
        schedule.catch_up(session)
        value = route(arguments)
        session.actor.rest()
        return value


def _names(pattern: list[str], parts: list[str]) -> dict[str, str] | None:
    names: dict[str, str] = {}
    for wanted, part in zip(pattern, parts, strict=True):
        if wanted[0] == ":" and part:
            names[wanted[1:]] = part
        elif wanted != part:
            return None
    return names


def _unknown(request: Request) -> AutomationError:
    return AutomationError(
        "unknown command",
        f"The requested resource {request.method} {request.path[:200]} could not be found, or a request was received using an HTTP method "
        "that is not supported by the mapped resource",
    )


def _body(request: Request) -> Mapping[str, object]:
    if not request.body.strip():
        return {}
    try:
        body: object = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise bad_value(f"the body is no JSON: {error}") from error
    if not isinstance(body, dict):
        raise bad_value("the body must be a JSON object")
    return cast("Mapping[str, object]", body)


def _failure(session: str | None, kind: str, message: str) -> Response:
    value = {"error": kind, "message": message, "stacktrace": ""}
    return Response(STATUS_OF[kind], _json({"sessionId": session, "value": value}))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
