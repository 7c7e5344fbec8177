"""`mobilegym phone`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mobilegym.cli.options import device_options, pixel_size
from mobilegym.cli.output import JsonOption, console, emit
from mobilegym.cli.serve import serve

app = typer.Typer(help="Look at a phone, or serve phones to adb.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Look at a phone, or serve phones to adb."""


app.command()(serve)


@app.command()
def screenshot(
    file: Annotated[Path, typer.Argument(help="PNG file to write.", show_default=False)],
    open_app: Annotated[str | None, typer.Option("--app", help="Open this app first: label or package.")] = None,
    size: Annotated[str | None, typer.Option(help="HEIGHTxWIDTH; the phone's own by default.")] = None,
    device: Annotated[str, typer.Option(help="Kind of phone; module:function for your own.")] = "virtual",
    option: Annotated[list[str] | None, typer.Option(help="key=value for the phone, such as dark=true.")] = None,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Save what the phone shows as a PNG."""
    from mobilegym.actions import OpenApp
    from mobilegym.emulator.build import DeviceSpec, build_device
    from mobilegym.episodes.record import encode_png
    from mobilegym.errors import DeviceError

    with build_device(DeviceSpec(device, device_options(option or ()))) as phone:
        if open_app is not None and (error := phone.perform(OpenApp(open_app))):
            raise DeviceError(error)
        wanted = pixel_size(size, option="--size") if size is not None else None
        screen = phone.observe(pixels=wanted or (phone.info.height, phone.info.width))
    if screen.pixels is None:
        raise DeviceError(f"a `{device}` phone gave no pixels")
    try:
        file.write_bytes(encode_png(screen.pixels))
    except OSError as error:
        raise DeviceError(f"{file}: cannot be written: {error.strerror}") from error
    height, width, _ = screen.pixels.shape
    if as_json:
        emit({"file": str(file), "height": height, "width": width, "activity": str(screen.activity)})
    else:
        console().print(f"{file}  [dim]{width}×{height}, {screen.activity}[/]", soft_wrap=True)
