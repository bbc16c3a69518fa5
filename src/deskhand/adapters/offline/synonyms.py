"""Other words for the same request, as customers of any shop or service use them."""

from collections.abc import Iterator, Sequence

_GROUPS = """
refund, refunded, reimburse, reimbursement, money back, moneyback, erstattung, ruckerstattung, geld zuruck, erstatten
return, returning, send back, sent back, send it back, send this back, bring it back, give it back, \
zurucksenden, zuruckschicken, rucksendung, retoure
status, track, tracking, where is my, wheres my, when will my, wo ist mein, wo ist meine, wo bleibt
cancel, cancellation, cancelling, terminate, call off, stornieren, stornierung, kundigen, kundigung, absagen
exchange, swap, replace, replacement, tauschen, umtausch, umtauschen
delivery, deliver, delivered, shipping, shipment, ship, shipped, lieferung, versand, paket, parcel, package
invoice, bill, receipt, rechnung, beleg, quittung
price, pricing, cost, costs, how much is, how much does, preis, preise, kosten
appointment, meeting, demo, termin, ruckruf
book, booking, schedule, reserve, reservation, buchen, vereinbaren, reservieren
broken, damaged, defective, faulty, doesnt work, not working, stopped working, kaputt, defekt, beschadigt
change, update, edit, modify, correct, andern, andere, korrigieren
password, passcode, log in, login, sign in, passwort, kennwort, anmelden
phone, telephone, mobile, telefon, handy
available, availability, in stock, verfugbar, lieferbar, vorratig, auf lager
"""


def _table() -> dict[tuple[str, ...], tuple[str, ...]]:
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in _GROUPS.strip().splitlines():
        members = [member.strip() for member in line.split(",")]
        single = tuple(member for member in members if " " not in member)
        for member in members:
            table[tuple(member.split())] = single
    return table


_TABLE = _table()
_LONGEST = max(len(said) for said in _TABLE)


def also_meant(words: Sequence[str]) -> Iterator[tuple[range, tuple[str, ...]]]:
    """Where the words say something that has other words, and those words."""
    for at in range(len(words)):
        for end in range(at + 1, min(at + _LONGEST, len(words)) + 1):
            if others := _TABLE.get(tuple(words[at:end])):
                yield range(at, end), others
