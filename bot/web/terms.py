"""What a consent says, in the owner's words: pure reading of the record and the texts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.application.display import mask
from flows.consent import Consent, ConsentState
from flows.conversation import Conversation
from flows.engine.library import Library

PROMISES = ("end", "free", "never")
OPEN_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """One line: what it is about, and what is agreed."""

    label: str
    value: str


@dataclass(frozen=True)
class View:
    """All words of the page of one consent."""

    kicker: str
    title: str
    lead: str
    terms: tuple[Term, ...]
    promises: tuple[str, ...]
    question: str
    allow: str
    refuse: str
    valid: str


@dataclass(frozen=True)
class Outcome:
    """What became of a consent that is no longer open."""

    title: str
    text: str
    allowed: bool
    back: str


def view(library: Library, conversation: Conversation, consent: Consent) -> View:
    """The words of a consent's page."""
    lang, get = conversation.lang, library.texts.get
    title = source_title(library, lang, consent.source)
    comma = get(lang, "value.comma")
    who = comma.join(_lender(library, lang, lender) for lender in consent.recipients)
    lines = {
        "page.terms.shop": _shop(conversation),
        "page.terms.what": comma.join(get(lang, f"kind.{kind}") for kind in consent.kinds),
        "page.terms.why": get(lang, f"purpose.{consent.purpose}"),
        "page.terms.period": _period(library, lang, consent),
        "page.terms.who": get(lang, "page.terms.who_text", lenders=who),
        "page.terms.kept": get(lang, "page.terms.kept_text", days=consent.keep_days),
    }
    return View(
        kicker=get(lang, "page.kicker"),
        title=title,
        lead=get(lang, f"source.{consent.source}.why"),
        terms=tuple(Term(get(lang, key), value) for key, value in lines.items() if value),
        promises=(_how_often(library, lang, consent), *(get(lang, f"page.promise.{each}") for each in PROMISES)),
        question=get(lang, "page.question"),
        allow=get(lang, "connect.allow"),
        refuse=get(lang, "connect.refuse"),
        valid=get(lang, "page.valid", date=_date(library, lang, min(consent.valid_until, consent.asked_at + OPEN_FOR))),
    )


def _how_often(library: Library, lang: str, consent: Consent) -> str:
    if not consent.periodic:
        return library.texts.get(lang, "page.promise.once")
    until = _date(library, lang, consent.valid_until)
    return library.texts.get(lang, "page.promise.again", days=consent.every_days, date=until)


def outcome(library: Library, lang: str, consent: Consent, now: datetime) -> Outcome | None:
    """What was answered, or that it is too late; None while the answer is open."""
    state = consent.state
    if state is ConsentState.PENDING:
        if now < consent.valid_until:
            return None
        state = ConsentState.EXPIRED
    at = consent.ended_at or consent.answered_at or consent.valid_until
    return Outcome(
        title=library.texts.get(lang, f"page.outcome.{state.value}.title"),
        text=library.texts.get(lang, f"page.outcome.{state.value}.text", date=_date(library, lang, at)),
        allowed=state is ConsentState.ACTIVE,
        back=library.texts.get(lang, "chat.back"),
    )


def source_title(library: Library, lang: str, source: str) -> str:
    """The name of a source."""
    return library.sources[source].title[lang]


def _shop(conversation: Conversation) -> str:
    name = conversation.application.text("business_legal_name") or ""
    number = mask(conversation.subject.registration_number) if conversation.subject is not None else ""
    number = number.replace(" ", "\N{NO-BREAK SPACE}")
    return " · ".join(part for part in (name, number) if part)


def _period(library: Library, lang: str, consent: Consent) -> str:
    first, last = (_date(library, lang, each) for each in (consent.data_from, consent.data_to))
    key = "page.terms.period_today" if consent.data_from.date() == consent.data_to.date() else "page.terms.period_text"
    return library.texts.get(lang, key, first=first, last=last)


def _lender(library: Library, lang: str, lender: str) -> str:
    sheet = next((each for each in library.products if each.lender.id == lender), None)
    return lender if sheet is None else sheet.lender.name[lang]


def _date(library: Library, lang: str, moment: datetime) -> str:
    month = library.texts.get(lang, f"page.month.{moment.month}")
    return library.texts.get(lang, "page.date", day=moment.day, month=month, year=moment.year)
