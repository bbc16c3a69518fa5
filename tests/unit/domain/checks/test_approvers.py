import pytest

from deskhand.domain.problems import Invalid

MEMBERS = {"ana@example.com": "owner", "ben@example.com": "agent"}


def call(**fields):
    return {"id": "act", "kind": "call", "method": "POST", "url": "https://api.example.com/x", "on_error": "end",
            "approval": "require", **fields}  # fmt: skip


def found(problems):
    return [(one.severity, one.code, one.field) for one in problems if one.field and one.field.startswith("approvers")]


@pytest.mark.parametrize(
    "approvers",
    [{"role": "admin"}, {"members": ["ana@example.com", "Ben@Example.com"]}, {"role": "owner", "members": []}],
)
def test_members_and_roles_that_are_there_may_be_named(checked, approvers) -> None:
    assert found(checked(call(approvers=approvers), around={"members": MEMBERS})) == []


def test_a_member_who_is_not_there_is_told_with_the_one_who_is_meant(checked) -> None:
    problems = checked(call(approvers={"members": ["anna@example.com"]}), around={"members": MEMBERS})

    assert found(problems) == [("error", "unknown-member", "approvers.members")]
    assert "Do you mean `ana@example.com`?" in str(problems)


def test_whom_a_workspace_has_is_not_known_of_a_file_alone(checked) -> None:
    step = call(approvers={"members": ["eve@example.com"]})

    assert found(checked(step, around={"members": MEMBERS, "workspace_known": False})) == []


def test_naming_nobody_is_no_answer(checked) -> None:
    assert found(checked(call(approvers={}))) == [("error", "approvers", "approvers")]


def test_approvers_of_what_nobody_is_asked_about_are_told(checked) -> None:
    step = call(approvers={"role": "admin"}, approval="auto")

    assert found(checked(step)) == [("warning", "no-approval", "approvers")]
    assert found(checked({**step, "irreversible": True})) == []
    assert found(checked(step, irreversible=True)) == []


@pytest.mark.parametrize(
    ("approvers", "sentence"),
    [({"role": "boss"}, "boss"), ({"members": ["Ana"]}, "no email address"), ({"team": "x"}, "team")],
)
def test_what_cannot_be_read_is_told_where_it_stands(checked, approvers, sentence) -> None:
    with pytest.raises(Invalid, match=sentence) as caught:
        checked(call(approvers=approvers))

    assert caught.value.problems[0].step == "act"
