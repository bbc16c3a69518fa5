"""What the commands share: printing, ending with a sentence, finding the server and its key."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from deskhand.adapters.edge.rest import RestClient
from deskhand.domain.errors import DeskhandError
from deskhand.settings import from_environment

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

KEY_FILE = "key"
"""In the data folder: the key that the first start made, for commands on the same machine."""

Url = Annotated[
    str | None,
    typer.Option("--url", envvar="DESKHAND_URL", help="The server; by default the one on this machine."),
]
Key = Annotated[
    str | None,
    typer.Option("--key", envvar="DESKHAND_KEY", help="An API key; by default the one that the first start made."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@contextmanager
def plain_errors() -> Iterator[None]:
    """End with a sentence and exit code 1 where something is wrong, never with a traceback."""
    try:
        yield
    except DeskhandError as error:
        err.print(f"[red]deskhand:[/] {error.sentence}", markup=True, soft_wrap=True)
        raise typer.Exit(1) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit(1) from None


def client(url: str | None, key: str | None) -> RestClient:
    """The server that the command is for."""
    settings = from_environment()
    address = url or settings.address
    return RestClient(address, key or _local_key(settings.data))


def _local_key(data: Path) -> str | None:
    for folder in (data / "demo", data):
        file = folder / KEY_FILE
        if file.is_file():
            return file.read_text().strip()
    return None


def read_file(path: Path) -> str:
    """A file's text; `-` is the standard input. Raises DeskhandError where it cannot be read."""
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise DeskhandError(f"{path} is no text in UTF-8.") from None
    except OSError as error:
        raise DeskhandError(f"{path} cannot be read: {error.strerror}.") from None
