"""A turn on PostgreSQL: one statement, one round trip, one commit.

The conversation's own change is the query `turn`; everything else is written for the row that it gives, so that a
conversation that moved on writes nothing. Rows travel as one array for each column, so that the text depends on what
kinds of things are written but not on how many, and is prepared once.
"""

import re
from functools import cache
from typing import Any

from deskhand.adapters.sql.database import Row
from deskhand.adapters.sql.statements import select, update
from deskhand.adapters.sql.writes import TYPES, Delete, Insert, Update, Write

NEW_CONVERSATION = (
    "INSERT INTO conversations (version, seq, state, status, mode, channel, updated_at, workspace, id, created_at) "
    "VALUES (1, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING workspace, id"
)
CONVERSATION = update(
    "conversations",
    "version = version + 1, seq = %s, state = %s, status = %s, mode = %s, channel = %s, updated_at = %s",
    "workspace = %s AND id = %s AND version = %s RETURNING workspace, id",
)

Forms = tuple[Insert | Update | Delete, ...]


@cache
def statement(new: bool, forms: Forms) -> str:
    """The whole turn; gives a row if it was written. Divides by zero where an Update missed one of its rows."""
    queries = [f"turn AS ({NEW_CONVERSATION if new else CONVERSATION})"]
    queries += [f"w{place} AS ({_query(form)})" for place, form in enumerate(forms)]
    checks = [
        f"1 / ((SELECT count(*) FROM w{place}) = %s)::int"  # noqa: S608
        for place, form in enumerate(forms)
        if isinstance(form, Update)
    ]
    return f"WITH {', '.join(queries)} {select(', '.join(['1', *checks]), 'turn')}"


def parameters(row: Row, writes: list[Write]) -> list[Any]:
    """What goes into the statement's places."""
    found: list[Any] = list(row)
    for write in writes:
        places = [place for place, name in enumerate(write.form.columns) if name in write.form.own]
        found += [[values[place] for values in write.rows] for place in places]
    found += [len(write.rows) for write in writes if isinstance(write.form, Update)]
    return found


def _query(form: Insert | Update | Delete) -> str:
    arrays = ", ".join(f"%s::{TYPES.get(name, 'text')}[]" for name in form.own)
    source = f"turn, unnest({arrays}) AS x ({', '.join(form.own)})"
    match form:
        case Insert():
            values = ", ".join(_value(name) for name in form.columns)
            columns = ", ".join(form.columns)
            return f"INSERT INTO {form.table} ({columns}) SELECT {values} FROM {source} {form.on_conflict}"  # noqa: S608
        case Update():
            return f"UPDATE {form.table} SET {_filled(form.sets)} FROM {source} WHERE {_filled(form.where)} RETURNING 1"  # noqa: S608
        case Delete():
            return f"DELETE FROM {form.table} USING {source} WHERE {_filled(form.where)}"  # noqa: S608


def _filled(text: str) -> str:
    return re.sub(r":(\w+)", lambda found: _value(found[1]), text)


def _value(column: str) -> str:
    own = {"workspace": "turn.workspace", "conversation": "turn.id"}
    return own.get(column, f"x.{column}")
