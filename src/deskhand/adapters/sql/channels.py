"""Which conversation is meant by what a platform calls one, and by what a front end repeats of one."""

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.database import Do, Script
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import IF_NEW, delete, indexed_by, insert, select, update
from deskhand.ports.channels import Exchange
from deskhand.ports.stores import NotFound

BIND = insert("channel_conversations", "workspace, channel, external, conversation", IF_NEW)
BOUND = select("conversation", "channel_conversations WHERE workspace = ? AND channel = ? AND external = ?")
EXTERNAL = select("external", "channel_conversations WHERE workspace = ? AND conversation = ? AND channel = ?")
FORGET = delete("channel_conversations", "workspace = ? AND channel = ?")

ONE_BY_ONE = (
    "INSERT INTO counters (workspace, kind, value) VALUES (?, 'completion', 1) "
    "ON CONFLICT (workspace, kind) DO UPDATE SET value = counters.value + 1 RETURNING value"
)
"""Its row is locked until the end: of two requests that are alike, the second sees what the first one chose."""
EXCHANGE = "conversation, request, since, told"
UNTOUCHED = (
    "NOT EXISTS (SELECT 1 FROM entries e WHERE e.workspace = completions.workspace "
    "AND e.conversation = completions.conversation AND e.seq > completions.told "
    "AND e.kind IN ('said', 'clicked', 'form_submitted'))"
)
"""The customer has not gone on in another way."""
RECENT = f"completions {indexed_by('completions_request')} WHERE workspace = ? AND request = ? AND at >= ?"
UNDER_WAY = select(EXCHANGE, f"{RECENT} AND history IS NULL ORDER BY conversation DESC LIMIT 1")
REPEATED = select(EXCHANGE, f"{RECENT} AND {UNTOUCHED} ORDER BY conversation DESC LIMIT 1")
TOLD = f"completions {indexed_by('completions_history')} WHERE workspace = ? AND history = ?"
CONTINUED = select(EXCHANGE, f"{TOLD} AND {UNTOUCHED} ORDER BY conversation LIMIT 1")
OF_CONVERSATION = select(EXCHANGE, "completions WHERE workspace = ? AND conversation = ?")
BEGIN = insert(
    "completions",
    "workspace, conversation, request, since, told, at",
    "ON CONFLICT (workspace, conversation) DO UPDATE SET request = excluded.request, history = NULL, "
    "since = excluded.since, told = excluded.told, at = excluded.at",
)
ANSWERED = update("completions", "history = ?, told = ?", "workspace = ? AND conversation = ? AND request = ?")


class SqlChannels(Store):
    """Channels' conversations on SQLite or PostgreSQL."""

    async def bind(self, workspace: str, channel: str, external: str, conversation: str) -> str:
        key = workspace_id(workspace), channel, external
        bound = await self._database.write(_bound(key, ids.raw(ids.CONVERSATION, conversation)))
        return ids.shown(ids.CONVERSATION, bound)

    async def bound(self, workspace: str, channel: str, external: str) -> str | None:
        found = await self._database.rows(BOUND, (workspace_id(workspace), channel, external))
        return ids.shown(ids.CONVERSATION, found[0][0]) if found else None

    async def external(self, workspace: str, channel: str, conversation: str) -> str | None:
        asked = workspace_id(workspace), ids.raw(ids.CONVERSATION, conversation), channel
        found = await self._database.rows(EXTERNAL, asked)
        return str(found[0][0]) if found else None

    async def forget(self, workspace: str, channel: str) -> None:
        await self._database.write(_once(Do(FORGET, (workspace_id(workspace), channel))))

    async def begin(
        self, workspace: str, request: str, history: str | None, fresh: str, at: int, again: int, *, exact: bool = False
    ) -> Exchange:
        own, made = workspace_id(workspace), ids.raw(ids.CONVERSATION, fresh)
        looks: list[Do] = [Do(UNDER_WAY, (own, request, again)), Do(REPEATED, (own, request, again))]
        if history is not None:
            looks.insert(2 if exact else 1, Do(CONTINUED, (own, history)))
        return await self._database.write(_begun(own, request, made, at, looks))

    async def begin_in(self, workspace: str, conversation: str, request: str, seq: int, at: int) -> Exchange:
        own = workspace_id(workspace), ids.raw(ids.CONVERSATION, conversation)
        return await self._database.write(_begun_in(own, request, seq, at))

    async def answered(self, workspace: str, conversation: str, request: str, history: str | None, told: int) -> None:
        own = workspace_id(workspace), ids.raw(ids.CONVERSATION, conversation)
        await self._database.write(_once(Do(ANSWERED, (history, told, *own, request))))


def _once(step: Do) -> Script[None]:
    yield step


def _bound(key: tuple[bytes, str, str], conversation: bytes) -> Script[bytes]:
    if (yield Do(BIND, (*key, conversation))):
        return conversation
    found = yield Do(BOUND, key)
    if not found:
        raise NotFound
    return bytes(found[0][0])


def _begun(own: bytes, request: str, fresh: bytes, at: int, looks: list[Do]) -> Script[Exchange]:
    """The first exchange that one of the looks finds, or one in a new conversation."""
    yield Do(ONE_BY_ONE, (own,))
    for look in looks:
        if found := (yield look):
            conversation, _, since, told = found[0]
            if look.sql == CONTINUED:
                since = told
                yield Do(BEGIN, (own, conversation, request, told, told, at))
            return Exchange(ids.shown(ids.CONVERSATION, conversation), request, since)
    yield Do(BEGIN, (own, fresh, request, 0, 0, at))
    return Exchange(ids.shown(ids.CONVERSATION, fresh), request, 0)


def _begun_in(own: tuple[bytes, bytes], request: str, seq: int, at: int) -> Script[Exchange]:
    yield Do(ONE_BY_ONE, (own[0],))
    found = yield Do(OF_CONVERSATION, own)
    shown = ids.shown(ids.CONVERSATION, own[1])
    if found and found[0][1] == request:
        return Exchange(shown, request, found[0][2])
    since = found[0][3] if found else seq
    yield Do(BEGIN, (*own, request, since, since, at))
    return Exchange(shown, request, since)
