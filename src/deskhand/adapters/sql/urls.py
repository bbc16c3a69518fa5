"""Where a database is: `sqlite:///path` or `postgresql://…`."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from deskhand.domain.errors import DeskhandError


class BadDatabaseUrl(DeskhandError):
    """The address of the database cannot be read."""


class InUse(DeskhandError):
    """The database is in use by another Deskhand process."""


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A SQLite database."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class PostgresUrl:
    """A PostgreSQL database."""

    url: str

    def __str__(self) -> str:
        """The address without user and password."""
        parts = urlsplit(self.url)
        return f"{unquote(parts.path.lstrip('/'))} at {parts.hostname or 'the local socket'}"


def parse(url: str) -> SqliteFile | PostgresUrl:
    """The place that an address names. `sqlite:///deskhand.db` is relative, `sqlite:////var/deskhand.db` is not."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme == "sqlite":
        path = rest.removeprefix("/")
        if path and path != ":memory:" and not path.startswith("file:"):
            return SqliteFile(Path(path).expanduser())
        raise BadDatabaseUrl(f"`{url}` names no file: write `sqlite:///deskhand.db`.")
    if separator and scheme in ("postgresql", "postgres"):
        return PostgresUrl(f"postgresql://{rest}")
    raise BadDatabaseUrl(
        "The address of the database must begin with `sqlite:///` or `postgresql://`, "
        f"as in `sqlite:///deskhand.db`; this one begins with `{url[:12]}`."
    )
