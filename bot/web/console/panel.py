"""The context panel: what is known of an application, from where, since when, and who confirmed it."""

from dataclasses import dataclass
from datetime import datetime

from bot.web.console.lines import shown
from flows.application.codes import CFPB_DENIAL_REASONS
from flows.application.display import show_money, show_percent
from flows.application.fields import FIELDS, Group
from flows.application.money import Money
from flows.application.values import DOCUMENT, origin
from flows.consent import Consent
from flows.conversation import Conversation, Pull, Submission
from flows.desk import proposable
from flows.engine.library import Library


@dataclass(frozen=True)
class Version:
    """A value that a field has or had."""

    value: str
    source: str
    at: datetime
    confirmed_at: datetime | None
    chosen: bool
    record: str


@dataclass(frozen=True)
class Field:
    """A field of the application with all its values, the chosen one first."""

    name: str
    label: str
    required: bool
    sensitive: bool
    proposable: bool
    versions: tuple[Version, ...]

    @property
    def now(self) -> Version | None:
        """The value that counts."""
        return next((version for version in self.versions if version.chosen), None)


@dataclass(frozen=True)
class Section:
    """A group of fields."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class SourceState:
    """A consent, and how fetching under it went."""

    title: str
    consent: Consent
    state: str
    pull: Pull | None
    may_retry: bool


@dataclass(frozen=True)
class Panel:
    """Everything beside the thread.

    `clocks` are the times that are watched, soonest first; `beside` is the same application at other lenders, with
    where it stands there.
    """

    done: int
    needed: int
    sections: tuple[Section, ...]
    sources: tuple[SourceState, ...]
    submission: Submission | None
    lender: str
    past: tuple[Submission, ...]
    offers: tuple[tuple[str, ...], ...]
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    clocks: tuple[tuple[str, datetime], ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


def of(conversation: Conversation, library: Library, lang: str, now: datetime) -> Panel:
    """The panel of a conversation at a time."""
    application = conversation.application
    facing = [spec for spec in FIELDS.values() if spec.applicant_facing]
    submission = conversation.submission
    return Panel(
        done=sum(application.has(spec.name) for spec in facing),
        needed=len(facing),
        sections=tuple(section for group in Group if (section := _section(conversation, library, lang, group)).fields),
        sources=tuple(_source(each, conversation, library, lang, now) for each in conversation.consents.values()),
        submission=submission,
        lender="" if submission is None else lender_name(library, lang, submission.lender),
        past=conversation.past,
        offers=() if submission is None else tuple(_offer(submission, library, lang)),
        reasons=() if submission is None else tuple(_reasons(submission, library, lang)),
        missing=() if submission is None else submission.missing,
        clocks=() if submission is None else tuple(sorted(submission.clocks.items(), key=lambda each: each[1])),
        beside=tuple((lender_name(library, lang, each.lender), each.status.value) for each in conversation.beside),
    )


def source_name(library: Library, lang: str, source: str) -> str:
    """A source's name for staff; the owner, the system, staff and papers are sources too."""
    if origin(source) == DOCUMENT:
        kind = source.partition(":")[2]
        return library.texts.get(lang, f"paper.kind.{kind}" if kind else "console.source.document")
    if source in library.sources:
        return library.sources[source].title[lang]
    key = f"console.source.{source}"
    return library.texts.get(lang, key) if library.texts.has(lang, key) else source


def lender_name(library: Library, lang: str, lender: str) -> str:
    """A lender's name; the id when no product sheet names it any more."""
    return next((each.lender.name[lang] for each in library.products if each.lender.id == lender), lender)


def _section(conversation: Conversation, library: Library, lang: str, group: Group) -> Section:
    found: list[Field] = []
    for spec in FIELDS.values():
        if spec.group is not group:
            continue
        value = conversation.application.values.get(spec.name)
        candidates = () if value is None else value.candidates
        versions = [
            Version(
                value=shown(library.texts, lang, spec.name, candidate),
                source=source_name(library, lang, candidate.source),
                at=candidate.observed_at,
                confirmed_at=candidate.confirmed_at,
                chosen=value is not None and value.chosen == index,
                record=candidate.record,
            )
            for index, candidate in enumerate(candidates)
        ]
        if versions or spec.applicant_facing:
            found.append(
                Field(
                    name=spec.name,
                    label=library.texts.get(lang, f"field.{spec.name}.label"),
                    required=spec.required,
                    sensitive=spec.sensitive or spec.name == "disbursement_account",
                    proposable=proposable(spec.name) and conversation.application.signed_at is None,
                    versions=tuple(sorted(versions, key=lambda each: not each.chosen)),
                )
            )
    return Section(library.texts.get(lang, f"group.{group.value}"), tuple(found))


def _source(consent: Consent, conversation: Conversation, library: Library, lang: str, now: datetime) -> SourceState:
    pull = conversation.pulls.get(consent.source)
    pull = pull if pull is not None and pull.consent_id == consent.id else None
    allowed = consent.allows(consent.source, now)
    state = "used" if consent.state.value == "active" and not allowed else consent.state.value
    may_retry = allowed and pull is not None and pull.state.value == "failed"
    return SourceState(source_name(library, lang, consent.source), consent, state, pull, may_retry)


def _offer(submission: Submission, library: Library, lang: str) -> list[tuple[str, ...]]:
    texts = library.texts
    return [
        (
            offer.offer_id,
            show_money(texts, lang, offer.principal),
            texts.get(lang, "value.months", count=offer.term_months),
            show_percent(offer.apr),
            show_money(texts, lang, Money(amount=offer.total_cost, currency=offer.currency)),
            "✓" if submission.accepted == offer.offer_id else "",
        )
        for offer in submission.offers
    ]


def _reasons(submission: Submission, library: Library, lang: str) -> list[str]:
    return [
        library.texts.get(lang, f"reason.{reason.code}")
        if reason.code in CFPB_DENIAL_REASONS
        else library.texts.get(lang, "reason.unknown", code=reason.code)
        for reason in submission.reasons
    ]
