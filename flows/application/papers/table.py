"""The twenty-six kinds of paper, and the few names a reader gives before it is known which of two a paper is.

Kinds after `notes` of small-business lending in China and Europe: licences, identity, premises, money, tax, trade,
accounts, pictures. How each is recognised stands beside its reader (`integrations.documents.papers`).
"""

from collections.abc import Mapping
from types import MappingProxyType

from flows.application.papers.definitions import Bearer, Depth, Form, PaperField, PaperKind
from flows.application.papers.values import Confidence

PROVED, CLEAR = Confidence.PROVED, Confidence.CLEAR
READ, FILED, SEEN = Depth.READ, Depth.FILED, Depth.SEEN
F = PaperField

_NAME = F("name", Form.NAME, "business_legal_name", CLEAR, always=True)
_REGISTRATION = F("registration_number", Form.BUSINESS_NUMBER, "registration_number", PROVED)
_DAY = F("issued", Form.DAY)
_CURRENCY = F("currency", Form.CURRENCY)

_LICENCES = (
    PaperKind(
        "business_licence",
        READ,
        Bearer.BUSINESS,
        (
            F("registration_number", Form.BUSINESS_NUMBER, "registration_number", PROVED, always=True),
            _NAME,
            F("type", Form.TEXT, "legal_form", CLEAR),
            F("representative", Form.NAME, "representative_name", CLEAR),
            F("capital", Form.TEXT),
            F("established", Form.DAY, "incorporation_date", CLEAR),
            F("valid_until", Form.DAY),
            F("address", Form.ADDRESS, "registered_address", CLEAR),
            F("scope", Form.TEXT, "business_description"),
            F("authority", Form.TEXT),
            _DAY,
        ),
        names=("name",),
        until="valid_until",
    ),
    PaperKind(
        "industry_licence",
        READ,
        Bearer.BUSINESS,
        (
            F("licence_type", Form.CODE, always=True),  # tobacco, food, medical or other
            F("number", Form.NUMBER, "industry_licences", always=True),
            F("name", Form.NAME, always=True),
            F("registration_number", Form.BUSINESS_NUMBER),
            F("representative", Form.NAME),
            F("address", Form.ADDRESS, "operating_address"),
            F("scope", Form.TEXT),
            F("valid_from", Form.DAY),
            F("valid_until", Form.DAY, always=True),
            F("authority", Form.TEXT),
            _DAY,
        ),
        names=("name", "representative"),
        until="valid_until",
    ),
)

_IDENTITY = (
    PaperKind(
        "id_front",
        READ,
        Bearer.REPRESENTATIVE,
        (
            F("id_type", Form.CODE, "representative_id_type", CLEAR, always=True),  # a code of `codes.ID_TYPES`
            F("name", Form.NAME, "representative_name", CLEAR, always=True),
            F("id_number", Form.PERSON_NUMBER, "representative_id_number", PROVED, always=True, sensitive=True),
            F("birth_date", Form.DAY, "representative_birth_date", PROVED, always=True, sensitive=True),
            F("address", Form.ADDRESS, "representative_residential_address", CLEAR, sensitive=True),
            F("sex", Form.CODE, sensitive=True),  # F, M or X; checks the number, fills nothing
            F("nationality", Form.CODE),  # ISO 3166-1 alpha-3, from a machine-readable zone
            F("valid_until", Form.DAY),
        ),
        names=("name",),
        until="valid_until",
    ),
    PaperKind(
        "id_back",
        READ,
        Bearer.NOBODY,
        (
            F("authority", Form.TEXT),
            F("valid_from", Form.DAY),
            F("valid_until", Form.DAY, always=True),  # missing when it holds for life: then `for_life` is `yes`
            F("for_life", Form.CODE),
            F("id_number", Form.PERSON_NUMBER, "representative_id_number", PROVED, sensitive=True),
            F("birth_date", Form.DAY, "representative_birth_date", PROVED, sensitive=True),
            F("name", Form.NAME, "representative_name"),
        ),
        until="valid_until",
    ),
)

_PREMISES = (
    PaperKind(
        "proof_of_address",
        FILED,
        Bearer.EITHER,
        (F("name", Form.NAME), F("address", Form.ADDRESS), _DAY),
        names=("name",),
        dated="issued",
        most_months=3,
    ),
    PaperKind(
        "lease",
        READ,
        Bearer.EITHER,
        (
            F("landlord", Form.NAME),
            F("tenant", Form.NAME, always=True),
            F("address", Form.ADDRESS, "operating_address", always=True),
            F("start", Form.DAY, always=True),
            F("end", Form.DAY, always=True),
            F("rent", Form.AMOUNT, always=True),
            F("rent_period", Form.CODE),  # month, quarter or year
            F("deposit", Form.AMOUNT),
            _CURRENCY,
            F("signed", Form.DAY),
        ),
        names=("tenant",),
        until="end",
    ),
    PaperKind("property_deed", FILED, Bearer.EITHER),
    PaperKind("vehicle_registration", FILED, Bearer.EITHER),
    PaperKind(
        "utility_bill",
        READ,
        Bearer.EITHER,
        (
            F("provider", Form.TEXT),
            F("utility", Form.CODE),  # electricity, water, gas, heating or telephone
            F("name", Form.NAME, always=True),
            F("account_number", Form.NUMBER, always=True),
            F("address", Form.ADDRESS, "operating_address", always=True),
            F("period_from", Form.DAY),
            F("period_to", Form.DAY),
            F("amount", Form.AMOUNT, always=True),
            F("due", Form.DAY),
            _CURRENCY,
            _DAY,
        ),
        names=("name",),
        dated="issued",
        most_months=3,
    ),
)

_MONEY = (
    PaperKind(
        "bank_statement",
        READ,
        Bearer.EITHER,
        (
            F("holder", Form.NAME, always=True),
            F("account_number", Form.NUMBER, always=True, sensitive=True),
            F("bank", Form.TEXT),
            _CURRENCY,
            F("first", Form.DAY, always=True),
            F("last", Form.DAY, always=True),
            F("opening", Form.AMOUNT),
            F("closing", Form.AMOUNT, always=True),
            F("money_in", Form.AMOUNT),
            F("money_out", Form.AMOUNT),
            F("rows", Form.COUNT),
        ),
        names=("holder",),
        dated="last",
        most_months=3,
    ),
    PaperKind("payment_app_statement", FILED, Bearer.EITHER, dated="issued", most_months=3),
)

_TAX = (
    PaperKind("tax_return", FILED, Bearer.BUSINESS, dated="issued", most_months=18),
    PaperKind(
        "tax_payment_certificate",
        READ,
        Bearer.EITHER,
        (
            F("number", Form.NUMBER, always=True),
            F("name", Form.NAME, always=True),
            F("registration_number", Form.BUSINESS_NUMBER, "tax_identification_number", PROVED, always=True),
            F("period_from", Form.DAY),
            F("period_to", Form.DAY),
            F("amount", Form.AMOUNT, always=True),
            _CURRENCY,
            F("authority", Form.TEXT),
            F("issued", Form.DAY, always=True),
        ),
        names=("name",),
        dated="issued",
        most_months=12,
    ),
    PaperKind("tax_rating_page", FILED, Bearer.BUSINESS, dated="issued", most_months=18),
)

_INVOICE = (
    F("number", Form.NUMBER, always=True),
    F("code", Form.NUMBER),
    F("day", Form.DAY, always=True),
    F("seller", Form.NAME, always=True),
    F("seller_number", Form.BUSINESS_NUMBER),
    F("buyer", Form.NAME, always=True),
    F("buyer_number", Form.BUSINESS_NUMBER),
    F("net", Form.AMOUNT),
    F("tax", Form.AMOUNT),
    F("total", Form.AMOUNT, always=True),
    _CURRENCY,
)
_TRADE = (
    PaperKind("invoice_issued", READ, Bearer.BUSINESS, _INVOICE, names=("seller",), dated="day", most_months=24),
    PaperKind("invoice_received", READ, Bearer.BUSINESS, _INVOICE, names=("buyer",), dated="day", most_months=24),
    PaperKind("sales_contract", FILED, Bearer.BUSINESS),
    PaperKind("purchase_contract", FILED, Bearer.BUSINESS),
    PaperKind("purchase_order", FILED, Bearer.BUSINESS),
    PaperKind("delivery_note", FILED, Bearer.BUSINESS),
    PaperKind("customs_declaration", FILED, Bearer.BUSINESS),
)

_ACCOUNTS = (
    PaperKind("balance_sheet", FILED, Bearer.BUSINESS, dated="issued", most_months=18),
    PaperKind("income_statement", FILED, Bearer.BUSINESS, dated="issued", most_months=18),
    PaperKind("payroll_sheet", FILED, Bearer.BUSINESS, dated="issued", most_months=6),
)

_PICTURES = (
    PaperKind("storefront_photo", SEEN, Bearer.NOBODY),
    PaperKind("shelf_photo", SEEN, Bearer.NOBODY),
)

KINDS: Mapping[str, PaperKind] = MappingProxyType(
    {kind.key: kind for kind in (*_LICENCES, *_IDENTITY, *_PREMISES, *_MONEY, *_TAX, *_TRADE, *_ACCOUNTS, *_PICTURES)}
)

# What a reader can say before the owner's business is known, and the kinds it then turns out to be.
UNKNOWN, INVOICE, CONTRACT, PICTURE = "unknown", "invoice", "contract", "picture"
OPEN_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        UNKNOWN: tuple(KINDS),
        INVOICE: ("invoice_issued", "invoice_received"),
        CONTRACT: ("sales_contract", "purchase_contract"),
        PICTURE: ("storefront_photo", "shelf_photo"),
    }
)

# Why a paper was not read well, in the order in which a reader looks; each is a sentence `paper.problem.<code>`.
READING_PROBLEMS = (
    "no_ocr",  # a picture, and no reader of pictures is installed: staff look at it
    "dark",  # too little light
    "blurred",  # out of focus or shaken
    "small",  # too few pixels for the writing
    "glare",  # a reflection covers writing
    "cut",  # part of the paper is outside the picture
    "no_text",  # nothing that can be read
    "too_slow",  # reading took longer than it may
    "unknown_kind",  # read well, but no kind we know
)
# What a look at the application adds; `flows.application.papers.checks` finds them.
CHECK_PROBLEMS = ("too_old", "expired", "other_name", "other_number", "duplicate", "wrong_kind")
PROBLEMS = (*READING_PROBLEMS, *CHECK_PROBLEMS)


def kind_named(key: str) -> PaperKind:
    """The kind of that key; an open kind counts as the first it may be, an unknown one holds nothing."""
    if key in KINDS:
        return KINDS[key]
    if key != UNKNOWN and key in OPEN_KINDS:
        return KINDS[OPEN_KINDS[key][0]]
    return PaperKind(UNKNOWN, FILED, Bearer.NOBODY)
