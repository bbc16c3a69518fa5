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
yea; yeh; yess; yees; yse; eys; yeap; yeahh; okey; okey dokey; okie; k; kk; affirmative; indeed; aye; yes yes
sure thing; sure go ahead; go for it; yes go for it; please yes; pls do; yes pls; yeah sure; yep sure; yeah ok
yeah go ahead; yep go ahead; sounds great; works for me; that works; fine by me; by all means
yes thanks; yes thank you; yes of course; yes absolutely; yes definitely; yeah please; yep please; sure please
i agree; yes i agree; i do; yes i do; yes that's fine; yes that works; please proceed; proceed
yes proceed; yes please proceed; yes please cancel it; please do it; yes do that; do that; let's do it; yes let's do it
ja; ja bitte; jawohl; jep; klar; genau; richtig; stimmt; einverstanden; gerne; ja gerne; mach das; ja mach das
in ordnung; ja genau; ja richtig; jo; jup; jupp; jepp; jap; jaa; ja klar; na klar; aber klar; klaro
passt; passt so; ja passt; das passt; geht klar; natürlich; ja natürlich; selbstverständlich; auf jeden fall
ja ok; ok ja; ja danke; ja mach; bitte machen sie das; machen sie das; ja machen sie das; ja das stimmt; das stimmt
bestätigt; ich bestätige; ja bitte gerne; so ist es; sicher; aber sicher; ja sicher; unbedingt
oui; oui merci; d'accord; bien sur; ouais; oui oui; oui s'il vous plait; oui bien sur; oui d'accord
c'est ça; exact; exactement; tout a fait; allez y; oui allez y; volontiers; je confirme; oui je confirme
si; si por favor; claro; vale; de acuerdo; sí claro; claro que si; por supuesto; desde luego; correcto; adelante; dale
si gracias; confirmo; si confirmo; exacto; eso es
sim; claro que sim; sim por favor; sim obrigado; com certeza; isso mesmo; certo; sim claro
va bene; sì grazie; si per favore; certamente; certo che si; d'accordo; esatto; confermo; si confermo; ok va bene
jazeker; zeker; ja graag; ja hoor; ja dank je; natuurlijk; akkoord; klopt; dat klopt; is goed; doe maar; prima zo
tak proszę; tak poproszę; oczywiście; jasne; pewnie; zgoda; zgadza się; dokładnie; potwierdzam; tak potwierdzam
"""
_NO = """
no; n; nope; nah; never; no thanks; no thank you; don't; please don't; no don't; no do not; do not; please do not
better not; not now; no stop; no way; rather not; i'd rather not; don't do it; do not do it; no don't do it
absolutely not; certainly not; no never mind; no wait
noo; nop; nay; naw; nuh uh; no no; not at all; not really; of course not; definitely not; negative; no please don't
i don't think so; i do not think so; hell no; no thx; nah thanks; nope thanks; no not now; please no; i don't
no i don't; i do not; no i do not; no that's wrong; that's wrong; that is wrong; no that's not right; that's not right
not correct; that's not correct; that is not correct; incorrect
no that's incorrect; dont; pls don't; not a chance; leave it
nein; nein danke; ne; nee; lieber nicht; bitte nicht; auf keinen fall; doch nicht; nö; noe; nä; ach nein
nein bitte nicht; nein lieber nicht; besser nicht; niemals; keinesfalls; nicht wirklich; das stimmt nicht; stimmt nicht
falsch; nein falsch; nein nein; eher nicht; auf gar keinen fall; natürlich nicht; ne danke; nö danke; nee danke
nicht nötig; das passt nicht
non; non merci; pas du tout; surtout pas; jamais; bien sur que non; pas maintenant; non non; je ne pense pas
no gracias; para nada; claro que no; de ninguna manera; mejor no; nunca; ahora no; que no
nao; nao obrigado; nao obrigada; de jeito nenhum; claro que nao; nem pensar; melhor nao
no grazie; assolutamente no; certo che no; meglio di no; per niente
nee bedankt; nee dank je; liever niet; zeker niet; absoluut niet; niet nu; nee hoor; klopt niet; dat klopt niet
nie; nie dziękuję; raczej nie; na pewno nie; absolutnie nie; nigdy; nie teraz; oczywiście że nie
"""

_ASKS = re.compile("[?？؟❓❔🤔🤷🙄😕😬]")
"""A question, or the sign of a doubt."""
_AGREES, _REFUSES = "👍👌✅✔☑🆗", "👎❌🚫⛔🙅✖"
_PLAIN_SIGNS = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\ufe0e\u200d♀♂\\s.!]+")
"""What says nothing beside a sign: the colour of its skin, its form, and spaces."""


def _phrases(table: str) -> frozenset[str]:
    return frozenset(plain(phrase) for phrase in table.replace("\n", ";").split(";") if phrase.strip())


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """Lower case without accents, punctuation, emoji and doubled spaces; apostrophes stay."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w']+", " ", letters).split())


_YES_PHRASES, _NO_PHRASES = _phrases(_YES), _phrases(_NO)
_DRAWN_OUT_YES = re.compile(r"ye+s+|ye+a+h*|ye+p+|su+re+|oka+y+|ja+|si+|oui+")
_DRAWN_OUT_NO = re.compile(r"no+|no+pe+|ne+i+n+|na+h+|non+|ne+")


def yes_or_no(message: str) -> bool | None:
    """True for yes, False for no, None where the whole message is neither; a question (“ok?”) is neither.

    A sign such as a thumb says it too, but never against the words beside it.
    """
    if len(message) > 60 or _ASKS.search(message):
        return None
    signs = {char in _AGREES for char in message if char in _AGREES or char in _REFUSES}
    if not signs:
        return _in_words(message)
    sign = signs.pop()
    if signs:
        return None
    words = plain(message)
    if words:
        return sign if _in_words(message) is sign else None
    rest = _PLAIN_SIGNS.sub("", message).strip(_AGREES + _REFUSES)
    return None if rest else sign


def says_nothing(message: str) -> bool:
    """Whether a message by itself asks for nothing: a yes, a no, or no word at all."""
    return yes_or_no(message) is not None or not any(sign.isalnum() for sign in message)


def _in_words(message: str) -> bool | None:
    said = plain(message)
    if said in _YES_PHRASES or _DRAWN_OUT_YES.fullmatch(said):
        return True
    return False if said in _NO_PHRASES or _DRAWN_OUT_NO.fullmatch(said) else None
