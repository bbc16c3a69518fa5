"""Who may decide."""

from typing import Any

import pytest
from pydantic import ValidationError

from deskhand.domain.deciding import Approvers, Decider, MayNotDecide, Person, Rights, barred
from tests.unit.domain.builders import Play, published, refund

ANA = Decider(name="Ana", member="member_1", role="agent", email="ana@example.com")
BEN = Decider(name="Ben", member="member_2", role="admin", email="Ben@Example.com")
KEY = Decider(name="Ana", role="owner")


def why(who: Decider, four_eyes: bool = False, about: str = "approval", **rights: Any) -> str | None:
    found = barred(Rights.model_validate(rights), about, four_eyes, who)
    return found.why if found else None


def test_every_member_may_where_nobody_is_named() -> None:
    assert [why(who) for who in (ANA, BEN, KEY)] == [None, None, None]


@pytest.mark.parametrize(("role", "may"), [("agent", "ABK"), ("admin", "BK"), ("owner", "K")])
def test_a_role_stands_for_itself_and_those_above_it(role: str, may: str) -> None:
    allowed = [name for name, who in (("A", ANA), ("B", BEN), ("K", KEY)) if why(who, approvers={"role": role}) is None]
    assert "".join(allowed) == may


def test_named_members_may_and_keys_are_nobody() -> None:
    named = {"members": ["ben@example.com"]}
    assert [why(who, approvers=named) for who in (ANA, BEN, KEY)] == ["members", None, "members"]


def test_a_role_or_a_name_is_enough() -> None:
    assert why(ANA, approvers={"role": "owner", "members": ["ANA@example.com"]}) is None
    assert why(BEN, approvers={"role": "owner", "members": ["ANA@example.com"]}) == "role"


def test_the_sentence_says_who_may() -> None:
    found = barred(Rights(approvers=Approvers(role="owner", members=["ana@example.com"])), "approval", False, BEN)
    assert found is not None
    assert found.sentence == "Only an owner or ana@example.com may decide this."


def test_four_eyes_keep_publisher_and_editor_from_deciding() -> None:
    published_by = {"publisher": {"name": "Ana", "member": "member_1"}}
    edited_by = {"editor": {"name": "Ben", "member": "member_2"}}
    assert why(ANA, **published_by) is None
    assert why(ANA, True, **published_by) == "four_eyes_published"
    assert why(BEN, True, **published_by) is None
    assert why(BEN, True, **published_by, **edited_by) == "four_eyes_edited"


def test_with_four_eyes_a_key_stands_for_nobody() -> None:
    assert why(KEY, True) == "four_eyes_key"


def test_a_new_name_makes_no_new_person_and_a_same_name_may_be_one() -> None:
    assert Person(name="Ana", member="member_1").is_(Person(name="Anna", member="member_1"))
    assert not Person(name="Ana", member="member_1").is_(Person(name="Ana", member="member_3"))
    assert why(ANA, True, publisher={"name": "Ana"}) == "four_eyes_published"  # published with a key of that name


def test_an_outcome_is_a_matter_of_fact_and_needs_no_second_person() -> None:
    mine = {"publisher": {"name": "Ana", "member": "member_1"}}
    assert why(ANA, True, "outcome", **mine) is None
    assert why(ANA, True, "outcome", approvers={"role": "owner"}) == "role"


@pytest.mark.parametrize("approvers", [{"role": "boss"}, {"members": ["Ana"]}, {"members": [""]}, {"group": "x"}])
def test_what_names_nobody_cannot_be_written(approvers: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Approvers.model_validate(approvers)


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_the_engine_itself_refuses_who_may_not(decision: str) -> None:
    one = Play(
        published("refund", refund(approval="require", approvers={"role": "admin"}), variables=[{"name": "order"}])
    )
    one.starts("refund", order="A1")
    with pytest.raises(MayNotDecide, match="Only an admin or an owner may decide this"):
        one.decides(decision, "No.", decider=ANA)
    one.decides(decision, "No.", decider=BEN)


def test_the_engine_itself_keeps_four_eyes() -> None:
    version = published("refund", refund(approval="require"), variables=[{"name": "order"}])
    mine = type(version)(version.procedure, 1, publisher=Person(name="Ana", member="member_1"))
    one = Play(mine)
    one.given = {"four_eyes": True}
    one.starts("refund", order="A1")
    assert one.requests[0].rights.publisher == Person(name="Ana", member="member_1")
    with pytest.raises(MayNotDecide, match="You published this"):
        one.decides("approve", decider=ANA)
    with pytest.raises(MayNotDecide, match="an API key stands for nobody"):
        one.decides("approve", decider=KEY)
    one.decides("approve", decider=BEN)


def test_nobody_who_may_not_decides_about_an_unknown_outcome() -> None:
    one = Play(published("refund", refund(approvers={"members": ["ana@example.com"]}), variables=[{"name": "order"}]))
    one.starts("refund", order="A1")
    one.stays_unknown()
    with pytest.raises(MayNotDecide):
        one.decides("retry", decider=BEN)
    one.decides("happened", decider=ANA)
