"""Leads: what a customer left of themselves, in a form or through a procedure."""

from deskhand.domain.contact import LeadDetails
from deskhand.domain.effects import CreateLead
from deskhand.domain.events import LeadGiven


def details_of(lead: CreateLead | LeadGiven) -> LeadDetails:
    """What templates see of a lead; what is empty is not there."""
    return LeadDetails(
        email=lead.email or None, name=lead.name or None, phone=lead.phone or None, company=lead.company or None
    )
