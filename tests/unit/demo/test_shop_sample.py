from datetime import date, timedelta

from deskhand.demo.shop_sample import sample

TODAY = date(2026, 3, 2)


def test_the_same_day_gives_the_same_shop() -> None:
    assert sample(TODAY) == sample(TODAY)


def test_the_dates_move_with_the_day() -> None:
    before, after = sample(TODAY).orders[0], sample(TODAY + timedelta(days=100)).orders[0]
    assert after.placed_on - before.placed_on == timedelta(days=100)


def test_every_order_is_of_a_known_customer_and_known_products() -> None:
    shop = sample(TODAY)
    customers = {customer.customer_id for customer in shop.customers}
    skus = {product.sku for product in shop.products}
    assert all(order.customer_id in customers for order in shop.orders)
    assert all(item.sku in skus for order in shop.orders for item in order.items)
    assert len({order.order_id for order in shop.orders}) == len(shop.orders) == 17


def test_every_orders_dates_fit_its_state() -> None:
    for order in sample(TODAY).orders:
        assert order.placed_on <= (order.delivered_on or TODAY) <= TODAY
        assert (order.delivered_on is not None) == (order.state == "delivered")
        assert (order.tracking is not None) == (order.state in ("shipped", "delivered"))
        assert order.eta is None or (order.eta > TODAY and order.state in ("shipped", "processing"))


def test_every_state_and_nobody_real_is_there() -> None:
    shop = sample(TODAY)
    assert {order.state for order in shop.orders} == {"processing", "shipped", "delivered", "cancelled"}
    reserved = ("@example.com", "@example.org", "@example.net")
    assert all(customer.email.endswith(reserved) for customer in shop.customers)
