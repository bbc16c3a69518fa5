"""Accounts, members, sessions, invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _ident(name: str, null: bool = False) -> sa.Column[bytes]:
    comment = "UUIDv7; its prefix is put back on reading"
    return sa.Column(name, sa.LargeBinary(16), nullable=null, comment=comment)


def _digest() -> sa.Column[bytes]:
    return sa.Column("digest", sa.LargeBinary(), nullable=False)


def _words(name: str, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def _people() -> None:
    op.create_table(
        "accounts",
        _ident("id"),
        _words("email"),
        _words("name"),
        _words("password"),
        _words("language", null=True),
        _ident("workspace", null=True),
        _number("created_at"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("accounts_email", "accounts", ["email"], unique=True)
    op.create_table(
        "sessions",
        _ident("id"),
        _digest(),
        _ident("account"),
        _ident("workspace"),
        _number("created_at"),
        _number("seen_at"),
        _number("expires_at"),
        _words("user_agent"),
        _words("ip"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("sessions_digest", "sessions", ["digest"], unique=True)
    op.create_index("sessions_account", "sessions", ["account", "id"])


def _workspaces() -> None:
    op.create_table(
        "members",
        _ident("workspace"),
        _ident("id"),
        _ident("account"),
        _words("name"),
        _words("role"),
        _number("created_at"),
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("members_account", "members", ["account", "workspace"], unique=True)
    op.create_table(
        "invitations",
        _ident("workspace"),
        _ident("id"),
        _digest(),
        _words("email"),
        _words("role"),
        _words("invited_by"),
        _number("created_at"),
        _number("expires_at"),
        _words("ended", null=True),
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("invitations_digest", "invitations", ["digest"], unique=True)
    is_open = sa.text("ended IS NULL")
    place = ["workspace", "email"]
    op.create_index(
        "invitations_open", "invitations", place, unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_table(
        "preferences",
        _ident("workspace"),
        _words("language"),
        _words("time_zone"),
        sa.PrimaryKeyConstraint("workspace"),
        sqlite_with_rowid=False,
    )


def upgrade() -> None:
    """Make the tables."""
    _people()
    _workspaces()


def downgrade() -> None:
    """Take them back."""
    for table in ("preferences", "invitations", "members", "sessions", "accounts"):
        op.drop_table(table)
