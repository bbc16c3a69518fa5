"""The migrations make exactly what schema.py says, on both backends."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Table, text

from deskhand.adapters.sql.migrations.migrate import config_for, engine_for, migrate
from deskhand.adapters.sql.migrations.version import QUESTION, REVISIONS
from deskhand.adapters.sql.schema import metadata


def test_the_migrations_lead_to_the_schema(empty_database_url: str) -> None:
    migrate(empty_database_url)
    with engine_for(empty_database_url).connect() as connection:
        known = MigrationContext.configure(connection, opts={"include_name": _known})
        assert compare_metadata(known, metadata) == []


def _known(name: str | None, kind: str, parents: object) -> bool:
    """What SQLAlchemy knows of: not the tables of words, whose form the next test compares."""
    return kind != "table" or not str(name).startswith("digest_texts")


FORM = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%alembic%' AND sql IS NOT NULL ORDER BY name",
    "postgresql": """
        SELECT c.relname, c.reloptions, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
               pg_get_indexdef(c.oid), col_description(c.oid, a.attnum)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE '%alembic%' ORDER BY c.relname, a.attnum
    """,
}
"""What a comparison of columns and types does not see: WITHOUT ROWID, conditions of indexes, room in pages."""


def _form(url: str) -> list[tuple[object, ...]]:
    with engine_for(url).connect() as connection:
        found = connection.execute(text(FORM[connection.dialect.name].replace("::", "\\:\\:")))
        return [tuple(str(value).split() for value in row) for row in found]


def test_the_migrations_make_the_very_same_tables(empty_database_url: str) -> None:
    with engine_for(empty_database_url).begin() as connection:
        metadata.create_all(connection)
    made = _form(empty_database_url)
    with engine_for(empty_database_url).begin() as connection:
        metadata.drop_all(connection)
    migrate(empty_database_url)
    assert len(made) > 20
    assert _form(empty_database_url) == made


def test_a_draft_from_before_its_savers_were_noted_keeps_when_it_was_changed(empty_database_url: str) -> None:
    engine = engine_for(empty_database_url)
    with engine.begin() as connection:
        command.upgrade(config_for(connection), "0011")
        connection.execute(
            text("INSERT INTO procedures VALUES (:id, :id, 'refund', 'Refund', 'draft', '{}', 3, NULL, NULL, 1, 2)"),
            {"id": bytes(16)},
        )
    migrate(empty_database_url)
    told = text("SELECT slug, revision, created_at, updated_at, saved_by, saved_at FROM procedures")
    with engine.begin() as connection:
        assert connection.execute(told).one() == ("refund", 3, 1, 2, None, 2)
        command.downgrade(config_for(connection), "0011")
        assert connection.execute(text("SELECT slug, updated_at FROM procedures")).one() == ("refund", 2)


def test_the_newest_form_is_the_last_migration(empty_sqlite_url: str) -> None:
    migrate(empty_sqlite_url)
    with engine_for(empty_sqlite_url).connect() as connection:
        assert connection.exec_driver_sql(QUESTION).scalar() == REVISIONS[-1]


OF_NOBODY = ("workspaces", "accounts", "sessions")
"""A person can belong to several workspaces."""


@pytest.mark.parametrize("table", [table for table in metadata.sorted_tables if table.name not in OF_NOBODY], ids=str)
def test_every_primary_key_begins_with_the_workspace(table: Table) -> None:
    assert next(iter(table.primary_key)).name == "workspace"


def test_the_first_migration_can_be_taken_back(empty_database_url: str) -> None:
    migrate(empty_database_url)
    with engine_for(empty_database_url).begin() as connection:
        command.downgrade(config_for(connection), "base")
    assert _form(empty_database_url) == []
    migrate(empty_database_url)
