"""What a report is about: a stretch of time, counted in days of the viewer's zone."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from deskhand.application.zones import day_named, days_between, midnight, offsets, zone_of
from deskhand.domain.errors import RuleError
from deskhand.ports.reports import Offsets, Span

USUAL_DAYS = 30
"""Days of a report whose beginning nobody gave, today among them."""
LONGEST = 731 * 86_400_000
"""Milliseconds of the longest report."""
LATEST = 253_370_764_800_000
"""The year 9999, in milliseconds: no calendar goes on behind it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a caller wants; times in milliseconds."""

    since: int | None = None
    until: int | None = None
    zone: str = "UTC"
    procedure: str | None = None
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time with its days."""

    span: Span
    zone: ZoneInfo
    offsets: Offsets
    days: list[int]

    @property
    def names(self) -> list[str]:
        """Its days as ISO 8601 writes them."""
        return [day_named(day) for day in self.days]

    @property
    def before(self) -> Span:
        """The stretch of the same length that came right before."""
        length = self.span.until - self.span.since
        return replace(self.span, since=self.span.since - length, until=self.span.since)


def period(asked: Asked, now: int) -> Period:
    """The stretch that is asked for; by default the last 30 days. Raises RuleError."""
    zone = zone_of(asked.zone)
    until = now if asked.until is None else asked.until
    if not LONGEST < until < LATEST:
        raise RuleError("`until` is too far away: a report ends between the years 1972 and 9999.")
    since = midnight(zone, until, 1 - USUAL_DAYS) if asked.since is None else asked.since
    if since >= until:
        raise RuleError("`since` is not before `until`: a report needs a stretch of time between them.")
    if until - since > LONGEST:
        raise RuleError("A report covers two years at most: move `since` and `until` closer together.")
    span = Span(since, until, asked.procedure, asked.agent)
    return Period(span, zone, offsets(zone, since, until), days_between(zone, since, until))
