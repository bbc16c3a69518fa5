"""What tables are made of: kinds of columns, small rows in the primary key's own tree, indexes of some rows."""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, Table, Text
from sqlalchemy import text as sql
from sqlalchemy.types import TypeEngine

metadata = MetaData()


def ident(name: str, primary: bool = False, null: bool = False) -> Column[bytes]:
    """An identifier."""
    return Column(
        name,
        LargeBinary(16),
        primary_key=primary,
        nullable=null,
        comment="UUIDv7; its prefix is put back on reading",
    )


def column(name: str, kind: type[TypeEngine[Any]], primary: bool = False, null: bool = False) -> Column[object]:
    """A column of this kind."""
    return Column(name, kind, primary_key=primary, nullable=null, autoincrement=False)


def text(name: str, primary: bool = False, null: bool = False) -> Column[object]:
    """A text."""
    return column(name, Text, primary, null)


def number(name: str, primary: bool = False, null: bool = False) -> Column[object]:
    """A whole number, or a time."""
    return column(name, BigInteger, primary, null)


def workspace() -> Column[bytes]:
    """The tenant, which leads the primary key."""
    return ident("workspace", primary=True)


def keyed(name: str, *parts: Column[bytes] | Column[object] | Index, fillfactor: int | None = None) -> Table:
    """A table of small rows: SQLite keeps them in the primary key's own tree."""
    room = {"fillfactor": fillfactor} if fillfactor else None
    return Table(name, metadata, *parts, sqlite_with_rowid=False, postgresql_with=room)


def only(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of some rows alone."""
    return Index(name, *columns, unique=unique, sqlite_where=sql(where), postgresql_where=sql(where))
