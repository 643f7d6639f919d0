"""What Square answers (API of 2025), and an order in the words of all sources. Amounts are in minor units."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from flows.application import records
from flows.application.money import Currency
from integrations.toolkit.oauth import BearerToken

DIGITS = {"JPY": 0, "KRW": 0}
TENDERS = {"CARD": "card", "WALLET": "wallet", "CASH": "cash"}


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("not a time zone") from None
    return name


class Square(BaseModel):
    """Base of the payloads."""

    model_config = ConfigDict(frozen=True)


class Money(Square):
    """An amount in the smallest unit of its currency."""

    amount: int = Field(ge=0, le=10**15)
    currency: Currency

    @property
    def major(self) -> Decimal:
        """The amount in major units."""
        return Decimal(self.amount).scaleb(-DIGITS.get(self.currency, 2))


class Place(Square):
    """The address of a location."""

    address_line_1: str | None = Field(default=None, max_length=300)
    address_line_2: str | None = Field(default=None, max_length=300)
    locality: str | None = Field(default=None, max_length=200)
    postal_code: str | None = Field(default=None, max_length=20)
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")

    def text(self) -> str:
        """The lines in their order, the postcode left out."""
        return ", ".join(part for part in (self.address_line_1, self.address_line_2, self.locality) if part)


class Location(Square):
    """A place of business."""

    id: str = Field(max_length=64)
    status: str = "ACTIVE"
    business_name: str | None = Field(default=None, max_length=300)
    address: Place | None = None
    currency: Currency | None = None
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"


class Locations(Square):
    """GET /v2/locations; the main one comes first."""

    locations: tuple[Location, ...] = Field(default=(), max_length=1000)


class Tender(Square):
    """How an order was paid."""

    type: str


class Refund(Square):
    """Money given back for an order; counts when APPROVED."""

    amount_money: Money
    status: str = "APPROVED"


class Order(Square):
    """An order that was completed or cancelled."""

    id: str = Field(max_length=192)
    location_id: str
    state: str
    created_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    total_money: Money
    tenders: tuple[Tender, ...] = ()
    refunds: tuple[Refund, ...] = ()

    def told(self, zones: dict[str, str]) -> records.Order:
        """The order in the words of all sources, at the local time of its place."""
        back = sum((each.amount_money.major for each in self.refunds if each.status == "APPROVED"), Decimal(0))
        total = self.total_money.major
        state = records.OrderState.PAID
        if self.state != "COMPLETED":
            state = records.OrderState.CANCELLED
        elif total and back >= total:
            state = records.OrderState.REFUNDED
        moment: datetime = self.closed_at or self.created_at
        return records.Order(
            id=self.id,
            at=moment.astimezone(ZoneInfo(zones.get(self.location_id, "UTC"))),
            online=False,
            total=total,
            currency=self.total_money.currency,
            state=state,
            refunded=back,
            tender=TENDERS.get(self.tenders[0].type, "other") if self.tenders else "",
            site=self.location_id,
        )


class Orders(Square):
    """A page of POST /v2/orders/search."""

    orders: tuple[Order, ...] = Field(default=(), max_length=1000)
    cursor: str | None = Field(default=None, max_length=4000)


class TimeRange(Square):
    """From and to, both included."""

    start_at: AwareDatetime
    end_at: AwareDatetime


class DateTimeFilter(Square):
    """When an order was closed."""

    closed_at: TimeRange


class StateFilter(Square):
    """Which orders."""

    states: tuple[str, ...] = ("COMPLETED", "CANCELED")


class Filter(Square):
    """What is searched for."""

    date_time_filter: DateTimeFilter
    state_filter: StateFilter = StateFilter()


class Sort(Square):
    """A filter by closing time must be sorted by it."""

    sort_field: str = "CLOSED_AT"
    sort_order: str = "ASC"


class Query(Square):
    """Filter and order of a search."""

    filter: Filter
    sort: Sort = Sort()


class Search(Square):
    """POST /v2/orders/search."""

    location_ids: tuple[str, ...]
    query: Query
    limit: int = 500
    cursor: str | None = None


class TokenAsked(Square):
    """POST /oauth2/token. Built for one request and never kept."""

    client_id: str
    client_secret: str
    code: str
    redirect_uri: str
    code_verifier: str
    grant_type: str = "authorization_code"


class TokenRenewed(Square):
    """POST /oauth2/token with what renews a worn-out access. Built for one request and never kept."""

    client_id: str
    client_secret: str
    refresh_token: str
    grant_type: str = "refresh_token"


class TokenGiven(Square):
    """The access of one merchant; `refresh_token` renews it."""

    access_token: BearerToken
    expires_at: AwareDatetime
    refresh_token: BearerToken | None = None


class TokenHeld(Square):
    """What the grant's token holds."""

    access: str
    renewal: str = ""
    until: AwareDatetime


class TokenEnded(Square):
    """POST /oauth2/revoke."""

    client_id: str
    access_token: str
