"""What a turn brings out over the channel of its conversation."""

import json
from dataclasses import replace
from typing import Any

from deskhand.application.ids import fresh_id
from deskhand.application.webhooks import payload
from deskhand.domain.channel import TARGET, Channel, outgoing
from deskhand.ports.clock import Clock
from deskhand.ports.stores import Stores
from deskhand.ports.turns import Delivery, Entry, TurnCommit

MESSAGE = "channel.message"
"""The type of what is posted to a channel's platform."""


async def with_messages(
    commit: TurnCommit, channel: Channel | None, language: str, stores: Stores, clock: Clock
) -> TurnCommit:
    """The commit with what its entries bring out over the conversation's channel: both are stored, or neither is."""
    if channel is None or not channel.enabled or not any(entry.visible_to == "all" for entry in commit.entries):
        return commit
    external = await stores.channels.external(commit.workspace, channel.slug, commit.conversation)
    if external is None:
        return commit
    about = {"channel": channel.slug, "conversation": external, "conversation_id": commit.conversation}
    found = [_delivery(entry, about, commit, language, clock) for entry in commit.entries if entry.visible_to == "all"]
    return replace(commit, deliveries=(*commit.deliveries, *(one for one in found if one is not None)))


def _delivery(entry: Entry, about: dict[str, Any], commit: TurnCommit, language: str, clock: Clock) -> Delivery | None:
    shown = outgoing(entry.kind, json.loads(entry.body), language)
    if shown is None:
        return None
    data = {**about, "seq": entry.seq, **shown.model_dump(mode="json")}
    body = payload(MESSAGE, entry.at, data)
    target = TARGET + about["channel"]
    return Delivery(fresh_id("msg", clock), target, MESSAGE, body, entry.at, commit.conversation, entry.seq)
