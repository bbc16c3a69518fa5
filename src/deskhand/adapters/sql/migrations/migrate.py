"""Bring a database to the newest form. Loads Alembic and SQLAlchemy: import it only where there is something to do."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from deskhand.adapters.sql.urls import SqliteFile, parse

HERE = Path(__file__).parent


def migrate(url: str) -> None:
    """Make the newest form of the database, in one transaction. Blocks."""
    engine = engine_for(url)
    try:
        with engine.begin() as connection:
            command.upgrade(config_for(connection), "head")
    finally:
        engine.dispose()


def config_for(connection: Connection) -> Config:
    """What Alembic has to know."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def engine_for(url: str) -> Engine:
    """SQLAlchemy's way into the database, for migrations alone."""
    place = parse(url)
    if not isinstance(place, SqliteFile):
        return create_engine("postgresql+psycopg://" + place.url.partition("://")[2], poolclass=NullPool)
    path = place.path
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path, isolation_level=None), poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # The driver opens no transaction before DDL: a crash half-way would leave some of the tables.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
