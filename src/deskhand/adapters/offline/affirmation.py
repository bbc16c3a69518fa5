"""Yes or no as the answer to a question about a fact: less strict than what confirms an act."""

import re

from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.unanswered import holds_no_answer
from deskhand.domain.yes_no import plain, yes_or_no

_LOOKED_AT = 200
_BEGINS_YES = re.compile(
    r"(?:y+e+s+|yeah|yea|yeh|ye|ya|yep|yup|yess+|sure|of course|absolutely|definitely|indeed|correct|right|true"
    r"|i do|i did|i have|i am|i was|i will|i would|we do|we did|we have|we are|it is|it does|it was|there is"
    r"|there are"
    r"|i (?:think|believe|guess) so|that is right|that's right"
    r"|ja+|jo|jep|jup|jawohl|klar|na klar|genau|stimmt|naturlich|selbstverstandlich|sicher|habe ich|hab ich|leider ja"
    r"|ich glaube (?:ja|schon)|ich denke (?:ja|schon)|schon"
    r"|oui|ouais|bien sur|si|claro|vale|por supuesto|certo|certamente|sim|com certeza|zeker|jazeker|natuurlijk"
    r"|tak|oczywiscie|jasne|pewnie)\b(?! not\b| nicht\b)"
)
_BEGINS_NO = re.compile(
    r"(?:no+(?! (?:idea|clue|problem|worries|matter|doubt|question)\b)|nope|nop|nah|naw|never|not(?! sure"
    r"| certain| yet sure| really sure)|nothing|none"
    r"|(?:i|we) (?:don't|dont|do not|didn't|did not)(?! know| remember| understand| get| see why| think)"
    r"|(?:i|we) (?:haven't|have not|hadn't|won't|wouldn't|wasn't|weren't|can't|cannot)(?! say| tell| remember)"
    r"|i'm not(?! sure| certain)|i am not(?! sure| certain)|we're not(?! sure)|it isn't|it is not|it's not|it doesn't"
    r"|it does not|it wasn't|there isn't|there aren't|i (?:don't|do not) think so|i'm afraid not|afraid not"
    r"|unfortunately (?:not|no)|of course not|certainly not|absolutely not|definitely not"
    r"|nein|ne+|nie|niemals|leider (?:nein|nicht)|nicht|keine?n?(?! (?:ahnung|plan|problem)\b)|habe ich nicht"
    r"|hab ich nicht|eher nicht"
    r"|ich glaube (?:nein|nicht)|non|pas|jamais|nunca|nao|mai|niet|geen)\b"
)
_TURNS = re.compile(
    r"\b(?:not|no|don't|dont|isn't|nicht|kein\w*|but|aber|doch|mais|pero|ma|maar|ale|except|unless|only if|if"
    r"|wenn|falls"
    r"|maybe|perhaps|vielleicht|or|oder)\b"
)
_BUT = re.compile(r"\b(?:but|aber|mais|pero|maar|ale|unless|except|or|oder|maybe|perhaps|vielleicht)\b")
_SWITCHES = {"true": True, "on": True, "wahr": True, "false": False, "off": False, "falsch": False}


def yes_no(text: str) -> Found | None:
    """A yes or a no: the whole message, or how it begins."""
    whole = yes_or_no(text)
    if whole is None:
        whole = _begun(text)
    return None if whole is None else Found(whole, 0, len(text))


def _begun(text: str) -> bool | None:
    if holds_no_answer(text):
        return None
    said = plain(text[:_LOOKED_AT])
    if said in _SWITCHES:
        return _SWITCHES[said]
    if _BEGINS_NO.match(said):
        asks = text.rstrip().endswith("?")
        return None if asks or _BUT.search(said) else False
    yes = _BEGINS_YES.match(said)
    if yes and not _TURNS.search(said, yes.end()) and not text.rstrip().endswith("?"):
        return True
    return _signed(text)


def _signed(text: str) -> bool | None:
    """A thumb at the beginning or the end, besides words that say neither."""
    words = text.strip().split()
    if not words:
        return None
    signs = {yes_or_no(word) for word in (words[0], words[-1]) if not plain(word)}
    return signs.pop() if len(signs) == 1 else None
