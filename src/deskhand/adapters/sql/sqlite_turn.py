"""A turn on SQLite, run by the writer inside its transaction."""

import sqlite3

from deskhand.adapters.sql.database import PlaceTaken, Row
from deskhand.adapters.sql.writes import NEW_RESERVATIONS, SEEN, Write
from deskhand.ports.turns import Conflict, DuplicateEvent


def apply(connection: sqlite3.Connection, writes: list[Write], events: list[Row]) -> None:
    """Write the turn. Raises Conflict, PlaceTaken, or DuplicateEvent where one of its events is stored already.

    What it wrote before it raised is the caller's to roll back.
    """
    try:
        for write in writes:
            _write(connection, write)
    except (Conflict, PlaceTaken, sqlite3.IntegrityError) as error:
        connection.execute("ROLLBACK TO turn")  # its own entries are no repetition
        if any(connection.execute(SEEN, event).fetchone() for event in events):
            raise DuplicateEvent from error
        raise


def _write(connection: sqlite3.Connection, write: Write) -> None:
    try:
        changed = connection.executemany(write.form.sql, write.rows).rowcount
    except sqlite3.IntegrityError as error:
        if write.form is NEW_RESERVATIONS:
            raise PlaceTaken from error
        raise
    if write.form.checked and changed != len(write.rows):
        raise Conflict
