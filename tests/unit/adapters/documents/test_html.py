"""Web pages: what they are about, with headings that can be linked to."""

import pytest

from deskhand.adapters.documents.blocks import Unreadable
from deskhand.adapters.documents.html import read_html

PAGE = """<!doctype html><html lang="de-AT"><head><title>Rückgabe – Lampenladen</title><style>p {}</style></head><body>
<nav><a href="/">Startseite</a> <a href="/warenkorb">Warenkorb</a></nav>
<main><h1>Rückgabe</h1>
<p>Sie können jeden Artikel innerhalb von 30 Tagen zurückgeben, ohne einen Grund zu nennen. Das Porto zahlen wir.</p>
<h2 id="so-gehts">So geht es</h2>
<ol><li>Drucken Sie das Etikett in Ihrem Konto aus.</li><li>Kleben Sie es auf das Paket.</li></ol>
<h2>Was es kostet</h2>
<table><tr><th>Land</th><th>Preis</th></tr><tr><td>Deutschland</td><td>nichts</td></tr></table>
<script>alert("hidden")</script></main>
<footer>Impressum Datenschutz</footer></body></html>"""


def read(page: str | bytes, charset: str | None = None):
    return read_html(page.encode() if isinstance(page, str) else page, charset)


def test_a_page_keeps_its_text_with_headings_lists_and_tables() -> None:
    found = read(PAGE)

    assert found.title == "Rückgabe – Lampenladen"
    assert found.language == "de"
    texts = [(part.level, part.text) for part in found.parts]
    assert (1, "Rückgabe") in texts
    assert (2, "So geht es") in texts
    assert (0, "Drucken Sie das Etikett in Ihrem Konto aus.\nKleben Sie es auf das Paket.") in texts
    assert (0, "Deutschland | nichts") in texts


def test_menus_scripts_and_footers_are_left_out() -> None:
    words = " ".join(part.text for part in read(PAGE).parts)

    assert not any(word in words for word in ("Warenkorb", "hidden", "Impressum"))


def test_a_heading_leads_to_its_place() -> None:
    anchors = {part.text: part.anchor for part in read(PAGE).parts if part.level}

    assert anchors == {"Rückgabe": None, "So geht es": "so-gehts", "Was es kostet": None}


def test_the_servers_charset_goes_before_a_guess() -> None:
    page = "<html><body><p>Größe und Gewährleistung stehen auf dem Schild, das unter der Lampe klebt.</p></body></html>"

    assert "Größe und Gewährleistung" in read(page.encode("latin-1"), "iso-8859-1").parts[0].text
    assert "Größe und Gewährleistung" in read(page.encode(), "no-such-charset").parts[0].text


@pytest.mark.parametrize("page", ["", " \n", "<html><body><div id=app></div><script>go()</script></body></html>"])
def test_a_page_without_text_says_so(page: str) -> None:
    with pytest.raises(Unreadable, match=r"no text on it|no web page"):
        read(page)


def test_a_page_nested_without_end_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"nested deeper|no text on it|no web page"):
        read("<html><body>" + "<div>" * 100_000 + "deep" + "</div>" * 100_000 + "</body></html>")
