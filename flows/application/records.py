"""The records that sources read, in one form whatever system or file they come from.

Amounts are Decimal in major units of `currency` (ISO 4217). A day is the local day that the source
wrote; a moment keeps its zone. An empty text is unknown, None is unknown, zero is zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Transaction:
    """One booked movement on one account; `amount` is negative for money out.

    `code` is the ISO 20022 domain code as `FAMILY` or `FAMILY/SUB`, or the source's own type. `balance` is the
    account's balance after it, where the source says so. `text` is what the bank or the payer wrote.
    """

    id: str
    account: str
    day: date
    amount: Decimal
    currency: str
    party: str = ""
    party_account: str = ""
    text: str = ""
    code: str = ""
    balance: Decimal | None = None


class Standing(StrEnum):
    """What an invoice is worth: a red-letter invoice (credit note) is negative, a void one never counted."""

    VALID = "valid"
    VOID = "void"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice; `issued` by the business or received by it. `net` and `tax` are negative on a red-letter one.

    `party` is the other side, `party_number` its registration or tax number. `paid_on` is None while it is open
    or unknown; `open_amount` is what is still to be paid, with tax.
    """

    number: str
    day: date
    issued: bool
    party: str
    party_number: str
    net: Decimal
    tax: Decimal
    currency: str
    standing: Standing = Standing.VALID
    due: date | None = None
    paid_on: date | None = None
    open_amount: Decimal | None = None
    corrects: str = ""

    @property
    def gross(self) -> Decimal:
        """With tax."""
        return self.net + self.tax


class OrderState(StrEnum):
    """`cancelled` was never paid; `refunded` was paid and given back in full."""

    PAID = "paid"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Order:
    """A sale at a till or in an online shop. `total` is with tax, `refunded` what was given back of it.

    `tender` is how it was paid (card, wallet, cash, online) and `site` where, as the source names them.
    """

    id: str
    at: datetime
    online: bool
    total: Decimal
    currency: str
    state: OrderState = OrderState.PAID
    refunded: Decimal = Decimal(0)
    tender: str = ""
    site: str = ""
    buyer: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One settled row of a wallet or card processor; `amount` is negative for money given back or paid out.

    `refund` says that the row gives back an earlier one. `neutral` moves the owner's own money (top-up,
    withdrawal) and is neither takings nor cost.
    """

    id: str
    at: datetime
    amount: Decimal
    currency: str
    channel: str
    party: str = ""
    order_id: str = ""
    text: str = ""
    refund: bool = False
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class Shipment:
    """A parcel handed to a carrier."""

    id: str
    day: date
    carrier: str = ""
    order_id: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """One tax period. `filed_on`, `sales` and `paid` are None while it is open or the source does not say."""

    first_month: date
    months: int
    due_on: date
    filed_on: date | None = None
    sales: Decimal | None = None
    paid: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the records cover: complete from `since` to `until`, None where the source does not say.

    `own_accounts` and `own_names` belong to the owner, `balance` is the booked balance of the business's accounts now.
    """

    since: date | None = None
    until: date | None = None
    own_accounts: Sequence[str] = ()
    own_names: Sequence[str] = ()
    balance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """What one pull or one file holds, each kind in the order of its source."""

    transactions: Sequence[Transaction] = ()
    invoices: Sequence[Invoice] = ()
    orders: Sequence[Order] = ()
    payments: Sequence[Payment] = ()
    shipments: Sequence[Shipment] = ()
    filings: Sequence[Filing] = ()
    bounds: Bounds = Bounds()

    def __len__(self) -> int:
        kinds = (self.transactions, self.invoices, self.orders, self.payments, self.shipments, self.filings)
        return sum(len(each) for each in kinds)
