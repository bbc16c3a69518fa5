"""What lists of procedures tell at a glance, read from drafts that may be incomplete."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from deskhand.domain.documents import read_procedure, to_document
from deskhand.domain.problems import Invalid
from deskhand.domain.procedure import ONE_SHOT, Procedure
from deskhand.ports.stores import ProcedureRow, VersionRow

Way = Literal["request", "sources", "negative_feedback", "unanswered", "always"]
FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Outline:
    """A draft at a glance."""

    trigger: str
    """When the agent runs it, in words."""
    ways: tuple[Way, ...]
    """What brings it to customers."""
    kind: str
    """`flow`, or the kind of its only step where it is one that the customer picks."""
    irreversible: bool
    """Whether it, or a step of it, cannot be undone."""
    escalation: bool
    approval: bool
    """Whether some step waits for a member's approval."""
    audience: str | None


def outline_of(draft: Any) -> Outline:
    """A draft at a glance, whatever it is made of."""
    draft = _object(draft)
    trigger = _object(draft.get("trigger"))
    found = draft.get("steps")
    steps = [_object(step) for step in found] if isinstance(found, list) else []
    irreversible = draft.get("irreversible") is True or any(step.get("irreversible") is True for step in steps)
    only = steps[0].get("kind") if len(steps) == 1 else None
    described, audience = trigger.get("description"), trigger.get("audience")
    return Outline(
        trigger=described if isinstance(described, str) else "",
        ways=_ways(trigger),
        kind=only if isinstance(only, str) and only in ONE_SHOT else FLOW,
        irreversible=irreversible,
        escalation=draft.get("escalation") is True,
        approval=irreversible or any(step.get("approval") == "require" for step in steps),
        audience=audience if isinstance(audience, str) else None,
    )


def differs(row: ProcedureRow, live: VersionRow | None) -> bool:
    """Whether the draft says something else than the version that was published last."""
    if live is None or row.updated_at == live.published_at:
        return False
    try:
        draft = read_procedure(json.loads(row.draft))
    except Invalid:
        return True
    return to_document(draft) != to_document(Procedure.model_validate_json(live.document))


def _ways(trigger: Mapping[str, Any]) -> tuple[Way, ...]:
    described = trigger.get("description")
    asked = (isinstance(described, str) and described.strip()) or trigger.get("phrases")
    there: dict[Way, Any] = {
        "request": asked,
        "sources": trigger.get("sources"),
        "negative_feedback": trigger.get("on_negative_feedback"),
        "unanswered": trigger.get("on_unanswered"),
        "always": trigger.get("always"),
    }
    return tuple(way for way, found in there.items() if found)


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
