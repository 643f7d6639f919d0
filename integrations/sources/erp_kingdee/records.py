"""What ExecuteBillQuery is asked and answers: rows of the fields asked for, in their order; errors look like a row.

The field names of the two bills are an integrator's, not confirmed by Kingdee.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from flows.application import records

RECEIVABLE, PAYABLE = "AR_receivable", "AP_Payable"
PARTIES = {RECEIVABLE: "FCUSTOMERID.FName", PAYABLE: "FSUPPLIERID.FName"}
COLUMNS = (
    "FBillNo",
    "FDATE",
    "FENDDATE_H",
    "FALLAMOUNTFOR",
    "FCURRENCYID.FCODE",
    "FDocumentStatus",
    "FWRITTENOFFSTATUS",
)
APPROVED = "C"
OPEN, SETTLED = "A", "C"
MOST = 10_000


def columns(form: str) -> tuple[str, ...]:
    """The fields asked for of a form, in order."""
    return (*COLUMNS, PARTIES[form])


class Query(BaseModel):
    """What is looked up. Rows come from `StartRow`, at most `Limit`."""

    model_config = ConfigDict(frozen=True)

    FormId: str
    FieldKeys: str
    FilterString: str
    OrderString: str = "FBillNo"
    StartRow: int = 0
    Limit: int = 100
    TopRowCount: int = 0


class Asked(BaseModel):
    """The body of the request."""

    model_config = ConfigDict(frozen=True)

    data: Query


class Bill(BaseModel):
    """One row. `open_state` is A open, B partly and C fully written off."""

    number: str = Field(min_length=1, max_length=80)
    day: datetime
    due: datetime | None = None
    amount: Decimal = Field(max_digits=18)
    currency: str = Field(max_length=10)
    approved: str
    open_state: str
    party: str = Field(default="", max_length=300)

    def told(self, currency: str, *, issued: bool) -> records.Invoice:
        """The bill in the words of all sources; how much of one partly written off is left is not told here."""
        left: Decimal | None = self.amount if self.open_state == OPEN else Decimal(0)
        if self.open_state not in {OPEN, SETTLED}:
            left = None
        return records.Invoice(
            number=self.number,
            day=self.day.date(),
            issued=issued,
            party=self.party,
            party_number="",
            net=self.amount,
            tax=Decimal(0),
            currency=currency if self.currency in LOCAL else self.currency,
            standing=records.Standing.RED if self.amount < 0 else records.Standing.VALID,
            due=None if self.due is None else self.due.date(),
            open_amount=left,
        )


# The codes an account set has for its own currency.
LOCAL = frozenset({"CNY", "PRE001", "RMB"})


class Failure(BaseModel):
    """Why a query failed; the message stays unread, it may quote data."""

    MsgCode: int = 0


class Failed(BaseModel):
    """Result of a failure."""

    ResponseStatus: Failure


class NoRows(BaseModel):
    """A failure, where the cells of a row would be."""

    Result: Failed


class Answer(RootModel[tuple[Bill, ...] | tuple[tuple[NoRows]]]):
    """A page of rows, or a failure in the place of the only row."""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:  # noqa: ANN401 - what was sent, before it is checked
        if not isinstance(given, list) or len(given) > MOST:
            raise ValueError("not a list of rows")
        if len(given) == 1 and isinstance(given[0], list) and len(given[0]) == 1:
            return given
        names = tuple(Bill.model_fields)
        if any(not isinstance(row, list) or len(row) != len(names) for row in given):
            raise ValueError("a row of another length")
        return [dict(zip(names, row, strict=True)) for row in given]

    def bills(self) -> tuple[Bill, ...] | Failure:
        """The rows, or why there are none."""
        rows: list[Bill] = []
        for each in self.root:
            if not isinstance(each, Bill):
                return each[0].Result.ResponseStatus
            rows.append(each)
        return tuple(rows)


def since(day: date) -> str:
    """The filter for approved bills from a day on."""
    return f"FDATE>='{day:%Y-%m-%d}' and FDocumentStatus='{APPROVED}'"
