"""Whether a paper is the owner's and fresh enough, judged by what was read on it and what the application knows."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from flows.application.papers.definitions import Bearer, PaperKind
from flows.application.papers.table import OPEN_KINDS, kind_named
from flows.application.papers.values import Confidence, PaperValue

# Names count as one from here on: a reader's slip in one of ten characters, a company form that is left out.
NEAR = 0.85
_FORMS = re.compile(
    r"(?:\(?个体工商户\)?|个人独资|有限责任公司|有限公司|股份|limited|ltd|llp|plc|gmbh|sole trader|t/a|trading as)\.?$"
)
_TITLES = re.compile(r"^(?:mr|mrs|ms|miss|dr|先生|女士)\.? ")


@dataclass(frozen=True, slots=True)
class Bears:
    """How a name on a paper compares with the one it must bear: `alike` 0 to 1, the owner is shown both."""

    found: str
    wanted: str
    alike: float

    @property
    def same(self) -> bool:
        """Whether they are near enough to be one."""
        return self.alike >= NEAR


@dataclass(frozen=True, slots=True)
class Known:
    """What the application knows when a paper comes: names and numbers, empty when unknown."""

    business_names: tuple[str, ...] = ()
    person_names: tuple[str, ...] = ()
    registration_number: str = ""


def settled(kind: str, values: Sequence[PaperValue], known: Known) -> str:
    """The kind a reader's open answer turns out to be: an invoice is issued or received by whom it names.

    An open kind that nothing decides stays as it is; the owner is asked.
    """
    if kind != "invoice":
        return kind
    said = {each.name: each.value for each in values}
    numbers = (said.get("seller_number", ""), said.get("buyer_number", ""))
    if known.registration_number and numbers.count(known.registration_number) == 1:
        return OPEN_KINDS[kind][numbers.index(known.registration_number)]
    ours = [
        max((likeness(said[name], each) for each in known.business_names), default=0.0) if name in said else 0.0
        for name in ("seller", "buyer")
    ]
    if max(ours) < NEAR or ours[0] == ours[1]:
        return kind
    return OPEN_KINDS[kind][ours.index(max(ours))]


def problems(kind: str, values: Sequence[PaperValue], known: Known, today: date) -> tuple[str, ...]:
    """Codes of `table.CHECK_PROBLEMS` that hold, the weightiest first. What was not read is no problem here."""
    spec = kind_named(kind)
    said = {each.name: each for each in values}
    found = []
    number = said.get("registration_number")
    if (
        number is not None
        and number.confidence is Confidence.PROVED
        and known.registration_number
        and spec.bearer in {Bearer.BUSINESS, Bearer.EITHER}
        and number.value != known.registration_number
    ):
        found.append("other_number")
    compared = bears(spec, values, known)
    if compared is not None and not compared.same:
        found.append("other_name")
    until = _day(said, spec.until)
    if until is not None and until < today:
        found.append("expired")
    dated = _day(said, spec.dated)
    if dated is not None and spec.most_months is not None and _months_since(dated, today) > spec.most_months:
        found.append("too_old")
    return tuple(found)


def bears(spec: PaperKind, values: Sequence[PaperValue], known: Known) -> Bears | None:
    """The name on the paper that is nearest to the one it must bear; None when either is unknown."""
    wanted = {
        Bearer.BUSINESS: known.business_names,
        Bearer.REPRESENTATIVE: known.person_names,
        Bearer.EITHER: (*known.business_names, *known.person_names),
        Bearer.NOBODY: (),
    }[spec.bearer]
    pairs = [
        Bears(each.value, name, likeness(each.value, name))
        for each in values
        if each.name in spec.names
        for name in wanted
        if name
    ]
    return max(pairs, key=lambda pair: pair.alike, default=None)


def likeness(one: str, two: str) -> float:
    """How alike two names are, 0 to 1: width, case, blanks, company forms and the order of words do not count."""
    left, right = _bare(one), _bare(two)
    if not left or not right:
        return 0.0
    if left == right or sorted(left.split()) == sorted(right.split()):
        return 1.0
    joined = left.replace(" ", ""), right.replace(" ", "")
    return SequenceMatcher(None, *joined, autojunk=False).ratio()


def same_paper(one: Iterable[PaperValue], other: Iterable[PaperValue], numbers: Sequence[str] = ("number",)) -> bool:
    """Whether two papers of a kind are the same one: they agree in a number of their own, or in all they say."""
    left, right = _said(one), _said(other)
    if any(left.get(name) and left.get(name) == right.get(name) for name in numbers):
        return left.get("code", "") == right.get("code", "")
    return len(left) > 2 and left == right


def _said(values: Iterable[PaperValue]) -> Mapping[str, str]:
    return {each.name: each.value for each in values}


def _bare(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold().strip()
    text = re.sub(r"[.,'’·\-_()/&]+", " ", _TITLES.sub("", text))
    return _FORMS.sub("", re.sub(r"\s+", " ", text).strip()).strip()


def _day(said: Mapping[str, PaperValue], name: str) -> date | None:
    value = said.get(name)
    if value is None or value.confidence is Confidence.UNSURE:
        return None
    try:
        return date.fromisoformat(value.value)
    except ValueError:
        return None


def _months_since(day: date, today: date) -> int:
    months = (today.year - day.year) * 12 + today.month - day.month
    return months + (today.day > day.day)
