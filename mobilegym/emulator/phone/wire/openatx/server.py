"""The JSON-RPC server that openatx's uiautomator2 talks to: `GET /ping`, `POST /jsonrpc/0`."""

from __future__ import annotations

import inspect
import json
import logging
from typing import TYPE_CHECKING, Final, cast

from mobilegym.emulator.phone.wire.automation.errors import AutomationError
from mobilegym.emulator.phone.wire.http import HttpServer, Request, Response
from mobilegym.emulator.phone.wire.openatx.device import METHODS
from mobilegym.emulator.phone.wire.openatx.objects import Method
from mobilegym.emulator.phone.wire.openatx.parameters import BadParameters, Parameters
from mobilegym.emulator.phone.wire.openatx.rpc import NoNode, Rpc
from mobilegym.errors import MobileGymError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["RpcServer"]

_LOG = logging.getLogger("mobilegym.openatx")
_PARSE_ERROR, _INVALID_REQUEST, _NO_METHOD, _BAD_PARAMETERS = -32700, -32600, -32601, -32602
_EXCEPTION: Final = -32001
_NOT_FOUND: Final = -32002


class RpcServer(HttpServer):
    """Serves all connections to one phone's server.

    Args:
        system: The phone.
    """

    def __init__(self, system: System) -> None:
        super().__init__()
        self.rpc = Rpc(system)

    async def respond(self, request: Request) -> Response:
        """One request."""
        path = request.path.rstrip("/")
        if request.method == "GET" and path == "/ping":
            return Response(200, b"pong", "text/plain")
        if request.method != "POST" or path not in ("/jsonrpc/0", "/jsonrpc"):
            return Response(404, b"Not Found", "text/plain")
        answer = await self._call(request.body)
        return Response(200, json.dumps(answer, separators=(",", ":")).encode())

    async def _call(self, body: bytes) -> dict[str, object]:
        try:
            call: object = json.loads(body)
        except (ValueError, RecursionError) as error:
            return _error(None, _PARSE_ERROR, f"JSON parse error: {error}")
        if not isinstance(call, dict):
            return _error(None, _INVALID_REQUEST, "the request must be an object")
        source = cast("dict[str, object]", call)
        number, name, params = source.get("id"), source.get("method"), source.get("params", [])
        method = METHODS.get(name) if isinstance(name, str) else None
        if method is None:
            return _error(number, _NO_METHOD, f"method not found: {name!r}"[:300])
        if params is None or params == {}:
            params = []
        if not isinstance(params, list):
            return _error(number, _BAD_PARAMETERS, "`params` must be a list")
        return await self._run(method, Parameters(cast("list[object]", params)), number)

    async def _run(self, method: Method, params: Parameters, number: object) -> dict[str, object]:
        system = self.rpc.system
        try:
            system.settle()
            result = method(self.rpc, params)
            if inspect.isawaitable(result):
                result = await result
            system.settle()
        except BadParameters as error:
            return _error(number, _BAD_PARAMETERS, str(error))
        except NoNode as error:
            return _error(number, _NOT_FOUND, f"androidx.test.uiautomator.UiObjectNotFoundException: {error}")
        except AutomationError as error:
            if error.kind in ("no such element", "stale element reference"):
                return _error(number, _NOT_FOUND, f"androidx.test.uiautomator.UiObjectNotFoundException: {error.message}")
            return _error(number, _EXCEPTION, f"java.lang.IllegalArgumentException: {error.message}")
        except MobileGymError as error:
            return _error(number, _EXCEPTION, f"java.lang.IllegalStateException: {error}")
        except Exception as error:  # noqa: BLE001 - the client must get an answer, and we the traceback
            _LOG.exception("%s: JSON-RPC", system.serial)
            return _error(number, _EXCEPTION, f"java.lang.RuntimeException: {type(error).__name__}: {error}")
        return {"jsonrpc": "2.0", "id": number, "result": result}


def _error(number: object, code: int, message: str) -> dict[str, object]:
    trace = f"{message}\n\tat com.wetest.uia2.stub.AutomatorServiceImpl"
    return {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": message, "data": trace}}
