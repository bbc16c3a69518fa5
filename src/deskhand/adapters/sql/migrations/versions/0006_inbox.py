"""What the inbox needs beside conversations."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _ident(name: str) -> sa.Column[bytes]:
    comment = "UUIDv7; its prefix is put back on reading"
    return sa.Column(name, sa.LargeBinary(16), nullable=False, comment=comment)


def _words(name: str, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null, autoincrement=False)


def _some(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "inbox", ["workspace", *columns], sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "inbox",
        _ident("workspace"),
        _ident("conversation"),
        _number("version"),
        _number("seq"),
        _words("queue"),
        _words("assignee", null=True),
        _words("member", null=True),
        _words("waits", null=True),
        _number("since", null=True),
        _number("unanswered", null=True),
        _number("activity_at"),
        _number("heard"),
        _words("last_by"),
        _words("last_text"),
        _words("name"),
        _words("channel"),
        _words("tags"),
        sa.PrimaryKeyConstraint("workspace", "conversation"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )
    order = ["activity_at", "conversation"]
    op.create_index("inbox_queue", "inbox", ["workspace", "queue", *order])
    _some("inbox_open", order, "queue <> 'resolved'")
    _some("inbox_assignee", ["assignee", *order], "assignee IS NOT NULL AND queue <> 'resolved'")
    _some("inbox_waiting", order, "since IS NOT NULL")
    op.create_table(
        "inbox_reads",
        _ident("workspace"),
        _words("reader"),
        _ident("conversation"),
        _number("seq"),
        sa.PrimaryKeyConstraint("workspace", "reader", "conversation"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )


def downgrade() -> None:
    """Take them back."""
    op.drop_table("inbox_reads")
    op.drop_table("inbox")
