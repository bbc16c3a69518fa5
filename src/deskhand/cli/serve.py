"""`deskhand serve` and `deskhand demo`: run the server."""

import gc
import signal
from pathlib import Path
from typing import Annotated

import typer

from deskhand.settings import from_environment

Host = Annotated[
    str | None,
    typer.Option(
        "--host", metavar="HOST", help="Where to listen; by default 127.0.0.1, this machine only (DESKHAND_HOST)."
    ),
]
Port = Annotated[
    int | None,
    typer.Option("--port", metavar="PORT", help="The port; by default 8000, 0 takes a free one (DESKHAND_PORT)."),
]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="FOLDER", help="Where database, keys and mailbox lie; by default .deskhand (DESKHAND_DATA)."
    ),
]
NoOpen = Annotated[
    bool,
    typer.Option(
        "--no-open", metavar="", help="Open no browser; without a terminal or a screen, none is opened anyhow."
    ),
]


def serve(host: Host = None, port: Port = None, data: Data = None) -> None:
    """Run the server until Ctrl-C.

    The first start makes a workspace and prints an API key, which is kept in the data folder as well.
    """
    _start("serve", host, port, data)


def demo(port: Port = None, data: Data = None, no_open: NoOpen = False) -> None:
    """Run the server with a demo shop beside it, and open both in the browser.

    The worked examples are published, the chat is in the shop's pages, and the dashboard at the address that is printed
    needs no key. It listens on this machine only, and keeps its data in a folder of its own.
    """
    _start("demo", None, port, data, opens=not no_open)


def _start(what: str, host: str | None, port: int | None, data: Path | None, *, opens: bool = False) -> None:
    """Serve until a signal, also one that comes while everything is still being loaded."""
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        settings = from_environment(host=host, port=port, data=data)
        # most of the start is importing, in which there is nothing to collect
        gc.disable()
        from deskhand.cli import serving

        gc.enable()
        gc.freeze()
        serving.run(what, settings, opens=opens)
    except KeyboardInterrupt:
        return
