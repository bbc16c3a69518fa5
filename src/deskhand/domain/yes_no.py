"""A whole message that means yes or no, and nothing else: the only words that can confirm."""

import re
import unicodedata
from functools import lru_cache

_YES = """
yes; y; yeah; yep; yup; sure; ok; okay; correct; right; confirm; confirmed; agreed; absolutely; definitely; certainly
yes please; yes please do; yes do it; yes go ahead; yes please go ahead; go ahead; please go ahead; please do; do it
that is right; that's right; that is correct; that's correct; yes that's right; yes that's correct; i confirm
yes i confirm; of course; sounds good; i am sure; i'm sure; yes i am sure; yes i'm sure; yes sure; ok yes
ok go ahead; ok do it; all right; alright; yes ok; yes correct; yes cancel it; yes refund it
ja; ja bitte; jawohl; jep; klar; genau; richtig; stimmt; einverstanden; gerne; ja gerne; mach das; ja mach das
in ordnung; ja genau; ja richtig; oui; oui merci; d'accord; bien sur; si; si por favor; claro; vale; de acuerdo
sim; claro que sim; va bene; certo
"""
_NO = """
no; n; nope; nah; never; no thanks; no thank you; don't; please don't; no don't; no do not; do not; please do not
better not; not now; no stop; no way; rather not; i'd rather not; don't do it; do not do it; no don't do it
absolutely not; certainly not; no never mind; no wait
nein; nein danke; ne; nee; lieber nicht; bitte nicht; auf keinen fall; doch nicht; non; non merci; no gracias
nao; nao obrigado; no grazie
"""


_ASKS = re.compile("[?？؟]")


def _phrases(table: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in table.replace("\n", ";").split(";") if phrase.strip())


_YES_PHRASES, _NO_PHRASES = _phrases(_YES), _phrases(_NO)


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """Lower case without accents, punctuation, emoji and doubled spaces; apostrophes stay."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w']+", " ", letters).split())


def yes_or_no(message: str) -> bool | None:
    """True for yes, False for no, None where the whole message is neither; a question (“ok?”) is neither."""
    if len(message) > 60 or _ASKS.search(message):
        return None
    said = plain(message)
    if said in _YES_PHRASES:
        return True
    return False if said in _NO_PHRASES else None
