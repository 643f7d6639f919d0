"""What a file was found to be, and why one could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from flows.application.papers.table import UNKNOWN
from flows.application.papers.values import PaperValue
from flows.application.records import Records, Standing
from flows.errors import LendlineError

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 120 * 1024 * 1024
MOST_ROWS = 150_000
DEEPEST = 40

NO_RECORDS = Records()

# Each is a sentence of the locale files, `paper.fact.<fact>`.
Fact = Literal[
    "empty",
    "too_large",
    "too_many_rows",
    "too_slow",
    "unknown",
    "photo",
    "locked",
    "damaged",
    "no_data",
    "dates",
    "amounts",
    "not_there",
    "heic",
    "macros",
    "mixed",
]


@dataclass
class Unreadable(LendlineError):
    """A file that cannot be read. `fact` is what the owner is told, `detail` is for staff and names no content."""

    fact: Fact
    detail: str = ""

    def __str__(self) -> str:
        return f"the file is unreadable: {self.fact} {self.detail}".strip()


class Proof(StrEnum):
    """Whether the balances of a statement prove its rows.

    `proved`: each balance is the one before plus what was booked between. `broken`: at least one is not.
    `none`: the file holds fewer than two balances, so that nothing can be proved.
    """

    PROVED = "proved"
    BROKEN = "broken"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose account a statement is of, as far as it says; empty texts are unknown.

    `balance` is its closing balance, where the statement has one beside its rows.
    """

    number: str = ""
    name: str = ""
    bank: str = ""
    balance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """An invoice as its paper says it, before anyone knows which of the two parties the owner is."""

    number: str
    day: date
    seller: str
    seller_number: str
    buyer: str
    buyer_number: str
    net: Decimal
    tax: Decimal
    currency: str
    standing: Standing = Standing.VALID
    due: date | None = None
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class PaperReading:
    """A picture or PDF that was looked at as a paper; see `flows.events.PaperRead` for what each part means."""

    kind: str = UNKNOWN
    values: tuple[PaperValue, ...] = ()
    unclear: tuple[str, ...] = ()
    problem: str = ""
    country: str = ""
    pages: int = 1
    read_by: Literal["code", "text", "ocr", "nobody"] = "nobody"


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read. `source` names the source it belongs to, `format` how it is written.

    `first` and `last` are the days it speaks of. `left_out` counts rows that do not count (closed trades, totals),
    `unread` rows that should have been read and were not. `reading` is what a PDF says as a paper. `counted` is how
    many records a brief one had.
    """

    format: str
    source: Literal["bank_statement", "wallet_cn", "einvoice"]
    records: Records = NO_RECORDS
    papers: Sequence[Paper] = ()
    holders: Sequence[Holder] = ()
    proof: Proof = Proof.NONE
    first: date | None = None
    last: date | None = None
    left_out: int = 0
    unread: int = 0
    reading: PaperReading | None = None
    counted: int = 0

    @property
    def rows(self) -> int:
        """How many records were read."""
        return self.counted or len(self.records) + len(self.papers)

    def brief(self) -> "Document":
        """The same without its records, which it still counts."""
        return replace(self, records=NO_RECORDS, papers=(), counted=self.rows)
