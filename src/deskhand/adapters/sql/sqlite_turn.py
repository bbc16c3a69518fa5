"""A turn on SQLite: one statement for each form of row, run by the writer inside its transaction."""

import re
import sqlite3
from functools import cache

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.database import Row
from deskhand.adapters.sql.statements import delete, insert, update
from deskhand.adapters.sql.writes import Delete, Insert, Update, Write
from deskhand.ports.turns import Conflict, DuplicateEvent, TurnCommit

NEW_CONVERSATION = (
    "INSERT INTO conversations (version, seq, state, status, mode, channel, updated_at, workspace, id, created_at) "
    "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
CONVERSATION = (
    "UPDATE conversations SET version = version + 1, seq = ?, state = ?, status = ?, mode = ?, channel = ?, "
    "updated_at = ? WHERE workspace = ? AND id = ? AND version = ?"
)
SEEN = "SELECT seq FROM entries WHERE workspace = ? AND conversation = ? AND event_id = ?"


def apply(connection: sqlite3.Connection, turn: TurnCommit, row: Row, writes: list[Write]) -> None:
    """Write the turn. Raises Conflict or DuplicateEvent; what it wrote before must then be rolled back."""
    try:
        if connection.execute(CONVERSATION if turn.expected else NEW_CONVERSATION, row).rowcount != 1:
            raise Conflict
        for write in writes:
            changed = connection.executemany(statement(write.form), write.rows).rowcount
            if isinstance(write.form, Update) and changed != len(write.rows):
                raise Conflict
    except (Conflict, sqlite3.IntegrityError):
        if _was_seen(connection, turn):
            raise DuplicateEvent from None
        raise


def _was_seen(connection: sqlite3.Connection, turn: TurnCommit) -> bool:
    """Whether an event of this turn is stored already, by another turn."""
    own = ids.raw(ids.WORKSPACE, turn.workspace), ids.raw(ids.CONVERSATION, turn.conversation)
    connection.execute("ROLLBACK TO turn")
    events = [entry.event_id for entry in turn.entries if entry.event_id is not None]
    return any(connection.execute(SEEN, (*own, event)).fetchone() for event in events)


@cache
def statement(form: Insert | Update | Delete) -> str:
    """The form's statement with a `?` for each column."""
    match form:
        case Insert():
            return insert(form.table, ", ".join(form.columns), form.on_conflict)
        case Update():
            text = update(form.table, form.sets, form.where)
        case Delete():
            text = delete(form.table, form.where)
    return re.sub(r":\w+", "?", text)
