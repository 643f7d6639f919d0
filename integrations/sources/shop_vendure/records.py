"""What Vendure's Admin API (3.x, GraphQL) is asked and answers, and an order in the words of all sources.

Money is in the smallest unit of its currency. Placed orders only: a basket is not an order.
"""

from decimal import Decimal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue
from pydantic.alias_generators import to_camel

from flows.application import records
from flows.application.money import Currency

PAID = frozenset({"PaymentSettled", "PartiallyShipped", "Shipped", "PartiallyDelivered", "Delivered"})
SENT = frozenset({"Shipped", "Delivered"})

CHANNEL = "query { activeChannel { id code token defaultCurrencyCode seller { name } } }"
ORDERS = """
query ($options: OrderListOptions) {
  orders(options: $options) {
    totalItems
    items {
      id code state orderPlacedAt totalWithTax currencyCode
      customer { id }
      payments { state refunds { state total } }
      fulfillments { id state createdAt }
    }
  }
}
""".strip()


class Vendure(BaseModel):
    """Base of the payloads."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class Asked(Vendure):
    """A GraphQL request."""

    query: str
    variables: dict[str, JsonValue] = Field(default_factory=dict)


class Extensions(Vendure):
    """The code of an error."""

    code: str = ""


class Problem(Vendure):
    """One of `errors`."""

    extensions: Extensions = Extensions()


class Seller(Vendure):
    """Who sells on a channel."""

    name: str | None = Field(default=None, max_length=300)


class Channel(Vendure):
    """The shop whose token was sent."""

    id: str
    code: str
    token: str
    seller: Seller | None = None


class ChannelData(Vendure):
    """Data of the channel's query."""

    active_channel: Channel


class ChannelAnswer(Vendure):
    """The answer, or errors with status 200."""

    data: ChannelData | None = None
    errors: tuple[Problem, ...] = ()


class Buyer(Vendure):
    """Only the number is asked for."""

    id: str = Field(max_length=64)


class Refund(Vendure):
    """Money given back; counts when Settled."""

    state: str
    total: int = Field(ge=0)


class Payment(Vendure):
    """A payment with its refunds."""

    state: str
    refunds: tuple[Refund, ...] = ()


class Fulfillment(Vendure):
    """A parcel."""

    id: str
    state: str
    created_at: AwareDatetime


class Order(Vendure):
    """A placed order."""

    id: str
    code: str = Field(max_length=100)
    state: str
    order_placed_at: AwareDatetime
    total_with_tax: int = Field(ge=0, le=10**15)
    currency_code: Currency
    customer: Buyer | None = None
    payments: tuple[Payment, ...] = ()
    fulfillments: tuple[Fulfillment, ...] = ()

    def told(self) -> records.Order:
        """The order in the words of all sources; an order cancelled after it was paid counts as refunded."""
        total = Decimal(self.total_with_tax).scaleb(-2)
        settled = (refund for payment in self.payments for refund in payment.refunds if refund.state == "Settled")
        back = sum((Decimal(each.total).scaleb(-2) for each in settled), Decimal(0))
        state = records.OrderState.PAID
        if total and back >= total:
            state = records.OrderState.REFUNDED
        elif self.state not in PAID:
            state = records.OrderState.CANCELLED
        return records.Order(
            id=self.code,
            at=self.order_placed_at,
            online=True,
            total=total,
            currency=self.currency_code,
            state=state,
            refunded=min(back, total),
            tender="online",
            buyer=self.customer.id if self.customer is not None else "",
        )


class OrderList(Vendure):
    """A page of orders."""

    total_items: int = Field(ge=0)
    items: tuple[Order, ...] = Field(max_length=1000)


class OrderData(Vendure):
    """Data of the orders' query."""

    orders: OrderList


class OrderAnswer(Vendure):
    """The answer, or errors with status 200."""

    data: OrderData | None = None
    errors: tuple[Problem, ...] = ()
