"""Errands: what the outside answers becomes an event; access is kept sealed, dropped when refused, and ended."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.workers import errands
from bot.workers.approvals import Approvals
from bot.workers.errands import Errands
from flows.application import prefill
from flows.application.values import Application, said
from flows.consent import Consent, ConsentState
from flows.effects import AskModel, ForgetGrant, StartPull, Submit
from flows.errors import LendlineError, ScoringRejected, ScoringUnavailable, SourceRefused, SourceUnavailable
from flows.events import Arrival, Decided, ModelAnswered, PullFailed, PullFinished, PullStarted, SubmissionFailed
from flows.ports import (
    Command,
    DecisionRequest,
    Evidence,
    Grant,
    LanguageModel,
    ReadRequest,
    Scoring,
    ScoringDecision,
    Source,
    Subject,
    Understood,
)
from integrations.database.engine import Database
from integrations.database.queries import vault
from integrations.database.sealing import Sealer
from integrations.llm.scripted import ScriptedModel
from integrations.sources.declared import manifests
from tests import databases
from tests.bot.parts import KEY, START

CONSENT = Consent(
    id="c-1",
    source="bank",
    kinds=("accounts",),
    purpose="loan_application",
    recipients=("harbour",),
    state=ConsentState.ACTIVE,
    asked_at=START,
    valid_until=START + timedelta(days=1),
    data_from=START,
    data_to=START,
    keep_days=90,
)
PULL = StartPull(consent=CONSENT, subject=Subject(registration_number="09446231", country="GB"), attempt=2)


class Bank:
    """A source that answers as it is told to."""

    manifest = next(each for each in manifests() if each.name == "bank")

    def __init__(self) -> None:
        self.error: LendlineError | None = None
        self.connected = 0
        self.forgotten: list[str] = []

    async def connect(self, consent: Consent, subject: Subject) -> Grant:
        del consent, subject
        self.connected += 1
        return Grant(token="planted-token")

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        del subject, as_of
        assert grant.token == "planted-token"
        if self.error is not None:
            raise self.error
        return Evidence(source="bank", consent_id=consent.id, candidates=(), records=3)

    async def forget(self, consent: Consent, grant: Grant) -> None:
        del consent
        self.forgotten.append(grant.token)


class WornOut(Bank):
    """A source whose access wears out between two pulls."""

    renewed = 0

    async def renew(self, consent: Consent, grant: Grant) -> Grant:
        del consent
        assert grant.token == "planted-token"
        self.renewed += 1
        return Grant(token="planted-token", expires_at=START)


class Forgetful(Bank):
    """A source that knows no access but what it gave itself."""

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        if not self.connected:
            raise SourceRefused("bank", "unknown token")
        return await super().pull(consent, subject, grant, as_of)


class Desk:
    """A scoring service that fails as often as it is told to."""

    def __init__(self, *errors: LendlineError) -> None:
        self.errors = list(errors)
        self.keys: list[str] = []

    async def decide(self, request: DecisionRequest, idempotency_key: str) -> ScoringDecision | None:
        assert request.requested.purpose == ("working_capital",)
        self.keys.append(idempotency_key)
        if self.errors:
            raise self.errors.pop(0)
        return ScoringDecision(decision_id="d-1", decision="refer")


class Office:
    """The errands with a real database, and what they told the door."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self.database, self.bank, self.desk = database, Bank(), desk
        self.told: list[Arrival] = []
        self.model: LanguageModel | None = None
        sealer = Sealer([KEY])
        self.errands = Errands(
            database=database,
            sealer=sealer,
            source=self._source,
            approvals=Approvals(database, sealer, self._source, lambda: START),
            scoring=self._scoring,
            model=self._model,
            tell=self._tell,
            clock=lambda: START,
        )

    async def _source(self, name: str) -> Source:
        assert name == "bank"
        return self.bank

    async def _scoring(self) -> Scoring:
        return self.desk

    async def _model(self) -> LanguageModel | None:
        return self.model

    async def _tell(self, arrival: Arrival) -> None:
        self.told.append(arrival)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    database = await Database.open(databases.url_for(tmp_path), upgrade=False)
    yield Office(database, Desk())
    await database.close()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errands, "SCORING_WAITS", (0.0, 0.0, 0.0))


async def test_access_is_asked_for_once_and_kept_sealed(office: Office) -> None:
    for key in ("k1", "k2"):
        arrival = await office.errands.pull(key, "c", PULL)
        assert isinstance(arrival.event, PullFinished)
    assert office.bank.connected == 1
    assert [type(each.event) for each in office.told] == [PullStarted, PullStarted]
    stored = await office.database.read(vault.find, "c-1")
    assert stored is not None
    assert b"planted-token" not in stored.token


async def test_access_that_wears_out_is_renewed_and_kept(office: Office) -> None:
    office.bank = worn = WornOut()
    for key in ("k1", "k2"):
        assert isinstance((await office.errands.pull(key, "c", PULL)).event, PullFinished)
    assert (worn.connected, worn.renewed) == (1, 1)
    stored = await office.database.read(vault.find, "c-1")
    assert stored is not None
    assert stored.expires_at == START


@pytest.mark.parametrize(
    ("error", "fact"),
    [
        (SourceRefused("bank", "consent expired"), "refused"),
        (SourceUnavailable("bank", "status 503"), "unavailable"),
        (LendlineError("something else"), "unreadable"),
    ],
)
async def test_what_a_source_answers_becomes_a_fact_without_its_text(
    office: Office, error: LendlineError, fact: str
) -> None:
    office.bank.error = error
    event = (await office.errands.pull("k", "c", PULL)).event
    assert isinstance(event, PullFailed)
    assert (event.fact, event.attempt) == (fact, 2)
    assert "503" not in event.detail
    kept = await office.database.read(vault.find, "c-1")
    assert (kept is None) is (fact == "refused")


async def test_an_access_that_broken_off_work_left_is_asked_for_once_more(office: Office) -> None:
    office.bank.error = SourceUnavailable("bank", "the process died")
    await office.errands.pull("k", "c", PULL)
    office.bank = Forgetful()
    assert isinstance((await office.errands.pull("k", "c", PULL)).event, PullFinished)
    assert office.bank.connected == 1


async def test_an_access_that_is_refused_at_a_refresh_has_ended(office: Office) -> None:
    await office.errands.pull("k", "c", PULL)
    office.bank = Forgetful()
    event = (await office.errands.pull("k2", "c", PULL.model_copy(update={"refresh": True}))).event
    assert isinstance(event, PullFailed)
    assert (event.fact, office.bank.connected) == ("refused", 0)


async def test_a_source_that_hangs_is_given_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errands, "PULL_LIMIT", timedelta(0))
    event = (await office.errands.pull("k", "c", PULL)).event
    assert isinstance(event, PullFailed)
    assert event.fact == "unavailable"


async def test_forgetting_ends_the_access_and_destroys_the_token(office: Office) -> None:
    await office.errands.pull("k", "c", PULL)
    await office.errands.forget("f", "c", ForgetGrant(consent=CONSENT))
    await office.errands.forget("f", "c", ForgetGrant(consent=CONSENT))
    assert office.bank.forgotten == ["planted-token"]
    assert await office.database.read(vault.find, "c-1") is None


def _signed() -> Submit:
    application = Application(id="LA-1-1", started_at=START)
    money = {"amount": "20000", "currency": "GBP"}
    for field, value in (
        ("amount_requested", money),
        ("loan_term_months", 12),
        ("credit_purpose", ["working_capital"]),
    ):
        application = prefill.add(application, said(field, value, START))
    return Submit(application=application, lender="harbour", attempt=2)


async def test_a_failing_service_is_tried_again_with_the_same_key(office: Office) -> None:
    office.desk.errors = [ScoringUnavailable("503"), ScoringUnavailable("503")]
    event = (await office.errands.submit("k", "c", _signed())).event
    assert isinstance(event, Decided)
    assert office.desk.keys == ["LA-1-1:2"] * 3


async def test_a_service_that_stays_away_is_reported_and_not_final(office: Office) -> None:
    office.desk.errors = [ScoringUnavailable("503")] * 9
    event = (await office.errands.submit("k", "c", _signed())).event
    assert isinstance(event, SubmissionFailed)
    assert not event.final
    assert len(office.desk.keys) == 3


async def test_a_refused_request_is_never_repeated(office: Office) -> None:
    office.desk.errors = [ScoringRejected(422, "purpose")]
    event = (await office.errands.submit("k", "c", _signed())).event
    assert isinstance(event, SubmissionFailed)
    assert event.final
    assert len(office.desk.keys) == 1


async def test_a_model_is_asked_and_its_failure_is_an_event(office: Office) -> None:
    job = AskModel(number=3, request=ReadRequest(text="hm", lang="en"))
    unset = await office.errands.consult("k", "c-1", job)
    office.model = ScriptedModel(understand=lambda _request: Understood(commands=(Command(do="human"),)))
    found = await office.errands.consult("k", "c-1", job)
    office.model = ScriptedModel()
    failed = await office.errands.consult("k", "c-1", job)
    assert unset.event == ModelAnswered(number=3, fact="none is set")
    assert found.event == ModelAnswered(number=3, found=Understood(commands=(Command(do="human"),)))
    assert failed.event == ModelAnswered(number=3, fact="scripted")
