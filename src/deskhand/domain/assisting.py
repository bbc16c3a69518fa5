"""The team's assistant: an agent works for a member in the customer's conversation, beside what the customer sees.

It has a stack of its own; facts, counts and the contact are the conversation's, so that the same guards hold.
"""

from deskhand.domain import events as e
from deskhand.domain.errors import RuleError
from deskhand.domain.phrases import phrase
from deskhand.domain.state import Assistant, Conversation

_OWN = ("runs", "choice", "choice_values", "offers", "queued", "unread", "reading", "misunderstood")
_SHARED = ("facts", "identity", "uses", "tags", "lead", "topic", "heard_at", "spent")


def concerns(conversation: Conversation, event: e.Event) -> bool:
    """Whether an event is for what the team's assistant does."""
    if isinstance(event, e.Assisted):
        return True
    assistant = conversation.assistant
    if assistant is None:
        return False
    match event:
        case e.EffectSucceeded() | e.EffectFailed() | e.EffectUnknown() | e.RunStopped():
            return any(run.id == event.run for run in assistant.runs)
        case e.Decided():
            return any(getattr(run.waiting, "approval", None) == event.approval for run in assistant.runs)
        case e.Understood() | e.ReadingLate():
            return assistant.reading is not None and assistant.reading.id == event.reading
        case e.OfferLate():
            return any(offer.id == event.offer for offer in assistant.offers)
        case _:
            return False


def side_of(conversation: Conversation, event: e.Event | None = None) -> Conversation:
    """The conversation as the assistant has it: the member is who it talks to.

    event: what it is for, where that may be the first thing that it is asked. Raises RuleError.
    """
    known = conversation.assistant
    if isinstance(event, e.Assisted) and (known is None or known.agent != event.agent):
        if known is not None and known.runs:
            raise RuleError(
                phrase(
                    "`{agent}` has not finished yet: finish with it, or cancel, before you ask another.",
                    agent=known.agent,
                )
            )
        known = Assistant(agent=event.agent, by=event.by)
    assert known is not None
    own = {name: getattr(known, name) for name in _OWN}
    fresh = {"mode": "agent", "member": None, "assistant": None, "agent": known.agent}
    return conversation.model_copy(update={**own, **fresh})


def merged(conversation: Conversation, side: Conversation, event: e.Event) -> Conversation:
    """The conversation with what the assistant's turn changed; one that is done with everything is gone."""
    by = event.by if isinstance(event, e.Assisted) else conversation.assistant.by if conversation.assistant else ""
    own = {name: getattr(side, name) for name in _OWN}
    after = Assistant(agent=side.agent, by=by, **own)
    busy = after.runs or after.choice or after.offers or after.reading or after.unread
    shared = {name: getattr(side, name) for name in _SHARED}
    if side.status != conversation.status and side.status == "resolved":
        shared["status"] = "resolved"
    return conversation.model_copy(update={**shared, "assistant": after if busy else None})


def inner(event: e.Event) -> e.Event:
    """What an event is on the assistant's side: the member is whom it listens to."""
    if not isinstance(event, e.Assisted):
        return event
    if event.values is not None:
        return e.FormSubmitted(question=event.question or "", values=event.values)
    if event.choice is not None:
        return e.Clicked(question=event.question or "", choice=event.choice)
    return e.Said(text=event.text, commands=event.commands, later=event.later, passages=event.passages)
