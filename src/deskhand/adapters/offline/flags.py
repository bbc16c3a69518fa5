"""Yes-or-no variables that nobody asked for: "with wifi", "no smoking", "a shared ride is fine"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from deskhand.adapters.offline.common_words import BUILDERS, FAINT, GRAMMAR, word_list
from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.words import stem
from deskhand.ports.understanding import Wanted

_EMPTY = (
    GRAMMAR
    | BUILDERS
    | frozenset(
        word_list(
            "flag boolean allowed available needs wants options option required included offer offers offered "
            "serves serve provides good is has wants yes true false enabled supported possible with without"
        )
    )
    | (FAINT - {"free"})
)
_WORD = re.compile(r"[^\W\d_][\w'’]{0,30}")
_NO = re.compile(
    r"\b(?:no|not|without|don'?t|do not|doesn'?t|does not|isn'?t|won'?t|never|nor|non|avoid|free of"
    r"|rather not|kein\w*|nicht|ohne)\b",
    re.I,
)
_FINE = re.compile(
    r"\b(?:(?:no|not an?|without) (?:problem|issue|restriction|objection|limit)s?"
    r"|(?:don'?t|do not|won'?t|wouldn'?t|not) mind)\b",
    re.I,
)
_ASKS = re.compile(
    r"\b(?:(?:do|does|did) (?:it|they|the|this|that|he|she)|(?:is|are) (?:it|there|the|this|that|they|he|she)"
    r"|has (?:it|the)"
    r"|(?:tell me|know|check|see) (?:if|whether)|what|which|how (?:much|many)|why)\b",
    re.I,
)
_CLAUSES = re.compile(r"[^.!?;\n]+[.!?;\n]?")
_HALVES = re.compile(r",|\b(?:and|but|und|aber)\b", re.I)
_SAME = {
    "child": "kids", "children": "kids", "child-friendly": "kids", "internet": "wifi", "wi-fi": "wifi", "wlan": "wifi",
    "dog": "pets", "dogs": "pets", "cat": "pets", "cats": "pets", "smoke": "smoking", "outside": "outdoors",
    "outdoor": "outdoors", "share": "shared", "sharing": "shared",
}  # fmt: skip
_REACH = 40
MOST_CLAUSES = 60


def flag_in(one: Wanted, text: str) -> Found | None:
    """Whether a message says yes or no to what the variable is about; None where it does not speak of it."""
    wanted = _stems(one)
    if not wanted:
        return None
    said = {value for value, _ in _mentions(wanted, text)}
    if len(said) != 1:
        return None
    value, start = next(_mentions(wanted, text))
    return Found(value, start, start)


_AGREES = re.compile(
    r"\b(?:that|this|it|which|sharing|shared)(?:'s| is|'ll be| will be| would be)? (?:also )?"
    r"(?:fine|ok|okay|good|great|cool|alright|perfect)\b"
    r"|\b(?:i'?m|i am|we're|we are) (?:also )?(?:fine|ok|okay|good|happy|cool) with\b"
    r"|\b(?:works|fine|good|ok|okay) (?:for|with|by) me\b",
    re.I,
)


def agrees(text: str) -> bool:
    """Whether the answer to a question for yes or no says that it is fine: "that works for me"."""
    return bool(_AGREES.search(text)) and not _NO.search(_FINE.sub("", text))


def flag_words(variables: Sequence[Wanted]) -> frozenset[str]:
    """The stems that yes-or-no variables speak of."""
    return frozenset(word for one in variables for word in _stems(one))


def _mentions(wanted: frozenset[str], text: str) -> Iterator[tuple[bool, int]]:
    for number, clause in enumerate(_CLAUSES.finditer(text)):
        if number == MOST_CLAUSES:
            return
        if clause[0].endswith("?") and _ASKS.search(clause[0]):
            continue
        words = [(match, _meant(match[0])) for match in _WORD.finditer(clause[0])]
        denied = [match for match, stemmed in words if len(wanted) == 1 and stemmed == f"un{next(iter(wanted))}"]
        if denied:
            yield False, clause.start() + denied[0].start()
        if "free" in wanted and _is_free(clause[0], wanted):
            yield True, clause.start()
            continue
        hits = [match for match, stemmed in words if stemmed in wanted]
        if hits and {stemmed for _, stemmed in words} >= wanted:
            first = hits[0].start()
            before = _HALVES.split(clause[0][max(0, first - _REACH) : first])[-1]
            yield not _NO.search(_FINE.sub("", before)), clause.start() + first


_FREE = re.compile(r"\bfree(?: \w+)? (\w+)|\bfree (\w+)", re.I)
_NO_FEE = re.compile(
    r"\b(?:no|without|not|n't)(?: (?:any|an?|the|have to|having to|pay|paying|for))* ?(?:\w+ )?"
    r"(?:fees?|charges?|costs?|pay(?:ing)?)(?: for)?(?: (\w+))?",
    re.I,
)
_THINGS = frozenset(stem(word, "en") for word in word_list("things places stuff events activities options something"))


def _is_free(clause: str, wanted: frozenset[str]) -> bool:
    """Whether something is to cost nothing: "free museums", "without an entry fee"."""
    things = wanted | _THINGS
    for match in _FREE.finditer(clause):
        if any(word and _meant(word) in things for word in match.groups()):
            return True
    fee = _NO_FEE.search(clause)
    return fee is not None and any(_meant(word) in wanted | {"entranc", "admiss"} for word in fee[0].split())


def _meant(word: str) -> str:
    plain = word.casefold()
    return stem(_SAME.get(plain, plain), "en")


@lru_cache(maxsize=2_000)
def _stems(one: Wanted) -> frozenset[str]:
    """Stems that all have to be there: those of the variable's name without what every flag is called."""
    words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", one.name).lower())
    return frozenset(_meant(word) for word in words if word not in _EMPTY and len(word) > 2)
