"""Topics: named slices of what the agent knows."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Asked, Items, Shown, Slug, matching_slug
from deskhand.domain.knowledge import Topic
from deskhand.domain.preconditions import SLUG

router = APIRouter(prefix="/v1/topics", tags=["Knowledge"], route_class=KeyedRoute)


class NewTopic(Asked):
    """A topic."""

    slug: str | None = Field(default=None, description="The same as in the address, or left out.")
    name: Annotated[str, Field(min_length=1, max_length=100, examples=["Delivery"])]
    sources: Annotated[list[Annotated[str, Field(pattern=SLUG, max_length=64)]], Field(max_length=1_000)] = Field(
        default=[], description="The sources that are searched where the topic is switched to, by slug."
    )


class ShownTopic(Shown):
    """A topic."""

    slug: str
    name: str
    sources: list[str]


class TopicList(Items[ShownTopic]):
    """All topics."""


@router.get("", summary="List topics")
async def list_topics(who: Member) -> TopicList:
    """All topics of the workspace."""
    topics = await who.services.sources.topics(who.workspace)
    return TopicList(items=[ShownTopic.model_validate(one) for one in topics])


@router.get("/{slug}", summary="Look at a topic")
async def get_topic(who: Member, slug: Slug) -> ShownTopic:
    """One topic."""
    return ShownTopic.model_validate(await who.services.sources.topic(who.workspace, slug))


@router.put("/{slug}", summary="Store a topic")
async def put_topic(who: Builder, slug: Slug, wanted: NewTopic) -> ShownTopic:
    """Make or replace a topic. A source that it names has to be there."""
    matching_slug(slug, wanted.slug)
    topic = Topic(slug=slug, name=wanted.name, sources=list(dict.fromkeys(wanted.sources)))
    await who.services.sources.save_topic(who.workspace, topic, who.by)
    return ShownTopic.model_validate(topic)


@router.delete("/{slug}", status_code=204, summary="Remove a topic")
async def remove_topic(who: Builder, slug: Slug) -> None:
    """Remove a topic; its sources stay, and conversations that were switched to it search all of them."""
    await who.services.sources.remove_topic(who.workspace, slug, who.by)
