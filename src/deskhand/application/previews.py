"""Previews: kept in memory for the one who opened them, and gone an hour after they were used last."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from deskhand.application.attendance import Attendance
from deskhand.application.catalogue import Catalogues, Snapshot
from deskhand.application.hearing import Hearing
from deskhand.application.ids import fresh_id
from deskhand.application.performing import Performer
from deskhand.application.previewing import CHANNEL, DraftSnapshots, Preview, Settings
from deskhand.domain.agent import Agent
from deskhand.domain.contact import Contact
from deskhand.domain.procedure import Published
from deskhand.domain.state import Conversation
from deskhand.ports.clock import Clock
from deskhand.ports.stores import NotFound, Stores

IDLE = 60 * 60_000
"""Milliseconds after which a preview that nobody uses is gone."""
MOST = 20
"""Previews of one workspace; the one that was used longest ago makes room."""


class Previews:
    """The previews of all workspaces that this process holds."""

    def __init__(
        self, stores: Stores, catalogues: Catalogues, performer: Performer, hearing: Hearing, attendance: Attendance,
        clock: Clock,
    ) -> None:  # fmt: skip
        self._stores = stores
        self._catalogues = catalogues
        self._performer = performer
        self._hearing = hearing
        self._attendance = attendance
        self._clock = clock
        self._open: dict[tuple[str, str], Preview] = {}

    def open(
        self, workspace: str, published: Published, snapshot: Snapshot, settings: Settings, contact: Contact | None
    ) -> Preview:
        """Begin a conversation in which a draft stands in the place of the procedure of its slug."""
        self._tidy(workspace)
        conversation = fresh_id("conv", self._clock)
        about: Mapping[str, Any] = {"agent": settings.agent, **({"contact": contact} if contact else {})}
        state = Conversation(id=conversation, channel=CHANNEL, language=settings.language, **about)
        preview = Preview(
            fresh_id("preview", self._clock),
            workspace,
            published.slug,
            published,
            settings,
            state,
            stores=self._stores,
            snapshots=DraftSnapshots(self._catalogues, with_draft(snapshot, published, settings.agent)),
            performer=self._performer,
            hearing=self._hearing,
            attendance=self._attendance,
            clock=self._clock,
        )
        self._open[workspace, preview.id] = preview
        return preview

    def get(self, workspace: str, id: str) -> Preview:
        """A preview. Raises NotFound where there is none, or none any longer."""
        preview = self._open.get((workspace, id))
        if preview is None or self._clock.now() - preview.used_at > IDLE:
            self._open.pop((workspace, id), None)
            raise NotFound("This preview has ended: begin a new one.")
        preview.used_at = self._clock.now()
        return preview

    def close(self, workspace: str, id: str) -> None:
        """End a preview; nothing of it stays. Raises NotFound."""
        self.get(workspace, id)
        del self._open[workspace, id]

    def _tidy(self, workspace: str) -> None:
        """Let go of what nobody uses any longer."""
        now = self._clock.now()
        self._open = {key: one for key, one in self._open.items() if now - one.used_at <= IDLE}
        own = sorted((one for key, one in self._open.items() if key[0] == workspace), key=lambda one: one.used_at)
        for one in own[: max(len(own) - MOST + 1, 0)]:
            del self._open[workspace, one.id]


def with_draft(snapshot: Snapshot, published: Published, agent: str) -> Snapshot:
    """What is published, with a draft in its procedure's place, for an agent that may use it.

    Nothing is told to webhooks or channels.
    """
    slug = published.slug
    before = snapshot.agents.get(agent) or Agent(slug=agent, name="Deskhand")
    allowed = before.procedures
    if allowed is not None and slug not in allowed:
        before = before.model_copy(update={"procedures": [*allowed, slug]})
    return replace(
        snapshot,
        active={**snapshot.active, slug: published},
        versions={**snapshot.versions, (slug, published.version): published},
        agents={**snapshot.agents, agent: before},
        webhooks=(),
        channels={},
        _wanted={},
        _views={},
    )
