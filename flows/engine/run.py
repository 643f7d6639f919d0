"""From an event to a decision: the pure heart of the one door.

The engine lets the flows react, then shows the card of the step where the conversation now is.
"""

from datetime import datetime

from flows.conversation import Conversation, Speaker
from flows.engine.course import Catalog
from flows.engine.decision import Decision
from flows.engine.hearing import hear
from flows.engine.library import Library
from flows.engine.turn import Turn
from flows.events import Event, OwnerSaid


class Engine:
    """Decides what an event means for a conversation. Holds no state of its own."""

    def __init__(self, library: Library, catalog: Catalog) -> None:
        self._library = library
        self._catalog = catalog
        self._takers = catalog.takers

    def decide(self, conversation: Conversation, event: Event, now: datetime) -> Decision:
        """The state and effects that follow from an event at `now`; `conversation` is left as it was."""
        turn = Turn(self._library, self._takers, conversation.fork(), event, now)
        before = self._catalog.position(turn)
        if isinstance(event, OwnerSaid):
            hear(self._catalog, turn, event.heard)
        else:
            for flow in self._catalog.flows:
                react = flow.reacts.get(event.kind)
                if react is not None:
                    react(turn, event)
        self._show(turn, before.key)
        return Decision(turn.state, tuple(turn.effects))

    def _show(self, turn: Turn, before: str) -> None:
        state = turn.state
        if turn.shown or turn.still or state.speaker is Speaker.PERSON:
            return
        now_at = self._catalog.position(turn)
        heard_owner = isinstance(turn.event, OwnerSaid)
        if state.paused and state.submission is None and not heard_owner:
            return  # a draft rests until its owner comes back; news from a lender never waits
        if heard_owner or turn.again or now_at.key != before:
            now_at.step.show(turn, now_at.arg)
            if not turn.shown and turn.echo:
                turn.say("\n".join(turn.echo))
                turn.echo.clear()
