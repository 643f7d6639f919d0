"""What the GLEIF API v1 answers (JSON:API): records of legal entities, each with a LEI that passes ISO 17442."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from flows.understanding.identifiers import is_lei


def _checked(number: str) -> str:
    if not is_lei(number):
        raise ValueError("the check digits of the LEI are wrong")
    return number


Lei = Annotated[str, Field(max_length=20), AfterValidator(_checked)]


class _Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class Name(_Part):
    """A name as it is registered."""

    name: str = Field(max_length=300)


class Place(_Part):
    """An address in lines; GLEIF asks for a city even where the lines name it already."""

    address_lines: tuple[Annotated[str, Field(max_length=300)], ...] = Field(default=(), max_length=5)
    city: str | None = Field(default=None, max_length=200)
    country: str | None = None
    postal_code: str | None = Field(default=None, max_length=20)

    def text(self) -> str:
        """The lines and the city, which is not said twice; the postcode left out."""
        lines = ", ".join(line for line in self.address_lines if line)
        return lines if not self.city or self.city in lines else ", ".join(part for part in (lines, self.city) if part)


class Happening(_Part):
    """An event of the entity, for example LIQUIDATION, and how far it has come."""

    type: str | None = None
    status: str | None = None


class Happenings(_Part):
    """Events that belong together."""

    events: tuple[Happening, ...] | None = Field(default=None, max_length=100)


class Entity(_Part):
    """`attributes.entity`. `registered_as` is the number in the register of the entity's own country."""

    legal_name: Name
    legal_address: Place
    registered_as: str | None = Field(default=None, max_length=100)
    jurisdiction: str | None = None
    category: str | None = None
    status: str | None = None
    creation_date: datetime | None = None
    event_groups: tuple[Happenings, ...] | None = Field(default=None, max_length=100)


class Registration(_Part):
    """`attributes.registration`: how fresh the record is, and whether it is still kept."""

    status: str | None = None
    last_update_date: AwareDatetime | None = None


class Attributes(_Part):
    """`attributes` of a record."""

    lei: Lei
    entity: Entity
    registration: Registration


class LeiRecord(BaseModel):
    """A record; JSON:API names it by its LEI too."""

    type: Literal["lei-records"]
    id: Lei
    attributes: Attributes

    @model_validator(mode="after")
    def _one_name(self) -> "LeiRecord":
        if self.id != self.attributes.lei:
            raise ValueError("the record is named by another LEI than its own")
        return self


class One(BaseModel):
    """GET /api/v1/lei-records/{lei}."""

    data: LeiRecord


class Links(BaseModel):
    """Where the next page is; none on the last one."""

    next: str | None = None


class Many(BaseModel):
    """A page of GET /api/v1/lei-records."""

    data: tuple[LeiRecord, ...] = Field(max_length=200)
    links: Links = Links()
