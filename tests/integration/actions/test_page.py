"""What the customer does on the page: forms, buttons, scripts in their browser."""

from typing import Any

import httpx2
import pytest

from deskhand.api.app import create_app
from deskhand.domain import events as e
from deskhand.domain.errors import RuleError
from deskhand.worker.timers import Timers
from tests.integration.actions.desk import Desk
from tests.integration.actions.shop import Reply, Shop

MASK = "••••••"
RETURN: dict[str, Any] = {
    "kind": "form",
    "form": {
        "text": "About your return of {{order_id}}",
        "fields": [
            {"name": "amount", "type": "integer", "label": "How many?"},
            {"name": "email", "type": "email"},
            {"name": "pin", "sensitive": True, "max_length": 6},
            {"name": "size", "choices": ["S", "M"], "required": False},
            {"name": "note", "required": False, "allow_empty": True},
        ],
        "submit": "Return it",
    },
    "variables": [{"name": "order_id"}],
    "messages": {"success": "{{response.amount}} of {{order_id}}, thank you."},
}
GOOD: dict[str, Any] = {"amount": "2", "email": "Ada@Example.COM", "pin": "4711"}


async def returning(desk: Desk) -> str:
    """A conversation where the form stands before the customer."""
    await desk.put("return-it", **RETURN)
    conversation = await desk.open()
    await desk.use(conversation, "return-it", order_id="1")
    return conversation


# forms


async def test_a_form_is_shown_with_everything_that_a_page_needs(desk: Desk) -> None:
    conversation = await returning(desk)

    shown = await desk.last(conversation, "show_form")

    assert shown["text"] == "About your return of 1"
    assert shown["submit"] == "Return it"
    assert [(one["name"], one["type"], one["label"], one["required"]) for one in shown["fields"]] == [
        ("amount", "integer", "How many?", True),
        ("email", "email", "email", True),
        ("pin", "text", "pin", True),
        ("size", "text", "size", False),
        ("note", "text", "note", False),
    ]
    assert shown["fields"][3]["choices"] == ["S", "M"]
    assert shown["question"] == await desk.question(conversation)


async def test_a_good_form_becomes_typed_values(desk: Desk) -> None:
    conversation = await returning(desk)

    assert await desk.submits(conversation, **GOOD) == ["2 of 1, thank you."]

    run = await desk.run_view(conversation)
    assert run.variables["amount"] == 2
    assert run.variables["email"] == "Ada@example.com"
    assert (await desk.state(conversation)).runs == ()


@pytest.mark.parametrize(("given", "field"), [
    ({"amount": "two"}, "amount"),
    ({"amount": "1.5"}, "amount"),
    ({"amount": ""}, "amount"),
    ({"email": "ada"}, "email"),
    ({"email": None}, "email"),
    ({"pin": "1234567"}, "pin"),
    ({"size": "XXL"}, "size"),
    ({"amount": {"a": 1}}, "amount"),
    ({"pin": ["4", "7"] * 9}, "pin"),
])  # fmt: skip
async def test_what_is_wrong_stands_beside_its_field(desk: Desk, given: dict[str, Any], field: str) -> None:
    conversation = await returning(desk)
    question = await desk.question(conversation)

    await desk.submits(conversation, **(GOOD | given))

    shown = await desk.last(conversation, "show_form")
    assert list(shown["errors"]) == [field]
    assert shown["errors"][field].endswith(".")
    assert shown["question"] == question
    assert await desk.submits(conversation, **GOOD) == ["2 of 1, thank you."]


async def test_all_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    conversation = await returning(desk)
    await desk.submits(conversation)
    assert set((await desk.last(conversation, "show_form"))["errors"]) == {"amount", "email", "pin"}


async def test_an_empty_text_is_a_value_where_it_is_allowed_to_be(desk: Desk) -> None:
    fields = [{"name": "line2", "allow_empty": True}, {"name": "line1"}]
    await desk.put("address", kind="form", form={"fields": fields})
    conversation = await desk.open()
    await desk.use(conversation, "address")

    await desk.submits(conversation, line1="", line2="")
    assert list((await desk.last(conversation, "show_form"))["errors"]) == ["line1"]
    await desk.submits(conversation, line1="Main Street 1", line2="")

    assert (await desk.run_view(conversation)).variables == {"line1": "Main Street 1", "line2": ""}


async def test_a_field_that_was_not_asked_for_is_not_taken(desk: Desk) -> None:
    conversation = await returning(desk)
    await desk.submits(conversation, **GOOD, order_id="999", identity="C1")

    run = await desk.run_view(conversation)
    assert run.variables["order_id"] == "1"
    assert "identity" not in run.variables
    assert set((await desk.last(conversation, "form_submitted"))["values"]) == set(GOOD)


async def test_what_is_sensitive_is_masked_wherever_people_read(desk: Desk) -> None:
    conversation = await returning(desk)
    await desk.submits(conversation, **(GOOD | {"amount": "no"}))
    await desk.submits(conversation, **GOOD)

    run = await desk.run_view(conversation)
    assert run.variables["pin"] == MASK
    assert (await desk.last(conversation, "form_submitted"))["values"]["pin"] == MASK
    assert "4711" not in str(await desk.entries(conversation))
    assert "4711" not in str(run.timeline)


async def test_a_late_form_is_told_and_changes_nothing(desk: Desk) -> None:
    conversation = await returning(desk)
    question = await desk.question(conversation)
    await desk.submits(conversation, **GOOD)
    before = (await desk.state_row(conversation)).seq

    with pytest.raises(RuleError, match="no longer open"):
        await desk.event(conversation, e.FormSubmitted(question=question, values=GOOD))
    assert (await desk.state_row(conversation)).seq == before


async def test_a_form_is_not_filled_in_while_a_member_has_the_conversation(desk: Desk) -> None:
    conversation = await returning(desk)
    await desk.event(conversation, e.TakenOver(by="Ben"))
    with pytest.raises(RuleError, match="taken this conversation over"):
        await desk.submits(conversation, **GOOD)
    await desk.event(conversation, e.HandedBack(by="Ben"))
    assert await desk.submits(conversation, **GOOD) == ["2 of 1, thank you."]


async def test_words_in_place_of_a_form_remind_of_it_and_cancel_ends_it(desk: Desk) -> None:
    conversation = await returning(desk)

    assert await desk.says(conversation, "hm, well, whatever") == ["Please use the field above, or say “cancel”."]
    assert [kind for kind, _ in await desk.entries(conversation)].count("show_form") == 2
    await desk.says(conversation, "cancel")
    assert (await desk.state(conversation)).runs == ()


async def test_a_forms_values_are_the_answer_for_the_procedure_that_shows_it(desk: Desk, shop: Shop) -> None:
    await desk.put("return-it", **RETURN)
    body = '{"amount": {{given.amount}}, "pin": "{{given.pin}}"}'
    slug = await desk.publish(
        "returning",
        {
            "id": "ask",
            "kind": "call",
            "action": "return-it",
            "arguments": {"order_id": "7"},
            "response_variable": "given",
        },
        {"id": "send", "kind": "call", "method": "POST", "url": f"{shop.url}/returns", "body": body},
    )
    shop.answers["POST /returns"] = Reply({"you_said": "4711"})
    conversation = await desk.open()
    await desk.event(conversation, e.StartRequested(procedure=slug))

    await desk.submits(conversation, **GOOD)

    assert shop.at("POST /returns")[0].json == {"amount": 2, "pin": "4711"}
    run = await desk.run_view(conversation)
    assert "4711" not in str((run.variables, run.timeline, run.acts))
    assert "4711" not in str(await desk.executions())


async def test_a_sensitive_field_is_masked_in_a_procedure_that_does_not_declare_it(desk: Desk) -> None:
    await desk.put("return-it", **RETURN)
    slug = await desk.publish(
        "returning",
        {"id": "ask", "kind": "call", "action": "return-it", "arguments": {"order_id": "7"}},
        {"id": "more", "kind": "collect", "variable": "reason", "prompt": "Why?"},
    )
    conversation = await desk.open()
    await desk.event(conversation, e.StartRequested(procedure=slug))
    await desk.submits(conversation, **GOOD)

    assert (await desk.run_view(conversation)).variables["pin"] == MASK


# buttons


async def test_a_link_is_opened_by_the_page_and_a_click_on_it_ends_the_action(desk: Desk, shop: Shop) -> None:
    await desk.put(
        "track",
        kind="button",
        variables=[{"name": "order_id"}],
        button={"label": "Track {{order_id}}", "url": "example.com/track?order={{order_id}}", "new_tab": False},
        messages={"success": "I have opened it for you."},
    )
    conversation = await desk.open()
    await desk.use(conversation, "track", order_id="a b&c")

    shown = await desk.last(conversation, "show_button")
    assert shown["label"] == "Track a b&c"
    assert (shown["url"], shown["new_tab"]) == ("https://example.com/track?order=a%20b%26c", False)
    assert await desk.clicks(conversation, shown["label"]) == ["I have opened it for you."]
    assert (await desk.state(conversation)).runs == ()
    assert shop.seen == []


async def test_a_link_whose_address_becomes_none_is_not_shown(desk: Desk) -> None:
    await desk.put(
        "track",
        kind="button",
        variables=[{"name": "order_id"}],
        button={"label": "Track", "url": "https://example.com/{{order_id}}/x"},
    )
    conversation = await desk.open()
    await desk.use(conversation, "track", order_id="..")
    assert "show_button" not in [kind for kind, _ in await desk.entries(conversation)]


@pytest.mark.parametrize("confirm", [None, "Book {{order_id}}."])
async def test_a_click_sends_the_request_once_however_often_it_is_clicked(
    desk: Desk, shop: Shop, confirm: str | None
) -> None:
    shop.answers["POST /bookings"] = Reply({"number": 7})
    await desk.put(
        "book",
        kind="button",
        variables=[{"name": "order_id"}],
        button={"label": "Book", "request": {"method": "POST", "url": f"{shop.url}/bookings"}},
        messages={"success": "Booked: {{response.number}}."},
        confirm=confirm,
    )
    conversation = await desk.open()
    await desk.use(conversation, "book", order_id="1")
    question = await desk.question(conversation)
    assert shop.seen == []

    told = await desk.clicks(conversation, "Book", question)
    with pytest.raises(RuleError, match="no longer open"):
        await desk.clicks(conversation, "Book", question)
    if confirm:
        assert shop.seen == []
        told = await desk.clicks(conversation, "yes")

    assert told == ["Booked: 7."]
    assert shop.places == ["POST /bookings"]


async def test_a_click_that_comes_twice_at_the_same_moment_sends_one_request(desk: Desk, shop: Shop) -> None:
    await desk.put(
        "book", kind="button", button={"label": "Book", "request": {"method": "POST", "url": f"{shop.url}/bookings"}}
    )
    conversation = await desk.open()
    await desk.use(conversation, "book")
    clicked = e.Clicked(question=await desk.question(conversation), choice="Book")
    engine = desk.running.services.engine

    for _ in range(2):
        await engine.handle(desk.workspace, conversation, clicked, "click-1")
    assert await engine.settle(desk.workspace, conversation, 30)

    assert shop.places == ["POST /bookings"]


async def test_asking_for_the_same_button_again_replaces_the_one_that_was_not_clicked(desk: Desk, shop: Shop) -> None:
    await desk.put(
        "book",
        kind="button",
        variables=[{"name": "order_id"}],
        button={"label": "Book", "request": {"url": f"{shop.url}/orders/{{{{order_id}}}}"}},
    )
    conversation = await desk.open()
    await desk.use(conversation, "book", order_id="1")
    old = await desk.question(conversation)
    await desk.use(conversation, "book", order_id="2")

    with pytest.raises(RuleError, match="no longer open"):
        await desk.clicks(conversation, "Book", old)
    await desk.clicks(conversation, "Book")
    assert shop.places == ["GET /orders/2"]


# scripts in the browser

SCRIPT: dict[str, Any] = {
    "kind": "javascript",
    "variables": [{"name": "order_id"}, {"name": "pin", "sensitive": True, "required": False}],
    "script": {"source": "return window.shop.open(inputs.order_id)", "label": "Show it", "timeout": 20},
    "messages": {
        "success": "It shows {{response.shown}}.",
        "error": "The page could not do it.",
        "timeout": "The page did not answer.",
    },
}


async def running(desk: Desk, **fields: Any) -> str:
    """A conversation whose customer has clicked, so that the page runs the script."""
    await desk.put("show-it", **{**SCRIPT, **fields})
    conversation = await desk.open()
    await desk.use(conversation, "show-it", order_id='1"); alert("x', pin="4711")
    assert "run_in_browser" not in [kind for kind, _ in await desk.entries(conversation)]
    await desk.clicks(conversation, "Show it")
    return conversation


async def test_a_script_runs_after_a_click_and_its_inputs_come_by_value(desk: Desk) -> None:
    conversation = await running(desk)

    told = await desk.last(conversation, "run_in_browser")

    assert told["inputs"] == {"order_id": '1"); alert("x'}
    assert told["question"] == await desk.question(conversation)
    assert told["until"] == desk.clock.now() + 20_000
    assert "alert" not in told["script"]


async def test_a_module_is_served_to_every_page_and_never_changes(desk: Desk) -> None:
    conversation = await running(desk)
    address = (await desk.last(conversation, "run_in_browser"))["script"]
    transport = httpx2.ASGITransport(app=create_app(desk.running.services))
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        found = await client.get(address, headers={"Origin": "https://shop.example.com"})
        missing = await client.get(f"/scripts/{'0' * 64}.mjs")
        nonsense = await client.get("/scripts/..%2Fsecret.mjs")
        foreign = await client.get("/v1/health", headers={"Origin": "https://shop.example.com"})
        rebound = await client.get(address, headers={"Host": "evil.example.com"})

    assert found.status_code == 200
    assert found.text == SCRIPT["script"]["source"].join(
        ("export default async function (inputs, deskhand) {\n", "\n}\n")
    )
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert found.headers["access-control-allow-origin"] == "*"
    assert found.headers["cross-origin-resource-policy"] == "cross-origin"
    assert found.headers["content-type"].startswith("text/javascript")
    assert found.headers["x-content-type-options"] == "nosniff"
    assert (missing.status_code, nonsense.status_code) == (404, 404)
    assert (foreign.status_code, rebound.status_code) == (403, 403)


async def test_another_source_has_another_address(desk: Desk) -> None:
    first = await running(desk)
    second = await running(desk, script={**SCRIPT["script"], "source": "return 2"})
    addresses = [(await desk.last(one, "run_in_browser"))["script"] for one in (first, second)]
    assert addresses[0] != addresses[1]
    for address in addresses:
        assert await desk.running.services.stores.settings.script(address[9:-4])


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


async def test_a_scripts_result_is_the_actions_answer(desk: Desk) -> None:
    conversation = await running(desk)

    assert await desk.returns(conversation, {"shown": "cart"}, milliseconds=12) == ["It shows cart."]

    [log] = await desk.executions(action="show-it")
    assert (log.kind, log.status, log.response, log.milliseconds) == ("run_script", "succeeded", {"shown": "cart"}, 12)


async def test_a_scripts_exception_is_told_to_members_and_kindly_to_the_customer(desk: Desk) -> None:
    conversation = await running(desk)

    told = await desk.returns(conversation, ok=False, error="TypeError: window.shop is undefined")

    assert told == ["The page could not do it."]
    [log] = await desk.executions(action="show-it")
    assert (log.status, log.problem) == ("failed", "The script failed: TypeError: window.shop is undefined")
    assert "show-it" not in (await desk.state(conversation)).facts


@pytest.mark.parametrize("value", ["x" * 65_536, [[0]] * 20_000, {"deep": nested(200)}])
async def test_a_result_that_is_too_large_or_too_deep_fails(desk: Desk, value: Any) -> None:
    conversation = await running(desk)

    assert await desk.returns(conversation, value) == ["The page could not do it."]
    [log] = await desk.executions(action="show-it")
    assert log.problem is not None
    assert log.problem.startswith("The script's result")


async def test_a_result_counts_once(desk: Desk) -> None:
    conversation = await running(desk)
    question = await desk.question(conversation)
    await desk.returns(conversation, {"shown": "cart"})

    with pytest.raises(RuleError, match="no longer awaited"):
        await desk.event(conversation, e.BrowserReturned(question=question, ok=True, value={"shown": "other"}))
    [log] = await desk.executions(action="show-it")
    assert log.response == {"shown": "cart"}


async def test_a_page_that_does_not_report_back_in_time_has_failed(desk: Desk) -> None:
    conversation = await running(desk)
    question = await desk.question(conversation)
    timers = Timers(desk.running.services)
    assert await timers.wake_due() == 0
    desk.clock.advance(seconds=20)

    assert await timers.wake_due() == 1

    assert (await desk.last(conversation, "say"))["text"] == "The page did not answer."
    [log] = await desk.executions(action="show-it")
    assert log.status == "unknown"
    with pytest.raises(RuleError, match="no longer awaited"):
        await desk.event(conversation, e.BrowserReturned(question=question, ok=True))
    assert await timers.wake_due() == 0


async def test_a_script_that_cannot_be_undone_and_stays_silent_goes_to_a_member(desk: Desk) -> None:
    await desk.put("show-it", **SCRIPT, irreversible=True)
    conversation = await desk.open()
    await desk.use(conversation, "show-it", order_id="1")
    await desk.clicks(conversation, "Show it")
    await desk.decides(conversation, "approve")
    desk.clock.advance(seconds=20)
    await Timers(desk.running.services).wake_due()

    assert await desk.waits_for(conversation) == "outcome"


async def test_a_result_waits_while_a_member_has_the_conversation(desk: Desk) -> None:
    conversation = await running(desk)
    await desk.event(conversation, e.TakenOver(by="Ben"))
    assert await desk.returns(conversation, {"shown": "cart"}) == []

    assert await desk.event(conversation, e.HandedBack(by="Ben")) == ["It shows cart."]


async def test_words_while_a_script_runs_do_not_end_it(desk: Desk) -> None:
    conversation = await running(desk)
    assert await desk.says(conversation, "hm, well, what?") == ["I'm still working on that, one moment."]
    assert await desk.returns(conversation, {"shown": "cart"}) == ["It shows cart."]


async def test_a_click_or_a_form_is_no_result(desk: Desk) -> None:
    conversation = await running(desk)
    question = await desk.question(conversation)
    with pytest.raises(RuleError, match="nothing to click"):
        await desk.clicks(conversation, "yes")
    with pytest.raises(RuleError, match="no longer open"):
        await desk.event(conversation, e.FormSubmitted(question=question, values={}))


async def test_what_is_sensitive_is_masked_in_the_log_and_the_run(desk: Desk) -> None:
    conversation = await running(desk)
    await desk.returns(conversation, {"shown": "pin 4711"})

    [log] = await desk.executions(action="show-it")
    assert log.request is not None
    assert "4711" not in str(log.request)
    assert log.response == {"shown": f"pin {MASK}"}
    run = await desk.run_view(conversation)
    assert "4711" not in str(run.acts)
    assert "4711" not in str(run.timeline)
    assert "4711" not in str(run.variables)


async def test_a_secret_never_goes_into_the_browser(desk: Desk) -> None:
    await desk.running.services.configuration.put_secret(desk.workspace, "TOKEN", "s3cret-token", "test")
    script = {**SCRIPT["script"], "inputs": '{"token": "{{secrets.TOKEN}}"}'}
    await desk.put("show-it", **{**SCRIPT, "script": script})
    conversation = await desk.open()
    await desk.use(conversation, "show-it", order_id="1")
    await desk.clicks(conversation, "Show it")

    kinds = [kind for kind, _ in await desk.entries(conversation)]
    assert "run_in_browser" not in kinds
    assert "s3cret-token" not in str(await desk.entries(conversation))
