"""The tables, for migrations to be compared with. Ids are 16 bytes, times milliseconds since 1970, JSON is text."""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, SmallInteger, Table, Text, text
from sqlalchemy.types import TypeEngine

metadata = MetaData()


def _id(name: str, primary: bool = False, null: bool = False) -> Column[bytes]:
    return Column(
        name,
        LargeBinary(16),
        primary_key=primary,
        nullable=null,
        comment="UUIDv7; its prefix is put back on reading",
    )


def _column(name: str, kind: type[TypeEngine[Any]], primary: bool = False, null: bool = False) -> Column[object]:
    return Column(name, kind, primary_key=primary, nullable=null, autoincrement=False)


def _text(name: str, primary: bool = False, null: bool = False) -> Column[object]:
    return _column(name, Text, primary, null)


def _number(name: str, primary: bool = False, null: bool = False) -> Column[object]:
    return _column(name, BigInteger, primary, null)


def _workspace() -> Column[bytes]:
    return _id("workspace", primary=True)


def _keyed(name: str, *parts: Column[bytes] | Column[object] | Index, fillfactor: int | None = None) -> Table:
    """A table of small rows: SQLite keeps them in the primary key's own tree."""
    room = {"fillfactor": fillfactor} if fillfactor else None
    return Table(name, metadata, *parts, sqlite_with_rowid=False, postgresql_with=room)


def _only(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of some rows alone."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


workspaces = _keyed(
    "workspaces",
    _id("id", primary=True),
    _text("name"),
    _text("internal_hosts"),
    _number("catalogue"),
    _number("created_at"),
)

counters = _keyed("counters", _workspace(), _text("kind", primary=True), _number("value"))

api_keys = _keyed(
    "api_keys",
    _workspace(),
    _id("id", primary=True),
    Column("digest", LargeBinary, nullable=False),
    _text("name"),
    _text("role"),
    _number("created_at"),
    _number("revoked_at", null=True),
    Index("api_keys_digest", "digest", unique=True),
)

conversations = Table(  # its rows are long, and every turn rewrites one in place
    "conversations",
    metadata,
    _workspace(),
    _id("id", primary=True),
    _number("version"),
    _number("seq"),
    _text("status"),
    _text("mode"),
    _text("channel"),
    _text("state"),
    _number("created_at"),
    _number("updated_at"),
    postgresql_with={"fillfactor": 50},
)

entries = _keyed(
    "entries",
    _workspace(),
    _id("conversation", primary=True),
    _number("seq", primary=True),
    _text("kind"),
    _column("visible_to", SmallInteger),
    _id("run", null=True),
    _number("at"),
    _text("event_id", null=True),
    _text("body"),
    _only("entries_event", "workspace", "conversation", "event_id", where="event_id IS NOT NULL", unique=True),
)

runs = _keyed(
    "runs",
    _workspace(),
    _id("id", primary=True),
    _id("conversation"),
    _text("procedure"),
    _number("version"),
    _text("status"),
    _text("waiting", null=True),
    _text("step"),
    _number("started_at"),
    _number("ended_at", null=True),
    _text("state", null=True),
    Index("runs_status", "workspace", "status", "id"),
    Index("runs_conversation", "workspace", "conversation", "id"),
    fillfactor=70,
)

effects = _keyed(
    "effects",
    _workspace(),
    _id("run", primary=True),
    _number("seq", primary=True),
    _id("conversation"),
    _text("step"),
    _text("kind"),
    _text("status"),
    _text("key"),
    _text("request"),
    _text("response", null=True),
    _number("at"),
    _text("action", null=True),
    _number("started_at", null=True),
    _column("test", SmallInteger, null=True),
    _only("effects_sent", "workspace", "run", "seq", where="status = 'sent'"),
    _only("effects_log", "workspace", "started_at", "run", "seq", where="started_at IS NOT NULL"),
    _only("effects_action", "workspace", "action", "started_at", "run", "seq", where="action IS NOT NULL"),
    fillfactor=70,
)

approvals = _keyed(
    "approvals",
    _workspace(),
    _id("id", primary=True),
    _id("conversation"),
    _id("run"),
    _number("seq"),
    _text("about"),
    _text("procedure"),
    _text("status"),
    _text("card"),
    _number("requested_at"),
    _number("expires_at", null=True),
    _number("decided_at", null=True),
    _text("decided_by", null=True),
    _text("reason", null=True),
    Index("approvals_conversation", "workspace", "conversation", "id"),
    _only("approvals_pending", "workspace", "id", where="status = 'pending'"),
)

due = _keyed(
    "due",
    _workspace(),
    _text("kind", primary=True),
    _text("ref", primary=True),
    _id("conversation"),
    _number("at"),
    Index("due_at", "at"),
)

procedures = _keyed(
    "procedures",
    _workspace(),
    _id("id", primary=True),
    _text("slug"),
    _text("name"),
    _text("status"),
    _text("draft"),
    _number("revision"),
    _number("simulated_revision", null=True),
    _number("active_version", null=True),
    _number("created_at"),
    _number("updated_at"),
    Index("procedures_slug", "workspace", "slug", unique=True),
)

procedure_versions = _keyed(
    "procedure_versions",
    _workspace(),
    _id("procedure", primary=True),
    _number("version", primary=True),
    _text("slug"),
    _text("document"),
    _text("pins"),
    _number("published_at"),
    _text("published_by"),
)

documents = _keyed(
    "documents",
    _workspace(),
    _text("kind", primary=True),
    _text("slug", primary=True),
    _text("document"),
    _number("updated_at"),
)

secrets = _keyed(
    "secrets",
    _workspace(),
    _text("name", primary=True),
    Column("sealed", LargeBinary, nullable=False),
    _number("updated_at"),
)

tickets = _keyed(
    "tickets",
    _workspace(),
    _number("number", primary=True),
    _id("conversation"),
    _id("run"),
    _text("subject"),
    _text("description"),
    _text("email"),
    _text("name"),
    _text("priority"),
    _number("at"),
)

leads = _keyed(
    "leads",
    _workspace(),
    _id("id", primary=True),
    _id("conversation"),
    _id("run"),
    _text("email"),
    _text("name"),
    _text("phone"),
    _text("company"),
    _text("message"),
    _number("at"),
)

mails = _keyed(
    "mails",
    _workspace(),
    _id("id", primary=True),
    _text("recipient"),
    _text("subject"),
    _text("body"),
    _number("at"),
)

audit = _keyed(
    "audit",
    _workspace(),
    _id("id", primary=True),
    _number("at"),
    _text("actor"),
    _text("action"),
    _text("subject"),
    _text("body"),
)

reservations = _keyed(
    "reservations",
    _workspace(),
    _text("action", primary=True),
    _text("value", primary=True),
    _number("slot", primary=True),
    _id("conversation"),
    _id("run"),
    _number("at"),
)

scripts = _keyed(
    "scripts",
    _workspace(),
    _text("sha256", primary=True),
    _text("source"),
    _number("created_at"),
    Index("scripts_sha256", "sha256"),
)

spending = _keyed(
    "spending",
    _workspace(),
    _text("day", primary=True),
    _text("model", primary=True),
    _number("cost"),
    _number("input_tokens"),
    _number("output_tokens"),
    _number("calls"),
    fillfactor=70,
)

deliveries = _keyed(
    "deliveries",
    _workspace(),
    _id("id", primary=True),
    _text("webhook"),
    _text("event"),
    _text("body"),
    _text("status"),
    _number("attempts"),
    _number("due_at"),
    _number("created_at"),
    _number("updated_at"),
    _number("last_status", null=True),
    _text("last_problem", null=True),
    _id("conversation", null=True),
    _number("seq", null=True),
    _only("deliveries_due", "due_at", where="status = 'pending'"),
    Index("deliveries_webhook", "workspace", "webhook", "id"),
    _only(
        "deliveries_lane",
        "workspace",
        "conversation",
        "seq",
        where="status = 'pending' AND conversation IS NOT NULL",
    ),
    fillfactor=70,
)

sources = Table(  # its rows can be long, like those of passages
    "sources",
    metadata,
    _workspace(),
    _text("slug", primary=True),
    _text("document"),
    _text("state"),
    _text("problem", null=True),
    _number("revision"),
    _number("passages"),
    _number("updated_at"),
    _number("crawled_at", null=True),
    _number("crawl_at", null=True),
    _text("validators", null=True),
    _text("content", null=True),
    _only("sources_crawl", "crawl_at", where="crawl_at IS NOT NULL"),
)

passages = Table(
    "passages",
    metadata,
    _workspace(),
    _text("source", primary=True),
    _number("number", primary=True),
    _text("body"),
)

channel_conversations = _keyed(
    "channel_conversations",
    _workspace(),
    _text("channel", primary=True),
    _text("external", primary=True),
    _id("conversation"),
    Index("channel_conversations_conversation", "workspace", "conversation", unique=True),
)

completions = _keyed(
    "completions",
    _workspace(),
    _id("conversation", primary=True),
    _text("request"),
    _text("history", null=True),
    _number("since"),
    _number("told"),
    _number("at"),
    Index("completions_request", "workspace", "request"),
    _only("completions_history", "workspace", "history", "conversation", where="history IS NOT NULL"),
    fillfactor=70,
)

contacts = _keyed(
    "contacts",
    _workspace(),
    _id("id", primary=True),
    _text("external", null=True),
    _text("first_name", null=True),
    _text("last_name", null=True),
    _text("email", null=True),
    _text("phone_number", null=True),
    _text("attributes"),
    _text("vouched", null=True),
    _text("search"),
    _number("revision"),
    _number("created_at"),
    _number("updated_at"),
    _number("last_seen_at", null=True),
    _only("contacts_external", "workspace", "external", where="external IS NOT NULL", unique=True),
    _only("contacts_alone", "workspace", "vouched", where="external IS NULL AND vouched IS NOT NULL", unique=True),
    _only("contacts_mail", "workspace", "vouched", "id", where="vouched IS NOT NULL"),
    Index("contacts_search", "workspace", "id", "search"),
    fillfactor=70,
)

contact_conversations = _keyed(
    "contact_conversations",
    _workspace(),
    _id("contact", primary=True),
    _id("conversation", primary=True),
)
