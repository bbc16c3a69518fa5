"""Open a PostgreSQL database: own it, bring it to the newest form, connect."""

import psycopg
from psycopg import AsyncConnection, errors

from deskhand.adapters.sql.database import Row
from deskhand.adapters.sql.migrations.version import QUESTION, bring_to_newest
from deskhand.adapters.sql.postgres import Postgres, open_pool
from deskhand.adapters.sql.urls import InUse, PostgresUrl
from deskhand.ports.stores import StorageFailed

KEY = 0x6465736B  # "desk"
"""The advisory lock that the owner of a database holds."""

PATIENCE = "1s"
"""So long a process that was killed may take to disappear from PostgreSQL's sight."""


async def open_server(place: PostgresUrl, apart: bool = False) -> Postgres:
    """A database that is there already. Raises InUse, UnknownForm and StorageFailed."""
    try:
        owner = await _own(place)
        try:
            await bring_to_newest(await _form(owner), place.url, str(place), apart)
            return Postgres(await open_pool(place.url), owner)
        except BaseException:
            await owner.close()
            raise
    except psycopg.Error as error:
        said = str(error).strip().rstrip(".")
        raise StorageFailed(f"The database {place} cannot be opened: {said}.") from error


async def _own(place: PostgresUrl) -> AsyncConnection[Row]:
    """A connection that holds the lock as long as it stays open. Raises InUse."""
    owner = await AsyncConnection.connect(place.url, autocommit=True)
    try:
        await owner.execute(f"SET lock_timeout = '{PATIENCE}'")
        await owner.execute("SELECT pg_advisory_lock(%s)", (KEY,))
    except BaseException as error:
        await owner.close()
        if isinstance(error, errors.LockNotAvailable):
            raise InUse(f"The database {place} is in use by another Deskhand process. Stop that one first.") from None
        raise
    return owner


async def _form(owner: AsyncConnection[Row]) -> str | None:
    try:
        found = await (await owner.execute(QUESTION)).fetchone()
    except errors.UndefinedTable:
        return None
    return str(found[0]) if found else None
