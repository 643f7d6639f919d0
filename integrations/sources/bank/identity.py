"""The bank's identity check of the signatory: OpenID Connect for Identity Assurance 1.0, `verified_claims`.

Self-asserted claims are not read: only what the bank says it has verified.
"""

from datetime import date

from pydantic import AwareDatetime, BaseModel, Field

from flows.application.shapes import Address
from integrations.toolkit.source import Gathering

ID_TYPES = {
    "idcard": "national_id",
    "passport": "passport",
    "driving_permit": "driving_licence",
    "residence_permit": "residence_permit",
}


class DocumentDetails(BaseModel):
    """The document that was checked; `type` from the predefined values of the specification."""

    type: str
    document_number: str = Field(min_length=4, max_length=40)


class Proof(BaseModel):
    """One element of `evidence`."""

    type: str
    document_details: DocumentDetails | None = None


class Verification(BaseModel):
    """How and when the claims were verified."""

    trust_framework: str
    time: AwareDatetime | None = None
    evidence: tuple[Proof, ...] = ()


class PostalAddress(BaseModel):
    """The address claim of OpenID Connect."""

    formatted: str | None = None
    postal_code: str | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")


class Claims(BaseModel):
    """What was verified about the person."""

    name: str | None = None
    birthdate: date | None = None
    address: PostalAddress | None = None


class VerifiedClaims(BaseModel):
    """Claims with their verification."""

    verification: Verification
    claims: Claims


class UserInfo(BaseModel):
    """The answer of the userinfo endpoint."""

    sub: str
    verified_claims: VerifiedClaims | None = None


def read_identity(found: Gathering, info: UserInfo | None, country: str) -> str | None:
    """Add what the bank has verified of the signatory; returns the signatory's name."""
    verified = None if info is None else info.verified_claims
    if verified is None:
        found.note("no_identity")
        return None
    seen, claims = verified.verification.time, verified.claims
    found.value("representative_name", claims.name, "userinfo", observed_at=seen)
    found.value("representative_birth_date", claims.birthdate, "userinfo", observed_at=seen)
    if claims.address is not None and claims.address.formatted:
        address = Address(
            text=claims.address.formatted,
            postcode=claims.address.postal_code,
            country=claims.address.country or country,
        )
        found.value("representative_residential_address", address, "userinfo", observed_at=seen)
    documents = (each.document_details for each in verified.verification.evidence if each.document_details is not None)
    document = next((each for each in documents if each.type in ID_TYPES), None)
    if document is not None:
        found.value("representative_id_type", ID_TYPES[document.type], "userinfo", observed_at=seen)
        found.value("representative_id_number", document.document_number, "userinfo", observed_at=seen)
    return claims.name
