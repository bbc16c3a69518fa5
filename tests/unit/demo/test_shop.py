from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from deskhand.demo.shop import build_shop

REASON = {"reason": "It arrived broken"}


def refund(shop: httpx2.Client, order_id: str, body: dict[str, Any] = REASON, key: str = "") -> httpx2.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return shop.post(f"/orders/{order_id}/refunds", json=body, headers=headers)


def cancel(shop: httpx2.Client, order_id: str, body: dict[str, Any] = REASON, key: str = "") -> httpx2.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return shop.post(f"/orders/{order_id}/cancel", json=body, headers=headers)


def test_an_order_is_shown_with_its_items_and_whether_it_can_be_refunded(shop: httpx2.Client) -> None:
    assert shop.get("/orders/A1001").json() == {
        "order_id": "A1001",
        "customer": {"name": "Anna Lindqvist", "email": "anna.lindqvist@example.com"},
        "items": [
            {"sku": "LAMP-01", "name": "Desk lamp Lumen", "quantity": 1, "price": 49.9},
            {"sku": "MUG-01", "name": "Stoneware mug, set of 2", "quantity": 2, "price": 24.5},
        ],
        "total": 98.9,
        "currency": "EUR",
        "placed_on": "2026-02-18",
        "delivered_on": "2026-02-22",
        "status": "delivered",
        "refundable": True,
        "refund_reason": "Delivered on 2026-02-22; refundable until 2026-03-24.",
    }


@pytest.mark.parametrize("written", ["a1001", "%23A1001", "%20A1001%20", "%20%23%20a1001"])
def test_an_order_number_may_be_written_carelessly(shop: httpx2.Client, written: str) -> None:
    assert shop.get(f"/orders/{written}").json()["order_id"] == "A1001"


@pytest.mark.parametrize(
    ("order_id", "refundable", "reason"),
    [
        ("A1002", False, "Delivered on 2026-01-03, more than 30 days ago."),
        ("A1003", False, "Not delivered yet."),
        ("A1004", False, "Not delivered yet. It can still be cancelled."),
        ("A1005", False, "The order was cancelled; nothing was charged."),
        ("A1007", True, "Delivered on 2026-01-31; refundable until 2026-03-02."),
        ("A1008", False, "Delivered on 2026-01-30, more than 30 days ago."),
    ],
)
def test_an_order_says_why_it_can_or_cannot_be_refunded(
    shop: httpx2.Client, order_id: str, refundable: bool, reason: str
) -> None:
    order = shop.get(f"/orders/{order_id}").json()
    assert (order["refundable"], order["refund_reason"]) == (refundable, reason)


@pytest.mark.parametrize(
    ("order_id", "state", "eta", "carrier"),
    [
        ("A1001", "delivered", "2026-02-22", "Northern Parcel"),
        ("A1003", "shipped", "2026-03-04", "Northern Parcel"),
        ("A1004", "processing", "2026-03-08", None),
        ("A1005", "cancelled", "none, the order was cancelled", None),
        ("A1013", "processing", "not known yet", None),
    ],
)
def test_an_orders_status_tells_how_far_it_has_come(
    shop: httpx2.Client, order_id: str, state: str, eta: str, carrier: str | None
) -> None:
    status = shop.get(f"/orders/{order_id}/status").json()
    assert (status["state"], status["eta"], status["carrier"]) == (state, eta, carrier)
    assert (status["tracking"] is None) == (carrier is None)


def test_a_customer_is_found_by_email_whatever_its_case(shop: httpx2.Client) -> None:
    customer = shop.get("/customers", params={"email": " Siobhan.ONeill@Example.com"}).json()
    assert (customer["customer_id"], customer["name"]) == ("C-203", "Siobhán O'Neill")
    assert customer["orders"][0] == {
        "order_id": "A1003",
        "status": "shipped",
        "total": 173.7,
        "currency": "EUR",
        "placed_on": "2026-02-26",
    }
    assert [order["order_id"] for order in customer["orders"]] == ["A1003", "A1012"]


def test_a_customer_without_orders_has_an_empty_list(shop: httpx2.Client) -> None:
    assert shop.get("/customers", params={"email": "jose.pena@example.org"}).json()["orders"] == []


def test_the_catalogue_lists_every_product_once(shop: httpx2.Client) -> None:
    products = shop.get("/products").json()["products"]
    assert len({product["sku"] for product in products}) == len(products) == 13
    assert products[0] == shop.get("/products/lamp-01").json()
    assert products[0] == {
        "sku": "LAMP-01",
        "name": "Desk lamp Lumen",
        "description": "Dimmable desk lamp, oak foot",
        "price": 49.9,
        "currency": "EUR",
        "in_stock": True,
        "sizes": [],
    }
    assert shop.get("/products/SLIP-01").json()["sizes"] == [36, 37, 38, 39, 40, 42]


@pytest.mark.parametrize(
    ("sku", "in_stock", "quantity", "restock_date"),
    [("MUG-01", True, 120, None), ("LAMP-02", False, 0, "2026-03-14"), ("CLCK-01", False, 0, None)],
)
def test_availability_tells_the_stock_and_when_more_comes(
    shop: httpx2.Client, sku: str, in_stock: bool, quantity: int, restock_date: str | None
) -> None:
    assert shop.get(f"/products/{sku}/availability").json() == {
        "sku": sku,
        "in_stock": in_stock,
        "quantity": quantity,
        "restock_date": restock_date,
    }


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/orders/A9999", "There is no order A9999."),
        ("/orders/A9999/status", "There is no order A9999."),
        ("/customers?email=nobody@example.com", "There is no customer with the address nobody@example.com."),
        ("/products/NONE-01", "There is no product NONE-01."),
        ("/products/NONE-01/availability", "There is no product NONE-01."),
        ("/nowhere", "Not Found"),
    ],
)
def test_what_the_shop_does_not_know_is_a_404_with_a_sentence(shop: httpx2.Client, path: str, error: str) -> None:
    answer = shop.get(path)
    assert (answer.status_code, answer.json()) == (404, {"error": error})


def test_refunding_or_cancelling_an_unknown_order_is_a_404(shop: httpx2.Client) -> None:
    assert refund(shop, "A9999").status_code == 404
    assert cancel(shop, "A9999").status_code == 404


@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Basic c2hvcC10b2tlbg==", "Bearer"])
def test_a_call_without_the_token_is_refused_and_does_nothing(shop: httpx2.Client, authorization: str | None) -> None:
    del shop.headers["Authorization"]
    headers = {"Authorization": authorization} if authorization else {}
    answer = shop.post("/orders/A1001/refunds", json=REASON, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "Authorization: Bearer" in answer.json()["error"]
    assert "R5001" not in shop.get("/about").text


def test_a_refund_gives_the_orders_total_back_once(shop: httpx2.Client) -> None:
    answer = refund(shop, "A1001")
    assert (answer.status_code, answer.json()) == (
        201,
        {"refund_id": "R5001", "order_id": "A1001", "amount": 98.9, "currency": "EUR", "status": "issued"},
    )
    again = refund(shop, "A1001")
    assert again.status_code == 409
    assert again.json()["error"] == "Order A1001 cannot be refunded: Already refunded (R5001)."
    order = shop.get("/orders/A1001").json()
    assert (order["refundable"], order["refund_reason"]) == (False, "Already refunded (R5001).")


@pytest.mark.parametrize("amount", [20.5, "20.50"])
def test_a_refund_can_give_a_part_back(shop: httpx2.Client, amount: float | str) -> None:
    assert refund(shop, "A1001", {**REASON, "amount": amount}).json()["amount"] == 20.5


@pytest.mark.parametrize("order_id", ["A1002", "A1003", "A1004", "A1005"])
def test_an_order_that_is_not_refundable_is_a_409(shop: httpx2.Client, order_id: str) -> None:
    answer = refund(shop, order_id)
    assert answer.status_code == 409
    assert answer.json()["error"].startswith(f"Order {order_id} cannot be refunded: ")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "reason"),
        ({"reason": "  "}, "reason"),
        ({**REASON, "amount": 0}, "amount"),
        ({**REASON, "amount": 1.005}, "amount"),
        ({**REASON, "amount": "NaN"}, "amount"),
        ({**REASON, "amount": 98.91}, "amount"),
        ({**REASON, "ammount": 5}, "ammount"),
    ],
)
def test_a_refund_request_that_makes_no_sense_is_a_422_and_refunds_nothing(
    shop: httpx2.Client, body: dict[str, Any], where: str
) -> None:
    answer = refund(shop, "A1001", body)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(f"{where}: ")
    assert shop.get("/orders/A1001").json()["refundable"] is True


def test_a_body_that_is_not_json_is_a_422_with_a_sentence(shop: httpx2.Client) -> None:
    answer = shop.post("/orders/A1001/refunds", content=b'{"reason":', headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert "JSON" in answer.json()["error"]


def test_a_customer_look_up_without_email_is_a_422(shop: httpx2.Client) -> None:
    assert (shop.get("/customers").status_code, shop.get("/customers?email=").status_code) == (422, 422)


def test_an_order_in_processing_can_be_cancelled_once(shop: httpx2.Client) -> None:
    answer = cancel(shop, "a1004")
    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    assert answer.json() == shop.get("/orders/A1004").json()
    again = cancel(shop, "A1004")
    assert (again.status_code, again.json()) == (
        409,
        {"error": "Order A1004 cannot be cancelled: it is cancelled."},
    )


@pytest.mark.parametrize("order_id", ["A1001", "A1003", "A1005"])
def test_an_order_that_left_the_shop_cannot_be_cancelled(shop: httpx2.Client, order_id: str) -> None:
    assert cancel(shop, order_id).status_code == 409


def test_cancelling_needs_a_reason(shop: httpx2.Client) -> None:
    assert cancel(shop, "A1004", {}).status_code == 422


def test_a_repeated_key_gets_the_same_refund_again(shop: httpx2.Client) -> None:
    first = refund(shop, "A1001", {**REASON, "amount": 10}, key="k1")
    again = refund(shop, "%23a1001", {"amount": "10.00", **REASON}, key="k1")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.json()["refund_id"] == "R5001"
    assert refund(shop, "A1006", key="k2").json()["refund_id"] == "R5002"


def test_a_repeated_key_gets_the_same_cancellation_again(shop: httpx2.Client) -> None:
    first, again = cancel(shop, "A1004", key="k1"), cancel(shop, "A1004", key="k1")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert cancel(shop, "A1004", key="k2").status_code == 409


def test_a_repeated_key_gets_the_same_refusal_again(shop: httpx2.Client) -> None:
    first = refund(shop, "A1004", key="k1")
    cancel(shop, "A1004")
    again = refund(shop, "A1004", key="k1")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.status_code == 409


def test_a_key_used_for_another_body_order_or_operation_is_a_422(shop: httpx2.Client) -> None:
    refund(shop, "A1001", key="k1")
    for other in (
        refund(shop, "A1001", {"reason": "Another reason"}, key="k1"),
        refund(shop, "A1006", key="k1"),
        cancel(shop, "A1004", key="k1"),
    ):
        assert other.status_code == 422
        assert other.json()["error"] == "Idempotency-Key: k1 was already used for another request."
    assert shop.get("/orders/A1006").json()["refundable"] is True
    assert shop.get("/orders/A1004").json()["status"] == "processing"


def test_many_calls_at_once_with_one_key_refund_once(shop: httpx2.Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: refund(shop, "A1001", key="k1"), range(24)))
    assert {(answer.status_code, answer.json()["refund_id"]) for answer in answers} == {(201, "R5001")}
    assert refund(shop, "A1006").json()["refund_id"] == "R5002"


def test_a_page_shows_what_is_there_to_try_without_a_token(shop: httpx2.Client) -> None:
    refund(shop, "A1001", {"reason": "<b>broken</b>"})
    del shop.headers["Authorization"]
    page = shop.get("/about")
    assert page.headers["Content-Type"].startswith("text/html")
    for shown in ("A1014", "佐藤 美咲", "Siobhán O&#x27;Neill", "Salt &amp; pepper mills", "LAMP-02"):
        assert shown in page.text
    assert "98.90 EUR refunded as R5001: &lt;b&gt;broken&lt;/b&gt;" in page.text


def test_the_api_describes_itself_for_an_import(shop: httpx2.Client) -> None:
    paths = shop.get("/openapi.json").json()["paths"]
    assert paths["/orders/{order_id}/refunds"]["post"]["operationId"] == "refund_order"
    assert paths["/orders/{order_id}"]["get"]["security"] == [{"HTTPBearer": []}]
    assert not any(path.startswith("/_test") for path in paths)


def test_a_shop_without_a_token_is_refused() -> None:
    with pytest.raises(ValueError, match="token"):
        build_shop("")


def test_without_data_the_shop_opens_with_the_sample() -> None:
    app: FastAPI = build_shop("t")
    assert len(app.state.ledger.data.customers) == 9
