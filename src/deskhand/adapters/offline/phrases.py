"""Messages that mean something whatever procedures there are: stop, and let me talk to a person."""

import re
from itertools import islice
from typing import Literal

from deskhand.adapters.offline.common_words import word_list
from deskhand.domain.yes_no import plain

PERSON_WORDS = frozenset(
    word_list(
        "human person people agent representative rep operator colleague staff employee advisor adviser live chat "
        "mensch menschen mitarbeiter mitarbeiterin berater beraterin kollege kollegin"
    )
)
"""Words by which a procedure says that it is itself about reaching a person."""

_LONGEST_STOP = 80
_MOST_CLAUSES = 3
_LOOKED_AT = 2_000

_BEFORE = r"(?:no|nah|ok|okay|oh|sorry|please|actually|just|wait|well|can we|can you|could you|let's|lets|bitte|"
_BEFORE += r"i want to|i'd like to|i would like to|ich mochte|ich will)"
_STOP = r"(?:cancel|stop|abort|quit|exit|never ?mind|nvm|nm|forget|forget about|leave|drop|abbrechen|abbruch|stopp|"
_STOP += r"halt|vergiss|vergessen sie|lass|lassen wir|schon gut|egal|cancelar|annuler|annulla|(?:i )?changed my mind|"
_STOP += r"(?:i've|ive) changed my mind|i don't want (?:this|that|it|to continue))"
_AFTER = r"(?:it|this|that|all|all of it|everything|the whole thing|here|now|anymore|any more|then|please|thanks|"
_AFTER += r"thank you|es|das|das ganze|alles|bitte|danke|sorry|for now)"
_STOPS = re.compile(rf"(?:{_BEFORE} ){{0,3}}{_STOP}(?: {_AFTER}){{0,3}}")
_FORGETS = re.compile(
    rf"(?:{_BEFORE} ){{0,3}}(?:never ?mind|nvm|forget(?: about)?|skip|drop|leave|vergiss|vergessen sie|lassen wir|lass)"
    r"(?: \w+){2,4}"
)
"""A stop that names what is to stop: it is one only where something else is wanted."""
_CLAUSE = re.compile(r"[,.;:!\n]+\s*|\s+(?:and|but|then|und|aber)\s+", re.IGNORECASE)
_BARE = re.compile(r"(?:forget|leave|drop|halt|vergiss|lass|vergessen sie|lassen wir|forget about)(?: please| bitte)?")
"""They mean stop only with an object."""
_REASON = re.compile(r".*(?:changed my mind|i don't want (?:this|that|it)\b).*")
"""Stops that are just as well the answer to "Why?"."""

_KIND = r"(?:(?:a|an|the|some|to|with|your|real|live|actual|human|another|einem|einen|einer|eine|echten?m?|mit) ){0,4}"
_STRONG = r"(?:humans?|person|agents?|representatives?|reps?|operator|colleague|menschen?|mitarbeiter(?:in)?"
_STRONG += r"|berater(?:in)?|kollegen|kollegin)\b"
_WEAK = r"(?:someone|somebody|anyone|support|customer (?:service|support|care)|staff|manager|supervisor|advisor|"
_WEAK += r"adviser|employee|team|jemand(?:em|en)?|kundenservice|kundendienst|chef)\b"
_REACH = r"\b(?:talk|speak|chat|connect me|connected|transfer me|transferred|put me through|escalate|escalate this|"
_REACH += r"get me|give me|need|want|i'd like|would like|verbinden sie mich|verbinde mich|mochte|will|"
_REACH += r"brauche|gib mir|geben sie mir|hol mir|holen sie mir) "
_BEFORE_VERB = r"\b(?:mit|to|an) "
_STRONGLY = re.compile(
    rf"{_REACH}{_KIND}{_STRONG}|\b(?:can|could) (?:a|an|some) {_KIND}{_STRONG}"
    rf"|{_BEFORE_VERB}{_KIND}{_STRONG} (?:sprechen|reden|verbinden)"
)
_WEAKLY = re.compile(
    rf"\b(?:talk|speak|chat|connect me|transfer me|put me through|escalate) {_KIND}{_WEAK}"
    rf"|{_BEFORE_VERB}{_KIND}{_WEAK} (?:sprechen|reden|verbinden)"
)
_ALONE = re.compile(
    rf"(?:(?:please|pls|hi|hello|just|bitte|i said) ){{0,3}}{_KIND}{_STRONG}(?: (?:please|pls|now|bitte|jetzt)){{0,3}}"
)
_NOT = re.compile(r"\b(?:don't|dont|do not|not|no|never|kein|keinen|nicht) (?:\w+ ){0,3}$")


_ACTS = (
    r"(?:cancel|return|refund|exchange|book|order|buy|change|update|delete|close|end|unsubscribe|send|start|"
    r"stornieren|k(?:ü|ue|u)ndigen|buchen|bestellen|(?:ä|ae)ndern|zur(?:ü|ue)ckgeben|l(?:ö|oe)schen)"
)
_REFUSED = re.compile(
    r"(?:\b(?:no|nein|ok|but|and|actually|sorry|wait|well|oh|doch|eigentlich)\b[\s,]{0,3}){0,4}"
    r"\b(?:i |we |please |bitte |ich |wir ){0,3}"
    r"(?:(?:don['’]?t|do not|(?:did not|didn['’]?t)(?= want| mean| ask))"
    r"(?: (?:want|need|wish|mean|ask)(?: you)?(?: to)?)?"
    rf" (?P<what>{_ACTS}\b[^.,;!?\n]*|(?<=want |need |mean )an?\b[^.,;!?\n]*)"
    rf"|(?:will|m(?:ö|oe|o)chte|wollte) (?P<was>nicht [^.,;!?\n]*{_ACTS}|kein\w* [^.,;!?\n]*))",
    re.IGNORECASE,
)
_ANY_MORE = re.compile(r"\b(?:any ?more|any longer|no longer|mehr)\b", re.IGNORECASE)
_PRAISE = re.compile(r"great|perfect|super|awesome|cool|nice|wonderful|that(?:'s| is| was) all")
"""Polite as well, though they may be an answer."""


def means_stop(text: str) -> bool:
    """Whether the whole message says to stop what is going on; "cancel my order" does not."""
    if len(text) > _LONGEST_STOP:
        return False
    said = plain(text)
    return bool(_STOPS.fullmatch(said)) and not _BARE.fullmatch(said)


def without_refused(text: str) -> tuple[str, str]:
    """The text without what is not wanted, and that: "I don't want to cancel it, just change it"."""
    kept, refused = text, []
    for match in islice(_REFUSED.finditer(text[:_LOOKED_AT]), _MOST_CLAUSES):
        if not _ANY_MORE.search(match[0]):
            refused.append(match["what"] or match["was"])
            kept = kept.replace(match[0], " ", 1)
    return kept, " ".join(refused)


def stop_and_rest(text: str) -> tuple[str, str] | None:
    """Where a message begins by stopping what is going on, that and the rest: "forget that, I want a refund"."""
    for cut in islice(_CLAUSE.finditer(text[:_LONGEST_STOP]), _MOST_CLAUSES):
        begun, rest = text[: cut.start()], text[cut.end() :]
        if rest.strip() and (means_stop(begun) or _FORGETS.fullmatch(plain(begun))):
            return begun, rest
    return None


_POLITE: tuple[tuple[Literal["greeting", "thanks", "goodbye"], str], ...] = (
    (
        "greeting",
        r"(?:hi|hey|hello|hallo|good (?:morning|day|afternoon|evening)|guten (?:morgen|tag|abend)|moin|servus"
        r"|gruss gott|gruezi|hola|bonjour|salut|ciao)(?: (?:there|again|everyone|team|zusammen))?"
        r"|(?:(?:hi|hello|hey|hallo|moin|please|ok) )*"
        r"(?:(?:can|could) (?:you|someone|anyone) (?:please )?help(?: me)?(?: out)?"
        r"|i(?:'ve| have| got| have got) (?:a|one|another) (?:quick )?question|i need (?:some |your )?help|help(?: me)?"
        r"|(?:is )?(?:anyone|anybody|someone|somebody) (?:there|here)|(?:are )?(?:you|u) there|what can (?:you|u) do"
        r"|ich habe? (?:mal )?(?:eine )?frage|(?:(?:konnen|konnten) sie|kannst du) mir (?:bitte )?helfen"
        r"|hilfe|(?:ist )?(?:da )?jemand(?: da)?|was kannst du(?: alles)?)(?: please| pls| bitte)?",
    ),
    (
        "thanks",
        r"(?:(?:ok|okay|great|perfect|super|cool|alright) )?(?:thanks|thank you|thx|ty|cheers|danke|merci|gracias)"
        r"(?: (?:so much|very much|a lot|again|for your help|for the help|schon|dir|ihnen|vielmals))*"
        r"(?: (?:that|this) (?:was|is) (?:quick|fast|great|perfect|all|helpful|super|good))?"
        r"|many thanks|vielen dank|great|perfect|super|awesome|cool|nice|wonderful|that(?:'s| is| was) all",
    ),
    (
        "goodbye",
        r"(?:good ?bye|bye|bye bye|see you|see ya|tschuss|auf wiedersehen|have a (?:nice|good) day)"
        r"(?: (?:then|now|later))?",
    ),
)


def small_talk(text: str) -> Literal["greeting", "thanks", "goodbye"] | None:
    """What a message that is nothing but polite says; None where it says anything else."""
    if len(text) > _LONGEST_STOP:
        return None
    said = plain(text)
    return next((about for about, pattern in _POLITE if re.fullmatch(pattern, said)), None)


def is_courtesy(text: str) -> bool:
    """Whether a message greets, thanks or takes leave, and cannot answer an open question, as "great" can."""
    return small_talk(text) is not None and not _PRAISE.fullmatch(plain(text))


def may_be_a_reason(text: str) -> bool:
    """Whether a message that says to stop could as well answer an open question, as "I changed my mind" does."""
    return bool(_REASON.fullmatch(plain(text[:_LONGEST_STOP])))


def wants_person(text: str) -> Literal["clearly", "perhaps"] | None:
    """Whether the message asks for a person; "perhaps" where "someone" may as well be a department."""
    said = plain(text[:_LOOKED_AT])
    if _ALONE.fullmatch(said):
        return "clearly"
    for pattern, sure in ((_STRONGLY, "clearly"), (_WEAKLY, "perhaps")):
        found = pattern.search(said)
        if found and not _NOT.search(said[max(0, found.start() - 60) : found.start()]):
            return sure  # type: ignore[return-value]
    return None
