"""Open a SQLite file: own it, bring it to the newest form, connect."""

import sqlite3
from contextlib import ExitStack

from deskhand.adapters.sql.file_lock import own_file
from deskhand.adapters.sql.migrations.version import QUESTION, bring_to_newest
from deskhand.adapters.sql.sqlite import Sqlite, connect
from deskhand.adapters.sql.urls import SqliteFile
from deskhand.ports.stores import StorageFailed


async def open_file(place: SqliteFile, apart: bool = False) -> Sqlite:
    """The file's database; it is made where there is none. Raises InUse, UnknownForm and StorageFailed."""
    try:
        place.path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as undo:
            lock = undo.enter_context(own_file(place.path))
            await bring_to_newest(_form(place), f"sqlite:///{place.path}", str(place), apart)
            database = Sqlite(place.path, lock)
            undo.pop_all()
            return database
    except (OSError, sqlite3.Error) as error:
        raise StorageFailed(f"The database {place} cannot be opened: {error}.") from error


def _form(place: SqliteFile) -> str | None:
    connection = connect(place.path)
    try:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        found = connection.execute(QUESTION).fetchone() if known else None
        return str(found[0]) if found else None
    finally:
        connection.close()
