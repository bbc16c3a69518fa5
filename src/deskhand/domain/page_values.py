"""What a host page says: bounded, the latest first."""

from deskhand.domain.model import Json
from deskhand.domain.values import text_of

MOST_PREFILLED = 50
"""Values of the host page that a conversation keeps."""
LARGEST_PREFILLED = 16_384
"""Characters of them together."""


def page_values(before: dict[str, Json], values: dict[str, Json]) -> dict[str, Json]:
    """What a host page gave, with what it gives now; of too much, what it gave last."""
    others = {name: value for name, value in before.items() if name not in values}
    given = [(name, value) for name, value in {**others, **values}.items() if value is not None]
    kept, left = dict[str, Json](), LARGEST_PREFILLED
    for name, value in reversed(given[-MOST_PREFILLED:]):
        left -= len(name) + len(text_of(value))
        if left >= 0:
            kept[name] = value
    return dict(reversed(kept.items()))
