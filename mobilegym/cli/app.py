"""The commands and what they share; each command's work is in a module of its own, imported when it runs."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from mobilegym.cli import agents, apps, bench, demo, episode, fleet, parity, phone, report, run, tasks
from mobilegym.cli.output import JsonOption, console, emit, fail
from mobilegym.errors import MobileGymError, ReplayMismatch

app = typer.Typer(
    name="mobilegym",
    help="A testbed for agents that use somebody's phone.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run")(run.run)
app.command("report")(report.report)
app.command("replay")(episode.replay)
app.command("demo")(demo.demo)
app.command("bench")(bench.bench)
app.command("parity")(parity.parity)
app.add_typer(tasks.app, name="tasks")
app.add_typer(agents.app, name="agents")
app.add_typer(apps.app, name="apps")
app.add_typer(phone.app, name="phone")
app.add_typer(fleet.app, name="fleet")


@app.command()
def version(as_json: Annotated[bool, JsonOption] = False) -> None:
    """Print the version."""
    import platform

    from mobilegym import __version__
    from mobilegym.episodes.provenance import git_commit

    if as_json:
        emit({"mobilegym": __version__, "git_commit": git_commit(), "python": platform.python_version(), "platform": platform.platform()})
    else:
        console().print(f"MobileGym {__version__}")


def main() -> None:
    """Run the command line; what the user can mend is said in one line on standard error, with exit code 2."""
    try:
        app()
    except ReplayMismatch as error:
        fail(str(error), code=1)
    except MobileGymError as error:
        fail(str(error))
    except BrokenPipeError:
        # Somebody closed the pipe, `head` for instance; Python would complain once more while it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(141) from None
