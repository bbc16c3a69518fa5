"""The agent: knowledge, contacts, and what was asked of models."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _ident(name: str) -> sa.Column[bytes]:
    comment = "UUIDv7; its prefix is put back on reading"
    return sa.Column(name, sa.LargeBinary(16), nullable=False, comment=comment)


def _words(name: str, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null, autoincrement=False)


def _knowledge() -> None:
    op.create_table(
        "sources",
        _ident("workspace"),
        _words("slug"),
        _words("document"),
        _words("state"),
        _words("problem", null=True),
        _number("revision"),
        _number("passages"),
        _number("updated_at"),
        _number("crawled_at", null=True),
        _number("crawl_at", null=True),
        _words("validators", null=True),
        _words("content", null=True),
        sa.PrimaryKeyConstraint("workspace", "slug"),
    )
    due = sa.text("crawl_at IS NOT NULL")
    op.create_index("sources_crawl", "sources", ["crawl_at"], sqlite_where=due, postgresql_where=due)
    op.create_table(
        "passages",
        _ident("workspace"),
        _words("source"),
        _number("number"),
        _words("body"),
        sa.PrimaryKeyConstraint("workspace", "source", "number"),
    )


def _spending() -> None:
    op.create_table(
        "spending",
        _ident("workspace"),
        _words("day"),
        _words("model"),
        _number("cost"),
        _number("input_tokens"),
        _number("output_tokens"),
        _number("calls"),
        sa.PrimaryKeyConstraint("workspace", "day", "model"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )


_DELIVERIES = (
    "workspace, id, webhook, event, body, status, attempts, due_at, created_at, updated_at, last_status, last_problem"
)


def _ordered() -> tuple[sa.Column[bytes], sa.Column[int]]:
    comment = "UUIDv7; its prefix is put back on reading"
    return sa.Column("conversation", sa.LargeBinary(16), nullable=True, comment=comment), _number("seq", null=True)


def _index_of_deliveries(name: str, columns: list[str], where: str | None = None) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(name, "deliveries", columns, sqlite_where=condition, postgresql_where=condition)


def _deliveries_in_order() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # made anew, so that the columns stand where a new table has them
        op.drop_index("deliveries_due", "deliveries")
        op.drop_index("deliveries_webhook", "deliveries")
        op.rename_table("deliveries", "deliveries_before")
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
            *_ordered(),
            sa.PrimaryKeyConstraint("workspace", "id"),
            sqlite_with_rowid=False,
        )
        op.execute(f"INSERT INTO deliveries SELECT {_DELIVERIES}, NULL, NULL FROM deliveries_before")  # noqa: S608
        op.drop_table("deliveries_before")
        _index_of_deliveries("deliveries_due", ["due_at"], "status = 'pending'")
        _index_of_deliveries("deliveries_webhook", ["workspace", "webhook", "id"])
    else:
        for column in _ordered():
            op.add_column("deliveries", column)
    lane = "status = 'pending' AND conversation IS NOT NULL"
    _index_of_deliveries("deliveries_lane", ["workspace", "conversation", "seq"], lane)


def _channels() -> None:
    op.create_table(
        "channel_conversations",
        _ident("workspace"),
        _words("channel"),
        _words("external"),
        _ident("conversation"),
        sa.PrimaryKeyConstraint("workspace", "channel", "external"),
        sqlite_with_rowid=False,
    )
    place = ["workspace", "conversation"]
    op.create_index("channel_conversations_conversation", "channel_conversations", place, unique=True)
    op.create_table(
        "completions",
        _ident("workspace"),
        _ident("conversation"),
        _words("request"),
        _words("history", null=True),
        _number("since"),
        _number("told"),
        _number("at"),
        sa.PrimaryKeyConstraint("workspace", "conversation"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )
    op.create_index("completions_request", "completions", ["workspace", "request"])
    known = sa.text("history IS NOT NULL")
    columns = ["workspace", "history", "conversation"]
    op.create_index("completions_history", "completions", columns, sqlite_where=known, postgresql_where=known)


def _without_channels() -> None:
    op.drop_table("completions")
    op.drop_table("channel_conversations")
    op.drop_index("deliveries_lane", "deliveries")
    for column in _ordered():
        op.drop_column("deliveries", column.name)


def _contacts() -> None:
    op.create_table(
        "contacts",
        _ident("workspace"),
        _ident("id"),
        _words("external", null=True),
        _words("first_name", null=True),
        _words("last_name", null=True),
        _words("email", null=True),
        _words("phone_number", null=True),
        _words("attributes"),
        _words("vouched", null=True),
        _words("search"),
        _number("revision"),
        _number("created_at"),
        _number("updated_at"),
        _number("last_seen_at", null=True),
        sa.PrimaryKeyConstraint("workspace", "id"),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 70},
    )
    vouched, called = "vouched IS NOT NULL", "external IS NOT NULL"
    _some("contacts_external", "contacts", ["workspace", "external"], called, unique=True)
    _some("contacts_alone", "contacts", ["workspace", "vouched"], f"external IS NULL AND {vouched}", unique=True)
    _some("contacts_mail", "contacts", ["workspace", "vouched", "id"], vouched)
    op.create_index("contacts_search", "contacts", ["workspace", "id", "search"])
    op.create_table(
        "contact_conversations",
        _ident("workspace"),
        _ident("contact"),
        _ident("conversation"),
        sa.PrimaryKeyConstraint("workspace", "contact", "conversation"),
        sqlite_with_rowid=False,
    )


def _some(name: str, table: str, columns: list[str], where: str, unique: bool = False) -> None:
    """An index of some rows alone."""
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:
    """Add what the agent needs to understand customers and to know them."""
    _spending()
    _knowledge()
    _contacts()
    _deliveries_in_order()
    _channels()


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("contact_conversations")
    op.drop_table("contacts")
    _without_channels()
    op.drop_table("spending")
    op.drop_table("passages")
    op.drop_table("sources")
