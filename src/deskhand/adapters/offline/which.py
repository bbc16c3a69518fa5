"""Which procedures could be meant where the words alone don't say: those that want the code that was written."""

from collections.abc import Iterable, Sequence

from deskhand.adapters.offline import codes
from deskhand.adapters.offline.matching import Match
from deskhand.adapters.offline.setting import Setting
from deskhand.adapters.offline.volunteering import volunteered
from deskhand.adapters.offline.words import FAINT_WEIGHT, GRAMMAR_WEIGHT, weight_of, words_of
from deskhand.domain.commands import Clarify
from deskhand.domain.model import Json
from deskhand.ports.understanding import Candidate

MOST = 4
LONGEST = 12
"""Words up to which a message is about the code in it."""


def of_these(candidates: Iterable[Candidate], slugs: Sequence[str], text: str, setting: Setting) -> Clarify:
    """The question which of these is meant, with what was said for any of them; the best comes first."""
    known = {one.slug: one for one in candidates}
    values: dict[str, Json] = {}
    for slug in reversed(slugs):
        values |= volunteered(known[slug].wanted, text, setting, first=True)[0]
    return Clarify(between=tuple(slugs), values=values)


def wanting_the_code(
    candidates: Iterable[Candidate], barred: frozenset[str], matches: Sequence[Match], text: str
) -> list[str]:
    """The procedures that ask for a code such as the one in a short message, the likeliest first."""
    if len(text.split()) > LONGEST:
        return []
    found = [one.slug for one in candidates if one.slug not in barred and _wants_it(one, text)]
    score = {one.slug: one.score for one in matches}
    return sorted(found, key=lambda slug: -score.get(slug, 0.0))[:MOST]


def _wants_it(candidate: Candidate, text: str) -> bool:
    return any(
        one.type == "text" and one.example and codes.is_code_like(one.example) and codes.shaped_codes(text, one.example)
        for one in candidate.wanted
    )


def says_little(text: str) -> bool:
    """Whether words ask for nothing in particular: "what? no"."""
    weights = [weight for word in words_of(text) if (weight := weight_of(word)) > GRAMMAR_WEIGHT]
    return not any(sign.isdigit() for sign in text) and len(weights) < 2 and max(weights, default=0.0) <= FAINT_WEIGHT


def core(text: str) -> str:
    """The words of a message that say something by themselves."""
    return " ".join(word for word in words_of(text) if weight_of(word) > GRAMMAR_WEIGHT)
