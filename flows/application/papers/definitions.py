"""How a kind of paper is declared: its values, what they may fill, its age, its bearer."""

from dataclasses import dataclass
from enum import StrEnum

from flows.application.papers.values import Confidence


class Depth(StrEnum):
    """How far a kind is read.

    `read`: its values are read. `filed`: it is recognised, kept and passed on to the lender. `seen`: a picture kept as
    evidence with its time, never interpreted.
    """

    READ = "read"
    FILED = "filed"
    SEEN = "seen"


class Form(StrEnum):
    """The normal form of a value on a paper."""

    TEXT = "text"
    NAME = "name"
    ADDRESS = "address"
    DAY = "day"
    AMOUNT = "amount"
    COUNT = "count"
    CODE = "code"  # one of a few words of ours, such as `tobacco`
    CURRENCY = "currency"
    BUSINESS_NUMBER = "business_number"  # check digit, or a company number that its register writes so
    PERSON_NUMBER = "person_number"  # check digit, of the number or of the machine-readable zone
    NUMBER = "number"  # a paper's own number; nothing proves it


class Bearer(StrEnum):
    """Whose name a paper must bear."""

    BUSINESS = "business"
    REPRESENTATIVE = "representative"
    EITHER = "either"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class PaperField:
    """One value of a kind.

    `fills` is the field of the application it may fill; `trust` the confidence from which on it may do so before the
    owner has looked at it (None: never). `always` marks what a good photo shows without fail: when it is missing, the
    owner is asked for it.
    """

    name: str
    form: Form
    fills: str = ""
    trust: Confidence | None = None
    always: bool = False
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper.

    `title` is its text key. `most_months` is how old it may be, counted from its value `dated`; `until` the value that
    says how long it holds. `names` are the values in which the bearer's name stands: one of them must be theirs.
    """

    key: str
    depth: Depth
    bearer: Bearer
    fields: tuple[PaperField, ...] = ()
    names: tuple[str, ...] = ()
    dated: str = ""
    most_months: int | None = None
    until: str = ""

    @property
    def title(self) -> str:
        """The key of its name in the locale files."""
        return f"paper.kind.{self.key}"

    def field(self, name: str) -> PaperField | None:
        """The declared value of that name."""
        return next((each for each in self.fields if each.name == name), None)
