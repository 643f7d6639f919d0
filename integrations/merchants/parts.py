"""What every part of a profile is made of."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Base of the parts of a profile: closed, frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Part):
    """An invented street in a real city."""

    text: str
    postcode: str
