"""How far a customer has come with the agent before a test begins."""

from tests.integration.retail.customers import MANNERS, Customer, Manner
from tests.integration.retail.desk import Desk, Talk


async def ask_as(desk: Desk, customer: Customer, manner: Manner) -> Talk:
    """Everything up to the question whether it shall be done."""
    talk = await desk.talk()
    question = await talk.says(*manner.written_by(customer))
    assert await talk.waits_for() == "confirmation", (manner, question)
    assert customer.order in question
    assert manner.reason in question
    return talk


async def ask(desk: Desk, customer: Customer) -> Talk:
    return await ask_as(desk, customer, MANNERS[0])


async def confirmed(desk: Desk, customer: Customer) -> Talk:
    """A customer who has said yes: a member has to decide."""
    talk = await ask(desk, customer)
    await talk.says("yes")
    assert await talk.waits_for() == "approval"
    return talk
