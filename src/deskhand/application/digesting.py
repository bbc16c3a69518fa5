"""Keeping digests up with the log: what was committed is noted, folded soon after, and found again after a crash."""

import asyncio
import json
from collections.abc import Iterable

from deskhand.application.folding import CALLS, Known, fold
from deskhand.application.performing import complain
from deskhand.application.streams import Streams
from deskhand.domain.digest import FORM, Digest
from deskhand.domain.procedure import Procedure
from deskhand.domain.state import Conversation, ForApproval, ForEffect, ForOutcome, ForRun
from deskhand.domain.steps.guarding import is_direct
from deskhand.domain.stored import load
from deskhand.ports.digests import Digested, Grown, Place, Standing
from deskhand.ports.stores import NotFound, Stores
from deskhand.ports.turns import Entry

TEST_CHANNELS = frozenset({"preview", "test"})
"""Conversations over these are tries: reports leave them out."""
AT_ONCE = 20
"""Conversations that are written together."""
WALK = 100
"""Conversations that one step of a walk looks at."""
STRETCH = 1000
"""Entries that are read at once."""
MOST_FOR_A_READER = 200
"""Conversations that are folded before a list or a report is read; the rest follows in the background."""
MOST_FLAGS = 10_000
MOST_NOTED = 10_000
"""Conversations that are noted as grown; where there are more, they are looked for in the store."""


class Digesting:
    """Folds what has grown. One conversation is folded by one at a time."""

    def __init__(self, stores: Stores, streams: Streams) -> None:
        self._stores = stores
        self._one = asyncio.Lock()
        self._flags: dict[tuple[str, str, int], bool] = {}
        self._noted: dict[tuple[str, str], None] = {}
        self._too_much = False
        """Whether more has grown than is noted."""
        self._at: Place | None = None
        self.commits = 0
        """How many turns were committed since the start."""
        self.walked = False
        """Whether every conversation was looked at since the start."""
        self.grown = asyncio.Event()
        """Set whenever something was committed; who folds it clears it."""
        streams.watchers.append(self._note)

    @property
    def behind(self) -> bool:
        """Whether lists and reports may not have everything yet."""
        return not self.walked or self._too_much or bool(self._noted) or self._one.locked()

    def _note(self, workspace: str, conversation: str) -> None:
        self.commits += 1
        if len(self._noted) < MOST_NOTED:
            self._noted[workspace, conversation] = None
        else:
            self._too_much = True
        self.grown.set()

    async def catch_up(self, workspace: str) -> bool:
        """Fold what was committed in a workspace just now, as far as a reader may wait; whether that was all."""
        noted = [place for place in self._noted if place[0] == workspace][:MOST_FOR_A_READER]
        await self.fold(noted)
        async with self._one:  # what is being folded at this moment may be of this workspace
            left = any(place[0] == workspace for place in self._noted)
            return self.walked and not self._too_much and not left

    async def fold_noted(self, most: int = AT_ONCE) -> int:
        """Fold some of what was committed since; gives how many conversations that were."""
        noted = list(self._noted)[:most]
        await self.fold(noted)
        return len(noted)

    async def walk(self) -> int:
        """Look at the next conversations for those whose digests are behind; gives how many that were."""
        if self._too_much:
            self._too_much = False
            self._at, self.walked = None, False
        if self.walked:
            return 0
        behind, at = await self._stores.digests.stale(self._at, WALK)
        await self.fold([(place.workspace, place.conversation) for place in behind])
        self._at, self.walked = at, at is None
        return len(behind)

    async def fold(self, noted: Iterable[tuple[str, str]]) -> None:
        """Bring the digests of these conversations up to date."""
        places = list(noted)
        for at in range(0, len(places), AT_ONCE):
            async with self._one:
                await self._fold(places[at : at + AT_ONCE])
            await asyncio.sleep(0)

    async def _fold(self, places: list[tuple[str, str]]) -> None:
        digested = []
        for place in places:
            # taken out before it is read: what is committed from here on is noted anew
            self._noted.pop(place, None)
            try:
                one = await self._digested(Place(*place))
            except (ValueError, KeyError, TypeError) as error:
                # it concerns this conversation alone, and the others shall be found
                complain(
                    f"The digest of {place[1]} could not be made: reports and lists lack what is new in it.", error
                )
                continue
            if one is not None:
                digested.append(one)
        if not digested:
            return
        try:
            await self._stores.digests.keep(digested)
        except BaseException:
            self._noted.update(dict.fromkeys(places))
            raise

    async def _digested(self, place: Place) -> Digested | None:
        grown = await self._stores.digests.grown(place)
        if grown is None or grown.digested == grown.version:
            return None
        was = load(Digest, grown.digest) if grown.digest and grown.digested else Digest()
        anew = grown.digest is not None and (was.form != FORM or not grown.digested)
        if was.form != FORM:
            was = Digest()
        entries = await self._entries(grown, was.seq)
        digest, figures = fold(was, entries, await self._known(place, entries))
        return Digested(place, _standing(grown), digest, figures, anew)

    async def _entries(self, grown: Grown, after: int) -> list[Entry]:
        found: list[Entry] = []
        while True:
            more = await self._stores.digests.entries(grown.place, after, grown.seq, STRETCH)
            found += more
            if len(more) < STRETCH:
                return found
            after = more[-1].seq

    async def _known(self, place: Place, entries: list[Entry]) -> Known:
        """What the log itself does not tell of these entries."""
        calls = [(one.run, json.loads(one.body).get("seq")) for one in entries if one.kind in CALLS and one.run]
        numbered = [(run, seq) for run, seq in calls if isinstance(seq, int)]
        actions = await self._stores.digests.actions(place, numbered) if numbered else {}
        began = [json.loads(one.body) for one in entries if one.kind == "steps" and '"began":true' in one.body]
        flagged = [
            (body["procedure"], body["version"])
            for body in began
            if await self._is_flagged(place.workspace, body["procedure"], body["version"])
        ]
        return Known(actions, frozenset(flagged))

    async def _is_flagged(self, workspace: str, procedure: str, version: int) -> bool:
        """Whether this version counts every run as an escalation; a version never changes."""
        if is_direct(procedure):
            return False
        key = workspace, procedure, version
        if key not in self._flags:
            if len(self._flags) >= MOST_FLAGS:
                self._flags.clear()
            try:
                row = await self._stores.procedures.version(workspace, procedure, version)
                self._flags[key] = Procedure.model_validate_json(row.document).escalation
            except NotFound:
                self._flags[key] = False
        return self._flags[key]


def _standing(grown: Grown) -> Standing:
    state = load(Conversation, grown.state)
    contact = state.contact
    names = (contact.first_name, contact.last_name) if contact else ()
    name = " ".join(one for one in names if one) or (state.lead.name if state.lead else None)
    return Standing(
        version=grown.version,
        status=state.status,
        mode=state.mode,
        channel=state.channel,
        agent=state.agent,
        waiting=waiting_for(state),
        test=state.channel in TEST_CHANNELS,
        contact_name=name or None,
        contact_email=(contact.email if contact else None) or (state.lead.email if state.lead else None),
        tags=state.tags,
        created_at=grown.created_at,
        updated_at=grown.updated_at,
    )


def waiting_for(state: Conversation) -> str | None:
    """Whom or what it waits for: `approval`, `outcome`, `member`, `call`, `customer`, or nothing."""
    for run in state.all_runs:
        if isinstance(run.waiting, ForApproval):
            return "approval"
        if isinstance(run.waiting, ForOutcome):
            return "outcome"
    if state.mode == "member":
        return "member"
    if state.reading is not None or any(isinstance(run.waiting, ForEffect) for run in state.runs):
        return "call"
    return "customer" if any(run.waiting and not isinstance(run.waiting, ForRun) for run in state.runs) else None


__all__ = ["TEST_CHANNELS", "Digesting", "waiting_for"]
