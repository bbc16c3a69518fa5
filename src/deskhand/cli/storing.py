"""Storing documents from files on a server."""

from collections.abc import Callable, Iterable
from pathlib import Path

from deskhand.cli.commands import BadFile
from deskhand.cli.printing import say


def store_files(files: Iterable[Path], path: Callable[[str], str], url: str | None, key: str | None) -> None:
    """Put each file's document at the address of its slug. Raises BadFile, and what a RestClient raises."""
    from deskhand.cli.documents import read_mapping
    from deskhand.cli.server import connect

    server = connect(url, key)
    for file in files:
        document = read_mapping(file)
        slug = document.get("slug")
        if not isinstance(slug, str) or not slug:
            raise BadFile(f"{file}: `slug` is missing.")
        server.request("PUT", path(slug), document)
        say(f"{file}: `{slug}` is stored.")
