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
INVOICES, TILL, SHOP = "einvoice", "pos", "commerce"
BOOKS, TOBACCO = "books", "tobacco"
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
    FeatureSpec("sales_12m", INVOICES, Unit.MONEY, "invoiced sales, net, last 12 complete months"),
    FeatureSpec("sales_m", INVOICES, Unit.MONEY, "invoiced sales, net, monthly mean"),
    FeatureSpec("span_m", INVOICES, Unit.MONTHS, "months from the first to the last sales invoice", _ZERO),
    FeatureSpec(
        "active_ratio", INVOICES, Unit.SHARE, "months with sales / months from first to last invoice", _ZERO, _ONE
    ),
    FeatureSpec("gap_max_m", INVOICES, Unit.MONTHS, "longest run of months without sales", _ZERO),
    FeatureSpec("gap_max_d", INVOICES, Unit.DAYS, "longest time between two sales invoices", _ZERO),
    FeatureSpec("cv_sales", INVOICES, Unit.RATIO, "standard deviation / mean of monthly sales (population)"),
    FeatureSpec("growth_sym", INVOICES, Unit.RATIO, "(year - year before) / (year + year before)"),
    FeatureSpec("yoy_3m", INVOICES, Unit.RATIO, "last 3 months / same months a year ago - 1"),
    FeatureSpec("yoy_6m", INVOICES, Unit.RATIO, "last 6 months / same months a year ago - 1"),
    FeatureSpec("last3_vs_hist", INVOICES, Unit.RATIO, "mean of the last 3 months / mean of those before"),
    FeatureSpec("season_peak", INVOICES, Unit.SHARE, "largest month / year", _ZERO),
    FeatureSpec("void_rate_n", INVOICES, Unit.SHARE, "void invoices / invoices", _ZERO, _ONE),
    FeatureSpec("void_amt", INVOICES, Unit.SHARE, "void amount / void and valid amount", _ZERO, _ONE),
    FeatureSpec("red_amt", INVOICES, Unit.RATIO, "red-letter amount / valid amount", _ZERO),
    FeatureSpec("n_cust", INVOICES, Unit.COUNT, "different customers in 12 months", _ZERO),
    FeatureSpec("n_supp", INVOICES, Unit.COUNT, "different suppliers in 12 months", _ZERO),
    FeatureSpec("hhi_cust", INVOICES, Unit.SHARE, "sum of squared shares of customers", _ZERO, _ONE),
    FeatureSpec("hhi_supp", INVOICES, Unit.SHARE, "sum of squared shares of suppliers", _ZERO, _ONE),
    FeatureSpec("top1_share", INVOICES, Unit.SHARE, "largest customer / sales", _ZERO, _ONE),
    FeatureSpec("top5_share", INVOICES, Unit.SHARE, "five largest customers / sales", _ZERO, _ONE),
    FeatureSpec(
        "repeat_cust_amt", INVOICES, Unit.SHARE, "sales to customers of three and more months / sales", _ZERO, _ONE
    ),
    FeatureSpec(
        "retention_12", INVOICES, Unit.SHARE, "customers of both years / customers of the year before", _ZERO, _ONE
    ),
    FeatureSpec("margin_proxy", INVOICES, Unit.RATIO, "(sales - purchases) / sales"),
    FeatureSpec("cover_months", INVOICES, Unit.SHARE, "months with more sales than purchases / months", _ZERO, _ONE),
    FeatureSpec("drawdown_m", INVOICES, Unit.RATIO, "largest fall of sales less purchases / monthly sales", _ZERO),
    FeatureSpec("related_sales", INVOICES, Unit.SHARE, "sales to the owner's own circle / sales", _ZERO, _ONE),
    FeatureSpec(
        "circular_share", INVOICES, Unit.SHARE, "sales to customers that are suppliers as well / sales", _ZERO, _ONE
    ),
    FeatureSpec("vat_burden", INVOICES, Unit.RATIO, "(output tax - input tax) / sales"),
    FeatureSpec("inv_vs_declared", INVOICES, Unit.RATIO, "gap between invoiced and declared sales / declared", _ZERO),
    FeatureSpec("nsf_30", BANK, Unit.COUNT, "payments returned for lack of money in 30 days", _ZERO),
    FeatureSpec("nsf_60", BANK, Unit.COUNT, "payments returned for lack of money in 60 days", _ZERO),
    FeatureSpec("dscr", BANK, Unit.RATIO, "what is left of sales inflow / loan payments with the loan asked for"),
    FeatureSpec("bank_vs_invoice", BANK, Unit.RATIO, "sales inflow / invoiced sales with tax"),
    FeatureSpec("gmv_m", SHOP, Unit.MONEY, "online orders a month, with tax", _ZERO),
    FeatureSpec("aov", SHOP, Unit.MONEY, "mean online order, with tax", _ZERO),
    FeatureSpec("orders_m", SHOP, Unit.COUNT, "online orders a month", _ZERO),
    FeatureSpec("refund_rate", SHOP, Unit.SHARE, "given back / online orders", _ZERO, _ONE),
    FeatureSpec("repeat_buyers", SHOP, Unit.SHARE, "buyers of two and more online orders / buyers", _ZERO, _ONE),
    FeatureSpec("ship_match", SHOP, Unit.SHARE, "online orders with a parcel / online orders kept", _ZERO, _ONE),
    FeatureSpec("pos_days", TILL, Unit.SHARE, "trading days at the till in 30 days / 30", _ZERO),
    FeatureSpec("pos_night", TILL, Unit.SHARE, "till takings between midnight and six / till takings", _ZERO, _ONE),
    FeatureSpec("platform_top1", TILL, Unit.SHARE, "largest sales channel / all sales", _ZERO, _ONE),
    FeatureSpec("receivables_due", BOOKS, Unit.MONEY, "what customers owe, not older than 90 days", _ZERO),
    FeatureSpec("receivables_overdue", BOOKS, Unit.SHARE, "overdue / all that customers owe", _ZERO, _ONE),
    FeatureSpec("tobacco_level", TOBACCO, Unit.COUNT, "retailer's level at the tobacco office, 1 to 30", _ZERO),
    FeatureSpec("tobacco_orders_q", TOBACCO, Unit.MONEY, "tobacco ordered in the last quarter", _ZERO),
    FeatureSpec("ask_ratio", REQUEST, Unit.RATIO, "amount requested / monthly sales", _ZERO),
)

FEATURES: Mapping[str, FeatureSpec] = MappingProxyType({spec.name: spec for spec in _TABLE})
