"""Rows of the audit trail for what members and programs do."""

import json
from typing import Any

from deskhand.application.ids import fresh_id
from deskhand.ports.clock import Clock
from deskhand.ports.turns import AuditRow


def audit_row(clock: Clock, by: str, action: str, subject: str, body: dict[str, Any] | None = None) -> AuditRow:
    """Who (`by`) did what (`procedure.published`) to which subject, now."""
    text = json.dumps(body or {}, ensure_ascii=False)
    return AuditRow(fresh_id("aud", clock), clock.now(), by, action, subject, text)
