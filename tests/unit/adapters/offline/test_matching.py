"""What many example phrases teach, whatever they look like."""

import pytest

from deskhand.adapters.offline.matching import Index, learned_texts
from deskhand.adapters.offline.understanding import MATCHES
from deskhand.ports.understanding import Candidate

REFUND = Candidate(
    "refund",
    "Refund",
    "",
    (
        "I want my money back",
        "please refund my order",
        "can you reimburse me",
        "I'd like a refund for these shoes",
        "how do I get a refund",
        "the lamp is broken, give me my money",
    ),
)
TRACKING = Candidate(
    "tracking",
    "Track a parcel",
    "",
    (
        "where is my parcel",
        "my order has not arrived",
        "when will my package come",
        "track my delivery",
        "has my order been shipped yet",
        "the courier never came",
    ),
)
OPENING = Candidate(
    "opening",
    "Opening hours",
    "",
    (
        "when do you open",
        "are you open on sundays",
        "what are your opening hours",
        "until what time is the shop open",
        "is the store closed on holidays",
        "how late are you open tonight",
    ),
)
SHOP = (REFUND, TRACKING, OPENING)


def best(text: str, candidates: tuple[Candidate, ...] = SHOP, language: str = "en") -> str | None:
    matches = Index(candidates, language).match(text)
    return matches[0].slug if matches and matches[0].score >= MATCHES else None


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("I WANT MY MONEY BACK NOW!!!", "refund"),
        ("😡 give me a refnud 😡😡", "refund"),
        ("pls reimburse", "refund"),
        ("has the package been shippd", "tracking"),
        ("my delivery never arrived", "tracking"),
        ("are you open on easter monday?", "opening"),
        ("until when is the store open today", "opening"),
    ],
)
def test_what_resembles_a_procedures_phrases_is_that_procedure(text: str, slug: str) -> None:
    assert best(text) == slug


@pytest.mark.parametrize("text", ["what is the capital of France", "sing me a song", "🎉", "", "   ", "一二三", "???"])
def test_what_resembles_no_phrase_is_no_procedure(text: str) -> None:
    assert best(text) is None


def test_words_that_no_phrase_holds_count_by_what_they_are_about() -> None:
    cars = Candidate("cars", "Cars", "", ("rent a sedan", "hire a van", "I need a truck", "book a suv", "get a car"))
    food = Candidate("food", "Food", "", ("order a pizza", "some pasta", "I need a salad", "book a steak", "get soup"))
    matches = Index((cars, food), "en").match("a toyota would be nice")
    assert matches[0].slug == "cars"


def test_the_scores_are_between_nothing_and_certainty_and_in_order() -> None:
    for text in ("where is my refund", "I want my money back", "open the parcel"):
        scores = [match.score for match in Index(SHOP, "en").match(text)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_a_phrase_said_word_for_word_is_nearly_certain() -> None:
    match = Index(SHOP, "en").match("The courier never came!")[0]
    assert (match.slug, match.line) == ("tracking", {"the", "courier", "never", "came"})
    assert match.likeness > 0.9
    assert match.score > 0.6


def test_the_same_phrases_in_two_procedures_leave_it_open_which_is_meant() -> None:
    twin = Candidate("refund-too", "Refund", "", REFUND.phrases)
    first, second = Index((REFUND, twin, TRACKING), "en").match("please give me my money back")[:2]
    assert {first.slug, second.slug} == {"refund", "refund-too"}
    assert second.score >= 0.85 * first.score


def test_a_single_procedure_is_started_by_its_phrases_and_by_nothing_else() -> None:
    assert best("I'd like my money back", (REFUND,)) == "refund"
    assert best("do you sell bicycles", (REFUND,)) is None


@pytest.mark.parametrize(
    "candidate",
    [
        Candidate("odd", "", "", ("", " ", "...", "😀")),
        Candidate("odd", "😀", "!!!", ()),
        Candidate("odd", "the", "when a customer asks", ("a", "a", "a", "a", "a", "a")),
    ],
    ids=["empty phrases", "nothing but signs", "the same phrase six times"],
)
def test_a_procedure_without_anything_to_learn_from_leaves_the_others_alone(candidate: Candidate) -> None:
    assert best("please refund my order", (candidate, *SHOP)) == "refund"
    assert best("please refund my order", (*SHOP, candidate)) == "refund"
    assert Index((candidate,), "en").match("please refund my order") == []


def test_phrases_in_a_script_without_spaces_are_learned_too() -> None:
    refund = Candidate("refund", "退款", "", ("我要退款", "请退款给我", "怎么申请退款", "退款什么时候到账", "我想退钱"))
    parcel = Candidate("parcel", "物流", "", ("我的包裹在哪里", "什么时候发货", "查询物流", "快递到了吗", "包裹丢了"))
    assert best("可以申请退款吗", (refund, parcel), "zh") == "refund"
    assert best("我的快递在哪里", (refund, parcel), "zh") == "parcel"


def test_many_procedures_with_many_phrases_are_all_found() -> None:
    nouns = ["lamp", "chair", "table", "sofa", "mirror", "carpet", "shelf", "clock", "vase", "pillow"]
    verbs = ["return", "repair", "clean", "deliver", "insure"]
    candidates = tuple(
        Candidate(f"{verb}-{noun}", f"{verb} {noun}", "", tuple(f"{verb} the {noun} number {at}" for at in range(50)))
        for verb in verbs
        for noun in nouns
    )
    index = Index(candidates, "en")  # 2,500 phrases: more than are learned from
    assert [index.match(f"please {one.name} for me")[0].slug for one in candidates] == [one.slug for one in candidates]


_THINGS = (("refund", "money", "reimburse", "argent"), ("parcel", "package", "order", "colis"), ("open", "ouvert"))


def vector(text: str) -> list[float]:
    """As a model would give it: texts about the same thing, whatever their words, lie close together."""
    return [0.2, *(sum(word in text.lower() for word in thing) for thing in _THINGS)]


def test_a_models_vectors_find_what_shares_no_word() -> None:
    said = "je veux mon argent"
    index = Index(SHOP, "en", {text: vector(text) for text in learned_texts(SHOP)})
    assert index.match(said)[:1] == [] or index.match(said)[0].score < MATCHES
    found = index.match(said, vector(said))[0]
    assert found.slug == "refund"
    assert found.score >= MATCHES


def test_without_the_messages_vector_words_alone_decide() -> None:
    index = Index(SHOP, "en", {text: vector(text) for text in learned_texts(SHOP)})
    assert index.match("where is my package") == Index(SHOP, "en").match("where is my package")


def test_what_is_learned_from_is_told_so_that_it_can_be_made_vectors_of() -> None:
    told = learned_texts((*SHOP, REFUND))
    assert {"Track a parcel", "when do you open", "how do I get a refund"} <= set(told)
    assert len(told) == len(set(told)) == 21
    assert learned_texts((REFUND,)) == ()  # nothing to tell it apart from
