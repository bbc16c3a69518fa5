from tests.integration.api.desk import kinds, problem, texts
from tests.integration.approvals.office import Office, complaint


async def test_edited_values_are_sent_and_both_forms_stay_on_the_card(office: Office) -> None:
    await office.publish(complaint())
    approval = await office.asked()
    assert {one["name"]: one["value"] for one in approval["card"]["editable"]} == {
        "amount": 50, "complaint": "The box was empty",
    }  # fmt: skip

    receipt = (await office.decides("Ben", approval, values={"amount": "40"})).json()
    assert texts(receipt) == ["Ticket 1 over 40."]
    assert await office.tickets() == [("Complaint over 40", "The box was empty")]

    card = (await office.look("Cleo", approval))["card"]
    assert (card["request"]["subject"], card["edited"]["request"]["subject"]) == (
        "Complaint over 40", "Complaint over 50",
    )  # fmt: skip
    (revision,) = card["edited"]["revisions"]
    assert (revision["by"], revision["at"][-1]) == ("Ben", "Z")
    (change,) = revision["changes"]
    assert (change["name"], change["label"], change["before"], change["after"]) == ("amount", "Amount", 50, 40)
    (entry,) = [one for one in receipt["entries"] if one["kind"] == "approval_edited"]
    assert entry["body"]["changes"] == revision["changes"]
    assert ("Ben", "approval.edited") in await office.town.audit()


async def test_what_became_of_it_is_told(office: Office) -> None:
    await office.publish(complaint())
    approval = await office.asked()
    assert (approval["act"], approval["status"]) == ("intended", "pending")
    await office.decides("Ben", approval, values={"amount": 40})
    decided = await office.look("Ana", approval)
    assert (decided["act"], decided["status"], decided["decided_by"]) == ("succeeded", "approved", "Ben")
    assert decided["revision"] == 1


async def test_a_value_that_does_not_fit_is_told_at_its_field_and_changes_nothing(office: Office) -> None:
    await office.publish(complaint())
    approval = await office.asked()
    before = await office.look("Ana", approval)
    refused = await office.decides("Ben", approval, values={"amount": "much", "sender": "x"})
    problems = problem(refused, 422)["problems"]
    assert [(one["field"], one["code"]) for one in problems] == [
        ("amount", "invalid-value"), ("sender", "not-editable"),
    ]  # fmt: skip
    assert "digits" in problems[0]["sentence"]
    assert "`amount`, `complaint`" in problems[1]["sentence"]
    assert await office.look("Ana", approval) == before
    assert await office.tickets() == []


async def test_a_customer_who_had_agreed_is_asked_again(office: Office) -> None:
    await office.publish(complaint(confirm="I'll open a ticket over {{amount}}."))
    approval = await office.asked("complaint", "The box was empty", "50", "yes")
    receipt = (await office.decides("Ben", approval, values={"amount": 40})).json()
    assert "ticket over 40" in texts(receipt)[-1]
    assert await office.tickets() == []
    assert (await office.look("Ana", approval))["act"] == "intended"
    await office.says(approval["conversation"], "yes")
    assert await office.tickets() == [("Complaint over 40", "The box was empty")]
    assert (await office.look("Ana", approval))["act"] == "succeeded"


async def test_their_no_ends_it(office: Office) -> None:
    await office.publish(complaint(confirm="I'll open a ticket over {{amount}}."))
    approval = await office.asked("complaint", "The box was empty", "50", "yes")
    await office.decides("Ben", approval, values={"amount": 40})
    receipt = await office.says(approval["conversation"], "no")
    assert "run_ended" in kinds(receipt)
    decided = await office.look("Ana", approval)
    assert (decided["status"], decided["act"]) == ("approved", "lapsed")
    assert await office.tickets() == []


async def test_an_edit_that_is_sent_twice_is_one(office: Office) -> None:
    await office.publish(complaint())
    approval = await office.asked()
    first = (await office.decides("Ben", approval, values={"amount": 40}, event_id="e-1")).json()
    second = (await office.decides("Ben", approval, values={"amount": 40}, event_id="e-1")).json()
    assert (first["duplicate"], second["duplicate"]) == (False, True)
    assert await office.tickets() == [("Complaint over 40", "The box was empty")]


async def test_a_secret_answer_can_be_replaced_and_is_read_by_nobody(office: Office) -> None:
    document = complaint(parameters={"subject": "Complaint", "description": "PIN {{pin}}, {{amount}}"})
    pin = {"name": "pin", "prompt": "Your PIN?", "sensitive": True}
    await office.publish({**document, "variables": [pin]})
    approval = await office.asked("complaint", "4711-0815", "The box was empty", "50")
    assert {one["name"]: one["value"] for one in approval["card"]["editable"]} == {"pin": None, "amount": 50}
    receipt = (await office.decides("Ben", approval, values={"pin": "9999-1234"})).json()
    shown = str(receipt) + str(await office.look("Ben", approval))
    assert "4711-0815" not in shown
    assert "9999-1234" not in shown
    assert "PIN 9999-1234" in str(await office.tickets())
