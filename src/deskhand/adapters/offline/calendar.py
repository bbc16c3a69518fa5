"""What a day means that is not said in full: the year, the month or the week that goes with it."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

Lean = Literal["past", "future", "birth"]
"""Where a date is to be looked for; a birth has a year of its own."""

FARTHEST_AHEAD = 274
"""Days ahead up to which a day without a year is still to come, where nothing says that it is past."""
_YEARS_AHEAD = 20
"""Up to which a year of two digits is in this century."""
_LONGEST = 40_000
"""Days that "in so many days" may be."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The customer's today, and which way the asked date lies."""

    today: date
    month_first: bool = False
    lean: Lean | None = None

    def on(self, year: str | None, month: int, day: int, weekday: int | None = None) -> date | None:
        """A day of a month; without a year the nearest sensible one, on the weekday where one is named."""
        if year is not None:
            return _day(self._year(year), month, day)
        if self.lean == "birth":
            return None
        every = [one for years in range(-4, 5) if (one := _day(self.today.year + years, month, day))]
        return self._sensible([one for one in every if weekday is None or one.weekday() == weekday] or every)

    def numeric(self, first: int, second: int, year: str | None, month_first: bool) -> date | None:
        """Two numbers of which one is a month; the other way round where only that gives a date."""
        month, day = (first, second) if month_first else (second, first)
        return self.on(year, month, day) or self.on(year, day, month)

    def day_of_month(self, day: int, weekday: int | None = None, months: int | None = None) -> date | None:
        """The 3rd: of the month so many away, or of the nearest that has such a day."""
        if self.lean == "birth":
            return None
        if months is not None:
            return _day(*_month_after(self.today, months), day)
        step = -1 if self.lean == "past" else 1
        every = [one for away in range(13) if (one := _day(*_month_after(self.today, step * away), day))]
        every = [one for one in every if (self.today - one if step < 0 else one - self.today) >= timedelta(0)]
        on_it = [one for one in every if weekday is not None and one.weekday() == weekday]
        return next(iter(on_it or every), None)

    def weekday(self, weekday: int, which: Literal["next", "last", "this"] | None = None) -> date:
        """Friday, this Friday, Friday of next week, last Friday."""
        if which == "next":
            return self.today + timedelta(days=7 - self.today.weekday() + weekday)
        if which == "last" or (which is None and self.lean == "past"):
            return self.today - timedelta(days=(self.today.weekday() - weekday - 1) % 7 + 1)
        ahead = (weekday - self.today.weekday()) % 7
        return self.today + timedelta(days=ahead or (0 if which == "this" else 7))

    def after(self, many: float, unit: str, origin: date | None = None) -> date | None:
        """So many days, weeks, months or years after (or with a minus before) a day."""
        began = origin or self.today
        if unit in ("month", "year"):
            year, month = _month_after(began, round(many * (12 if unit == "year" else 1)))
            return next((found for day in (began.day, 30, 29, 28) if (found := _day(year, month, day))), None)
        days = round(many * {"day": 1, "week": 7, "fortnight": 14}.get(unit, 0))
        try:
            return began + timedelta(days=days) if abs(days) <= _LONGEST else None
        except OverflowError:
            return None

    def end_of_month(self, months: int) -> date | None:
        """The last day of this month, or of one so many away."""
        year, month = _month_after(self.today, months + 1)
        first = _day(year, month, 1)
        return first - timedelta(days=1) if first else None

    def _year(self, written: str) -> int:
        digits = written.strip("'")
        if len(digits) == 4:
            return int(digits)
        year = self.today.year // 100 * 100 + int(digits)
        latest = self.today.year + (0 if self.lean in ("past", "birth") else _YEARS_AHEAD)
        return year - 100 if year > latest else year

    def _sensible(self, every: list[date]) -> date | None:
        ahead = [one for one in every if one >= self.today]
        behind = [one for one in every if one <= self.today]
        if self.lean == "past":
            return max(behind, default=None) or min(every, default=None)
        soon = min(ahead, default=None)
        if soon and (self.lean == "future" or (soon - self.today).days <= FARTHEST_AHEAD):
            return soon
        return min(every, key=lambda one: abs(one - self.today), default=None)


def _month_after(day: date, months: int) -> tuple[int, int]:
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if MINYEAR <= year <= MAXYEAR else None
    except ValueError:
        return None
