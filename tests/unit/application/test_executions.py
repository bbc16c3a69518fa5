"""The execution log as people read it: without credentials, and with what they may not read masked."""

import json
import shlex
from typing import Any

import pytest

from deskhand.application.curl import as_curl
from deskhand.application.executions import execution
from deskhand.domain import effects as f
from deskhand.domain.authentication import BearerAuth
from deskhand.domain.requests import Connection, HttpRequest, RenderedRequest
from deskhand.domain.stored import dump
from deskhand.domain.templates import Scope
from deskhand.ports.stores import EffectRow
from deskhand.worker.pruning import Pruning
from tests.integration.actions.desk import Desk
from tests.integration.actions.shop import Reply, Shop

MASK = "••••••"
REQUEST = RenderedRequest(method="POST", url="https://shop.example/refunds", body='{"pin":"4711"}')


def act(sensitive: tuple[str, ...] = (), **fields: Any) -> f.CallHttp:
    return f.CallHttp(request=REQUEST.model_copy(update=fields), handling=f.Handling(sensitive=sensitive))


def row(call: f.CallHttp | None = None, **fields: Any) -> EffectRow:
    wanted = f.Perform(run="run_1", seq=3, step="s", key="k", act=call or act())
    known: dict[str, Any] = {
        "conversation": "conv_1",
        "run": "run_1",
        "seq": 3,
        "step": "s",
        "kind": "call_http",
        "status": "succeeded",
        "key": "k",
        "request": dump(wanted),
        "response": json.dumps({"status": 201, "ms": 12, "body": {"pin": "4711", "n": 4711}, "tries": 2}),
        "at": 9,
        "started_at": 5,
    }
    return EffectRow(**(known | fields))


def test_a_row_shows_what_went_out_and_what_came_back() -> None:
    one = execution(row(), {})
    assert (one.id, one.at, one.http_status, one.milliseconds, one.attempt) == ("run_1/3", 5, 201, 12, 2)
    assert one.request == {"method": "POST", "url": "https://shop.example/refunds", "body": '{"pin":"4711"}'}
    assert one.response == {"pin": "4711", "n": 4711}
    assert one.in_conversation


def test_what_is_sensitive_is_masked_in_request_answer_and_command() -> None:
    one = execution(row(act(("4711",))), {})
    assert one.request is not None
    assert one.request["body"] == f'{{"pin":"{MASK}"}}'
    assert one.response == {"pin": MASK, "n": MASK}
    assert "4711" not in str(one)


@pytest.mark.parametrize(
    "emptied", [{"request": "{}", "response": '{"pruned":true}'}, {"request": "", "response": None}]
)
def test_what_was_cleared_away_is_none_and_the_call_stays(emptied: dict[str, Any]) -> None:
    one = execution(row(**emptied), {})
    assert (one.request, one.response, one.curl) == (None, None, None)
    assert (one.status, one.run, one.step) == ("succeeded", "run_1", "s")


@pytest.mark.parametrize(("fields", "used"), [
    ({"status": "succeeded"}, True), ({"status": "failed"}, True), ({"status": "unknown"}, False),
    ({"status": "sent"}, False), ({"status": "lapsed"}, False), ({"test": True, "conversation": ""}, False),
])  # fmt: skip
def test_it_tells_whether_an_answer_went_into_the_conversation(fields: dict[str, Any], used: bool) -> None:
    assert execution(row(**fields), {}).in_conversation is used


# the command


def test_the_command_leaves_credentials_out() -> None:
    headers = {"X-Key": "{{secrets.TOKEN}}", "X-Plain": "it's"}
    template = HttpRequest(
        url="/x", method="POST", headers=headers, body='{"t": "{{secrets.TOKEN}}"}', connection="shop"
    )
    connection = Connection(slug="shop", base_url="https://shop.example", auth=BearerAuth(kind="bearer", secret="T"))
    rendered = template.render(Scope({}), {"shop": connection})

    words = shlex.split(as_curl(f.CallHttp(request=rendered), {"shop": connection}))

    assert words[:4] == ["curl", "-X", "POST", "https://shop.example/x"]
    assert "X-Key: {{secrets.TOKEN}}" in words
    assert "X-Plain: it's" in words
    assert f"Authorization: Bearer {MASK}" in words
    assert words[-2:] == ["--data-raw", '{"t":"{{secrets.TOKEN}}"}']


@pytest.mark.parametrize(
    "text", ["it's", '"; rm -rf /', "$(id)", "`id`", "a\nb", "--config=/etc/passwd", "@/etc/passwd"]
)
def test_no_value_breaks_out_of_the_command(text: str) -> None:
    words = shlex.split(as_curl(act(body=text, headers={"X": text}), {}))
    assert words[-1] == text
    assert words[-2] == "--data-raw"
    assert f"X: {text}" in words


# the whole log


async def test_every_call_of_a_conversation_is_in_the_log_once(desk: Desk, shop: Shop) -> None:
    await desk.get_order()
    await desk.cancel_order({"kind": "holds", "fetch": "get-order", "conditions": [
        {"variable": "fetched.state", "operator": "equals", "value": "open"}
    ]})  # fmt: skip
    shop.answers["POST /orders/2/cancel"] = Reply({"error": "locked"}, 409)
    conversation = await desk.open()
    for order in "12":
        await desk.use(conversation, "cancel-order", order_id=order)
        desk.clock.advance(seconds=1)

    found = await desk.executions(conversation=conversation)

    assert [(one.action, one.status, one.http_status) for one in found] == [
        ("cancel-order", "failed", 409),
        ("get-order", "succeeded", 200),
        ("cancel-order", "succeeded", 200),
        ("get-order", "succeeded", 200),
    ]
    assert found[0].problem == "The server answered 409: locked."
    assert [one.action for one in await desk.executions(status="failed")] == ["cancel-order"]
    assert await desk.executions(action="nothing") == []


async def test_a_call_that_was_sent_several_times_is_one_row_that_says_so(desk: Desk, shop: Shop) -> None:
    answers = iter([Reply({}, 503), Reply({}, 503), Reply({"id": "1", "state": "open"})])
    shop.answers["GET /orders/1"] = lambda _: next(answers)
    await desk.get_order()
    await desk.use(await desk.open(), "get-order", order_id="1")

    [one] = await desk.executions()
    assert (one.attempt, one.status, one.http_status) == (3, "succeeded", 200)


async def test_an_answer_that_could_not_be_used_has_failed_in_the_log(desk: Desk, shop: Shop) -> None:
    shop.answers["GET /orders/1"] = Reply(b"<html>", kind="text/html")
    await desk.get_order()
    await desk.use(await desk.open(), "get-order", order_id="1")

    [one] = await desk.executions()
    assert (one.status, one.http_status, one.problem) == ("failed", 200, "The answer is an HTML page, not JSON.")


async def test_secrets_are_in_no_row(desk: Desk, shop: Shop) -> None:
    await desk.running.services.configuration.put_secret(desk.workspace, "TOKEN", "s3cret/token", "test")
    headers = {"X-Key": "{{secrets.TOKEN}}"}
    shop.answers["POST /x"] = lambda seen: Reply({"you_sent": seen.headers["X-Key"], "body": seen.body})
    request = {"method": "POST", "url": f"{shop.url}/x", "headers": headers, "body": '{"t": "{{secrets.TOKEN}}"}'}
    await desk.put("send", request=request)
    await desk.use(await desk.open(), "send")

    [one] = await desk.executions()
    assert shop.seen[0].headers["X-Key"] == "s3cret/token"
    assert "s3cret" not in str(one)
    assert one.response["you_sent"] == "[TOKEN]"


async def test_old_requests_and_answers_are_cleared_away(desk: Desk) -> None:
    await desk.get_order()
    conversation = await desk.open()
    await desk.use(conversation, "get-order", order_id="1")
    desk.clock.advance(days=31)
    await desk.use(conversation, "get-order", order_id="2")

    assert await Pruning(desk.running.services, 30).prune() == 1

    new, old = await desk.executions()
    assert (old.request, old.response, old.curl, old.status) == (None, None, None, "succeeded")
    assert new.request is not None
    assert await Pruning(desk.running.services, 0).prune() == 0
