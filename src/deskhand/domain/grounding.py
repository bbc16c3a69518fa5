"""Whether words hold anything that nobody said: numbers, amounts, dates, addresses and identifiers out of thin air."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property

from deskhand.domain.values import number_of

_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()\"'\]]+", re.IGNORECASE)
_SITE = re.compile(r"(?<![\w@.-])(?:[^\W_][\w-]+\.){1,6}[a-z]{2,18}(?![\w@-])(?:/[^\s<>()\"'\]]*)?")
"""An address without `https://`: browsers and people find it all the same."""
_TOKEN = re.compile(r"#?\w[\w/-]*")
_NUMBER = re.compile(r"\d+(?:[.,'\u00a0\u202f ]\d+)*")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[.!?…](?=\s)|\n|[。！？]")

_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles jueves viernes sábado domingo",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
)
_MONTHS = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
)
_RELATIVE = (
    "today tonight tomorrow yesterday hour hours day days week weeks weekend month months year years",
    "heute morgen gestern stunde stunden tag tage tagen woche wochen wochenende monat monate monaten jahr jahre jahren",
    "aujourd demain hier heure heures jour jours semaine semaines mois an ans année années",
    "hoy mañana ayer hora horas día días semana semanas mes meses año años",
    "oggi domani ieri ora ore giorno giorni settimana settimane mese mesi anno anni",
    "vandaag morgen gisteren uur dag dagen weken maand maanden jaar jaren",
    "hoje amanhã ontem dia dias mês ano anos",
)
_COUNTS = (
    "two three four five six seven eight nine ten eleven twelve twenty thirty hundred thousand",
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert tausend",
    "deux trois quatre cinq six sept huit neuf dix onze douze vingt trente cent mille",
    "dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cien mil",
)
_COUNTED = (*range(2, 13), 20, 30, 100, 1000)
_MONEY = {
    "$": "usd", "us$": "usd", "dollar": "usd", "dollars": "usd", "€": "eur", "euro": "eur", "euros": "eur", "£": "gbp",
    "pound": "gbp", "pounds": "gbp", "¥": "jpy", "yen": "jpy", "chf": "chf", "usd": "usd", "eur": "eur", "gbp": "gbp",
    "jpy": "jpy", "₹": "inr", "inr": "inr", "%": "%", "percent": "%", "prozent": "%",
}  # fmt: skip
_SIGN = re.compile(r"[$€£¥₹%]")
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₹]|\b(?:usd|eur|gbp|chf|jpy|inr))\s?$", re.IGNORECASE)
_MONEY_BEHIND = re.compile(
    r"\s?(?:[$€£¥₹%]|(?:usd|eur|gbp|chf|jpy|inr|dollars?|euros?|pounds?|yen|percent|prozent)\b)", re.IGNORECASE
)


def _numbered(lists: tuple[str, ...], values: Iterable[int]) -> dict[str, int]:
    numbers = tuple(values)
    return {word: numbers[at] for words in lists for at, word in enumerate(words.split())}


_WEEKDAY_OF = {
    word.removesuffix("-feira"): at for words in _WEEKDAYS for at, word in enumerate(words.split())
}  # `segunda-feira` is two words to the pattern
_MONTH_OF = _numbered(_MONTHS, range(1, 13))
_COUNT_OF = _numbered(_COUNTS, _COUNTED)
_WHEN = frozenset(word for words in _RELATIVE for word in words.split())
_OFTEN_NO_DATE = frozenset(
    ("may", "march", "mars", "mai", "segunda", "sexta", "quarta", "quinta", "once", "hier", "ora")
)
"""Words that are something else as a rule: they count only beside a number."""


class Grounds:
    """What was said and may therefore be said again.

    heard: what customers said. Its numbers and codes may be repeated, but make no amount and no date: nobody is
    promised what they asked for.
    """

    def __init__(self, texts: Iterable[str], heard: Iterable[str] = ()) -> None:
        self._text = "\n".join(texts)
        self._folded = self._text.casefold()
        self._heard = tuple(one for one in heard if one)

    def invented(self, words: str) -> tuple[str, ...]:
        """What stands in the words and has no ground."""
        found: dict[str, None] = {}
        rest = words
        for pattern, holds in ((_URL, self._has_url), (_EMAIL, self._has_email), (_SITE, self._has_url)):
            found |= {text: None for match in pattern.finditer(rest) if not holds(text := match[0].rstrip(".,;:!?"))}
            rest = pattern.sub(" ", rest)
        for match in _TOKEN.finditer(rest):
            token = match[0].rstrip("/-_")
            if _is_code(token) and not self._has_token(token) and not self._repeated._has_token(token):
                found[token] = None
        found |= {match[0]: None for match in _NUMBER.finditer(rest) if not self._may_be_said(match, rest)}
        found |= {sign: None for sign in _SIGN.findall(rest) if _MONEY[sign] not in self._money}
        for match in _WORD.finditer(rest):
            if not self._has_word(match[0].casefold(), rest[max(match.start() - 4, 0) : match.end() + 4]):
                found[match[0]] = None
        return tuple(found)

    def _has_url(self, url: str) -> bool:
        return url.casefold() in self._folded

    def _has_email(self, address: str) -> bool:
        return address.casefold() in self._emails

    def _has_token(self, token: str) -> bool:
        plain = token.casefold().lstrip("#")
        if plain in self._tokens:
            return True
        # `9am`, `30kg`, `2nd`: a number with letters behind is as good as the number
        joined = re.fullmatch(r"(\d+(?:[.,]\d+)*)([^\W\d_]{1,4})", plain)
        return joined is not None and self._has_number(joined[1])

    def _may_be_said(self, number: re.Match[str], words: str) -> bool:
        """Whether a number has its ground; a customer's own has one where it is no amount."""
        if self._has_number(number[0]):
            return True
        before = words[max(number.start() - 5, 0) : number.start()]
        amount = _MONEY_BEFORE.search(before) or _MONEY_BEHIND.match(words, number.end())
        return not amount and self._repeated._has_number(number[0])

    def _has_number(self, written: str) -> bool:
        return bool(_readings(written) & self._numbers)

    def _has_word(self, word: str, around: str) -> bool:
        if word in self._words:
            return True
        if word in _OFTEN_NO_DATE and not re.search(r"\d", around):
            return True
        if word in _WEEKDAY_OF:
            return _WEEKDAY_OF[word] in self._weekdays
        if word in _MONTH_OF:
            return _MONTH_OF[word] in self._months
        if word in _COUNT_OF:
            return float(_COUNT_OF[word]) in self._counts
        if word in _MONEY:
            return _MONEY[word] in self._money
        return word not in _WHEN

    @cached_property
    def _repeated(self) -> "Grounds":
        """What customers said, as grounds of its own."""
        return Grounds(self._heard)

    @cached_property
    def _emails(self) -> frozenset[str]:
        return frozenset(match.rstrip(".") for match in _EMAIL.findall(self._folded))

    @cached_property
    def _tokens(self) -> frozenset[str]:
        """Codes as they stand, and their parts."""
        whole = [one.lstrip("#").rstrip("/-_") for one in _TOKEN.findall(self._folded)]
        return frozenset([*whole, *(part for one in whole for part in re.split("[-/_]", one))])

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._folded))

    @cached_property
    def _numbers(self) -> frozenset[float]:
        found = {value for match in _NUMBER.finditer(self._text) for value in _readings(match[0])}
        found |= {value for match in re.finditer(r"\d+", self._text) for value in _readings(match[0])}
        found |= {float(_COUNT_OF[word]) for word in self._words if word in _COUNT_OF}
        return frozenset(found)

    @cached_property
    def _counts(self) -> frozenset[float]:
        """Numbers that are no part of a date."""
        return Grounds([_ISO.sub(" ", self._text)])._numbers

    @cached_property
    def _dates(self) -> tuple[date, ...]:
        found = []
        for year, month, day in _ISO.findall(self._text):
            try:
                found.append(date(int(year), int(month), int(day)))
            except ValueError:
                continue
        return tuple(found)

    @cached_property
    def _weekdays(self) -> frozenset[int]:
        named = {_WEEKDAY_OF[word] for word in self._words if word in _WEEKDAY_OF}
        return frozenset({one.weekday() for one in self._dates} | named)

    @cached_property
    def _months(self) -> frozenset[int]:
        named = {_MONTH_OF[word] for word in self._words if word in _MONTH_OF}
        return frozenset({one.month for one in self._dates} | named)

    @cached_property
    def _money(self) -> frozenset[str]:
        signs = {_MONEY[sign] for sign in _SIGN.findall(self._text)}
        return frozenset(signs | {_MONEY[word] for word in self._words if word in _MONEY})


def _is_code(token: str) -> bool:
    """Whether it holds letters and digits together; what is digits alone is a number or a date."""
    return any(sign.isdigit() for sign in token) and any(sign.isalpha() for sign in token)


def _readings(written: str) -> set[float]:
    """The numbers that digits with separators can mean: `1,234` is 1234, and 1.234 where people write that."""
    plain = re.sub(r"[\s'\u00a0\u202f]", "", written)
    forms = {plain.replace(",", ""), plain.replace(".", "").replace(",", ".")}
    if len(forms) == 1 and " " in written:  # digits in groups, or numbers that only stand beside each other
        forms |= set(written.split())
    found = (number_of(form) for form in forms)
    return {float(one) for one in found if one is not None and abs(one) < 1e300}


def settled(show: Callable[[str], None], grounds: Grounds) -> Callable[[str], None]:
    """Shows a text that grows in whole sentences, up to the first that holds something invented."""
    seen, shown, holds = "", "", True

    def grown(text: str) -> None:
        nonlocal seen, shown, holds
        if not text.startswith(seen):  # it began anew
            shown, holds = "", True
        seen = text
        ends = [match.end() for match in _SENTENCE.finditer(text, len(shown))]
        if not ends or not holds:
            return
        holds = not grounds.invented(text[len(shown) : ends[-1]])
        if holds:
            shown = text[: ends[-1]]
            show(shown)

    return grown
