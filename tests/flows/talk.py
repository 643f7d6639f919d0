"""Conversations as transcripts: an owner talks to the pure engine, with no channel, database or network."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Self

from flows import catalog
from flows.application import shapes
from flows.application.fields import FIELDS
from flows.application.values import Application, Candidate, Feature
from flows.conversation import Conversation
from flows.effects import Effect, SetTimer, Speak, StartPull, Submit
from flows.engine.hearing import match_choice
from flows.engine.library import Library
from flows.engine.run import Engine
from flows.events import Event, OwnerSaid, PullFailed, PullFinished, TimerFired
from flows.messages import Attachment, Choice, Heard, Say
from flows.ports import Evidence

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class Talk:
    """One owner and the assistant. Every step goes through `Engine.decide` and a save and load of the state."""

    def __init__(self, library: Library, lang: str = "en") -> None:
        self.engine = Engine(library, catalog.load())
        self.now = NOON
        self.effects: list[Effect] = []
        self.said: list[Say] = []
        self._messages = 0
        self.state = Conversation(
            id="c1",
            channel="test",
            address="1",
            lang=lang,
            started_at=NOON,
            application=Application(id="LA-TEST-1", started_at=NOON),
        )

    # What the owner does

    def start(self, payload: str = "") -> Self:
        return self.happens(OwnerSaid(heard=Heard(kind="start", text=payload, language_hint=self.state.lang)))

    def types(self, text: str) -> Self:
        self._messages += 1
        return self.happens(OwnerSaid(heard=Heard(kind="text", text=text, message_id=str(self._messages))))

    def edits(self, text: str, message_id: int | None = None) -> Self:
        number = str(message_id or self._messages)
        return self.happens(OwnerSaid(heard=Heard(kind="edited", text=text, message_id=number)))

    def taps(self, label: str) -> Self:
        live = self.state.live
        assert live is not None, f"no card is open to tap {label!r} on"
        choice = match_choice(live.choices, label)
        assert choice is not None, f"{label!r} is not on the card: {[each.label for each in live.choices]}"
        return self.presses(choice, live.revision)

    def presses(self, choice: Choice, revision: int) -> Self:
        data = f"{revision}:{choice.action}:{choice.arg}"
        return self.happens(OwnerSaid(heard=Heard(kind="choice", choice=data)))

    def shares(self, phone: str, *, own: bool = True) -> Self:
        return self.happens(OwnerSaid(heard=Heard(kind="contact", phone=phone, phone_is_own=own)))

    def sends_picture(self, caption: str) -> Self:
        self._messages += 1
        picture = Attachment(file_id="f1", media_type="image/jpeg", size=9)
        heard = Heard(kind="file", text=caption, files=(picture,), message_id=str(self._messages))
        return self.happens(OwnerSaid(heard=heard))

    # What else happens

    def happens(self, event: Event) -> Self:
        saved = Conversation.model_validate_json(self.state.model_dump_json())
        decision = self.engine.decide(saved, event, self.now)
        assert saved == self.state, "a turn must not change the state it was given"
        self.state = Conversation.model_validate_json(decision.conversation.model_dump_json())
        assert self.state == decision.conversation, "a state must be the same whether it was stored or kept in memory"
        self.effects = list(decision.effects)
        self.said = [effect.say for effect in decision.effects if isinstance(effect, Speak)]
        self.now += timedelta(seconds=5)
        return self

    def delivers(self, source: str, values: Mapping[str, object], features: tuple[Feature, ...] = ()) -> Self:
        """The pull from a source brings these values."""
        pull = self.state.pulls[source]
        candidates = tuple(
            Candidate(
                field=name,
                value=shapes.dump(FIELDS[name].kind, value),
                source=source,
                record="r1",
                consent_id=pull.consent_id,
                observed_at=self.now,
            )
            for name, value in values.items()
        )
        evidence = Evidence(
            source=source, consent_id=pull.consent_id, candidates=candidates, features=features, records=len(candidates)
        )
        return self.happens(PullFinished(attempt=pull.attempt, evidence=evidence))

    def fails(self, source: str, fact: str) -> Self:
        pull = self.state.pulls[source]
        return self.happens(
            PullFailed.model_validate(
                {"source": source, "consent_id": pull.consent_id, "attempt": pull.attempt, "fact": fact}
            )
        )

    def time_passes(self, name: str) -> Self:
        """The timer that the last turns set for `name` comes due."""
        self.now += timedelta(minutes=1)
        timer, _, arg = name.partition(":")
        return self.happens(TimerFired(name=timer, arg=arg))

    # What there is to see

    @property
    def heard(self) -> str:
        """All that was said in the last turn, as text."""
        return "\n".join(text_of(say) for say in self.said)

    @property
    def step(self) -> str:
        """The step of the card that counts now."""
        return self.state.live.step if self.state.live is not None else ""

    def value(self, field: str) -> object:
        """The canonical value of a field, or None."""
        candidate = self.state.application.chosen(field)
        return None if candidate is None else candidate.value

    @property
    def pulls(self) -> list[str]:
        """Sources that the last turn started to fetch from."""
        return [effect.consent.source for effect in self.effects if isinstance(effect, StartPull)]

    def submits(self) -> Submit | None:
        """The hand-over that the last turn asked for."""
        return next((effect for effect in self.effects if isinstance(effect, Submit)), None)

    @property
    def timers(self) -> list[str]:
        """Timers the last turn set."""
        return [f"{effect.name}:{effect.arg}" for effect in self.effects if isinstance(effect, SetTimer)]


def text_of(say: Say) -> str:
    """A message as one text, with its buttons."""
    facts = "\n".join(f"{fact.label}: {fact.value} {fact.note}".strip() for fact in say.facts)
    buttons = " ".join(f"[{choice.label}]" for choice in say.choices)
    return "\n".join(part for part in (say.title, say.text, facts, say.note, buttons) if part)
