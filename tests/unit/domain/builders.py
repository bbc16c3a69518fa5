"""Small procedures and conversations for tests, and a customer, members and a world to play them with."""

from collections.abc import Iterable
from typing import Any, TypeVar

from deskhand.domain import events as e
from deskhand.domain.actions import AnyAction
from deskhand.domain.commands import Command, SetVariables, StartProcedure
from deskhand.domain.conversation import converse
from deskhand.domain.effects import Ask, Complete, Effect, HandOver, Perform, RequestApproval, Say
from deskhand.domain.frame import Given
from deskhand.domain.procedure import Procedure, Published
from deskhand.domain.requests import Connection
from deskhand.domain.state import Conversation, Run
from deskhand.domain.turn import Catalogue, Turn

T = TypeVar("T", bound=Effect)

NOW = 1_780_000_000_000
CONNECTION = Connection(slug="shop", base_url="https://shop.example.com")


def procedure(slug: str, *steps: dict[str, Any], **fields: Any) -> Procedure:
    """A procedure; a step's id is its kind and number where none is given."""
    numbered = [{"id": f"{step['kind']}{at}", **step} for at, step in enumerate(steps, 1)]
    name = slug.replace("-", " ").capitalize()
    return Procedure.model_validate(
        {"name": name, "slug": slug, "trigger": {"description": "When wanted."}, "steps": numbered, **fields}
    )


def published(
    slug: str,
    *steps: dict[str, Any],
    version: int = 1,
    actions: Iterable[AnyAction] = (),
    children: Iterable[Published] = (),
    **fields: Any,
) -> Published:
    """A published version of a procedure, with what it pins."""
    return Published(
        procedure(slug, *steps, **fields),
        version,
        {action.slug: action for action in actions},
        {child.slug: child for child in children},
    )


def collect(variable: str, prompt: str | None = None, **fields: Any) -> dict[str, Any]:
    return {"kind": "collect", "variable": variable, "prompt": prompt or f"Which {variable}?", **fields}


def message(text: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "message", "text": text, **fields}


def refund(**fields: Any) -> dict[str, Any]:
    """A call that changes something."""
    return {
        "kind": "call",
        "method": "POST",
        "connection": "shop",
        "url": "/refunds",
        "body": '{"order": "{{order}}"}',
        "response_variable": "refund",
        **fields,
    }


def look_up(**fields: Any) -> dict[str, Any]:
    """A call that only reads."""
    return {"kind": "call", "connection": "shop", "url": "/orders/{{order}}", "response_variable": "found", **fields}


def tag(name: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "internal", "action": "tag_session", "parameters": {"tag": name}, **fields}


def sub(slug: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "procedure", "procedure": slug, **fields}


def given(version: int = 1, **fields: Any) -> Given:
    """What a turn is told: always the same time."""
    known: dict[str, Any] = {
        "at": NOW,
        "workspace": "ws",
        "conversation": "conv",
        "context": {"conversation": {"id": "conv", "channel": "api"}, "message": {"content": ""}},
        "connections": {"shop": CONNECTION},
    }
    return Given(version=version, **(known | fields))


def catalogue(*active: Published, old: Iterable[Published] = ()) -> Catalogue:
    """The active procedures, and all versions that runs may be pinned to."""
    versions: dict[tuple[str, int], Published] = {}

    def pin(one: Published) -> None:
        versions[one.slug, one.version] = one
        for child in one.procedures.values():
            pin(child)

    for one in (*active, *old):
        pin(one)
    return Catalogue({one.slug: one for one in active}, versions)


class Play:
    """A conversation that is played turn by turn; every event returns what it led to."""

    def __init__(self, *active: Published, old: Iterable[Published] = (), **state: Any) -> None:
        self.catalogue = catalogue(*active, old=old)
        self.state = Conversation(id="conv", **state)
        self.given: dict[str, Any] = {}
        self.turns: list[tuple[e.Event, Turn]] = []

    def take(self, event: e.Event) -> Turn:
        actions = {slug: one for version in self.catalogue.versions.values() for slug, one in version.actions.items()}
        known = {"language": self.state.language, "region": self.state.region, "actions": actions}
        fields = {**known, **self.given}
        turn = converse(self.state, event, self.catalogue, given(len(self.turns) + 1, **fields))
        self.state = turn.conversation
        self.turns.append((event, turn))
        return turn

    # the customer

    def says(self, text: str, *commands: Command, **values: Any) -> Turn:
        """The customer writes; values are what was understood from it."""
        found = (SetVariables(values=values),) if values else ()
        return self.take(e.Said(text=text, commands=(*commands, *found)))

    def wants(self, slug: str, **values: Any) -> Turn:
        return self.take(e.Said(text=f"I want {slug}", commands=(StartProcedure(procedure=slug, values=values),)))

    def clicks(self, choice: str, question: str | None = None) -> Turn:
        """The customer clicks a choice, of the question that stands where none is named."""
        return self.take(e.Clicked(question=question or self.top.question or "", choice=choice))

    # members

    def starts(self, slug: str, **arguments: Any) -> Turn:
        return self.take(e.StartRequested(procedure=slug, arguments=arguments))

    def decides(self, decision: Any, reason: str | None = None, approval: str | None = None, **fields: Any) -> Turn:
        """A member decides about the approval that was asked for last, where none is named."""
        wanted = approval or self.requests[-1].approval
        return self.take(e.Decided(approval=wanted, decision=decision, by="Ben", reason=reason, **fields))

    def taken_over(self, by: str = "Ben") -> Turn:
        return self.take(e.TakenOver(by=by))

    def handed_back(self) -> Turn:
        return self.take(e.HandedBack(by="Ben"))

    # the world

    def succeeds(self, output: Any = None, act: Perform | None = None) -> Turn:
        """The act that was released last happened."""
        act = act or self.performed[-1]
        return self.take(e.EffectSucceeded(run=act.run, seq=act.seq, output=output))

    def fails(self, problem: str = "The server answered 422.", status: int | None = 422, body: Any = None) -> Turn:
        act = self.performed[-1]
        return self.take(e.EffectFailed(run=act.run, seq=act.seq, problem=problem, status=status, body=body))

    def stays_unknown(self, problem: str = "No answer came in time.") -> Turn:
        act = self.performed[-1]
        return self.take(e.EffectUnknown(run=act.run, seq=act.seq, problem=problem))

    # what there is to see

    @property
    def top(self) -> Run:
        assert self.state.top is not None
        return self.state.top

    @property
    def stack(self) -> list[str]:
        return [run.procedure for run in self.state.runs]

    @property
    def effects(self) -> list[Effect]:
        return [effect for _, turn in self.turns for effect in turn.effects]

    @property
    def performed(self) -> list[Perform]:
        return of(Perform, self.effects)

    @property
    def requests(self) -> list[RequestApproval]:
        return of(RequestApproval, self.effects)

    @property
    def ended(self) -> list[tuple[str, str]]:
        """Procedures and outcomes of the runs that are over."""
        return [(effect.procedure, effect.outcome) for effect in of(Complete, self.effects)]


def of(kind: type[T], effects: Iterable[Effect]) -> list[T]:
    """The effects of one kind."""
    return [effect for effect in effects if isinstance(effect, kind)]


def told(turn: Turn) -> list[str]:
    """Everything that the customer reads after this turn."""
    return [effect.text for effect in turn.effects if isinstance(effect, Say | Ask)]


def kinds(turn: Turn) -> list[str]:
    """The kinds of a turn's effects, in order."""
    return [effect.kind for effect in turn.effects]


def handed_over(turn: Turn) -> str:
    """Why a person was called, for the members."""
    [hand_over] = of(HandOver, turn.effects)
    return hand_over.reason
