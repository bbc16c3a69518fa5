"""The passage that answers is found, and where none does the score says so."""

from collections.abc import Sequence

import pytest

from deskhand.adapters.documents.markdown import read_markdown
from deskhand.adapters.offline.passages import OfflinePassages
from deskhand.domain.knowledge import Faq, Passage, Source, answer_of
from deskhand.domain.passages import Block, Document, cut, of_questions
from tests.unit.adapters.offline.made_up_faq import (
    GYM,
    GYM_COVER,
    GYM_LACK,
    LAMPS,
    LAMPS_COVER,
    LAMPS_LACK,
    faqs,
)
from tests.unit.adapters.offline.made_up_guide import GUIDE, GUIDE_COVERS, GUIDE_LACKS


def questions(entries: dict[str, tuple[str, str]], slug: str = "faq", language: str = "en") -> list[Passage]:
    return of_questions(Source(slug=slug, name="Questions", kind="faq", language=language), faqs(entries))


def faq(slug: str, question: str, answer: str, language: str = "en") -> list[Passage]:
    source = Source(slug=slug, name="Questions", kind="faq", language=language)
    return of_questions(source, [Faq(question=question, answer=answer)])


def guide() -> list[Passage]:
    read = read_markdown(GUIDE)
    blocks = tuple(Block(part.text, part.level, part.page, part.anchor) for part in read.parts)
    source = Source(slug="guide", name="Guide", kind="markdown", url="https://radhaus.example/guide")
    return cut(source, Document(blocks, read.title))


def index(*sources: Sequence[Passage]) -> OfflinePassages:
    made = OfflinePassages()
    for passages in sources:
        made.put(passages[0].source, made.analyse(passages))
    return made


def answer(made: OfflinePassages, text: str) -> str | None:
    found = answer_of(made.search(text))
    return found.text if found else None


@pytest.mark.parametrize("text", ["what? no", "what", "how?", "what is it", "no", "why not"])
def test_a_word_that_only_asks_finds_no_answer(text) -> None:
    made = index(faq("hours", "What are your opening hours?", "9 to 18."), faq("wash", "How do I wash it?", "Cold."))

    assert answer(made, text) is None


def test_the_same_question_about_something_else_is_another_question() -> None:
    made = index(
        faq("delivery", "How long does delivery take?", "Two to four working days."),
        faq("guarantee", "How long is the guarantee?", "Two years."),
    )

    assert answer(made, "how long does shipping take") == "Two to four working days."
    assert answer(made, "how long do refunds take?") is None
    assert answer(made, "How long does a repair take?") is None


@pytest.mark.parametrize(
    ("entries", "cover", "lack", "least", "most"),
    [(LAMPS, LAMPS_COVER, LAMPS_LACK, 35, 1), (GYM, GYM_COVER, GYM_LACK, 17, 0)],
    ids=["calibrated", "held-out"],
)
def test_questions_get_their_answer_and_others_none(entries, cover, lack, least, most) -> None:
    made = index(questions(entries))

    answers = {text: (answer(made, text), entries[slug][1]) for text, slug in cover}
    wrong = {text: told for text, (told, wanted) in answers.items() if told not in (wanted, None)}
    invented = [text for text in lack if answer(made, text) is not None]

    assert wrong == {}
    assert len(invented) <= most, invented
    assert sum(told == wanted for told, wanted in answers.values()) >= least


def test_a_guide_answers_what_stands_in_it_and_nothing_else() -> None:
    made = index(guide())

    told = {text: (answer(made, text), " ".join(wanted.split())) for text, wanted in GUIDE_COVERS}
    wrong = {text: one for text, (one, wanted) in told.items() if one and wanted not in " ".join(one.split())}

    assert wrong == {}
    assert [text for text in GUIDE_LACKS if answer(made, text) is not None] == []
    assert sum(one is not None for one, _ in told.values()) >= 13


def test_an_answer_of_a_text_is_short_and_says_where_it_stands() -> None:
    found = answer_of(index(guide()).search("how far does a full battery last?"))

    assert found is not None
    assert found.text.startswith("A full battery lasts for about 70 kilometres in the flat.")
    assert len(found.text) < 300
    cite = found.cites[0]
    assert (cite.source, cite.title) == ("guide", "Renting a bicycle at Radhaus")
    assert cite.url == "https://radhaus.example/guide#batteries-and-range"


@pytest.mark.parametrize("text", ["", "?!", "the of and", "🙂", "\n\n", "x" * 50_000, "a " * 5_000])
def test_a_text_that_asks_nothing_finds_nothing_good_enough(text: str) -> None:
    assert answer(index(questions(LAMPS), guide()), text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("how can i trak my pacel", "track"),
        ("cancle my order", "cancel"),
        ("waranty", "warranty"),
        ("unsubscirbe newsleter", "newsletter"),
    ],
)
def test_misspelt_words_are_understood(text: str, wanted: str) -> None:
    assert answer(index(questions(LAMPS)), text) == LAMPS[wanted][1]


def test_a_long_message_is_looked_at_by_its_sentences() -> None:
    text = (
        "Hello there! Last week my sister and I moved into a lovely old house by the sea, with a garden. "
        "Which payment methods do you accept?"
    )

    assert answer(index(questions(LAMPS)), text) == LAMPS["pay"][1]


def test_only_the_sources_that_are_asked_for_are_searched() -> None:
    made = index(
        faq("shop", "When are you open?", "From nine to five."), faq("gym", "When are you open?", "Day and night.")
    )

    assert {one.excerpt for one in made.search("when are you open")} == {"From nine to five.", "Day and night."}
    assert [one.excerpt for one in made.search("when are you open", {"gym"})] == ["Day and night."]
    assert made.search("when are you open", set()) == []


def test_german_is_stemmed_as_german_and_preferred_for_germans() -> None:
    made = index(
        faq("de", "Wie kann ich meine Bestellung zurücksenden?", "Mit dem Etikett.", "de"),
        faq("en", "How can I return my order?", "With the label."),
    )

    german = made.search("Ich möchte eine Bestellung zurücksenden, wie geht das?", None, "de")

    assert (german[0].excerpt, german[0].score > 0.5) == ("Mit dem Etikett.", True)
    assert made.search("how do i return an order", None, "en")[0].excerpt == "With the label."


def test_a_source_that_is_replaced_or_dropped_is_not_found_any_more() -> None:
    made = index(faq("shop", "When are you open?", "From nine to five."), questions(LAMPS))

    made.put("shop", made.analyse(faq("shop", "When are you open?", "From ten to six.")))
    assert answer(made, "when are you open") == "From ten to six."
    made.drop("shop")
    made.drop("shop")
    assert answer(made, "when are you open") is None
    assert answer(made, "what are your phone hours") == LAMPS["phone"][1]


def test_the_same_question_always_gets_the_same_answer() -> None:
    one, other = index(questions(LAMPS), guide()), index(guide(), questions(LAMPS))

    for text, _ in (*LAMPS_COVER, *GUIDE_COVERS):
        assert answer(one, text) == answer(other, text)
