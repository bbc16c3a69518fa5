"""The store of channels: which conversation a platform or a front end means."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request of a front end that was made for models, and the conversation that it belongs to."""

    conversation: str
    request: str
    since: int
    """The number of the last log entry that the front end had been told before."""


class Channels(Protocol):
    """Which conversation is meant by what a platform calls one, and by what a front end repeats of one."""

    async def bind(self, workspace: str, channel: str, external: str, conversation: str) -> str:
        """The conversation that a platform calls `external`: the one that was bound first, whoever asks at once."""
        ...

    async def bound(self, workspace: str, channel: str, external: str) -> str | None: ...

    async def external(self, workspace: str, channel: str, conversation: str) -> str | None:
        """What the platform calls a conversation, or None where it knows nothing of it."""
        ...

    async def forget(self, workspace: str, channel: str) -> None:
        """Unbind all conversations of a channel."""
        ...

    async def begin(
        self, workspace: str, request: str, history: str | None, fresh: str, at: int, again: int, *, exact: bool = False
    ) -> Exchange:
        """The exchange that a request without a conversation's identifier belongs to.

        request, history: digests of all its messages, and of those that it repeats. The same request that is not
        answered yet is one; else it goes on with a conversation whose front end was told exactly that history, each
        of which is given once; else it may be a request that was answered; else it begins the conversation `fresh`.
        again: what came before that time is not the same request. exact: the request names itself, so the same one
        is never another customer's.
        """
        ...

    async def begin_in(self, workspace: str, conversation: str, request: str, seq: int, at: int) -> Exchange:
        """The exchange in a conversation; the same request as the last one is that one.

        seq: what is taken as told where there was none before.
        """
        ...

    async def answered(self, workspace: str, conversation: str, request: str, history: str | None, told: int) -> None:
        """A request was answered, up to the entry `told`; nothing is noted where another one came after it.

        history: the digest of what the front end repeats from now on.
        """
        ...
