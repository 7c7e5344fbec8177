"""An Appium session, and a phone's shell through it."""

from __future__ import annotations

import base64
import binascii
import contextlib
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar, cast

from mobilegym.emulator.android.shell import BOOT_SCRIPT, DEFAULT_TIMEOUT_S, OTHER_PHONE, AndroidShell, Output, guarded, quote
from mobilegym.errors import DeviceError, DeviceLost, MissingPrerequisite, NotFound, NotSupported

__all__ = ["AppiumSession", "AppiumShell"]

_T = TypeVar("_T")
_CAPABILITIES: Final[Mapping[str, Any]] = {
    "noReset": True,
    "autoLaunch": False,
    "newCommandTimeout": 600,
    "adbExecTimeout": 60_000,
    "disableSuppressAccessibilityService": True,
    "ignoreHiddenApiPolicyError": True,
    "skipUnlock": True,
    "skipLogcatCapture": True,
    "disableWindowAnimation": True,
}
_REQUEST_TIMEOUT_S: Final = 180
_GONE: Final = re.compile(
    r"instrumentation process is not running|socket hang up|ECONNREFUSED|ECONNRESET|device offline|device '[^']*' not found|no devices"
    r"|Could not find a connected Android device|Could not proxy|session is either terminated|cannot be proxied|was not in the list of"
    r"|error: closed|device still authorizing|device unauthorized"
)
"""What Appium's errors say where the phone, or its half of Appium, is gone."""
_LONGEST: Final = 300
_BEGIN, _END = "<<mobilegym", "mobilegym>>"
_ANSWER: Final = re.compile(rf"{_BEGIN}\n(.*)\n{_END} (\d+)", re.DOTALL)


class AppiumSession:
    """A session with an Appium server. It is begun anew where the server has forgotten it or the driver broke down.

    Args:
        url: The server.
        capabilities: Of the session, beside our own; names without `appium:`.
        settings: Of the driver.
    """

    def __init__(self, url: str, capabilities: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
        self._url = url
        self._capabilities = {**_CAPABILITIES, **capabilities}
        self._settings = dict(settings)
        self._driver: Any = None
        self._closed = False
        self._begin()

    @property
    def serial(self) -> str:
        """The phone's, as the server says."""
        capabilities = cast("dict[str, Any]", self._driver.capabilities)
        return str(capabilities.get("deviceUDID") or capabilities.get("udid") or capabilities.get("deviceName") or "appium")

    @property
    def open(self) -> bool:
        """Whether it can still be used."""
        return not self._closed

    def call(self, name: str, **args: Any) -> Any:
        """A `mobile:` command."""
        return self._ask(lambda driver: driver.execute_script(name, args))

    def source(self) -> str:
        """The accessibility tree as XML."""
        return str(self._ask(lambda driver: driver.page_source, again=True))

    def screenshot(self) -> bytes:
        """The screen as PNG."""
        return bytes(self._ask(lambda driver: driver.get_screenshot_as_png(), again=True))

    def touch(self, strokes: list[dict[str, Any]]) -> None:
        """One finger on the screen: W3C pointer actions."""
        finger = {"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}, "actions": strokes}
        self._ask(lambda driver: driver.execute("actions", {"actions": [finger]}))

    def focused(self) -> Any | None:
        """The element that has the focus; None where it cannot be seen, because it was scrolled away or is covered."""
        from selenium.common.exceptions import NoSuchElementException

        def find(driver: Any) -> Any | None:
            try:
                return driver.switch_to.active_element
            except NoSuchElementException:
                return None

        return self._ask(find)

    def clear(self, element: Any) -> None:
        """Empty a field."""
        self._ask(lambda _: element.clear())

    def send_keys(self, element: Any, text: str) -> None:
        """Type into a field."""
        self._ask(lambda _: element.send_keys(text))

    def push(self, path: str, data: bytes) -> None:
        """Write a file."""
        self._ask(lambda driver: driver.push_file(path, base64.b64encode(data).decode()))

    def pull(self, path: str) -> bytes:
        """Read a file."""
        return base64.b64decode(self._ask(lambda driver: driver.pull_file(path), again=True))

    def close(self) -> None:
        """End it; twice is harmless."""
        driver, self._driver, self._closed = self._driver, None, True
        if driver is not None:
            # Whatever keeps the server from ending it, it ends by itself after a time.
            with contextlib.suppress(Exception):
                driver.quit()

    # ------------------------------------------------------------------ inside

    def _begin(self) -> None:
        webdriver, make_options, errors = _client()
        options = make_options().load_capabilities({"platformName": "Android", **_prefixed(self._capabilities)})
        try:
            self._driver = webdriver(self._url, options=options)
            self._driver.update_settings(self._settings)
        except errors as error:
            raise DeviceLost(f"Appium at {self._url} gives no session: {_message(error)}") from error

    def _ask(self, request: Callable[[Any], _T], *, again: bool = False) -> _T:
        """Make a request.

        Args:
            request: Uses the driver.
            again: It changes nothing, so it may be made a second time, in a new session.
        """
        if self._closed:
            raise DeviceLost("the phone is closed; make a new one")
        _, _, errors = _client()
        try:
            return request(self._driver)
        except errors as error:
            message = _message(error)
            if not _is_gone(error):
                raise DeviceError(f"Appium refuses: {message}") from error
            if not again:
                raise DeviceLost(f"Appium lost the phone: {message}") from error
        self._begin()
        try:
            return request(self._driver)
        except errors as error:
            raise DeviceLost(f"Appium lost the phone: {_message(error)}") from error


class AppiumShell(AndroidShell):
    """Android's `sh` through `mobile: shell`, which gives no status, trims what it gives, and takes no input."""

    def __init__(self, session: AppiumSession) -> None:
        self._session = session
        self._boot: str | None = None

    def forget_boot(self) -> None:
        self._boot = None

    def run(self, script: str, *, stdin: bytes = b"", timeout_s: float = DEFAULT_TIMEOUT_S) -> Output:
        if self._boot is None:
            self._boot = self._run(BOOT_SCRIPT, b"", timeout_s).text.strip()
        output = self._run(guarded(script, self._boot), stdin, timeout_s)
        if output.status and output.stdout.startswith(OTHER_PHONE.encode()):
            raise DeviceLost("the phone was started anew, or is another one now: its state is gone")
        return output

    def _run(self, script: str, stdin: bytes, timeout_s: float) -> Output:
        # Marks around the output keep its blanks, and bring the status. A subshell, so that `exit` ends the script only.
        source = f"echo {base64.b64encode(stdin).decode()} | base64 -d | " if stdin else ""
        whole = f"echo '{_BEGIN}'; {source}({script}\n); s=$?; echo; echo '{_END}' $s"
        try:
            answer: dict[str, Any] = self._session.call(
                "mobile: shell", command=whole, args=[], includeStderr=True, timeout=int(timeout_s * 1000)
            )
        except DeviceLost:
            raise
        except DeviceError as error:
            if "adb_shell" in str(error):
                raise NotSupported("the Appium server gives no shell: start it with `--allow-insecure uiautomator2:adb_shell`") from error
            # The script itself cannot fail here: its status comes with the answer.
            raise DeviceLost(f"Appium lost the phone: {error}") from error
        out = str(answer.get("stdout", ""))
        match = _ANSWER.search(out)
        if match is None:
            raise DeviceLost(f"the phone's answer through Appium is cut short: {out[-200:]!r}")
        return Output(int(match.group(2)), match.group(1).encode(), str(answer.get("stderr", "")).encode())

    def exec(self, script: str, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> bytes:
        text = self.run(f"({script}\n) | base64", timeout_s=timeout_s).text
        try:
            return base64.b64decode("".join(text.split()), validate=True)
        except binascii.Error as error:
            raise DeviceError(f"the phone's `base64` gave {text[:100]!r}") from error

    def push(self, path: str, data: bytes) -> None:
        if not data:
            # The driver refuses empty files.
            self.run(f": > {quote(path)}")
            return
        self._session.push(path, data)

    def pull(self, path: str) -> bytes:
        try:
            return self._session.pull(path)
        except DeviceLost:
            raise
        except DeviceError as error:
            if "does not exist" in str(error) or "No such file" in str(error):
                raise NotFound(f"no file `{path}`") from error
            raise


def _client() -> tuple[Any, Any, tuple[type[Exception], ...]]:
    """The client's driver and options, and the errors it raises."""
    try:
        from appium import webdriver
        from appium.options.android import UiAutomator2Options
        from selenium.common.exceptions import WebDriverException
        from urllib3.exceptions import HTTPError
    except ImportError as error:
        raise MissingPrerequisite("phones through Appium need its client: `pip install 'mobilegym[appium]'`") from error
    return webdriver.Remote, UiAutomator2Options, (WebDriverException, HTTPError, OSError)


def _prefixed(capabilities: Mapping[str, Any]) -> dict[str, Any]:
    return {name if ":" in name or name == "platformName" else f"appium:{name}": value for name, value in capabilities.items()}


def _full_message(error: Exception) -> str:
    return (getattr(error, "msg", None) or str(error)).strip().partition("\nStacktrace:")[0]


def _message(error: Exception) -> str:
    """What an error says in the end: Appium repeats the whole command first."""
    text = _full_message(error)
    return text if len(text) < _LONGEST else f"… {text[-_LONGEST:]}"


def _is_gone(error: Exception) -> bool:
    from selenium.common.exceptions import InvalidSessionIdException, WebDriverException

    if isinstance(error, InvalidSessionIdException) or not isinstance(error, WebDriverException):
        return True
    return _GONE.search(_full_message(error)) is not None
