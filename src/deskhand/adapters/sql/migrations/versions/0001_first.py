"""The first form."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _ident(name: str, null: bool = False) -> sa.Column[bytes]:
    comment = "UUIDv7; its prefix is put back on reading"
    return sa.Column(name, sa.LargeBinary(16), nullable=null, comment=comment)


def _words(name: str, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null, autoincrement=False)


def _blob(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _small(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.SmallInteger(), nullable=False)


def _only(name: str, table: str, columns: list[str], where: str, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def _workspaces() -> None:
    op.create_table(
        "workspaces",
        _ident("id"),
        _words("name"),
        _words("internal_hosts"),
        _number("catalogue"),
        _number("created_at"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )


def _counters() -> None:
    op.create_table(
        "counters",
        _ident("workspace"),
        _words("kind"),
        _number("value"),
        sa.PrimaryKeyConstraint("workspace", "kind"),
        sqlite_with_rowid=False,
    )


def _api_keys() -> None:
    op.create_table(
        "api_keys",
        _ident("workspace"),
        _ident("id"),
        _blob("digest"),
        _words("name"),
        _words("role"),
        _number("created_at"),
        _number("revoked_at", null=True),
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("api_keys_digest", "api_keys", ["digest"], unique=True)


def _conversations() -> None:
    op.create_table(
        "conversations",
        _ident("workspace"),
        _ident("id"),
        _number("version"),
        _number("seq"),
        _words("status"),
        _words("mode"),
        _words("channel"),
        _words("state"),
        _number("created_at"),
        _number("updated_at"),
        sa.PrimaryKeyConstraint("workspace", "id"),
        postgresql_with={"fillfactor": 50},
    )


def _entries() -> None:
    op.create_table(
        "entries",
        _ident("workspace"),
        _ident("conversation"),
        _number("seq"),
        _words("kind"),
        _small("visible_to"),
        _ident("run", null=True),
        _number("at"),
        _words("event_id", null=True),
        _words("body"),
        sa.PrimaryKeyConstraint("workspace", "conversation", "seq"),
        sqlite_with_rowid=False,
    )
    _only("entries_event", "entries", ["workspace", "conversation", "event_id"], "event_id IS NOT NULL", unique=True)


def _runs() -> None:
    op.create_table(
        "runs",
        _ident("workspace"),
        _ident("id"),
        _ident("conversation"),
        _words("procedure"),
        _number("version"),
        _words("status"),
        _words("waiting", null=True),
        _words("step"),
        _number("started_at"),
        _number("ended_at", null=True),
        _words("state", null=True),
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )
    op.create_index("runs_conversation", "runs", ["workspace", "conversation", "id"])
    op.create_index("runs_status", "runs", ["workspace", "status", "id"])


def _effects() -> None:
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
        sa.PrimaryKeyConstraint("workspace", "run", "seq"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )
    _only("effects_sent", "effects", ["workspace", "run", "seq"], "status = 'sent'")


def _approvals() -> None:
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
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("approvals_conversation", "approvals", ["workspace", "conversation", "id"])
    _only("approvals_pending", "approvals", ["workspace", "id"], "status = 'pending'")


def _due() -> None:
    op.create_table(
        "due",
        _ident("workspace"),
        _words("kind"),
        _words("ref"),
        _ident("conversation"),
        _number("at"),
        sa.PrimaryKeyConstraint("workspace", "kind", "ref"),
        sqlite_with_rowid=False,
    )
    op.create_index("due_at", "due", ["at"])


def _procedures() -> None:
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
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("procedures_slug", "procedures", ["workspace", "slug"], unique=True)


def _procedure_versions() -> None:
    op.create_table(
        "procedure_versions",
        _ident("workspace"),
        _ident("procedure"),
        _number("version"),
        _words("slug"),
        _words("document"),
        _words("pins"),
        _number("published_at"),
        _words("published_by"),
        sa.PrimaryKeyConstraint("workspace", "procedure", "version"),
        sqlite_with_rowid=False,
    )


def _documents() -> None:
    op.create_table(
        "documents",
        _ident("workspace"),
        _words("kind"),
        _words("slug"),
        _words("document"),
        _number("updated_at"),
        sa.PrimaryKeyConstraint("workspace", "kind", "slug"),
        sqlite_with_rowid=False,
    )


def _secrets() -> None:
    op.create_table(
        "secrets",
        _ident("workspace"),
        _words("name"),
        _blob("sealed"),
        _number("updated_at"),
        sa.PrimaryKeyConstraint("workspace", "name"),
        sqlite_with_rowid=False,
    )


def _tickets() -> None:
    op.create_table(
        "tickets",
        _ident("workspace"),
        _number("number"),
        _ident("conversation"),
        _ident("run"),
        _words("subject"),
        _words("description"),
        _words("email"),
        _words("name"),
        _words("priority"),
        _number("at"),
        sa.PrimaryKeyConstraint("workspace", "number"),
        sqlite_with_rowid=False,
    )


def _leads() -> None:
    op.create_table(
        "leads",
        _ident("workspace"),
        _ident("id"),
        _ident("conversation"),
        _ident("run"),
        _words("email"),
        _words("name"),
        _words("phone"),
        _words("company"),
        _words("message"),
        _number("at"),
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
    )


def _mails() -> None:
    op.create_table(
        "mails",
        _ident("workspace"),
        _ident("id"),
        _words("recipient"),
        _words("subject"),
        _words("body"),
        _number("at"),
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
    )


def _audit() -> None:
    op.create_table(
        "audit",
        _ident("workspace"),
        _ident("id"),
        _number("at"),
        _words("actor"),
        _words("action"),
        _words("subject"),
        _words("body"),
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
    )


def upgrade() -> None:
    """Make all tables."""
    _workspaces()
    _counters()
    _api_keys()
    _conversations()
    _entries()
    _runs()
    _effects()
    _approvals()
    _due()
    _procedures()
    _procedure_versions()
    _documents()
    _secrets()
    _tickets()
    _leads()
    _mails()
    _audit()


def downgrade() -> None:
    """Drop all tables."""
    for table in (
        "workspaces",
        "counters",
        "api_keys",
        "conversations",
        "entries",
        "runs",
        "effects",
        "approvals",
        "due",
        "procedures",
        "procedure_versions",
        "documents",
        "secrets",
        "tickets",
        "leads",
        "mails",
        "audit",
    ):
        op.drop_table(table)
