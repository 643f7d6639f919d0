"""What a product sheet declares, and the checks that make a wrong one stop the program.

Money is in the sheet's currency and major units; rates are fractions; texts are per language.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, model_validator

from flows.application import codes
from flows.application.declared import DeclaredWrongly, Place
from flows.application.facts import FACTS
from flows.application.money import Currency, to_cents
from flows.application.papers.table import KINDS
from flows.application.rules import Code, Rule, Words, fact_named
from flows.application.shapes import Shape

# Checks that every sheet has without declaring them; their words are the assistant's own.
BUILT_IN = ("on_sale", "amount_offered", "term_offered", "band_offered", "limit_offered")
# The share of the smallest loan that fees may take (our own bound against slips of the pen).
HIGHEST_FEES = Decimal("0.2")
# Facts that are computed from others: what is asked for instead.
DERIVED: Mapping[str, tuple[str, ...]] = MappingProxyType({"ask_ratio": ("revenue_inflow_m", "declared_sales_12m")})

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
Band = Annotated[str, Field(pattern=r"^[A-Z]$")]
Amount = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]
Factor = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=6)]
Fraction = Annotated[Decimal, Field(ge=0, le=5, max_digits=12, decimal_places=6)]


class Lender(Shape):
    """Who lends: id as in the lender API, name per language."""

    id: Key
    name: Words


class AmountRange(Shape):
    """Smallest and largest amount lent, in the sheet's currency; a limit is rounded down to `round_to`."""

    minimum: Amount
    maximum: Amount
    round_to: Amount = Decimal(1000)


class TermRange(Shape):
    """Shortest and longest term in months; `suggested` become buttons."""

    minimum: int = Field(ge=1, le=600)
    maximum: int = Field(ge=1, le=600)
    suggested: tuple[int, ...] = Field(min_length=1, max_length=6)


class SheetFee(Shape):
    """A fee taken once, out of the payout: `rate` of the amount lent (fraction) plus a fixed `amount`."""

    code: Code
    name: Words
    rate: Fraction = Decimal(0)
    amount: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] = Decimal(0)

    def of(self, principal: Decimal) -> Decimal:
        """The fee for an amount lent, to the cent."""
        return to_cents(principal * self.rate + self.amount)


class LimitTerm(Shape):
    """`factor` x `field`: one of the amounts the limit is the smallest of."""

    factor: Factor
    field: str


class Limit(Shape):
    """The smallest of `terms`, times the multiplier of the price band."""

    terms: tuple[LimitTerm, ...] = Field(min_length=1, max_length=6)
    bands: Mapping[Band, Factor]


class Validity(Shape):
    """First and last day the product is offered; no `until` means until further notice."""

    since: date
    until: date | None = None


class Expected(Shape):
    """What a case must come to; what is left out is not compared."""

    result: str
    failed: tuple[str, ...] | None = None
    ask: tuple[str, ...] | None = None
    limit: Decimal | None = None
    bound_by: str | None = None


class Case(Shape):
    """A test inside the sheet: facts, the price band, and the expected result.

    `like` starts from the facts of an earlier case; a null fact removes one.
    """

    name: str
    as_of: date
    like: str | None = None
    band: Band | None = None
    facts: Mapping[str, str | None] = Field(default_factory=dict)
    expect: Expected


class ProductSheet(Shape):
    """One product of one lender in one market.

    `price` is the APR by band as a fraction (0.085 = 8.5 %), annualised simple interest: a twelfth
    each month. `needs` are facts without which nothing is said. Texts are per language.
    """

    key: Key
    name: Words
    lender: Lender
    market: str = Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")
    currency: Currency
    credit_product: str
    valid: Validity
    amount: AmountRange
    term: TermRange
    price: Mapping[Band, Fraction] = Field(min_length=1)
    fees: tuple[SheetFee, ...] = Field(default=(), max_length=6)
    repayment: tuple[str, ...] = Field(min_length=1, max_length=4)
    needs: tuple[str, ...] = Field(min_length=1, max_length=20)
    rules: tuple[Rule, ...] = Field(min_length=1, max_length=40)
    limit: Limit
    early_repayment: Words | None = None
    cooling_off_days: int = Field(default=0, ge=0, le=60, description="from the payment; 0 = none")
    sources: tuple[str, ...] = Field(default=(), max_length=20, description="accepted sources, besides those of needs")
    documents: tuple[str, ...] = Field(default=(), max_length=26, description="accepted kinds of documents")
    disclosures: tuple[Words, ...] = Field(default=(), max_length=12)
    cases: tuple[Case, ...] = Field(min_length=1, max_length=40)

    @model_validator(mode="after")
    def _is_consistent(self) -> "ProductSheet":
        self._check_ranges()
        self._check_codes()
        self._check_price()
        self._check_facts()
        return self

    def on_sale(self, day: date) -> bool:
        """Whether the product is offered on that day."""
        return self.valid.since <= day and (self.valid.until is None or day <= self.valid.until)

    def fee_total(self, principal: Decimal) -> Decimal:
        """All fees for an amount lent."""
        return sum((fee.of(principal) for fee in self.fees), Decimal(0))

    def _check_ranges(self) -> None:
        amount, term, valid = self.amount, self.term, self.valid
        _require(amount.minimum <= amount.maximum, ("amount",), "minimum is above maximum", "Swap them")
        _require(
            amount.minimum % amount.round_to == 0 == amount.maximum % amount.round_to,
            ("amount", "round_to"),
            "minimum and maximum are not multiples of round_to",
            "Choose amounts that a rounded limit can reach",
        )
        _require(term.minimum <= term.maximum, ("term",), "minimum is above maximum", "Swap them")
        _require(
            all(term.minimum <= months <= term.maximum for months in term.suggested),
            ("term", "suggested"),
            "a suggested term is outside the range",
            f"Suggest terms from {term.minimum} to {term.maximum}",
        )
        _require(
            valid.until is None or valid.since <= valid.until, ("valid",), "ends before it starts", "Correct the dates"
        )

    def _check_codes(self) -> None:
        _require(
            self.credit_product in codes.CFPB_PRODUCTS,
            ("credit_product",),
            f"{self.credit_product!r} is not a kind of credit",
            f"Use one of {', '.join(codes.CFPB_PRODUCTS)}",
        )
        for index, method in enumerate(self.repayment):
            _require(
                method in codes.REPAYMENT_METHODS,
                ("repayment", index),
                f"{method!r} is not a repayment method",
                f"Use one of {', '.join(codes.REPAYMENT_METHODS)}",
            )
        seen = set(BUILT_IN)
        for index, rule in enumerate(self.rules):
            _require(
                rule.code not in seen, ("rules", index, "code"), f"`{rule.code}` is used twice", "Give it its own code"
            )
            seen.add(rule.code)

    def _check_price(self) -> None:
        _require(
            set(self.price) == set(self.limit.bands),
            ("limit", "bands"),
            "price and limit have different bands",
            "Give every band an APR and a multiplier",
        )
        _require(
            self.fee_total(self.amount.minimum) <= self.amount.minimum * HIGHEST_FEES,
            ("fees",),
            f"the fees are more than {HIGHEST_FEES:%} of the smallest loan",
            "Lower the fees",
        )

    def _check_facts(self) -> None:
        for index, name in enumerate(self.needs):
            _require_fact(name, ("needs", index))
        for index, name in enumerate(self.documents):
            _require(
                name in KINDS,
                ("documents", index),
                f"`{name}` is no kind of paper",
                f"Use one of {', '.join(KINDS)}",
            )
        for index, term in enumerate(self.limit.terms):
            _require_fact(term.field, ("limit", "terms", index, "field"))
            _require(
                FACTS[term.field].money,
                ("limit", "terms", index, "field"),
                f"`{term.field}` is no amount of money",
                "Use a fact that is an amount",
            )
        asked = {*self.needs, *(term.field for term in self.limit.terms)}
        for index, rule in enumerate(self.rules):
            _require(
                rule.field not in DERIVED or not asked.isdisjoint(DERIVED[rule.field]),
                ("rules", index, "field"),
                f"`{rule.field}` is computed, and nothing it is computed from is needed",
                f"Add one of {', '.join(DERIVED.get(rule.field, ()))} to needs",
            )


def _require(holds: bool, path: Place, what: str, fix: str) -> None:
    if not holds:
        raise DeclaredWrongly(what, path=path, fix=fix)


def _require_fact(name: str, path: Place) -> None:
    try:
        fact_named(name)
        _require(name not in DERIVED, (), f"`{name}` is computed: nobody can hand it in", "Name what it is made of")
    except DeclaredWrongly as error:
        raise DeclaredWrongly(error.what, path=path, fix=error.fix) from error
