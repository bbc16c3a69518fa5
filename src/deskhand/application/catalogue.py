"""What a workspace has published, kept in memory for as long as its catalogue's number stays the same."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from deskhand.application.approval_settings import approval_settings
from deskhand.application.audit import audit_row
from deskhand.application.widget_settings import widget_settings
from deskhand.domain.actions import AnyAction, read_action, read_action_json
from deskhand.domain.agent import DEFAULT_AGENT, Agent
from deskhand.domain.audience import Audience, matches, scope_of
from deskhand.domain.channel import Channel
from deskhand.domain.deciding import Person
from deskhand.domain.direct import direct
from deskhand.domain.errors import RuleError
from deskhand.domain.knowledge import Topic
from deskhand.domain.language_model import LanguageModel
from deskhand.domain.phrases import phrase
from deskhand.domain.procedure import Procedure, Published
from deskhand.domain.requests import Connection
from deskhand.domain.state import Conversation, Run
from deskhand.domain.steps.collect import CollectStep
from deskhand.domain.steps.guarding import DIRECT
from deskhand.domain.turn import Catalogue
from deskhand.domain.webhook import Webhook
from deskhand.ports.clock import Clock
from deskhand.ports.stores import DocumentRow, NotFound, Stores, VersionRow
from deskhand.ports.understanding import Candidate, Wanted
from deskhand.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class View:
    """What one agent may run by itself, and what its understanding is told of it."""

    agent: Agent
    catalogue: Catalogue
    candidates: tuple[Candidate, ...]
    limited: Mapping[str, str] = field(default_factory=dict)
    """The audiences of the procedures that are not for everybody."""


@dataclass(slots=True)
class Snapshot:
    """Everything that turns of one workspace look up."""

    number: int
    active: dict[str, Published]
    actions: dict[str, AnyAction]
    agents: dict[str, Agent]
    connections: dict[str, Connection]
    internal_hosts: frozenset[str]
    versions: dict[tuple[str, int], Published]
    time_zone: str = "UTC"
    """Where days begin for customers of whom nothing else is known."""
    webhooks: tuple[Webhook, ...] = ()
    channels: dict[str, Channel] = field(default_factory=dict)
    models: dict[str, LanguageModel] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)
    four_eyes: bool = False
    """Whether nobody may approve what they themselves published or edited."""
    scripts: bool = True
    """Whether scripts may run in customers' pages."""
    topics: dict[str, str] = field(default_factory=dict)
    """The names of the knowledge's topics, by slug."""
    secrets: dict[str, str] = field(default_factory=dict, repr=False)
    """Secrets unsealed so far."""
    _wanted: dict[tuple[str, int], tuple[Wanted, ...]] = field(default_factory=dict)
    _views: dict[str, View] = field(default_factory=dict)

    def check_agent(self, agent: str) -> None:
        """Raises RuleError for one that is not there; the usual one always is."""
        if agent not in (*self.agents, DEFAULT_AGENT):
            raise RuleError(phrase("There is no agent `{agent}`.", agent=agent[:64]))

    def view(self, agent: str) -> View:
        """What an agent sees; one that was removed sees no actions."""
        if agent not in self._views:
            self._views[agent] = self._view(self.agents.get(agent) or Agent(slug=agent, name="Deskhand"))
        return self._views[agent]

    def _view(self, agent: Agent) -> View:
        enabled = [self.actions[slug] for slug in agent.actions if slug in self.actions]
        own = {DIRECT + one.slug: direct(one, self.active) for one in enabled if one.usable}
        chosen = agent.procedures
        allowed = {slug: one for slug, one in self.active.items() if chosen is None or slug in chosen}
        active = {**allowed, **own}
        wanted = [one.procedure for one in active.values() if one.procedure.trigger.matches_requests]
        candidates = tuple(map(candidate, wanted))
        limited = {slug: name for slug, one in allowed.items() if (name := one.procedure.trigger.audience)}
        return View(agent, Catalogue(active, self.versions, self.actions), candidates, limited)

    def barred(self, view: View, state: Conversation, at: int) -> dict[str, str]:
        """The procedures that this customer may not have, each with the reason."""
        if not view.limited:
            return {}
        scope = scope_of(state, at)
        found: dict[str, str] = {}
        for procedure, name in view.limited.items():
            audience = self.audiences.get(name)
            if audience is None:
                found[procedure] = phrase("there is no audience `{name}` any more.", name=name)
            elif not matches(audience.rule, scope):
                found[procedure] = phrase("they are not in the audience “{name}”.", name=audience.name)
        return found

    def wanted(self, run: Run) -> tuple[Wanted, ...]:
        """Everything that the version of a run asks the customer for."""
        key = run.procedure, run.version
        if key not in self._wanted:
            catalogue = Catalogue(self.active, self.versions, self.actions)
            self._wanted[key] = wanted_of(catalogue.of(run).procedure)
        return self._wanted[key]

    def hidden(self, run: Run) -> frozenset[str]:
        """The variables of a run that nobody may read."""
        return Catalogue(self.active, self.versions, self.actions).of(run).sensitive


class Snapshots(Protocol):
    """Where a turn gets its snapshot from."""

    async def at(self, workspace: str, number: int | None = None) -> Snapshot:
        """The snapshot with this number; without one, whatever is newest."""
        ...

    async def pinned(self, workspace: str, snapshot: Snapshot, runs: Iterable[Run]) -> None:
        """Make sure that the versions which these runs began with are there."""
        ...


class Catalogues:
    """Loads snapshots and keeps the newest of each workspace."""

    def __init__(self, stores: Stores, vault: Vault, clock: Clock) -> None:
        self._stores = stores
        self._vault = vault
        self._clock = clock
        self._kept: dict[str, Snapshot] = {}

    async def at(self, workspace: str, number: int | None = None) -> Snapshot:
        """The snapshot with this number; without one, whatever is newest."""
        kept = self._kept.get(workspace)
        if kept is not None and kept.number == number:
            return kept
        snapshot = await self._load(workspace)
        self._kept[workspace] = snapshot
        return snapshot

    async def pinned(self, workspace: str, snapshot: Snapshot, runs: Iterable[Run]) -> None:
        """Make sure that the versions which these runs began with are there."""
        for run in runs:
            if run.action is None and (run.procedure, run.version) not in snapshot.versions:
                await self._published(workspace, snapshot.versions, run.procedure, run.version)

    async def secret(self, workspace: str, snapshot: Snapshot, name: str) -> str:
        """A secret in clear, for the wire. Raises NotFound or CannotUnseal."""
        if name not in snapshot.secrets:
            snapshot.secrets[name] = await self.stored_secret(workspace, name)
        return snapshot.secrets[name]

    async def stored_secret(self, workspace: str, name: str) -> str:
        """A secret in clear, as it is stored at this moment. Raises NotFound or CannotUnseal."""
        try:
            sealed = await self._stores.settings.secret(workspace, name)
        except NotFound:
            raise NotFound(
                phrase("The secret `{name}` does not exist: store it, or use another one.", name=name)
            ) from None
        return self._vault.unseal(workspace, f"secret:{name}", sealed)

    async def replace_secret(self, workspace: str, name: str, value: str) -> None:
        """Keep a secret that an outside system has replaced, such as a refresh token."""
        sealed = self._vault.seal(workspace, f"secret:{name}", value)
        audit = audit_row(self._clock, "engine", "secret.rotated", name)
        await self._stores.settings.put_secret(workspace, name, sealed, self._clock.now(), audit)

    async def disable_action(self, workspace: str, slug: str, reason: str) -> None:
        """Switch an action off until a member has looked at it; one that is off already stays as it is."""
        row = await self._stores.settings.document(workspace, "action", slug)
        action = read_action_json(row.document)
        if action.enabled:
            off = action.model_copy(update={"enabled": False, "disabled_reason": reason})
            fresh = DocumentRow(slug, off.model_dump_json(), self._clock.now())
            audit = audit_row(self._clock, "engine", "action.disabled", slug, {"reason": reason})
            await self._stores.settings.put(workspace, "action", fresh, audit)

    async def _load(self, workspace: str) -> Snapshot:
        number, rows = await self._stores.procedures.active(workspace)
        versions: dict[tuple[str, int], Published] = {}
        active = {}
        for row in rows:
            active[row.slug] = await self._from_row(workspace, versions, row)
        settings = self._stores.settings
        connections = await settings.documents(workspace, "connection")
        actions = [read_action_json(row.document) for row in await settings.documents(workspace, "action")]
        agents = [Agent.model_validate_json(row.document) for row in await settings.documents(workspace, "agent")]
        webhooks = [Webhook.model_validate_json(row.document) for row in await settings.documents(workspace, "webhook")]
        models = [
            LanguageModel.model_validate_json(row.document) for row in await settings.documents(workspace, "model")
        ]
        audiences = [
            Audience.model_validate_json(row.document) for row in await settings.documents(workspace, "audience")
        ]
        topics = [Topic.model_validate_json(row.document) for row in await settings.documents(workspace, "topic")]
        channels = [Channel.model_validate_json(row.document) for row in await settings.documents(workspace, "channel")]
        about = await self._stores.settings.workspace(workspace)
        prefers = await self._stores.preferences.get(workspace)
        return Snapshot(
            number=number,
            active=active,
            actions={action.slug: action for action in actions},
            agents={agent.slug: agent for agent in agents},
            connections={row.slug: Connection.model_validate_json(row.document) for row in connections},
            internal_hosts=frozenset(about.internal_hosts),
            webhooks=tuple(webhooks),
            channels={channel.slug: channel for channel in channels},
            audiences={audience.slug: audience for audience in audiences},
            models={model.slug: model for model in models},
            versions=versions,
            scripts=(await widget_settings(self._stores, workspace)).scripts,
            topics={topic.slug: topic.name for topic in topics},
            four_eyes=(await approval_settings(self._stores, workspace)).four_eyes,
            time_zone=prefers.time_zone,
        )

    async def _published(
        self, workspace: str, versions: dict[tuple[str, int], Published], slug: str, version: int
    ) -> Published:
        known = versions.get((slug, version))
        if known is None:
            row = await self._stores.procedures.version(workspace, slug, version)
            known = await self._from_row(workspace, versions, row)
        return known

    async def _from_row(self, workspace: str, versions: dict[tuple[str, int], Published], row: VersionRow) -> Published:
        pins = json.loads(row.pins)
        children = {
            slug: await self._published(workspace, versions, slug, version)
            for slug, version in pins.get("procedures", {}).items()
        }
        published = Published(
            procedure=Procedure.model_validate_json(row.document),
            version=row.version,
            actions={slug: read_action(data) for slug, data in pins.get("actions", {}).items()},
            procedures=children,
            publisher=Person(name=row.published_by, member=pins.get("publisher")),
        )
        versions[row.slug, row.version] = published
        return published


def candidate(procedure: Procedure) -> Candidate:
    """What an understanding is told of a procedure."""
    return Candidate(
        slug=procedure.slug,
        name=procedure.name,
        description=procedure.trigger.description,
        phrases=tuple(procedure.trigger.phrases),
        wanted=wanted_of(procedure),
        when_not_to_use=procedure.trigger.when_not_to_use,
    )


def wanted_of(procedure: Procedure) -> tuple[Wanted, ...]:
    """Everything that a procedure asks the customer for."""
    found = {
        variable.name: Wanted(
            variable.name, variable.type, tuple(variable.choices), variable.example, variable.description
        )
        for variable in procedure.variables
    }
    for step in procedure.steps:
        if isinstance(step, CollectStep):
            prompt = step.prompt if isinstance(step.prompt, str) else " ".join(step.prompt.values())
            found.setdefault(
                step.variable, Wanted(step.variable, step.validation, tuple(step.choices), step.example, prompt)
            )
    return tuple(found.values())
