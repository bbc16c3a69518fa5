"""What every test may ask for: databases that are fresh and migrated, on SQLite and on PostgreSQL."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.adapters.sql.migrations.migrate import migrate
from tests import postgres


def pytest_report_header() -> str:
    return f"databases: SQLite {sqlite3.sqlite_version}, {postgres.installed()}"


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist, which may be switched off
def pytest_xdist_auto_num_workers() -> int:
    """Two for a core: tests wait for disks, servers and browsers part of the time."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: postgres.Server) -> str:
    """The name of the migrated database that `postgres_url` lends."""
    name = postgres_server.fresh()
    migrate(postgres_server.url(name))
    return name


@pytest.fixture
def postgres_url(postgres_server: postgres.Server, migrated_postgres: str) -> Iterator[str]:
    """The address of a migrated PostgreSQL database with no rows in it; leave its tables as they are."""
    yield postgres_server.url(migrated_postgres)
    postgres_server.wipe(migrated_postgres)


@pytest.fixture
def empty_postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """The address of a PostgreSQL database with nothing in it."""
    name = postgres_server.fresh()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy; don't open it."""
    path = tmp_path_factory.mktemp("migrated") / "deskhand.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The address of a fresh, migrated SQLite file."""
    path = tmp_path / "deskhand.db"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'deskhand.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated database: the test runs once on each backend."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(fixture))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with nothing in it: the test runs once on each backend."""
    fixture = "empty_sqlite_url" if request.param == "sqlite" else "empty_postgres_url"
    return str(request.getfixturevalue(fixture))
