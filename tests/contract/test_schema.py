"""The migrations make exactly what schema.py says, on both backends."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from deskhand.adapters.sql.migrations.migrate import engine_for, migrate
from deskhand.adapters.sql.schema import metadata


def test_the_migrations_lead_to_the_schema(empty_database_url: str) -> None:
    migrate(empty_database_url)
    with engine_for(empty_database_url).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
