"""How many people come, as people say it: "5 adults and 1 child", "me and my wife", "the two of us", "zu viert"."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from deskhand.adapters.offline.common_words import word_list
from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.letters import fold
from deskhand.adapters.offline.number_words import TENS, UNITS, spelt_out
from deskhand.ports.understanding import Wanted

MOST = 20

_ABOUT = frozenset(
    word_list(
        "people persons guests guest pax party diners attendees participants travelers travellers passengers riders "
        "visitors headcount covers personen gaste anzahl_personen personenzahl"
    )
)
_SAYS = re.compile(
    r"\b(?:number of|how many) (?:people|persons|guests|diners|attendees|participants|travell?ers|passengers|riders"
    r"|visitors|seats)\b|\bparty size\b|\bgroup size\b|\b(?:wie viele|anzahl der|anzahl) (?:personen|leute|gaste)\b"
)
_COUNTED = (
    r"people|persons?|ppl|pax|adults?|adulst|grown-?ups?|kids?|child(?:ren)?|childs|guests?|men|man|women|woman"
    r"|ladies|lady"
    r"|gentlem[ae]n|guys?|girls?|boys?|teens?|teenagers?|toddlers?|babies|baby|infants?|seniors?|elders?|students?"
    r"|couples?|friends?|mates?|coworkers?|co-workers?|colleagues?|family members?|members?|relatives?|others?|more"
    r"|highchairs?|high chairs?|persona?s|personen|leute[n]?|erwachsene[n]?|kind(?:er[n]?)?|gaste[n]?|mann|frau"
    r"|freunde[n]?"
)
_KIN = (
    r"wife|husband|spouse|partner|girlfriend|boyfriend|fiancee?|mom|mum|mother|dad|father|parents|grandparents"
    r"|son|sons"
    r"|daughter|daughters|sister|sisters|brother|brothers|sibling|siblings|grandmother|grandfather|grandma|grandpa"
    r"|grandson|granddaughter|grandchildren|grandkids|cousin|cousins|aunt|uncle|niece|nephew|boss|family|twins"
    r"|triplets"
    r"|neighbou?rs?|roommates?|dog|poodle|frau|mann|freundin|freund|mutter|vater|eltern|tochter|sohn|sohne"
    r"|kollegin|kollege"
    r"|kollegen|schwester|bruder"
)
_WORDS = "|".join(sorted((word for word in (*UNITS, *TENS) if word not in ("null", "zero")), key=len, reverse=True))
_COUNT = rf"(?:\d{{1,3}}|(?:{_WORDS})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|a few|a)"
_OWN = r"(?:my|our|his|her|their|the|mein\w*|unser\w*)"
_BETWEEN = r"(?:other |more |little |small |young |adult |lady |good |best |close |and a half )?"
_PERSON = (
    rf"(?:{_COUNT} {_BETWEEN}(?:{_COUNTED}|{_KIN})|(?:{_OWN} |an? )(?:{_COUNT} )?{_BETWEEN}(?:{_COUNTED}|{_KIN})"
    rf"|me|myself|i|us|ich|mich|(?:{_KIN}))\b"
)
_AND = r"(?:,? (?:and|und|&|plus|with|mit) |, ?| ?\+ ?| & )"
_LIST = re.compile(rf"(?<![\w$€£.,:/-]){_PERSON}(?:{_AND}{_PERSON})*(?!['\w])")
_PLUS = re.compile(rf"(?<![\w$€£.,:/-]){_COUNT}(?: plus |\+){_PERSON}")
_OF_US = re.compile(
    rf"\b(?!a\b)(?P<many>(?:the )?{_COUNT})(?= of us\b| of them\b| total\b| in total\b| in all\b| altogether\b)"
)
_NO_TIME = (
    r"(?! ?(?:[:./]\d|[ap]\.?m\b|uhr\b|o'?clock|(?:th|st|nd|rd|days?|weeks?|months?|hours?|minutes?|nights?|tage?n?"
    r"|wochen?)\b))"
)
_FOR = re.compile(
    r"\b(?:tables?|party|group|team|family|seats?|seating|room|reservation|booking|tisch|gruppe|reserve|book|space"
    r"|spot|total)"
    r"(?: it)?(?: (?:of|for|fur|von|to seat|up to))+(?: (?:the|just|only|about|around|nur|etwa))*"
    rf" (?!a\b)(?P<many>{_COUNT})\b{_NO_TIME}"
)
_TO_NOW = re.compile(rf"\bfrom .{{1,40}}\bto (?:just |only |a )?(?P<many>{_COUNT})\b{_NO_TIME}")
_ZU = re.compile(r"\bzu (?P<word>zweit|dritt|viert|funft|sechst|siebt|acht|neunt|zehnt)\b")
_ZU_MANY = dict(zip(word_list("zweit dritt viert funft sechst siebt acht neunt zehnt"), range(2, 11), strict=True))
_ONLY_ME = re.compile(
    r"(?:^|\b(?:just|only|nur|be|it's|its) )(?:for |fur )?(?P<who>me|myself|mich|ich)\b(?=[ .,!]*(?:$|[.,!]"
    r"|please|and|thanks|bitte))"
)
_COUPLE = re.compile(r"\b(?:a|as a|one) couple\b")
_COMPARED = re.compile(r"\bfrom (?:\w+ ){0,3}$")
_NOT_THEM = re.compile(r"\b(?:not|instead of|rather than|nicht|statt|were|was) (?:for |a |the )*$")


@dataclass(frozen=True, slots=True)
class Group:
    """People in a message: how many they are, and where it says so."""

    many: int | None
    """None where they cannot be counted, as "a few people"."""
    start: int
    end: int
    listed: bool
    """Whether more than a bare number says that people are meant."""


@lru_cache(maxsize=1_000)
def is_about_people(wanted: Wanted) -> bool:
    """Whether the variable is how many people there are, altogether."""
    if wanted.choices or wanted.type not in ("text", "number", "integer", "float"):
        return False
    name = set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", wanted.name).lower().split("_"))
    return bool(name & _ABOUT) or _SAYS.search(fold(wanted.description)) is not None


def groups(text: str) -> list[Group]:
    """The people that a message speaks of, in their order."""
    folded = fold(text)
    every = [*_lists(folded), *_counts(folded)]
    kept: list[Group] = []
    for one in sorted(every, key=lambda group: (not group.listed, group.start - group.end)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    kept = [one for one in kept if not _COMPARED.search(folded[: one.start][-30:])] or kept
    kept = [one for one in kept if not _NOT_THEM.search(folded[: one.start][-30:])]
    return sorted(kept, key=lambda group: group.start)


def people_in(text: str, wanted: Wanted) -> Found | None:
    """The people as they are said, or their number where the variable is one; None where none or several are meant."""
    every = groups(text)
    if not every:
        return None
    listed = [one for one in every if one.listed] or every
    one = listed[-1] if len({group.many for group in listed}) == 1 or _is_corrected(text, listed) else None
    if one is None:
        return None
    if wanted.type == "text":
        return Found(text[one.start : one.end], one.start, one.end)
    return Found(str(one.many), one.start, one.end) if one.many is not None else None


def _is_corrected(text: str, every: list[Group]) -> bool:
    """Whether the last ones take the place of those before: "from 8 people to just 7"."""
    between = fold(text[every[-2].end : every[-1].start]) if len(every) > 1 else ""
    return re.search(r"\b(?:to|make it|now|actually|no|sorry|rather|instead|doch|sondern|auf)\b", between) is not None


def _lists(folded: str) -> list[Group]:
    found = []
    for pattern in (_PLUS, _LIST):
        for match in islice(pattern.finditer(folded), MOST):
            said = match[0]
            if said in ("me", "myself", "i", "us", "ich", "mich") or _alone_says_nothing(said):
                continue
            found.append(Group(_sum(said), *match.span(), listed=True))
    found += [Group(1, *match.span("who"), listed=True) for match in islice(_ONLY_ME.finditer(folded), MOST)]
    found += [Group(2, match.end() - 8, match.end(), listed=True) for match in islice(_COUPLE.finditer(folded), MOST)]
    return found


def _alone_says_nothing(said: str) -> bool:
    """Whether the words are one relative or thing only: "my wife" wants a table, too."""
    return " " not in said or re.fullmatch(rf"{_OWN} (?:{_KIN}|{_COUNTED})|an? (?:more|other|{_KIN})", said) is not None


def _counts(folded: str) -> list[Group]:
    found = [
        Group(_many(match["many"]), *match.span("many"), listed=True)
        for pattern in (_OF_US, _FOR, _TO_NOW)
        for match in islice(pattern.finditer(folded), MOST)
    ]
    return found + [
        Group(_ZU_MANY[match["word"]], *match.span(), listed=True) for match in islice(_ZU.finditer(folded), MOST)
    ]


def _many(said: str) -> int | None:
    said = said.removeprefix("the ")
    if said.isdigit():
        return int(said)
    if said in ("a", "an"):
        return 1
    return next((int(value) for value, _, _ in spelt_out(said)), None)


def _sum(said: str) -> int | None:
    """All the people of a list together."""
    total = 0
    for part in re.split(r",| and | und | & |&|\+| plus | with | mit ", said):
        many = _count_of(part.strip())
        if many is None:
            return None
        total += many
    return total or None


def _count_of(part: str) -> int | None:
    if not part:
        return 0
    count = re.search(rf"(?:^|\b{_OWN} )({_COUNT})(?: |$)", part)
    many = _many(count[1]) if count else 1
    if many is None or re.search(r"\b(?:family|us|highchairs?|high chairs?|dog|poodle)\b", part):
        return 0 if re.search(r"highchair|high chair|dog|poodle", part) else None
    if re.search(r"\b(?:couples?)\b", part):
        return 2 * many
    pairs = re.search(r"\b(?:parents|grandparents|eltern|twins)\b", part)
    if pairs and not (count and count[1] != "a"):
        return 2
    return many
