"""Code lists of the application, named as the US small-business lending rule names them.

Source: CFPB small-business lending data points, 12 CFR 1002.107 (CC0). The stored value is
our readable name; `CFPB_*` gives the published number that is sent to a scoring service.
"""

from collections.abc import Mapping
from types import MappingProxyType

LEGAL_FORMS = ("sole_proprietor", "partnership", "limited_company", "cooperative", "other")
REGISTRATION_STATUSES = ("active", "dormant", "in_insolvency", "dissolved")
ROLES = ("owner", "director", "legal_representative", "authorised_signatory")
ID_TYPES = ("national_id", "passport", "driving_licence", "residence_permit")
REPAYMENT_METHODS = ("equal_instalments", "interest_only_then_principal", "bullet", "sales_share")
REPAYMENT_SOURCES = ("business_revenue", "receivable", "other")
TAX_RATINGS = ("A", "B", "M", "C", "D", "compliant")
CHANNELS = ("telegram", "whatsapp", "web", "agent")
FACILITY_TYPES = ("term_loan", "line_of_credit", "card", "leasing", "other")

CFPB_PRODUCTS: Mapping[str, str] = MappingProxyType(
    {
        "term_loan_unsecured": "1",
        "term_loan_secured": "2",
        "line_of_credit_unsecured": "3",
        "line_of_credit_secured": "4",
        "credit_card": "5",
        "private_label_card": "6",
        "merchant_cash_advance": "7",
        "other_sales_based": "8",
        "other": "977",
        "not_provided": "988",
    }
)
CFPB_PURPOSES: Mapping[str, str] = MappingProxyType(
    {
        "property_to_let": "1",
        "property_own_use": "2",
        "vehicles": "3",
        "equipment": "4",
        "working_capital": "5",
        "start_up": "6",
        "expansion": "7",
        "acquisition": "8",
        "refinance": "9",
        "line_increase": "10",
        "overdraft": "11",
        "other": "977",
    }
)
CFPB_GUARANTEES: Mapping[str, str] = MappingProxyType(
    {
        "owner_personal": "1",
        "non_owner_personal": "2",
        "government": "3",
        "other": "977",
        "none": "999",
    }
)
# Bands of number_of_workers: (lowest head count besides the owners, code).
CFPB_WORKER_BANDS: tuple[tuple[int, str], ...] = (
    (0, "1"),
    (1, "2"),
    (5, "3"),
    (10, "4"),
    (20, "5"),
    (50, "6"),
    (100, "7"),
    (250, "8"),
    (500, "9"),
)
DENIAL_SCHEME = "cfpb-sbl-denial"
CFPB_DENIAL_REASONS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "977", "999")


def worker_band(head_count: int) -> str:
    """CFPB code of the band a head count falls into (0 is 'none', 500 and more is '9')."""
    return next(code for lowest, code in reversed(CFPB_WORKER_BANDS) if head_count >= lowest)
