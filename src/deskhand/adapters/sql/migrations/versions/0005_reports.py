"""What conversations are found by, and what reports count."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

SEARCH = {
    "sqlite": (
        "CREATE VIRTUAL TABLE digest_texts USING fts5(workspace, words, content='', columnsize=0, detail=column, "
        "tokenize='unicode61 remove_diacritics 0')",
    ),
    "postgresql": (
        "CREATE TABLE digest_texts (workspace BYTEA NOT NULL, place BIGINT NOT NULL, words TSVECTOR NOT NULL, "
        "PRIMARY KEY (workspace, place))",
        "CREATE INDEX digest_texts_words ON digest_texts USING gin (words)",
    ),
}


def _ident(name: str) -> sa.Column[bytes]:
    comment = "UUIDv7; its prefix is put back on reading"
    return sa.Column(name, sa.LargeBinary(16), nullable=False, comment=comment)


def _words(name: str, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null, autoincrement=False)


def _flag(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.SmallInteger(), nullable=False, autoincrement=False)


def _digests() -> None:
    op.create_table(
        "digests",
        _ident("workspace"),
        _ident("conversation"),
        _number("place"),
        _number("version"),
        *map(_words, ("status", "mode", "channel", "agent")),
        _words("waiting", null=True),
        _words("reaction", null=True),
        _flag("escalated"),
        _flag("test"),
        _number("unanswered"),
        _number("messages"),
        _words("contact_name", null=True),
        _words("contact_email", null=True),
        _words("tags"),
        _words("procedures"),
        _words("first_text", null=True),
        _words("last_text", null=True),
        _words("last_by", null=True),
        _number("last_at", null=True),
        _number("created_at"),
        _words("state"),
        sa.PrimaryKeyConstraint("workspace", "conversation"),
        postgresql_with={"fillfactor": 70},
    )
    op.create_index("digests_place", "digests", ["place"], unique=True)
    shown = ["status", "mode", "channel", "agent", "waiting", "reaction", "escalated", "test", "created_at"]
    op.create_index("digests_list", "digests", ["workspace", "place", *shown])
    op.create_table(
        "digest_marks",
        _ident("workspace"),
        _words("kind"),
        _words("value"),
        _number("place"),
        sa.PrimaryKeyConstraint("workspace", "kind", "value", "place"),
        sqlite_with_rowid=False,
    )
    for statement in SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)


def _runs() -> None:
    op.create_table(
        "report_runs",
        *map(_ident, ("workspace", "run", "conversation")),
        _words("procedure"),
        _number("version"),
        *map(_words, ("agent", "outcome", "step")),
        _number("began_at"),
        _number("ended_at", null=True),
        sa.PrimaryKeyConstraint("workspace", "run"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )
    told = ["outcome", "agent", "ended_at"]
    op.create_index("report_runs_time", "report_runs", ["workspace", "began_at", "procedure", *told])
    op.create_index("report_runs_procedure", "report_runs", ["workspace", "procedure", "began_at", *told, "version"])
    op.create_table(
        "report_steps",
        *map(_ident, ("workspace", "run")),
        *map(_words, ("step", "procedure")),
        _number("version"),
        _words("agent"),
        *map(_number, ("began_at", "visits")),
        _words("standing"),
        sa.PrimaryKeyConstraint("workspace", "run", "step"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )
    told = ["began_at", "step", "standing", "visits", "agent"]
    op.create_index("report_steps_time", "report_steps", ["workspace", "procedure", "version", *told])


def _calls() -> None:
    op.create_table(
        "report_calls",
        *map(_ident, ("workspace", "run")),
        _number("seq"),
        _ident("conversation"),
        *map(_words, ("name", "kind", "procedure", "agent", "outcome")),
        *(_number(name, null=True) for name in ("status", "milliseconds")),
        _number("at"),
        sa.PrimaryKeyConstraint("workspace", "run", "seq"),
        sqlite_with_rowid=False,
    )
    told = ["name", "kind", "outcome", "status", "milliseconds"]
    op.create_index("report_calls_time", "report_calls", ["workspace", "at", *told])


def _people() -> None:
    op.create_table(
        "report_approvals",
        *map(_ident, ("workspace", "approval", "conversation")),
        *map(_words, ("about", "procedure", "agent", "status")),
        _words("decided_by", null=True),
        _number("requested_at"),
        _number("closed_at", null=True),
        sa.PrimaryKeyConstraint("workspace", "approval"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )
    op.create_index("report_approvals_time", "report_approvals", ["workspace", "requested_at"])
    op.create_table(
        "report_moments",
        *map(_ident, ("workspace", "conversation")),
        _number("seq"),
        *map(_words, ("kind", "value", "text")),
        _words("procedure", null=True),
        _words("agent"),
        _number("at"),
        sa.PrimaryKeyConstraint("workspace", "conversation", "seq"),
        sqlite_with_rowid=False,
    )
    told = ["value", "procedure", "agent"]
    op.create_index("report_moments_time", "report_moments", ["workspace", "kind", "at", *told])


def _audit() -> None:
    by_member, rare = sa.text("actor <> 'agent'"), sa.text("action NOT IN ('call_http', 'call_tool', 'send_email')")
    op.create_index("audit_subject", "audit", ["workspace", "subject", "id"])
    op.create_index(
        "audit_actor", "audit", ["workspace", "actor", "id"], sqlite_where=by_member, postgresql_where=by_member
    )
    op.create_index("audit_action", "audit", ["workspace", "action", "id"], sqlite_where=rare, postgresql_where=rare)


def upgrade() -> None:
    """Make the tables; a worker fills them from the log."""
    _digests()
    _runs()
    _calls()
    _people()
    _audit()


def downgrade() -> None:
    """Take them back; the log still has everything."""
    for index in ("audit_action", "audit_actor", "audit_subject"):
        op.drop_index(index, "audit")
    op.execute("DROP TABLE digest_texts")
    for table in ("moments", "approvals", "calls", "steps", "runs"):
        op.drop_table(f"report_{table}")
    op.drop_table("digest_marks")
    op.drop_table("digests")
