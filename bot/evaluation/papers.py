"""Papers with a truth file, read and compared: what was right, missed, unsure and wrong, and what wrongly accepted."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from flows.application.papers.definitions import Form, PaperKind
from flows.application.papers.filling import trusted
from flows.application.papers.table import OPEN_KINDS, UNKNOWN, kind_named
from flows.application.papers.values import PaperValue
from integrations.documents.document import Document, PaperReading
from integrations.documents.papers.readers import day_of


@dataclass(frozen=True)
class TruePaper:
    """A file and what stands on it: its kind and its values by the names of the table."""

    file: str
    kind: str
    fields: Mapping[str, str]


@dataclass
class Count:
    """How often one thing was asked, and how the answers were.

    `missed`: nothing was read. `unsure_wrong`: a wrong value that the owner would be asked about. `wrong_accepted`: a
    wrong value that would have been used without asking.
    """

    asked: int = 0
    right: int = 0
    missed: int = 0
    unsure_wrong: int = 0
    wrong_accepted: int = 0

    def add(self, outcome: str) -> None:
        """Count one answer: the name of one of the counts."""
        self.asked += 1
        setattr(self, outcome, getattr(self, outcome) + 1)

    @property
    def accuracy(self) -> float:
        """The share that was right; 1 where nothing was asked."""
        return self.right / self.asked if self.asked else 1.0

    @property
    def wrong_share(self) -> float:
        """The share that was wrongly accepted."""
        return self.wrong_accepted / self.asked if self.asked else 0.0


@dataclass
class Measured:
    """All counts: of kinds, of fields of each kind, and of how papers were read; with every case that was not right."""

    papers: int = 0
    kinds_right: int = 0
    all: Count = field(default_factory=Count)
    by_field: dict[tuple[str, str], Count] = field(default_factory=dict)
    by_kind: dict[str, Count] = field(default_factory=dict)
    by_reader: dict[str, Count] = field(default_factory=dict)
    papers_by_kind: dict[str, tuple[int, int]] = field(default_factory=dict)
    problems: dict[str, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def compare(measured: Measured, truth: TruePaper, found: Document | PaperReading | str, seconds: float) -> None:
    """Count one paper. `found` is what was read, or the fact why nothing was."""
    reading = _reading(found)
    measured.papers += 1
    measured.seconds.append(seconds)
    problem = found if isinstance(found, str) else reading.problem
    if problem:
        measured.problems[problem] = measured.problems.get(problem, 0) + 1
    same = same_kind(reading.kind, truth.kind)
    measured.kinds_right += same
    papers, right = measured.papers_by_kind.get(truth.kind, (0, 0))
    measured.papers_by_kind[truth.kind] = (papers + 1, right + same)
    if not same:
        measured.faults.append(f"{truth.file}: taken for {reading.kind} instead of {truth.kind} {problem}".rstrip())
    said = {each.name: each for each in reading.values}
    spec = kind_named(reading.kind if same else truth.kind)
    for name, wanted in truth.fields.items():
        value = said.get(name)
        outcome = _outcome(spec, reading.kind, name, wanted, value)
        for count in (
            measured.all,
            measured.by_kind.setdefault(truth.kind, Count()),
            measured.by_field.setdefault((truth.kind, name), Count()),
            measured.by_reader.setdefault(reading.read_by, Count()),
        ):
            count.add(outcome)
        if outcome != "right":
            got = "nothing" if value is None else f"{value.value!r} ({value.confidence})"
            measured.faults.append(f"{truth.file}: {name} {outcome.replace('_', ' ')}: {got} instead of {wanted!r}")


def same_kind(found: str, wanted: str) -> bool:
    """Whether two names mean one kind: an invoice is one, whoever issued it."""
    if found == wanted or UNKNOWN in {found, wanted}:
        return found == wanted
    return wanted in OPEN_KINDS.get(found, ()) or found in OPEN_KINDS.get(wanted, ())


def same_value(form: Form, found: str, wanted: str) -> bool:
    """Whether two texts mean one value: days and amounts by what they say, texts without width, blanks and marks."""
    if form is Form.AMOUNT:
        return _amount(found) == _amount(wanted) is not None
    if form is Form.DAY:
        return day_of(found) == day_of(wanted) is not None
    return _bare(found) == _bare(wanted)


def _reading(found: Document | PaperReading | str) -> PaperReading:
    if isinstance(found, PaperReading):
        return found
    if isinstance(found, Document):
        return found.reading or PaperReading(_KIND_OF_SOURCE[found.source], read_by="text")
    return PaperReading(problem=found)


def _outcome(spec: PaperKind, kind: str, name: str, wanted: str, value: PaperValue | None) -> str:
    if value is None:
        return "missed"
    declared = spec.field(name)
    form = declared.form if declared is not None else Form.TEXT
    if same_value(form, value.value, wanted):
        return "right"
    return "wrong_accepted" if trusted(kind, value) else "unsure_wrong"


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(re.sub(r"[^\d.\-]", "", unicodedata.normalize("NFKC", text)))
    except InvalidOperation:
        return None


_KIND_OF_SOURCE = {"bank_statement": "bank_statement", "wallet_cn": "payment_app_statement", "einvoice": "invoice"}


def median(values: Sequence[float]) -> float:
    """The value in the middle; 0 for none."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0.0
