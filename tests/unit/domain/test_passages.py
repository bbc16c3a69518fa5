"""Documents are cut along headings and paragraphs, and nothing of them is lost."""

from deskhand.domain.knowledge import Faq, Source
from deskhand.domain.passages import FEW, LONGEST, MANY, MOST, Block, Document, clean, cut, of_questions, words_in

GUIDE = Source(slug="guide", name="The guide", kind="page", url="https://shop.example/guide#top", language="en")


def words(count: int, word: str = "word") -> str:
    return " ".join([*[word] * (count - 1), "end."])


def test_a_passage_knows_the_headings_above_it() -> None:
    document = Document((
        Block("Guide", 1), Block("One.", page=1), Block("Part", 2, anchor="part"), Block("Two.", page=2),
        Block("Chapter", 3), Block("Three."), Block("Next part", 2, anchor="next"), Block("Four."),
    ))  # fmt: skip

    found = cut(GUIDE, document)

    assert [(one.text, one.headings) for one in found] == [
        ("One.", ("Guide",)),
        ("Two.", ("Guide", "Part")),
        ("Three.", ("Guide", "Part", "Chapter")),
        ("Four.", ("Guide", "Next part")),
    ]
    assert [one.url for one in found] == [
        "https://shop.example/guide#top", "https://shop.example/guide#part", "https://shop.example/guide#top",
        "https://shop.example/guide#next",
    ]  # fmt: skip
    assert [one.page for one in found] == [1, 2, None, None]
    assert {(one.source, one.title) for one in found} == {("guide", "The guide")}


def test_short_paragraphs_stand_together_and_long_ones_apart() -> None:
    found = cut(GUIDE, Document(tuple(Block(words(size)) for size in (30, 30, 30, 150, 90, 20))))

    assert [words_in(one.text) for one in found] == [90, 150, 90, 20]
    assert [one.number for one in found] == [1, 2, 3, 4]


def test_a_long_paragraph_is_cut_where_sentences_end() -> None:
    found = cut(GUIDE, Document((Block(" ".join(words(40) for _ in range(20))),)))

    assert all(FEW <= words_in(one.text) <= MANY and one.text.endswith("end.") for one in found)
    assert sum(words_in(one.text) for one in found) == 800


def test_text_that_never_ends_is_cut_all_the_same() -> None:
    for endless in ("x" * 50_000, "word " * 20_000, "字" * 30_000):
        found = cut(GUIDE, Document((Block(endless),)))
        assert "".join("".join(one.text for one in found).split()) == "".join(endless.split())
        assert max(len(one.text) for one in found) <= LONGEST


def test_a_source_has_a_bounded_number_of_passages() -> None:
    blocks = tuple(block for at in range(MOST + 10) for block in (Block(f"H{at}", 1), Block("Text.")))

    assert len(cut(GUIDE, Document(blocks))) == MOST


def test_nothing_in_a_text_commands_a_terminal_or_turns_it_around() -> None:
    assert clean("a\x00b\x1b[31m\u202ered\u2066  c\r\n\n d\u00ad-e\ud800") == "a\ufffdb [31m red c\nd-e\ufffd"


def test_questions_are_kept_word_for_word() -> None:
    source = Source(slug="faq", name="FAQ", kind="faq", language="de")
    found = of_questions(source, [Faq(question="Wann?", answer="Um neun.\nUm zehn.")])

    assert [(one.question, one.text, one.language) for one in found] == [("Wann?", "Um neun.\nUm zehn.", "de")]
