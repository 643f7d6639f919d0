"""Asking for consent and starting pulls: shared by every flow that links a source."""

from datetime import UTC, datetime, timedelta

from flows.application.fields import FIELDS
from flows.application.values import DOCUMENT, origin
from flows.consent import Consent, ConsentState
from flows.conversation import Pull, PullState
from flows.effects import Erase, ForgetGrant, KeepFiles, StartPull
from flows.engine.turn import Turn
from flows.messages import Fact

PURPOSE = "loan_application"
VALID_FOR = timedelta(days=1)
PERIODIC_FOR = timedelta(days=90)
EVERY_DAYS = 7
KEEP_DAYS = 90
PATIENCE = timedelta(seconds=12)


def ask_consent(turn: Turn, source: str) -> Consent:
    """The consent for `source` that is asked for or active; a new pending one when there is none.

    A consent is used once for one application: what it names (kinds, window, recipients) never changes.
    """
    for consent in tuple(turn.state.consents.values()):
        if consent.source != source or consent.state not in {ConsentState.PENDING, ConsentState.ACTIVE}:
            continue
        if turn.now < consent.valid_until:
            return consent
        if consent.state is ConsentState.PENDING:  # nobody answered in time: what is allowed now is asked anew
            turn.state.consents[consent.id] = consent.model_copy(update={"state": ConsentState.EXPIRED})
    return new_consent(turn, source)


def ask_otherwise(turn: Turn, source: str) -> Consent:
    """The other way of fetching for a consent that is not answered yet: a change of terms is a new consent."""
    before = ask_consent(turn, source)
    if before.state is not ConsentState.PENDING:
        return before
    replaced = {"state": ConsentState.EXPIRED, "ended_at": turn.now, "reason": "other terms were asked for"}
    turn.state.consents[before.id] = before.model_copy(update=replaced)
    return new_consent(turn, source, every_days=0 if before.periodic else EVERY_DAYS)


def new_consent(turn: Turn, source: str, *, every_days: int = 0) -> Consent:
    """A new pending consent for `source`; of a source of files it names those that the owner lets it use."""
    manifest = turn.library.sources[source]
    number = len(turn.state.consents) + 1
    until = turn.now + (PERIODIC_FOR if every_days else VALID_FOR)
    consent = Consent(
        id=f"c-{turn.state.application.id.removeprefix('LA-')}-{number}",
        source=source,
        kinds=manifest.kinds,
        purpose=PURPOSE,
        recipients=recipients(turn),
        state=ConsentState.PENDING,
        asked_at=turn.now,
        valid_until=until,
        data_from=_months_before(turn.now, manifest.months),
        data_to=until if every_days else turn.now,
        keep_days=KEEP_DAYS,
        every_days=every_days,
        documents=used_files(turn, source),
    )
    turn.state.consents[consent.id] = consent
    return consent


def paper_consent(turn: Turn, kinds: tuple[str, ...], documents: tuple[str, ...], country: str) -> Consent:
    """The consent that lets the papers named be used; it counts once the owner taps (`allow_papers`).

    `country` (ISO 3166-1) is the market, which the papers themselves may tell before the owner has.
    """
    return Consent(
        id=f"c-{turn.state.application.id.removeprefix('LA-')}-{len(turn.state.consents) + 1}",
        source=DOCUMENT,
        kinds=kinds,
        purpose=PURPOSE,
        recipients=recipients_in(turn, country),
        state=ConsentState.PENDING,
        asked_at=turn.now,
        valid_until=turn.now + VALID_FOR,
        data_from=turn.now,
        data_to=turn.now,
        keep_days=KEEP_DAYS,
        documents=documents,
    )


def allow_papers(turn: Turn, consent: Consent) -> None:
    """Record that the owner lets papers be used: from now on they are kept as long as the consent says."""
    active = consent.model_copy(update={"state": ConsentState.ACTIVE, "answered_at": turn.now})
    turn.state.consents[active.id] = active
    turn.note("consent", f"{active.id} {active.source} active")
    turn.do(KeepFiles(consent=active))
    turn.wake("retention", active.id, timedelta(days=active.keep_days))


def used_files(turn: Turn, source: str) -> tuple[str, ...]:
    """Ids of the files the owner has allowed for a source, in the order sent."""
    files = turn.state.documents.values()
    return tuple(each.id for each in files if each.state == "used" and each.found and each.found.source == source)


def recipients(turn: Turn) -> tuple[str, ...]:
    """Ids of the lenders of the market: they alone may see what a consent brings."""
    subject = turn.state.subject
    return recipients_in(turn, subject.country) if subject is not None else ()


def recipients_in(turn: Turn, country: str) -> tuple[str, ...]:
    """Ids of the lenders of a market (ISO 3166-1)."""
    return tuple(sorted({sheet.lender.id for sheet in turn.library.products_in(country)}))


def lender_name(turn: Turn, lender: str) -> str:
    """The lender's name in the owner's language."""
    sheet = next((each for each in turn.library.products if each.lender.id == lender), None)
    return lender if sheet is None else sheet.lender.name[turn.state.lang]


def consent_facts(turn: Turn, consent: Consent) -> tuple[Fact, ...]:
    """What a consent says, line by line: what, from when, why, who, how long."""
    papers = consent.source == DOCUMENT
    names = (f"paper.kind.{kind}" if papers else f"kind.{kind}" for kind in dict.fromkeys(consent.kinds))
    kinds = turn.t("value.comma").join(turn.t(name) for name in names)
    when = turn.t("consent.as_sent" if papers else "consent.window_today")
    if (
        not papers and turn.library.sources[consent.source].months
    ):  # the very days of the consent, so that it says the same here and on its page
        first, last = consent.data_from.date().isoformat(), consent.data_to.date().isoformat()
        when = turn.t("consent.window", first=first, last=last)
    who = turn.t("value.comma").join(lender_name(turn, lender) for lender in consent.recipients)
    return (
        Fact(label=turn.t("consent.what"), value=turn.t("consent.kinds", kinds=kinds, when=when)),
        Fact(label=turn.t("consent.why"), value=turn.t(f"purpose.{consent.purpose}")),
        Fact(label=turn.t("consent.who"), value=who),
        Fact(label=turn.t("consent.long"), value=_how_long(turn, consent)),
    )


def _how_long(turn: Turn, consent: Consent) -> str:
    if consent.source == DOCUMENT:
        return turn.t("consent.kept", days=consent.keep_days)
    if not consent.periodic:
        return turn.t("consent.once", days=consent.keep_days)
    until = consent.valid_until.date().isoformat()
    return turn.t("consent.periodic", every=consent.every_days, until=until, days=consent.keep_days)


def begin_pull(turn: Turn, consent: Consent) -> None:
    """Record that the owner allows, and start fetching."""
    state = turn.state
    if state.subject is None:
        return
    active = consent.model_copy(update={"state": ConsentState.ACTIVE, "answered_at": turn.now})
    state.consents[consent.id] = active
    before = state.pulls.get(consent.source)
    attempt = before.attempt + 1 if before is not None else 1
    state.pulls[consent.source] = Pull(
        source=consent.source, consent_id=consent.id, attempt=attempt, state=PullState.WAITING, asked_at=turn.now
    )
    turn.note("consent", f"{consent.id} {consent.source} active")
    turn.do(StartPull(consent=active, subject=state.subject, attempt=attempt))
    if active.periodic:
        turn.wake("refresh", active.id, timedelta(days=active.every_days))
        turn.wake("consent_end", active.id, active.valid_until - turn.now)


def fetch_on(turn: Turn, consent: Consent, pull: Pull) -> None:
    """Fetch under a consent that was given already, now that the owner has approved it at the source too."""
    if turn.state.subject is None:
        return
    attempt = pull.attempt + 1
    turn.state.pulls[consent.source] = pull.model_copy(
        update={"attempt": attempt, "state": PullState.WAITING, "asked_at": turn.now, "fact": ""}
    )
    turn.do(StartPull(consent=consent, subject=turn.state.subject, attempt=attempt))
    turn.wake("patience", consent.source, PATIENCE)


def pull_again(turn: Turn, consent: Consent) -> None:
    """Fetch once more under a periodic consent, without a word until something has changed."""
    state = turn.state
    before = state.pulls.get(consent.source)
    if state.subject is None or before is None or before.consent_id != consent.id:
        return
    attempt = before.attempt + 1
    state.pulls[consent.source] = before.model_copy(update={"attempt": attempt, "asked_at": turn.now, "quiet": True})
    turn.do(StartPull(consent=consent, subject=state.subject, attempt=attempt, refresh=True))


def end_access(turn: Turn, consent: Consent, how: ConsentState, reason: str) -> None:
    """Stop fetching: the access ends at the source too, what it brought is kept as long as was agreed."""
    after = consent.model_copy(update={"state": how, "ended_at": turn.now, "reason": reason})
    turn.state.consents[consent.id] = after
    turn.note("consent", f"{consent.id} {consent.source} {how.value}")
    turn.let_sleep("refresh", consent.id)
    turn.let_sleep("consent_end", consent.id)
    turn.do(ForgetGrant(consent=after))


def allow(turn: Turn, source: str) -> None:
    """Take the owner's yes for a source: fetch from it, and do not wait for ever."""
    begin_pull(turn, ask_consent(turn, source))
    turn.wake("patience", source, PATIENCE)


def source_title(turn: Turn, source: str) -> str:
    """A source's name in the owner's language; of a paper the name of its kind."""
    if origin(source) == DOCUMENT:
        kind = source.partition(":")[2]
        return turn.t(f"paper.kind.{kind}") if kind else turn.t("paper.source")
    return turn.library.sources[source].title[turn.state.lang]


def refuse(turn: Turn, consent_id: str, how: ConsentState, reason: str = "") -> Consent:
    """Record that a consent was rejected, revoked or has expired; the access ends at the source too."""
    before = turn.state.consents[consent_id]
    after = before.model_copy(update={"state": how, "ended_at": turn.now, "reason": reason})
    turn.state.consents[consent_id] = after
    turn.note("consent", f"{consent_id} {before.source} {how.value}")
    if before.answered_at is not None:
        if before.periodic:
            turn.let_sleep("refresh", consent_id)
            turn.let_sleep("consent_end", consent_id)
        turn.do(ForgetGrant(consent=after))
        turn.do(Erase(consent_id=consent_id))
    return after


def fills(turn: Turn, source: str) -> tuple[str, ...]:
    """Applicant-facing fields still without a value that `source` can fill."""
    application = turn.state.application
    fields = turn.library.sources[source].fields
    return tuple(name for name in fields if FIELDS[name].applicant_facing and not application.has(name))


def _months_before(moment: datetime, months: int) -> datetime:
    index = moment.year * 12 + moment.month - 1 - months
    return datetime(index // 12, index % 12 + 1, 1, tzinfo=UTC) if months else moment
