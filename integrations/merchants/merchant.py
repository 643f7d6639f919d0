"""An invented business: its profile, its records and the truth about it, for sandboxes, demo and tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import JsonValue, ValidationError

from flows.errors import WrongDeclaration
from integrations.merchants import attributes, generator, invoicing, orders, truth
from integrations.merchants.commerce import Commerce
from integrations.merchants.ledger import Ledger
from integrations.merchants.profile import Dirt, Names, Profile

ID_WORDS = {"national_id": "身份证", "passport": "Passport", "driving_licence": "Driving licence"}
DONT_KNOW = {"zh": "不清楚", "en": "I don't know"}
FOLDER = Path(__file__).parent / "profiles"


@dataclass(frozen=True)
class Merchant:
    """One invented business, as the demo and the sandboxes see it."""

    profile: Profile

    @property
    def id(self) -> str:
        """Its name on the command line."""
        return self.profile.id

    @property
    def lang(self) -> str:
        """The owner's language, en or zh."""
        return self.profile.lang

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""
        return self.profile.country

    @property
    def currency(self) -> str:
        """ISO 4217."""
        return self.profile.currency

    @property
    def names(self) -> Names:
        """What it is called, and where."""
        return self.profile.names

    @property
    def registration_number(self) -> str:
        """USCC (CN) or company number (GB)."""
        return self.profile.registration_number

    @property
    def phone(self) -> str:
        """The owner's phone, E.164."""
        return self.profile.phone

    @property
    def dirt(self) -> tuple[Dirt, ...]:
        """What is wrong with its records on purpose."""
        return self.profile.dirt

    @property
    def expect(self) -> str:
        """The status its application should reach."""
        return self.profile.expect

    @property
    def choices(self) -> Mapping[str, str]:
        """Where sources disagree: the field, and the source whose value the owner takes."""
        return self.profile.choices

    @property
    def voice(self) -> Mapping[str, str]:
        """What the owner types: `need` is the first sentence, every other key is a field."""
        person, chinese = self.profile.representative, self.profile.lang == "zh"
        return {
            "need": self.profile.need,
            "registration_number": self.profile.registration_number,
            "business_legal_name": self.profile.names.legal,
            "tax_identification_number": self.profile.tax.number,
            "registered_address": self.profile.registered.address.text,
            "industry_code": self.profile.registered.industry_code,
            "number_of_employees": f"{self.profile.employees}个人" if chinese else f"{self.profile.employees} people",
            "contact_phone": self.profile.phone,
            "contact_email": self.profile.email,
            "representative_name": person.name,
            "representative_id_type": ID_WORDS[person.id_type],
            "representative_id_number": person.id_number,
            "representative_birth_date": person.birth_date.isoformat(),
            "representative_ownership_percent": f"{person.share.normalize():f}%",
            "legal_or_insolvency_declaration": "没有" if chinese else "No",
            "monthly_revenue_12m": DONT_KNOW[self.lang],
            "monthly_bank_inflow_12m": DONT_KNOW[self.lang],
            "gross_annual_revenue": DONT_KNOW[self.lang],
            **self.profile.voice,
        }

    def ledger(self, as_of: date) -> Ledger:
        """Everything that happened up to the day before `as_of`."""
        return _ledger(self, as_of)

    def commerce(self, as_of: date) -> Commerce:
        """The invoices, orders, wallet rows and parcels behind the ledger; made when first asked for."""
        return _commerce(self, as_of)

    def truth(self, as_of: date) -> dict[str, JsonValue]:
        """The canonical JSON of every field that can be known on `as_of`."""
        return truth.truth(self.profile, self.ledger(as_of), self.commerce(as_of))

    def attributes(self, as_of: date) -> Mapping[str, Decimal | None]:
        """The true value of every standard attribute that records can give on `as_of`; None: they do not cover it."""
        return attributes.attributes(self.profile, self.ledger(as_of), self.commerce(as_of))

    def __hash__(self) -> int:
        return hash(self.profile.id)


@lru_cache(maxsize=64)
def _ledger(merchant: Merchant, as_of: date) -> Ledger:
    return generator.build(merchant.profile, as_of)


@lru_cache(maxsize=32)
def _commerce(merchant: Merchant, as_of: date) -> Commerce:
    profile, ledger = merchant.profile, merchant.ledger(as_of)
    return Commerce(
        invoices=lambda: invoicing.invoices(profile, ledger),
        orders=lambda: orders.orders(profile, ledger),
        wallet=orders.wallet_rows,
        shipments=lambda found: orders.shipments(profile, found, as_of),
    )


def load(folder: Path = FOLDER) -> tuple[Merchant, ...]:
    """Read the profiles, ordered by id. Raises WrongDeclaration naming the file and what is wrong."""
    merchants = tuple(Merchant(_profile(file)) for file in sorted(folder.glob("*.yaml")))
    for key in ("id", "registration_number", "phone"):
        values = [getattr(each, key) for each in merchants]
        if len(set(values)) != len(values):
            raise WrongDeclaration(str(folder.name), f"two profiles share their {key}", f"Give each its own {key}")
    return merchants


def _profile(file: Path) -> Profile:
    try:
        profile = Profile.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongDeclaration(file.name, "is not YAML", "Correct the syntax of this profile") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise WrongDeclaration(file.name, f"{where}: {first['msg']}", "Correct this entry of the profile") from error
    if profile.id != file.stem:
        raise WrongDeclaration(file.name, f"its id is {profile.id!r}", "Name the file after the id")
    return profile
