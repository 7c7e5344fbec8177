"""Drivers in this process: the servers that debuggers talk to, without adb and sockets between."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.system import System
from mobilegym.emulator.phone.wire.http import Request
from mobilegym.emulator.phone.wire.openatx.server import RpcServer
from mobilegym.emulator.phone.wire.uiautomator2.server import Server
from tests.event_loop import event_loop

__all__ = ["Driver", "Failure", "OpenAtx"]


class Failure(Exception):
    """The server answered with an error."""

    def __init__(self, status: int, kind: str, message: str) -> None:
        super().__init__(f"{status} {kind}: {message}")
        self.status = status
        self.kind = kind
        self.message = message


class Driver:
    """A session with the server of Appium's driver."""

    def __init__(self, phone: VirtualPhone | None = None) -> None:
        self.system = System(phone or VirtualPhone())
        self.phone = self.system.phone
        self.loop = event_loop()
        self.server = Server(self.system)
        wanted: dict[str, object] = {"capabilities": {"firstMatch": [{}], "alwaysMatch": {}}}
        self.session = str(self.call("POST", "/session", wanted)["sessionId"])

    @staticmethod
    def why(call: Callable[[], object]) -> Failure | None:
        """The error that a call ends in, or None."""
        try:
            call()
        except Failure as error:
            return error
        return None

    def call(self, method: str, path: str, body: object = None) -> Any:
        """One request; its value. Raises Failure."""
        raw = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        response = self.loop.run_until_complete(self.server.respond(Request(method, path, body=raw)))
        answer = json.loads(response.body)
        if response.status != 200:
            raise Failure(response.status, answer["value"]["error"], answer["value"]["message"])
        return answer["value"]

    def get(self, path: str) -> Any:
        return self.call("GET", f"/session/{self.session}/{path}")

    def post(self, path: str, **body: object) -> Any:
        return self.call("POST", f"/session/{self.session}/{path}", body)

    def find(self, strategy: str, selector: str, context: str = "") -> str:
        """Handle of an element."""
        return str(self.post("element", strategy=strategy, selector=selector, context=context)["ELEMENT"])

    def find_all(self, strategy: str, selector: str, context: str = "") -> list[str]:
        return [str(e["ELEMENT"]) for e in self.post("elements", strategy=strategy, selector=selector, context=context)]

    def text(self, handle: str) -> str:
        return str(self.get(f"element/{handle}/text"))

    def open(self, package: str) -> None:
        """Start an app and let it come to rest."""
        self.phone.packages.launch(package)
        self.phone.pass_time(500)


class OpenAtx:
    """A client of the JSON-RPC server."""

    def __init__(self, phone: VirtualPhone | None = None) -> None:
        self.system = System(phone or VirtualPhone())
        self.phone = self.system.phone
        self.loop = event_loop()
        self.server = RpcServer(self.system)

    def request(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        response = self.loop.run_until_complete(self.server.respond(Request(method, path, body=body)))
        return response.status, response.body

    def answer(self, name: str, *params: object) -> dict[str, Any]:
        """The whole answer to a call."""
        call = {"jsonrpc": "2.0", "id": 7, "method": name, "params": list(params)}
        return dict(json.loads(self.request("POST", "/jsonrpc/0", json.dumps(call).encode())[1]))

    def __call__(self, name: str, *params: object) -> Any:
        """The result of a call. Raises Failure."""
        answer = self.answer(name, *params)
        if "error" in answer:
            raise Failure(answer["error"]["code"], name, answer["error"]["message"])
        return answer["result"]
