"""What members are shown of an approval: its card, as it is stored."""

from typing import Any

from pydantic_core import to_json

from deskhand.domain import effects as f
from deskhand.domain.edits import Revised
from deskhand.domain.masking import masked_values
from deskhand.domain.state import Conversation
from deskhand.ports.turns import ApprovalChange


def new_approval(effect: f.RequestApproval, about: Conversation, entry: int, at: int, private: bool) -> ApprovalChange:
    """The row of an approval that is asked for.

    about: the conversation. entry: the number of the log's entry that tells of it. private: whether the team's
    assistant asks.
    """
    return ApprovalChange(
        id=effect.approval,
        status="pending",
        at=at,
        new=True,
        about=effect.about,
        run=effect.run,
        seq=effect.seq,
        procedure=effect.procedure,
        card=_card(effect, about, entry, private),
        expires_at=effect.expires_at,
        rights=effect.rights.model_dump_json(),
    )


def revised_approval(
    effect: f.RequestApproval, about: Conversation, entry: int, at: int, private: bool
) -> ApprovalChange:
    """What an edit changes about an approval's row."""
    return ApprovalChange(
        id=effect.approval,
        status="pending",
        at=at,
        seq=effect.seq,
        card=_card(effect, about, entry, private),
        rights=effect.rights.model_dump_json(),
        revised=True,
    )


def _card(effect: f.RequestApproval, about: Conversation, entry: int, private: bool) -> str:
    asking = about.assistant.agent if private and about.assistant else about.agent
    card: dict[str, Any] = {
        "description": effect.description,
        "procedure": effect.procedure,
        "version": effect.version,
        "step": effect.step,
        "why": effect.why,
        "rule": effect.rule,
        "act": effect.act.kind,
        "request": masked_values(effect.act.shown(), effect.sensitive),
        "variables": effect.variables,
        "words": effect.words,
        "after_expiry": effect.after_expiry,
        "goes_to": effect.goes_to,
        "agent": asking,
        "for_member": private,
        "channel": about.channel,
        "contact": _contact(about),
        "entry": entry,
        "asks_again": effect.asks_again,
        "editable": [one.model_dump() for one in effect.editable],
    }
    if effect.revised is not None:
        card["edited"] = _edited(effect.revised)
    return to_json(card).decode()


def _edited(revised: Revised) -> dict[str, Any]:
    revisions = [
        {
            "by": one.by.name,
            "at": one.at,
            "changes": [change.model_dump() for change in one.changes],
        }
        for one in revised.revisions
    ]
    return {"request": revised.request, "description": revised.description, "revisions": revisions}


def _contact(about: Conversation) -> dict[str, str] | None:
    """Who the customer is, as far as that is known."""
    contact = about.contact
    if contact is None:
        return None
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    known = {"id": contact.id, "name": name, "email": contact.email}
    return {key: value for key, value in known.items() if value} or None
