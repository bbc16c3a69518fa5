"""The tables beside the turn: what conversations are found by, and what reports count. A worker writes them."""

from typing import Any

from sqlalchemy import DDL, Index, SmallInteger, Table, event

from deskhand.adapters.sql.columns import column, ident, keyed, metadata, number, text, workspace

digests = Table(  # its rows are long: the last column holds the words of a whole conversation
    "digests",
    metadata,
    workspace(),
    ident("conversation", primary=True),
    number("place"),
    number("version"),
    text("status"),
    text("mode"),
    text("channel"),
    text("agent"),
    text("waiting", null=True),
    text("reaction", null=True),
    column("escalated", SmallInteger),
    column("test", SmallInteger),
    number("unanswered"),
    number("messages"),
    text("contact_name", null=True),
    text("contact_email", null=True),
    text("tags"),
    text("procedures"),
    text("first_text", null=True),
    text("last_text", null=True),
    text("last_by", null=True),
    number("last_at", null=True),
    number("created_at"),
    text("state"),
    Index("digests_place", "place", unique=True),
    Index(
        "digests_list",
        *("workspace", "place", "status", "mode", "channel", "agent", "waiting", "reaction", "escalated", "test"),
        "created_at",
    ),
    postgresql_with={"fillfactor": 70},
)

digest_marks = keyed(
    "digest_marks",
    workspace(),
    text("kind", primary=True),
    text("value", primary=True),
    number("place", primary=True),
)

report_runs = keyed(
    "report_runs",
    workspace(),
    ident("run", primary=True),
    ident("conversation"),
    text("procedure"),
    number("version"),
    text("agent"),
    text("outcome"),
    text("step"),
    number("began_at"),
    number("ended_at", null=True),
    Index("report_runs_time", "workspace", "began_at", "procedure", "outcome", "agent", "ended_at"),
    Index("report_runs_procedure", "workspace", "procedure", "began_at", "outcome", "agent", "ended_at", "version"),
    fillfactor=70,
)

report_steps = keyed(
    "report_steps",
    workspace(),
    ident("run", primary=True),
    text("step", primary=True),
    text("procedure"),
    number("version"),
    text("agent"),
    number("began_at"),
    number("visits"),
    text("standing"),
    Index("report_steps_time", "workspace", "procedure", "version", "began_at", "step", "standing", "visits", "agent"),
    fillfactor=70,
)

report_calls = keyed(
    "report_calls",
    workspace(),
    ident("run", primary=True),
    number("seq", primary=True),
    ident("conversation"),
    text("name"),
    text("kind"),
    text("procedure"),
    text("agent"),
    text("outcome"),
    number("status", null=True),
    number("milliseconds", null=True),
    number("at"),
    Index("report_calls_time", "workspace", "at", "name", "kind", "outcome", "status", "milliseconds"),
)

report_approvals = keyed(
    "report_approvals",
    workspace(),
    ident("approval", primary=True),
    ident("conversation"),
    text("about"),
    text("procedure"),
    text("agent"),
    text("status"),
    text("decided_by", null=True),
    number("requested_at"),
    number("closed_at", null=True),
    Index("report_approvals_time", "workspace", "requested_at"),
    fillfactor=70,
)

report_moments = keyed(
    "report_moments",
    workspace(),
    ident("conversation", primary=True),
    number("seq", primary=True),
    text("kind"),
    text("value"),
    text("text"),
    text("procedure", null=True),
    text("agent"),
    number("at"),
    Index("report_moments_time", "workspace", "kind", "at", "value", "procedure", "agent"),
)


def _only_on(dialect: str, statement: str) -> Any:
    return DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]


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
"""What words are looked up in: each backend has an index of its own for that, which SQLAlchemy knows nothing of."""

for _dialect, _statements in SEARCH.items():
    for _statement in _statements:
        event.listen(metadata, "after_create", _only_on(_dialect, _statement))
    event.listen(metadata, "before_drop", _only_on(_dialect, "DROP TABLE digest_texts"))
