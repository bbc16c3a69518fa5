"""Which rows of the audit trail are wanted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditWanted:
    """None where anything goes. Times in milliseconds."""

    actor: str | None = None
    action: str | None = None
    """How the action begins, such as `procedure.`."""
    subject: str | None = None
    since: int | None = None
    until: int | None = None
