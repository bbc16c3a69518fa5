"""A small shop's procedures, as its builders would write them, and one question to ask of an understanding."""

from deskhand.adapters.offline.understanding import OfflineUnderstanding
from deskhand.domain.commands import Command
from deskhand.ports.understanding import Candidate, Context, Wanted

ORDER = Wanted("order_id", "text", example="A1001")
EMAIL = Wanted("email", "email")
REASON = Wanted("reason", "text", description="Why the customer returns it")

REFUND = Candidate(
    "refund-request",
    "Refund Request Handler",
    "When a customer asks for a refund or mentions returning a product",
    ("can i get my money back",),
    (ORDER, EMAIL, REASON),
)
STATUS = Candidate("order-status", "Order Status", "When a customer wants to check their order status", (), (ORDER,))
SALES = Candidate(
    "enterprise-lead",
    "Enterprise Lead Qualification",
    "When a visitor asks about enterprise pricing and wants to talk to sales",
    (),
    (EMAIL, Wanted("name", "text"), Wanted("company_size", "integer", description="Number of employees")),
)
CANCELLING = Candidate("cancel-order", "Cancel an order", "When a customer wants to cancel an order", (), (ORDER,))
BOOKING = Candidate("book-call", "Book a call", "When a visitor wants to book a call or schedule an appointment")

SHOP = (REFUND, STATUS, SALES, CANCELLING, BOOKING)


async def understood(
    text: str,
    candidates: tuple[Candidate, ...] = SHOP,
    *,
    pending: Wanted | None = None,
    later: tuple[Wanted, ...] = (),
    running: str | None = None,
    choice: tuple[str, ...] = (),
    confirming: bool = False,
    region: str | None = None,
    language: str = "en",
) -> Command | None:
    """The one command that the offline understanding finds, or None."""
    context = Context(
        text,
        candidates,
        language=language,
        region=region,
        pending=pending,
        later=later,
        choice=choice,
        confirming=confirming,
        running=running,
    )
    commands = await OfflineUnderstanding().understand(context)
    assert len(commands) <= 1
    return commands[0] if commands else None
