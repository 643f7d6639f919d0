"""The 48 standard attributes: number, formula, window and the least coverage below which a value is unknown.

`months` is how many complete months a formula wants, `floor` the least share of them (or of what it speaks of) that
the records must cover. Below it the value is None: unknown, never zero. Names and units stand in `features`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True)
class Definition:
    """One attribute. S and P are monthly sales and purchases, net; W12 the last 12 complete months before the day."""

    name: str
    number: int
    formula: str
    months: int = 12
    floor: Decimal = Decimal(1)


_QUARTER, _HALF, _MOST = Decimal("0.25"), Decimal("0.5"), Decimal("0.8")

_TABLE = (
    Definition("sales_12m", 1, "sum of S over W12"),
    Definition("sales_m", 2, "sum of S / months observed", floor=_QUARTER),
    Definition("span_m", 3, "months from the first to the last sales invoice", 1),
    Definition("active_ratio", 4, "months with S > 0 / months from first to last invoice", floor=_QUARTER),
    Definition("gap_max_m", 5, "longest run of months with S <= 0", floor=_QUARTER),
    Definition("gap_max_d", 5, "most days between two days with a sales invoice", floor=_QUARTER),
    Definition("cv_sales", 6, "standard deviation of S / mean of S, population", floor=_HALF),
    Definition("growth_sym", 7, "(S12 - year before) / (abs S12 + abs year before)", 24),
    Definition("yoy_3m", 8, "last 3 months / same months a year ago - 1", 15),
    Definition("yoy_6m", 8, "last 6 months / same months a year ago - 1", 18),
    Definition("last3_vs_hist", 9, "mean of the last 3 months / mean of those before, within W12", floor=_HALF),
    Definition("season_peak", 10, "largest S / sum of S over W12"),
    Definition("void_rate_n", 11, "void sales invoices / all but red-letter ones", floor=_QUARTER),
    Definition("void_amt", 12, "void amount / (void + valid positive)", floor=_QUARTER),
    Definition("red_amt", 13, "abs(red-letter amount) / valid positive", floor=_QUARTER),
    Definition("n_cust", 14, "different customers; needs 80 % of sales with a named one", floor=_MOST),
    Definition("n_supp", 14, "different suppliers", floor=_MOST),
    Definition("hhi_cust", 15, "sum of squared shares of named customers, positive totals", floor=_MOST),
    Definition("hhi_supp", 15, "sum of squared shares of suppliers", floor=_MOST),
    Definition("top1_share", 16, "largest customer / sales", floor=_MOST),
    Definition("top5_share", 16, "five largest customers / sales", floor=_MOST),
    Definition("repeat_cust_amt", 17, "sales to customers of 3 and more months / sales", floor=_MOST),
    Definition("retention_12", 18, "customers of both years / customers of the year before", 24, _MOST),
    Definition("margin_proxy", 19, "(sales - purchases) / sales"),
    Definition("cover_months", 20, "months with S > P / months", floor=_HALF),
    Definition("drawdown_m", 21, "largest fall of the running sum of S - P / mean of S", floor=_HALF),
    Definition("related_sales", 22, "sales to the owners and firms one step from them / sales", floor=_MOST),
    Definition("circular_share", 23, "sales to customers that are suppliers as well / sales", floor=_MOST),
    Definition("tax_paid_12m", 24, "VAT and income tax paid in W12, as the tax office says"),
    Definition("vat_burden", 25, "(output tax - input tax) / sales"),
    Definition("filing_ontime", 26, "returns in time / returns due in W12, as the tax office says"),
    Definition("zero_filings", 27, "periods declared with no sales in 12 months"),
    Definition("tax_grade", 28, "grade given by the tax office", 1),
    Definition("arrears", 28, "tax due and unpaid", 1),
    Definition("inv_vs_declared", 29, "abs(invoiced - declared) / declared over the months declared; look at 10 %"),
    Definition("revenue_inflow_m", 30, "monthly mean of inflow that is a sale", floor=_QUARTER),
    Definition("adb", 31, "mean balance at the end of a day", floor=_QUARTER),
    Definition("neg_days", 32, "days that ended below zero", floor=_QUARTER),
    Definition("nsf_30", 32, "payments returned in 30 days", 3),
    Definition("nsf_60", 32, "payments returned in 60 days", 3),
    Definition("nsf_90", 32, "payments returned in 90 days", 3),
    Definition("net_cf_pos", 33, "months with more inflow than outflow / months", floor=_QUARTER),
    Definition("debt_service_m", 34, "loan payments / months", floor=_QUARTER),
    Definition("dscr", 35, "(sales inflow - operating outflow) / (loan payments + asked amount / term)", floor=_HALF),
    Definition("lenders_90d", 36, "different lenders paid in 90 days", 3),
    Definition("runway_d", 37, "mean balance / mean outflow a day", floor=_QUARTER),
    Definition("bank_vs_invoice", 38, "sales inflow / invoiced sales with tax, same months", floor=_HALF),
    Definition("txn_gap_max", 39, "most days between two days with a movement", floor=_QUARTER),
    Definition("gmv_m", 40, "online orders paid, with tax / months", floor=_QUARTER),
    Definition("aov", 40, "online orders paid, with tax / orders", floor=_QUARTER),
    Definition("orders_m", 40, "online orders paid / months", floor=_QUARTER),
    Definition("refund_rate", 41, "given back / online orders paid", floor=_QUARTER),
    Definition("repeat_buyers", 42, "buyers of 2 and more online orders / buyers", floor=_QUARTER),
    Definition("ship_match", 43, "online orders with a parcel / online orders paid and kept", floor=_QUARTER),
    Definition("pos_days", 44, "days with a till order in the last 30 / 30", 1),
    Definition("pos_night", 44, "till takings between midnight and six / till takings", floor=_QUARTER),
    Definition("platform_top1", 45, "largest channel / all sales, each sale counted once"),
    Definition("ask_ratio", 46, "amount asked for / monthly sales", 3),
    Definition("rep_changes_12m", 47, "changes of the legal representative in 12 months, as the register says"),
    Definition("licence_age_m", 48, "full months since registration", 1),
    Definition("enforcement_n", 48, "enforcement cases on the register", 1),
)

DEFINITIONS: Mapping[str, Definition] = MappingProxyType({each.name: each for each in _TABLE})
