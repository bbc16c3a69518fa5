"""Messages that as a whole answer no question: "I don't know yet", "what do you mean?", "why do you need that?"."""

import re

from deskhand.domain.yes_no import plain

_LONGEST = 160
"""Characters of a message that as a whole can be one of these."""


def _either(*ways: str) -> str:
    return f"(?:{'|'.join(ways)})"


_LEAD = (
    r"(?:(?:hm+|um+|uhm?|well|sorry|oh|wait|hey|hi|hello|ok|okay|so|but|and|please|no|honestly|actually|ah|also"
    r"|naja|nun"
    r"|tja|entschuldigung|moment|aber|und|bitte) )*"
)
_TAIL = (
    r"(?: (?:yet|now|right now|at the moment|exactly|really|sorry|please|though|tbh|for now|either|anymore|offhand"
    r"|by heart|here|noch|gerade|genau|leider|bitte|mehr|jetzt|auswendig|im moment))*"
)
_ONE = (
    r"(?: (?:it|that|this|them|what (?:you mean|that (?:is|means)|it is)|which(?: one)?|where (?:it is"
    r"|to find (?:it|that))"
)
_ONE += r"|how|why|when|what to say|(?:my|the|what my) \w+(?: is)?))?"
_NOT_KNOWN = _either(
    (
        rf"(?:i |we )?(?:really |honestly |just )?(?:don't|dont|do not) (?:really |even |actually )?(?:know|remember"
        rf"|recall){_ONE}"
    ),
    rf"(?:i )?(?:can't|cannot|can not|couldn't) (?:remember|recall|find|tell|say){_ONE}",
    rf"(?:i have |i've |i got |got |have )?(?:no|not an?|absolutely no) (?:idea|clue){_ONE}",
    rf"(?:i'm |i am |im )?(?:not (?:really |quite |too |so )?|un)(?:sure|certain){_ONE}",
    "dunno|idk|beats me|who knows|hard to say",
    r"let me (?:check|think|see|look)(?: that| it)?|i'll (?:check|look)(?: that| it)?",
    r"(?:give me |one |just a |wait a |hang on a |hold on a )(?:sec|second|moment|minute|bit)|hold on|hang on|wait",
    (
        r"(?:das )?wei(?:ß|ss) ich(?: \w+)? nicht|(?:ich )?wei(?:ß|ss)(?: ich)?(?: es| das)? nicht|keine ahnung"
        r"|kein plan"
    ),
    (
        r"(?:ich )?bin (?:ich )?(?:mir )?nicht sicher|(?:moment|augenblick)(?: mal)?|(?:ich )?(?:muss"
        r"|schaue) (?:ich )?(?:mal )?nach(?:sehen|schauen)?"
    ),
    "je ne sais pas|aucune idee|no (?:lo )?se|ni idea|non (?:lo )?so|nao sei|weet ik niet|geen idee|nie wiem",
)
_ASKS_BACK = _either(
    "what|why|how|where|who|which|when|huh|pardon|sorry|excuse me|come again|say what|was|wie|wo|warum|wieso|weshalb"
    "|wozu|wofur|quoi|que|che|cosa|wat|co|pourquoi|por que|perche|waarom|dlaczego",
    r"what (?:do|did|does|would|are|is) (?:you|that|this|it)(?: (?:mean|by|need|want|to know|asking|saying|for"
    r"|it|that"
    r"|this|talking about))*",
    r"what(?:'s|s) (?:that|this|it)(?: (?:for|about|supposed to mean))?",
    (
        r"(?:why|what|what for|how come) (?:do|would|should|must|does|are|is|can't) (?:you|i|we|that|it"
        r"|this)(?: \w+){0,8}"
    ),
    r"(?:why so|how (?:do|can|would) i (?:know|find)|where (?:do|can|would) i (?:find|see))(?: \w+){0,5}",
    r"where (?:is|can) (?:that|it|i)(?: \w+){0,4}",
    r"i (?:don't|do not|didn't) (?:understand|get (?:it|that|what|the question))(?: \w+){0,5}",
    r"can you (?:explain|repeat|rephrase)(?: \w+){0,5}|can i ask (?:you )?(?:something|a question|why)(?: \w+){0,3}",
    r"(?:do|must|should) i (?:have to|need to|really)?(?: \w+){0,6}",
    r"is (?:that|this|it) (?:really )?(?:necessary|required|needed|mandatory|important)(?: \w+){0,3}",
    r"(?:was|wie) (?:meinst du|meinen sie|bedeutet das|soll das|ist das|heisst das|heißt das)(?: \w+){0,4}",
    r"(?:warum|wieso|wozu|wofur|weshalb) (?:brauch\w+|woll\w+|will\w*|muss\w*|mussen|frag\w+)(?: \w+){0,6}",
    r"wo (?:finde|steht|sehe|ist)(?: \w+){0,4}|muss ich(?: \w+){0,6}|(?:das |ich )?verstehe (?:ich |das )?nicht",
)
_SURELY = re.compile(
    rf"{_LEAD}(?:what (?:do|does|did) (?:you|that|this|it) mean|what(?:'s|s| is) (?:that|this|it)\b|why do you"
    rf"|huh|pardon"
    r"|i (?:don't|do not|didn't) (?:understand|get)|can you (?:explain|repeat|rephrase)|was (?:meinst|meinen"
    r"|bedeutet|soll)"
    r"|(?:warum|wieso|wozu|wofur|weshalb)\b|(?:das |ich )?verstehe (?:ich |das )?nicht).*"
)
"""Questions back also without a question mark."""
_UNKNOWN = re.compile(f"{_LEAD}{_NOT_KNOWN}{_TAIL}")
_BACK = re.compile(f"{_LEAD}{_ASKS_BACK}{_TAIL}")


def holds_no_answer(text: str) -> bool:
    """Whether the whole message says only that the customer doesn't know, or asks back."""
    if len(text) > _LONGEST:
        return False
    said = plain(text)
    if _UNKNOWN.fullmatch(said):
        return True
    return bool(_BACK.fullmatch(said)) and ("?" in text or _SURELY.fullmatch(said) is not None)
