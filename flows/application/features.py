"""The attributes that sources compute from records, as declared data: what each means and its unit.

Formulas follow the attribute definitions of the scoring notes. A value outside its range, such as 95
for a share, is a mistake of its sender and therefore unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from flows.application import codes


class Unit(StrEnum):
    """What a number counts. Money is in major units of the currency of the application."""

    MONEY = "money"
    MONTHS = "months"
    DAYS = "days"
    COUNT = "count"
    SHARE = "share"
    RATIO = "ratio"
    CODE = "code"


@dataclass(frozen=True)
class FeatureSpec:
    """One attribute: the source that brings it, its unit, its meaning, and the values it can have.

    `lowest` and `highest` bound a number, `options` list the codes of a text.
    """

    name: str
    source: str
    unit: Unit
    meaning: str
    lowest: Decimal | None = None
    highest: Decimal | None = None
    options: tuple[str, ...] = ()


REGISTRY, TAX, BANK, REQUEST = "registry", "tax", "bank", "request"
_ZERO, _ONE = Decimal(0), Decimal(1)

_TABLE = (
    FeatureSpec("licence_age_m", REGISTRY, Unit.MONTHS, "full months since the business was registered", _ZERO),
    FeatureSpec("rep_changes_12m", REGISTRY, Unit.COUNT, "changes of the legal representative in 12 months", _ZERO),
    FeatureSpec("enforcement_n", REGISTRY, Unit.COUNT, "court enforcement cases against the business", _ZERO),
    FeatureSpec(
        "registration_status",
        REGISTRY,
        Unit.CODE,
        "standing of the business in the register",
        options=codes.REGISTRATION_STATUSES,
    ),
    FeatureSpec("declared_sales_12m", TAX, Unit.MONEY, "sales declared for the last 12 complete months", _ZERO),
    FeatureSpec("tax_paid_12m", TAX, Unit.MONEY, "VAT and income tax paid in the last 12 complete months"),
    FeatureSpec("filing_ontime", TAX, Unit.SHARE, "returns filed on time / returns due", _ZERO, _ONE),
    FeatureSpec("zero_filings", TAX, Unit.COUNT, "months in the last 12 declared with no sales", _ZERO),
    FeatureSpec("tax_grade", TAX, Unit.CODE, "credit grade given by the tax office", options=codes.TAX_RATINGS),
    FeatureSpec("arrears", TAX, Unit.MONEY, "tax due and unpaid today", _ZERO),
    FeatureSpec("declared_growth_sym", TAX, Unit.RATIO, "(year - year before) / (year + year before)", -_ONE, _ONE),
    FeatureSpec("revenue_inflow_m", BANK, Unit.MONEY, "monthly mean of inflow that is revenue"),
    FeatureSpec("inflow_12m", BANK, Unit.MONEY, "inflow that is revenue, last 12 complete months"),
    FeatureSpec("adb", BANK, Unit.MONEY, "average balance at the end of a day"),
    FeatureSpec("neg_days", BANK, Unit.DAYS, "days that ended with a balance below zero", _ZERO),
    FeatureSpec("nsf_90", BANK, Unit.COUNT, "payments returned for lack of money in 90 days", _ZERO),
    FeatureSpec("net_cf_pos", BANK, Unit.SHARE, "months with more inflow than outflow / months", _ZERO, _ONE),
    FeatureSpec("debt_service_m", BANK, Unit.MONEY, "loan payments a month", _ZERO),
    FeatureSpec("lenders_90d", BANK, Unit.COUNT, "different lenders paid in 90 days", _ZERO),
    FeatureSpec("runway_d", BANK, Unit.DAYS, "average balance / mean outflow a day"),
    FeatureSpec("txn_gap_max", BANK, Unit.DAYS, "longest time between two transactions", _ZERO),
    FeatureSpec("cv_inflow", BANK, Unit.RATIO, "standard deviation / mean of monthly inflow (population)", _ZERO),
    FeatureSpec("months_observed", BANK, Unit.MONTHS, "complete months the records cover", _ZERO),
    FeatureSpec("ask_ratio", REQUEST, Unit.RATIO, "amount requested / monthly sales", _ZERO),
)

FEATURES: Mapping[str, FeatureSpec] = MappingProxyType({spec.name: spec for spec in _TABLE})
