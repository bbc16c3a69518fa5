"""Days as a viewer's zone counts them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deskhand.domain.errors import RuleError
from deskhand.domain.phrases import phrase
from deskhand.ports.reports import Offset

HOUR = 3_600_000
DAY = 24 * HOUR
FIRST_DAY = date(1970, 1, 1)


def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises RuleError for one that is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RuleError(
            phrase(
                "There is no time zone `{name}`: give an IANA name such as `Europe/Berlin` or `UTC`.", name=name[:60]
            )
        ) from None


def ahead(zone: ZoneInfo, at: int) -> int:
    """How far the zone is ahead of UTC at that moment, in milliseconds."""
    offset = datetime.fromtimestamp(at / 1000, zone).utcoffset() or timedelta()
    return int(offset.total_seconds() * 1000)


def offsets(zone: ZoneInfo, since: int, until: int) -> list[Offset]:
    """The zone's changes in a stretch of time; the last one reaches beyond it."""
    found: list[Offset] = []
    at, known = since, ahead(zone, since)
    while at < until:
        then = min(at + DAY, until)
        if (now := ahead(zone, then)) != known:
            found.append(Offset(_change(zone, at, then, known), known))
            known = now
        at = then
    return [*found, Offset(until, known)]


def _change(zone: ZoneInfo, before: int, after: int, known: int) -> int:
    """The first moment, to the second, at which the zone is no longer so far ahead."""
    low, high = before // 1000, after // 1000
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if ahead(zone, middle * 1000) == known else (low, middle)
    return high * 1000


def day_number(day: date) -> int:
    """A day, counted since 1970."""
    return (day - FIRST_DAY).days


def day_named(number: int) -> str:
    """A day as ISO 8601 writes it."""
    return (FIRST_DAY + timedelta(days=number)).isoformat()


def days_between(zone: ZoneInfo, since: int, until: int) -> list[int]:
    """Every day that a stretch of time touches, in its order."""
    if until <= since:
        return []
    first, last = (day_number(datetime.fromtimestamp(at / 1000, zone).date()) for at in (since, until - 1))
    return list(range(first, last + 1))


def midnight(zone: ZoneInfo, at: int, days: int = 0) -> int:
    """When the day of a moment begins, or the day so many days later."""
    day = datetime.fromtimestamp(at / 1000, zone).date() + timedelta(days=days)
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC).timestamp() * 1000)
