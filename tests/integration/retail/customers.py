"""Customers of the shop, and how they ask for an order to be cancelled."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from urllib.parse import quote

from tests.integration.retail.shop import Data

NOT_NEEDED = "no longer needed"
MISTAKE = "ordered by mistake"


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer with an order."""

    email: str
    order: str
    first_name: str
    paid_by: str
    """`credit_card`, `gift_card` or `paypal`."""

    @property
    def path(self) -> str:
        """Where the shop keeps the order, as it travels."""
        return f"/orders/{quote(self.order, safe='')}"


@dataclass(frozen=True, slots=True)
class Manner:
    """One way to ask: what is written, message by message, until the agent asks for a yes."""

    lines: tuple[str, ...]
    reason: str
    yes: str = "yes"

    def written_by(self, customer: Customer) -> list[str]:
        """`{bare}` is the order number without its `#`."""
        bare = customer.order.removeprefix("#")
        values = {
            "email": customer.email, "EMAIL": customer.email.upper(), "order": customer.order, "bare": bare,
            "lower": bare.lower(), "digits": bare.removeprefix("W"), "first": customer.first_name,
        }  # fmt: skip
        return [line.format(**values) for line in self.lines]


def customers(data: Data, status: str = "pending") -> Iterator[Customer]:
    """One order of this status of every customer who has one; ways to pay take turns, else in the numbers' order."""
    by_way: dict[str, dict[str, Customer]] = {"gift_card": {}, "paypal": {}, "credit_card": {}}
    for number, order in sorted(data["orders"].items()):
        user = data["users"][order["user_id"]]
        way = user["payment_methods"][order["payment_history"][0]["payment_method_id"]]["source"]
        if order["status"] == status and not any(user["email"] in those for those in by_way.values()):
            by_way[way][user["email"]] = Customer(user["email"], number, user["name"]["first_name"], way)
    queues = [iter(those.values()) for those in by_way.values()]
    for queue in islice(cycle(queues), sum(map(len, by_way.values()))):
        yield from islice(queue, 1)


MANNERS = (
    # everything in one sentence
    Manner(("Please cancel order {order}, my email is {email}, reason: no longer needed",), NOT_NEEDED),
    Manner(("cancel order {lower} for {email} please, it was ordered by mistake",), MISTAKE, "yep"),
    Manner(("Hi\n\nplease cancel {bare}, it's no longer needed.\n\n{first}\n{email}",), NOT_NEEDED, "Yes, please!"),
    # one thing at a time
    Manner(("I want to cancel an order", "{email}", "{order}", "no longer needed"), NOT_NEEDED, "YES"),
    Manner(("Can I cancel my order?", "my email is {email}, thanks", "it's {bare}", "ordered by mistake"), MISTAKE),
    Manner(("how do i cancel an order", "{EMAIL}", "{lower}", "the second one"), MISTAKE, "go ahead"),
    Manner(("i wanna cancel", "Sure, you find me under <{email}>.", "The order is {lower}.", "1"), NOT_NEEDED, "ok"),
    Manner(("CANCEL MY ORDER PLEASE", "{EMAIL}", "W-{digits}", "Ordered by mistake!"), MISTAKE, "sure"),
    # some now, some later
    Manner(("Cancel {order}", "{email} is my address", "It's no longer needed, sorry"), NOT_NEEDED, "Yes, go ahead."),
    Manner(("Hello, {first} here ({email}). I ordered something by mistake and want to cancel it", "{bare}", MISTAKE),
           MISTAKE, "yes cancel it"),
    Manner(("I changed my mind about order {lower}", "{email}, it is no longer needed"), NOT_NEEDED, "Of course"),
    Manner(("I'd like to call off my purchase", "{email} and the order number is {bare}", "the first"), NOT_NEEDED),
    Manner(("Wrong item ordered, can you cancel? {email}", "order number {bare} please", "by mistake"), MISTAKE, "Ja"),
    # mistakes first
    Manner(("Please cancel my order", "{first} at example", "{email}", "{order}", "hmm", NOT_NEEDED), NOT_NEEDED),
    Manner(("I need to cancel an order", "nobody.at.all@example.com", "{email}", "{order}", MISTAKE), MISTAKE, "y"),
    Manner(("cancel my order pls", "{email}", "#W0000000", "sorry, {bare}", "no longer neded"), NOT_NEEDED, "Yes 👍"),
    Manner(("Cancel an order", "{email}", "{digits}", "with the W it is {lower}", "ordred by mistake"), MISTAKE),
    Manner(("I don't want my order", "how long does a refund take?", "{email}", "W12", "{order}", "the last one"),
           MISTAKE, "That's right"),
    # a yes that is none, first
    Manner(("Cancel {bare} of {email} - no longer needed", "maybe", "I guess so"), NOT_NEEDED, "yes"),
    Manner(("Cancel {lower} please ({email})", "ordered by mistake", "what happens then?"), MISTAKE, "I confirm"),
)  # fmt: skip
"""Twenty ways to ask, by people who were not asked how they would like to."""
