"""What an offer comes to by the lender's own figures: payments by month, a schedule, and whether the figures agree.

Nothing here is shown in place of what the lender sent. Where its figures contradict each other, staff are told.
"""

from decimal import Decimal

from flows.application.money import to_cents
from flows.application.repayment import BULLET, INTEREST_ONLY, Payment, monthly_rate
from flows.ports import Offer

# How far figures may be apart before they contradict each other (our own bounds): a lender may round instalments to
# whole units, and count a yearly cost as a nominal or as an effective rate, with or without fees.
TOTAL_APART = Decimal("0.005")  # of the amount
APR_APART = Decimal("0.005")
LONGEST = 120  # months; a longer loan is not worked through in a turn


def fees_of(offer: Offer) -> Decimal:
    """All fees."""
    return sum((fee.amount for fee in offer.fees), Decimal(0))


def paid_out(offer: Offer) -> Decimal:
    """What reaches the owner when fees are taken out of the payout."""
    return offer.amount - fees_of(offer)


def repaid(offer: Offer) -> Decimal:
    """All that is paid back when fees are taken out of the payout: the total cost counts them too."""
    return offer.amount + offer.total_cost - fees_of(offer)


def paid_by_month(offer: Offer, method: str = "") -> tuple[Decimal, ...]:
    """What is paid in each month. The instalment is the lender's; without one, by the product's way of repaying.

    The last payment makes up the total that the lender named, as far as one payment can.
    """
    months, total = offer.term_months, repaid(offer)
    if offer.instalment is not None:
        each = offer.instalment
    elif method == BULLET:
        each = Decimal(0)
    elif method == INTEREST_ONLY:
        each = to_cents((total - offer.amount) / months)
    else:
        each = to_cents(total / months)
    last = total - each * (months - 1)
    balloon = each * months < offer.amount
    if not (0 <= last <= 2 * each) and not balloon:
        last = each
    return (*(each,) * (months - 1), last)


def schedule(offer: Offer, method: str = "") -> tuple[Payment, ...]:
    """Month by month, how much of each payment is interest and what is still owed, to the cent.

    The rate is the one at which these payments are worth the amount lent; the last row takes up the rounding. Empty
    when less is paid than was lent, and for a loan of more than LONGEST months.
    """
    paid = paid_by_month(offer, method)
    if sum(paid) < offer.amount or offer.term_months > LONGEST:
        return ()
    rate = monthly_rate(tuple(enumerate(paid, start=1)), offer.amount)
    rows: list[Payment] = []
    balance = offer.amount
    for month, amount in enumerate(paid, start=1):
        interest = min(to_cents(balance * rate), amount) if month < len(paid) else amount - balance
        balance -= amount - interest
        rows.append(Payment(month, interest, amount - interest, balance))
    return tuple(rows)


def contradictions(offer: Offer) -> tuple[str, ...]:
    """Figures of an offer that cannot all be right: `total` when payments and total cost disagree, or `apr`."""
    if offer.instalment is None or offer.term_months > LONGEST:
        return ()
    months, all_paid = offer.term_months, offer.instalment * offer.term_months
    allowed = max(offer.amount * TOTAL_APART, Decimal(1))
    totals = (repaid(offer), offer.amount + offer.total_cost)
    balloons = [balloon for balloon in (Decimal(0), offer.amount) for total in totals
                if abs(all_paid + balloon - total) <= allowed]  # fmt: skip
    if not balloons:
        return ("total",)
    rows = [offer.instalment] * months
    rows[-1] += balloons[0]
    paid = tuple(enumerate(rows, start=1))
    monthly = [monthly_rate(paid, worth) for worth in (paid_out(offer), offer.amount) if worth > 0]
    nominal, effective = min(monthly) * 12, (1 + max(monthly)) ** 12 - 1
    return () if nominal - APR_APART <= offer.apr <= effective + APR_APART else ("apr",)
