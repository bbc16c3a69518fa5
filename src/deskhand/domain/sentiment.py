"""The mood of a message: `positive`, `negative` or `neutral`, from a small lexicon of English and German words."""

import re
from typing import Literal

Sentiment = Literal["positive", "negative", "neutral"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

_GLAD = frozenset(
    """
    thanks thank great good nice perfect awesome excellent wonderful amazing happy love loved glad pleased
    helpful appreciate appreciated fantastic brilliant cool super satisfied works worked yay danke dankeschön
    gut toll prima perfekt wunderbar klasse freue freut froh zufrieden hilfreich liebe spitze ausgezeichnet
    fein hervorragend funktioniert genial
    """.split()  # noqa: SIM905 (a list of words reads best as words)
)
_CROSS = frozenset(
    """
    bad terrible awful horrible worst angry annoyed annoying upset frustrated frustrating disappointed
    disappointing useless broken wrong hate hated unacceptable ridiculous scam fraud rude late never fail
    failed failing failure problem complaint complain refund damaged lost waste slow stupid nonsense poor
    unhappy schlecht schrecklich furchtbar wütend sauer ärgerlich genervt enttäuscht enttäuschend nutzlos
    kaputt falsch hasse inakzeptabel lächerlich betrug unverschämt spät nie problem beschwerde beschädigt
    verloren langsam unsinn mist unzufrieden frechheit
    """.split()  # noqa: SIM905 (a list of words reads best as words)
)
_NOT = frozenset(
    """
    not no never don't doesn't didn't isn't wasn't can't won't nicht kein keine keinen nie
    """.split()  # noqa: SIM905 (a list of words reads best as words)
)


def sentiment(text: str) -> Sentiment:
    """The mood of a text; a negation turns the word that follows within two words."""
    score, turned = 0, 0
    for word in (found.lower().replace("’", "'") for found in _WORD.findall(text)):
        value = (word in _GLAD) - (word in _CROSS)
        score += -value if turned and value else value
        turned = 2 if word in _NOT else max(0, turned - 1)
    return "positive" if score > 0 else "negative" if score < 0 else "neutral"
