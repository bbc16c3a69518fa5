"""Made-up answers of calls: what stands in for an outside system wherever nothing may be sent."""

import json
from typing import Literal

from pydantic import Field

from deskhand.application.answers import Performed, judge
from deskhand.domain import effects as f
from deskhand.domain import events as e
from deskhand.domain.model import Json, Record
from deskhand.ports.http import Answer

REFUSED = "No connection could be made."
LATE = "No answer came in time."


class MockResponse(Record):
    """What a simulated call answers."""

    status: int = Field(default=200, ge=100, le=599)
    body: Json = None
    failure: Literal["timeout", "refused"] | None = Field(
        default=None, description="`timeout`: the answer never comes; `refused`: no connection can be made."
    )


def mocked(wanted: f.Perform, mock: MockResponse) -> Performed:
    """What becomes of a call that is answered like that; it is judged as a real answer would be."""
    run, seq = wanted.run, wanted.seq
    if mock.failure == "refused":
        return Performed(e.EffectFailed(run=run, seq=seq, problem=REFUSED), problem=REFUSED, cause="refused")
    if mock.failure == "timeout":
        late: e.Result = e.EffectUnknown(run=run, seq=seq, problem=LATE)
        if not wanted.act.changes:
            late = e.EffectFailed(run=run, seq=seq, problem=LATE, timed_out=True)
        return Performed(late, problem=LATE, cause="timeout")
    return judge(wanted, answer_of(mock), {})


def answer_of(mock: MockResponse) -> Answer:
    """The mock as it would come over the wire."""
    body = b"" if mock.body is None else json.dumps(mock.body).encode()
    return Answer(mock.status, {"content-type": "application/json"}, body, 0)


def pretended(wanted: f.Perform, number: int) -> e.EffectSucceeded:
    """What comes of an act on Deskhand's own records, or of an e-mail, that nobody carries out.

    number: what a ticket would be called.
    """
    output: dict[str, Json] | None = None
    match wanted.act:
        case f.CreateTicket():
            output = {"ticketId": number}
        case f.CreateLead():
            output = {"leadId": "lead_simulated"}
        case f.Phrase() as phrase:
            return e.EffectSucceeded(run=wanted.run, seq=wanted.seq, output=phrase.plain)
    return e.EffectSucceeded(run=wanted.run, seq=wanted.seq, output=output)
