"""What the shipping gateway is asked and answers; the contract is in `source`."""

from datetime import date

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from flows.application import records


class Link(BaseModel):
    """POST /links: the owner's consent, as the gateway keeps it."""

    model_config = ConfigDict(frozen=True)

    consent_id: str
    account: str = Field(max_length=40)
    country: str = Field(pattern=r"^[A-Z]{2}$")
    purpose: str
    data_from: date
    data_to: date
    expires_at: AwareDatetime


class Linked(BaseModel):
    """The answer; `handle` opens the account's parcels until `expires_at`."""

    handle: str = Field(min_length=8, max_length=200, pattern=r"^[\x21-\x7e]+$")
    expires_at: AwareDatetime | None = None


class Parcel(BaseModel):
    """A parcel; `handed_over_on` is the local day the carrier took it, None while it has not."""

    id: str = Field(max_length=100)
    order: str = Field(default="", max_length=100)
    carrier: str = Field(default="", max_length=100)
    handed_over_on: date | None = None

    def told(self) -> records.Shipment | None:
        """The parcel in the words of all sources; None when it was never handed over."""
        if self.handed_over_on is None:
            return None
        return records.Shipment(self.id, self.handed_over_on, self.carrier, self.order)


class Parcels(BaseModel):
    """A page of GET /parcels. `since` is the day from which the account's records are complete."""

    items: tuple[Parcel, ...] = Field(default=(), max_length=1000)
    since: date
    next: str | None = None
