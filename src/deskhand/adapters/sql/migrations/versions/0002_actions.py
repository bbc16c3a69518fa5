"""Actions: the journal becomes an execution log too; reservations, scripts and webhook deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _new() -> tuple[sa.Column[str], sa.Column[int], sa.Column[int]]:
    test: sa.Column[int] = sa.Column("test", sa.SmallInteger(), nullable=True, autoincrement=False)
    return _words("action", null=True), _number("started_at", null=True), test


def _ident(name: str) -> sa.Column[bytes]:
    comment = "UUIDv7; its prefix is put back on reading"
    return sa.Column(name, sa.LargeBinary(16), nullable=False, comment=comment)


def _words(name: str, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null, autoincrement=False)


def _only(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def _effects() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # made anew, so that the columns stand where a new table has them
        op.drop_index("effects_sent", "effects")
        op.rename_table("effects", "effects_before")
        op.create_table(
            "effects",
            _ident("workspace"),
            _ident("run"),
            _number("seq"),
            _ident("conversation"),
            _words("step"),
            _words("kind"),
            _words("status"),
            _words("key"),
            _words("request"),
            _words("response", null=True),
            _number("at"),
            *_new(),
            sa.PrimaryKeyConstraint("workspace", "run", "seq"),
            sqlite_with_rowid=False,
        )
        op.execute("INSERT INTO effects SELECT *, NULL, NULL, NULL FROM effects_before")
        op.drop_table("effects_before")
        _only("effects_sent", "effects", ["workspace", "run", "seq"], "status = 'sent'")
    else:
        for column in _new():
            op.add_column("effects", column)
    op.execute(
        "UPDATE effects SET started_at = at WHERE kind IN ('call_http', 'send_email')"
    )  # fmt: skip
    log = ["workspace", "started_at", "run", "seq"]
    _only("effects_log", "effects", log, "started_at IS NOT NULL")
    _only("effects_action", "effects", ["workspace", "action", *log[1:]], "action IS NOT NULL")


def _reservations() -> None:
    op.create_table(
        "reservations",
        _ident("workspace"),
        _words("action"),
        _words("value"),
        _number("slot"),
        _ident("conversation"),
        _ident("run"),
        _number("at"),
        sa.PrimaryKeyConstraint("workspace", "action", "value", "slot"),
        sqlite_with_rowid=False,
    )


def _scripts() -> None:
    op.create_table(
        "scripts",
        _ident("workspace"),
        _words("sha256"),
        _words("source"),
        _number("created_at"),
        sa.PrimaryKeyConstraint("workspace", "sha256"),
        sqlite_with_rowid=False,
    )
    op.create_index("scripts_sha256", "scripts", ["sha256"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        _ident("workspace"),
        _ident("id"),
        _words("webhook"),
        _words("event"),
        _words("body"),
        _words("status"),
        _number("attempts"),
        _number("due_at"),
        _number("created_at"),
        _number("updated_at"),
        _number("last_status", null=True),
        _words("last_problem", null=True),
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )
    _only("deliveries_due", "deliveries", ["due_at"], "status = 'pending'")
    op.create_index("deliveries_webhook", "deliveries", ["workspace", "webhook", "id"])


def upgrade() -> None:
    """Add what actions need."""
    _effects()
    _reservations()
    _scripts()
    _deliveries()


def downgrade() -> None:
    """Take it away again; the log's own columns are lost."""
    for table in ("deliveries", "scripts", "reservations"):
        op.drop_table(table)
    op.drop_index("effects_action", "effects")
    op.drop_index("effects_log", "effects")
    for column in _new():
        op.drop_column("effects", column.name)
