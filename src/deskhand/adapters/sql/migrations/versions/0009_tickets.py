"""How tickets stand and whose they are."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def upgrade() -> None:
    """Make the table; every ticket is open until a member says otherwise."""
    op.create_table(
        "ticket_states",
        sa.Column("workspace", sa.LargeBinary(16), nullable=False, comment="UUIDv7; its prefix is put back on reading"),
        _number("number"),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text(), nullable=True),
        _number("updated_at"),
        sa.PrimaryKeyConstraint("workspace", "number"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("ticket_states")
