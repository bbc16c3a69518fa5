"""Who saved a procedure's draft last, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_BEFORE = (
    "workspace, id, slug, name, status, draft, revision, simulated_revision, active_version, created_at, updated_at"
)


def _ident(name: str) -> sa.Column[bytes]:
    comment = "UUIDv7; its prefix is put back on reading"
    return sa.Column(name, sa.LargeBinary(16), nullable=False, comment=comment)


def _words(name: str, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null, autoincrement=False)


def _made_anew(*more: sa.Column[str] | sa.Column[int], values: str = "") -> None:
    """The table with its columns where a new one has them."""
    op.drop_index("procedures_slug", "procedures")
    op.rename_table("procedures", "procedures_before")
    op.create_table(
        "procedures",
        _ident("workspace"),
        _ident("id"),
        _words("slug"),
        _words("name"),
        _words("status"),
        _words("draft"),
        _number("revision"),
        _number("simulated_revision", null=True),
        _number("active_version", null=True),
        _number("created_at"),
        _number("updated_at"),
        *more,
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
    )
    op.execute(f"INSERT INTO procedures SELECT {_BEFORE}{values} FROM procedures_before")  # noqa: S608
    op.drop_table("procedures_before")
    op.create_index("procedures_slug", "procedures", ["workspace", "slug"], unique=True)


def upgrade() -> None:
    """Keep both with each draft; of those that are there, when they were changed last is all that is known."""
    if op.get_bind().dialect.name == "sqlite":
        _made_anew(_words("saved_by", null=True), _number("saved_at"), values=", NULL, updated_at")
        return
    op.add_column("procedures", _words("saved_by", null=True))
    op.add_column("procedures", _number("saved_at", null=True))
    op.execute("UPDATE procedures SET saved_at = updated_at")
    op.alter_column("procedures", "saved_at", nullable=False)


def downgrade() -> None:
    """Take them away again."""
    if op.get_bind().dialect.name == "sqlite":
        _made_anew()
    else:
        op.drop_column("procedures", "saved_at")
        op.drop_column("procedures", "saved_by")
