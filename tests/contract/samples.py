"""Records for the stores' tests. Every identifier is another one, and later ones are greater."""

import itertools
from dataclasses import replace
from typing import Any

from deskhand.domain.ids import derived_id
from deskhand.ports.stores import ProcedureRow, VersionRow, WorkspaceRow
from deskhand.ports.turns import AuditRow, Entry, RunChange, TurnCommit

_count = itertools.count(1_000)

NOW = 1_790_000_000_000
STATE = '{"schema":1,"facts":{"order":"ORD-1"}}'


def fresh(prefix: str) -> str:
    """An identifier that nothing has yet."""
    return derived_id(prefix, next(_count), prefix)


WORKSPACE = fresh("ws")
OTHER = fresh("ws")


def workspace_row(shown: str) -> WorkspaceRow:
    return WorkspaceRow(shown, "Acme", ("shop.internal:8080",), NOW)


def audit_row(action: str = "tested", at: int = NOW) -> AuditRow:
    return AuditRow(fresh("aud"), at, "member:ada", action, "thing", '{"a":1}')


def said(seq: int, event_id: str | None = None, **fields: Any) -> Entry:
    made = Entry(seq, "said", NOW + seq, '{"text":"Grüße 👋"}', "all", None, event_id or f"event-{seq}")
    return replace(made, **fields)


def began(run: str, **fields: Any) -> RunChange:
    made = RunChange(run, "refund-request", 3, "waiting", "answer", "ask_order", NOW, new=True)
    return replace(made, **fields)


def turn(conversation: str, expected: int = 0, workspace: str = WORKSPACE, **fields: Any) -> TurnCommit:
    """A turn with one entry, numbered as the version that it makes."""
    seq = expected + 1
    made = TurnCommit(
        workspace, conversation, expected, seq, STATE, "open", "agent", "widget", NOW + seq, entries=(said(seq),)
    )
    return replace(made, **fields)


def procedure_row(slug: str, **fields: Any) -> ProcedureRow:
    made = ProcedureRow(fresh("proc"), slug, slug.title(), "draft", "{}", 1, None, None, NOW, NOW, "Ada", NOW)
    return replace(made, **fields)


def version_of(row: ProcedureRow, version: int = 1) -> VersionRow:
    return VersionRow(row.id, row.slug, version, '{"name":"Refund"}', '{"actions":{}}', NOW + version, "member:ada")
