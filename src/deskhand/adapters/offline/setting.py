"""Where and when a customer writes: what words such as "tomorrow" and "5/3" mean depends on it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deskhand.ports.understanding import Context

_ZONES = {
    "AT": "Europe/Vienna", "AU": "Australia/Sydney", "BE": "Europe/Brussels", "BR": "America/Sao_Paulo",
    "CA": "America/Toronto", "CH": "Europe/Zurich", "CZ": "Europe/Prague", "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen", "ES": "Europe/Madrid", "FI": "Europe/Helsinki", "FR": "Europe/Paris",
    "GB": "Europe/London", "GR": "Europe/Athens", "IE": "Europe/Dublin", "IN": "Asia/Kolkata", "IT": "Europe/Rome",
    "JP": "Asia/Tokyo", "LU": "Europe/Luxembourg", "MX": "America/Mexico_City", "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo", "NZ": "Pacific/Auckland", "PL": "Europe/Warsaw", "PT": "Europe/Lisbon",
    "SE": "Europe/Stockholm", "SG": "Asia/Singapore", "US": "America/Chicago", "ZA": "Africa/Johannesburg",
}  # fmt: skip
"""The zone of most people or of the middle: near enough to know which day it is."""
_MONTH_FIRST = frozenset({"US", "PH", "PR", "GU", "AS", "VI", "MP", "UM", "FM", "MH", "PW"})


@dataclass(frozen=True, slots=True)
class Setting:
    """The customer's language and region, and the moment of the message."""

    language: str = "en"
    region: str | None = None
    now: int = 0
    """Milliseconds since 1970, UTC."""
    zone: str | None = None
    """A name such as `Europe/Berlin`; by the region where none is given."""

    @property
    def today(self) -> date:
        """The day that it is for the customer."""
        return datetime.fromtimestamp(self.now / 1000, self._zone()).date()

    @property
    def month_first(self) -> bool:
        """Whether 5/3 is the third of May; without a region, as the language's largest country has it."""
        language, _, subtag = self.language.replace("_", "-").partition("-")
        region = (self.region or subtag).upper()
        if region == "CA":
            return language == "en"
        return region in _MONTH_FIRST if region else language == "en"

    def _zone(self) -> tzinfo:
        name = self.zone or _ZONES.get((self.region or "").upper())
        try:
            return ZoneInfo(name) if name else UTC
        except (ZoneInfoNotFoundError, ValueError):  # a machine without the zones' files still knows UTC
            return UTC


def setting_of(context: Context) -> Setting:
    """Where and when the message of a context was written."""
    return Setting(context.language, context.region, context.now, context.zone)
