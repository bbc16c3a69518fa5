"""Whose the widget's conversations are, and the files that visitors send."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_ID = "UUIDv7; its prefix is put back on reading"


def _id(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(16), nullable=False, comment=_ID)


def _text(name: str, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "visits",
        _id("workspace"),
        _text("agent"),
        sa.Column("owner", sa.LargeBinary(), nullable=False),
        _id("conversation"),
        _number("at"),
        sa.PrimaryKeyConstraint("workspace", "agent", "owner", "conversation"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attachments",
        _id("workspace"),
        _id("conversation"),
        _id("id"),
        _text("name"),
        _text("type"),
        _number("size"),
        _number("at"),
        _text("event", null=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "conversation", "id"),
    )
    unsent = sa.text("event IS NULL")
    op.create_index("attachments_unsent", "attachments", ["at"], sqlite_where=unsent, postgresql_where=unsent)


def downgrade() -> None:
    """Take them back."""
    op.drop_table("attachments")
    op.drop_table("visits")
