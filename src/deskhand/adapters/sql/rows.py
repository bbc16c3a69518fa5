# ruff: noqa: D103 (each function makes the record that it is named after)
"""The columns that are read, and the records that they become."""

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.database import Row
from deskhand.adapters.sql.turns import VISIBLE_TO
from deskhand.ports.stores import (
    ApprovalRow,
    ConversationRow,
    DeliveryRow,
    DueRow,
    EffectRow,
    KeyRow,
    Mail,
    ProcedureRow,
    RunRow,
    VersionRow,
)
from deskhand.ports.turns import AuditRow, Entry, Lead, Ticket

CONVERSATION = "id, version, seq, status, mode, channel, created_at, updated_at, state"
ENTRY = "seq, kind, at, body, visible_to, run, event_id"
RUN = "id, conversation, procedure, version, status, waiting, step, started_at, ended_at, state"
EFFECT = (
    "conversation, run, seq, step, kind, status, key, request, response, at, action, COALESCE(test, 0), "
    "COALESCE(started_at, at)"
)
APPROVAL = (
    "a.id, a.conversation, a.run, a.seq, a.about, a.procedure, a.status, a.card, a.requested_at, a.expires_at, "
    "a.decided_at, a.decided_by, a.reason, a.rights, e.status, COALESCE(c.mode, 'agent'), COALESCE(r.procedure, '')"
)
"""Of approvals `a` with their effects `e`, conversations `c` and runs `r`."""
DELIVERY = "id, webhook, event, body, status, attempts, due_at, created_at, updated_at, last_status, last_problem"
DUE = "workspace, conversation, kind, ref, at"
TICKET = "number, subject, description, email, name, priority, run, at"
LEAD = "id, email, name, phone, company, message, run, at"
AUDIT = "id, at, actor, action, subject, body"
PROCEDURE = (
    "id, slug, name, status, draft, revision, simulated_revision, active_version, created_at, updated_at, "
    "saved_by, saved_at"
)
KEY = "workspace, id, name, role, created_at, revoked_at, made_by"
MAIL = "id, recipient, subject, body, at"


def conversation(row: Row) -> ConversationRow:
    return ConversationRow(ids.shown(ids.CONVERSATION, row[0]), *row[1:])


def entry(row: Row) -> Entry:
    seq, kind, at, body, visible_to, run, event_id = row
    return Entry(seq, kind, at, body, VISIBLE_TO[visible_to], run and ids.shown(ids.RUN, run), event_id)


def run(row: Row) -> RunRow:
    return RunRow(ids.shown(ids.RUN, row[0]), ids.shown(ids.CONVERSATION, row[1]), *row[2:])


NOWHERE = bytes(16)
"""In place of a conversation, for calls that members made to try an action; or of a lead's run."""


def delivery(row: Row) -> DeliveryRow:
    return DeliveryRow(ids.shown(ids.DELIVERY, row[0]), *row[1:])


def effect(row: Row) -> EffectRow:
    conversation = "" if row[0] == NOWHERE else ids.shown(ids.CONVERSATION, row[0])
    seq, step, kind, status, key, request, response, at, action, test, started_at = row[2:]
    return EffectRow(
        conversation, ids.shown(ids.RUN, row[1]), seq, step, kind, status, key, request, response, at, action,
        bool(test), started_at,
    )  # fmt: skip


def approval(row: Row) -> ApprovalRow:
    own = ids.shown(ids.APPROVAL, row[0]), ids.shown(ids.CONVERSATION, row[1]), ids.shown(ids.RUN, row[2])
    return ApprovalRow(*own, *row[3:])


def due(row: Row) -> DueRow:
    return DueRow(ids.shown(ids.WORKSPACE, row[0]), ids.shown(ids.CONVERSATION, row[1]), *row[2:])


def ticket(row: Row) -> Ticket:
    number, subject, description, email, name, priority, run, at = row
    return Ticket(number, subject, description, email, name, priority, ids.shown(ids.RUN, run), at)


def lead(row: Row) -> Lead:
    lead, email, name, phone, company, message, run, at = row
    return Lead(ids.shown(ids.LEAD, lead), email, name, phone, company, message, _run_or_none(run), at)


def _run_or_none(run: bytes) -> str | None:
    return None if run == NOWHERE else ids.shown(ids.RUN, run)


def audit(row: Row) -> AuditRow:
    return AuditRow(ids.shown(ids.AUDIT, row[0]), *row[1:])


def procedure(row: Row) -> ProcedureRow:
    return ProcedureRow(ids.shown(ids.PROCEDURE, row[0]), *row[1:])


def version(row: Row) -> VersionRow:
    return VersionRow(ids.shown(ids.PROCEDURE, row[0]), *row[1:])


def key(row: Row) -> KeyRow:
    workspace, own, name, role, created_at, revoked_at, made_by, *maker = row
    shown = ids.shown(ids.WORKSPACE, workspace), ids.shown(ids.KEY, own), name, role, created_at, revoked_at
    return KeyRow(*shown, made_by and ids.shown(ids.MEMBER, made_by), *maker)


def mail(row: Row) -> Mail:
    return Mail(ids.shown(ids.MAIL, row[0]), *row[1:])
