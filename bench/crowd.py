"""Many waiting runs, quickly: copies of one that the engine made, with identifiers of their own, in bulk."""

import os
import sqlite3
from collections.abc import Iterator
from typing import Any

import psycopg

COLUMNS = {
    "conversations": "workspace, id, version, seq, status, mode, channel, state, created_at, updated_at",
    "runs": "workspace, conversation, id, procedure, version, status, waiting, step, started_at, ended_at, state",
    "entries": "workspace, conversation, seq, kind, visible_to, run, at, event_id, body",
}
BATCH = 20_000
Row = tuple[Any, ...]


def crowd(url: str, conversation: str, run: str, count: int) -> None:
    """Add so many copies of a conversation with its run and log. Identifiers are shown ones (`conv_…`, `run_…`)."""
    copies = _SqliteCopies(url) if url.startswith("sqlite") else _PostgresCopies(url)
    own, its_run = bytes.fromhex(conversation[5:]), bytes.fromhex(run[4:])
    templates = {table: copies.read(table, own) for table in COLUMNS}
    for begin in range(0, count, BATCH):
        ids = [(os.urandom(16), os.urandom(16)) for _ in range(min(BATCH, count - begin))]
        for table, rows in templates.items():
            copies.write(table, (_copy(row, own, its_run, *new) for new in ids for row in rows))
    copies.close()


def _copy(row: Row, own: bytes, run: bytes, new_own: bytes, new_run: bytes) -> Row:
    def changed(value: Any) -> Any:
        if value == own:
            return new_own
        if value == run:
            return new_run
        if isinstance(value, str) and len(value) > 32:
            return value.replace(own.hex(), new_own.hex()).replace(run.hex(), new_run.hex())
        return value

    return tuple(changed(value) for value in row)


def _select(table: str, mark: str) -> str:
    key = "id" if table == "conversations" else "conversation"
    return f"SELECT {COLUMNS[table]} FROM {table} WHERE {key} = {mark}"


class _SqliteCopies:
    def __init__(self, url: str) -> None:
        self._connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=60)

    def read(self, table: str, conversation: bytes) -> list[Row]:
        return self._connection.execute(_select(table, "?"), (conversation,)).fetchall()

    def write(self, table: str, rows: Iterator[Row]) -> None:
        marks = ", ".join("?" for _ in COLUMNS[table].split(","))
        with self._connection:
            self._connection.executemany(f"INSERT INTO {table} ({COLUMNS[table]}) VALUES ({marks})", rows)

    def close(self) -> None:
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()


class _PostgresCopies:
    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)

    def read(self, table: str, conversation: bytes) -> list[Row]:
        return self._connection.execute(_select(table, "%s"), (conversation,)).fetchall()  # type: ignore[arg-type]

    def write(self, table: str, rows: Iterator[Row]) -> None:
        with self._connection.cursor().copy(f"COPY {table} ({COLUMNS[table]}) FROM STDIN") as copy:  # type: ignore[arg-type]
            for row in rows:
                copy.write_row(row)

    def close(self) -> None:
        self._connection.execute("ANALYZE")
        self._connection.close()
