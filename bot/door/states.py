"""The states of the conversations that were busy last, open in memory: opening one costs more than what a turn decides.

What is stored counts. A state is used only as long as the very bytes that it was sealed to stand in the database, so
another process, an undone transaction or an erasure needs no telling here.
"""

from collections import OrderedDict

from flows.conversation import Conversation
from integrations.database.queries.conversations import Stored
from integrations.database.sealing import Sealer

KEPT = 64  # an open state takes some 200 KB


class States:
    """Opens and closes states."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer
        self._kept: OrderedDict[str, tuple[bytes, Conversation]] = OrderedDict()

    def open(self, stored: Stored) -> Conversation:
        """The state of a conversation. It is the caller's alone until it is closed again."""
        sealed, state = self._kept.pop(stored.id, (b"", None))
        if state is not None and sealed == stored.state:
            return state
        return self._sealer.unseal(Conversation, stored.state)

    def close(self, conversation_id: str, state: Conversation) -> bytes:
        """The bytes to store for a state, which must not be changed any more."""
        sealed = self._sealer.seal(state)
        self._kept[conversation_id] = sealed, state
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return sealed
