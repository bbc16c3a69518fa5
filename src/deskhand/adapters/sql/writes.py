"""The writes of a turn: rows of one form each, to be rendered as SQLite or PostgreSQL like them best.

A form's texts name each of its columns once, as `:column`, in the order of the columns. Existing values are named
with their table (`runs.state`). `:workspace` and `:conversation` are the turn's own.
"""

from dataclasses import dataclass, field

from deskhand.adapters.sql.database import Row

TYPES = {
    **dict.fromkeys(("workspace", "conversation", "id", "run"), "bytea"),
    **dict.fromkeys(
        ("seq", "visible_to", "at", "version", "number", "started_at", "ended_at", "requested_at", "expires_at",
         "decided_at"),
        "bigint",
    ),
}  # fmt: skip
"""PostgreSQL's types of the columns that are no text."""


@dataclass(frozen=True)
class Form:
    """What is written, without the rows."""

    table: str
    columns: tuple[str, ...]

    @property
    def own(self) -> tuple[str, ...]:
        """The columns that differ from row to row."""
        return tuple(column for column in self.columns if column not in ("workspace", "conversation"))


@dataclass(frozen=True)
class Insert(Form):
    """New rows."""

    on_conflict: str = ""


@dataclass(frozen=True)
class Update(Form):
    """Changed rows; every one of them must be there as `where` says, else the turn is a Conflict."""

    sets: str = field(kw_only=True)
    where: str = field(kw_only=True)


@dataclass(frozen=True)
class Delete(Form):
    """Rows that go."""

    where: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Write:
    """Rows of one form."""

    form: Insert | Update | Delete
    rows: list[Row]


NEW_ENTRIES = Insert(
    "entries", ("workspace", "conversation", "seq", "kind", "visible_to", "run", "at", "event_id", "body")
)
NEW_RUNS = Insert(
    "runs",
    ("workspace", "conversation", "id", "procedure", "version", "status", "waiting", "step", "started_at", "ended_at",
     "state"),
)  # fmt: skip
RUNS = Update(
    "runs",
    ("status", "waiting", "step", "ended_at", "state", "workspace", "conversation", "id"),
    sets="status = :status, waiting = :waiting, step = :step, ended_at = COALESCE(:ended_at, runs.ended_at), "
    "state = COALESCE(:state, runs.state)",
    where="runs.workspace = :workspace AND runs.conversation = :conversation AND runs.id = :id",
)
NEW_EFFECTS = Insert(
    "effects",
    ("workspace", "conversation", "run", "seq", "step", "kind", "status", "key", "request", "response", "at"),
)
EFFECTS = Update(
    "effects",
    ("status", "key", "request", "response", "at", "workspace", "conversation", "run", "seq"),
    sets="status = :status, key = COALESCE(:key, effects.key), request = COALESCE(:request, effects.request), "
    "response = COALESCE(:response, effects.response), at = :at",
    where="effects.workspace = :workspace AND effects.conversation = :conversation AND effects.run = :run "
    "AND effects.seq = :seq",
)
NEW_APPROVALS = Insert(
    "approvals",
    ("workspace", "conversation", "id", "run", "seq", "about", "procedure", "status", "card", "requested_at",
     "expires_at", "decided_at", "decided_by", "reason"),
)  # fmt: skip
APPROVALS = Update(
    "approvals",
    ("status", "decided_at", "decided_by", "reason", "workspace", "conversation", "id"),
    sets="status = :status, decided_at = :decided_at, decided_by = :decided_by, reason = :reason",
    where="approvals.workspace = :workspace AND approvals.conversation = :conversation AND approvals.id = :id "
    "AND approvals.status = 'pending'",
)
NEW_DUE = Insert(
    "due",
    ("workspace", "conversation", "kind", "ref", "at"),
    "ON CONFLICT (workspace, kind, ref) DO UPDATE SET at = excluded.at, conversation = excluded.conversation",
)
DUE = Delete(
    "due",
    ("workspace", "conversation", "kind", "ref"),
    where="due.workspace = :workspace AND due.conversation = :conversation AND due.kind = :kind AND due.ref = :ref",
)
NEW_TICKETS = Insert(
    "tickets",
    ("workspace", "conversation", "number", "run", "subject", "description", "email", "name", "priority", "at"),
)
NEW_LEADS = Insert(
    "leads",
    ("workspace", "conversation", "id", "run", "email", "name", "phone", "company", "message", "at"),
)
NEW_AUDIT = Insert("audit", ("workspace", "id", "at", "actor", "action", "subject", "body"))
