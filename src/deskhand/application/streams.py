"""Telling listeners in this process that something was committed; what it was, they read from the store."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that members are told of as it happens."""

    seq: int
    """The entry that tells it."""
    run: str | None
    description: str


@dataclass(frozen=True, slots=True)
class News:
    """What a commit holds beside entries that members want to hear of at once."""

    approvals: bool = False
    """Whether an approval was asked for, edited, decided, or is over."""
    notices: tuple[Notice, ...] = ()

    def after(self, before: "News") -> "News":
        """Both together, as far as anybody wants to read that much at once."""
        notices = (*before.notices, *self.notices)[-MOST_NOTICES:]
        return News(self.approvals or before.approvals, notices)


NO_NEWS = News()
MOST_NOTICES = 20


class Listener(asyncio.Event):
    """Is set whenever something was committed, and remembers where."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: dict[str, None] = {}
        self._news: dict[str, News] = {}
        self._moved: dict[str, None] = {}

    def tell(self, conversation: str, news: News = NO_NEWS) -> None:
        """Something was committed in this conversation."""
        self._changed[conversation] = None
        if news is not NO_NEWS:
            self._news[conversation] = news.after(self._news.get(conversation, NO_NEWS))
        self.set()

    def tell_presence(self, conversation: str) -> None:
        """Somebody came, went, or types in this conversation."""
        self._moved[conversation] = None
        self.set()

    def take_presence(self) -> list[str]:
        """The conversations in which others are present than the last time."""
        moved = list(self._moved)
        self._moved.clear()
        return moved

    def take_news(self, conversation: str) -> News:
        """What members want to hear of this conversation since the last time."""
        return self._news.pop(conversation, NO_NEWS)

    def take(self) -> list[str]:
        """The conversations that something was committed in since the last time; the event is cleared."""
        self.clear()
        changed = list(self._changed)
        self._changed.clear()
        return changed


class Streams:
    """Wake-ups per conversation and per workspace."""

    def __init__(self) -> None:
        self._listeners: dict[tuple[str, str | None], set[Listener]] = {}
        self._written: dict[tuple[str, str], str] = {}
        self.to_deliver = asyncio.Event()
        """Set whenever something for a webhook or a channel was committed; who sends it clears it."""
        self.watchers: list[Callable[[str, str], None]] = []
        """Called with workspace and conversation after every commit; they must be quick."""
        self.closed = False

    @property
    def listening(self) -> int:
        """How many listeners there are."""
        return sum(map(len, self._listeners.values()))

    def publish(self, workspace: str, conversation: str, news: News = NO_NEWS) -> None:
        """A turn of this conversation was committed."""
        self._written.pop((workspace, conversation), None)
        for watcher in self.watchers:
            watcher(workspace, conversation)
        for topic in ((workspace, conversation), (workspace, None)):
            for listener in self._listeners.get(topic, ()):
                listener.tell(conversation, news)

    def publish_presence(self, workspace: str, conversation: str) -> None:
        """Somebody came, went, or types: told, and kept nowhere."""
        for topic in ((workspace, conversation), (workspace, None)):
            for listener in self._listeners.get(topic, ()):
                listener.tell_presence(conversation)

    def write(self, workspace: str, conversation: str, text: str) -> None:
        """The agent is writing: its words so far, whole. What is committed then takes their place."""
        topic = workspace, conversation
        if topic in self._listeners:
            self._written[topic] = text
            for listener in self._listeners[topic]:
                listener.set()

    def written(self, workspace: str, conversation: str) -> str | None:
        """What the agent has written so far and not yet said."""
        return self._written.get((workspace, conversation))

    def close(self) -> None:
        """Wake every listener for the last time: the server stops."""
        self.closed = True
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.set()

    @asynccontextmanager
    async def listen(self, workspace: str, conversation: str | None = None) -> AsyncIterator[Listener]:
        """What is set whenever something was committed, in one conversation or in any; the listener clears it."""
        listener = Listener()
        topic = (workspace, conversation)
        self._listeners.setdefault(topic, set()).add(listener)
        try:
            yield listener
        finally:
            self._listeners[topic].discard(listener)
            if not self._listeners[topic]:
                del self._listeners[topic]
