"""Names of months, weekdays and days in eight languages, as they stand in folded text."""

from deskhand.adapters.offline.common_words import word_list
from deskhand.adapters.offline.number_words import UNITS

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar jan janvier enero gennaio januari janeiro stycznia styczen janner",
            "february februar feb febr fevrier febrero febbraio februari fevereiro lutego luty feber",
            "march marz maerz mar mars marzo maart marco marca marzec mrz",
            "april apr avril abril aprile kwietnia kwiecien",
            "may mai mayo maggio mei maio maja maj",
            "june juni jun juin junio giugno junho czerwca czerwiec",
            "july juli jul juillet julio luglio julho lipca lipiec",
            "august aug aout agosto augustus sierpnia sierpien",
            "september sept sep septembre septiembre settembre setembro wrzesnia wrzesien",
            "october oktober oct okt octobre octubre ottobre outubro pazdziernika pazdziernik",
            "november nov novembre noviembre novembro listopada listopad",
            "december dezember dec dez decembre diciembre dicembre dezembro grudnia grudzien",
        ),
        start=1,
    )
    for name in names.split()
}

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mondays montag montags lundi lunes lunedi maandag segunda-feira poniedzialek",
            "tuesday tuesdays dienstag dienstags mardi martes martedi dinsdag terca-feira wtorek",
            "wednesday wednesdays mittwoch mittwochs mercredi miercoles mercoledi woensdag quarta-feira sroda srode",
            "thursday thursdays donnerstag donnerstags jeudi jueves giovedi donderdag quinta-feira czwartek",
            "friday fridays freitag freitags vendredi viernes venerdi vrijdag sexta-feira piatek",
            "saturday saturdays samstag samstags sonnabend samedi sabado sabato zaterdag sobota sobote",
            "sunday sundays sonntag sonntags dimanche domingo domenica zondag niedziela niedziele",
        )
    )
    for name in names.split()
}

SHORT_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("mon mo", "tue tues tu di", "wed weds mi", "thu thur thurs do", "fri fr", "sat sa", "sun so")
    )
    for name in names.split()
}
"""They mean a day only beside a date, or after "on" or "next"."""

NEAR = {
    word: days
    for days, words in (
        (-2, "day before yesterday|vorgestern|avant-hier|anteayer|l'altro ieri|eergisteren|anteontem|przedwczoraj"),
        (-1, "yesterday|gestern|hier|ayer|ieri|gisteren|ontem|wczoraj"),
        (0, "today|tonight|this evening|this afternoon|this morning|this lunchtime|heute|aujourd'hui|hoy|oggi"),
        (0, "vandaag|hoje|dzisiaj|dzis|heute abend"),
        (1, "tomorrow|tommorow|tommorrow|tomorow|tmrw|tmr|morgen|demain|manana|domani|amanha|jutro"),
        (2, "day after tomorrow|ubermorgen|uebermorgen|apres-demain|pasado manana|dopodomani|overmorgen"),
        (2, "depois de amanha|pojutrze|overmorrow"),
    )
    for word in words.split("|")
}
"""Days by their distance from today."""

FEASTS = {
    "christmas eve": (12, 24), "heiligabend": (12, 24), "heiliger abend": (12, 24), "christmas day": (12, 25),
    "xmas day": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31), "new years eve": (12, 31),
    "silvester": (12, 31), "new year's day": (1, 1), "new years day": (1, 1), "neujahr": (1, 1),
    "valentine's day": (2, 14), "valentines day": (2, 14), "valentinstag": (2, 14), "halloween": (10, 31),
    "nikolaus": (12, 6),
}  # fmt: skip
"""Days of the year that have a name."""

_ORDINAL = word_list(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """
)
ORDINALS = (
    {word: number for number, word in enumerate(_ORDINAL, start=1)}
    | {f"twenty{joint}{word}": 20 + number for number, word in enumerate(_ORDINAL[:9], start=1) for joint in ("-", " ")}
    | {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}
)
"""Days of a month in English words."""

_GERMAN_IRREGULAR = {1: "erst", 3: "dritt", 7: "siebt"}


def _german_ordinals() -> dict[str, int]:
    found = {}
    for word, number in UNITS.items():
        if 1 <= number <= 19 and not word.startswith("ein") and number not in _GERMAN_IRREGULAR:
            found[f"{word}t"] = number
    ones = {number: word for word, number in UNITS.items() if 2 <= number <= 9} | {1: "ein"}
    for number, stem in _GERMAN_IRREGULAR.items():
        found[stem] = number
    found |= {f"{one}undzwanzigst": 20 + number for number, one in ones.items()}
    found |= {"zwanzigst": 20, "dreißigst": 30, "dreissigst": 30, "einunddreißigst": 31, "einunddreissigst": 31}
    return {f"{stem}{ending}": number for stem, number in found.items() for ending in ("e", "er", "en", "em")}


ORDINALS |= _german_ordinals()

LENGTHS = {
    word: unit
    for unit, words in (
        ("minute", "minute minutes min mins minuten"),
        ("hour", "hour hours hr hrs stunde stunden"),
        ("day", "day days tag tage tagen jour jours dia dias giorno giorni dag dagen dzien dni"),
        ("week", "week weeks wk wks woche wochen semaine semaines semana semanas settimana settimane weken"),
        ("fortnight", "fortnight fortnights"),
        ("month", "month months monat monate monaten mois mes meses mese mesi maand maanden"),
        ("year", "year years jahr jahre jahren"),
    )
    for word in words.split()
}
"""Words for lengths of time."""
