"""Trying an action out: what is sent, what came back, what would be said, and what to mend."""

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskhand.adapters.edge.client import EdgeHttp
from deskhand.application.trying import Sample, Trial, try_action, try_as_agent
from deskhand.bootstrap import build
from deskhand.domain.actions import AnyAction, read_action
from deskhand.domain.authentication import BearerAuth
from deskhand.domain.contact import Contact
from deskhand.domain.errors import RuleError
from deskhand.domain.requests import Connection
from deskhand.settings import Settings
from tests.clock import ScriptedClock
from tests.integration.actions.desk import VERIFIED, Desk
from tests.integration.actions.shop import Reply, Shop
from tests.integration.edge.conftest import certificate, server_tls
from tests.integration.edge.wire import ok, wire

__all__ = ["certificate", "server_tls"]

MASK = "••••••"


async def tried(desk: Desk, action: AnyAction, **values: Any) -> Trial:
    return await try_action(desk.running.services, desk.workspace, action, Sample(values))


def reading(desk: Desk, **fields: Any) -> AnyAction:
    """An action that reads /x, stored nowhere."""
    about = {"slug": "read", "name": "Read", "description": "Reads what is there."}
    request = {"url": f"{desk.shop.url}/x", "timeout": 5, **fields.pop("request", {})}
    return read_action({**about, "request": request, **fields})


# what is told


async def test_it_tells_what_was_sent_what_came_back_and_what_would_be_said(desk: Desk, shop: Shop) -> None:
    action = await desk.cancel_order(request={"headers": {"X-Why": "{{order_id}}"}})

    trial = await tried(desk, action, order_id="1")

    assert (trial.ok, trial.sent, trial.outcome, trial.status, trial.attempt) == (True, True, "succeeded", 200, 1)
    assert trial.request == {
        "method": "POST",
        "url": f"{shop.url}/orders/1/cancel",
        "headers": {"X-Why": "1", "Content-Type": "application/json"},
        "body": "{}",
    }
    assert trial.response == {"cancelled": "1"}
    assert trial.said == "Cancelled 1."
    assert trial.milliseconds is not None
    assert (trial.problem, trial.hints) == (None, ())
    assert trial.curl == (
        f"curl -X POST {shop.url}/orders/1/cancel -H 'X-Why: 1' -H 'Content-Type: application/json' --data-raw '{{}}'"
    )


@pytest.mark.parametrize(("status", "word"), [
    (400, "could not use the request"),
    (401, "credentials were not accepted"),
    (403, "may not do this"),
    (404, "Nothing is there"),
    (405, "does not take this method"),
    (406, "`Accept`"),
    (409, "conflicts"),
    (410, "removed for good"),
    (413, "too large"),
    (415, "`Content-Type`"),
    (418, "refused the request"),
    (422, "not valid"),
    (429, "Too many requests"),
    (500, "server failed"),
    (503, "server failed"),
    (599, "server failed"),
])  # fmt: skip
async def test_each_status_has_its_hint(desk: Desk, shop: Shop, status: int, word: str) -> None:
    shop.answers["GET /x"] = Reply({"error": "no"}, status)

    trial = await tried(desk, reading(desk))

    assert (trial.ok, trial.outcome, trial.status) == (False, "failed", status)
    assert word in trial.hints[0]
    assert trial.problem == f"The server answered {status}: no."
    assert trial.response == {"error": "no"}


@pytest.mark.parametrize(("reply", "word"), [
    (Reply(b"<html>sign in</html>", kind="text/html"), "A web page came back"),
    (Reply(b"<!doctype html>", kind=""), "A web page came back"),
    (Reply(b'{"half": ', kind="application/json"), "no valid JSON"),
    (Reply(b"hello", kind="application/json"), "no valid JSON"),
    (Reply(b"\xff\xfe\xff", kind="application/json"), "no valid JSON"),
])  # fmt: skip
async def test_an_answer_that_is_not_what_it_should_be_has_its_hint(
    desk: Desk, shop: Shop, reply: Reply, word: str
) -> None:
    shop.answers["GET /x"] = reply

    trial = await tried(desk, reading(desk))

    assert not trial.ok
    assert word in trial.hints[0]


async def test_a_write_that_answers_with_a_page_has_happened_and_has_its_hint(desk: Desk, shop: Shop) -> None:
    shop.answers["POST /x"] = Reply(b"<html>thanks</html>", kind="text/html")

    trial = await tried(desk, reading(desk, request={"method": "POST"}))

    assert (trial.ok, trial.outcome, trial.response) == (True, "succeeded", None)
    assert "A web page came back" in trial.hints[0]


async def test_a_slow_answer_has_its_hint(desk: Desk, shop: Shop) -> None:
    shop.answers["POST /x"] = Reply(hang=True)
    action = reading(desk, request={"method": "POST", "timeout": 0.05}, messages={"timeout": "Not in time."})

    trial = await tried(desk, action)

    assert (trial.outcome, trial.status) == ("unknown", None)
    assert "The API is slow" in trial.hints[0]


async def test_a_slow_reading_answer_says_what_is_written_for_it(desk: Desk, shop: Shop) -> None:
    shop.answers["GET /x"] = Reply(hang=True)
    action = reading(desk, request={"timeout": 0.05, "idempotent": False}, messages={"timeout": "Not in time."})

    trial = await tried(desk, action)

    assert (trial.outcome, trial.said) == ("failed", "Not in time.")


@pytest.fixture
def nobody() -> Iterator[int]:
    """A port at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        yield int(one.getsockname()[1])


async def test_a_port_where_nobody_listens_has_its_hint(desk: Desk, nobody: int) -> None:
    host = f"127.0.0.1:{nobody}"
    await desk.running.services.configuration.set_internal_hosts(desk.workspace, [host], "test")
    trial = await tried(desk, reading(desk, request={"url": f"http://{host}/x"}))
    assert "Nobody listens" in trial.hints[0]
    assert trial.attempt == 3


@pytest.mark.parametrize("url", [
    "http://169.254.169.254/latest/meta-data", "http://localhost/x", "https://10.0.0.1/",
])  # fmt: skip
async def test_an_address_that_the_guard_stops_has_its_hint(desk: Desk, url: str) -> None:
    trial = await tried(desk, reading(desk, request={"url": url}))
    assert not trial.ok
    assert "The guard stopped the request" in trial.hints[0]
    assert trial.attempt == 1


async def test_a_certificate_that_cannot_be_trusted_has_its_hint(desk: Desk, server_tls: ssl.SSLContext) -> None:
    async with wire(lambda seen: ok(), tls=server_tls) as server:
        host = f"127.0.0.1:{server.port}"
        await desk.running.services.configuration.set_internal_hosts(desk.workspace, [host], "test")
        trial = await tried(desk, reading(desk, request={"url": f"https://{host}/x"}))
    assert "certificate cannot be trusted" in trial.hints[0]


async def test_a_name_that_nobody_knows_has_its_hint(sqlite_url: str, tmp_path: Path) -> None:
    async def nowhere(host: str) -> list[str]:
        return []

    settings = Settings(data=tmp_path, database_url=sqlite_url)
    running = await build(settings, clock=ScriptedClock(), http=EdgeHttp(lookup=nowhere))
    workspace = (await running.services.configuration.create_workspace("Shop")).id
    document = {
        "slug": "x",
        "name": "X",
        "description": "Reads what is there.",
        "request": {"url": "https://gone.example/x"},
    }
    trial = await try_action(running.services, workspace, read_action(document), Sample())
    await running.close()
    assert "name cannot be resolved" in trial.hints[0]


async def test_a_connection_that_breaks_has_its_hint(desk: Desk) -> None:
    async with wire(lambda seen: b"") as server:
        host = f"127.0.0.1:{server.port}"
        await desk.running.services.configuration.set_internal_hosts(desk.workspace, [host], "test")
        async with wire(lambda seen: b"nonsense\r\n\r\n") as other:
            await desk.running.services.configuration.set_internal_hosts(
                desk.workspace, [f"127.0.0.1:{other.port}"], "test"
            )
            trial = await tried(desk, reading(desk, request={"url": other.url, "method": "POST"}))
    assert trial.outcome == "unknown"
    assert "broke before there was an answer" in trial.hints[0]


# before anything is sent


async def test_a_placeholder_that_nobody_declared_has_its_hint(desk: Desk, shop: Shop) -> None:
    action = reading(desk, variables=[{"name": "order_id"}], request={"url": f"{shop.url}/{{{{order_nr}}}}"})

    trial = await tried(desk, action, order_id="1")

    assert (trial.ok, trial.sent) == (False, False)
    assert trial.problem == "`{{order_nr}}` has no value here."
    assert "Write a placeholder exactly" in trial.hints[0]
    assert trial.hints[-1] == "Declared are: `order_id`."
    assert shop.seen == []


async def test_an_empty_field_of_the_contact_has_its_hint(desk: Desk, shop: Shop) -> None:
    action = reading(desk, request={"query": {"mail": "{{contact.email}}"}})

    empty = await tried(desk, action)
    filled = Sample(contact=Contact(email="ada@example.com"))
    trial = await try_action(desk.running.services, desk.workspace, action, filled)

    assert "The contact or lead has no such value" in empty.hints[0]
    assert trial.sent
    assert shop.seen[0].query == {"mail": "ada@example.com"}


async def test_missing_and_invalid_values_are_told_and_nothing_is_sent(desk: Desk, shop: Shop) -> None:
    variables = [{"name": "order_id"}, {"name": "count", "type": "integer"}, {"name": "size", "choices": ["S", "M"]}]
    action = reading(desk, variables=variables)

    trial = await tried(desk, action, count="two", size="L", nonsense=1)

    assert trial.missing == ("order_id",)
    assert trial.invalid == (
        "`nonsense` is no variable of this action.",
        "`count`: That doesn't look like a number. Please use digits, for example 42.",
        "`size`: Please choose one of: S, M.",
    )
    assert "`order_id` has no description" in trial.hints[0]
    assert "`order_id` has no example" in trial.hints[1]
    assert (trial.ok, trial.sent, shop.seen) == (False, False, [])


async def test_a_dry_run_renders_and_sends_nothing(desk: Desk, shop: Shop) -> None:
    action = await desk.cancel_order()

    trial = await try_action(desk.running.services, desk.workspace, action, Sample({"order_id": "1"}, dry=True))

    assert (trial.ok, trial.sent, trial.status, trial.outcome) == (True, False, None, None)
    assert trial.request is not None
    assert trial.request["url"] == f"{shop.url}/orders/1/cancel"
    assert trial.curl is not None
    assert shop.seen == []
    assert await desk.executions() == []


async def test_defaults_and_optional_values_are_taken_as_in_a_conversation(desk: Desk, shop: Shop) -> None:
    variables = [
        {"name": "count", "type": "integer", "default": "2"},
        {"name": "flag", "type": "boolean", "default": "yes"},
        {"name": "note", "required": False},
        {"name": "line2", "allow_empty": True},
    ]
    body = '{"count": {{count}}, "flag": "{{flag}}", "note": "{{note}}", "line2": "{{line2}}"}'
    action = await desk.put(
        "send", variables=variables, request={"method": "POST", "url": f"{shop.url}/x", "body": body}
    )
    shop.answers["POST /x"] = Reply({})

    await tried(desk, action, line2="")
    await desk.use(await desk.open(), "send", line2="")

    [test, real] = [one.json for one in shop.seen]
    assert test == real == {"count": 2, "flag": True, "line2": ""}


# what it is made with


async def test_context_values_take_the_place_of_the_usual_ones(desk: Desk, shop: Shop) -> None:
    query = {"said": "{{message.content}}", "in": "{{conversation.channel}}", "mood": "{{message.sentiment}}",
             "now": "{{current_datetime}}", "by": "{{agent.name}}"}  # fmt: skip
    context = {"message": {"content": "this is terrible, I am angry"}, "current_datetime": "2026-01-01T00:00:00+00:00"}
    await desk.enable()
    action = reading(desk, request={"query": query})

    await try_action(desk.running.services, desk.workspace, action, Sample(context=context))

    assert shop.seen[0].query == {
        "said": "this is terrible, I am angry", "in": "test", "mood": "negative", "now": "2026-01-01T00:00:00+00:00",
        "by": "Sam",
    }  # fmt: skip


async def test_the_test_account_is_used_where_a_connection_has_one(desk: Desk, shop: Shop) -> None:
    configuration = desk.running.services.configuration
    for name in ("LIVE", "TEST"):
        await configuration.put_secret(desk.workspace, name, f"{name.lower()}-token", "test")
    live, test = (BearerAuth(kind="bearer", secret=name) for name in ("LIVE", "TEST"))
    connection = Connection(slug="shop", base_url=shop.url, auth=live, test_auth=test)
    await configuration.put_connection(desk.workspace, connection, "test")
    shop.answers["GET /x"] = Reply({"seen": "Bearer test-token"})
    action = await desk.put("read", request={"url": "/x", "connection": "shop"})

    trial = await tried(desk, action)
    await desk.use(await desk.open(), "read")

    assert [one.headers["Authorization"] for one in shop.seen] == ["Bearer test-token", "Bearer live-token"]
    assert "test-token" not in str(trial)
    assert "live-token" not in str(await desk.executions())
    assert trial.curl is not None
    assert MASK in trial.curl


async def test_what_is_sensitive_is_masked_in_what_is_told(desk: Desk, shop: Shop) -> None:
    variables = [{"name": "pin", "sensitive": True}]
    body = '{"pin": "{{pin}}"}'
    action = reading(desk, variables=variables, request={"method": "POST", "body": body})
    shop.answers["POST /x"] = Reply({"your": "pin is 4711"})

    trial = await tried(desk, action, pin="4711")

    assert shop.seen[0].json == {"pin": "4711"}
    assert trial.response == {"your": f"pin is {MASK}"}
    assert "4711" not in str((trial.request, trial.curl, trial.response))
    assert "4711" not in str(await desk.executions())


async def test_a_trial_is_logged_as_a_test_whatever_came_of_it(desk: Desk, shop: Shop) -> None:
    shop.answers["GET /x"] = Reply({"a": 1})
    await tried(desk, reading(desk))
    shop.answers["GET /x"] = Reply({}, 404)
    await tried(desk, reading(desk))

    failed, succeeded = await desk.executions()
    assert (failed.status, failed.http_status, failed.test) == ("failed", 404, True)
    assert (succeeded.status, succeeded.response, succeeded.conversation) == ("succeeded", {"a": 1}, None)
    assert not succeeded.in_conversation
    assert await desk.executions(test=False) == []


async def test_preconditions_confirmations_and_approvals_are_left_aside(desk: Desk, shop: Shop) -> None:
    action = await desk.cancel_order(VERIFIED, approval="require", confirm="Sure?", enabled=False)
    assert (await tried(desk, action, order_id="1")).ok
    assert shop.places == ["POST /orders/1/cancel"]


# what would be said


@pytest.mark.parametrize(("reply", "said"), [
    (Reply({"state": "open"}), "It is open."),
    (Reply({}), "(The message cannot be filled in: `{{response.state}}` has no value here.)"),
    (Reply({"error": "gone"}, 404), "Not there: gone"),
    (Reply({}, 409), "Refused with 409."),
    (Reply({}, 503), "Oh."),
])  # fmt: skip
async def test_it_tells_what_the_customer_would_read(desk: Desk, shop: Shop, reply: Reply, said: str) -> None:
    messages = {
        "success": "It is {{response.state}}.",
        "404": "Not there: {{response.error}}",
        "4xx": "Refused with {{status}}.",
        "error": "Oh.",
    }
    shop.answers["GET /x"] = reply
    assert (await tried(desk, reading(desk, messages=messages))).said == said


async def test_without_a_message_the_answer_itself_would_be_told(desk: Desk, shop: Shop) -> None:
    shop.answers["GET /x"] = Reply({"order_state": "open", "total": 12.5, "lines": ["a", "b"], "inner": {"x": 1}})
    assert (await tried(desk, reading(desk))).said == "Order state: open\nTotal: 12.5\nLines: a, b"


async def test_a_call_of_unknown_outcome_would_be_checked_by_a_colleague(desk: Desk, shop: Shop) -> None:
    shop.answers["POST /x"] = Reply({}, 500)
    trial = await tried(desk, reading(desk, request={"method": "POST"}, messages={"error": "It failed."}))
    assert trial.outcome == "unknown"
    assert trial.said == "A colleague is checking this for you. I'll write here as soon as they have decided."


async def test_an_answer_that_is_no_success_by_its_own_condition_is_told(desk: Desk, shop: Shop) -> None:
    shop.answers["GET /x"] = Reply({"verified": False})
    success = [{"variable": "response.verified", "operator": "equals", "value": True}]

    trial = await tried(desk, reading(desk, success=success, messages={"error": "Not verified."}))

    assert (trial.ok, trial.outcome, trial.said) == (False, "succeeded", "Not verified.")
    assert "success condition does not hold" in trial.hints[0]


async def test_a_status_that_counts_as_success_is_one_here_too(desk: Desk, shop: Shop) -> None:
    shop.answers["GET /x"] = Reply({"error": "free"}, 404)
    success = [{"variable": "status", "operator": "equals", "value": 404}]
    messages = {"success": "That name is free.", "404": "Oh."}

    trial = await tried(desk, reading(desk, success=success, messages=messages))

    assert (trial.ok, trial.said, trial.hints) == (True, "That name is free.", ())


async def test_a_transformed_value_is_what_counts_and_is_told(desk: Desk, shop: Shop) -> None:
    shop.answers["GET /x"] = Reply({"lines": [{"price": 2}, {"price": 3}]})
    script = (
        "function transform(r, c) { return {total: r.lines.reduce((s, l) => s + l.price, 0), of: c.variables.who} }"
    )
    action = reading(
        desk, transform=script, variables=[{"name": "who"}], messages={"success": "{{response.total}} for {{who}}"}
    )

    trial = await tried(desk, action, who="Ada")

    assert (trial.response, trial.said) == ({"total": 5, "of": "Ada"}, "5 for Ada")


@pytest.mark.parametrize("script", ["function transform(r) { return r.a.b.c }", "not javascript", "1"])
async def test_a_transformer_that_fails_has_its_hint(desk: Desk, shop: Shop, script: str) -> None:
    shop.answers["GET /x"] = Reply({})

    trial = await tried(desk, reading(desk, transform=script))

    assert (trial.ok, trial.outcome) == (False, "failed")
    assert "The script failed" in trial.hints[0]


# other kinds


async def test_a_form_and_a_link_are_shown_as_the_customer_would_see_them(desk: Desk) -> None:
    form = await desk.put("ask", kind="form", form={"text": "Hi", "fields": [{"name": "a"}]})
    link = await desk.put("open", kind="button", button={"label": "Open", "url": "example.com/{{agent_id}}"})

    shown, opened = await tried(desk, form), await tried(desk, link)

    assert (shown.ok, shown.sent) == (True, False)
    assert shown.shown is not None
    assert shown.shown["fields"][0]["name"] == "a"
    assert opened.shown is not None
    assert opened.shown["url"] == "https://example.com/default"


async def test_a_script_is_rendered_and_runs_nowhere(desk: Desk) -> None:
    action = await desk.put("js", kind="javascript", variables=[{"name": "a"}], script={"source": "return 1"})

    trial = await tried(desk, action, a="1")

    assert (trial.ok, trial.sent) == (True, False)
    assert trial.request is not None
    assert trial.request["inputs"] == {"a": "1"}


# as the agent


async def test_using_it_as_the_agent_makes_a_conversation_of_its_own(desk: Desk, shop: Shop) -> None:
    await desk.cancel_order(confirm="Sure?")
    contact = Contact(id="7", email="ada@example.com")

    made = await try_as_agent(
        desk.running.services, desk.workspace, "cancel-order", Sample({"order_id": "1"}, contact=contact)
    )

    state = await desk.state(made)
    assert (state.channel, state.contact) == ("test", contact)
    assert await desk.waits_for(made) == "confirmation"
    assert shop.seen == []


@pytest.mark.parametrize(("slug", "why"), [("nothing", "no action"), ("cancel-order", "not switched on")])
async def test_what_the_agent_may_not_use_is_told(desk: Desk, slug: str, why: str) -> None:
    await desk.cancel_order()
    await desk.enable()
    with pytest.raises(RuleError, match=why):
        await try_as_agent(desk.running.services, desk.workspace, slug, Sample({"order_id": "1"}))
    assert (await desk.running.services.stores.conversations.page(desk.workspace)).items == []
