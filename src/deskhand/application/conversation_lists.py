"""Lists of conversations, from their digests."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, fields

from deskhand.application import reading
from deskhand.application.reading import ConversationView
from deskhand.application.services import Services
from deskhand.domain.phrases import phrase
from deskhand.ports.digests import Listed, Wanted

MOST_COUNTED = 10_000
MOST_EXPORTED = 10_000
PORTION = 500
CAPPED = phrase(
    "Only the newest {most:,} conversations are in this file: narrow the filters down for the others.",
    most=MOST_EXPORTED,
)


@dataclass(frozen=True, slots=True)
class ListedView(ConversationView):
    """A conversation as it stands, and what lists show of it."""

    digest: Listed


@dataclass(frozen=True, slots=True)
class ListedViews:
    """A page, and whether older conversations are still on their way into lists."""

    items: list[ListedView]
    cursor: str | None
    catching_up: bool


async def page(services: Services, workspace: str, wanted: Wanted, cursor: str | None, limit: int) -> ListedViews:
    """A page of conversations, the newest activity first. Raises BadCursor."""
    up_to_date = await services.digesting.catch_up(workspace)
    found = await services.stores.digests.page(workspace, wanted, cursor, limit)
    views = await reading.several(services, workspace, [one.conversation for one in found.items])
    items = [_listed(views[one.conversation], one) for one in found.items if one.conversation in views]
    return ListedViews(items, found.cursor, not up_to_date)


async def count(services: Services, workspace: str, wanted: Wanted) -> tuple[int, bool]:
    """How many there are, and whether there are more than were counted."""
    await services.digesting.catch_up(workspace)
    found = await services.stores.digests.count(workspace, wanted, MOST_COUNTED + 1)
    return min(found, MOST_COUNTED), found > MOST_COUNTED


async def exported(services: Services, workspace: str, wanted: Wanted) -> AsyncIterator[Listed | None]:
    """All of them, the newest activity first; None behind the last where there are more than may be taken along."""
    await services.digesting.catch_up(workspace)
    cursor, left = None, MOST_EXPORTED
    while left:
        found = await services.stores.digests.page(workspace, wanted, cursor, min(PORTION, left))
        for one in found.items:
            yield one
        left, cursor = left - len(found.items), found.cursor
        if cursor is None:
            return
    yield None


def _listed(view: ConversationView, digest: Listed) -> ListedView:
    return ListedView(**{one.name: getattr(view, one.name) for one in fields(view)}, digest=digest)
