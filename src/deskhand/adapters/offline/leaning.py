"""Which way an asked date lies: a purchase was, an appointment will be, a birth has a year of its own."""

import re
from functools import lru_cache

from deskhand.adapters.offline.calendar import Lean
from deskhand.adapters.offline.letters import fold
from deskhand.ports.understanding import Wanted

_BIRTH = re.compile(r"birth|\bborn\b|\bdob\b|geburt|geboren")
_PAST = re.compile(
    r"purchas|bought|\bbuy|\border(?:ed|_date| date)|(?:date|day|when).{0,20}\border|invoice|receipt"
    r"|deliver(?:ed)|receiv|arrived"
    r"|happen|incident|occurr|accident|\blast\b|\bsince\b|previous|\bpaid\b|payment date|signed|when did|\bwas\b"
    r"|gekauft|kaufdatum|bestelldatum|bestellt|rechnung|erhalten|seit|vorfall|passiert"
)
_FUTURE = re.compile(
    r"appointment|booking|\bbook|reserv|visit|check[ _-]?(?:in|out)|depart|return|pick[ _-]?up|drop[ _-]?off|leaving"
    r"|prefer|desired|\bwish|\bdue\b|deadline|expir|\buntil\b|travel|flight|trip|\bevent|\bnext\b|resched"
    r"|schedul|\bwill\b"
    r"|termin|wunsch|reise|abflug|anreise|abreise|lieferung|\bbis\b|kundig"
)
_WAS = re.compile(
    r"\b(?:bought|ordered|received|arrived|got it|was|were|came|did|paid|happened|purchased|delivered|since|had"
    r"|gekauft|bestellt|erhalten|bekommen|kam|war|habe|hatte|passiert|seit)\b"
)


def lean_of(wanted: Wanted, text: str) -> Lean | None:
    """By the variable's name and description, and otherwise by how the customer speaks of it."""
    asked = _asked(wanted)
    return asked or ("past" if _WAS.search(fold(text)) else None)


@lru_cache(maxsize=1_000)
def _asked(wanted: Wanted) -> Lean | None:
    said = fold(f"{re.sub(r'(?<=[a-z])(?=[A-Z])', '_', wanted.name)} {wanted.description}").replace("_", " ")
    if _BIRTH.search(said):
        return "birth"
    if _PAST.search(said):
        return "past"
    return "future" if _FUTURE.search(said) else None
