"""Names of things inside sentences: runs of capitalised words and quoted text, with the words that lead to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from deskhand.adapters.offline.common_words import FAINT, GRAMMAR, word_list

MOST_TOKENS = 400
MOST_SPANS = 40
_BEFORE = 60
"""Characters in front of a span in which its cue is looked for."""

_TOKEN = re.compile(
    r"(?:[A-Z]|Dr|St|Jr|Sr)\.(?= [A-Z])|[^\W_](?:[\w'’&/-]*[\w&])?(?:\.(?=\w))?|#\d+|&|[^\w\s]|\s{2,}|\n"
)
_JOINING = frozenset(word_list("of the a an and & de la le les del der die von van du el al in on to for at with it"))
"""Words that may stand inside a name, between two capitalised ones."""
_NEVER = frozenset(
    word_list(
        """
    i i'm i'd i'll i've im ok okay yes no nope yeah yep hi hello hey thanks thank please sure great perfect well
    can could would will what when where which who how is are do does did the a an it it's its that that's
    this there these those my your our their his her we we'd we'll we're we've you you're he she they and but or so
    then if also actually instead sorry oh hmm alright cool nice good fine yup nah let let's lets maybe
    any anything something someone none today tomorrow am pm
    in at on to for from of with by near around not wait hold next last asap mr mrs ms miss prefer
    another other
    """
    )
)
"""Capitalised only because of where they stand, or for another reason than being a name."""
_DAYS = frozenset(
    word_list(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december"
    )
)
STARTERS = frozenset(
    word_list(
        """
    find search look looking check show get give go going book reserve make set put change need want like love play
    watch rent see try call send transfer pay buy name use add create schedule leaving leave departing flying fly
    traveling travelling heading headed pick help tell take start cancel order update correct modify switch keep
    confirm confirmed ah yep sounds that great good
    preferably prefer preferred somewhere located starring staring directed called named titled live
    others more both just departure arrival origin destination pickup dropoff checking yea only how's what's where's
    who's about again next this last another every each very really still even now here interesting awesome excellent
    wonderful absolutely definitely certainly correct right wrong exactly hopefully unfortunately unsure
    ideally table restaurant restaurants hotel hotels movie movies film films song songs music flight flights bus buses
    car cars apartment apartments event events weather attraction attractions ticket tickets return round roundtrip
    oneway city date time
    """
    )
)
"""What a sentence begins with, besides grammar."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words that may be a name."""

    text: str
    start: int
    end: int
    cue: str
    """The words right before, in lower case."""
    then: str
    """The words right after, in lower case."""
    quoted: bool = False
    plain: bool = False
    """Whether nothing but its place says that it is a name: its letters are small."""
    whole: bool = False
    """Whether it was made longer by the small words that follow, as the name of a thing may be."""


_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{2,80})[\"”“»]|(?<!\w)['‘]([^'‘’\n]{2,60})['’](?!\w)")
_HONOUR = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Herr|Frau)\.?\s*$")
_SPACES = re.compile(r"\s{2,}|\n")


@lru_cache(maxsize=16)
def spans(text: str) -> tuple[Span, ...]:
    """Quoted text and runs of capitalised words, in their order; none twice."""
    found = []
    rest = text
    for match in _QUOTED.finditer(text):
        group = 1 if match[1] else 2
        found.append(_span(text, match.start(group), match.end(group), quoted=True))
        rest = rest[: match.start()] + "," * len(match[0]) + rest[match.end() :]
    if _has_both_cases(rest):
        found += [_span(rest, start, end) for start, end in _runs(rest)]
    return tuple(sorted(found, key=lambda one: one.start)[:MOST_SPANS])


def _has_both_cases(text: str) -> bool:
    """Whether capitals say anything; in a message that is shouted they do not."""
    return any(char.islower() for char in text) or len(text.split()) <= 2


def _span(text: str, start: int, end: int, quoted: bool = False, plain: bool = False) -> Span:
    before = _HONOUR.sub("", _SPACES.split(text[max(0, start - _BEFORE) : start])[-1])
    after = _SPACES.split(text[end : end + _BEFORE])[0]
    cue = re.split(r"[.!?;]\s", before)[-1].strip("\"'“„ ").casefold()
    return Span(text[start:end], start, end, cue, after.strip("\"'” ").casefold(), quoted, plain)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        return self.goes_on and self.text.casefold() not in _DAYS

    @property
    def goes_on(self) -> bool:
        """Whether it can stand in a name that has begun."""
        return self.text[0].isupper() and self.text.casefold().replace("’", "'") not in _NEVER

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit() or self.text[0] == "#"


_COUNTS = frozenset(word_list("one two three four five six seven eight nine ten"))
_AFTER_ANSWER = frozenset(
    word_list(
        "of the please would is it's sounds sound seems looks works work will and & de la on "
        "city area for if in thanks instead and but to"
    )
)
"""Small letters that follow a name which is the whole answer, or belongs to it."""


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Where capitalised words follow each other, with what may stand between them and numbers beside."""
    tokens = [_Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)][:MOST_TOKENS]
    at = 0
    while at < len(tokens):
        begins = _begins_sentence(tokens, at)
        first = tokens[at]
        if begins and (first.text.casefold() in STARTERS or _only_begins(tokens, at)):
            at += 1
            continue
        if not (first.is_name or (first.is_number and _leads_address(tokens, at)) or _is_the(tokens, at)):
            at += 1
            continue
        last = _end_of_run(tokens, at)
        if last == at and first.text.casefold() in STARTERS:
            at += 1
            continue
        yield first.start, tokens[last].end
        at = last + 1


def _begins_sentence(tokens: list[_Token], at: int) -> bool:
    return at == 0 or tokens[at - 1].text[0] in ".!?\n:" or tokens[at - 1].text.isspace()


def _only_begins(tokens: list[_Token], at: int) -> bool:
    """Whether the sentence's first word is all that is capitalised, and small words go on with the sentence."""
    first, following = tokens[at], [token.text for token in tokens[at + 1 : at + 2]]
    if first.text.casefold() in _COUNTS or first.text == "New":
        return not (following and following[0][0].isupper())
    return bool(following) and following[0][0].islower() and following[0].casefold() not in _AFTER_ANSWER


def _is_the(tokens: list[_Token], at: int) -> bool:
    """Whether a capitalised "The" belongs to a name: The Grotto, inside a sentence."""
    if tokens[at].text not in ("The", "A", "An") or _begins_sentence(tokens, at) or at + 1 == len(tokens):
        return False
    return tokens[at + 1].is_name


def _leads_address(tokens: list[_Token], at: int) -> bool:
    """Whether a number begins a name: 421 Cypress Avenue, 125 crescent Drive, 92nd Street Y."""
    for token in tokens[at + 1 : at + 3]:
        if token.is_name:
            return True
        if not token.text.isalpha() or token.text in GRAMMAR or token.text in FAINT or token.text in STARTERS:
            return False
    return False


def _end_of_run(tokens: list[_Token], at: int) -> int:
    """The last token of the run that begins here."""
    last, place = at, at + 1
    addressed = tokens[at].is_number
    while place < len(tokens):
        token = tokens[place]
        if token.goes_on or (token.is_number and _number_belongs(tokens, place)):
            last, place = place, place + 1
        elif token.text.casefold() in _JOINING and (steps := _joins(tokens, place)):
            last = place = place + steps
            place += 1
        elif token.text == "," and _goes_on(tokens, place, addressed):
            last, place = place + 1, place + 2
        elif addressed and token.text.isalpha() and place + 1 < len(tokens) and place - last == 1:
            if not tokens[place + 1].is_name or token.text.casefold() in GRAMMAR:
                break
            place += 1
        else:
            break
    return last


def _number_belongs(tokens: list[_Token], place: int) -> bool:
    following = tokens[place + 1].text.casefold() if place + 1 < len(tokens) else ""
    return following not in _COUNTED and tokens[place - 1].text != ","


_COUNTED = frozenset(word_list("people persons person tickets ticket nights days rooms seats am pm bedrooms of in the"))


def _joins(tokens: list[_Token], place: int) -> int:
    """How many tokens further the run goes on behind a joining word; 0 where it does not.

    "in", "for", "at" and their like only join where names are made with them: Valley of the Moon, Man on the Run.
    """
    weak = tokens[place].text.casefold() not in ("of", "the", "&", "de", "la", "le", "del", "von", "van", "du", "el")
    if weak:
        return 0
    for steps in (1, 2):
        if place + steps >= len(tokens):
            return 0
        token = tokens[place + steps]
        if token.goes_on:
            return steps
        if token.text.casefold() not in _JOINING:
            return 0
    return 0


def _goes_on(tokens: list[_Token], place: int, addressed: bool) -> bool:
    """Whether a name goes on behind a comma: Fresno, CA and Sydney, Australia, but no sentence that follows."""
    if place + 1 >= len(tokens):
        return False
    token = tokens[place + 1]
    if token.text.isupper() and len(token.text) == 2:
        return True
    if not (token.is_name or (addressed and token.is_number)) or token.text.casefold() in STARTERS:
        return False
    follows = tokens[place + 2].text.casefold() if place + 2 < len(tokens) else ""
    return addressed or follows not in _VERBS


_VERBS = frozenset(word_list("is was has will would needs wants sounds looks works can could should does did had"))
_WORDS = re.compile(r"[^\W_](?:[\w'’&/-]*\w)?")


def plain_span(text: str, start: int, words: int = 3) -> Span | None:
    """Up to so many words of small letters from here on, until grammar or punctuation ends them."""
    end, at = start, start
    for _ in range(words):
        match = _WORDS.match(text, at)
        if match is None or match[0].casefold() in GRAMMAR or match[0].casefold() in FAINT:
            break
        end = match.end()
        if text[end : end + 1] != " ":
            break
        at = end + 1
    return _span(text, start, end, plain=True) if end > start else None
