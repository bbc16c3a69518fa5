"""What a turn of a conversation begins with and comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deskhand.domain.actions import AnyAction
from deskhand.domain.direct import direct
from deskhand.domain.effects import Effect
from deskhand.domain.errors import RuleError
from deskhand.domain.phrases import phrase
from deskhand.domain.procedure import Published
from deskhand.domain.state import Conversation, Run
from deskhand.domain.steps.guarding import DIRECT, is_direct


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What may be run: the active procedures, and the versions that runs began with."""

    active: Mapping[str, Published]
    versions: Mapping[tuple[str, int], Published] = field(default_factory=dict)
    actions: Mapping[str, AnyAction] = field(default_factory=dict)
    """The workspace's actions as they are now; `active` holds those that the agent may use by itself, too."""

    def find(self, slug: str) -> Published | None:
        """What a run may call by a slug: an active procedure, or an action directly."""
        action = self.actions.get(slug.removeprefix(DIRECT)) if is_direct(slug) else None
        if action is not None:
            return self.active.get(slug) or direct(action, self.active)
        return self.active.get(slug)

    def of(self, run: Run) -> Published:
        """The version that a run is pinned to. Raises RuleError where it is not there: no other one will do."""
        if run.action is not None:
            current = self.active.get(run.procedure)
            return current if current and current.version == run.version else direct(run.action, self.active)
        pinned = self.versions.get((run.procedure, run.version)) or self.active.get(run.procedure)
        if pinned is None or pinned.version != run.version:
            raise RuleError(
                phrase(
                    "Version {version} of `{procedure}`, which a run began with, is not there.",
                    version=run.version,
                    procedure=run.procedure,
                )
            )
        return pinned


@dataclass(frozen=True, slots=True)
class Traced:
    """Steps that one run went through in this turn."""

    run: str
    procedure: str
    version: int
    steps: tuple[str, ...]
    began: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A conversation after an event, what it wants done, what its runs went through, and the runs that changed."""

    conversation: Conversation
    effects: tuple[Effect, ...]
    traces: tuple[Traced, ...]
    ended: tuple[Run, ...]
