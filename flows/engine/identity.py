"""Offering the messenger's own store of identity documents, where there is one and something is still missing."""

from flows.application.fields import FIELDS
from flows.engine.turn import Turn
from flows.messages import Choice

IDENTITY = "lendline:identity/"
"""How flows name the link that opens the store; the nonce of the conversation follows."""

FILLS = ("representative_id_type", "representative_id_number", "representative_birth_date")


def identity_row(turn: Turn) -> tuple[Choice, ...]:
    """The button that opens the store; no button where there is none, or nothing for it to fill."""
    state = turn.state
    offered = state.channel in turn.library.identity_channels and bool(state.nonce)
    if not offered or all(state.application.has(name) for name in FILLS if name in FIELDS):
        return ()
    return (Choice(label=turn.t("identity.button"), kind="url", url=f"{IDENTITY}{state.nonce}"),)
