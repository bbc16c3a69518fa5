"""A conversation's own row in a turn."""

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.database import Row
from deskhand.ports.turns import TurnCommit


def conversation_row(turn: TurnCommit) -> Row:
    """Number, state, status, mode, channel, time, workspace, conversation; last the expected version, or the time."""
    own = ids.raw(ids.WORKSPACE, turn.workspace), ids.raw(ids.CONVERSATION, turn.conversation)
    return (turn.seq, turn.state, turn.status, turn.mode, turn.channel, turn.at, *own, turn.expected or turn.at)
