"""Who may decide an approval."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_BEFORE = (
    "workspace, id, conversation, run, seq, about, procedure, status, card, requested_at, expires_at, decided_at, "
    "decided_by, reason"
)


def _ident(name: str) -> sa.Column[bytes]:
    comment = "UUIDv7; its prefix is put back on reading"
    return sa.Column(name, sa.LargeBinary(16), nullable=False, comment=comment)


def _words(name: str, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null, autoincrement=False)


def _rights() -> sa.Column[str]:
    return sa.Column("rights", sa.Text(), nullable=False, server_default="{}")


def _table(*more: sa.Column[str]) -> None:
    op.create_table(
        "approvals",
        _ident("workspace"),
        _ident("id"),
        _ident("conversation"),
        _ident("run"),
        _number("seq"),
        _words("about"),
        _words("procedure"),
        _words("status"),
        _words("card"),
        _number("requested_at"),
        _number("expires_at", null=True),
        _number("decided_at", null=True),
        _words("decided_by", null=True),
        _words("reason", null=True),
        *more,
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
    )


def _indexes() -> None:
    op.create_index("approvals_conversation", "approvals", ["workspace", "conversation", "id"])
    pending = sa.text("status = 'pending'")
    columns = ["workspace", "id"]
    op.create_index("approvals_pending", "approvals", columns, sqlite_where=pending, postgresql_where=pending)


def _made_anew(*more: sa.Column[str]) -> None:
    """The table with its columns where a new one has them."""
    op.drop_index("approvals_conversation", "approvals")
    op.drop_index("approvals_pending", "approvals")
    op.rename_table("approvals", "approvals_before")
    _table(*more)
    op.execute(f"INSERT INTO approvals ({_BEFORE}) SELECT {_BEFORE} FROM approvals_before")  # noqa: S608
    op.drop_table("approvals_before")
    _indexes()


def upgrade() -> None:
    """Keep with an approval who may decide it; those that wait already may be decided by every member."""
    if op.get_bind().dialect.name == "sqlite":
        _made_anew(_rights())
    else:
        op.add_column("approvals", _rights())


def downgrade() -> None:
    """Take it away again."""
    if op.get_bind().dialect.name == "sqlite":
        _made_anew()
    else:
        op.drop_column("approvals", "rights")
