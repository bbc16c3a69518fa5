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
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


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


def test_the_newest_form_is_the_last_migration(empty_sqlite_url: str) -> None:
    migrate(empty_sqlite_url)
    with engine_for(empty_sqlite_url).connect() as connection:
        assert connection.exec_driver_sql(QUESTION).scalar() == REVISIONS[-1]


@pytest.mark.parametrize("table", [table for table in metadata.sorted_tables if table.name != "workspaces"], ids=str)
def test_every_primary_key_begins_with_the_workspace(table: Table) -> None:
    assert next(iter(table.primary_key)).name == "workspace"


def test_the_first_migration_can_be_taken_back(empty_database_url: str) -> None:
    migrate(empty_database_url)
    with engine_for(empty_database_url).begin() as connection:
        command.downgrade(config_for(connection), "base")
    assert _form(empty_database_url) == []
    migrate(empty_database_url)
