"""The sixty fields of an application as declared data.

`sources` lists who is trusted for a field, most trusted first; what the owner says is always
accepted as a correction and shown beside the record. Question texts live in the locale files under
`field.<name>`. Field list after PPP 2483, SBA 1919, MUDRA, CFPB 1071 and OCEN 4.0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from flows.application import codes
from flows.application.shapes import Kind


class Group(StrEnum):
    """Sections of the review card, in order."""

    BUSINESS = "business"
    PEOPLE = "people"
    REQUEST = "request"
    FINANCIAL = "financial"
    DEBT = "debt"
    PAYOUT = "payout"
    ADMIN = "admin"


class Fill(StrEnum):
    """How a field is normally filled."""

    ASK = "ask"
    RECORDS = "records"
    DOCUMENT = "document"
    DERIVED = "derived"
    SYSTEM = "system"
    TAP = "tap"


@dataclass(frozen=True)
class FieldSpec:
    """One field: its group, kind of value, whether a lender requires it, and who may fill it.

    `options` are the allowed codes. `sensitive` values are masked wherever staff or logs see them.
    `tolerance` is the relative difference between two sources that is not a conflict. `parts` are sources that see
    only a part of an amount: less than what another one says of all of it is no conflict.
    """

    name: str
    group: Group
    kind: Kind
    required: bool
    fill: Fill
    sources: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    sensitive: bool = False
    tolerance: float = 0.0
    parts: tuple[str, ...] = ()

    @property
    def applicant_facing(self) -> bool:
        """Required and not filled by the system, by derivation or by a consent or signature tap."""
        return self.required and self.fill in {Fill.ASK, Fill.RECORDS, Fill.DOCUMENT}


REQUIRED, OPTIONAL = True, False
B, P, Q, F, D, A, O = (  # noqa: E741 - the letters head the columns of the table below
    Group.BUSINESS,
    Group.PEOPLE,
    Group.REQUEST,
    Group.FINANCIAL,
    Group.DEBT,
    Group.ADMIN,
    Group.PAYOUT,
)
ASK, REC, DOC, DER, SYS, TAP = Fill.ASK, Fill.RECORDS, Fill.DOCUMENT, Fill.DERIVED, Fill.SYSTEM, Fill.TAP
REG, TAXO, BANK = "registry", "tax", "bank"
BOOKS = ("erp_tryton", "erp_kingdee")
TILL, SHOP, INVOICES, LOGISTICS = "pos_square", "shop_vendure", "einvoice", "logistics"
OCR = "document"
STATEMENT, WALLET = "bank_statement", "wallet_cn"

_TABLE = (
    # The register only repeats the number that it was asked about: the paper that said it comes first.
    FieldSpec("registration_number", B, Kind.BUSINESS_ID, REQUIRED, ASK, (OCR, REG)),
    FieldSpec("business_legal_name", B, Kind.TEXT, REQUIRED, REC, (REG, TAXO, *BOOKS, OCR)),
    FieldSpec("trading_name", B, Kind.TEXT, OPTIONAL, REC, (SHOP, TILL, REG)),
    FieldSpec("tax_identification_number", B, Kind.BUSINESS_ID, REQUIRED, REC, (TAXO, REG)),
    FieldSpec("legal_form", B, Kind.ENUM, REQUIRED, REC, (REG,), codes.LEGAL_FORMS),
    FieldSpec("registration_status", B, Kind.ENUM, REQUIRED, REC, (REG,), codes.REGISTRATION_STATUSES),
    FieldSpec("incorporation_date", B, Kind.DATE, REQUIRED, REC, (REG, OCR)),
    FieldSpec("time_in_business_years", B, Kind.INTEGER, REQUIRED, DER),
    FieldSpec("registered_address", B, Kind.ADDRESS, REQUIRED, REC, (REG, TAXO, OCR)),
    FieldSpec("operating_address", B, Kind.ADDRESS, OPTIONAL, REC, (TILL, LOGISTICS, SHOP)),
    FieldSpec("industry_code", B, Kind.TEXT, REQUIRED, REC, (REG, TAXO)),
    FieldSpec("business_description", B, Kind.TEXT, OPTIONAL, REC, (REG,)),
    FieldSpec("industry_licences", B, Kind.LICENCES, OPTIONAL, DOC, (OCR,)),
    FieldSpec("number_of_employees", B, Kind.INTEGER, REQUIRED, REC, (TAXO, *BOOKS)),
    FieldSpec("contact_phone", B, Kind.PHONE, REQUIRED, SYS, sensitive=True),
    FieldSpec("contact_email", B, Kind.EMAIL, OPTIONAL, REC, (*BOOKS, TAXO, REG, BANK)),
    FieldSpec("representative_name", P, Kind.TEXT, REQUIRED, REC, (REG, OCR, BANK)),
    FieldSpec("representative_role", P, Kind.ENUM, REQUIRED, REC, (REG,), codes.ROLES),
    FieldSpec("representative_id_type", P, Kind.ENUM, REQUIRED, DOC, (OCR, BANK, TAXO), codes.ID_TYPES),
    FieldSpec("representative_id_number", P, Kind.PERSON_ID, REQUIRED, DOC, (OCR, BANK, TAXO), sensitive=True),
    FieldSpec("representative_birth_date", P, Kind.DATE, REQUIRED, DOC, (OCR, BANK), sensitive=True),
    FieldSpec("representative_residential_address", P, Kind.ADDRESS, OPTIONAL, DOC, (OCR, BANK), sensitive=True),
    FieldSpec("representative_ownership_percent", P, Kind.PERCENT, REQUIRED, REC, (REG,)),
    FieldSpec("beneficial_owners", P, Kind.OWNERS, REQUIRED, REC, (REG,)),
    FieldSpec("amount_requested", Q, Kind.MONEY, REQUIRED, ASK),
    FieldSpec("currency", Q, Kind.CURRENCY, REQUIRED, SYS),
    FieldSpec("credit_product", Q, Kind.ENUM, REQUIRED, SYS, (), tuple(codes.CFPB_PRODUCTS)),
    FieldSpec("credit_purpose", Q, Kind.CODES, REQUIRED, ASK, (), tuple(codes.CFPB_PURPOSES)),
    FieldSpec("purpose_description", Q, Kind.TEXT, OPTIONAL, ASK),
    FieldSpec("loan_term_months", Q, Kind.INTEGER, REQUIRED, ASK),
    FieldSpec("repayment_method", Q, Kind.ENUM, OPTIONAL, SYS, (), codes.REPAYMENT_METHODS),
    FieldSpec("repayment_source", Q, Kind.ENUM, OPTIONAL, SYS, (), codes.REPAYMENT_SOURCES),
    FieldSpec("guarantee_types", Q, Kind.CODES, OPTIONAL, ASK, (), tuple(codes.CFPB_GUARANTEES)),
    FieldSpec("collateral_offered", Q, Kind.COLLATERAL, OPTIONAL, ASK),
    FieldSpec("gross_annual_revenue", F, Kind.MONEY, REQUIRED, REC, (TAXO, *BOOKS, BANK, STATEMENT), tolerance=0.10),
    FieldSpec(
        "monthly_revenue_12m",
        F,
        Kind.MONEY_SERIES,
        REQUIRED,
        REC,
        (TILL, SHOP, INVOICES, TAXO, BANK, STATEMENT),
        tolerance=0.10,
    ),
    FieldSpec("net_profit_last_fy", F, Kind.MONEY, OPTIONAL, REC, (*BOOKS, TAXO), tolerance=0.05),
    FieldSpec("total_assets", F, Kind.MONEY, OPTIONAL, REC, BOOKS),
    FieldSpec("total_liabilities", F, Kind.MONEY, OPTIONAL, REC, BOOKS),
    FieldSpec("accounts_receivable", F, Kind.MONEY, OPTIONAL, REC, (*BOOKS, INVOICES)),
    FieldSpec("accounts_payable", F, Kind.MONEY, OPTIONAL, REC, BOOKS),
    FieldSpec("inventory_value", F, Kind.MONEY, OPTIONAL, REC, (*BOOKS, SHOP)),
    FieldSpec("taxes_paid_12m", F, Kind.MONEY, OPTIONAL, REC, (TAXO,)),
    FieldSpec("tax_compliance_rating", F, Kind.ENUM, OPTIONAL, REC, (TAXO,), codes.TAX_RATINGS),
    FieldSpec("tax_arrears", F, Kind.MONEY, OPTIONAL, REC, (TAXO,)),
    FieldSpec("invoices_issued_12m", F, Kind.INVOICES, OPTIONAL, REC, (INVOICES, TAXO)),
    FieldSpec("average_monthly_bank_balance", F, Kind.MONEY, OPTIONAL, REC, (BANK, STATEMENT)),
    FieldSpec("monthly_bank_inflow_12m", F, Kind.MONEY_SERIES, REQUIRED, REC, (BANK, STATEMENT)),
    FieldSpec("card_sales_12m", F, Kind.MONEY, OPTIONAL, REC, (TILL, BANK, STATEMENT, WALLET), parts=(WALLET,)),
    FieldSpec("online_sales_12m", F, Kind.ONLINE_SALES, OPTIONAL, REC, (SHOP,)),
    FieldSpec("shipments_12m", F, Kind.INTEGER, OPTIONAL, REC, (LOGISTICS,)),
    FieldSpec("existing_credit_facilities", D, Kind.FACILITIES, REQUIRED, REC, ("bureau", BANK, STATEMENT)),
    FieldSpec("legal_or_insolvency_declaration", D, Kind.DECLARATION, REQUIRED, ASK),
    FieldSpec("related_party_or_pep_declaration", D, Kind.DECLARATION, OPTIONAL, ASK),
    FieldSpec("disbursement_account", O, Kind.ACCOUNT, REQUIRED, REC, (BANK,), sensitive=True),
    FieldSpec("data_consents", A, Kind.IDS, REQUIRED, TAP),
    FieldSpec("accuracy_declaration", A, Kind.SIGNATURE, REQUIRED, TAP),
    FieldSpec("preferred_language", A, Kind.LANGUAGE, OPTIONAL, SYS),
    FieldSpec("application_channel", A, Kind.ENUM, REQUIRED, SYS, (), codes.CHANNELS),
    FieldSpec("application_date", A, Kind.TIMESTAMP, REQUIRED, SYS),
)

FIELDS: Mapping[str, FieldSpec] = MappingProxyType({spec.name: spec for spec in _TABLE})
APPLICANT_FACING = tuple(spec.name for spec in _TABLE if spec.applicant_facing)
