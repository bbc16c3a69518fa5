"""When a member of a workspace was there last."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table; nobody was there yet."""
    op.create_table(
        "attendance",
        sa.Column("workspace", sa.LargeBinary(16), nullable=False, comment="UUIDv7; its prefix is put back on reading"),
        sa.Column("seen_at", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("workspace"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("attendance")
