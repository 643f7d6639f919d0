"""One turn: the copy of the state a flow may change, and the effects it collects.

Nothing here sends or stores; the turn's outcome is committed by the one door.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from pydantic import JsonValue

from flows.conversation import Conversation, LiveCard
from flows.effects import CallPerson, CancelTimer, Effect, Note, SetTimer, Speak
from flows.engine.briefing import brief
from flows.engine.library import Library
from flows.events import Event, OwnerSaid
from flows.messages import Choice, Fact, Say, Tone

CARD = "card"
# How long an owner waits for a person: for the first one to come, and for an answer of the one who is there.
PICKUP, PICKUP_TIME = "pickup", timedelta(minutes=5)
REPLY, REPLY_TIME = "reply", timedelta(minutes=10)

Taker = Callable[["Turn", JsonValue], bool]


class Turn:
    """What a flow works with during one event.

    `echo` collects lines that say back what was understood; they head the next card. `moved` says that
    the owner got on, `still` that nothing more is to be shown, `again` that the card is to be shown anew,
    `resumes` that the owner comes back from a pause.
    `press_next` is a button that the owner agreed to have pressed: it is pressed before the turn ends.
    """

    def __init__(
        self, library: Library, takers: Mapping[str, Taker], state: Conversation, event: Event, now: datetime
    ) -> None:
        self.library = library
        self.takers = takers
        self.state = state
        self.event = event
        self.now = now
        self.effects: list[Effect] = []
        self.echo: list[str] = []
        self.moved = False
        self.shown = False
        self.still = False
        self.again = False
        self.press_next = ""
        self.resumes = False
        self.message_id = event.heard.message_id if isinstance(event, OwnerSaid) else ""

    @property
    def today(self) -> date:
        """The date of this turn, UTC."""
        return self.now.date()

    @property
    def tapped(self) -> bool:
        """Whether this turn answers a button."""
        return isinstance(self.event, OwnerSaid) and self.event.heard.kind == "choice"

    def t(self, key: str, /, **params: object) -> str:
        """A text in the owner's language."""
        return self.library.texts.get(self.state.lang, key, **params)

    def button(self, key: str, action: str, arg: str = "", tone: Tone = Tone.PLAIN) -> Choice:
        """A button whose label is a text key."""
        return Choice(label=self.t(key), action=action, arg=arg, tone=tone)

    # What is said

    def say(self, text: str, *, title: str = "", facts: tuple[Fact, ...] = (), note: str = "") -> None:
        """Tell the owner something that asks for nothing."""
        self.effects.append(Speak(say=Say(title=title, text=text, facts=facts, note=note)))

    def tell(self, key: str, /, **params: object) -> None:
        """`say` a text key."""
        self.say(self.t(key, **params))

    def notice(self, say: Say) -> None:
        """Say something with buttons that work at any time, or that keeps a slot up to date."""
        self.effects.append(Speak(say=say))
        if say.choices:
            self.state.notice = say.choices

    def card(
        self,
        step: str,
        *,
        text: str,
        title: str = "",
        facts: tuple[Fact, ...] = (),
        note: str = "",
        rows: tuple[tuple[Choice, ...], ...] = (),
        private: bool = False,
        waiting: bool = False,
        update: bool = False,
    ) -> None:
        """Show the card of a step; from now on only its buttons count.

        It takes the place of the card that was tapped or that only waited, unless something was said in
        between; `update` rewrites the same card in any case.
        """
        if self.state.went_back and (self.state.at or "").startswith(f"{step}:"):
            rows = (*rows, (self.button("button.onward", "onward"),))
        rows = tuple(row for row in rows if row)
        self.state.revision += 1
        preface = "\n".join(self.echo)
        self.echo.clear()
        say = Say(
            title=title,
            text=f"{preface}\n\n{text}" if preface else text,
            facts=facts,
            note=note,
            rows=rows,
            slot=CARD,
            replace=update or self._takes_its_place(),
            revision=self.state.revision,
            private=private,
        )
        self.state.live = LiveCard(step=step, revision=self.state.revision, choices=say.choices, waiting=waiting)
        self.state.notice = ()
        self.effects.append(Speak(say=say))
        self.shown = True

    def _takes_its_place(self) -> bool:
        if any(isinstance(effect, Speak) for effect in self.effects):
            return False
        waited = self.state.live is not None and self.state.live.waiting
        return self.tapped or (waited and not isinstance(self.event, OwnerSaid))

    # What is to be done

    def do(self, effect: Effect) -> None:
        """Ask for an effect."""
        self.effects.append(effect)

    def wake(self, name: str, arg: str, after: timedelta) -> None:
        """Set a timer of this conversation."""
        self.do(SetTimer(name=name, arg=arg, due_at=self.now + after))

    def let_sleep(self, name: str, arg: str = "") -> None:
        """Cancel a timer."""
        self.do(CancelTimer(name=name, arg=arg))

    def note(self, about: str, text: str) -> None:
        """Write a line for staff into the log."""
        self.do(Note(about=about, text=text))

    def call_person(self, reason: str, summary: str = "") -> None:
        """Ask staff to come. When nobody does, the owner is told so."""
        self.state.person_wanted = reason
        self.state.closed = False
        self.state.snoozed_until = None
        self.wake(PICKUP, "", PICKUP_TIME)
        words = self.event.heard.text if isinstance(self.event, OwnerSaid) else ""
        briefing = brief(self.library, self.state, reason, summary, words)
        self.do(CallPerson(reason=reason, summary=summary or briefing.step, briefing=briefing))

    def moves(self) -> None:
        """Say that the owner got on: the trouble is over, a step gone back to is left."""
        self.moved = True
        self.calm()
        self.state.at = None
        self.state.went_back = False

    def goes_to(self, step: str, arg: str = "") -> None:
        """Go to a step on purpose, whatever is pending."""
        self.moved = True
        self.calm()
        self.state.at = f"{step}:{arg}"
        self.state.went_back = False

    def calm(self) -> None:
        """Say that the trouble is over: an answer was taken."""
        self.state.trouble = 0
        self.state.tried = ()
