"""Headless Chromium doing the same as the phone: click a row of a list, read every node, take a picture.

It is driven over its own debugging pipe, the fastest way there is, so that the comparison favours the browser.
"""

from __future__ import annotations

import base64
import io
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import numpy as np
from PIL import Image

from mobilegym.bench.measure import timed
from mobilegym.bench.results import ChromiumResults
from mobilegym.errors import MissingPrerequisite

__all__ = ["measure_chromium"]

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PAGE: Final = """<!doctype html><meta name=viewport content="width=device-width"><style>
body{margin:0;font:16px sans-serif;background:#fff}header{height:64px;padding:20px;font-size:28px;box-sizing:border-box}
div.row{height:72px;padding:12px 24px;box-sizing:border-box;border-bottom:1px solid #eee;display:flex;align-items:center;gap:16px}
i{width:24px;height:24px;border-radius:12px;background:#4a6}b{font-weight:500}small{display:block;color:#666}
.on{background:#dde6ff}</style><header>Settings</header><main></main><script>
const names=["Network","Devices","Apps","Notifications","Battery","Storage","Sound","Display","Wallpaper",
"Accessibility","Security","Location"];
document.querySelector("main").innerHTML=names.map((n,i)=>
`<div class=row role=button aria-label="${n}" id=row${i}><i></i><span><b>${n}</b><small>Off</small></span></div>`).join("");
document.querySelectorAll(".row").forEach(r=>r.onclick=()=>{r.classList.toggle("on");const s=r.querySelector("small");
s.textContent=s.textContent=="Off"?"On":"Off"});
window.read=()=>JSON.stringify([...document.querySelectorAll("*")].map(e=>{const b=e.getBoundingClientRect();
return [e.tagName,e.id,e.childElementCount?"":e.textContent,b.left,b.top,b.right,b.bottom]}))</script>"""


class _Chromium:
    """A headless browser on one page, as large as the phone: 411 × 914 CSS px at 2.625."""

    def __init__(self, program: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="mobilegym-chromium-")
        read_commands, self._commands = os.pipe()
        self._answers, write_answers = os.pipe()

        def place_pipes() -> None:
            # Chromium reads commands from descriptor 3 and answers on 4; copies first, since either may be taken by the other.
            commands, answers = os.dup(read_commands), os.dup(write_answers)
            os.dup2(commands, 3)
            os.dup2(answers, 4)

        page = Path(self._folder.name) / "page.html"
        page.write_text(_PAGE, encoding="utf-8")
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe", "--hide-scrollbars"]
        options += [f"--user-data-dir={self._folder.name}/profile", "--window-size=411,914", page.as_uri()]
        self._process = subprocess.Popen(
            [program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=place_pipes, close_fds=False
        )
        os.close(read_commands)
        os.close(write_answers)
        self._numbers = itertools.count(1)
        self._buffer = b""
        self._session: str | None = None
        self.version = str(self.call("Browser.getVersion")["product"])
        self._attach()

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == number:
                if "error" in answer:
                    raise MissingPrerequisite(f"Chromium refused `{method}`: {answer['error'].get('message')}")
                return answer["result"]

    def evaluate(self, code: str) -> Any:
        return self.call("Runtime.evaluate", expression=code, returnByValue=True)["result"].get("value")

    def resize(self, scale: float) -> None:
        self.call("Emulation.setDeviceMetricsOverride", width=411, height=914, deviceScaleFactor=scale, mobile=True)

    def click(self, number: int) -> None:
        y = 64 + 72 * (number % 11) + 36
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=200, y=y, button="left", clickCount=1)

    def picture(self) -> np.ndarray:
        data = self.call("Page.captureScreenshot", format="png", optimizeForSpeed=True)["data"]
        with Image.open(io.BytesIO(base64.b64decode(data))) as image:
            return np.asarray(image.convert("RGB"))

    def memory_bytes(self) -> int:
        """Proportional set size of the browser and all its children."""
        return sum(_pss(pid) for pid in _family(self._process.pid))

    def __enter__(self) -> _Chromium:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._commands)
        os.close(self._answers)
        self._folder.cleanup()

    def _attach(self) -> None:
        while True:
            pages = [t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page"]
            if pages:
                break
        self._session = self.call("Target.attachToTarget", targetId=pages[0]["targetId"], flatten=True)["sessionId"]
        while self.evaluate("document.readyState + typeof window.read") != "completefunction":
            pass

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            chunk = os.read(self._answers, 1 << 20)
            if not chunk:
                raise MissingPrerequisite("Chromium ended while it was being measured; run it once by hand to see why")
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(line)


def measure_chromium(*, seconds: float = 3.0) -> ChromiumResults:
    """Run the loop in Chromium.

    Raises:
        MissingPrerequisite: It is not installed, or does not work here.
    """
    program = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if program is None:
        raise MissingPrerequisite("no Chromium to compare with; `apt-get install chromium`")
    start = time.perf_counter()
    with _Chromium(program) as browser:
        browser.resize(2.625)
        browser.picture()
        start_s = time.perf_counter() - start

        def step(number: int, look: bool) -> None:
            browser.click(number)
            json.loads(browser.evaluate("read()"))
            if look:
                browser.picture()

        tree = timed(lambda n: step(n, False), seconds=seconds)
        full = timed(lambda n: step(n, True), seconds=seconds)
        memory = browser.memory_bytes()
        browser.resize(2.625 / 2)
        half = timed(lambda n: step(n, True), seconds=seconds)
        return ChromiumResults(
            round(tree.per_s, 1), round(half.per_s, 1), round(full.per_s, 1), round(start_s, 2), round(memory / 1e6, 1), browser.version
        )


def _family(pid: int) -> list[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents[int(entry.name)] = int(entry.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    found = [pid]
    for member in found:
        found += [child for child, parent in parents.items() if parent == member]
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
