"""The statements of a turn, by what they write. A `?` stands for each value of a row."""

from dataclasses import dataclass

from deskhand.adapters.sql.database import Row
from deskhand.adapters.sql.statements import delete, insert, update


@dataclass(frozen=True, slots=True)
class Form:
    """A statement, run once for each row."""

    sql: str
    checked: bool = False
    """Whether it must find its row; else the turn is a Conflict."""

    @property
    def together(self) -> bool:
        """Whether several rows fit into one statement: a plain INSERT."""
        return self.sql.startswith("INSERT") and self.sql.endswith(")") and " ON CONFLICT " not in self.sql


@dataclass(frozen=True, slots=True)
class Write:
    """Rows of one form."""

    form: Form
    rows: list[Row]


NEW_CONVERSATION = Form(
    insert(
        "conversations",
        "seq, state, status, mode, channel, updated_at, workspace, id, version, created_at",
        "ON CONFLICT DO NOTHING",
    ),
    checked=True,
)
CONVERSATION = Form(
    update(
        "conversations",
        "version = version + 1, seq = ?, state = ?, status = ?, mode = ?, channel = ?, updated_at = ?",
        "workspace = ? AND id = ? AND version = ?",
    ),
    checked=True,
)
NEW_ENTRIES = Form(
    insert("entries", "workspace, conversation, seq, kind, visible_to, run, at, event_id, body"),
)
NEW_RUNS = Form(
    insert(
        "runs",
        "workspace, conversation, id, procedure, version, status, waiting, step, started_at, ended_at, state",
    ),
)
RUNS = Form(
    update(
        "runs",
        "status = ?, waiting = ?, step = ?, ended_at = COALESCE(?, ended_at), state = COALESCE(?, state)",
        "workspace = ? AND conversation = ? AND id = ?",
    ),
    checked=True,
)
NEW_EFFECTS = Form(
    insert(
        "effects",
        "workspace, conversation, run, seq, step, kind, status, key, request, response, at, action, started_at",
    ),
)
EFFECTS = Form(
    update(
        "effects",
        "status = ?, key = COALESCE(?, key), request = COALESCE(?, request), response = COALESCE(?, response), at = ?",
        "workspace = ? AND conversation = ? AND run = ? AND seq = ?",
    ),
    checked=True,
)
NEW_APPROVALS = Form(
    insert(
        "approvals",
        "workspace, conversation, id, run, seq, about, procedure, status, card, requested_at, expires_at, decided_at, "
        "decided_by, reason, rights",
    ),
)
APPROVALS = Form(
    update(
        "approvals",
        "status = ?, decided_at = ?, decided_by = ?, reason = ?",
        "workspace = ? AND conversation = ? AND id = ? AND status = 'pending'",
    ),
    checked=True,
)
REVISED_APPROVALS = Form(
    update(
        "approvals",
        "seq = ?, card = ?, rights = ?",
        "workspace = ? AND conversation = ? AND id = ? AND status = 'pending'",
    ),
    checked=True,
)
NEW_DUE = Form(
    insert(
        "due",
        "workspace, conversation, kind, ref, at",
        "ON CONFLICT (workspace, kind, ref) DO UPDATE SET at = excluded.at, conversation = excluded.conversation",
    ),
)
DUE = Form(delete("due", "workspace = ? AND conversation = ? AND kind = ? AND ref = ?"))
NEW_TICKETS = Form(
    insert("tickets", "workspace, conversation, number, run, subject, description, email, name, priority, at"),
)
NEW_LEADS = Form(
    insert("leads", "workspace, conversation, id, run, email, name, phone, company, message, at"),
)
NEW_RESERVATIONS = Form(insert("reservations", "workspace, conversation, action, value, slot, run, at"))
RESERVATIONS = Form(
    delete("reservations", "workspace = ? AND conversation = ? AND action = ? AND value = ? AND slot = ? AND run = ?")
)
NEW_DELIVERIES = Form(
    insert(
        "deliveries",
        "workspace, id, webhook, event, body, status, attempts, due_at, created_at, updated_at, conversation, seq",
    ),
)
NEW_AUDIT = Form(insert("audit", "workspace, id, at, actor, action, subject, body"))

SEEN = "SELECT seq FROM entries WHERE workspace = ? AND conversation = ? AND event_id = ?"
"""The number of the entry that an event made."""
