"""The made-up catalogue, customers and orders that the demo shop opens with."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from deskhand.demo.shop_data import Customer, Item, Order, OrderState, Product, ShopData

CUSTOMERS = (
    Customer("C-201", "Anna Lindqvist", "anna.lindqvist@example.com"),
    Customer("C-202", "Jürgen Müller", "juergen.mueller@example.org"),
    Customer("C-203", "Siobhán O'Neill", "siobhan.oneill@example.com"),
    Customer("C-204", "佐藤 美咲", "misaki.sato@example.net"),
    Customer("C-205", "Łukasz Wiśniewski", "lukasz.wisniewski@example.org"),
    Customer("C-206", "Ngozi Okafor", "ngozi.okafor@example.com"),
    Customer("C-207", "أميرة حداد", "amira.haddad@example.net"),
    Customer("C-208", "José Peña", "jose.pena@example.org"),
    Customer("C-209", "Mia Berg", "mia.berg@example.com"),
)
VISITOR = "C-209"
"""The customer whom whoever looks at the shop's page can sign in as."""
_SLIPPERS = (36, 37, 38, 39, 40, 42)


def sample(today: date) -> ShopData:
    """The demo's shop, every date counted from `today`: the same day gives the same shop."""
    products = _products(today)
    orders = _orders(today, {product.sku: product for product in products})
    return ShopData(today, products, CUSTOMERS, orders)


def _products(today: date) -> tuple[Product, ...]:
    def product(
        sku: str,
        name: str,
        price: str,
        quantity: int,
        description: str,
        *,
        restock: int | None = None,
        sizes: tuple[int, ...] = (),
    ) -> Product:
        restock_date = None if restock is None else today + timedelta(days=restock)
        return Product(sku, name, description, Decimal(price), quantity, restock_date, sizes)

    return (
        product("LAMP-01", "Desk lamp Lumen", "49.90", 34, "Dimmable desk lamp, oak foot"),
        product("LAMP-02", "Floor lamp Arc", "189.00", 0, "Curved floor lamp, 1.8 m", restock=12),
        product("MUG-01", "Stoneware mug, set of 2", "24.50", 120, "Glazed by hand, 350 ml"),
        product("KETL-01", "Gooseneck kettle", "79.00", 8, "Keeps its temperature for an hour"),
        product("MILL-01", "Salt & pepper mills", "39.00", 57, "Beech, ceramic grinders"),
        product("RUG-01", "Wool rug Dune, 170 × 240 cm", "649.00", 3, "Woven from undyed wool"),
        product("CHR-01", "Lounge chair Fjäll", "899.00", 2, "Ash frame, leather seat"),
        product("BLNK-01", "Merino blanket", "119.00", 0, "130 × 180 cm, herringbone", restock=21),
        product("NOTE-01", 'Notebook "Atlas", A5', "14.90", 310, "Dotted, 192 pages"),
        product("BACK-01", "Backpack Commuter", "129.00", 19, "22 litres, waterproof"),
        product("CLCK-01", "Wall clock Nulla", "59.00", 0, "Silent movement; no longer made"),
        product("PLNT-01", "Self-watering planter", "34.00", 46, "Terracotta, 20 cm"),
        product(
            "SLIP-01", "Felt slippers Tuva", "45.00", 64, "Felted wool, leather sole", sizes=(36, 37, 38, 39, 40, 42)
        ),
    )


def _orders(today: date, products: Mapping[str, Product]) -> tuple[Order, ...]:
    """The orders; days count back from `today` for what has happened, forward for `eta`."""

    def order(
        number: int,
        customer: str,
        state: OrderState,
        items: Mapping[str, int],
        *,
        placed: int,
        delivered: int | None = None,
        eta: int | None = None,
        carrier: str | None = None,
    ) -> Order:
        return Order(
            order_id=f"A{number}",
            customer_id=f"C-{customer}",
            items=tuple(Item(sku, products[sku].name, n, products[sku].price) for sku, n in items.items()),
            placed_on=today - timedelta(days=placed),
            state=state,
            delivered_on=None if delivered is None else today - timedelta(days=delivered),
            eta=None if eta is None else today + timedelta(days=eta),
            carrier=carrier,
            tracking=f"DEMO-{number}-{number * 7919 % 100_000:05}" if carrier else None,
        )

    post, bike = "Northern Parcel", "Bike & Box"
    return (
        order(1001, "201", "delivered", {"LAMP-01": 1, "MUG-01": 2}, placed=12, delivered=8, carrier=post),
        order(1002, "202", "delivered", {"KETL-01": 1}, placed=64, delivered=58, carrier=post),
        order(1003, "203", "shipped", {"BACK-01": 1, "NOTE-01": 3}, placed=4, eta=2, carrier=post),
        order(1004, "204", "processing", {"PLNT-01": 2}, placed=1, eta=6),
        order(1005, "201", "cancelled", {"CLCK-01": 1}, placed=20),
        order(1006, "205", "delivered", {"RUG-01": 1, "BLNK-01": 1}, placed=17, delivered=9, carrier=post),
        order(1007, "206", "delivered", {"MILL-01": 1}, placed=35, delivered=30, carrier=bike),
        order(1008, "206", "delivered", {"MUG-01": 1}, placed=36, delivered=31, carrier=bike),
        order(1009, "207", "shipped", {"CHR-01": 1}, placed=6, eta=1, carrier=bike),
        order(1010, "202", "processing", {"LAMP-02": 1}, placed=2, eta=15),
        order(1011, "204", "delivered", {"NOTE-01": 10}, placed=5, delivered=0, carrier=post),
        order(1012, "203", "delivered", {"CHR-01": 2}, placed=25, delivered=14, carrier=post),
        order(1013, "207", "processing", {"BLNK-01": 2}, placed=0),
        order(1014, "205", "cancelled", {"BACK-01": 1}, placed=48),
        order(1015, "209", "delivered", {"MUG-01": 1, "PLNT-01": 1}, placed=70, delivered=66, carrier=post),
        order(1016, "209", "shipped", {"RUG-01": 1}, placed=5, eta=1, carrier=bike),
        order(1017, "209", "delivered", {"LAMP-01": 1}, placed=4, delivered=1, carrier=post),
    )
