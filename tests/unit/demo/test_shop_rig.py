import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from deskhand.demo.shop import build_shop
from deskhand.demo.shop_serving import serving

Calls = Callable[[], list[dict[str, Any]]]
AddFault = Callable[..., None]
REASON = {"reason": "It arrived broken"}


def refund(shop: httpx2.Client, order_id: str = "A1001") -> httpx2.Response:
    return shop.post(f"/orders/{order_id}/refunds", json=REASON, headers={"Idempotency-Key": "k1"})


def is_refunded(shop: httpx2.Client) -> bool:
    return shop.get("/orders/A1001").json()["refundable"] is False


def test_every_call_is_noted(shop: httpx2.Client, calls: Calls) -> None:
    shop.get("/customers", params={"email": "nobody@example.com"})
    refund(shop)
    shop.post("/orders/A1004/cancel", content=b"no json")
    assert calls() == [
        {
            "method": "GET",
            "path": "/customers",
            "query": "email=nobody%40example.com",
            "body": None,
            "idempotency_key": None,
            "fault": None,
            "handled": True,
            "status": 404,
        },
        {
            "method": "POST",
            "path": "/orders/A1001/refunds",
            "query": "",
            "body": REASON,
            "idempotency_key": "k1",
            "fault": None,
            "handled": True,
            "status": 201,
        },
        {
            "method": "POST",
            "path": "/orders/A1004/cancel",
            "query": "",
            "body": "no json",
            "idempotency_key": None,
            "fault": None,
            "handled": True,
            "status": 422,
        },
    ]


def test_reset_opens_the_shop_afresh(shop: httpx2.Client, calls: Calls, fault: AddFault) -> None:
    refund(shop)
    fault(kind="status", status=500, times=9)
    shop.post("/_test/reset").raise_for_status()
    assert calls() == []
    assert refund(shop).json()["refund_id"] == "R5001"


def test_a_status_fault_answers_it_and_does_nothing(shop: httpx2.Client, calls: Calls, fault: AddFault) -> None:
    fault(kind="status", status=429, headers={"Retry-After": "7"}, operation="refund_order")
    answer = refund(shop)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    assert not is_refunded(shop)
    noted = calls()[0]
    assert (noted["fault"], noted["handled"], noted["status"]) == ("status", False, 429)


def test_a_delayed_answer_comes_as_if_nothing_had_been(shop: httpx2.Client, calls: Calls, fault: AddFault) -> None:
    fault(kind="delay", ms=5)
    assert refund(shop).status_code == 201
    assert (calls()[0]["fault"], calls()[0]["status"]) == ("delay", 201)


def test_a_client_that_does_not_wait_for_a_delayed_answer_leaves_the_work_done(
    shop: httpx2.Client, calls: Calls, fault: AddFault
) -> None:
    fault(kind="delay", ms=600_000)
    with pytest.raises(httpx2.ReadTimeout):
        shop.post("/orders/A1001/refunds", json=REASON, timeout=httpx2.Timeout(5, read=0.3))
    assert is_refunded(shop)
    assert (calls()[0]["handled"], calls()[0]["status"]) == (True, None)


def test_a_connection_dropped_before_the_work_leaves_it_undone(
    shop: httpx2.Client, calls: Calls, fault: AddFault
) -> None:
    fault(kind="drop_before", path="/orders/*/refunds", method="POST")
    with pytest.raises(httpx2.TransportError):
        refund(shop)
    assert not is_refunded(shop)
    noted = calls()[0]
    assert (noted["fault"], noted["handled"], noted["status"]) == ("drop_before", False, None)


def test_a_connection_dropped_after_the_work_leaves_it_done(shop: httpx2.Client, calls: Calls, fault: AddFault) -> None:
    fault(kind="drop_after", operation="refund_order")
    with pytest.raises(httpx2.TransportError):
        refund(shop)
    assert (calls()[0]["handled"], calls()[0]["status"]) == (True, None)
    assert refund(shop).json()["refund_id"] == "R5001"


def test_a_malformed_answer_is_no_json_though_it_says_so(shop: httpx2.Client, fault: AddFault) -> None:
    fault(kind="malformed")
    answer = refund(shop)
    assert (answer.status_code, answer.headers["Content-Type"]) == (201, "application/json")
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert is_refunded(shop)


@pytest.mark.parametrize(("asked", "given"), [(None, 201), (502, 502)])
def test_an_html_fault_answers_a_web_page(shop: httpx2.Client, fault: AddFault, asked: int | None, given: int) -> None:
    fault(kind="html", status=asked)
    answer = refund(shop)
    assert (answer.status_code, answer.headers["Content-Type"]) == (given, "text/html; charset=utf-8")
    assert answer.text.startswith("<!doctype html>")


def test_a_fault_happens_as_often_as_asked_and_only_where_asked(shop: httpx2.Client, fault: AddFault) -> None:
    fault(kind="status", status=503, operation="get_order", times=2)
    assert shop.get("/orders/A1001/status").status_code == 200
    assert [shop.get("/orders/A1001").status_code for _ in range(3)] == [503, 503, 200]


@pytest.mark.parametrize(
    "where",
    [{"operation": "refund_order"}, {"path": "/orders/*/refunds"}, {"path": "/orders/*", "method": "POST"}],
)
def test_a_fault_spares_the_calls_that_it_was_not_asked_for(
    shop: httpx2.Client, fault: AddFault, where: dict[str, str]
) -> None:
    fault(kind="status", status=503, **where)
    assert shop.get("/products").status_code == 200
    assert shop.get("/orders/A1001").status_code == 200
    assert [refund(shop).status_code for _ in range(2)] == [503, 201]


def test_faults_on_the_same_path_happen_one_after_the_other(shop: httpx2.Client, fault: AddFault) -> None:
    fault(kind="status", status=500, path="/orders/*")
    fault(kind="status", status=503, path="/orders/*", method="GET")
    assert [shop.get("/orders/A1001").status_code for _ in range(3)] == [500, 503, 200]


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ({"kind": "status"}, "needs a status"),
        ({"kind": "delay"}, "needs ms"),
        ({"kind": "explode"}, "kind: "),
        ({"kind": "html", "operation": "sell"}, "operation: there is no sell; there are cancel_order, "),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(
    shop: httpx2.Client, calls: Calls, what: dict[str, object], error: str
) -> None:
    answer = shop.post("/_test/faults", json=what)
    assert answer.status_code == 422
    assert error in answer.json()["error"]


def test_without_the_flag_there_is_no_rig() -> None:
    with serving(build_shop("t")) as address, httpx2.Client(base_url=address, trust_env=False) as shop:
        assert shop.post("/_test/reset").status_code == 404
        assert shop.get("/_test/calls").status_code == 404
        assert shop.post("/_test/faults", json={"kind": "html"}).status_code == 404
