"""How a business sells, as its profile says: over the counter, online, on invoice; and what is dirty about it.

Shares are fractions of what they name (0.2 = 20 %); "every" counts papers or orders (10 = each tenth).
"""

from decimal import Decimal

from pydantic import Field

from flows.application.money import Currency
from integrations.merchants.parts import Part, Place


class Customer(Part):
    """A business that buys on invoice; the first buys most.

    `names` are written on its papers in turn: spellings, look-alike letters, the name before a change. The number
    is what stays the same.
    """

    number: str
    names: tuple[str, ...] = Field(min_length=1)


class Related(Part):
    """A firm of the same people: each month it pays `monthly` on an invoice; in three days `back` of it returns."""

    name: str
    number: str
    monthly: Decimal
    back: Decimal = Field(default=Decimal("0.97"), gt=0, le=1)


class Licence(Part):
    """A trade licence; `days_left` until it expires."""

    type: str
    number: str
    days_left: int


class Selling(Part):
    """See the module. `shop` is the share of card and wallet takings that comes from online orders.

    `wallet` is the share of orders paid by wallet, `night` of counter orders between midnight and six, `refunds` of
    orders given back in full, `unshipped` of paid online orders never sent. With `customers` everything that is not
    paid by card is invoiced to them and paid after `terms_days`; invoices before that are open.
    """

    shop: Decimal = Field(default=Decimal(0), ge=0, le=1)
    orders_a_day: int = Field(default=8, ge=1, le=500)
    wallet: float = Field(default=0.6, ge=0, le=1)
    night: float = Field(default=0.0, ge=0, le=1)
    refunds: float = Field(default=0.02, ge=0, le=0.5)
    unshipped: float = Field(default=0.0, ge=0, le=1)
    buyers: int = Field(default=150, ge=1)
    customers: tuple[Customer, ...] = ()
    terms_days: int = Field(default=0, ge=0, le=120)
    void_every: int | None = Field(default=None, ge=2)
    red_every: int | None = Field(default=None, ge=2)
    repeated_every: int | None = Field(default=None, ge=2, description="rows that are exported twice")
    foreign_every: int | None = Field(default=None, ge=2, description="online orders in `foreign_currency`")
    foreign_currency: Currency = "EUR"
    related: Related | None = None
    sites: tuple[Place, ...] = ()
    licences: tuple[Licence, ...] = ()
