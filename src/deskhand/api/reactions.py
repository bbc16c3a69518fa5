"""What customers think of answers, which topic they talk about, and what members have the team's assistant do."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field, JsonValue

from deskhand.api.auth import Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.entries import Receipt, post
from deskhand.api.models import LARGEST_SEQ, LONGEST_TEXT, ConversationId, EventOptions, Wait
from deskhand.domain import events as e
from deskhand.domain.errors import RuleError
from deskhand.domain.preconditions import SLUG

router = APIRouter(prefix="/v1/conversations", tags=["Conversations"], route_class=KeyedRoute)


class Feedback(EventOptions):
    """A thumb, up or down."""

    reaction: Literal["positive", "negative"]
    about: Annotated[int, Field(ge=1, le=LARGEST_SEQ)] | None = Field(
        default=None, description="The `seq` of the entry that it is about; what was said last, if left out."
    )
    reason: Annotated[str, Field(max_length=2_000)] = Field(default="", description="The customer's own words.")


class ChosenTopic(EventOptions):
    """What answers come from."""

    topic: Annotated[str, Field(pattern=SLUG, max_length=64)] | None = Field(
        description="A topic's slug, or null for everything that is known."
    )


class Wish(EventOptions):
    """What a member wants of the team's assistant: words, a click or a form that it asked for."""

    agent: Annotated[str, Field(pattern=SLUG, max_length=64)] = Field(description="An agent of kind `team`, by slug.")
    text: Annotated[str, Field(max_length=LONGEST_TEXT)] = Field(default="", description="The member's words.")
    question: Annotated[str, Field(max_length=100)] | None = Field(
        default=None, description="The `question` of its `ask` or `show_form` entry, or its `offer`."
    )
    choice: Annotated[str, Field(max_length=1000)] | None = Field(default=None, description="What was clicked.")
    values: dict[str, JsonValue] | None = Field(default=None, description="A form that was filled in.")


@router.post("/{id}/feedback", summary="Rate an answer as the customer")
async def give_feedback(who: Member, id: ConversationId, feedback: Feedback, wait: Wait = 10) -> Receipt:
    """Take in a thumb; a thumbs-down brings the procedures that are there for it."""
    event = e.FeedbackGiven(**feedback.model_dump(exclude={"event_id"}))
    return await post(who, id, event, feedback.event_id, wait)


@router.post("/{id}/topic", summary="Switch the topic")
async def switch_topic(who: Member, id: ConversationId, wanted: ChosenTopic, wait: Wait = 10) -> Receipt:
    """From here on answers come from this slice of the knowledge."""
    if wanted.topic is not None:
        await who.services.sources.topic(who.workspace, wanted.topic)
    return await post(who, id, e.TopicSwitched(topic=wanted.topic, by=who.by), wanted.event_id, wait)


@router.post("/{id}/assist", summary="Ask the team's assistant")
async def assist(who: Member, id: ConversationId, wish: Wish, wait: Wait = 10) -> Receipt:
    """Have an agent of the team work on behalf of the customer; the customer sees nothing of it."""
    if not wish.text.strip() and wish.choice is None and wish.values is None:
        raise RuleError("Nothing is asked: give `text`, or `question` with `choice` or `values`.")
    await who.services.configuration.agent(who.workspace, wish.agent)
    event = e.Assisted(by=who.by, **wish.model_dump(exclude={"event_id"}))
    return await post(who, id, event, wish.event_id, wait)
