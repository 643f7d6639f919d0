"""Plays labelled conversations against the pure engine: what is said, and what must be known after each turn.

A transcript is written once for both languages. It begins at a stage, which is itself a list of turns in the
file `stages.yaml`; records that a source would bring are part of the turns, so nothing is called.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from bot.evaluation.kit import LANGUAGES, checked
from bot.evaluation.tally import Tally
from flows import catalog
from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.application.values import Application, Candidate
from flows.conversation import Conversation
from flows.effects import CallPerson, Effect
from flows.engine.library import Library
from flows.engine.run import Engine
from flows.events import Event, OwnerSaid, PullFinished
from flows.events.staff import HandedBack, StaffSaid, StaffTook
from flows.messages import Heard
from flows.ports import Evidence

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
Local = JsonValue | dict[str, JsonValue]
_UNCHECKED = {"purpose_description", "currency", "credit_product", "repayment_method", "repayment_source"}


class Expected(BaseModel):
    """What must hold after a turn. A value is written once, or by language.

    `fields` are all values that this turn may bring or change; `step` is the card that counts; `called` the reason
    why a person was called ("" for nobody); `proposed` what waits for the owner's word; `silent` that nothing was said.
    """

    model_config = ConfigDict(extra="forbid")

    fields: dict[str, JsonValue] = Field(default_factory=dict)
    step: str | None = None
    called: str | None = None
    proposed: dict[str, JsonValue] | None = None
    answered: bool | None = None
    signed: bool = False
    silent: bool = False


class Turn(Expected):
    """One thing that happens, and what must hold after it."""

    say: dict[str, str] | str | None = None
    edit: dict[str, str] | str | None = None
    tap: str | None = Field(default=None, description="action, or action:arg, of a button of the card or a notice")
    start: str | None = None
    share: dict[str, str] | None = Field(default=None, description="the owner's own phone number, by language")
    delivers: dict[str, JsonValue] | None = Field(default=None, description="source and values, by language")
    staff: str | None = Field(default=None, description="took, hands back, or what staff write")


class Transcript(BaseModel):
    """A conversation from a stage on."""

    model_config = ConfigDict(extra="forbid")

    name: str
    stage: str = "new"
    langs: tuple[str, ...] = LANGUAGES
    kind: str
    turns: tuple[Turn, ...]


_TRANSCRIPTS = TypeAdapter(list[Transcript])
_STAGES = TypeAdapter(dict[str, list[Turn]])


def load(folder: Path) -> list[Transcript]:
    """Every transcript of a folder of labelled data. Raises WrongDeclaration."""
    files = sorted((folder / "transcripts").glob("*.yaml"))
    return [each for path in files if path.stem != "stages" for each in checked(_TRANSCRIPTS, path)]


def stages(folder: Path) -> Mapping[str, list[Turn]]:
    """The turns that lead to each stage. Raises WrongDeclaration."""
    return checked(_STAGES, folder / "transcripts" / "stages.yaml")


class Player:
    """Plays transcripts. `library` is what the turns look up."""

    def __init__(self, library: Library, stages: Mapping[str, list[Turn]]) -> None:
        self._library = library
        self._engine = Engine(library, catalog.load())
        self._stages = stages
        self._reached: dict[tuple[str, str], Conversation] = {}

    def play(self, transcript: Transcript, lang: str, tally: Tally) -> None:
        """Play one transcript in one language and count its turns."""
        talk = _Talk(self._engine, self._stage(transcript.stage, lang), lang)
        for number, turn in enumerate(transcript.turns, 1):
            talk.does(turn)
            found = list(_faults(talk, turn, lang))
            if not found:
                tally.right += 1
                continue
            tally.faults.append(f"{transcript.name} ({lang}), turn {number} {_words(turn, lang)!r}: {'; '.join(found)}")
            if any(each.startswith("took") for each in found):
                tally.wrong_accepted += 1
            elif any(each.startswith("called") for each in found):
                tally.handed_over += 1
            else:
                tally.asked_again += 1

    def _stage(self, name: str, lang: str) -> Conversation:
        known = self._reached.get((name, lang))
        if known is None:
            talk = _Talk(self._engine, _nobody(lang), lang)
            for turn in self._stages[name]:
                talk.does(turn)
            known = self._reached[name, lang] = talk.state
        return known


class _Talk:
    """One owner and the engine."""

    def __init__(self, engine: Engine, state: Conversation, lang: str) -> None:
        self._engine = engine
        self.state = state
        self.lang = lang
        self.before = state
        self.effects: tuple[Effect, ...] = ()
        self._now = NOON + timedelta(seconds=10 * state.revision)
        self._messages = 1000 * state.revision

    def does(self, turn: Turn) -> None:
        """Let a turn happen."""
        self.before = self.state
        decision = self._engine.decide(self.state, self._event(turn), self._now)
        self.state, self.effects = decision.conversation, decision.effects
        self._now += timedelta(seconds=10)

    def _event(self, turn: Turn) -> Event:
        if turn.delivers is not None:
            return self._evidence(str(turn.delivers["source"]), turn.delivers["values"])
        if turn.staff == "took":
            return StaffTook(staff="s1", first_name="Mina")
        if turn.staff == "hands back":
            return HandedBack(staff="s1")
        if turn.staff is not None:
            return StaffSaid(staff="s1", first_name="Mina", text=turn.staff)
        return OwnerSaid(heard=self._heard(turn))

    def _heard(self, turn: Turn) -> Heard:
        if turn.start is not None:
            return Heard(kind="start", text=turn.start, language_hint=self.lang)
        if turn.share is not None:
            return Heard(kind="contact", phone=turn.share[self.lang], phone_is_own=True)
        if turn.tap is not None:
            return Heard(kind="choice", choice=self._button(turn.tap))
        if turn.edit is not None:
            return Heard(kind="edited", text=_local(turn.edit, self.lang), message_id=str(self._messages))
        self._messages += 1
        return Heard(kind="text", text=_local(turn.say, self.lang), message_id=str(self._messages))

    def _button(self, wanted: str) -> str:
        live = self.state.live
        on_card = () if live is None else live.choices
        for choice in (*self.state.notice, *on_card):
            if wanted in {choice.action, f"{choice.action}:{choice.arg}"}:
                revision = 0 if choice in self.state.notice or live is None else live.revision
                return f"{revision}:{choice.action}:{choice.arg}"
        return f"0:{wanted}:"

    def _evidence(self, source: str, values: JsonValue) -> PullFinished:
        pull = self.state.pulls[source]
        local = values[self.lang] if isinstance(values, dict) and self.lang in values else values
        found = tuple(
            Candidate(
                field=name,
                value=value,
                source=source,
                record="r1",
                consent_id=pull.consent_id,
                observed_at=self._now,
            )
            for name, value in (local.items() if isinstance(local, dict) else ())
        )
        evidence = Evidence(source=source, consent_id=pull.consent_id, candidates=found, records=len(found))
        return PullFinished(attempt=pull.attempt, evidence=evidence)


def _nobody(lang: str) -> Conversation:
    application = Application(id="LA-EVALUATION-1", started_at=NOON)
    return Conversation(id="c1", channel="test", address="1", lang=lang, started_at=NOON, application=application)


def _faults(talk: _Talk, turn: Turn, lang: str) -> Iterator[str]:
    wanted = {name: _in(value, lang) for name, value in turn.fields.items()}
    yield from _values(talk, wanted, by_owner=turn.delivers is None)
    step = talk.state.live.step if talk.state.live is not None else ""
    if turn.step is not None and step != turn.step:
        yield f"at {step}"
    called = next((effect.reason for effect in talk.effects if isinstance(effect, CallPerson)), "")
    if called != (turn.called or ""):
        yield f"called {called or 'nobody'}"
    if turn.proposed is not None:
        values = talk.state.proposal.values if talk.state.proposal is not None else {}
        want = {name: _in(value, lang) for name, value in turn.proposed.items()}
        if set(values) != set(want) or any(not _same(values[name], value, name) for name, value in want.items()):
            yield f"proposed {values}"
    if turn.silent and any(effect.kind == "speak" for effect in talk.effects):
        yield "spoke"
    if turn.answered is not None and turn.answered != any(
        effect.kind == "speak" and bool(effect.say.note) and not effect.say.slot for effect in talk.effects
    ):
        yield "answered" if not turn.answered else "did not answer"
    if (talk.state.application.signed_at is not None) != turn.signed:
        yield "took a signature" if not turn.signed else "did not sign"


def _values(talk: _Talk, wanted: Mapping[str, JsonValue], *, by_owner: bool) -> Iterator[str]:
    names = talk.state.application.values.keys() | talk.before.application.values.keys()
    for name in sorted(names):
        now, before = talk.state.application.chosen(name), talk.before.application.chosen(name)
        changed = (now.value if now else None) != (before.value if before else None)
        mine = now is None or now.source == "owner"
        if changed and by_owner and mine and name not in wanted and name not in _UNCHECKED:
            yield f"took {name} = {now.value if now else None}"
    for name, value in wanted.items():
        now, before = talk.state.application.chosen(name), talk.before.application.chosen(name)
        if (now is None and value is not None) or (
            now is not None and before == now and not _same(now.value, value, name)
        ):
            yield f"no new {name}"
        elif now is not None and not _same(now.value, value, name):
            yield f"took {name} = {now.value}"


def _same(got: JsonValue, wanted: JsonValue, field: str) -> bool:
    if FIELDS[field].kind is Kind.MONEY and isinstance(got, dict):
        try:
            return Decimal(str(got["amount"])) == Decimal(str(wanted))
        except InvalidOperation:
            return False
    if isinstance(got, dict) and not isinstance(wanted, dict):
        return wanted in {got.get("answer"), got.get("text")}
    return got == wanted


def _in(value: JsonValue, lang: str) -> JsonValue:
    return value[lang] if isinstance(value, dict) and set(value) == set(LANGUAGES) else value


def _local(text: dict[str, str] | str | None, lang: str) -> str:
    return text[lang] if isinstance(text, dict) else text or ""


def _words(turn: Turn, lang: str) -> str:
    return _local(turn.say or turn.edit, lang) or turn.tap or ""
