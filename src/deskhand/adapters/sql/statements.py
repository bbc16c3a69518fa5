"""Statements put together from column lists of this package; values always travel apart."""


def select(columns: str, rest: str) -> str:
    """A SELECT of these columns; `rest` begins with the table."""
    return f"SELECT {columns} FROM {rest}"  # noqa: S608


def insert(table: str, columns: str, then: str = "") -> str:
    """An INSERT with a `?` for each column; `then` says what happens to a row that is there already."""
    marks = ", ".join("?" for _ in columns.split(","))
    return f"INSERT INTO {table} ({columns}) VALUES ({marks}) {then}".rstrip()  # noqa: S608


def update(table: str, sets: str, where: str) -> str:
    """An UPDATE."""
    return f"UPDATE {table} SET {sets} WHERE {where}"  # noqa: S608


def delete(table: str, where: str) -> str:
    """A DELETE."""
    return f"DELETE FROM {table} WHERE {where}"  # noqa: S608


IF_NEW = "ON CONFLICT DO NOTHING RETURNING 1"
"""An INSERT that gives a row back only where there was none before."""


def indexed_by(index: str) -> str:
    """A hint after a table: SQLite keeps no figures about rows and is told, for PostgreSQL it is a comment."""
    return f"/* INDEXED BY {index} */"
