"""The tables, for migrations to be compared with. Ids are 16 bytes, times milliseconds since 1970, JSON is text."""

from sqlalchemy import Column, Index, LargeBinary, SmallInteger, Table, Text

from deskhand.adapters.sql import account_tables, inbox_tables, report_tables, visitor_tables
from deskhand.adapters.sql.columns import column as _column
from deskhand.adapters.sql.columns import ident as _id
from deskhand.adapters.sql.columns import keyed as _keyed
from deskhand.adapters.sql.columns import metadata
from deskhand.adapters.sql.columns import number as _number
from deskhand.adapters.sql.columns import only as _only
from deskhand.adapters.sql.columns import text as _text
from deskhand.adapters.sql.columns import workspace as _workspace

__all__ = ("account_tables", "inbox_tables", "metadata", "report_tables", "visitor_tables")

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
    _id("made_by", null=True),
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

_rights: Column[object] = Column("rights", Text, nullable=False, server_default="{}")

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
    _rights,
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
    _text("saved_by", null=True),
    _number("saved_at"),
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

ticket_states = _keyed(
    "ticket_states",
    _workspace(),
    _number("number", primary=True),
    _text("status"),
    _text("assignee", null=True),
    _number("updated_at"),
)
"""What members made of tickets; one that is not here is open and nobody's."""

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
    Index("audit_subject", "workspace", "subject", "id"),
    _only("audit_actor", "workspace", "actor", "id", where="actor <> 'agent'"),
    _only("audit_action", "workspace", "action", "id", where="action NOT IN ('call_http', 'call_tool', 'send_email')"),
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

layouts = _keyed(
    "layouts",
    _workspace(),
    _id("procedure", primary=True),
    _text("step", primary=True),
    _number("x"),
    _number("y"),
    _number("updated_at"),
)

publications = _keyed(
    "publications",
    _workspace(),
    _id("procedure", primary=True),
    _number("version", primary=True),
    _text("note"),
    _text("layout"),
)

pins = _keyed(
    "pins",
    _workspace(),
    _id("procedure", primary=True),
    _text("step", primary=True),
    _text("document"),
    _number("updated_at"),
)

procedure_tests = _keyed(
    "procedure_tests",
    _workspace(),
    _id("procedure", primary=True),
    _id("id", primary=True),
    _text("name"),
    _text("document"),
    _number("created_at"),
    _number("updated_at"),
    Index("procedure_tests_name", "workspace", "procedure", "name", unique=True),
)
