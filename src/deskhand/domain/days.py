"""Moments: what a text says of a day, or of a time of a day."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from deskhand.domain.values import InvalidValue, parse

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?", re.ASCII)
LONGEST = 60
"""Characters that a date may have."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in UTC; of a whole day its beginning."""

    at: datetime
    whole_day: bool

    @property
    def day(self) -> date:
        return self.at.date()


def moment_of(value: Any) -> Moment | None:
    """The moment that an ISO 8601 text names, or a day that is written in another form; None for anything else.

    A time without a zone is UTC.
    """
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    text = value.strip()
    try:
        if not _ISO.fullmatch(text):
            text = str(parse("date", text))
        found = datetime.fromisoformat(text)
        at = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (InvalidValue, ValueError, OverflowError):
        return None
    return Moment(at, len(text) == len("2026-01-31"))
