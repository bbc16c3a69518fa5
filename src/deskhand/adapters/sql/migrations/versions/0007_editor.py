"""What the editor keeps beside a procedure's draft."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def _ident(name: str) -> sa.Column[bytes]:
    comment = "UUIDv7; its prefix is put back on reading"
    return sa.Column(name, sa.LargeBinary(16), nullable=False, comment=comment)


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def _beside(name: str, *columns: sa.Column[str] | sa.Column[int] | sa.Column[bytes], key: str) -> None:
    """A table of what belongs to one procedure."""
    own = (_ident("workspace"), _ident("procedure"))
    whole = sa.PrimaryKeyConstraint("workspace", "procedure", key)
    op.create_table(name, *own, *columns, whole, sqlite_with_rowid=False)


def upgrade() -> None:
    """Make the tables."""
    _beside("layouts", _words("step"), _number("x"), _number("y"), _number("updated_at"), key="step")
    _beside("publications", _number("version"), _words("note"), _words("layout"), key="version")
    _beside("pins", _words("step"), _words("document"), _number("updated_at"), key="step")
    _beside(
        "procedure_tests",
        _ident("id"),
        _words("name"),
        _words("document"),
        _number("created_at"),
        _number("updated_at"),
        key="id",
    )
    own = ["workspace", "procedure", "name"]
    op.create_index("procedure_tests_name", "procedure_tests", own, unique=True)


def downgrade() -> None:
    """Take them back."""
    for table in ("procedure_tests", "pins", "publications", "layouts"):
        op.drop_table(table)
