"""The papers and orders behind what was sold and bought: invoices, till and online orders, wallet rows, parcels.

Sandboxes serve these in their own protocol. They add up to the ledger: what is paid by card or wallet on a day is
that day's settlement at the bank, what is invoiced is what customers transfer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property


class Standing(StrEnum):
    """What an invoice is worth. A red-letter invoice is negative and takes back the one it corrects."""

    VALID = "valid"
    VOID = "void"
    RED = "red"


@dataclass(frozen=True)
class Party:
    """The other side of an invoice as it is written there; `number` is empty for a private person."""

    name: str
    number: str


@dataclass(frozen=True)
class Invoice:
    """One invoice in the currency of the business; `net` and `tax` are negative on a red-letter one.

    `paid_on` is None while it is open (and for a void or red-letter one).
    """

    number: str
    day: date
    issued: bool
    party: Party
    net: Decimal
    tax: Decimal
    standing: Standing = Standing.VALID
    due: date | None = None
    paid_on: date | None = None
    corrects: str | None = None

    @property
    def gross(self) -> Decimal:
        """With tax."""
        return self.net + self.tax


class Tender(StrEnum):
    """How an order was paid."""

    CARD = "card"
    WALLET = "wallet"
    ONLINE = "online"


class OrderState(StrEnum):
    """`cancelled` was never paid; `refunded` was paid and given back in full on the same day."""

    PAID = "paid"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Order:
    """A sale at the till (`online` False; at `site`, counted from 0) or in the online shop. `total` is with tax."""

    id: str
    at: datetime
    online: bool
    total: Decimal
    currency: str
    state: OrderState
    tender: Tender
    site: int = 0
    buyer: str = ""


@dataclass(frozen=True)
class WalletRow:
    """One row of a wallet's export: a payment received, or one given back (negative). Closed trades moved nothing."""

    id: str
    at: datetime
    amount: Decimal
    order_id: str
    payer: str
    state: OrderState


@dataclass(frozen=True)
class Shipment:
    """A parcel handed to a carrier for an order."""

    id: str
    order_id: str
    day: date
    carrier: str


class Commerce:
    """All of it, oldest first, rows that an export repeats included. Each kind is made when it is first asked for."""

    def __init__(
        self,
        invoices: Callable[[], tuple[Invoice, ...]],
        orders: Callable[[], tuple[Order, ...]],
        wallet: Callable[[tuple[Order, ...]], tuple[WalletRow, ...]],
        shipments: Callable[[tuple[Order, ...]], tuple[Shipment, ...]],
    ) -> None:
        self._invoices, self._orders, self._wallet, self._shipments = invoices, orders, wallet, shipments

    @cached_property
    def invoices(self) -> tuple[Invoice, ...]:
        """Issued and received."""
        return self._invoices()

    @cached_property
    def orders(self) -> tuple[Order, ...]:
        """Over the counter and online."""
        return self._orders()

    @cached_property
    def wallet(self) -> tuple[WalletRow, ...]:
        """The wallet's export."""
        return self._wallet(self.orders)

    @cached_property
    def shipments(self) -> tuple[Shipment, ...]:
        """Parcels handed to carriers."""
        return self._shipments(self.orders)

    def till(self) -> tuple[Order, ...]:
        """Orders over the counter."""
        return tuple(each for each in self.orders if not each.online)

    def shop(self) -> tuple[Order, ...]:
        """Online orders."""
        return tuple(each for each in self.orders if each.online)
