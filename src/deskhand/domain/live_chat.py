"""Live chat: whether an agent's customers can talk to a person, when, and where the person sits."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from deskhand.domain.model import Record
from deskhand.domain.phrases import phrase

INBOX = "inbox"
"""The workspace's own inbox, in place of a channel."""
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_HOURS = 50
_TIME = r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$"


class Hours(Record):
    """Hours of some days: from a time until another one, which may lie after midnight."""

    days: list[Day] = Field(min_length=1, max_length=7)
    since: str = Field(pattern=_TIME, alias="from", description="Such as 09:00.")
    until: str = Field(pattern=_TIME, alias="to", description="Such as 17:00; 24:00 is the end of the day.")

    @model_validator(mode="after")
    def _some_time(self) -> "Hours":
        if self.since in (self.until, "24:00"):
            raise ValueError(
                phrase(
                    "from {since} to {until} is no stretch of time: the whole day is 00:00 to 24:00.",
                    since=self.since,
                    until=self.until,
                )
            )
        return self

    def hold(self, day: int, time: str) -> bool:
        """Whether they hold on a day of the week, Monday being 0, at a time such as `09:30`."""
        if self.since < self.until:
            return DAYS[day] in self.days and self.since <= time < self.until
        late = DAYS[day] in self.days and time >= self.since
        return late or (DAYS[day - 1] in self.days and time < self.until)


class LiveChat(Record):
    """Where and when an agent's customers reach a person."""

    to: str = Field(default=INBOX, pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)
    """`inbox`, or the slug of a channel: the outside system whose people answer."""
    hours: list[Hours] = Field(default=[], max_length=MOST_HOURS)
    """At all hours where there are none."""
    time_zone: str = Field(default="", max_length=64)
    """The workspace's own where it is empty."""

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if name and _zone(name) is None:
            raise ValueError(phrase("`{name}` is no time zone: write it like Europe/Berlin, or UTC.", name=name))
        return name

    def open_at(self, moment: int, zone: str = "UTC") -> bool:
        """Whether it is within the hours. moment: in milliseconds since 1970. zone: where no own one is given."""
        if not self.hours:
            return True
        local = datetime.fromtimestamp(moment / 1000, _zone(self.time_zone or zone) or UTC)
        return any(one.hold(local.weekday(), f"{local:%H:%M}") for one in self.hours)


@dataclass(frozen=True, slots=True)
class Desk:
    """Whether a customer can talk to a person, at the moment of a turn."""

    on: bool = False
    """Whether live chat is switched on for the conversation's agent."""
    open: bool = False
    """Whether it is within its hours."""
    there: bool = False
    """Whether somebody is there."""
    to: str | None = None
    """The channel of the outside system whose people answer; None for the workspace's own."""

    @property
    def available(self) -> bool:
        """Whether somebody will answer now."""
        return self.on and self.open and self.there


NOBODY = Desk()


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
