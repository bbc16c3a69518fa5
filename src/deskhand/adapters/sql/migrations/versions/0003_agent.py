"""The agent: knowledge, contacts, and what was asked of models."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _ident(name: str) -> sa.Column[bytes]:
    comment = "UUIDv7; its prefix is put back on reading"
    return sa.Column(name, sa.LargeBinary(16), nullable=False, comment=comment)


def _words(name: str, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null, autoincrement=False)


def _knowledge() -> None:
    op.create_table(
        "sources",
        _ident("workspace"),
        _words("slug"),
        _words("document"),
        _words("state"),
        _words("problem", null=True),
        _number("revision"),
        _number("passages"),
        _number("updated_at"),
        _number("crawled_at", null=True),
        _number("crawl_at", null=True),
        _words("validators", null=True),
        _words("content", null=True),
        sa.PrimaryKeyConstraint("workspace", "slug"),
    )
    due = sa.text("crawl_at IS NOT NULL")
    op.create_index("sources_crawl", "sources", ["crawl_at"], sqlite_where=due, postgresql_where=due)
    op.create_table(
        "passages",
        _ident("workspace"),
        _words("source"),
        _number("number"),
        _words("body"),
        sa.PrimaryKeyConstraint("workspace", "source", "number"),
    )


def _spending() -> None:
    op.create_table(
        "spending",
        _ident("workspace"),
        _words("day"),
        _words("model"),
        _number("cost"),
        _number("input_tokens"),
        _number("output_tokens"),
        _number("calls"),
        sa.PrimaryKeyConstraint("workspace", "day", "model"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )


def upgrade() -> None:
    """Add what the agent needs to understand customers and to know them."""
    _spending()
    _knowledge()


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("spending")
    op.drop_table("passages")
    op.drop_table("sources")
