"""Looking at a paper: what it was taken for, whose it is, how old it is, and which fields it would fill."""

from dataclasses import dataclass, replace

from pydantic import JsonValue

from flows.application.display import show_value
from flows.application.fields import FIELDS
from flows.application.papers.checks import Bears, Known, bears, likeness, problems, same_paper, settled
from flows.application.papers.definitions import Form, PaperKind
from flows.application.papers.filling import Filling, fillings
from flows.application.papers.table import OPEN_KINDS, UNKNOWN, kind_named
from flows.application.papers.values import Confidence, PaperValue
from flows.conversation import SentFile
from flows.engine.receiving import KEPT
from flows.engine.taking import market_of
from flows.engine.turn import Turn
from flows.events import PaperRead

NUMBER = "registration_number"
# Fields that mean just what the paper shows. An address on a lease may be that of the shop, and may be another.
AS_SHOWN = frozenset({"business_description", "industry_licences"})
SLIP = 0.5  # a name that was read less than half right is another name


@dataclass(frozen=True, slots=True)
class Looked:
    """A paper as it stands now. `problems` are what keeps it from being used, the weightiest first."""

    sent: SentFile
    paper: PaperRead
    kind: str
    spec: PaperKind
    problems: tuple[str, ...]
    bears: Bears | None
    fills: tuple[Filling, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """The kinds it may be, where only the owner can tell which."""
        return () if self.kind == UNKNOWN else OPEN_KINDS.get(self.kind, ())

    @property
    def title(self) -> str:
        """The text that names it: of an open kind, what is sure of it."""
        return f"paper.open.{self.kind}" if self.open else self.spec.title

    @property
    def usable(self) -> bool:
        """Whether the owner may let it be used as it is."""
        return not self.problems and not self.open

    @property
    def doubtful(self) -> tuple[Filling, ...]:
        """What it would fill and the owner has to look at first, one by one."""
        return tuple(each for each in self.fills if not each.sure and each.field not in self.sent.settled)

    @property
    def number(self) -> str:
        """The registration number that stands on it and is proved; empty when there is none."""
        return next((str(each.value) for each in self.fills if each.field == NUMBER and each.sure), "")

    @property
    def named(self) -> str:
        """The registration number that stands on it as it was read, proved or not: by its form it names the market."""
        return next((str(each.value) for each in self.fills if each.field == NUMBER), "")


def look(turn: Turn, sent: SentFile) -> Looked | None:
    """What a paper is to this application; None for a file that is none, or is not read yet."""
    paper = sent.paper
    if paper is None:
        return None
    known = known_of(turn)
    kind = sent.kind or settled(paper.paper, paper.values, known)
    spec = kind_named(kind)
    found = fillings(kind, paper.values, country_of(turn, paper))
    fills = tuple(_as_shown(each, paper) for each in found if _fits(each))
    standing = _not_misread(turn, sent, paper, fills)
    return Looked(
        sent=sent,
        paper=paper,
        kind=kind,
        spec=spec,
        problems=problems(kind, standing, known, turn.today),
        bears=bears(spec, standing, known),
        fills=fills,
    )


def _not_misread(turn: Turn, sent: SentFile, paper: PaperRead, fills: tuple[Filling, ...]) -> tuple[PaperValue, ...]:
    """The values that count for whose paper it is: all but a name of the owner's in which the reader slipped.

    A paper in quite another name stays somebody else's, whatever is said of it.
    """
    misread = {
        each.paper_value
        for each in fills
        if each.field in sent.settled
        and isinstance(each.value, str)
        and likeness(each.value, turn.state.application.text(each.field) or "") >= SLIP
    }
    return tuple(each for each in paper.values if each.name not in misread)


def waiting(turn: Turn) -> tuple[Looked, ...]:
    """The papers that were read and wait for the owner's word."""
    sent = (each for each in turn.state.documents.values() if each.state == "read" and turn.now - each.sent_at < KEPT)
    return tuple(looked for each in sent if (looked := look(turn, each)) is not None)


def market(turn: Turn, papers: tuple[Looked, ...]) -> str:
    """The market (ISO 3166-1): of the business that is known, else of the number on a licence; empty when unknown."""
    if turn.state.subject is not None:
        return turn.state.subject.country
    return next((country for each in papers if each.named and (country := market_of(turn, each.named))), "")


def known_of(turn: Turn) -> Known:
    """What the application says of the business and its representative, for comparing names and numbers."""
    application, subject = turn.state.application, turn.state.subject
    names = (application.text("business_legal_name"), application.text("trading_name"))
    person = application.text("representative_name")
    return Known(
        business_names=tuple(each for each in names if each),
        person_names=(person,) if person else (),
        registration_number=subject.registration_number if subject is not None else "",
    )


def country_of(turn: Turn, paper: PaperRead) -> str:
    """Where a paper was issued, as far as it shows; else the market of the application."""
    subject = turn.state.subject
    return paper.country or (subject.country if subject is not None else "")


def seen_before(turn: Turn, paper: PaperRead) -> bool:
    """Whether the same file, or another picture of the same paper, is here already and counts."""
    for each in turn.state.documents.values():
        other = each.paper
        if other is None or each.id == paper.document_id or each.state not in {"read", "used"}:
            continue
        if other.sha256 and other.sha256 == paper.sha256:
            return True
        if other.paper == paper.paper and not paper.problem and _says_no_more(paper, other):
            return True
    return False


def _says_no_more(paper: PaperRead, other: PaperRead) -> bool:
    """Whether a second picture of a paper adds nothing: a better one of it is welcome."""
    better = {each.name for each in paper.values} - {each.name for each in other.values}
    surer = any(each.confidence is Confidence.UNSURE or each.repaired for each in other.values)
    return not better and not surer and same_paper(paper.values, other.values)


def value_label(turn: Turn, name: str) -> str:
    """What a value of a paper is called."""
    return turn.t(f"paper.value.{name}")


def shown_value(turn: Turn, looked: Looked, value: PaperValue) -> str:
    """A value of a paper as the owner sees it: as the field shows it that it fills, masked where it is sensitive."""
    filling = next((each for each in looked.fills if each.paper_value == value.name), None)
    if filling is not None:
        return shown_field(turn, filling.field, filling.value)
    declared = looked.spec.field(value.name)
    if declared is not None and declared.sensitive:
        return f"•••• {value.value[-4:]}"
    if declared is not None and declared.form is Form.CODE:
        key = f"paper.code.{value.value}"
        return turn.t(key) if turn.library.texts.has(turn.state.lang, key) else value.value
    return value.value


def shown_field(turn: Turn, field: str, value: JsonValue) -> str:
    """A value of a field in the owner's language."""
    spec = FIELDS[field]
    return show_value(turn.library.texts, turn.state.lang, spec, value, masked=spec.sensitive)


def _as_shown(filling: Filling, paper: PaperRead) -> Filling:
    """The filling as the card that its owner taps shows it: what is plain there needs no second question."""
    read = next((each for each in paper.values if each.name == filling.paper_value), None)
    clear = read is not None and not read.repaired and read.confidence is not Confidence.UNSURE
    return replace(filling, sure=filling.sure or (clear and filling.field in AS_SHOWN))


def _fits(filling: Filling) -> bool:
    """Whether the value can be a value of its field at all, so that it can be shown and used."""
    options = FIELDS[filling.field].options
    return not options or filling.value in options
