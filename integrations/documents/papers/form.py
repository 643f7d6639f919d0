"""How a layout of a kind is declared: what it is recognised by, and where its values stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flows.application.papers.values import Confidence
from integrations.documents.papers.pieces import Page
from integrations.documents.papers.readers import Reader, Taken


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that was read: `score` is that of its least sure character, `found` what was written.

    `doubtful` is what was guessed from its place, or what another value speaks against: never used without asking.
    """

    taken: Taken
    score: float = 1.0
    found: str = ""
    doubtful: bool = False


Readings = dict[str, Reading]
PROOF_FROM = 0.5  # a proof counts when no character in it was less sure
COUNTRY = "country"  # among the readings of a form that is of many countries: which one a paper names


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value that stands beside or below one of its labels (expressions on small letters without blanks)."""

    name: str
    labels: tuple[str, ...]
    read: Reader
    lines: int = 1
    below: bool = True


@dataclass(frozen=True, slots=True)
class Phrase:
    """A value inside a sentence: the first group of the expression, or of the one that matches first.

    With `squeezed` the expression is matched on the writing without blanks. A `guess` knows a value by its look alone,
    as a company by how its name ends: it is doubtful.
    """

    name: str
    patterns: tuple[str, ...]
    read: Reader
    squeezed: bool = True
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Anywhere:
    """A value that is known by its form alone, wherever it stands."""

    name: str
    read: Reader


Item = Labelled | Phrase | Anywhere
Finish = Callable[[Readings, Page], None]


@dataclass(frozen=True, slots=True)
class Form:
    """A layout of a kind in one country.

    `titles` name it (expressions on small letters without blanks), `words` stand on it, `never` on others that look
    alike. `given` are values that the layout itself says. `finish` settles what one value tells about another.
    """

    kind: str
    country: str
    titles: tuple[str, ...]
    words: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    stops: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    finish: Finish | None = None
    needs: int = 0  # how many of `words` at least, beside a title


def confidence(reading: Reading, clear_from: float) -> Confidence:
    """How sure a reading is. A proof counts only when no character in it was doubtful."""
    if (
        reading.doubtful
        or reading.taken.repaired
        or reading.score < min(clear_from, PROOF_FROM if reading.taken.proved else 1.0)
    ):
        return Confidence.UNSURE
    if reading.taken.proved:
        return Confidence.PROVED
    return Confidence.CLEAR if reading.score >= clear_from else Confidence.UNSURE
